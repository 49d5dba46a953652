#!/usr/bin/env python3
"""The timing chart of a run: walked through, folded, ordered, zoomed, panned and exported by key and by pointer, with
the log beside it; and two runs compared.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import re
import subprocess

from designer import open_designer, run_tests, wait_for

# Build is still under way when Mail is over, which is later in the file than what waits for Build.
PIPELINE = {
    "format": 1,
    "name": "Chart",
    "groups": [{"id": "checks", "name": "Checks", "steps": ["lint", "test"]}],
    "steps": [
        {"id": "build", "name": "Build", "kind": "script", "with": {"run": "echo built; sleep 2"}},
        {"id": "lint", "name": "Lint", "kind": "script", "with": {"run": "echo linted"}, "needs": ["build"]},
        {"id": "test", "name": "Test", "kind": "script", "with": {"run": "echo tested; sleep 1"}, "needs": ["build"]},
        {"id": "notes", "name": "Notes", "kind": "script", "with": {"run": "echo noted"}},
        {"id": "mail", "name": "Mail", "kind": "script", "with": {"run": "echo mailed"}, "needs": ["notes"]},
        {"id": "ship", "name": "Ship", "kind": "script", "with": {"run": "echo shipped"}, "needs": ["test", "lint"]},
    ],
}

BY_START = ["Build", "Notes", "Mail", "Checks", "Lint", "Test", "Ship"]
BY_NEEDS = ["Build", "Notes", "Checks", "Lint", "Test", "Mail", "Ship"]

AXIS_HEIGHT = 28
ROW_HEIGHT = 26
TRIANGLE_X = 18
LABEL_X = 60
INCOMING = bytes([0xb2, 0x73, 0x00])  # what leads to the step under the pointer is drawn with
MOMENT = re.compile(r"([\d.]+ m?s) of ([\d.]+ m?s)")


class Chart:
    """The chart of the latest of some runs."""

    def __init__(self, home, n_runs=1):
        path = home.work / "chart.runnel.json"
        path.write_text(json.dumps(PIPELINE), encoding="utf-8")
        for _ in range(n_runs):
            home.runnel("run", str(path))
        self.home = home
        self.designer = open_designer(home, size=(1100, 980))
        self.designer.key("ctrl+h")
        self.designer.wait(name=f"Run {n_runs} of Chart: Succeeded")
        self.designer.key("Return")
        self.accessible = self.designer.wait("panel", f"Timing of Chart, run {n_runs}")
        wait_for(lambda: self.accessible.getState().contains(self.designer.FOCUSED), "the keyboard in the chart")
        box = self.designer.wait_for_rest(lambda: self.accessible, "the chart")
        self.left, self.top, self.width, self.height = box

    def key(self, *keys):
        self.designer.key(*keys)

    # --- What is there -------------------------------------------------------------

    def get_title(self):
        """Of the selected line, which says "Build (succeeded)"."""
        return self.accessible.description.partition(" (")[0]

    def wait_for_line(self, title, text=""):
        wait_for(lambda: self.get_title() == title and text in self.accessible.description,
                 lambda: f"the line {title} {text}, not {self.accessible.description}")

    def expect_lines(self, titles):
        """Goes from the first line to the last."""
        self.key("Page_Up", "Page_Up", "Page_Up")
        for title in titles:
            self.wait_for_line(title)
            self.key("Down")
        self.wait_for_line(titles[-1])  # there is no other below

    def wait_for_log(self, text):
        log = self.designer.wait("text", "Log")
        wait_for(lambda: text in self.designer.get_text(log), f"“{text}” in the log")

    def count_pixels(self, color):
        """In the time, right of what the lines are called."""
        left, width = self.left + self.width // 3, self.width - self.width // 3
        geometry = f"{width}x{self.height}+{left}+{self.top}"
        picture = subprocess.run(["import", "-window", "root", "-crop", geometry, "+repage", "-depth", "8", "rgb:-"],
                                 check=True, capture_output=True).stdout
        return sum(picture[i:i + 3] == color for i in range(0, len(picture), 3))

    # --- What a person does ----------------------------------------------------------

    def at(self, line, x):
        return self.left + x, self.top + AXIS_HEIGHT + ROW_HEIGHT * line + ROW_HEIGHT // 2

    def click(self, line, x=LABEL_X):
        self.designer.click_at(*self.at(line, x))

    def point(self, line, x=LABEL_X):
        self.designer.do("mousemove", "--sync", *self.at(line, x))

    def read_moment(self, x):
        """Clicks the axis, and returns the share of the run before that, as far as the slider below has heard: perhaps
        it still says what it said before. None when it says nothing."""
        self.designer.click_at(self.left + x, self.top + AXIS_HEIGHT // 2)
        for label in self.designer.find_all("label", contains=" of "):
            match = MOMENT.fullmatch(label.name)
            if match:
                return read_duration(match[1]) / read_duration(match[2])
        return None

    def wait_for_moment(self, x, is_it, what):
        """Waits until the time at x is what is_it wants, and returns it."""
        def check():
            moment = self.read_moment(x)
            return moment if moment is not None and is_it(moment) else None

        return wait_for(check, what)

    def wait_for_same(self, x, moment, what):
        """As exactly as the slider says it."""
        self.wait_for_moment(x, lambda m: abs(m - moment) <= 0.09, what)


def read_duration(text):
    number, unit = text.split()
    return float(number) / (1000 if unit == "ms" else 1)


def test_keys(home):
    chart = Chart(home)

    # From line to line, and the log follows.
    chart.expect_lines(BY_START)
    chart.wait_for_log("shipped")
    chart.key("Up")
    chart.wait_for_line("Test", "Needed: Build\nWas needed by: Ship")
    chart.wait_for_log("tested")

    # To what it is inside of, which closes: the next line is behind all of it.
    chart.key("Left")
    chart.wait_for_line("Checks", "Open")
    chart.key("Left")
    chart.wait_for_line("Checks", "Closed")
    chart.key("Down")
    chart.wait_for_line("Ship")
    chart.key("Up", "Right")
    chart.wait_for_line("Checks", "Open")
    chart.key("Right")
    chart.wait_for_line("Lint")

    # Each behind those it needs, and as they began again.
    chart.key("o")
    chart.expect_lines(BY_NEEDS)
    chart.key("shift+o")
    chart.expect_lines(BY_START)

    # The critical path is told, and is not.
    chart.designer.wait("label", "◆ on the critical path")
    chart.key("k")
    wait_for(lambda: chart.designer.find("label", "◆ on the critical path") is None, "the path to go")
    chart.key("k")
    chart.designer.wait("label", "◆ on the critical path")

    # Only what is asked for.
    chart.key("f")
    chart.designer.type("ma")
    chart.key("Return")
    chart.expect_lines(["Mail"])


def test_pointer(home):
    chart = Chart(home)

    # What leads to the step under the pointer is drawn, and goes with it.
    assert chart.count_pixels(INCOMING) == 0
    chart.point(BY_START.index("Ship"))
    wait_for(lambda: chart.count_pixels(INCOMING) > 0, "what Ship waited for")
    chart.designer.do("mousemove", "--sync", chart.left + LABEL_X, chart.top - 60)
    wait_for(lambda: chart.count_pixels(INCOMING) == 0, "the arrows to go")

    # The triangle closes; a click on a line selects it, and its log is there.
    chart.click(BY_START.index("Checks"), TRIANGLE_X)
    chart.click(BY_START.index("Checks") + 1)
    chart.wait_for_line("Ship")
    chart.wait_for_log("shipped")
    chart.click(BY_START.index("Checks"), TRIANGLE_X)
    chart.click(BY_START.index("Test"))
    chart.wait_for_line("Test")
    chart.wait_for_log("tested")

    # The wheel zooms at the pointer: what is there stays there, and what is beside it is nearer in time.
    here, beside = chart.width // 2, chart.width * 3 // 4
    moment = chart.wait_for_moment(here, lambda m: 0 < m < 0.6, "a moment in the middle, not the end")
    before = chart.wait_for_moment(beside, lambda m: m > moment, "a moment beside it")
    chart.point(1, here)
    chart.designer.do("keydown", "ctrl", "click", "--repeat", 5, "--delay", 30, 4, "keyup", "ctrl")
    near = chart.wait_for_moment(beside, lambda m: moment < m < moment + (before - moment) * 0.6, "less time")
    chart.wait_for_same(here, moment, "the moment under the pointer where it was")

    # Dragged to the left, there is a later time.
    chart.designer.drag(chart.at(1, beside), chart.at(1, here))
    chart.wait_for_same(here, near, "what was beside it in the middle")

    # All of the time again.
    chart.key("0")
    chart.wait_for_same(beside, before, "all of the time")


def test_compare(home):
    chart = Chart(home, n_runs=2)
    chart.key("ctrl+k")
    chart.designer.type("compare with the run before")
    chart.key("Return")
    chart.designer.wait("label", contains="Before, above: run 1 (succeeded")
    chart.designer.wait("label", contains="Critical path: ")
    for title in ["Build ◆", "Test ◆", "Mail"]:
        chart.designer.wait("label", title)


def test_export(home):
    chart = Chart(home)
    chart.key("ctrl+alt+e")
    chart.designer.wait(contains="Export the Timing")
    target = home.work / "picture.svg"
    chart.designer.type(str(target.with_suffix("")))  # how the name ends is not selected, and stays
    chart.key("Return")
    picture = wait_for(lambda: target.exists() and target.read_text(encoding="utf-8") or None, "the file")
    for text in ["Chart, run 1", "Build", "Checks", "Running", "Processors"]:
        assert text in picture, text
    chart.designer.wait("label", "The chart is in “picture.svg”")


if __name__ == "__main__":
    run_tests([("/e2e/gantt/keys", test_keys), ("/e2e/gantt/pointer", test_pointer),
               ("/e2e/gantt/compare", test_compare), ("/e2e/gantt/export", test_export)])
