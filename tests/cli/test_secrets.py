# test_secrets.py: where secrets come from, and that nothing shows them
# SPDX-License-Identifier: GPL-3.0-or-later

import base64
import glob
import hashlib
import http.server
import json
import os
import shlex
import socket
import subprocess
import threading
import urllib.parse

from receiver import Receiver
from runnel_test import command, main, script

TOKEN = "t0k/en \"of\" 'mine' & <yours> \\ 100% für + $HOME"
KEY = "-----BEGIN KEY-----\nMIIEowIBAAKCAQEA75+/==\n  indented line of it\n-----END KEY-----\n"

# A program that prints what it finds in $NAME in every way that programs have.
PRINT = r"""
import base64, json, os, shlex, subprocess, sys, urllib.parse
value = os.environ["NAME"]
data = value.encode()
print("plain", value)
for before in ("", "u", "us", "use"):
    encoded = base64.b64encode(before.encode() + data + b" behind")
    print("base64", before, encoded.decode(), flush=True)
print("url base64", base64.urlsafe_b64encode(data).decode())
print("wrapped", base64.encodebytes(data).decode())
for safe in ("", "/", "-_.!~*'()", "-_.!~*'();/?:@&=+$,#"):
    quoted = urllib.parse.quote(value, safe=safe)
    print("url", quoted)
print("form", urllib.parse.quote_plus(value), urllib.parse.urlencode({"v": value}))
print("json", json.dumps({"v": value}), json.dumps(value, ensure_ascii=False))
print("slashes", json.dumps(value).replace("/", "\\/"))
print("shell", shlex.quote(value), flush=True)
subprocess.run(["bash", "-c", 'printf "%q\n" "$NAME"; set -x; : "$NAME"; declare -p NAME'], check=True)
for line in value.splitlines():
    print("line", line.strip())
"""


def base64_cores(data):
    """What `data` is in base64, whatever stands before and behind it."""
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + data + b"\0\0\0").decode()
        core = encoded[-(-8 * offset // 6) : 8 * (offset + len(data)) // 6]
        yield core
        yield core.replace("+", "-").replace("/", "_")


def forms_of_text(value):
    yield value
    yield from base64_cores(value.encode())
    for safe in ("", "/", "-_.!~*'()", "-_.!~*'();/?:@&=+$,#"):
        yield urllib.parse.quote(value, safe=safe)
    yield urllib.parse.quote_plus(value)
    for text in (json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]):
        yield text
        yield text.replace("/", "\\/")
    yield shlex.quote(value)[1:-1]
    yield subprocess.run(
        ["bash", "-c", 'printf %q "$1"', "-", value], capture_output=True, text=True, check=True
    ).stdout


def forms(value):
    """All that must be nowhere, told by other programs than the one that hides it."""
    found = set(forms_of_text(value))
    for line in value.splitlines():
        found |= set(forms_of_text(line.strip()))
    return sorted(form for form in found if len(form) >= 4)


def assert_nowhere(data, what, values):
    for value in values:
        for form in forms(value):
            at = data.find(form.encode())
            assert at < 0, f"{what} has {form!r}: {data[max(at - 40, 0):at + 80]!r}"


def assert_not_on_disk(box, *values):
    """Looks at every byte of every file that runs have left."""
    n_files = 0
    for home in ("state", "data", "cache", "config"):
        for folder, _, names in os.walk(os.path.join(box.root, home)):
            for name in names:
                path = os.path.join(folder, name)
                if os.path.isfile(path):
                    with open(path, "rb") as file:
                        assert_nowhere(file.read(), path, values)
                    n_files += 1
    assert n_files > 3


def secrets_file(box, mode=0o600, **secrets):
    path = box.write("secrets.json", secrets)
    os.chmod(path, mode)
    return path


def use_keyring(box):
    box.env.update(
        SECRET_BACKEND="file",
        SECRET_FILE_TEST_PATH=os.path.join(box.work, "keyring"),
        SECRET_FILE_TEST_PASSWORD="password of the keyring",
    )


def have_no_keyring(box):
    box.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=" + os.path.join(box.work, "no-bus")


class Echo(http.server.BaseHTTPRequestHandler):
    """Answers with what it was sent."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = json.dumps(
            {"sent": body.decode(), "header": self.headers["X-Value"], "url": urllib.parse.quote(body)}
        ).encode()
        self.server.received.append(body.decode())
        self.send_response(200)
        self.send_header("X-Answer", base64.b64encode(body).decode())
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        pass


def serve():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    server.received = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def all_command_lines():
    lines = b""
    for path in glob.glob("/proc/[0-9]*/cmdline"):
        try:
            with open(path, "rb") as file:
                lines += file.read() + b"\n"
        except OSError:
            pass
    return lines


def read_socket(path, chunks):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(path)
        connection.sendall(b'{"request": "subscribe"}\n')
        while data := connection.recv(65536):
            chunks.append(data)


def print_step(step, secret, **members):
    return {
        "id": step,
        "kind": "script",
        "with": {"run": PRINT, "shell": "python3"},
        "env": {"NAME": "${{ secrets.%s }}" % secret},
        **members,
    }


def write_pipelines(box, port):
    gate = os.path.join(box.work, "gate")
    os.mkfifo(gate)
    digest = hashlib.sha256(TOKEN.encode()).hexdigest()
    check = f'test "$(printf %s "$V" | sha256sum)" = "{digest}  -"; echo "$V"'
    output = 'printf "v<<E\\n%s\\nE\\nhalf=x%sx\\n" "$NAME" "$NAME" >> "$RUNNEL_OUTPUT"'
    from_output = {"V": "${{ steps.output.outputs.v }}"}
    box.pipeline(
        print_step("inside", "TOKEN"),
        print_step("key-inside", "KEY", needs=["inside"]),
        script("wait", f'echo "$P"; cat "{gate}"', env={"P": "${{ params.p }}"}, needs=["key-inside"]),
        script(
            "output",
            output,
            env={"NAME": "${{ params.p }}"},
            needs=["wait"],
            undo={"kind": "script", "with": {"run": check}, "env": {"V": "${{ params.p }}"}},
        ),
        name="inner.runnel.json",
        secrets=["TOKEN", "KEY"],
        parameters={"p": {"required": True}},
    )
    box.pipeline(
        print_step("print", "TOKEN"),
        print_step("print-key", "KEY"),
        command("stdin", "cat", env={}),
        script("output", output, env={"NAME": "${{ secrets.TOKEN }}"}),
        script("use", check, env=from_output, needs=["output"]),
        {
            "id": "post",
            "kind": "http",
            "with": {
                "url": f"http://127.0.0.1:{port}/",
                "method": "POST",
                "headers": {"X-Value": "${{ toJSON(secrets.TOKEN) }}"},
                "body": "${{ secrets.TOKEN }}",
                "extract": {"sent": "sent"},
            },
        },
        script("use-post", check, env={"V": "${{ steps.post.outputs.sent }}"}, needs=["post"]),
        {
            "id": "fail",
            "kind": "http",
            "with": {
                "url": f"http://127.0.0.1:{port}/",
                "method": "POST",
                "body": "${{ secrets.TOKEN }}",
                "assert": {"sent": "something else"},
            },
            "continue-on-error": True,
        },
        {
            "id": "legs",
            "kind": "script",
            "with": {"run": 'echo "$NAME$N"; ' + output},
            "env": {"NAME": "${{ secrets.TOKEN }}", "N": "${{ matrix.n }}"},
            "matrix": {"n": [1, 2]},
        },
        {
            "id": "inner",
            "kind": "pipeline",
            "with": {
                "file": "inner.runnel.json",
                "parameters": {"p": "${{ secrets.TOKEN }}"},
                "outputs": {"v": "${{ steps.output.outputs.v }}"},
            },
        },
        script("use-inner", check, env={"V": "${{ steps.inner.outputs.v }}"}, needs=["inner"]),
        {
            "id": "cached",
            "kind": "script",
            "with": {"run": output},
            "env": {"NAME": "${{ secrets.TOKEN }}"},
            "cache": {"inputs": ["inner.runnel.json"]},
        },
        script("undone", "true", undo={
            "kind": "script", "with": {"run": 'echo "$NAME"'}, "env": {"NAME": "${{ secrets.TOKEN }}"}
        }),
        script("bad", 'echo "$V"; exit 3', env=from_output, needs=["output", "undone", "use-inner"]),
        secrets=["TOKEN", "KEY"],
        env={"ALL": "${{ secrets.TOKEN }}"},
        hooks={"on-finish": [print_step("hook", "KEY")]},
        **{"on-failure": "rollback"},
    )
    return gate


def test_nothing_shows_a_secret(box):
    server = serve()
    gate = write_pipelines(box, server.server_port)
    path = secrets_file(box, TOKEN=TOKEN)
    box.env["KEY"] = KEY
    run = box.start("run", "--json", "--secrets-file", path, "p.runnel.json")
    try:
        events = [run.stdout.readline()]
        while '"step":"use-post"' not in events[-1] or "step-finished" not in events[-1]:
            events.append(run.stdout.readline())
        box.wait_for_step(2, "wait", "running")
        seen = []
        listeners = [
            threading.Thread(target=read_socket, args=(socket_path, seen))
            for socket_path in glob.glob(os.path.join(box.root, "state", "runnel", "runs", "*", "socket"))
        ]
        assert len(listeners) == 2
        for listener in listeners:
            listener.start()
        box.wait_for(lambda: len(seen) >= 2, "snapshots of both runs")
        lines = all_command_lines()
        assert b"runnel\0run\0" in lines and b"--inherit" in lines
        with open(gate, "w", encoding="utf-8"):
            pass
        out, err = run.stdout.read(), run.stderr.read()
        run.wait()
    finally:
        run.kill()
        server.shutdown()
    for listener in listeners:
        listener.join()

    assert run.returncode == 1, err
    states = {event["step"]: event["state"] for event in map(json.loads, events + out.splitlines())
              if event["event"] == "step-finished"}
    failed = {step for step, state in states.items() if state != "succeeded"}
    assert failed == {"fail", "bad"}, (states, err)
    assert server.received == [TOKEN, TOKEN]
    assert {"undone.undo", "inner.undo", "legs.1", "legs.2", "hook"} <= set(states)

    values = (TOKEN, KEY)
    told = "".join(events) + out + err
    assert_nowhere(told.encode(), "standard output", values)
    assert_nowhere(b"".join(seen), "the socket", values)
    assert_nowhere(lines, "a command line", values)
    assert_not_on_disk(box, *values)
    assert b'"sent": "***"' in "".join(events).encode()
    shown = "".join(box.run(*args)[0] for args in (
        ("logs", "1"), ("logs", "2"), ("show", "1"), ("show", "--json", "1"), ("list", "--json")))
    assert_nowhere(shown.encode(), "a command", values)
    log = box.run("logs", "1", "print")[0]
    assert log.startswith("plain ***\nbase64  ***") and len(log.splitlines()) > 15
    assert '> X-Value: "***"' in box.run("logs", "1", "post")[0]


def test_terminal(box):
    box.pipeline(
        script("bad", 'echo "it is $T"; exit 1', env={"T": "${{ secrets.TOKEN }}"}), secrets=["TOKEN"]
    )
    box.env["TOKEN"] = "tigers and lions"
    out, _ = box.run("run", "p.runnel.json", code=1)
    assert "it is ***" in out and "tigers" not in out
    terminal = box.terminal("run", "p.runnel.json")
    assert terminal.finish() == 1
    assert b"it is ***" in terminal.output and b"tigers" not in terminal.output


def test_nobody_is_told_a_secret(box):
    """Nor is one in an export."""
    told = box.path("told")
    box.write("teller.sh", "env >> \"$1\"; cat >> \"$1\"")
    folder = os.path.join(box.env["XDG_CONFIG_HOME"], "runnel")
    os.makedirs(folder)
    with Receiver() as receiver:
        with open(os.path.join(folder, "settings.json"), "w", encoding="utf-8") as file:
            json.dump({
                "telemetry": {"patience": "60s", "otlp": {"endpoint": receiver.url},
                              "webhook": {"url": receiver.url + "/events"}},
                "alerts": {"channels": {"teller": {"command": ["sh", box.path("teller.sh"), told]}},
                           "rules": {"broken": {"when": "failed", "tell": ["teller"]}}}}, file)
        box.pipeline(
            script("bad", 'echo "it is $T" | tee left >&2; echo "x=1" >> "$RUNNEL_OUTPUT"; exit 1',
                   env={"T": "${{ secrets.TOKEN }}"}),
            secrets=["TOKEN"])
        box.run("run", "--secrets-file", secrets_file(box, TOKEN=TOKEN), "p.runnel.json", code=1)
        box.run("telemetry", "send", "1")
        box.run("alerts", "check")
        box.wait_for(lambda: box.json("alerts", "--json")[0]["told"][0]["state"] == "delivered", "a message")
        assert receiver.of("/v1/traces") and receiver.of("/events")
        sent = b"".join(request.body for request in receiver.requests)
    box.run("history", "export", "-o", "all.jsonl")
    with open(box.path("all.jsonl"), "rb") as file:
        exported = file.read()
    with open(told, "rb") as file:
        message = file.read()
    assert b"RUNNEL_ALERT_RULE=broken" in message and b'"run-end"' in exported
    assert b"it is ***" in exported
    for what, data in (("telemetry", sent), ("an export", exported), ("an alert", message)):
        assert_nowhere(data, what, (TOKEN,))


def test_without_secrets_steps_write_their_logs_themselves(box):
    box.pipeline(script("where", "readlink /proc/self/fd/1"))
    box.run("run", "p.runnel.json")
    assert "where.1.log" in box.run("logs", "1", "where")[0] or "#" in box.run("logs", "1", "where")[0]
    box.pipeline(script("where", "readlink /proc/self/fd/1"), secrets=["TOKEN"])
    box.env["TOKEN"] = "tigers and lions"
    box.run("run", "p.runnel.json")
    assert box.run("logs", "2", "where")[0].startswith("pipe:")


def test_reaches_only_who_asks(box):
    box.pipeline(
        script("without", "env"),
        script("with", "env", env={"MINE": "${{ secrets.TOKEN }}"}),
        secrets=["TOKEN"],
    )
    box.env["RUNNEL_SECRET_TOKEN"] = "tigers and lions"
    box.run("run", "p.runnel.json")
    assert "***" not in box.run("logs", "1", "without")[0]
    assert "MINE=***\n" in box.run("logs", "1", "with")[0]


def test_missing(box):
    have_no_keyring(box)
    box.pipeline(command("a", "true"), secrets=["TOKEN", "deploy-key", "here"])
    box.env["here"] = "given"
    _, err = box.run("run", "p.runnel.json", code=2)
    assert "the secrets “TOKEN”, “deploy-key” have no value (the keyring can't be used: " in err
    assert "`runnel secrets set TOKEN`" in err and "RUNNEL_SECRET_TOKEN" in err
    assert "no runs yet" in box.run("list")[1]
    _, err = box.run("run", "--detach", "p.runnel.json", code=2)
    assert "have no value" in err
    box.run("run", "--dry-run", "p.runnel.json")


def test_file_of_others(box):
    box.pipeline(command("a", "true"), secrets=["TOKEN"])
    path = secrets_file(box, mode=0o644, TOKEN="tigers and lions")
    _, err = box.run("run", "--secrets-file", path, "p.runnel.json", code=2)
    assert f"its mode is 0644; change that with `chmod 600 '{path}'`" in err
    os.chmod(path, 0o600)
    box.run("run", "--secrets-file", path, "p.runnel.json")


def test_too_short(box):
    box.pipeline(command("a", "true"), secrets=["TOKEN"])
    box.env["TOKEN"] = "abc"
    _, err = box.run("run", "p.runnel.json", code=2)
    assert "“TOKEN” is shorter than 4 characters" in err


def test_keyring(box):
    use_keyring(box)
    box.pipeline(
        script("a", 'test "${#T}" = 16; echo "$T"', env={"T": "${{ secrets.TOKEN }}"}),
        secrets=["TOKEN", "KEY"],
    )
    assert box.run("secrets", "list")[0] == ""
    out, err = box.run("secrets", "set", "TOKEN", text="tigers and lions\n")
    assert out == "" and err == "The keyring has the secret TOKEN now.\n"
    box.run("secrets", "set", "KEY", text=KEY)
    assert box.run("secrets", "list")[0] == "KEY\nTOKEN\n"
    assert box.json("secrets", "list", "--json") == ["KEY", "TOKEN"]
    box.run("run", "p.runnel.json")
    assert box.run("logs", "1", "a")[0] == "***\n"
    assert_not_on_disk(box, "tigers and lions", KEY)

    box.run("secrets", "delete", "KEY")
    _, err = box.run("secrets", "delete", "KEY", code=4)
    assert "the keyring has no secret “KEY”" in err
    out, _ = box.run("secrets", "list", "p.runnel.json", code=1)
    assert out.splitlines()[1:] == ["TOKEN   keyring", "KEY     missing"]
    box.env["KEY"] = "in the environment"
    assert box.json("secrets", "list", "--json", "p.runnel.json") == [
        {"name": "TOKEN", "from": "keyring"}, {"name": "KEY", "from": "environment"}]


def test_set_on_a_terminal(box):
    use_keyring(box)
    terminal = box.terminal("secrets", "set", "TOKEN")
    terminal.wait_for("Value of TOKEN: ")
    terminal.type(b"tigers and lions\n")
    assert terminal.finish() == 0
    assert b"tigers" not in terminal.output
    assert box.run("secrets", "list")[0] == "TOKEN\n"


def test_set_refuses(box):
    use_keyring(box)
    _, err = box.run("secrets", "set", "TOKEN", text="abc\n", code=2)
    assert "shorter than 4" in err
    _, err = box.run("secrets", "set", "to ken", text="tigers\n", code=2)
    assert "no name for a secret" in err
    _, err = box.run("secrets", "set", "TOKEN", "tigers", code=2)
    _, err = box.run("secrets", "show", "TOKEN", code=2)
    assert "runnel secrets set NAME" in err


def test_arguments_are_refused(box):
    box.pipeline(command("a", "curl", "${{ secrets.TOKEN }}"), secrets=["TOKEN"])
    _, err = box.run("validate", "p.runnel.json", code=2)
    assert "no secret can be used here, where others can see it" in err and "steps[0].with.argv[1]" in err
    box.pipeline(
        script("make", 'echo "v=$T" >> "$RUNNEL_OUTPUT"', env={"T": "${{ secrets.TOKEN }}"}),
        command("show", "echo", "${{ steps.make.outputs.v }}", needs=["make"]),
        secrets=["TOKEN"],
    )
    box.env["TOKEN"] = "tigers and lions"
    box.run("run", "p.runnel.json", code=1)
    reason = next(step for step in box.json("show", "--json", "1")["steps"] if step["id"] == "show")["reason"]
    assert "with.argv would have a secret in it" in reason
    assert_not_on_disk(box, "tigers and lions")


def test_value_in_the_open(box):
    box.pipeline(script("a", "echo tigers and lions"), secrets=["TOKEN"])
    box.env["TOKEN"] = "tigers and lions"
    _, err = box.run("run", "p.runnel.json")
    assert "warning: the value of the secret “TOKEN” stands in it in the open" in err
    assert box.run("logs", "1", "a")[0] == "***\n"


def test_common_words_hide_no_names(box):
    """A user name that is also a step's, a file's and a program's: the run is still found."""
    box.pipeline(
        script("true", "exit 0"), command("other", "true", needs=["true"]), secrets=["USER_NAME"], name="true.runnel.json"
    )
    box.env["USER_NAME"] = "true"
    events = box.events("true.runnel.json")
    assert {event["step"] for event in events if "step" in event} == {"true", "other"}
    assert events[0]["details"]["file"].endswith("/true.runnel.json")
    assert [step["id"] for step in box.json("show", "--json", "1")["steps"]] == ["true", "other"]


def test_rerun(box):
    box.pipeline(
        script("make", 'echo "v=$T" >> "$RUNNEL_OUTPUT"', env={"T": "${{ secrets.TOKEN }}"}),
        script("use", 'test "$V" = "tigers and lions"', env={"V": "${{ steps.make.outputs.v }}"}, needs=["make"]),
        secrets=["TOKEN"],
    )
    have_no_keyring(box)
    path = secrets_file(box, TOKEN="tigers and lions")
    box.run("run", "--secrets-file", path, "p.runnel.json")
    box.run("rerun", "1", code=2)
    _, err = box.run("rerun", "1", "--step", "use", "--secrets-file", path, code=2)
    assert "there was a secret in them, which is not kept" in err
    box.run("rerun", "1", "--from", "make", "--secrets-file", path)


if __name__ == "__main__":
    main()
