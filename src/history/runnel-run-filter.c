/* runnel-run-filter.c: which runs someone wants to see
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-run-filter.h"

static gpointer
copy_string (gconstpointer string,
             gpointer      user_data)
{
  return g_strdup (string);
}

/**
 * runnel_run_filter_new:
 *
 * Returns: (transfer full): a filter that lets every run pass
 */
RunnelRunFilter *
runnel_run_filter_new (void)
{
  RunnelRunFilter *self = g_new0 (RunnelRunFilter, 1);

  self->parameters = g_ptr_array_new_with_free_func (g_free);
  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * runnel_run_filter_copy:
 * @self: (nullable): a filter
 *
 * Returns: (transfer full): a filter like it; one that lets every run pass for %NULL
 */
RunnelRunFilter *
runnel_run_filter_copy (const RunnelRunFilter *self)
{
  RunnelRunFilter *copy;

  if (self == NULL)
    return runnel_run_filter_new ();
  copy = g_memdup2 (self, sizeof *self);
  copy->pipeline = g_strdup (self->pipeline);
  copy->trigger = g_strdup (self->trigger);
  copy->parameters = g_ptr_array_copy (self->parameters, (GCopyFunc) copy_string, NULL);
  copy->labels = g_ptr_array_copy (self->labels, (GCopyFunc) copy_string, NULL);
  copy->texts = g_ptr_array_copy (self->texts, (GCopyFunc) copy_string, NULL);
  return copy;
}

/**
 * runnel_run_filter_free:
 * @self: (transfer full) (nullable): a filter
 */
void
runnel_run_filter_free (RunnelRunFilter *self)
{
  if (self == NULL)
    return;
  g_free (self->pipeline);
  g_free (self->trigger);
  g_ptr_array_unref (self->parameters);
  g_ptr_array_unref (self->labels);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

/**
 * runnel_run_filter_is_empty:
 * @self: a filter
 *
 * Returns: whether every run passes it
 */
gboolean
runnel_run_filter_is_empty (const RunnelRunFilter *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->pipeline == NULL && self->states == 0 && self->trigger == NULL &&
         self->since == 0 && self->until == 0 && self->parameters->len == 0 &&
         self->labels->len == 0 && self->texts->len == 0 && !self->pinned && !self->top_level &&
         self->parent == 0 && self->before == 0;
}
