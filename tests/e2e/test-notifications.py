#!/usr/bin/env python3
"""A run that nobody looks at: the desktop asks, and tells how it ended.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json

from designer import open_designer, run_tests, wait_for

PIPELINE = {
    "format": 1,
    "name": "Release",
    "steps": [
        {"id": "build", "kind": "script", "with": {"run": "until [ -e go ]; do sleep 0.1; done"}},
        {"id": "sign-off", "kind": "approval", "with": {"prompt": "Ship it?"}, "needs": ["build"]},
        {"id": "ship", "kind": "script", "with": {"run": "echo it is shipped; exit 3"}, "needs": ["sign-off"]},
    ],
}


def get_run(home, number):
    return next((run for run in home.list_runs() if run["run"] == number), None)


def test_notifications(home):
    desktop = home.desktop
    path = home.work / "release.runnel.json"
    path.write_text(json.dumps(PIPELINE), encoding="utf-8")
    designer = open_designer(home, path)

    # The page is closed before the run asks, so that its bar is nowhere to be seen.
    designer.get_step("sign-off")
    designer.press(designer.wait("push button", "Run"))
    wait_for(lambda: get_run(home, 1), "run 1")
    designer.key("ctrl+w")
    designer.wait("push button", "New pipeline")
    (home.work / "go").touch()
    question = desktop.wait("Release Needs an Answer")
    _, body, buttons = desktop.shown[question]
    assert "Ship it?" in body, body
    assert {"Approve", "Reject"} <= set(buttons), buttons

    # The answer reaches the run, and its end is told.
    desktop.press(question, "Approve")
    end = desktop.wait("Release: Failed")
    assert "ship" in desktop.shown[end][1], desktop.shown[end]
    assert get_run(home, 1)["state"] == "failed", get_run(home, 1)

    # It leads to the run.
    desktop.press(end, "Open")
    designer.wait("label", "Run 1")


if __name__ == "__main__":
    run_tests([("/e2e/notifications", test_notifications)])
