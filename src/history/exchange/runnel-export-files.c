/* runnel-export-files.c: the files in the folder of a run, as lines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fts.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/runnel-run-dir.h"
#include "history/exchange/runnel-export-files.h"
#include "log/runnel-log-file.h"
#include "log/runnel-log-packed.h"
#include "model/runnel-json-write.h"
#include "util/runnel-zstd.h"

/* A line has about so much of a file. */
#define CHUNK_SIZE (48 * 1024)
#define LONGEST_CHARACTER 4 /* bytes, in UTF-8 */
#define ARTIFACTS "artifacts"

typedef struct
{
  RunnelExchangeWriter *writer;
  GCancellable *cancellable;
  GString *line;
  char *buffer; /* of CHUNK_SIZE */
} Export;

/* --- What is in a file --- */

/* How many bytes of a chunk are whole characters, or 0 when it is no text. A character that is cut
 * off goes with the next chunk. */
static gsize
find_text (const char *chunk,
           gsize       length,
           gboolean    is_last)
{
  const char *end;

  if (g_utf8_validate_len (chunk, length, &end))
    return length;
  if (is_last || (gsize) (end - chunk) + LONGEST_CHARACTER <= length || *end == '\0')
    return 0;
  return end - chunk;
}

/* Texts can be read by people, and compress better than base64. */
static gboolean
write_chunk (Export       *self,
             const char   *chunk,
             gsize         length,
             gboolean      is_text,
             GError      **error)
{
  g_autofree char *text = is_text ? g_strndup (chunk, length)
                                  : g_base64_encode ((const guchar *) chunk, length);

  g_string_assign (self->line, is_text ? "{\"type\": \"data\", \"text\": "
                                       : "{\"type\": \"data\", \"base64\": ");
  runnel_json_write_string (self->line, text);
  g_string_append_c (self->line, '}');
  return runnel_exchange_writer_add_line (self->writer, self->line->str, self->line->len, error);
}

static gboolean
write_content (Export           *self,
               RunnelLogSource  *source,
               GChecksum        *checksum,
               guint64          *ret_size,
               GError          **error)
{
  guint64 offset = 0;
  gsize length;

  while ((length = runnel_log_source_read (source, offset, self->buffer, CHUNK_SIZE)) > 0)
    {
      gsize text_length = find_text (self->buffer, length, length < CHUNK_SIZE);
      gsize used = text_length > 0 ? text_length : length;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          !write_chunk (self, self->buffer, used, text_length > 0, error))
        return FALSE;
      g_checksum_update (checksum, (const guchar *) self->buffer, used);
      offset += used;
    }
  *ret_size = offset;
  return TRUE;
}

/* --- A file --- */

static gboolean
write_head (Export             *self,
            const char         *name,
            const struct stat  *status,
            GError            **error)
{
  g_autoptr(JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "type", "file");
  json_object_set_string_member (object, "name", name);
  if (status->st_mode & S_IXUSR)
    json_object_set_boolean_member (object, "executable", TRUE);
  return runnel_exchange_writer_add_object (self->writer, object, error);
}

/* What was read, however long the file is by now. */
static gboolean
write_tail (Export     *self,
            guint64     size,
            GChecksum  *checksum,
            GError    **error)
{
  g_autoptr(JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "type", "file-end");
  json_object_set_int_member (object, "size", size);
  json_object_set_string_member (object, "sha256", g_checksum_get_string (checksum));
  return runnel_exchange_writer_add_object (self->writer, object, error);
}

static gboolean
write_file (Export             *self,
            const char         *name,
            const struct stat  *status,
            RunnelLogSource    *source,
            GError            **error)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint64 size;

  return write_head (self, name, status, error) &&
         write_content (self, source, checksum, &size, error) &&
         write_tail (self, size, checksum, error);
}

/* A compressed log is exported as it was, so that whoever reads it needs not know of that.
 * Returns: (transfer full) (nullable): what is in the file; NULL when that can't be read */
static RunnelLogSource *
open_file (const char *path,
           char       *name)
{
  gboolean is_packed = !strchr (name, '/') && g_str_has_suffix (name, ".log" RUNNEL_ZSTD_SUFFIX);

  if (!is_packed)
    return access (path, R_OK) == 0 ? runnel_log_file_open (path) : NULL;
  name[strlen (name) - strlen (RUNNEL_ZSTD_SUFFIX)] = '\0';
  return runnel_log_packed_open (path, NULL);
}

/* --- The folder --- */

/* Files of a run that lives are not the run's, and what is half written is nobody's. */
static gboolean
is_wanted (const char *name)
{
  return !g_str_equal (name, RUNNEL_RUN_DIR_LOCK) && !g_str_equal (name, RUNNEL_RUN_DIR_SOCKET) &&
         !g_str_has_suffix (name, ".part") && g_utf8_validate (name, -1, NULL);
}

static int
compare_names (const FTSENT **left,
               const FTSENT **right)
{
  return strcmp ((*left)->fts_name, (*right)->fts_name);
}

/* A log of both kinds is about to be compressed: one of them is enough. */
static gboolean
has_plain (const char *path)
{
  g_autofree char *plain = g_strndup (path, strlen (path) - strlen (RUNNEL_ZSTD_SUFFIX));

  return g_str_has_suffix (path, ".log" RUNNEL_ZSTD_SUFFIX) &&
         g_file_test (plain, G_FILE_TEST_EXISTS);
}

static gboolean
export_entry (Export      *self,
              FTSENT      *entry,
              const char  *run_dir,
              guint64     *n_unreadable,
              GError     **error)
{
  g_autofree char *name = g_strdup (entry->fts_path + strlen (run_dir) + 1);
  g_autoptr(RunnelLogSource) source = NULL;

  if (!is_wanted (name) || has_plain (entry->fts_path))
    return TRUE;
  source = open_file (entry->fts_path, name);
  if (source != NULL)
    return write_file (self, name, entry->fts_statp, source, error);
  (*n_unreadable)++;
  return TRUE;
}

/* A folder that can't be looked into, or what vanished in it; a run need not have a folder. */
static gboolean
is_unreadable (const FTSENT *entry)
{
  return entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR ||
         (entry->fts_info == FTS_NS && (entry->fts_level > 0 || entry->fts_errno != ENOENT));
}

static gboolean
export_tree (Export      *self,
             FTS         *walk,
             const char  *run_dir,
             gboolean     without_artifacts,
             guint64     *n_unreadable,
             GError     **error)
{
  FTSENT *entry;

  while ((entry = fts_read (walk)) != NULL)
    {
      if (entry->fts_info == FTS_F &&
          !export_entry (self, entry, run_dir, n_unreadable, error))
        return FALSE;
      if (is_unreadable (entry))
        (*n_unreadable)++;
      if (entry->fts_info == FTS_D && entry->fts_level == 1 && without_artifacts &&
          g_str_equal (entry->fts_name, ARTIFACTS))
        fts_set (walk, entry, FTS_SKIP);
    }
  return TRUE;
}

/**
 * runnel_export_files:
 * @run_dir: (type filename): the folder of a run, which need not be there
 * @without_artifacts: whether to leave out what its steps left
 * @writer: where the lines go
 * @n_unreadable: (inout): is increased by the number of files and folders that could
 *   not be read
 * @cancellable: (nullable): stops it
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: whether everything that can be read is written
 */
gboolean
runnel_export_files (const char            *run_dir,
                     gboolean               without_artifacts,
                     RunnelExchangeWriter  *writer,
                     guint64               *n_unreadable,
                     GCancellable          *cancellable,
                     GError               **error)
{
  char *roots[] = { (char *) run_dir, NULL };
  FTS *walk = fts_open (roots, FTS_PHYSICAL | FTS_NOCHDIR, compare_names);
  g_autofree char *buffer = g_malloc (CHUNK_SIZE);
  g_autoptr(GString) line = g_string_new (NULL);
  Export self = { writer, cancellable, line, buffer };
  gboolean ok;

  if (walk == NULL)
    return TRUE;
  ok = export_tree (&self, walk, run_dir, without_artifacts, n_unreadable, error);
  fts_close (walk);
  return ok;
}
