# test_alerts.py: runnel alerts, and who is told
# SPDX-License-Identifier: GPL-3.0-or-later

import base64
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import os
import threading
import time

from runnel_test import command, main, script

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()


def configure(box, rules, channels=None):
    folder = os.path.join(box.env["XDG_CONFIG_HOME"], "runnel")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "settings.json"), "w", encoding="utf-8") as file:
        json.dump({"alerts": {"rules": rules, "channels": channels or {}}}, file)


def write_teller(box):
    """A channel that keeps what it is told: its environment and its input, a line for each message."""
    path = box.write("teller.py", "import json, os, sys\n"
                     "told = {k: v for k, v in os.environ.items() if k.startswith('RUNNEL_ALERT_')}\n"
                     "told['input'] = json.load(sys.stdin)\n"
                     "line = json.dumps(told) + '\\n'\n"
                     "fd = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)\n"
                     "os.write(fd, line.encode())\n")
    return {"command": ["python3", path, box.path("told")]}


def read_told(box):
    if not os.path.exists(box.path("told")):
        return []
    with open(box.path("told"), encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def wait_told(box, n):
    """What was told by runs that are over, in the background."""
    return box.wait_for(lambda: len(read_told(box)) >= n and read_told(box), f"{n} messages")


def make_failing(box):
    """A pipeline that fails as long as there is a file “bad”."""
    return box.pipeline(script("one", "[ ! -e bad ]"), name="p.runnel.json")


def test_one_incident(box):
    configure(box, {"broken": {"pipeline": "Test", "when": "failed", "tell": ["teller"]}}, {"teller": write_teller(box)})
    make_failing(box)
    box.write("bad", "")
    box.run("run", "p.runnel.json", code=1)
    told = wait_told(box, 1)
    assert told[0]["RUNNEL_ALERT_STATE"] == "opened" and told[0]["RUNNEL_ALERT_RUN"] == "1", told
    assert told[0]["RUNNEL_ALERT_PIPELINE"] == "Test" and told[0]["RUNNEL_ALERT_RULE"] == "broken", told
    assert told[0]["input"]["type"] == "incident.opened" and told[0]["input"]["data"]["run"] == 1, told
    for _ in range(2):
        box.run("run", "p.runnel.json", code=1)
    box.run("alerts", "check")
    (incident,) = box.json("alerts", "--json")
    assert incident["runs"] == 3 and (incident["first-run"], incident["run"]) == (1, 3), incident
    assert incident["text"] == "Run 3 failed, as the 2 before it did.", incident
    assert len(read_told(box)) == 1, "somebody is told once"

    os.remove(box.path("bad"))
    box.run("run", "p.runnel.json")
    told = wait_told(box, 2)
    assert told[1]["RUNNEL_ALERT_STATE"] == "resolved" and told[1]["input"]["type"] == "incident.resolved", told
    assert told[1]["RUNNEL_ALERT_TEXT"].startswith("Run 4 succeeded."), told
    assert box.json("alerts", "--json") == []
    (incident,) = box.json("alerts", "--all", "--json")
    assert incident["state"] == "resolved" and incident["end"] == "Run 4 succeeded.", incident
    # Who is told has it before that is written down.
    box.wait_for(lambda: [notice["state"] for notice in box.json("alerts", "--all", "--json")[0]["told"]]
                 == ["delivered", "delivered"], "both being delivered")
    out, _ = box.run("alerts", "--all")
    assert "resolved 1" in out and "Run 4 succeeded." in out, out

    box.write("bad", "")
    box.run("run", "p.runnel.json", code=1)
    wait_told(box, 3)
    assert [incident["incident"] for incident in box.json("alerts", "--all", "--json")] == [2, 1]


def test_retries_come_first(box):
    configure(box, {"broken": {"when": "failed", "tell": ["teller"]}}, {"teller": write_teller(box)})
    box.pipeline(script("one", "[ -e again ] || { touch again; exit 1; }", retry={"max": 2, "delay": "1ms"}))
    box.run("run", "p.runnel.json")
    box.run("alerts", "check")
    assert box.json("alerts", "--all", "--json") == [] and read_told(box) == []


def test_flaky(box):
    configure(box, {"shaky": {"when": "flaky", "times": 2, "runs": 3, "tell": ["teller"]}}, {"teller": write_teller(box)})
    box.pipeline(script("one", "[ -e again ] || { touch again; exit 1; }", retry={"max": 2, "delay": "1ms"}),
                 command("two", "true"))
    for i in range(2):
        assert box.json("alerts", "--json") == []
        if i:
            os.remove(box.path("again"))
        box.run("run", "p.runnel.json")
        box.run("alerts", "check")
    (incident,) = box.json("alerts", "--json")
    assert incident["step"] == "one" and incident["run"] == 2, incident
    for _ in range(2):
        box.run("run", "p.runnel.json")
    box.run("alerts", "check")
    assert box.json("alerts", "--json") == []


def test_success_rate(box):
    configure(box, {"rate": {"when": "success-rate", "below": 60, "runs": 5, "tell": ["teller"]}},
              {"teller": write_teller(box)})
    make_failing(box)
    box.write("bad", "")
    for _ in range(4):
        box.run("run", "p.runnel.json", code=1)
        box.run("alerts", "check")
    assert box.json("alerts", "--json") == [], "four runs say nothing"
    box.run("run", "p.runnel.json", code=1)
    box.run("alerts", "check")
    (incident,) = box.json("alerts", "--json")
    assert incident["text"] == "0 of the latest 5 runs succeeded.", incident
    os.remove(box.path("bad"))
    for _ in range(3):
        box.run("run", "p.runnel.json")
    box.run("alerts", "check")
    assert box.json("alerts", "--json") == []


def test_not_run(box):
    configure(box, {"silent": {"when": "not-run", "after": "1s", "tell": ["teller"]}}, {"teller": write_teller(box)})
    box.pipeline(command("one", "true"))
    box.run("run", "p.runnel.json")

    def look():
        box.run("alerts", "check")
        return box.json("alerts", "--json")

    (incident,) = box.wait_for(look, "an incident")
    assert incident["text"].startswith("It has not run since") and "run" not in incident, incident
    configure(box, {"silent": {"when": "not-run", "after": "1h", "tell": ["teller"]}}, {"teller": write_teller(box)})
    assert look() == []


def test_not_of_another_machine(box):
    configure(box, {"broken": {"pipeline": "Test", "when": "failed", "tell": []}})
    make_failing(box)
    box.write("bad", "")
    there = dict(box.env, XDG_DATA_HOME=box.path("there"))
    here, box.env = box.env, there
    box.run("run", "p.runnel.json", code=1)
    box.run("history", "export", "-o", "runs.jsonl")
    box.env = here
    os.remove(box.path("bad"))
    box.run("run", "p.runnel.json")
    box.run("history", "import", "runs.jsonl")
    assert sorted(run["state"] for run in box.json("list", "--json")) == ["failed", "succeeded"]
    box.run("alerts", "check")
    assert box.json("alerts", "--json", "--all") == []


def test_rule_is_taken_out(box):
    teller = {"teller": write_teller(box)}
    configure(box, {"broken": {"when": "failed", "tell": ["teller"]}}, teller)
    box.pipeline(command("one", "false"))
    box.run("run", "p.runnel.json", code=1)
    wait_told(box, 1)
    configure(box, {}, teller)
    box.run("alerts", "check")
    (incident,) = box.json("alerts", "--all", "--json")
    assert incident["state"] == "resolved" and incident["end"] == "The rule, or the pipeline, is gone.", incident
    assert len(read_told(box)) == 1, read_told(box)


def test_tried_again(box):
    """What does not arrive is kept, and told later; it is not lost with the process that tried."""
    box.write("broken.sh", "echo no route >&2; exit 3")
    configure(box, {"broken": {"when": "failed", "tell": ["teller"]}},
              {"teller": {"command": ["sh", box.path("broken.sh")]}})
    box.pipeline(command("one", "false"))
    box.run("run", "p.runnel.json", code=1)

    def look():
        (incident,) = box.json("alerts", "--json") or [{"told": [{}]}]
        return "problem" in incident["told"][0] and incident["told"][0]

    notice = box.wait_for(look, "a notice that did not arrive")
    assert notice["state"] == "pending" and notice["problem"] == "sh exited with code 3: no route", notice


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args):
        pass


def listen(status=204, headers=None):
    server = http.server.HTTPServer(("127.0.0.1", 0), Receiver)
    server.got, server.status, server.headers = [], status, headers or {}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}/hook?key=hidden"


def test_webhook(box):
    server, url = listen()
    box.env["RUNNEL_SECRET_HOOK"] = SECRET
    configure(box, {"broken": {"when": "failed", "tell": ["ops"]}}, {"ops": {"webhook": url, "secret": "HOOK"}})
    box.pipeline(command("one", "false"))
    box.run("run", "p.runnel.json", code=1)
    box.wait_for(lambda: server.got, "a message")
    headers, body = server.got[0]
    headers = {name.lower(): value for name, value in headers.items()}
    stamp = headers["webhook-timestamp"]
    assert abs(int(stamp) - time.time()) < 300
    expected = hmac.new(bytes(range(32)), f"{headers['webhook-id']}.{stamp}.".encode() + body, hashlib.sha256).digest()
    assert headers["webhook-signature"] == "v1," + base64.b64encode(expected).decode(), headers
    message = json.loads(body)
    assert set(message) == {"type", "timestamp", "title", "data"} and message["data"]["pipeline"] == "Test", message
    assert headers["content-type"] == "application/json"
    out, _ = box.run("alerts", "rules")
    assert "webhook at 127.0.0.1, signed" in out and "hidden" not in out, out
    server.shutdown()


def test_webhook_refuses(box):
    server, url = listen(500)
    configure(box, {}, {"ops": {"webhook": url}})
    _, err = box.run("alerts", "test", "ops", code=1)
    assert "the webhook answered 500" in err, err
    assert json.loads(server.got[0][1])["data"]["rule"] == "test"
    server.shutdown()


def test_webhook_redirects(box):
    """What is signed for one goes to nobody else, on this machine or in it."""
    other, other_url = listen()
    box.write("hostage", "mine")
    for target in (other_url, f"file://{box.path('hostage')}", "//127.0.0.1/", "javascript:1"):
        for status in (301, 307):
            server, url = listen(status, {"Location": target})
            configure(box, {}, {"ops": {"webhook": url}})
            _, err = box.run("alerts", "test", "ops", code=1)
            assert f"the webhook answered {status}" in err, err
            server.shutdown()
    assert other.got == []
    other.shutdown()


def test_webhook_answers_for_ever(box):
    class Endless(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            try:
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                while True:
                    self.wfile.write(b"X-More: yes\r\n")
                    time.sleep(1)
            except OSError:
                pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endless)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    configure(box, {}, {"hook": {"webhook": f"http://127.0.0.1:{server.server_port}/"}})
    done = box.start("alerts", "test", "hook")
    _, err = done.communicate(timeout=180)
    server.shutdown()
    assert done.returncode != 0 and "took longer than 30 seconds" in err, err


def test_webhook_without_secret(box):
    server, url = listen()
    configure(box, {}, {"ops": {"webhook": url, "secret": "MISSING"}})
    _, err = box.run("alerts", "test", "ops", code=1)
    assert "MISSING" in err and not server.got, err
    server.shutdown()


def test_mail(box):
    os.mkdir(box.path("bin"))
    box.write("bin/sendmail", f"#!/bin/sh\necho \"$@\" > {box.path('arguments')}\ncat > {box.path('mail')}\n")
    os.chmod(box.path("bin/sendmail"), 0o755)
    box.env["PATH"] = box.path("bin") + ":" + box.env["PATH"]
    configure(box, {"broken": {"when": "failed", "tell": ["me"]}}, {"me": {"mail": ["me@example.org", "you@example.org"]}})
    box.pipeline(command("one", "false"), name="p.runnel.json")
    box.write("p.runnel.json", {"format": 1, "name": "Bücher\nBcc: x@example.org " + "lang" * 30,
                                "steps": [{"id": "one", "kind": "command", "with": {"argv": ["false"]}}]})
    box.run("run", "p.runnel.json", code=1)
    box.wait_for(lambda: os.path.exists(box.path("mail")) and os.path.getsize(box.path("mail")), "a mail")
    box.wait_for(lambda: [n for i in box.json("alerts", "--json") for n in i["told"] if n["state"] == "delivered"], "it told")
    with open(box.path("mail"), "rb") as file:
        mail = email.message_from_binary_file(file, policy=email.policy.default)
    with open(box.path("arguments"), encoding="utf-8") as file:
        assert file.read() == "-i -t\n"
    assert mail["To"] == "me@example.org, you@example.org" and mail["Bcc"] is None, mail.items()
    assert "Bücher" in mail["Subject"] and mail["Auto-Submitted"] == "auto-generated", mail.items()
    assert mail.get_content().strip() == "Run 1 failed.", mail.get_content()
    assert not mail.defects and mail["Date"].datetime.year >= 2026, mail["Date"]


def test_wrong_settings(box):
    configure(box, {"a": {"when": "failed", "tell": ["nobody"]}, "b": {"pipeline": "x"}, "c": {"when": "not-run"}},
              {"x": {}, "y": {"webhook": "file:///etc/passwd"}, "z": {"mail": ["-oQ/tmp"]}})
    _, err = box.run("alerts", "rules", code=2)
    for text in ("tells “nobody”", "“b” does not say when", "“c” does not say after which time",
                 "“x” has to have one of", "no address with https", "mails to “-oQ/tmp”"):
        assert text in err, (text, err)
    _, err = box.run("alerts", "test", "q", code=3)
    assert "there is no channel “q”" in err, err
    box.run("alerts", "what", code=2)
    box.run("settings", "set", "alerts.rules.d.when", "sometimes", code=2)


def test_empty(box):
    _, err = box.run("alerts")
    assert "There are no rules" in err, err
    out, _ = box.run("alerts", "rules")
    assert "notification on the desktop" in out, out


main()
