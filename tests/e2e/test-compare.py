#!/usr/bin/env python3
"""The designer as git's tools: what changed is shown, and a person decides about a conflict.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import copy
import json

from designer import open_designer, read_pipeline, run_tests, wait_for

BASE = {
    "format": 1,
    "name": "Ship",
    "steps": [
        {"id": "build", "name": "Build", "kind": "command", "with": {"argv": ["make"]}},
        {"id": "ship", "name": "Ship", "kind": "command", "with": {"argv": ["ship"]}, "needs": ["build"]},
    ],
    "layout": {"steps": {"build": [0, 0], "ship": [312, 0]}},
}


def write(home, name, argv=None):
    content = copy.deepcopy(BASE)
    if argv:
        content["steps"][0]["with"]["argv"] = argv
    path = home.work / name
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_diff(home):
    """Files of any name; the window's end is the end of the tool."""
    designer = open_designer(home, "--diff", write(home, "LOCAL_1"), write(home, "REMOTE_1", ["make", "-j4"]))
    designer.get_step("Build", "Changed")
    designer.wait("label", contains="with.argv changed")
    designer.wait("label", "1 difference")
    designer.key("ctrl+q")
    designer.wait_for_end()


def test_merge(home):
    merged = home.work / "p.runnel.json"
    merged.write_text("<<<<<<< what git leaves\n", encoding="utf-8")
    designer = open_designer(home, "--merge", write(home, "BASE"), write(home, "LOCAL", ["make", "-j4"]),
                             write(home, "REMOTE", ["ninja"]), merged)
    designer.wait("label", "steps.build.with.argv")
    designer.wait("label", "1 conflict is to be decided")
    designer.click(designer.wait(name='Theirs: ["ninja"]'))
    designer.wait("label", "All conflicts are decided.")
    designer.click(designer.wait("label", "Save the Merge"))
    designer.wait_for_end()
    assert read_pipeline(merged)["steps"][0]["with"]["argv"] == ["ninja"]


def test_merge_given_up(home):
    """git is told that the file is not merged."""
    merged = home.work / "p.runnel.json"
    merged.write_text("unmerged\n", encoding="utf-8")
    designer = open_designer(home, "--merge", write(home, "BASE"), write(home, "LOCAL", ["make", "-j4"]),
                             write(home, "REMOTE", ["ninja"]), merged)
    designer.wait("label", "1 conflict is to be decided")
    designer.key("ctrl+q")
    wait_for(lambda: designer.process.poll() is not None, "the application to end")
    assert designer.process.returncode == 1, designer.process.returncode
    assert merged.read_text(encoding="utf-8") == "unmerged\n"


if __name__ == "__main__":
    run_tests([
        ("/e2e/compare/diff", test_diff),
        ("/e2e/compare/merge", test_merge),
        ("/e2e/compare/merge-given-up", test_merge_given_up),
    ])
