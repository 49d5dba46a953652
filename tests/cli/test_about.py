# test_about.py: help, version, validate, kinds, schema and designer
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import shutil
import stat

import runnel_test
from runnel_test import command, main

COMMANDS = ["run", "rerun", "rollback", "validate", "format", "tidy", "extract", "find", "list",
            "show", "logs", "artifacts", "gantt", "stats", "explain", "simulate", "draw", "diff",
            "merge", "export", "import", "systems", "cancel", "approve", "reject", "pause", "resume", "freeze", "thaw", "audit",
            "label", "pin", "unpin", "breakers", "alerts", "cache", "history", "gc", "metrics", "telemetry",
            "settings", "secrets", "kinds", "schema", "designer", "help"]


def source(*path):
    """What a file of the source tree holds."""
    with open(os.path.join(os.environ["RUNNEL_SOURCE_DIR"], *path), encoding="utf-8") as file:
        return file.read()


def test_help(box):
    out, _ = box.run("help")
    listed = [line.split()[0] for line in out.splitlines() if line.startswith("  ")]
    assert listed == COMMANDS
    assert box.run("--help")[0] == out
    assert box.run(code=2)[0] == out
    for name in COMMANDS[:-1]:
        assert "Usage:" in box.run(name, "--help")[0]


def test_version(box):
    assert box.run("--version")[0].startswith("runnel ")


def test_unknown_command(box):
    assert "did you mean “validate”?" in box.run("validat", code=2)[1]
    assert "there is no command “xyzzy”" in box.run("xyzzy", code=2)[1]


def test_validate(box):
    box.pipeline(command("one", "true"))
    box.write("bad.runnel.json", '{"format": 1, "steps": [{"id": "a", "kind": "command"}]}')
    assert box.run("validate", "p.runnel.json")[0] == "p.runnel.json: 1 step, can be run\n"
    out, err = box.run("validate", "bad.runnel.json", "p.runnel.json", code=2)
    assert "p.runnel.json: 1 step, can be run" in out
    assert "bad.runnel.json:1:" in err and "argv" in err
    box.run("validate", "missing.runnel.json", code=3)
    box.run("validate", code=2)


def test_kinds(box):
    names = ["command", "script", "http", "wait", "approval", "pipeline", "foreign"]
    assert [line.split()[0] for line in box.run("kinds")[0].splitlines()] == names
    assert [kind["name"] for kind in box.json("kinds", "--json")] == names
    out, _ = box.run("kinds", "approval")
    assert "with.prompt  (text, required)" in out and "One of: fail, reject, approve" in out
    assert box.json("kinds", "http", "--json")["fields"][0]["name"] == "url"
    assert "did you mean “script”?" in box.run("kinds", "scrpt", code=3)[1]


def test_examples_of_kinds_are_valid(box):
    for kind in box.json("kinds", "--json"):
        box.pipeline(kind["example"])
        box.run("validate", "p.runnel.json")


def test_manual_of_kinds_is_current(box):
    out, _ = box.run("kinds", "--markdown")
    for kind in box.json("kinds", "--json"):
        assert f"\n## {kind['name']}\n" in out and kind["description"] in out
        for field in kind["fields"]:
            assert f"\n| `{field['name']}` | " in out
    assert out == source("docs", "kinds.md"), "run: runnel kinds --markdown > docs/kinds.md"
    box.run("kinds", "--markdown", "--json", code=2)
    box.run("kinds", "--markdown", "http", code=2)


def test_schema(box):
    schema = box.json("schema")
    assert schema["$schema"].endswith("2020-12/schema")
    assert {"steps", "parameters", "layout"} <= schema["properties"].keys()
    kinds = [rule["if"]["properties"]["kind"]["const"] for rule in schema["$defs"]["step"]["allOf"]]
    assert kinds == [kind["name"] for kind in box.json("kinds", "--json")]


def test_schema_is_current(box):
    name = "runnel-1.schema.json"
    assert box.run("schema")[0] == source("data", "schema", name), (
        f"run: runnel schema > data/schema/{name}")


def test_designer_that_is_not_installed(box):
    # A copy elsewhere has no designer beside it.
    binary = box.path("runnel")
    shutil.copy(runnel_test.BINARY, binary)
    box.env["PATH"] = "/nonexistent"
    original, runnel_test.BINARY = runnel_test.BINARY, binary
    try:
        assert "the designer is not installed" in box.run("designer", code=3)[1]
    finally:
        runnel_test.BINARY = original


def test_designer_is_given_the_files(box):
    binary = box.path("runnel")
    shutil.copy(runnel_test.BINARY, binary)
    designer = box.write("runnel-designer", '#!/bin/sh\necho "designer $*"\n')
    os.chmod(designer, stat.S_IRWXU)
    original, runnel_test.BINARY = runnel_test.BINARY, binary
    try:
        assert box.run("designer", "a b.runnel.json", "c")[0] == "designer -- a b.runnel.json c\n"
        assert box.run("designer", "--diff", "a", "b")[0] == "designer --diff -- a b\n"
        assert box.run("designer", "--merge", *"abcd")[0] == "designer --merge -- a b c d\n"
    finally:
        runnel_test.BINARY = original


if __name__ == "__main__":
    main()
