/* runnel-timing-pipeline.c: what only the pipeline knows of the steps of a run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "charts/runnel-timing-private.h"
#include "engine/runnel-graph.h"
#include "model/runnel-areas.h"

/* The first group that names a step counts, as in the list of steps. */
static void
add_members (RunnelTiming      *self,
             const RunnelGroup *group,
             guint              index)
{
  guint n_steps = group->steps != NULL ? json_array_get_length (group->steps) : 0;

  for (guint i = 0; i < n_steps; i++)
    {
      JsonNode *node = json_array_get_element (group->steps, i);
      const char *id = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      guint row;

      if (id != NULL && runnel_timing_find_row (self, id, &row) && self->rows[row].group < 0)
        self->rows[row].group = index;
    }
}

static void
read_groups (RunnelTiming   *self,
             RunnelPipeline *pipeline)
{
  g_autoptr(GArray) groups = runnel_pipeline_list_groups (pipeline);

  self->groups = g_new0 (RunnelTimingGroup, MAX (groups->len, 1));
  self->n_groups = groups->len;
  for (guint i = 0; i < groups->len; i++)
    {
      const RunnelGroup *group = &g_array_index (groups, RunnelGroup, i);

      self->groups[i].id = _runnel_timing_keep_string (self, group->id);
      self->groups[i].title = _runnel_timing_keep_string (self, group->title);
      add_members (self, group, i);
    }
}

/* Of one that did not run as it stands, as when two steps have the same id, ranks stay those of
 * the file. */
static void
read_ranks (RunnelTiming   *self,
            RunnelPipeline *pipeline)
{
  RunnelGraph graph;

  if (runnel_graph_init (&graph, pipeline, NULL))
    for (guint i = 0; i < graph.n_steps; i++)
      {
        RunnelStep *step = runnel_pipeline_get_step (pipeline, graph.order[i]);
        guint row;

        if (runnel_timing_find_row (self, step->id, &row))
          self->rows[row].rank = i;
      }
  runnel_graph_clear (&graph);
}

static int
compare_links (gconstpointer a,
               gconstpointer b)
{
  const RunnelTimingLink *left = a, *right = b;

  return (left->to > right->to) - (left->to < right->to);
}

static void
read_links (RunnelTiming   *self,
            RunnelPipeline *pipeline)
{
  GArray *links = g_array_new (FALSE, FALSE, sizeof (RunnelTimingLink));

  for (guint i = 0; i < runnel_pipeline_get_n_steps (pipeline); i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (pipeline, i);
      RunnelTimingLink link;

      if (!runnel_timing_find_row (self, step->id, &link.to))
        continue;
      for (guint j = 0; j < step->n_needs; j++)
        {
          link.on = step->needs[j].on;
          if (runnel_timing_find_row (self, step->needs[j].step, &link.from))
            g_array_append_val (links, link);
        }
    }
  g_array_sort (links, compare_links);
  self->n_links = links->len;
  self->links = (RunnelTimingLink *) g_array_free (links, FALSE);
}

/* Legs take the slots of their step; what takes a step back takes none. */
static void
read_pools (RunnelTiming   *self,
            RunnelPipeline *pipeline)
{
  for (guint i = 0; i < runnel_pipeline_get_n_steps (pipeline); i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (pipeline, i);
      g_autofree char *pool = step->has_pool ? runnel_step_dup_pool (step, NULL) : NULL;
      guint row;

      if (pool != NULL && runnel_timing_find_row (self, step->id, &row))
        self->rows[row].pool = _runnel_timing_keep_string (self, pool);
    }
  for (guint i = 0; i < self->n_rows; i++)
    if (self->rows[i].role == RUNNEL_ROLE_LEG && self->rows[i].parent >= 0)
      self->rows[i].pool = self->rows[self->rows[i].parent].pool;
}

void
_runnel_timing_read_pipeline (RunnelTiming   *self,
                              RunnelPipeline *pipeline)
{
  read_groups (self, pipeline);
  read_ranks (self, pipeline);
  read_links (self, pipeline);
  read_pools (self, pipeline);
}
