# test_metrics.py: runnel metrics
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import re
import signal
import socket
import urllib.error
import urllib.request

from runnel_test import ask_system_python, command, main, script

def parse(text):
    """The samples of an exposition, by name and labels as they are written."""
    samples = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        name, value = line.rsplit(" ", 1)
        assert name not in samples, f"twice: {name}"
        samples[name] = float(value)
    return samples


def serve(box, *args):
    process = box.start("metrics", "--listen", "127.0.0.1:0", *args)
    line = process.stdout.readline()
    match = re.fullmatch(r"Listening on (http://127\.0\.0\.1:\d+/metrics)\n", line)
    assert match, line or process.stderr.read()
    return process, match.group(1)


def get(url, **headers):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        return answer.headers["Content-Type"], answer.read().decode()


def check_with_client(text, module):
    code = f"import sys; from {module} import text_string_to_metric_families as f; print(len(list(f(sys.stdin.read()))))"
    assert int(ask_system_python("prometheus_client", code, text)) > 10


def fill(box):
    box.pipeline(command("one", "true"), script("two", "[ -e again ] || { touch again; exit 1; }",
                                                retry={"max": 2, "delay": "1ms"}))
    box.run("run", "p.runnel.json")
    box.pipeline(command("bad", "false"), name="q.runnel.json")
    box.run("run", "q.runnel.json", code=1)


def test_print(box):
    fill(box)
    samples = parse(box.run("metrics")[0])
    assert samples['runnel_runs_total{pipeline="Test",state="succeeded"}'] == 1
    assert samples['runnel_runs_total{pipeline="Test",state="failed"}'] == 1
    assert samples['runnel_runs_total{pipeline="Test",state="cancelled"}'] == 0
    assert samples['runnel_run_duration_seconds_count{pipeline="Test",state="succeeded"}'] == 1
    assert samples['runnel_steps_total{pipeline="Test",state="succeeded"}'] == 2
    assert samples['runnel_step_duration_seconds_count{pipeline="Test",kind="script"}'] == 1
    assert samples['runnel_step_retries_total{pipeline="Test"}'] == 1
    assert samples['runnel_flaky_steps_total{pipeline="Test"}'] == 1
    assert samples['runnel_last_run_timestamp_seconds{pipeline="Test"}'] > \
        samples['runnel_last_success_timestamp_seconds{pipeline="Test"}'] > 1.7e9
    assert samples["runnel_history_runs"] == 2
    buckets = [value for name, value in samples.items()
               if name.startswith('runnel_run_duration_seconds_bucket{pipeline="Test",state="succeeded"')]
    assert buckets == sorted(buckets) and buckets[-1] == 1


def test_other_parsers(box):
    fill(box)
    check_with_client(box.run("metrics")[0], "prometheus_client.parser")
    check_with_client(box.run("metrics", "--openmetrics")[0], "prometheus_client.openmetrics.parser")


def test_under_way(box):
    box.run("settings", "set", "pools.gpu", "2")
    box.pipeline(script("hold", "read line < fifo", pool="gpu"), command("after", "true", needs=["hold"]))
    os.mkfifo(box.path("fifo"))
    process = box.start("run", "p.runnel.json")
    box.wait_for_step(1, "hold", "running")
    samples = parse(box.run("metrics")[0])
    assert samples['runnel_runs_active{pipeline="Test",state="running"}'] == 1
    assert samples['runnel_steps_active{pipeline="Test",state="running"}'] == 1
    assert samples['runnel_pool_slots{pool="gpu"}'] == 2
    assert samples['runnel_pool_slots_used{pool="gpu"}'] == 1
    with open(box.path("fifo"), "w", encoding="ascii") as fifo:
        fifo.write("go\n")
    process.communicate()
    samples = parse(box.run("metrics")[0])
    assert samples['runnel_runs_active{pipeline="Test",state="running"}'] == 0
    assert samples['runnel_pool_slots_used{pool="gpu"}'] == 0


def test_listen(box):
    fill(box)
    process, url = serve(box)
    kind, text = get(url)
    assert kind == "text/plain; version=0.0.4; charset=utf-8"
    assert parse(text)['runnel_runs_total{pipeline="Test",state="failed"}'] == 1
    box.run("run", "q.runnel.json", code=1)
    kind, text = get(url, Accept="application/openmetrics-text;version=1.0.0")
    assert kind == "application/openmetrics-text; version=1.0.0; charset=utf-8"
    assert 'runnel_runs_total{pipeline="Test",state="failed"} 2\n' in text
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 0


def test_token(box):
    box.env["RUNNEL_SECRET_SCRAPE"] = "open sesame"
    process, url = serve(box, "--token", "scrape")
    for headers in ({}, {"Authorization": "Bearer open"}):
        try:
            get(url, **headers)
            raise AssertionError("it let everybody in")
        except urllib.error.HTTPError as error:
            assert error.code == 401 and "runnel_" not in error.read().decode()
    assert "runnel_build_info" in get(url, Authorization="Bearer open sesame")[1]
    process.terminate()
    out, err = process.communicate()
    assert "sesame" not in out + err


def test_refusals(box):
    assert "others on the network" in box.run("metrics", "--listen", "0.0.0.0:0", code=2)[1]
    assert "is no address" in box.run("metrics", "--listen", "nowhere", code=2)[1]
    box.run("metrics", "--token", "x", code=2)
    box.run("metrics", "--textfile", "f", "--openmetrics", code=2)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        assert address in box.run("metrics", "--listen", address, code=4)[1]


def test_textfile(box):
    fill(box)
    box.run("metrics", "--textfile", "runnel.prom")
    with open(box.path("runnel.prom"), encoding="utf-8") as file:
        assert parse(file.read())["runnel_history_runs"] == 2
    assert [name for name in os.listdir(box.work) if "prom" in name] == ["runnel.prom"]
    assert "no/runnel.prom" in box.run("metrics", "--textfile", "no/runnel.prom", code=4)[1]


def test_hostile_names(box):
    name = 'a "quoted" \\ back\nslash, {braces} = é ' + "long" * 100
    box.write("p.runnel.json", json.dumps({"format": 1, "name": name, "steps": [command("s", "true")]}))
    box.run("run", "p.runnel.json")
    text = box.run("metrics")[0]
    assert 'pipeline="a \\"quoted\\" \\\\ back\\nslash, {braces} = é long' in text
    assert all(len(line) < 400 for line in text.splitlines())
    check_with_client(text, "prometheus_client.parser")


if __name__ == "__main__":
    main()
