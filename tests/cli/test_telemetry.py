# test_telemetry.py: what others are told of runs, by OTLP
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import re
import signal
import subprocess

import otlp_spec
from receiver import Receiver, refusing_url
from runnel_test import command, main, script

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def tell(box, receiver, patience="60s", **settings):
    """Receivers that answer are waited for until they have all, however busy the machine is."""
    box.run("settings", "set", "telemetry.patience", patience)
    box.run("settings", "set", "telemetry.otlp.endpoint", receiver if isinstance(receiver, str) else receiver.url)
    for key, value in settings.items():
        box.run("settings", "set", f"telemetry.otlp.{key}", json.dumps(value))


def check_spans(receiver):
    """All spans with their attributes by the name of the span, checked to the field."""
    spans = [pair for request in receiver.of("/v1/traces") for pair in otlp_spec.check_traces(request.json())]
    return {span["name"]: (span, attributes) for span, attributes in spans}


def check_trace(receiver):
    spans = check_spans(receiver)
    return spans, otlp_spec.check_tree(list(spans.values()))


def last_metrics(receiver):
    return otlp_spec.check_metrics(receiver.of("/v1/metrics")[-1].json())


def status(box, name="otlp"):
    return box.json("telemetry", "status", "--json")[name]


def folder(box, *names):
    return os.path.join(box.env["XDG_STATE_HOME"], "runnel", "telemetry", *names)


def outline(events):
    """What happened, without when and with which numbers."""
    return sorted((event["event"], event.get("step", ""), event.get("attempt", 0), event.get("state", ""))
                  for event in events)


def test_off_by_default(box):
    box.pipeline(script("one", 'echo "[$TRACEPARENT]" > trace'))
    box.run("run", "p.runnel.json")
    assert not os.path.exists(folder(box))
    with open(box.path("trace"), encoding="ascii") as file:
        assert file.read() == "[]\n"
    assert "off" in box.run("telemetry")[0]
    assert "nobody is told of runs" in box.run("telemetry", "test", code=2)[1]
    assert "nobody is told of runs" in box.run("telemetry", "send", "1", code=2)[1]


def test_trace(box):
    with Receiver() as receiver:
        tell(box, receiver)
        box.pipeline(
            command("one", "true", matrix={"axis": ["a", "b"]}),
            script("two", "[ -e again ] || { touch again; exit 3; }", needs=["one"], name="Second",
                   retry={"max": 2, "delay": "1ms"}),
            command("bad", "sh", "-c", "kill -9 $$", needs=["two"]),
            command("never", "true", needs=["bad"]),
        )
        box.run("run", "p.runnel.json", code=1)
        spans, root = check_trace(receiver)
        run = box.json("show", "--json", "1")
    assert set(spans) == {
        "RUN Test", "one", "one.1", "one.1, attempt 1", "one.2", "one.2, attempt 1", "Second", "Second, attempt 1",
        "Second, attempt 2", "bad", "bad, attempt 1", "never"}
    assert root["name"] == "RUN Test" and root["traceId"] == run["uuid"].replace("-", "")
    assert spans["one.1"][0]["parentSpanId"] == spans["one"][0]["spanId"]
    assert spans["Second, attempt 2"][0]["parentSpanId"] == spans["Second"][0]["spanId"]
    attributes = spans["Second, attempt 1"][1]
    assert attributes["process.exit.code"] == "3" and attributes["error.type"] == "exit_code"
    assert spans["bad, attempt 1"][1]["error.type"] == "signal"
    assert spans["bad"][0]["status"]["message"]
    assert spans["Second"][1]["cicd.pipeline.task.run.result"] == "success"
    assert spans["never"][1]["cicd.pipeline.task.run.result"] == "skip"
    never = spans["never"][0]
    assert never["startTimeUnixNano"] == never["endTimeUnixNano"]
    attributes = spans["RUN Test"][1]
    assert attributes["cicd.pipeline.result"] == "failure" and attributes["runnel.run.number"] == "1"
    assert attributes["runnel.run.trigger"] == "manual"


def test_request(box):
    with Receiver() as receiver:
        tell(box, receiver, attributes={"service.name": "nightly", "deployment.environment.name": "lab"})
        box.pipeline(command("one", "true"))
        box.run("run", "p.runnel.json")
    for request in receiver.requests:
        assert request.headers["content-type"] == "application/json"
        assert request.headers["user-agent"].startswith("runnel/")
        assert "content-encoding" not in request.headers
    body = receiver.of("/v1/traces")[0].json()
    resource = otlp_spec.check_attributes(body["resourceSpans"][0]["resource"]["attributes"])
    assert resource["service.name"] == "nightly" and resource["deployment.environment.name"] == "lab"
    assert resource["cicd.pipeline.name"] == "Test" and resource["host.name"]
    assert resource["cicd.pipeline.run.url.full"].startswith("file://")


def test_gzip(box):
    with Receiver() as receiver:
        tell(box, receiver, gzip=True)
        box.pipeline(command("one", "true"))
        box.run("run", "p.runnel.json")
        check_trace(receiver)
    assert all(request.headers["content-encoding"] == "gzip" for request in receiver.requests)


def test_metrics(box):
    with Receiver() as receiver:
        tell(box, receiver, traces=False)
        box.pipeline(command("one", "true"), command("two", "false", needs=["one"]))
        box.run("run", "p.runnel.json", code=1)
        box.run("run", "p.runnel.json", code=1)
        metrics = last_metrics(receiver)
        assert not receiver.of("/v1/traces")
    by_state = {point["cicd.pipeline.run.state"]: (point, data)
                for point, data in metrics["cicd.pipeline.run.duration"]}
    attributes, data = by_state["executing"]
    assert attributes["cicd.pipeline.name"] == "Test" and attributes["cicd.pipeline.result"] == "failure"
    assert data["count"] == "2" and data["sum"] > 0
    assert by_state["pending"][1]["count"] == "2"
    (attributes, data), = metrics["cicd.pipeline.run.errors"]
    assert attributes["error.type"] == "failure" and data["asInt"] == "2"
    active = {point["cicd.pipeline.run.state"]: data["asInt"] for point, data in metrics["cicd.pipeline.run.active"]}
    assert active == {"pending": "0", "executing": "0"}
    (attributes, data), = metrics["runnel.step.duration"]
    assert attributes["runnel.step.kind"] == "command" and data["count"] == "4"


def test_only_traces(box):
    with Receiver() as receiver:
        tell(box, receiver, metrics=False)
        box.pipeline(command("one", "true"))
        box.run("run", "p.runnel.json")
        check_trace(receiver)
    assert {request.path for request in receiver.requests} == {"/v1/traces"}


def test_steps_go_on_with_the_trace(box):
    with Receiver() as receiver:
        tell(box, receiver)
        box.env["TRACEPARENT"] = PARENT
        box.pipeline(script("one", 'echo "$TRACEPARENT" > one'), script("two", 'echo "$TRACEPARENT" > two', env={"X": "1"}))
        box.run("run", "p.runnel.json")
        spans = check_spans(receiver)
    root = spans["RUN Test"][0]
    assert root["traceId"] == PARENT.split("-")[1] and root["parentSpanId"] == PARENT.split("-")[2]
    for step in ("one", "two"):
        span = spans[f"{step}, attempt 1"][0]
        with open(box.path(step), encoding="ascii") as file:
            assert file.read() == f"00-{span['traceId']}-{span['spanId']}-01\n"


def test_a_trace_that_nobody_wants(box):
    """Whoever began it said so, and what steps start is told the same."""
    with Receiver() as receiver:
        tell(box, receiver)
        box.env["TRACEPARENT"] = PARENT[:-2] + "00"
        box.pipeline(script("one", 'echo "$TRACEPARENT" > one'))
        box.run("run", "p.runnel.json")
        assert not receiver.of("/v1/traces")
    with open(box.path("one"), encoding="ascii") as file:
        assert file.read().endswith("-00\n")


def test_subpipeline(box):
    with Receiver() as receiver:
        tell(box, receiver)
        box.write("inner.runnel.json", {"format": 1, "name": "Inner", "steps": [command("deep", "true")]})
        box.pipeline({"id": "sub", "kind": "pipeline", "with": {"file": "inner.runnel.json"}})
        box.run("run", "p.runnel.json")
        spans, root = check_trace(receiver)
    assert root["name"] == "RUN Test"
    assert spans["RUN Inner"][0]["parentSpanId"] == spans["sub, attempt 1"][0]["spanId"]
    assert spans["RUN Inner"][1]["runnel.run.trigger"] == "pipeline"


def test_rerun_is_linked(box):
    with Receiver() as receiver:
        tell(box, receiver)
        box.pipeline(command("one", "true"), script("two", "[ -e ok ]", needs=["one"]))
        box.run("run", "p.runnel.json", code=1)
        first, _ = check_trace(receiver)
        receiver.requests.clear()
        box.write("ok", "")
        box.run("rerun", "1", "--failed")
        second, root = check_trace(receiver)
    link, = root["links"]
    assert link["traceId"] == first["RUN Test"][0]["traceId"] and link["spanId"] == first["RUN Test"][0]["spanId"]
    assert otlp_spec.check_attributes(link["attributes"]) == {"runnel.link": "rerun"}
    link, = second["one"][0]["links"]
    assert link["spanId"] == first["one"][0]["spanId"]
    assert second["one"][1]["runnel.step.reused_from"] == "1"


def test_rollback_and_hooks(box):
    """Undos are told beside their step, which is over, with a link to it."""
    with Receiver() as receiver:
        tell(box, receiver)
        noop = {"kind": "command", "with": {"argv": ["true"]}}
        box.write("p.runnel.json", {
            "format": 1, "name": "Test", "on-failure": "rollback", "hooks": {"on-finish": [{"id": "last", **noop}]},
            "steps": [command("one", "true", undo=noop), command("two", "false", needs=["one"])]})
        box.run("run", "p.runnel.json", code=1)
        spans, root = check_trace(receiver)
    span, attributes = spans["one.undo"]
    assert attributes["runnel.step.role"] == "undo"
    assert span["parentSpanId"] == root["spanId"]
    assert span["links"][0]["spanId"] == spans["one"][0]["spanId"]
    assert "run-rolling-back" in [event["name"] for event in root["events"]]
    assert spans["last"][1]["runnel.step.role"] == "hook"


def test_send_tells_the_same(box):
    """What is told of a run later has the ids, times and results of what was told of it."""
    with Receiver() as receiver:
        tell(box, receiver)
        box.env["TRACEPARENT"] = PARENT
        box.pipeline(
            command("one", "true", matrix={"axis": ["a", "b"]}),
            script("two", "[ -e again ] || { touch again; exit 3; }", needs=["one"], retry={"max": 2, "delay": "1ms"}),
            command("three", "false", needs=["two"]), command("four", "true", needs=["three"]))
        box.run("run", "p.runnel.json", code=1)
        live = check_spans(receiver)
        receiver.requests.clear()
        del box.env["TRACEPARENT"]
        out, _ = box.run("telemetry", "send", "1")
        assert out == f"otlp: {len(live)} sent\n"
        again = check_spans(receiver)
    assert set(again) == set(live)
    for name, (span, attributes) in live.items():
        for key in ("traceId", "spanId", "parentSpanId", "startTimeUnixNano", "endTimeUnixNano", "status"):
            assert again[name][0].get(key) == span.get(key), (name, key)
        assert again[name][1] == attributes, name
    assert "There is no run 7" in box.run("telemetry", "send", "7", code=3)[1]
    box.run("telemetry", "send", "seven", code=2)


def test_killed_run(box):
    """It can't tell its end itself; `send` can."""
    with Receiver() as receiver:
        tell(box, receiver)
        os.mkfifo(box.path("fifo"))
        box.pipeline(script("hold", "read line < fifo"))
        process = box.start("run", "p.runnel.json")
        box.wait_for_step(1, "hold", "running")
        assert "still under way" in box.run("telemetry", "send", "1", code=3)[1]
        box.kill_engine(process)
        box.run("list")
        receiver.requests.clear()
        box.run("telemetry", "send", "1")
        spans, root = check_trace(receiver)
    assert root["status"]["code"] == 2
    assert spans["RUN Test"][1]["cicd.pipeline.result"] == "error"
    assert spans["hold"][1]["cicd.pipeline.task.run.result"] == "error"


def test_next_run_tells_of_a_killed_one(box):
    with Receiver() as receiver:
        tell(box, receiver)
        os.mkfifo(box.path("fifo"))
        box.pipeline(script("hold", "read line < fifo"))
        process = box.start("run", "p.runnel.json")
        box.wait_for_step(1, "hold", "running")
        box.kill_engine(process)
        receiver.requests.clear()
        box.pipeline(command("one", "true"))
        box.run("run", "p.runnel.json")
        box.run("run", "p.runnel.json")
        roots = [attributes for request in receiver.of("/v1/traces")
                 for _, attributes in otlp_spec.check_traces(request.json()) if "cicd.pipeline.result" in attributes]
    assert [(root["runnel.run.number"], root["cicd.pipeline.result"]) for root in roots] == [
        ("1", "error"), ("2", "success"), ("3", "success")]


def test_repository(box):
    def git(*args):
        subprocess.run(["git", "-c", "user.name=me", "-c", "user.email=me@example.org", *args], cwd=box.work,
                       env=box.env, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("remote", "add", "origin", "https://user:t0ken@example.org/me/tools.git")
    git("commit", "-q", "--allow-empty", "-m", "first")
    revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=box.work, env=box.env, capture_output=True, text=True,
                              check=True).stdout.strip()
    with Receiver() as receiver:
        tell(box, receiver)
        box.pipeline(command("one", "true"))
        box.run("run", "p.runnel.json")
        attributes = check_spans(receiver)["RUN Test"][1]
        git("commit", "-q", "--allow-empty", "-m", "second")
        receiver.requests.clear()
        box.run("telemetry", "send", "1")
        past = check_spans(receiver)["RUN Test"][1]
    assert past["vcs.ref.head.name"] == "main" and past["vcs.ref.head.revision"] == revision
    assert attributes["vcs.repository.url.full"] == "https://example.org/me/tools.git"
    assert attributes["vcs.ref.head.name"] == "main" and attributes["vcs.ref.head.type"] == "branch"
    assert attributes["vcs.ref.head.revision"] == revision
    assert not any(b"t0ken" in request.raw for request in receiver.requests)


def test_secrets_stay_ours(box):
    """A value is in the header that it is for and nowhere else, not even when it is sent back."""
    def answer(request):
        return 401, {}, b"no: " + request.headers["authorization"].encode()

    box.env["RUNNEL_SECRET_OTLP"] = "Bearer very-hidden"
    with Receiver(answer) as receiver:
        tell(box, receiver, headers={"authorization": "otlp"})
        box.pipeline(script("one", "env"), secrets=[])
        out, err = box.run("run", "p.runnel.json")
        assert all(request.headers["authorization"] == "Bearer very-hidden" for request in receiver.requests)
        out += box.run("telemetry", "status")[0] + box.run("telemetry", "test", code=1)[0]
    assert "401 Unauthorized: no: ***" in out
    for place, _, names in os.walk(box.root):
        for name in names:
            with open(os.path.join(place, name), "rb") as file:
                assert b"very-hidden" not in file.read(), name
    assert "very-hidden" not in out + err
    assert status(box)["dropped"] > 0 and status(box)["waiting"] == 0


def test_secret_without_value(box):
    """What can't be sent without it waits until there is one."""
    with Receiver() as receiver:
        tell(box, receiver, headers={"authorization": "otlp"}, metrics=False)
        box.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
        box.pipeline(command("one", "true"))
        box.run("run", "p.runnel.json")
        assert not receiver.requests
        assert status(box)["waiting"] == 3 and "otlp" in status(box)["problem"]
        box.env["RUNNEL_SECRET_OTLP"] = "Basic abcd"
        assert box.run("telemetry", "send")[0] == "otlp: 3 sent\n"
        assert receiver.requests[0].headers["authorization"] == "Basic abcd"
        check_trace(receiver)
    assert status(box)["waiting"] == 0 and status(box)["dropped"] == 0


def hold(box, receiver, condition, what):
    """Runs a pipeline that lasts until the receiver has got what it has to."""
    os.mkfifo(box.path("fifo"))
    box.pipeline(script("hold", "read line < fifo"))
    process = box.start("run", "p.runnel.json")
    box.wait_for(condition, what)
    with open(box.path("fifo"), "w", encoding="ascii") as fifo:
        fifo.write("go\n")
    process.communicate()
    assert process.returncode == 0


def test_try_again(box):
    """Only what may go better the next time is tried again, and when the receiver says."""
    for code in (429, 502, 503, 504):
        answers = [(code, {"Retry-After": "0"}, b"busy")] * 2
        with Receiver(lambda _: answers.pop() if answers else (200, {}, b"{}")) as receiver:
            tell(box, receiver, traces=False)
            hold(box, receiver, lambda: len(receiver.requests) >= 3, "a third try")
            bodies = [request.body for request in receiver.requests[:3]]
            assert bodies[0] == bodies[1] == bodies[2]
        os.unlink(box.path("fifo"))
    assert status(box)["dropped"] == 0 and status(box)["waiting"] == 0


def test_back_off(box):
    """A receiver that does not say when is left alone for a while."""
    answers = [(503, {}, b"")]
    with Receiver(lambda _: answers.pop() if answers else (200, {}, b"{}")) as receiver:
        tell(box, receiver, traces=False)
        hold(box, receiver, lambda: len(receiver.requests) >= 2, "a second try")


def test_refused(box):
    for code in (400, 403, 404, 413, 500):
        with Receiver(lambda _: (code, {}, b"{\"message\": \"no thanks\"}")) as receiver:
            tell(box, receiver, metrics=False)
            box.pipeline(command("one", "true"))
            before = status(box)["dropped"]
            box.run("run", "p.runnel.json")
            assert len(receiver.requests) == 1
            assert status(box)["dropped"] == before + 3 and status(box)["waiting"] == 0
            assert f"it answers {code}" in status(box)["problem"] and "no thanks" in status(box)["problem"]


def test_partly_taken(box):
    partly = b'{"partialSuccess": {"rejectedSpans": "2", "errorMessage": "too old"}}'
    with Receiver(lambda _: (200, {"Content-Type": "application/json"}, partly)) as receiver:
        tell(box, receiver, metrics=False)
        box.pipeline(command("one", "true"))
        box.run("run", "p.runnel.json")
        assert len(receiver.requests) == 1
    assert status(box)["sent"] == 1 and status(box)["dropped"] == 2
    assert "threw 2 of 3" in status(box)["problem"] and "too old" in status(box)["problem"]


def test_redirect(box):
    """What is meant for one receiver goes to no other."""
    box.env["RUNNEL_SECRET_OTLP"] = "Bearer hidden"
    with Receiver() as other, Receiver(lambda request: (307, {"Location": other.url + request.path}, b"")) as receiver:
        tell(box, receiver, headers={"x-api-key": "otlp"})
        box.pipeline(command("one", "true"))
        box.run("run", "p.runnel.json")
        assert receiver.requests and not other.requests
    assert "it answers 307" in status(box)["problem"]


def run_with(box, url, patience="60s"):
    """The events of a run that tells a receiver of it."""
    tell(box, url, patience)
    box.pipeline(command("one", "true"), command("two", "false", needs=["one"]), command("three", "true"))
    return outline(box.events("p.runnel.json", code=1))


def test_receivers_in_bad_moods(box):
    """Whatever a receiver does, the run is the same, and nothing is lost that could be told later."""
    alone = outline(box.events(box.pipeline(command("one", "true"), command("two", "false", needs=["one"]),
                                            command("three", "true")), code=1))
    moods = {
        "takes all without a word": lambda _: (204, {}, b""),
        "takes all and sends nonsense": lambda _: (200, {"Content-Type": "application/json"}, b"[" * 60000),
        "hangs": lambda _: None,
        "promises more than it sends": lambda _: (503, {"Content-Length": "1000000"}, b"x"),
        "never ends": lambda _: (503, {"Transfer-Encoding": "chunked"}, b"5\r\nhello\r\n"),
        "sends chunks that are none": lambda _: (503, {"Transfer-Encoding": "chunked"}, b"zzzz"),
        "says nothing": lambda _: (503, {}, b""),
        "sends a bad date": lambda _: (503, {"Retry-After": "soon"}, b""),
        "is busy for ever": lambda _: (429, {"Retry-After": "999999999"}, b""),
    }
    for mood, answer in moods.items():
        with Receiver(answer) as receiver:
            assert run_with(box, receiver.url, "300ms") == alone, mood
        assert status(box)["dropped"] == 0, mood
    assert run_with(box, refusing_url()) == alone, "refuses"
    waiting = status(box)["waiting"]
    assert waiting > 0 and status(box)["dropped"] == 0

    with Receiver() as receiver:
        tell(box, receiver)
        assert box.run("telemetry", "send")[0] == f"otlp: {waiting} sent\n"
        for request in receiver.of("/v1/traces"):
            otlp_spec.check_traces(request.json())
        for request in receiver.of("/v1/metrics"):
            otlp_spec.check_metrics(request.json())
    assert status(box)["waiting"] == 0


def test_next_run_delivers_what_waits(box):
    assert run_with(box, refusing_url())
    with Receiver() as receiver:
        tell(box, receiver)
        hold(box, receiver, lambda: status(box)["waiting"] == 0, "an empty spool")
        numbers = {attributes.get("runnel.run.number") for request in receiver.of("/v1/traces")
                   for _, attributes in otlp_spec.check_traces(request.json())}
    assert {"1", "2"} <= numbers


def test_spool_is_damaged_or_foreign(box):
    assert run_with(box, refusing_url())
    spool = folder(box, "otlp", "spool")
    names = [name for name in os.listdir(spool) if name.endswith(".parcel")]
    assert names
    for name in names:
        assert os.stat(os.path.join(spool, name)).st_mode & 0o777 == 0o600
    with open(os.path.join(spool, sorted(names)[0]), "r+b") as file:
        file.write(b"\0" * 5)
    with open(os.path.join(spool, "note.txt"), "w", encoding="ascii") as file:
        file.write("mine")
    with Receiver() as receiver:
        tell(box, receiver)
        box.run("telemetry", "send")
        assert len(receiver.requests) == len(names) - 1
    assert [name for name in os.listdir(spool) if name != "emptying"] == ["note.txt"]


def test_folder_that_cannot_be_written(box):
    """A sink that has no place for its files loses what it has, and the run goes on."""
    state = os.path.join(box.env["XDG_STATE_HOME"], "runnel")
    os.makedirs(state)
    with open(os.path.join(state, "telemetry"), "w", encoding="ascii") as file:
        file.write("in the way")
    assert run_with(box, refusing_url())
    with Receiver() as receiver:
        run_with(box, receiver.url)
        check_trace(receiver)


def test_wrong_settings(box):
    box.pipeline(command("one", "true"))
    for url, problem in (("ftp://x", "has to begin with http"), ("http://", "has to begin with http"),
                         ("http://me:secret@x", "keep the password as a secret"), ("nonsense", "has to begin")):
        tell(box, url)
        _, err = box.run("run", "p.runnel.json")
        assert "nobody is told of this run" in err and problem in err, err
        assert problem in box.run("telemetry", "status", code=2)[1]
    assert "must be true or false" in box.run("settings", "set", "telemetry.otlp.traces", "maybe", code=2)[1]
    assert "structured" in box.run("settings", "set", "telemetry.webhook.mode", "smoke", code=2)[1]


def test_status_and_test(box):
    with Receiver() as receiver:
        tell(box, receiver)
        out, _ = box.run("telemetry", "test")
        assert out == "OTLP traces: 200 OK\nOTLP metrics: 200 OK\n"
        span, = receiver.spans()
        otlp_spec.check_span(span)
        box.pipeline(command("one", "true"))
        box.run("run", "p.runnel.json")
        out, _ = box.run("telemetry", "status")
        assert receiver.url in out and "webhook" in out
        assert status(box)["sent"] > 0 and status(box)["delivered"] > 0
    tell(box, refusing_url())
    out, _ = box.run("telemetry", "test", code=1)
    assert re.search(r"OTLP traces: .*refused", out, re.IGNORECASE), out
    box.run("telemetry", "dance", code=2)
    text = box.run("metrics")[0]
    assert re.search(r'runnel_telemetry_sent_total\{sink="otlp"\} [1-9]', text)
    assert 'runnel_telemetry_dropped_total{sink="otlp"} 0' in text


def test_textfile(box):
    box.run("settings", "set", "telemetry.textfile", box.path("runnel.prom"))
    box.pipeline(command("one", "true"))
    for count in (1, 2):
        box.run("run", "p.runnel.json")
        with open(box.path("runnel.prom"), encoding="utf-8") as file:
            assert f'runnel_runs_total{{pipeline="Test",state="succeeded"}} {count}\n' in file.read()
    box.run("settings", "set", "telemetry.textfile", box.path("no/such/runnel.prom"))
    _, err = box.run("run", "p.runnel.json")
    assert "the metrics can't be written" in err
    assert "metrics are written to" in box.run("telemetry", "status")[0]


def test_cancelled_run(box):
    with Receiver() as receiver:
        tell(box, receiver)
        os.mkfifo(box.path("fifo"))
        box.pipeline(script("hold", "read line < fifo"), command("after", "true", needs=["hold"]))
        process = box.start("run", "p.runnel.json")
        box.wait_for_step(1, "hold", "running")
        process.send_signal(signal.SIGINT)
        process.communicate()
        assert process.returncode == 130
        spans, root = check_trace(receiver)
    assert root["status"]["code"] == 0
    assert spans["RUN Test"][1]["cicd.pipeline.result"] == "cancellation"


def test_many_steps(box):
    """Spans come in several requests, none of which is large."""
    with Receiver() as receiver:
        tell(box, receiver, metrics=False)
        box.pipeline(*(command(f"s{i}", "true") for i in range(400)))
        box.run("run", "p.runnel.json", "-j", "8")
        spans, _ = check_trace(receiver)
        assert len(spans) == 801
        assert len(receiver.of("/v1/traces")) > 1
        assert all(len(request.body) < 2_000_000 for request in receiver.requests)


if __name__ == "__main__":
    main()
