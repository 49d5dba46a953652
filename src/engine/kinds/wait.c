/* wait.c: lets time pass
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "engine/kinds/runnel-deadline.h"
#include "engine/kinds/runnel-local-task.h"

typedef struct
{
  RunnelLocalTask parent;
  RunnelDeadline *deadline;
} WaitTask;

static const RunnelField fields[] = {
  {
    .name = "for",
    .type = RUNNEL_FIELD_DURATION,
    .label = N_("For"),
    .description = N_("How long to wait, such as 90s or 1h30m."),
  },
  {
    .name = "until",
    .type = RUNNEL_FIELD_STRING,
    .label = N_("Until"),
    .description = N_("The time to wait for, with its zone, such as 2030-01-31T18:00:00+01:00. "
                      "A time that is past is no wait."),
  },
  { NULL }
};

static void
wait_task_free (gpointer data)
{
  WaitTask *self = data;

  g_clear_pointer (&self->deadline, runnel_deadline_free);
  runnel_local_task_clear (&self->parent);
  g_free (self);
}

static void
deadline_cb (gpointer user_data)
{
  WaitTask *self = user_data;

  runnel_local_task_succeed (&self->parent, NULL);
}

static void
wait_for (WaitTask            *self,
          const RunnelAttempt *attempt)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = runnel_attempt_dup_text (attempt, "for");
  g_autofree char *reason = NULL;
  gint64 duration;

  if (!runnel_attempt_get_duration (attempt, "for", &duration, &error))
    {
      runnel_local_task_fail (&self->parent, "%s", error->message);
      return;
    }

  reason = g_strdup_printf (_("for %s"), text);
  self->deadline = runnel_deadline_new_after (duration, deadline_cb, self);
  runnel_local_task_wait (&self->parent, RUNNEL_WAIT_TIME, reason);
}

static void
wait_until (WaitTask   *self,
            const char *text)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);
  g_autoptr(GDateTime) local = NULL;
  g_autofree char *local_text = NULL;
  g_autofree char *reason = NULL;

  if (!time)
    {
      runnel_local_task_fail (&self->parent,
                              "with.until: “%s” is not a time with its zone; write it like "
                              "2030-01-31T18:00:00+01:00 or 2030-01-31T17:00:00Z", text);
      return;
    }

  local = g_date_time_to_local (time);
  local_text = g_date_time_format (local, "%F %T");
  reason = g_strdup_printf (_("until %s"), local_text);
  self->deadline = runnel_deadline_new_at (g_date_time_to_unix (time) * G_USEC_PER_SEC +
                                           g_date_time_get_microsecond (time), deadline_cb, self);
  runnel_local_task_wait (&self->parent, RUNNEL_WAIT_TIME, reason);
}

static RunnelTask *
wait_start (RunnelExecutor      *executor,
            const RunnelAttempt *attempt)
{
  WaitTask *self = g_new0 (WaitTask, 1);
  g_autofree char *duration = runnel_attempt_dup_text (attempt, "for");
  g_autofree char *until = runnel_attempt_dup_text (attempt, "until");

  runnel_local_task_init (&self->parent, &runnel_wait_kind, executor, attempt, wait_task_free);

  if ((duration != NULL) == (until != NULL))
    runnel_local_task_fail (&self->parent, "with: give either “for” or “until”");
  else if (duration)
    wait_for (self, attempt);
  else
    wait_until (self, until);

  return &self->parent.head;
}

static void
wait_cancel (RunnelTask *task)
{
  runnel_local_task_cancel ((RunnelLocalTask *) task);
}

static void
wait_freeze (RunnelTask *task,
             gboolean    frozen)
{
  WaitTask *self = (WaitTask *) task;

  if (self->deadline && !runnel_local_task_is_over (&self->parent))
    runnel_deadline_freeze (self->deadline, frozen);
}

const RunnelKindClass runnel_wait_kind = {
  .declaration = {
    .name = "wait",
    .title = N_("Wait"),
    .description = N_("Lets a span of time pass, or waits for a point in time."),
    .icon_name = "alarm-symbolic",
    .fields = fields,
    .example = "{\"id\": \"settle\", \"kind\": \"wait\", \"with\": {\"for\": \"30s\"}}",
    .summary_field = "for",
    .idle = TRUE,
  },
  .start = wait_start,
  .cancel = wait_cancel,
  .freeze = wait_freeze,
};
