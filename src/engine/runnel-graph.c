/* runnel-graph.c: the steps of a pipeline and the links between them, as compact arrays
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-graph.h"

static gboolean
check_id (RunnelPipeline *pipeline, guint step, GError **error)
{
  const char *id = runnel_pipeline_get_step (pipeline, step)->id;
  guint first;

  if (runnel_pipeline_find_step (pipeline, id, &first) && first == step)
    return TRUE;
  g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
               "Two steps have the id %s: give one of them another", id);
  return FALSE;
}

static gboolean
add_links_into (RunnelPipeline *pipeline, guint32 to, GArray *links, GError **error)
{
  RunnelStep *step = runnel_pipeline_get_step (pipeline, to);

  for (guint i = 0; i < step->n_needs; i++)
    {
      const RunnelNeed *need = &step->needs[i];
      RunnelGraphLink link = { .to = to, .on = need->on, .handles = need->handles };

      if (!runnel_pipeline_find_step (pipeline, need->step, &link.from))
        {
          g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
                       "%s needs %s, but there is no such step", step->id, need->step);
          return FALSE;
        }
      g_array_append_val (links, link);
    }
  return TRUE;
}

static gboolean
read_links (RunnelGraph *self, RunnelPipeline *pipeline, GError **error)
{
  GArray *links = g_array_new (FALSE, FALSE, sizeof (RunnelGraphLink));
  gboolean complete = TRUE;

  self->first_in = g_new0 (guint32, self->n_steps + 1);
  for (guint i = 0; i < self->n_steps && complete; i++)
    {
      complete = check_id (pipeline, i, error) && add_links_into (pipeline, i, links, error);
      self->first_in[i + 1] = links->len;
    }
  self->links = (RunnelGraphLink *) (void *) g_array_free (links, FALSE);
  return complete;
}

/* A counting sort of the links by where they come from. */
static void
index_links_by_source (RunnelGraph *self)
{
  guint n_links = self->first_in[self->n_steps];
  g_autofree guint32 *next = NULL;

  self->first_out = g_new0 (guint32, self->n_steps + 1);
  self->out = g_new (guint32, n_links);
  for (guint i = 0; i < n_links; i++)
    self->first_out[self->links[i].from + 1]++;
  for (guint i = 0; i < self->n_steps; i++)
    self->first_out[i + 1] += self->first_out[i];

  next = g_memdup2 (self->first_out, sizeof (guint32) * (self->n_steps + 1));
  for (guint i = 0; i < n_links; i++)
    self->out[next[self->links[i].from]++] = i;
}

/* Follows needs backwards among the steps that were not ordered until one comes again. */
static char *
describe_cycle (RunnelGraph *self, RunnelPipeline *pipeline, const guint32 *n_missing)
{
  g_autofree guint32 *next = g_new (guint32, self->n_steps);
  g_autofree gboolean *seen = g_new0 (gboolean, self->n_steps);
  g_autoptr(GString) path = NULL;
  guint32 step = 0;

  while (n_missing[step] == 0)
    step++;
  while (!seen[step])
    {
      guint32 link = self->first_in[step];

      seen[step] = TRUE;
      while (n_missing[self->links[link].from] == 0)
        link++;
      next[self->links[link].from] = step;
      step = self->links[link].from;
    }

  path = g_string_new (runnel_pipeline_get_step (pipeline, step)->id);
  for (guint32 i = next[step];; i = next[i])
    {
      g_string_append_printf (path, " -> %s", runnel_pipeline_get_step (pipeline, i)->id);
      if (i == step)
        break;
    }
  return g_string_free (g_steal_pointer (&path), FALSE);
}

/* Kahn's algorithm: A. B. Kahn, "Topological sorting of large networks", CACM 5 (1962). */
static gboolean
order_steps (RunnelGraph *self, RunnelPipeline *pipeline, GError **error)
{
  g_autofree guint32 *n_missing = g_new (guint32, self->n_steps);
  g_autofree char *cycle = NULL;
  guint n_ordered = 0;

  self->order = g_new (guint32, self->n_steps);
  for (guint i = 0; i < self->n_steps; i++)
    {
      n_missing[i] = self->first_in[i + 1] - self->first_in[i];
      if (n_missing[i] == 0)
        self->order[n_ordered++] = i;
    }
  for (guint i = 0; i < n_ordered; i++)
    {
      guint32 step = self->order[i];

      for (guint32 j = self->first_out[step]; j < self->first_out[step + 1]; j++)
        {
          guint32 to = self->links[self->out[j]].to;

          if (--n_missing[to] == 0)
            self->order[n_ordered++] = to;
        }
    }
  if (n_ordered == self->n_steps)
    return TRUE;

  cycle = describe_cycle (self, pipeline, n_missing);
  g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
               "The steps need each other in a circle: %s", cycle);
  return FALSE;
}

/**
 * runnel_graph_init:
 * @self: (out caller-allocates): the graph; clear it with runnel_graph_clear(), also after an error
 * @pipeline: a pipeline
 * @error: #RUNNEL_PIPELINE_ERROR_INVALID for two steps of one id, for a need of an unknown
 *   step, and for steps that need each other in a circle, which the message prints
 *
 * Takes O(V + E).
 *
 * Returns: whether the pipeline's steps can be put in order
 */
gboolean
runnel_graph_init (RunnelGraph *self, RunnelPipeline *pipeline, GError **error)
{
  *self = (RunnelGraph){ .n_steps = runnel_pipeline_get_n_steps (pipeline) };
  if (!read_links (self, pipeline, error))
    return FALSE;
  index_links_by_source (self);
  return order_steps (self, pipeline, error);
}

/**
 * runnel_graph_clear:
 * @self: a graph
 */
void
runnel_graph_clear (RunnelGraph *self)
{
  g_clear_pointer (&self->links, g_free);
  g_clear_pointer (&self->first_in, g_free);
  g_clear_pointer (&self->out, g_free);
  g_clear_pointer (&self->first_out, g_free);
  g_clear_pointer (&self->order, g_free);
}

/**
 * runnel_graph_measure_paths:
 * @self: a graph
 *
 * Returns: (transfer full): for each step, how many steps the longest way from it to an end has
 */
guint32 *
runnel_graph_measure_paths (const RunnelGraph *self)
{
  guint32 *lengths = g_new (guint32, self->n_steps);

  for (guint i = self->n_steps; i-- > 0;)
    {
      guint32 step = self->order[i];
      guint32 longest = 0;

      for (guint32 j = self->first_out[step]; j < self->first_out[step + 1]; j++)
        longest = MAX (longest, lengths[self->links[self->out[j]].to]);
      lengths[step] = longest + 1;
    }
  return lengths;
}
