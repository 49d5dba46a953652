#!/usr/bin/env python3
"""Two thousand runs in a row: whether the memory of those who look on stays as it is.

SPDX-License-Identifier: GPL-3.0-or-later

usage: tests/bench/soak-bench.py BUILD-FOLDER [RUNS]

The designer is open on the page of the runs while `runnel run` is called RUNS (2,000) times, on a
display of its own. The store is a process of its own, tests/bench/history-soak.c, which records runs,
lists them and shows them as the designer does. Half as many runs go before, until caches are full.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
WARM_UP = 0.5  # of the runs, in addition
SAMPLES = 20  # of the memory, over the runs that count
MOST_GROWTH = 5  # per cent
PIPELINE = {"format": 1, "name": "soak", "steps": [
    {"id": f"step-{i}", "kind": "command", "with": {"argv": ["true"]}} for i in range(5)]}


def read_rss_kb(pid):
    text = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(re.search(r"^VmRSS:\s+(\d+)", text, re.MULTILINE).group(1))


def middle(values):
    return sorted(values)[len(values) // 2]


def get_growth(samples):
    """Per cent, from what is usual at the beginning to what is usual at the end."""
    quarter = max(len(samples) // 4, 1)
    first, last = middle(samples[:quarter]), middle(samples[-quarter:])
    return 100 * (last - first) / first


def soak_store(build, n_runs, folder):
    """Kilobytes, now and then."""
    program = build / "tests" / "bench" / "history-soak"
    n_samples = round(SAMPLES * (1 + WARM_UP))
    output = subprocess.run([program, folder / "store.db", str(round(n_runs * (1 + WARM_UP))), str(n_samples)],
                            check=True, capture_output=True, text=True).stdout
    return [int(line) for line in output.split()][-SAMPLES:]


def soak_designer(n_runs):
    sys.path.insert(0, str(SOURCE / "tests" / "e2e"))
    import designer as e2e  # pylint: disable=import-outside-toplevel

    home = e2e.Home()
    path = home.work / "soak.runnel.json"
    path.write_text(json.dumps(PIPELINE), encoding="utf-8")
    home.runnel("run", str(path))
    application = e2e.Designer(home)
    samples = []
    try:
        application.key("ctrl+h")
        application.wait(contains="Run 1 of ")
        for i in range(-round(n_runs * WARM_UP), n_runs):
            home.runnel("run", str(path))
            if i >= 0 and i % (n_runs // SAMPLES) == 0:
                samples.append(read_rss_kb(application.process.pid))
    finally:
        application.close()
        home.remove()
    return samples


def report(what, samples):
    growth = get_growth(samples)
    reached = abs(growth) <= MOST_GROWTH or growth < 0
    print(f"  {what:<12} {min(samples) / 1024:8.1f} {max(samples) / 1024:8.1f} {samples[-1] / 1024:8.1f}"
          f" {growth:+8.1f} %   at most {MOST_GROWTH} %   {'reached' if reached else 'MISSED'}")
    return {"what": f"growth of the {what}, %", "value": round(growth, 2), "limit": MOST_GROWTH, "reached": reached}


def main():
    build = pathlib.Path(sys.argv[1]).absolute()
    n_runs = max(int(sys.argv[2]) if len(sys.argv) > 2 else 2000, SAMPLES)
    if "RUNNEL_BENCH_DISPLAY" not in os.environ:
        wrapper = SOURCE / "tests" / "designer" / "run-xvfb.sh"
        env = dict(os.environ, RUNNEL_BENCH_DISPLAY="1", RUNNEL_SOURCE_DIR=str(SOURCE), RUNNEL_BUILD_DIR=str(build),
                   G_DEBUG="", GTK_A11Y="atspi")
        os.execve(wrapper, [str(wrapper), "/usr/bin/python3", *sys.argv], env)

    print(f"  {n_runs} runs     {'least MB':>9} {'most MB':>8} {'last MB':>8} {'growth':>10}")
    with tempfile.TemporaryDirectory() as name:
        goals = [report("store", soak_store(build, n_runs, pathlib.Path(name)))]
    goals.append(report("designer", soak_designer(n_runs)))
    print(json.dumps({"benchmark": "soak", "runs": n_runs, "goals": goals}))


if __name__ == "__main__":
    main()
