# faults.py: runs on a machine on which something fails; each has to end, and to say why
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import pathlib
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))

from runnel_test import BINARY, Skipped, command, main, script  # pylint: disable=wrong-import-position

BUILD = pathlib.Path(os.environ["RUNNEL_BUILD_DIR"])
NOBODY = 65534
GIGABYTE = 1 << 30
MAX_MEMORY_KB = 64 * 1024


def after(*steps):
    return [{"step": step, "on": "finished"} for step in steps]


def step_of(box, step, run=1):
    return next(found for found in box.json("show", str(run), "--json")["steps"]
                if found["id"] == step)


def assert_failed(box, step, words):
    found = step_of(box, step)
    assert found["state"] == "failed" and words in found["reason"], found


def read_log(box, step):
    runs = pathlib.Path(box.env["XDG_STATE_HOME"]) / "runnel" / "runs"
    return (runs / "1" / f"{step}.1.log").read_bytes()


def list_left(box):
    """Processes of the run that are still there, by the environment that it gave them."""
    left = []
    for entry in os.listdir("/proc"):
        try:
            environment = pathlib.Path(f"/proc/{entry}/environ").read_bytes()
        except (OSError, NotADirectoryError):
            continue
        if f"RUNNEL_RUN_DIR={box.root}".encode() in environment:
            left.append(entry)
    return left


def limit_engine(what):
    """A step that takes something from the process which starts it."""
    return script("limit", f"prlimit --pid $PPID --{what}:")


def test_no_descriptor_left(box):
    box.pipeline(limit_engine("nofile=3"), command("next", "echo", "hi", needs=["limit"]))
    box.run("run", "p.runnel.json", code=1)
    assert_failed(box, "next", "Too many open files")


def start_as_nobody(box):
    """The limit of processes does not hold for root."""
    if os.getuid() != 0:
        return {}
    for path in (box.root, box.work):
        os.chown(path, NOBODY, NOBODY)
    if subprocess.run([BINARY, "--version"], user=NOBODY, check=False, cwd="/",
                      capture_output=True).returncode != 0:
        raise Skipped("the command can't be executed by another user")
    return {"user": NOBODY, "group": NOBODY}


def test_no_process_left(box):
    options = start_as_nobody(box)
    box.pipeline(limit_engine("nproc=0"), command("next", "echo", "hi", needs=["limit"]))
    process = box.start("run", "p.runnel.json", **options)
    process.communicate()
    assert process.returncode == 1
    assert_failed(box, "next", "no more processes to give")


def run_on(box, mount_options, code):
    """Runs the pipeline with a file system of its own for the state."""
    state = box.env["XDG_STATE_HOME"]
    os.mkdir(state)
    unshare = ["unshare", "--mount", *([] if os.getuid() == 0 else ["--map-root-user"])]
    mount = f"mount -t tmpfs -o {mount_options} none {state}"
    if not shutil.which("unshare") or subprocess.run(
            [*unshare, "sh", "-c", mount], check=False, capture_output=True).returncode != 0:
        raise Skipped("no file system can be mounted here")
    done = subprocess.run([*unshare, "sh", "-c", f'{mount} && exec "$@"', "sh", BINARY, "run",
                           "p.runnel.json"], cwd=box.work, env=box.env, check=False,
                          stdin=subprocess.DEVNULL, capture_output=True)
    assert done.returncode == code, done
    return (done.stdout + done.stderr).decode(errors="replace")


FILL = script("fill", "head -c 10000000 /dev/zero")


def test_full_disk(box):
    box.pipeline(FILL, command("quiet", "true", needs=after("fill")))
    run_on(box, "size=1M", code=1)
    assert_failed(box, "fill", "fill.1.log” can't be written: No space left on device")
    assert step_of(box, "quiet")["state"] == "succeeded"


def test_disk_full_for_the_journal(box):
    chain = [command(f"s{i}", "true", needs=after(f"s{i - 1}" if i else "fill"))
             for i in range(100)]
    box.pipeline(FILL, *chain)
    out = run_on(box, "size=1M", code=130)
    assert "The events of the run can't be written: No space left on device" in out
    run = box.json("show", "1", "--json")
    assert run["state"] == "cancelled" and "No space left" in run["reason"], run
    assert run["steps"][-1]["state"] == "cancelled"


def test_read_only_state(box):
    box.pipeline(command("one", "true"))
    out = run_on(box, "ro", code=4)
    assert "Read-only file system" in out and box.env["XDG_STATE_HOME"] in out, out
    assert box.json("show", "1", "--json")["state"] == "interrupted"


def test_log_that_cannot_be_written(box):
    box.pipeline(script("in-the-way", 'mkdir "$RUNNEL_RUN_DIR/loud.1.log" "$RUNNEL_RUN_DIR/quiet.1.log"'),
                 command("loud", "echo", "lost", needs=["in-the-way"]),
                 command("quiet", "true", needs=["in-the-way"]))
    box.run("run", "p.runnel.json", code=1)
    assert_failed(box, "loud", "loud.1.log” can't be written: File exists")
    assert step_of(box, "quiet")["state"] == "succeeded"


def test_working_directory_that_vanishes(box):
    os.makedirs(box.path("home/sub"))
    box.pipeline(script("remove", 'rm -r "$PWD"'),
                 command("in-sub", "true", needs=after("remove"), **{"working-directory": "sub"}),
                 command("at-home", "true", needs=after("remove")), name="home/p.runnel.json")
    box.run("run", "home/p.runnel.json", code=1)
    assert_failed(box, "in-sub", f"the working directory {box.path('home/sub')} is not there")
    assert_failed(box, "at-home", f"The working directory “{box.path('home')}” can't be entered")


def test_stopped_process(box):
    box.pipeline(script("stopped", "kill -STOP $$; echo never", timeout="200ms"))
    box.run("run", "p.runnel.json", code=1)
    found = step_of(box, "stopped")
    assert found["state"] == "timed-out" and "timeout, 200ms" in found["reason"], found
    assert not list_left(box)


def test_process_that_escapes(box):
    box.pipeline(script("daemon", "setsid sh -c 'sleep 1000 & sleep 1001' &\nsetsid -f sleep 1002"))
    _, err = box.run("run", "p.runnel.json")
    assert "ended what the run had left in the background" in err, err
    assert "sleep" in err and step_of(box, "daemon")["state"] == "succeeded"
    assert not list_left(box)


def test_process_that_stays_behind(box):
    box.pipeline(script("child", "(sleep 1000 &)\nsleep 1001 &"))
    box.run("run", "p.runnel.json")
    assert read_log(box, "child").startswith(b"runnel: left ")
    assert not list_left(box)


def test_output_without_end_of_line(box):
    box.pipeline(command("open", "printf", "one\\ntwo"), script("bad", "printf three; exit 1"))
    out, _ = box.run("run", "p.runnel.json", code=1)
    assert "    | three\n" in out
    assert box.run("logs", "1", "open")[0].endswith("one\ntwo")


def test_output_of_any_bytes(box):
    box.write("bytes.py", "import sys\nsys.stdout.buffer.write(bytes(range(256)) * 300)\nsys.exit(1)")
    box.pipeline(command("bytes", "python3", "bytes.py"))
    process = box.start("run", "p.runnel.json", encoding="utf-8")
    out, _ = process.communicate()
    assert process.returncode == 1 and read_log(box, "bytes") == bytes(range(256)) * 300
    assert all(character == "\n" or character.isprintable() for character in out), out


def peak_memory(process):
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss


def test_gigabyte_of_output(box):
    """A file with a hole, so that it takes no place; the log is as long all the same."""
    box.pipeline(command("big", "truncate", "-s", str(GIGABYTE), "/dev/stdout"))
    process = box.start("run", "p.runnel.json")
    with process.stdout, process.stderr:
        assert peak_memory(process) < MAX_MEMORY_KB and process.returncode == 0
    process = box.start("logs", "1", "big")
    with process.stdout, process.stderr:
        length = sum(len(block) for block in iter(lambda: process.stdout.buffer.read(1 << 20), b""))
        assert peak_memory(process) < MAX_MEMORY_KB and process.returncode == 0
    assert length >= GIGABYTE


def test_clock_set_back(box):
    box.env["LD_PRELOAD"] = str(BUILD / "tests" / "crash" / "libclock-set-back.so")
    box.env["CLOCK_SET_BACK"] = box.path("back")
    # A build with the address sanitizer wants to be preloaded first.
    box.env["ASAN_OPTIONS"] = f"{box.env.get('ASAN_OPTIONS', '')}:verify_asan_link_order=0"
    box.pipeline(command("before", "true"), command("set", "touch", "back", needs=["before"]),
                 command("then", "true", needs=["set"]), command("last", "true", needs=["then"]))
    box.run("run", "p.runnel.json")
    run = box.json("show", "1", "--json")
    assert run["state"] == "succeeded"
    times = [run["started"]]
    for step in run["steps"]:
        times += [step["queued"], step["started"], step["finished"]]
    assert times == sorted(times) and times[-1] - times[0] < 1800e6, times
    assert run["finished"] >= times[-1]


if __name__ == "__main__":
    main()
