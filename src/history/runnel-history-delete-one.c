/* runnel-history-delete-one.c: a run goes, with its rows and its folder
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-private.h"

/* A run goes in one transaction. Of a very large one, most steps go before, in many small ones. */

/* So many steps with all that belongs to them are deleted within some milliseconds. */
#define STEPS_AT_ONCE 1000

/* Reads what the run refers to, and refuses a run that is not there or not over. */
gboolean
_runnel_history_check_over (RunnelHistory *self,
                            gint64         run,
                            gint64        *ret_definition,
                            gint64        *ret_pipeline,
                            GError       **error)
{
  static const char sql[] = "SELECT state, definition, pipeline FROM run WHERE id = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  gint64 state;
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  if (!runnel_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    {
      _runnel_history_set_not_found (run, error);
      return FALSE;
    }
  state = runnel_statement_get_int (statement, 0);
  *ret_definition = runnel_statement_get_int (statement, 1);
  *ret_pipeline = runnel_statement_get_int (statement, 2);
  runnel_statement_reset (statement);
  if (state >= FIRST_TERMINAL_STATE)
    return TRUE;
  g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_LIVE,
               "Run %" G_GINT64_FORMAT " is still under way. Cancel it first, with `runnel cancel %"
               G_GINT64_FORMAT "`.", run, run);
  return FALSE;
}

/* Steps, attempts and waits go with the run, by their foreign keys. */
static gboolean
delete_rows (RunnelHistory *self,
             gint64         run,
             GError       **error)
{
  static const char delete_run[] = "DELETE FROM run WHERE id = ?";
  static const char delete_doomed[] = "DELETE FROM doomed WHERE run = ?";
  static const char delete_pipeline[] =
    "DELETE FROM pipeline WHERE id = ?1"
    " AND NOT EXISTS (SELECT 1 FROM run WHERE run.pipeline = ?1)";
  gint64 definition, pipeline;

  return _runnel_history_check_over (self, run, &definition, &pipeline, error) &&
         _runnel_history_discount_run (self, run, error) &&
         _runnel_history_drop_reasons (self, run, error) &&
         _runnel_history_run_with_id (self, delete_run, run, error) &&
         _runnel_history_run_with_id (self, delete_doomed, run, error) &&
         _runnel_history_run_with_id (self, delete_pipeline, pipeline, error) &&
         _runnel_history_drop_definition (self, definition, error);
}

/* Rows and folder leave together: the folder is moved inside the transaction, and moved back
 * when that can't be committed. */
static gboolean
take_out (RunnelHistory *self,
          gint64         run,
          GError       **error)
{
  if (!runnel_history_begin (self, error))
    return FALSE;
  if (!delete_rows (self, run, error) || !_runnel_history_move_to_trash (run, error))
    {
      runnel_history_rollback (self);
      return FALSE;
    }
  if (runnel_history_commit (self, error))
    return TRUE;
  _runnel_history_move_from_trash (run, NULL);
  return FALSE;
}

/* Deletes the rows of some steps of the run, from step @first on. */
static gboolean
delete_steps (RunnelHistory *self,
              gint64         run,
              gint64         first,
              GError       **error)
{
  static const char *const statements[] = {
    "UPDATE doomed SET begun = 1 WHERE run = ?1 AND ?2 < ?3",
    "DELETE FROM artifact WHERE run = ?1 AND step >= ?2 AND step < ?3",
    "DELETE FROM wait WHERE run = ?1 AND step >= ?2 AND step < ?3",
    "DELETE FROM attempt WHERE run = ?1 AND step >= ?2 AND step < ?3",
    "DELETE FROM added_step WHERE run = ?1 AND step >= ?2 AND step < ?3",
    "DELETE FROM step WHERE run = ?1 AND step >= ?2 AND step < ?3",
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      RunnelStatement *statement = runnel_sqlite_get_statement (self->db, statements[i], error);

      if (statement == NULL)
        return FALSE;
      runnel_statement_bind_int (statement, 0, run);
      runnel_statement_bind_int (statement, 1, first);
      runnel_statement_bind_int (statement, 2, first + STEPS_AT_ONCE);
      if (!runnel_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
delete_steps_in_transaction (RunnelHistory *self,
                             gint64         run,
                             gint64         first,
                             GError       **error)
{
  gint64 began = g_get_monotonic_time ();

  if (!runnel_history_begin (self, error))
    return FALSE;
  if (!_runnel_history_discount_run (self, run, error) ||
      !delete_steps (self, run, first, error))
    {
      runnel_history_rollback (self);
      return FALSE;
    }
  if (!runnel_history_commit (self, error))
    return FALSE;
  _runnel_history_let_others (began);
  return TRUE;
}

/* Leaves so few steps that the rest of the run can go at once. */
static gboolean
thin_out (RunnelHistory *self,
          gint64         run,
          GError       **error)
{
  static const char sql[] = "SELECT coalesce (max (step), 0) FROM step WHERE run = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  gint64 last;
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  if (!runnel_statement_step (statement, &row, error))
    return FALSE;
  last = runnel_statement_get_int (statement, 0);
  runnel_statement_reset (statement);

  for (gint64 first = 0; first + STEPS_AT_ONCE <= last; first += STEPS_AT_ONCE)
    if (!delete_steps_in_transaction (self, run, first, error))
      return FALSE;
  return TRUE;
}

/* Deletes a run that is in the list, without those that its steps started. One that somebody else
 * has deleted meanwhile is done. */
gboolean
_runnel_history_delete_one (RunnelHistory *self,
                            gint64         run,
                            GError       **error)
{
  g_autoptr(GError) problem = NULL;
  gint64 began;

  if (!thin_out (self, run, error))
    return FALSE;
  began = g_get_monotonic_time ();
  if (!take_out (self, run, &problem) &&
      !g_error_matches (problem, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  _runnel_history_let_others (began);
  return _runnel_history_empty_trash (run, error);
}
