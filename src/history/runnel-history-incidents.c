/* runnel-history-incidents.c: what went wrong with a pipeline, from when until when
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-incidents.h"
#include "history/runnel-history-incidents-private.h"

/**
 * runnel_incident_free:
 * @self: (transfer full) (nullable): an incident
 */
void
runnel_incident_free (RunnelIncident *self)
{
  if (self == NULL)
    return;
  g_free (self->rule);
  g_free (self->pipeline);
  g_free (self->file);
  g_free (self->step);
  g_free (self->text);
  g_free (self->end);
  g_clear_pointer (&self->told, g_ptr_array_unref);
  g_free (self);
}

/* A row of INCIDENT_COLUMNS. */
RunnelIncident *
_runnel_history_read_incident (RunnelStatement *row)
{
  RunnelIncident *incident = g_new0 (RunnelIncident, 1);
  const char *step = runnel_statement_get_text (row, 4);

  incident->id = runnel_statement_get_int (row, 0);
  incident->rule = g_strdup (runnel_statement_get_text (row, 1));
  incident->pipeline = g_strdup (runnel_statement_get_text (row, 2));
  incident->file = g_strdup (runnel_statement_get_text (row, 3));
  incident->step = *step != '\0' ? g_strdup (step) : NULL;
  incident->opened = runnel_statement_get_int (row, 5);
  incident->resolved = runnel_statement_get_int (row, 6);
  incident->n_runs = runnel_statement_get_int (row, 7);
  incident->first_run = runnel_statement_get_int (row, 8);
  incident->run = runnel_statement_get_int (row, 9);
  incident->text = g_strdup (runnel_statement_get_text (row, 10));
  incident->end = g_strdup (runnel_statement_get_text (row, 11));
  return incident;
}

static GPtrArray *
read_incidents (RunnelHistory *self,
                gboolean       only_open,
                guint          limit,
                GError       **error)
{
  static const char all[] =
    "SELECT " INCIDENT_COLUMNS " FROM incident ORDER BY resolved > 0, id DESC LIMIT ?1";
  static const char open[] =
    "SELECT " INCIDENT_COLUMNS " FROM incident WHERE resolved = 0 ORDER BY id DESC LIMIT ?1";
  g_autoptr(GPtrArray) incidents =
    g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_incident_free);
  RunnelStatement *statement =
    runnel_sqlite_get_statement (self->db, only_open ? open : all, error);
  gboolean row;

  if (statement == NULL)
    return NULL;
  runnel_statement_bind_int (statement, 0, limit > 0 ? (gint64) limit : -1);
  while (runnel_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&incidents);
      g_ptr_array_add (incidents, _runnel_history_read_incident (statement));
    }
  return NULL;
}

/**
 * runnel_history_list_incidents:
 * @self: a history
 * @only_open: leave out those that are over
 * @limit: at most so many, 0 = all
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelIncident): open ones first, then the
 *   latest first; with who was told
 */
GPtrArray *
runnel_history_list_incidents (RunnelHistory *self,
                               gboolean       only_open,
                               guint          limit,
                               GError       **error)
{
  g_autoptr(GPtrArray) incidents = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  incidents = read_incidents (self, only_open, limit, error);
  for (guint i = 0; incidents != NULL && i < incidents->len; i++)
    {
      RunnelIncident *incident = g_ptr_array_index (incidents, i);

      incident->told = _runnel_history_list_notices (self, incident->id, error);
      if (incident->told == NULL)
        return NULL;
    }
  return g_steal_pointer (&incidents);
}

/* Returns: -1 on failure, 0 if there is none */
static gint64
find_open (RunnelHistory         *self,
           const RunnelIncident  *seen,
           GError               **error)
{
  static const char sql[] =
    "SELECT id FROM incident WHERE rule = ? AND pipeline = ? AND file = ? AND step = ? AND resolved = 0";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  gint64 id;
  gboolean row;

  if (statement == NULL)
    return -1;
  runnel_statement_bind_text (statement, 0, seen->rule);
  runnel_statement_bind_text (statement, 1, seen->pipeline);
  runnel_statement_bind_text (statement, 2, seen->file);
  runnel_statement_bind_text (statement, 3, seen->step ? seen->step : "");
  if (!runnel_statement_step (statement, &row, error))
    return -1;
  id = row ? runnel_statement_get_int (statement, 0) : 0;
  runnel_statement_reset (statement);
  return id;
}

static gboolean
see_again (RunnelHistory         *self,
           gint64                 id,
           const RunnelIncident  *seen,
           GError               **error)
{
  static const char sql[] =
    "UPDATE incident SET n_runs = max (n_runs + (?2 > run), ?4), run = max (run, ?2), text = ?3"
    " WHERE id = ?1 AND (?2 > run OR text <> ?3)";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, id);
  runnel_statement_bind_int (statement, 1, seen->run);
  runnel_statement_bind_text (statement, 2, seen->text);
  runnel_statement_bind_int (statement, 3, seen->n_runs);
  return runnel_statement_run (statement, error);
}

static gboolean
open_incident (RunnelHistory         *self,
               const RunnelIncident  *seen,
               gint64                 now,
               GError               **error)
{
  static const char sql[] =
    "INSERT INTO incident (rule, pipeline, file, step, opened, n_runs, first_run, run, text)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_text (statement, 0, seen->rule);
  runnel_statement_bind_text (statement, 1, seen->pipeline);
  runnel_statement_bind_text (statement, 2, seen->file);
  runnel_statement_bind_text (statement, 3, seen->step ? seen->step : "");
  runnel_statement_bind_int (statement, 4, now);
  runnel_statement_bind_int (statement, 5, seen->n_runs);
  runnel_statement_bind_int (statement, 6, seen->first_run);
  runnel_statement_bind_int (statement, 7, seen->run);
  runnel_statement_bind_text (statement, 8, seen->text);
  return runnel_statement_run (statement, error);
}

/**
 * runnel_history_note_incident:
 * @self: a history that is in a transaction
 * @seen: what is wrong: rule, pipeline, file, step, runs and text
 * @channels: (array zero-terminated=1): who is told, if it is new
 * @now: microseconds since 1970
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Opens an incident, or counts on the one that is open for the same rule, pipeline and step.
 *
 * Returns: whether that is recorded
 */
gboolean
runnel_history_note_incident (RunnelHistory         *self,
                              const RunnelIncident  *seen,
                              const char *const     *channels,
                              gint64                 now,
                              GError               **error)
{
  gint64 id;

  g_return_val_if_fail (self != NULL && seen != NULL, FALSE);

  id = find_open (self, seen, error);
  if (id < 0)
    return FALSE;
  if (id > 0)
    return see_again (self, id, seen, error);
  return open_incident (self, seen, now, error) &&
         _runnel_history_add_notices (self, runnel_sqlite_get_last_id (self->db), FALSE, channels,
                                      now, error);
}

/**
 * runnel_history_resolve_incident:
 * @self: a history that is in a transaction
 * @incident: the number of an open incident
 * @end: why it is over
 * @channels: (array zero-terminated=1): who is told
 * @now: microseconds since 1970
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: whether that is recorded
 */
gboolean
runnel_history_resolve_incident (RunnelHistory      *self,
                                 gint64              incident,
                                 const char         *end,
                                 const char *const  *channels,
                                 gint64              now,
                                 GError            **error)
{
  static const char sql[] = "UPDATE incident SET resolved = ?2, end = ?3 WHERE id = ?1 AND resolved = 0";
  RunnelStatement *statement;

  g_return_val_if_fail (self != NULL && end != NULL, FALSE);

  statement = runnel_sqlite_get_statement (self->db, sql, error);
  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, incident);
  runnel_statement_bind_int (statement, 1, now);
  runnel_statement_bind_text (statement, 2, end);
  return runnel_statement_run (statement, error) &&
         _runnel_history_add_notices (self, incident, TRUE, channels, now, error);
}

/**
 * runnel_history_forget_incidents:
 * @self: a history
 * @before: microseconds since 1970
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Deletes the incidents that were over by then.
 *
 * Returns: whether they are gone
 */
gboolean
runnel_history_forget_incidents (RunnelHistory *self,
                                 gint64         before,
                                 GError       **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return _runnel_history_run_with_id (self, "DELETE FROM incident WHERE resolved > 0 AND resolved < ?",
                                      before, error);
}
