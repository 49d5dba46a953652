# test_draw.py: runnel draw
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree

from runnel_test import BINARY, Skipped, command, main

SVG = "{http://www.w3.org/2000/svg}"
STEPS = [
    command("build", "make"),
    command("test", "make", "check", needs=["build"]),
    command("tell", "mail", needs=[{"step": "test", "on": "failure"}]),
]


def read(box, name):
    with open(box.path(name), "rb") as file:
        return file.read()


def texts(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter(SVG + "text")]


def test_formats(box):
    box.pipeline(*STEPS)
    for name, start in (("x.svg", b"<?xml"), ("x.png", b"\x89PNG"), ("x.pdf", b"%PDF-")):
        out, err = box.run("draw", "p.runnel.json", "-o", name)
        assert (out, err) == ("", "")
        assert read(box, name).startswith(start), name
    box.run("draw", "p.runnel.json", "-o", "odd.name", "--format", "PDF")
    assert read(box, "odd.name") == read(box, "x.pdf")
    assert sorted(os.listdir(box.work)) == ["odd.name", "p.runnel.json", "x.pdf", "x.png", "x.svg"]


def test_standard_streams(box):
    box.pipeline(*STEPS)
    box.run("draw", "p.runnel.json", "-o", "x.svg")
    with open(box.path("p.runnel.json"), encoding="utf-8") as file:
        out, _ = box.run("draw", "-", "-o", "-", text=file.read())
    assert out.encode() == read(box, "x.svg")
    done = subprocess.run([BINARY, "draw", "p.runnel.json", "-o", "-", "-f", "png"], cwd=box.work,
                          env=box.env, capture_output=True, check=True, timeout=60)
    assert done.stdout.startswith(b"\x89PNG")


def test_text_is_text(box):
    box.pipeline(*STEPS)
    box.run("draw", "p.runnel.json", "-o", "x.svg")
    assert texts(read(box, "x.svg")) == ["build", "make", "test", "make check", "tell", "mail"]
    assert ElementTree.fromstring(read(box, "x.svg")).find(SVG + "title").text == "Test"


def test_pdf_is_searched(box):
    if not shutil.which("pdftotext"):
        raise Skipped("pdftotext is not installed")
    box.pipeline(*STEPS)
    box.run("draw", "p.runnel.json", "-o", "x.pdf")
    done = subprocess.run(["pdftotext", box.path("x.pdf"), "-"], capture_output=True, text=True,
                          check=True, timeout=60)
    for text in ("build", "make check", "tell"):
        assert text in done.stdout.split("\n"), done.stdout


def test_hostile_names(box):
    names = ["</text><script>alert(1)</script>", "a & \"b\" 'c'", "bell \u0007 end", "שלום עולם",
             "שלום <b> abc", "\u202eevil", "line\nbreak", "x" * 5000, "\U0001f680", " ", "]]>"]
    box.pipeline(*[command(f"s{i}", "true", name=name) for i, name in enumerate(names)])
    for name in ("x.svg", "x.png", "x.pdf"):
        box.run("draw", "p.runnel.json", "-o", name)
    shown = texts(read(box, "x.svg"))
    assert "a & \"b\" 'c'" in shown and "]]>" in shown and "שלום עולם" in shown, shown
    assert b"<script" not in read(box, "x.svg")
    assert all(len(text) < 100 for text in shown)


def test_says_nothing_of_the_machine(box):
    box.pipeline(*STEPS, name="p.runnel.json")
    for name in ("x.svg", "x.png", "x.pdf"):
        box.run("draw", box.path("p.runnel.json"), "-o", box.path(name))
        assert box.root.encode() not in read(box, name)
        first = read(box, name)
        box.run("draw", "p.runnel.json", "-o", name)
        assert read(box, name) == first


def test_part(box):
    box.pipeline(*STEPS)
    box.run("draw", "p.runnel.json", "-o", "x.svg", "--steps", "build, test")
    assert texts(read(box, "x.svg")) == ["build", "make", "test", "make check"]
    _, err = box.run("draw", "p.runnel.json", "-o", "y.svg", "--steps", "biuld", code=3)
    assert "biuld" in err
    assert not os.path.exists(box.path("y.svg"))


def test_run(box):
    box.pipeline(command("good", "true"), command("bad", "false", needs=["good"]))
    box.run("run", "p.runnel.json", code=1)
    os.remove(box.path("p.runnel.json"))
    box.run("draw", "--run", "1", "-o", "x.svg")
    shown = texts(read(box, "x.svg"))
    assert any(text.startswith("succeeded") for text in shown), shown
    assert any(text.startswith("failed") for text in shown), shown
    box.run("draw", "--run", "7", "-o", "x.svg", code=3)


def test_refusals(box):
    box.pipeline(*STEPS)
    box.pipeline(name="empty.runnel.json")
    for arguments, code, words in (
        (["p.runnel.json"], 2, "-o FILE.svg"),
        (["p.runnel.json", "-o", "x.jpg"], 2, "svg, png or pdf"),
        (["p.runnel.json", "-o", "x.svg", "--scale", "2"], 2, "PNG"),
        (["p.runnel.json", "-o", "x.png", "--scale", "-1"], 2, "above 0"),
        (["p.runnel.json", "-o", "x.png", "--scale", "1000"], 4, "choose a scale of at most"),
        (["empty.runnel.json", "-o", "x.svg"], 4, "no steps"),
        (["none.runnel.json", "-o", "x.svg"], 3, "none.runnel.json"),
        (["-o", "x.svg"], 2, "--run"),
        (["p.runnel.json", "-o", "no/such/folder/x.svg"], 4, "no/such/folder"),
    ):
        out, err = box.run("draw", *arguments, code=code)
        assert out == "" and words in err, (arguments, err)
    assert sorted(os.listdir(box.work)) == ["empty.runnel.json", "p.runnel.json"]


if __name__ == "__main__":
    main()
