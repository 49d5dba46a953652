#!/usr/bin/env python3
"""How much memory a run of many steps takes at its peak.

SPDX-License-Identifier: GPL-3.0-or-later

usage: tests/bench/memory-bench.py BUILD-FOLDER [STEPS]

Two pipelines of STEPS (10,000): steps with nothing but a command, and such as people draw, with
names, timeouts, links and places on the canvas, in a file of 3 MB. The floor is a run of one step.
"""

import json
import pathlib
import shutil
import sys
import tempfile

from contest import Contest, median

MAX_MB = 20
MAX_BYTES_PER_STEP = 1200


def plain_step(i):
    return {"id": f"step-{i}", "kind": "command", "with": {"argv": ["/bin/true"]}}


def drawn_step(i):
    needs = {"needs": [f"step-{i - 100}", f"step-{i - 50}"]} if i >= 100 else {}
    return {**plain_step(i), "name": f"Step {i}", "timeout": "5m", **needs}


def write_pipeline(path, steps, layout=None):
    pipeline = {"format": 1, "name": path.stem, "steps": steps}
    if layout:
        pipeline["layout"] = {"steps": layout}
    path.write_text(json.dumps(pipeline, indent=2))
    return str(path)


def main():
    build = pathlib.Path(sys.argv[1]).absolute()
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10000
    folder = pathlib.Path(tempfile.mkdtemp(prefix="runnel-bench-"))
    places = {f"step-{i}": [i // 100 * 264, i % 100 * 96] for i in range(count)}
    pipelines = {
        "one step": write_pipeline(folder / "one.runnel.json", [plain_step(0)]),
        "plain": write_pipeline(folder / "plain.runnel.json",
                                [plain_step(i) for i in range(count)]),
        "drawn": write_pipeline(folder / "drawn.runnel.json",
                                [drawn_step(i) for i in range(count)], places),
    }
    runnel = str(build / "src/cli/runnel")
    commands = {name: [runnel, "run", path] for name, path in pipelines.items()}
    try:
        contest = Contest(f"memory, {count} steps", folder, commands, turns=1)
        floor = median(contest.figures["one step"], "peak")
        for name in ("plain", "drawn"):
            peak = median(contest.figures[name], "peak")
            contest.add_goal(f"MB, {name}", peak, MAX_MB)
            contest.add_goal(f"bytes a step, {name}", (peak - floor) * 1024 * 1024 / count,
                             MAX_BYTES_PER_STEP)
        contest.report()
        print(json.dumps({"benchmark": "memory", contest.name: contest.to_json()}))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
