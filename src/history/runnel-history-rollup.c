/* runnel-history-rollup.c: the statistics of each hour and day, kept while runs come and go
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each run that is over is counted once, in the local hour in which it started and in the day of
 * that hour; `run.hour` says that it is, and where. It is taken away from there when it is
 * deleted. Both happen in the transaction that ends or deletes the run. A run that came in by
 * another way (an older version, an import) waits for runnel_history_catch_up().
 *
 * What depends on the run before, a step that failed there and succeeds here, is counted with the
 * later of the two, anew when a run comes between them or goes.
 */
#include "config.h"

#include "history/runnel-history-private.h"
#include "history/runnel-history-rollup.h"
#include "history/runnel-history-sheets.h"
#include "util/runnel-local-hour.h"

#define UNCOUNTED G_MININT64

/* Of a run that is about to go, a part may be gone. */
#define UNCOUNTED_RUNS \
  "FROM run WHERE hour IS NULL AND state >= 4" \
  " AND NOT EXISTS (SELECT 1 FROM doomed WHERE doomed.run = run.id) "

/* A run among those of its definition. */
typedef struct
{
  gint64 id;           /* 0 = there is none */
  gint64 hour;
} Neighbour;

/* --- The runs before and after --- */

/* Of those of the same definition that were counted and came to an end by themselves. */
static gboolean
find_neighbour (RunnelHistory        *self,
                const char           *sql,
                const RunnelRunTally *tally,
                gint64                run,
                Neighbour            *ret_neighbour,
                GError              **error)
{
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  gboolean row;

  *ret_neighbour = (Neighbour) { 0, 0 };
  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, tally->definition);
  runnel_statement_bind_int (statement, 1, run);
  runnel_statement_bind_int (statement, 2, tally->pipeline);
  if (!runnel_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    *ret_neighbour = (Neighbour) { runnel_statement_get_int (statement, 0),
                                   runnel_statement_get_int (statement, 1) };
  runnel_statement_reset (statement);
  return TRUE;
}

static gboolean
find_neighbours (RunnelHistory        *self,
                 const RunnelRunTally *tally,
                 gint64                run,
                 Neighbour            *ret_before,
                 Neighbour            *ret_after,
                 GError              **error)
{
  static const char before[] =
    "SELECT id, hour FROM run WHERE definition = ? AND id < ? AND +pipeline = ?"
    " AND hour IS NOT NULL AND " RUNNEL_SQL_RUN_IS_JUDGED " ORDER BY id DESC LIMIT 1";
  static const char after[] =
    "SELECT id, hour FROM run WHERE definition = ? AND id > ? AND +pipeline = ?"
    " AND hour IS NOT NULL AND " RUNNEL_SQL_RUN_IS_JUDGED " ORDER BY id LIMIT 1";

  return find_neighbour (self, before, tally, run, ret_before, error) &&
         find_neighbour (self, after, tally, run, ret_after, error);
}

/* Adds or takes away what @run has by the run @before it. */
static gboolean
apply_flips (RunnelHistory *self,
             Neighbour      run,
             Neighbour      before,
             int            sign,
             GError       **error)
{
  g_autoptr(RunnelRunTally) flips = NULL;

  if (run.id == 0 || before.id == 0)
    return TRUE;
  flips = _runnel_run_tally_new_flips (self, run.id, before.id, error);
  if (flips == NULL)
    return FALSE;
  return flips->ids->len == 0 || _runnel_history_merge_tally (self, flips, run.hour, sign, error);
}

/* Puts a run between its neighbours, or, with -1, takes it out. */
static gboolean
apply_between (RunnelHistory        *self,
               const RunnelRunTally *tally,
               Neighbour             run,
               int                   sign,
               GError              **error)
{
  Neighbour before, after;

  if (!tally->is_judged)
    return TRUE;
  return find_neighbours (self, tally, run.id, &before, &after, error) &&
         apply_flips (self, after, before, -sign, error) &&
         apply_flips (self, run, before, sign, error) &&
         apply_flips (self, after, run, sign, error);
}

/* --- Runs --- */

/* @ret_hour is where the run is counted, or UNCOUNTED. */
static gboolean
read_hour (RunnelHistory *self,
           gint64         run,
           gboolean      *ret_found,
           gint64        *ret_hour,
           GError       **error)
{
  static const char sql[] = "SELECT coalesce (hour, ?) FROM run WHERE id = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, UNCOUNTED);
  runnel_statement_bind_int (statement, 1, run);
  if (!runnel_statement_step (statement, ret_found, error))
    return FALSE;
  *ret_hour = *ret_found ? runnel_statement_get_int (statement, 0) : UNCOUNTED;
  runnel_statement_reset (statement);
  return TRUE;
}

static gboolean
write_hour (RunnelHistory *self,
            gint64         run,
            gint64         hour,
            GError       **error)
{
  static const char sql[] = "UPDATE run SET hour = nullif (?, ?) WHERE id = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, hour);
  runnel_statement_bind_int (statement, 1, UNCOUNTED);
  runnel_statement_bind_int (statement, 2, run);
  return runnel_statement_run (statement, error);
}

/* Counts a run that is over, once; to be called in a transaction, when all of it is recorded. */
gboolean
_runnel_history_count_run (RunnelHistory *self,
                           gint64         run,
                           GError       **error)
{
  g_autoptr(RunnelRunTally) tally = NULL;
  Neighbour counted = { run, 0 };
  gboolean found;
  gint64 hour;

  if (!read_hour (self, run, &found, &hour, error))
    return FALSE;
  if (!found || hour != UNCOUNTED)
    return TRUE;
  tally = _runnel_run_tally_new (self, run, error);
  if (tally == NULL)
    return FALSE;
  counted.hour = runnel_local_hour_from_time (tally->started);
  return _runnel_history_merge_tally (self, tally, counted.hour, 1, error) &&
         apply_between (self, tally, counted, 1, error) &&
         write_hour (self, run, counted.hour, error);
}

/* Takes away what _runnel_history_count_run() added; to be called in a transaction, while all of
 * the run is still there. */
gboolean
_runnel_history_discount_run (RunnelHistory *self,
                              gint64         run,
                              GError       **error)
{
  g_autoptr(RunnelRunTally) tally = NULL;
  Neighbour counted = { run, 0 };
  gboolean found;

  if (!read_hour (self, run, &found, &counted.hour, error))
    return FALSE;
  if (counted.hour == UNCOUNTED)
    return TRUE;
  tally = _runnel_run_tally_new (self, run, error);
  return tally != NULL &&
         _runnel_history_merge_tally (self, tally, counted.hour, -1, error) &&
         apply_between (self, tally, counted, -1, error) &&
         write_hour (self, run, UNCOUNTED, error);
}

static gboolean
has_uncounted (RunnelHistory *self,
               gboolean      *ret_none,
               GError       **error)
{
  static const char sql[] = "SELECT 1 " UNCOUNTED_RUNS "LIMIT 1";
  gint64 found;

  if (!runnel_sqlite_read_int (self->db, sql, &found, error))
    return FALSE;
  *ret_none = found == 0;
  return TRUE;
}

static gboolean
count_some (RunnelHistory *self,
            guint          n_runs,
            gboolean      *ret_complete,
            GError       **error)
{
  static const char sql[] = "SELECT id " UNCOUNTED_RUNS "ORDER BY id LIMIT 1";

  G_STATIC_ASSERT (FIRST_TERMINAL_STATE == 4);
  for (*ret_complete = FALSE; n_runs > 0; n_runs--)
    {
      gint64 run = 0;

      if (!runnel_sqlite_read_int (self->db, sql, &run, error))
        return FALSE;
      *ret_complete = run == 0;
      if (run == 0)
        return TRUE;
      if (!_runnel_history_count_run (self, run, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * runnel_history_catch_up:
 * @self: a history that is not in a transaction
 * @n_runs: how many runs to count at most
 * @ret_complete: (out): whether all runs that are over are counted now
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Counts runs that are over and in no statistics yet: those of a database of an earlier version,
 * and those that were brought in. Quick when there are none.
 *
 * Returns: whether it could be done
 */
gboolean
runnel_history_catch_up (RunnelHistory *self,
                         guint          n_runs,
                         gboolean      *ret_complete,
                         GError       **error)
{
  g_return_val_if_fail (self != NULL && ret_complete != NULL, FALSE);

  if (!has_uncounted (self, ret_complete, error))
    return FALSE;
  if (*ret_complete)
    return TRUE;
  if (!runnel_history_begin (self, error))
    return FALSE;
  if (count_some (self, n_runs, ret_complete, error))
    return runnel_history_commit (self, error);
  runnel_history_rollback (self);
  return FALSE;
}
