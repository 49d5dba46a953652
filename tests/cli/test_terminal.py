# test_terminal.py: runnel run on a terminal
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import re

from runnel_test import command, main, script


class Screen:
    """As much of a terminal as the command uses: what would a person see?"""

    def __init__(self, width):
        self.width = width
        self.rows = [""]
        self.row = 0
        self.column = 0

    def feed(self, data):
        for text, escape in re.findall(r"([^\033]+)|(\033\[[0-9;]*[A-Za-z])", data):
            if escape:
                self.escape(escape)
            for character in text:
                self.put(character)

    def escape(self, escape):
        number = int(re.sub(r"\D", "", escape.split(";")[0]) or 0)
        if escape[-1] == "A":
            self.row = max(self.row - number, 0)
        elif escape[-1] == "K":
            self.rows[self.row] = self.rows[self.row][: self.column]
        elif escape[-1] == "J":
            self.rows[self.row] = self.rows[self.row][: self.column]
            del self.rows[self.row + 1 :]
        else:
            assert escape[-1] == "m", escape

    def put(self, character):
        if character == "\r":
            self.column = 0
        elif character == "\n":
            self.down()
        else:
            if self.column == self.width:
                self.column = 0
                self.down()
            line = self.rows[self.row].ljust(self.column)
            self.rows[self.row] = line[: self.column] + character + line[self.column + 1 :]
            self.column += 1

    def down(self):
        self.row += 1
        if self.row == len(self.rows):
            self.rows.append("")


def show(terminal, width=80):
    screen = Screen(width)
    screen.feed(terminal.output.decode())
    return [row.rstrip() for row in screen.rows]


def test_success_leaves_one_line(box):
    box.pipeline(*[command(f"s{i}", "true") for i in range(5)])
    terminal = box.terminal("run", "p.runnel.json")
    assert terminal.finish() == 0
    rows = show(terminal)
    assert re.fullmatch(r"✓ Run 1 succeeded in .* \(5 succeeded\)\. See: runnel show 1", rows[0])
    assert rows[1:] == [""]


def test_failure_stays_with_its_log(box):
    box.pipeline(script("bad", "echo one; echo two; exit 4"), command("good", "true"))
    terminal = box.terminal("run", "p.runnel.json")
    assert terminal.finish() == 1
    rows = show(terminal)
    assert rows[0].startswith("✗ bad  failed after")
    assert rows[1:3] == ["  │ one", "  │ two"]
    assert rows[3].startswith("✗ Run 1 failed in")


def test_block_shows_what_runs(box):
    box.pipeline(script("long", "echo; while ! test -e go; do sleep 0.02; done"),
                 command("later", "true", needs=["long"]))
    terminal = box.terminal("run", "p.runnel.json")
    terminal.wait_for("1 running")
    rows = show(terminal)
    assert re.fullmatch(r"● long   .*s", rows[0])
    assert re.fullmatch(r"Run 1  .*  of 2 steps: 1 running", rows[1])
    box.write("go", "")
    assert terminal.finish() == 0
    assert len(show(terminal)) == 2


def test_lines_fit_the_width(box):
    box.pipeline(*[script("s" + "x" * 70 + str(i), "while ! test -e go; do sleep 0.02; done")
                   for i in range(2)])
    terminal = box.terminal("run", "-j2", "p.runnel.json", width=30)
    terminal.wait_for("of 2 steps: 2")
    assert re.fullmatch(r"● sx{13}…  \d+ ms", show(terminal, 30)[0]), show(terminal, 30)
    terminal.resize(24, 24)
    seen = len(terminal.output)
    box.wait_for(lambda: terminal.read() and len(terminal.output) > seen + 400, "another frame")
    last = terminal.output.decode().split("\033[J")[-2]
    widths = [len(re.sub(r"\033\[[0-9;]*[A-Za-z]", "", line)) for line in last.splitlines()]
    assert max(widths) <= 24, widths
    box.write("go", "")
    assert terminal.finish() == 0


def test_many_running_steps_are_summed_up(box):
    box.pipeline(*[script(f"s{i}", "while ! test -e go; do sleep 0.05; done") for i in range(20)])
    terminal = box.terminal("run", "-j20", "p.runnel.json", height=20)
    terminal.wait_for("20 running")
    rows = show(terminal)
    assert rows[6] == "  and 14 more" and len(rows) == 9, rows
    box.write("go", "")
    assert terminal.finish() == 0


def test_no_color(box):
    box.pipeline(command("bad", "false"))
    terminal = box.terminal("run", "p.runnel.json", NO_COLOR="1")
    assert terminal.finish() == 1
    assert not re.search(rb"\033\[[0-9;]*m", terminal.output)
    colored = box.terminal("run", "p.runnel.json")
    assert colored.finish() == 1
    assert b"\033[31m" in colored.output


def test_dumb_terminal_gets_lines(box):
    box.pipeline(command("one", "true"))
    terminal = box.terminal("run", "p.runnel.json", TERM="dumb")
    assert terminal.finish() == 0
    assert b"\033" not in terminal.output
    assert b"one  succeeded in" in terminal.output


def test_control_c_cancels(box):
    box.pipeline(script("long", "echo; sleep 1000"))
    terminal = box.terminal("run", "p.runnel.json", width=120)
    terminal.wait_for("1 running")
    terminal.type(b"\x03")
    assert terminal.finish() == 130
    rows = show(terminal, 120)
    assert rows[-2].startswith("⊘ Run 1 cancelled in"), rows


def test_closed_terminal_cancels(box):
    box.pipeline(script("long", "echo; sleep 1000"))
    terminal = box.terminal("run", "p.runnel.json")
    terminal.wait_for("1 running")
    os.close(terminal.fd)
    _, status = os.waitpid(terminal.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 130
    box.wait_for_step(1, "long", "cancelled")


def test_question_names_the_command(box):
    box.pipeline({"id": "ask", "kind": "approval", "with": {"prompt": "Go on?"}})
    terminal = box.terminal("run", "p.runnel.json", width=120)
    terminal.wait_for("waits for a person: Go on? (runnel approve 1 ask)")
    box.run("approve", "1", "ask")
    assert terminal.finish() == 0


def test_names_do_nothing_to_the_terminal(box):
    """Whoever names a file, a pipeline or a step, or writes a text, writes no commands to a terminal."""
    evil = "\x1b]0;owned\x07\x1b[31m\x9b5m"
    box.pipeline(command("a", "sh", "-c", "exit 3", name="Step" + evil), command("b", "true", name="B" + evil),
                 name="p.runnel.json", description=evil)
    with open(box.path("p.runnel.json"), encoding="utf-8") as file:
        box.write(f"{evil}.runnel.json", file.read().replace('"Test"', json.dumps("Test" + evil)))
    box.pipeline(command("a" + evil, "true"), command("c", "true", kind="no" + evil), name="bad.runnel.json",
                 **{"key" + evil: 1})
    told = ""
    for *args, code in (
            ("run", f"{evil}.runnel.json", 1), ("list", 0), ("show", "1", 0), ("gantt", "1", 0),
            ("stats", 0), ("audit", 0), ("explain", "1", "a", 0), ("validate", f"{evil}.runnel.json", 0),
            ("validate", "bad.runnel.json", 2), ("run", f"none{evil}", 3), ("show", evil, 2),
            ("list", f"state:{evil}", 2), ("settings", "get", evil, 3), ("history", "import", f"none{evil}", 3),
            ("label", "1", f"+{evil}", 2), ("logs", "1", evil, 3), ("rerun", "1", "--from", evil, 3), (evil, 2),
            ("diff", "p.runnel.json", f"{evil}.runnel.json", 1), ("find", "Step", 0),
            ("format", "--check", f"{evil}.runnel.json", 1), ("logs", "--search", "x", 1), ("gc", "-n", 0)):
        told += "".join(box.run(*args, code=code))
    assert "Step" in told and not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", told), told


if __name__ == "__main__":
    main()
