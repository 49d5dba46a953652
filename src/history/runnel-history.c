/* runnel-history.c: opening the history, its transactions, its places
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>

#include "history/runnel-history-private.h"
#include "model/runnel-json-write.h"

/* How long to wait for others when a history is opened, and how long between two tries. */
#define PATIENCE (RUNNEL_SQLITE_PATIENCE_SECONDS * G_TIME_SPAN_SECOND)
#define PAUSE (5 * G_TIME_SPAN_MILLISECOND)

/* The longest pause between two transactions, in which the others try several times. */
#define MAX_PAUSE (50 * G_TIME_SPAN_MILLISECOND)

G_DEFINE_QUARK (runnel-history-error-quark, runnel_history_error)

static gboolean
make_folder (const char *path,
             GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_UNWRITABLE,
               "Cannot make the folder “%s” for the history: %s. Make it writable, or set "
               "XDG_DATA_HOME to a folder that is.",
               folder, g_strerror (errno));
  return FALSE;
}

static gboolean
set_up_connection (RunnelSqlite *db,
                   GError      **error)
{
  /* auto_vacuum counts only before the first page is written, which setting WAL does. */
  static const char *const pragmas =
    "PRAGMA auto_vacuum = INCREMENTAL;"
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = NORMAL;"
    "PRAGMA foreign_keys = ON;";

  return runnel_sqlite_exec (db, pragmas, error) && _runnel_history_migrate (db, error);
}

/* For some locks SQLite does not wait: while one process makes the database, or the last one to
 * go clears up, others are told at once that it is locked. */
static gboolean
set_up_patiently (RunnelSqlite *db,
                  GError      **error)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  g_autoptr(GError) problem = NULL;

  while (!set_up_connection (db, &problem))
    {
      if (!g_error_matches (problem, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_BUSY) ||
          g_get_monotonic_time () >= end)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      g_clear_error (&problem);
      g_usleep (PAUSE);
    }
  return TRUE;
}

/**
 * runnel_history_get_path:
 *
 * Returns: (transfer full): where the history is kept by default
 */
char *
runnel_history_get_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "runnel", "history.db", NULL);
}

/**
 * runnel_history_get_runs_dir:
 *
 * Returns: (transfer full): the folder that holds a folder for each run
 */
char *
runnel_history_get_runs_dir (void)
{
  return g_build_filename (g_get_user_state_dir (), "runnel", "runs", NULL);
}

/**
 * runnel_history_get_run_dir:
 * @run: the run's number
 *
 * Returns: (transfer full): the folder of the run's journal, logs and outputs; it may not exist
 */
char *
runnel_history_get_run_dir (gint64 run)
{
  g_autofree char *runs_dir = runnel_history_get_runs_dir ();
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, run);

  return g_build_filename (runs_dir, name, NULL);
}

/**
 * runnel_history_open:
 * @path: (nullable): the database, made when missing; %NULL for the default,
 *   ":memory:" for one that is gone when closed
 * @error: return location; %RUNNEL_HISTORY_ERROR, among them
 *   %RUNNEL_HISTORY_ERROR_NEWER, %RUNNEL_HISTORY_ERROR_CORRUPT and
 *   %RUNNEL_HISTORY_ERROR_UNWRITABLE
 *
 * Several processes may have one history open and write to it.
 *
 * Returns: (transfer full) (nullable): the history
 */
RunnelHistory *
runnel_history_open (const char *path,
                     GError    **error)
{
  g_autofree char *default_path = path == NULL ? runnel_history_get_path () : NULL;
  g_autoptr(RunnelSqlite) db = NULL;
  RunnelHistory *self;

  path = path ? path : default_path;
  if (!g_str_equal (path, ":memory:") && !make_folder (path, error))
    return NULL;
  db = runnel_sqlite_open (path, error);
  if (db == NULL || !set_up_patiently (db, error))
    return NULL;
  self = g_new0 (RunnelHistory, 1);
  self->db = g_steal_pointer (&db);
  self->waiting = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

/**
 * runnel_history_close:
 * @self: (transfer full) (nullable): a history; a transaction not committed is undone
 */
void
runnel_history_close (RunnelHistory *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->db, runnel_sqlite_close);
  g_clear_pointer (&self->waiting, g_hash_table_unref);
  g_clear_pointer (&self->family, g_hash_table_unref);
  g_free (self);
}

gboolean
_runnel_history_is_in_memory (RunnelHistory *self)
{
  return g_str_equal (runnel_sqlite_get_path (self->db), ":memory:");
}

/* SQLite gives the lock to whoever asks first after it became free; who has many things to write
 * would keep out everybody else. So each leaves it alone for as long as it has just held it. */
static void
give_way (RunnelHistory *self)
{
  gint64 pause = MIN (self->ended - self->began, MAX_PAUSE);
  gint64 passed = g_get_monotonic_time () - self->ended;

  if (passed < pause && !_runnel_history_is_in_memory (self))
    g_usleep (pause - passed);
}

/**
 * runnel_history_begin:
 * @self: a history that is not in a transaction
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Begins a transaction that takes the write lock at once, so that what
 * follows can't fail half-way for want of it. Others who wait for it have
 * their turn between two transactions of one history.
 *
 * Returns: whether it has begun
 */
gboolean
runnel_history_begin (RunnelHistory *self,
                      GError       **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  give_way (self);
  if (!runnel_sqlite_exec (self->db, "BEGIN IMMEDIATE", error))
    return FALSE;
  self->began = g_get_monotonic_time ();
  self->ended = self->began;
  return TRUE;
}

/**
 * runnel_history_commit:
 * @self: a history in a transaction
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * The transaction is over in any case; when this fails it is undone. What is
 * committed survives the death of this process, and, after some seconds or
 * a call of runnel_sqlite_sync(), a power cut.
 *
 * Returns: whether everything in it is now in the history
 */
gboolean
runnel_history_commit (RunnelHistory *self,
                       GError       **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (runnel_sqlite_exec (self->db, "COMMIT", error))
    {
      self->ended = g_get_monotonic_time ();
      return TRUE;
    }
  runnel_history_rollback (self);
  return FALSE;
}

/**
 * runnel_history_rollback:
 * @self: a history
 *
 * Undoes everything since runnel_history_begin(). Does nothing when the
 * transaction is over already, as after some errors.
 */
void
runnel_history_rollback (RunnelHistory *self)
{
  g_return_if_fail (self != NULL);

  if (runnel_sqlite_in_transaction (self->db))
    runnel_sqlite_exec (self->db, "ROLLBACK", NULL);
  self->ended = g_get_monotonic_time ();
  self->waiting_unknown = TRUE;
}

gboolean
_runnel_history_run_with_id (RunnelHistory *self,
                             const char    *sql,
                             gint64         id,
                             GError       **error)
{
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, id);
  return runnel_statement_run (statement, error);
}

/* Not by JSON-GLib: it writes 1e20 as 1e+20.0, which is no JSON, and SQLite refuses that.
 * Returns: (transfer full) (nullable) */
char *
_runnel_json_object_to_text (JsonObject *object)
{
  g_autoptr(JsonNode) node = NULL;
  GString *text;

  if (object == NULL)
    return NULL;
  node = json_node_init_object (json_node_alloc (), object);
  text = g_string_new (NULL);
  runnel_json_write_compact (text, node);
  return g_string_free (text, FALSE);
}

/* Returns: (transfer full) (nullable): NULL also for what is not an object */
JsonObject *
_runnel_json_object_from_text (const char *text)
{
  g_autoptr(JsonNode) node = text ? json_from_string (text, NULL) : NULL;

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

/**
 * runnel_history_get_version:
 * @self: a history
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * What was read before needs to be read again only when the version is another one. It holds as
 * long as the history is open.
 *
 * Returns: the version; -1 on failure
 */
gint64
runnel_history_get_version (RunnelHistory *self,
                            GError       **error)
{
  gint64 others;

  g_return_val_if_fail (self != NULL, -1);

  /* It counts what other connections wrote, https://www.sqlite.org/pragma.html#pragma_data_version */
  if (!runnel_sqlite_read_int (self->db, "PRAGMA data_version", &others, error))
    return -1;
  return (others << 32) + runnel_sqlite_get_total_changes (self->db);
}

static gboolean
record_in_transaction (RunnelHistory     *self,
                       const RunnelEvent *event,
                       const char        *outputs,
                       const char        *details,
                       GError           **error)
{
  if (!runnel_history_begin (self, error))
    return FALSE;
  if (_runnel_history_record_text (self, event, outputs, details, error))
    return runnel_history_commit (self, error);
  runnel_history_rollback (self);
  return FALSE;
}

/**
 * runnel_history_record:
 * @self: a history; call it within runnel_history_begin() when there are many events
 * @event: what happened; its run, step and attempt may be known already
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Recording an event twice, or a whole journal again from its start, changes
 * nothing: each fact has one place.
 *
 * Returns: whether it is recorded
 */
gboolean
runnel_history_record (RunnelHistory     *self,
                       const RunnelEvent *event,
                       GError           **error)
{
  g_autofree char *outputs = NULL;
  g_autofree char *details = NULL;

  g_return_val_if_fail (self != NULL && event != NULL, FALSE);

  outputs = _runnel_json_object_to_text (event->outputs);
  details = _runnel_json_object_to_text (event->details);
  if (runnel_sqlite_in_transaction (self->db))
    return _runnel_history_record_text (self, event, outputs, details, error);
  return record_in_transaction (self, event, outputs, details, error);
}

gboolean
_runnel_history_record_text (RunnelHistory     *self,
                             const RunnelEvent *event,
                             const char        *outputs,
                             const char        *details,
                             GError           **error)
{
  switch (event->type)
    {
    case RUNNEL_EVENT_RUN_STARTED:
    case RUNNEL_EVENT_RUN_CANCELLING:
    case RUNNEL_EVENT_RUN_FINISHED:
    case RUNNEL_EVENT_RUN_QUEUED:
    case RUNNEL_EVENT_RUN_PAUSED:
    case RUNNEL_EVENT_RUN_RESUMED:
    case RUNNEL_EVENT_RUN_ROLLING_BACK:
      return _runnel_history_record_run_event (self, event, details, error);
    case RUNNEL_EVENT_STEP_QUEUED:
    case RUNNEL_EVENT_STEP_WAITING:
    case RUNNEL_EVENT_ATTEMPT_STARTED:
    case RUNNEL_EVENT_ATTEMPT_FINISHED:
      return _runnel_history_record_step_event (self, event, outputs, error);
    case RUNNEL_EVENT_STEP_FINISHED:
      return _runnel_history_record_step_event (self, event, outputs, error) &&
             _runnel_history_record_artifacts (self, event, details, error);
    case RUNNEL_EVENT_STEP_ADDED:
      return _runnel_history_record_added_step (self, event, details, error);
    case RUNNEL_EVENT_ACTION:
      return _runnel_history_record_action (self, event, details, error);
    default:
      g_assert_not_reached ();
    }
}
