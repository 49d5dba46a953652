# test_diff.py: runnel diff and runnel merge, alone and with git
# SPDX-License-Identifier: GPL-3.0-or-later

import copy
import json
import os
import shutil
import subprocess

from runnel_test import BINARY, Skipped, command, main

OLD = {
    "format": 1,
    "name": "Deploy",
    "steps": [
        command("fetch", "git", "pull"),
        command("build", "make", needs=["fetch"]),
        command("lint", "lint", needs=["fetch"]),
        command("ship", "ship", needs=["build", "lint"]),
    ],
    "layout": {"steps": {"fetch": [0, 0], "build": [312, 0], "lint": [312, 120], "ship": [624, 0]}},
}


def changed(**values):
    new = copy.deepcopy(OLD)
    for step in new["steps"]:
        step.update(values.get(step["id"], {}))
    return new


def argv(*words):
    return {"with": {"argv": list(words)}}


def load(box, name):
    with open(box.path(name), encoding="utf-8") as file:
        return json.load(file)


def test_same(box):
    box.write("a", OLD)
    box.write("b", OLD)
    assert box.run("diff", "a", "b") == ("", "")
    assert box.json("diff", "a", "b", "--json") == []


def test_changes(box):
    new = changed(build=argv("make", "-j4"), ship={"needs": ["build", "scan"]})
    new["steps"][2] = command("scan", "scan", needs=["build"])
    new["layout"]["steps"]["fetch"] = [0, 40]
    box.write("a", OLD)
    box.write("b", new)
    out, _ = box.run("diff", "a", "b", code=1)
    assert out == (
        '~ step build: with.argv changed from ["make"] to ["make", "-j4"]\n'
        "- step lint removed\n"
        "~ step ship: needs scan instead of lint\n"
        "+ step scan added\n"
        "\n"
        "The drawing only:\n"
        "~ step fetch moved\n"
    ), out
    assert "\033[32m+ step scan" in box.run("diff", "a", "b", "--color", "always", code=1)[0]
    found = box.json("diff", "a", "b", "--json", code=1)
    assert [(item.get("step"), item["type"], item["layout"]) for item in found] == [
        ("build", "changed", False), ("lint", "removed", False), ("ship", "moved", False),
        ("scan", "added", False), ("fetch", "moved", True)]
    assert found[0]["key"] == "with.argv" and found[0]["to"] == ["make", "-j4"]
    assert box.run("diff", "-q", "a", "b", code=1)[0] == ""


def test_rename(box):
    new = changed(ship={"needs": ["build", "check"]})
    new["steps"][2]["id"] = "check"
    box.write("a", OLD)
    box.write("b", new)
    assert box.run("diff", "a", "b", code=1)[0] == "~ step lint renamed to check\n"


def test_moved_only(box):
    new = changed()
    new["layout"]["steps"]["lint"] = [400, 400]
    box.write("a", OLD)
    box.write("b", new)
    assert box.run("diff", "a", "b", code=1)[0] == "The drawing only:\n~ step lint moved\n"


def test_trouble(box):
    box.write("a", OLD)
    box.write("bad", "{")
    assert "bad" in box.run("diff", "a", "bad", code=2)[1]
    box.run("diff", "a", "none", code=3)
    box.run("diff", "a", code=2)


def test_picture(box):
    box.write("a", OLD)
    box.write("b", changed(build=argv("make", "-j4")))
    if "without cairo" in box.run("draw", "a", code=2)[1]:
        raise Skipped("this runnel can't draw")
    box.run("diff", "a", "b", "-o", "x.svg", "-q", code=1)
    with open(box.path("x.svg"), encoding="utf-8") as file:
        assert "≠ Changed" in file.read()


def merge(box, ours, theirs, *args, code=0):
    box.write("base", OLD)
    box.write("ours", ours)
    box.write("theirs", theirs)
    return box.run("merge", "base", "ours", "theirs", "-o", "merged", *args, code=code)


def test_merge(box):
    theirs = changed(lint=argv("lint", "--strict"))
    theirs["steps"].append(command("tell", "mail", needs=["ship"]))
    theirs["layout"]["steps"]["fetch"] = [0, 80]
    theirs["layout"]["steps"]["tell"] = [936, 0]
    ours = changed(build=argv("make", "-j4"))
    ours["layout"]["steps"]["fetch"] = [0, 40]
    assert merge(box, ours, theirs) == ("", "")
    merged = load(box, "merged")
    assert [step["id"] for step in merged["steps"]] == ["fetch", "build", "lint", "ship", "tell"]
    assert merged["steps"][1]["with"]["argv"] == ["make", "-j4"]
    assert merged["steps"][2]["with"]["argv"] == ["lint", "--strict"]
    assert merged["layout"]["steps"]["fetch"] == [0, 40]
    assert merged["layout"]["steps"]["tell"] == [936, 0]


def test_merge_links(box):
    ours = changed(ship={"needs": ["build", "lint", "fetch"]})
    theirs = changed(ship={"needs": ["lint", {"step": "build", "on": "always"}]})
    merge(box, ours, theirs)
    needs = load(box, "merged")["steps"][3]["needs"]
    assert sorted(map(str, needs)) == sorted(map(str, ["lint", "fetch", {"step": "build", "on": "always"}]))


def test_merge_conflict(box):
    ours, theirs = changed(build=argv("make", "-j4")), changed(build=argv("ninja"))
    out, err = merge(box, ours, theirs, code=1)
    assert "conflict in steps.build.with.argv" in err and "(taken)" in err
    assert load(box, "merged")["steps"][1]["with"]["argv"] == ["make", "-j4"]
    out, _ = merge(box, ours, theirs, "--theirs", "--json", code=1)
    assert json.loads(out) == [{"path": "steps.build.with.argv", "base": ["make"],
                                "ours": ["make", "-j4"], "theirs": ["ninja"]}]
    assert load(box, "merged")["steps"][1]["with"]["argv"] == ["ninja"]


def test_merge_of_a_step_that_is_gone(box):
    ours = changed(ship={"needs": ["build"]})
    del ours["steps"][2]
    theirs = changed()
    theirs["steps"].append(command("report", "report", needs=["lint"]))
    assert "steps.lint" in merge(box, ours, theirs, code=1)[1]
    merge(box, ours, theirs, "--theirs", code=1)
    assert "lint" in [step["id"] for step in load(box, "merged")["steps"]]
    box.run("validate", "merged")


def git(box, *args, code=0):
    env = dict(box.env, GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@b", GIT_COMMITTER_NAME="a",
               GIT_COMMITTER_EMAIL="a@b", GIT_CONFIG_NOSYSTEM="1",
               PATH=os.path.dirname(BINARY) + ":" + os.environ["PATH"])
    done = subprocess.run(["git", *args], cwd=box.work, env=env, capture_output=True, text=True,
                          check=False, timeout=60)
    assert done.returncode == code, f"git {args}: {done.stdout}{done.stderr}"
    return done.stdout


def make_repository(box):
    if not shutil.which("git"):
        raise Skipped("git is not installed")
    git(box, "init", "-q", "-b", "main")
    box.write(".gitattributes", "*.runnel.json diff=runnel merge=runnel\n")
    git(box, "config", "diff.runnel.command", "runnel diff --git")
    git(box, "config", "merge.runnel.driver", "runnel merge %O %A %B -o %A")
    box.write("p.runnel.json", OLD)
    git(box, "add", ".")
    git(box, "commit", "-q", "-m", "one")


def commit(box, content):
    box.write("p.runnel.json", content)
    git(box, "commit", "-q", "-a", "-m", "change")


def test_git_diff(box):
    make_repository(box)
    box.write("p.runnel.json", changed(build=argv("make", "-j4")))
    assert "step build: with.argv changed" in git(box, "diff")
    box.write("new.runnel.json", OLD)
    git(box, "add", "-N", "new.runnel.json")
    assert "+ step fetch added" in git(box, "diff")
    git(box, "config", "difftool.runnel.cmd", 'runnel diff "$LOCAL" "$REMOTE"')
    assert "step build: with.argv" in git(box, "difftool", "-y", "-t", "runnel", "p.runnel.json")


def test_git_merge(box):
    make_repository(box)
    git(box, "checkout", "-q", "-b", "side")
    commit(box, changed(lint=argv("lint", "--strict")))
    git(box, "checkout", "-q", "main")
    commit(box, changed(build=argv("make", "-j4")))
    git(box, "merge", "-q", "side")
    merged = load(box, "p.runnel.json")
    assert merged["steps"][1]["with"]["argv"] == ["make", "-j4"]
    assert merged["steps"][2]["with"]["argv"] == ["lint", "--strict"]


def test_git_conflict(box):
    make_repository(box)
    git(box, "checkout", "-q", "-b", "side")
    commit(box, changed(build=argv("ninja")))
    git(box, "checkout", "-q", "main")
    commit(box, changed(build=argv("make", "-j4")))
    git(box, "merge", "-q", "side", code=1)
    assert "UU p.runnel.json" in git(box, "status", "--short")
    git(box, "config", "mergetool.runnel.cmd",
        'runnel merge "$BASE" "$LOCAL" "$REMOTE" --theirs -o "$MERGED"')
    git(box, "mergetool", "-y", "-t", "runnel")
    assert load(box, "p.runnel.json")["steps"][1]["with"]["argv"] == ["ninja"]


if __name__ == "__main__":
    main()
