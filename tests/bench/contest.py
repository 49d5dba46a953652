# contest.py: commands that do the same take turns, and the ratios of their times are told
# SPDX-License-Identifier: GPL-3.0-or-later
"""On a machine with other work only ratios mean something, and only between commands that ran one
after the other: so a ratio is the median of those of each turn."""

import os
import shutil
import statistics
import subprocess
import time


class Figures:
    """What one command took in one turn. Times in seconds, memory in megabytes."""

    def __init__(self, wall, cpu, peak):
        self.wall, self.cpu, self.peak = wall, cpu, peak


def median(turns, figure):
    return statistics.median(getattr(turn, figure) for turn in turns)


class Contest:
    """Commands by name, and how they did.

    Each turn has folders of its own, and nothing is deleted before the end: where files were just
    deleted, ext4 makes new ones many times slower. The exception are contests with so much output
    that it would not fit.
    """

    def __init__(self, name, folder, commands, turns=3, roomy=True):
        self.name, self.folder, self.commands, self.roomy = name, folder, commands, roomy
        self.figures = {name: [] for name in commands}
        self.goals = []
        for turn in range(turns):
            for command in commands:
                self.take_turn(command, folder / f"{name}-{turn}-{command.replace(' ', '-')}")

    def take_turn(self, command, place):
        (place / "logs").mkdir(parents=True)
        environment = dict(os.environ, XDG_DATA_HOME=str(place / "data"),
                           XDG_STATE_HOME=str(place / "state"))
        self.figures[command].append(measure(self.commands[command], place, environment))
        self.place = place
        if not self.roomy:
            shutil.rmtree(place)

    def ratio(self, command, other, figure="wall"):
        pairs = zip(self.figures[command], self.figures[other])
        return statistics.median(getattr(a, figure) / getattr(b, figure) for a, b in pairs)

    def add_goal(self, what, value, limit):
        self.goals.append({"what": what, "value": round(value, 3), "limit": limit,
                           "reached": value <= limit})

    def expect_ratio(self, command, other, limit):
        """Notes a goal for a ratio; nothing when one of the two is not there."""
        if command in self.figures and other in self.figures:
            self.add_goal(f"{command} / {other}", self.ratio(command, other), limit)

    def report(self):
        print(f"\n{self.name}\n{'':20} {'seconds':>9} {'cpu':>9} {'MB':>7}")
        for command, turns in self.figures.items():
            print(f"{command:20} {median(turns, 'wall'):9.3f} {median(turns, 'cpu'):9.3f}"
                  f" {max(turn.peak for turn in turns):7.1f}")
        for goal in self.goals:
            print(f"  {goal['what']:36} {goal['value']:9.2f}   at most {goal['limit']:<7g}"
                  f" {'reached' if goal['reached'] else 'MISSED'}", flush=True)

    def to_json(self):
        return {"commands": {name: {"seconds": round(median(turns, "wall"), 4),
                                    "cpu-seconds": round(median(turns, "cpu"), 4),
                                    "peak-mb": round(max(turn.peak for turn in turns), 1)}
                             for name, turns in self.figures.items()},
                "goals": self.goals}


def measure(command, folder, environment):
    """The peak is taken by time(1): a process that Python starts inherits the peak of Python."""
    report = folder / "time"
    start = time.monotonic()
    subprocess.run(["/usr/bin/time", "-q", "-f", "%U %S %M", "-o", report, *command], cwd=folder,
                   env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
    wall = time.monotonic() - start
    user, system, peak = report.read_text().split()
    return Figures(wall, float(user) + float(system), int(peak) / 1024)
