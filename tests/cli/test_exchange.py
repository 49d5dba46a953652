# test_exchange.py: runnel history export and import
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import subprocess
import time

from runnel_test import BINARY, PATIENCE, Sandbox, command, main, on_small_disk, script


def other_machine(function):
    """Gives a test a second sandbox: a machine of its own."""
    def test(box):
        other = Sandbox()
        try:
            function(box, other)
        finally:
            other.close()
    test.__name__ = function.__name__
    return test


def clean(value):
    """A value without what only holds on one machine."""
    if isinstance(value, dict):
        return {name: clean(inner) for name, inner in value.items()
                if name not in ("imported-from", "imported-number", "pid")}
    return [clean(inner) for inner in value] if isinstance(value, list) else value


def facts(box, run):
    text = json.dumps(clean(box.json("show", str(run), "--json")), sort_keys=True)
    return text.replace(box.env["XDG_STATE_HOME"], "STATE")


def make_history(box):
    box.write("inner.runnel.json", {"format": 1, "name": "Inner", "steps": [command("in", "echo", "inner")]})
    path = box.pipeline(
        script("make", "mkdir -p out\necho data > out/file\necho \"x=1\" >> \"$RUNNEL_OUTPUT\"\necho äöü",
               artifacts=["out/file"]),
        {"id": "sub", "kind": "pipeline", "with": {"file": "inner.runnel.json"}},
        script("fails", "echo bad >&2\nexit 3", retry={"max": 1, "delay": "1ms"}),
        name="p.runnel.json",
        parameters={"env": {"type": "string", "default": "prod"}},
    )
    box.run("run", path, code=1)
    box.run("rerun", "1", "--failed", code=1)
    box.run("label", "1", "+important")
    box.run("pin", "1")


@other_machine
def test_moves_everything(box, other):
    make_history(box)
    box.run("history", "export", "-o", "all.jsonl")
    assert ", 0 known already" in other.run("history", "import", box.path("all.jsonl"))[0]
    before, after = box.json("list", "--json"), other.json("list", "--json")
    assert len(before) == len(after) >= 3
    for left, right in zip(before, after):
        assert left["uuid"] == right["uuid"] and right["imported-number"] == left["run"]
        assert facts(box, left["run"]) == facts(other, right["run"])
        assert box.run("logs", str(left["run"]))[0] == other.run("logs", str(right["run"]))[0]
    assert "Imported  from" in other.run("show", "1")[0]
    assert [run["run"] for run in other.json("list", "label:important", "is:pinned", "--json")] == [1]
    assert other.json("list", "param:env=prod", "--json") == other.json("list", "--json", "is:top-level")
    [artifact] = other.json("artifacts", "1", "make", "--json")
    with open(artifact["file"], encoding="utf-8") as file:
        assert file.read() == "data\n"
    other.run("artifacts", "1", "make", "--copy-to", other.path("copied"))


@other_machine
def test_twice(box, other):
    make_history(box)
    n = len(box.json("list", "--json"))
    box.run("history", "export", "-o", "all.jsonl.zst")
    assert other.json("history", "import", box.path("all.jsonl.zst"), "--json") == {"added": n, "known": 0}
    assert other.json("history", "import", box.path("all.jsonl.zst"), "--json") == {"added": 0, "known": n}
    assert box.json("history", "import", box.path("all.jsonl.zst"), "--json") == {"added": 0, "known": n}
    assert len(other.json("list", "--json")) == n


@other_machine
def test_merges(box, other):
    """What was on both machines is on both, once; numbers differ, links hold."""
    make_history(box)
    other.run("run", other.pipeline(command("mine", "echo", "mine")))
    n = len(box.json("list", "--json"))
    exported = subprocess.run([BINARY, "history", "export", "-z"], env=box.env, capture_output=True,
                              check=True, timeout=PATIENCE).stdout
    subprocess.run([BINARY, "history", "import", "-"], env=other.env, input=exported, check=True,
                   capture_output=True, timeout=PATIENCE)
    other.run("history", "export", "-o", "back.jsonl")
    assert box.json("history", "import", other.path("back.jsonl"), "--json") == {"added": 1, "known": n}
    uuids = {run["uuid"] for run in box.json("list", "--json")}
    assert uuids == {run["uuid"] for run in other.json("list", "--json")} and len(uuids) == n + 1
    by_uuid = {run["uuid"]: run for run in other.json("list", "--json")}
    for run in box.json("list", "--json"):
        for link in ("parent", "origin"):
            if link in run:
                linked = box.json("show", str(run[link]), "--json")["uuid"]
                assert by_uuid[run["uuid"]][link] == by_uuid[linked]["run"]


@other_machine
def test_filter(box, other):
    make_history(box)
    _, err = box.run("history", "export", "label:important", "-o", "some.jsonl")
    assert "2 runs exported" in err, err  # with its subpipeline
    other.run("history", "import", box.path("some.jsonl"))
    assert {run["pipeline"] for run in other.json("list", "--json")} == {"Test", "Inner"}
    box.run("history", "export", "state:green", "-o", "none.jsonl", code=2)
    assert not os.path.exists(box.path("none.jsonl"))


@other_machine
def test_under_way(box, other):
    process = box.start("run", box.pipeline({"id": "w", "kind": "approval", "with": {"prompt": "?"}}))
    box.wait_for_step(1, "w", "waiting")
    assert "1 left out: not over yet" in box.run("history", "export", "-o", "x.jsonl")[1]
    assert other.json("history", "import", box.path("x.jsonl"), "--json") == {"added": 0, "known": 0}
    box.run("cancel", "1")
    process.communicate(timeout=PATIENCE)


@other_machine
def test_without_files(box, other):
    make_history(box)
    box.run("history", "export", "--no-artifacts", "-o", "x.jsonl")
    other.run("history", "import", box.path("x.jsonl"))
    assert other.run("logs", "1", "make")[0] == "äöü\n"
    [artifact] = other.json("artifacts", "1", "make", "--json")
    assert not os.path.exists(artifact["file"])
    box.run("history", "export", "--no-files", "-o", "y.jsonl")
    assert os.path.getsize(box.path("y.jsonl")) < os.path.getsize(box.path("x.jsonl"))


@other_machine
def test_cut_off(box, other):
    make_history(box)
    box.run("history", "export", "-o", "all.jsonl")
    with open(box.path("all.jsonl"), encoding="utf-8") as file:
        lines = file.readlines()
    ends = [number for number, line in enumerate(lines) if '"run-end"' in line]
    with open(box.path("cut.jsonl"), "w", encoding="utf-8") as file:
        file.writelines(lines[: ends[1]])
    out, err = other.run("history", "import", box.path("cut.jsonl"), code=2)
    assert "1 run added" in out
    assert f"cut.jsonl: line {ends[1]}: The file has no end" in err, err
    assert len(other.json("list", "--json")) == 1
    assert other.json("history", "import", box.path("all.jsonl"), "--json")["known"] == 1


def test_nonsense(box):
    box.write("x.jsonl", "hello\n")
    assert "line 1: This is no JSON" in box.run("history", "import", "x.jsonl", code=2)[1]
    assert "Can't read the file" in box.run("history", "import", "missing.jsonl", code=3)[1]
    box.run("history", code=2)
    box.run("history", "delete", code=2)
    box.run("history", "export", "-o", "no/such/folder.jsonl", code=4)
    assert os.listdir(box.work) == ["x.jsonl"]


@other_machine
def test_killed_import(box, other):
    """Killed in the middle of the second run it has the first as a whole, and the next one goes on."""
    make_history(box)
    n = len(box.json("list", "--json"))
    box.run("history", "export", "-o", "all.jsonl")
    with open(box.path("all.jsonl"), encoding="utf-8") as file:
        lines = file.readlines()
    ends = [number for number, line in enumerate(lines) if '"run-end"' in line]
    process = other.start("history", "import", "-", stdin=subprocess.PIPE)
    process.stdin.writelines(lines[: ends[1]])
    process.stdin.flush()
    runs = os.path.join(other.env["XDG_STATE_HOME"], "runnel", "runs")
    other.wait_for(lambda: os.path.isdir(os.path.join(runs, ".import", "now", "run", "artifacts"))
                   or os.path.isdir(os.path.join(runs, "1")), "the first run")
    other.wait_for(lambda: len(other.json("list", "--json")) == 1, "the first run in the list")
    process.kill()
    process.communicate()
    assert [run["run"] for run in other.json("list", "--json")] == [1]
    assert sorted(name for name in os.listdir(runs) if name.isdigit()) == ["1"]
    assert other.json("history", "import", box.path("all.jsonl"), "--json") == {"added": n - 1, "known": 1}
    assert os.listdir(os.path.join(runs, ".import")) in ([], ["lock"])
    for left, right in zip(box.json("list", "--json"), other.json("list", "--json")):
        assert facts(box, left["run"]) == facts(other, right["run"])


@other_machine
def test_killed_export(box, other):
    """Killed at any time, it leaves the file as it was, or a whole one."""
    box.pipeline(script("make", "head -c 8000000 /dev/urandom > big", artifacts=["big"]))
    box.run("run", "p.runnel.json")
    for delay in (0, 0.01, 0.05, 0.1, 0.2):
        process = box.start("history", "export", "-o", "all.jsonl")
        time.sleep(delay)
        process.kill()
        process.communicate()
        if os.path.exists(box.path("all.jsonl")):
            assert sum(other.json("history", "import", box.path("all.jsonl"), "--json").values()) == 1
    box.run("history", "export", "-o", "all.jsonl")
    assert sum(other.json("history", "import", box.path("all.jsonl"), "--json").values()) == 1
    assert not os.path.exists(box.path("all.jsonl.part"))


@other_machine
def test_unreadable_folder(box, other):
    make_history(box)
    folder = os.path.join(box.env["XDG_STATE_HOME"], "runnel", "runs", "1", "artifacts", "make")
    os.chmod(folder, 0)
    mortal = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.getuid() == 0 else []
    done = subprocess.run([*mortal, BINARY, "history", "export", "-o", "x.jsonl"], cwd=box.work, env=box.env,
                          capture_output=True, text=True, check=True, timeout=PATIENCE)
    os.chmod(folder, 0o700)
    assert "1 file or folder could not be read and is left out" in done.stderr, done.stderr
    other.run("history", "import", box.path("x.jsonl"))
    assert other.run("logs", "1", "make")[0] == "äöü\n"


@other_machine
def test_full_disk(box, other):
    """What says that it is large is not let in when there is no room, be it facts or files."""
    make_history(box)
    box.run("history", "export", "--no-files", "-o", "all.jsonl")
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME"):
        done = on_small_disk(other, f"{name}=$SMALL {BINARY} history import {box.path('all.jsonl')}")
        assert done.returncode == 4, done
        assert "line 2: There is not enough room on the disk of" in done.stderr, done.stderr
    done = on_small_disk(box, f"cp -r $XDG_DATA_HOME/runnel $SMALL; head -c 9000000 /dev/zero >$SMALL/fill || :;"
                              f" XDG_DATA_HOME=$SMALL {BINARY} list")
    assert done.returncode == 4 and "Free some space on its disk" in done.stderr, done


if __name__ == "__main__":
    main()
