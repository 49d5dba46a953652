#!/usr/bin/env python3
"""Runs every suite, once as built and once under the sanitizers, and counts the single checks.

SPDX-License-Identifier: GPL-3.0-or-later

usage: tests/run.py [SUITE...]

The folders build-test and build-asan are configured and built before (./dev test does it). The last
line reads "N passed, N failed, N skipped", where each line of a suite's TAP output counts.
"""

import itertools
import json
import os
import re
import subprocess
import sys

BUILDS = ["build-test", "build-asan"]

# What a sanitizer finds is a failure of the test, also in a process that the test started.
SANITIZER_ENV = {
    "ASAN_OPTIONS": "detect_leaks=0:abort_on_error=1:handle_abort=0:detect_stack_use_after_return=0",
    "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
}

N_AT_ONCE = "3"  # tests; those with windows mostly wait, so this keeps two cores busy
MOST_TOLD = 30  # lines about one check
MOST_AGAIN = 5  # tests; when more fail, it is not the machine

FAILED_LINE = re.compile(r"\s*(not ok|Bail out!)")
TAP_LINE = re.compile(r"^\s*(not ok|ok)\b(.*)$", re.MULTILINE)


class Count:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.failures = []  # what is told of each test that failed
        self.unsteady = []  # and of each that passed only when it was run again, alone

    def add_tap(self, text):
        """Counts the lines of one test's TAP output; says whether there were any."""
        lines = TAP_LINE.findall(text)
        for verdict, rest in lines:
            if re.search(r"#\s*skip", rest, re.IGNORECASE):
                self.skipped += 1
            elif verdict == "ok" or re.search(r"#\s*todo", rest, re.IGNORECASE):
                self.passed += 1
            else:
                self.failed += 1
        return bool(lines)

    def add_test(self, test):
        before = self.failed
        has_tap = self.add_tap(test.get("stdout") or "")
        if test["result"] in ("OK", "EXPECTEDFAIL"):
            if not has_tap:
                self.passed += 1
        elif test["result"] == "SKIP":
            if not has_tap:
                self.skipped += 1
        elif self.failed == before:
            # It crashed or timed out: the check that was under way printed no line.
            self.failed += 1


def print_failure(test):
    print(f"---- {test['name']}: {test['result']} ----")
    for stream in ("stdout", "stderr"):
        text = (test.get(stream) or "").rstrip()
        if text:
            print("\n".join(text.splitlines()[-80:]))


def tell_failures(test):
    """The checks of a test that failed, each with what is said of it, for those who see only the end of all this."""
    lines = (test.get("stdout") or "").splitlines()
    told = []
    for number, line in enumerate(lines):
        if FAILED_LINE.match(line):
            more = itertools.takewhile(lambda text: text.startswith("# "), lines[number + 1:number + 1 + MOST_TOLD])
            told += [line, *more]
    told += [line for line in (test.get("stderr") or "").splitlines() if line.startswith("SUMMARY: ")]
    return "\n  ".join([f"{test['name']}: {test['result']}", *told])


def run_tests(build, arguments):
    """Returns what meson tells of each test, or None when it did not get to run any."""
    log = os.path.join(build, "meson-logs", "testlog.json")
    if os.path.exists(log):
        os.remove(log)
    command = ["meson", "test", "-C", build, "--no-rebuild", "--print-errorlogs", *arguments]
    subprocess.run(command, env=dict(os.environ, **SANITIZER_ENV), stdin=subprocess.DEVNULL)
    if not os.path.exists(log):
        return None
    with open(log, encoding="utf-8", errors="replace") as lines:
        return [json.loads(line) for line in lines]


def has_failed(test):
    count = Count()
    count.add_test(test)
    return count.failed > 0


def is_certain(test):
    """What a sanitizer finds is wrong, however often it does not come."""
    return "SUMMARY: " in (test.get("stderr") or "")


def run_again(build, tests):
    """Runs each test that failed once more, alone: on a machine with few cores, a window that got no time for too
    long fails one now and then. What failed first is printed all the same. Returns the tests that passed now."""
    names = [test["name"].rpartition(" / ")[2] for test in tests if has_failed(test) and not is_certain(test)]
    if not names or len(names) > MOST_AGAIN:
        return {}
    print(f"==== {build}: once more, alone: {' '.join(names)} ====", flush=True)
    second = run_tests(build, ["--num-processes", "1", *names]) or []
    return {test["name"]: test for test in second if not has_failed(test)}


def run_build(build, suites, count):
    print(f"==== {build}: {' '.join(suites) or 'all suites'} ====", flush=True)
    chosen = [word for suite in suites for word in ("--suite", suite)]
    tests = run_tests(build, ["--num-processes", N_AT_ONCE, *chosen])
    if tests is None:
        print(f"{build}: meson test did not run")
        count.failed += 1
        return
    for test in tests:
        if has_failed(test):
            print_failure(test)
    again = run_again(build, tests)
    for test in tests:
        if test["name"] in again:
            count.unsteady.append(f"{build}, {tell_failures(test)}")
            test = again[test["name"]]
        before = count.failed
        count.add_test(test)
        if count.failed > before:
            count.failures.append(f"{build}, {tell_failures(test)}")


def main():
    os.chdir(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    count = Count()
    for build in BUILDS:
        run_build(build, sys.argv[1:], count)
    if count.unsteady:
        print("==== Passed only when run again, alone ====", *count.unsteady, sep="\n")
    if count.failures:
        print("==== What failed ====", *count.failures, sep="\n")
    print(f"{count.passed} passed, {count.failed} failed, {count.skipped} skipped")
    return 1 if count.failed or not count.passed else 0


if __name__ == "__main__":
    sys.exit(main())
