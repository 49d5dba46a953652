# test_prometheus.py: a real Prometheus scrapes runs, answers queries and fires an alert
# SPDX-License-Identifier: GPL-3.0-or-later
"""Needs `prometheus` and `promtool` in PATH. It is an instance of our own, on a port of loopback
and in a folder of its own; one that the system runs is not touched."""

import json
import os
import shutil
import socket
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from runnel_test import Skipped, command, main
from test_metrics import serve

SOURCE = os.environ["RUNNEL_SOURCE_DIR"]
RULES = os.path.join(SOURCE, "data", "prometheus", "runnel.rules.yml")
DASHBOARD = os.path.join(SOURCE, "data", "grafana", "runnel.json")


def need(program):
    path = shutil.which(program)
    if path is None:
        raise Skipped(f"{program} is not in PATH; Debian has it in the package prometheus")
    return path


def promtool(*args, text=None):
    done = subprocess.run([need("promtool"), *args], input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


class Prometheus:
    def __init__(self, box, target):
        self.box = box
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.url = f"http://127.0.0.1:{free.getsockname()[1]}"
        config = {
            "global": {"scrape_interval": "250ms", "evaluation_interval": "250ms"},
            "rule_files": [RULES],
            "scrape_configs": [{"job_name": "runnel", "static_configs": [{"targets": [target]}]}],
        }
        self.process = subprocess.Popen(
            [need("prometheus"), f"--config.file={box.write('prometheus.yml', config)}",
             f"--storage.tsdb.path={box.path('tsdb')}", f"--web.listen-address={self.url[7:]}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        box.wait_for(self.is_ready, "Prometheus ready")

    def is_ready(self):
        assert self.process.poll() is None, "Prometheus ended"
        try:
            with urllib.request.urlopen(self.url + "/-/ready") as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError):
            return False

    def ask(self, path, **query):
        url = f"{self.url}/api/v1/{path}?{urllib.parse.urlencode(query)}"
        try:
            with urllib.request.urlopen(url) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{query}: {error.read().decode()}") from error

    def value(self, expression):
        result = self.ask("query", query=expression)["result"]
        return float(result[0]["value"][1]) if result else None

    def alerts(self):
        return {alert["labels"]["alertname"]: alert for alert in self.ask("alerts")["alerts"]}

    def close(self):
        self.process.terminate()
        self.process.wait()


def dashboard_expressions():
    with open(DASHBOARD, encoding="utf-8") as file:
        dashboard = json.load(file)
    for panel in dashboard["panels"]:
        for target in panel["targets"]:
            expression = target["expr"]
            for name, value in (("$__rate_interval", "5m"), ("$__range", "1h"), ("$pipeline", ".*"), ("$instance", ".*")):
                expression = expression.replace(name, value)
            assert "$" not in expression, expression
            yield panel["title"], expression


def test_rules(box):
    promtool("check", "rules", RULES)
    promtool("test", "rules", os.path.join(SOURCE, "tests", "telemetry", "rules-test.yml"))


def test_exposition(box):
    need("promtool")
    box.pipeline(command("one", "true"))
    box.run("run", "p.runnel.json")
    promtool("check", "metrics", text=box.run("metrics")[0])


def test_dashboard(box):
    """It has what Grafana needs, and each panel has its own place."""
    with open(DASHBOARD, encoding="utf-8") as file:
        dashboard = json.load(file)
    assert dashboard["id"] is None and dashboard["uid"] == "runnel" and dashboard["schemaVersion"] >= 39
    names = {variable["name"] for variable in dashboard["templating"]["list"]}
    assert names == {"datasource", "instance", "pipeline"}
    cells = set()
    for number, panel in enumerate(dashboard["panels"], 1):
        assert panel["id"] == number and panel["title"] and panel["targets"]
        assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        for x in range(place["x"], place["x"] + place["w"]):
            for y in range(place["y"], place["y"] + place["h"]):
                assert (x, y) not in cells, panel["title"]
                cells.add((x, y))


def test_scrape_query_alert(box):
    need("prometheus")
    box.pipeline(command("one", "true"))
    box.pipeline(command("bad", "false"), name="q.runnel.json")
    box.run("run", "p.runnel.json")
    server, url = serve(box)
    prometheus = Prometheus(box, url.split("/")[2])
    try:
        ok = 'runnel_runs_total{pipeline="Test",state="succeeded"}'
        box.wait_for(lambda: prometheus.value(ok) == 1, "the first run in Prometheus")
        assert prometheus.value("up") == 1
        assert prometheus.value('runnel_runs_total{state="failed"}') == 0
        assert prometheus.value('histogram_quantile(0.5, runnel_run_duration_seconds_bucket{state="succeeded"})') > 0
        assert "RunnelRunFailed" not in prometheus.alerts()

        box.run("run", "q.runnel.json", code=1)
        alert = box.wait_for(lambda: prometheus.alerts().get("RunnelRunFailed"), "the alert")
        assert alert["state"] == "firing"
        assert alert["labels"]["pipeline"] == "Test"
        assert alert["annotations"]["summary"] == "A run of Test failed"

        for title, expression in dashboard_expressions():
            prometheus.ask("query", query=expression)
            assert "telemetry" in expression or "pool" in expression or prometheus.value(expression) is not None \
                or "rate" in expression or "failed" in expression, title
    finally:
        prometheus.close()
        server.terminate()
        server.communicate()


if __name__ == "__main__":
    main()
