# test_stats.py: runnel stats, against a history made by hand
# SPDX-License-Identifier: GPL-3.0-or-later

import csv
import io
import os
import sqlite3
import time

from runnel_test import command, main, script

SECOND = 1000000
HOUR = 3600 * SECOND
DAY = 24 * HOUR
SUCCEEDED, FAILED, SKIPPED = 4, 5, 7


def midnight():
    """The last one, UTC, in microseconds."""
    return int(time.time()) // 86400 * DAY


class Past:
    """Runs of "Test" with the steps "build" and "check", which a real run made known."""

    def __init__(self, box):
        box.pipeline(command("build", "true"), command("check", "true", needs=["build"]))
        box.run("run", "p.runnel.json")
        self.db = sqlite3.connect(os.path.join(box.root, "data", "runnel", "history.db"))
        self.db.execute("PRAGMA foreign_keys = ON")

    def add(self, started, build, check=1, state=SUCCEEDED, attempts=1):
        """Steps take so many seconds; with several attempts, all but the last fail."""
        run = self.db.execute("SELECT max(id) + 1 FROM run").fetchone()[0]
        middle = started + build * SECOND
        end = middle + check * SECOND
        self.db.execute(
            "INSERT INTO run (id, uuid, pipeline, definition, state, started, finished, pid, pid_start)"
            " VALUES (?, ?, 1, 1, ?, ?, ?, 1, 1)", (run, f"made-up-{run}", state, started, end))
        self.db.execute("INSERT INTO step (run, step, state, queued, finished) VALUES (?, 0, ?, ?, ?)",
                        (run, SUCCEEDED, started, middle))
        self.db.execute("INSERT INTO step (run, step, state, queued, finished) VALUES (?, 1, ?, ?, ?)",
                        (run, state, middle, end))
        for attempt in range(attempts):
            begin = started + attempt * build * SECOND // attempts
            self.db.execute(
                "INSERT INTO attempt (run, step, attempt, state, started, finished) VALUES (?, 0, ?, ?, ?, ?)",
                (run, attempt + 1, SUCCEEDED if attempt + 1 == attempts else FAILED, begin,
                 begin + build * SECOND // attempts))
        self.db.execute("INSERT INTO attempt (run, step, attempt, state, started, finished)"
                        " VALUES (?, 1, 1, ?, ?, ?)", (run, state, middle, end))
        self.db.commit()
        return run


def days(past):
    """Ten days of runs: 10 s long, then 20 s for the later half; the last but one failed."""
    start = midnight() - 10 * DAY
    for day in range(10):
        past.add(start + day * DAY + 9 * HOUR, 9 if day < 5 else 19,
                 state=FAILED if day == 8 else SUCCEEDED)
    return start


def close_to(value, exact):
    return abs(value - exact) <= exact / 64


def test_numbers(box):
    past = Past(box)
    start = days(past)
    stats = box.json("stats", "Test", "--since", "2020-01-01", "--until", "1h", "--json")
    total = stats["total"]
    assert (total["succeeded"], total["failed"], total["attempts"]) == (9, 1, 20)
    assert total["success-rate"] == 0.9
    assert close_to(total["p50-us"], 10 * SECOND) and close_to(total["p95-us"], 20 * SECOND)
    assert total["work-us"] == (5 * 10 + 5 * 20) * SECOND
    assert total["duration-us"] == (5 * 10 + 4 * 20) * SECOND
    # The step that failed on the ninth day succeeded on the tenth, in the same definition.
    assert total["flaky-between-runs"] == 1 and total["flaky-in-run"] == 0
    assert stats["period-hours"] == 24
    assert [period["begin"] for period in stats["periods"]] == [start + day * DAY for day in range(10)]
    assert stats["periods"][8]["failed"] == 1 and "p50-us" not in stats["periods"][8]


def test_steps(box):
    days(Past(box))
    stats = box.json("stats", "Test", "--since", "20d", "--until", "1h", "--json")
    steps = {step["step"]: step for step in stats["steps"]}
    build, check = steps["build"], steps["check"]
    assert build["critical-us"] == (5 * 9 + 5 * 19) * SECOND and check["critical-us"] == 10 * SECOND
    assert build["failed"] == 0 and check["failed"] == 1 and check["flaky-between-runs"] == 1
    one = box.json("stats", "Test", "--step", "build", "--since", "20d", "--until", "1h", "--json")
    assert one["total"]["succeeded"] == 10 and one["step"] == "build"
    assert len(one["runs"]) == 10 and one["runs-complete"]
    assert one["runs"][-1]["duration-us"] == 19 * SECOND


def test_change(box):
    start = days(Past(box))
    day = time.strftime("%Y-%m-%d", time.gmtime((start + 5 * DAY) / SECOND))
    stats = box.json("stats", "Test", "--since", day, "--until", f"{day}T23:00", "--json")
    assert stats["total"]["succeeded"] == 1 and stats["before"]["succeeded"] == 1
    assert stats["total"]["p50-us"] > 1.9 * stats["before"]["p50-us"]
    text = box.run("stats", "Test", "--since", day, "--until", f"{day}T23:00")[0]
    assert "Median duration   20 s          ↑ 100 % more" in text, text


def test_retries_and_waits(box):
    past = Past(box)
    run = past.add(midnight() - DAY, build=12, attempts=3)
    past.db.execute("UPDATE step SET queued = queued - 5000000 WHERE run = ? AND step = 0", (run,))
    past.db.execute("INSERT INTO wait (run, step, started, finished, reason, kind)"
                    " SELECT run, step, queued, queued + 3000000, 'pool x is full', 1 FROM step"
                    " WHERE run = ? AND step = 0", (run,))
    past.db.commit()
    total = box.json("stats", "Test", "--since", "2d", "--until", "1h", "--json")["total"]
    assert (total["retries"], total["flaky-in-run"]) == (2, 1)
    assert total["retrying-us"] == 8 * SECOND
    assert total["waited-pool-us"] == 3 * SECOND and total["queued-us"] == 2 * SECOND
    assert total["lost-us"] == 13 * SECOND
    text = box.run("stats", "Test", "--since", "2d", "--until", "1h")[0]
    assert "Waiting for a pool" in text and "Repeated attempts" in text


def test_outliers(box):
    past = Past(box)
    for hour in range(20):
        slow = past.add(midnight() - DAY + hour * HOUR, build=500 if hour == 7 else 9)
        if hour == 7:
            found = slow
    stats = box.json("stats", "Test", "--since", "3d", "--until", "1m", "--json")
    assert [run["run"] for run in stats["runs"] if run["outlier"]] == [found]
    assert f"run {found}" in box.run("stats", "Test", "--since", "3d")[0]


def test_real_runs(box):
    box.pipeline(
        command("good", "true"),
        script("flaky", 'test -e "$HOME/second" || { touch "$HOME/second"; exit 1; }', retry=1),
        command("bad", "false", **{"continue-on-error": True}),
    )
    box.run("run", "p.runnel.json")
    box.pipeline(command("other", "true"), name="q.runnel.json")
    box.run("run", "q.runnel.json")
    stats = box.json("stats", "p.runnel.json", "--json")
    steps = {step["step"]: step for step in stats["steps"]}
    assert stats["pipeline"] == box.path("p.runnel.json") and stats["total"]["succeeded"] == 1
    assert steps["flaky"]["flaky-in-run"] == 1 and steps["flaky"]["attempts"] == 2
    assert steps["bad"]["failed"] == 1 and steps["good"]["succeeded"] == 1
    both = box.json("stats", "--json")
    assert both["total"]["succeeded"] == 2
    assert sorted(one["file"] for one in both["pipelines"]) == \
        [box.path("p.runnel.json"), box.path("q.runnel.json")]


def test_csv(box):
    days(Past(box))
    rows = list(csv.DictReader(io.StringIO(
        box.run("stats", "Test", "--since", "20d", "--until", "1h", "--csv")[0])))
    assert [row["what"] for row in rows] == ["total", "before"] + ["period"] * 10 + ["step"] * 2
    assert rows[0]["succeeded"] == "9" and rows[0]["failed"] == "1"
    assert rows[1]["succeeded"] == "0" and rows[1]["p50-us"] == ""
    assert {row["name"] for row in rows[-2:]} == {"build", "check"}


def test_text(box):
    days(Past(box))
    text = box.run("stats", "Test", "--since", "20d", "--until", "1h")[0]
    assert "Success rate      90.0 %" in text, text
    assert "Runs a day        ██████████  up to 1" in text, text
    assert "Median duration   ▄▄▄▄▄███ █  up to 19 s" in text or "up to 20 s" in text, text
    plain = box.run("stats", "--since", "20d")[0]
    assert plain.startswith("all pipelines") and "PIPELINE" in plain


def test_nothing(box):
    assert "no runs in this time" in box.run("stats")[0]
    assert "There is no run of a pipeline “x”" in box.run("stats", "x", code=3)[1]
    assert "needs a pipeline" in box.run("stats", "--step", "x", code=2)[1]
    assert "no time" in box.run("stats", "--since", "soon", code=2)[1]
    assert "ends before it begins" in box.run("stats", "--since", "1d", "--until", "2d", code=2)[1]
    box.pipeline(command("one", "true"))
    box.run("run", "p.runnel.json")
    assert "no step “two”" in box.run("stats", "Test", "--step", "two", code=3)[1]


if __name__ == "__main__":
    main()
