#!/usr/bin/env python3
"""What opening the designer costs: from exec to the first frame, and the memory after it.

SPDX-License-Identifier: GPL-3.0-or-later

usage: tests/bench/designer-bench.py BUILD-FOLDER

The floor of the same run is the smallest program of the same toolkit, one window with a header bar
(tests/bench/window-floor.c). Runs on a display of its own.
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 9
SOURCE = pathlib.Path(__file__).resolve().parents[2]


def make_pipeline(folder, n_steps):
    steps = [{"id": f"step-{i}", "kind": "command", "with": {"argv": ["true"]},
              "needs": [f"step-{i - 100}"] if i >= 100 else []} for i in range(n_steps)]
    path = folder / f"{n_steps}.runnel.json"
    path.write_text(json.dumps({"format": 1, "name": str(n_steps), "steps": steps}))
    return path


def read_rss_mb(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0


def measure_start(command, env):
    """Milliseconds from exec to the line that tells of the first frame, and megabytes then."""
    start = time.monotonic()
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        for line in process.stdout:
            if "first frame" in line:
                return (time.monotonic() - start) * 1000, read_rss_mb(process.pid)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    raise SystemExit(f"{command[0]} drew nothing")


def main():
    build = pathlib.Path(sys.argv[1]).absolute()
    if "RUNNEL_BENCH_DISPLAY" not in os.environ:
        wrapper = SOURCE / "tests" / "designer" / "run-xvfb.sh"
        env = dict(os.environ, RUNNEL_BENCH_DISPLAY="1", GTK_A11Y="none")
        os.execve(wrapper, [str(wrapper), sys.executable, __file__, str(build)], env)

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        env = dict(os.environ, HOME=name, XDG_DATA_HOME=f"{name}/data", XDG_STATE_HOME=f"{name}/state",
                   XDG_CONFIG_HOME=f"{name}/config", XDG_CACHE_HOME=f"{name}/cache", GSETTINGS_BACKEND="memory",
                   GSETTINGS_SCHEMA_DIR=str(build / "data"), RUNNEL_DATA_DIR=str(SOURCE / "data"),
                   G_MESSAGES_DEBUG="runnel-designer")
        env.pop("G_DEBUG", None)
        designer = str(build / "src" / "designer" / "runnel-designer")
        cases = {
            "floor: a window": [str(build / "tests" / "bench" / "window-floor")],
            "start page": [designer],
            "13 steps": [designer, str(SOURCE / "data" / "examples" / "build-test-package.runnel.json")],
            "10,000 steps": [designer, str(make_pipeline(folder, 10000))],
        }
        samples = {case: [] for case in cases}
        for _ in range(ROUNDS):
            for case, command in cases.items():
                samples[case].append(measure_start(command, env))

    floor = statistics.median(ms for ms, _ in samples["floor: a window"])
    figures = {}
    print(f"{'from exec to the first frame':<30} {'ms':>8} {'x floor':>8} {'MB':>8}")
    for case, values in samples.items():
        ms, mb = statistics.median(v[0] for v in values), statistics.median(v[1] for v in values)
        figures[case] = {"ms": round(ms, 1), "floor_ratio": round(ms / floor, 2), "rss_mb": round(mb, 1)}
        print(f"{case:<30} {ms:>8.0f} {ms / floor:>8.2f} {mb:>8.0f}")
    print(json.dumps({"benchmark": "designer", "cases": figures}))


if __name__ == "__main__":
    main()
