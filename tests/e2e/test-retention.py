#!/usr/bin/env python3
"""Runs go out of the list into a file and come in again, and space is freed.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import os

from designer import Home, open_designer, run_tests, wait_for

PIPELINE = {
    "format": 1,
    "name": "Count",
    "steps": [{"id": "count", "kind": "command", "with": {"argv": ["seq", "1", "100000"]}}],
}


def make_runs(home, n):
    path = home.work / "count.runnel.json"
    path.write_text(json.dumps(PIPELINE), encoding="utf-8")
    for _ in range(n):
        home.runnel("run", str(path))
    return path


def open_runs(home, *files):
    designer = open_designer(home, *files)
    designer.key("ctrl+h")
    designer.wait(name="Find Runs")
    return designer


def choose(designer, title, path):
    """Types a path into the dialog that asks for a file."""
    designer.wait(name=title)
    designer.key("ctrl+l", "ctrl+a")
    designer.type(str(path))
    designer.key("Return")


def test_exchange(home):
    target = home.work / "runs.jsonl"
    designer = open_runs(home, make_runs(home, 2))
    designer.click(designer.wait(contains="Run 2 of Count"))
    designer.key("ctrl+e")
    choose(designer, "Export 1 Run", target)
    wait_for(target.exists, "the exported runs")
    designer.wait(contains="1 run exported")
    designer.key("ctrl+a")
    designer.key("ctrl+e")
    choose(designer, "Export 2 Runs", target)
    designer.click(designer.wait("push button", contains="Replace"))
    designer.wait(contains="2 runs exported")
    designer.close()

    other = Home()
    other.designers = []
    try:
        designer = open_runs(other)
        designer.click(designer.wait(name="All Runs"))
        designer.press(designer.wait("menu item", "Import…"))
        choose(designer, "Import Runs", target)
        designer.wait(contains="2 runs added")
        designer.wait(contains="Run 2 of Count")
        assert len(other.list_runs()) == 2
        designer.close()
    finally:
        other.remove()


def test_free_space(home):
    path = make_runs(home, 4)
    home.runnel("settings", "set", 'history.pipelines["*"].max-runs', "1")
    designer = open_runs(home, path)
    designer.wait(contains="Run 4 of Count")
    designer.key("ctrl+k")
    designer.wait(contains="Find a Command")
    designer.type("free space")
    designer.key("Return")
    designer.wait(contains="Delete 3 Runs?")
    designer.wait("label", "Count #1")
    if "E2E_PICTURE" in os.environ:
        designer.screenshot(os.environ["E2E_PICTURE"])
    designer.click(designer.wait(name="Free Space Now"))
    designer.wait(contains="3 runs deleted")
    wait_for(lambda: [run["run"] for run in home.list_runs()] == [4], "one run that is left")


def test_meter(home):
    designer = open_designer(home, make_runs(home, 1))
    designer.key("ctrl+comma")
    designer.click(designer.wait("page tab", "History"))
    designer.wait(contains="of at most 10.0\u00a0GB")
    designer.wait(name="Free Space…")


if __name__ == "__main__":
    run_tests([("/e2e/retention/exchange", test_exchange),
               ("/e2e/retention/free-space", test_free_space),
               ("/e2e/retention/meter", test_meter)])
