# test_explain.py: runnel explain
# SPDX-License-Identifier: GPL-3.0-or-later

from runnel_test import command, main, script


def facts(box, step, run=1):
    return [(fact["topic"], fact["text"])
            for fact in box.json("explain", str(run), step, "--json")["facts"]]


def texts(box, step, topic):
    return [text for about, text in facts(box, step) if about == topic]


def test_conditions(box):
    box.pipeline(command("a", "true", **{"if": "params.channel == 'beta'"}),
                 command("b", "true", **{"if": "params.channel == 'stable' && success()"}),
                 command("c", "true", needs=["b"]),
                 parameters={"channel": {"default": "beta"}})
    box.run("run", "p.runnel.json")
    assert texts(box, "a", "cause") == [
        "its condition is true: params.channel == 'beta' (params.channel is 'beta')"]
    assert texts(box, "b", "end") == [
        "it was skipped: its condition is false: params.channel == 'stable' && success() "
        "(params.channel is 'beta')"]
    assert texts(box, "c", "need") == ["its link to b (success) did not fire: b was skipped"]
    assert texts(box, "c", "end") == ["it was skipped: skipped because b was skipped"]


def test_text(box):
    box.pipeline(command("a", "true"),
                 command("b", "false", needs=["a"], retry=1, name="Second"))
    box.run("run", "p.runnel.json", code=1)
    out, _ = box.run("explain", "1", "b")
    lines = out.splitlines()
    assert lines[0] == "✗ b  Second"
    assert lines[1] == "  need     its link to a (success) fired: a succeeded"
    assert lines[2].startswith("  attempt  attempt 1 failed after ")
    assert lines[3].endswith(": Exited with code 1")
    assert lines[4] == "  end      it failed: Exited with code 1"


def test_secrets_stay_hidden(box):
    box.env["TOKEN"] = "hush-hush"
    box.pipeline(
        command("a", "true", **{"if": "secrets.TOKEN == 'x'"}),
        command("b", "true", **{"if": "contains(env.COPY, 'x')"}),
        env={"COPY": "a ${{ secrets.TOKEN }}"}, secrets=["TOKEN"])
    box.run("run", "p.runnel.json")
    for step, operand in (("a", "secrets.TOKEN is "), ("b", "env.COPY is ")):
        out, _ = box.run("explain", "1", step)
        assert operand in out, out
        assert "hush" not in out, out
    assert "hush" not in box.run("show", "1", "--json")[0]


def test_retry_by_output(box):
    box.pipeline(script("flaky", 'echo "try $RUNNEL_ATTEMPT: connection reset"; '
                                 'test "$RUNNEL_ATTEMPT" -ge 3 && echo syntax error; exit 1',
                        retry={"max": 9, "if": "!contains(steps.self.log, 'syntax error')"}))
    box.run("run", "p.runnel.json", code=1)
    assert len(box.step(1, "flaky")["attempts"]) == 3
    [end] = texts(box, "flaky", "end")
    assert end.startswith("it failed: Exited with code 1; not retried, for retry.if is false: "
                          "!contains(steps.self.log, 'syntax error') (steps.self.log is '"), end


def test_not_found(box):
    box.pipeline(command("a", "true"))
    box.run("run", "p.runnel.json")
    assert "has no step “b”" in box.run("explain", "1", "b", code=3)[1]
    box.run("explain", "2", "a", code=3)
    box.run("explain", "1", code=2)


if __name__ == "__main__":
    main()
