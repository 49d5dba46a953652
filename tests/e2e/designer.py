"""Drives the real application as a person does: through what AT-SPI shows, the pointer and the keyboard.

SPDX-License-Identifier: GPL-3.0-or-later

Runs inside a display and a session bus of its own (tests/designer/run-xvfb.sh gives both). Every
wait is for a fact, with a limit that only a hang reaches.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

# A stray warning is to end the application, not the program that looks at it.
WARNINGS = {"G_DEBUG": os.environ.pop("G_DEBUG", "fatal-warnings")}

import gi  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402
import pyatspi  # noqa: E402

SOURCE_DIR = pathlib.Path(os.environ.get("RUNNEL_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
BUILD_DIR = pathlib.Path(os.environ.get("RUNNEL_BUILD_DIR", SOURCE_DIR / "build"))

# Under the sanitizers everything is several times slower; a limit is there for hangs only.
LIMIT_S = float(os.environ.get("RUNNEL_LIMIT", 60))

# Times a thing is seen at one place: AT-SPI hears of places a quarter of a second later.
REST = 25
CLICK_MS = 20  # between those of a double click
REPORT_LINES = 20  # of each text about a failure

# What is there at once need not be waited for. Two clicks are a double click however long the first one takes.
GTK_SETTINGS = """[Settings]
gtk-enable-animations=0
gtk-double-click-time=5000
"""


# AT-SPI itself gives up after 0.8 s, and what was asked for is done all the same.
Atspi.set_timeout(round(LIMIT_S * 1000), round(LIMIT_S * 1000))


class Failure(Exception):
    """Something a person would have seen was not there."""


def wait_for(condition, what, limit=LIMIT_S):
    """Waits until condition() is true (not None, not False) and returns it. What is a text, or makes one of how it
    is when the time is over."""
    end = time.monotonic() + limit
    while True:
        try:
            value = condition()
        except Exception as error:  # AT-SPI objects come and go under our hands
            value, problem = None, error
        else:
            problem = None
        if value is not None and value is not False:
            return value
        if time.monotonic() > end:
            what = what() if callable(what) else what
            raise Failure(f"waited {limit:g} s in vain for {what}" + (f" ({problem})" if problem else ""))
        time.sleep(0.02)


class Home:
    """A home folder of its own, so that a test neither sees nor leaves anything."""

    def __init__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="runnel-e2e-"))
        self.work = self.path / "work"
        self.work.mkdir()
        self.env = dict(
            os.environ,
            HOME=str(self.path),
            XDG_DATA_HOME=str(self.path / "data"),
            XDG_STATE_HOME=str(self.path / "state"),
            XDG_CONFIG_HOME=str(self.path / "config"),
            XDG_CACHE_HOME=str(self.path / "cache"),
            XDG_RUNTIME_DIR=str(self.path / "runtime"),
            GSETTINGS_BACKEND="keyfile",
            GSETTINGS_SCHEMA_DIR=str(BUILD_DIR / "data"),
            RUNNEL_DATA_DIR=str(SOURCE_DIR / "data"),
            RUNNEL_BINARY=str(BUILD_DIR / "src" / "cli" / "runnel"),
            LC_ALL="C.UTF-8",
            GTK_A11Y="atspi",
            NO_AT_BRIDGE="0",
        )
        (self.path / "runtime").mkdir(mode=0o700)
        (self.path / "config" / "gtk-4.0").mkdir(parents=True)
        (self.path / "config" / "gtk-4.0" / "settings.ini").write_text(GTK_SETTINGS, encoding="utf-8")

    def list_runs(self):
        """What `runnel list` knows, the latest run first."""
        return json.loads(self.runnel("list", "--json"))

    def runnel(self, *args, check=True):
        """Runs the command line and returns its output."""
        result = subprocess.run([self.env["RUNNEL_BINARY"], *args], env=self.env, cwd=self.work,
                                capture_output=True, text=True, timeout=LIMIT_S, check=False)
        if check and result.returncode != 0:
            raise Failure(f"runnel {' '.join(args)}: {result.stderr or result.stdout}")
        return result.stdout

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)


class Designer:
    """One running application and the ways to use it."""

    FOCUSED = pyatspi.STATE_FOCUSED
    SELECTED = pyatspi.STATE_SELECTED

    def __init__(self, home, *files, dark=False, high_contrast=False, scale=1, size=(1280, 800)):
        """Size is in logical pixels; whatever is on the display is counted in those of the display."""
        self.home = home
        self.scale = scale
        self.pointer = None  # where we have moved it to
        self.canvas = None
        env = dict(home.env, **WARNINGS, GDK_SCALE=str(scale))
        if dark:
            env["ADW_DEBUG_COLOR_SCHEME"] = "prefer-dark"
        if high_contrast:
            env["ADW_DEBUG_HIGH_CONTRAST"] = "1"
        self.log = open(home.path / "designer.log", "a", encoding="utf-8")
        self.process = subprocess.Popen([str(BUILD_DIR / "src" / "designer" / "runnel-designer"), *map(str, files)],
                                        env=env, cwd=home.work, stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=self.log)
        self.application = wait_for(self.find_application, "the application on the accessibility bus")
        self.window = wait_for(lambda: self.find("frame"), "its window")
        self.window_id = wait_for(self.find_window_id, "the window on the display")
        self.resize(*size)

    # --- The application -------------------------------------------------------

    def find_application(self):
        if self.process.poll() is not None:
            raise SystemExit(f"the designer ended with {self.process.returncode}:\n{self.read_log()}")
        for application in pyatspi.Registry.getDesktop(0):
            if application is not None and application.get_process_id() == self.process.pid:
                return application
        return None

    def find_window_id(self):
        output = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                                capture_output=True, text=True, check=False).stdout.split()
        return output[-1] if output else None

    def resize(self, width, height):
        self.xdotool("windowmove", self.window_id, 0, 0)
        self.xdotool("windowsize", self.window_id, width * self.scale, height * self.scale)

        def get_border():
            """What lies around the frame that AT-SPI knows, to be dragged for resizing."""
            inner = self.window.queryComponent().getExtents(pyatspi.WINDOW_COORDS).width
            return (width - inner) // 2 if width - 60 < inner <= width else None

        self.border = wait_for(get_border, "the window to have its size")

    def read_log(self):
        return (self.home.path / "designer.log").read_text(encoding="utf-8")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def wait_for_end(self):
        wait_for(lambda: self.process.poll() is not None, "the application to end")
        if self.process.returncode != 0:
            raise Failure(f"the application ended with {self.process.returncode}:\n{self.read_log()}")

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()
        self.log.close()

    # --- What is to be seen -----------------------------------------------------

    def walk(self, root=None):
        """All accessibles below root, depth first."""
        pending = [root or self.application]
        while pending:
            accessible = pending.pop()
            try:
                children = [accessible.getChildAtIndex(i) for i in range(accessible.childCount)]
            except Exception:  # gone meanwhile
                continue
            if accessible is not self.application:
                yield accessible
            pending.extend(child for child in reversed(children) if child is not None)

    def find_all(self, role=None, name=None, contains=None, root=None, showing=True):
        found = []
        for accessible in self.walk(root):
            try:
                if role is not None and accessible.getRoleName() != role:
                    continue
                if name is not None and accessible.name != name:
                    continue
                if contains is not None and contains not in accessible.name:
                    continue
                if showing and not accessible.getState().contains(pyatspi.STATE_VISIBLE):
                    continue
            except Exception:  # gone meanwhile
                continue
            found.append(accessible)
        return found

    def find(self, role=None, name=None, contains=None, root=None, showing=True):
        found = self.find_all(role, name, contains, root, showing)
        return found[0] if found else None

    def wait(self, role=None, name=None, contains=None, root=None, limit=LIMIT_S):
        return wait_for(lambda: self.find(role, name, contains, root),
                        f"a {role or 'widget'} named {name or contains}", limit)

    def get_canvas(self):
        """The canvas of the page in front. The window is searched only when it is not the one from before."""
        if not is_visible(self.canvas):
            self.canvas = self.wait("panel", "Pipeline Canvas")
        return self.canvas

    def get_steps(self):
        """The accessibles of the steps on the canvas, named 'Title, kind, state'."""
        canvas = self.get_canvas()
        return [canvas.getChildAtIndex(i) for i in range(canvas.childCount)]

    def get_step(self, title, state=""):
        """The step of this title, once it is in this state."""
        return wait_for(lambda: next((step for step in self.get_steps()
                                      if step.name.startswith(title + ", ") and state in step.name), None),
                        f"the step {title} {state} on the canvas")

    def get_box(self, accessible):
        """x, y, width, height on the display."""
        extents = accessible.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        box = extents.x + self.border, extents.y + self.border, extents.width, extents.height
        return tuple(value * self.scale for value in box)

    def get_center(self, accessible):
        return get_middle(self.get_box(accessible))

    def wait_for_rest(self, find, what):
        """The box of what find() finds, once it stays where it is."""
        boxes = []

        def rest():
            boxes.append(self.get_box(find()))
            return len(boxes) > REST and len(set(boxes[-REST:])) == 1 and boxes[-1]

        return wait_for(rest, f"{what} to rest")

    def wait_for_run(self, number):
        """Waits until a run is over and another can be started. Returns what `runnel list` says of it."""
        run = wait_for(lambda: next((run for run in self.home.list_runs()
                                     if run["run"] == number and run.get("finished")), None), f"the end of run {number}")
        wait_for(lambda: self.find("push button", "Stop") is None, f"the window to learn of the end of run {number}")
        return run

    def get_text(self, accessible):
        text = accessible.queryText()
        return text.getText(0, text.characterCount)  # GTK 4.8 does not take -1 for the end

    def dump(self):
        """All accessibles as text."""
        lines = []

        def visit(accessible, depth):
            try:
                lines.append(f"{'  ' * depth}{accessible.getRoleName()} '{accessible.name}'")
                for i in range(accessible.childCount):
                    child = accessible.getChildAtIndex(i)
                    if child is not None:
                        visit(child, depth + 1)
            except Exception as error:
                lines.append(f"{'  ' * depth}({error})")

        visit(self.application, 0)
        return "\n".join(lines)

    def screenshot(self, path):
        subprocess.run(["import", "-window", "root", "-crop", self.get_geometry(), "+repage", str(path)], check=True)

    def get_geometry(self):
        output = subprocess.run(["xdotool", "getwindowgeometry", "--shell", self.window_id],
                                capture_output=True, text=True, check=True).stdout
        values = dict(line.split("=", 1) for line in output.splitlines() if "=" in line)
        return f"{values['WIDTH']}x{values['HEIGHT']}+{values['X']}+{values['Y']}"

    # --- What a person does -------------------------------------------------------

    def xdotool(self, *args):
        subprocess.run(["xdotool", *map(str, args)], check=True, stdout=subprocess.DEVNULL)

    def do(self, *commands):
        """Several commands of xdotool in one. A pointer that is there already is not moved: xdotool would wait for
        it to move."""
        words, rest = [], list(commands)
        while rest:
            if rest[:2] == ["mousemove", "--sync"]:
                moves, rest = rest[:4], rest[4:]
                if tuple(moves[2:]) == self.pointer:
                    continue
                self.pointer = tuple(moves[2:])
                words += moves
            else:
                words.append(rest.pop(0))
        if words:
            self.xdotool(*words)

    def click_at(self, x, y, button=1, times=1):
        self.do("mousemove", "--sync", x, y, "click", "--repeat", times, "--delay", CLICK_MS, button)

    def click(self, accessible, button=1, times=1):
        box = self.wait_for_rest(lambda: accessible, accessible.name)
        self.click_at(*get_middle(box), button=button, times=times)

    def select(self, step):
        """Clicks a step without a name, and waits for its properties: until then the fields are those of another."""
        self.click(self.get_step(step))
        self.wait_for_properties(step)

    def wait_for_properties(self, step):
        wait_for(lambda: self.get_text(self.find("text", contains="Id")) == step, f"the properties of {step}")

    def press(self, accessible):
        """Does what the widget is for, wherever it is."""
        action = accessible.queryAction()
        if action.nActions == 0 or not action.doAction(0):
            raise Failure(f"{accessible.name} has no action")

    def drag(self, start, end, button=1, steps=12, arrived=lambda: None):
        self.do("mousemove", "--sync", *start, "mousedown", button)
        for i in range(1, steps + 1):
            x = start[0] + (end[0] - start[0]) * i // steps
            y = start[1] + (end[1] - start[1]) * i // steps
            self.do("mousemove", "--sync", x, y)
            time.sleep(0.01)
        arrived()
        self.xdotool("mouseup", button)

    def drag_and_drop(self, start, end):
        """From one widget to another. What is let go before the two have heard of each other would fall in
        between, so it is moved about there for a while, and each time the application has its turn."""
        x, y = end

        def move_about():
            for i in range(10):
                self.do("mousemove", "--sync", x + 1 - i % 2, y)
                self.get_box(self.window)
                self.get_box(self.window)
                time.sleep(0.02)

        self.drag(start, end, steps=20, arrived=move_about)

    def key(self, *keys):
        self.xdotool("key", "--delay", 30, *keys)

    def type(self, text):
        self.xdotool("type", "--delay", 8, text)


def is_visible(accessible):
    try:
        return accessible.getState().contains(pyatspi.STATE_VISIBLE)
    except Exception:  # gone meanwhile, or never there
        return False


def get_middle(box):
    x, y, width, height = box
    return x + width // 2, y + height // 2


def read_pipeline(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))


def run_tests(tests):
    """Runs (name, function) pairs, each with a home of its own, and prints TAP."""
    # A desktop has somebody who shows notifications: without, the application warns.
    from notifications import Notifications
    desktop = Notifications()
    chosen = [test for test in tests if len(sys.argv) < 2 or any(word in test[0] for word in sys.argv[1:])]
    print(f"1..{len(chosen)}", flush=True)
    failed = 0
    for number, (name, function) in enumerate(chosen, 1):
        home = Home()
        home.desktop = desktop
        home.designers = []
        try:
            function(home)
            print(f"ok {number} {name}", flush=True)
        except Exception as error:
            failed += 1
            report(home, number, name, error)
        finally:
            for designer in home.designers:
                designer.close()
            home.remove()
    sys.exit(1 if failed else 0)


def report(home, number, name, error):
    """Says that a test failed: what helps to understand it goes to files, what failed comes last."""
    comment("".join(traceback.format_tb(error.__traceback__)))
    for designer in home.designers[-1:]:
        comment(designer.read_log().partition("Shadow bytes")[0])
        leave_behind(designer, pathlib.Path(tempfile.gettempdir()) / f"runnel{name.replace('/', '-')}")
    print(f"not ok {number} {name}")
    comment(f"{type(error).__name__}: {error}")


def leave_behind(designer, path):
    """What is to be seen, and what assistive technology sees."""
    picture, tree = f"{path}.png", pathlib.Path(f"{path}.txt")
    try:
        designer.screenshot(picture)
        comment(f"picture: {picture}")
        tree.write_text(designer.dump(), encoding="utf-8")
        comment(f"accessibles: {tree}")
    except Exception as error:
        comment(f"no more to tell: {error}")


def comment(text):
    """Prints the end of a text beside the results."""
    for line in text.splitlines()[-REPORT_LINES:]:
        print(f"# {line}", flush=True)


def open_designer(home, *files, **options):
    designer = Designer(home, *files, **options)
    home.designers.append(designer)
    return designer
