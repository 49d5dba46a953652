#!/usr/bin/env python3
"""A rule is written, a run breaks it, somebody is told, and a good run resolves it.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import os

from designer import open_designer, run_tests, wait_for

PIPELINE = {
    "format": 1,
    "name": "Nightly",
    "steps": [{"id": "build", "kind": "script", "with": {"run": "[ ! -e bad ]"}}],
}


def read_alerts(home):
    path = home.path / "config" / "runnel" / "settings.json"
    return json.loads(path.read_text(encoding="utf-8")).get("alerts", {}) if path.exists() else {}


def fill_entry(designer, title, text):
    entry = designer.wait("text", title)
    designer.click(entry)
    designer.key("ctrl+a")
    designer.type(text)
    wait_for(lambda: designer.get_text(entry) == text, f"“{text}” in {title}")


def open_page(designer):
    designer.key("ctrl+k")
    designer.wait("label", "History of Changes")
    designer.type("Alerts")
    designer.wait("label", "Alerts")
    designer.key("Return")
    designer.wait("push button", contains="Check Now")


def add_rule(home, designer):
    designer.press(designer.wait("push button", "Add a Rule"))
    fill_entry(designer, "Name of the rule", "nightly is broken")
    fill_entry(designer, "Pipeline: its name or file, * for all", "Nightly")
    designer.press(designer.wait("push button", contains="_Save"))
    rule = wait_for(lambda: read_alerts(home).get("rules", {}).get("nightly is broken"), "the rule in the settings")
    assert rule == {"pipeline": "Nightly", "when": "failed", "tell": ["desktop"]}, rule
    designer.wait("label", "nightly is broken")


def test_alerts(home):
    desktop = home.desktop
    path = home.work / "nightly.runnel.json"
    path.write_text(json.dumps(PIPELINE), encoding="utf-8")
    designer = open_designer(home, path)
    designer.get_step("build")
    open_page(designer)
    designer.wait("label", "Nothing is wrong by the rules")
    add_rule(home, designer)

    # The run tells the desktop by itself, and the window shows that something is wrong.
    (home.work / "bad").touch()
    home.runnel("run", str(path), check=False)
    told = desktop.wait("Alert: Nightly")
    assert desktop.shown[told][1] == "Run 1 failed.", desktop.shown[told]
    designer.wait("push button", contains="1 Open Alert")
    designer.press(designer.wait("push button", contains="Check Now"))
    designer.wait("label", contains="Run 1 failed.")

    (home.work / "bad").unlink()
    home.runnel("run", str(path))
    desktop.wait("Resolved: Nightly")
    designer.press(designer.wait("push button", contains="Check Now"))
    designer.wait("label", contains="Run 2 succeeded.")
    wait_for(lambda: designer.find("push button", contains="Open Alert") is None, "the button to go")

    # A test of the channel, and the rule goes.
    designer.press(designer.wait("push button", "Send a Test Message"))
    desktop.wait("Alert: a test")
    designer.press(designer.wait("push button", "Remove the Rule"))
    wait_for(lambda: not read_alerts(home).get("rules"), "the rule to go")
    if "RUNNEL_SCREENSHOT" in os.environ:
        designer.screenshot(os.environ["RUNNEL_SCREENSHOT"])


if __name__ == "__main__":
    run_tests([("/e2e/alerts", test_alerts)])
