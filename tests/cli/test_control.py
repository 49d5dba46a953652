# test_control.py: runnel cancel, approve and reject
# SPDX-License-Identifier: GPL-3.0-or-later

import getpass

from runnel_test import command, main, script

ASK = {"id": "ask", "kind": "approval", "with": {"prompt": "Release?"}}


def state_of(box):
    return box.json("show", "1", "--json")["state"]


def test_approve(box):
    box.pipeline(ASK, command("after", "echo", "${{ steps.ask.outputs.comment }}", needs=["ask"]))
    box.run("run", "--detach", "p.runnel.json")
    box.wait_for_step(1, "ask", "waiting")
    assert box.step(1, "ask")["reason"] == "Release?"
    out, _ = box.run("approve", "1", "ask", "-m", "fine with me")
    assert out == "Step ask of run 1 is approved.\n"
    box.wait_for(lambda: state_of(box) == "succeeded", "the end")
    assert box.step(1, "ask")["outputs"] == {
        "approved-by": getpass.getuser(), "comment": "fine with me"}
    assert box.run("logs", "1", "after")[0] == "fine with me\n"


def test_reject(box):
    box.pipeline(ASK)
    box.run("run", "--detach", "p.runnel.json")
    box.wait_for_step(1, "ask", "waiting")
    box.run("reject", "1", "ask", "--comment", "too early")
    box.wait_for(lambda: state_of(box) == "failed", "the end")
    assert box.step(1, "ask")["reason"] == f"rejected by {getpass.getuser()}: too early"


def test_comment_acts_on_no_terminal(box):
    box.pipeline({"id": "ask", "kind": "approval", "with": {"prompt": "go?\n\033[2Jon"}})
    process = box.start("run", "p.runnel.json")
    box.wait_for_step(1, "ask", "waiting")
    box.run("reject", "1", "ask", "--comment", "no\n\033]0;title\007way")
    out, _ = process.communicate()
    out += box.run("show", "1")[0]
    assert "go? on" in out and out.count("no way") == 2 and "\033" not in out, out


def test_answer_to_what_does_not_ask(box):
    box.pipeline(script("long", "sleep 1000"), ASK)
    box.run("run", "--detach", "p.runnel.json")
    box.wait_for_step(1, "long", "running")
    assert "long" in box.run("approve", "1", "long", code=3)[1]
    assert "nope" in box.run("approve", "1", "nope", code=3)[1]
    box.run("approve", "2", "ask", code=3)
    box.run("approve", "1", code=2)
    box.run("cancel", "1")
    box.wait_for(lambda: state_of(box) == "cancelled", "the end")


def test_cancel(box):
    box.pipeline(script("long", "sleep 1000"))
    process = box.start("run", "p.runnel.json")
    box.wait_for_step(1, "long", "running")
    assert box.run("cancel", "1")[0] == "Run 1 is being cancelled.\n"
    process.communicate()
    assert process.returncode == 130
    err = box.run("cancel", "1", code=3)[1]
    assert "run 1 is over, it was cancelled" in err
    box.run("cancel", "2", code=3)


if __name__ == "__main__":
    main()
