/* test-history-artifacts.c: what is known of the files that steps left
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "history-fixture.h"

#define SHA_A "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define SHA_B "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"

static void
finish_step (RunnelHistory *history,
             gint64         run,
             guint          step,
             const char    *details_text)
{
  g_autoptr(JsonNode) node = json_from_string (details_text, NULL);
  RunnelEvent event = {
    .type = RUNNEL_EVENT_STEP_FINISHED,
    .time = T0,
    .run = run,
    .step_index = step,
    .state = RUNNEL_STATE_SUCCEEDED,
    .details = json_node_get_object (node),
  };

  record_event (history, &event);
}

static void
leave_files (RunnelHistory *history,
             gint64         run)
{
  finish_step (history, run, 1, "{\"artifacts\": [{\"path\": \"b\", \"size\": 0, \"sha256\": \"" SHA_B
                                "\"}]}");
  finish_step (history, run, 0, "{\"artifacts\": [{\"path\": \"out/z\", \"size\": 5000000000,"
                                " \"sha256\": \"" SHA_A "\"},"
                                " {\"path\": \"a\", \"size\": 1, \"sha256\": \"" SHA_B "\"}]}");
}

/* As "s0 out/z 12" for each, with spaces between. */
static char *
list (RunnelHistory *history,
      gint64         run,
      const char    *step)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) artifacts = runnel_history_list_artifacts (history, run, step, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < artifacts->len; i++)
    {
      const RunnelArtifactRecord *record = artifacts->pdata[i];

      g_string_append_printf (text, "%s%s %s %" G_GINT64_FORMAT, i > 0 ? " " : "", record->step,
                              record->file->path, record->file->size);
    }
  return g_string_free (text, FALSE);
}

static void
test_list (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 run = add_run (history, "x", 2);
  gint64 other = add_run (history, "x", 2);
  g_autoptr(GPtrArray) artifacts = NULL;
  g_autofree char *all = NULL;
  g_autofree char *of_step = NULL;
  g_autofree char *of_other = NULL;

  leave_files (history, run);
  all = list (history, run, NULL);
  of_step = list (history, run, "s1");
  of_other = list (history, other, NULL);
  g_assert_cmpstr (all, ==, "s0 a 1 s0 out/z 5000000000 s1 b 0");
  g_assert_cmpstr (of_step, ==, "s1 b 0");
  g_assert_cmpstr (of_other, ==, "");
  artifacts = runnel_history_list_artifacts (history, run, NULL, NULL);
  g_assert_cmpstr (((RunnelArtifactRecord *) artifacts->pdata[1])->file->sha256, ==, SHA_A);
}

/* Of legs, undos and hooks, too. */
static void
test_added_steps (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 run = add_run (history, "x", 1);
  g_autoptr(JsonNode) node =
    json_from_string ("{\"role\": \"leg\", \"parent\": \"s0\", \"kind\": \"script\"}", NULL);
  RunnelEvent event = { .type = RUNNEL_EVENT_STEP_ADDED, .run = run, .step_index = 1,
                        .step = "s0.1", .details = json_node_get_object (node) };
  g_autofree char *all = NULL;

  record_event (history, &event);
  leave_files (history, run);
  all = list (history, run, "s0.1");
  g_assert_cmpstr (all, ==, "s0.1 b 0");
}

static void
test_recorded_again (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 run = add_run (history, "x", 2);
  g_autofree char *all = NULL;

  leave_files (history, run);
  leave_files (history, run);
  all = list (history, run, NULL);
  g_assert_cmpstr (all, ==, "s0 a 1 s0 out/z 5000000000 s1 b 0");
}

static void
test_nonsense (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 run = add_run (history, "x", 1);
  g_autofree char *all = NULL;

  finish_step (history, run, 0, "{\"artifacts\": 3}");
  finish_step (history, run, 0, "{\"artifacts\": [{\"path\": \"../a\", \"sha256\": \"" SHA_A "\"}]}");
  finish_step (history, run, 0, "{\"artifacts\": [{\"path\": \"a\", \"sha256\": \"12\"}]}");
  all = list (history, run, NULL);
  g_assert_cmpstr (all, ==, "");
}

static void
test_deleted_with_run (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 run = add_run (history, "x", 2);
  g_autoptr(GError) error = NULL;
  g_autofree char *all = NULL;

  leave_files (history, run);
  finish_run (history, run, RUNNEL_STATE_SUCCEEDED);
  runnel_history_delete_run (history, run, &error);
  g_assert_no_error (error);
  all = list (history, run, NULL);
  g_assert_cmpstr (all, ==, "");
}

/* Why a step with a cache runs is told when it starts. */
static void
test_cause (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 run = add_run (history, "x", 1);
  RunnelEvent queued = { .type = RUNNEL_EVENT_STEP_QUEUED, .run = run, .cause = "s0 succeeded" };
  RunnelEvent started = { .type = RUNNEL_EVENT_ATTEMPT_STARTED, .run = run, .attempt = 1,
                          .cause = "input a.c changed" };
  g_autoptr(GPtrArray) steps = NULL;

  record_event (history, &queued);
  record_event (history, &started);
  record_event (history, &started);
  steps = get_steps (history, run);
  g_assert_cmpstr (((RunnelStepRecord *) steps->pdata[0])->cause, ==,
                   "s0 succeeded; input a.c changed");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/history/artifacts/list", test_list);
  g_test_add_func ("/history/artifacts/added-steps", test_added_steps);
  g_test_add_func ("/history/artifacts/recorded-again", test_recorded_again);
  g_test_add_func ("/history/artifacts/nonsense", test_nonsense);
  g_test_add_func ("/history/artifacts/deleted-with-run", test_deleted_with_run);
  g_test_add_func ("/history/artifacts/cause", test_cause);
  return g_test_run ();
}
