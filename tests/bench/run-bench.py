#!/usr/bin/env python3
"""Whole runs, with logs and history, against other programs that run steps.

SPDX-License-Identifier: GPL-3.0-or-later

usage: tests/bench/run-bench.py BUILD-FOLDER [STEPS]

STEPS (10,000) is the number of steps of the wide runs; the others have a share of it. The floor,
"bare loop", is a loop in C that does nothing but start the processes and wait for them.
"""

import json
import pathlib
import shutil
import sys
import tempfile

from contest import Contest
from peers import Steps

GIGABYTE = 1 << 30
MAX_MB = 20
MAX_BYTES_PER_ATTEMPT = 600


def database_size(place):
    """Bytes of the history, with what is still in its write-ahead log."""
    return sum(path.stat().st_size for path in (place / "data" / "runnel").glob("history.db*"))


def contest_of(steps, name, build, folder, jobs, **options):
    return Contest(name, folder, steps.commands(build, folder, jobs), **options)


def run_wide(build, folder, count):
    """Independent steps, few at once."""
    steps = Steps("wide", ["/bin/true"], count)
    for jobs, limit in ((2, 1.05), (4, 0.9), (16, 0.9)):
        contest = contest_of(steps, f"wide, {count} steps, {jobs} at once", build, folder, jobs)
        contest.expect_ratio("runnel", "bare loop", limit)
        contest.expect_ratio("runnel", "make", 0.85)
        contest.expect_ratio("runnel", "ninja", 0.45)
        contest.add_goal("MB of runnel", max(turn.peak for turn in contest.figures["runnel"]), MAX_MB)
        yield contest


def run_chain(build, folder, count):
    """Each step after the one before: nothing overlaps, so every microsecond between them counts."""
    steps = Steps("chain", ["/bin/true"], count, chain=True)
    contest = contest_of(steps, f"chain, {count} steps", build, folder, 1)
    contest.expect_ratio("runnel", "bare loop", 1.08)
    yield contest


def run_sleepers(build, folder, count):
    """Many processes at once that do nothing."""
    steps = Steps("sleepers", ["/bin/sleep", "1"], count)
    contest = contest_of(steps, f"sleepers, {count} at once", build, folder, count)
    contest.expect_ratio("runnel", "make", 1.05)
    yield contest


def run_printers(build, folder, count):
    """Steps with 100 KB of output each, which is kept. Ninja throws away that of what succeeds."""
    steps = Steps("printers", ["head", "-c", "100000", "/dev/zero"], count, kept=True)
    contest = contest_of(steps, f"printers, {count} steps of 100 KB", build, folder, 4)
    contest.expect_ratio("runnel", "make", 0.65)
    yield contest


def run_gigabyte(build, folder):
    """One step with a gigabyte of output, and one with a byte for its memory."""
    runnel = str(build / "src/cli/runnel")
    commands = {"cmd > file": ["sh", "-c", f"head -c {GIGABYTE} /dev/zero > logs/0"]}
    for name, size in (("runnel", GIGABYTE), ("runnel, one byte", 1)):
        steps = Steps(f"print-{size}", ["head", "-c", str(size), "/dev/zero"], 1)
        commands[name] = [runnel, "run", str(steps.write_pipeline(folder))]
    contest = Contest("one step of 1 GB", folder, commands, turns=5, roomy=False)
    contest.expect_ratio("runnel", "cmd > file", 1.05)
    contest.add_goal("MB of runnel / MB with one byte",
                     contest.ratio("runnel", "runnel, one byte", "peak"), 1.05)
    yield contest


def run_history(build, folder, count):
    """What a run leaves in a history of its own."""
    steps = Steps("history", ["/bin/true"], count)
    commands = steps.commands(build, folder, 4)
    contest = Contest(f"history, {count} steps", folder, {"runnel": commands["runnel"]}, turns=1)
    contest.add_goal("bytes of database per attempt", database_size(contest.place) / count,
                     MAX_BYTES_PER_ATTEMPT)
    yield contest


def run_all(build, folder, count):
    yield from run_wide(build, folder, count)
    yield from run_chain(build, folder, count // 5)
    yield from run_sleepers(build, folder, count // 20)
    yield from run_printers(build, folder, count // 10)
    yield from run_gigabyte(build, folder)
    yield from run_history(build, folder, count)


def main():
    build = pathlib.Path(sys.argv[1]).absolute()
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10000
    result = {"benchmark": "run"}
    folder = pathlib.Path(tempfile.mkdtemp(prefix="runnel-bench-"))
    try:
        for contest in run_all(build, folder, count):
            contest.report()
            result[contest.name] = contest.to_json()
    finally:
        shutil.rmtree(folder)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
