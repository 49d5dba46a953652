/* runnel-history-record.c: what a reader of the history gets
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history.h"

/**
 * runnel_run_record_free:
 * @self: (transfer full) (nullable): a record
 */
void
runnel_run_record_free (RunnelRunRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->uuid);
  g_free (self->pipeline);
  g_free (self->file);
  g_free (self->reason);
  g_free (self->parent_step);
  g_free (self->trigger);
  g_free (self->imported_from);
  g_strfreev (self->labels);
  g_clear_pointer (&self->details, json_object_unref);
  g_free (self);
}

/**
 * runnel_run_record_copy:
 * @self: a record
 *
 * Returns: (transfer full): another that says the same
 */
RunnelRunRecord *
runnel_run_record_copy (const RunnelRunRecord *self)
{
  RunnelRunRecord *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->uuid = g_strdup (self->uuid);
  copy->pipeline = g_strdup (self->pipeline);
  copy->file = g_strdup (self->file);
  copy->reason = g_strdup (self->reason);
  copy->parent_step = g_strdup (self->parent_step);
  copy->trigger = g_strdup (self->trigger);
  copy->imported_from = g_strdup (self->imported_from);
  copy->labels = g_strdupv (self->labels);
  if (self->details != NULL) /* to which user and host belong */
    json_object_ref (self->details);
  return copy;
}

/**
 * runnel_step_record_free:
 * @self: (transfer full) (nullable): a record
 */
void
runnel_step_record_free (RunnelStepRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->kind);
  g_free (self->parent);
  g_free (self->reason);
  g_free (self->cause);
  g_clear_pointer (&self->matrix, json_object_unref);
  g_clear_pointer (&self->outputs, json_object_unref);
  g_clear_pointer (&self->attempts, g_ptr_array_unref);
  g_clear_pointer (&self->waits, g_ptr_array_unref);
  g_free (self);
}

/**
 * runnel_attempt_record_free:
 * @self: (transfer full) (nullable): a record
 */
void
runnel_attempt_record_free (RunnelAttemptRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->reason);
  g_free (self);
}

/**
 * runnel_wait_record_free:
 * @self: (transfer full) (nullable): a record
 */
void
runnel_wait_record_free (RunnelWaitRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->reason);
  g_free (self);
}

/**
 * runnel_artifact_record_free:
 * @self: (transfer full) (nullable): a record
 */
void
runnel_artifact_record_free (RunnelArtifactRecord *self)
{
  if (self == NULL)
    return;
  runnel_artifact_free (self->file);
  g_free (self->step);
  g_free (self);
}
