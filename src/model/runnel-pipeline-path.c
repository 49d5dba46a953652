/* runnel-pipeline-path.c: which steps lead from one to another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "model/runnel-pipeline.h"

#define UNSEEN G_MAXUINT

/* Searches upwards from `last`, breadth first, and notes for each step met the one after it on the
 * way down. Returns: whether `first` was met */
static gboolean
search (RunnelPipeline *self,
        guint           first,
        guint           last,
        guint          *after)
{
  g_autoptr(GArray) queue = g_array_new (FALSE, FALSE, sizeof (guint));

  after[last] = last;
  g_array_append_val (queue, last);

  for (guint i = 0; i < queue->len && after[first] == UNSEEN; i++)
    {
      guint index = g_array_index (queue, guint, i);
      RunnelStep *step = runnel_pipeline_get_step (self, index);

      for (guint n = 0; n < step->n_needs; n++)
        {
          guint source;

          if (!runnel_pipeline_find_step (self, step->needs[n].step, &source)
              || after[source] != UNSEEN)
            continue;

          after[source] = index;
          g_array_append_val (queue, source);
        }
    }

  return after[first] != UNSEEN;
}

/**
 * runnel_pipeline_find_path:
 * @self: a pipeline
 * @first: id of a step
 * @last: id of a step
 *
 * Follows the links from one step to another, by a search that visits each step once; it is quick
 * enough to be asked while dragging. A link from @last to @first would close a circle when there is
 * a path.
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): the ids along a shortest path, both
 *   ends included, only @first when it is @last too; %NULL when @last does not come after @first
 */
GStrv
runnel_pipeline_find_path (RunnelPipeline *self,
                           const char     *first,
                           const char     *last)
{
  g_autoptr(GPtrArray) ids = NULL;
  g_autofree guint *after = NULL;
  guint index, end, n_steps;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (self), NULL);
  g_return_val_if_fail (first != NULL && last != NULL, NULL);

  if (!runnel_pipeline_find_step (self, first, &index)
      || !runnel_pipeline_find_step (self, last, &end))
    return NULL;

  n_steps = runnel_pipeline_get_n_steps (self);
  after = g_new (guint, n_steps);
  for (guint i = 0; i < n_steps; i++)
    after[i] = UNSEEN;
  if (!search (self, index, end, after))
    return NULL;

  ids = g_ptr_array_new ();
  g_ptr_array_add (ids, g_strdup (runnel_pipeline_get_step (self, index)->id));
  while (index != end)
    {
      index = after[index];
      g_ptr_array_add (ids, g_strdup (runnel_pipeline_get_step (self, index)->id));
    }
  g_ptr_array_add (ids, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}
