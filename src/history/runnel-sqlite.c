/* runnel-sqlite.c: all of sqlite3 behind GError
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "history/runnel-history.h"
#include "history/runnel-sqlite.h"

/* How long to ask for a lock, and how long between two tries. Several runs write to one history at
 * once; each holds the lock for some milliseconds, but on a busy disk that may be seconds. SQLite's
 * own handler tries only each tenth of a second in the end, and so goes away empty-handed when
 * somebody writes much. */
#define PATIENCE (RUNNEL_SQLITE_PATIENCE_SECONDS * G_TIME_SPAN_SECOND)
#define PAUSE (5 * G_TIME_SPAN_MILLISECOND)

struct _RunnelSqlite
{
  sqlite3 *db;
  char *path;
  GHashTable *statements; /* static SQL string (by address) -> RunnelStatement */
  gint64 waiting_since;   /* for a lock; monotonic */
};

struct _RunnelStatement
{
  RunnelSqlite *connection;
  sqlite3_stmt *stmt;
  int bind_result;        /* of the first bind that failed, reported by the next step */
};

/* What SQLite calls an I/O error may be one of room, as for the file that connections share. */
static gboolean
is_disk_full (RunnelSqlite *self,
              int           result)
{
  int number = self->db ? sqlite3_system_errno (self->db) : 0;

  return (result & 0xff) == SQLITE_IOERR && (number == ENOSPC || number == EDQUOT);
}

static RunnelHistoryError
error_code (RunnelSqlite *self,
            int           result)
{
  if (is_disk_full (self, result))
    return RUNNEL_HISTORY_ERROR_FULL;
  switch (result & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return RUNNEL_HISTORY_ERROR_CORRUPT;
    case SQLITE_FULL:
      return RUNNEL_HISTORY_ERROR_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return RUNNEL_HISTORY_ERROR_BUSY;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return RUNNEL_HISTORY_ERROR_UNWRITABLE;
    default:
      return RUNNEL_HISTORY_ERROR_DATABASE;
    }
}

/* What to do about it, as the end of a message; the path is in the message already. */
static char *
error_advice (RunnelHistoryError code,
              const char        *path)
{
  g_autofree char *quoted = g_shell_quote (path);

  switch (code)
    {
    case RUNNEL_HISTORY_ERROR_CORRUPT:
      return g_strdup_printf ("Move it away with `mv %s %s.damaged`; a new one is made at the next "
                              "run, and the logs of earlier runs stay where they are.",
                              quoted, quoted);
    case RUNNEL_HISTORY_ERROR_FULL:
      return g_strdup ("Free some space on its disk and try again.");
    case RUNNEL_HISTORY_ERROR_BUSY:
      return g_strdup ("Another program keeps it locked; try again when it has finished.");
    case RUNNEL_HISTORY_ERROR_UNWRITABLE:
      return g_strdup ("Make the file and its folder writable, or set XDG_DATA_HOME to a folder "
                       "that is.");
    default:
      return g_strdup ("Try again.");
    }
}

static gboolean
set_error (RunnelSqlite *self,
           int           result,
           GError      **error)
{
  RunnelHistoryError code = error_code (self, result);
  g_autofree char *advice = error_advice (code, self->path);
  gboolean is_damage = code == RUNNEL_HISTORY_ERROR_CORRUPT;
  gboolean is_from_db = self->db && sqlite3_extended_errcode (self->db) == result;
  const char *detail = is_from_db ? sqlite3_errmsg (self->db) : sqlite3_errstr (result);

  if (is_disk_full (self, result))
    detail = g_strerror (ENOSPC);
  g_set_error (error, RUNNEL_HISTORY_ERROR, code, "%s “%s”: %s. %s",
               is_damage ? "The history is damaged," : "Cannot use the history",
               self->path, detail, advice);
  return FALSE;
}

/* Called by SQLite for each time it did not get a lock. Returns: whether to try again */
static int
wait_for_lock (gpointer data,
               int      n_tries)
{
  RunnelSqlite *self = data;
  gint64 now = g_get_monotonic_time ();

  if (n_tries == 0)
    self->waiting_since = now;
  if (now - self->waiting_since >= PATIENCE)
    return 0;
  g_usleep (PAUSE);
  return 1;
}

/**
 * runnel_sqlite_open:
 * @path: file of the database, made when missing, or ":memory:"
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable): a connection that waits up to
 *   %RUNNEL_SQLITE_PATIENCE_SECONDS for the locks of others
 */
RunnelSqlite *
runnel_sqlite_open (const char *path,
                    GError    **error)
{
  g_autoptr(RunnelSqlite) self = g_new0 (RunnelSqlite, 1);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE;
  int result;

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  self->statements = g_hash_table_new_full (NULL, NULL, NULL,
                                            (GDestroyNotify) runnel_statement_free);
  result = sqlite3_open_v2 (path, &self->db, flags, NULL);
  if (result == SQLITE_OK && sqlite3_db_readonly (self->db, "main") == 1)
    result = SQLITE_READONLY;
  if (result != SQLITE_OK)
    {
      set_error (self, result, error);
      return NULL;
    }
  sqlite3_busy_handler (self->db, wait_for_lock, self);
  return g_steal_pointer (&self);
}

/**
 * runnel_sqlite_close:
 * @self: (transfer full) (nullable): a connection; its own statements must be freed before
 */
void
runnel_sqlite_close (RunnelSqlite *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->statements, g_hash_table_unref);
  sqlite3_close (self->db);
  g_free (self->path);
  g_free (self);
}

/**
 * runnel_sqlite_get_path:
 * @self: a connection
 *
 * Returns: (transfer none): the path it was opened with
 */
const char *
runnel_sqlite_get_path (RunnelSqlite *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

/**
 * runnel_sqlite_exec:
 * @self: a connection
 * @sql: one or more statements without parameters; rows are thrown away
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: whether all of them were executed
 */
gboolean
runnel_sqlite_exec (RunnelSqlite *self,
                    const char   *sql,
                    GError      **error)
{
  int result;

  g_return_val_if_fail (self != NULL && sql != NULL, FALSE);

  result = sqlite3_exec (self->db, sql, NULL, NULL, NULL);
  return result == SQLITE_OK || set_error (self, result, error);
}

/**
 * runnel_sqlite_checkpoint:
 * @self: a connection that is not in a transaction
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Brings what was written to its place in the database and cuts the log of
 * writes to nothing. Who reads or writes at the moment is not waited for: then
 * less of that is done, or nothing, and a later checkpoint does the rest. Others
 * can write while it lasts, but for the moment of the cut.
 *
 * Returns: whether nothing went wrong
 */
gboolean
runnel_sqlite_checkpoint (RunnelSqlite *self,
                          GError      **error)
{
  int result;

  g_return_val_if_fail (self != NULL, FALSE);

  sqlite3_busy_handler (self->db, NULL, NULL);
  /* The first keeps nobody from writing, but does not cut; to the second it leaves little to do. */
  result = sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  if (result == SQLITE_OK)
    result = sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  sqlite3_busy_handler (self->db, wait_for_lock, self);
  return result == SQLITE_OK || (result & 0xff) == SQLITE_BUSY ||
         (result & 0xff) == SQLITE_LOCKED || set_error (self, result, error);
}

/**
 * runnel_sqlite_sync:
 * @self: a connection in WAL mode that is not in a transaction
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Waits until all that was committed so far has reached the disk. SQLite would do so within the
 * commit when asked for (PRAGMA synchronous = FULL), where on a busy disk everybody else who wants
 * to write has to wait, too, and each for all before. The log of writes alone needs it: what is no
 * longer there has come to its place and to the disk before,
 * https://www.sqlite.org/wal.html#performance_considerations
 *
 * Returns: whether it is there
 */
gboolean
runnel_sqlite_sync (RunnelSqlite *self,
                    GError      **error)
{
  g_autofree char *wal = NULL;
  int fd, result;

  g_return_val_if_fail (self != NULL, FALSE);

  wal = g_strconcat (self->path, "-wal", NULL);
  fd = g_open (wal, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0)
    return errno == ENOENT || set_error (self, SQLITE_IOERR_FSYNC, error);
  result = fsync (fd);
  close (fd);
  return result == 0 || set_error (self, SQLITE_IOERR_FSYNC, error);
}

/**
 * runnel_sqlite_read_int:
 * @self: a connection
 * @sql: a query or pragma without parameters whose first row starts with an integer
 * @ret_value: (out): that integer, 0 when there is no row; left alone on failure
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: whether it could be read
 */
gboolean
runnel_sqlite_read_int (RunnelSqlite *self,
                        const char   *sql,
                        gint64       *ret_value,
                        GError      **error)
{
  g_autoptr(RunnelStatement) statement = runnel_sqlite_prepare (self, sql, error);
  gboolean row;

  if (statement == NULL || !runnel_statement_step (statement, &row, error))
    return FALSE;
  *ret_value = row ? runnel_statement_get_int (statement, 0) : 0;
  return TRUE;
}

/**
 * runnel_sqlite_prepare:
 * @self: a connection, which must outlive the statement
 * @sql: one statement
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable): the statement
 */
RunnelStatement *
runnel_sqlite_prepare (RunnelSqlite *self,
                       const char   *sql,
                       GError      **error)
{
  g_autoptr(RunnelStatement) statement = g_new0 (RunnelStatement, 1);
  int result;

  g_return_val_if_fail (self != NULL && sql != NULL, NULL);

  statement->connection = self;
  result = sqlite3_prepare_v2 (self->db, sql, -1, &statement->stmt, NULL);
  if (result != SQLITE_OK)
    {
      set_error (self, result, error);
      return NULL;
    }
  return g_steal_pointer (&statement);
}

/**
 * runnel_sqlite_get_statement:
 * @self: a connection
 * @sql: one statement; a static string, which is known again by its address
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer none) (nullable): the statement, prepared at the first
 *   call and kept; ready to be bound. Only one user at a time.
 */
RunnelStatement *
runnel_sqlite_get_statement (RunnelSqlite *self,
                             const char   *sql,
                             GError      **error)
{
  RunnelStatement *statement;

  g_return_val_if_fail (self != NULL && sql != NULL, NULL);

  statement = g_hash_table_lookup (self->statements, sql);
  if (statement != NULL)
    {
      runnel_statement_reset (statement);
      return statement;
    }
  statement = runnel_sqlite_prepare (self, sql, error);
  if (statement != NULL)
    g_hash_table_insert (self->statements, (gpointer) sql, statement);
  return statement;
}

/**
 * runnel_sqlite_get_last_id:
 * @self: a connection
 *
 * Returns: the row id of the latest insertion
 */
gint64
runnel_sqlite_get_last_id (RunnelSqlite *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_last_insert_rowid (self->db);
}

/**
 * runnel_sqlite_get_n_changes:
 * @self: a connection
 *
 * Returns: how many rows the latest statement wrote or deleted
 */
int
runnel_sqlite_get_n_changes (RunnelSqlite *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_changes (self->db);
}

/**
 * runnel_sqlite_get_total_changes:
 * @self: a connection
 *
 * Returns: how many rows this connection has changed since it was opened
 */
gint64
runnel_sqlite_get_total_changes (RunnelSqlite *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_total_changes64 (self->db);
}

/**
 * runnel_sqlite_in_transaction:
 * @self: a connection
 *
 * Returns: whether a transaction was begun and not yet ended
 */
gboolean
runnel_sqlite_in_transaction (RunnelSqlite *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !sqlite3_get_autocommit (self->db);
}

/**
 * runnel_statement_free:
 * @self: (transfer full) (nullable): a statement of runnel_sqlite_prepare()
 */
void
runnel_statement_free (RunnelStatement *self)
{
  if (self == NULL)
    return;
  sqlite3_finalize (self->stmt);
  g_free (self);
}

static void
note_bind_result (RunnelStatement *self,
                  int              result)
{
  if (self->bind_result == SQLITE_OK)
    self->bind_result = result;
}

/**
 * runnel_statement_bind_int:
 * @self: a statement
 * @position: of the parameter, from 0
 * @value: its value
 *
 * A failure is reported by the next runnel_statement_step(), so that the
 * binding of many values reads as a list.
 */
void
runnel_statement_bind_int (RunnelStatement *self,
                           int              position,
                           gint64           value)
{
  g_return_if_fail (self != NULL);

  note_bind_result (self, sqlite3_bind_int64 (self->stmt, position + 1, value));
}

/**
 * runnel_statement_bind_text:
 * @self: a statement
 * @position: of the parameter, from 0
 * @value: (nullable): its value, copied; %NULL becomes SQL's NULL
 */
void
runnel_statement_bind_text (RunnelStatement *self,
                            int              position,
                            const char      *value)
{
  g_return_if_fail (self != NULL);

  note_bind_result (self, sqlite3_bind_text (self->stmt, position + 1, value, -1,
                                             SQLITE_TRANSIENT));
}

/**
 * runnel_statement_bind_blob:
 * @self: a statement
 * @position: of the parameter, from 0
 * @data: (array length=length): its bytes, copied
 * @length: their number
 */
void
runnel_statement_bind_blob (RunnelStatement *self,
                            int              position,
                            gconstpointer    data,
                            gsize            length)
{
  g_return_if_fail (self != NULL && data != NULL);

  note_bind_result (self, sqlite3_bind_blob64 (self->stmt, position + 1, data, length,
                                               SQLITE_TRANSIENT));
}

/**
 * runnel_statement_step:
 * @self: a statement
 * @ret_row: (out): whether there is a (further) row to read; %FALSE on failure
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * A statement that failed or gave its last row is reset at once, so that no
 * forgotten reader keeps the database from being checkpointed.
 *
 * Returns: whether it could be executed
 */
gboolean
runnel_statement_step (RunnelStatement *self,
                       gboolean        *ret_row,
                       GError         **error)
{
  gboolean ok;
  int result;

  g_return_val_if_fail (self != NULL && ret_row != NULL, FALSE);

  result = self->bind_result != SQLITE_OK ? self->bind_result : sqlite3_step (self->stmt);
  *ret_row = result == SQLITE_ROW;
  if (*ret_row)
    return TRUE;
  ok = result == SQLITE_DONE || set_error (self->connection, result, error);
  runnel_statement_reset (self);
  return ok;
}

/**
 * runnel_statement_run:
 * @self: a statement that gives no rows, or whose rows don't matter
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: whether it could be executed
 */
gboolean
runnel_statement_run (RunnelStatement *self,
                      GError         **error)
{
  gboolean row = TRUE;

  while (row)
    if (!runnel_statement_step (self, &row, error))
      return FALSE;
  return TRUE;
}

/**
 * runnel_statement_reset:
 * @self: a statement
 *
 * Forgets rows not yet read and all bound values.
 */
void
runnel_statement_reset (RunnelStatement *self)
{
  g_return_if_fail (self != NULL);

  sqlite3_reset (self->stmt);
  sqlite3_clear_bindings (self->stmt);
  self->bind_result = SQLITE_OK;
}

/**
 * runnel_statement_get_int:
 * @self: a statement that has a row
 * @column: from 0
 *
 * Returns: the column's value; 0 for SQL's NULL
 */
gint64
runnel_statement_get_int (RunnelStatement *self,
                          int              column)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_column_int64 (self->stmt, column);
}

/**
 * runnel_statement_get_text:
 * @self: a statement that has a row
 * @column: from 0
 *
 * Returns: (transfer none) (nullable): the column's value, valid until the
 *   next step; %NULL for SQL's NULL
 */
const char *
runnel_statement_get_text (RunnelStatement *self,
                           int              column)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *) sqlite3_column_text (self->stmt, column);
}

/**
 * runnel_statement_get_blob:
 * @self: a statement that has a row
 * @column: from 0
 * @ret_length: (out): number of bytes
 *
 * Returns: (transfer none) (nullable): the column's bytes, valid until the next step
 */
gconstpointer
runnel_statement_get_blob (RunnelStatement *self,
                           int              column,
                           gsize           *ret_length)
{
  gconstpointer data;

  g_return_val_if_fail (self != NULL && ret_length != NULL, NULL);

  data = sqlite3_column_blob (self->stmt, column);
  *ret_length = sqlite3_column_bytes (self->stmt, column);
  return data;
}

/**
 * runnel_statement_is_text:
 * @self: a statement that has a row
 * @column: from 0
 *
 * Returns: whether the column's value is text, not a number, bytes or NULL
 */
gboolean
runnel_statement_is_text (RunnelStatement *self,
                          int              column)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return sqlite3_column_type (self->stmt, column) == SQLITE_TEXT;
}
