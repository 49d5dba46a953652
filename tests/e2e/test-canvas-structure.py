#!/usr/bin/env python3
"""Groups, notes, order and search on the canvas, by pointer and by key.

SPDX-License-Identifier: GPL-3.0-or-later
"""

from canvas import run_rows, wait_for


def get_groups(pipeline):
    return pipeline.get("groups", [])


def select_two(canvas):
    canvas.click("Test")
    canvas.click("Lint", keys=["shift"])


def group(canvas):
    select_two(canvas)
    canvas.key("ctrl+g")
    canvas.type("Checks")
    canvas.key("Return")
    canvas.save(lambda p: [(g["name"], sorted(g["steps"])) for g in get_groups(p)] == [("Checks", ["lint", "test"])],
                "two steps are in a group")


def ungroup(canvas):
    select_two(canvas)
    canvas.key("ctrl+g", "Return")
    canvas.save(lambda p: len(get_groups(p)) == 1, "there is a group")
    canvas.key("ctrl+shift+g")
    canvas.save(lambda p: not get_groups(p), "there is no group")


def fold(canvas):
    """How a group is looked at is not in the file."""
    select_two(canvas)
    canvas.key("ctrl+g", "Return")
    canvas.save(lambda p: len(get_groups(p)) == 1, "there is a group")
    canvas.key("h")
    wait_for(lambda: canvas.find_accessible("Test, ") is None, "the step to be hidden in its group")
    canvas.key("alt+g")
    canvas.get_step("Test")


def note(canvas):
    canvas.point(canvas.at(330, 420))
    canvas.key("shift+s")
    canvas.type("why")
    canvas.key("ctrl+Return")
    canvas.save(lambda p: any(n.get("text") == "why" for n in p.get("notes", [])), "there is a note")


def tidy(canvas):
    canvas.key("shift+alt+t")
    canvas.save(lambda p: canvas.get_moved(p), "steps were put in order")


def run_command(canvas, name):
    canvas.key("ctrl+k")
    canvas.type(name)
    canvas.key("Return")


def align(canvas):
    canvas.click("Lint")
    canvas.click("Deploy", keys=["shift"])
    run_command(canvas, "align left")
    canvas.save(lambda p: p["layout"]["steps"]["deploy"][0] == p["layout"]["steps"]["lint"][0],
                "Deploy is below Lint")


def palette_goes_to_step(canvas):
    run_command(canvas, "Notify")
    canvas.expect_selected("notify")


def palette_other_key(canvas):
    canvas.key("ctrl+shift+p")
    canvas.type("select all")
    canvas.key("Return")
    canvas.expect_selected("build", "test", "lint", "package", "notify", "deploy")


def find(canvas):
    canvas.key("ctrl+f")
    canvas.type("make")
    canvas.key("Return", "Escape")
    canvas.key("ctrl+Right")
    canvas.save(lambda p: len(canvas.get_moved(p)) == 1 and canvas.get_moved(p) <= {"build", "test", "package", "deploy"},
                "one step with make was found")


def find_next(canvas):
    canvas.key("ctrl+f")
    canvas.type("make check")
    canvas.key("F3", "Escape")
    canvas.expect_selected("test")


def find_previous(canvas):
    canvas.key("ctrl+f")
    canvas.type("say")
    canvas.key("shift+F3", "Escape")
    canvas.expect_selected("notify")


def is_shown(canvas, role, **names):
    return canvas.designer.find(role, **names) is not None


def toggles(canvas, key, role, **names):
    before = is_shown(canvas, role, **names)
    canvas.key(key)
    wait_for(lambda: is_shown(canvas, role, **names) != before, f"{key} to do something")
    canvas.key(key)
    wait_for(lambda: is_shown(canvas, role, **names) == before, f"{key} to do it back")


def ctrl_grave(canvas):
    toggles(canvas, "ctrl+grave", "push button", name="Close the panel")


def run_until(canvas):
    canvas.click("Build")
    canvas.key("ctrl+shift+Return")
    canvas.designer.wait_for_run(1)


def run_all(canvas):
    number = len(canvas.designer.home.list_runs()) + 1
    canvas.key("F5")
    canvas.designer.wait_for_run(number)


def shortcuts(canvas):
    canvas.key("F1")
    wait_for(lambda: len(canvas.designer.application) > 1 or is_shown(canvas, "dialog"), "the window of the keys")
    canvas.key("Escape")
    wait_for(lambda: canvas.is_focused("Build") or not is_shown(canvas, "dialog"), "it to be gone")


if __name__ == "__main__":
    run_rows("canvas-structure", [
        ("ctrl-g-groups", group, 2),
        ("ctrl-shift-g-ungroups", ungroup, 2),
        ("h-closes-group", fold, 1),
        ("shift-s-adds-note", note, 1),
        ("shift-alt-t-tidies", tidy, 1),
        ("align-by-palette", align, 1),
        ("ctrl-k-goes-to-step", palette_goes_to_step, 1),
        ("ctrl-shift-p", palette_other_key, 1),
        ("ctrl-f-finds", find, 1),
        ("f3-finds-next", find_next, 1),
        ("shift-f3-finds-previous", find_previous, 1),
        ("ctrl-grave", ctrl_grave, 0),
        ("ctrl-shift-enter-runs-until", run_until, 0),
        ("f5-runs", run_all, 0),
        ("f1", shortcuts, 0),
    ])
