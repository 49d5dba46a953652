# test_pools.py: steps that share what the machine has only so much of
# SPDX-License-Identifier: GPL-3.0-or-later

import os

from runnel_test import command, main, script

# Goes on until the file "go" is there, or one named like the parameter.
HOLD = 'while ! test -e go -o -e "go-$RUNNEL_PARAM_NAME"; do sleep 0.05; done'


def pipeline(box, pool="gpu", **members):
    return box.pipeline(script("work", HOLD, pool=pool), parameters={"name": {"default": "x"}},
                        **members)


def start(box, path, run, *args):
    process = box.start("run", path, *args)
    box.wait_for(lambda: box.step(run, "work") or process.poll() is not None, f"run {run}")
    assert process.poll() is None or box.step(run, "work"), process.communicate()
    return process


def wait_for_reason(box, run, reason):
    def condition():
        step = box.step(run, "work")
        return step and step["state"] == "waiting" and step.get("reason") == reason

    return box.wait_for(condition, f"run {run}: {reason}")


def finish(process, code=0):
    out, err = process.communicate()
    assert process.returncode == code, (process.returncode, out, err)
    return out


def tickets(box, pool="gpu"):
    folder = os.path.join(box.env["XDG_STATE_HOME"], "runnel", "pools", pool)
    return os.listdir(folder)


def test_across_runs(box):
    box.run("settings", "set", "pools.gpu", "1")
    path = pipeline(box)
    first = start(box, path, 1)
    box.wait_for_step(1, "work", "running")
    second = start(box, path, 2)
    wait_for_reason(box, 2, "pool gpu: 1 of 1 held by run 1 step work")
    box.write("go", "")
    finish(first)
    assert "waits pool gpu: 1 of 1 held by run 1 step work" in finish(second)
    assert tickets(box) == []
    one, two = box.step(1, "work"), box.step(2, "work")
    assert one["finished"] <= two["started"]


def test_killed_holder(box):
    box.run("settings", "set", "pools.gpu", "1")
    path = pipeline(box)
    first = start(box, path, 1)
    box.wait_for_step(1, "work", "running")
    second = start(box, path, 2)
    wait_for_reason(box, 2, "pool gpu: 1 of 1 held by run 1 step work")
    box.kill_engine(first)
    box.wait_for_step(2, "work", "running")
    box.write("go", "")
    finish(second)


def test_all_or_nothing(box):
    """A step that wants all slots gets them before later ones that want one."""
    box.run("settings", "set", "pools.gpu", "2")
    one = pipeline(box, name="one.runnel.json")
    two = pipeline(box, {"name": "gpu", "slots": 2}, name="two.runnel.json")
    first = start(box, one, 1, "-p", "name=first")
    box.wait_for_step(1, "work", "running")
    big = start(box, two, 2, "-p", "name=big")
    wait_for_reason(box, 2, "pool gpu: 1 of 2 held by run 1 step work")
    small = start(box, one, 3, "-p", "name=small")
    wait_for_reason(box, 3, "pool gpu: 1 of 2 held by run 1 step work; before it comes run 2 step work")
    box.write("go-first", "")
    finish(first)
    box.wait_for_step(2, "work", "running")
    wait_for_reason(box, 3, "pool gpu: 2 of 2 held by run 2 step work")
    box.write("go", "")
    finish(big)
    finish(small)


def test_cancel_while_waiting(box):
    box.run("settings", "set", "pools.gpu", "1")
    path = pipeline(box)
    first = start(box, path, 1)
    box.wait_for_step(1, "work", "running")
    second = start(box, path, 2)
    wait_for_reason(box, 2, "pool gpu: 1 of 1 held by run 1 step work")
    third = start(box, path, 3)
    wait_for_reason(box, 3, "pool gpu: 1 of 1 held by run 1 step work; before it comes run 2 step work")
    box.run("cancel", "2")
    finish(second, 130)
    wait_for_reason(box, 3, "pool gpu: 1 of 1 held by run 1 step work")
    box.write("go", "")
    finish(first)
    finish(third)


def test_pipeline_and_machine(box):
    """The pipeline's size holds in the run, the machine's across runs."""
    box.run("settings", "set", "pools.gpu", "2")
    path = box.pipeline(
        script("work", HOLD, pool="gpu"), script("other", HOLD, pool="gpu"), pools={"gpu": 1},
        parameters={"name": {"default": "x"}},
    )
    first = start(box, path, 1, "-j", "4")
    box.wait_for_step(1, "work", "running")
    box.wait_for_step(1, "other", "waiting")
    second = start(box, path, 2, "-j", "4")
    box.wait_for_step(2, "work", "running")
    box.write("go", "")
    finish(first)
    finish(second)


def test_subpipeline(box):
    """What a step has, the run inside of it may use."""
    box.run("settings", "set", "pools.gpu", "1")
    box.pipeline(command("train", "true", pool="gpu"), name="inner.runnel.json")
    path = box.pipeline({"id": "all", "kind": "pipeline", "with": {"file": "inner.runnel.json"},
                         "pool": "gpu"})
    box.run("run", path)


def test_unknown_pool(box):
    box.run("settings", "set", "pools.gpu", "2")
    err = box.run("validate", pipeline(box, "gpuu"), code=2)[1]
    assert "there is no pool “gpuu”" in err and "(there is: gpu)" in err
    assert "did you mean “gpu”?" in err
    err = box.run("run", pipeline(box, {"name": "gpu", "slots": 3}), code=2)[1]
    assert "takes 3 slots of the pool “gpu”, which has 2 on this machine" in err


def test_broken_settings(box):
    """A slip in the settings is told, and does not keep runs from beginning."""
    folder = os.path.join(box.env["XDG_CONFIG_HOME"], "runnel")
    os.makedirs(folder)
    with open(os.path.join(folder, "settings.json"), "w", encoding="utf-8") as file:
        file.write('{"pools": {"gpu": 1, "tape": "two"}}')
    box.write("go", "")
    _, err = box.run("run", pipeline(box))
    assert "settings.json:1:30: error: “tape” must be a whole number of slots" in err, err


def test_approval_that_waits_for_a_pool(box):
    """There is nothing to answer yet, so nobody is told to."""
    approval = {"kind": "approval", "with": {"prompt": "Go?"}, "pool": "one"}
    process = box.start("run", box.pipeline(
        {"id": "a", **approval}, {"id": "b", **approval}, pools={"one": 1}))
    for step in ("a", "b"):
        box.wait_for(lambda: (box.step(1, step) or {}).get("attempts"), f"{step} asks")
        box.run("approve", "1", step)
    lines = finish(process).splitlines()
    assert sum("(runnel approve 1 b)" in line for line in lines) == 1


if __name__ == "__main__":
    main()
