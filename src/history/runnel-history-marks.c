/* runnel-history-marks.c: pins and labels, which people put on runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "history/runnel-history-private.h"

/* One word or a few, for a list and a menu. */
#define MAX_LABEL_LENGTH 60

/* Executes @sql, whose parameters are a run and @mark, for each of the runs that are there. */
static gboolean
mark_each (RunnelHistory *self,
           const char    *sql,
           const gint64  *runs,
           guint          n_runs,
           const char    *mark,
           GError       **error)
{
  for (guint i = 0; i < n_runs; i++)
    {
      RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

      if (statement == NULL)
        return FALSE;
      runnel_statement_bind_int (statement, 0, runs[i]);
      runnel_statement_bind_text (statement, 1, mark);
      if (!runnel_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
mark (RunnelHistory *self,
      const char    *sql,
      const gint64  *runs,
      guint          n_runs,
      const char    *text,
      GError       **error)
{
  if (!runnel_history_begin (self, error))
    return FALSE;
  if (mark_each (self, sql, runs, n_runs, text, error))
    return runnel_history_commit (self, error);
  runnel_history_rollback (self);
  return FALSE;
}

/**
 * runnel_history_set_pinned:
 * @self: a history that is not in a transaction
 * @runs: (array length=n_runs): numbers of runs; those that are gone don't matter
 * @n_runs: how many they are
 * @pinned: whether they are to be kept when old runs are cleared away
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: whether that is recorded, of all or of none
 */
gboolean
runnel_history_set_pinned (RunnelHistory *self,
                           const gint64  *runs,
                           guint          n_runs,
                           gboolean       pinned,
                           GError       **error)
{
  static const char sql[] =
    "UPDATE run SET pinned = ?2 = 'pinned' WHERE id = ?1 AND pinned <> (?2 = 'pinned')";

  g_return_val_if_fail (self != NULL && (runs != NULL || n_runs == 0), FALSE);

  return mark (self, sql, runs, n_runs, pinned ? "pinned" : "unpinned", error);
}

/**
 * runnel_history_check_label:
 * @label: what somebody wants for a label
 * @error: return location; %RUNNEL_HISTORY_ERROR_FILTER
 *
 * Returns: whether it is one: a word or some, on one line
 */
gboolean
runnel_history_check_label (const char *label,
                            GError    **error)
{
  g_autofree char *trimmed = NULL;
  gboolean ok;

  g_return_val_if_fail (label != NULL, FALSE);

  trimmed = g_strstrip (g_strdup (label));
  ok = *label != '\0' && g_str_equal (trimmed, label) && g_utf8_validate (label, -1, NULL) &&
       g_utf8_strlen (label, -1) <= MAX_LABEL_LENGTH;
  for (const char *p = label; ok && *p != '\0'; p = g_utf8_next_char (p))
    ok = !g_unichar_iscntrl (g_utf8_get_char (p));
  if (!ok)
    g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_FILTER,
                 _("“%s” can't be a label: that is a word or some, of %d letters at most."),
                 label, MAX_LABEL_LENGTH);
  return ok;
}

/**
 * runnel_history_add_label:
 * @self: a history that is not in a transaction
 * @runs: (array length=n_runs): numbers of runs; those that are gone don't matter
 * @n_runs: how many they are
 * @label: see runnel_history_check_label()
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: whether all of the runs have the label now, or else none more than before
 */
gboolean
runnel_history_add_label (RunnelHistory *self,
                          const gint64  *runs,
                          guint          n_runs,
                          const char    *label,
                          GError       **error)
{
  static const char sql[] =
    "INSERT OR IGNORE INTO run_label (label, run) SELECT ?2, id FROM run WHERE id = ?1";

  g_return_val_if_fail (self != NULL && (runs != NULL || n_runs == 0), FALSE);

  return runnel_history_check_label (label, error) &&
         mark (self, sql, runs, n_runs, label, error);
}

/**
 * runnel_history_remove_label:
 * @self: a history that is not in a transaction
 * @runs: (array length=n_runs): numbers of runs
 * @n_runs: how many they are
 * @label: a label; runs that don't have it stay as they are
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: whether none of the runs has the label now, or else as many as before
 */
gboolean
runnel_history_remove_label (RunnelHistory *self,
                             const gint64  *runs,
                             guint          n_runs,
                             const char    *label,
                             GError       **error)
{
  static const char sql[] = "DELETE FROM run_label WHERE run = ?1 AND label = ?2";

  g_return_val_if_fail (self != NULL && (runs != NULL || n_runs == 0) && label != NULL, FALSE);

  return mark (self, sql, runs, n_runs, label, error);
}
