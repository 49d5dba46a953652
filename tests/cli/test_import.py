# test_import.py: pipelines made of files of other systems
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is read of each system is tested with that system; this is about how it is asked for."""

import json
import os

from runnel_test import Skipped, main, script


def round_trips(box, single=False):
    """Systems that are written and read, each with the files that an export of p.runnel.json has."""
    box.pipeline(script("a", "echo one"), script("b", "echo two", needs=["a"]))
    found = []
    for system in box.json("systems", "--json"):
        name = system["system"]
        if not (system["export"] and system["import"]):
            continue
        out, _ = box.run("export", "p.runnel.json", "--to", name, "--allow-loss", "-o", f"of-{name}/")
        files = out.splitlines()
        if not single or len(files) == 1:
            found.append((name, files))
    if not found:
        raise Skipped("there is no system that is written and read")
    return found


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def check(document):
    assert [step["id"] for step in document["steps"]] == ["a", "b"], document
    assert document["steps"][1]["needs"] == ["a"]
    assert "echo two" in json.dumps(document["steps"][1])


def test_file(box):
    for name, files in round_trips(box):
        os.makedirs(box.path(f"got-{name}"))
        out, _ = box.run("import", files[0], "-o", f"got-{name}/")
        path, _, rest = out.strip().partition(": ")
        assert rest == "2 steps" and os.path.dirname(path) == box.path(f"got-{name}"), out
        check(load(path))
        box.run("validate", path)
    print(f"# {len(round_trips(box))} systems written and read")


def test_named_system_and_place(box):
    name, files = round_trips(box, single=True)[0]
    out, _ = box.run("import", files[0], "--from", name, "-o", "made/x.runnel.json")
    assert out == box.path("made/x.runnel.json") + ": 2 steps\n"
    before = load(box.path("made/x.runnel.json"))
    _, err = box.run("import", files[0], "-o", "made/x.runnel.json", code=2)
    assert "--force" in err
    box.run("import", files[0], "-o", "made/x.runnel.json", "--force")
    assert load(box.path("made/x.runnel.json")) == before


def test_standard_streams(box):
    name, files = round_trips(box, single=True)[0]
    with open(files[0], encoding="utf-8") as file:
        text = file.read()
    out, _ = box.run("import", "-", "--from", name, "-o", "-", text=text)
    check(json.loads(out))
    assert json.loads(box.run("import", files[0], "-o", "-")[0])["steps"] == json.loads(out)["steps"]


def test_folder(box):
    """Files of systems among others, one of them broken: the good ones are read."""
    _, files = round_trips(box, single=True)[0]
    folder = os.path.dirname(files[0])
    box.write(os.path.join(folder, "README.txt"), "Nothing to see here.\n")
    os.mkdir(box.path("all"))
    out, err = box.run("import", folder, "-o", "all/")
    assert len(out.splitlines()) == 1 and "README" not in err
    report = box.json("import", folder, "-o", "more/", "--json")
    assert [entry["file"] for entry in report] == [files[0]]
    assert report[0]["error"] is None and report[0]["pipelines"][0]["steps"] == 2
    assert os.path.exists(report[0]["pipelines"][0]["path"])
    # Twice the same name is an accident, and nothing is written over without a word.
    box.run("import", folder, "-o", "all/", code=2)


def test_what_can_not_be_read(box):
    box.write("notes.txt", "Some words, and no system that would know them.\n")
    _, err = box.run("import", "notes.txt", code=2)
    assert err.startswith("notes.txt: ") and "--from" in err
    _, err = box.run("import", "missing.yml", code=2)
    assert "missing.yml" in err
    os.mkdir(box.path("empty"))
    box.run("import", "empty", code=3)
    with open(box.path("binary.yml"), "wb") as file:
        file.write(b"\xff\xfe\x00\x01jobs")
    assert "UTF-8" in box.run("import", "binary.yml", code=2)[1]
    os.mkfifo(box.path("pipe.yml"))
    assert "regular" in box.run("import", "pipe.yml", code=2)[1]
    report = json.loads(box.run("import", "notes.txt", "--json", code=2)[0])
    assert report[0]["pipelines"] == [] and report[0]["error"]
    assert not [name for name in os.listdir(box.work) if name.endswith(".runnel.json")]


def test_wrong_calls(box):
    assert "runnel systems" in box.run("import", "x", "--from", "abacus", code=2)[1]
    box.run("import", code=2)
    box.run("import", "x", "--json", "-o", "-", code=2)


if __name__ == "__main__":
    main()
