#!/usr/bin/env python3
"""Makes the pictures of this folder from the real application.

SPDX-License-Identifier: GPL-3.0-or-later

    meson setup build && ninja -C build
    tests/designer/run-xvfb.sh /usr/bin/python3 docs/screenshots/make.py [PICTURE...]

RUNNEL_SOURCE_DIR and RUNNEL_BUILD_DIR name the trees, when they are not this one and its build/.
Each picture is taken of a small C project that is really built, tested and packaged meanwhile.
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "tests" / "e2e"))
from designer import SOURCE_DIR, Home, open_designer, wait_for  # noqa: E402

PICTURES = pathlib.Path(os.environ.get("RUNNEL_PICTURES", pathlib.Path(__file__).parent))
SIZE = (1280, 800)
NARROW = (720, 800)

SETTINGS = """[Settings]
gtk-font-name=Cantarell 11
gtk-enable-animations=0
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

SEVERAL_PROBLEMS = {
    "format": 1,
    "name": "Nightly",
    "steps": [
        {"id": "fetch", "name": "Fetch the sources", "kind": "command", "with": {"argv": ["git", "fetch", "--all"]}},
        {"id": "build", "name": "Build", "kind": "script", "with": {"run": "make -j2\n"}, "needs": ["fetch"],
         "timeout": "90"},
        {"id": "notify", "name": "Tell the team", "kind": "http", "with": {"method": "POST"}, "needs": ["biuld"]},
    ],
    "layout": {"steps": {"fetch": [0, 0], "build": [264, 0], "notify": [528, 0]}},
}


# --- What the pictures show -----------------------------------------------------------------


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
    config.mkdir(parents=True)
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


def make_history(home):
    """Runs that ended in several ways, and one under way."""
    build = write_example(home, "build-test-package")
    hello = write_example(home, "hello")
    approval = write_example(home, "approval-and-rollback")
    home.runnel("run", str(hello))
    home.runnel("run", str(build))
    home.runnel("run", str(build), "-p", "plant-failure=unit-tests", check=False)
    home.runnel("run", str(build), "-p", "plant-failure=smoke-test", check=False)
    stopped = start_run(home, approval)
    wait_for_step(home, 5, "approve", "waiting")
    home.runnel("cancel", "5")
    stopped.wait()
    dead = start_run(home, approval)
    wait_for_step(home, 6, "approve", "waiting")
    os.killpg(dead.pid, signal.SIGKILL)
    dead.wait()
    home.runnel("run", str(hello))
    start_run(home, approval)


# --- Taking them ------------------------------------------------------------------------------


def grab(designer):
    """The window without the shadow around it, as a picture in memory."""
    left, top, width, height = designer.get_box(designer.window)
    return subprocess.run(["import", "-window", "root", "-crop", f"{width}x{height}+{left}+{top}", "+repage", "ppm:-"],
                          check=True, capture_output=True).stdout


def take(designer, name, still=True):
    """Takes a picture once what is drawn has come to rest, or at once of what never rests."""
    designer.xdotool("mousemove", "--sync", 1590, 990)
    picture = grab(designer)
    for _ in range(20 if still else 0):
        time.sleep(0.25)
        before, picture = picture, grab(designer)
        if before == picture:
            break
    target = PICTURES / f"{name}.png"
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


# --- The pictures -------------------------------------------------------------------------------


def wait_for_toast(designer):
    """The toast about the end of the run covers what the picture is of, and goes by itself."""
    wait_for(lambda: designer.find(contains="Run 1: ") is None, "the toast to go")


def make_designer(home, name, **options):
    designer = open_pipeline(home, write_example(home, "build-test-package"), **options)
    press_run(designer)
    wait_for_run(designer, 1)
    designer.get_step("Report", "Succeeded")
    fit(designer)
    wait_for_toast(designer)
    take(designer, name)


def make_running(home, name, **options):
    designer = open_pipeline(home, write_example(home, "build-test-package"), **options)
    fit(designer)
    press_run(designer)
    designer.get_step("Static analysis", "Succeeded")
    designer.get_step("Unit tests", "Running")
    take(designer, name, still=False)


def make_failed(home, name, **options):
    path = write_example(home, "build-test-package", **{"plant-failure": "unit-tests"})
    designer = open_pipeline(home, path, **options)
    press_run(designer)
    wait_for_run(designer, 1)
    fit(designer)
    designer.press(designer.get_step("Unit tests", "Failed"))
    wait_for_toast(designer)
    take(designer, name)


def make_approval(home, name, **options):
    designer = open_pipeline(home, write_example(home, "approval-and-rollback"), **options)
    fit(designer)
    press_run(designer)
    designer.get_step("Roll out to everyone?", "Waiting")
    take(designer, name)


def make_problems(home, name, **options):
    path = home.work / "nightly.runnel.json"
    path.write_text(json.dumps(SEVERAL_PROBLEMS), encoding="utf-8")
    designer = open_pipeline(home, path, **options)
    designer.press(designer.get_step("Tell the team"))
    designer.key("ctrl+grave")
    take(designer, name)


def make_runs(home, name, **options):
    make_history(home)
    designer = open_designer(home, size=SIZE, **options)
    designer.key("ctrl+h")
    designer.wait(contains="Run 8 of ")
    take(designer, name, still=False)


def make_run(home, name, **options):
    path = write_example(home, "build-test-package", **{"plant-failure": "smoke-test"})
    home.runnel("run", str(path))
    designer = open_designer(home, size=SIZE, **options)
    designer.key("ctrl+h")
    designer.wait(contains="Run 1 of ")
    designer.key("Home", "Return")
    designer.wait("panel", contains="Timing of")
    take(designer, name)


def make_matrix(home, name, **options):
    """The legs take long enough to be seen while they run, and are not found in the cache."""
    path = write_example(home, "matrix-and-cache")
    pipeline = json.loads(path.read_text(encoding="utf-8"))
    make_page = pipeline["steps"][1]
    make_page["with"]["run"] = make_page["with"]["run"].replace("sleep 0.3", "sleep 3")
    path.write_text(json.dumps(pipeline, indent=2), encoding="utf-8")
    designer = open_pipeline(home, path, **options)
    fit(designer)
    press_run(designer)
    wait_for_step(home, 1, "make.2", "succeeded")
    designer.get_step("Make a page", "Running")
    take(designer, name, still=False)


def make_rollback(home, name, **options):
    path = write_example(home, "matrix-and-cache", **{"plant-failure": True})
    home.runnel("run", str(path), check=False)
    designer = open_designer(home, size=SIZE, **options)
    designer.key("ctrl+h")
    designer.wait(contains="Run 1 of ")
    designer.key("Home", "Return")
    designer.wait("panel", contains="Timing of")
    designer.key(*["Up"] * 6)
    designer.wait(name="Legs")
    take(designer, name)


def make_start(home, name, **options):
    for example in ["build-test-package", "hello"]:
        path = write_example(home, example)
        open_pipeline(home, path, **options).close()
    take(open_designer(home, size=SIZE, **options), name)


def make_error(home, name, **options):
    path = home.work / "broken.runnel.json"
    path.write_text('{\n  "format": 1,\n  "steps": [\n    {"id": "build" "kind": "script"}\n  ]\n}\n', encoding="utf-8")
    designer = open_designer(home, path, size=SIZE, **options)
    designer.wait(contains="Try Again")
    take(designer, name)


MAKERS = {
    "designer-light": (make_designer, {}),
    "designer-dark": (make_designer, {"dark": True}),
    "running-light": (make_running, {}),
    "failed-light": (make_failed, {}),
    "approval-light": (make_approval, {}),
    "problems-light": (make_problems, {}),
    "runs-light": (make_runs, {}),
    "run-light": (make_run, {}),
    "run-dark": (make_run, {"dark": True}),
    "matrix-light": (make_matrix, {}),
    "rollback-light": (make_rollback, {}),
    "start-light": (make_start, {}),
    "narrow-light": (make_designer, {"size": NARROW}),
    "error": (make_error, {}),
}


def make(name):
    home = make_home()
    maker, options = MAKERS[name]
    try:
        maker(home, name, **options)
    except Exception:
        for designer in home.designers:
            print(designer.dump(), designer.read_log(), sep="\n", file=sys.stderr)
        raise
    finally:
        for designer in home.designers:
            designer.close()
        stop_runs(home)
        home.remove()


if __name__ == "__main__":
    for chosen in sys.argv[1:] or MAKERS:
        make(chosen)
