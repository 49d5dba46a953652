"""Every state of the canvas, in every look: what a person who judges the design goes through.

SPDX-License-Identifier: GPL-3.0-or-later

One application shows one look in all states, one after the other. A state that cannot be reached is
told and left out; the others are still made.
"""

import json
import subprocess
import sys
import time

from camera import NARROW, fit, leave_home, make_home, open_pipeline, press_run, start_run, take, wait_for_run, write_example
from designer import BUILD_DIR, wait_for

LOOKS = {
    "light": {},
    "dark": {"dark": True},
    "contrast": {"high_contrast": True},
    "light-200": {"scale": 2},
    "dark-200": {"dark": True, "scale": 2},
    "contrast-200": {"high_contrast": True, "scale": 2},
    "contrast-dark": {"dark": True, "high_contrast": True},
    "narrow": {"size": NARROW},
}

NOTE = """# Before a release
The **version** comes from the parameter, *not* from the tag.
- ask the crew of the `north` stations
- read [the checklist](https://example.org/release)"""


def make_step(name, run, needs=(), **keys):
    return {"id": name.lower().replace(" ", "-"), "name": name, "kind": "script", "with": {"run": run + "\n"},
            "needs": list(needs), **keys}


RELEASE = {
    "format": 1,
    "name": "Release",
    "parameters": {"broken": {"type": "boolean", "default": False}},
    "steps": [
        make_step("Fetch", "echo 1.4.2"),
        make_step("Compile", "sleep 0.4", ["fetch"], retry={"max": 2}, timeout="10m"),
        make_step("Lint", "sleep 0.2", ["compile"]),
        make_step("Unit tests", "sleep 2; test $RUNNEL_PARAM_BROKEN = false", ["compile"],
                  matrix={"compiler": ["gcc", "clang"]}),
        make_step("Licences", "sleep 0.1", ["compile"], disabled=True),
        make_step("Package", "sleep 6", ["lint", "unit-tests"]),
        make_step("Sign", "sleep 1", ["package"]),
        make_step("Upload to the mirrors of all regions", "sleep 1", ["sign"]),
        make_step("Tell the team", "echo failed", [{"step": "package", "on": "failure"}]),
        make_step("Tidy up", "rm -rf out", [{"step": "upload-to-the-mirrors-of-all-regions", "on": "always"}]),
    ],
    "groups": [
        {"id": "checks", "name": "Checks", "steps": ["lint", "unit-tests", "licences"], "color": "green"},
        {"id": "ship", "name": "Ship", "steps": ["sign", "upload-to-the-mirrors-of-all-regions"], "color": "orange"},
    ],
    "notes": [
        {"id": "release", "text": NOTE},
        {"id": "colour", "text": "Signs with the key of the **machine**.", "color": "blue"},
    ],
    "layout": {
        "steps": {"fetch": [0, 112], "compile": [264, 112], "lint": [552, 0], "unit-tests": [552, 112],
                  "licences": [552, 224], "package": [840, 112], "sign": [840, 288],
                  "upload-to-the-mirrors-of-all-regions": [1160, 288], "tell-the-team": [1160, 112],
                  "tidy-up": [1160, 416]},
        "notes": {"release": [0, -48, 400, 112], "colour": [552, 416, 240, 72]},
        "pinned": ["fetch"],
    },
}


def make_thousand():
    """A graph of a thousand steps: fifty chains, tied together at every fifth step."""
    steps, places = [], {}
    for row in range(50):
        for column in range(20):
            needs = [f"s{row}-{column - 1}"] if column else []
            if row and column % 5 == 2:
                needs.append(f"s{row - 1}-{column - 1}")
            name = f"s{row}-{column}"
            steps.append({"id": name, "name": f"Shard {row}.{column}", "kind": "command",
                          "with": {"argv": ["true"]}, "needs": needs})
            places[name] = [column * 264, row * 112]
    return {"format": 1, "name": "A thousand steps", "steps": steps, "layout": {"steps": places}}


def write(home, name, pipeline):
    path = home.work / f"{name}.runnel.json"
    path.write_text(json.dumps(pipeline, indent=2), encoding="utf-8")
    return path


def write_release(home):
    """A pipeline with groups and notes, and runs enough for the usual times of its steps."""
    path = write(home, "release", RELEASE)
    for broken in [False, True, False, False]:
        start_run(home, path, "-p", f"broken={json.dumps(broken)}")
    wait_for(lambda: all(run.get("finished") for run in home.list_runs()), "the end of the runs")
    return path


class Tour:
    """One running application in one look, and the folder for its pictures."""

    def __init__(self, folder, look):
        self.folder = folder
        self.look = look
        self.home = make_home()
        self.build = write_example(self.home, "build-test-package")
        self.release = write_release(self.home)
        self.thousand = self.write("thousand", make_thousand())
        self.designer = open_pipeline(self.home, self.release, **LOOKS[look])

    def write(self, name, pipeline):
        return write(self.home, name, pipeline)

    def take(self, name, **options):
        take(self.designer, self.folder / f"{name}-{self.look}.png", **options)
        self.point_at_nothing()

    def point_at_nothing(self):
        """Keys go to where the pointer is. Not to where fit() clicks: xdotool waits long for no motion."""
        left, top, width, height = self.designer.get_box(self.designer.get_canvas())
        self.designer.do("mousemove", "--sync", left + width // 2, top + height - 16)

    def open(self, path):
        """Has the running application open a file in a tab of its own, and closes the one before."""
        self.close_tab()
        subprocess.run([str(BUILD_DIR / "src" / "designer" / "runnel-designer"), str(path)], env=self.home.env,
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
        self.designer.get_canvas()
        self.point_at_nothing()
        fit(self.designer)

    def close_tab(self):
        self.designer.key("ctrl+w")

        def is_closed():
            discard = self.designer.find("push button", contains="Discard")
            if discard:
                self.designer.press(discard)
            return self.designer.find("panel", "Pipeline Canvas") is None

        wait_for(is_closed, "the tab to close")

    def call(self, command):
        """Calls a command as by its name in the palette."""
        self.designer.key("ctrl+k")
        self.designer.type(command)
        self.designer.key("Return")

    def look_at(self, title):
        """Selects a step and brings it to the middle at 100 %."""
        self.designer.press(self.designer.get_step(title))
        self.designer.key("period", "0")
        time.sleep(0.3)

    def get_port(self, title, side, row=0.5):
        left, top, width, height = self.designer.get_box(self.designer.get_step(title))
        return (left + width - 1 if side == "right" else left), int(top + height * row)

    def press_at(self, x, y):
        self.designer.do("mousemove", "--sync", x, y, "mousedown", 1)

    def move(self, *places):
        for x, y in places:
            self.designer.do("mousemove", "--sync", int(x), int(y))
            time.sleep(0.1)

    def give_up(self):
        self.designer.key("Escape")
        self.designer.do("mouseup", 1)


# --- The states -----------------------------------------------------------------------------------


def show_groups(tour):
    fit(tour.designer)
    tour.take("groups-fit")
    tour.designer.key("0")
    tour.take("groups-100")
    fit(tour.designer)
    tour.designer.key("shift+alt+g")
    tour.take("groups-closed")
    tour.designer.key("alt+g")


def show_notes(tour):
    tour.look_at("Fetch")
    tour.take("notes")
    fit(tour.designer)


def show_selection(tour):
    tour.designer.press(tour.designer.get_step("Package"))
    tour.take("selected-path")
    tour.designer.key("shift+Left")
    tour.take("selected-several")
    fit(tour.designer)


def show_hover(tour):
    tour.move(tour.designer.get_center(tour.designer.get_step("Unit tests")))
    tour.take("hover-path", pointer=True)


def show_corners(tour):
    tour.call("Links With Corners")
    fit(tour.designer)
    tour.take("links-corners")
    tour.call("Links in Curves")


def show_refusal(tour):
    tour.look_at("Lint")
    start, end = tour.get_port("Lint", "right"), tour.designer.get_center(tour.designer.get_step("Compile"))
    tour.press_at(*start)
    tour.move((start[0] + 20, start[1] + 20), ((start[0] + end[0]) / 2, end[1] + 60), end)
    tour.take("connecting-refused", pointer=True)
    tour.give_up()


def show_connecting(tour):
    start, end = tour.get_port("Licences", "right"), tour.get_port("Package", "left")
    tour.press_at(*start)
    tour.move((start[0] + 20, start[1] + 20), (end[0] - 60, end[1] + 10), end)
    tour.take("connecting", pointer=True)
    tour.give_up()


def show_insert(tour):
    tour.look_at("Sign")
    start, end = tour.get_port("Sign", "right"), tour.get_port("Upload to the mirrors of all regions", "left")
    tour.move((start[0] + 2, start[1] + 60), ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2))
    tour.take("insert", pointer=True)
    fit(tour.designer)


def show_guides(tour):
    tour.look_at("Tell the team")
    start = tour.designer.get_center(tour.designer.get_step("Tell the team"))
    scale = tour.designer.scale
    tour.press_at(*start)
    tour.move(*[(start[0] + 3 * i * scale, start[1] - 2 * i * scale) for i in range(1, 5)], (start[0] + 2, start[1] - 3))
    tour.take("guides", pointer=True)
    tour.give_up()
    fit(tour.designer)


def show_menus(tour):
    tour.designer.click(tour.designer.get_step("Unit tests"), button=3)
    tour.take("context-menu")
    tour.designer.key("Escape")
    fit(tour.designer)
    left, top, width, height = tour.designer.get_box(tour.designer.get_canvas())
    tour.move((left + width // 3, top + height // 5))
    tour.designer.key("n")
    tour.take("quick-add")
    tour.designer.key("Escape")
    tour.designer.key("ctrl+k")
    tour.take("palette")
    tour.designer.type("link")
    tour.take("palette-typed")
    tour.designer.key("Escape", "Escape")


def show_find(tour):
    fit(tour.designer)
    tour.designer.key("ctrl+f")
    tour.designer.type("sleep")
    tour.designer.wait(contains=" of ")
    tour.take("find")
    tour.designer.key("Escape")


def show_outline(tour):
    tour.designer.key("ctrl+F9")
    tour.take("outline")
    tour.designer.key("ctrl+F9")


def show_history(tour):
    tour.designer.press(tour.designer.get_step("Sign"))
    tour.designer.key("d", "ctrl+Right", "p", "ctrl+d", "shift+s", "Escape", "ctrl+z")
    tour.designer.key("ctrl+shift+h")
    tour.take("history")
    tour.designer.key("Escape")


def show_code(tour):
    tour.designer.key("ctrl+j")
    tour.take("code")
    tour.designer.key("ctrl+Home", "Down", "Down", "End")
    tour.designer.type(",,")
    tour.designer.wait(contains="Line 3")
    tour.take("code-error")
    tour.designer.key("ctrl+z", "ctrl+j")


def show_windows(tour):
    for key, name in [("ctrl+question", "shortcuts"), ("ctrl+comma", "preferences")]:
        before = len(tour.designer.find_all("frame")) + len(tour.designer.find_all("dialog"))
        tour.designer.key(key)
        wait_for(lambda: len(tour.designer.find_all("frame")) + len(tour.designer.find_all("dialog")) > before, name)
        tour.take(name)
        tour.designer.do("mousemove", "--sync", 300 * tour.designer.scale, 300 * tour.designer.scale)
        tour.designer.key("Escape")
    tour.designer.key("ctrl+alt+e")
    tour.take("export")
    tour.designer.key("Escape")


def show_example(tour):
    tour.open(tour.build)
    tour.take("example-fit")
    tour.designer.key("0")
    tour.take("example-100")


def show_thousand(tour):
    tour.open(tour.thousand)
    tour.take("thousand-fit")
    tour.designer.key("0")
    tour.take("thousand-minimap")


def show_trends(tour):
    tour.open(tour.release)
    tour.look_at("Unit tests")
    tour.take("trends")


def show_run(tour):
    press_run(tour.designer)
    tour.designer.get_step("Package", "Running")
    time.sleep(1)
    tour.take("running", still=False)
    fit(tour.designer)
    tour.take("running-fit", still=False)
    wait_for_run(tour.designer, len(tour.home.list_runs()))


def show_failure(tour):
    pipeline = json.loads(json.dumps(RELEASE))
    pipeline["parameters"]["broken"]["default"] = True
    tour.open(tour.write("broken", pipeline))
    known = len(tour.home.list_runs())
    press_run(tour.designer)
    wait_for_run(tour.designer, known + 1)
    fit(tour.designer)
    tour.designer.press(tour.designer.get_step("Unit tests", "Failed"))
    tour.take("failed")


def show_compared(tour):
    changed = json.loads(json.dumps(RELEASE))
    changed["steps"][1]["timeout"] = "20m"
    del changed["steps"][8]
    changed["steps"].append(make_step("Announce", "echo new", ["sign"]))
    changed["layout"]["steps"]["announce"] = [1160, 0]
    tour.open(tour.release)
    tour.release.write_text(json.dumps(changed, indent=2), encoding="utf-8")
    tour.call("Compare With What Is Saved")
    tour.designer.wait(contains="Saved")
    tour.take("compared")
    tour.write("release", RELEASE)
    tour.designer.key("ctrl+w")


def show_subpipeline(tour):
    inner = make_step("Release", "")
    inner.update(kind="pipeline", **{"with": {"file": "release.runnel.json"}})
    tour.open(tour.write("nightly", {"format": 1, "name": "Nightly", "steps": [inner]}))
    tour.designer.press(tour.designer.get_step("Release"))
    tour.designer.key("ctrl+shift+o")
    tour.designer.get_step("Compile")
    tour.take("subpipeline")


def show_empty(tour):
    tour.designer.key("ctrl+n")
    tour.designer.get_canvas()
    tour.take("empty")


STATES = [show_groups, show_notes, show_selection, show_hover, show_corners, show_refusal, show_connecting,
          show_insert, show_guides, show_menus, show_find, show_outline, show_windows, show_code, show_history,
          show_trends, show_run, show_failure, show_example, show_subpipeline,
          show_compared, show_thousand, show_empty]


def make_all(folder, looks):
    """Takes every state in the looks named, or in all, into folder.

    A look may name its states: dark:run,failure.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for chosen in looks or LOOKS:
        look, _, names = chosen.partition(":")
        tour = Tour(folder, look)
        try:
            for show in STATES:
                if names and show.__name__.removeprefix("show_") not in names.split(","):
                    continue
                try:
                    show(tour)
                except Exception as error:
                    print(f"{look}: {show.__name__}: {error}", file=sys.stderr, flush=True)
                    tour.give_up()
        finally:
            leave_home(tour.home)
