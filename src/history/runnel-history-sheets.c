/* runnel-history-sheets.c: where the statistics of each hour and day are kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-private.h"
#include "history/runnel-history-sheets.h"
#include "util/runnel-local-hour.h"

/* --- Steps have numbers --- */

static gboolean
read_keys (RunnelHistory *self,
           gint64         pipeline,
           GHashTable    *keys,
           GError       **error)
{
  static const char sql[] = "SELECT id, step FROM tally_step WHERE pipeline = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, pipeline);
  while (runnel_statement_step (statement, &row, error))
    {
      if (!row)
        return TRUE;
      g_hash_table_insert (keys, g_strdup (runnel_statement_get_text (statement, 1)),
                           GUINT_TO_POINTER (runnel_statement_get_int (statement, 0)));
    }
  return FALSE;
}

static gboolean
add_key (RunnelHistory *self,
         gint64         pipeline,
         const char    *step,
         GHashTable    *keys,
         GError       **error)
{
  static const char sql[] = "INSERT INTO tally_step (pipeline, step) VALUES (?, ?)";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, pipeline);
  runnel_statement_bind_text (statement, 1, step);
  if (!runnel_statement_run (statement, error))
    return FALSE;
  g_hash_table_insert (keys, g_strdup (step),
                       GUINT_TO_POINTER (runnel_sqlite_get_last_id (self->db)));
  return TRUE;
}

/* Returns: (transfer full) (nullable): the numbers of all of @steps, and of others, by id */
static GHashTable *
ensure_keys (RunnelHistory *self,
             gint64         pipeline,
             GPtrArray     *steps,
             GError       **error)
{
  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!read_keys (self, pipeline, keys, error))
    return NULL;
  for (guint i = 0; i < steps->len; i++)
    if (!g_hash_table_contains (keys, steps->pdata[i]) &&
        !add_key (self, pipeline, steps->pdata[i], keys, error))
      return NULL;
  return g_steal_pointer (&keys);
}

/* --- Sheets are read, changed and written back --- */

static RunnelStatement *
get_sheet_statement (RunnelHistory        *self,
                     const char           *sql,
                     const RunnelSheetKey *key,
                     GError              **error)
{
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  if (statement == NULL)
    return NULL;
  runnel_statement_bind_int (statement, 0, key->pipeline);
  runnel_statement_bind_int (statement, 1, key->part);
  runnel_statement_bind_int (statement, 2, key->unit);
  runnel_statement_bind_int (statement, 3, key->period);
  return statement;
}

/* Adds what is on the sheet in a column to @sheet. */
gboolean
_runnel_history_read_sheet (RunnelHistory    *self,
                            RunnelStatement  *row,
                            int               column,
                            RunnelTallySheet *sheet,
                            GError          **error)
{
  gsize length;
  const guint8 *bytes = runnel_statement_get_blob (row, column, &length);

  if (runnel_tally_sheet_unpack (sheet, bytes, length))
    return TRUE;
  g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_CORRUPT,
               "The statistics in the history “%s” are damaged. What they are made from may still "
               "be good: restore the file from a backup, or move it away.",
               runnel_sqlite_get_path (self->db));
  return FALSE;
}

static RunnelTallySheet *
read_sheet (RunnelHistory        *self,
            const RunnelSheetKey *key,
            GError              **error)
{
  static const char sql[] =
    "SELECT sheet FROM tally WHERE pipeline = ? AND part = ? AND unit = ? AND period = ?";
  RunnelStatement *statement = get_sheet_statement (self, sql, key, error);
  g_autoptr(RunnelTallySheet) sheet = runnel_tally_sheet_new ();
  gboolean row;

  if (statement == NULL || !runnel_statement_step (statement, &row, error))
    return NULL;
  if (row && !_runnel_history_read_sheet (self, statement, 0, sheet, error))
    return NULL;
  runnel_statement_reset (statement);
  return g_steal_pointer (&sheet);
}

static gboolean
write_sheet (RunnelHistory        *self,
             const RunnelSheetKey *key,
             RunnelTallySheet     *sheet,
             GError              **error)
{
  static const char replace[] =
    "INSERT INTO tally (pipeline, part, unit, period, sheet) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET sheet = excluded.sheet";
  static const char drop[] =
    "DELETE FROM tally WHERE pipeline = ? AND part = ? AND unit = ? AND period = ?";
  g_autoptr(GBytes) bytes = runnel_tally_sheet_pack (sheet);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  RunnelStatement *statement =
    get_sheet_statement (self, length > 0 ? replace : drop, key, error);

  if (statement == NULL)
    return FALSE;
  if (length > 0)
    runnel_statement_bind_blob (statement, 4, data, length);
  return runnel_statement_run (statement, error);
}

static void
merge_run (RunnelTallySheet     *sheet,
           const RunnelRunTally *tally,
           int                   sign)
{
  runnel_tally_merge (runnel_tally_sheet_ensure (sheet, 0), &tally->run, sign);
}

static void
merge_steps (RunnelTallySheet     *sheet,
             const RunnelRunTally *tally,
             GHashTable           *keys,
             int                   sign)
{
  for (guint i = 0; i < tally->ids->len; i++)
    {
      guint key = GPOINTER_TO_UINT (g_hash_table_lookup (keys, tally->ids->pdata[i]));

      if (!runnel_tally_is_empty (&tally->steps[i]))
        runnel_tally_merge (runnel_tally_sheet_ensure (sheet, key), &tally->steps[i], sign);
    }
}

static gboolean
merge_into (RunnelHistory        *self,
            const RunnelSheetKey *key,
            const RunnelRunTally *tally,
            GHashTable           *keys,
            int                   sign,
            GError              **error)
{
  g_autoptr(RunnelTallySheet) sheet = read_sheet (self, key, error);

  if (sheet == NULL)
    return FALSE;
  if (key->part == RUNNEL_SHEET_RUNS)
    merge_run (sheet, tally, sign);
  else
    merge_steps (sheet, tally, keys, sign);
  return write_sheet (self, key, sheet, error);
}

/* Adds @tally to an hour and its day, or, with -1, takes it away from there. */
gboolean
_runnel_history_merge_tally (RunnelHistory        *self,
                             const RunnelRunTally *tally,
                             gint64                hour,
                             int                   sign,
                             GError              **error)
{
  const gint64 day = runnel_local_hour_get_day (hour);
  const RunnelSheetKey sheets[] = {
    { tally->pipeline, RUNNEL_SHEET_RUNS, RUNNEL_SHEET_HOUR, hour },
    { tally->pipeline, RUNNEL_SHEET_RUNS, RUNNEL_SHEET_DAY, day },
    { tally->pipeline, RUNNEL_SHEET_STEPS, RUNNEL_SHEET_HOUR, hour },
    { tally->pipeline, RUNNEL_SHEET_STEPS, RUNNEL_SHEET_DAY, day },
  };
  g_autoptr(GHashTable) keys = ensure_keys (self, tally->pipeline, tally->ids, error);

  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    if (keys == NULL || !merge_into (self, &sheets[i], tally, keys, sign, error))
      return FALSE;
  return TRUE;
}
