/* test-run-facts.c: what is known of a run before anything happens in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "telemetry-fixture.h"

#define PARENT "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

static JsonObject *
make_trigger (const char *kind,
              const char *key,
              gint64      run)
{
  JsonObject *trigger = json_object_new ();

  json_object_set_string_member (trigger, "kind", kind);
  json_object_set_int_member (trigger, key, run);
  return trigger;
}

static void
test_new_run (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelRunFacts) facts = make_facts (history, PARENT);
  g_autofree char *url = runnel_run_facts_make_url (facts, "s0", 2);
  g_autofree char *run_url = runnel_run_facts_make_url (facts, NULL, 0);
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (facts->pipeline, ==, "Build");
  g_assert_cmpstr (facts->host, ==, g_get_host_name ());
  g_assert_cmpstr (runnel_trace_context_get_parent (facts->trace), ==, "b7ad6b7169203331");
  g_assert_null (facts->origin);
  g_assert_true (g_str_has_prefix (run_url, "file://"));
  g_assert_true (g_str_has_suffix (url, "/runs/1/s0.2.log"));
  g_assert_null (runnel_run_facts_new (history, 99, NULL, NULL, &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_NOT_FOUND);
}

/* What a run kept of itself holds, and not what is so now. */
static void
test_past_run (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(JsonObject) details = json_object_new ();
  JsonObject *git = json_object_new ();
  JsonObject *commit = json_object_new ();
  gint64 run = add_run (history, "", 1);
  const RunnelEvent start = { .type = RUNNEL_EVENT_RUN_STARTED, .time = T0, .run = run,
                              .state = RUNNEL_STATE_RUNNING, .details = details };
  g_autoptr(RunnelRunFacts) facts = NULL;

  json_object_set_string_member (details, "host", "elsewhere");
  json_object_set_string_member (details, "user", "ana");
  json_object_set_string_member (details, "traceparent", PARENT);
  json_object_set_object_member (details, "trigger", make_trigger ("schedule", "x", 1));
  json_object_set_object_member (git, "git", commit);
  json_object_set_string_member (commit, "commit", "1a2b3c");
  json_object_set_string_member (commit, "branch", "main");
  json_object_set_object_member (details, "fingerprint", git);
  record_event (history, &start);
  facts = runnel_run_facts_new (history, run, NULL, NULL, NULL);
  g_assert_cmpstr (facts->pipeline, ==, "many.runnel.json");
  g_assert_cmpstr (facts->host, ==, "elsewhere");
  g_assert_cmpstr (facts->user, ==, "ana");
  g_assert_cmpstr (facts->trigger, ==, "schedule");
  g_assert_nonnull (facts->vcs);
  g_assert_cmpstr (facts->vcs->revision, ==, "1a2b3c");
  g_assert_cmpstr (facts->vcs->branch, ==, "main");
  g_assert_cmpstr (runnel_trace_context_get_parent (facts->trace), ==, "b7ad6b7169203331");
}

static void
assert_origin (RunnelHistory *history,
               JsonObject    *trigger,
               gint64         origin,
               gboolean       is_known)
{
  g_autoptr(JsonObject) owned = trigger;
  g_autoptr(RunnelRunFacts) facts =
    runnel_run_facts_new (history, add_run (history, "Build", 1), NULL, owned, NULL);

  g_assert_cmpint (facts->origin_id, ==, origin);
  g_assert_cmpint (facts->origin != NULL, ==, is_known);
}

static void
test_origin (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 first = add_run (history, "Build", 1);

  assert_origin (history, make_trigger ("rerun", "run", first), first, TRUE);
  assert_origin (history, make_trigger ("rollback", "run", first), first, TRUE);
  assert_origin (history, make_trigger ("pipeline", "resumes", first), first, TRUE);
  assert_origin (history, make_trigger ("pipeline", "run", first), 0, FALSE);
  assert_origin (history, make_trigger ("rerun", "run", 77), 77, FALSE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/telemetry/run-facts/new-run", test_new_run);
  g_test_add_func ("/telemetry/run-facts/past-run", test_past_run);
  g_test_add_func ("/telemetry/run-facts/origin", test_origin);
  return g_test_run ();
}
