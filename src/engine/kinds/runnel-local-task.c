/* runnel-local-task.c: an attempt that is carried out inside this process
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/kinds/runnel-local-task.h"
#include "expr/runnel-expr.h"
#include "model/runnel-duration.h"

/**
 * runnel_local_task_init:
 * @self: a task, all zero
 * @klass: its kind
 * @executor: who started it
 * @attempt: what it is to do
 * @free: frees the task that @self is the head of
 *
 * Prepares a task and tells the run that the attempt has begun.
 */
void
runnel_local_task_init (RunnelLocalTask       *self,
                        const RunnelKindClass *klass,
                        RunnelExecutor        *executor,
                        const RunnelAttempt   *attempt,
                        GDestroyNotify         free)
{
  self->head.klass = klass;
  self->head.executor = executor;
  self->head.step_index = attempt->step_index;
  self->free = free;

  executor->callbacks->started (executor->user_data, attempt->step_index, /* pid= */ 0,
                                /* start_time= */ 0);
}

void
runnel_local_task_clear (RunnelLocalTask *self)
{
  if (self->ending)
    g_source_destroy (self->ending);
  g_clear_pointer (&self->ending, g_source_unref);
  g_clear_pointer (&self->outputs, json_object_unref);
  g_clear_pointer (&self->reason, g_free);
}

/**
 * runnel_local_task_wait:
 * @self: a task
 * @kind: what it waits for
 * @reason: the same, as a sentence for people
 */
void
runnel_local_task_wait (RunnelLocalTask *self,
                        RunnelWaitKind   kind,
                        const char      *reason)
{
  RunnelExecutor *executor = self->head.executor;

  executor->callbacks->waiting (executor->user_data, self->head.step_index, kind, reason);
}

gboolean
runnel_local_task_is_over (RunnelLocalTask *self)
{
  return self->ending != NULL;
}

static gboolean
ending_cb (gpointer user_data)
{
  RunnelLocalTask *self = user_data;
  RunnelExecutor *executor = self->head.executor;
  RunnelResult result = { 0, };

  result.state = self->state;
  result.exit_code = -1;
  result.reason = self->reason;
  result.outputs = self->outputs;
  executor->callbacks->finished (executor->user_data, self->head.step_index, &result);
  self->free (self);

  return G_SOURCE_REMOVE;
}

/* The first end that is decided counts; a cancel that comes after it is too late. */
static void
end (RunnelLocalTask *self,
     RunnelState      state,
     char            *reason,
     JsonObject      *outputs)
{
  if (self->ending)
    {
      g_free (reason);
      g_clear_pointer (&outputs, json_object_unref);
      return;
    }

  self->state = state;
  self->reason = reason;
  self->outputs = outputs;
  self->ending = g_idle_source_new ();
  g_source_set_priority (self->ending, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->ending, ending_cb, self, NULL);
  g_source_attach (self->ending, g_main_context_get_thread_default ());
}

/**
 * runnel_local_task_succeed:
 * @self: a task
 * @outputs: (transfer full) (nullable): its outputs, strings by name
 */
void
runnel_local_task_succeed (RunnelLocalTask *self,
                           JsonObject      *outputs)
{
  end (self, RUNNEL_STATE_SUCCEEDED, NULL, outputs);
}

/**
 * runnel_local_task_fail:
 * @self: a task
 * @format: why, as a sentence for people
 */
void
runnel_local_task_fail (RunnelLocalTask *self,
                        const char      *format,
                        ...)
{
  va_list args;

  va_start (args, format);
  end (self, RUNNEL_STATE_FAILED, g_strdup_vprintf (format, args), NULL);
  va_end (args);
}

void
runnel_local_task_cancel (RunnelLocalTask *self)
{
  end (self, RUNNEL_STATE_CANCELLED, NULL, NULL);
}

/**
 * runnel_attempt_dup_text:
 * @attempt: what is to be done
 * @field: the name of a field in `with`
 *
 * Reads a field as text, also where an expression made it a number.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL when the field is not given or null
 */
char *
runnel_attempt_dup_text (const RunnelAttempt *attempt,
                         const char          *field)
{
  JsonNode *value = json_object_get_member (attempt->with, field);

  return value && !JSON_NODE_HOLDS_NULL (value) ? runnel_value_to_text (value) : NULL;
}

/**
 * runnel_attempt_get_duration:
 * @attempt: what is to be done
 * @field: the name of a field in `with`
 * @ret_duration: (out): microseconds; 0 when the field is not given
 * @error: return location for the error, which names the field
 *
 * Returns: %FALSE with @error set when the field is no duration
 */
gboolean
runnel_attempt_get_duration (const RunnelAttempt  *attempt,
                             const char           *field,
                             gint64               *ret_duration,
                             GError              **error)
{
  g_autofree char *text = runnel_attempt_dup_text (attempt, field);

  *ret_duration = 0;
  if (!text || runnel_duration_parse (text, ret_duration, error))
    return TRUE;

  g_prefix_error (error, "with.%s: ", field);

  return FALSE;
}
