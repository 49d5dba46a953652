/* runnel-history-audit.c: who did what to runs, when and from where
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is done to a run that is under way is told by its events; what is done to the history itself
 * is written down with it, in the same transaction.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "engine/runnel-origin.h"
#include "history/runnel-history-audit.h"
#include "history/runnel-history-private.h"

static const struct
{
  const char *action;
  const char *title;
} actions[] = {
  { "started", N_("Started") },
  { "used-secret", N_("Used the secret") },
  { "approved", N_("Approved") },
  { "rejected", N_("Rejected") },
  { "paused", N_("Paused") },
  { "resumed", N_("Resumed") },
  { "froze", N_("Froze") },
  { "thawed", N_("Thawed") },
  { "cancelled", N_("Cancelled") },
  { "reran", N_("Ran again") },
  { "rolled-back", N_("Rolled back") },
  { "pinned", N_("Pinned") },
  { "unpinned", N_("Unpinned") },
  { "labelled", N_("Put on the label") },
  { "unlabelled", N_("Took off the label") },
  { "deleted", N_("Deleted") },
};

/**
 * runnel_audit_record_free:
 * @self: (transfer full) (nullable): a record
 */
void
runnel_audit_record_free (RunnelAuditRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->action);
  g_free (self->step);
  g_free (self->text);
  g_free (self->user);
  g_free (self->host);
  g_free (self->origin);
  g_free (self);
}

static const char *
get_title (const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (action, actions[i].action))
      return _(actions[i].title);
  return action;
}

/**
 * runnel_audit_record_describe:
 * @self: a record
 *
 * Returns: (transfer full): what was done, for people: "Approved deploy: looks good"
 */
char *
runnel_audit_record_describe (const RunnelAuditRecord *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (get_title (self->action));
  if (self->step != NULL)
    g_string_append_printf (text, " %s", self->step);
  if (self->text != NULL)
    g_string_append_printf (text, ": %s", self->text);
  return g_string_free (text, FALSE);
}

/* Writes down an event of the type action. */
gboolean
_runnel_history_record_action (RunnelHistory     *self,
                               const RunnelEvent *event,
                               const char        *details,
                               GError           **error)
{
  static const char sql[] =
    "INSERT OR IGNORE INTO audit (run, time, action, step, text, user, host, origin)"
    " SELECT ?1, ?2, ?3 ->> '$.action', coalesce (?3 ->> '$.step', ''), coalesce (?4, ''),"
    " ?3 ->> '$.user', ?3 ->> '$.host', ?3 ->> '$.origin' WHERE ?3 ->> '$.action' IS NOT NULL";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, event->run);
  runnel_statement_bind_int (statement, 1, event->time);
  runnel_statement_bind_text (statement, 2, details ? details : "{}");
  runnel_statement_bind_text (statement, 3, event->reason);
  return runnel_statement_run (statement, error);
}

/* Writes down a run's start, with the @details of its event, which are not in its row yet: who
 * started it, which secrets it was given, and that an earlier run is repeated or taken back. */
gboolean
_runnel_history_audit_start (RunnelHistory *self,
                             gint64         run,
                             gint64         time,
                             const char    *details,
                             GError       **error)
{
  static const char sql[] =
    "INSERT OR IGNORE INTO audit (run, time, action, step, text, user, host, origin)"
    " SELECT told.*, ?3 ->> '$.user', ?3 ->> '$.host', ?3 ->> '$.origin' FROM ("
    "  SELECT ?1 AS run, ?2, 'started' AS action, '', coalesce (?3 ->> '$.trigger.kind', 'manual')"
    "  UNION ALL SELECT ?1, ?2, 'used-secret', '', value FROM json_each (?3, '$.secrets')"
    "  UNION ALL SELECT ?3 ->> '$.trigger.run', ?2,"
    "   iif (?3 ->> '$.trigger.kind' = 'rerun', 'reran', 'rolled-back'), '', 'run ' || ?1"
    "   WHERE ?3 ->> '$.trigger.kind' IN ('rerun', 'rollback')) told"
    " WHERE told.run > 0 AND (SELECT details FROM run WHERE id = ?1) IS NULL";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  runnel_statement_bind_int (statement, 1, time);
  runnel_statement_bind_text (statement, 2, details);
  return runnel_statement_run (statement, error);
}

/* Writes down what this process, and so its user, does to the run now. */
gboolean
_runnel_history_audit (RunnelHistory *self,
                       gint64         run,
                       const char    *action,
                       const char    *text,
                       GError       **error)
{
  static const char sql[] =
    "INSERT OR IGNORE INTO audit (run, time, action, step, text, user, host, origin)"
    " VALUES (?, ?, ?, '', ?, ?, ?, ?)";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  g_autofree char *origin = runnel_origin_describe ();

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  runnel_statement_bind_int (statement, 1, g_get_real_time ());
  runnel_statement_bind_text (statement, 2, action);
  runnel_statement_bind_text (statement, 3, text ? text : "");
  runnel_statement_bind_text (statement, 4, g_get_user_name ());
  runnel_statement_bind_text (statement, 5, g_get_host_name ());
  runnel_statement_bind_text (statement, 6, origin);
  return runnel_statement_run (statement, error);
}

/* Writes down that this process is about to delete the run, with what it was. */
gboolean
_runnel_history_audit_deletion (RunnelHistory *self,
                                gint64         run,
                                GError       **error)
{
  static const char sql[] =
    "SELECT name, state FROM run JOIN pipeline ON pipeline.id = run.pipeline WHERE run.id = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  g_autofree char *text = NULL;
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  if (!runnel_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  text = g_strdup_printf ("%s, %s", runnel_statement_get_text (statement, 0),
                          runnel_state_to_string (runnel_statement_get_int (statement, 1)));
  runnel_statement_reset (statement);
  return _runnel_history_audit (self, run, "deleted", text, error);
}

static char *
dup_text (RunnelStatement *row,
          int              column)
{
  const char *text = runnel_statement_get_text (row, column);

  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static RunnelAuditRecord *
read_record (RunnelStatement *row)
{
  RunnelAuditRecord *record = g_new0 (RunnelAuditRecord, 1);

  record->run = runnel_statement_get_int (row, 0);
  record->time = runnel_statement_get_int (row, 1);
  record->action = g_strdup (runnel_statement_get_text (row, 2));
  record->step = dup_text (row, 3);
  record->text = dup_text (row, 4);
  record->user = dup_text (row, 5);
  record->host = dup_text (row, 6);
  record->origin = dup_text (row, 7);
  return record;
}

/**
 * runnel_history_list_audit:
 * @self: a history
 * @run: the number of a run, which may be deleted; 0 for all runs
 * @limit: how many at most: the latest; 0 = all
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelAuditRecord): what persons did, the
 *   earliest first
 */
GPtrArray *
runnel_history_list_audit (RunnelHistory *self,
                           gint64         run,
                           guint          limit,
                           GError       **error)
{
  static const char of_all[] =
    "SELECT * FROM (SELECT run, time, action, step, text, user, host, origin FROM audit"
    " WHERE ?1 = 0 ORDER BY time DESC, run DESC LIMIT ?2) ORDER BY time, run, action, text";
  static const char of_run[] =
    "SELECT * FROM (SELECT run, time, action, step, text, user, host, origin FROM audit"
    " WHERE run = ?1 ORDER BY time DESC LIMIT ?2) ORDER BY time, action, text";
  g_autoptr(GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_audit_record_free);
  RunnelStatement *statement;
  gboolean row;

  g_return_val_if_fail (self != NULL, NULL);

  statement = runnel_sqlite_get_statement (self->db, run == 0 ? of_all : of_run, error);
  if (statement == NULL)
    return NULL;
  runnel_statement_bind_int (statement, 0, run);
  runnel_statement_bind_int (statement, 1, limit == 0 ? -1 : (gint64) limit);
  while (runnel_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&records);
      g_ptr_array_add (records, read_record (statement));
    }
  return NULL;
}
