# test_breakers.py: steps that keep failing, and runnel breakers
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import signal

from runnel_test import command, main, script


def pipeline(box, deploy, cool_down="1h"):
    return box.pipeline(
        script("deploy", deploy, breaker={"failures": 2, "cool-down": cool_down}),
        script("fallback", "echo instead", needs=[{"step": "deploy", "on": "failure"}]),
    )


def test_open_and_reset(box):
    path = pipeline(box, "echo tried >> tries; test -e good")
    box.run("run", path)
    box.run("run", path)
    out, _ = box.run("run", path)
    assert "deploy" in out and "its breaker is open since" in out, out
    assert "after 2 failures in a row" in out
    # It was not tried, and its failure link fired.
    with open(box.path("tries"), encoding="utf-8") as file:
        assert len(file.readlines()) == 2
    assert box.run("logs", "3", "fallback")[0] == "instead\n"
    assert "its breaker is open since" in box.step(3, "deploy")["reason"]
    assert f"runnel breakers reset '{path}' deploy" in box.step(3, "deploy")["reason"]

    listed = box.json("breakers", "--json")
    assert [(b["step"], b["file"], b["state"], b["failures"], b["limit"], b["run"]) for b in listed] == [
        ("deploy", path, "open", 2, 2, 2)]
    assert listed[0]["retry"] - listed[0]["opened"] == 3600 * 1000000
    out, _ = box.run("breakers", "p.runnel.json")
    assert "deploy" in out and "open" in out and "2 of 2" in out and "run 2" in out

    box.write("good", "")
    assert box.run("breakers", "reset", "p.runnel.json", "deploy")[0] == "1 breaker is closed.\n"
    box.run("run", path)
    assert box.step(4, "deploy")["state"] == "succeeded"
    assert box.json("breakers", "--json") == []


def test_reset_nothing(box):
    err = box.run("breakers", "reset", "p.runnel.json", "deploy", code=3)[1]
    assert "no breaker of a step “deploy”" in err
    assert box.run("breakers", "reset", "p.runnel.json")[0] == "0 breakers are closed.\n"
    box.run("breakers", "put", "a", "b", code=2)
    assert "No step with a breaker has failed" in box.run("breakers")[1]


def test_success_starts_anew(box):
    path = pipeline(box, "test -e good")
    box.run("run", path)
    box.write("good", "")
    box.run("run", path)
    os.remove(box.path("good"))
    box.run("run", path)
    assert [b["failures"] for b in box.json("breakers", path, "--json")] == [1]


def test_cancel_counts_as_nothing(box):
    path = pipeline(box, "sleep 1000")
    process = box.start("run", path)
    box.wait_for_step(1, "deploy", "running")
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert box.json("breakers", "--json") == []


def test_killed_probe(box):
    """Whoever dies while it tries the step gives the try back."""
    path = pipeline(box, "test ! -e hang || sleep 1000; false", cool_down="0s")
    box.run("run", path)
    box.run("run", path)
    box.write("hang", "")
    prober = box.start("run", path)
    box.wait_for_step(3, "deploy", "running")
    assert [(b["state"], b["probe"]) for b in box.json("breakers", "--json")] == [("half-open", 3)]
    box.run("run", path)
    assert "half open after 2 failures in a row; run 3 tries it now" in box.step(4, "deploy")["reason"]

    box.kill_engine(prober)
    os.remove(box.path("hang"))
    box.run("run", path)
    assert box.step(5, "deploy")["reason"] == "Exited with code 1"


def test_bad_values(box):
    path = box.pipeline(command("a", "true", breaker={"failures": 0}))
    assert "must be from 1" in box.run("validate", path, code=2)[1]
    path = box.pipeline(command("a", "true", breaker={"failures": 1, "cool-down": "soon"}))
    assert "is not a duration" in box.run("validate", path, code=2)[1]
    path = box.pipeline(command("a", "true", breaker={}))
    assert "“failures” is missing" in box.run("validate", path, code=2)[1]


if __name__ == "__main__":
    main()
