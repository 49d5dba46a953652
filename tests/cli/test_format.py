# test_format.py: runnel format
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import stat

from runnel_test import command, main

CANONICAL = """{
  "format": 1,
  "name": "Test",
  "steps": [
    {
      "id": "one",
      "kind": "command",
      "with": {
        "argv": ["true"]
      },
      "x-mine": 1.5
    }
  ]
}
"""
SHORT = ('{"steps": [{"x-mine": 1.5, "with": {"argv": ["true"]}, "kind": "command", "id": "one"}],'
         ' "name": "Test", "format": 1}')


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def test_rewrites_in_canonical_form(box):
    path = box.write("p.runnel.json", SHORT)
    os.chmod(path, 0o640)
    assert box.run("format", "p.runnel.json")[0] == "p.runnel.json: formatted\n"
    assert read(path) == CANONICAL
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o640
    assert os.listdir(box.work) == ["p.runnel.json"]


def test_leaves_what_is_canonical(box):
    path = box.write("p.runnel.json", CANONICAL)
    before = os.stat(path)
    assert box.run("format", "p.runnel.json")[0] == ""
    after = os.stat(path)
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_follows_links(box):
    box.write("p.runnel.json", SHORT)
    os.symlink("p.runnel.json", box.path("link.runnel.json"))
    box.run("format", "link.runnel.json")
    assert os.path.islink(box.path("link.runnel.json"))
    assert read(box.path("p.runnel.json")) == CANONICAL


def test_check(box):
    path = box.write("short.runnel.json", SHORT)
    box.write("good.runnel.json", CANONICAL)
    assert box.run("format", "--check", "good.runnel.json")[0] == ""
    out, _ = box.run("format", "--check", "good.runnel.json", "short.runnel.json", code=1)
    assert out == "short.runnel.json\n"
    assert read(path) == SHORT


def test_never_touches_an_invalid_file(box):
    for text in ('{"format": 1, "steps": [', '{"format": 1, "steps": [{"id": "a", "kind": "none"}]}',
                 '{"format": 2, "steps": []}', '{"format": 1, "format": 1, "steps": []}', "\0", ""):
        path = box.write("bad.runnel.json", text)
        other = box.write("p.runnel.json", SHORT)
        _, err = box.run("format", "bad.runnel.json", "p.runnel.json", code=2)
        assert "bad.runnel.json" in err
        assert read(path) == text
        assert read(other) == CANONICAL


def test_files_that_cannot_be_used(box):
    assert "missing.runnel.json" in box.run("format", "missing.runnel.json", code=3)[1]
    box.run("format", ".", code=3)
    box.run("format", code=2)


def test_what_it_writes_runs(box):
    box.pipeline(command("one", "true", timeout="1m"), command("two", "true", needs=["one"]))
    box.run("format", "p.runnel.json")
    box.run("format", "--check", "p.runnel.json")
    box.run("run", "p.runnel.json")


if __name__ == "__main__":
    main()
