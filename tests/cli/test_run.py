# test_run.py: runnel run
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import re
import resource
import signal

from runnel_test import command, main, script


def test_succeeds(box):
    box.pipeline(command("one", "echo", "hello"), command("two", "true", needs=["one"]))
    out, err = box.run("run", "p.runnel.json")
    assert err == ""
    lines = out.splitlines()
    assert re.fullmatch(r"\d\d:\d\d:\d\d Run 1 started, 2 steps", lines[0])
    assert re.fullmatch(r"\d\d:\d\d:\d\d one  started", lines[1])
    assert re.fullmatch(r"\d\d:\d\d:\d\d one  succeeded in .*s", lines[2])
    assert re.search(r" Run 1 succeeded in .* \(2 succeeded\)\. See: runnel show 1$", lines[-1])


def test_failure_shows_the_end_of_the_log(box):
    box.pipeline(script("bad", "seq 1 50; exit 3"))
    out, _ = box.run("run", "p.runnel.json", code=1)
    tail = [line.strip() for line in out.splitlines() if line.startswith("    | ")]
    assert tail == [f"| {number}" for number in range(31, 51)]
    assert "bad  failed after" in out and "3" in out
    assert out.splitlines()[-1].endswith("See: runnel logs 1 bad")


def test_tail_without_control_characters(box):
    box.pipeline(script("bad", r"printf '\033[31mred\033[0m\ta\007b\n\033]0;title\007end'; exit 1"))
    out, _ = box.run("run", "p.runnel.json", code=1)
    assert "    | red    ab\n    | end\n" in out
    assert "\033" not in out and "\007" not in out and "title" not in out


def test_json(box):
    box.pipeline(command("one", "true"), command("two", "false", needs=["one"]))
    events = box.events("p.runnel.json", code=1)
    assert [event["event"] for event in events] == [
        "run-started",
        "step-queued", "attempt-started", "attempt-finished", "step-finished",
        "step-queued", "attempt-started", "attempt-finished", "step-finished",
        "run-finished",
    ]
    last = events[-1]
    assert (last["event"], last["run"], last["state"]) == ("run-finished", 1, "failed")
    assert events[-2]["step"] == "two" and events[-2]["state"] == "failed"


def test_parameters(box):
    box.pipeline(
        script("say", 'echo "$RUNNEL_PARAM_WHO $RUNNEL_PARAM_COUNT"'),
        parameters={"who": {"type": "string", "required": True}, "count": {"type": "number", "default": 2}},
    )
    box.run("run", "p.runnel.json", "-p", "who=Ana Lee", "--param=count=7")
    assert box.run("logs", "1", "say")[0] == "Ana Lee 7\n"
    box.write("values.json", {"who": "File", "count": 9})
    box.run("run", "p.runnel.json", "--parameters-file", "values.json", "-p", "count=8")
    assert box.run("logs", "2", "say")[0] == "File 8\n"


def test_bad_parameters_start_no_run(box):
    box.pipeline(
        command("one", "true"),
        parameters={"who": {"type": "string", "required": True}, "count": {"type": "number"}},
    )
    assert "who" in box.run("run", "p.runnel.json", code=2)[1]
    assert "count" in box.run("run", "p.runnel.json", "-p", "who=x", "-p", "count=many", code=2)[1]
    assert "whoo" in box.run("run", "p.runnel.json", "-p", "whoo=x", code=2)[1]
    assert box.json("list", "--json") == []


def test_invalid_file(box):
    box.write("bad.runnel.json", '{\n  "format": 1,\n  "steps": [\n'
              '    {"id": "a", "kind": "command", "with": {"argv": ["true"]}, "needs": ["nope"]},\n'
              '    {"id": "a", "kind": "comand"}\n  ]\n}\n')
    out, err = box.run("run", "bad.runnel.json", code=2)
    assert out == ""
    assert re.search(r"^bad\.runnel\.json:4:\d+: error: .*nope", err, re.M), err
    assert re.search(r"^bad\.runnel\.json:5:\d+: error: .*comand", err, re.M), err
    assert "can't be run" in err.splitlines()[-1]
    assert box.json("list", "--json") == []


def test_no_json(box):
    box.write("bad.runnel.json", "{\n  nonsense\n}\n")
    err = box.run("run", "bad.runnel.json", code=2)[1]
    assert "bad.runnel.json" in err and "2" in err


def test_missing_file(box):
    assert "missing.runnel.json" in box.run("run", "missing.runnel.json", code=3)[1]


def test_file_without_end(box):
    for args in (["validate"], ["run"]):
        assert "larger than 64 MB" in box.run(*args, "/dev/zero", code=2)[1]
    with open("/dev/zero", "rb") as zero:
        process = box.start("run", "--stdin", "p.runnel.json", stdin=zero)
    _, err = process.communicate()
    assert process.returncode == 2 and "larger than 64 MB" in err


def test_pipe_as_file(box):
    read, write = os.pipe()
    with open(write, "w", encoding="utf-8") as file:
        json.dump({"format": 1, "name": "Piped", "steps": [command("one", "true")]}, file)
    process = box.start("run", f"/dev/fd/{read}", pass_fds=[read])
    os.close(read)
    out, err = process.communicate()
    assert process.returncode == 0, out + err


def test_folder_as_file(box):
    assert "Is a directory" in box.run("validate", ".", code=3)[1]


def test_files_that_may_not_grow(box):
    box.pipeline(script("one", "seq 100000"))
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40000, 40000))
    process = box.start("run", "p.runnel.json", preexec_fn=limit)
    _, err = process.communicate()
    assert process.returncode == 4 and "Cannot use the history" in err


def test_few_open_files(box):
    box.pipeline(*[script(f"s{i}", "ulimit -Sn") for i in range(60)])

    def run(soft, hard):
        limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        process = box.start("run", "-j60", "p.runnel.json", preexec_fn=limit)
        return process.communicate()[1], process.returncode

    err, code = run(20, 90)
    assert code == 4 and "ulimit -n 160" in err, err
    assert box.json("list", "--json") == []
    err, code = run(20, 1000)
    assert code == 0, err
    assert box.run("logs", "1", "s59")[0] == "160\n"


def test_usage(box):
    assert "usage: runnel run" in box.run("run", code=2)[1]
    assert "--nonsense" in box.run("run", "--nonsense", "x", code=2)[1]
    assert "--jobs 0" in box.run("run", "-j", "0", "x", code=2)[1]


def test_dry_run(box):
    box.pipeline(
        command("build", "make", "${{ params.target }}", needs=[]),
        script("test", "touch ran\necho two", needs=["build"]),
        command("never", "true", **{"if": "params.target == 'none'"}),
        parameters={"target": {"type": "string", "default": "all"}},
    )
    out, _ = box.run("run", "--dry-run", "p.runnel.json")
    assert "1. build  command  make all\n" in out
    assert "2. test  script  touch ran;echo two\n" in out
    assert "-  never  skipped" in out
    assert not os.path.exists(box.path("ran"))
    assert box.json("list", "--json") == []


def test_jobs(box):
    steps = [script(f"s{i}", 'mkdir alone && rmdir alone') for i in range(8)]
    box.pipeline(*steps)
    box.run("run", "--jobs=1", "p.runnel.json")
    box.run("run", "-j1", "p.runnel.json")
    assert box.json("show", "2", "--json")["details"]["jobs"] == 1


def test_state_folder_that_cannot_be_used(box):
    box.pipeline(command("one", "true"))
    box.env["XDG_STATE_HOME"] = "/proc/nonexistent"
    err = box.run("run", "p.runnel.json", code=4)[1]
    assert err.startswith("runnel: ")
    run = box.json("show", "1", "--json")
    assert run["state"] == "interrupted" and "folder of all runs" in run["reason"]
    assert run["steps"][0]["state"] == "cancelled"


def test_history_that_cannot_be_used(box):
    box.pipeline(command("one", "true"))
    box.env["XDG_DATA_HOME"] = "/proc/nonexistent"
    box.run("run", "p.runnel.json", code=4)
    box.run("list", code=4)


def test_interrupt_cancels(box):
    box.pipeline(script("long", "echo ready; sleep 1000"), command("later", "true", needs=["long"]))
    process = box.start("run", "--json", "p.runnel.json")
    box.wait_for_step(1, "long", "running")
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate()
    assert process.returncode == 130
    assert json.loads(out.splitlines()[-1])["state"] == "cancelled"
    assert box.step(1, "later")["state"] == "cancelled"


def test_second_interrupt_kills(box):
    box.pipeline(script("deaf", "trap '' TERM\necho ready\nwhile :; do sleep 1; done"))
    process = box.start("run", "--json", "p.runnel.json")
    box.wait_for(lambda: "ready" in box_log(box), "ready")
    process.send_signal(signal.SIGINT)
    for line in process.stdout:
        if json.loads(line)["event"] == "run-cancelling":
            break
    # Signals that come at once are one; a later one kills.
    box.wait_for(lambda: process.poll() is not None or process.send_signal(signal.SIGINT), "the end")
    process.communicate()
    assert process.returncode == 130
    assert box.step(1, "deaf")["state"] == "cancelled"


def box_log(box):
    path = os.path.join(box.env["XDG_STATE_HOME"], "runnel", "runs", "1", "deaf.1.log")
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def test_reader_that_goes_away(box):
    box.pipeline(*[command(f"s{i}", "echo", "x") for i in range(30)])
    process = box.start("run", "p.runnel.json")
    process.stdout.close()
    process.wait()
    assert process.returncode == 0
    process.stderr.close()
    assert box.json("show", "1", "--json")["state"] == "succeeded"


def test_reader_that_stops_holds_up_nothing(box):
    box.pipeline(*[command(f"step-{i:03}", "true") for i in range(300)])
    for arguments in ([], ["--json"]):
        process = box.start("run", *arguments, "p.runnel.json", pipesize=4096)
        box.wait_for(lambda: len(box.json("list", "--json")) == len(arguments) + 1, "the run")
        box.wait_for(lambda: box.json("list", "--json")[0]["state"] == "succeeded", "its end")
        assert process.poll() is None
        out, _ = process.communicate()
        assert process.returncode == 0 and out.count("step-299") >= 2, out


def test_detach(box):
    box.pipeline(script("long", "echo ready; sleep 1000"))
    out, err = box.run("run", "--detach", "p.runnel.json")
    assert (out, err) == ("1\n", "")
    box.wait_for_step(1, "long", "running")
    box.run("cancel", "1", "-m", "enough")
    box.wait_for_step(1, "long", "cancelled")
    box.wait_for(lambda: box.json("show", "1", "--json")["state"] == "cancelled", "the end")


def test_detach_from_stdin(box):
    text = json.dumps({"format": 1, "name": "Unsaved", "steps": [script("here", "pwd")]})
    out, _ = box.run("run", "--detach", "--stdin", "--jobs=2", "--", box.path("x.runnel.json"), text=text)
    assert out == "1\n"
    box.wait_for(lambda: box.json("show", "1", "--json")["state"] == "succeeded", "the end")
    assert box.run("logs", "1")[0].splitlines()[-1] == os.path.realpath(box.work)
    assert box.json("show", "1", "--json")["file"] == box.path("x.runnel.json")


def test_detach_fails(box):
    box.write("bad.runnel.json", '{"format": 1, "steps": [{"id": "a", "kind": "nope"}]}')
    out, err = box.run("run", "--detach", "bad.runnel.json", code=2)
    assert out == "" and "nope" in err
    box.pipeline(command("one", "true"))
    box.env["XDG_STATE_HOME"] = "/proc/nonexistent"
    out, err = box.run("run", "--detach", "p.runnel.json", code=4)
    assert out == "" and err.startswith("runnel: ")


def test_pipeline_in_pipeline(box):
    box.pipeline(
        script("make", 'echo "version=1.$RUNNEL_PARAM_MINOR" >> "$RUNNEL_OUTPUT"'),
        name="inner.runnel.json",
        parameters={"minor": {"type": "number"}},
    )
    box.pipeline(
        {"id": "inner", "kind": "pipeline", "with": {
            "file": "inner.runnel.json", "parameters": {"minor": 4},
            "outputs": {"v": "${{ steps.make.outputs.version }}"}}},
        command("use", "echo", "got ${{ steps.inner.outputs.v }}", needs=["inner"]),
    )
    box.run("run", "p.runnel.json")
    assert box.run("logs", "1", "use")[0] == "got 1.4\n"
    inner = box.json("show", "2", "--json")
    assert inner["details"]["trigger"] == {"kind": "pipeline", "run": 1, "step": "inner"}


def test_works_in_any_folder(box):
    box.pipeline(script("here", "pwd"))
    box.work = "/"
    box.run("run", os.path.join(box.root, "work", "p.runnel.json"))
    assert box.run("logs", "1", "here")[0].strip() == os.path.realpath(os.path.join(box.root, "work"))


if __name__ == "__main__":
    main()
