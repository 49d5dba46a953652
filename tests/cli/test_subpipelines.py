# test_subpipelines.py: runs inside of runs belong to them
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import signal
import subprocess

from runnel_test import main

STUBBORN = "trap '' TERM; echo $$ >> pids; while :; do sleep 0.05; done"


def script(id, run, *needs, **members):
    return {"id": id, "kind": "script", "with": {"run": run}, "needs": list(needs), **members}


def call(id, file, *needs, **members):
    return {"id": id, "kind": "pipeline", "with": {"file": file}, "needs": list(needs), **members}


def undo(id):
    return {"kind": "script", "with": {"run": f"echo {id} >> undone"}}


def read(box, name):
    path = box.path(name)
    return open(path, encoding="utf-8").read().split() if os.path.exists(path) else []


def make_levels(box, innermost):
    """p1 runs p2, which runs p3."""
    box.pipeline(innermost, name="p3.runnel.json")
    box.pipeline(script("b", "echo b >> ledger", undo=undo("b")), call("inner", "p3.runnel.json", "b"),
                 name="p2.runnel.json")
    return box.pipeline(script("a", "echo a >> ledger", undo=undo("a")),
                        call("outer", "p2.runnel.json", "a"), script("z", "echo z >> ledger", "outer"),
                        name="p1.runnel.json")


def alive(pids):
    return [pid for pid in pids if os.path.exists(f"/proc/{pid}")
            and open(f"/proc/{pid}/stat", encoding="utf-8").read().rsplit(")", 1)[1].split()[0] != "Z"]


def test_nested_in_show(box):
    box.run("run", make_levels(box, script("c", "true")))
    rows = [line.rstrip() for line in box.run("show", "1")[0].splitlines()]
    names = [row.split("  ✓")[0].rstrip() for row in rows if "✓ succeeded" in row and "Run" not in row]
    assert names == ["a", "outer", "  b", "  inner", "    c", "z"], names
    assert [child["run"] for child in box.json("show", "1", "--json")["children"]] == [2]
    assert "Part of   run 1, step outer" in box.run("show", "2")[0]


def test_nested_in_gantt(box):
    box.run("run", make_levels(box, script("c", "true")))
    rows = [line.split("│")[0].replace("✓ ", "").rstrip("◆ \n")
            for line in box.run("gantt", "1")[0].splitlines() if "│" in line]
    assert [row.replace("\u00a0", " ") for row in rows] == [
        "a", "outer", "  b", "  inner", "    c", "z"], rows
    folded = box.run("gantt", "1", "--fold")[0]
    assert folded.count("│") == 2 * 3 and "inner" not in folded


def test_circle_is_found_before_a_run(box):
    box.pipeline(call("back", "p1.runnel.json"), name="p2.runnel.json")
    file = box.pipeline(call("on", "p2.runnel.json"), name="p1.runnel.json")
    _, err = box.run("validate", file, code=2)
    assert "run each other in a circle" in err and "steps[0].with.file" in err
    box.run("run", file, code=2)
    assert box.json("list", "--json") == []


def test_cancel_reaches_all(box):
    process = box.start("run", make_levels(box, script("c", STUBBORN)))
    box.wait_for(lambda: read(box, "pids"), "the innermost process")
    box.run("cancel", "1")
    process.communicate(timeout=60)
    assert process.returncode == 130 and alive(read(box, "pids")) == []
    assert [run["state"] for run in box.json("list", "--json")] == ["cancelled"] * 3


def test_killed_parent_leaves_no_child(box):
    process = box.start("run", make_levels(box, script("c", STUBBORN)), start_new_session=True)
    pids = box.wait_for(lambda: read(box, "pids"), "the innermost process")
    for pid in subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True,
                              check=True).stdout.split():
        os.kill(int(pid), signal.SIGKILL)
    process.communicate(timeout=60)
    box.wait_for(lambda: not alive(pids), "the end of the innermost process")
    states = box.wait_for(
        lambda: (lambda found: found if "running" not in found else None)(
            [run["state"] for run in box.json("list", "--json")]), "the end of all runs")
    assert len(states) == 3 and states[2] == "interrupted"


def test_rerun_carries_on_inside(box):
    """Only what failed in the inner runs is run again."""
    box.run("run", make_levels(box, script("c", "echo c >> ledger; test -e good")), code=1)
    assert read(box, "ledger") == ["a", "b", "c"]
    open(box.path("good"), "w", encoding="utf-8").close()
    box.run("rerun", "1", "--failed")
    assert read(box, "ledger") == ["a", "b", "c", "c", "z"]
    assert box.step(5, "b")["reused"] == 2


def test_rollback_reaches_inner_runs(box):
    box.run("run", make_levels(box, script("c", "false", undo=undo("c"))), code=1)
    box.run("rollback", "1")
    assert read(box, "undone") == ["c", "b", "a"]
    _, err = box.run("rollback", "1")
    assert "Nothing of run 1" in err and read(box, "undone") == ["c", "b", "a"]


def test_own_undo_goes_before(box):
    box.pipeline(script("b", "true", undo=undo("b")), name="p2.runnel.json")
    box.run("run", box.pipeline(call("outer", "p2.runnel.json", undo=undo("outer"))))
    box.run("rollback", "1")
    assert read(box, "undone") == ["outer"]


if __name__ == "__main__":
    main()
