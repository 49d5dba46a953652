/* approval.c: asks a person
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "engine/kinds/runnel-deadline.h"
#include "engine/kinds/runnel-local-task.h"

typedef enum
{
  ON_TIMEOUT_FAIL,
  ON_TIMEOUT_REJECT,
  ON_TIMEOUT_APPROVE,
} OnTimeout;

typedef struct
{
  RunnelLocalTask parent;
  RunnelDeadline *deadline;  /* or NULL */
  OnTimeout on_timeout;
  char *timeout_text;
} ApprovalTask;

static const char *const on_timeout_names[] = { "fail", "reject", "approve", NULL };

static const RunnelField fields[] = {
  {
    .name = "prompt",
    .type = RUNNEL_FIELD_STRING,
    .flags = RUNNEL_FIELD_REQUIRED | RUNNEL_FIELD_MULTILINE,
    .label = N_("Question"),
    .description = N_("What the person is asked, with what they need to know to decide."),
  },
  {
    .name = "timeout",
    .type = RUNNEL_FIELD_DURATION,
    .label = N_("Answer Within"),
    .description = N_("How long to wait for an answer. Without it there is no limit."),
  },
  {
    .name = "on-timeout",
    .type = RUNNEL_FIELD_CHOICE,
    .label = N_("Without an Answer"),
    .description = N_("What happens when nobody has answered in time: the step fails, or it is "
                      "taken as rejected or as approved."),
    .default_value = "\"fail\"",
    .choices = on_timeout_names,
  },
  { NULL }
};

static void
approval_task_free (gpointer data)
{
  ApprovalTask *self = data;

  g_clear_pointer (&self->deadline, runnel_deadline_free);
  g_clear_pointer (&self->timeout_text, g_free);
  runnel_local_task_clear (&self->parent);
  g_free (self);
}

static void
approve (ApprovalTask *self,
         const char   *who,
         const char   *comment)
{
  JsonObject *outputs = json_object_new ();

  json_object_set_string_member (outputs, "approved-by", who);
  json_object_set_string_member (outputs, "comment", comment ? comment : "");
  runnel_local_task_succeed (&self->parent, outputs);
}

static void
deadline_cb (gpointer user_data)
{
  ApprovalTask *self = user_data;

  switch (self->on_timeout)
    {
    case ON_TIMEOUT_APPROVE:
      approve (self, "timeout", NULL);
      break;
    case ON_TIMEOUT_REJECT:
      runnel_local_task_fail (&self->parent, _("rejected: nobody answered within %s"),
                              self->timeout_text);
      break;
    case ON_TIMEOUT_FAIL:
    default:
      runnel_local_task_fail (&self->parent, _("nobody answered within %s"), self->timeout_text);
      break;
    }
}

static gboolean
read_on_timeout (ApprovalTask         *self,
                 const RunnelAttempt  *attempt,
                 GError              **error)
{
  g_autofree char *text = runnel_attempt_dup_text (attempt, "on-timeout");

  for (guint i = 0; text && on_timeout_names[i]; i++)
    if (g_str_equal (text, on_timeout_names[i]))
      {
        self->on_timeout = i;
        return TRUE;
      }

  if (text)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 "with.on-timeout: “%s” is none of fail, reject and approve", text);

  return text == NULL;
}

static RunnelTask *
approval_start (RunnelExecutor      *executor,
                const RunnelAttempt *attempt)
{
  ApprovalTask *self = g_new0 (ApprovalTask, 1);
  g_autofree char *prompt = runnel_attempt_dup_text (attempt, "prompt");
  g_autoptr(GError) error = NULL;
  gint64 timeout;

  runnel_local_task_init (&self->parent, &runnel_approval_kind, executor, attempt,
                          approval_task_free);
  self->timeout_text = runnel_attempt_dup_text (attempt, "timeout");

  if (!prompt || !*prompt)
    runnel_local_task_fail (&self->parent, "with.prompt: there is no question to ask");
  else if (!read_on_timeout (self, attempt, &error) ||
           !runnel_attempt_get_duration (attempt, "timeout", &timeout, &error))
    runnel_local_task_fail (&self->parent, "%s", error->message);
  else
    {
      if (self->timeout_text)
        self->deadline = runnel_deadline_new_after (timeout, deadline_cb, self);
      runnel_local_task_wait (&self->parent, RUNNEL_WAIT_APPROVAL, prompt);
    }

  return &self->parent.head;
}

static void
approval_cancel (RunnelTask *task)
{
  runnel_local_task_cancel ((RunnelLocalTask *) task);
}

static gboolean
approval_answer (RunnelTask *task,
                 gboolean    approved,
                 const char *who,
                 const char *comment)
{
  ApprovalTask *self = (ApprovalTask *) task;

  if (runnel_local_task_is_over (&self->parent))
    return FALSE;

  if (approved)
    approve (self, who, comment);
  else if (comment && *comment)
    runnel_local_task_fail (&self->parent, _("rejected by %s: %s"), who, comment);
  else
    runnel_local_task_fail (&self->parent, _("rejected by %s"), who);

  return TRUE;
}

static void
approval_freeze (RunnelTask *task,
                 gboolean    frozen)
{
  ApprovalTask *self = (ApprovalTask *) task;

  if (self->deadline && !runnel_local_task_is_over (&self->parent))
    runnel_deadline_freeze (self->deadline, frozen);
}

const RunnelKindClass runnel_approval_kind = {
  .declaration = {
    .name = "approval",
    .title = N_("Approval"),
    .description = N_("Asks a person and waits for the answer. Approved, the step succeeds with "
                      "the outputs approved-by and comment; rejected, it fails."),
    .icon_name = "avatar-default-symbolic",
    .fields = fields,
    .example = "{\"id\": \"release\", \"kind\": \"approval\", \"with\": {\"prompt\": "
               "\"Release version 1.2 to everyone?\", \"timeout\": \"1d\", "
               "\"on-timeout\": \"reject\"}}",
    .summary_field = "prompt",
    .idle = TRUE,
  },
  .start = approval_start,
  .cancel = approval_cancel,
  .answer = approval_answer,
  .freeze = approval_freeze,
};
