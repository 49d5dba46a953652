# test_pause.py: runnel pause, resume, freeze and thaw, and Ctrl+Z
# SPDX-License-Identifier: GPL-3.0-or-later

import getpass
import os
import pty
import signal

from runnel_test import command, main, script

ME = getpass.getuser()
ENDLESS = "trap 'exit 0' USR1; echo ready; while :; do sleep 1000 & wait; done"


def state_of(box, run=1):
    return box.json("show", str(run), "--json")["state"]


def pid_of(box, step, run=1):
    return box.step(run, step)["attempts"][0]["pid"]


def process_state(pid):
    """The letter that the kernel gives: T is stopped."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0]
    except OSError:
        return "gone"


def wait_for_process(box, pid, stopped):
    box.wait_for(lambda: (process_state(pid) == "T") == stopped, f"stopped {stopped}")


def wait_for_log(box, step, run=1):
    box.wait_for(lambda: box.run("logs", str(run), step)[0] == "ready\n", "the log")


def test_pause(box):
    box.pipeline(script("long", ENDLESS), command("after", "true", needs=["long"]))
    process = box.start("run", "p.runnel.json")
    box.wait_for_step(1, "long", "running")
    wait_for_log(box, "long")
    assert box.run("pause", "1")[0] == "Run 1 is paused.\n"
    os.kill(pid_of(box, "long"), signal.SIGUSR1)
    box.wait_for_step(1, "after", "queued")
    assert box.run("resume", "1")[0] == "Run 1 goes on.\n"
    out, _ = process.communicate()
    assert process.returncode == 0
    assert f"The run is paused: paused by {ME}\n" in out, out
    assert f"The run goes on: resumed by {ME}\n" in out, out
    assert "run 1 is over" in box.run("pause", "1", code=3)[1]


def test_freeze(box):
    box.pipeline(script("long", ENDLESS, timeout="1h"), command("after", "true", needs=["long"]))
    box.run("run", "--detach", "p.runnel.json")
    box.wait_for_step(1, "long", "running")
    wait_for_log(box, "long")
    pid = pid_of(box, "long")
    assert box.run("freeze", "1", "long")[0] == "Step long of run 1 is frozen.\n"
    wait_for_process(box, pid, True)
    box.wait_for_step(1, "long", "waiting")
    assert box.step(1, "long")["reason"] == f"frozen by {ME}"
    assert box.run("thaw", "1", "long")[0] == "Step long of run 1 goes on.\n"
    wait_for_process(box, pid, False)
    box.wait_for_step(1, "long", "running")
    os.kill(pid, signal.SIGUSR1)
    box.wait_for(lambda: state_of(box) == "succeeded", "the end")
    waits = box.step(1, "long")["waits"]
    assert [wait["reason"] for wait in waits] == [f"frozen by {ME}"], waits


def test_cancel_frozen(box):
    box.pipeline(script("long", ENDLESS))
    process = box.start("run", "p.runnel.json")
    box.wait_for_step(1, "long", "running")
    box.run("freeze", "1", "long")
    pid = pid_of(box, "long")
    box.run("cancel", "1")
    process.communicate()
    assert process.returncode == 130
    assert process_state(pid) == "gone"


def test_errors(box):
    box.pipeline(script("long", ENDLESS), command("after", "true", needs=["long"]))
    box.run("run", "--detach", "p.runnel.json")
    box.wait_for_step(1, "long", "running")
    assert 'no step "nope"' in box.run("freeze", "1", "nope", code=3)[1]
    assert "it is pending" in box.run("freeze", "1", "after", code=3)[1]
    assert "is not frozen" in box.run("thaw", "1", "long", code=3)[1]
    box.run("freeze", "1", code=2)
    box.run("pause", code=2)
    box.run("cancel", "1")


def test_subpipeline(box):
    """Both reach the steps of a pipeline inside, whose run stays there to be asked."""
    box.pipeline(script("long", ENDLESS), command("after", "true", needs=["long"]),
                 name="inner.runnel.json")
    box.pipeline({"id": "sub", "kind": "pipeline", "with": {"file": "inner.runnel.json"}})
    process = box.start("run", "p.runnel.json")
    box.wait_for_step(2, "long", "running")
    wait_for_log(box, "long", run=2)
    pid = pid_of(box, "long", run=2)

    box.run("freeze", "1", "sub")
    wait_for_process(box, pid, True)
    box.wait_for_step(2, "long", "waiting")
    assert box.step(2, "long")["reason"] == "frozen with the run around it"
    box.run("thaw", "1", "sub")
    wait_for_process(box, pid, False)

    box.run("pause", "1")
    os.kill(pid, signal.SIGUSR1)
    box.wait_for_step(2, "after", "queued")
    assert "paused with the run around it" in box.run("resume", "2", code=3)[1]
    box.run("resume", "1")
    process.communicate()
    assert process.returncode == 0


def test_cancel_frozen_subpipeline(box):
    box.pipeline(script("long", ENDLESS), name="inner.runnel.json")
    box.pipeline({"id": "sub", "kind": "pipeline", "with": {"file": "inner.runnel.json"}})
    process = box.start("run", "p.runnel.json")
    box.wait_for_step(2, "long", "running")
    pid = pid_of(box, "long", run=2)
    box.run("freeze", "1", "sub")
    wait_for_process(box, pid, True)
    box.run("cancel", "1")
    process.communicate()
    assert process.returncode == 130
    assert process_state(pid) == "gone"
    assert state_of(box, 2) == "cancelled"


def start_in_terminal(box, *args):
    """As a shell with job control does it: in a group of its own, in the foreground."""
    leader, follower = pty.openpty()

    def take_terminal():
        os.setsid()
        os.close(os.open(os.ttyname(follower), os.O_RDWR))
        shell = os.fork()
        if shell:  # the leader of the session stays and waits, so that the group is not orphaned
            os.closerange(0, 256)
            _, status = os.waitpid(shell, 0)
            os._exit(os.waitstatus_to_exitcode(status))
        os.setpgid(0, 0)
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        os.tcsetpgrp(follower, os.getpgrp())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)

    process = box.start(*args, preexec_fn=take_terminal)
    os.close(follower)
    return process, leader


def children_of(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return [int(child) for child in file.read().split()]


def test_ctrl_z(box):
    box.pipeline(script("long", ENDLESS))
    process, terminal = start_in_terminal(box, "run", "p.runnel.json")
    box.wait_for_step(1, "long", "running")
    wait_for_log(box, "long")
    pid = pid_of(box, "long")
    guard = children_of(process.pid)[0]
    engine = children_of(guard)[0]

    os.write(terminal, b"\x1a")
    for stopped in (pid, guard, engine):
        wait_for_process(box, stopped, True)
    box.wait_for_step(1, "long", "waiting")
    assert box.step(1, "long")["reason"] == "frozen with its terminal"

    os.kill(-guard, signal.SIGCONT)  # fg
    for stopped in (pid, guard, engine):
        wait_for_process(box, stopped, False)
    box.wait_for_step(1, "long", "running")
    os.kill(pid, signal.SIGUSR1)
    process.communicate()
    os.close(terminal)
    assert process.returncode == 0
    assert state_of(box) == "succeeded"


if __name__ == "__main__":
    main()
