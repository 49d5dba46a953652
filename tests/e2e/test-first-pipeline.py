#!/usr/bin/env python3
"""A person's first hour: draw, run, break, mend, save, come back.

SPDX-License-Identifier: GPL-3.0-or-later
"""

from designer import open_designer, read_pipeline, run_tests, wait_for

STEPS = ["fetch", "build", "report"]


def drop_kind(designer, title, x, y):
    """Drags a kind from the palette to a point of the canvas, and waits for the step and its properties."""
    palette = designer.wait("list", "Kinds of steps")
    left, top, _, _ = designer.get_box(designer.get_canvas())
    before = list_titles(designer)
    designer.drag_and_drop(designer.get_center(designer.wait("label", title, root=palette)), (left + x, top + y))
    step, = wait_for(lambda: (list_titles(designer) - before) or None, f"the {title} step on the canvas")
    designer.wait_for_properties(step)


def list_titles(designer):
    return {step.name.split(",")[0] for step in designer.get_steps()}


def set_field(designer, label, text, key="Tab"):
    """Replaces what is in a field of the inspector, as by hand."""
    designer.click(designer.wait("text", contains=label))
    wait_for(lambda: designer.find("text", contains=label).getState().contains(designer.FOCUSED),
             f"the focus in {label}")
    designer.key("ctrl+a")
    designer.type(text)
    # What is typed is in the document at once, and the form may be another one then.
    wait_for(lambda: designer.get_text(designer.find("text", contains=label)) == text, f"the text in {label}")
    if key:
        designer.key(key)


def connect(designer, source, target):
    """Drags from the success port, in the middle of the right edge of a step, onto another."""
    step = designer.get_step(source)
    x, y, width, height = designer.wait_for_rest(lambda: step, source)
    designer.drag((x + width, y + height // 2), designer.get_center(designer.get_step(target)), steps=20)


def press_run(designer, number):
    """Starts the run of this number, and waits for its end."""
    designer.press(designer.wait("push button", "Run"))
    return designer.wait_for_run(number)


def draw(designer):
    """Three scripts in a row, named and linked."""
    for index, name in enumerate(STEPS):
        drop_kind(designer, "Script", 120, 120 + 130 * index)
        set_field(designer, "Id", name)
        designer.get_step(name)
        set_field(designer, "Script (required)", f"echo this is {name}", key=None)
    for source, target in zip(STEPS, STEPS[1:]):
        connect(designer, source, target)


def save(designer, path, expected):
    designer.key("ctrl+s")
    wait_for(lambda: expected(read_pipeline(path)), "the file to be saved")


def is_in_a_row(pipeline):
    return ([step["id"] for step in pipeline["steps"]] == STEPS
            and [step.get("needs") for step in pipeline["steps"]] == [None, ["fetch"], ["build"]])


def has_script(pipeline, step, text):
    return any(s["id"] == step and s["with"]["run"].strip() == text for s in pipeline["steps"])


def test_first_pipeline(home):
    path = home.work / "first.runnel.json"
    path.write_text('{\n  "format": 1,\n  "name": "First",\n  "steps": []\n}\n', encoding="utf-8")
    designer = open_designer(home, path)

    draw(designer)
    save(designer, path, is_in_a_row)
    run = press_run(designer, 1)
    assert run["state"] == "succeeded", run
    for name in STEPS:
        designer.get_step(name, "Succeeded")

    # Break a command: the run fails, and the log of the step that failed is there to be read.
    designer.select("build")
    set_field(designer, "Script (required)", "echo the compiler is missing; exit 3", key=None)
    run = press_run(designer, 2)
    assert run["state"] == "failed", run
    designer.get_step("build", "Failed")
    designer.get_step("report", "Skipped")
    log = designer.wait("text", "Log")
    wait_for(lambda: "the compiler is missing" in designer.get_text(log), "what the step that failed wrote")

    # Undo brings the command back, and the file gets what is on the canvas.
    designer.select("fetch")
    designer.key("ctrl+z")
    save(designer, path, lambda pipeline: has_script(pipeline, "build", "echo this is build"))
    assert is_in_a_row(read_pipeline(path)), read_pipeline(path)

    designer.key("ctrl+q")
    designer.wait_for_end()

    # Both runs are in the history of another session.
    designer = open_designer(home, path)
    designer.get_step("report")
    designer.key("ctrl+h")
    designer.wait(name="Run 1 of First: Succeeded")
    designer.wait(name="Run 2 of First: Failed")


if __name__ == "__main__":
    run_tests([("/e2e/first-pipeline", test_first_pipeline)])
