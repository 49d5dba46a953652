#!/usr/bin/env python3
"""Logs: one that is long, one that grows, those of all steps as one, and a text in those of many runs.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import subprocess

from designer import open_designer, run_tests, wait_for

LONG = """
for i in $(seq 1 1500); do echo "line $i."; done
echo '::group::Compile'
printf '\\033[32mfile 1\\033[0m\\n'
echo '::endgroup::'
printf '10 %%\\r50 %%\\r100 %%\\n'
echo 'a.c:1:2: error: first'
for i in $(seq 1501 3000); do echo "line $i."; done
exit 1
"""

GROWING = """
echo begin
while [ ! -e go ]; do sleep 0.05; done
for i in $(seq 1 500); do echo "line $i."; done
echo 'the end'
"""


def write_pipeline(home, name, *scripts):
    """The steps are s1, s2, ..., one after the other."""
    path = home.work / f"{name.lower()}.runnel.json"
    steps = [{"id": f"s{i}", "kind": "script", "with": {"run": script}, "needs": [f"s{i - 1}"] if i > 1 else []}
             for i, script in enumerate(scripts, 1)]
    path.write_text(json.dumps({"format": 1, "name": name, "steps": steps}), encoding="utf-8")
    return path


def open_run(home, name):
    """The page of the latest run, which is of this pipeline."""
    designer = open_designer(home, size=(1000, 950))
    designer.key("ctrl+h")
    designer.wait(contains=f" of {name}: ")
    designer.key("Return")
    designer.wait("push button", "Open Pipeline")
    return designer


def get_log(designer):
    return designer.wait("text", "Log")


def read_log(designer):
    """The lines that are seen."""
    return designer.get_text(get_log(designer)).split("\n")


def wait_to_see(designer, line):
    wait_for(lambda: line in read_log(designer), f"the line “{line}” to be seen")


def wait_not_to_see(designer, line):
    wait_for(lambda: line not in read_log(designer), f"the line “{line}” not to be seen")


def give_keyboard_to_log(designer):
    designer.click(get_log(designer))
    wait_for(lambda: get_log(designer).getState().contains(designer.FOCUSED), "the focus in the log")


def read_clipboard():
    return subprocess.run(["xclip", "-selection", "clipboard", "-o"], capture_output=True, text=True,
                          check=True).stdout


def test_long(home):
    home.runnel("run", str(write_pipeline(home, "Long", LONG)), check=False)
    designer = open_run(home, "Long")

    # The step that failed is the one whose log is wanted, and its end comes first.
    wait_to_see(designer, "line 3000.")
    give_keyboard_to_log(designer)
    designer.key("g")
    wait_to_see(designer, "line 1.")

    # Found, and on to the next and back.
    designer.key("ctrl+f")
    designer.type("line 99")
    designer.wait("status bar", "1 of 11")
    wait_to_see(designer, "line 99.")
    designer.key("Return")
    designer.wait("status bar", "2 of 11")
    wait_to_see(designer, "line 990.")
    designer.key("shift+F3")
    designer.wait("status bar", "1 of 11")

    # Only what was found, and all again.
    only_matches = designer.wait("push button", "Only lines with a match")
    designer.click(only_matches)
    wait_for(lambda: read_log(designer)[:4] == ["line 99.", "line 990.", "line 991.", "line 992."],
             "only the lines with a match")
    designer.click(only_matches)
    wait_not_to_see(designer, "line 990.")
    designer.key("Escape")
    wait_for(lambda: designer.find("status bar", "1 of 11") is None, "the search to go")

    # The first error, as the compiler tells it; before it a group, and what a progress bar left.
    give_keyboard_to_log(designer)
    designer.key("e")
    wait_to_see(designer, "a.c:1:2: error: first")
    wait_to_see(designer, "file 1")
    wait_to_see(designer, "100 %")
    designer.key("shift+alt+g")
    wait_not_to_see(designer, "file 1")
    wait_to_see(designer, "::group::Compile")
    designer.key("alt+g")
    wait_to_see(designer, "file 1")

    # All of it in the clipboard, without colours.
    designer.key("ctrl+a", "ctrl+c")
    wait_for(lambda: read_clipboard().startswith("line 1.\n"), "the log in the clipboard")
    copied = read_clipboard().splitlines()
    assert "file 1" in copied and "100 %" in copied and copied[-1] == "line 3000.", copied[-10:]


def test_growing(home):
    home.runnel("run", "--detach", str(write_pipeline(home, "Growing", GROWING)))
    designer = open_run(home, "Growing")
    designer.key("Down")
    wait_to_see(designer, "begin")
    (home.work / "go").touch()
    wait_to_see(designer, "the end")
    assert "begin" not in read_log(designer)
    designer.wait_for_run(1)


def test_all_steps(home):
    home.runnel("run", str(write_pipeline(home, "Steps", "echo one", "echo two")))
    designer = open_run(home, "Steps")

    # With no step selected they are one; each line says whose it is.
    wait_for(lambda: read_log(designer) == ["s1: one", "s2: two"], "both logs as one")
    designer.key("Down")
    wait_for(lambda: read_log(designer) == ["one"], "the log of the first step")
    designer.click(designer.wait("push button", "All Steps"))
    wait_for(lambda: read_log(designer) == ["s1: one", "s2: two"], "both logs as one again")


def test_many_runs(home):
    talk = write_pipeline(home, "Talk", "for i in $(seq 1 300); do echo $i; done; echo a Needle; seq 301 600")
    quiet = write_pipeline(home, "Quiet", "echo nothing")
    for path in [talk, quiet, talk]:
        home.runnel("run", str(path))
    designer = open_designer(home, size=(1000, 950))
    designer.key("ctrl+h")
    designer.wait(name="Run 3 of Talk: Succeeded")

    # In all of them; Enter goes to the list, and from there to the line.
    designer.key("ctrl+alt+f")
    designer.wait("label", "Search in Logs")
    designer.type("needle")
    designer.wait("status bar", "2 lines in 2 runs")
    designer.wait(name="Run 1 of Talk: Succeeded")
    designer.key("Return", "Home", "Down", "Return")
    designer.wait("push button", "Open Pipeline")
    designer.wait("status bar", "1 of 1")
    wait_to_see(designer, "a Needle")
    assert "600" not in read_log(designer)

    # In the log of one that is selected.
    designer.key("ctrl+h")
    designer.click(designer.wait(contains="Run 2 of Quiet"), button=3)
    designer.press(designer.wait("menu item", "Search in the Logs…"))
    designer.wait("label", "1 selected run")
    designer.wait("label", "Nothing Found")
    designer.key("ctrl+a")
    designer.type("thing")
    designer.wait("status bar", "1 line in 1 run")


if __name__ == "__main__":
    run_tests([("/e2e/logs/long", test_long),
               ("/e2e/logs/growing", test_growing),
               ("/e2e/logs/all-steps", test_all_steps),
               ("/e2e/logs/many-runs", test_many_runs)])
