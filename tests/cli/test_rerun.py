# test_rerun.py: runs a part of a pipeline again
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import pty

from runnel_test import main


def script(id, run, *needs, **members):
    return {"id": id, "kind": "script", "with": {"run": run}, "needs": list(needs), **members}


def ledger(box):
    """What ran, in its order."""
    path = box.path("ledger")
    return open(path, encoding="utf-8").read().split() if os.path.exists(path) else []


def make(box, broken="yes", **members):
    return box.pipeline(
        script("a", "echo a >> ledger; echo v=17 >> $RUNNEL_OUTPUT"),
        script("b", 'echo b$V >> ledger; test "$RUNNEL_PARAM_BROKEN" != yes', "a",
               env={"V": "${{ steps.a.outputs.v }}"}),
        script("c", "echo c >> ledger", "b"),
        script("d", "echo d >> ledger"),
        parameters={"broken": {"default": broken}}, concurrency={"jobs": 1}, **members)


def states(box, run):
    return {step["id"]: (step["state"], step.get("reused", 0))
            for step in box.json("show", str(run), "--json")["steps"]}


def test_failed(box):
    box.run("run", make(box), code=1)
    box.run("rerun", "1", "--failed", "-p", "broken=no")
    assert ledger(box) == ["a", "b17", "d", "b17", "c"]
    assert states(box, 2) == {"a": ("succeeded", 1), "b": ("succeeded", 0), "c": ("succeeded", 0),
                              "d": ("succeeded", 1)}
    shown = box.json("show", "2", "--json")
    assert shown["details"]["trigger"] == {"kind": "rerun", "run": 1}
    assert "Takes up  run 1" in box.run("show", "2")[0]
    _, err = box.run("rerun", "2", "--failed", code=3)
    assert "nothing failed" in err


def test_parameters_are_those_of_the_run(box):
    box.run("run", make(box), "-p", "broken=no")
    box.run("rerun", "1")
    assert ledger(box) == ["a", "b17", "c", "d"] * 2


def test_step_from_until(box):
    box.run("run", make(box), code=1)
    os.remove(box.path("ledger"))
    box.run("rerun", "1", "--step", "c")
    assert ledger(box) == ["c"] and states(box, 2)["b"] == ("failed", 1)
    box.run("rerun", "1", "--from", "b", "-p", "broken=no")
    assert ledger(box) == ["c", "b17", "c"]
    box.run("rerun", "1", "--until", "a")
    assert ledger(box) == ["c", "b17", "c", "a"]
    assert states(box, 4)["d"] == ("skipped", 0)
    assert box.step(4, "d")["reason"] == "not part of this rerun"


def test_part_of_a_first_run(box):
    box.run("run", make(box, broken="no"), "--step", "c")
    box.run("run", make(box, broken="no"), "--until", "b")
    box.run("run", make(box, broken="no"), "--from", "b")
    assert ledger(box) == ["c", "a", "b17", "b", "c"]


def test_failed_of_a_part(box):
    """What a part left out never ran."""
    box.run("run", make(box, broken="no"), "--until", "b")
    box.run("rerun", "1", "--failed")
    assert ledger(box) == ["a", "b17", "c", "d"]
    assert states(box, 2)["b"] == ("succeeded", 1)


def test_artifacts_of_legs(box):
    """Legs that are reused have their artifacts, also when they have other numbers now."""
    box.write("values", "1 2 3")
    box.pipeline(
        script("list", 'echo "v=[$(tr " " , < values)]" >> $RUNNEL_OUTPUT; test -e fine'),
        script("leg", "echo $RUNNEL_MATRIX_N >> ledger; echo $RUNNEL_MATRIX_N > out.$RUNNEL_MATRIX_N;"
               'test -e fine || test "$RUNNEL_MATRIX_N" != 2', {"step": "list", "on": "always"},
               matrix={"n": "${{ fromJSON(steps.list.outputs.v) }}", "fail-fast": False},
               artifacts=["out.${{ matrix.n }}"]),
        script("read", "cat $RUNNEL_ARTIFACTS/leg.[123]/out.*", "leg"), concurrency={"jobs": 1})
    box.run("run", "p.runnel.json", code=1)
    box.write("fine", "")
    box.write("values", "3 2 1")
    box.run("rerun", "1", "--failed")
    assert ledger(box) == ["1", "2", "3", "2"]
    assert box.run("logs", "2", "read")[0].split() == ["3", "2", "1"]


def test_wrong_use(box):
    file = make(box, broken="no")
    box.run("run", file)
    assert "only one of" in box.run("run", file, "--step", "a", "--from", "b", code=2)[1]
    assert "only one of" in box.run("rerun", "1", "--failed", "--from", "b", code=2)[1]
    assert 'no step "x"' in box.run("rerun", "1", "--step", "x", code=3)[1]
    assert "no run 9" in box.run("rerun", "9", code=3)[1]


def test_as_it_ran_and_as_it_is(box):
    box.run("run", make(box), code=1)
    box.pipeline(script("a", "echo a >> ledger"), script("b", "echo new >> ledger", "a"),
                 parameters={"other": {"default": "x"}})
    box.run("rerun", "1", "--failed", code=1)
    _, err = box.run("rerun", "1", "--failed", "--current")
    assert ledger(box) == ["a", "b17", "d", "b17", "new"]
    assert "step b: with.run changed from" in err and "step c removed" in err
    _, err = box.run("rerun", "3", "--current")
    assert "as it was in run 3" in err


def test_as_given(box):
    box.run("run", make(box), code=1)
    given = {"format": 1, "steps": [script("b", "echo given >> ledger")]}
    _, err = box.run("rerun", "1", "--stdin", "--step", "b", text=json.dumps(given))
    assert ledger(box)[3:] == ["given"] and "step c removed" in err


def answer(box, text):
    """Runs it with a terminal as its input; returns its exit code."""
    master, slave = pty.openpty()
    process = box.start("rerun", "1", "--current", stdin=slave)
    os.close(slave)
    os.write(master, text)
    process.communicate(timeout=60)
    os.close(master)
    return process.returncode


def test_asks_on_a_terminal(box):
    box.run("run", make(box), code=1)
    make(box, broken="no")
    assert answer(box, b"n\n") == 2 and len(box.json("list", "--json")) == 1
    assert answer(box, b"y\n") == 1 and len(box.json("list", "--json")) == 2


def test_dry_run(box):
    box.run("run", make(box), code=1)
    out, _ = box.run("rerun", "1", "--from", "b", "--dry-run")
    assert "1. b" in out and "2. c" in out and "3." not in out
    assert ledger(box) == ["a", "b17", "d"]


if __name__ == "__main__":
    main()
