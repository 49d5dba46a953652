/* test-step-card.c: what a step's card says about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-step-card.h"
#include "designer/canvas/runnel-step-marks.h"
#include "engine/kinds/runnel-kinds.h"

static RunnelStep *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  return runnel_step_new (json_node_get_object (node), "", NULL);
}

static void
assert_summary (const char *text,
                const char *summary)
{
  g_autoptr(RunnelStep) step = parse (text);
  g_autofree char *actual = runnel_step_card_get_summary (step);

  g_assert_cmpstr (actual, ==, summary);
}

static void
test_summary (void)
{
  assert_summary ("{\"id\": \"a\", \"kind\": \"command\", \"with\": {\"argv\": [\"make\", \"-j4\"]}}",
                  "make -j4");
  assert_summary ("{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"#!x\\n\\n  ls -l\\npwd\"}}",
                  "ls -l");
  assert_summary ("{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"# nothing\\n\"}}",
                  "Script");
  assert_summary ("{\"id\": \"a\", \"kind\": \"command\"}", "Command");
  assert_summary ("{\"id\": \"a\", \"kind\": \"no-such-kind\"}", "no-such-kind");
  assert_summary ("{\"id\": \"a\"}", "No kind");
  assert_summary ("{\"id\": \"a\", \"kind\": \"command\", \"with\": {\"argv\": [1, {}, \"x\"]}}", "x");
  assert_summary ("{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": {\"b\": 1}}}", "{\"b\":1}");
}

/* a long line is cut, never inside a character */
static void
test_long_summary (void)
{
  g_autoptr(GString) text = g_string_new ("{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"x");
  g_autoptr(RunnelStep) step = NULL;
  g_autofree char *summary = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append (text, "é");
  g_string_append (text, "\"}}");
  step = parse (text->str);
  summary = runnel_step_card_get_summary (step);
  g_assert_true (g_utf8_validate (summary, -1, NULL));
  g_assert_cmpuint (strlen (summary), <, 300);
}

static void
test_badges (void)
{
  g_autoptr(RunnelStep) plain = parse ("{\"id\": \"a\", \"kind\": \"command\"}");
  g_autoptr(RunnelStep) full = parse (
    "{\"id\": \"a\", \"kind\": \"command\", \"if\": \"success()\", \"retry\": 2, \"timeout\": \"5m\","
    " \"matrix\": {\"os\": [\"a\"]}, \"pool\": \"p\", \"undo\": {\"kind\": \"command\"},"
    " \"continue-on-error\": true, \"artifacts\": [\"*.deb\"], \"breaker\": {\"failures\": 3},"
    " \"cache\": {\"key\": \"k\"}, \"env\": {\"T\": \"${{ secrets.TOKEN }}\"}}");

  g_assert_cmpuint (runnel_step_card_get_badges (plain), ==, 0);
  g_assert_cmpuint (runnel_step_card_get_badges (full), ==,
                    RUNNEL_BADGE_CONDITION | RUNNEL_BADGE_RETRY | RUNNEL_BADGE_TIMEOUT
                      | RUNNEL_BADGE_MATRIX | RUNNEL_BADGE_POOL | RUNNEL_BADGE_UNDO
                      | RUNNEL_BADGE_CACHE | RUNNEL_BADGE_SECRETS
                      | RUNNEL_BADGE_ARTIFACTS | RUNNEL_BADGE_BREAKER | RUNNEL_BADGE_CONTINUE);
}

static void
assert_count (const char *matrix,
              const char *count)
{
  g_autofree char *text = g_strdup_printf ("{\"id\": \"a\", \"kind\": \"command\","
                                           " \"matrix\": %s}", matrix);
  g_autoptr(RunnelStep) step = parse (text);
  g_autofree char *actual = runnel_step_card_get_count (step);

  g_assert_cmpstr (actual, ==, count);
}

static void
test_count (void)
{
  assert_count ("{\"os\": [\"a\", \"b\"], \"cc\": [\"x\", \"y\", \"z\"], \"max-parallel\": 2}", "6");
  assert_count ("{\"os\": \"${{ fromJSON(params.os) }}\", \"cc\": [\"x\"]}", NULL);
  assert_count ("\"${{ fromJSON(params.all) }}\"", NULL);
  assert_count ("{\"os\": [\"a\", \"b\"], \"exclude\": [{\"os\": \"a\"}], \"include\": [{\"os\": \"c\"}]}", "2");
}

static void
test_marks (void)
{
  g_autoptr(RunnelStep) plain = parse ("{\"id\": \"a\", \"kind\": \"command\"}");
  g_autoptr(RunnelStep) step = parse (
    "{\"id\": \"a\", \"kind\": \"command\", \"retry\": 1, \"timeout\": \"5m\","
    " \"matrix\": {\"os\": [\"a\", \"b\"]}, \"pool\": {\"name\": \"gpu\", \"slots\": 2},"
    " \"undo\": {\"kind\": \"script\"}, \"artifacts\": [\"*.deb\", \"*.rpm\"]}");
  g_autofree char *text = runnel_step_marks_describe (step);

  g_assert_null (runnel_step_marks_describe (plain));
  g_assert_cmpstr (text, ==,
                   "Is tried again 1 time\nFails after 5m\nRuns once for each of 2 combinations\n"
                   "Takes 2 of pool gpu\nCan be undone: Script\nKeeps *.deb, *.rpm");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();

  g_test_add_func ("/designer/step-card/summary", test_summary);
  g_test_add_func ("/designer/step-card/long-summary", test_long_summary);
  g_test_add_func ("/designer/step-card/badges", test_badges);

  g_test_add_func ("/designer/step-card/count", test_count);
  g_test_add_func ("/designer/step-card/marks", test_marks);

  return g_test_run ();
}
