#!/usr/bin/env python3
"""Looking at the canvas: zoom, pan, fit. Nothing of it changes the file.

SPDX-License-Identifier: GPL-3.0-or-later
"""

from canvas import CARD_WIDTH, get_middle, run_rows, wait_for


def expect_zoom(canvas, zoom):
    wait_for(lambda: abs(canvas.see_zoom() - zoom) < 0.012, lambda: f"zoom {zoom}, it is {canvas.see_zoom()}")


def zoom_by_keys(canvas, larger, smaller):
    canvas.key(larger)
    expect_zoom(canvas, 1.2)
    canvas.key(smaller)
    expect_zoom(canvas, 1)
    canvas.key(smaller)
    expect_zoom(canvas, 1 / 1.2)


def ctrl_plus(canvas):
    zoom_by_keys(canvas, "ctrl+plus", "ctrl+minus")


def plus(canvas):
    zoom_by_keys(canvas, "plus", "minus")


def keypad_plus(canvas):
    zoom_by_keys(canvas, "ctrl+KP_Add", "ctrl+KP_Subtract")


def equal(canvas):
    canvas.key("equal")
    expect_zoom(canvas, 1.2)


def to_100(canvas, key):
    canvas.key("plus", "plus")
    expect_zoom(canvas, 1.44)
    canvas.key(key)
    expect_zoom(canvas, 1)


def zero(canvas):
    to_100(canvas, "0")


def ctrl_zero(canvas):
    to_100(canvas, "ctrl+0")


def limits(canvas):
    canvas.point(canvas.get_middle("Build"))
    canvas.wheel(5, times=30, keys=["ctrl"])
    wait_for(lambda: canvas.see_box("Build")[2] in (10, 11), "5 %")
    canvas.wheel(4, times=60, keys=["ctrl"])
    wait_for(lambda: canvas.see_box("Build")[2] == 4 * CARD_WIDTH, "400 %")


def sees_all(canvas):
    left, top, width, height = canvas.designer.get_box(canvas.accessible)
    steps = [canvas.find_accessible(title) for title in ("Build, ", "Deploy, ")]
    if None in steps:
        return False
    boxes = [canvas.designer.get_box(step) for step in steps]
    return all(left <= x and top <= y and x + w <= left + width and y + h <= top + height for x, y, w, h in boxes)


def fit(canvas, key):
    canvas.key(*["plus"] * 8)
    wait_for(lambda: not sees_all(canvas), "too large a zoom")
    canvas.key(key)
    wait_for(lambda: sees_all(canvas), "all steps in sight")


def fit_1(canvas):
    fit(canvas, "1")


def fit_ctrl_1(canvas):
    fit(canvas, "ctrl+1")


def fit_home(canvas):
    fit(canvas, "Home")


def fit_selection(canvas, key):
    canvas.click("Notify")
    canvas.key(*["minus"] * 6, key)
    middle_x, middle_y = get_middle(canvas.designer.get_box(canvas.accessible))

    def is_in_middle():
        x, y = get_middle(canvas.see_box("Notify"))
        return abs(x - middle_x) < 30 and abs(y - middle_y) < 30

    wait_for(is_in_middle, "the selected step in the middle")


def fit_selection_period(canvas):
    fit_selection(canvas, "period")


def fit_selection_ctrl_2(canvas):
    fit_selection(canvas, "ctrl+2")


def expect_moved(canvas, act, is_right):
    left, top, _, _ = canvas.see_box("Build")
    act()

    def has_moved():
        x, y, _, _ = canvas.see_box("Build")
        return is_right(x - left, y - top)

    wait_for(has_moved, "the canvas to pan")


def wheel(canvas):
    expect_moved(canvas, lambda: canvas.wheel(5), lambda dx, dy: dx == 0 and dy < 0)


def shift_wheel(canvas):
    expect_moved(canvas, lambda: canvas.wheel(5, keys=["shift"]), lambda dx, dy: dx < 0 and dy == 0)


def sideways_wheel(canvas):
    expect_moved(canvas, lambda: canvas.wheel(7), lambda dx, dy: dx < 0 and dy == 0)


def ctrl_wheel(canvas):
    """What is under the pointer stays there."""
    middle = canvas.get_middle("Lint")
    canvas.point(middle)
    canvas.wheel(4, keys=["ctrl"])
    wait_for(lambda: canvas.see_zoom() > 1.05, "a larger zoom")
    x, y = get_middle(canvas.get_box("Lint"))
    assert abs(x - middle[0]) <= 3 and abs(y - middle[1]) <= 3, (middle, x, y)


def middle_drag(canvas):
    x, y = canvas.get_empty()
    expect_moved(canvas, lambda: canvas.drag((x, y), (x + 90, y - 60), button=2),
                 lambda dx, dy: abs(dx - 90) < 3 and abs(dy + 60) < 3)


def space_drag(canvas):
    x, y = canvas.get_middle("Test")
    expect_moved(canvas, lambda: canvas.drag((x, y), (x + 90, y + 60), keys=["space"]),
                 lambda dx, dy: abs(dx - 90) < 3 and abs(dy - 60) < 3)


def tab_moves_on(canvas):
    """Tab is never the canvas' own."""
    canvas.click("Build")
    wait_for(lambda: canvas.is_focused("Build"), "the keyboard at the step")
    for _ in range(8):
        canvas.key("Tab")
        if not any(canvas.is_focused(title) for title in ("Build", "Test", "Lint", "Package", "Notify", "Deploy")):
            return
    raise AssertionError("Tab does not leave the canvas")


def letters_need_focus(canvas):
    """A letter typed into a field is not a command of the canvas."""
    canvas.click("Build")
    canvas.key("ctrl+f")
    canvas.type("dbx")
    canvas.key("Escape")


if __name__ == "__main__":
    run_rows("canvas-view", [
        ("ctrl-plus-and-minus", ctrl_plus, 0),
        ("plus-and-minus", plus, 0),
        ("keypad", keypad_plus, 0),
        ("equal", equal, 0),
        ("0", zero, 0),
        ("ctrl-0", ctrl_zero, 0),
        ("5-to-400-percent", limits, 0),
        ("1-fits", fit_1, 0),
        ("ctrl-1-fits", fit_ctrl_1, 0),
        ("home-fits", fit_home, 0),
        ("period-fits-selection", fit_selection_period, 0),
        ("ctrl-2-fits-selection", fit_selection_ctrl_2, 0),
        ("wheel-scrolls", wheel, 0),
        ("shift-wheel-scrolls-sideways", shift_wheel, 0),
        ("sideways-wheel", sideways_wheel, 0),
        ("ctrl-wheel-zooms-at-pointer", ctrl_wheel, 0),
        ("middle-drag-pans", middle_drag, 0),
        ("space-drag-pans", space_drag, 0),
        ("tab-moves-on", tab_moves_on, 0),
        ("letters-need-focus", letters_need_focus, 0),
    ])
