# peers.py: one set of steps, in the words of every program that can run it
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import shlex
import shutil


class Steps:
    """The same command a number of times: side by side, or each after the one before."""

    def __init__(self, name, argv, count, chain=False, kept=False):
        self.name, self.argv, self.count = name, argv, count
        self.chain = chain
        self.kept = kept  # the output is wanted: programs that don't keep it redirect it to files

    def needs(self, i):
        return [f"s{i - 1}"] if self.chain and i > 0 else []

    def write_pipeline(self, folder):
        path = folder / f"{self.name}.runnel.json"
        steps = [{"id": f"s{i}", "kind": "command", "with": {"argv": self.argv},
                  **({"needs": self.needs(i)} if self.needs(i) else {})} for i in range(self.count)]
        path.write_text(json.dumps({"format": 1, "name": self.name, "steps": steps}))
        return path

    def shell_command(self, i):
        return shlex.join(self.argv) + (f" > logs/s{i}.log" if self.kept else "")

    def write_makefile(self, folder):
        path = folder / f"{self.name}.mk"
        names = " ".join(f"s{i}" for i in range(self.count))
        lines = [f".PHONY: all {names}", f"all: {names}"]
        for i in range(self.count):
            lines += [" ".join([f"s{i}:", *self.needs(i)]), f"\t@{self.shell_command(i)}"]
        path.write_text("\n".join(lines) + "\n")
        return path

    def write_ninja(self, folder):
        path = folder / f"{self.name}.ninja"
        lines = ["rule step", "  command = $what"]
        for i in range(self.count):
            lines += [" ".join([f"build s{i}: step", *self.needs(i)]),
                      f"  what = {self.shell_command(i)}"]
        path.write_text("\n".join(lines) + "\n")
        return path

    def commands(self, build, folder, jobs):
        """A command by program. Those that are not installed are left out, with a word."""
        bare = build / "tests/bench/spawn-bench"
        commands = {
            "bare loop": [bare, "--bare", self.count, jobs, *self.argv],
            "runnel": [build / "src/cli/runnel", "run", self.write_pipeline(folder), "--jobs", jobs],
            "make": ["make", "-s", "-f", self.write_makefile(folder), f"-j{jobs}"],
            "ninja": ["ninja", "--quiet", "-f", self.write_ninja(folder), f"-j{jobs}"],
        }
        if self.kept:
            del commands["bare loop"]
        for program in ("make", "ninja"):
            if not shutil.which(program):
                print(f"{program} is not installed and left out")
                del commands[program]
        return {name: [str(word) for word in command] for name, command in commands.items()}
