# test_simulate.py: runnel simulate
# SPDX-License-Identifier: GPL-3.0-or-later

import os

from runnel_test import command, main, script

SECOND = 1_000_000
DEPLOY = [
    command("build", "touch", "built"),
    command("deploy", "touch", "deployed", needs=["build"],
            undo={"kind": "command", "with": {"argv": ["touch", "undone"]}}),
    command("check", "touch", "checked", needs=["deploy"], retry=1),
]


def simulate(box, *args, code=0):
    return box.json("simulate", "p.runnel.json", *args, "--json", code=code)


def times(result):
    return {step["id"]: (step["start-us"] // SECOND, step["end-us"] // SECOND)
            for step in result["steps"]}


def states(result):
    return {step["id"]: step["state"] for step in result["steps"]}


def test_order(box):
    box.pipeline(*DEPLOY)
    result = simulate(box, "-d", "build=2m", "--duration", "30s")
    assert times(result) == {"build": (0, 120), "deploy": (120, 150), "check": (150, 180)}, result
    assert result["makespan-us"] == 180 * SECOND
    assert result["critical-path"] == ["build", "deploy", "check"]
    assert os.listdir(box.work) == ["p.runnel.json"]  # nothing was carried out
    assert box.json("list", "--json") == []


def test_failure(box):
    box.pipeline(*DEPLOY, **{"on-failure": "rollback"})
    result = simulate(box, "--fail", "check=1")
    assert states(result)["check"] == "succeeded"
    assert times(result)["check"] == (20, 40)
    result = simulate(box, "--fail", "check", code=1)
    assert result["state"] == "failed"
    assert states(result)["deploy.undo"] == "succeeded"
    assert times(result)["deploy.undo"] == (40, 50)
    assert result["critical-path"] == ["build", "deploy", "check"]


def test_limits(box):
    box.pipeline(*[command(f"s{i}", "true") for i in range(6)], pools={"gpu": 2})
    result = simulate(box, "--jobs", "3")
    assert result["jobs"] == {"peak": 3, "slots": 3}
    assert result["pools"] == {"gpu": {"peak": 0, "slots": 2}}
    assert result["makespan-us"] == 20 * SECOND


def test_history(box):
    box.pipeline(script("a", 'echo "kind=fast" >> "$RUNNEL_OUTPUT"'),
                 command("b", "true", needs=["a"], **{"if": "steps.a.outputs.kind == 'fast'"}))
    assert states(simulate(box))["b"] == "skipped"
    box.run("run", "p.runnel.json")
    result = simulate(box)
    assert states(result)["b"] == "succeeded"
    assert [step["duration-from"] for step in result["steps"]] == ["history", "history"]
    [attempt] = box.step(1, "a")["attempts"]
    assert result["steps"][0]["end-us"] == attempt["finished"] - attempt["started"]


def test_text(box):
    box.pipeline(*DEPLOY)
    out, _ = box.run("simulate", "p.runnel.json", "--gantt", "-o", "chart.svg")
    assert out.startswith("✓ The run would have succeeded after 30 s\n"), out
    assert "Critical path  build → deploy → check (30 s of work)\n" in out
    assert "unknown, taken as 10 s\n" in out
    assert "◆ on the critical path" in out
    with open(box.path("chart.svg"), encoding="utf-8") as file:
        assert "<svg" in file.read()


def test_errors(box):
    box.pipeline(*DEPLOY, parameters={"p": {"required": True}})
    box.run("simulate", "p.runnel.json", code=2)
    box.run("simulate", "p.runnel.json", "-p", "p=1")
    for wrong in (["--fail", "nope"], ["--fail", "build=x"], ["-d", "nope=1s"], ["-d", "build=1"],
                  ["--jobs", "-1"]):
        assert box.run("simulate", "p.runnel.json", "-p", "p=1", *wrong, code=2)[1], wrong
    box.run("simulate", "absent.runnel.json", code=3)


if __name__ == "__main__":
    main()
