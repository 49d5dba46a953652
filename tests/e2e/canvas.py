"""Rows of gestures and keys on one canvas, each proved by the saved file.

SPDX-License-Identifier: GPL-3.0-or-later

One designer shows one pipeline to all rows of a suite. A row does something as a person would; what
it should have done is looked up in the file after Ctrl+S, or where nothing is saved, in what AT-SPI
shows. Then as many undos as the row should have made changes must give the first file back: a
gesture is one change.
"""

import difflib
import json
import sys
import time

from designer import CLICK_MS, Home, get_middle, open_designer, read_pipeline, report, wait_for

CARD_WIDTH = 216
CARD_HEIGHT = 72
KEY_MS = 12
SAVE_S = 1  # until a file that is not as expected is saved once more
SETTINGS = """[org/runnel/Runnel]
palette-visible=false
inspector-visible=false
"""

# Build, then Test and Lint, then Package after Test; Notify and Deploy stand alone.
PIPELINE = {
    "format": 1,
    "name": "Gestures",
    "steps": [
        {"id": "build", "name": "Build", "kind": "script", "with": {"run": "make all"}},
        {"id": "test", "name": "Test", "kind": "script", "with": {"run": "make check"}, "needs": ["build"]},
        {"id": "lint", "name": "Lint", "kind": "script", "with": {"run": "lint ."}, "needs": ["build"]},
        {"id": "package", "name": "Package", "kind": "script", "with": {"run": "make dist"}, "needs": ["test"]},
        {"id": "notify", "name": "Notify", "kind": "script", "with": {"run": "say done"}},
        {"id": "deploy", "name": "Deploy", "kind": "script", "with": {"run": "make install"}},
    ],
    "layout": {
        "steps": {"build": [0, 0], "test": [320, 0], "lint": [320, 160], "package": [640, 0],
                  "notify": [0, 320], "deploy": [640, 320]},
    },
}


class Canvas:
    """The canvas of a running designer, and what a person does on it."""

    def __init__(self, home, pipeline=None):
        self.path = home.work / "gestures.runnel.json"
        self.path.write_text(json.dumps(pipeline or PIPELINE, indent=2), encoding="utf-8")
        home.runnel("format", str(self.path))
        self.original = self.path.read_text(encoding="utf-8")
        self.designer = open_designer(home, self.path)
        self.designer.get_step("Build")
        self.accessible = self.designer.get_canvas()
        self.start_over()

    # --- What is there -----------------------------------------------------------

    def get_step(self, title):
        """The accessible of a step: a search among the steps, not in the whole window."""
        return wait_for(lambda: self.find_accessible(title + ", "), f"the step {title} on the canvas")

    def find_accessible(self, beginning):
        children = (self.accessible.getChildAtIndex(i) for i in range(self.accessible.childCount))
        return next((child for child in children if child is not None and child.name.startswith(beginning)), None)

    def read(self):
        return read_pipeline(self.path)

    def see_box(self, title):
        """Where a card is on the display, as far as AT-SPI has heard."""
        return self.designer.get_box(self.find_accessible(title + ", "))

    def get_box(self, title):
        """Where a card is on the display, once it rests."""
        return self.designer.wait_for_rest(lambda: self.find_accessible(title + ", "), title)

    def see_zoom(self):
        return self.see_box("Build")[2] / CARD_WIDTH

    # Where things were on the display when the row began.

    def at(self, x, y):
        """A point of the world."""
        return round(self.left + x), round(self.top + y)

    def get_corner(self, title):
        return json.loads(self.original)["layout"]["steps"][title.lower()]

    def get_middle(self, title):
        x, y = self.get_corner(title)
        return self.at(x + CARD_WIDTH / 2, y + CARD_HEIGHT / 2)

    def get_port(self, title, port="success"):
        x, y = self.get_corner(title)
        return {"input": self.at(x, y + 36), "always": self.at(x + CARD_WIDTH, y + 16),
                "success": self.at(x + CARD_WIDTH, y + 36), "failure": self.at(x + CARD_WIDTH, y + 56)}[port]

    def is_focused(self, title):
        return self.get_step(title).getState().contains(self.designer.FOCUSED)

    # --- What a person does --------------------------------------------------------

    def start_over(self):
        """Everything is in sight at 100 %, nothing is selected, and the canvas has the keyboard.

        The other button lets GTK forget the click: what comes next would otherwise be a double click with it, or, when
        it is a double click elsewhere, none.
        """
        x, y = self.get_empty()
        x += 90  # where no row clicks: two clicks at one place would ask for a step
        self.designer.do("keyup", "ctrl", "keyup", "shift", "keyup", "alt", "keyup", "space",
                         "key", "--delay", KEY_MS, "Escape", "Escape",
                         "mousemove", "--sync", x, y, "click", 1, "click", 2,
                         "key", "--delay", KEY_MS, "ctrl+1", "ctrl+0")
        wait_for(lambda: abs(self.see_zoom() - 1) < 0.01, "100 %")
        (left, top, _, _), (x, y) = self.get_box("Build"), self.get_corner("Build")
        self.left, self.top = left - x, top - y

    def get_empty(self):
        """A point of the canvas without anything."""
        left, top, width, height = self.designer.get_box(self.accessible)
        return left + width // 2, top + height - 30

    def key(self, *keys):
        self.designer.do("key", "--delay", KEY_MS, *keys)

    def type(self, text):
        self.designer.type(text)

    def point(self, where):
        self.designer.do("mousemove", "--sync", *where)

    def click(self, what, button=1, times=1, keys=()):
        """On the middle of a step, or on a point."""
        x, y = self.get_middle(what) if isinstance(what, str) else what
        self.designer.do("mousemove", "--sync", x, y, *hold(keys), "click", "--repeat", times, "--delay", CLICK_MS, button, *release(keys))

    def drag(self, start, end, button=1, keys=(), steps=12):
        way = []
        for i in range(1, steps + 1):
            way += ["mousemove", "--sync", *(a + (b - a) * i // steps for a, b in zip(start, end)), "sleep", 0.01]
        self.designer.do("mousemove", "--sync", *start, *hold(keys), "mousedown", button, *way, "mouseup", button, *release(keys))

    def wheel(self, button, times=1, keys=()):
        self.designer.do(*hold(keys), "click", "--repeat", times, "--delay", 30, button, *release(keys))

    def save(self, expected, what):
        self.key("ctrl+s")
        self.wait_for_file(lambda: expected(self.read()), what)

    def undo(self, times):
        if times:
            self.key(*["ctrl+z"] * times, "ctrl+s")
        self.wait_for_file(lambda: self.path.read_text(encoding="utf-8") == self.original,
                           f"{times} undos brought the first file back")

    def wait_for_file(self, is_expected, what):
        """Waits for what was saved; it is saved again now and then, since some changes are thought about first."""
        saved = time.monotonic()

        def is_there():
            nonlocal saved
            if is_expected():
                return True
            if time.monotonic() - saved > SAVE_S:
                self.key("ctrl+s")
                saved = time.monotonic()
            return False

        wait_for(is_there, lambda: f"the file to tell that {what}; it has\n{self.describe_changes()}")

    def describe_changes(self):
        """What is in the file against the first one."""
        lines = (text.splitlines() for text in (self.original, self.path.read_text(encoding="utf-8")))
        return "\n".join(difflib.unified_diff(*lines, "first", "now", n=1, lineterm="")) or "not changed"

    def get_moved(self, pipeline):
        """The steps that are elsewhere than at first."""
        before = json.loads(self.original)["layout"]["steps"]
        return {step for step, place in pipeline["layout"]["steps"].items() if before.get(step) != place}

    def expect_selected(self, *ids):
        """Moves what is selected by one step of the grid, and looks what has moved."""
        self.key("ctrl+Right")
        self.save(lambda pipeline: self.get_moved(pipeline) == set(ids), f"{ids} were selected")


def hold(keys):
    return [word for key in keys for word in ("keydown", key)]


def release(keys):
    return [word for key in reversed(keys) for word in ("keyup", key)]


def has_link(pipeline, source, target, on="success"):
    for step in pipeline["steps"]:
        if step["id"] == target:
            for need in step.get("needs", []):
                name, outcome = (need, "success") if isinstance(need, str) else (need["step"], need.get("on", "success"))
                if (name, outcome) == (source, on):
                    return True
    return False


def write_settings(home, more=""):
    folder = home.path / "config" / "glib-2.0" / "settings"
    folder.mkdir(parents=True)
    (folder / "keyfile").write_text(SETTINGS + more, encoding="utf-8")


def run_rows(suite, rows, pipeline=None, settings=""):
    """Runs (name, function, changes) rows on one canvas and prints TAP."""
    from notifications import Notifications
    desktop = Notifications()
    chosen = [row for row in rows if len(sys.argv) < 2 or any(word in row[0] for word in sys.argv[1:])]
    home = Home()
    home.desktop = desktop
    home.designers = []
    failed = 0
    print(f"1..{len(chosen)}", flush=True)
    try:
        write_settings(home, settings)
        canvas = Canvas(home, pipeline)
        for number, (name, function, changes) in enumerate(chosen, 1):
            try:
                function(canvas)
                canvas.undo(changes)
                canvas.start_over()
                print(f"ok {number} /e2e/{suite}/{name}", flush=True)
            except Exception as error:
                failed += 1
                report(home, number, f"/e2e/{suite}/{name}", error)
                if number < len(chosen):
                    canvas = begin_again(home, canvas, pipeline)
    finally:
        for designer in home.designers:
            designer.close()
        home.remove()
    sys.exit(1 if failed else 0)


def begin_again(home, canvas, pipeline):
    """After a failure: another designer, so that the next row does not suffer from it."""
    canvas.designer.kill()
    for leftover in canvas.path.parent.glob(".*.journal"):
        leftover.unlink()
    return Canvas(home, pipeline)
