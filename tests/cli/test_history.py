# test_history.py: runnel list, show, logs and gantt
# SPDX-License-Identifier: GPL-3.0-or-later

import csv
import io
import os
import shutil
import signal
import xml.dom.minidom

from runnel_test import command, main, script


def test_nothing_yet(box):
    out, err = box.run("list")
    assert out == "" and "runnel run" in err
    assert box.json("list", "--json") == []


def test_list(box):
    box.pipeline(command("one", "true"), command("two", "true"), name="a.runnel.json")
    box.pipeline(command("one", "false"), name="b.runnel.json")
    box.run("run", "a.runnel.json")
    box.run("run", "b.runnel.json", code=1)
    runs = box.json("list", "--json")
    assert [(run["run"], run["state"]) for run in runs] == [(2, "failed"), (1, "succeeded")]
    assert runs[1]["counts"] == {"steps": 2, "succeeded": 2}
    assert runs[1]["file"] == box.path("a.runnel.json")
    assert 0 < runs[1]["started"] <= runs[1]["finished"]
    rows = box.run("list")[0].splitlines()
    assert rows[0].split() == ["RUN", "STATE", "PIPELINE", "STARTED", "TIME", "STEPS"]
    assert rows[1].startswith("2    ✗ failed") and rows[2].endswith("2/2")


def test_fingerprint(box):
    box.pipeline(command("one", "true"))
    box.env["TOKEN"] = "hush"
    box.run("run", "p.runnel.json")
    details = box.json("show", "1", "--json")["details"]
    fingerprint = details["fingerprint"]
    assert fingerprint["cwd"] == os.path.dirname(box.path("p.runnel.json"))
    assert fingerprint["path"] == box.env["PATH"]
    assert fingerprint["kernel"].startswith("Linux ") and fingerprint["runnel"]
    text = box.run("show", "1")[0]
    assert f"By        {details['user']} on {details['host']}\n" in text
    assert "hush" not in box.run("show", "1", "--json")[0]


def test_list_filters(box):
    box.pipeline(command("one", "true"), name="a.runnel.json")
    box.pipeline(command("one", "false"), name="b.runnel.json")
    box.run("run", "a.runnel.json")
    box.run("run", "b.runnel.json", code=1)
    box.run("run", "a.runnel.json")

    def numbers(*args):
        return [run["run"] for run in box.json("list", "--json", *args)]

    assert numbers("-n", "1") == [3]
    assert numbers("--state", "failed") == [2]
    assert numbers("--pipeline", box.path("a.runnel.json")) == [3, 1]
    assert numbers("--text", "b.runnel") == [2]
    assert numbers("--state", "failed", "--state", "succeeded", "--before", "3") == [2, 1]
    assert numbers("--trigger", "manual", "--since", "1h", "--is", "top-level") == [3, 2, 1]
    assert numbers("--until", "1h") == []
    assert numbers("state:failed") == [2]
    assert numbers("is:failure", "with code 1") == [2]
    assert numbers("--pinned") == []
    assert "no such runs" in box.run("list", "state:cancelled")[1]
    assert "nonsense" in box.run("list", "--state", "nonsense", code=2)[1]
    assert "did you mean" in box.run("list", "stat:failed", code=2)[1]


def test_list_columns(box):
    box.pipeline(command("one", "true"), parameters={"env": {"default": "prod"}, "n": {"type": "number"}})
    box.run("run", "p.runnel.json", "--label", "a", "--label", "b", "-p", "n=3")
    box.run("run", "p.runnel.json", "-p", "env=x, \"y\"")
    rows = box.run("list", "--columns", "run, labels,param:n,param:env")[0].splitlines()
    assert rows[0].split() == ["RUN", "LABELS", "N", "ENV"]
    assert rows[2].split() == ["1", "a,", "b", "3", "prod"]
    assert "did you mean “labels”" in box.run("list", "--columns", "label", code=2)[1]
    box.run("list", "--columns", "", code=2)
    box.run("list", "--columns", "param:", code=2)
    box.run("list", "--columns", "run", "--json", code=2)


def test_list_csv(box):
    box.pipeline(command("one", "true"), parameters={"env": {"default": "prod"}})
    box.run("run", "p.runnel.json", "--label", "a", "--label", "b")
    box.run("run", "p.runnel.json", "-p", "env=x, \"y\"\nz")
    out = box.run("list", "--csv", "--columns", "run,state,labels,param:env")[0]
    assert out == 'run,state,labels,param:env\n2,succeeded,,"x, ""y""\nz"\n1,succeeded,"a, b",prod\n'
    rows = list(csv.DictReader(box.run("list", "--csv")[0].splitlines()))
    assert [row["run"] for row in rows] == ["2", "1"]
    assert rows[0]["started"].endswith("Z") and float(rows[0]["time"]) >= 0
    assert rows[0]["file"] == box.path("p.runnel.json") and rows[0]["pinned"] == "no"
    assert box.run("list", "--csv", "state:failed", "--columns", "run")[0] == "run\n"


def test_list_fits_the_terminal(box):
    box.pipeline(command("one", "true"), **{"description": "x"})
    text = open(box.path("p.runnel.json"), encoding="utf-8").read()
    box.write("p.runnel.json", text.replace('"Test"', '"' + "Long name " * 12 + '"'))
    box.run("run", "p.runnel.json")
    terminal = box.terminal("list", width=72, NO_COLOR="1")
    assert terminal.finish() == 0
    rows = terminal.output.decode().splitlines()
    assert max(len(row) for row in rows) <= 72 and "…" in rows[1], rows


def test_show(box):
    box.pipeline(
        command("first", "false", retry=1, **{"continue-on-error": True}),
        script("second", "echo x=1 >> $RUNNEL_OUTPUT", needs=["first"], name="The second"),
        command("third", "true", **{"if": "1 == 2"}),
    )
    box.run("run", "p.runnel.json")
    run = box.json("show", "1", "--json")
    first, second, third = run["steps"]
    assert run["run"] == 1 and run["state"] == "succeeded"
    assert (first["id"], first["state"], first["tolerated"]) == ("first", "failed", True)
    assert [attempt["exit-code"] for attempt in first["attempts"]] == [1, 1]
    assert first["queued"] <= first["started"] <= first["finished"]
    assert second["outputs"] == {"x": "1"} and second["name"] == "The second"
    assert third["state"] == "skipped" and third["reason"] and third["attempts"] == []
    out, _ = box.run("show", "#1")
    assert "✗ failed" in out and "the run goes on" in out


def test_failures_that_were_made_good(box):
    def fallback(step, name, argument):
        return command(name, argument, needs=[{"step": step, "on": "failure"}])

    box.pipeline(command("a", "false"), fallback("a", "b", "false"), fallback("b", "c", "true"),
                 *[command(f"x{i}", "false") for i in range(3)],
                 *[fallback(f"x{i}", f"y{i}", "true") for i in range(3)])
    told = ("a failed, and c made it good; b failed, and c made it good; "
            "x0 failed, and y0 made it good; and 2 more")
    out, _ = box.run("run", "p.runnel.json")
    assert f"): {told}. See:" in out
    assert f"Handled   {told}\n" in box.run("show", "1")[0]
    box.pipeline(command("a", "true"), fallback("a", "b", "true"))
    assert "made it good" not in box.run("run", "p.runnel.json")[0]
    assert "Handled" not in box.run("show", "2")[0]


def test_hostile_texts(box):
    folder = os.path.join(os.fsencode(box.work), b"no-utf8-\xff\x1b[31m\x1b\xc3\xa9")
    os.mkdir(folder)
    box.env["XDG_DATA_HOME"] = box.path("data")
    box.pipeline(command("one", "true"), name="p.runnel.json",
                 parameters={"x": {"type": "number"}})
    os.rename(box.path("p.runnel.json"), os.path.join(folder, b"p.runnel.json"))
    box.run("run", os.fsdecode(folder) + "/p.runnel.json", "-p", "x=1e20")
    run = box.json("list", "--json")[0]
    assert run["details"]["parameters"]["x"] == 1e20 and "no-utf8-\ufffd" in run["file"]
    for args in (("list", "--columns=run,file,param:x"), ("show", "1"), ("audit", "1"), ("stats",)):
        assert "\x1b" not in box.run(*args)[0], args
    assert box.json("list", "--json", "--param=x")[0]["run"] == 1


def test_show_unknown(box):
    assert "7" in box.run("show", "7", code=3)[1]
    assert "“x” is not the number of a run" in box.run("show", "x", code=2)[1]
    box.run("show", "0", code=2)
    box.run("show", "99999999999999999999", code=2)


def test_logs_in_order_of_start(box):
    box.pipeline(
        script("last", "echo from last", needs=["mid"]),
        script("first", "echo from first"),
        script("mid", "printf 'no newline'", needs=["first"]),
    )
    box.run("run", "p.runnel.json")
    assert box.run("logs", "1")[0] == (
        "==> first <==\nfrom first\n\n==> mid <==\nno newline\n==> last <==\nfrom last\n")
    assert box.run("logs", "1", "mid")[0] == "no newline"


def test_logs_of_attempts(box):
    box.pipeline(script("try", 'echo "attempt $RUNNEL_ATTEMPT"; test "$RUNNEL_ATTEMPT" = 2', retry=3))
    box.run("run", "p.runnel.json")
    assert box.run("logs", "1", "try")[0] == "attempt 1\n\n==> try, attempt 2 <==\nattempt 2\n"
    assert box.run("logs", "1", "try", "--attempt", "1")[0] == "attempt 1\n"


def test_logs_unknown(box):
    box.pipeline(command("one", "true"))
    box.run("run", "p.runnel.json")
    assert "has no step “nope”" in box.run("logs", "1", "nope", code=3)[1]
    box.run("logs", "2", code=3)
    assert box.run("logs", "1", "one")[0] == ""


def test_logs_that_are_not_there(box):
    box.pipeline(script("kept", "echo kept"),
                 script("never", "true", **{"working-directory": "nowhere"}))
    box.run("run", "p.runnel.json", code=1)
    assert "nowhere" in box.run("logs", "1", "never", code=3)[1]
    folder = os.path.join(box.root, "state", "runnel", "runs", "1")
    shutil.rmtree(folder)
    for args in (["1"], ["1", "kept"], ["1", "-f"]):
        out, err = box.run("logs", *args, code=3)
        assert out == "" and folder in err


def test_follow_a_step(box):
    box.pipeline(script("count", "echo one; while ! test -e go; do sleep 0.02; done; echo two"),
                 script("after", "while ! test -e stop; do sleep 0.02; done", needs=["count"]))
    box.run("run", "--detach", "p.runnel.json")
    follower = box.start("logs", "1", "count", "-f")
    assert follower.stdout.readline() == "one\n"
    box.write("go", "")
    assert follower.communicate()[0] == "two\n"
    assert follower.returncode == 0
    assert box.step(1, "after")["state"] in ("queued", "running", "pending")
    box.write("stop", "")
    box.wait_for_step(1, "after", "succeeded")


def test_follow_a_run(box):
    box.pipeline(script("a", "echo from a; while ! test -e go; do sleep 0.02; done"),
                 script("b", "echo from b", needs=["a"]))
    box.run("run", "--detach", "p.runnel.json")
    follower = box.start("logs", "1", "--follow")
    assert follower.stdout.readline() == "==> a <==\n"
    assert follower.stdout.readline() == "from a\n"
    box.write("go", "")
    assert follower.communicate()[0] == "\n==> b <==\nfrom b\n"


def test_follow_ends_with_a_killed_run(box):
    box.pipeline(script("long", "echo ready; sleep 1000"))
    box.run("run", "--detach", "p.runnel.json")
    box.wait_for_step(1, "long", "running")
    follower = box.start("logs", "1", "-f")
    assert follower.stdout.readline() == "==> long <==\n"
    engine = engine_of(box)
    os.kill(engine, signal.SIGKILL)
    follower.communicate()
    assert follower.returncode == 0
    box.wait_for(lambda: box.json("show", "1", "--json")["state"] == "interrupted", "the end")


def engine_of(box):
    """The parent of the step's process."""
    pid = box.step(1, "long")["attempts"][0]["pid"]
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        return int(file.read().rsplit(")", 1)[1].split()[1])


def test_gantt(box):
    box.pipeline(command("one", "true"), command("two", "true", needs=["one"]))
    box.run("run", "p.runnel.json")
    out, _ = box.run("gantt", "1")
    assert "one" in out and "two" in out
    box.run("gantt", "1", "-o", "chart.svg")
    picture = xml.dom.minidom.parse(box.path("chart.svg"))
    assert picture.documentElement.tagName == "svg"
    rows = list(csv.DictReader(io.StringIO(box.run("gantt", "1", "--csv")[0])))
    assert [row["step"] for row in rows] == ["one", "two"] and float(rows[0]["run_s"]) > 0, rows
    assert "two" not in box.run("gantt", "1", "--filter", "ON")[0]
    assert "one" not in box.run("gantt", "1", "--state", "failed")[0]
    assert "is no order" in box.run("gantt", "1", "--order", "size", code=2)[1]
    assert "no state" in box.run("gantt", "1", "--state", "odd", code=2)[1]
    timing = box.json("gantt", "1", "--json")
    assert timing["critical-path"] == ["one", "two"] and timing["totals"]["run-us"] > 0, timing
    assert [step["step"] for step in timing["steps"]] == ["one", "two"], timing
    assert timing["steps"][1]["released-by"] == "one", timing
    assert [span["kind"] for span in timing["steps"][0]["spans"]][-1] == "run", timing
    box.run("gantt", "2", code=3)
    box.run("gantt", "1", "-o", "/nonexistent/chart.svg", code=4)


def test_compare(box):
    box.pipeline(command("one", "true"), command("old", "true"))
    box.run("run", "p.runnel.json")
    box.pipeline(script("one", "sleep 0.2"), command("new", "true", needs=["one"]))
    box.run("run", "p.runnel.json")
    out, _ = box.run("gantt", "1", "2")
    assert "Run 1 → run 2" in out and "its definition has changed" in out, out
    diff = box.json("gantt", "1", "2", "--json")
    steps = {step["step"]: step for step in diff["steps"]}
    assert {id: step["change"] for id, step in steps.items()} == {"one": "changed", "new": "added", "old": "removed"}
    assert diff["steps"][0]["step"] == "one" and steps["one"]["delta-us"] > 0, diff
    assert "before" not in steps["new"] and "after" not in steps["old"], diff
    box.run("gantt", "1", "2", "-o", "diff.svg")
    assert xml.dom.minidom.parse(box.path("diff.svg")).documentElement.tagName == "svg"
    box.run("gantt", "1", "3", code=3)
    assert "--json and -o" in box.run("gantt", "1", "2", "--fold", code=2)[1]


if __name__ == "__main__":
    main()
