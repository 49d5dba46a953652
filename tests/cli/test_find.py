# test_find.py: runnel find
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os

from runnel_test import main

NIGHTLY = """{"format": 1, "name": "Nightly", "parameters": {"target": {"default": "all"}}, "steps": [
 {"id": "make", "name": "Build it", "kind": "command", "with": {"argv": ["make", "all"]}},
 {"id": "check", "kind": "script", "with": {"run": "set -e\\nmake check"}, "needs": ["make"]}]}"""


def write(box):
    box.write("nightly.runnel.json", NIGHTLY)
    os.mkdir(box.path("sub"))
    box.write("sub/other.runnel.json", NIGHTLY.replace("Nightly", "Weekly"))


def test_finds_in_this_folder_and_those_in_it(box):
    write(box)
    out, err = box.run("find", "make")
    assert out.splitlines() == [
        "nightly.runnel.json:make:id: make",
        "nightly.runnel.json:make:with.argv[0]: make",
        "nightly.runnel.json:check:with.run: make check",
        "sub/other.runnel.json:make:id: make",
        "sub/other.runnel.json:make:with.argv[0]: make",
        "sub/other.runnel.json:check:with.run: make check",
    ]
    assert err == ""


def test_finds_in_what_is_named(box):
    write(box)
    assert box.run("find", "weekly", "sub", "nightly.runnel.json")[0] == "sub/other.runnel.json::name: Weekly\n"
    assert box.run("find", "target", "nightly.runnel.json")[0] == "nightly.runnel.json::parameters.target: target\n"


def test_exits_with_1_when_nothing_is_found(box):
    write(box)
    assert box.run("find", "nowhere", code=1) == ("", "")
    assert box.run("find", "--case", "nightly", code=1)[0] == ""


def test_regex(box):
    write(box)
    out, _ = box.run("find", "--regex", "^make c", "nightly.runnel.json")
    assert out == "nightly.runnel.json:check:with.run: make check\n"
    _, err = box.run("find", "--regex", "(", code=2)
    assert "(" in err
    box.run("find", "(", code=1)


def test_json(box):
    write(box)
    out, _ = box.run("find", "--json", "build", "nightly.runnel.json")
    assert json.loads(out) == {"file": "nightly.runnel.json", "step": "make", "path": "name", "text": "Build it",
                               "start": 0, "end": 5}
    out, _ = box.run("find", "--json", "nightly", "nightly.runnel.json")
    assert json.loads(out)["step"] is None


def test_what_cannot_be_searched(box):
    write(box)
    box.write("broken.runnel.json", '{"format": 1,')
    out, err = box.run("find", "nightly", code=2)
    assert out == "nightly.runnel.json::name: Nightly\n"
    assert "broken.runnel.json" in err
    assert "missing" in box.run("find", "x", "missing", code=3)[1]
    box.run("find", "", code=2)
    box.run("find", code=2)


if __name__ == "__main__":
    main()
