# runnel_test.py: drives the real `runnel` in folders of its own and prints TAP
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests are functions whose names begin with test_; each gets a Sandbox. main() runs those of
the calling file. A test fails by any exception, usually that of an assert."""

import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

BINARY = os.path.join(os.environ["RUNNEL_BUILD_DIR"], "src", "cli", "runnel")
PATIENCE = 60.0  # seconds until something that never comes is given up


class Skipped(Exception):
    """Raised by a test that can't be made here; says why."""


def ask_system_python(module, code, text):
    """Runs code that needs a module of Debian's in the Python that has it; returns what it prints."""
    python = "/usr/bin/python3"
    done = subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False)
    if done.returncode != 0:
        raise Skipped(f"{python} has no {module}; Debian has it in the package python3-{module.replace('_', '-')}")
    done = subprocess.run([python, "-c", code], input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Sandbox:
    """A home of its own, with a folder for pipelines."""

    def __init__(self):
        self.root = tempfile.mkdtemp(prefix="runnel-cli-")
        self.work = os.path.join(self.root, "work")
        os.mkdir(self.work)
        self.env = dict(os.environ)
        self.env.update(
            HOME=self.root,
            XDG_CONFIG_HOME=os.path.join(self.root, "config"),
            XDG_CONFIG_DIRS=os.path.join(self.root, "xdg"),
            XDG_CACHE_HOME=os.path.join(self.root, "cache"),
            XDG_DATA_HOME=os.path.join(self.root, "data"),
            XDG_STATE_HOME=os.path.join(self.root, "state"),
            XDG_RUNTIME_DIR=self.root,
            LC_ALL="C.UTF-8",
            TZ="UTC",
        )
        for name in ("G_DEBUG", "NO_COLOR", "COLUMNS", "LINES"):
            self.env.pop(name, None)
        self.env["G_DEBUG"] = "fatal-criticals"

    def close(self):
        shutil.rmtree(self.root, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.work, name)

    def write(self, name, content):
        text = content if isinstance(content, str) else json.dumps(content)
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def pipeline(self, *steps, name="p.runnel.json", **members):
        return self.write(name, {"format": 1, "name": "Test", **members, "steps": list(steps)})

    def run(self, *args, code=0, text=None, patience=PATIENCE):
        """Runs the command to its end; returns its standard output and error."""
        done = subprocess.run(
            [BINARY, *args],
            cwd=self.work,
            env=self.env,
            input=text,
            stdin=subprocess.DEVNULL if text is None else None,
            capture_output=True,
            text=True,
            timeout=patience,
            check=False,
        )
        assert done.returncode == code, (
            f"{args}: exit code {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}"
        )
        return done.stdout, done.stderr

    def run_any(self, *args):
        """Runs the command to its end, whichever; returns what subprocess.run() does."""
        return subprocess.run(
            [BINARY, *args], cwd=self.work, env=self.env, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, timeout=PATIENCE, check=False,
        )

    def json(self, *args, code=0):
        return json.loads(self.run(*args, code=code)[0])

    def events(self, *args, code=0):
        out, _ = self.run("run", "--json", *args, code=code)
        return [json.loads(line) for line in out.splitlines()]

    def start(self, *args, stdin=subprocess.DEVNULL, **options):
        """Starts the command and leaves it running."""
        return subprocess.Popen(
            [BINARY, *args],
            cwd=self.work,
            env=self.env,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def kill_engine(self, process):
        """Kills a run's engine in one blow, and waits until its guard has cleaned up."""
        with open(f"/proc/{process.pid}/task/{process.pid}/children", encoding="ascii") as file:
            engine = int(file.read().split()[0])
        os.kill(engine, signal.SIGKILL)
        process.communicate()

    def wait_for(self, condition, what):
        """Asks again and again until `condition` gives something true, and returns that."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            result = condition()
            if result:
                return result
            time.sleep(0.02)
        raise AssertionError(f"never came: {what}")

    def step(self, run, step):
        """A step of a run as `show --json` tells it, or None when there is none yet."""
        done = subprocess.run(
            [BINARY, "show", "--json", str(run)],
            cwd=self.work, env=self.env, capture_output=True, text=True, check=False,
        )
        if done.returncode != 0:
            return None
        for candidate in json.loads(done.stdout)["steps"]:
            if candidate["id"] == step:
                return candidate
        return None

    def wait_for_step(self, run, step, state):
        def condition():
            found = self.step(run, step)
            return found and found["state"] == state

        return self.wait_for(condition, f"step {step} of run {run} {state}")

    def terminal(self, *args, width=80, height=24, **env):
        return Terminal(self, args, width, height, env)


class Terminal:
    """The command on a terminal of its own."""

    def __init__(self, sandbox, args, width, height, env):
        self.output = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup it would be ignored
            os.chdir(sandbox.work)
            os.execve(BINARY, [BINARY, *args], {**sandbox.env, "TERM": "xterm", **env})
        self.resize(width, height)

    def resize(self, width, height):
        import fcntl
        import struct
        import termios

        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def read(self):
        try:
            data = os.read(self.fd, 65536)
        except OSError:  # the other side is closed
            data = b""
        self.output += data
        return data

    def wait_for(self, text):
        end = time.monotonic() + PATIENCE
        while text.encode() not in self.output:
            ready, _, _ = select.select([self.fd], [], [], max(end - time.monotonic(), 0))
            assert ready and self.read(), f"never came: {text!r}; the end was {self.output[-500:]!r}"

    def type(self, data):
        os.write(self.fd, data)

    def finish(self):
        """Reads to the end; returns the exit code."""
        while self.read():
            pass
        _, status = os.waitpid(self.pid, 0)
        os.close(self.fd)
        return os.waitstatus_to_exitcode(status)


def command(step, *argv, **members):
    return {"id": step, "kind": "command", "with": {"argv": list(argv)}, **members}


def look_once():
    """For what takes long and is about other programs: once is enough, in the build without sanitizers."""
    if os.environ["RUNNEL_BUILD_DIR"].endswith("build-asan"):
        raise Skipped("looked at in the other build")


def script(step, text, **members):
    return {"id": step, "kind": "script", "with": {"run": text}, **members}


def on_small_disk(box, text):
    """Runs a shell command that has a mount namespace of its own, with a small file system at
    $SMALL."""
    small = box.path("small")
    os.makedirs(small, exist_ok=True)
    unshare = ["unshare", "--mount", "--map-root-user"]
    if subprocess.run([*unshare, "true"], check=False, capture_output=True).returncode != 0:
        raise Skipped("no mount namespaces here")
    return subprocess.run([*unshare, "sh", "-ec", f"mount -t tmpfs -o size=2m none {small}; {text}"],
                          cwd=box.work, env={**box.env, "SMALL": small}, capture_output=True, text=True,
                          check=False, timeout=PATIENCE)


def main():
    module = sys.modules["__main__"]
    tests = [name for name in dir(module) if name.startswith("test_")]
    failed = False
    print(f"1..{len(tests)}", flush=True)
    for number, name in enumerate(tests, 1):
        sandbox = Sandbox()
        try:
            getattr(module, name)(sandbox)
            print(f"ok {number} {name}", flush=True)
        except Skipped as reason:
            print(f"ok {number} {name} # SKIP {reason}", flush=True)
        except Exception:  # pylint: disable=broad-except
            failed = True
            print(f"not ok {number} {name}")
            for line in traceback.format_exc().splitlines():
                print(f"# {line}", flush=True)
        finally:
            sandbox.close()
    sys.exit(failed)
