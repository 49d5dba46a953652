# test_export.py: pipelines written for other systems
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is written for each system is tested with that system; this is about how it is asked for."""

import json
import os
import stat

from runnel_test import Skipped, command, main, script


def systems(box):
    """The systems that pipelines are written for."""
    found = [system for system in box.json("systems", "--json") if system["export"]]
    if not found:
        raise Skipped("there is no system to export to")
    return found


def one(box):
    """A system with one file, by its name, and where that goes for p.runnel.json."""
    box.pipeline(script("a", "true"))
    for system in systems(box):
        done = box.run_any("export", "p.runnel.json", "--to", system["system"], "--allow-loss")
        if done.returncode == 0:
            return system["system"], system["file"].replace("NAME", "p")
    raise Skipped("no system takes one file")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def test_systems(box):
    names = [system["system"] for system in box.json("systems", "--json")]
    assert len(set(names)) == len(names)
    out, _ = box.run("systems")
    assert [line.split()[0] for line in out.splitlines()[1:]] == names


def test_wrong_calls(box):
    box.pipeline(script("a", "true"))
    assert "runnel systems" in box.run("export", "p.runnel.json", "--to", "abacus", code=2)[1]
    assert "--to" in box.run("export", "p.runnel.json", code=2)[1]
    assert "--to" in box.run("export", "p.runnel.json", "-o", "x", code=2)[1]
    assert "--json" in box.run("export", "p.runnel.json", "--json", code=2)[1]
    box.run("export", "p.runnel.json", "--check", "--verify", code=2)
    box.run("export", "nothing.runnel.json", "--to", "abacus", code=3)
    box.write("bad.runnel.json", {"format": 1, "steps": [{"id": "a"}]})
    box.run("export", "bad.runnel.json", "--check", code=2)


def test_near_names(box):
    box.pipeline(script("a", "true"))
    name = systems(box)[0]["system"]
    assert f"“{name}”?" in box.run("export", "p.runnel.json", "--to", name + "x", code=2)[1]


def test_prints_and_writes_the_same(box):
    name, usual = one(box)
    printed, _ = box.run("export", "p.runnel.json", "--to", name, "--allow-loss")
    assert printed
    out, _ = box.run("export", "p.runnel.json", "--to", name, "--allow-loss", "-o", "made/file")
    assert out == box.path("made/file") + "\n"
    box.run("export", "p.runnel.json", "--to", name, "--allow-loss", "-o", "out/")
    assert read(box.path(os.path.join("out", usual)))
    box.run("export", "p.runnel.json", "--to", name, "--allow-loss", "-o", "./")
    assert read(box.path(usual)) == printed


def test_every_system_says_what_it_loses(box):
    """What is lost is told before anything is written, and stands in the file."""
    box.pipeline(
        script("a", "true", retry={"max": 2, "delay": "1s", "exit-codes": [3]}, pool="p", priority=3,
               breaker={"failures": 2}, undo={"kind": "script", "with": {"run": "true"}}),
        command("b", "true", needs=[{"step": "a", "on": "failure"}]),
        {"id": "ask", "kind": "approval", "with": {"prompt": "Go?"}, "needs": ["b"]},
        **{"pools": {"p": 1}, "on-failure": "rollback"})
    for system in systems(box):
        name = system["system"]
        checked = box.run_any("export", "--check", "--json", "p.runnel.json", "--to", name)
        findings = json.loads(checked.stdout)
        lost = [row for row in findings["features"] if row["systems"][name]["fidelity"] == "lost"]
        assert checked.returncode == (1 if lost else 0)
        assert findings["systems"][0]["lost"] == len(lost)
        done = box.run_any("export", "p.runnel.json", "--to", name, "-o", "out/")
        assert done.returncode == (1 if lost else 0), (name, done.stderr)
        if lost:
            assert "--allow-loss" in done.stderr and not os.path.exists(box.path("out")), name
            assert lost[0]["systems"][name]["how"] in done.stderr, name
        box.run("export", "p.runnel.json", "--to", name, "--allow-loss", "-o", f"lossy-{name}/")
    print(f"# {len(systems(box))} systems asked")


def test_check_prints_a_table(box):
    box.pipeline(script("a", "true"), script("b", "true", needs=["a"], retry=1))
    out, _ = box.run("export", "--check", "p.runnel.json")
    for system in systems(box):
        assert f"\n{system['title']}: " in out, out
    rows = [line.split() for line in out.splitlines() if line.startswith("b ")]
    assert rows[0][:3] == ["b", "Order", systems(box)[0]["system"]], rows
    findings = box.json("export", "--check", "--json", "p.runnel.json")
    asked = {(row["step"], row["feature"]) for row in findings["features"]}
    assert ("b", "retry") in asked and ("b", "order") in asked
    assert ("a", "retry") not in asked and ("a", "order") not in asked


def test_verify(box):
    name, _ = one(box)
    arguments = ("export", "p.runnel.json", "--to", name, "--allow-loss", "-o", "file")
    out, _ = box.run(*arguments, "--verify", code=1)
    assert "--- /dev/null\n" in out
    box.run(*arguments)
    assert box.run(*arguments, "--verify")[0] == ""
    box.pipeline(script("a", "echo other"))
    out, _ = box.run(*arguments, "--verify", code=1)
    assert "\n+" in out and "echo other" in out
    box.run("export", "p.runnel.json", "--to", name, "--verify", code=2)


def test_kept_in_sync(box):
    name, usual = one(box)
    exports = [{"system": name, "path": "sub/kept", "allow-loss": True}, {"system": name, "allow-loss": True}]
    box.pipeline(script("a", "true"), exports=exports)
    assert box.run("validate", "p.runnel.json")[1] == ""
    box.run("export", "--verify", "p.runnel.json", code=1)
    out, _ = box.run("export", "p.runnel.json")
    assert out.splitlines() == [box.path("sub/kept"), box.path(usual)]
    box.run("export", "--verify", "p.runnel.json")
    before = os.stat(box.path("sub/kept"))
    box.run("export", "p.runnel.json")
    assert os.stat(box.path("sub/kept")).st_ino == before.st_ino
    os.remove(box.path("sub/kept"))
    assert "sub/kept" in box.run("export", "--verify", "p.runnel.json", code=1)[0]

    box.pipeline(script("a", "true"), exports=[{"system": "abacus"}])
    assert "exports[0].system" in box.run("export", "--verify", "p.runnel.json", code=2)[1]


def test_place_that_can_not_be_written(box):
    name, _ = one(box)
    box.write("obstacle", "a file")
    _, err = box.run("export", "p.runnel.json", "--to", name, "--allow-loss", "-o", "obstacle/file", code=4)
    assert "obstacle" in err
    if os.geteuid() != 0:
        os.mkdir(box.path("closed"))
        os.chmod(box.path("closed"), stat.S_IRUSR | stat.S_IXUSR)
        box.run("export", "p.runnel.json", "--to", name, "--allow-loss", "-o", "closed/file", code=4)


if __name__ == "__main__":
    main()
