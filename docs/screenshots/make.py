#!/usr/bin/env python3
"""Makes the pictures of this folder from the real application.

SPDX-License-Identifier: GPL-3.0-or-later

    meson setup build && ninja -C build
    tests/designer/run-xvfb.sh /usr/bin/python3 docs/screenshots/make.py [PICTURE...]
    RUNNEL_SCREEN=3200x2000 tests/designer/run-xvfb.sh /usr/bin/python3 docs/screenshots/make.py --all FOLDER [LOOK...]

RUNNEL_SOURCE_DIR and RUNNEL_BUILD_DIR name the trees, when they are not this one and its build/.
Each picture is taken of a small C project that is really built, tested and packaged meanwhile. The
second command makes the states of the canvas in each look (states.py), to be looked at and not to be kept.
"""

import json
import os
import pathlib
import signal
import sys

from camera import (LOW, NARROW, SIZE, fit, leave_home, make_home, open_pipeline, press_run, start_run, take, wait_for_run,
                    wait_for_step, write_example)
from designer import open_designer, wait_for
import states

PICTURES = pathlib.Path(os.environ.get("RUNNEL_PICTURES", pathlib.Path(__file__).parent))

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


# --- The pictures -------------------------------------------------------------------------------


def wait_for_toast(designer):
    """The toast about the end of the run covers what the picture is of, and goes by itself."""
    wait_for(lambda: designer.find(contains="Run 1: ") is None, "the toast to go")


def make_designer(home, picture, **options):
    designer = open_pipeline(home, write_example(home, "build-test-package"), **options)
    press_run(designer)
    wait_for_run(designer, 1)
    designer.get_step("Report", "Succeeded")
    fit(designer)
    wait_for_toast(designer)
    take(designer, picture)


def hide_panels(designer):
    """Gives the window to the canvas."""
    designer.key("F9", "shift+F9")
    fit(designer)


def make_canvas(home, picture, **options):
    """A pipeline with groups and notes while it runs, with the usual times of its steps."""
    path = states.write_release(home)
    designer = open_pipeline(home, path, **options)
    hide_panels(designer)
    press_run(designer)
    designer.get_step("Unit tests", "Running")
    take(designer, picture, still=False)


def make_code(home, picture, **options):
    designer = open_pipeline(home, states.write_release(home), **options)
    hide_panels(designer)
    designer.key("ctrl+j")
    designer.press(designer.get_step("Compile"))
    take(designer, picture)


def make_running(home, picture, **options):
    designer = open_pipeline(home, write_example(home, "build-test-package"), **options)
    fit(designer)
    press_run(designer)
    designer.get_step("Static analysis", "Succeeded")
    designer.get_step("Unit tests", "Running")
    take(designer, picture, still=False)


def make_failed(home, picture, **options):
    path = write_example(home, "build-test-package", **{"plant-failure": "unit-tests"})
    designer = open_pipeline(home, path, **options)
    press_run(designer)
    wait_for_run(designer, 1)
    fit(designer)
    designer.press(designer.get_step("Unit tests", "Failed"))
    wait_for_toast(designer)
    take(designer, picture)


def make_approval(home, picture, **options):
    designer = open_pipeline(home, write_example(home, "approval-and-rollback"), **options)
    fit(designer)
    press_run(designer)
    designer.get_step("Roll out to everyone?", "Waiting")
    take(designer, picture)


def make_problems(home, picture, **options):
    path = home.work / "nightly.runnel.json"
    path.write_text(json.dumps(SEVERAL_PROBLEMS), encoding="utf-8")
    designer = open_pipeline(home, path, **options)
    designer.press(designer.get_step("Tell the team"))
    designer.key("ctrl+grave")
    take(designer, picture)


def make_runs(home, picture, **options):
    make_history(home)
    designer = open_designer(home, size=SIZE, **options)
    designer.key("ctrl+h")
    designer.wait(contains="Run 8 of ")
    take(designer, picture, still=False)


def make_run(home, picture, **options):
    path = write_example(home, "build-test-package", **{"plant-failure": "smoke-test"})
    home.runnel("run", str(path))
    designer = open_designer(home, size=SIZE, **options)
    designer.key("ctrl+h")
    designer.wait(contains="Run 1 of ")
    designer.key("Home", "Return")
    designer.wait("panel", contains="Timing of")
    take(designer, picture)


def make_matrix(home, picture, **options):
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
    take(designer, picture, still=False)


def make_rollback(home, picture, **options):
    path = write_example(home, "matrix-and-cache", **{"plant-failure": True})
    home.runnel("run", str(path), check=False)
    designer = open_designer(home, size=SIZE, **options)
    designer.key("ctrl+h")
    designer.wait(contains="Run 1 of ")
    designer.key("Home", "Return")
    designer.wait("panel", contains="Timing of")
    designer.key(*["Up"] * 6)
    designer.wait(name="Legs")
    take(designer, picture)


def make_start(home, picture, **options):
    for example in ["build-test-package", "hello"]:
        path = write_example(home, example)
        open_pipeline(home, path, **options).close()
    take(open_designer(home, size=SIZE, **options), picture)


def make_error(home, picture, **options):
    path = home.work / "broken.runnel.json"
    path.write_text('{\n  "format": 1,\n  "steps": [\n    {"id": "build" "kind": "script"}\n  ]\n}\n', encoding="utf-8")
    designer = open_designer(home, path, size=SIZE, **options)
    designer.wait(contains="Try Again")
    take(designer, picture)


MAKERS = {
    "designer-light": (make_designer, {}),
    "designer-dark": (make_designer, {"dark": True}),
    "canvas-light": (make_canvas, {"size": LOW}),
    "canvas-dark": (make_canvas, {"size": LOW, "dark": True}),
    "code-light": (make_code, {"size": LOW}),
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

# Those that are part of the sources.
KEPT = ["canvas-light", "canvas-dark", "code-light", "designer-light", "designer-dark", "rollback-light", "run-light"]


def make(name):
    home = make_home()
    maker, options = MAKERS[name]
    try:
        maker(home, PICTURES / f"{name}.png", **options)
    except Exception:
        for designer in home.designers:
            print(designer.dump(), designer.read_log(), sep="\n", file=sys.stderr)
        raise
    finally:
        leave_home(home)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--all"]:
        states.make_all(pathlib.Path(sys.argv[2]), sys.argv[3:])
    else:
        for chosen in sys.argv[1:] or KEPT:
            make(chosen)
