# test_container.py: steps that run in a container
# SPDX-License-Identifier: GPL-3.0-or-later
"""A program of our own that is called podman tells what it was asked for, and then does it: the
command gets the named variables of the environment and no other."""

import json
import os
import shutil

from runnel_test import command, main, script

PODMAN = r'''#!/usr/bin/python3 -I
import json, os, subprocess, sys

log = os.path.join(os.path.dirname(os.path.abspath(__file__)), "log")
with open(log, "a", encoding="utf-8") as file:
    file.write(json.dumps(sys.argv[1:]) + "\n")
if sys.argv[1] != "run":
    sys.exit(1)
end = sys.argv.index("--")
options, (image, *rest) = sys.argv[2:end], sys.argv[end + 1:]
pairs = list(zip(options, options[1:]))
env = {value: os.environ[value] for name, value in pairs if name == "--env"}
env.setdefault("PATH", "/usr/bin:/bin")
env["IMAGE"] = image
if image == "stuck":  # a client that goes without its container
    os.execve("/bin/sleep", ["sleep", "1000"], env)
os.chdir(dict(pairs)["--workdir"])
program = dict(pairs)["--entrypoint"]
os.execvpe(program, [program, *rest], env)
'''


def install(box):
    bin_folder = os.path.join(box.root, "bin")
    os.mkdir(bin_folder)
    path = os.path.join(bin_folder, "podman")
    with open(path, "w", encoding="utf-8") as file:
        file.write(PODMAN)
    os.chmod(path, 0o755)
    box.env["PATH"] = bin_folder + ":" + box.env["PATH"]


def calls(box):
    path = os.path.join(box.root, "bin", "log")
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def values(call, option):
    return [value for name, value in zip(call, call[1:]) if name == option]


def test_step_with_image(box):
    install(box)
    box.env["OF_THE_MACHINE"] = "1"
    os.mkdir(box.path("lib"))
    box.pipeline(
        script("a", 'echo "says $V $W $RUNNEL_PARAM_WHO in $IMAGE${OF_THE_MACHINE-}"\n'
                    'echo "out=$W" >> "$RUNNEL_OUTPUT"\npwd > ../made\nwc -c > ../input\n',
               image="gcc:13", env={"V": "value, 'of' one"}, artifacts=["made"], **{"working-directory": "lib"}),
        {"id": "b", "kind": "command", "image": "gcc:13", "needs": ["a"],
         "with": {"argv": ["cat"], "stdin": "from ${{ steps.a.outputs.out }}"}},
        env={"W": "of all"}, parameters={"who": {"default": "ana"}})
    box.run("run", "--container", "p.runnel.json")
    first, second = calls(box)
    out, _ = box.run("logs", "1", "a")
    assert "says value, 'of' one of all ana in gcc:13\n" in out, out
    assert "from of all" in box.run("logs", "1", "b")[0]
    assert values(first, "--workdir") == [box.path("lib")]
    assert values(first, "--user") == [f"{os.geteuid()}:{os.getegid()}"]
    assert ("--userns=keep-id" in first) == (os.geteuid() != 0)
    folder = f'type=bind,"source={box.work}","target={box.work}"'
    assert folder in values(first, "--mount"), first
    assert "--rm" in first and "--interactive" not in first and "--interactive" in second
    assert not [word for word in first if "value, 'of' one" in word or "of all" in word or word == "ana"]
    with open(box.path("made"), encoding="utf-8") as file:
        assert file.read() == box.path("lib") + "\n"
    assert box.step(1, "a")["outputs"] == {"out": "of all"}
    assert [artifact["path"] for artifact in box.step(1, "a")["artifacts"]] == ["made"]


def test_only_where_asked(box):
    """Without the option an image is for other systems; without an image there is no container."""
    install(box)
    box.pipeline(command("a", "true", image="gcc:13"), command("b", "true"),
                 {"id": "c", "kind": "wait", "with": {"for": "1ms"}, "image": "gcc:13"})
    box.run("run", "p.runnel.json")
    assert calls(box) == []
    box.run("run", "--container", "p.runnel.json")
    assert [call[call.index("--") + 1] for call in calls(box)] == ["gcc:13"]
    box.run("rerun", "--container", "--step", "a", "1")
    assert len(calls(box)) == 2


def test_default_image_and_expression(box):
    install(box)
    box.pipeline(command("a", "true"),
                 command("b", "true", image="gcc:${{ matrix.v }}", matrix={"v": ["12", "13"]}),
                 command("c", "true", image="${{ params.none }}"),
                 parameters={"none": {"default": ""}}, defaults={"image": "debian:12"})
    box.run("run", "--container", "p.runnel.json")
    images = sorted(call[call.index("--") + 1] for call in calls(box))
    assert images == ["debian:12", "gcc:12", "gcc:13"], images


def test_failure_is_that_of_the_command(box):
    install(box)
    box.pipeline(script("a", "exit 7", image="x"))
    box.run("run", "--container", "p.runnel.json", code=1)
    assert box.step(1, "a")["reason"] == "Exited with code 7"


def test_timeout_ends_the_container(box):
    install(box)
    box.pipeline(command("a", "true", image="stuck", timeout="100ms"))
    box.run("run", "--container", "p.runnel.json", code=1)
    assert box.step(1, "a")["state"] == "timed-out"
    started, killed = calls(box)
    assert killed == ["kill", values(started, "--name")[0]]


def test_secrets_are_not_seen(box):
    install(box)
    box.env["RUNNEL_SECRET_TOKEN"] = "hidden-value"
    box.pipeline(script("a", 'test "$T" = hidden-value', image="x", env={"T": "${{ secrets.token }}"}),
                 secrets=["token"])
    box.run("run", "--container", "p.runnel.json")
    assert "hidden-value" not in json.dumps(calls(box))


def test_inner_pipelines(box):
    install(box)
    box.pipeline(command("a", "true", image="inner"), name="inner.runnel.json")
    box.pipeline({"id": "p", "kind": "pipeline", "with": {"file": "inner.runnel.json"}})
    box.run("run", "--container", "p.runnel.json")
    assert [call[call.index("--") + 1] for call in calls(box)] == ["inner"]


def test_results_of_another_image_are_not_used(box):
    install(box)
    box.pipeline(command("a", "true", image="gcc:13", cache={"key": "k"}))
    for arguments in ((), ("--container",), ("--container",), ()):
        box.run("run", *arguments, "p.runnel.json")
    assert len(calls(box)) == 1


def test_no_program(box):
    nothing = os.path.join(box.root, "nothing")
    os.mkdir(nothing)
    for name in ("sh", "true"):
        os.symlink(shutil.which(name), os.path.join(nothing, name))
    box.env["PATH"] = nothing
    box.pipeline(command("a", "true", image="x"))
    _, err = box.run("run", "--container", "p.runnel.json", code=3)
    assert "neither podman nor docker" in err and "install" in err
    box.run("run", "p.runnel.json")


if __name__ == "__main__":
    main()
