#!/usr/bin/env python3
"""Making, changing and removing links on the canvas, by pointer and by key.

SPDX-License-Identifier: GPL-3.0-or-later
"""

from canvas import has_link, run_rows, wait_for


def connect_from(canvas, port, on):
    canvas.drag(canvas.get_port("Notify", port), canvas.get_middle("Deploy"), steps=20)
    canvas.save(lambda p: has_link(p, "notify", "deploy", on), f"Deploy follows Notify on {on}")


def drag_success(canvas):
    connect_from(canvas, "success", "success")


def drag_failure(canvas):
    connect_from(canvas, "failure", "failure")


def drag_always(canvas):
    connect_from(canvas, "always", "always")


def drag_backwards(canvas):
    canvas.drag(canvas.get_port("Deploy", "input"), canvas.get_middle("Notify"), steps=20)
    canvas.save(lambda p: has_link(p, "notify", "deploy"), "Deploy follows Notify")


def click_click(canvas):
    canvas.click(canvas.get_port("Notify"))
    canvas.click("Deploy")
    canvas.save(lambda p: has_link(p, "notify", "deploy"), "Deploy follows Notify")


def drop_near_port(canvas):
    """A port within 20 pixels takes the link."""
    x, y = canvas.get_port("Deploy", "input")
    canvas.drag(canvas.get_port("Notify"), (x - 14, y), steps=20)
    canvas.save(lambda p: has_link(p, "notify", "deploy"), "Deploy follows Notify")


def drop_on_empty(canvas):
    canvas.drag(canvas.get_port("Notify"), canvas.at(400, 420), steps=20)
    canvas.type("Wait")
    canvas.key("Return")
    canvas.save(lambda p: len(p["steps"]) == 7 and has_link(p, "notify", p["steps"][-1]["id"]),
                "a new step follows Notify")


def connect_by_key(canvas, key, on):
    canvas.click("Notify")
    canvas.click("Deploy", keys=["shift"])
    canvas.key(key)
    canvas.save(lambda p: has_link(p, "notify", "deploy", on), f"Deploy follows Notify on {on}")


def key_c(canvas):
    connect_by_key(canvas, "c", "success")


def key_shift_c(canvas):
    connect_by_key(canvas, "shift+c", "failure")


def key_alt_c(canvas):
    connect_by_key(canvas, "alt+c", "always")


def refuse_circle(canvas):
    canvas.drag(canvas.get_port("Package"), canvas.get_middle("Build"), steps=20)
    canvas.key("ctrl+s")


def refuse_self(canvas):
    canvas.drag(canvas.get_port("Notify"), canvas.get_middle("Notify"), steps=20)
    canvas.key("Escape", "ctrl+s")


def refuse_duplicate(canvas):
    canvas.drag(canvas.get_port("Build"), canvas.get_middle("Test"), steps=20)
    canvas.key("ctrl+s")


def get_link_middle(canvas):
    """Of the straight link from Test to Package."""
    return canvas.at(588, 36)


def insert_by_drop(canvas):
    canvas.drag(canvas.get_middle("Notify"), get_link_middle(canvas), steps=20)
    canvas.save(lambda p: has_link(p, "test", "notify") and has_link(p, "notify", "package")
                and not has_link(p, "test", "package"), "Notify is between Test and Package")


def alt_suspends_insert(canvas):
    x, y = canvas.get_middle("Notify")
    to = get_link_middle(canvas)
    canvas.designer.do("mousemove", "--sync", x, y, "mousedown", 1, "mousemove", "--sync", x + 20, y - 20,
                            "mousemove", "--sync", to[0] - 20, to[1] + 20, "keydown", "alt",
                            "mousemove", "--sync", *to, "mouseup", 1, "keyup", "alt")
    canvas.save(lambda p: canvas.get_moved(p) == {"notify"} and has_link(p, "test", "package")
                and not has_link(p, "test", "notify"), "Notify was only moved")


def insert_by_plus(canvas):
    canvas.point(get_link_middle(canvas))
    canvas.click(get_link_middle(canvas))
    canvas.type("Wait")
    canvas.key("Return")
    canvas.save(lambda p: len(p["steps"]) == 7 and has_link(p, "test", p["steps"][-1]["id"])
                and has_link(p, p["steps"][-1]["id"], "package"), "a new step is between Test and Package")


def insert_by_key(canvas):
    canvas.click("Test")
    canvas.click("Package", keys=["shift"])
    canvas.key("i")
    canvas.type("Wait")
    canvas.key("Return")
    canvas.save(lambda p: len(p["steps"]) == 7 and has_link(p, "test", p["steps"][-1]["id"]),
                "a new step is after Test")


def delete_link(canvas):
    x, y = canvas.at(562, 36)
    canvas.click((x, y))
    canvas.key("Delete")
    canvas.save(lambda p: not has_link(p, "test", "package") and len(p["steps"]) == 6, "the link is gone")


def reconnect(canvas):
    x, y = canvas.get_port("Package", "input")
    canvas.drag((x - 14, y), canvas.get_middle("Deploy"), steps=20)
    canvas.save(lambda p: has_link(p, "test", "deploy") and not has_link(p, "test", "package"),
                "the link leads to Deploy")


def reconnect_to_empty(canvas):
    x, y = canvas.get_port("Package", "input")
    canvas.drag((x - 14, y), canvas.at(560, 240), steps=20)
    canvas.save(lambda p: not has_link(p, "test", "package"), "the link is gone")


def cut_by_stroke(canvas):
    canvas.drag(canvas.at(588, -60), canvas.at(588, 110), keys=["alt"], steps=20)
    canvas.save(lambda p: not has_link(p, "test", "package") and has_link(p, "build", "test"), "one link is cut")


def remove_links(canvas):
    canvas.click("Build")
    canvas.key("x")
    canvas.save(lambda p: not has_link(p, "build", "test") and not has_link(p, "build", "lint"),
                "Build has no links")


def outcome_by_menu(canvas):
    canvas.click(canvas.at(562, 36), button=3)
    canvas.designer.press(canvas.designer.wait("menu item", contains="Failure"))
    canvas.save(lambda p: has_link(p, "test", "package", "failure"), "Package follows Test on failure")


def escape_gives_up(canvas):
    x, y = canvas.get_port("Notify")
    canvas.designer.do("mousemove", "--sync", x, y, "mousedown", 1, "mousemove", "--sync", x + 60, y,
                            "key", "Escape", "mouseup", 1)
    wait_for(lambda: canvas.designer.find("text", contains="Search") is None, "no question for a kind")


if __name__ == "__main__":
    run_rows("canvas-links", [
        ("drag-from-success", drag_success, 1),
        ("drag-from-failure", drag_failure, 1),
        ("drag-from-always", drag_always, 1),
        ("drag-from-input", drag_backwards, 1),
        ("click-click", click_click, 1),
        ("snap-to-port", drop_near_port, 1),
        ("drop-on-empty", drop_on_empty, 1),
        ("c", key_c, 1),
        ("shift-c", key_shift_c, 1),
        ("alt-c", key_alt_c, 1),
        ("refuses-circle", refuse_circle, 0),
        ("refuses-self", refuse_self, 0),
        ("refuses-duplicate", refuse_duplicate, 0),
        ("insert-by-drop", insert_by_drop, 1),
        ("alt-suspends-insert", alt_suspends_insert, 1),
        ("insert-by-plus", insert_by_plus, 1),
        ("i-inserts", insert_by_key, 1),
        ("delete-link", delete_link, 1),
        ("drag-end-reconnects", reconnect, 1),
        ("drag-end-to-empty", reconnect_to_empty, 1),
        ("alt-drag-cuts", cut_by_stroke, 1),
        ("x-removes-links", remove_links, 1),
        ("menu-of-link", outcome_by_menu, 1),
        ("escape-gives-up", escape_gives_up, 0),
    ])
