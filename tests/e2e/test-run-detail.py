#!/usr/bin/env python3
"""One run in detail: replayed on the canvas, in the chart and in the log, and what is known of it beside.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json

from designer import open_designer, run_tests, wait_for

PIPELINE = {
    "format": 1,
    "name": "Replay",
    "labels": ["nightly"],
    "parameters": {"env": {"type": "string", "default": "stage"}, "seconds": {"type": "number", "default": 0}},
    "steps": [
        {"id": "one", "kind": "script", "with": {"run": "echo first line; sleep $SECONDS_TO_WAIT; echo last line"},
         "env": {"SECONDS_TO_WAIT": "${{ params.seconds }}"}},
        {"id": "two", "kind": "script", "with": {"run": "echo two"}, "needs": ["one"]},
    ],
}


LONG_ENOUGH_S = 6  # to see it being played


def open_run(home, seconds):
    path = home.work / "replay.runnel.json"
    path.write_text(json.dumps(PIPELINE), encoding="utf-8")
    home.runnel("run", str(path), "-p", "env=prod", "-p", f"seconds={seconds}")
    designer = open_designer(home, size=(1000, 800))
    designer.key("ctrl+h")
    designer.wait(name="Run 1 of Replay: Succeeded")
    designer.key("Return")
    designer.wait("push button", "Open Pipeline")
    return designer


def wait_for_states(designer, one, two):
    designer.get_step("one", one)
    designer.get_step("two", two)


def test_replay(home):
    designer = open_run(home, LONG_ENOUGH_S)
    designer.key("alt+2")
    wait_for_states(designer, "Succeeded", "Succeeded")

    # Back from change to change: the step that ran last is the first that is not over.
    designer.key("alt+Left", "alt+Left")
    designer.get_step("two", "Running")
    designer.key("alt+Left")
    designer.get_step("two", "Queued")
    designer.key("alt+Left")
    designer.get_step("two", "Pending")
    if "Succeeded" in designer.get_step("one").name:  # not at the very same moment
        designer.key("alt+Left")
    designer.get_step("one", "Running")

    # The slider by its keys: the start, and the end again.
    moment = designer.wait("slider", contains="Moment of the Run")
    designer.click(moment)
    wait_for(lambda: moment.getState().contains(designer.FOCUSED), "the focus in the slider")
    designer.key("Home")
    wait_for_states(designer, "Pending", "Pending")
    designer.key("ctrl+Right", "ctrl+Right")
    wait_for(lambda: "Pending" not in designer.get_step("one").name, "the first step to begin")
    designer.key("End")
    wait_for_states(designer, "Succeeded", "Succeeded")

    # Played, it begins at the start and ends at the end by itself.
    designer.key("F8")
    designer.wait("push button", "Stop the Replay")
    designer.get_step("one", "Running")
    designer.wait("push button", "Replay the Run")
    wait_for_states(designer, "Succeeded", "Succeeded")


def test_details(home):
    designer = open_run(home, 0)
    designer.key("alt+3")
    for text in ["prod", "nightly", "By hand", "PATH"]:
        designer.wait("label", contains=text)
    designer.wait("label", contains="Started")  # of the audit trail

    # It is kept, and has a label more.
    designer.click(designer.wait("check box", contains="Pinned"))
    wait_for(lambda: home.list_runs()[0].get("pinned"), "the run to be pinned")
    designer.press(designer.wait("push button", contains="Labels…"))
    designer.wait("label", "Labels of 1 Run")
    designer.type("good")
    designer.press(designer.wait("push button", contains="Apply"))
    wait_for(lambda: home.list_runs()[0].get("labels") == ["good", "nightly"], "the label")
    designer.wait("label", "good")

    # What changed in the file since.
    path = home.work / "replay.runnel.json"
    changed = dict(PIPELINE, steps=PIPELINE["steps"][:1])
    path.write_text(json.dumps(changed), encoding="utf-8")
    designer.press(designer.wait("push button", contains="Compare With the Present"))
    designer.wait("label", contains="two")


if __name__ == "__main__":
    run_tests([("/e2e/run-detail/replay", test_replay),
               ("/e2e/run-detail/details", test_details)])
