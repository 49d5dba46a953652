#!/usr/bin/env python3
"""Kills parts of runs at random moments, again and again, and looks at what is left.

SPDX-License-Identifier: GPL-3.0-or-later

usage: tests/crash/crash.py BUILD-FOLDER [--loops N] [--seed N]

The victims in turn: the engine, the guard, both at once, and the shell of a step. Afterwards no
process of the run may be left, the database must be whole, and every run must have an end.
"""

import argparse
import contextlib
import json
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid

VICTIMS = ["engine", "guard", "both", "shell"]
TERMINAL = {"succeeded", "failed", "timed-out", "skipped", "cancelled", "interrupted"}
LATEST_KILL = 0.8
PATIENCE = 60

FAMILY = """
sleep 0.3 & (sleep 0.4 & sleep 0.5) &
(sh -c 'sleep 900 & sleep 0.2' &)
sleep 0.5
"""
DAEMON = "setsid -f sleep 901; sleep 0.2"


def make_pipeline():
    """Short steps one after the other, and beside them steps with children of many kinds."""
    chain = [{"id": f"quick-{i}", "kind": "command", "with": {"argv": ["sh", "-c", "sleep 0.01"]},
              **({"needs": [f"quick-{i - 1}"]} if i else {})} for i in range(30)]
    family = [{"id": f"family-{i}", "kind": "script", "with": {"run": FAMILY}} for i in range(2)]
    daemon = {"id": "daemon", "kind": "script", "with": {"run": DAEMON}}
    last = {"id": "last", "kind": "script", "join": "none-failed", "with": {"run": "echo done"},
            "needs": ["quick-29", "family-0", "family-1", "daemon"]}
    return {"format": 1, "name": "crash", "steps": chain + family + [daemon, last]}


def read_environment(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def read_stat(pid):
    """Name, state, parent and process group; None when there is no such process."""
    try:
        text = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    name = text[text.index("(") + 1:text.rindex(")")]
    state, parent, group = text[text.rindex(")") + 2:].split()[:3]
    return name, state, int(parent), int(group)


def find_marked(marker):
    """All living processes of one loop, however they are related by now."""
    marked = []
    for entry in os.listdir("/proc"):
        if entry.isdigit() and marker in read_environment(entry):
            stat = read_stat(entry)
            if stat and stat[1] not in "ZX":
                marked.append((int(entry), *stat))
    return marked


class Loop:
    """One run, one murder, one look."""

    def __init__(self, runnel, folder, randomness, victim):
        self.runnel, self.folder, self.victim = runnel, folder, victim
        self.delay = randomness.uniform(0, LATEST_KILL)
        self.randomness = randomness
        self.marker = f"RUNNEL_CRASH={uuid.uuid4()}".encode()
        self.environment = dict(os.environ, XDG_DATA_HOME=str(folder / "data"),
                                XDG_STATE_HOME=str(folder / "state"))

    def start(self):
        name, value = self.marker.decode().split("=")
        pipeline = self.folder / "crash.runnel.json"
        return subprocess.Popen([self.runnel, "run", pipeline, "--jobs", "4"],
                                env={**self.environment, name: value}, stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def choose_victims(self, guard):
        marked = find_marked(self.marker)
        engines = [pid for pid, name, _, parent, _ in marked
                   if parent == guard and name == "runnel"]
        if self.victim == "guard":
            return [guard]
        if self.victim == "engine":
            return engines
        if self.victim == "both":
            return self.randomness.sample([guard] + engines, 1 + len(engines))
        shells = [pid for pid, name, _, parent, group in marked
                  if name == "sh" and parent in engines and group == pid]
        return self.randomness.sample(shells, min(1, len(shells)))

    def kill(self, guard):
        victims = self.choose_victims(guard)
        for pid in victims:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return len(victims)

    def wait_for_engine(self):
        """When its guard was killed, the engine cancels the run and ends by itself."""
        deadline = time.monotonic() + PATIENCE
        while any(name.startswith("runnel") for _, name, *_ in find_marked(self.marker)):
            if time.monotonic() > deadline:
                raise AssertionError(f"still running: {find_marked(self.marker)}")
            time.sleep(0.02)

    def ask(self, *arguments):
        result = subprocess.run([self.runnel, *arguments], env=self.environment, check=True,
                                stdout=subprocess.PIPE, timeout=PATIENCE)
        return json.loads(result.stdout)

    def list_runs(self):
        """Newest first."""
        return self.ask("list", "--json", "--limit", "1000")

    def check(self):
        runs = self.list_runs()
        left = find_marked(self.marker)
        assert not left, f"processes are left: {left}"
        if len(runs) == self.n_runs_before:
            return "not begun"
        for run in runs:
            assert run["state"] in TERMINAL, f"run {run['run']} is still {run['state']}"
        database = self.folder / "data" / "runnel" / "history.db"
        with contextlib.closing(sqlite3.connect(database)) as connection:
            answer = connection.execute("PRAGMA integrity_check").fetchall()
            assert answer == [("ok",)], f"the database is broken: {answer}"
        self.check_steps(runs[0]["run"])
        return runs[0]["state"]

    def check_steps(self, run):
        for step in self.ask("show", str(run), "--json")["steps"]:
            assert step["state"] in TERMINAL, f"step {step['id']} is still {step['state']}"

    def clean_up(self):
        for pid, *_ in find_marked(self.marker):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def run(self):
        self.n_runs_before = len(self.list_runs())
        process = self.start()
        try:
            time.sleep(self.delay)
            n_killed = self.kill(process.pid)
            process.wait(PATIENCE)
            self.wait_for_engine()
            return n_killed, self.check()
        finally:
            self.clean_up()
            process.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--loops", type=int, default=50)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(2 ** 32)
    randomness = random.Random(seed)
    runnel = options.build.absolute() / "src" / "cli" / "runnel"
    print(f"1..{options.loops}\n# --seed {seed}", flush=True)

    failed = False
    with tempfile.TemporaryDirectory(prefix="runnel-crash-") as name:
        folder = pathlib.Path(name)
        (folder / "crash.runnel.json").write_text(json.dumps(make_pipeline()))
        for i in range(options.loops):
            loop = Loop(runnel, folder, randomness, VICTIMS[i % len(VICTIMS)])
            words = f"{i + 1} - {loop.victim} after {loop.delay:.3f} s"
            try:
                n_killed, state = loop.run()
                print(f"ok {words}: killed {n_killed}, run {state}", flush=True)
            except (AssertionError, subprocess.SubprocessError) as error:
                failed = True
                print(f"not ok {words}: {error}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
