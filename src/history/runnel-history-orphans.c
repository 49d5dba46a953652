/* runnel-history-orphans.c: what no run refers to any more
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-run-dir.h"
#include "history/runnel-history-orphans.h"
#include "history/runnel-history-private.h"
#include "history/runnel-run-size.h"

/* What a run takes with it is no orphan; these were left by crashes, by histories that were removed
 * and by other programs. Folders are not deleted for that: those of a history that was moved away
 * may still be wanted. */

#define ROWS_AT_ONCE "500"

#define UNUSED_DEFINITIONS \
  "FROM definition WHERE NOT EXISTS (SELECT 1 FROM run WHERE run.definition = definition.id)"
#define UNUSED_PIPELINES \
  "FROM pipeline WHERE NOT EXISTS (SELECT 1 FROM run WHERE run.pipeline = pipeline.id)"
#define UNUSED_REASONS \
  "FROM reason WHERE NOT EXISTS (SELECT 1 FROM run_reason WHERE run_reason.reason = reason.id)"
#define UNUSED_ENTRIES \
  "FROM doomed WHERE NOT EXISTS (SELECT 1 FROM run WHERE run.id = doomed.run)"

void
runnel_orphan_free (RunnelOrphan *self)
{
  g_free (self->path);
  g_free (self);
}

/* "12" is the folder of a run; "12.old-1" one that was in its way, see runnel_run_dir_create(). */
static gboolean
is_orphan (RunnelHistory *self,
           const char    *name,
           gboolean      *ret_orphan,
           GError       **error)
{
  char *end;
  gint64 run = g_ascii_strtoll (name, &end, 10);
  gboolean found = FALSE;

  *ret_orphan = run > 0 && g_str_has_prefix (end, ".old-");
  if (run <= 0 || *end != '\0')
    return TRUE;
  if (!_runnel_history_has_run (self, run, &found, error))
    return FALSE;
  *ret_orphan = !found;
  return TRUE;
}

static void
add_orphan (GPtrArray *orphans,
            char      *path)
{
  RunnelOrphan *orphan = g_new0 (RunnelOrphan, 1);
  gint64 logs, artifacts;

  runnel_run_size_measure (path, &logs, &artifacts);
  orphan->path = path;
  orphan->size = logs + artifacts;
  g_ptr_array_add (orphans, orphan);
}

/**
 * runnel_history_find_orphans:
 * @self: a history
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelOrphan): folders of runs that the history
 *   does not know
 */
GPtrArray *
runnel_history_find_orphans (RunnelHistory *self,
                             GError       **error)
{
  g_autofree char *runs_dir = runnel_history_get_runs_dir ();
  g_autoptr(GDir) dir = g_dir_open (runs_dir, 0, NULL);
  g_autoptr(GPtrArray) orphans = NULL;
  const char *name;

  g_return_val_if_fail (self != NULL, NULL);

  orphans = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_orphan_free);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (runs_dir, name, NULL);
      gboolean orphan;

      if (!is_orphan (self, name, &orphan, error))
        return NULL;
      if (orphan && !runnel_run_dir_is_alive (path))
        add_orphan (orphans, g_steal_pointer (&path));
    }
  return g_steal_pointer (&orphans);
}

/**
 * runnel_history_count_unused:
 * @self: a history
 * @ret_n_rows: (out): definitions, pipelines and reasons that no run has
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: whether they could be counted
 */
gboolean
runnel_history_count_unused (RunnelHistory *self,
                             gint64        *ret_n_rows,
                             GError       **error)
{
  return runnel_sqlite_read_int (self->db,
                                 "SELECT (SELECT count (*) " UNUSED_DEFINITIONS ") +"
                                 " (SELECT count (*) " UNUSED_PIPELINES ") +"
                                 " (SELECT count (*) " UNUSED_REASONS ") +"
                                 " (SELECT count (*) " UNUSED_ENTRIES ")", ret_n_rows, error);
}

/* Executes the statement until there is nothing more to delete. */
static gboolean
drop (RunnelHistory *self,
      const char    *sql,
      gint64        *n_rows,
      GError       **error)
{
  int n_dropped;

  do
    {
      gint64 began = g_get_monotonic_time ();

      if (!runnel_sqlite_exec (self->db, sql, error))
        return FALSE;
      n_dropped = runnel_sqlite_get_n_changes (self->db);
      *n_rows += n_dropped;
      if (n_dropped > 0)
        _runnel_history_let_others (began);
    }
  while (n_dropped > 0);
  return TRUE;
}

/**
 * runnel_history_drop_unused:
 * @self: a history that is not in a transaction
 * @ret_n_rows: (out): how many rows are gone
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Deletes definitions, pipelines and reasons that no run has.
 *
 * Returns: whether there are none any more
 */
gboolean
runnel_history_drop_unused (RunnelHistory *self,
                            gint64        *ret_n_rows,
                            GError       **error)
{
  g_return_val_if_fail (self != NULL && ret_n_rows != NULL, FALSE);

  *ret_n_rows = 0;
  return drop (self, "DELETE FROM definition WHERE id IN (SELECT id " UNUSED_DEFINITIONS
                     " LIMIT " ROWS_AT_ONCE ")", ret_n_rows, error) &&
         drop (self, "DELETE FROM pipeline WHERE id IN (SELECT id " UNUSED_PIPELINES
                     " LIMIT " ROWS_AT_ONCE ")", ret_n_rows, error) &&
         drop (self, "DELETE FROM reason WHERE id IN (SELECT id " UNUSED_REASONS
                     " LIMIT " ROWS_AT_ONCE ")", ret_n_rows, error) &&
         drop (self, "DELETE FROM doomed WHERE run IN (SELECT run " UNUSED_ENTRIES
                     " LIMIT " ROWS_AT_ONCE ")", ret_n_rows, error);
}
