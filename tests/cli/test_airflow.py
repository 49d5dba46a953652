# test_airflow.py: DAG files, in a real Airflow
# SPDX-License-Identifier: GPL-3.0-or-later
"""Airflow is fetched by ./dev test into build-test/airflow; what needs it is skipped where it can't be had."""

import glob
import json
import os
import re
import subprocess

from runnel_test import Skipped, look_once, main, script

SOURCE = os.environ["RUNNEL_SOURCE_DIR"]
AIRFLOW = os.path.join(SOURCE, "build-test", "airflow", "bin")
CONVERT = os.path.join(os.environ["RUNNEL_BUILD_DIR"], "tests", "interchange", "convert")
N_RANDOM = 500
N_BACK = 100  # each is read by a Python of its own
N_LOADED = 40  # by a real Airflow

COMPARED = [
    script("make", 'echo "v=1-$RUNNEL_PARAM_WHO" >> "$RUNNEL_OUTPUT"', outputs={"v": "a value"}),
    script("flaky", 'test -e "$FLAG" || { touch "$FLAG"; exit 3; }', retry={"max": 2, "delay": "1s"}),
    script("use", 'test "$V" = 1-World', env={"V": "${{ steps.make.outputs.v }}"}, needs=["make", "flaky"]),
    script("bad", "exit 1", needs=["make"]),
    script("after-bad", "true", needs=["bad"]),
    script("not-run", "true", needs=[{"step": "after-bad", "on": "failure"}]),
    script("mend", "true", needs=[{"step": "bad", "on": "failure"}]),
    script("no-mend", "true", needs=[{"step": "use", "on": "failure"}]),
    script("end", "true", needs=[{"step": "bad", "on": "finished"}, "use"]),
    script("no-end", "true", needs=[{"step": "after-bad", "on": "finished"}]),
    script("always", "true", needs=[{"step": "no-mend", "on": "always"}]),
    script("any", "true", needs=["after-bad", "use"], join="any"),
    script("yes", "true", **{"if": "params.who == 'WORLD'"}),
    script("no", "true", **{"if": "params.who != 'world'"}),
    script("legs", 'test -n "$RUNNEL_MATRIX_OS"', matrix={"os": ["a", "b"], "fail-fast": False}),
]

LOAD = """
import os, sys
from airflow.models.dagbag import DagBag
try:
    bag = DagBag(sys.argv[1], include_examples=False)
except TypeError:
    bag = DagBag(sys.argv[1])
for path, problem in sorted(bag.import_errors.items()):
    print("problem", path, problem)
print("dags", len(bag.dags))
"""


def say(text):
    print(f"# {text}")


def convert(action, folder, files):
    done = subprocess.run([CONVERT, action, "airflow", folder, *files], check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def made_by_chance(box, count):
    folder = box.path("random")
    subprocess.run([CONVERT, "random", "airflow", folder, str(count)], check=True, stdout=subprocess.DEVNULL)
    return sorted(glob.glob(os.path.join(folder, "*.runnel.json")))


def examples():
    return sorted(glob.glob(os.path.join(SOURCE, "data", "examples", "*.runnel.json")))


def exported(box, files):
    """The DAG files of pipelines; one that holds nothing but losses is refused, and that is said."""
    results = convert("export", box.path("exported"), files)
    refused = [result for result in results if not result["ok"]]
    assert not refused, refused[:3]
    return [result["made"][0] for result in results]


def test_all_are_python(box):
    files = exported(box, examples() + made_by_chance(box, N_RANDOM))
    for file in files:
        with open(file, encoding="utf-8") as text:
            compile(text.read(), file, "exec")
    say(f"{len(files)} of {len(files)} exports are Python")


def needs_of(step):
    """Links as (step, outcome); those of a join over one link are the same whatever it is."""
    return sorted((need, "success") if isinstance(need, str) else (need["step"], need.get("on", "success"))
                  for need in step.get("needs", []))


def join_of(step):
    return step.get("join", "all") if len(step.get("needs", [])) > 1 else "all"


def members_of(step, defaults):
    """What Airflow can say of a step of lines; a number of retries is the same as an object with no more than that."""
    keys = ("with", "env", "if", "timeout", "retry", "working-directory", "continue-on-error", "matrix", "artifacts",
            "pool", "priority", "disabled")
    members = {key: step.get(key, defaults.get(key)) for key in keys}
    if isinstance(members["retry"], dict) and list(members["retry"]) == ["max"]:
        members["retry"] = members["retry"]["max"]
    if "run" in (members["with"] or {}):
        members["with"] = {**members["with"], "run": members["with"]["run"].rstrip("\n")}
    return members


def test_round_trip(box):
    """What Airflow can say comes back."""
    sources = made_by_chance(box, N_BACK)
    results = convert("import", box.path("back"), exported(box, sources))
    for source, result in zip(sources, results):
        assert result["ok"], (source, result["message"])
        with open(source, encoding="utf-8") as file:
            document = json.load(file)
        before = {step["id"]: step for step in document["steps"]}
        with open(result["made"][0], encoding="utf-8") as file:
            after = {step["id"]: step for step in json.load(file)["steps"]}
        assert list(before) and sorted(before) == sorted(after), source
        for step in before:
            assert needs_of(before[step]) == needs_of(after[step]), (source, step)
            assert join_of(before[step]) == join_of(after[step]), (source, step)
            assert before[step].get("name", step) == after[step].get("name", step), (source, step)
            if before[step]["kind"] in ("script", "command"):
                defaults = document.get("defaults", {})
                assert members_of(before[step], defaults) == members_of(after[step], {}), (source, step)
    say(f"{len(sources)} of {len(sources)} pipelines came back")


def airflow(box, *words, **more):
    look_once()
    if not os.path.exists(os.path.join(AIRFLOW, "airflow")):
        raise Skipped("Airflow is not in build-test/airflow")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("ASAN", "UBSAN", "LD_"))}
    env.update(AIRFLOW_HOME=box.path("airflow"), AIRFLOW__CORE__LOAD_EXAMPLES="False",
               AIRFLOW__CORE__DAGS_FOLDER=box.path("dags"), AIRFLOW__LOGGING__LOGGING_LEVEL="ERROR", **more)
    done = subprocess.run([os.path.join(AIRFLOW, words[0]), *words[1:]], env=env, capture_output=True, text=True)
    assert done.returncode == 0, (words, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout


def test_dag_bag(box):
    """A real Airflow imports them all."""
    look_once()
    os.makedirs(box.path("dags"), exist_ok=True)
    files = exported(box, examples() + made_by_chance(box, N_LOADED))
    for number, file in enumerate(files):
        os.rename(file, box.path(f"dags/{number}.py"))
    out = airflow(box, "python", "-c", LOAD, box.path("dags"))
    assert "problem" not in out, out
    count = int(re.search(r"^dags (\d+)$", out, re.MULTILINE).group(1))
    say(f"Airflow imports {count} DAGs of {len(files)} files")
    assert count >= 1


def test_runs_alike(box):
    """Airflow and Runnel run the same pipeline: all outcomes, joins, conditions, a retry, outputs and a matrix."""
    look_once()
    if not os.path.exists(os.path.join(AIRFLOW, "airflow")):
        raise Skipped("Airflow is not in build-test/airflow")
    steps = [dict(step, env=dict(step.get("env", {}), FLAG=box.path("flag"))) for step in COMPARED]
    box.pipeline(*steps, parameters={"who": {"default": "World"}})
    box.run("run", "p.runnel.json")
    ours = {step["id"]: step["state"] for step in box.json("show", "1", "--json")["steps"] if "." not in step["id"]}

    os.remove(box.path("flag"))
    os.makedirs(box.path("dags"), exist_ok=True)
    os.rename(exported(box, [box.path("p.runnel.json")])[0], box.path("dags/p.py"))
    airflow(box, "airflow", "db", "migrate")
    airflow(box, "airflow", "dags", "test", "p")
    out = airflow(box, "python", "-c", "import os, sqlite3\n"
                  "for row in sqlite3.connect(os.environ['AIRFLOW_HOME'] + '/airflow.db').execute("
                  "'select task_id, state from task_instance'): print(*row)")
    theirs = dict(line.split() for line in out.splitlines() if "." not in line.split()[0])
    words = {"success": "succeeded", "failed": "failed", "skipped": "skipped", "upstream_failed": "skipped"}
    for step in sorted(ours):
        say(f"{step:10} {ours[step]:10} {words[theirs[step]]}")
    assert {step: words[state] for step, state in theirs.items()} == ours


if __name__ == "__main__":
    main()
