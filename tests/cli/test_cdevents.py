# test_cdevents.py: what a webhook is told of runs
# SPDX-License-Identifier: GPL-3.0-or-later

import base64
import hashlib
import hmac
import json
import os
import re
import time

from receiver import Receiver, refusing_url
from runnel_test import ask_system_python, command, main, script

SCHEMAS = os.path.join(os.environ["RUNNEL_SOURCE_DIR"], "tests", "telemetry", "cdevents")
KEY = bytes(range(32))
SECRET = "whsec_" + base64.b64encode(KEY).decode()
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


def tell(box, receiver, patience="60s", **settings):
    """Receivers that answer are waited for until they have all, however busy the machine is."""
    box.run("settings", "set", "telemetry.patience", patience)
    url = receiver if isinstance(receiver, str) else receiver.url + "/hook?from=runnel"
    box.run("settings", "set", "telemetry.webhook.url", url)
    for key, value in settings.items():
        box.run("settings", "set", f"telemetry.webhook.{key}", value)


def check_structured(request):
    """CloudEvents 1.0, JSON format in structured mode; returns the CDEvent."""
    assert request.headers["content-type"] == "application/cloudevents+json; charset=utf-8"
    envelope = request.json()
    assert set(envelope) == {"specversion", "id", "source", "type", "time", "subject", "datacontenttype", "data"}
    assert envelope["specversion"] == "1.0" and envelope["datacontenttype"] == "application/json"
    return check_pair(envelope, envelope["data"])


def check_binary(request):
    """CloudEvents 1.0 in binary mode: the attributes are headers."""
    assert request.headers["content-type"] == "application/json"
    assert not any(name.startswith("ce-data") for name in request.headers)
    attributes = {name[3:]: value for name, value in request.headers.items() if name.startswith("ce-")}
    assert set(attributes) == {"specversion", "id", "source", "type", "time", "subject"}
    assert attributes["specversion"] == "1.0"
    assert all(value.isascii() and '"' not in value and " " not in value for value in attributes.values())
    return check_pair(attributes, request.json())


def check_pair(attributes, event):
    context = event["context"]
    for attribute, key in (("id", "id"), ("source", "source"), ("type", "type"), ("time", "timestamp")):
        assert attributes[attribute] == context[key]
    assert attributes["subject"] == event["subject"]["id"]
    return event


def check_signature(request):
    """Standard Webhooks, as a receiver verifies it."""
    message = request.headers["webhook-id"]
    timestamp = request.headers["webhook-timestamp"]
    assert abs(int(timestamp) - time.time()) < 300
    signed = f"{message}.{timestamp}.".encode() + request.raw
    expected = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
    assert request.headers["webhook-signature"] == f"v1,{expected}"


def check_schemas(events):
    """Against the JSON Schemas of CDEvents."""
    schemas = {}
    for name in os.listdir(SCHEMAS):
        if name.endswith(".json"):
            with open(os.path.join(SCHEMAS, name), encoding="utf-8") as file:
                schema = json.load(file)
            schemas[schema["properties"]["context"]["properties"]["type"]["enum"][0]] = schema
    code = """
import json, sys, jsonschema
schemas, events = json.load(sys.stdin)
for event in events:
    jsonschema.validate(event, schemas[event["context"]["type"]], cls=jsonschema.Draft202012Validator,
                        format_checker=jsonschema.FormatChecker())
print(len(events))
"""
    assert int(ask_system_python("jsonschema", code, json.dumps([schemas, events]))) == len(events)


def kinds(events):
    return [event["context"]["type"].removeprefix("dev.cdevents.") for event in events]


def test_events_of_a_run(box):
    with Receiver() as receiver:
        tell(box, receiver)
        box.pipeline(command("one", "true", name="First"), command("bad", "sh", "-c", "exit 7", needs=["one"],
                                                                   retry={"max": 1, "delay": "1ms"}),
                     command("never", "true", needs=["bad"]))
        box.run("run", "p.runnel.json", code=1)
        events = [check_structured(request) for request in receiver.requests]
    assert all(request.path == "/hook?from=runnel" for request in receiver.requests)
    assert kinds(events) == [
        "pipelinerun.started.0.3.0", "taskrun.started.0.3.0", "taskrun.finished.0.3.0", "taskrun.started.0.3.0",
        "taskrun.finished.0.3.0", "pipelinerun.finished.0.3.0"]
    check_schemas(events)
    uuid = box.json("show", "--json", "1")["uuid"]
    for event in events:
        context = event["context"]
        assert context["specversion"] == "0.5.1" and context["chainId"] == uuid
        assert UUID.fullmatch(context["id"]) and TIME.fullmatch(context["timestamp"])
        assert event["customData"]["run"] == 1
    assert len({event["context"]["id"] for event in events}) == len(events)
    started, task, task_end, _, bad_end, end = events
    assert started["subject"]["id"] == uuid
    assert started["subject"]["content"]["pipelineName"] == "Test"
    assert started["subject"]["content"]["uri"].startswith("file://")
    assert task["subject"]["id"] == f"{uuid}/one"
    assert task["subject"]["content"]["taskName"] == "First"
    assert task["subject"]["content"]["pipelineRun"] == {"id": uuid}
    assert task_end["subject"]["content"]["outcome"] == "success" and "errors" not in task_end["subject"]["content"]
    assert bad_end["subject"]["content"]["outcome"] == "failure"
    assert "7" in bad_end["subject"]["content"]["errors"]
    assert end["subject"]["content"]["outcome"] == "failure"


def test_binary_and_signed(box):
    box.env["RUNNEL_SECRET_HOOK_KEY"] = SECRET
    box.env["RUNNEL_SECRET_API"] = "opensesame"
    with Receiver(lambda _: (202, {}, b"")) as receiver:
        tell(box, receiver, mode="binary", secret="hook-key")
        box.run("settings", "set", "telemetry.webhook.headers.x-api-key", "api")
        box.pipeline(command("one", "true", matrix={"axis": ["é ", '"']}))
        box.run("run", "p.runnel.json")
        events = [check_binary(request) for request in receiver.requests]
        for request in receiver.requests:
            check_signature(request)
            assert request.headers["x-api-key"] == "opensesame"
            assert request.headers["webhook-id"] == request.headers["ce-id"]
    check_schemas(events)
    assert len(events) == 6


def test_structured_and_signed(box):
    box.env["RUNNEL_SECRET_HOOK_KEY"] = SECRET
    with Receiver() as receiver:
        tell(box, receiver, secret="hook-key")
        box.pipeline(command("one", "true"))
        box.run("run", "p.runnel.json")
        assert len(receiver.requests) == 4
        for request in receiver.requests:
            check_signature(request)
            assert request.headers["webhook-id"] == check_structured(request)["context"]["id"]


def test_secret_that_is_no_key(box):
    box.env["RUNNEL_SECRET_HOOK_KEY"] = "correct horse battery staple"
    with Receiver() as receiver:
        tell(box, receiver, secret="hook-key")
        box.pipeline(command("one", "true"))
        box.run("run", "p.runnel.json")
        assert not receiver.requests
        out, _ = box.run("telemetry", "status")
        assert "24 to 64 bytes in base64" in out and "horse" not in out
        box.env["RUNNEL_SECRET_HOOK_KEY"] = SECRET
        assert box.run("telemetry", "send")[0] == "webhook: 4 sent\n"
        for request in receiver.requests:
            check_signature(request)


def test_queued_run(box):
    with Receiver() as receiver:
        tell(box, receiver)
        os.mkfifo(box.path("fifo"))
        box.pipeline(script("hold", "read line < fifo"), concurrency={"group": "g", "policy": "queue"})
        first = box.start("run", "p.runnel.json")
        box.wait_for_step(1, "hold", "running")
        second = box.start("run", "p.runnel.json")
        box.wait_for(lambda: any("pipelinerun.queued" in request.json()["type"] for request in receiver.requests),
                     "the event that the run is queued")
        for process in (first, second):
            with open(box.path("fifo"), "w", encoding="ascii") as fifo:
                fifo.write("go\n")
            process.communicate()
        events = [check_structured(request) for request in receiver.requests]
    check_schemas(events)
    uuid = box.json("show", "--json", "2")["uuid"]
    own = [event for event in events if event["subject"]["id"] == uuid]
    assert kinds(own) == ["pipelinerun.queued.0.3.0", "pipelinerun.started.0.3.0", "pipelinerun.finished.0.3.0"]


def test_subpipeline_is_in_the_chain(box):
    with Receiver() as receiver:
        tell(box, receiver)
        box.run("settings", "set", "telemetry.otlp.endpoint", refusing_url())
        box.write("inner.runnel.json", {"format": 1, "name": "Inner", "steps": [command("deep", "true")]})
        box.pipeline({"id": "sub", "kind": "pipeline", "with": {"file": "inner.runnel.json"}})
        box.run("run", "p.runnel.json")
        events = [check_structured(request) for request in receiver.requests]
    assert {event["subject"]["content"].get("pipelineName") for event in events} == {"Test", "Inner", None}
    assert len({event["context"]["chainId"] for event in events}) == 1


def test_send_tells_the_same(box):
    with Receiver() as receiver:
        tell(box, receiver)
        box.pipeline(command("one", "true"), command("bad", "false", needs=["one"]))
        box.run("run", "p.runnel.json", code=1)
        live = [check_structured(request) for request in receiver.requests]
        receiver.requests.clear()
        assert box.run("telemetry", "send", "1")[0] == f"webhook: {len(live)} sent\n"
        again = [check_structured(request) for request in receiver.requests]
    assert again == live


def test_hanging_receiver_gets_all_later(box):
    with Receiver(lambda _: None) as receiver:
        tell(box, receiver, patience="100ms")
        box.pipeline(command("one", "true"))
        box.run("run", "p.runnel.json")
        assert len(receiver.requests) <= 1
    with Receiver() as receiver:
        tell(box, receiver)
        assert box.run("telemetry", "send")[0] == "webhook: 4 sent\n"
        events = [check_structured(request) for request in receiver.requests]
    assert kinds(events)[0] == "pipelinerun.started.0.3.0" and kinds(events)[-1] == "pipelinerun.finished.0.3.0"


def test_test(box):
    box.env["RUNNEL_SECRET_HOOK_KEY"] = SECRET
    for mode, check in (("structured", check_structured), ("binary", check_binary)):
        with Receiver() as receiver:
            tell(box, receiver, mode=mode, secret="hook-key")
            assert box.run("telemetry", "test")[0] == "Webhook: 200 OK\n"
            event = check(receiver.requests[0])
            check_signature(receiver.requests[0])
        assert event["context"]["type"] == "dev.cdeventsx.runnel-telemetry.tested.0.1.0"
    with Receiver(lambda _: (410, {}, b"gone for good")) as receiver:
        tell(box, receiver)
        assert "410 Gone: gone for good" in box.run("telemetry", "test", code=1)[0]


if __name__ == "__main__":
    main()
