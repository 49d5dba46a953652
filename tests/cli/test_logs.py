# test_logs.py: which lines runnel logs prints, and what it finds in the logs of many runs
# SPDX-License-Identifier: GPL-3.0-or-later

import datetime
import json
import os
import re

from runnel_test import command, main, script

COLORED = r"printf '\033[32mok\033[0m 1\n 10 %%\r100 %%\n\033[31mred\033[0m\n'"


def run_script(box, text, code=0):
    box.pipeline(script("build", text))
    box.run("run", "p.runnel.json", code=code)


def lines(box, *args, code=0):
    return box.run("logs", "1", *args, code=code)[0].splitlines()


def test_grep(box):
    run_script(box, "echo one two; echo One.; echo three; echo four; echo five; echo one")
    assert lines(box, "--grep", "^one") == ["==> build <==", "one two", "one"]
    assert lines(box, "build", "--grep", "one", "-i") == ["one two", "One.", "one"]
    assert lines(box, "build", "-F", "--grep", "e.", "--tail", "9") == ["One."]
    assert lines(box, "--step", "build", "--grep", "One|five", "-C", "1") == [
        "one two", "One.", "three", "four", "five", "one"]
    assert lines(box, "build", "--grep", "^one", "-C", "1") == ["one two", "One.", "--", "five", "one"]
    assert lines(box, "--grep", "nothing", code=1) == []
    assert "regular expression" in box.run("logs", "1", "--grep", "(", code=2)[1]
    assert "--errors" in box.run("logs", "1", "--grep", "a", "--errors", code=2)[1]


def test_grep_as_shown(box):
    run_script(box, COLORED)
    assert lines(box, "build", "--grep", "^ok 1$", "--no-colour") == ["ok 1"]
    assert lines(box, "build", "--grep", "10 %$", code=1) == []
    assert lines(box, "build", "--no-color") == ["ok 1", "100 %", "red"]
    assert box.run("logs", "1", "build")[0].startswith("\033[32mok\033[0m 1\n 10 %")


def test_tail(box):
    run_script(box, "seq 200000; printf 'no newline'")
    assert lines(box, "build", "--tail", "3") == ["199999", "200000", "no newline"]
    assert lines(box, "build", "-n", "2", "--grep", "77$") == ["199877", "199977"]
    assert len(lines(box, "build", "-n", "300000")) == 200001


def test_errors(box):
    run_script(box, "echo fine; echo 'a.c:1:2: error: broken'; echo after", code=0)
    assert lines(box, "build", "--errors") == ["a.c:1:2: error: broken"]
    assert lines(box, "build", "-e", "-C", "9") == ["fine", "a.c:1:2: error: broken", "after"]


def test_errors_in_red(box):
    run_script(box, COLORED)
    assert lines(box, "build", "--errors", "--no-colour") == ["red"]


def test_no_errors(box):
    run_script(box, "echo fine")
    assert lines(box, "--errors", code=1) == []


def test_timestamps_and_since(box):
    box.pipeline(script("build", "echo first; while ! test -e go; do sleep 0.02; done; echo second; sleep 0.3"))
    box.run("run", "--detach", "p.runnel.json")
    box.wait_for(lambda: lines(box, "build", "-t") and "first" in lines(box, "build", "-t")[0][23:], "the first line")
    # When it came is written down a moment later.
    box.wait_for(lambda: re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} first$", lines(box, "build", "-t")[0]),
                 "the time of the first line")
    box.write("go", "")
    box.wait_for_step(1, "build", "succeeded")
    first, second = lines(box, "build", "--timestamps")
    assert second.endswith(" second") and first[:23] < second[:23]
    began = datetime.datetime.fromtimestamp(box.step(1, "build")["attempts"][0]["started"] / 1e6)
    assert abs((datetime.datetime.fromisoformat(first[:23]) - began).total_seconds()) < 3600
    assert lines(box, "build", "--since", "1h") == ["first", "second"]
    assert lines(box, "build", "--since", "2000-01-01") == ["first", "second"]
    assert lines(box, "build", "--since", "2999-01-01") == []
    assert box.run("logs", "1", "--since", "nonsense", code=2)[1]


def test_times_of_their_own(box):
    run_script(box, "echo 2026-01-31T10:00:00.5Z text; echo more")
    assert "more" in lines(box, "build", "-t")[1]


def test_merge(box):
    box.pipeline(
        script("alpha", "echo a1; touch a; while ! test -e b; do sleep 0.02; done; sleep 0.3; echo a2"),
        script("beta", "while ! test -e a; do sleep 0.02; done; sleep 0.3; printf b1; touch b; sleep 0.9; echo"))
    box.run("run", "p.runnel.json")
    assert lines(box, "--merge") == ["alpha │ a1", "alpha │ a2", "beta  │ b1"]
    assert lines(box, "-m", "--step", "beta", "--grep", "b") == ["beta │ b1"]
    assert lines(box, "-m", "--tail", "1") == ["beta  │ b1"]
    assert re.match(r"\d{4}-.* alpha │ a1$", lines(box, "-m", "-t")[0])


def test_follow_merged(box):
    box.pipeline(script("a", "echo from a; while ! test -e go; do sleep 0.02; done"),
                 script("b", "echo from b", needs=["a"]))
    box.run("run", "--detach", "p.runnel.json")
    follower = box.start("logs", "1", "--follow", "--merge")
    assert follower.stdout.readline() == "a │ from a\n"
    box.write("go", "")
    assert follower.communicate()[0] == "b │ from b\n"
    assert follower.returncode == 0


def test_follow_grep(box):
    box.pipeline(script("a", "echo one; echo no; while ! test -e go; do sleep 0.02; done; echo one more"))
    box.run("run", "--detach", "p.runnel.json")
    follower = box.start("logs", "1", "a", "-f", "--grep", "one")
    assert follower.stdout.readline() == "one\n"
    box.write("go", "")
    assert follower.communicate()[0] == "one more\n"


def test_several_steps(box):
    box.pipeline(script("a", "echo 1"), script("b", "echo 2", needs=["a"]), script("c", "echo 3", needs=["b"]))
    box.run("run", "p.runnel.json")
    assert lines(box, "--step", "c", "--step", "a") == ["==> a <==", "1", "", "==> c <==", "3"]
    assert lines(box, "a", "--step", "c", "--grep", ".") == ["==> a <==", "1", "", "==> c <==", "3"]
    assert "no step “nope”" in box.run("logs", "1", "--step", "nope", code=3)[1]
    assert "which run" in box.run("logs", code=2)[1]
    assert "one run" in box.run("logs", "1", "a", "b", code=2)[1]


def test_attempts_by_lines(box):
    box.pipeline(script("try", "echo attempt $RUNNEL_ATTEMPT; test $RUNNEL_ATTEMPT = 2",
                        retry={"max": 1, "delay": "0s"}))
    box.run("run", "p.runnel.json")
    assert lines(box, "--merge") == ["try     │ attempt 1", "try (2) │ attempt 2"]
    assert lines(box, "try", "--attempt", "2", "--grep", "attempt") == ["==> try, attempt 2 <==", "attempt 2"]


def test_search(box):
    for number in range(3):
        box.pipeline(script("build", f"echo start; echo Needle {number}"), script("other", "echo nothing"),
                     name=f"p{number}.runnel.json")
        box.run("run", f"p{number}.runnel.json")
    out = box.run("logs", "--search", "needle")[0]
    found = [line for line in out.splitlines() if line.startswith("build")]
    assert found == ["build:2: Needle 2", "build:2: Needle 1", "build:2: Needle 0"]
    assert [line.split(":")[0] for line in out.splitlines() if line.startswith("==>")] == [
        "==> Run 3", "==> Run 2", "==> Run 1"]
    hits = [json.loads(line) for line in box.run("logs", "--search", "needle", "--json")[0].splitlines()]
    assert [(hit["run"], hit["step"], hit["attempt"], hit["line"]) for hit in hits] == [
        (3, "build", 1, 2), (2, "build", 1, 2), (1, "build", 1, 2)]
    with open(hits[0]["log"], encoding="utf-8") as log:
        assert log.read() == "start\nNeedle 2\n"
    assert "Needle 1" in box.run("logs", "--search", "le [01]", "-E", "pipeline:" + box.path("p1.runnel.json"))[0]
    out, err = box.run("logs", "--search", "needle", "--limit", "2")
    assert out.count("Needle") == 2 and "there is more" in err
    assert box.run("logs", "--search", "needle", "--case", code=1)[0] == ""
    assert box.run("logs", "--search", "needle", "state:failed", code=1)[0] == ""
    assert box.run("logs", "--search", "", code=2)[1]
    assert "did you mean" in box.run("logs", "--search", "x", "stat:failed", code=2)[1]


def test_search_without_history(box):
    assert box.run("logs", "--search", "x", code=1)[0] == ""


def test_log_that_was_removed(box):
    box.pipeline(command("one", "echo", "x"))
    box.run("run", "p.runnel.json")
    os.remove(os.path.join(box.root, "state", "runnel", "runs", "1", "one.1.log"))
    assert lines(box, "--grep", "x", code=1) == []
    assert lines(box, "--merge") == []


if __name__ == "__main__":
    main()
