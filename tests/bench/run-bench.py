#!/usr/bin/env python3
"""Whole runs of many short steps, with logs and history, against other programs that run steps.

SPDX-License-Identifier: GPL-3.0-or-later

usage: tests/bench/run-bench.py BUILD-FOLDER [STEPS]

Two pipelines of /bin/true: a wide one, four at once, and a chain. The floor is a loop that does
nothing but start the processes and wait for them. All take turns, the median of three turns
counts, and only the ratios to the floor mean something on a machine with other work.
"""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

TURNS = 3
JOBS = 4


def write_pipeline(path, count, chain):
    steps = [{"id": f"s{i}", "kind": "command", "with": {"argv": ["/bin/true"]}}
             for i in range(count)]
    if chain:
        for i in range(1, count):
            steps[i]["needs"] = [f"s{i - 1}"]
    path.write_text(json.dumps({"format": 1, "name": path.stem, "steps": steps}))


def write_makefile(path, count, chain):
    names = [f"s{i}" for i in range(count)]
    lines = [f".PHONY: all {' '.join(names)}", f"all: {' '.join(names)}"]
    for i, name in enumerate(names):
        lines += [f"{name}:{f' s{i - 1}' if chain and i else ''}", "\t@/bin/true"]
    path.write_text("\n".join(lines) + "\n")


def write_ninja(path, count, chain):
    lines = ["rule true", "  command = /bin/true"]
    for i in range(count):
        lines.append(f"build s{i}: true{f' s{i - 1}' if chain and i else ''}")
    path.write_text("\n".join(lines) + "\n")


class Scenario:
    """One shape of pipeline, in the words of every program."""

    def __init__(self, name, folder, build, count, jobs, chain):
        self.name, self.count = name, count
        pipeline = folder / f"{name}.runnel.json"
        makefile = folder / f"{name}.mk"
        ninja = folder / f"{name}.ninja"
        write_pipeline(pipeline, count, chain)
        write_makefile(makefile, count, chain)
        write_ninja(ninja, count, chain)
        self.commands = {
            "bare loop": [build / "tests/bench/spawn-bench", "--bare", str(count), str(jobs)],
            "runnel": [build / "src/cli/runnel", "run", pipeline, "--jobs", str(jobs)],
        }
        if shutil.which("make"):
            self.commands["make"] = ["make", "-s", "-f", makefile, f"-j{jobs}"]
        if shutil.which("ninja"):
            self.commands["ninja"] = ["ninja", "--quiet", "-f", ninja, f"-j{jobs}"]


def measure(command, folder, environment):
    """Wall seconds and peak memory in MB.

    The peak is taken by time(1): a process that Python starts inherits the peak of Python.
    """
    report = folder / "time"
    start = time.monotonic()
    subprocess.run(["/usr/bin/time", "-q", "-f", "%M", "-o", report, *command], cwd=folder,
                   env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - start, int(report.read_text()) / 1024


def run(scenario, folder, turn_dir):
    """Figures by program, of all turns."""
    figures = {program: [] for program in scenario.commands}
    for turn in range(TURNS):
        # Each turn has folders of its own, removed at the very end: where files were just
        # deleted, ext4 makes new ones many times slower.
        state = turn_dir / f"{scenario.name}-{turn}"
        environment = dict(os.environ, XDG_DATA_HOME=str(state / "data"),
                           XDG_STATE_HOME=str(state / "state"))
        for program, command in scenario.commands.items():
            figures[program].append(measure(command, folder, environment))
    return figures


def summarise(scenario, figures):
    floor = statistics.median(seconds for seconds, _ in figures["bare loop"])
    print(f"{scenario.name}, {scenario.count} steps\n{'':12} {'seconds':>9} {'ratio':>7} {'MB':>6}")
    result = {}
    for program, turns in figures.items():
        seconds = statistics.median(turn[0] for turn in turns)
        peak = max(turn[1] for turn in turns)
        print(f"{program:12} {seconds:9.2f} {seconds / floor:7.2f} {peak:6.0f}", flush=True)
        result[program] = {"seconds": round(seconds, 3), "ratio": round(seconds / floor, 3),
                           "peak-mb": round(peak, 1)}
    return result


def main():
    build = pathlib.Path(sys.argv[1]).absolute()
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10000
    with tempfile.TemporaryDirectory(prefix="runnel-bench-") as name:
        folder = pathlib.Path(name)
        scenarios = [Scenario("wide", folder, build, count, JOBS, chain=False),
                     Scenario("chain", folder, build, count // 5, 1, chain=True)]
        result = {"benchmark": "run"}
        for scenario in scenarios:
            figures = run(scenario, folder, folder)
            result[scenario.name] = {"steps": scenario.count, **summarise(scenario, figures)}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
