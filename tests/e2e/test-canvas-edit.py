#!/usr/bin/env python3
"""Changing steps on the canvas, by pointer and by key.

SPDX-License-Identifier: GPL-3.0-or-later
"""

from canvas import has_link, run_rows, wait_for


def expect_place(canvas, step, x, y):
    canvas.save(lambda p: p["layout"]["steps"][step] == [x, y], f"{step} is at {x}, {y}")


def drag_snaps(canvas):
    x, y = canvas.get_middle("Deploy")
    canvas.drag((x, y), (x + 61, y - 42))
    canvas.save(lambda p: canvas.get_moved(p) == {"deploy"}
                and all(value % 8 == 0 for value in p["layout"]["steps"]["deploy"]), "Deploy moved on the grid")


def shift_drag(canvas):
    x, y = canvas.get_middle("Deploy")
    canvas.designer.do("mousemove", "--sync", x, y, "mousedown", 1, "mousemove", "--sync", x + 30, y - 21,
                            "keydown", "shift", "mousemove", "--sync", x + 61, y - 43, "mouseup", 1, "keyup", "shift")
    canvas.save(lambda p: canvas.get_moved(p) == {"deploy"}
                and any(value % 8 != 0 for value in p["layout"]["steps"]["deploy"]), "Deploy moved off the grid")


def drag_selection(canvas):
    canvas.click("Test")
    canvas.click("Lint", keys=["shift"])
    x, y = canvas.get_middle("Test")
    canvas.drag((x, y), (x + 16, y + 400))
    canvas.save(lambda p: canvas.get_moved(p) == {"test", "lint"}, "both selected steps moved")


def escape_gives_up_drag(canvas):
    x, y = canvas.get_middle("Deploy")
    canvas.designer.do("mousemove", "--sync", x, y, "mousedown", 1, "mousemove", "--sync", x + 100, y + 40,
                            "key", "Escape", "mouseup", 1)


def drag_to_edge(canvas):
    """Near the edge the canvas goes on by itself, soon so far that the first step has no accessible any more."""
    _, top, _, height = canvas.designer.get_box(canvas.accessible)
    start = canvas.see_box("Build")[1]
    x, y = canvas.get_middle("Deploy")
    canvas.designer.do("mousemove", "--sync", x, y, "mousedown", 1, "mousemove", "--sync", x, top + height // 2,
                            "mousemove", "--sync", x, top + height - 5)
    wait_for(lambda: canvas.find_accessible("Build, ") is None or canvas.see_box("Build")[1] < start - 150,
             "the canvas to follow")
    canvas.designer.do("mouseup", 1)
    edge = top + height - canvas.top
    canvas.save(lambda p: p["layout"]["steps"]["deploy"][1] > edge, "Deploy is farther down than the window was")


def nudge(canvas):
    canvas.click("Deploy")
    canvas.key("ctrl+Left")
    expect_place(canvas, "deploy", 632, 320)


def nudge_up(canvas):
    canvas.click("Deploy")
    canvas.key("ctrl+Up")
    expect_place(canvas, "deploy", 640, 312)


def nudge_finely(canvas):
    canvas.click("Deploy")
    canvas.key("ctrl+shift+Down")
    expect_place(canvas, "deploy", 640, 321)


def expect_ids(canvas, *ids):
    canvas.save(lambda p: [step["id"] for step in p["steps"]] == list(ids), f"the steps are {ids}")


def delete(canvas):
    canvas.click("Test")
    canvas.key("Delete")
    expect_ids(canvas, "build", "lint", "package", "notify", "deploy")
    assert not has_link(canvas.read(), "build", "package")


def backspace(canvas):
    canvas.click("Notify")
    canvas.key("BackSpace")
    expect_ids(canvas, "build", "test", "lint", "package", "deploy")


def delete_and_heal(canvas):
    canvas.click("Test")
    canvas.key("ctrl+Delete")
    expect_ids(canvas, "build", "lint", "package", "notify", "deploy")
    assert has_link(canvas.read(), "build", "package"), canvas.read()


def paste_at_pointer(canvas):
    canvas.click("Notify")
    canvas.key("ctrl+c")
    where = canvas.at(360, 420)
    canvas.point(where)
    canvas.key("ctrl+v")
    canvas.save(lambda p: len(p["steps"]) == 7, "there is one more step")
    pipeline = canvas.read()
    new = next(step for step in pipeline["steps"] if step["id"] not in canvas.original)
    x, y = pipeline["layout"]["steps"][new["id"]]
    assert new["with"] == {"run": "say done"} and abs(x + 108 - 360) < 130 and abs(y + 36 - 420) < 60, (new, x, y)


def paste_keeps_inner_links(canvas):
    canvas.click("Test")
    canvas.click("Package", keys=["shift"])
    canvas.key("ctrl+c", "ctrl+v")
    canvas.save(lambda p: len(p["steps"]) == 8, "there are two more steps")
    pipeline = canvas.read()
    new = [step for step in pipeline["steps"] if f'"{step["id"]}"' not in canvas.original]
    needs = sorted(len(step.get("needs", [])) for step in new)
    assert needs == [0, 1], new


def paste_linked(canvas):
    canvas.click("Test")
    canvas.key("ctrl+c", "ctrl+shift+v")
    canvas.save(lambda p: sum(has_link(p, "build", step["id"]) for step in p["steps"]) == 3,
                "the copy needs Build as well")


def cut_and_paste(canvas):
    canvas.click("Notify")
    canvas.key("ctrl+x")
    expect_ids(canvas, "build", "test", "lint", "package", "deploy")
    canvas.key("ctrl+v")
    canvas.save(lambda p: len(p["steps"]) == 6, "the step is back")


def duplicate(canvas):
    canvas.click("Notify")
    canvas.key("ctrl+d")
    canvas.save(lambda p: len(p["steps"]) == 7, "there is one more step")


def clone(canvas):
    x, y = canvas.get_middle("Notify")
    canvas.drag((x, y), (x + 320, y), keys=["ctrl"])
    canvas.save(lambda p: len(p["steps"]) == 7 and not canvas.get_moved(p) & {"notify"}, "a copy lies elsewhere")


def expect_disabled(canvas, step, value):
    canvas.save(lambda p: next(s for s in p["steps"] if s["id"] == step).get("disabled") == value,
                f"{step} has disabled: {value}")


def disable(canvas):
    canvas.click("Lint")
    canvas.key("d")
    expect_disabled(canvas, "lint", True)


def bypass(canvas):
    canvas.click("Lint")
    canvas.key("b")
    expect_disabled(canvas, "lint", "bypass")


def pin(canvas):
    canvas.click("Lint")
    canvas.key("p")
    canvas.save(lambda p: p["layout"].get("pinned") == ["lint"], "Lint is pinned")


def rename(canvas):
    canvas.click("Lint")
    canvas.key("F2")
    wait_for(lambda: canvas.designer.find("text", contains="Name") is not None
             and canvas.designer.find("text", contains="Name").getState().contains(canvas.designer.FOCUSED),
             "the field for the name")
    canvas.key("ctrl+a")
    canvas.type("Check style")
    canvas.key("Escape")
    canvas.save(lambda p: p["steps"][2].get("name") == "Check style", "Lint has another name")


def is_open(canvas, title):
    """The properties are there, and have the keyboard."""
    return canvas.designer.find("text", contains="Name") is not None and not canvas.is_focused(title)


def enter_opens(canvas):
    canvas.click("Lint")
    canvas.key("Return")
    wait_for(lambda: is_open(canvas, "Lint"), "the keyboard in the properties")
    canvas.key("Escape")
    wait_for(lambda: canvas.is_focused("Lint"), "the keyboard at the step again")


def double_click_opens(canvas):
    canvas.click("Lint", times=2)
    wait_for(lambda: is_open(canvas, "Lint"), "the keyboard in the properties")
    canvas.key("Escape")


def choose_kind(canvas, kind):
    canvas.type(kind)
    canvas.key("Return")
    canvas.save(lambda p: len(p["steps"]) == 7 and p["steps"][-1]["kind"] == kind.lower(), f"there is a step {kind}")


def double_click_adds(canvas):
    canvas.click(canvas.at(360, 400), times=2)
    choose_kind(canvas, "Wait")


def n_adds(canvas):
    canvas.point(canvas.at(360, 400))
    canvas.key("n")
    choose_kind(canvas, "Wait")


def slash_adds(canvas):
    canvas.point(canvas.at(360, 400))
    canvas.key("slash")
    choose_kind(canvas, "Wait")


def redo(canvas):
    canvas.click("Notify")
    canvas.key("Delete", "ctrl+z", "ctrl+shift+z")
    expect_ids(canvas, "build", "test", "lint", "package", "deploy")


def redo_y(canvas):
    canvas.click("Notify")
    canvas.key("Delete", "ctrl+z", "ctrl+y")
    expect_ids(canvas, "build", "test", "lint", "package", "deploy")


def context_menu(canvas):
    canvas.click("Notify", button=3)
    item = canvas.designer.wait("menu item", contains="Delete")
    canvas.designer.press(item)
    expect_ids(canvas, "build", "test", "lint", "package", "deploy")


if __name__ == "__main__":
    run_rows("canvas-edit", [
        ("drag-snaps-to-grid", drag_snaps, 1),
        ("shift-inverts-snap", shift_drag, 1),
        ("drag-selection", drag_selection, 1),
        ("escape-gives-up-drag", escape_gives_up_drag, 0),
        ("auto-pan", drag_to_edge, 1),
        ("ctrl-left-nudges", nudge, 1),
        ("ctrl-up-nudges", nudge_up, 1),
        ("ctrl-shift-down-nudges-finely", nudge_finely, 1),
        ("delete", delete, 1),
        ("backspace", backspace, 1),
        ("ctrl-delete-heals", delete_and_heal, 1),
        ("paste-at-pointer", paste_at_pointer, 1),
        ("paste-keeps-inner-links", paste_keeps_inner_links, 1),
        ("ctrl-shift-v-keeps-links", paste_linked, 1),
        ("cut-and-paste", cut_and_paste, 2),
        ("ctrl-d-duplicates", duplicate, 1),
        ("ctrl-drag-clones", clone, 1),
        ("d-disables", disable, 1),
        ("b-bypasses", bypass, 1),
        ("p-pins", pin, 1),
        ("f2-renames", rename, 1),
        ("enter-opens", enter_opens, 0),
        ("double-click-opens", double_click_opens, 0),
        ("double-click-adds", double_click_adds, 1),
        ("n-adds", n_adds, 1),
        ("slash-adds", slash_adds, 1),
        ("ctrl-shift-z-redoes", redo, 1),
        ("ctrl-y-redoes", redo_y, 1),
        ("context-menu", context_menu, 1),
    ])
