/* runnel-history-definitions.c: pipelines as they ran, each text and its steps stored once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-private.h"
#include "model/runnel-json-read.h"
#include "model/runnel-json-slice.h"
#include "model/runnel-step.h"

/* Shorter texts stay readable for any SQLite tool; longer ones are mostly repetition. */
#define COMPRESS_FROM_BYTES 4096
#define COMPRESSION_LEVEL 3

/* Runs all of @data through @converter. */
static GByteArray *
convert (GConverter   *converter,
         gconstpointer data,
         gsize         length,
         GError      **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  GConverterResult result = G_CONVERTER_CONVERTED;
  guint8 buffer[16384];

  while (result != G_CONVERTER_FINISHED)
    {
      gsize n_read, n_written;

      result = g_converter_convert (converter, data, length, buffer, sizeof buffer,
                                    G_CONVERTER_INPUT_AT_END, &n_read, &n_written, error);
      if (result == G_CONVERTER_ERROR)
        return NULL;
      g_byte_array_append (bytes, buffer, n_written);
      data = (const guint8 *) data + n_read;
      length -= n_read;
    }
  return g_steal_pointer (&bytes);
}

static GByteArray *
deflate_text (const char *text,
              gsize       length,
              GError    **error)
{
  g_autoptr(GZlibCompressor) compressor =
    g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, COMPRESSION_LEVEL);

  return convert (G_CONVERTER (compressor), text, length, error);
}

static char *
inflate_text (gconstpointer data,
              gsize         length,
              GError      **error)
{
  g_autoptr(GZlibDecompressor) decompressor =
    g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr(GByteArray) bytes = convert (G_CONVERTER (decompressor), data, length, error);

  if (bytes == NULL)
    return NULL;
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  return (char *) g_byte_array_free (g_steal_pointer (&bytes), FALSE);
}

static void
hash_text (const char *text,
           gsize       length,
           guint8      digest[32])
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = 32;

  g_checksum_update (checksum, (const guchar *) text, length);
  g_checksum_get_digest (checksum, digest, &size);
}

static gboolean
find_definition (RunnelHistory *self,
                 const guint8   digest[32],
                 gint64        *ret_definition,
                 GError       **error)
{
  static const char sql[] = "SELECT id FROM definition WHERE sha256 = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_blob (statement, 0, digest, 32);
  if (!runnel_statement_step (statement, &row, error))
    return FALSE;
  *ret_definition = row ? runnel_statement_get_int (statement, 0) : 0;
  runnel_statement_reset (statement);
  return TRUE;
}

static gboolean
bind_text_or_deflated (RunnelStatement *statement,
                       int              position,
                       const char      *text,
                       gsize            length,
                       GError         **error)
{
  g_autofree char *terminated = NULL;
  g_autoptr(GByteArray) bytes = NULL;

  if (length < COMPRESS_FROM_BYTES)
    {
      terminated = g_strndup (text, length);
      runnel_statement_bind_text (statement, position, terminated);
      return TRUE;
    }
  bytes = deflate_text (text, length, error);
  if (bytes == NULL)
    return FALSE;
  runnel_statement_bind_blob (statement, position, bytes->data, bytes->len);
  return TRUE;
}

static gboolean
insert_definition (RunnelHistory *self,
                   const guint8   digest[32],
                   const char    *text,
                   gsize          length,
                   guint          n_steps,
                   GError       **error)
{
  static const char sql[] = "INSERT INTO definition (sha256, n_steps, text) VALUES (?, ?, ?)";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_blob (statement, 0, digest, 32);
  runnel_statement_bind_int (statement, 1, n_steps);
  return bind_text_or_deflated (statement, 2, text, length, error) &&
         runnel_statement_run (statement, error);
}

static gboolean
insert_step (RunnelHistory *self,
             gint64         definition,
             guint          index,
             RunnelStep    *step,
             GError       **error)
{
  static const char sql[] = "INSERT INTO definition_step VALUES (?, ?, ?, ?, ?)";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, definition);
  runnel_statement_bind_int (statement, 1, index);
  runnel_statement_bind_text (statement, 2, step->id ? step->id : "");
  runnel_statement_bind_text (statement, 3, step->name);
  runnel_statement_bind_text (statement, 4, step->kind);
  return runnel_statement_run (statement, error);
}

/* The steps are read one at a time: a second pipeline beside that of the run would take as much
 * memory again. */

static RunnelJsonSlice
find_steps (const char *text,
            gsize       length)
{
  RunnelJsonSlice root = runnel_json_slice_new (text, length);
  RunnelJsonSlice steps = { NULL, 0 };

  if (runnel_json_slice_holds (root, RUNNEL_JSON_OBJECT))
    steps = runnel_json_slice_get_member (root, "steps");
  if (!runnel_json_slice_holds (steps, RUNNEL_JSON_ARRAY))
    return runnel_json_slice_new ("[]", 2);
  return steps;
}

static gboolean
next_step (RunnelJsonIter   *iter,
           RunnelJsonSlice  *ret_step)
{
  while (runnel_json_iter_next (iter, NULL, ret_step))
    if (runnel_json_slice_holds (*ret_step, RUNNEL_JSON_OBJECT))
      return TRUE;
  return FALSE;
}

static guint
count_steps (RunnelJsonSlice steps)
{
  RunnelJsonSlice step;
  RunnelJsonIter iter;
  guint n = 0;

  runnel_json_iter_init (&iter, steps);
  while (next_step (&iter, &step))
    n++;
  return n;
}

static gboolean
insert_steps (RunnelHistory   *self,
              gint64           definition,
              RunnelJsonSlice  steps,
              GError         **error)
{
  RunnelJsonSlice slice;
  RunnelJsonIter iter;

  runnel_json_iter_init (&iter, steps);
  for (guint i = 0; next_step (&iter, &slice); i++)
    {
      g_autoptr(RunnelStep) step = runnel_step_new_from_slice (slice);

      if (!insert_step (self, definition, i, step, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_definition_and_steps (RunnelHistory *self,
                             const guint8   digest[32],
                             const char    *text,
                             gsize          length,
                             gint64        *ret_definition,
                             GError       **error)
{
  RunnelJsonSlice steps;

  if (!runnel_json_check (text, length, RUNNEL_JSON_MAX_DEPTH, NULL, error))
    return FALSE;
  steps = find_steps (text, length);
  if (!insert_definition (self, digest, text, length, count_steps (steps), error))
    return FALSE;
  *ret_definition = runnel_sqlite_get_last_id (self->db);
  return insert_steps (self, *ret_definition, steps, error);
}

/* Finds the definition with exactly this text, or adds it. To be called in a transaction. */
gboolean
_runnel_history_add_definition (RunnelHistory *self,
                                const char    *text,
                                gsize          length,
                                gint64        *ret_definition,
                                GError       **error)
{
  guint8 digest[32];

  hash_text (text, length, digest);
  if (!find_definition (self, digest, ret_definition, error))
    return FALSE;
  return *ret_definition != 0 ||
         insert_definition_and_steps (self, digest, text, length, ret_definition, error);
}

/* Deletes a definition that no run has any more. To be called in a transaction. */
gboolean
_runnel_history_drop_definition (RunnelHistory *self,
                                 gint64         definition,
                                 GError       **error)
{
  static const char sql[] =
    "DELETE FROM definition WHERE id = ?1"
    " AND NOT EXISTS (SELECT 1 FROM run WHERE run.definition = ?1)";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, definition);
  return runnel_statement_run (statement, error);
}

/* Returns: (transfer full) (nullable): step id -> position in the file, of the run's definition */
GHashTable *
_runnel_history_get_step_indices (RunnelHistory *self,
                                  gint64         run,
                                  GError       **error)
{
  static const char sql[] =
    "SELECT d.id, d.step FROM run JOIN definition_step d USING (definition) WHERE run.id = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  g_autoptr(GHashTable) indices = NULL;
  gboolean row;

  if (statement == NULL)
    return NULL;
  indices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  runnel_statement_bind_int (statement, 0, run);
  while (runnel_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&indices);
      g_hash_table_insert (indices, g_strdup (runnel_statement_get_text (statement, 0)),
                           GUINT_TO_POINTER (runnel_statement_get_int (statement, 1)));
    }
  return NULL;
}

static char *
read_definition_text (RunnelStatement *statement,
                      GError         **error)
{
  gconstpointer data;
  gsize length;

  if (runnel_statement_is_text (statement, 0))
    return g_strdup (runnel_statement_get_text (statement, 0));
  data = runnel_statement_get_blob (statement, 0, &length);
  return inflate_text (data, length, error);
}

/**
 * runnel_history_get_text:
 * @self: a history
 * @run: the run's number
 * @error: return location; %RUNNEL_HISTORY_ERROR_NOT_FOUND and others of its domain
 *
 * Returns: (transfer full) (nullable): the text of the pipeline as it ran
 */
char *
runnel_history_get_text (RunnelHistory *self,
                         gint64         run,
                         GError       **error)
{
  static const char sql[] =
    "SELECT text FROM run JOIN definition d ON d.id = run.definition WHERE run.id = ?";
  RunnelStatement *statement;
  char *text;
  gboolean row;

  g_return_val_if_fail (self != NULL, NULL);

  statement = runnel_sqlite_get_statement (self->db, sql, error);
  if (statement == NULL)
    return NULL;
  runnel_statement_bind_int (statement, 0, run);
  if (!runnel_statement_step (statement, &row, error))
    return NULL;
  if (!row)
    {
      _runnel_history_set_not_found (run, error);
      return NULL;
    }
  text = read_definition_text (statement, error);
  runnel_statement_reset (statement);
  return text;
}
