/* runnel-history-add.c: a run gets its number
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <unistd.h>

#include "history/runnel-history-private.h"
#include "util/runnel-proc.h"

/* Finds the pipeline, or adds it. To be called in a transaction. */
gboolean
_runnel_history_add_pipeline (RunnelHistory *self,
                              const char    *name,
                              const char    *file,
                              gint64        *ret_pipeline,
                              GError       **error)
{
  /* The update changes nothing; it is there because only then RETURNING gives the row. */
  static const char sql[] =
    "INSERT INTO pipeline (name, file) VALUES (?, ?)"
    " ON CONFLICT DO UPDATE SET name = excluded.name RETURNING id";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_text (statement, 0, name);
  runnel_statement_bind_text (statement, 1, file);
  if (!runnel_statement_step (statement, &row, error))
    return FALSE;
  *ret_pipeline = runnel_statement_get_int (statement, 0);
  runnel_statement_reset (statement);
  return TRUE;
}

static gboolean
insert_run (RunnelHistory *self,
            gint64         pipeline,
            gint64         definition,
            gint64         started,
            GError       **error)
{
  /* The uuid (RFC 4122, version 4) is made by SQLite, whose random numbers differ after a fork;
   * GLib's would not. */
  static const char sql[] =
    "INSERT INTO run (uuid, pipeline, definition, state, started, pid, pid_start) VALUES ("
    " lower (hex (randomblob (4)) || '-' || hex (randomblob (2)) || '-4' ||"
    "  substr (hex (randomblob (2)), 2) || '-' || substr ('89AB', 1 + (random () & 3), 1) ||"
    "  substr (hex (randomblob (2)), 2) || '-' || hex (randomblob (6))),"
    " ?, ?, ?, ?, ?, ?)";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, pipeline);
  runnel_statement_bind_int (statement, 1, definition);
  runnel_statement_bind_int (statement, 2, RUNNEL_STATE_PENDING);
  runnel_statement_bind_int (statement, 3, started);
  runnel_statement_bind_int (statement, 4, getpid ());
  runnel_statement_bind_int (statement, 5, runnel_proc_get_start_time (getpid ()));
  return runnel_statement_run (statement, error);
}

static gboolean
add_run_rows (RunnelHistory *self,
              const char    *pipeline_name,
              const char    *file,
              const char    *text,
              gsize          length,
              gint64         started,
              GError       **error)
{
  gint64 pipeline, definition;

  return _runnel_history_add_definition (self, text, length, &definition, error) &&
         _runnel_history_add_pipeline (self, pipeline_name, file, &pipeline, error) &&
         insert_run (self, pipeline, definition, started, error);
}

/**
 * runnel_history_add_run:
 * @self: a history that is not in a transaction
 * @pipeline_name: (nullable): the pipeline's name
 * @file: (nullable): absolute path of its file
 * @pipeline_text: the pipeline as it will run, which has been read without errors before
 * @length: bytes of @pipeline_text
 * @started: microseconds since 1970; that of the run-started event takes its place
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Adds a run of this process, in the state pending until its run-started
 * event is recorded. It has reached the disk when this returns: were the
 * number lost in a power cut, the next run would get it again and meet the
 * run directory of this one. That costs one fsync, where the facts that
 * follow cost none.
 *
 * Returns: the run's number, from 1; 0 on failure
 */
gint64
runnel_history_add_run (RunnelHistory *self,
                        const char    *pipeline_name,
                        const char    *file,
                        const char    *pipeline_text,
                        gsize          length,
                        gint64         started,
                        GError       **error)
{
  gint64 run;

  g_return_val_if_fail (self != NULL && pipeline_text != NULL, 0);

  if (!runnel_history_begin (self, error))
    return 0;
  if (!add_run_rows (self, pipeline_name ? pipeline_name : "", file ? file : "", pipeline_text,
                     length, started, error))
    {
      runnel_history_rollback (self);
      return 0;
    }
  run = runnel_sqlite_get_last_id (self->db);
  if (!runnel_history_commit (self, error) || !runnel_sqlite_sync (self->db, error))
    return 0;
  return run;
}
