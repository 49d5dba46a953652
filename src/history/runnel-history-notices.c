/* runnel-history-notices.c: who is to be told of incidents, and who was
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is to be told is written down together with the incident, and is there until it was
 * delivered or given up: an outbox. Whoever delivers a notice claims it first, so that of several
 * processes only one does; should that one die, the claim runs out.
 */
#include "config.h"

#include "history/runnel-history-incidents-private.h"

#define CLAIM_TIME (2 * G_TIME_SPAN_MINUTE) /* longer than any channel takes */
#define FIRST_DELAY G_TIME_SPAN_MINUTE      /* doubled with each try */
#define MAX_DELAY G_TIME_SPAN_HOUR
#define GIVE_UP_AFTER G_TIME_SPAN_DAY

/* Stored as numbers: append only. */
enum
{
  PENDING,
  DELIVERED,
  GIVEN_UP,
};

/**
 * runnel_notice_free:
 * @self: (transfer full) (nullable): a notice
 */
void
runnel_notice_free (RunnelNotice *self)
{
  if (self == NULL)
    return;
  runnel_incident_free (self->incident);
  g_free (self->channel);
  g_free (self);
}

/**
 * runnel_notice_record_free:
 * @self: (transfer full) (nullable): a record
 */
void
runnel_notice_record_free (RunnelNoticeRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->channel);
  g_free (self->problem);
  g_free (self);
}

gboolean
_runnel_history_add_notices (RunnelHistory      *self,
                             gint64              incident,
                             gboolean            is_end,
                             const char *const  *channels,
                             gint64              now,
                             GError            **error)
{
  static const char sql[] =
    "INSERT OR IGNORE INTO notice (incident, is_end, channel, begun, next) VALUES (?1, ?2, ?3, ?4, ?4)";

  for (guint i = 0; channels[i] != NULL; i++)
    {
      RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

      if (statement == NULL)
        return FALSE;
      runnel_statement_bind_int (statement, 0, incident);
      runnel_statement_bind_int (statement, 1, is_end);
      runnel_statement_bind_text (statement, 2, channels[i]);
      runnel_statement_bind_int (statement, 3, now);
      if (!runnel_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/* Its incident is not read yet.
 * @ret_notice: (nullable): NULL when there is none */
static gboolean
claim (RunnelHistory  *self,
       gint64          due,
       gint64          now,
       RunnelNotice  **ret_notice,
       GError        **error)
{
  static const char sql[] =
    "UPDATE notice SET tries = tries + 1, next = ?2 WHERE (incident, is_end, channel) ="
    " (SELECT incident, is_end, channel FROM notice WHERE state = 0 AND next <= ?1 ORDER BY 1, 2, 3 LIMIT 1)"
    " RETURNING incident, channel, is_end, tries";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  RunnelNotice *notice;
  gboolean row;

  *ret_notice = NULL;
  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, due);
  runnel_statement_bind_int (statement, 1, now + CLAIM_TIME);
  if (!runnel_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    {
      *ret_notice = notice = g_new0 (RunnelNotice, 1);
      notice->incident = g_new0 (RunnelIncident, 1);
      notice->incident->id = runnel_statement_get_int (statement, 0);
      notice->channel = g_strdup (runnel_statement_get_text (statement, 1));
      notice->is_end = runnel_statement_get_int (statement, 2);
      notice->tries = runnel_statement_get_int (statement, 3);
    }
  runnel_statement_reset (statement);
  return TRUE;
}

static gboolean
read_incident (RunnelHistory *self,
               RunnelNotice  *notice,
               GError       **error)
{
  static const char sql[] = "SELECT " INCIDENT_COLUMNS " FROM incident WHERE id = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, notice->incident->id);
  if (!runnel_statement_step (statement, &row, error))
    return FALSE;
  runnel_incident_free (notice->incident);
  notice->incident = _runnel_history_read_incident (statement);
  runnel_statement_reset (statement);
  return TRUE;
}

/**
 * runnel_history_claim_notice:
 * @self: a history that is not in a transaction
 * @due: microseconds since 1970; what is to be told by then. Whoever tells all there is takes the
 *   time at which it began, so that what does not arrive is not tried again at once
 * @now: microseconds since 1970
 * @ret_notice: (out) (transfer full) (nullable): the notice, of the oldest incident first; %NULL
 *   when there is none
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Takes over one thing that is to be told. It is settled with runnel_history_settle_notice(); one
 * that is not can be claimed again two minutes later. That is longer than it takes to tell of one,
 * but not of many, so they are claimed one by one.
 *
 * Returns: whether nothing went wrong
 */
gboolean
runnel_history_claim_notice (RunnelHistory  *self,
                             gint64          due,
                             gint64          now,
                             RunnelNotice  **ret_notice,
                             GError        **error)
{
  g_return_val_if_fail (self != NULL && ret_notice != NULL, FALSE);

  *ret_notice = NULL;
  if (!runnel_history_begin (self, error))
    return FALSE;
  if (claim (self, due, now, ret_notice, error) &&
      (*ret_notice == NULL || read_incident (self, *ret_notice, error)) && runnel_history_commit (self, error))
    return TRUE;
  g_clear_pointer (ret_notice, runnel_notice_free);
  runnel_history_rollback (self);
  return FALSE;
}

static gint64
get_delay (guint tries)
{
  return MIN (FIRST_DELAY << MIN (tries, 10), MAX_DELAY);
}

/**
 * runnel_history_settle_notice:
 * @self: a history
 * @notice: one that was claimed
 * @problem: (nullable): why it did not arrive
 * @for_good: it will not arrive by being tried again
 * @now: microseconds since 1970
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Records what became of it. One that did not arrive is tried again after a minute, two, four and
 * so on up to an hour, for a day.
 *
 * Returns: whether that is recorded
 */
gboolean
runnel_history_settle_notice (RunnelHistory      *self,
                              const RunnelNotice *notice,
                              const char         *problem,
                              gboolean            for_good,
                              gint64              now,
                              GError            **error)
{
  static const char sql[] =
    "UPDATE notice SET state = CASE WHEN ?4 IS NULL THEN 1"
    "  WHEN ?5 OR begun < ?6 THEN 2 ELSE 0 END, next = ?7, problem = ?4"
    " WHERE incident = ?1 AND is_end = ?2 AND channel = ?3";
  RunnelStatement *statement;

  g_return_val_if_fail (self != NULL && notice != NULL, FALSE);

  statement = runnel_sqlite_get_statement (self->db, sql, error);
  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, notice->incident->id);
  runnel_statement_bind_int (statement, 1, notice->is_end);
  runnel_statement_bind_text (statement, 2, notice->channel);
  runnel_statement_bind_text (statement, 3, problem);
  runnel_statement_bind_int (statement, 4, for_good);
  runnel_statement_bind_int (statement, 5, now - GIVE_UP_AFTER);
  runnel_statement_bind_int (statement, 6, now + get_delay (notice->tries - 1));
  return runnel_statement_run (statement, error);
}

GPtrArray *
_runnel_history_list_notices (RunnelHistory *self,
                              gint64         incident,
                              GError       **error)
{
  static const char sql[] =
    "SELECT channel, is_end, state, problem FROM notice WHERE incident = ? ORDER BY is_end, channel";
  g_autoptr(GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_notice_record_free);
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return NULL;
  runnel_statement_bind_int (statement, 0, incident);
  while (runnel_statement_step (statement, &row, error))
    {
      RunnelNoticeRecord *record;

      if (!row)
        return g_steal_pointer (&records);
      record = g_new0 (RunnelNoticeRecord, 1);
      record->channel = g_strdup (runnel_statement_get_text (statement, 0));
      record->is_end = runnel_statement_get_int (statement, 1);
      record->delivered = runnel_statement_get_int (statement, 2) == DELIVERED;
      record->given_up = runnel_statement_get_int (statement, 2) == GIVEN_UP;
      record->problem = g_strdup (runnel_statement_get_text (statement, 3));
      g_ptr_array_add (records, record);
    }
  return NULL;
}
