#!/usr/bin/env python3
"""What a step left is listed with its run, and its place can be copied.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import os

from designer import open_designer, run_tests, wait_for

PIPELINE = {
    "format": 1,
    "name": "Pack",
    "steps": [
        {"id": "pack", "kind": "script", "artifacts": ["out"],
         "with": {"run": "mkdir -p out; echo a > out/a.txt; head -c 3000000 /dev/zero > out/large.bin"}},
        {"id": "idle", "kind": "script", "needs": ["pack"], "with": {"run": "true"}},
    ],
}


def test_artifacts(home):
    path = home.work / "pack.runnel.json"
    path.write_text(json.dumps(PIPELINE), encoding="utf-8")
    home.runnel("run", str(path))
    designer = open_designer(home, path)
    designer.key("ctrl+h")
    designer.click(designer.wait(name="Run 1 of Pack: Succeeded"), times=2)

    # The run is over and nothing failed, so no step is selected until a person does it.
    chart = designer.wait("panel", contains="Timing of Pack")
    wait_for(lambda: chart.getState().contains(designer.FOCUSED), "the keyboard in the chart")
    designer.key("Down")
    designer.wait("label", contains="2 artifacts, 3.0")
    designer.wait("label", "out/a.txt")
    designer.wait("label", "out/large.bin")
    if "E2E_PICTURE" in os.environ:
        designer.screenshot(os.environ["E2E_PICTURE"])
    for name in ["Open", "Show in Its Folder", "Copy the Path"]:
        assert len(designer.find_all("push button", name)) >= 2, name
    designer.key("Down")
    wait_for(lambda: not designer.find_all("label", contains="artifacts"), "the list to go away")


if __name__ == "__main__":
    run_tests([("/e2e/artifacts", test_artifacts)])
