/* runnel-history-pack.c: the logs of earlier runs, compressed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sys/stat.h>

#include "history/runnel-history-pack.h"
#include "history/runnel-history-private.h"
#include "history/runnel-run-size.h"
#include "log/runnel-log-pack.h"

#define LOG_SUFFIX ".log"
/* What fits into a block of the disk takes one, compressed or not. */
#define MIN_SIZE 4096

typedef struct
{
  gint64 run;
  RunnelRunPacked packed;
  gint64 finished;
} Candidate;

static GArray *
list_candidates (RunnelHistory *self,
                 GError       **error)
{
  static const char sql[] =
    "SELECT run.id, packed, max (started, finished) FROM run_size JOIN run ON run.id = run_size.run"
    " WHERE packed < 2 ORDER BY run_size.run";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  g_autoptr(GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  gboolean row;

  G_STATIC_ASSERT (RUNNEL_RUN_PACKED_ALL == 2);
  if (statement == NULL)
    return NULL;
  while (runnel_statement_step (statement, &row, error))
    {
      Candidate candidate;

      if (!row)
        return g_steal_pointer (&candidates);
      candidate.run = runnel_statement_get_int (statement, 0);
      candidate.packed = runnel_statement_get_int (statement, 1);
      candidate.finished = runnel_statement_get_int (statement, 2);
      g_array_append_val (candidates, candidate);
    }
  return NULL;
}

static gboolean
pack_one (const char        *folder,
          const char        *name,
          gint64             min_size,
          RunnelPackResult  *result,
          GCancellable      *cancellable,
          GError           **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat status;
  gint64 saved;

  if (lstat (path, &status) != 0 || !S_ISREG (status.st_mode) || status.st_size <= min_size)
    return TRUE;
  if (!runnel_log_pack (path, &saved, cancellable, error))
    return FALSE;
  result->n_logs++;
  result->saved += saved;
  return TRUE;
}

/* Compresses the logs in a folder that are larger than @min_size. */
static gboolean
pack_folder (const char        *folder,
             gint64             min_size,
             RunnelPackResult  *result,
             GCancellable      *cancellable,
             GError           **error)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, LOG_SUFFIX) &&
        !pack_one (folder, name, min_size, result, cancellable, error))
      return FALSE;
  return TRUE;
}

static gboolean
is_old (const RunnelRetention *policy,
        const Candidate       *candidate,
        gint64                 now)
{
  return policy->compress_after != RUNNEL_RETENTION_NOT_GIVEN &&
         now - candidate->finished >= policy->compress_after;
}

static gint64
get_min_size (const RunnelRetention *policy,
              gboolean               is_old)
{
  if (is_old)
    return MIN_SIZE;
  if (policy->compress_above == RUNNEL_RETENTION_NOT_GIVEN)
    return G_MAXINT64;
  return MAX (policy->compress_above, MIN_SIZE);
}

static gboolean
pack_run (RunnelHistory          *self,
          const RunnelRetention  *policy,
          const Candidate        *candidate,
          gint64                  now,
          RunnelPackResult       *result,
          GCancellable           *cancellable,
          GError                **error)
{
  g_autofree char *folder = runnel_history_get_run_dir (candidate->run);
  gboolean all = is_old (policy, candidate, now);
  RunnelRunPacked packed = all ? RUNNEL_RUN_PACKED_ALL : RUNNEL_RUN_PACKED_LARGE;

  if (candidate->packed >= packed)
    return TRUE;
  return pack_folder (folder, get_min_size (policy, all), result, cancellable, error) &&
         runnel_history_measure_run (self, candidate->run, packed, error);
}

/**
 * runnel_history_pack_logs:
 * @self: a history that is not in a transaction, and whose runs are measured
 * @policy: from which age and size logs are compressed
 * @now: microseconds since 1970
 * @ret_result: (out): what was done, also on failure
 * @cancellable: (nullable): to stop in between
 * @error: return location; %RUNNEL_HISTORY_ERROR, %G_IO_ERROR
 *
 * Compresses the logs of runs that are over, the large ones at once and all when they are old.
 *
 * Returns: whether nothing went wrong
 */
gboolean
runnel_history_pack_logs (RunnelHistory          *self,
                          const RunnelRetention  *policy,
                          gint64                  now,
                          RunnelPackResult       *ret_result,
                          GCancellable           *cancellable,
                          GError                **error)
{
  g_autoptr(GArray) candidates = NULL;

  g_return_val_if_fail (self != NULL && policy != NULL, FALSE);

  *ret_result = (RunnelPackResult) { 0, 0 };
  candidates = list_candidates (self, error);
  for (guint i = 0; candidates != NULL && i < candidates->len; i++)
    if (!pack_run (self, policy, &g_array_index (candidates, Candidate, i), now, ret_result,
                   cancellable, error))
      return FALSE;
  return candidates != NULL;
}
