#!/usr/bin/env python3
"""Pipelines made, read and changed without a mouse and without a screen.

SPDX-License-Identifier: GPL-3.0-or-later

Nothing here knows a coordinate. What a person hears is what AT-SPI says has the focus; what they
do is a key or an action of an accessible.
"""

import re

from designer import Failure, open_designer, pyatspi, read_pipeline, run_tests, wait_for

NAMELESS = re.compile("|(Gtk|Adw|Runnel)[A-Z][A-Za-z]*") # what GTK says of a widget without a name

EMPTY = '{\n  "format": 1,\n  "name": "Deploy",\n  "steps": []\n}\n'

DRAWN = """{
  "format": 1,
  "steps": [
    {"id": "build", "kind": "command", "with": {"argv": ["true"]}},
    {"id": "test", "kind": "command", "with": {"argv": ["true"]}, "needs": ["build"]},
    {"id": "alarm", "kind": "command", "with": {"argv": ["true"]}, "needs": [{"step": "build", "on": "failure"}]},
    {"id": "report", "kind": "command", "with": {"argv": ["true"]}, "needs": [{"step": "test", "on": "always"}]}
  ],
  "groups": [{"id": "checks", "name": "Checks", "steps": ["test", "report"]}],
  "notes": [{"id": "why", "text": "Ask **Kim** first"}],
  "layout": {
    "steps": {"build": [0, 0], "test": [320, 0], "alarm": [320, 160], "report": [640, 0]},
    "notes": {"why": [0, 320, 200, 80]}
  }
}
"""


def is_focused(accessible):
    return accessible.getState().contains(pyatspi.STATE_FOCUSED)


def get_part(designer, label):
    """The step, link, group or note of which a screen reader says this first."""
    return wait_for(lambda: next((part for part in designer.get_steps() if part.name.startswith(label)), None),
                    f"“{label}” on the canvas")


def hear(designer, label):
    """Waits until the keyboard is at this part."""
    wait_for(lambda: is_focused(get_part(designer, label)), f"the focus at “{label}”")


def perform(accessible, name):
    """Carries out one of the actions that a screen reader offers."""
    action = accessible.queryAction()
    names = [action.getName(i) for i in range(action.nActions)]
    if name not in names:
        raise Failure(f"{accessible.name} has no action {name}, only {names}")
    action.doAction(names.index(name))


def go_to(designer, label):
    perform(get_part(designer, label), "it.focus")
    hear(designer, label)


def save(designer, path, expected):
    """Saves by key; the file is as expected then."""
    designer.key("ctrl+s")
    wait_for(lambda: expected(read_pipeline(path)), f"the file to be saved, not {path.read_text()}")


def get_needs(pipeline, step):
    needs = next(s for s in pipeline["steps"] if s["id"] == step).get("needs", [])
    return sorted((n, "success") if isinstance(n, str) else (n["step"], n["on"]) for n in needs)


def has_needs(step, *needs):
    return lambda pipeline: get_needs(pipeline, step) == sorted(needs)


def focus_canvas(designer):
    """Goes on with Tab until the canvas has the keyboard."""
    canvas = designer.get_canvas()
    for _ in range(60):
        if is_focused(canvas) or any(is_focused(part) for part in designer.get_steps()):
            return
        designer.key("Tab")
    raise Failure("Tab does not lead to the canvas")


def get_ids(path):
    return [step["id"] for step in read_pipeline(path)["steps"]]


def add_step(designer, path, kind):
    """Adds a step of a kind by searching for it. Returns its id."""
    before = get_ids(path)
    designer.key("n")
    search = designer.wait("entry", "Search the Kinds of Step")
    wait_for(lambda: is_focused(search), "the search for a kind")
    designer.type(kind)
    wait_for(lambda: designer.get_text(search) == kind, "what is typed")
    designer.key("Return")
    save(designer, path, lambda pipeline: len(pipeline["steps"]) == len(before) + 1)
    return next(step for step in get_ids(path) if step not in before)


def rename(designer, name):
    """F2 leads to the field of the name, Escape back to the canvas."""
    designer.key("F2")
    field = wait_for(lambda: next((text for text in designer.find_all("text", contains="Name") if is_focused(text)),
                                  None), "the field of the name")
    designer.key("ctrl+a")
    designer.type(name)
    wait_for(lambda: designer.get_text(field) == name, "the name")
    designer.key("Escape")
    wait_for(lambda: any(is_focused(part) and part.name.startswith(name + ", ") for part in designer.get_steps()),
             f"the focus at {name}")


def test_build(home):
    """Three steps with conditions: added, named, linked and saved by keys alone."""
    path = home.work / "deploy.runnel.json"
    path.write_text(EMPTY, encoding="utf-8")
    designer = open_designer(home, path)
    focus_canvas(designer)

    # A step that is added goes after the one where the keyboard is.
    build = add_step(designer, path, "Command")
    rename(designer, "Build")
    test = add_step(designer, path, "Command")
    rename(designer, "Test")
    save(designer, path, has_needs(test, (build, "success")))

    designer.key("Left")
    hear(designer, "Build, ")
    alarm = add_step(designer, path, "Script")
    rename(designer, "Alarm")
    save(designer, path, has_needs(alarm, (build, "success")))

    # Its link is walked to, and another outcome chosen from the menu.
    designer.key("l")
    hear(designer, "Build → Alarm, on success")
    designer.key("Return")
    designer.press(designer.wait("menu item", "Link on Failure"))
    save(designer, path, has_needs(alarm, (build, "failure")))

    # Another is made by walking with its end to the step where it leads.
    go_to(designer, "Alarm, ")
    designer.key("alt+c", "Up")
    hear(designer, "Test, ")
    assert "Enter connects this step, always" in get_part(designer, "Test, ").description
    designer.key("Return")
    hear(designer, "Alarm, ")
    save(designer, path, has_needs(test, (alarm, "always"), (build, "success")))

    # It is walked to and deleted; undo brings it back.
    designer.key("l")
    hear(designer, "Alarm → Test, always")
    designer.key("Delete")
    save(designer, path, has_needs(test, (build, "success")))
    designer.key("ctrl+z")
    save(designer, path, has_needs(test, (alarm, "always"), (build, "success")))


def get_targets(part):
    """What screen readers are told that a step leads to."""
    return sorted(relation.getTarget(i).name.split(",")[0]
                  for relation in part.getRelationSet() if relation.getRelationType() == pyatspi.RELATION_FLOWS_TO
                  for i in range(relation.getNTargets()))


def test_read(home):
    """A pipeline with a group and a note, heard from the first part to the last."""
    path = home.work / "drawn.runnel.json"
    path.write_text(DRAWN, encoding="utf-8")
    designer = open_designer(home, path)
    get_part(designer, "Note: Ask Kim first")

    parts = [part.name for part in designer.get_steps() if part.getRoleName() == "panel"]
    assert parts == ["build, Command", "Note: Ask Kim first", "Checks, group of 2 steps", "test, Command",
                     "alarm, Command", "report, Command"], parts
    assert get_targets(get_part(designer, "build, ")) == ["alarm", "test"]
    assert get_targets(get_part(designer, "report, ")) == []
    assert get_part(designer, "alarm, ").description.startswith("After build (on failure)")
    assert get_part(designer, "Checks, ").description == "Contains test, report"

    # The group closes to one part, which takes the place of its steps.
    perform(get_part(designer, "Checks, "), "it.fold")
    hear(designer, "Checks, closed group of 2 steps")
    wait_for(lambda: get_targets(get_part(designer, "build, ")) == ["Checks", "alarm"], "the links to the group")

    # The first action is what a screen reader does unless told otherwise: it may not change anything.
    for part in designer.get_steps():
        if part.getRoleName() == "panel":
            assert part.queryAction().getName(0) == "it.focus", part.name
    perform(get_part(designer, "build, "), "it.disable")
    get_part(designer, "build, Command, disabled")
    perform(get_part(designer, "alarm, "), "it.delete")
    save(designer, path, lambda pipeline: [step["id"] for step in pipeline["steps"]] == ["build", "test", "report"])


def list_nameless(designer):
    """Buttons and fields that are called by their class only, but for those that are parts of other widgets."""
    return [f"{part.getRoleName()} in {part.parent.getRoleName()} “{part.parent.name}”"
            for role in ("push button", "toggle button", "check box", "combo box", "entry")
            for part in designer.find_all(role)
            if NAMELESS.fullmatch(part.name)
            and part.parent.name not in ("AdwTab", "AdwToastWidget") and part.parent.getRoleName() != "combo box"]


def assert_names(designer, where):
    nameless = list_nameless(designer)
    assert not nameless, f"{where}: {nameless}"


def test_names(home):
    """Whatever can be pressed says what it is for, on every page and in every panel."""
    path = home.work / "drawn.runnel.json"
    path.write_text(DRAWN, encoding="utf-8")
    designer = open_designer(home)
    designer.wait("push button", contains="New Pipeline")
    assert_names(designer, "the first page")
    designer.close()

    designer = open_designer(home, path, size=(1580, 960))
    get_part(designer, "build, ")
    assert_names(designer, "a pipeline")
    go_to(designer, "report, ")
    designer.wait("text", contains="Id")
    assert_names(designer, "a step")
    designer.key("ctrl+f")
    assert_names(designer, "find")
    designer.key("Escape", "ctrl+j")
    designer.wait("text", "The pipeline as JSON")
    assert_names(designer, "the code")
    designer.key("ctrl+j")

    designer.press(designer.wait("push button", "Run"))
    get_part(designer, "report, Command, Succeeded")
    designer.key("ctrl+h")
    designer.wait(contains="Run 1 of ")
    assert_names(designer, "the runs")


if __name__ == "__main__":
    run_tests([("/e2e/accessibility/build", test_build),
               ("/e2e/accessibility/read", test_read),
               ("/e2e/accessibility/names", test_names)])
