# test_rollback.py: undoes what the steps of a run did
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import signal

from runnel_test import main


def script(id, run, *needs, **members):
    return {"id": id, "kind": "script", "with": {"run": run}, "needs": list(needs), **members}


def undo(id, **members):
    return {"kind": "script", "with": {"run": f"echo {id} $V >> undone"}, **members}


def undone(box):
    path = box.path("undone")
    return open(path, encoding="utf-8").read().splitlines() if os.path.exists(path) else []


def make(box, last="false", **members):
    return box.pipeline(
        script("a", "echo v=17 >> $RUNNEL_OUTPUT",
               undo=undo("a", env={"V": "${{ steps.a.outputs.v }}"})),
        script("b", "true", "a", undo=undo("b")),
        script("c", last, "b", undo=undo("c")), **members)


def test_policy(box):
    box.run("run", make(box, **{"on-failure": "rollback"}), code=1)
    assert undone(box) == ["c", "b", "a 17"]
    shown = box.json("show", "1", "--json")
    assert shown["details"]["rollback"] == {"undone": 3}
    assert shown["reason"] == "3 steps were rolled back"
    out, err = box.run("rollback", "1")
    assert out == "" and "Nothing of run 1" in err


def test_later(box):
    box.run("run", make(box), code=1)
    out, _ = box.run("rollback", "1", "--rehearse")
    assert [line.split()[1] for line in out.splitlines()] == ["c.undo", "b.undo", "a.undo"]
    assert undone(box) == []
    box.run("rollback", "1", "--to", "b")
    assert undone(box) == ["c"]
    box.run("rollback", "1")
    assert undone(box) == ["c", "b", "a 17"]
    assert box.json("show", "3", "--json")["details"]["trigger"] == {"kind": "rollback", "run": 1}
    box.run("rollback", "1")
    assert len(box.json("list", "--json")) == 3


def test_rerun_of_what_was_undone(box):
    """What was taken back is not there any more, so it is done again."""
    leg = {"kind": "script", "with": {"run": "echo $RUNNEL_MATRIX_N >> undone"}}
    box.pipeline(
        script("keep", "echo keep >> done"),
        script("make", "echo make$RUNNEL_MATRIX_N >> done", "keep", matrix={"n": [1, 2]}, undo=leg),
        script("use", "test -e good", "make"), concurrency={"jobs": 1})
    box.run("run", "p.runnel.json", code=1)
    box.run("rollback", "1", "--to", "make.1")
    box.write("good", "")
    box.run("rerun", "1", "--failed")
    with open(box.path("done"), encoding="utf-8") as file:
        assert file.read().split() == ["keep", "make1", "make2", "make2"]
    assert undone(box) == ["2"]


def test_failing_undo(box):
    box.run("run", box.pipeline(
        script("a", "true", undo=undo("a")),
        script("b", "true", "a", undo={"kind": "command", "with": {"argv": ["false"]}, "retry": 1})))
    _, err = box.run("rollback", "1", code=1)
    assert undone(box) == ["a"]
    assert len(box.step(2, "b.undo")["attempts"]) == 2
    assert "the undo failed of b" in box.json("show", "2", "--json")["reason"]


def test_killed_run(box):
    """What was under way when everything was killed is undone, too."""
    process = box.start("run", make(box, last="sleep 60"), start_new_session=True)
    box.wait_for(lambda: os.path.exists(box.path("../state/runnel/runs/1/c.1.log")), "the last step")
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    box.wait_for(lambda: box.json("show", "1", "--json")["state"] == "interrupted", "its end")
    box.run("rollback", "1")
    assert undone(box) == ["c", "b", "a 17"]


def test_live_run(box):
    process = box.start("run", make(box, last="sleep 60"))
    box.wait_for_step(1, "c", "running")
    assert "still under way" in box.run("rollback", "1", code=3)[1]
    box.run("cancel", "1")
    process.communicate(timeout=60)


def test_one_rollback_at_a_time(box):
    slow = {"kind": "script", "with": {"run": "sleep 60"}}
    box.run("run", box.pipeline(script("a", "true", undo=slow)))
    process = box.start("rollback", "1")
    box.wait_for_step(2, "a.undo", "running")
    assert "rolls run 1 back" in box.run("rollback", "1", code=3)[1]
    assert "rolls run 1 back" in box.run("rerun", "1", "--failed", code=3)[1]
    box.run("cancel", "2")
    process.communicate(timeout=60)
    for verb in ("rollback", "rerun"):
        assert "runnel rollback 1" in box.run(verb, "2", code=2)[1]
    assert "a.undo" in box.run("rollback", "1", "--rehearse")[0]


def test_rollbacks_at_the_same_moment(box):
    box.run("run", box.pipeline(script("a", "true", undo=undo("a"))))
    rollbacks = [box.start("rollback", "1") for _ in range(6)]
    for process in rollbacks:
        process.communicate(timeout=60)
    assert undone(box) == ["a"]


def test_hooks(box):
    def hook(id):
        return script(id, f"echo {id} $STATE >> undone", env={"STATE": "${{ run.state }}"})

    hooks = {"on-start": [hook("s")], "on-success": [hook("good")], "on-failure": [hook("bad")],
             "on-finish": [hook("f")]}
    for hooks_at in hooks.values():
        del hooks_at[0]["needs"]
    box.run("run", make(box, hooks=hooks, **{"on-failure": "rollback"}), code=1)
    assert undone(box) == ["s running", "c", "b", "a 17", "bad failed", "f failed"]
    os.remove(box.path("undone"))
    box.run("run", make(box, last="true", hooks=hooks))
    assert undone(box) == ["s running", "good succeeded", "f succeeded"]
    os.remove(box.path("undone"))
    process = box.start("run", make(box, last="sleep 60", hooks=hooks))
    box.wait_for_step(3, "c", "running")
    box.run("cancel", "3")
    process.communicate(timeout=60)
    assert process.returncode == 130 and undone(box) == ["s running", "f cancelled"]


def test_names_what_made_it_fail(box):
    """Not a hook that failed before, nor what was tolerated."""
    hooks = {"on-start": [{"id": "h", "kind": "command", "with": {"argv": ["false"]}}]}
    out, _ = box.run("run", box.pipeline(
        script("lint", "false", **{"continue-on-error": True}),
        script("build", "false", "lint"), hooks=hooks), code=1)
    assert out.splitlines()[-1].endswith("See: runnel logs 1 build")


def test_second_cancel_ends_hooks(box):
    hooks = {"on-finish": [{"id": "f", "kind": "command", "with": {"argv": ["sleep", "60"]}}]}
    process = box.start("run", box.pipeline(script("a", "sleep 60"), hooks=hooks))
    box.wait_for_step(1, "a", "running")
    box.run("cancel", "1")
    box.wait_for_step(1, "f", "running")
    box.run("cancel", "1")
    process.communicate(timeout=60)
    assert process.returncode == 130 and box.step(1, "f")["state"] == "cancelled"


if __name__ == "__main__":
    main()
