#!/usr/bin/env python3
"""A step for each of several values, a resource that is shared, a failure that is taken back and mended.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json

from designer import open_designer, read_pipeline, run_tests, wait_for

PIPELINE = {
    "format": 1,
    "name": "Ship",
    "pools": {"oven": 1},
    "steps": [
        {"id": "shop", "kind": "script", "with": {"run": "echo flour"}},
        {"id": "bake", "needs": ["shop"], "kind": "script", "with": {"run": "echo \"bakes $CAKE\"; [ \"$CAKE\" != plum ] || [ -e plums ]"},
         "env": {"CAKE": "${{ matrix.cake }}"}},
        {"id": "ship", "kind": "script", "with": {"run": "echo shipped"}, "needs": ["bake"]},
    ],
}


SIZE = (1280, 800)
SCRIPT = 2  # place in the list of kinds, behind “Nothing”


def unfold(designer, title):
    """Opens a section of the inspector and returns it."""
    # Undo is a button of the window, too, and before this one.
    section = wait_for(lambda: designer.find_all("push button", title)[-1], f"the section {title}")
    designer.press(section)
    return section


def click(designer, accessible):
    """Scrolls the inspector to a field and clicks it."""
    left, _, _, _ = designer.get_box(accessible)

    def is_reached():
        x, y = designer.get_center(accessible)
        if 100 < y < SIZE[1] - 60:
            return True
        designer.do("mousemove", "--sync", left + 20, 400, "click", 5 if y > 0 else 4)
        return False

    wait_for(is_reached, f"{accessible.name} on the screen")
    designer.click(accessible)


def focus(designer, accessible):
    click(designer, accessible)
    wait_for(lambda: accessible.getState().contains(designer.FOCUSED), f"the focus in {accessible.name}")


def add_axis(designer, name, values):
    section = unfold(designer, "Matrix")
    designer.press(designer.wait("push button", "Add", root=section))
    entry = designer.wait("text", contains="Axis", root=section)
    wait_for(lambda: entry.getState().contains(designer.FOCUSED), "the focus in the new axis")
    designer.type(name)
    designer.key("Tab")
    designer.type(values)
    designer.key("Tab")


def set_pool(designer, name):
    section = unfold(designer, "Pool and Priority")
    focus(designer, designer.wait("text", contains="Pool", root=section))
    designer.type(name)
    designer.key("Tab")


def set_undo(designer, script):
    section = unfold(designer, "Undo")
    click(designer, designer.wait("combo box", contains="Kind", root=section))
    designer.wait("list item", root=section)
    designer.key(*["Down"] * SCRIPT, "Return")
    # The form is another one from here on.
    field = wait_for(lambda: next(iter(designer.find_all("text", contains="Script (required)")[1:]), None),
                     "the script of the undo")
    focus(designer, field)
    designer.type(script)
    designer.key("shift+Tab")


def list_states(home, number):
    return {step["id"]: step["state"] for step in json.loads(home.runnel("show", str(number), "--json"))["steps"]}


def test_matrix(home):
    path = home.work / "ship.runnel.json"
    path.write_text(json.dumps(PIPELINE), encoding="utf-8")
    designer = open_designer(home, path, size=SIZE)

    # All of it is drawn in the inspector.
    designer.select("bake")
    add_axis(designer, "cake", "apple, plum, cherry")
    set_pool(designer, "oven")
    set_undo(designer, "echo eaten")
    designer.select("ship")
    designer.select("bake")
    designer.key("ctrl+s")
    wait_for(lambda: "undo" in read_pipeline(path)["steps"][1], "the file to be saved")
    bake = read_pipeline(path)["steps"][1]
    assert bake["matrix"] == {"cake": ["apple", "plum", "cherry"]}, bake
    assert bake["pool"] == "oven", bake
    assert bake["undo"] == {"kind": "script", "with": {"run": "echo eaten"}}, bake

    # One leg fails: the table of legs is there, and the log of the one that failed.
    designer.press(designer.wait("push button", "Run"))
    assert designer.wait_for_run(1)["state"] == "failed"
    designer.get_step("bake", "Failed")
    legs = designer.wait(name="Legs")
    for cake in ["apple", "plum", "cherry"]:
        designer.wait("label", cake, root=legs)
    log = designer.wait("text", "Log")
    wait_for(lambda: "bakes plum" in designer.get_text(log), "what the leg that failed wrote")

    # What failed is mended, and only that runs again.
    (home.work / "plums").touch()
    designer.click(designer.wait(name="Run a part"))
    designer.press(designer.wait("menu item", "Resume Failed"))
    assert designer.wait_for_run(2)["state"] == "succeeded", list_states(home, 2)
    designer.get_step("ship", "Succeeded")
    steps = {step["id"]: step for step in json.loads(home.runnel("show", "2", "--json"))["steps"]}
    assert steps["shop"].get("reused") == 1, steps["shop"]
    assert not steps["bake.2"].get("reused"), steps["bake.2"]

    # A step is changed and run alone: what changed is shown before, and then it runs as it is now.
    designer.select("ship")
    script = designer.wait("text", contains="Script (required)")
    focus(designer, script)
    designer.key("ctrl+a")
    designer.type("echo shipped by air")
    designer.key("shift+Tab")
    designer.click(designer.get_step("ship"), button=3)
    designer.press(designer.wait("menu item", "Run This Step"))
    designer.wait("label", contains="step ship: with.run changed")
    designer.press(designer.wait("push button", contains="As It Is Now"))
    assert designer.wait_for_run(3)["state"] == "succeeded", list_states(home, 3)
    assert home.runnel("logs", "3", "ship").strip() == "shipped by air"


if __name__ == "__main__":
    run_tests([("/e2e/matrix", test_matrix)])
