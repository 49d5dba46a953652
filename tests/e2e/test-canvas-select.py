#!/usr/bin/env python3
"""Selecting on the canvas, by pointer and by key.

SPDX-License-Identifier: GPL-3.0-or-later
"""

from canvas import run_rows


def click(canvas):
    canvas.click("Test")
    canvas.expect_selected("test")


def click_another(canvas):
    canvas.click("Test")
    canvas.click("Lint")
    canvas.expect_selected("lint")


def shift_click(canvas):
    canvas.click("Test")
    canvas.click("Lint", keys=["shift"])
    canvas.click("Lint", keys=["shift"])
    canvas.expect_selected("test", "lint")


def ctrl_click(canvas):
    for title in ("Test", "Lint", "Package"):
        canvas.click(title, keys=["ctrl"])
    canvas.click("Lint", keys=["ctrl"])
    canvas.expect_selected("test", "package")


def box(canvas):
    canvas.drag(canvas.at(280, -40), canvas.at(580, 260))
    canvas.expect_selected("test", "lint")


def box_with_ctrl(canvas):
    canvas.click("Build")
    canvas.drag(canvas.at(280, -40), canvas.at(580, 260), keys=["ctrl"])
    canvas.expect_selected("build", "test", "lint")


def box_with_shift(canvas):
    canvas.click("Notify")
    canvas.drag(canvas.at(600, -40), canvas.at(900, 100), keys=["shift"])
    canvas.expect_selected("notify", "package")


def select_all(canvas):
    canvas.key("ctrl+a")
    canvas.expect_selected("build", "test", "lint", "package", "notify", "deploy")


def nothing_moves(canvas):
    canvas.key("ctrl+Right")
    canvas.key("ctrl+s")


def escape(canvas):
    canvas.key("ctrl+a", "Escape")
    nothing_moves(canvas)


def select_none(canvas):
    canvas.key("ctrl+a", "ctrl+shift+a")
    nothing_moves(canvas)


def click_empty(canvas):
    canvas.key("ctrl+a")
    canvas.click(canvas.get_empty())
    nothing_moves(canvas)


def upstream(canvas):
    canvas.click("Package")
    canvas.key("shift+Left")
    canvas.expect_selected("build", "test", "package")


def downstream(canvas):
    canvas.click("Build")
    canvas.key("shift+Right")
    canvas.expect_selected("build", "test", "lint", "package")


def walk_right(canvas):
    canvas.click("Build")
    canvas.key("Right")
    canvas.expect_selected("test")


def walk_left(canvas):
    canvas.click("Package")
    canvas.key("Left")
    canvas.expect_selected("test")


def walk_down(canvas):
    canvas.click("Test")
    canvas.key("Down")
    canvas.expect_selected("lint")


def walk_up(canvas):
    canvas.click("Lint")
    canvas.key("Up")
    canvas.expect_selected("test")


if __name__ == "__main__":
    run_rows("canvas-select", [
        ("click", click, 1),
        ("click-another", click_another, 1),
        ("shift-click-adds", shift_click, 1),
        ("ctrl-click-toggles", ctrl_click, 1),
        ("box", box, 1),
        ("ctrl-box-adds", box_with_ctrl, 1),
        ("shift-box-adds", box_with_shift, 1),
        ("ctrl-a", select_all, 1),
        ("escape", escape, 0),
        ("ctrl-shift-a", select_none, 0),
        ("click-empty", click_empty, 0),
        ("shift-left-upstream", upstream, 1),
        ("shift-right-downstream", downstream, 1),
        ("right-walks", walk_right, 1),
        ("left-walks", walk_left, 1),
        ("down-walks", walk_down, 1),
        ("up-walks", walk_up, 1),
    ])
