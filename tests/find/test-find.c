/* test-find.c: where in a pipeline something stands
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "find/runnel-find.h"

#define PIPELINE \
  "{\"format\": 1, \"name\": \"Nightly build\"," \
  " \"parameters\": {\"target\": {\"default\": \"release\", \"description\": \"How to build\"}}," \
  " \"env\": {\"CFLAGS\": \"-O2\"}," \
  " \"steps\": [" \
  "{\"id\": \"make\", \"name\": \"Build all\", \"kind\": \"command\"," \
  "  \"with\": {\"argv\": [\"make\", \"-j4\", \"all\"]}, \"env\": {\"DESTDIR\": \"/tmp/x\"}}," \
  "{\"id\": \"check\", \"kind\": \"script\", \"needs\": [\"make\"], \"timeout\": \"90s\", \"priority\": 7," \
  "  \"with\": {\"run\": \"set -e\\n  make check  \\necho \\\"gr\\u00fcn\\\"\\nmake dist\"}}]," \
  " \"notes\": [{\"id\": \"why\", \"text\": \"Needs 8 GB\"}]," \
  " \"layout\": {\"steps\": {\"make\": [0, 0], \"check\": [300, 0]}}}"

static gboolean
append_cb (const RunnelFound *found,
           gpointer           user_data)
{
  g_string_append_printf (user_data, "%s %s: %.*s<%.*s>%s\n", found->step ? found->step->id : "-",
                          found->path, (int) found->start, found->text,
                          (int) (found->end - found->start), found->text + found->start,
                          found->text + found->end);
  return TRUE;
}

static void
assert_found (const char         *pattern_text,
              RunnelPatternFlags  flags,
              const char         *expected)
{
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (PIPELINE, -1, NULL, NULL);
  g_autoptr(RunnelPattern) pattern = runnel_pattern_new (pattern_text, flags, NULL);
  g_autoptr(GString) found = g_string_new (NULL);

  g_assert_nonnull (pipeline);
  g_assert_true (runnel_find_in_pipeline (pattern, pipeline, append_cb, found));
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_names (void)
{
  assert_found ("build", 0,
                "- name: Nightly <build>\n"
                "- parameters.target.description: How to <build>\n"
                "make name: <Build> all\n");
  assert_found ("Build", RUNNEL_PATTERN_CASE, "make name: <Build> all\n");
}

/* `needs` says nothing of the step that has it. */
static void
test_commands (void)
{
  assert_found ("make", 0,
                "make id: <make>\n"
                "make with.argv[0]: <make>\n"
                "check with.run: <make> check\n"
                "check with.run: <make> dist\n");
  assert_found ("grün", 0, "check with.run: echo \"<grün>\"\n");
  assert_found ("^make", RUNNEL_PATTERN_REGEX,
                "make id: <make>\n"
                "make with.argv[0]: <make>\n"
                "check with.run: <make> dist\n");
}

static void
test_parameters_and_variables (void)
{
  assert_found ("target", 0, "- parameters.target: <target>\n");
  assert_found ("release", 0, "- parameters.target.default: <release>\n");
  assert_found ("destdir", 0, "make env.DESTDIR: <DESTDIR>\n");
  assert_found ("cflags", 0, "- env.CFLAGS: <CFLAGS>\n");
}

static void
test_other_values (void)
{
  assert_found ("90s", 0, "check timeout: <90s>\n");
  assert_found ("7", 0, "check priority: <7>\n");
  assert_found ("8 gb", 0, "- notes[0].text: Needs <8 GB>\n");
  assert_found ("script", 0, "check kind: <script>\n");
}

/* Names of the format and places on the canvas are nothing to look for. */
static void
test_not_found (void)
{
  assert_found ("argv", 0, "");
  assert_found ("300", 0, "");
  assert_found ("description", 0, "");
  assert_found ("missing", 0, "");
}

static gboolean
stop_cb (const RunnelFound *found,
         gpointer           user_data)
{
  (*(guint *) user_data)++;
  return FALSE;
}

static void
test_stop (void)
{
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (PIPELINE, -1, NULL, NULL);
  g_autoptr(RunnelPattern) pattern = runnel_pattern_new ("make", 0, NULL);
  guint n_calls = 0;

  g_assert_false (runnel_find_in_pipeline (pattern, pipeline, stop_cb, &n_calls));
  g_assert_cmpuint (n_calls, ==, 1);
}

/* A line of a megabyte is shown around the place only, and not in the middle of a letter. */
static void
test_long_line (void)
{
  g_autoptr(GString) json = g_string_new ("{\"format\": 1, \"name\": \"");
  g_autoptr(RunnelPipeline) pipeline = NULL;
  g_autoptr(RunnelPattern) pattern = runnel_pattern_new ("needle", 0, NULL);
  g_autoptr(GString) found = g_string_new (NULL);

  for (guint i = 0; i < 100000; i++)
    g_string_append (json, "äöü");
  g_string_append (json, "needle");
  for (guint i = 0; i < 100000; i++)
    g_string_append (json, "äöü");
  g_string_append (json, "\", \"steps\": []}");
  pipeline = runnel_pipeline_new_from_text (json->str, -1, NULL, NULL);
  g_assert_true (runnel_find_in_pipeline (pattern, pipeline, append_cb, found));
  g_assert_true (g_utf8_validate (found->str, -1, NULL));
  g_assert_nonnull (strstr (found->str, "<needle>"));
  g_assert_cmpuint (found->len, <, 200);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/find/find/names", test_names);
  g_test_add_func ("/find/find/commands", test_commands);
  g_test_add_func ("/find/find/parameters-and-variables", test_parameters_and_variables);
  g_test_add_func ("/find/find/other-values", test_other_values);
  g_test_add_func ("/find/find/not-found", test_not_found);
  g_test_add_func ("/find/find/stop", test_stop);
  g_test_add_func ("/find/find/long-line", test_long_line);
  return g_test_run ();
}
