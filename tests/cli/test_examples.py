# test_examples.py: each pipeline of data/examples does what it says
# SPDX-License-Identifier: GPL-3.0-or-later

import getpass
import glob
import os
import shutil

from runnel_test import Skipped, main

SOURCE = os.environ["RUNNEL_SOURCE_DIR"]
EXAMPLES = os.path.join(SOURCE, "data", "examples")
LONG = 600.0  # seconds that building this very tree may take on a busy machine

MAKEFILE = """
all: greet
greet: greet.c
\t$(CC) -o $@ $<
check: greet
\t./greet --version | grep -qx 'greet 1.0'
install: greet
\tinstall -D greet $(DESTDIR)/usr/local/bin/greet
"""
PROGRAM = """
#include <stdio.h>
#include <string.h>

int
main (int argc, char **argv)
{
  return argc == 2 && !strcmp (argv[1], "--version") ? puts ("greet 1.0") < 0 : 2;
}
"""


def example(name):
    return os.path.join(EXAMPLES, name + ".runnel.json")


def states(box, run=1):
    return {step["id"]: step["state"] for step in box.json("show", str(run), "--json")["steps"]}


def project(box):
    os.mkdir(box.path("greet"))
    box.write("greet/Makefile", MAKEFILE)
    box.write("greet/greet.c", PROGRAM)
    return "source=" + box.path("greet")


def details(box, run):
    return {step["id"]: step for step in box.json("show", str(run), "--json")["steps"]}


def decide(box, answer, *parameters):
    """Runs approval-and-rollback in the background, answers, and waits for its end."""
    arguments = [word for parameter in parameters for word in ("-p", parameter)]
    box.run("run", "--detach", *arguments, example("approval-and-rollback"))
    box.wait_for_step(1, "approve", "waiting")
    box.run(answer, "1", "approve")
    box.wait_for(lambda: box.json("show", "1", "--json")["state"] != "running", "the end")
    return box.json("show", "1", "--json")["state"], states(box)


def test_all_are_valid_and_canonical(box):
    files = sorted(glob.glob(os.path.join(EXAMPLES, "*.runnel.json")))
    assert [os.path.basename(file).split(".")[0] for file in files] == [
        "approval-and-rollback", "build-test-package", "fan-out", "hello", "matrix-and-cache"]
    out, err = box.run("validate", *files)
    assert out.count("can be run") == len(files) and err == ""
    box.run("format", "--check", *files)


def test_hello(box):
    box.run("run", example("hello"))
    assert box.run("logs", "1", "greet")[0] == "Hello, world!\n"
    assert box.run("logs", "1", "say")[0] == "Hello, world! has 10 letters.\n"
    box.run("run", "-p", "who=$(id) \"Ana\"", example("hello"))
    assert box.run("logs", "2", "say")[0] == 'Hello, $(id) "Ana"! has 10 letters.\n'


def test_fan_out(box):
    box.run("run", example("fan-out"))
    assert list(states(box).values()) == ["succeeded"] * 202


def test_approved(box):
    state, steps = decide(box, "approve", "version=2.0")
    assert state == "succeeded"
    assert (steps["roll-out"], steps["roll-out.undo"]) == ("succeeded", "skipped")
    assert box.step(1, "approve")["outputs"]["approved-by"] == getpass.getuser()
    assert box.run("logs", "1", "report")[0] == "The run succeeded. canary: 2.0, everyone: 2.0\n"


def test_rejected(box):
    state, steps = decide(box, "reject")
    assert state == "failed"
    assert (steps["approve"], steps["roll-out"]) == ("failed", "skipped")
    assert steps["deploy-canary.undo"] == "succeeded" and "roll-out.undo" not in steps
    assert box.run("logs", "1", "report")[0] == "The run failed. canary: 1.0, everyone: 1.0\n"


def test_roll_out_that_breaks(box):
    state, steps = decide(box, "approve", "break-roll-out=true")
    assert state == "failed"
    assert (steps["approve"], steps["roll-out"]) == ("succeeded", "failed")
    assert (steps["roll-out.undo"], steps["deploy-canary.undo"]) == ("succeeded", "succeeded")
    assert box.run("logs", "1", "report")[0] == "The run failed. canary: 1.0, everyone: 1.0\n"


def test_package(box):
    box.run("run", "-p", project(box), example("build-test-package"))
    skipped = [step for step, state in states(box).items() if state != "succeeded"]
    assert skipped == ["keep-previous", "collect-logs"]
    release = box.step(1, "publish")["outputs"]["release"]
    assert sorted(os.listdir(release)) == ["greet-0.tar.gz", "greet-0.tar.gz.sha256"]
    assert box.run("logs", "1", "smoke-test")[0].endswith("greet --version:\ngreet 1.0\n")


def test_package_that_fails_its_smoke_test(box):
    out, _ = box.run("run", "-p", project(box), "-p", "plant-failure=smoke-test",
                     example("build-test-package"))
    steps = states(box)
    assert (steps["smoke-test"], steps["publish"]) == ("failed", "skipped")
    assert steps["keep-previous"] == "succeeded" and box.step(1, "smoke-test")["handled"]
    assert "is withheld, and the previous release stays" in box.run("logs", "1", "keep-previous")[0]
    told = "smoke-test failed, and keep-previous made it good"
    assert "Run 1 succeeded" in out and f"(10 succeeded, 1 failed, 2 skipped): {told}. See:" in out
    assert f"Handled   {told}\n" in box.run("show", "1")[0]


def test_unit_tests_that_fail(box):
    box.run("run", "-p", project(box), "-p", "plant-failure=unit-tests",
            example("build-test-package"), code=1)
    steps = states(box)
    assert (steps["unit-tests"], steps["package"]) == ("failed", "skipped")
    assert steps["collect-logs"] == "succeeded" and "handled" not in box.step(1, "unit-tests")
    assert box.json("show", "1", "--json")["state"] == "failed"


def test_project_that_is_none(box):
    os.mkdir(box.path("empty"))
    box.run("run", "-p", "source=" + box.path("empty"), example("build-test-package"), code=1)
    assert "give a C project with -p source=FOLDER" in box.run("logs", "1", "inspect")[0]


def test_matrix_and_cache(box):
    box.run("run", example("matrix-and-cache"))
    first = details(box, 1)
    assert [first[f"make.{n}"]["state"] for n in (1, 2, 3, 4)] == ["succeeded"] * 4
    assert "<h1>home</h1><h1>about</h1><h1>news</h1>" in box.run("logs", "1", "check")[0]
    assert "public/index.html" in box.run("artifacts", "1", "publish")[0]
    assert "The run has succeeded" in box.run("logs", "1", "tell")[0]

    box.run("run", "-p", "pages=home new", example("matrix-and-cache"))
    second = details(box, 2)
    assert second["make.1"]["reused"] == 1 and "reused" not in second["make.2"]
    assert "<h1>home</h1><h1>new</h1>" in box.run("logs", "2", "check")[0]


def test_matrix_and_cache_rolls_back(box):
    box.run("run", "-p", "plant-failure=true", example("matrix-and-cache"), code=1)
    steps = states(box)
    assert (steps["check"], steps["publish.undo"], steps["tell"]) == (
        "failed", "succeeded", "succeeded")
    assert "1 step was rolled back" in box.json("show", "1", "--json")["reason"]


def test_this_very_tree(box):
    # What a sanitizer finds in the engine, it finds with the small project too.
    if "asan" in os.path.basename(os.environ["RUNNEL_BUILD_DIR"]):
        raise Skipped("it takes long under the sanitizers")
    if not shutil.which("meson"):
        raise Skipped("there is no meson")
    box.run("run", "-p", "options=-Ddesigner=false -Dbuildtype=plain -Dtests=false",
            "-p", "test-options=", example("build-test-package"), patience=LONG)
    assert "runnel --version:\nrunnel " in box.run("logs", "1", "smoke-test")[0]
    steps = states(box)
    assert (steps["unit-tests"], steps["publish"]) == ("succeeded", "succeeded")


if __name__ == "__main__":
    main()
