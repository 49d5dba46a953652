# test_tekton.py: exports to Tekton, carried out by its rules
# SPDX-License-Identifier: GPL-3.0-or-later
"""There is no engine of Tekton without a cluster, so a small one is here: it starts tasks after those in `runAfter` and
those whose results they read, asks `when`, replaces $(params), $(tasks...results) and $(results...path), starts nothing
once a task failed, and ends with the tasks in `finally`. The same pipelines run by Runnel; the states of all steps and
the end of the run must agree."""

import glob
import json
import os
import random
import re
import shutil
import subprocess
import tempfile

from runnel_test import ask_system_python, main

CONVERT = os.path.join(os.environ["RUNNEL_BUILD_DIR"], "tests", "interchange", "convert")
N_PIPELINES = 40

READ_YAML = """
import json, sys, yaml
for path in sys.stdin.read().split("\\n"):
    with open(path, encoding="utf-8") as file:
        documents = [d for d in yaml.safe_load_all(file) if d["kind"] == "Pipeline"]
    print(json.dumps(documents[0]))
"""

OUTCOMES = {"succeeded": "success", "failed": "failure", "timed-out": "failure", "skipped": "skipped"}
RESULT = re.compile(r"\$\(tasks\.([a-z0-9-]+)\.results\.([A-Za-z0-9_-]+)\)")


def draw_pipeline(chance, number):
    """A pipeline by chance, with links, joins and conditions of all kinds."""
    steps = []
    for index in range(chance.randint(2, 6)):
        text = chance.choice(['echo "v=a" >> "$RUNNEL_OUTPUT"', "true", "exit 3"])
        step = {"id": f"s{index}", "kind": "script", "with": {"run": text}}
        needs = []
        for before in range(index):
            on = chance.choice(["success", "success", "failure", "finished", "always"])
            if chance.random() < 0.5:
                needs.append({"step": f"s{before}", "on": on})
        if "v=a" in text:
            step["outputs"] = {"v": ""}
        if needs:
            step["needs"] = needs
            step["join"] = chance.choice(["all", "all", "any", "none-failed"])
        if chance.random() < 0.2:
            step["continue-on-error"] = True
        if chance.random() < 0.15:
            step["disabled"] = chance.choice([True, "bypass"])
        if needs and chance.random() < 0.4:
            # of several steps before, it depends on time which have failed when the first link decides
            is_settled = step["join"] != "any" and all(
                len(steps[int(need["step"][1:])].get("needs", [])) < 2 for need in needs)
            states = ["failure()", "success()"] if is_settled else []
            step["if"] = chance.choice(states + ["params.c == 'X'", "params.b"])
        steps.append(step)
    return {"format": 1, "name": f"p{number}", "steps": steps,
            "parameters": {"c": {"default": "x"}, "b": {"type": "boolean", "default": False}}}


class Engine:
    """One run of a Pipeline."""

    def __init__(self, spec):
        self.spec = spec
        self.params = {p["name"]: p.get("default", "") for p in spec.get("params", [])}
        self.results = {}
        self.states = {}

    def replace(self, text, params, folder):
        text = re.sub(r"\$\(params\.([A-Za-z0-9_-]+)\)", lambda m: params[m[1]], text)
        text = RESULT.sub(lambda m: self.results[m[1]][m[2]], text)
        return re.sub(r"\$\(results\.([A-Za-z0-9_-]+)\.path\)", lambda m: os.path.join(folder, m[1]), text)

    def run_task(self, task):
        folder = tempfile.mkdtemp()
        params = {p["name"]: self.replace(p["value"], self.params, folder) for p in task.get("params", [])}
        step = task["taskSpec"]["steps"][0]
        env = {e["name"]: self.replace(e["value"], params, folder) for e in step.get("env", [])}
        text = self.replace(step["script"], params, folder).replace("/tmp/runnel", os.path.join(folder, "w"))
        text = text if text.startswith("#!") else "set -e\n" + text
        code = subprocess.run(["sh", "-c", text], env={**os.environ, **env}, capture_output=True).returncode
        self.results[task["name"]] = {
            name: open(os.path.join(folder, name)).read() for name in os.listdir(folder) if name != "w"}
        shutil.rmtree(folder)
        return "success" if code == 0 or step.get("onError") == "continue" else "failure"

    def wants(self, task):
        values = [(self.replace(w["input"], self.params, ""), w) for w in task.get("when", [])]
        return all((value in w["values"]) == (w["operator"] == "in") for value, w in values)

    def run(self):
        """The outcomes of all tasks, and whether the run has failed."""
        left = {t["name"]: t for t in self.spec["tasks"]}
        while left and "failure" not in self.states.values():
            ready = [t for t in left.values() if not left.keys() & self.get_before(t)]
            for task in ready:
                del left[task["name"]]
                self.states[task["name"]] = self.run_task(task) if self.wants(task) else "skipped"
        final = [self.run_task(t) for t in self.spec.get("finally", [])]
        failed = "failure" in final or "failure" in self.states.values()
        return {t["name"]: self.get_outcome(t["name"]) for t in self.spec["tasks"]}, failed

    def get_before(self, task):
        return set(task.get("runAfter", [])) | {m[0] for m in RESULT.findall(json.dumps(task))}

    def get_outcome(self, name):
        told = self.results.get(name, {}).get("outcome")
        return told if told is not None else self.states.get(name, "skipped")


def run_here(box, path, code):
    """The outcomes of all steps; the exit code tells whether the run failed."""
    events = box.events(path, code=code)
    return {e["step"]: OUTCOMES[e["state"]] for e in events if e["event"] == "step-finished"}


def test_runs_agree(box):
    chance = random.Random(7)
    names = [f"p{number}.runnel.json" for number in range(N_PIPELINES)]
    paths = [box.write(name, draw_pipeline(chance, number)) for number, name in enumerate(names)]
    subprocess.run([CONVERT, "export", "tekton", box.path("out"), *paths], check=True, capture_output=True)
    exports = [glob.glob(box.path(f"out/{name}/.tekton/*.yaml"))[0] for name in names]
    documents = map(json.loads, ask_system_python("yaml", READ_YAML, "\n".join(exports)).splitlines())
    n_gated = 0
    for path, document in zip(paths, documents):
        there, failed = Engine(document["spec"]).run()
        here = run_here(box, path, 1 if failed else 0)
        assert here == there, f"{open(path).read()}\nhere {here}\nthere {there}"
        n_gated += "outcome" in json.dumps(document)
    print(f"# {N_PIPELINES} pipelines, {n_gated} of them with tasks that decide themselves: all states agree")


main()
