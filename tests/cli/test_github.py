# test_github.py: real workflows of GitHub Actions, real validators of them, and a real run
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads ../shared/corpus beside the project. The validators are fetched by ./dev test: GitHub's own parser from
npm into RUNNEL_TEST_NODE, actionlint by Go into PATH, and act too with RUNNEL_TEST_ACT=1. What is not there is
skipped, and said."""

import glob
import json
import os
import shutil
import subprocess

from runnel_test import Skipped, ask_system_python, look_once, main

SOURCE = os.environ["RUNNEL_SOURCE_DIR"]
CONVERT = os.path.join(os.environ["RUNNEL_BUILD_DIR"], "tests", "interchange", "convert")
SHARED = os.path.join(os.path.dirname(SOURCE), "shared")
NODE = os.environ.get("RUNNEL_TEST_NODE", os.path.join(SOURCE, "build-test", "node"))
SYSTEM = "github-actions"
N_RANDOM = 500

# The jobs of a workflow and what belongs to each, by another reader of YAML than Runnel's.
EXTRACT = r"""
import json, sys, yaml

def listed(value):
    return value if isinstance(value, list) else [value] if value else []

def keys(value):
    return sorted(map(str, value)) if isinstance(value, dict) else []

class Loader(yaml.SafeLoader):
    pass

Loader.yaml_implicit_resolvers = {
    first: [(tag, match) for tag, match in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}

for path in sys.stdin.read().split("\n"):
    with open(path, encoding="utf-8") as file:
        jobs = yaml.load(file, Loader)["jobs"]
    print(json.dumps({name: {
        "needs": sorted(set(listed(job.get("needs")))),
        "timeout": str(job.get("timeout-minutes", "")),
        "matrix": isinstance(job.get("strategy"), dict) and "matrix" in job["strategy"],
        "env": keys(job.get("env")),
        "outputs": keys(job.get("outputs")),
        "if": "if" in job,
    } for name, job in jobs.items()}))
"""


def corpus(name, verdict=None):
    """The files of a folder of the corpus, all or those that an independent validator accepted or refused."""
    folder = os.path.join(SHARED, "corpus", name)
    if not os.path.isdir(folder):
        raise Skipped(f"{folder} is not there")
    with open(os.path.join(folder, "verdicts.tsv"), encoding="utf-8") as table:
        verdicts = dict(line.rstrip("\n").split("\t")[1::-1] for line in table)
    files = sorted(glob.glob(os.path.join(folder, "*.y*ml")))
    return [file for file in files if verdict is None or verdicts[os.path.basename(file)] == verdict]


def convert(verb, folder, files):
    os.makedirs(folder, exist_ok=True)
    done = subprocess.run([CONVERT, verb, SYSTEM, folder, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def export_all(box, files):
    """Workflows of pipelines, in one folder, by the name of the pipeline's file."""
    flat = box.path("flat")
    os.makedirs(flat, exist_ok=True)
    for result in convert("export", box.path("exported"), files):
        assert result["ok"], result
        shutil.copy(result["made"][0], os.path.join(flat, os.path.basename(result["file"]) + ".yml"))
    return sorted(glob.glob(os.path.join(flat, "*.yml")))


def make_random(box):
    folder = box.path("random")
    os.makedirs(folder)
    subprocess.run([CONVERT, "random", SYSTEM, folder, str(N_RANDOM)], check=True, stdout=subprocess.DEVNULL)
    return sorted(glob.glob(os.path.join(folder, "*.runnel.json")))


def examples():
    return sorted(glob.glob(os.path.join(SOURCE, "data", "examples", "*.runnel.json")))


def imported(box, files):
    return [result["made"][0] for result in convert("import", box.path("imported"), files) if result["ok"]]


def say(text):
    print(f"# {text}")


# --- Import ---


def kept(step):
    return step.get("foreign", {}).get(SYSTEM, {})


def need_ids(step):
    return sorted(need if isinstance(need, str) else need["step"] for need in step.get("needs", []))


def compare_job(step, job):
    """What is wrong with a step, by what stands in the file."""
    body = kept(step)
    own_env = set(step.get("env", {})) | set(body["env"] if isinstance(body.get("env"), dict) else {})
    if need_ids(step) != job["needs"]:
        return f"needs {need_ids(step)}, not {job['needs']}"
    if str(body.get("timeout-minutes", "")) != job["timeout"]:
        return f"timeout {body.get('timeout-minutes')}, not {job['timeout']}"
    if ("matrix" in step or "matrix" in body.get("strategy", {})) != job["matrix"]:
        return "matrix"
    if not set(job["env"]) <= own_env:
        return f"env {sorted(own_env)}, not {job['env']}"
    if sorted(step.get("outputs", {})) != job["outputs"]:
        return f"outputs {sorted(step.get('outputs', {}))}, not {job['outputs']}"
    if not job["if"] and "if" in step:
        return "a condition out of nowhere"
    return None


def test_corpus_jobs(box):
    files = corpus("gha", "ok")
    jobs = [json.loads(line) for line in ask_system_python("yaml", EXTRACT, "\n".join(files)).splitlines()]
    results = convert("import", box.path("imported"), files)
    n_jobs = 0
    wrong = []
    for file, expected, result in zip(files, jobs, results):
        if not result["ok"]:
            wrong.append(f"{file}: {result['message']}")
            continue
        with open(result["made"][0], encoding="utf-8") as document:
            steps = json.load(document)["steps"]
        assert [step["id"] for step in steps] == list(expected), file
        n_jobs += len(steps)
        wrong += [f"{file}: {step['id']}: {problem}" for step in steps
                  if (problem := compare_job(step, expected[step["id"]]))]
    say(f"{len(files)} valid workflows with {n_jobs} jobs, {len(wrong)} of them read wrong or not at all")
    assert len(wrong) <= 0.03 * len(files), "\n".join(wrong)


def test_corpus_invalid(box):
    files = corpus("gha-invalid")
    results = convert("import", box.path("imported"), files)
    refused = [result for result in results if not result["ok"]]
    say(f"{len(files)} invalid workflows, {len(refused)} refused; what others find wrong of them is no matter of reading")
    assert len(results) == len(files) and len(refused) >= 20
    for result in refused:
        assert result["message"].startswith("line ") and ", column " in result["message"], result


# Kinds of steps: a job is never lost, whatever it does.
def test_corpus_unchanged(box):
    """A second way through both gives the same document: nothing is lost on the first one."""
    files = corpus("gha", "ok")
    first = imported(box, files)
    again = [result["made"][0] for result in convert("import", box.path("again"), export_all(box, first))]
    for before, after in zip(first, again):
        with open(before, encoding="utf-8") as one, open(after, encoding="utf-8") as other:
            assert json.load(one) == json.load(other), before
    say(f"{len(first)} imported, exported and imported again without a difference")
    assert len(first) == len(again) > 0


# --- Validators ---


def parse_all(files):
    """What GitHub's own parser says of each file: the first error, or an empty text."""
    look_once()
    if not os.path.isdir(os.path.join(NODE, "node_modules", "@actions", "workflow-parser")):
        raise Skipped("@actions/workflow-parser is not there; ./dev test fetches it from npm")
    script = os.path.join(NODE, "github-lint.mjs")
    shutil.copy(os.path.join(SOURCE, "tests", "interchange", "github-lint.mjs"), script)
    done = subprocess.run(["node", script], input="\n".join(files), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def check_parsed(what, files, share):
    wrong = [f"{file}: {problem}" for file, problem in zip(files, parse_all(files), strict=True) if problem]
    say(f"{what}: GitHub's parser takes {len(files) - len(wrong)} of {len(files)}")
    assert len(files) - len(wrong) >= share * len(files), "\n".join(wrong[:10])


def test_parser_random(box):
    check_parsed("random pipelines", export_all(box, make_random(box)), 1)


def test_parser_examples(box):
    check_parsed("examples", export_all(box, examples()), 1)


def test_parser_corpus(box):
    check_parsed("imported workflows", export_all(box, imported(box, corpus("gha", "ok"))), 0.9)


def test_parser_refuses(box):
    """It does say no: it is not that it takes anything."""
    bad = box.write("bad.yml", "on: push\njobs:\n  a:\n    runs-on: x\n    stepz: []\n")
    assert parse_all([bad])[0]


def test_one_job(box):
    os.environ["RUNNEL_EXPORT_MODE"] = "one-job"
    try:
        files = export_all(box, examples() + make_random(box)[:100])
    finally:
        del os.environ["RUNNEL_EXPORT_MODE"]
    check_parsed("all in one job", files, 1)


def run_actionlint(files):
    look_once()
    linter = shutil.which("actionlint")
    if linter is None:
        raise Skipped("actionlint is not in PATH; ./dev test builds it where Go 1.25 or newer is")
    # What the lines of a script are worth is for shellcheck to say, and for whoever wrote them.
    done = subprocess.run([linter, "-no-color", "-oneline", "-shellcheck=", "-pyflakes=", *files],
                          capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


def test_actionlint(box):
    files = export_all(box, examples() + make_random(box))
    problems = run_actionlint(files)
    say(f"actionlint: {len(files)} exported, {len(problems)} findings")
    assert not problems, "\n".join(problems[:10])


SCHEMA = r"""
import json, sys, yaml, jsonschema

schema, *files = sys.stdin.read().split("\n")
with open(schema, encoding="utf-8") as file:
    validator = jsonschema.Draft7Validator(json.load(file))
for path in files:
    with open(path, encoding="utf-8") as file:
        errors = [error.message for error in validator.iter_errors(yaml.safe_load(file))]
    print(json.dumps(errors[:1]))
"""


def test_schema(box):
    schema = os.path.join(SHARED, "reference", "schemas", "gha", "github-workflow.json")
    if not os.path.exists(schema):
        raise Skipped(f"{schema} is not there")
    files = export_all(box, examples() + make_random(box)[:50])
    look_once()
    done = ask_system_python("jsonschema", SCHEMA, "\n".join([schema, *files]))
    results = [json.loads(line) for line in done.splitlines()]
    wrong = [f"{file}: {errors[0]}" for file, errors in zip(files, results, strict=True) if errors]
    say(f"JSON Schema: {len(files) - len(wrong)} of {len(files)} exported are valid")
    assert not wrong, "\n".join(wrong[:10])


# --- A real run ---

COMPARED = [
    {"id": "list", "kind": "script", "outputs": {"names": "What there is"},
     "with": {"run": "echo 'names=[\"a\", \"b\"]' >> \"$RUNNEL_OUTPUT\""}},
    {"id": "flaky", "kind": "script", "needs": ["list"], "retry": {"max": 2},
     "with": {"run": "test \"$RUNNEL_ATTEMPT\" = 3"}},
    {"id": "breaks", "kind": "script", "needs": ["list"], "with": {"run": "exit 3"}},
    {"id": "mends", "kind": "script", "needs": [{"step": "breaks", "on": "failure"}], "with": {"run": "true"}},
    {"id": "never", "kind": "script", "needs": ["breaks"], "with": {"run": "true"}},
    {"id": "behind", "kind": "script", "needs": ["never"], "with": {"run": "true"}},
    {"id": "always", "kind": "script", "needs": [{"step": "behind", "on": "always"}], "with": {"run": "true"}},
    {"id": "any", "kind": "script", "needs": ["flaky", "never"], "join": "any", "with": {"run": "true"}},
    {"id": "legs", "kind": "script", "needs": ["list"], "with": {"run": "test -n \"$RUNNEL_MATRIX_NAME\""},
     "matrix": {"name": "${{ fromJSON(steps.list.outputs.names) }}"}},
    {"id": "tolerated", "kind": "script", "needs": ["legs"], "continue-on-error": True, "with": {"run": "false"}},
    {"id": "reads", "kind": "script", "needs": ["tolerated", "flaky"], "if": "steps.list.outputs.names != ''",
     "env": {"NAMES": "${{ steps.list.outputs.names }}"},
     "with": {"run": "test \"$NAMES\" = '[\"a\", \"b\"]'"}},
    {"id": "off", "kind": "script", "needs": ["reads"], "if": "params.never", "with": {"run": "true"}},
]
PARAMETERS = {"never": {"type": "boolean", "default": False}}


def run_act(box, workflow, find_id):
    """States of steps by id, as a real runner gives them, and whether the workflow succeeded."""
    act = shutil.which("act")
    if act is None:
        raise Skipped("act is not in PATH; RUNNEL_TEST_ACT=1 ./dev test builds it where Go 1.25 or newer is")
    repository = box.path("repository")
    os.makedirs(os.path.join(repository, ".github", "workflows"))
    shutil.copy(workflow, os.path.join(repository, ".github", "workflows"))
    git = ["git", "-c", "user.name=Test", "-c", "user.email=test@localhost"]
    subprocess.run([*git, "init", "-q"], cwd=repository, env=box.env, check=True, stderr=subprocess.DEVNULL)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "Test"], cwd=repository, env=box.env, check=True)
    done = subprocess.run([act, "workflow_dispatch", "--platform", "ubuntu-latest=-self-hosted", "--json"],
                          cwd=repository, env=box.env, capture_output=True, text=True, check=False, timeout=200)
    states = {}
    for line in done.stdout.splitlines():
        told = json.loads(line)
        step = find_id(told) if "stepResult" in told else None
        if step is not None:
            result = {"success": "succeeded", "failure": "failed", "skipped": "skipped"}[told["stepResult"]]
            states[step] = result if states.get(step, result) == result else "failed"
    return states, done.returncode == 0


def compare_runs(box, steps, find_id, code=0, **members):
    look_once()
    path = box.pipeline(*steps, parameters=PARAMETERS, **members)
    box.run("run", path, code=code)
    ours = {step["id"].replace(".undo", "-undo"): step["state"] for step in box.json("show", "--json", "1")["steps"]
            if not step["id"][-1].isdigit()}
    workflow = convert("export", box.path("exported"), [path])[0]["made"][0]
    theirs, succeeded = run_act(box, workflow, find_id)
    for step in ours:
        say(f"{step:12} Runnel: {ours[step]:10} act: {theirs.get(step, 'skipped')}")
    assert {step: theirs.get(step, "skipped") for step in ours} == ours
    assert succeeded == (code == 0)


def job_id(told):
    return told["jobID"] if told.get("stepID") == ["run"] else None


def test_real_run(box):
    compare_runs(box, COMPARED, job_id)


def test_real_rollback(box):
    """What was started is undone in reverse order, and hooks know how it ended."""
    true = {"kind": "script", "with": {"run": "true"}}
    compare_runs(
        box,
        [{"id": "deploy", "kind": "script", "with": {"run": "echo place=here >> \"$RUNNEL_OUTPUT\""},
          "undo": {"kind": "script", "with": {"run": "test \"$PLACE\" = here"},
                   "env": {"PLACE": "${{ steps.self.outputs.place }}"}}},
         {"id": "second", "needs": ["deploy"], **true, "undo": true},
         {"id": "fails", "needs": ["second"], "kind": "script", "with": {"run": "exit 1"}},
         {"id": "behind", "needs": ["fails"], **true, "undo": true}],
        job_id, code=1,
        **{"on-failure": "rollback",
           "hooks": {"on-start": [{"id": "begin", **true}], "on-failure": [{"id": "bad", **true}],
                     "on-finish": [{"id": "end", "kind": "script", "with": {"run": "test \"$STATE\" = failed"},
                                    "env": {"STATE": "${{ run.state }}"}}]}})


def test_real_run_of_one_job(box):
    steps = [step for step in COMPARED if step["id"] not in ("legs", "tolerated")]
    steps[-2] = {**steps[-2], "needs": ["flaky"]}
    ids = {step["id"] for step in steps}
    os.environ["RUNNEL_EXPORT_MODE"] = "one-job"
    try:
        compare_runs(box, steps, lambda told: told["stepID"][0] if told.get("stepID", [""])[0] in ids else None)
    finally:
        del os.environ["RUNNEL_EXPORT_MODE"]


if __name__ == "__main__":
    main()
