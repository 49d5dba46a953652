#!/usr/bin/env python3
"""Kills parts of runs at random moments, again and again, and looks at what is left.

SPDX-License-Identifier: GPL-3.0-or-later

usage: tests/crash/crash.py BUILD-FOLDER [--loops N] [--seed N]

The victims in turn: the engine, the guard, both at once, and the shell of a step. Afterwards no
process of the run may be left, the database must be whole, and every run must have an end. Then
`runnel rerun --failed` takes it to its end. Each step writes into a ledger when it starts and ends,
and that must agree with the history: what a started step relied on was known to have succeeded,
what was known to have succeeded did not run twice, and nothing was left out.
"""

import argparse
import concurrent.futures
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
import threading
import time
import uuid

VICTIMS = ["engine", "guard", "both", "shell"]
TERMINAL = {"succeeded", "failed", "timed-out", "skipped", "cancelled", "interrupted"}
LATEST_KILL = 0.45
PATIENCE = 60
N_AT_ONCE = 2  # loops, each in a folder of its own
PRINTING = threading.Lock()

STEP = 'echo "$RUNNEL_RUN_ID start $RUNNEL_STEP" >> ledger; %s; echo "$RUNNEL_RUN_ID end $RUNNEL_STEP" >> ledger'

FAMILY = "sleep 0.1 & (sleep 0.12 & sleep 0.15) & (sh -c 'sleep 900 & sleep 0.1' &); sleep 0.15"
DAEMON = "setsid -f sleep 901; sleep 0.1"
N_QUICK = 16


def make_step(name, text, *needs):
    return {"id": name, "kind": "script", "with": {"run": STEP % text}, "needs": list(needs)}


def make_pipeline():
    """Short steps one after the other, and beside them steps with children of many kinds."""
    chain = [make_step(f"quick-{i}", "sleep 0.01", *([f"quick-{i - 1}"] if i else []))
             for i in range(N_QUICK)]
    family = [make_step("family", FAMILY), make_step("daemon", DAEMON, "family")]
    last = make_step("last", "true", f"quick-{N_QUICK - 1}", "daemon")
    return {"format": 1, "name": "crash", "steps": chain + family + [last]}


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


class Ledger:
    """What the steps of each run say they did."""

    def __init__(self, path):
        lines = path.read_text().splitlines() if path.exists() else []
        self.facts = [tuple(line.split()) for line in lines]

    def count(self, run, what, step):
        return self.facts.count((str(run), what, step))


class Loop:
    """One run, one murder, one look, one rerun."""

    def __init__(self, runnel, folder, seed, victim):
        self.runnel, self.folder, self.victim = runnel, folder, victim
        self.randomness = random.Random(seed)
        self.delay = self.randomness.uniform(0, LATEST_KILL)
        self.marker = f"RUNNEL_CRASH={uuid.uuid4()}".encode()
        self.environment = dict(os.environ, XDG_DATA_HOME=str(folder / "data"),
                                XDG_STATE_HOME=str(folder / "state"))

    def start(self):
        name, value = self.marker.decode().split("=")
        pipeline = self.folder / "crash.runnel.json"
        return subprocess.Popen([self.runnel, "run", pipeline, "--jobs", "2"],
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
        return self.ask("list", "--json", "--limit", "3")

    def list_ended_runs(self):
        """A process that was killed holds the lock of its run until the kernel has taken it apart."""
        deadline = time.monotonic() + PATIENCE
        while True:
            runs = self.list_runs()
            if all(run["state"] in TERMINAL for run in runs) or time.monotonic() > deadline:
                return runs
            time.sleep(0.02)

    def check(self):
        runs = self.list_ended_runs()
        left = find_marked(self.marker)
        assert not left, f"processes are left: {left}"
        if not runs or runs[0]["run"] == self.latest_before:
            return None, "not begun"
        for run in runs:
            assert run["state"] in TERMINAL, f"run {run['run']} is still {run['state']}"
        database = self.folder / "data" / "runnel" / "history.db"
        with contextlib.closing(sqlite3.connect(database)) as connection:
            answer = connection.execute("PRAGMA integrity_check").fetchall()
            assert answer == [("ok",)], f"the database is broken: {answer}"
        self.check_steps(runs[0]["run"])
        return runs[0]["run"], runs[0]["state"]

    def read_states(self, run):
        return {step["id"]: step["state"] for step in self.ask("show", str(run), "--json")["steps"]}

    def check_steps(self, run):
        """Nothing started before what it needs was known to have succeeded."""
        states = self.read_states(run)
        ledger = Ledger(self.folder / "ledger")
        for step, state in states.items():
            assert state in TERMINAL, f"step {step} is still {state}"
            assert ledger.count(run, "start", step) <= 1, f"step {step} was started twice"
        for step in make_pipeline()["steps"]:
            for need in step["needs"]:
                if ledger.count(run, "start", step["id"]):
                    assert states[need] == "succeeded", \
                        f"{step['id']} ran, and {need}, which it needs, is {states[need]}"

    def check_rerun(self, run, state):
        """What had no good end runs again, nothing else does, and then nothing is missing."""
        before = self.read_states(run)
        result = subprocess.run([self.runnel, "rerun", str(run), "--failed"], env=self.environment,
                                cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True,
                                text=True, timeout=PATIENCE, check=False)
        if state == "succeeded":
            assert result.returncode == 3, "a run that succeeded was run again"
            return
        assert result.returncode == 0, f"the rerun failed: {result.stdout.splitlines()[-1:]}"
        rerun = self.list_runs()[0]["run"]
        ledger = Ledger(self.folder / "ledger")
        assert set(self.read_states(rerun).values()) == {"succeeded"}, "the rerun is not complete"
        for step, old in before.items():
            n = ledger.count(rerun, "end", step)
            assert n == (old != "succeeded"), f"step {step}, {old} before, ran {n} times again"
            if old == "succeeded":
                assert ledger.count(run, "end", step) == 1, f"step {step} did not really succeed"

    def clean_up(self):
        for pid, *_ in find_marked(self.marker):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def run(self):
        runs = self.list_runs()
        self.latest_before = runs[0]["run"] if runs else 0
        process = self.start()
        try:
            time.sleep(self.delay)
            n_killed = self.kill(process.pid)
            process.wait(PATIENCE)
            self.wait_for_engine()
            run, state = self.check()
            if run:
                self.check_rerun(run, state)
            return n_killed, state
        finally:
            self.clean_up()
            process.wait()


def murder(runnel, folder, seed, victim):
    """One line of TAP without its beginning, and whether all was well."""
    loop = Loop(runnel, folder, seed, victim)
    words = f"{loop.victim} after {loop.delay:.3f} s"
    try:
        n_killed, state = loop.run()
        return f"{words}: killed {n_killed}, run {state}", True
    except (AssertionError, subprocess.SubprocessError) as error:
        return f"{words}: {error}", False


def work(runnel, folder, jobs):
    """Goes through its share of the loops, one after another, in a folder of its own."""
    folder.mkdir()
    (folder / "crash.runnel.json").write_text(json.dumps(make_pipeline()))
    failed = False
    for number, seed, victim in jobs:
        words, good = murder(runnel, folder, seed, victim)
        # Loops end in any order, and TAP wants its numbers in order or not at all.
        with PRINTING:
            print(f"{'ok' if good else 'not ok'} - loop {number}, {words}", flush=True)
        failed |= not good
    return failed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--loops", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(2 ** 32)
    runnel = options.build.absolute() / "src" / "cli" / "runnel"
    print(f"1..{options.loops}\n# --seed {seed}", flush=True)

    jobs = [(i + 1, seed + i, VICTIMS[i % len(VICTIMS)]) for i in range(options.loops)]
    with tempfile.TemporaryDirectory(prefix="runnel-crash-") as name, \
            concurrent.futures.ThreadPoolExecutor(N_AT_ONCE) as pool:
        shares = [pool.submit(work, runnel, pathlib.Path(name) / str(i), jobs[i::N_AT_ONCE])
                  for i in range(N_AT_ONCE)]
        failed = [share.result() for share in shares]
    return 1 if any(failed) else 0


if __name__ == "__main__":
    sys.exit(main())
