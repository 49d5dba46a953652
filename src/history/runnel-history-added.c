/* runnel-history-added.c: the steps a run had beyond those of its definition
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-private.h"

gboolean
_runnel_history_record_added_step (RunnelHistory     *self,
                                   const RunnelEvent *event,
                                   const char        *details,
                                   GError           **error)
{
  static const char sql[] =
    "INSERT OR REPLACE INTO added_step (run, step, role, id, parent, name, kind, matrix)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
  g_autoptr(JsonObject) object = _runnel_json_object_from_text (details);
  RunnelStatement *statement;
  g_autofree char *matrix = NULL;
  RunnelAddedStep step;

  /* Of a later version, perhaps: what else is told of it has a place all the same. */
  if (event->step == NULL || !runnel_added_step_from_json (object, &step))
    return TRUE;
  statement = runnel_sqlite_get_statement (self->db, sql, error);
  if (statement == NULL)
    return FALSE;
  matrix = _runnel_json_object_to_text (step.matrix);
  runnel_statement_bind_int (statement, 0, event->run);
  runnel_statement_bind_int (statement, 1, event->step_index);
  runnel_statement_bind_int (statement, 2, step.role);
  runnel_statement_bind_text (statement, 3, event->step);
  runnel_statement_bind_text (statement, 4, step.parent);
  runnel_statement_bind_text (statement, 5, step.name);
  runnel_statement_bind_text (statement, 6, step.kind);
  runnel_statement_bind_text (statement, 7, matrix);
  return runnel_statement_run (statement, error);
}

/* Appends the records of what the run added to @steps, which has those of the definition. */
gboolean
_runnel_history_read_added_steps (RunnelHistory *self,
                                  gint64         run,
                                  GPtrArray     *steps,
                                  GError       **error)
{
  static const char sql[] =
    "SELECT a.step, a.id, a.name, a.kind, s.state, s.flags, s.queued, s.finished, s.reason,"
    " s.outputs, s.cause, s.reused, a.role, a.parent, a.matrix FROM added_step a"
    " LEFT JOIN step s ON s.run = a.run AND s.step = a.step WHERE a.run = ? ORDER BY a.step";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  while (runnel_statement_step (statement, &row, error))
    {
      RunnelStepRecord *record;

      if (!row)
        return TRUE;
      record = _runnel_history_read_step (statement);
      record->role = runnel_statement_get_int (statement, 12);
      record->parent = g_strdup (runnel_statement_get_text (statement, 13));
      record->matrix = _runnel_json_object_from_text (runnel_statement_get_text (statement, 14));
      g_ptr_array_add (steps, record);
    }
  return FALSE;
}
