/* runnel-history-totals.c: what all runs on this machine came to, also those that are deleted
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-private.h"
#include "history/runnel-history-totals.h"

/* A few rows for each pipeline, added to in the transaction that ends a run: so they are never
 * less than they were, whatever is deleted, and reading them costs the same however many runs
 * there were. */

const double runnel_total_bounds[RUNNEL_TOTAL_N_BOUNDS] = {
  0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 14400,
};

#define MAX_NAME_LENGTH 100 /* characters; a name is repeated in each line of what is exported */

/* What is added for one run, or for its beginning. */
typedef struct
{
  RunnelHistory *history;
  char *pipeline;
  GHashTable *totals; /* a set of RunnelTotal */
} Sums;

/**
 * runnel_total_free:
 * @self: (transfer full) (nullable): a total
 */
void
runnel_total_free (RunnelTotal *self)
{
  if (self == NULL)
    return;
  g_free (self->pipeline);
  g_free (self->label);
  g_free (self);
}

static guint
total_hash (gconstpointer key)
{
  const RunnelTotal *self = key;

  return g_str_hash (self->label) ^ (self->type << 8) ^ self->bucket;
}

static gboolean
total_equal (gconstpointer a,
             gconstpointer b)
{
  const RunnelTotal *left = a;
  const RunnelTotal *right = b;

  return left->type == right->type && left->bucket == right->bucket &&
         g_str_equal (left->label, right->label);
}

static void
sums_clear (Sums *self)
{
  g_free (self->pipeline);
  g_clear_pointer (&self->totals, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sums, sums_clear)

static RunnelTotal *
sums_get (Sums            *self,
          RunnelTotalType  type,
          const char      *label,
          guint            bucket)
{
  RunnelTotal key = { .type = type, .label = (char *) label, .bucket = bucket };
  RunnelTotal *total = g_hash_table_lookup (self->totals, &key);

  if (total == NULL)
    {
      total = g_memdup2 (&key, sizeof key);
      total->label = g_strdup (label);
      g_hash_table_add (self->totals, total);
    }
  return total;
}

static void
add_count (Sums            *self,
           RunnelTotalType  type,
           const char      *label,
           gint64           n)
{
  if (n > 0)
    sums_get (self, type, label, 0)->n += n;
}

static void
add_time (Sums            *self,
          RunnelTotalType  type,
          gint64           time)
{
  sums_get (self, type, "", 0)->sum = time;
}

static guint
find_bucket (gint64 duration)
{
  guint bucket = 0;

  while (bucket < RUNNEL_TOTAL_N_BOUNDS &&
         duration > runnel_total_bounds[bucket] * G_TIME_SPAN_SECOND)
    bucket++;
  return bucket;
}

static void
add_duration (Sums            *self,
              RunnelTotalType  type,
              const char      *label,
              gint64           duration)
{
  RunnelTotal *total;

  duration = MAX (duration, 0);
  total = sums_get (self, type, label, find_bucket (duration));
  total->n++;
  total->sum += duration;
}

/* --- Which pipeline --- */

static gboolean
is_told_apart (RunnelHistory *self,
               const char    *pipeline,
               gboolean      *ret_told,
               GError       **error)
{
  static const char sql[] =
    "SELECT EXISTS (SELECT 1 FROM total WHERE pipeline = ?1)"
    " OR (SELECT count (DISTINCT pipeline) FROM total) <= ?2";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_text (statement, 0, pipeline);
  runnel_statement_bind_int (statement, 1, RUNNEL_TOTAL_MAX_PIPELINES);
  if (!runnel_statement_step (statement, &row, error))
    return FALSE;
  *ret_told = runnel_statement_get_int (statement, 0);
  runnel_statement_reset (statement);
  return TRUE;
}

/* Under which name a pipeline is counted; @name may be empty. */
char *
_runnel_history_name_pipeline (const char *name,
                               const char *file)
{
  g_autofree char *base = *name == '\0' && *file != '\0' ? g_path_get_basename (file) : NULL;
  g_autofree char *valid = g_utf8_make_valid (base ? base : name, -1);

  if (g_utf8_strlen (valid, -1) <= MAX_NAME_LENGTH)
    return g_steal_pointer (&valid);
  return g_utf8_substring (valid, 0, MAX_NAME_LENGTH);
}

/* Takes @pipeline. */
static gboolean
sums_init (Sums          *self,
           RunnelHistory *history,
           char          *pipeline,
           GError       **error)
{
  gboolean told;

  self->history = history;
  self->totals = g_hash_table_new_full (total_hash, total_equal,
                                        (GDestroyNotify) runnel_total_free, NULL);
  self->pipeline = pipeline;
  if (!is_told_apart (history, self->pipeline, &told, error))
    return FALSE;
  if (!told)
    {
      g_free (self->pipeline);
      self->pipeline = g_strdup (RUNNEL_TOTAL_OTHER);
    }
  return TRUE;
}

/* --- Writing --- */

static gboolean
write_total (Sums              *self,
             const RunnelTotal *total,
             GError           **error)
{
  /* A time is the latest one, everything else is added. */
  static const char sql[] =
    "INSERT INTO total (pipeline, type, label, bucket, n, sum) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET n = n + excluded.n,"
    " sum = iif (type IN (9, 10), max (sum, excluded.sum), sum + excluded.sum)";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->history->db, sql, error);

  G_STATIC_ASSERT (RUNNEL_TOTAL_LAST_RUN == 9 && RUNNEL_TOTAL_LAST_SUCCESS == 10);
  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_text (statement, 0, self->pipeline);
  runnel_statement_bind_int (statement, 1, total->type);
  runnel_statement_bind_text (statement, 2, total->label);
  runnel_statement_bind_int (statement, 3, total->bucket);
  runnel_statement_bind_int (statement, 4, total->n);
  runnel_statement_bind_int (statement, 5, total->sum);
  return runnel_statement_run (statement, error);
}

static gboolean
sums_write (Sums    *self,
            GError **error)
{
  GHashTableIter iter;
  gpointer total;

  g_hash_table_iter_init (&iter, self->totals);
  while (g_hash_table_iter_next (&iter, &total, NULL))
    if (!write_total (self, total, error))
      return FALSE;
  return TRUE;
}

/* --- Steps --- */

static void
add_step (Sums            *self,
          RunnelStatement *row)
{
  const char *kind = runnel_statement_get_text (row, 0);
  RunnelState state = runnel_statement_get_int (row, 1);
  gint64 queued = runnel_statement_get_int (row, 2);
  gint64 finished = runnel_statement_get_int (row, 3);
  gint64 started = runnel_statement_get_int (row, 4);
  gint64 n_attempts = runnel_statement_get_int (row, 5);

  if (state >= RUNNEL_N_STATES)
    return;
  add_count (self, RUNNEL_TOTAL_STEPS, runnel_state_to_string (state), 1);
  if (n_attempts == 0)
    return;
  add_duration (self, RUNNEL_TOTAL_STEP_DURATIONS, kind ? kind : "", finished - started);
  if (queued > 0)
    add_duration (self, RUNNEL_TOTAL_STEP_WAITS, "", started - queued);
  add_count (self, RUNNEL_TOTAL_RETRIES, "", n_attempts - 1);
  if (n_attempts > 1 && state == RUNNEL_STATE_SUCCEEDED)
    add_count (self, RUNNEL_TOTAL_FLAKY, "", 1);
}

static gboolean
add_steps (Sums    *self,
           gint64   run,
           GError **error)
{
  static const char sql[] =
    "SELECT coalesce (definition_step.kind, added_step.kind), s.state, s.queued, s.finished,"
    " min (a.started), count (a.started)"
    " FROM step s JOIN run ON run.id = s.run" RUNNEL_SQL_STEP_TABLES ("s")
    " LEFT JOIN attempt a ON a.run = s.run AND a.step = s.step AND a.started > 0"
    " WHERE s.run = ? GROUP BY s.step";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->history->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  while (runnel_statement_step (statement, &row, error))
    {
      if (!row)
        return TRUE;
      add_step (self, statement);
    }
  return FALSE;
}

/* --- Runs --- */

/* Reads what the run was up to now. @ret_pipeline is NULL when there is no such run. */
static gboolean
look_up_run (RunnelHistory *self,
             gint64         run,
             RunnelState   *ret_state,
             gint64        *ret_started,
             char         **ret_pipeline,
             GError       **error)
{
  static const char sql[] =
    "SELECT state, started, name, file FROM run JOIN pipeline ON pipeline.id = run.pipeline"
    " WHERE run.id = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  if (!runnel_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    {
      *ret_state = runnel_statement_get_int (statement, 0);
      *ret_started = runnel_statement_get_int (statement, 1);
      *ret_pipeline = _runnel_history_name_pipeline (runnel_statement_get_text (statement, 2),
                                                     runnel_statement_get_text (statement, 3));
    }
  runnel_statement_reset (statement);
  return TRUE;
}

/* Counts how long the run of a run-started event was queued. To be called before the event is
 * recorded: told again, it counts nothing. */
gboolean
_runnel_history_total_begin (RunnelHistory     *self,
                             const RunnelEvent *event,
                             GError           **error)
{
  g_autofree char *pipeline = NULL;
  g_auto(Sums) sums = { NULL, };
  RunnelState state;
  gint64 queued;

  if (!look_up_run (self, event->run, &state, &queued, &pipeline, error))
    return FALSE;
  if (pipeline == NULL || state >= RUNNEL_STATE_RUNNING)
    return TRUE;
  if (!sums_init (&sums, self, g_steal_pointer (&pipeline), error))
    return FALSE;
  add_duration (&sums, RUNNEL_TOTAL_RUN_WAITS, "",
                state == RUNNEL_STATE_QUEUED ? event->time - queued : 0);
  return sums_write (&sums, error);
}

/* Counts the run of a run-finished event with its steps. To be called before the event is
 * recorded: told again, it counts nothing. */
gboolean
_runnel_history_total_end (RunnelHistory     *self,
                           const RunnelEvent *event,
                           GError           **error)
{
  g_autofree char *pipeline = NULL;
  g_auto(Sums) sums = { NULL, };
  const char *outcome = runnel_state_to_string (event->state);
  RunnelState state;
  gint64 started;

  if (!look_up_run (self, event->run, &state, &started, &pipeline, error))
    return FALSE;
  if (pipeline == NULL || state >= FIRST_TERMINAL_STATE)
    return TRUE;
  if (!sums_init (&sums, self, g_steal_pointer (&pipeline), error) || !add_steps (&sums, event->run, error))
    return FALSE;
  add_count (&sums, RUNNEL_TOTAL_RUNS, outcome, 1);
  if (state == RUNNEL_STATE_RUNNING)
    add_duration (&sums, RUNNEL_TOTAL_RUN_DURATIONS, outcome, event->time - started);
  add_time (&sums, RUNNEL_TOTAL_LAST_RUN, event->time);
  if (event->state == RUNNEL_STATE_SUCCEEDED)
    add_time (&sums, RUNNEL_TOTAL_LAST_SUCCESS, event->time);
  return sums_write (&sums, error);
}

static RunnelTotal *
read_total (RunnelStatement *row)
{
  RunnelTotal *total = g_new0 (RunnelTotal, 1);

  total->type = runnel_statement_get_int (row, 0);
  total->pipeline = g_strdup (runnel_statement_get_text (row, 1));
  total->label = g_strdup (runnel_statement_get_text (row, 2));
  total->bucket = runnel_statement_get_int (row, 3);
  total->n = runnel_statement_get_int (row, 4);
  total->sum = runnel_statement_get_int (row, 5);
  return total;
}

/**
 * runnel_history_list_totals:
 * @self: a history
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelTotal): all that was counted, of one
 *   moment, by type, pipeline, label and bucket
 */
GPtrArray *
runnel_history_list_totals (RunnelHistory *self,
                            GError       **error)
{
  static const char sql[] =
    "SELECT type, pipeline, label, bucket, n, sum FROM total"
    " ORDER BY type, pipeline, label, bucket";
  RunnelStatement *statement;
  g_autoptr(GPtrArray) totals = NULL;
  gboolean row;

  g_return_val_if_fail (self != NULL, NULL);

  statement = runnel_sqlite_get_statement (self->db, sql, error);
  if (statement == NULL)
    return NULL;
  totals = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_total_free);
  while (runnel_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&totals);
      g_ptr_array_add (totals, read_total (statement));
    }
  return NULL;
}
