# test_marks.py: runnel label, pin and unpin, and labels and triggers of new runs
# SPDX-License-Identifier: GPL-3.0-or-later

from runnel_test import command, main


def found(box, *words):
    return [run["run"] for run in box.json("list", "--json", *words)]


def test_label(box):
    box.pipeline(command("one", "true"))
    for _ in range(3):
        box.run("run", "p.runnel.json")
    box.run("label", "1", "3", "+nightly", "+to do")
    assert found(box, "label:nightly") == [3, 1]
    assert box.json("list", "--json")[0]["labels"] == ["nightly", "to do"]
    box.run("label", "3", "-nightly", "+old")
    assert found(box, "label:nightly") == [1]
    assert found(box, "label:old", "label:to do") == [3]


def test_label_refused(box):
    box.pipeline(command("one", "true"))
    box.run("run", "p.runnel.json")
    assert "There is no run 7" in box.run("label", "1", "7", "+x", code=3)[1]
    assert found(box, "label:x") == []
    assert "+nightly" in box.run("label", "1", code=2)[1]
    assert "+nightly" in box.run("label", "+x", code=2)[1]
    assert "label" in box.run("label", "1", "+", code=2)[1]
    assert "RUN…" in box.run("label", "--help")[0]


def test_labels_from_the_start(box):
    box.pipeline(command("one", "true"), labels=["from file"])
    box.run("run", "p.runnel.json", "--label", "nightly", "--label", "x")
    assert box.json("list", "--json")[0]["labels"] == ["from file", "nightly", "x"]
    box.run("rerun", "1", "--label", "again")
    assert box.json("list", "--json")[0]["labels"] == ["again", "from file"]
    box.run("run", "p.runnel.json", "--label", "two\nlines", code=2)


def test_pin(box):
    box.pipeline(command("one", "true"))
    for _ in range(3):
        box.run("run", "p.runnel.json")
    box.run("pin", "1", "2")
    assert found(box, "is:pinned") == [2, 1]
    box.run("unpin", "1")
    assert found(box, "--pinned") == [2]
    box.run("pin", "9", code=3)
    box.run("pin", "x", code=2)


def test_trigger(box):
    box.pipeline(command("one", "true"))
    box.run("run", "p.runnel.json", "--trigger", "schedule")
    box.run("run", "p.runnel.json")
    box.run("rerun", "1")
    assert [run["trigger"] for run in box.json("list", "--json")] == ["rerun", "manual", "schedule"]
    assert found(box, "trigger:schedule") == [1]
    assert "rerun" in box.run("run", "p.runnel.json", "--trigger", "rerun", code=2)[1]
    box.run("run", "p.runnel.json", "--trigger", "Two Words", code=2)


if __name__ == "__main__":
    main()
