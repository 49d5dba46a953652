# test_extract.py: runnel extract
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os

from runnel_test import main

PIPELINE = {
    "format": 1,
    "parameters": {"who": {"type": "string", "default": "World"}},
    "steps": [
        {"id": "greet", "kind": "script", "with": {"run": "echo \"word=Hello\" >> \"$RUNNEL_OUTPUT\""}},
        {"id": "join", "kind": "script", "needs": ["greet"],
         "env": {"WORD": "${{ steps.greet.outputs.word }}"},
         "with": {"run": "echo \"text=$WORD, $RUNNEL_PARAM_WHO\" >> \"$RUNNEL_OUTPUT\""}},
        {"id": "shout", "kind": "script", "needs": ["join"],
         "env": {"TEXT": "${{ steps.join.outputs.text }}"},
         "with": {"run": "echo \"loud=$TEXT!\" >> \"$RUNNEL_OUTPUT\""}},
        {"id": "show", "kind": "script", "needs": ["shout"],
         "env": {"LOUD": "${{ steps.shout.outputs.loud }}"}, "with": {"run": "echo \"said: $LOUD\""}},
    ],
}


def read(box, name):
    with open(box.path(name), encoding="utf-8") as file:
        return file.read()


def test_runs_the_same(box):
    box.write("p.runnel.json", PIPELINE)
    out, err = box.run("extract", "p.runnel.json", "--steps", "join, shout", "--to", "loud.runnel.json")
    assert out == "loud.runnel.json: 2 steps, run by “loud” of p.runnel.json\n"
    assert err == ""
    box.run("validate", "p.runnel.json", "loud.runnel.json")
    steps = json.loads(read(box, "p.runnel.json"))["steps"]
    assert [step["id"] for step in steps] == ["greet", "loud", "show"]
    assert steps[1]["needs"] == ["greet"]
    assert [step["id"] for step in json.loads(read(box, "loud.runnel.json"))["steps"]] == ["join", "shout"]
    assert json.loads(read(box, "loud.runnel.json"))["name"] == "loud"
    box.run("run", "p.runnel.json", "-p", "who=Ada")
    assert "said: Hello, Ada!" in box.run("logs", "1", "show")[0]


def test_refuses(box):
    box.write("p.runnel.json", PIPELINE)
    before = read(box, "p.runnel.json")
    err = box.run("extract", "p.runnel.json", "--steps", "greet,shout", "--to", "x.runnel.json", code=2)[1]
    assert "greet → join → shout" in err and "Select “join” too" in err
    err = box.run("extract", "p.runnel.json", "--steps", "join", "--to", "sub/x.runnel.json", code=2)[1]
    assert "the folder of p.runnel.json" in err
    assert "--steps" in box.run("extract", "p.runnel.json", code=2)[1]
    assert read(box, "p.runnel.json") == before


def test_keeps_what_is_there(box):
    box.write("p.runnel.json", PIPELINE)
    box.write("x.runnel.json", "mine")
    before = read(box, "p.runnel.json")
    box.run("extract", "p.runnel.json", "--steps", "join", "--to", "x.runnel.json", code=2)
    assert read(box, "x.runnel.json") == "mine"
    assert read(box, "p.runnel.json") == before


def test_check(box):
    box.write("p.runnel.json", PIPELINE)
    before = read(box, "p.runnel.json")
    out, err = box.run("extract", "p.runnel.json", "--steps", "greet,join,shout", "--to", "x.runnel.json", "--check")
    assert out == ""
    assert not os.path.exists(box.path("x.runnel.json"))
    assert read(box, "p.runnel.json") == before


if __name__ == "__main__":
    main()
