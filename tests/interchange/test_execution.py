# test_execution.py: the same pipeline run by Runnel and by what is exported of it
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each engine gives the state of every step, the order in which steps began and ended, and what
they were given. All must agree with Runnel; the table of states is printed.

Another system is one more entry in ENGINES: a function that runs the pipeline p.runnel.json of a
sandbox, and returns the states by step (None for what the system does not tell of) and the folder
in which it ran, where the steps have left `trace`."""

import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from runnel_test import Skipped, main  # noqa: E402


def script(step, run, **members):
    """Tells in the file `trace` when it begins and ends, and what it was given."""
    lines = [f'echo "begin {step} $RUNNEL_ATTEMPT" >>trace', run, f'echo "end {step}" >>trace']
    return {"id": step, "kind": "script", "with": {"run": "\n".join(lines) + "\n"}, **members}


STEPS = [
    script("build", 'echo "version=1.2 $RUNNEL_PARAM_CHANNEL" >>"$RUNNEL_OUTPUT"'),
    script("flaky", 'test "$RUNNEL_ATTEMPT" -ge 3', needs=["build"], retry={"max": 3, "delay": "10ms"}),
    script("broken", 'echo "end broken" >>trace; exit 7', needs=["build"]),
    script("repair", ":", needs=[{"step": "broken", "on": "failure"}]),
    script("never", ":", needs=["broken"]),
    script("clean", ":", needs=[{"step": "never", "on": "always"}]),
    script("legs", 'echo "given legs $RUNNEL_MATRIX_OS" >>trace', needs=["flaky"], matrix={"os": ["a", "b"]}),
    script("tolerated", 'echo "end tolerated" >>trace; exit 1', **{"continue-on-error": True}),
    script("use", 'echo "given use $V" >>trace', needs=["legs", "tolerated"],
           env={"V": "${{ steps.build.outputs.version }}"}),
    script("not-now", ":", needs=["build"], **{"if": "params.channel == 'beta'"}),
]
PIPELINE = {
    "format": 1,
    "name": "Comparison",
    "parameters": {"channel": {"default": "stable"}},
    "steps": STEPS,
}


def export(box, system):
    """Returns the folder with the files."""
    convert = os.path.join(os.environ["RUNNEL_BUILD_DIR"], "tests", "interchange", "convert")
    done = subprocess.run(
        [convert, "export", system, box.path(system), box.path("p.runnel.json")],
        env=box.env, capture_output=True, text=True, check=False,
    )
    assert done.returncode == 0, done.stderr
    folder = os.path.join(box.path(system), "p.runnel.json")
    script = os.path.join(folder, "p.sh")
    if os.path.exists(script):
        os.chmod(script, 0o755)
    return folder


def execute(box, folder, *argv):
    if not shutil.which(argv[0]):
        raise Skipped(f"{argv[0]} is not installed")
    env = {key: value for key, value in box.env.items() if key != "MAKEFLAGS"}
    return subprocess.run(argv, cwd=folder, env=env, capture_output=True, text=True, check=False).stdout


def read_summary(output):
    lines = [line[3:].split("\t") for line in output.splitlines() if line.startswith("   ") and "\t" in line]
    return dict(lines)


def run_by_runnel(box):
    events = box.events("p.runnel.json")
    return {event["step"]: event["state"] for event in events if event["event"] == "step-finished"}, box.work


def run_by_shell(box):
    folder = export(box, "shell")
    return read_summary(execute(box, folder, "sh", "p.sh")), folder


def run_by_make(box):
    folder = export(box, "make")
    return read_summary(execute(box, folder, "make", "-s", "-j2")), folder


def run_by_ninja(box):
    folder = export(box, "ninja")
    return read_summary(execute(box, folder, "ninja", "-j", "2")), folder


ENGINES = {"Runnel": run_by_runnel, "shell": run_by_shell, "make": run_by_make, "ninja": run_by_ninja}


def read_trace(folder):
    with open(os.path.join(folder, "trace"), encoding="utf-8") as file:
        return file.read().splitlines()


def check_order(engine, trace):
    """Whatever was over before something else began must be over in the trace."""
    for step in STEPS:
        begins = [i for i, line in enumerate(trace) if line.startswith(f"begin {step['id']} ")]
        for need in step.get("needs", []):
            source = need if isinstance(need, str) else need["step"]
            ends = [i for i, line in enumerate(trace) if line == f"end {source}"]
            assert not begins or not ends or max(ends) < min(begins), (engine, source, step["id"], trace)


def print_table(states):
    engines = list(states)
    print("# " + " | ".join(["step".ljust(10)] + [engine.ljust(10) for engine in engines]))
    for step in states["Runnel"]:
        cells = [(states[engine].get(step) or "-").ljust(10) for engine in engines]
        print("# " + " | ".join([step.ljust(10)] + cells))


def test_all_engines_agree(box):
    box.write("p.runnel.json", PIPELINE)
    states, traces = {}, {}
    for engine, run in ENGINES.items():
        try:
            states[engine], folder = run(box)
            traces[engine] = read_trace(folder)
        except Skipped as why:
            print(f"# {engine}: {why}")
    print_table(states)
    for engine, found in states.items():
        check_order(engine, traces[engine])
        for step, state in states["Runnel"].items():
            assert found.get(step) in (None, state), (engine, step, found.get(step), state)
        assert sorted(traces[engine]) == sorted(traces["Runnel"]), (engine, traces[engine], traces["Runnel"])


if __name__ == "__main__":
    main()
