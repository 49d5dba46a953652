/* runnel-import.c: runs out of a file that was exported, into the history
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "engine/limits/runnel-folder-lock.h"
#include "history/exchange/runnel-exchange-reader.h"
#include "history/exchange/runnel-export.h"
#include "history/exchange/runnel-import-line.h"
#include "history/exchange/runnel-import-run.h"
#include "history/exchange/runnel-import.h"
#include "history/runnel-history-private.h"
#include "model/runnel-json-read.h"
#include "util/runnel-remove-tree.h"

/* Where runs are until they are in the history, below the folder of all runs: a folder can be moved
 * from there in one step. One import at a time has it; what is found there is of one that died. */
#define STAGING ".import"
#define PROGRESS_EVERY 1000 /* lines */
#define DIGEST_LENGTH 64

typedef struct
{
  RunnelHistory *history;
  RunnelImportProgress progress;
  gpointer user_data;
  RunnelImportResult *result;
  GCancellable *cancellable;
  RunnelExchangeReader *reader;
  RunnelImportRoom *room;
  char *staging;
  int lock;
  char *host;             /* that the file comes from, NULL = there was no header yet */
  RunnelImportRun *run;   /* that is being read, or NULL */
  char *definition;       /* SHA-256 of its pipeline */
  gboolean is_skipped;    /* a run is being read that is there already */
  gboolean has_ended;
  guint64 problem_line;   /* when it is not the last that was read */
} Import;

static void
import_clear (Import *self)
{
  g_clear_pointer (&self->run, runnel_import_run_free);
  g_clear_pointer (&self->reader, runnel_exchange_reader_free);
  g_clear_pointer (&self->room, runnel_import_room_free);
  if (self->lock >= 0)
    {
      runnel_remove_tree (self->staging, NULL);
      runnel_folder_unlock (self->lock);
    }
  g_free (self->staging);
  g_free (self->host);
  g_free (self->definition);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

/* --- Definitions --- */

static gboolean
is_digest (const char *text)
{
  return text != NULL && strlen (text) == DIGEST_LENGTH &&
         strspn (text, "0123456789abcdef") == DIGEST_LENGTH;
}

/* They wait in files: there may be many, and each belongs to a run that comes later. */
static gboolean
take_definition (Import      *self,
                 JsonObject  *line,
                 GError     **error)
{
  const char *sha256 = runnel_import_get_text (line, "sha256");
  const char *text = runnel_import_get_text (line, "text");
  g_autofree char *found = NULL;
  g_autofree char *path = NULL;

  if (!is_digest (sha256) || text == NULL)
    return runnel_import_refuse (error, "A definition has no text, or no SHA-256");
  found = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  if (!g_str_equal (found, sha256))
    return runnel_import_refuse (error, "The definition is not what was exported: its SHA-256 "
                                        "differs");
  path = g_build_filename (self->staging, sha256, NULL);
  return runnel_import_room_take (self->room, 2 * strlen (text), error) &&
         g_file_set_contents (path, text, -1, error);
}

/* --- Runs --- */

static gboolean
is_known (Import      *self,
          const char  *uuid,
          gboolean    *ret_known,
          GError     **error)
{
  static const char sql[] = "SELECT 1 FROM run WHERE uuid = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->history->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_text (statement, 0, uuid);
  if (!runnel_statement_step (statement, ret_known, error))
    return FALSE;
  runnel_statement_reset (statement);
  return TRUE;
}

static gboolean
begin_run (Import      *self,
           JsonObject  *line,
           GError     **error)
{
  g_autofree char *folder = g_build_filename (self->staging, "run", NULL);
  const char *uuid = runnel_import_get_text (line, "uuid");

  if (self->run != NULL || self->is_skipped)
    return runnel_import_refuse (error, "The run before has no end");
  if (uuid == NULL || !is_digest (runnel_import_get_text (line, "definition")))
    return runnel_import_refuse (error, "A run has no UUID, or no definition");
  if (!is_known (self, uuid, &self->is_skipped, error))
    return FALSE;
  if (self->is_skipped)
    return TRUE;
  g_free (self->definition);
  self->definition = g_strdup (runnel_import_get_text (line, "definition"));
  self->run = runnel_import_run_new (folder, line, runnel_exchange_reader_get_line (self->reader),
                                     self->room, error);
  return self->run != NULL;
}

static gboolean
store_run (Import  *self,
           GError **error)
{
  g_autofree char *path = g_build_filename (self->staging, self->definition, NULL);
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return runnel_import_refuse (error, "The run has a definition that is not in the file");
  return runnel_import_run_store (self->run, self->history, self->host, text, length,
                                  &self->problem_line, error);
}

static gboolean
end_run (Import  *self,
         GError **error)
{
  if (self->is_skipped)
    {
      self->is_skipped = FALSE;
      self->result->n_known++;
      return TRUE;
    }
  if (self->run == NULL)
    return runnel_import_refuse (error, "A run ends here that did not begin");
  if (runnel_import_files_is_open (runnel_import_run_get_files (self->run)))
    return runnel_import_refuse (error, "The last file of the run has no end");
  if (!store_run (self, error))
    return FALSE;
  self->problem_line = 0;
  self->result->n_added++;
  g_clear_pointer (&self->run, runnel_import_run_free);
  return TRUE;
}

/* --- Lines --- */

static gboolean
take_header (Import      *self,
             JsonObject  *line,
             GError     **error)
{
  gint64 version = runnel_import_get_int (line, "version");
  const char *host = runnel_import_get_text (line, "host");

  if (g_strcmp0 (runnel_import_get_text (line, "type"), "runnel-history") != 0 || version < 1)
    return runnel_import_refuse (error, "This is no history that Runnel has exported");
  if (version > RUNNEL_EXCHANGE_VERSION)
    return runnel_import_refuse (error, "This was exported by a later version of Runnel. Use that "
                                        "version");
  self->host = g_strdup (host ? host : "");
  return TRUE;
}

/* What belongs to a run and is not said here is of a later version, perhaps: it is kept with the
 * facts, and left out there. */
static gboolean
take_part (Import      *self,
           const char  *type,
           JsonObject  *line,
           const char  *text,
           gsize        length,
           GError     **error)
{
  RunnelImportFiles *files;

  if (self->is_skipped || self->run == NULL)
    return self->is_skipped
           || runnel_import_refuse (error, "This belongs to a run, but there is none here");
  files = runnel_import_run_get_files (self->run);
  if (g_str_equal (type, "file"))
    return runnel_import_files_begin (files, line, error);
  if (g_str_equal (type, "data"))
    return runnel_import_files_add (files, line, error);
  if (g_str_equal (type, "file-end"))
    return runnel_import_files_end (files, line, error);
  return runnel_import_run_add_line (self->run, text, length,
                                     runnel_exchange_reader_get_line (self->reader), error);
}

/* Each line is a text of its own; where it is in the file is told by the caller. */
static JsonNode *
parse_line (const char  *text,
            gsize        length,
            GError     **error)
{
  RunnelJsonPosition position = { 0, 0 };
  JsonNode *root = runnel_json_read (text, length, RUNNEL_JSON_MAX_DEPTH, &position, NULL);

  if (root == NULL)
    g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_EXCHANGE,
                 "This is no JSON, from column %u on. Was the file cut off?", position.column);
  return root;
}

static gboolean
take_line (Import      *self,
           const char  *text,
           gsize        length,
           GError     **error)
{
  g_autoptr(JsonNode) root = parse_line (text, length, error);
  JsonObject *line;
  const char *type;

  if (root == NULL)
    return FALSE;
  line = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  type = line ? runnel_import_get_text (line, "type") : NULL;
  if (type == NULL)
    return runnel_import_refuse (error, "A line must be an object with a “type”");
  if (self->host == NULL)
    return take_header (self, line, error);
  if (self->has_ended)
    return runnel_import_refuse (error, "There is something behind the end");
  if (g_str_equal (type, "definition"))
    return take_definition (self, line, error);
  if (g_str_equal (type, "run"))
    return begin_run (self, line, error);
  if (g_str_equal (type, "run-end"))
    return end_run (self, error);
  self->has_ended = g_str_equal (type, "end");
  return self->has_ended || take_part (self, type, line, text, length, error);
}

static gboolean
check_end (Import  *self,
           GError **error)
{
  if (self->host == NULL)
    return runnel_import_refuse (error, "The file is empty");
  if (!self->has_ended || self->run != NULL || self->is_skipped)
    return runnel_import_refuse (error, "The file has no end: it was cut off. What was whole is in "
                                        "the history");
  return TRUE;
}

static void
tell_progress (Import *self)
{
  self->result->line = runnel_exchange_reader_get_line (self->reader);
  self->result->offset = runnel_exchange_reader_get_offset (self->reader);
  if (self->progress)
    self->progress (self->result, self->user_data);
}

static gboolean
read_lines (Import  *self,
            GError **error)
{
  g_autoptr(GError) problem = NULL;
  const char *line;
  gsize length;

  while ((line = runnel_exchange_reader_next (self->reader, &length, &problem)) != NULL)
    {
      if (runnel_exchange_reader_get_line (self->reader) % PROGRESS_EVERY == 0)
        tell_progress (self);
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          !take_line (self, line, length, error))
        return FALSE;
    }
  if (problem == NULL)
    return check_end (self, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* --- The whole --- */

static gboolean
open_staging (Import  *self,
              GError **error)
{
  g_autofree char *runs_dir = runnel_history_get_runs_dir ();
  g_autofree char *place = g_build_filename (runs_dir, STAGING, NULL);

  self->staging = g_build_filename (place, "now", NULL);
  self->lock = runnel_folder_lock (place, /* patience= */ 0, error);
  if (self->lock < 0 && error && g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      g_clear_error (error);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                           "Another import is under way. Try again when it has finished");
    }
  return self->lock >= 0 && runnel_remove_tree (self->staging, error) &&
         (g_mkdir (self->staging, 0700) == 0
          || runnel_import_refuse (error, "Can't make a folder for what is read"));
}

/**
 * runnel_history_import:
 * @self: a history that is not in a transaction
 * @fd: a descriptor open for reading: a file, a pipe or a socket; it may be compressed with zstd
 * @progress: (nullable) (scope call): is called now and then
 * @user_data: for @progress
 * @ret_result: (out caller-allocates): what was done, also on failure
 * @cancellable: (nullable): stops it, between two lines
 * @error: return location; %RUNNEL_HISTORY_ERROR_EXCHANGE with the number of the line, others of
 *   its domain, or a #GIOErrorEnum
 *
 * Adds the runs of a file that runnel_history_export() wrote, as docs/history-format.md tells.
 * Those that are there already stay as they are. Each run is added as a whole; when something is
 * wrong, the runs before it are in the history, and nothing of it is. The file may be anybody's.
 * Needs little memory, and others may use the history meanwhile.
 *
 * Returns: whether all of the file is read
 */
gboolean
runnel_history_import (RunnelHistory         *self,
                       int                    fd,
                       RunnelImportProgress   progress,
                       gpointer               user_data,
                       RunnelImportResult    *ret_result,
                       GCancellable          *cancellable,
                       GError               **error)
{
  g_auto(Import) import = { self, progress, user_data, ret_result, cancellable, };
  g_autofree char *runs_dir = NULL;
  guint64 line;

  g_return_val_if_fail (self != NULL && ret_result != NULL, FALSE);

  *ret_result = (RunnelImportResult) { 0, };
  import.lock = -1;
  if (!open_staging (&import, error))
    return FALSE;
  import.reader = runnel_exchange_reader_new (fd);
  runs_dir = runnel_history_get_runs_dir ();
  import.room = runnel_import_room_new (runs_dir, runnel_sqlite_get_path (self->db));
  if (read_lines (&import, error))
    {
      tell_progress (&import);
      return TRUE;
    }
  tell_progress (&import);
  line = import.problem_line > 0 ? import.problem_line : ret_result->line;
  if (error != NULL && !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_prefix_error (error, "line %" G_GUINT64_FORMAT ": ", line);
  return FALSE;
}
