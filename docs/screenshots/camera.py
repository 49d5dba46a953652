"""What the pictures are taken with: a home, a project, runs, and a camera.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "tests" / "e2e"))
from designer import SOURCE_DIR, Home, open_designer, wait_for  # noqa: E402

SIZE = (1280, 800)
NARROW = (720, 800)
LOW = (1280, 600)

SETTINGS = """[Settings]
gtk-font-name=Cantarell 11
gtk-enable-animations=0
gtk-cursor-blink=0
gtk-xft-antialias=1
gtk-xft-hinting=1
gtk-xft-hintstyle=hintslight
gtk-xft-rgba=none
"""

PROJECT = {
    "meson.build": """project('weather', 'c', version: '1.4.2', default_options: ['warning_level=3'])
lib = static_library('almanac', 'almanac.c', 'station.c', 'wind.c')
executable('weather', 'main.c', link_with: lib, install: true)
test('almanac', executable('test-almanac', 'test-almanac.c', link_with: lib))
""",
    "almanac.c": "int almanac_days (int leap);\nint almanac_days (int leap) { return leap ? 366 : 365; }\n",
    "station.c": "int station_height (void);\nint station_height (void) { return 480; }\n",
    "wind.c": "int wind_force (int knots);\nint wind_force (int knots) { return knots / 5; }\n",
    "main.c": "#include <stdio.h>\nint main (void) { puts (\"weather 1.4.2\"); return 0; }\n",
    "test-almanac.c": """#include <unistd.h>
int almanac_days (int leap);
int main (void) { sleep (2); return almanac_days (1) != 366; }
""",
}

# --- Homes, files and runs ----------------------------------------------------------------------


def write_project(home):
    folder = home.work / "weather"
    folder.mkdir()
    for name, text in PROJECT.items():
        (folder / name).write_text(text, encoding="utf-8")


def write_example(home, example, **defaults):
    """An example as a person's own file, set up for the small project."""
    pipeline = json.loads((SOURCE_DIR / "data" / "examples" / f"{example}.runnel.json").read_text(encoding="utf-8"))
    defaults = {"source": "weather", "options": "", "test-options": "", **defaults}
    for name, value in defaults.items():
        if name in pipeline.get("parameters", {}):
            pipeline["parameters"][name]["default"] = value
    path = home.work / f"{example}.runnel.json"
    path.write_text(json.dumps(pipeline, indent=2), encoding="utf-8")
    return path


def make_home():
    home = Home()
    home.designers = []
    config = home.path / "config" / "gtk-4.0"
    config.mkdir(parents=True, exist_ok=True)
    (config / "settings.ini").write_text(SETTINGS, encoding="utf-8")
    write_project(home)
    return home


def start_run(home, path, *args):
    """Starts a run of its own, as from a terminal, and returns it once the history knows it."""
    known = len(home.list_runs())
    process = subprocess.Popen([home.env["RUNNEL_BINARY"], "run", str(path), *args], env=home.env, cwd=home.work,
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               start_new_session=True)
    wait_for(lambda: len(home.list_runs()) > known, "the run in the history")
    return process


def wait_for_step(home, run, step, state):
    def is_reached():
        shown = json.loads(home.runnel("show", str(run), "--json"))
        return any(s["id"] == step and s["state"] == state for s in shown["steps"])

    wait_for(is_reached, f"step {step} of run {run} {state}")


def stop_runs(home):
    """A run outlives the window it was started from."""
    for run in home.list_runs():
        if not run.get("finished"):
            home.runnel("cancel", str(run["run"]), check=False)
    wait_for(lambda: all(run.get("finished") for run in home.list_runs()), "the end of all runs")


def leave_home(home):
    for designer in home.designers:
        designer.close()
    stop_runs(home)
    home.remove()


# --- Taking pictures ----------------------------------------------------------------------------


def grab(designer):
    """The window without the shadow around it, as a picture in memory."""
    left, top, width, height = designer.get_box(designer.window)
    return subprocess.run(["import", "-window", "root", "-crop", f"{width}x{height}+{left}+{top}", "+repage", "ppm:-"],
                          check=True, capture_output=True).stdout


def take(designer, target, still=True, pointer=False):
    """Takes a picture once what is drawn has come to rest, or at once of what never rests.

    The pointer is taken out of the picture, unless what it points at is shown.
    """
    if not pointer:
        designer.do("mousemove", "--sync", 1590 * designer.scale, 990 * designer.scale)
    picture = grab(designer)
    for _ in range(20 if still else 0):
        time.sleep(0.25)
        before, picture = picture, grab(designer)
        if before == picture:
            break
    subprocess.run(["convert", "ppm:-", "-strip", "-define", "png:compression-level=9",
                    "-define", "png:compression-filter=5", f"PNG24:{target}"], input=picture, check=True)
    print(f"{target.name}: {target.stat().st_size // 1024} KB", flush=True)


def press_run(designer):
    designer.press(designer.wait("push button", "Run"))
    dialog = designer.wait("frame", "Parameters of the Run")
    designer.press(designer.wait("push button", contains="Run", root=dialog))


def wait_for_run(designer, number):
    return wait_for(lambda: next((run for run in designer.home.list_runs()
                                  if run["run"] == number and run.get("finished")), None), f"the end of run {number}")


def fit(designer):
    """Shows all of the canvas, with nothing selected."""
    left, top, width, height = designer.get_box(designer.get_canvas())
    designer.click_at(left + width // 2, top + height - 12)
    designer.key("1")


def open_pipeline(home, path, **options):
    designer = open_designer(home, path, **{"size": SIZE, **options})
    designer.get_canvas()
    return designer
