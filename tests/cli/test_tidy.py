# test_tidy.py: runnel tidy
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os

from runnel_test import main

TEXT = """{
  "format": 1,
  "steps": [
    {
      "id": "a",
      "kind": "command",
      "with": {
        "argv": ["true"]
      }
    },
    {
      "id": "b",
      "kind": "command",
      "with": {
        "argv": ["true"]
      },
      "needs": ["a"]
    },
    {
      "id": "c",
      "kind": "command",
      "with": {
        "argv": ["true"]
      },
      "needs": ["a"]
    }
  ]%s
}
"""
LAYOUT = """,
  "layout": {
    "steps": {
      "a": [0, 0],
      "b": [10, 300],
      "c": [20, 100]
    }
  }"""


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def places(text):
    return json.loads(text)["layout"]["steps"]


def test_moves_steps_and_nothing_else(box):
    path = box.write("p.runnel.json", TEXT % LAYOUT)
    assert box.run("tidy", "p.runnel.json")[0] == "p.runnel.json: tidied\n"
    text = read(path)
    assert text.startswith(TEXT[:TEXT.index("%s")])
    steps = places(text)
    assert steps["a"][0] + 216 < steps["b"][0] == steps["c"][0]
    assert steps["c"][1] + 72 < steps["b"][1]
    assert os.listdir(box.work) == ["p.runnel.json"]


def test_twice_is_once(box):
    path = box.write("p.runnel.json", TEXT % "")
    box.run("tidy", "p.runnel.json")
    before = os.stat(path)
    assert box.run("tidy", "p.runnel.json")[0] == ""
    after = os.stat(path)
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    box.run("tidy", "--check", "p.runnel.json")


def test_down(box):
    box.write("p.runnel.json", TEXT % "")
    steps = places(box.run("tidy", "--direction", "down", "-o", "-", "p.runnel.json")[0])
    assert steps["a"][1] + 72 < steps["b"][1] == steps["c"][1]
    assert abs(steps["b"][0] - steps["c"][0]) > 216


def test_only_some(box):
    path = box.write("p.runnel.json", TEXT % LAYOUT)
    box.run("tidy", "--steps", "a, b", "p.runnel.json")
    steps = places(read(path))
    assert steps["c"] == [20, 100]
    assert steps["a"][1] == steps["b"][1] and steps["a"][0] + 216 < steps["b"][0]


def test_check(box):
    path = box.write("p.runnel.json", TEXT % LAYOUT)
    assert box.run("tidy", "--check", "p.runnel.json", code=1)[0] == "p.runnel.json\n"
    assert read(path) == TEXT % LAYOUT


def test_other_file(box):
    path = box.write("p.runnel.json", TEXT % LAYOUT)
    box.run("tidy", "-o", "q.runnel.json", "p.runnel.json")
    assert read(path) == TEXT % LAYOUT
    assert places(read(box.path("q.runnel.json")))["b"] != [10, 300]


def test_mistakes(box):
    path = box.write("p.runnel.json", TEXT % LAYOUT)
    assert "no step “x”" in box.run("tidy", "--steps", "a,x", "p.runnel.json", code=3)[1]
    assert "right or down" in box.run("tidy", "-d", "up", "p.runnel.json", code=2)[1]
    box.run("tidy", "missing.runnel.json", code=3)
    box.write("bad.runnel.json", "{")
    box.run("tidy", "bad.runnel.json", code=2)
    box.run("tidy", "-o", "no/such/folder.runnel.json", "p.runnel.json", code=4)
    assert read(path) == TEXT % LAYOUT


if __name__ == "__main__":
    main()
