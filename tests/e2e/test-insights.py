#!/usr/bin/env python3
"""The page of statistics: a time is chosen, a chart is walked through by keys, shown as a table and saved, and a click on
a run that took far too long opens that run.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import sqlite3
import subprocess
import time

from designer import open_designer, run_tests, wait_for

PIPELINE = {
    "format": 1,
    "name": "Nightly",
    "steps": [{"id": "build", "kind": "command", "with": {"argv": ["true"]}}],
}

SECOND = 1000000
N_RUNS = 12
SLOW = 7  # the run that took far too long
VERMILION = bytes([0xc2, 0x41, 0x0c])  # what outliers are drawn with


def make_history(home, path):
    """A real run, and eleven like it: each ten seconds long, an hour after the other, but for the slow one."""
    home.runnel("run", str(path))
    history = sqlite3.connect(home.path / "data" / "runnel" / "history.db")
    now = int(time.time()) * SECOND
    for run in range(2, N_RUNS + 1):
        start = now - (40 - 3 * run) * 3600 * SECOND
        end = start + (500 if run == SLOW else 10) * SECOND
        history.execute("INSERT INTO run (id, uuid, pipeline, definition, state, started, finished, pid, pid_start)"
                        " VALUES (?, ?, 1, 1, 4, ?, ?, 1, 1)", (run, f"made-up-{run}", start, end))
        history.execute("INSERT INTO step (run, step, state, queued, finished) VALUES (?, 0, 4, ?, ?)", (run, start, end))
        history.execute("INSERT INTO attempt (run, step, attempt, state, started, finished) VALUES (?, 0, 1, 4, ?, ?)",
                        (run, start, end))
    history.commit()
    history.close()


def open_insights(home):
    path = home.work / "nightly.runnel.json"
    path.write_text(json.dumps(PIPELINE), encoding="utf-8")
    make_history(home, path)
    designer = open_designer(home, path, size=(1400, 950))
    designer.get_canvas()
    designer.key("ctrl+i")
    designer.wait("label", "Runs a Day")
    return designer


def choose_time(designer, title):
    """By keys, from the pipeline over the step to the time."""
    times = designer.wait(name="Time")
    designer.click(times)
    designer.click(designer.wait("label", title))


def get_chart(designer, title):
    return designer.wait("panel", title)


def focus_chart(designer, title):
    chart = get_chart(designer, title)
    for _ in range(12):
        if chart.getState().contains(designer.FOCUSED):
            return chart
        designer.key("Tab")
    return wait_for(lambda: chart.getState().contains(designer.FOCUSED) and chart, f"the keyboard in {title}")


def choose(designer, title, item):
    """From the menu of a chart, by keys: pressed from outside the menu would stay open."""
    designer.click(designer.wait(name=f"Table and export of “{title}”"))
    wanted = designer.wait(contains=item)
    for _ in range(6):
        if wanted.getState().contains(designer.FOCUSED):
            break
        designer.key("Down")
    wait_for(lambda: wanted.getState().contains(designer.FOCUSED), f"the keyboard at {item}")
    designer.key("Return")


def find_outlier(designer, chart):
    """Where the diamond is: in the upper half of the chart, for the legend has one, too."""
    left, top, width, height = designer.get_box(chart)
    picture = subprocess.run(["import", "-window", "root", "-crop", f"{width}x{height // 2}+{left}+{top}", "+repage",
                              "-depth", "8", "rgb:-"], check=True, capture_output=True).stdout
    places = [i // 3 for i in range(0, len(picture), 3) if picture[i:i + 3] == VERMILION]
    if not places:
        return None
    middle = places[len(places) // 2]
    return left + middle % width, top + middle // width


def test_keys(home):
    designer = open_insights(home)
    choose_time(designer, "7 Days")
    designer.wait("label", "Runs an Hour")
    chart = focus_chart(designer, "Duration")
    designer.key("Up")  # into the chart, to the lines
    designer.key("Up")  # to the runs
    wait_for(lambda: chart.description.startswith("Run 2, "), lambda: f"run 2, not {chart.description}")
    for _ in range(SLOW - 2):
        designer.key("Right")
    wait_for(lambda: chart.description.startswith(f"Run {SLOW}, ") and "far slower than usual" in chart.description,
             lambda: f"run {SLOW}, not {chart.description}")
    designer.wait("label", contains=f"Run {SLOW}, ")  # it is there to be read, too
    designer.key("Return")
    designer.wait("panel", contains=f"Timing of Nightly, run {SLOW}")


def test_pointer(home):
    designer = open_insights(home)
    chart = get_chart(designer, "Duration")
    designer.wait_for_rest(lambda: chart, "the chart")
    x, y = wait_for(lambda: find_outlier(designer, chart), "the run that took far too long")
    designer.click_at(x, y)
    designer.wait("panel", contains=f"Timing of Nightly, run {SLOW}")


def test_table(home):
    designer = open_insights(home)
    choose(designer, "Duration", "Show as Table")
    designer.wait("label", "8 min 20 s")


def test_export(home):
    designer = open_insights(home)
    choose(designer, "Duration", "Save as CSV")
    designer.wait(contains="Save Chart")
    target = home.work / "durations.csv"
    designer.type(str(target.with_suffix("")))  # how the name ends is not selected, and stays
    designer.key("Return")
    text = wait_for(lambda: target.exists() and target.read_text(encoding="utf-8") or None, "the file")
    assert text.startswith("When,Succeeded,Median,95th Percentile,Run,Duration\n"), text
    assert f",{SLOW},8 min 20 s\n" in text, text
    designer.wait("label", "Saved as durations.csv")


if __name__ == "__main__":
    run_tests([("/e2e/insights/keys", test_keys), ("/e2e/insights/pointer", test_pointer),
               ("/e2e/insights/table", test_table), ("/e2e/insights/export", test_export)])
