/* runnel-history-runs.c: one row for each run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "history/runnel-history-private.h"

/* The columns read_run() reads, in its order. */
#define RUN_COLUMNS \
  "run.id, uuid, pipeline.name, pipeline.file, state, started, finished, reason, " \
  "details, n_steps, counts, parent, parent_step, origin, trigger, pinned, queued, " \
  "(SELECT group_concat (label, char (10)) FROM" \
  " (SELECT label FROM run_label WHERE run_label.run = run.id ORDER BY label)), " \
  "import.host, import.number "
#define RUN_TABLES \
  "FROM run JOIN pipeline ON pipeline.id = run.pipeline " \
  "JOIN definition ON definition.id = run.definition " \
  "LEFT JOIN import ON import.run = run.id "

void
_runnel_history_set_not_found (gint64   run,
                               GError **error)
{
  g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_NOT_FOUND,
               "There is no run %" G_GINT64_FORMAT " in the history. `runnel list` shows those "
               "that are.", run);
}

/* A run started by another says so in its trigger, which here becomes columns that can be found.
 * One in the queue waits for others of its group; the reason says for whom. */
static gboolean
record_begin (RunnelHistory     *self,
              const RunnelEvent *event,
              RunnelState        state,
              const char        *details,
              GError           **error)
{
  static const char sql[] =
    "UPDATE run SET state = max (state, ?1), started = ?2, details = coalesce (?3, details),"
    " reason = iif (state < 4, ?5, reason),"
    " queued = iif (?1 = 1 AND queued = 0, ?2, queued),"
    " parent = coalesce (iif (?3 ->> '$.trigger.kind' = 'pipeline', ?3 ->> '$.trigger.run',"
    "                         ?3 ->> '$.trigger.parent'), 0),"
    " parent_step = iif (?3 ->> '$.trigger.kind' = 'pipeline' OR ?3 ->> '$.trigger.parent' > 0,"
    "                    ?3 ->> '$.trigger.step', NULL),"
    " origin = coalesce (iif (?3 ->> '$.trigger.kind' IN ('rerun', 'rollback'),"
    "                         ?3 ->> '$.trigger.run', ?3 ->> '$.trigger.resumes'), 0),"
    " trigger = coalesce (?3 ->> '$.trigger.kind', trigger)"
    " WHERE id = ?4";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  G_STATIC_ASSERT (FIRST_TERMINAL_STATE == 4 && RUNNEL_STATE_QUEUED == 1);
  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, state);
  runnel_statement_bind_int (statement, 1, event->time);
  runnel_statement_bind_text (statement, 2, details);
  runnel_statement_bind_int (statement, 3, event->run);
  runnel_statement_bind_text (statement, 4, event->reason);
  return _runnel_history_index_start (self, event->run, details, error) &&
         (details == NULL ||
          _runnel_history_audit_start (self, event->run, event->time, details, error)) &&
         runnel_statement_run (statement, error);
}

static gboolean
record_reason (RunnelHistory     *self,
                   const RunnelEvent *event,
                   GError           **error)
{
  static const char sql[] = "UPDATE run SET reason = ? WHERE id = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_text (statement, 0, event->reason);
  runnel_statement_bind_int (statement, 1, event->run);
  return runnel_statement_run (statement, error);
}

static char *
counts_to_text (const guint *counts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < RUNNEL_N_STATES; i++)
    if (counts[i] > 0)
      g_string_append_printf (text, "%s%u:%u", text->len > 0 ? " " : "", i, counts[i]);
  return g_string_free (text, FALSE);
}

/* Counts the steps of a run that is over; the list must not visit them. */
gboolean
_runnel_history_write_counts (RunnelHistory *self,
                              gint64         run,
                              GError       **error)
{
  static const char sql[] = "UPDATE run SET counts = ? WHERE id = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  g_autofree char *text = NULL;
  guint counts[RUNNEL_N_STATES];

  if (statement == NULL || !_runnel_history_count_steps (self, run, counts, error))
    return FALSE;
  text = counts_to_text (counts);
  runnel_statement_bind_text (statement, 0, text);
  runnel_statement_bind_int (statement, 1, run);
  return runnel_statement_run (statement, error);
}

static void
counts_from_text (const char *text,
                  guint      *counts)
{
  g_auto(GStrv) words = g_strsplit (text, " ", -1);
  guint state, n;

  for (char **word = words; *word != NULL; word++)
    if (sscanf (*word, "%u:%u", &state, &n) == 2 && state < RUNNEL_N_STATES)
      counts[state] = n;
}

/* Counts are kept with a run that is over: a list of runs must not visit their steps. */
/* What was rolled back and which hooks failed is kept with the other details; what was handled is
 * a flag of the steps. */
static gboolean
record_finish (RunnelHistory     *self,
               const RunnelEvent *event,
               const char        *details,
               GError           **error)
{
  static const char sql[] =
    "UPDATE run SET state = ?, finished = ?, reason = coalesce (?, reason), counts = ?,"
    " details = iif (?6 IS NULL, details,"
    "                json_patch (coalesce (details, '{}'), json_remove (?6, '$.handled')))"
    " WHERE id = ?5";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  g_autofree char *text = NULL;
  guint counts[RUNNEL_N_STATES];

  if (statement == NULL ||
      !_runnel_history_mark_handled (self, event->run, details, error) ||
      !_runnel_history_count_steps (self, event->run, counts, error))
    return FALSE;
  text = counts_to_text (counts);
  runnel_statement_bind_int (statement, 0, event->state);
  runnel_statement_bind_int (statement, 1, event->time);
  runnel_statement_bind_text (statement, 2, event->reason);
  runnel_statement_bind_text (statement, 3, text);
  runnel_statement_bind_int (statement, 4, event->run);
  runnel_statement_bind_text (statement, 5, details);
  return runnel_statement_run (statement, error) &&
         _runnel_history_index_reasons (self, event->run, error);
}

gboolean
_runnel_history_record_run_event (RunnelHistory     *self,
                                  const RunnelEvent *event,
                                  const char        *details,
                                  GError           **error)
{
  switch (event->type)
    {
    case RUNNEL_EVENT_RUN_STARTED:
      return _runnel_history_total_begin (self, event, error) &&
             record_begin (self, event, RUNNEL_STATE_RUNNING, details, error);
    case RUNNEL_EVENT_RUN_QUEUED:
      if (details != NULL)
        return record_begin (self, event, RUNNEL_STATE_QUEUED, details, error);
      return record_reason (self, event, error);
    case RUNNEL_EVENT_RUN_CANCELLING:
    case RUNNEL_EVENT_RUN_PAUSED:
    case RUNNEL_EVENT_RUN_RESUMED:
    case RUNNEL_EVENT_RUN_ROLLING_BACK:
      return record_reason (self, event, error);
    case RUNNEL_EVENT_RUN_FINISHED:
      return _runnel_history_total_end (self, event, error) &&
             record_finish (self, event, details, error) &&
             _runnel_history_count_run (self, event->run, error);
    default:
      g_assert_not_reached ();
    }
}

static const char *
get_detail (const RunnelRunRecord *record,
            const char            *name)
{
  return record->details ? json_object_get_string_member_with_default (record->details, name, NULL)
                         : NULL;
}

static RunnelRunRecord *
read_run (RunnelHistory   *self,
          RunnelStatement *row,
          GError         **error)
{
  RunnelRunRecord *record = g_new0 (RunnelRunRecord, 1);
  const char *counts = runnel_statement_get_text (row, 10);
  const char *labels = runnel_statement_get_text (row, 17);

  record->id = runnel_statement_get_int (row, 0);
  record->uuid = g_strdup (runnel_statement_get_text (row, 1));
  record->pipeline = g_strdup (runnel_statement_get_text (row, 2));
  record->file = g_strdup (runnel_statement_get_text (row, 3));
  record->state = runnel_statement_get_int (row, 4);
  record->started = runnel_statement_get_int (row, 5);
  record->finished = runnel_statement_get_int (row, 6);
  record->reason = g_strdup (runnel_statement_get_text (row, 7));
  record->details = _runnel_json_object_from_text (runnel_statement_get_text (row, 8));
  record->n_steps = runnel_statement_get_int (row, 9);
  record->parent = runnel_statement_get_int (row, 11);
  record->parent_step = g_strdup (runnel_statement_get_text (row, 12));
  record->origin = runnel_statement_get_int (row, 13);
  record->trigger = g_strdup (runnel_statement_get_text (row, 14));
  record->pinned = runnel_statement_get_int (row, 15);
  record->queued = runnel_statement_get_int (row, 16);
  record->labels = g_strsplit (labels ? labels : "", "\n", -1);
  record->imported_from = g_strdup (runnel_statement_get_text (row, 18));
  record->imported_number = runnel_statement_get_int (row, 19);
  record->user = get_detail (record, "user");
  record->host = get_detail (record, "host");
  if (counts != NULL)
    counts_from_text (counts, record->n_by_state);
  else if (!_runnel_history_count_steps (self, record->id, record->n_by_state, error))
    g_clear_pointer (&record, runnel_run_record_free);
  return record;
}

static GPtrArray *
read_runs (RunnelHistory   *self,
           RunnelStatement *statement,
           GError         **error)
{
  g_autoptr(GPtrArray) runs =
    g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_run_record_free);
  gboolean row;

  while (runnel_statement_step (statement, &row, error))
    {
      RunnelRunRecord *record;

      if (!row)
        return g_steal_pointer (&runs);
      record = read_run (self, statement, error);
      if (record == NULL)
        return NULL;
      g_ptr_array_add (runs, record);
    }
  return NULL;
}

static GPtrArray *
list_related (RunnelHistory *self,
              const char    *sql,
              gint64         run,
              GError       **error)
{
  g_autoptr(RunnelStatement) statement = runnel_sqlite_prepare (self->db, sql, error);

  if (statement == NULL)
    return NULL;
  runnel_statement_bind_int (statement, 0, run);
  return read_runs (self, statement, error);
}

/**
 * runnel_history_list_children:
 * @self: a history
 * @run: the run's number
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelRunRecord): the runs that steps of
 *   @run started as their subpipelines, earliest first
 */
GPtrArray *
runnel_history_list_children (RunnelHistory *self,
                              gint64         run,
                              GError       **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  return list_related (self, "SELECT " RUN_COLUMNS RUN_TABLES
                             "WHERE run.parent = ? AND run.parent > 0 ORDER BY run.id",
                       run, error);
}

/**
 * runnel_history_list_successors:
 * @self: a history
 * @run: the run's number
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelRunRecord): the runs that repeat
 *   @run or take it back, earliest first
 */
GPtrArray *
runnel_history_list_successors (RunnelHistory *self,
                                gint64         run,
                                GError       **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  return list_related (self, "SELECT " RUN_COLUMNS RUN_TABLES
                             "WHERE run.origin = ? AND run.origin > 0 ORDER BY run.id",
                       run, error);
}

/**
 * runnel_history_load_runs:
 * @self: a history
 * @runs: (array length=n_runs): numbers of runs
 * @n_runs: how many they are
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelRunRecord): the runs in the order of
 *   @runs, without those that are no longer there
 */
GPtrArray *
runnel_history_load_runs (RunnelHistory *self,
                          const gint64  *runs,
                          guint          n_runs,
                          GError       **error)
{
  g_autoptr(GPtrArray) records =
    g_ptr_array_new_full (n_runs, (GDestroyNotify) runnel_run_record_free);

  g_return_val_if_fail (self != NULL && (runs != NULL || n_runs == 0), NULL);

  for (guint i = 0; i < n_runs; i++)
    {
      g_autoptr(GError) problem = NULL;
      RunnelRunRecord *record = runnel_history_get_run (self, runs[i], &problem);

      if (record != NULL)
        g_ptr_array_add (records, record);
      else if (!g_error_matches (problem, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }
    }
  return g_steal_pointer (&records);
}

gboolean
_runnel_history_has_run (RunnelHistory *self,
                         gint64         run,
                         gboolean      *ret_found,
                         GError       **error)
{
  static const char sql[] = "SELECT 1 FROM run WHERE id = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  if (!runnel_statement_step (statement, ret_found, error))
    return FALSE;
  runnel_statement_reset (statement);
  return TRUE;
}

/**
 * runnel_history_get_run:
 * @self: a history
 * @run: the run's number
 * @error: return location; %RUNNEL_HISTORY_ERROR_NOT_FOUND and others of its domain
 *
 * Returns: (transfer full) (nullable): the run
 */
RunnelRunRecord *
runnel_history_get_run (RunnelHistory *self,
                        gint64         run,
                        GError       **error)
{
  static const char sql[] = "SELECT " RUN_COLUMNS RUN_TABLES "WHERE run.id = ?";
  RunnelStatement *statement;
  RunnelRunRecord *record;
  gboolean row;

  g_return_val_if_fail (self != NULL, NULL);

  statement = runnel_sqlite_get_statement (self->db, sql, error);
  if (statement == NULL)
    return NULL;
  runnel_statement_bind_int (statement, 0, run);
  if (!runnel_statement_step (statement, &row, error))
    return NULL;
  if (!row)
    {
      _runnel_history_set_not_found (run, error);
      return NULL;
    }
  record = read_run (self, statement, error);
  runnel_statement_reset (statement);
  return record;
}
