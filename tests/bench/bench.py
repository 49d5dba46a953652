#!/usr/bin/env python3
"""Runs the benchmarks one after the other and collects their figures.

SPDX-License-Identifier: GPL-3.0-or-later

usage: tests/bench/bench.py BUILD-FOLDER [NAME...]

A benchmark is a program BUILD-FOLDER/tests/bench/NAME-bench or a script tests/bench/NAME-bench.py. It
prints a table for people and, as its last line, one JSON object, {"benchmark": NAME, ...}. All of
these end up in BUILD-FOLDER/bench.json.
"""

import json
import os
import pathlib
import subprocess
import sys


def find_benchmarks(build):
    """Commands by name."""
    commands = {}
    for program in sorted((build / "tests" / "bench").glob("*-bench")):
        if program.is_file() and os.access(program, os.X_OK):
            commands[program.name.removesuffix("-bench")] = [str(program)]
    for script in sorted(pathlib.Path(__file__).parent.glob("*-bench.py")):
        commands[script.name.removesuffix("-bench.py")] = [sys.executable, str(script), str(build)]
    return commands


def run_benchmark(name, command):
    print(f"==== {name} ====", flush=True)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    last = ""
    for line in process.stdout:
        if last:
            print(last, end="", flush=True)
        last = line
    if process.wait() != 0:
        print(last, f"{name} ended with {process.returncode}", sep="")
        return None
    return json.loads(last)


def main():
    build = pathlib.Path(sys.argv[1]).absolute()
    benchmarks = find_benchmarks(build)
    chosen = sys.argv[2:] or list(benchmarks)
    unknown = [name for name in chosen if name not in benchmarks]
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(benchmarks)}")
    figures = [run_benchmark(name, benchmarks[name]) for name in chosen]
    (build / "bench.json").write_text(json.dumps([figure for figure in figures if figure], indent=2) + "\n")
    print(f"The figures as JSON: {build / 'bench.json'}")
    return 0 if all(figures) else 1


if __name__ == "__main__":
    sys.exit(main())
