#!/usr/bin/env python3
"""A person's first hour: draw, run, break, mend, save, come back.

SPDX-License-Identifier: GPL-3.0-or-later
"""

from designer import Failure, open_designer, read_pipeline, run_tests, wait_for


def find_kind(designer, title):
    """The row of the palette that adds a step of this kind."""
    palette = designer.wait("list", "Kinds of steps")
    return wait_for(lambda: next((row for row in designer.find_all("list item", root=palette)
                                  if row.name.startswith(title)
                                  or designer.find("label", title, root=row)), None),
                    f"{title} in the palette")


def get_canvas(designer):
    return designer.wait(name="Canvas")


def drop_kind(designer, title, x, y):
    """Drags a kind from the palette to a point of the canvas."""
    left, top, _, _ = designer.get_box(get_canvas(designer))
    designer.drag(designer.get_center(find_kind(designer, title)), (left + x, top + y), steps=20)


def select_step(designer, title):
    designer.click(designer.get_step(title))


def set_field(designer, name, text):
    """Types a text into a field of the inspector."""
    field = designer.wait("text", name)
    designer.click(field)
    designer.key("ctrl+a")
    designer.type(text)
    designer.key("Tab")


def connect(designer, source, target):
    """Drags from the success port at the right edge of one step onto another."""
    x, y, width, height = designer.get_box(designer.get_step(source))
    designer.drag((x + width, y + height // 2), designer.get_center(designer.get_step(target)), steps=20)


def run_and_wait(designer, state):
    number = len(designer.home.list_runs()) + 1
    designer.press(designer.wait("push button", "Run"))
    return wait_for(lambda: next((run for run in designer.home.list_runs()
                                  if run["id"] == number and run["state"] == state), None),
                    f"run {number} to be {state}")


def test_draw_run_break_mend(home):
    path = home.work / "first.runnel.json"
    path.write_text('{\n  "format": 1,\n  "name": "First",\n  "steps": []\n}\n', encoding="utf-8")
    designer = open_designer(home, path)

    for index, title in enumerate(("Command", "Command", "Command")):
        drop_kind(designer, title, 80 + 260 * (index % 2), 80 + 160 * index)
        wait_for(lambda: len([a for a in designer.find_all() if ", Command, " in a.name]) == index + 1, f"step {index + 1}")
    raise Failure("to be written")


if __name__ == "__main__":
    run_tests([("/e2e/first-pipeline/draw-run-break-mend", test_draw_run_break_mend)])
