#!/usr/bin/env python3
"""How quickly a log of a gigabyte is opened, gone through and searched.

SPDX-License-Identifier: GPL-3.0-or-later

usage: tests/bench/log-bench.py BUILD-FOLDER [MEGABYTES]

Beside it, in turns and with the log in memory: less, grep and ripgrep. Each is a whole process, from
its start to its end. less draws on a terminal of its own, from script(1).
"""

import json
import os
import pathlib
import random
import shlex
import shutil
import sys
import tempfile

from contest import Contest, median

BLOCK = 1 << 24
OPEN_S = 0.2
BYTES_PER_S = 1e9
JUMPS = [random.Random(1).randrange(100) for i in range(20)]

# What is looked for, how, and whether a gigabyte in a second is asked for.
SEARCHES = [("frequent", "INFO", [], True),
            ("rare", "connection refused", [], True),
            ("absent", "no such line", [], True),
            ("caseless", "CONNECTION Refused", ["caseless"], True),
            ("expression", "took [0-9]{4} ms", ["regex"], False)]

GREP_OPTIONS = {"caseless": ["-i"], "regex": ["-E"]}


def make_block():
    """Lines as programs write them, now and then in colour."""
    chance = random.Random(1)
    lines, size = [], 0
    while size < BLOCK:
        i = len(lines)
        kind = "\033[31mERROR\033[0m connection refused" if i % 9973 == 0 else "INFO request served"
        line = f"2026-11-28T01:{i // 60000 % 60:02}:{i // 1000 % 60:02}.{i % 1000:03}Z worker-{chance.randrange(16)} " \
               f"{kind} id={chance.randrange(1 << 32):08x} took {chance.randrange(1000)} ms\n"
        lines.append(line)
        size += len(line)
    return "".join(lines).encode()


def write_log(path, megabytes):
    block = make_block()
    with open(path, "wb") as log:
        for _ in range(megabytes * 1000000 // len(block) + 1):
            log.write(block)
    return path.stat().st_size


def on_terminal(*command):
    return ["script", "-qec", shlex.join(map(str, command)), "/dev/null"]


def get_search_commands(probe, log, text, words):
    options = [option for word in words for option in GREP_OPTIONS[word]]
    options += [] if "regex" in words else ["-F"]
    rg_options = [option for option in options if option != "-E"]
    return {"runnel": [probe, "search", log, text, *words],
            "grep": ["grep", "-c", *options, "--", text, log],
            "rg": ["rg", "-c", *rg_options, "--", text, log]}


def keep_installed(commands):
    for name, command in list(commands.items()):
        if not shutil.which(command[0]):
            print(f"{command[0]} is not installed and left out")
            del commands[name]
    # Into a pipe: grep ends at the first line when nobody sees how many there are.
    return {name: ["sh", "-c", f"{shlex.join(map(str, command))} | cat"] for name, command in commands.items()}


def main():
    build = pathlib.Path(sys.argv[1]).absolute()
    megabytes = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    probe = str(build / "tests/bench/log-probe")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="runnel-bench-"))
    os.environ.update(TERM="xterm", LESS="", LC_ALL="C.UTF-8")
    contests = []

    def compete(name, commands, goal=None, limit=None, ratios=()):
        contest = Contest(name, folder, keep_installed(commands))
        if goal:
            contest.add_goal(goal, median(contest.figures["runnel"], "wall"), limit)
        for other in ratios:
            contest.expect_ratio("runnel", other, 1)
        contest.report()
        contests.append(contest)

    try:
        log = str(folder / "step.1.log")
        size = write_log(pathlib.Path(log), megabytes)
        print(f"a log of {size / 1e6:.0f} MB")
        compete("open at the end",
                {"runnel": [probe, "open", log], "less": on_terminal("less", "+Gq", log),
                 "less -N": on_terminal("less", "-N", "+Gq", log)},
                "seconds to open", OPEN_S, ["less -N"])
        compete("20 jumps",
                {"runnel": [probe, "jump", log, *JUMPS],
                 "less": on_terminal("less", "+" + "".join(f"{jump}p" for jump in JUMPS) + "q", log)})
        for name, text, words, is_literal in SEARCHES:
            compete(f"search, {name}", get_search_commands(probe, log, text, words),
                    "seconds at 1 GB/s" if is_literal else None, size / BYTES_PER_S, ["grep"])
    finally:
        shutil.rmtree(folder)
    print(json.dumps({"benchmark": "log", "bytes": size,
                      "contests": {contest.name: contest.to_json() for contest in contests}}))


if __name__ == "__main__":
    main()
