/* test-history-plans.c: no question to the history walks through a table that grows with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The statements are those that the history really runs: each connection tells of them, and SQLite
 * is asked how it would go about each.
 */
#include <sqlite3.h>

#include "find-fixture.h"
#include "history/runnel-history-estimates.h"
#include "history/runnel-history-family.h"
#include "history/runnel-history-outlook.h"
#include "history/runnel-history-private.h"

static GHashTable *statements;  /* set of texts */

static int
trace_cb (unsigned int  type,
          void         *context,
          void         *statement,
          void         *text)
{
  const char *sql = sqlite3_sql (statement);

  if (sql != NULL)
    g_hash_table_add (statements, g_strdup (sql));
  return 0;
}

static int
opened_cb (sqlite3                      *db,
           const char                  **ret_error,
           const sqlite3_api_routines   *api)
{
  return sqlite3_trace_v2 (db, SQLITE_TRACE_STMT, trace_cb, NULL);
}

/* What may be walked through: the narrow index that lists are made of, indices that have only what
 * is under way or was not counted, and what does not grow with the number of runs. */
static gboolean
may_be_scanned (const char *detail)
{
  static const char *const tables[] = {
    "SCAN pipeline", "SCAN reason", "SCAN trigger_kind", "SCAN json_each", "SCAN parameter",
    "SCAN culprit", "SCAN word", "SCAN CONSTANT ROW", "SCAN (subquery", "SCAN (join", "SCAN TABLE",
  };

  if (strstr (detail, "INDEX run_by_start") != NULL || strstr (detail, "INDEX run_live") != NULL ||
      strstr (detail, "INDEX run_uncounted") != NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (g_str_has_prefix (detail, tables[i]))
      return TRUE;
  return FALSE;
}

/* Returns: whether some step of the plan says @wanted, or %TRUE when that is %NULL */
static gboolean
check_plan (RunnelHistory *history,
            const char    *sql,
            const char    *wanted)
{
  g_autofree char *question = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelStatement) statement = runnel_sqlite_prepare (history->db, question, &error);
  gboolean found = wanted == NULL, row;

  g_assert_no_error (error);
  while (runnel_statement_step (statement, &row, &error) && row)
    {
      const char *detail = runnel_statement_get_text (statement, 3);

      if (g_str_has_prefix (detail, "SCAN ") && !may_be_scanned (detail))
        g_error ("%s\n%s", detail, sql);
      found = found || strstr (detail, wanted) != NULL;
    }
  g_assert_no_error (error);
  return found;
}

static gboolean
is_query (const char *sql)
{
  return g_str_has_prefix (sql, "SELECT") || g_str_has_prefix (sql, "WITH") ||
         g_str_has_prefix (sql, "UPDATE") || g_str_has_prefix (sql, "DELETE") ||
         g_str_has_prefix (sql, "INSERT");
}

/* Looks at all that was run since the last time. */
static void
check_plans (RunnelHistory *history,
             const char    *wanted)
{
  g_autoptr(GList) all = NULL;
  g_autoptr(GHashTable) seen = g_steal_pointer (&statements);
  gboolean found = FALSE;
  guint n_queries = 0;

  statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  all = g_hash_table_get_keys (seen);
  for (GList *each = all; each != NULL; each = each->next)
    if (is_query (each->data))
      {
        found = check_plan (history, each->data, wanted) || found;
        n_queries++;
      }
  g_assert_cmpuint (n_queries, >, 0);
  g_assert_true (found);
  g_hash_table_remove_all (statements);
}

/* Five runs, the last of which failed with all of its steps. */
static RunnelHistory *
make_history (void)
{
  RunnelHistory *history = open_history (":memory:");

  for (guint i = 0; i < 5; i++)
    {
      gint64 run = add_run (history, "build", 3);
      g_autoptr(JsonNode) details =
        json_from_string ("{\"parameters\": {\"env\": \"prod\"}, \"trigger\": {\"kind\": \"manual\"}}",
                          NULL);
      const RunnelEvent started = {
        .type = RUNNEL_EVENT_RUN_STARTED, .time = T0, .run = run,
        .details = json_node_get_object (details),
      };

      record_event (history, &started);
      for (guint step = 0; i == 4 && step < 3; step++)
        {
          const RunnelEvent failed = {
            .type = RUNNEL_EVENT_STEP_FINISHED, .time = T0 + step, .run = run, .step_index = step,
            .state = RUNNEL_STATE_FAILED, .reason = "no route to host",
          };

          record_event (history, &failed);
        }
      finish_run (history, run, i == 4 ? RUNNEL_STATE_FAILED : RUNNEL_STATE_SUCCEEDED);
      g_assert_true (runnel_history_add_label (history, &run, 1, "nightly", NULL));
    }
  g_hash_table_remove_all (statements);
  return history;
}

static void
test_find (void)
{
  static const char *const questions[] = {
    "", "state:failed", "is:active", "is:failure", "is:pinned", "is:top-level", "parent:1",
    "before:3", "pipeline:build", "since:2d", "until:2026-11-01", "label:nightly", "param:env=prod",
    "param:env", "trigger:rerun", "host", "state:failed pipeline:build since:2d label:nightly host",
  };
  g_autoptr(RunnelHistory) history = make_history ();

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr(RunnelRunFilter) filter = parse_filter (questions[i]);
      g_autoptr(GArray) runs = runnel_history_find_runs (history, filter, NULL);

      g_test_message ("%s", questions[i]);
      g_assert_nonnull (runs);
      check_plans (history, NULL);
    }
}

static void
test_list (void)
{
  g_autoptr(RunnelHistory) history = make_history ();
  g_autoptr(GPtrArray) runs = runnel_history_list_runs (history, NULL, 3, NULL);
  g_autoptr(GPtrArray) outlooks = NULL;
  const gint64 failed = 5;

  g_assert_cmpuint (runs->len, ==, 3);
  check_plans (history, NULL);
  outlooks = runnel_history_list_outlooks (history, &failed, 1, NULL);
  g_assert_cmpstr (((RunnelOutlook *) outlooks->pdata[0])->culprit, ==, "Step 0");
  check_plans (history, "INDEX step_culprit (run=?)");
}

static void
test_facets (void)
{
  g_autoptr(RunnelHistory) history = make_history ();
  g_auto(GStrv) labels = runnel_history_list_labels (history, NULL);
  g_auto(GStrv) triggers = runnel_history_list_triggers (history, NULL);
  g_autoptr(GPtrArray) pipelines = runnel_history_list_pipelines (history, NULL);

  g_assert_nonnull (labels);
  g_assert_nonnull (triggers);
  g_assert_nonnull (pipelines);
  check_plans (history, NULL);
}

static void
test_detail (void)
{
  g_autoptr(RunnelHistory) history = make_history ();
  g_autoptr(GPtrArray) steps = runnel_history_get_steps (history, 5, NULL);
  g_autoptr(GPtrArray) artifacts = runnel_history_list_artifacts (history, 5, NULL, NULL);
  g_autoptr(GPtrArray) successors = runnel_history_list_successors (history, 5, NULL);
  g_autoptr(GPtrArray) family = runnel_history_list_family (history, 5, NULL);
  g_autofree char *text = runnel_history_get_text (history, 5, NULL);

  g_assert_cmpuint (steps->len, ==, 3);
  g_assert_nonnull (artifacts);
  g_assert_nonnull (successors);
  g_assert_nonnull (family);
  g_assert_nonnull (text);
  check_plans (history, NULL);
}

/* What is done to single runs does not cost more, either. */
static void
test_change (void)
{
  g_autoptr(RunnelHistory) history = make_history ();
  const gint64 run = 2;

  g_assert_true (runnel_history_set_pinned (history, &run, 1, TRUE, NULL));
  g_assert_true (runnel_history_remove_label (history, &run, 1, "nightly", NULL));
  g_assert_true (runnel_history_delete_run (history, 3, NULL));
  check_plans (history, NULL);
}

/* The test itself would see a walk through everything. */
static void
test_scan (void)
{
  g_assert_false (may_be_scanned ("SCAN run"));
  g_assert_false (may_be_scanned ("SCAN step"));
  g_assert_false (may_be_scanned ("SCAN attempt USING INDEX sqlite_autoindex_attempt_1"));
  g_assert_true (may_be_scanned ("SCAN run USING COVERING INDEX run_by_start"));
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sqlite3_auto_extension ((void (*) (void)) opened_cb);

  g_test_add_func ("/history/plans/find", test_find);
  g_test_add_func ("/history/plans/list", test_list);
  g_test_add_func ("/history/plans/facets", test_facets);
  g_test_add_func ("/history/plans/detail", test_detail);
  g_test_add_func ("/history/plans/change", test_change);
  g_test_add_func ("/history/plans/scan", test_scan);

  status = g_test_run ();
  g_hash_table_unref (statements);
  return status;
}
