# test_foreign.py: steps and constructs of other systems, kept in a pipeline
# SPDX-License-Identifier: GPL-3.0-or-later
"""They are checked, formatted and kept like all else, and never carried out."""

import json
import os

from runnel_test import command, main

CHECKOUT = {
    "id": "checkout",
    "kind": "foreign",
    "with": {
        "system": "github-actions",
        "definition": {
            "runs-on": "${{ matrix.os }}",
            "if": "github.ref == 'refs/heads/main' && steps.nothing.x",
            "steps": [{"uses": "actions/checkout@v4", "run": "touch made"}],
        },
    },
}


def test_is_not_carried_out(box):
    box.pipeline(CHECKOUT, command("after", "true", needs=["checkout"]))
    box.run("validate", "p.runnel.json")
    box.run("run", "p.runnel.json", code=1)
    step = box.step(1, "checkout")
    assert step["state"] == "failed"
    assert "github-actions" in step["reason"] and "bypass" in step["reason"], step["reason"]
    assert box.step(1, "after")["state"] == "skipped"
    assert not os.path.exists(box.path("made"))


def test_may_be_bypassed(box):
    box.pipeline({**CHECKOUT, "disabled": "bypass"}, command("after", "true", needs=["checkout"]))
    box.run("run", "p.runnel.json")
    assert box.step(1, "after")["state"] == "succeeded"


def test_is_checked(box):
    box.pipeline({"id": "a", "kind": "foreign", "with": {"definition": {}}})
    assert "system" in box.run("validate", "p.runnel.json", code=2)[1]
    box.pipeline(command("a", "true", foreign={"gitlab": ["no object"]}))
    assert "gitlab" in box.run("validate", "p.runnel.json", code=2)[1]


def test_is_kept(box):
    """No key of another system is a surprise, and none is lost or reordered."""
    kept = {"gitlab": {"zebra": {"b": 1, "a": [None, True]}, "interruptible": True}}
    box.pipeline(command("a", "true", foreign=kept, image="debian:12"), CHECKOUT,
                 foreign={"argo": {"kind": "Workflow"}}, defaults={"image": "alpine"})
    _, err = box.run("validate", "p.runnel.json")
    assert err == "", err
    box.run("format", "p.runnel.json")
    with open(box.path("p.runnel.json"), encoding="utf-8") as file:
        document = json.load(file)
    assert document["foreign"] == {"argo": {"kind": "Workflow"}}
    assert json.dumps(document["steps"][0]["foreign"]) == json.dumps(kept)
    assert document["steps"][1]["with"] == CHECKOUT["with"]


if __name__ == "__main__":
    main()
