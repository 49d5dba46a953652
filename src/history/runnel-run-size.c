/* runnel-run-size.c: what runs take on disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fts.h>
#include <string.h>
#include <sys/stat.h>

#include "engine/files/runnel-artifacts.h"
#include "history/runnel-history-private.h"
#include "history/runnel-history-space.h"
#include "history/runnel-run-size.h"

/* Runs are measured in folders, which may wait for the disk, and written down a few at a time. */
#define RUNS_AT_ONCE 100
#define BLOCK 512 /* of st_blocks, see stat(2) */

typedef struct
{
  gint64 run;
  gint64 logs;
  gint64 artifacts;
} Measure;

/* What would be free were the file gone. A file that has several names, as artifacts do that were
 * taken from another run, counts in parts. */
static gint64
get_share (const struct stat *status)
{
  gint64 size = (gint64) status->st_blocks * BLOCK;

  return S_ISDIR (status->st_mode) ? size : size / MAX ((gint64) status->st_nlink, 1);
}

/**
 * runnel_run_size_measure:
 * @run_dir: (type filename): the folder of a run; one that is not there is empty
 * @ret_logs: (out): bytes on disk, of all but artifacts
 * @ret_artifacts: (out): bytes on disk of artifacts
 *
 * Looks at all files in the folder.
 */
void
runnel_run_size_measure (const char *run_dir,
                         gint64     *ret_logs,
                         gint64     *ret_artifacts)
{
  g_autofree char *artifacts = runnel_artifacts_get_path (run_dir, NULL);
  char *roots[] = { (char *) run_dir, NULL };
  FTS *walk = fts_open (roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
  gsize length = strlen (artifacts);
  FTSENT *entry;

  *ret_logs = 0;
  *ret_artifacts = 0;
  while (walk != NULL && (entry = fts_read (walk)) != NULL)
    {
      gboolean is_artifact = strncmp (entry->fts_path, artifacts, length) == 0 &&
                             (entry->fts_path[length] == '/' || entry->fts_path[length] == '\0');

      if (entry->fts_info != FTS_DP && entry->fts_info != FTS_NS && entry->fts_info != FTS_ERR &&
          entry->fts_info != FTS_DNR)
        *(is_artifact ? ret_artifacts : ret_logs) += get_share (entry->fts_statp);
    }
  if (walk != NULL)
    fts_close (walk);
}

static void
measure (Measure *measure,
         gint64   run)
{
  g_autofree char *folder = runnel_history_get_run_dir (run);

  measure->run = run;
  runnel_run_size_measure (folder, &measure->logs, &measure->artifacts);
}

/* A run that is gone by now, or not over, is left out. */
static gboolean
write_down (RunnelHistory   *self,
            const Measure   *measure,
            RunnelRunPacked  packed,
            GError         **error)
{
  static const char sql[] =
    "INSERT OR REPLACE INTO run_size SELECT id,"
    " (SELECT count (*) FROM step WHERE step.run = run.id) +"
    " (SELECT count (*) FROM attempt WHERE attempt.run = run.id) +"
    " (SELECT count (*) FROM wait WHERE wait.run = run.id) +"
    " (SELECT count (*) FROM artifact WHERE artifact.run = run.id), ?2, ?3, ?4"
    " FROM run WHERE id = ?1 AND state >= 4";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  G_STATIC_ASSERT (FIRST_TERMINAL_STATE == 4);
  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, measure->run);
  runnel_statement_bind_int (statement, 1, measure->logs);
  runnel_statement_bind_int (statement, 2, measure->artifacts);
  runnel_statement_bind_int (statement, 3, packed);
  return runnel_statement_run (statement, error);
}

static gboolean
write_all_down (RunnelHistory  *self,
                GArray         *measures,
                GError        **error)
{
  gint64 began = g_get_monotonic_time ();
  gboolean ok = TRUE;

  if (!runnel_history_begin (self, error))
    return FALSE;
  for (guint i = 0; ok && i < measures->len; i++)
    ok = write_down (self, &g_array_index (measures, Measure, i), RUNNEL_RUN_PACKED_NONE, error);
  if (!ok)
    {
      runnel_history_rollback (self);
      return FALSE;
    }
  if (!runnel_history_commit (self, error))
    return FALSE;
  _runnel_history_let_others (began);
  return TRUE;
}

/* The next runs behind @after that are over and were not measured. */
static GArray *
find_unmeasured (RunnelHistory *self,
                 gint64         after,
                 GError       **error)
{
  static const char sql[] =
    "SELECT id FROM run WHERE id > ?1 AND state >= 4"
    " AND NOT EXISTS (SELECT 1 FROM run_size WHERE run_size.run = run.id) ORDER BY id LIMIT ?2";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  g_autoptr(GArray) measures = g_array_new (FALSE, TRUE, sizeof (Measure));
  gboolean row;

  if (statement == NULL)
    return NULL;
  runnel_statement_bind_int (statement, 0, after);
  runnel_statement_bind_int (statement, 1, RUNS_AT_ONCE);
  while (runnel_statement_step (statement, &row, error))
    {
      Measure found = { 0, };

      if (!row)
        return g_steal_pointer (&measures);
      found.run = runnel_statement_get_int (statement, 0);
      g_array_append_val (measures, found);
    }
  return NULL;
}

/**
 * runnel_history_measure_runs:
 * @self: a history that is not in a transaction
 * @cancellable: (nullable): to stop in between
 * @error: return location; %RUNNEL_HISTORY_ERROR, %G_IO_ERROR_CANCELLED
 *
 * Finds out what runs take that are over and were not measured yet. Quick when that are few; for
 * a history that never was measured it looks at every folder.
 *
 * Returns: whether all are measured
 */
gboolean
runnel_history_measure_runs (RunnelHistory *self,
                             GCancellable  *cancellable,
                             GError       **error)
{
  gint64 after = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  for (;;)
    {
      g_autoptr(GArray) measures = find_unmeasured (self, after, error);

      if (measures == NULL)
        return FALSE;
      if (measures->len == 0)
        return TRUE;
      for (guint i = 0; i < measures->len; i++)
        {
          Measure *next = &g_array_index (measures, Measure, i);

          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
          after = next->run;
          measure (next, after);
        }
      if (!write_all_down (self, measures, error))
        return FALSE;
    }
}

/**
 * runnel_history_measure_run:
 * @self: a history
 * @run: the number of a run
 * @packed: which of its logs are compressed by now
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Finds out what one run takes, again if need be.
 *
 * Returns: whether that is written down
 */
gboolean
runnel_history_measure_run (RunnelHistory    *self,
                            gint64            run,
                            RunnelRunPacked   packed,
                            GError          **error)
{
  Measure found;

  g_return_val_if_fail (self != NULL, FALSE);

  measure (&found, run);
  return write_down (self, &found, packed, error);
}

/**
 * runnel_history_get_size:
 * @self: a history
 * @ret_size: (out): what all runs take that were measured
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: whether it could be read
 */
gboolean
runnel_history_get_size (RunnelHistory      *self,
                         RunnelHistorySize  *ret_size,
                         GError            **error)
{
  static const char sql[] =
    "SELECT count (*), sum (logs), sum (artifacts), sum (n_rows) FROM run_size";
  RunnelStatement *statement;
  gboolean row;

  g_return_val_if_fail (self != NULL && ret_size != NULL, FALSE);

  statement = runnel_sqlite_get_statement (self->db, sql, error);
  if (statement == NULL || !runnel_statement_step (statement, &row, error))
    return FALSE;
  ret_size->n_runs = runnel_statement_get_int (statement, 0);
  ret_size->logs = runnel_statement_get_int (statement, 1);
  ret_size->artifacts = runnel_statement_get_int (statement, 2);
  ret_size->n_rows = runnel_statement_get_int (statement, 3);
  runnel_statement_reset (statement);
  return runnel_history_get_database_size (self, &ret_size->database, &ret_size->database_free,
                                           error);
}
