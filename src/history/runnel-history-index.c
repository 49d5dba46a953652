/* runnel-history-index.c: what runs are found by that is not in their rows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-private.h"

static gboolean
run_with_details (RunnelHistory *self,
                  const char    *sql,
                  gint64         run,
                  const char    *details,
                  GError       **error)
{
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  runnel_statement_bind_text (statement, 1, details);
  return runnel_statement_run (statement, error);
}

/* Keeps the trigger, the parameters and the labels that the @details, or NULL, of a run's start
 * name. Only those of the first time: a label that was taken off meanwhile must not come back with
 * the journal. */
gboolean
_runnel_history_index_start (RunnelHistory *self,
                             gint64         run,
                             const char    *details,
                             GError       **error)
{
  static const char parameters[] =
    "INSERT OR IGNORE INTO run_parameter (name, value, run)"
    " SELECT " RUNNEL_SQL_PARAMETER ", ?1 FROM json_each (?2, '$.parameters') parameter"
    " WHERE parameter.type <> 'null' AND (SELECT details FROM run WHERE id = ?1) IS NULL";
  static const char labels[] =
    "INSERT OR IGNORE INTO run_label (label, run)"
    " SELECT substr (trim (replace (value, char (10), ' ')), 1, 60), ?1"
    " FROM json_each (?2, '$.labels') WHERE type = 'text' AND trim (value) <> ''"
    " AND (SELECT details FROM run WHERE id = ?1) IS NULL";
  static const char trigger[] =
    "INSERT OR IGNORE INTO trigger_kind (name)"
    " SELECT ?2 ->> '$.trigger.kind' WHERE ?1 > 0 AND ?2 ->> '$.trigger.kind' IS NOT NULL";

  return details == NULL || (run_with_details (self, trigger, run, details, error) &&
                             run_with_details (self, parameters, run, details, error) &&
                             run_with_details (self, labels, run, details, error));
}

/* Keeps why the run, which is over now, and its steps went wrong. */
gboolean
_runnel_history_index_reasons (RunnelHistory *self,
                               gint64         run,
                               GError       **error)
{
  static const char texts[] =
    "INSERT OR IGNORE INTO reason (text)"
    " SELECT reason FROM run WHERE id = ?1 AND reason IS NOT NULL UNION"
    " SELECT reason FROM step WHERE run = ?1 AND state IN (5, 6, 9) AND reason IS NOT NULL";
  static const char links[] =
    "INSERT OR IGNORE INTO run_reason (reason, run)"
    " SELECT reason.id, ?1 FROM run JOIN reason ON reason.text = run.reason WHERE run.id = ?1 UNION"
    " SELECT reason.id, ?1 FROM step JOIN reason ON reason.text = step.reason"
    "  WHERE step.run = ?1 AND step.state IN (5, 6, 9)";

  G_STATIC_ASSERT (RUNNEL_STATE_FAILED == 5 && RUNNEL_STATE_TIMED_OUT == 6 &&
                   RUNNEL_STATE_INTERRUPTED == 9);
  return _runnel_history_run_with_id (self, texts, run, error) &&
         _runnel_history_run_with_id (self, links, run, error);
}

/* For a run that is about to be deleted: what went wrong only with it is forgotten. */
gboolean
_runnel_history_drop_reasons (RunnelHistory *self,
                              gint64         run,
                              GError       **error)
{
  static const char links[] = "DELETE FROM run_reason WHERE run = ?1 RETURNING reason";
  static const char text[] =
    "DELETE FROM reason WHERE id = ?1"
    " AND NOT EXISTS (SELECT 1 FROM run_reason WHERE run_reason.reason = ?1)";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, links, error);
  g_autoptr(GArray) reasons = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row = TRUE;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  while (row)
    {
      gint64 reason;

      if (!runnel_statement_step (statement, &row, error))
        return FALSE;
      reason = row ? runnel_statement_get_int (statement, 0) : 0;
      if (row)
        g_array_append_val (reasons, reason);
    }
  for (guint i = 0; i < reasons->len; i++)
    if (!_runnel_history_run_with_id (self, text, g_array_index (reasons, gint64, i), error))
      return FALSE;
  return TRUE;
}
