#!/usr/bin/env python3
"""How smoothly the canvas moves, on each sort of display that is to be had here.

SPDX-License-Identifier: GPL-3.0-or-later

usage: tests/bench/canvas-bench.py BUILD-FOLDER [N...]

Runs BUILD-FOLDER/tests/bench/canvas-frames, which see, on an X server without a GPU; on a headless
Wayland compositor (weston) where there is one; and with OpenGL on the display that this is started
on, where there is one and a GPU. What is not here is told, not left out in silence.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

SOURCE = pathlib.Path(__file__).resolve().parents[2]
LIMIT_S = 20


def run_frames(command, env):
    """The figures of one run; its table is passed on as it comes."""
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
    last = ""
    for line in process.stdout:
        if last:
            print(last, end="", flush=True)
        last = line
    if process.wait() != 0:
        raise SystemExit(f"{command[-1]} ended with {process.returncode}: {last}")
    return json.loads(last)


def get_env(**more):
    env = dict(os.environ, GTK_A11Y="none", GSETTINGS_BACKEND="memory", **more)
    env.pop("G_DEBUG", None)
    return env


def measure_x11(frames):
    wrapper = str(SOURCE / "tests" / "designer" / "run-xvfb.sh")
    return run_frames([wrapper, *frames], get_env())


def measure_wayland(frames):
    with tempfile.TemporaryDirectory() as runtime:
        os.chmod(runtime, 0o700)
        env = get_env(XDG_RUNTIME_DIR=runtime, WAYLAND_DISPLAY="runnel-bench", GDK_BACKEND="wayland")
        env.pop("DISPLAY", None)
        weston = subprocess.Popen(["weston", "--backend=headless-backend.so", "--socket=runnel-bench",
                                   "--width=1600", "--height=1000", "--idle-time=0"],
                                  env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            socket = pathlib.Path(runtime, "runnel-bench")
            end = time.monotonic() + LIMIT_S
            while not socket.exists():
                if weston.poll() is not None or time.monotonic() > end:
                    print("weston does not start here: nothing is measured on Wayland")
                    return None
                time.sleep(0.05)
            return run_frames(frames, env)
        finally:
            weston.terminate()
            weston.wait()


def has_gpu():
    return any(os.access(device, os.R_OK | os.W_OK) for device in pathlib.Path("/dev/dri").glob("renderD*"))


def main():
    build = pathlib.Path(sys.argv[1]).absolute()
    frames = [str(build / "tests" / "bench" / "canvas-frames"), *sys.argv[2:]]
    on_display = "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    figures = [measure_x11(frames)]

    if shutil.which("weston"):
        figures.append(measure_wayland([frames[0], *(sys.argv[2:] or ["10000"])]))
    else:
        print("weston is not installed: nothing is measured on Wayland")
    if on_display and has_gpu():
        figures.append(run_frames(frames, get_env()))
    else:
        print("No display with a GPU here: nothing is measured with one")
    print(json.dumps({"benchmark": "canvas", "displays": [figure for figure in figures if figure]}))


if __name__ == "__main__":
    main()
