#!/usr/bin/env python3
"""What other systems make of a pipeline is seen while it is drawn, and it is exported and kept in sync.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import os

from designer import open_designer, pyatspi, read_pipeline, run_tests, wait_for

PIPELINE = {
    "format": 1,
    "name": "Nightly",
    "pools": {"press": 1},
    "steps": [
        {"id": "make", "name": "Make", "kind": "script", "with": {"run": "echo made\n"},
         "retry": {"max": 2, "delay": "5s"}},
        {"id": "ship", "name": "Ship", "kind": "script", "with": {"run": "echo shipped\n"}, "needs": ["make"],
         "pool": "press", "priority": 3},
    ],
    "layout": {"steps": {"make": [0, 0], "ship": [312, 0]}},
}


def systems(home):
    return [system for system in json.loads(home.runnel("systems", "--json")) if system["export"]]


def picture(designer):
    if "E2E_PICTURE" in os.environ:
        designer.screenshot(os.environ["E2E_PICTURE"])


def test_portability(home):
    """A system that is pressed is looked at closer: its findings are listed and the steps have marks."""
    path = home.work / "nightly.runnel.json"
    path.write_text(json.dumps(PIPELINE), encoding="utf-8")
    system = systems(home)[0]
    found = json.loads(home.runnel("export", "--check", "--json", str(path), "--to", system["system"], check=False))
    lost = found["systems"][0]["lost"]
    designer = open_designer(home, path)
    designer.key("ctrl+alt+m")
    designer.click(designer.wait("push button", contains=f"{system['title']}: "))
    designer.wait("label", contains=f" on {system['title']}")
    if lost:
        designer.wait("label", contains=f": lost on {system['title']}")
    picture(designer)


def test_export_and_sync(home):
    path = home.work / "nightly.runnel.json"
    simple = {**PIPELINE, "steps": [{"id": "make", "name": "Make", "kind": "script",
                                     "with": {"run": "echo made\n"}}]}
    path.write_text(json.dumps(simple), encoding="utf-8")
    system = systems(home)[0]
    designer = open_designer(home, path)
    designer.wait("panel", contains="Make")
    designer.key("ctrl+alt+s")
    window = designer.wait("frame", "Export to Another System")
    save = designer.wait("push button", contains="Save", root=window)
    wait_for(lambda: save.getState().contains(pyatspi.STATE_SENSITIVE), "something to save")
    picture(designer)
    designer.click(save)
    made = home.work / system["file"].replace("NAME", "nightly")
    wait_for(made.exists, f"{made} to be written")
    assert "echo made" in made.read_text(encoding="utf-8")


def test_saving_writes_exports(home):
    path = home.work / "nightly.runnel.json"
    system = systems(home)[0]["system"]
    kept = {**PIPELINE, "exports": [{"system": system, "path": "kept/file", "allow-loss": True}]}
    path.write_text(json.dumps(kept), encoding="utf-8")
    designer = open_designer(home, path)
    designer.get_step("Make")
    designer.key("ctrl+a")
    designer.key("ctrl+d")
    designer.key("ctrl+s")
    wait_for((home.work / "kept" / "file").exists, "the export to be written")
    home.runnel("export", "--verify", str(path))
    assert len(read_pipeline(path)["steps"]) == 4


def test_import(home):
    """A file that another system could have is looked at, and opened as a pipeline that is not saved."""
    path = home.work / "nightly.runnel.json"
    path.write_text(json.dumps(PIPELINE), encoding="utf-8")
    name = next(system["system"] for system in systems(home) if system["import"])
    made = home.runnel("export", str(path), "--to", name, "--allow-loss", "-o", str(home.work / "out") + "/")
    designer = open_designer(home, path)
    designer.get_step("Make")
    designer.key("ctrl+alt+o")
    designer.wait(name="Import a File")
    designer.type(made.splitlines()[0])
    designer.key("Return")
    window = designer.wait("frame", "Import")
    button = designer.wait("push button", contains="Open", root=window)
    wait_for(lambda: button.getState().contains(pyatspi.STATE_SENSITIVE), "something to open")
    picture(designer)
    designer.click(button)
    designer.wait("label", "Not saved yet")


if __name__ == "__main__":
    run_tests([
        ("/e2e/interchange/portability", test_portability),
        ("/e2e/interchange/export-and-sync", test_export_and_sync),
        ("/e2e/interchange/saving-writes-exports", test_saving_writes_exports),
        ("/e2e/interchange/import", test_import),
    ])
