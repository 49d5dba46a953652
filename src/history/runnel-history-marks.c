/* runnel-history-marks.c: pins and labels, which people put on runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "history/runnel-history-private.h"

/* One word or a few, for a list and a menu. */
#define MAX_LABEL_LENGTH 60

/* A change of runs. The parameters of its SQL are a run, and the label or whether it is pinned. */
typedef struct
{
  const char *sql;
  const char *action; /* as the audit trail calls it */
  const char *label;  /* or NULL */
  gboolean pinned;
} Change;

/* Only what is new is a deed. */
static gboolean
change_run (RunnelHistory *self,
            const Change  *change,
            gint64         run,
            GError       **error)
{
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, change->sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  if (change->label != NULL)
    runnel_statement_bind_text (statement, 1, change->label);
  else
    runnel_statement_bind_int (statement, 1, change->pinned);
  return runnel_statement_run (statement, error) &&
         (runnel_sqlite_get_n_changes (self->db) == 0 ||
          _runnel_history_audit (self, run, change->action, change->label, error));
}

static gboolean
change_runs (RunnelHistory *self,
             const Change  *change,
             const gint64  *runs,
             guint          n_runs,
             GError       **error)
{
  if (!runnel_history_begin (self, error))
    return FALSE;
  for (guint i = 0; i < n_runs; i++)
    if (!change_run (self, change, runs[i], error))
      {
        runnel_history_rollback (self);
        return FALSE;
      }
  return runnel_history_commit (self, error);
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
  static const char sql[] = "UPDATE run SET pinned = ?2 WHERE id = ?1 AND pinned <> ?2";
  const Change change = { sql, pinned ? "pinned" : "unpinned", NULL, pinned };

  g_return_val_if_fail (self != NULL && (runs != NULL || n_runs == 0), FALSE);

  return change_runs (self, &change, runs, n_runs, error);
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
  const Change change = { sql, "labelled", label, FALSE };

  g_return_val_if_fail (self != NULL && (runs != NULL || n_runs == 0) && label != NULL, FALSE);

  return runnel_history_check_label (label, error) &&
         change_runs (self, &change, runs, n_runs, error);
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
  const Change change = { sql, "unlabelled", label, FALSE };

  g_return_val_if_fail (self != NULL && (runs != NULL || n_runs == 0) && label != NULL, FALSE);

  return change_runs (self, &change, runs, n_runs, error);
}
