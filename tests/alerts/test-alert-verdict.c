/* test-alert-verdict.c: whether a pipeline breaks a rule
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "alerts/runnel-alert-verdict.h"

#define S G_TIME_SPAN_SECOND

/* A rule as the settings hold it. */
static RunnelAlertRule *
make_rule (const char *json)
{
  g_autoptr(JsonNode) node = json_from_string (json, NULL);
  g_autoptr(GError) error = NULL;
  RunnelAlertRule *rule = runnel_alert_rule_new ("r", json_node_get_object (node), &error);

  g_assert_no_error (error);
  return rule;
}

/* Runs 1, 2, ... whose states and seconds are told, the earliest first: "+3" succeeded in 3 s, "-3"
 * failed. */
static GArray *
make_runs (const char *words)
{
  g_auto(GStrv) all = g_strsplit (words, " ", -1);
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (RunnelLatestRun));

  for (guint i = 0; all[i] != NULL && *all[i] != '\0'; i++)
    {
      RunnelLatestRun run = {
        .run = i + 1, .started = i * 1000 * S, .finished = i * 1000 * S + (gint64) (g_ascii_strtod (all[i] + 1, NULL) * S),
        .state = all[i][0] == '+' ? RUNNEL_STATE_SUCCEEDED : RUNNEL_STATE_FAILED,
      };

      g_array_prepend_val (runs, run);
    }
  return runs;
}

/* What is found by @rule: a text, "fine" or "unknown". */
static void
assert_verdict (const char *rule_json,
                const char *words,
                gint64      run,
                const char *expected)
{
  g_autoptr(RunnelAlertRule) rule = make_rule (rule_json);
  g_autoptr(GArray) runs = make_runs (words);
  g_autoptr(RunnelAlertVerdict) verdict = runnel_alert_judge_runs (rule, runs);
  const RunnelAlertFinding *finding = runnel_alert_verdict_find (verdict, rule->step);

  g_assert_cmpstr (!verdict->known ? "unknown" : finding != NULL ? finding->text : "fine", ==, expected);
  if (finding != NULL)
    g_assert_cmpint (finding->run, ==, run);
  if (verdict->known && finding == NULL)
    g_assert_nonnull (verdict->fine);
}

static void
assert_streak (const char *rule_json,
               const char *words,
               gint64      first_run,
               guint       n_runs)
{
  g_autoptr(RunnelAlertRule) rule = make_rule (rule_json);
  g_autoptr(GArray) runs = make_runs (words);
  g_autoptr(RunnelAlertVerdict) verdict = runnel_alert_judge_runs (rule, runs);
  const RunnelAlertFinding *finding = runnel_alert_verdict_find (verdict, NULL);

  g_assert_cmpint (finding->first_run, ==, first_run);
  g_assert_cmpuint (finding->n_runs, ==, n_runs);
}

static void
test_failed (void)
{
  const char *rule = "{\"when\": \"failed\"}";

  assert_verdict (rule, "", 0, "unknown");
  assert_verdict (rule, "-1 +1", 0, "fine");
  assert_verdict (rule, "+1 -1", 2, "Run 2 failed.");
  assert_verdict (rule, "-1 -1", 2, "Run 2 failed, as the one before it did.");
  assert_verdict (rule, "+1 -1 -1 -1", 4, "Run 4 failed, as the 2 before it did.");
  assert_streak (rule, "-1 +1 -1 -1 -1", 3, 3);
  assert_verdict ("{\"when\": \"failed\", \"step\": \"one\"}", "-1", 1, "Run 1 failed.");
}

static void
test_slower (void)
{
  const char *rule = "{\"when\": \"slower\", \"factor\": 2}";

  assert_verdict (rule, "-1 -1 -1 -1 -1 -1", 0, "unknown");
  assert_verdict (rule, "+3 +3 +3 +3 +9", 0, "unknown"); /* four say nothing about what is usual */
  assert_verdict (rule, "+3 +3 +3 +3 +3 +6", 0, "fine");
  assert_verdict (rule, "+3 +3 +3 +3 +3 +6.5", 6, "Run 6 took 6.5 s, usually it is 3.0 s.");
  /* A failure in between says nothing about how long a success takes. */
  assert_verdict (rule, "+3 +3 -90 +3 +3 +3 +7 -1", 7, "Run 7 took 7.0 s, usually it is 3.0 s.");
  /* Less than a second is not slow. */
  assert_verdict (rule, "+0.1 +0.1 +0.1 +0.1 +0.1 +0.9", 0, "fine");
}

static void
test_rate (void)
{
  const char *rule = "{\"when\": \"success-rate\", \"below\": 80, \"runs\": 5}";

  assert_verdict (rule, "-1 -1 -1 -1", 0, "unknown");
  assert_verdict (rule, "+1 +1 +1 +1 -1", 0, "fine");
  assert_verdict (rule, "+1 -1 +1 +1 -1", 5, "3 of the latest 5 runs succeeded.");
  assert_verdict ("{\"when\": \"success-rate\", \"runs\": 2}", "-1 +1", 2, "1 of the latest 2 runs succeeded.");
}

static void
test_silence (void)
{
  g_autoptr(RunnelAlertRule) rule = make_rule ("{\"when\": \"not-run\", \"after\": \"1h\"}");
  RunnelLatestPipeline pipeline = { .run = 7, .started = 1000 * S };
  g_autoptr(RunnelAlertVerdict) early = runnel_alert_judge_silence (rule, &pipeline, 4600 * S);
  g_autoptr(RunnelAlertVerdict) late = runnel_alert_judge_silence (rule, &pipeline, 4600 * S + 1);
  g_autoptr(RunnelAlertVerdict) never = NULL;

  g_assert_true (early->known);
  g_assert_null (runnel_alert_verdict_find (early, NULL));
  g_assert_nonnull (runnel_alert_verdict_find (late, NULL));
  pipeline.run = 0;
  never = runnel_alert_judge_silence (rule, &pipeline, G_MAXINT64);
  g_assert_false (never->known);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alerts/verdict/failed", test_failed);
  g_test_add_func ("/alerts/verdict/slower", test_slower);
  g_test_add_func ("/alerts/verdict/success-rate", test_rate);
  g_test_add_func ("/alerts/verdict/silence", test_silence);
  return g_test_run ();
}
