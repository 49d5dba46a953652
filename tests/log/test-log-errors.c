/* test-log-errors.c: the lines of a log that say what went wrong
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "log/runnel-log-errors.h"

static const char *const errors[] = {
  "::error file=a.c,line=3::broken",
  "2026-01-31T23:59:59.1234567Z ##[error]Process completed with exit code 1.",
  "main.c:3:5: error: expected ';' before 'return'",
  "src/a b.cpp:10: fatal error: nothing.h: No such file or directory",
  "clang: error: linker command failed with exit code 1 (use -v to see invocation)",
  "error[E0382]: borrow of moved value: `x`",
  "error: could not compile `thing` due to previous error",
  "\033[1m\033[31merror\033[0m\033[1m: aborting\033[0m",
  "src/index.ts(3,5): error TS2304: Cannot find name 'x'.",
  "/usr/bin/ld: main.o: undefined reference to `foo'",
  "collect2: error: ld returned 1 exit status",
  "make[1]: *** [Makefile:3: all] Error 1",
  "make: *** No rule to make target 'x'.  Stop.",
  "FAILED: src/librunnel.a.p/main.c.o",
  "npm ERR! code ELIFECYCLE",
  "fatal: not a git repository",
  "/bin/sh: 1: nothing: not found",
  "bash: line 1: nothing: command not found",
  "FAILED tests/test_a.py::test_one - assert 1 == 2",
  "E       assert 1 == 2",
  "Traceback (most recent call last):",
  "ValueError: invalid literal for int()",
  "--- FAIL: TestOne (0.00s)",
  "panic: runtime error: index out of range",
  "thread 'main' panicked at src/main.rs:2:5:",
  "test tests::one ... FAILED",
  "[ERROR] Failed to execute goal",
  "not ok 3 - it works",
  "    not ok 1 - nested",
  "Exception in thread \"main\" java.lang.NullPointerException",
  "java.lang.IllegalStateException: no",
  "Caused by: org.acme.DeepException: why",
  "Segmentation fault (core dumped)",
  "==123==ERROR: AddressSanitizer: heap-use-after-free",
  "2026-01-31 23:59:59,123 ERROR [main] it broke",
  "time=1 level=error msg=x",
  "** (process:1): CRITICAL **: it broke",
  "ERROR: test_one (tests.Test)",
};

static const char *const no_errors[] = {
  "",
  "no errors found",
  "0 errors, 0 warnings",
  "checking for errors... none",
  "ok 1 - error: is printed",
  "not ok 2 - known # TODO later",
  "main.c:3:5: warning: unused variable 'error'",
  "  -Werror=return-type: YES",
  "Compiling error-handling v1.0",
  "PASSED tests/test_error.py::test_error",
  "[ 12%] Building C object error.c.o",
  "/home/me/error.log",
  "2026-01-31 23:59:59,123 INFO no ERROR here",
};

static guint
count_in (RunnelLogPattern *pattern,
          const char       *line)
{
  g_autoptr(RunnelLogMatcher) matcher = runnel_log_matcher_new (pattern);
  RunnelLogBlock block = { .data = (char *) line, .length = strlen (line) };

  return runnel_log_matcher_count (matcher, &block);
}

static void
test_errors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_test_message ("%s", errors[i]);
      g_assert_cmpuint (count_in (runnel_log_errors_get_pattern (), errors[i]), ==, 1);
    }
}

static void
test_no_errors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (no_errors); i++)
    {
      g_test_message ("%s", no_errors[i]);
      g_assert_cmpuint (count_in (runnel_log_errors_get_pattern (), no_errors[i]), ==, 0);
    }
}

static void
test_red (void)
{
  g_autoptr(RunnelLogPattern) pattern = runnel_log_pattern_new_red ();
  g_autoptr(RunnelLogMatcher) matcher = runnel_log_matcher_new (pattern);
  const char *bytes = "a \033[91mred\033[32mgreen\033[31m!";
  RunnelLogSpan line = { bytes, strlen (bytes), 0 };
  gsize length, start, end;
  const char *text;

  g_assert_cmpuint (count_in (pattern, "plain\nred 31\n"), ==, 0);
  g_assert_cmpuint (count_in (pattern, "\033[32mgreen\033[0m\n\033[31m\033[0m\n"), ==, 0);
  g_assert_cmpuint (count_in (pattern, "\033[31mred\033[0m\n\033[1;91mred too\n"), ==, 2);

  text = runnel_log_matcher_read (matcher, &line, &length);
  g_assert_true (runnel_log_matcher_find (matcher, text, length, 0, &start, &end));
  g_assert_cmpuint (start, ==, 2);
  g_assert_cmpuint (end, ==, 5);
  g_assert_true (runnel_log_matcher_find (matcher, text, length, end, &start, &end));
  g_assert_cmpuint (start, ==, 10);
  g_assert_false (runnel_log_matcher_find (matcher, text, length, end, &start, &end));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/errors/errors", test_errors);
  g_test_add_func ("/log/errors/no-errors", test_no_errors);
  g_test_add_func ("/log/errors/red", test_red);
  return g_test_run ();
}
