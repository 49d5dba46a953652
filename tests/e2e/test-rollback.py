#!/usr/bin/env python3
"""What a run that failed left behind is shown before it is taken back, and then it is taken back.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import os

from designer import open_designer, run_tests, wait_for

PIPELINE = {
    "format": 1,
    "name": "Deploy",
    "steps": [
        {"id": "deploy", "kind": "script", "with": {"run": "touch deployed"},
         "undo": {"kind": "script", "with": {"run": "rm deployed"}}},
        {"id": "check", "kind": "script", "needs": ["deploy"], "with": {"run": "false"}},
    ],
}


def ask_for_rollback(designer):
    designer.press(designer.wait(name="Run Again"))
    designer.press(designer.wait("menu item", "Roll Back…"))


def test_rollback(home):
    path = home.work / "deploy.runnel.json"
    path.write_text(json.dumps(PIPELINE), encoding="utf-8")
    home.runnel("run", str(path), check=False)
    designer = open_designer(home, path)
    designer.key("ctrl+h")
    designer.click(designer.wait(name="Run 1 of Deploy: Failed"), times=2)

    # Nothing is done before a person has seen what it would be and agreed.
    ask_for_rollback(designer)
    designer.wait("label", "Roll Back Run 1?")
    rehearsal = designer.wait("label", contains="deploy.undo")
    assert "rm deployed" in rehearsal.name and "check" not in rehearsal.name, rehearsal.name
    if "E2E_PICTURE" in os.environ:
        designer.screenshot(os.environ["E2E_PICTURE"])
    designer.press(designer.wait("push button", contains="Cancel"))
    wait_for(lambda: not designer.find("label", "Roll Back Run 1?"), "the question to go away")
    assert (home.work / "deployed").exists() and len(home.list_runs()) == 1

    ask_for_rollback(designer)
    designer.wait("label", "Roll Back Run 1?")
    designer.press(designer.wait("push button", contains="Roll Back"))
    wait_for(lambda: next((run for run in home.list_runs() if run["run"] == 2 and run.get("finished")), None),
             "the end of the rollback")
    assert not (home.work / "deployed").exists()
    shown = json.loads(home.runnel("show", "2", "--json"))
    assert shown["details"]["trigger"] == {"kind": "rollback", "run": 1}, shown["details"]
    wait_for(lambda: "Run 2" in designer.window.name, "the page of the new run")


if __name__ == "__main__":
    run_tests([("/e2e/rollback", test_rollback)])
