# test_concurrency.py: runs of a group, and what they do to each other
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import signal

from runnel_test import BINARY, command, main, script

# Goes on until the file "go" is there.
HOLD = "while ! test -e go; do sleep 0.05; done"


def pipeline(box, text=HOLD, name="p.runnel.json", **concurrency):
    return box.pipeline(script("work", text), name=name, concurrency=concurrency,
                        parameters={"env": {"default": "prod"}})


def run_of(box, run):
    return next((r for r in box.json("list", "--json") if r["run"] == run), None)


def wait_for_run(box, run, state, reason=None):
    def condition():
        found = run_of(box, run)
        return found and found["state"] == state and (
            reason is None or found.get("reason") == reason)

    return box.wait_for(condition, f"run {run} {state} {reason or ''}")


def start(box, path, run, *args):
    """Starts a run and waits until it has its number."""
    process = box.start("run", path, *args)
    box.wait_for(lambda: run_of(box, run) or process.poll() is not None, f"run {run}")
    assert process.poll() is None or run_of(box, run), process.communicate()
    return process


def finish(process, code):
    out, err = process.communicate()
    assert process.returncode == code, (process.returncode, out, err)
    return out


def test_queue(box):
    path = pipeline(box, policy="queue")
    first = start(box, path, 1)
    box.wait_for_step(1, "work", "running")
    second = start(box, path, 2)
    wait_for_run(box, 2, "queued", "1st in the queue of this pipeline, behind run 1")
    third = start(box, path, 3)
    wait_for_run(box, 3, "queued", "2nd in the queue of this pipeline, behind run 1, run 2")
    out, _ = box.run("list")
    assert "2nd in the queue of this pipeline" in out, out
    out, _ = box.run("show", "3")
    assert "queued" in out and "behind run 1, run 2" in out and "Queued" in out, out

    box.write("go", "")
    assert "waits" not in finish(first, 0)
    assert "Run 2 waits, 1st in the queue of this pipeline, behind run 1\n" in finish(second, 0)
    out = finish(third, 0)
    assert out.index("2nd in the queue") < out.index("Run 3 started"), out
    # They were under way one after the other.
    runs = sorted(box.json("list", "--json"), key=lambda r: r["run"])
    for before, after in zip(runs, runs[1:]):
        assert before["finished"] <= after["started"]
    assert all("reason" not in r for r in runs)


def test_cancel_while_queued(box):
    path = pipeline(box, group="g")
    first = start(box, path, 1)
    second = start(box, path, 2)
    wait_for_run(box, 2, "queued")
    third = start(box, path, 3)
    wait_for_run(box, 3, "queued")
    box.run("cancel", "2", "-m", "not now")
    out = finish(second, 130)
    assert "not now" in out and "started" not in out
    wait_for_run(box, 3, "queued", "1st in the queue of group g, behind run 1")
    third.send_signal(signal.SIGINT)
    finish(third, 130)
    assert box.json("show", "3", "--json")["details"]["parameters"] == {"env": "prod"}
    box.write("go", "")
    finish(first, 0)


def test_killed_holder(box):
    path = pipeline(box, group="g")
    first = start(box, path, 1)
    box.wait_for_step(1, "work", "running")
    second = start(box, path, 2)
    wait_for_run(box, 2, "queued")
    box.kill_engine(first)
    box.wait_for_step(2, "work", "running")
    box.write("go", "")
    finish(second, 0)
    assert run_of(box, 1)["state"] == "interrupted"


def test_killed_while_queued(box):
    path = pipeline(box, group="g")
    first = start(box, path, 1)
    second = start(box, path, 2)
    wait_for_run(box, 2, "queued")
    third = start(box, path, 3)
    wait_for_run(box, 3, "queued", "2nd in the queue of group g, behind run 1, run 2")
    box.kill_engine(second)
    wait_for_run(box, 3, "queued", "1st in the queue of group g, behind run 1")
    assert run_of(box, 2)["state"] == "interrupted"
    box.write("go", "")
    finish(first, 0)
    finish(third, 0)


def test_cancel_running(box):
    path = pipeline(box, policy="cancel-running")
    first = start(box, path, 1)
    box.wait_for_step(1, "work", "running")
    second = start(box, path, 2)
    assert "run 2 of this pipeline takes its place" in finish(first, 130)
    box.wait_for_step(2, "work", "running")
    box.write("go", "")
    finish(second, 0)


def test_skip(box):
    path = pipeline(box, policy="skip")
    first = start(box, path, 1)
    box.wait_for_step(1, "work", "running")
    out, _ = box.run("run", path, code=5)
    assert "Run 2 skipped: run 1 of this pipeline is under way" in out, out
    assert [s["state"] for s in box.json("show", "2", "--json")["steps"]] == ["skipped"]
    box.write("go", "")
    finish(first, 0)
    box.run("run", path)


def test_parallel(box):
    path = pipeline(box, policy="parallel", max=2)
    runs = [start(box, path, n) for n in (1, 2)]
    box.wait_for_step(1, "work", "running")
    box.wait_for_step(2, "work", "running")
    runs.append(start(box, path, 3))
    wait_for_run(box, 3, "queued", "1st in the queue of this pipeline, behind run 1, run 2")
    box.write("go", "")
    for run in runs:
        finish(run, 0)


def test_group_by_parameter(box):
    path = pipeline(box, group="deploy ${{ params.env }}")
    first = start(box, path, 1)
    box.wait_for_step(1, "work", "running")
    other = start(box, path, 2, "-p", "env=test")
    box.wait_for_step(2, "work", "running")
    same = start(box, path, 3)
    wait_for_run(box, 3, "queued", "1st in the queue of group deploy prod, behind run 1")
    # Another pipeline may be of the same group.
    shared = start(box, pipeline(box, name="q.runnel.json", group="deploy test"), 4)
    wait_for_run(box, 4, "queued", "1st in the queue of group deploy test, behind run 2")
    box.write("go", "")
    for process in (first, other, same, shared):
        finish(process, 0)


def test_inside_of_a_step(box):
    """A run inside of a step of its own group goes in on that step's place."""
    pipeline(box, "true", name="inner.runnel.json", group="g")
    box.pipeline(
        {"id": "inner", "kind": "pipeline", "with": {"file": "inner.runnel.json"}},
        script("called", f"{BINARY} run inner.runnel.json", needs=["inner"]),
        concurrency={"group": "g"}, name="outer.runnel.json",
    )
    box.run("run", "outer.runnel.json")
    assert [r["state"] for r in box.json("list", "--json")] == ["succeeded"] * 3


def test_detached(box):
    path = pipeline(box, group="g")
    first = start(box, path, 1)
    box.wait_for_step(1, "work", "running")
    assert box.run("run", "--detach", path)[0] == "2\n"
    wait_for_run(box, 2, "queued")
    events = box.start("run", path, "--json")
    wait_for_run(box, 3, "queued")
    box.write("go", "")
    finish(first, 0)
    wait_for_run(box, 2, "succeeded")
    assert '"event":"run-queued"' in finish(events, 0).splitlines()[0]


def test_group_can_not_be_known(box):
    path = pipeline(box, group="${{ fromJSON(params.env) }}")
    out, _ = box.run("run", path, code=1)
    assert "its concurrency group can't be evaluated" in out, out


def test_terminal(box):
    path = pipeline(box, group="g")
    first = start(box, path, 1)
    terminal = box.terminal("run", path)
    terminal.wait_for("Run 2 waits, 1st in the queue of group g, behind run 1")
    box.write("go", "")
    finish(first, 0)
    assert terminal.finish() == 0


def test_bad_values(box):
    path = box.pipeline(command("a", "true"), concurrency={"policy": "ask"})
    assert "“ask” is none of" in box.run("validate", path, code=2)[1]
    path = box.pipeline(command("a", "true"), concurrency={"group": "${{ params.no }}"})
    assert 'no parameter "no"' in box.run("validate", path, code=2)[1]
    path = box.pipeline(command("a", "true"), concurrency={"max": 0})
    assert "must be from 1" in box.run("validate", path, code=2)[1]


def test_nothing_is_left(box):
    path = pipeline(box, group="g")
    box.write("go", "")
    box.run("run", path)
    groups = os.path.join(box.env["XDG_STATE_HOME"], "runnel", "groups")
    assert [files for _, _, files in os.walk(groups) if files] == []


if __name__ == "__main__":
    main()
