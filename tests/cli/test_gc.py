# test_gc.py: runnel gc
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import shutil
import signal
import sqlite3
import time

from runnel_test import PATIENCE, main

STEP = {"id": "a", "kind": "command", "with": {"argv": ["seq", "1", "20000"]}}


def state_dir(box, *names):
    return os.path.join(box.env["XDG_STATE_HOME"], "runnel", *names)


def database(box):
    return sqlite3.connect(os.path.join(box.env["XDG_DATA_HOME"], "runnel", "history.db"))


def add_runs(box, n, name="Test"):
    path = box.pipeline(STEP, name=f"{name}.runnel.json")
    for _ in range(n):
        box.run("run", path)


def multiply(box, n):
    """Run 1 with its folder `n` times more: by itself that would take long."""
    db = database(box)
    tables = ("step", "attempt")
    columns = {
        table: [row[1] for row in db.execute(f"PRAGMA table_info ({table})")]
        for table in ("run", *tables)
    }
    with db:
        for run in range(2, n + 2):
            names = ", ".join(columns["run"][2:])
            db.execute(f"INSERT INTO run SELECT ?, ?, {names} FROM run WHERE id = 1", (run, f"u{run}"))
            for table in tables:
                names = ", ".join(columns[table][1:])
                db.execute(f"INSERT INTO {table} SELECT ?, {names} FROM {table} WHERE run = 1", (run,))
            shutil.copytree(state_dir(box, "runs", "1"), state_dir(box, "runs", str(run)))
        db.execute("UPDATE run SET hour = NULL WHERE id > 1")  # they are in no statistics
    db.close()


def list_runs(box):
    return [run["run"] for run in box.json("list", "--limit", "10000", "--json")]


def list_folders(box):
    return sorted(int(name) for name in os.listdir(state_dir(box, "runs")) if name.isdigit())


def disk_usage(box):
    """Bytes of everything that the history has on disk."""
    size = 0
    for top in (box.env["XDG_DATA_HOME"], state_dir(box, "runs")):
        for folder, _, names in os.walk(top):
            for name in names:
                size += os.lstat(os.path.join(folder, name)).st_blocks * 512
    return size


def assert_consistent(box):
    """Every run has its folder, every folder its run, and every row a run."""
    db = database(box)
    runs = [run for (run,) in db.execute("SELECT id FROM run ORDER BY id")]
    assert list_folders(box) == runs
    for table in ("step", "attempt"):
        (lost,) = db.execute(
            f"SELECT count (*) FROM {table} WHERE run NOT IN (SELECT id FROM run)").fetchone()
        assert lost == 0, table
    (half,) = db.execute(
        "SELECT count (*) FROM run WHERE id NOT IN (SELECT run FROM attempt)").fetchone()
    assert half == 0
    db.close()
    trash = state_dir(box, "runs", ".trash")
    assert not os.path.isdir(trash) or os.listdir(trash) == []


def test_nothing_to_do(box):
    assert "was not cleaned yet" in box.run("gc", "--status")[0]
    box.run("gc")
    add_runs(box, 2)
    assert "0 runs deleted" in box.run("gc")[0]
    assert list_runs(box) == [2, 1]


def test_preview(box):
    add_runs(box, 3)
    before = disk_usage(box)
    out, _ = box.run("gc", "--dry-run", "--keep", "1")
    assert "2 of 3 runs would go" in out and "1 latest success" in out, out
    plan = box.json("gc", "-n", "--keep", "1", "--json")
    assert [(run["run"], run["why"]) for run in plan["going"]] == [(2, "count"), (1, "count")]
    assert plan["going-size"]["logs"] >= 2 * 100000
    assert plan["size"]["logs"] > plan["going-size"]["logs"]
    assert plan["kept"]["latest success"] == 1
    assert list_runs(box) == [3, 2, 1] and disk_usage(box) >= before


def test_frees(box):
    add_runs(box, 1)
    multiply(box, 199)
    before = disk_usage(box)
    status = box.json("gc", "--keep", "10", "--json")
    after = disk_usage(box)
    assert status["runs"] == 190
    assert len(list_runs(box)) == 10
    assert after < before / 10, (before, after)
    assert abs(status["freed"] - (before - after)) < before / 20, (status, before, after)
    assert_consistent(box)
    assert "190 runs deleted" in box.run("gc", "--status")[0]
    assert list_runs(box) == list(range(200, 190, -1))


def test_age_and_size(box):
    add_runs(box, 3)
    assert box.json("gc", "--older-than", "1h", "--json")["runs"] == 0
    assert box.json("gc", "--max-size", "1 GB", "--json")["runs"] == 0
    assert box.json("gc", "--max-size", "300 kB", "--json")["runs"] == 2
    assert list_runs(box) == [3]
    add_runs(box, 1)
    assert box.json("gc", "--older-than", "0s", "--json")["runs"] == 1
    assert list_runs(box) == [4]


def test_one_pipeline(box):
    add_runs(box, 2)
    other = box.pipeline(STEP, name="other.runnel.json")
    box.run("run", other)
    box.run("run", other)
    assert box.json("gc", "--keep", "1", "--pipeline", other, "--json")["runs"] == 1
    assert list_runs(box) == [4, 2, 1]


def test_settings(box):
    add_runs(box, 4)
    path = os.path.join(box.work, "Test.runnel.json")
    box.run("settings", "set", f'history.pipelines["{path}"].max-runs', "2")
    assert box.json("gc", "--json")["runs"] == 2
    box.run("settings", "set", "history.max-age", "0s")
    assert box.json("gc", "--json")["runs"] == 1
    assert list_runs(box) == [4]


def test_pinned(box):
    add_runs(box, 3)
    db = database(box)
    with db:
        db.execute("UPDATE run SET pinned = 1 WHERE id = 1")
    db.close()
    box.run("gc", "--keep", "1")
    assert list_runs(box) == [3, 1]


def test_under_way(box):
    path = box.pipeline({"id": "w", "kind": "approval", "with": {"prompt": "Go on?"}})
    process = box.start("run", path)
    box.wait_for_step(1, "w", "waiting")
    box.run("gc", "--older-than", "0s", "--keep", "1", "--max-size", "1 kB")
    assert list_runs(box) == [1]
    box.run("approve", "1", "w")
    assert process.wait(PATIENCE) == 0
    process.communicate()


def test_compresses(box):
    add_runs(box, 1)
    before = box.run("logs", "1")[0]
    assert "20000\n" in before
    box.run("settings", "set", "history.compress-after", "0s")
    status = box.json("gc", "--json")
    assert status["logs-compressed"] == 1 and status["compressed"] > 50000
    assert os.listdir(state_dir(box, "runs", "1")).count("a.1.log.zst") == 1
    assert "a.1.log" not in os.listdir(state_dir(box, "runs", "1"))
    assert box.run("logs", "1")[0] == before
    assert box.run("logs", "1", "a")[0] == "".join(f"{i}\n" for i in range(1, 20001))
    box.run("rerun", "1")


def test_orphans(box):
    add_runs(box, 1)
    lost = state_dir(box, "runs", "77")
    shutil.copytree(state_dir(box, "runs", "1"), lost)
    assert lost in box.run("gc", "--dry-run")[0]
    box.run("gc")
    assert os.path.isdir(lost)
    box.run("gc", "--orphans")
    assert not os.path.exists(lost)
    assert_consistent(box)


def test_killed(box):
    """Killed at any time, it leaves nothing that is half there; the next one goes on."""
    add_runs(box, 1)
    multiply(box, 300)
    left = 301
    for _ in range(5):
        process = box.start("gc", "--keep", "1")
        end = time.monotonic() + PATIENCE
        while process.poll() is None and len(list_folders(box)) >= left and time.monotonic() < end:
            pass
        process.send_signal(signal.SIGKILL)
        process.communicate()
        box.run("list")  # looks at the history, as every command does
        assert_consistent(box)
        left = len(list_runs(box))
    box.run("gc", "--keep", "1")
    assert list_runs(box) == [301]
    assert_consistent(box)
    db = database(box)
    assert db.execute("SELECT count (*) FROM doomed").fetchone() == (0,)
    db.close()


def test_beside_writers(box):
    add_runs(box, 1)
    multiply(box, 300)
    process = box.start("gc", "--keep", "1")
    add_runs(box, 3, "other")
    assert process.wait(PATIENCE) == 0, process.communicate()
    process.communicate()
    assert {304, 301} <= set(list_runs(box))
    assert_consistent(box)


def age_status(box):
    path = state_dir(box, "gc", "status.json")
    then = time.time() - 7200
    os.utime(path, (then, then))


def test_automatic(box):
    add_runs(box, 3)
    assert box.json("gc", "--status", "--json")["time"] == 0
    box.run("settings", "set", 'history.pipelines["*"].max-runs', "2")
    age_status(box)
    add_runs(box, 1)
    box.wait_for(lambda: box.json("gc", "--status", "--json")["time"] > 0, "a cleaning")
    status = box.json("gc", "--status", "--json")
    assert status["automatic"] and status["runs"] == 2
    assert list_runs(box) == [4, 3]
    assert "automatically" in box.run("gc", "--status")[0]


def test_not_automatic(box):
    add_runs(box, 1)
    box.run("settings", "set", "history.automatic", "false")
    age_status(box)
    box.run("gc", "--automatic")
    assert box.json("gc", "--status", "--json")["time"] == 0


def test_nonsense(box):
    assert "not a duration" in box.run("gc", "--older-than", "30", code=2)[1]
    assert "not a size" in box.run("gc", "--max-size", "5 lb", code=2)[1]
    box.run("gc", "--keep", "-1", code=2)
    box.run("gc", "7", code=2)


if __name__ == "__main__":
    main()
