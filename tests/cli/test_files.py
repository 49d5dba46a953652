# test_files.py: artifacts, and results of earlier runs
# SPDX-License-Identifier: GPL-3.0-or-later

import hashlib
import json
import os
import shutil
import signal
import subprocess

from runnel_test import main, on_small_disk, script

COUNT = "echo x >> runs.txt; "  # tells how often a step ran


def build(text="cat src/* > app", **members):
    members.setdefault("cache", {"inputs": ["src/*"], "outputs": ["app"]})
    return script("build", COUNT + text, **members)


def source(box, name, content):
    os.makedirs(box.path("src"), exist_ok=True)
    box.write("src/" + name, content)


def read(box, name):
    with open(box.path(name), encoding="utf-8") as file:
        return file.read()


def count(box):
    return len(read(box, "runs.txt").splitlines())


def run(box, *args, code=0):
    """Runs the pipeline; returns the step `build` as `show --json` tells it."""
    number = box.events("p.runnel.json", *args, code=code)[0]["run"]
    return box.step(number, "build")


def cache_files(box, kind):
    folder = os.path.join(box.root, "cache", "runnel", "cache", kind)
    return [os.path.join(top, name) for top, _, names in os.walk(folder) for name in names]


def test_reuse(box):
    source(box, "a.c", "one")
    box.pipeline(
        build("cat src/* > app; echo v=1 >> $RUNNEL_OUTPUT", artifacts=["app"]),
        script("use", 'test "$(cat $RUNNEL_ARTIFACTS/build/app)" = one; test $V = 1',
               needs=["build"], env={"V": "${{ steps.build.outputs.v }}"}),
    )
    first = run(box)
    assert first["cause"] == "nothing is cached yet", first
    assert first["reason"] == "ran because nothing is cached yet"
    os.unlink(box.path("app"))
    second = run(box)
    assert second["state"] == "succeeded" and second["reused"] == 1 and second["attempts"] == []
    assert second["reason"] == "reused from run 1 because nothing it depends on changed (1 input)"
    assert second["outputs"] == {"v": "1"} and second["artifacts"][0]["path"] == "app"
    assert read(box, "app") == "one" and count(box) == 1
    out, _ = box.run("run", "p.runnel.json")
    assert "build  succeeded: reused from run 1 because nothing" in out, out
    source(box, "b.c", "")
    out, _ = box.run("run", "p.runnel.json")
    assert "build  started: input src/b.c is new" in out, out
    assert "reused from run 1" in box.run("show", "3")[0]


def test_what_is_in_its_place_stays(box):
    source(box, "a.c", "one")
    box.pipeline(build("mkdir -p out; cp src/* out"),)
    box.pipeline(build("mkdir -p out; cp src/* out",
                       cache={"inputs": ["src/*"], "outputs": ["out"]}))
    run(box)
    before = os.stat(box.path("out/a.c"))
    box.write("out/mine", "mine")
    assert run(box)["reused"] == 1
    after = os.stat(box.path("out/a.c"))
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert read(box, "out/mine") == "mine"


def test_inputs(box):
    source(box, "a.c", "one")
    box.pipeline(build())
    run(box)
    source(box, "a.c", "two")
    assert run(box)["cause"] == "input src/a.c changed"
    source(box, "b.c", "more")
    assert run(box)["cause"] == "input src/b.c is new"
    os.unlink(box.path("src/b.c"))
    assert run(box)["reused"] == 2
    source(box, "a.c", "one")
    assert run(box)["reused"] == 1
    os.chmod(box.path("src/a.c"), 0o755)
    assert run(box)["cause"] == "input src/a.c changed"
    os.rename(box.path("src/a.c"), box.path("src/z.c"))
    assert run(box)["cause"] == "input src/z.c is new"
    source(box, "z.c", "one")
    source(box, "y.c", "one")
    run(box)
    os.unlink(box.path("src/z.c"))
    assert run(box)["cause"] == "input src/z.c is gone"


def test_reasons(box):
    source(box, "a.c", "one")

    os.mkdir(box.path("sub"))
    step = build("cp $ROOT/src/a.c $ROOT/app", env={"ROOT": box.work})

    def cause(*params, **changes):
        """Changes the step, each time one thing more, and says why it runs."""
        step.update(changes)
        box.pipeline(step, parameters={"mode": {"default": "fast"}})
        return run(box, *params)["cause"]

    assert cause() == "nothing is cached yet"
    used = "cp $ROOT/src/a.c $ROOT/app # $RUNNEL_PARAM_MODE"
    assert cause(**{"with": {"run": used}}) == "its command changed"
    assert cause("-p", "mode=slow") == "parameter mode changed"
    assert cause(env={"ROOT": box.work, "CC": "gcc"}) == "its variable CC is new"
    assert cause(env={"ROOT": box.work, "CC": "clang"}) == "its variable CC changed"
    moved = cause(**{"working-directory": "sub"})
    assert moved == "its working directory changed from “.” to “sub”", moved
    assert cause(**{"with": {"run": used, "shell": "bash"}}) == "its with.shell is new"
    cache = {"inputs": ["src/*"], "outputs": ["app"], "key": "x"}
    assert cause(cache=cache) == "its key is new"
    assert cause(cache={**cache, "key": "y"}) == "its key changed from “x” to “y”"
    assert cause(artifacts=["app"]) == "its list of artifacts is new"
    assert cause(cache={**cache, "key": "y", "outputs": ["ap*"]}) == "its list of outputs changed"


def test_unused_parameters_do_not_count(box):
    source(box, "a.c", "one")
    box.pipeline(build(), parameters={"mode": {"default": "fast"}})
    run(box)
    assert run(box, "-p", "mode=slow")["reused"] == 1


def test_no_cache(box):
    source(box, "a.c", "one")
    box.pipeline(build())
    run(box)
    fresh = run(box, "--no-cache")
    assert "reused" not in fresh and count(box) == 2
    assert fresh["cause"] == "cached results are not to be used in this run"
    assert run(box)["reused"] == 2


def test_no_cache_in_subpipelines(box):
    source(box, "a.c", "one")
    box.pipeline(build(), name="inner.runnel.json")
    box.pipeline({"id": "inner", "kind": "pipeline", "with": {"file": "inner.runnel.json"}})
    box.run("run", "p.runnel.json")
    box.run("run", "p.runnel.json")
    assert count(box) == 1
    box.run("run", "p.runnel.json", "--no-cache")
    assert count(box) == 2


def test_failures_are_not_kept(box):
    source(box, "a.c", "one")
    box.pipeline(build("cat src/* > app; test -e fine"))
    assert run(box, code=1)["state"] == "failed"
    box.write("fine", "")
    assert run(box)["cause"] == "nothing is cached yet"
    assert run(box)["reused"] == 2


def test_patterns_without_files(box):
    source(box, "a.c", "one")
    box.pipeline(build(cache={"inputs": ["scr/*"], "outputs": ["app"]}))
    assert run(box)["cause"] == "no file matches the input “scr/*”"
    assert "reused" not in run(box)
    box.pipeline(build(cache={"inputs": ["src/*"], "outputs": ["ap"]}))
    assert run(box)["reason"].endswith("; not cached: no file matches the output “ap”")
    assert "reused" not in run(box)


def test_inputs_that_change_meanwhile(box):
    source(box, "a.c", "one")
    box.pipeline(build("cat src/* > app; echo more >> src/a.c"))
    assert run(box)["reason"].endswith("; not cached: input src/a.c changed while it ran")
    assert run(box)["cause"] == "nothing is cached yet"


def test_upstream_results(box):
    source(box, "a.c", "one")
    box.pipeline(
        script("make", "cp src/a.c lib", artifacts=["lib"]),
        build("cp $RUNNEL_ARTIFACTS/make/lib app", needs=["make"], cache={"outputs": ["app"],
                                                                         "key": "1"}),
    )
    run(box)
    assert run(box)["reused"] == 1
    source(box, "a.c", "two")
    assert run(box)["cause"] == "artifact lib of make changed"


def test_secrets_leave_no_trace(box):
    source(box, "a.c", "one")
    box.pipeline(build(env={"TOKEN": "${{ secrets.RUNNEL_TEST }}"}), secrets=["RUNNEL_TEST"])
    box.env["RUNNEL_TEST"] = "hunter2hunter2"
    run(box)
    box.env["RUNNEL_TEST"] = "other-token-value"
    assert run(box)["reused"] == 1
    digests = [hashlib.sha256(text).hexdigest().encode() for text in
               (b"hunter2hunter2", b'"hunter2hunter2"')]
    for path in cache_files(box, ""):
        with open(path, "rb") as file:
            content = file.read()
        assert b"hunter2" not in content and not any(digest in content for digest in digests)


def test_eviction(box):
    source(box, "a.c", "one")
    box.run("settings", "set", "cache.max-size", "2500 kB")

    def result(letter):
        box.pipeline(build(f"yes {letter} | head -c 1000000 > app"))
        return run(box)

    result("a")
    result("b")
    assert result("a")["reused"] == 1
    result("c")
    assert result("a")["reused"] == 1
    again = result("b")
    assert "reused" not in again and count(box) == 4
    box.pipeline(build("yes d | head -c 3000000 > app"))
    reason = run(box)["reason"]
    assert reason.endswith("not cached: “app” alone is larger than the cache may be"), reason
    usage = box.json("cache", "--json")
    assert usage["size"] <= usage["max-size"] == 2500000


def test_evicted_result(box):
    source(box, "a.c", "one")
    box.pipeline(build())
    run(box)
    for path in cache_files(box, "entries"):
        os.unlink(path)
    assert run(box)["cause"] == "the cached result was evicted"
    assert run(box)["reused"] == 2


def test_damage(box):
    source(box, "a.c", "one")
    box.pipeline(build())
    run(box)
    for path in cache_files(box, "blobs"):
        os.chmod(path, 0o600)
        os.truncate(path, 1)
    os.unlink(box.path("app"))
    assert run(box)["cause"] == "the cached result was damaged"
    assert read(box, "app") == "one"
    os.unlink(box.path("app"))
    assert run(box)["reused"] == 2
    assert read(box, "app") == "one"


def test_cache_command(box):
    source(box, "a.c", "one")
    box.pipeline(build())

    def say(*args):
        return box.run("cache", *args)[0].replace("\xa0", " ")

    assert say() == "0 results, 0 bytes of at most 5.0 GB\n"
    run(box)
    out = say("list")
    assert out.splitlines()[0].split() == ["STEP", "RUN", "SIZE", "USED", "FILE"]
    assert out.splitlines()[-1] == "1 result, 3 bytes of at most 5.0 GB"
    listed = box.json("cache", "--json")
    assert listed["size"] == 3 and listed["results"][0]["step"] == "build"
    assert listed["results"][0]["run"] == 1
    assert say("gc") == "0 results evicted, 3 bytes left\n"
    box.run("cache", "clear")
    assert box.json("cache", "--json")["results"] == []
    assert run(box)["cause"] == "nothing is cached yet"
    box.run("cache", "nonsense", code=2)


def test_two_runs_at_once(box):
    source(box, "a.c", "one")
    box.pipeline(*[
        script(f"s{i}", f"yes {i} | head -c 200000 > out{i}",
               cache={"inputs": ["src/*"], "outputs": [f"out{i}"]})
        for i in range(12)
    ])
    box.run("settings", "set", "cache.max-size", "1 MB")
    runs = [box.start("run", "p.runnel.json") for _ in range(3)]
    for process in runs:
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, out + err
    assert box.json("cache", "--json")["size"] <= 1000000
    box.run("run", "p.runnel.json")


def test_killed_while_storing(box):
    source(box, "a.c", "one")
    box.pipeline(build("for i in $(seq 2000); do echo $i > out/$i; done",
                       cache={"inputs": ["src/*"], "outputs": ["out"]}))
    os.mkdir(box.path("out"))
    process = box.start("run", "p.runnel.json")
    box.wait_for(lambda: len(cache_files(box, "blobs")) > 200, "contents in the cache")
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert cache_files(box, "entries") == []
    assert run(box)["cause"] == "nothing is cached yet"
    shutil.rmtree(box.path("out"))
    assert run(box)["reused"] == 2
    assert read(box, "out/2000") == "2000\n"
    box.run("cache", "gc")
    assert len(cache_files(box, "blobs")) == 2000


def test_artifacts(box):
    box.pipeline(
        script("pack", "mkdir -p out/deep; echo a > out/a.txt; echo b > out/deep/b.txt; chmod +x out/a.txt",
               artifacts=["out", "!**/*.tmp"]),
        script("quiet", "true"),
        script("other", "echo c > c.log", artifacts=["*.log"]),
    )
    box.run("run", "p.runnel.json")
    listed = box.json("artifacts", "1", "--json")
    assert [(item["step"], item["path"], item["size"]) for item in listed] == [
        ("pack", "out/a.txt", 2), ("pack", "out/deep/b.txt", 2), ("other", "c.log", 2)]
    for item in listed:
        with open(item["file"], "rb") as file:
            assert hashlib.sha256(file.read()).hexdigest() == item["sha256"]
        assert os.stat(item["file"]).st_mode & 0o222 == 0
    assert box.json("artifacts", "1", "other", "--json") == listed[2:]
    assert box.json("artifacts", "1", "quiet", "--json") == []
    out, _ = box.run("artifacts", "1")
    assert out.splitlines()[0].split() == ["STEP", "SIZE", "SHA-256", "PATH"] and "2 bytes" in out
    assert "3 artifacts, 6 bytes. See: runnel artifacts 1" in box.run("show", "1")[0]
    shown = box.json("show", "1", "--json")["steps"]
    assert shown[0]["artifacts"] == listed[:2] and "artifacts" not in shown[1]
    box.run("artifacts", "2", code=3)
    box.run("artifacts", "1", "nothing", code=3)


def test_copy_artifacts(box):
    box.pipeline(script("pack", "mkdir -p out; echo a > out/a; chmod +x out/a", artifacts=["out"]))
    box.run("run", "p.runnel.json")
    box.run("artifacts", "1", "--copy-to", "copies")
    assert read(box, "copies/pack/out/a") == "a\n"
    assert os.stat(box.path("copies/pack/out/a")).st_mode & 0o777 == 0o755
    box.run("artifacts", "1", "pack", "--copy-to", "flat")
    assert read(box, "flat/out/a") == "a\n"
    kept = box.json("artifacts", "1", "--json")[0]["file"]
    os.chmod(kept, 0o600)
    with open(kept, "w", encoding="utf-8") as file:
        file.write("b\n")
    _, err = box.run("artifacts", "1", "--copy-to", "bad", code=4)
    assert "is not what the step made" in err, err
    assert not os.path.exists(box.path("bad/pack/out/a"))


def test_hostile_patterns(box):
    box.pipeline(script("a", "true", artifacts=["../../etc/passwd"]))
    _, err = box.run("run", "p.runnel.json", code=2)
    assert "leads out of the folder of the pipeline" in err, err
    box.pipeline(
        script("a", "true", artifacts=["${{ params.p }}"], **{"continue-on-error": True}),
        script("b", "ln -s /etc/passwd link; ln -s / root; echo x > real; ln -s real inside",
               artifacts=["link", "root/etc/passwd", "root/**", "inside"]),
        parameters={"p": {"default": "../../etc/passwd"}},
    )
    box.run("run", "p.runnel.json")
    reason = box.step(1, "a")["reason"]
    assert reason.startswith("its artifacts can't be kept: “../../etc/passwd” leads out"), reason
    assert box.step(1, "b")["reason"] == "no file matches the artifact “link”"
    assert [item["path"] for item in box.json("artifacts", "1", "--json")] == ["inside"]


def test_patterns_are_relative_to_the_pipeline(box):
    os.mkdir(box.path("sub"))
    outside = os.path.join(box.root, "outside")
    os.mkdir(outside)
    box.pipeline(
        script("inside", "echo x > made", artifacts=["sub/made"], **{"working-directory": "sub"}),
        script("outside", "echo y > made", artifacts=["made"], **{"working-directory": outside}),
    )
    box.run("run", "p.runnel.json")
    assert [item["path"] for item in box.json("artifacts", "1", "--json")] == ["sub/made", "made"]


def test_later_changes_leave_artifacts_alone(box):
    box.pipeline(
        script("a", "echo old > made; echo fixed > fixed; chmod 444 fixed", artifacts=["made", "fixed"]),
        script("b", "echo new > made; test \"$(cat $RUNNEL_ARTIFACTS/a/made)\" = old",
               needs=["a"]),
    )
    box.run("run", "p.runnel.json")
    made, = [item for item in box.json("artifacts", "1", "--json") if item["path"] == "made"]
    with open(made["file"], encoding="utf-8") as file:
        assert file.read() == "old\n"


def test_reruns_have_the_artifacts(box):
    box.pipeline(
        script("make", "echo x > lib", artifacts=["lib"]),
        script("use", "test -e fine && cat $RUNNEL_ARTIFACTS/make/lib", needs=["make"]),
    )
    box.run("run", "p.runnel.json", code=1)
    box.write("fine", "")
    box.run("rerun", "1", "--failed")
    assert box.step(2, "make")["reused"] == 1
    first, second = (box.json("artifacts", run, "--json")[0] for run in ("1", "2"))
    assert first["sha256"] == second["sha256"] and first["file"] != second["file"]
    assert os.stat(first["file"]).st_ino == os.stat(second["file"]).st_ino
    os.unlink(second["file"])
    box.run("rerun", "2", "--step", "use", code=1)
    assert box.json("artifacts", "3", "--json") == []


def test_legs_of_a_matrix(box):
    source(box, "a.c", "one")
    leg = build("cp src/a.c app-$CC", env={"CC": "${{ matrix.cc }}"},
                matrix={"cc": ["gcc", "clang"]}, artifacts=["app-${{ matrix.cc }}"],
                cache={"inputs": ["src/*"], "outputs": ["app-${{ matrix.cc }}"]})
    use = script("use", "cat $RUNNEL_ARTIFACTS/build.1/app-gcc $RUNNEL_ARTIFACTS/build.2/app-clang",
                 needs=["build"])
    box.pipeline(leg, use)
    box.run("run", "p.runnel.json")
    box.run("run", "p.runnel.json")
    legs = [box.step(2, "build.1"), box.step(2, "build.2")]
    assert [leg.get("reused") for leg in legs] == [1, 1], legs
    assert [leg["artifacts"][0]["path"] for leg in legs] == ["app-gcc", "app-clang"]
    source(box, "a.c", "two")
    box.run("run", "p.runnel.json")
    assert box.step(3, "build.2")["cause"].endswith("input src/a.c changed"), box.step(3, "build.2")


def test_no_artifacts_after_failure(box):
    box.pipeline(script("a", "echo x > made; false", artifacts=["made"]))
    box.run("run", "p.runnel.json", code=1)
    assert box.json("artifacts", "1", "--json") == []


def test_full_disk(box):
    from runnel_test import BINARY

    box.pipeline(script("big", "head -c 8000000 /dev/zero > big", artifacts=["big"]),
                 script("after", "true", needs=["big"]))
    done = on_small_disk(box, f"mkdir $SMALL/runs; mkdir -p {box.root}/state/runnel; "
                         f"ln -s $SMALL/runs {box.root}/state/runnel/runs; "
                         f"{BINARY} run p.runnel.json --json; find -L $SMALL -name '*big*'")
    assert "its artifacts can't be kept: " in done.stdout and "No space left" in done.stdout, (
        done.stdout + done.stderr)
    assert "artifacts/big" not in done.stdout, done.stdout


def test_full_cache_disk(box):
    from runnel_test import BINARY

    source(box, "a.c", "one")
    box.pipeline(build("head -c 8000000 /dev/zero > app"))
    done = on_small_disk(box, f"mkdir -p {box.root}/cache; ln -s $SMALL {box.root}/cache/runnel; "
                         f"{BINARY} run p.runnel.json --json; find -L $SMALL -name '.runnel*'")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    finished, = [event for event in events if event["event"] == "step-finished"]
    assert finished["state"] == "succeeded" and "not cached: " in finished["reason"], finished
    assert "No space left" in finished["reason"], finished


if __name__ == "__main__":
    main()
