# otlp_spec.py: refuses whatever is not OTLP/JSON, to the field
# SPDX-License-Identifier: GPL-3.0-or-later
"""The messages of opentelemetry-proto 1.x in its JSON encoding: names in lowerCamelCase, ids in
hexadecimal, enums as numbers, 64-bit integers as decimal strings. Receivers ignore keys that they
do not know; this one does not."""

import math
import re

INT64 = re.compile(r"-?\d{1,19}")
UINT64 = re.compile(r"\d{1,20}")


def check_keys(message, required, optional=()):
    assert isinstance(message, dict), message
    missing = set(required) - set(message)
    unknown = set(message) - set(required) - set(optional)
    assert not missing, f"missing {missing} in {message}"
    assert not unknown, f"unknown {unknown} in {message}"


def is_text(value, least=0):
    return isinstance(value, str) and len(value) >= least


def check_hex(value, length):
    assert is_text(value) and re.fullmatch(f"[0-9a-f]{{{length}}}", value), value
    assert value.strip("0"), "an id of zeroes"


def check_time(value):
    assert is_text(value) and UINT64.fullmatch(value), value
    assert 10**18 < int(value) < 10**19, f"no nanoseconds since 1970: {value}"
    return int(value)


def check_number(value):
    assert isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value), value


def check_any_value(value):
    assert isinstance(value, dict) and len(value) == 1, value
    (kind, content), = value.items()
    if kind == "stringValue":
        assert is_text(content)
    elif kind == "intValue":
        assert is_text(content) and INT64.fullmatch(content), value
    elif kind == "doubleValue":
        check_number(content)
    elif kind == "boolValue":
        assert isinstance(content, bool)
    else:
        raise AssertionError(f"unknown kind of value: {kind}")
    return content


def check_attributes(attributes):
    """Returns them as a dict."""
    assert isinstance(attributes, list)
    values = {}
    for attribute in attributes:
        check_keys(attribute, ("key", "value"))
        assert is_text(attribute["key"], 1)
        assert attribute["key"] not in values, f"twice: {attribute['key']}"
        values[attribute["key"]] = check_any_value(attribute["value"])
    return values


def check_resource(resource):
    check_keys(resource, ("attributes",), ("droppedAttributesCount",))
    attributes = check_attributes(resource["attributes"])
    assert attributes["service.name"]
    return attributes


def check_scope(scope):
    check_keys(scope, ("name", "version"))
    assert scope["name"] == "runnel" and scope["version"]


def check_schema_url(message):
    assert message["schemaUrl"].startswith("https://opentelemetry.io/schemas/1.")


# Traces

def check_event(event, span):
    check_keys(event, ("name", "timeUnixNano"), ("attributes",))
    assert is_text(event["name"], 1)
    assert int(span["startTimeUnixNano"]) <= check_time(event["timeUnixNano"]) <= int(span["endTimeUnixNano"])
    check_attributes(event.get("attributes", []))


def check_link(link):
    check_keys(link, ("traceId", "spanId"), ("attributes", "traceState"))
    check_hex(link["traceId"], 32)
    check_hex(link["spanId"], 16)
    check_attributes(link.get("attributes", []))


def check_span(span):
    check_keys(span, ("traceId", "spanId", "name", "kind", "startTimeUnixNano", "endTimeUnixNano", "status"),
               ("parentSpanId", "attributes", "events", "links", "traceState"))
    check_hex(span["traceId"], 32)
    check_hex(span["spanId"], 16)
    if "parentSpanId" in span:
        check_hex(span["parentSpanId"], 16)
        assert span["parentSpanId"] != span["spanId"]
    assert is_text(span["name"], 1)
    assert type(span["kind"]) is int and 0 <= span["kind"] <= 5
    assert check_time(span["startTimeUnixNano"]) <= check_time(span["endTimeUnixNano"])
    check_keys(span["status"], ("code",), ("message",))
    assert type(span["status"]["code"]) is int and span["status"]["code"] in (0, 1, 2)
    assert "message" not in span["status"] or span["status"]["code"] == 2
    for event in span.get("events", []):
        check_event(event, span)
    for link in span.get("links", []):
        check_link(link)
    return check_attributes(span.get("attributes", []))


RESULTS = {"success", "failure", "error", "timeout", "cancellation", "skip"}


def check_conventions(span, attributes):
    """Those for CI/CD, 1.44."""
    if "cicd.pipeline.result" in attributes:
        assert span["kind"] == 2 and attributes["cicd.pipeline.result"] in RESULTS
        assert attributes["cicd.pipeline.action.name"] in ("BUILD", "RUN", "SYNC")
        assert span["name"].startswith(attributes["cicd.pipeline.action.name"] + " ")
        result = attributes["cicd.pipeline.result"]
    else:
        assert span["kind"] == 1
        result = attributes.get("cicd.pipeline.task.run.result", attributes.get("runnel.attempt.result"))
        assert result in RESULTS, attributes
    if "runnel.attempt.result" not in attributes and span["kind"] == 1:
        for key in ("name", "run.id", "run.url.full"):
            assert attributes["cicd.pipeline.task." + key]
    failed = result in ("failure", "error", "timeout")
    assert ("error.type" in attributes) == failed
    assert span["status"]["code"] == (2 if failed else 1 if result == "success" else 0)


def check_traces(body):
    """Checks the body of a request to /v1/traces; returns its spans, each with its attributes."""
    check_keys(body, ("resourceSpans",))
    spans = []
    for group in body["resourceSpans"]:
        check_keys(group, ("resource", "scopeSpans"), ("schemaUrl",))
        resource = check_resource(group["resource"])
        assert resource["cicd.pipeline.name"] and resource["cicd.pipeline.run.id"]
        check_schema_url(group)
        for scope in group["scopeSpans"]:
            check_keys(scope, ("scope", "spans"), ("schemaUrl",))
            check_scope(scope["scope"])
            for span in scope["spans"]:
                attributes = check_span(span)
                check_conventions(span, attributes)
                spans.append((span, attributes))
    return spans


def check_tree(spans):
    """Every parent is there but that of the root, and each span lies within its parent."""
    by_id = {span["spanId"]: span for span, _ in spans}
    assert len(by_id) == len(spans), "two spans with one id"
    assert len({span["traceId"] for span, _ in spans}) == 1
    roots = [span for span, _ in spans if span.get("parentSpanId") not in by_id]
    assert len(roots) == 1, [span["name"] for span in roots]
    assert roots[0]["kind"] == 2
    for span, _ in spans:
        parent = by_id.get(span.get("parentSpanId"))
        if parent:
            assert int(parent["startTimeUnixNano"]) <= int(span["startTimeUnixNano"]), (parent, span)
            assert int(span["endTimeUnixNano"]) <= int(parent["endTimeUnixNano"]), (parent, span)
    return roots[0]


# Metrics

def check_points(points, keys, check):
    assert points
    seen = set()
    for point in points:
        check_keys(point, ("attributes", "startTimeUnixNano", "timeUnixNano") + keys)
        attributes = check_attributes(point["attributes"])
        identity = tuple(sorted(attributes.items()))
        assert identity not in seen, f"two points with {identity}"
        seen.add(identity)
        assert check_time(point["startTimeUnixNano"]) <= check_time(point["timeUnixNano"])
        assert "cicd.pipeline.run.id" not in attributes
        check(point)
    return [(check_attributes(point["attributes"]), point) for point in points]


def check_int_point(point):
    assert is_text(point["asInt"]) and INT64.fullmatch(point["asInt"]), point


def check_histogram_point(point):
    assert is_text(point["count"]) and UINT64.fullmatch(point["count"])
    check_number(point["sum"])
    assert all(is_text(count) and UINT64.fullmatch(count) for count in point["bucketCounts"])
    bounds = point["explicitBounds"]
    for bound in bounds:
        check_number(bound)
    assert bounds == sorted(set(bounds))
    assert len(point["bucketCounts"]) == len(bounds) + 1
    assert sum(map(int, point["bucketCounts"])) == int(point["count"])


def check_metric(metric):
    kinds = {"sum", "histogram", "gauge"} & set(metric)
    assert len(kinds) == 1, metric
    kind = kinds.pop()
    check_keys(metric, ("name", "unit", "description", kind))
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_./-]{0,254}", metric["name"])
    assert is_text(metric["unit"], 1) and is_text(metric["description"], 1)
    data = metric[kind]
    if kind == "histogram":
        check_keys(data, ("aggregationTemporality", "dataPoints"))
        points = check_points(data["dataPoints"], ("count", "sum", "bucketCounts", "explicitBounds"),
                              check_histogram_point)
    else:
        check_keys(data, ("aggregationTemporality", "isMonotonic", "dataPoints"))
        assert isinstance(data["isMonotonic"], bool)
        points = check_points(data["dataPoints"], ("asInt",), check_int_point)
    assert data["aggregationTemporality"] == 2, "Prometheus wants cumulative ones"
    return points


def check_metrics(body):
    """Checks the body of a request to /v1/metrics; returns points with their attributes by name."""
    check_keys(body, ("resourceMetrics",))
    metrics = {}
    for group in body["resourceMetrics"]:
        check_keys(group, ("resource", "scopeMetrics"), ("schemaUrl",))
        resource = check_resource(group["resource"])
        assert "cicd.pipeline.run.id" not in resource and "process.pid" not in resource
        check_schema_url(group)
        for scope in group["scopeMetrics"]:
            check_keys(scope, ("scope", "metrics"), ("schemaUrl",))
            check_scope(scope["scope"])
            for metric in scope["metrics"]:
                assert metric["name"] not in metrics, f"twice: {metric['name']}"
                metrics[metric["name"]] = check_metric(metric)
    return metrics
