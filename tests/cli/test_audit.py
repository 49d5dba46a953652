# test_audit.py: runnel audit
# SPDX-License-Identifier: GPL-3.0-or-later

import getpass
import os
import signal

from runnel_test import command, main, script

ME = getpass.getuser()
APPROVAL = {"id": "gate", "kind": "approval", "with": {"prompt": "Release?"}}


def deeds(box, *args):
    return [(deed["run"], deed["action"], deed.get("step"), deed.get("text"))
            for deed in box.json("audit", "--json", *args)]


def test_of_a_run(box):
    box.pipeline(APPROVAL, command("after", "true", needs=["gate"]))
    box.env["RUNNEL_ORIGIN"] = "a timer"
    box.run("run", "--detach", "p.runnel.json")
    box.wait_for_step(1, "gate", "waiting")
    box.run("pause", "1")
    box.run("resume", "1")
    box.run("approve", "1", "gate", "-m", "looks good")
    box.wait_for(lambda: box.json("show", "1", "--json")["state"] == "succeeded", "the end")
    assert deeds(box, "1") == [(1, "started", None, "manual"), (1, "paused", None, None),
                               (1, "resumed", None, None), (1, "approved", "gate", "looks good")]
    first = box.json("audit", "1", "--json")[0]
    assert first["user"] == ME and first["host"] and first["origin"] == "a timer"
    rows = box.run("audit", "1")[0].splitlines()
    assert rows[0].split() == ["TIME", "RUN", "WHAT", "WHO", "FROM"]
    assert "Approved gate: looks good" in rows[4] and ME in rows[4]


def test_reject_and_cancel(box):
    box.pipeline(APPROVAL)
    box.run("run", "--detach", "p.runnel.json")
    box.wait_for_step(1, "gate", "waiting")
    box.run("reject", "1", "gate")
    box.run("run", "--detach", "p.runnel.json")
    box.wait_for_step(2, "gate", "waiting")
    box.run("cancel", "2", "-m", "no time")
    box.wait_for(lambda: box.json("show", "2", "--json")["state"] == "cancelled", "the end")
    assert deeds(box, "1")[1:] == [(1, "rejected", "gate", None)]
    assert deeds(box, "2")[1:] == [(2, "cancelled", None, "no time")]


def test_freeze_and_interrupt(box):
    box.pipeline(script("long", "echo ready; sleep 1000"))
    process = box.start("run", "p.runnel.json")
    box.wait_for_step(1, "long", "running")
    box.run("freeze", "1", "long")
    box.run("thaw", "1", "long")
    os.kill(process.pid, signal.SIGINT)
    process.communicate()
    assert deeds(box, "1")[1:] == [(1, "froze", "long", None), (1, "thawed", "long", None),
                                   (1, "cancelled", None, "interrupted from the keyboard")]


def test_secrets_and_reruns(box):
    box.pipeline(command("one", "true"), secrets=["token"])
    box.write("secrets.json", '{"token": "s3cr3t-value"}')
    os.chmod(box.path("secrets.json"), 0o600)
    box.run("run", "p.runnel.json", "--secrets-file", "secrets.json")
    box.run("rerun", "1", "--secrets-file", "secrets.json")
    assert deeds(box, "1") == [(1, "started", None, "manual"), (1, "used-secret", None, "token"),
                               (1, "reran", None, "run 2")]
    assert "s3cr3t-value" not in box.run("audit", "--json")[0]
    assert deeds(box)[-1] == (2, "used-secret", None, "token")
    assert len(deeds(box, "-n", "2")) == 2


def test_inside_of_a_step(box):
    box.pipeline(command("one", "true"), name="inner.runnel.json")
    box.pipeline({"id": "sub", "kind": "pipeline", "with": {"file": "inner.runnel.json"}})
    box.run("run", "p.runnel.json")
    assert box.json("audit", "2", "--json")[0]["origin"] == "step sub of run 1"


def test_unknown(box):
    assert "Nobody" in box.run("audit")[1]
    assert "nothing is known of a run 5" in box.run("audit", "5", code=3)[1]


if __name__ == "__main__":
    main()
