/* runnel-log-errors.c: the lines of a log that say what went wrong
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "log/runnel-log-errors.h"

/* How programs say that something went wrong, each as it stands in their sources or their manuals.
 * What is in a line of prose ("no errors found") is no error, so most begin their line, behind a
 * time and a name in brackets at most. */
#define TIME "(?:\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d\\S* )?"
#define TAG "(?:\\[[\\w./ -]{1,30}\\] )?"

static const char *const forms[] = {
  /* Workflow commands of GitHub and Azure */
  "::error\\b", "##\\[error\\]",
  /* gcc, clang, ld, rustc, go, tsc, javac: "FILE:LINE:COLUMN: error: TEXT" and without a place */
  "(?:[\\w./\\\\+ -]+:(?:\\d+:){0,2} |[\\w./\\\\-]+\\(\\d+,\\d+\\): )?(?:fatal |internal compiler )?error"
    "(?:\\[E?\\d+\\]| TS\\d+)?: ",
  "(?:/usr/bin/)?ld(?:\\.\\w+)?: .*undefined reference to ", "collect2: error",
  /* make, ninja, cmake, npm, git, sh */
  "g?make(?:\\[\\d+\\])?: \\*\\*\\* (?:\\[|No rule)", "FAILED: ", "CMake Error", "npm (?:ERR!|error) ", "fatal: ",
  "\\S*sh: (?:line )?\\d+: .*(?:not found|Permission denied)$",
  /* pytest, unittest, Python, go test, cargo test, JUnit with Maven and Gradle, TAP */
  "FAILED \\S", "(?:ERROR|FAIL): ", "E    +\\S", "Traceback \\(most recent call last\\):",
  "\\w*(?:Error|Exception): ", "--- FAIL: ", "FAIL\\t", "panic: ", "thread '.*' panicked at ",
  "test .* \\.\\.\\. FAILED", "\\[ERROR\\]", "FAILURE: ", "Execution failed for ",
  "\\s*not ok\\b(?!.*#\\s*(?:TODO|SKIP))",
  /* Java, JavaScript, Ruby, the kernel, sanitizers, glibc */
  "Exception in thread ", "(?:Caused by: )?(?:\\w+\\.)+\\w*(?:Exception|Error)\\b",
  "Uncaught \\w*Error", "Segmentation fault", "Killed$", "Aborted\\b",
  "==\\d+==\\s*ERROR: ", "\\S+: .*: Assertion `.*' failed",
  /* GLib, and programs that write levels */
  "\\*\\* (?:ERROR|\\(.*\\): ERROR|\\(.*\\): CRITICAL)", "(?:ERROR|FATAL|CRITICAL|SEVERE|PANIC)\\b",
  "\\S+ \\[?(?:ERROR|FATAL|CRITICAL|SEVERE)\\b", "(?:time=\\S+ )?level=(?:error|fatal|panic)\\b",
};

/* One of them is in each of the forms. The shortest decides how fast they are found. */
static const char *const words[] = {
  "error", "npm err", "failed", "failure", "fail:", "fail\t", "fatal", "xception", "not ok",
  "not found", "denied", "panic", "raceback", "undefined ref", "*** [", "*** no rule", "e    ", "segmentation",
  "killed", "aborted", "assertion", "critical", "severe",
};

static gpointer
make_pattern (gpointer data)
{
  g_autoptr(GString) text = g_string_new ("^" TIME TAG "(?:");

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", forms[i]);
  g_string_append (text, ").*");
  return runnel_log_pattern_new_with_words (text->str, words, G_N_ELEMENTS (words));
}

/**
 * runnel_log_errors_get_pattern:
 *
 * Compilers, test runners, shells and servers say in many ways that something went wrong. Where
 * none of them is found, runnel_log_pattern_new_red() is the last resort.
 *
 * Returns: (transfer none): what is in a line that says so, once in each
 */
RunnelLogPattern *
runnel_log_errors_get_pattern (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, make_pattern, NULL);
}
