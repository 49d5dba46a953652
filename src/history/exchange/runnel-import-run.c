/* runnel-import-run.c: a run that is being imported, until it is in the history
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/runnel-run-dir.h"
#include "history/exchange/runnel-import-facts.h"
#include "history/exchange/runnel-import-run.h"
#include "history/runnel-history-private.h"
#include "model/runnel-json-read.h"

/* What comes may come slowly, from another machine, and end in the middle. So files are written
 * into a folder that is nobody's yet, and lines with facts into a file beside it; only when all of
 * a run is there, it goes into the history, in one transaction that reads nothing but that file. */

struct _RunnelImportRun
{
  JsonObject *head;
  guint64 head_line;
  char *folder;        /* of its files */
  RunnelImportFiles *files;
  RunnelImportRoom *room;
  FILE *facts;         /* "NUMBER LINE", a line each */
};

/**
 * runnel_import_run_new:
 * @folder: (type filename): where its files go, which is made
 * @head: the line of the type "run"
 * @line: the number of that line
 * @room: where it is written to; must outlive the run
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): the run
 */
RunnelImportRun *
runnel_import_run_new (const char        *folder,
                       JsonObject        *head,
                       guint64            line,
                       RunnelImportRoom  *room,
                       GError           **error)
{
  g_autoptr(RunnelImportRun) self = g_new0 (RunnelImportRun, 1);
  g_autofree char *facts = g_strconcat (folder, ".facts", NULL);

  self->head = json_object_ref (head);
  self->head_line = line;
  self->folder = g_strdup (folder);
  self->room = room;
  self->files = runnel_import_files_new (folder, room, error);
  if (self->files == NULL)
    return NULL;
  self->facts = fopen (facts, "w+e");
  if (self->facts != NULL)
    return g_steal_pointer (&self);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Can't write the file “%s”: %s",
               facts, g_strerror (errno));
  return NULL;
}

void
runnel_import_run_free (RunnelImportRun *self)
{
  if (self->facts != NULL)
    fclose (self->facts);
  g_clear_pointer (&self->files, runnel_import_files_free);
  json_object_unref (self->head);
  g_free (self->folder);
  g_free (self);
}

RunnelImportFiles *
runnel_import_run_get_files (RunnelImportRun *self)
{
  return self->files;
}

/**
 * runnel_import_run_add_line:
 * @line: a line with a fact
 * @length: its bytes
 * @number: which line of the file it is
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: whether it is kept
 */
gboolean
runnel_import_run_add_line (RunnelImportRun  *self,
                            const char       *line,
                            gsize             length,
                            guint64           number,
                            GError          **error)
{
  /* It is written twice: here and into the database. */
  if (!runnel_import_room_take (self->room, 2 * length, error))
    return FALSE;
  if (fprintf (self->facts, "%" G_GUINT64_FORMAT " ", number) > 0 &&
      fwrite (line, 1, length, self->facts) == length && fputc ('\n', self->facts) != EOF)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Can't keep what is read: %s",
               g_strerror (errno));
  return FALSE;
}

/* --- Into the history --- */

static gboolean
store_line (RunnelImportFacts  *facts,
            const char         *line,
            gsize               length,
            guint64            *ret_line,
            GError            **error)
{
  char *end;
  g_autoptr(JsonNode) root = NULL;

  *ret_line = g_ascii_strtoull (line, &end, 10);
  end++; /* the space behind the number */
  root = runnel_json_read (end, length - (end - line), RUNNEL_JSON_MAX_DEPTH, NULL, error);
  return root != NULL && runnel_import_facts_add (facts, json_node_get_object (root), error);
}

static gboolean
store_lines (RunnelImportRun    *self,
             RunnelImportFacts  *facts,
             guint64            *ret_line,
             GError            **error)
{
  char *line = NULL;
  gsize size = 0;
  gssize length;
  gboolean ok = TRUE;

  rewind (self->facts);
  while (ok && (length = getline (&line, &size, self->facts)) > 0)
    ok = store_line (facts, line, length, ret_line, error);
  free (line);
  return ok;
}

/* The folder becomes that of the run's new number. One that is in the way belongs to a history
 * that is gone. */
static gboolean
move_folder (RunnelImportRun  *self,
             gint64            run,
             GError          **error)
{
  g_autofree char *folder = runnel_history_get_run_dir (run);

  if (g_file_test (folder, G_FILE_TEST_EXISTS) && !runnel_run_dir_move_aside (folder, error))
    return FALSE;
  if (rename (self->folder, folder) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Can't make the folder “%s”: %s",
               folder, g_strerror (errno));
  return FALSE;
}

static void
move_back (RunnelImportRun *self,
           gint64           run)
{
  g_autofree char *folder = runnel_history_get_run_dir (run);

  rename (folder, self->folder);
}

static gboolean
store_in_transaction (RunnelImportRun    *self,
                      RunnelImportFacts  *facts,
                      const char         *text,
                      gsize               length,
                      guint64            *ret_line,
                      GError            **error)
{
  *ret_line = self->head_line;
  return runnel_import_facts_begin (facts, self->head, text, length, error) &&
         store_lines (self, facts, ret_line, error) &&
         runnel_import_facts_end (facts, error) &&
         move_folder (self, runnel_import_facts_get_run (facts), error);
}

/**
 * runnel_import_run_store:
 * @history: a history that is not in a transaction
 * @host: the machine that the file comes from
 * @text: the pipeline as it ran
 * @length: bytes of @text
 * @ret_line: (out): the line that is wrong, when one is
 * @error: return location; %RUNNEL_HISTORY_ERROR, or a #GIOErrorEnum
 *
 * Returns: whether the run with its files is in the history; else nothing of it is
 */
gboolean
runnel_import_run_store (RunnelImportRun  *self,
                         RunnelHistory    *history,
                         const char       *host,
                         const char       *text,
                         gsize             length,
                         guint64          *ret_line,
                         GError          **error)
{
  g_autoptr(RunnelImportFacts) facts = runnel_import_facts_new (history, host);

  if (!runnel_history_begin (history, error))
    return FALSE;
  if (!store_in_transaction (self, facts, text, length, ret_line, error))
    {
      runnel_history_rollback (history);
      return FALSE;
    }
  if (runnel_history_commit (history, error))
    return TRUE;
  move_back (self, runnel_import_facts_get_run (facts));
  return FALSE;
}
