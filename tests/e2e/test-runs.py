#!/usr/bin/env python3
"""The list of runs: finding some, keeping some, deleting some, by pointer and by key.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json

from designer import Failure, open_designer, run_tests, wait_for


SUCCEEDED = 5  # place in the list of states, behind “Any state”


def write_pipeline(home, name, program):
    path = home.work / f"{name.lower()}.runnel.json"
    path.write_text(json.dumps({"format": 1, "name": name,
                                "steps": [{"id": "try", "kind": "command", "with": {"argv": [program]}}]}),
                    encoding="utf-8")
    return path


def make_history(home):
    """Runs 1, 3, 5 succeed, 2 and 4 fail."""
    good = write_pipeline(home, "Good", "true")
    bad = write_pipeline(home, "Bad", "false")
    for path in [good, bad, good, bad, good]:
        home.runnel("run", str(path), check=False)


def open_runs(home):
    designer = open_designer(home, size=(900, 700))
    designer.key("ctrl+h")
    designer.wait(name="Run 5 of Good: Succeeded")
    return designer


def list_shown(designer):
    """The numbers of the runs in the list, from top to bottom."""
    rows = [row.name for row in designer.find_all(contains="Run ") if " of " in row.name and ": " in row.name]
    return [int(name.split()[1]) for name in rows]


def wait_for_shown(designer, *runs):
    wait_for(lambda: list_shown(designer) == list(runs), f"the runs {runs} in the list")


def get_row(designer, run):
    return designer.wait(contains=f"Run {run} of ")


def wait_for_run(home, run, is_so, what):
    def check():
        record = next((r for r in home.list_runs() if r["run"] == run), None)
        return record is not None and is_so(record)

    wait_for(check, f"run {run} {what}")


def is_selected(designer, run):
    """The state is that of the cell around the row."""
    return get_row(designer, run).parent.getState().contains(designer.SELECTED)


def click_row(designer, run, *modifiers, button=1):
    for modifier in modifiers:
        designer.xdotool("keydown", modifier)
    designer.click(get_row(designer, run), button=button)
    for modifier in modifiers:
        designer.xdotool("keyup", modifier)


def press_in_menu(designer, run, item):
    """Chooses from the menu of a row. A click while another page is on its way out goes to that, so it may take two."""
    click_row(designer, run, button=3)
    try:
        found = designer.wait("menu item", item, limit=10)
    except Failure:
        click_row(designer, run, button=3)
        found = designer.wait("menu item", item)
    designer.press(found)


def test_find(home):
    make_history(home)
    designer = open_runs(home)
    wait_for_shown(designer, 5, 4, 3, 2, 1)

    # A word with a key becomes a token; the list has what is asked for.
    designer.key("ctrl+f")
    designer.type("state:failed ")
    designer.wait("push button", contains="“Failed”")
    wait_for_shown(designer, 4, 2)
    designer.wait("label", "2 of 5 runs")

    # What nobody understands is told, and changes nothing.
    designer.type("sate:x ")
    designer.wait("label", contains="did you mean “state:”?")
    wait_for_shown(designer, 4, 2)
    designer.key("ctrl+a", "BackSpace")

    # Nothing found: the way back is a button.
    designer.type("no such text")
    designer.wait("label", "0 of 5 runs")
    designer.press(designer.wait("push button", contains="Show _All Runs"))
    wait_for_shown(designer, 5, 4, 3, 2, 1)

    # The same by a list in the popover, and a click on the token.
    designer.click(designer.wait(name="Filter"))
    designer.wait("combo box", contains="State")
    designer.key("Tab", "space", *["Down"] * SUCCEEDED, "Return")
    wait_for_shown(designer, 5, 3, 1)
    designer.key("Escape")
    designer.click(designer.wait("push button", contains="“Succeeded”"))
    wait_for_shown(designer, 5, 4, 3, 2, 1)


def test_keys(home):
    make_history(home)
    designer = open_runs(home)

    # Two of them by key, pinned.
    designer.key("Down", "shift+Down")
    designer.wait("label", contains="2 selected of")
    designer.key("ctrl+b")
    wait_for_run(home, 4, lambda run: run.get("pinned"), "pinned")
    wait_for_run(home, 3, lambda run: run.get("pinned"), "pinned")
    assert not any(run.get("pinned") for run in home.list_runs() if run["run"] in (1, 2, 5))

    # A label for both.
    designer.key("F2")
    designer.wait("label", "Labels of 2 Runs")
    designer.type("nightly")
    designer.press(designer.wait("push button", contains="Apply"))
    wait_for_run(home, 4, lambda run: run.get("labels") == ["nightly"], "labelled")
    designer.wait("label", "nightly")

    # They go, after a question that says how many, and that they were to be kept.
    designer.key("Delete")
    designer.wait("label", "Delete 2 Runs?")
    designer.wait("label", "All of them are pinned.")
    designer.key("Escape")
    wait_for(lambda: designer.find("label", "Delete 2 Runs?") is None, "the question to go")
    assert len(home.list_runs()) == 5
    designer.key("Delete")
    designer.wait("label", "Delete 2 Runs?")
    designer.press(designer.wait("push button", contains="_Delete"))
    wait_for_shown(designer, 5, 2, 1)
    assert [run["run"] for run in home.list_runs()] == [5, 2, 1]

    # The keyboard is still in the list, and Enter opens a run.
    designer.key("Home", "Return")
    designer.wait("push button", "Open Pipeline")


def test_pointer(home):
    make_history(home)
    designer = open_runs(home)

    # Some here and there.
    click_row(designer, 5)
    click_row(designer, 2, "ctrl")
    designer.wait("label", contains="2 selected of")
    assert is_selected(designer, 5) and is_selected(designer, 2)
    designer.click(designer.wait("push button", "Pin the Selected Runs"))
    wait_for_run(home, 2, lambda run: run.get("pinned"), "pinned")

    # Two of them, and no more, are compared: the earlier one is what the later is measured by.
    press_in_menu(designer, 5, "Compare the Two")
    designer.wait("label", contains="after, below: run 5 (succeeded")
    designer.key("Escape")
    wait_for_shown(designer, 5, 4, 3, 2, 1)

    # The menu is about the row that was clicked, when it is not among the selected ones.
    press_in_menu(designer, 4, "Labels…")
    designer.wait("label", "Labels of 1 Run")
    designer.type("odd")
    designer.key("Return")
    designer.wait("check box", "odd")
    designer.press(designer.wait("push button", contains="Apply"))
    wait_for_run(home, 4, lambda run: run.get("labels") == ["odd"], "labelled")

    # With the boxes a click chooses one more.
    designer.click(designer.wait(name="Select Runs"))
    click_row(designer, 3)
    click_row(designer, 1)
    designer.wait("label", contains="3 selected of")
    click_row(designer, 4)
    designer.wait("label", contains="2 selected of")
    designer.click(designer.wait("push button", "Delete the Selected Runs"))
    designer.wait("label", "Delete 2 Runs?")
    designer.press(designer.wait("push button", contains="_Delete"))
    wait_for_shown(designer, 5, 4, 2)
    designer.key("Escape")
    wait_for(lambda: designer.find("label", contains="selected of") is None, "the boxes to go")

    # A run that somebody else starts comes into the list.
    home.runnel("run", str(home.work / "good.runnel.json"))
    wait_for_shown(designer, 6, 5, 4, 2)

    # Again, as it was.
    click_row(designer, 6, button=3)
    designer.press(designer.wait("menu item", "Run Again as It Was"))
    wait_for_shown(designer, 7, 6, 5, 4, 2)


if __name__ == "__main__":
    run_tests([("/e2e/runs/find", test_find),
               ("/e2e/runs/keys", test_keys),
               ("/e2e/runs/pointer", test_pointer)])
