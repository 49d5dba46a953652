/* runnel-outline-order.c: in which order the outline lists steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/outline/runnel-outline-order.h"
#include "util/runnel-sort.h"

static void
append_rest (GArray   *order,
             gboolean *is_listed,
             guint     n_steps)
{
  for (guint i = 0; i < n_steps; i++)
    if (!is_listed[i])
      g_array_append_val (order, i);
}

/* The steps that need a step, as chains through arrays: one cell for each need. */
typedef struct
{
  guint n_steps;
  guint *n_open;     /* needs of a step that are not listed yet */
  guint *first;      /* cell + 1 of the first step that needs it, 0 = none */
  GArray *cells;     /* of Cell */
} Followers;

typedef struct
{
  guint step;
  guint next;        /* cell + 1 */
} Cell;

static void
followers_init (Followers      *self,
                RunnelPipeline *pipeline)
{
  self->n_steps = runnel_pipeline_get_n_steps (pipeline);
  self->n_open = g_new0 (guint, self->n_steps);
  self->first = g_new0 (guint, self->n_steps);
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));

  for (guint i = self->n_steps; i-- > 0;)
    {
      RunnelStep *step = runnel_pipeline_get_step (pipeline, i);

      for (guint n = 0; n < step->n_needs; n++)
        {
          guint from;

          if (!runnel_pipeline_find_step (pipeline, step->needs[n].step, &from))
            continue;
          g_array_append_val (self->cells, ((Cell) { i, self->first[from] }));
          self->first[from] = self->cells->len;
          self->n_open[i]++;
        }
    }
}

static void
followers_clear (Followers *self)
{
  g_free (self->n_open);
  g_free (self->first);
  g_array_unref (self->cells);
}

/* Kahn's algorithm, level by level. What is part of a cycle, which an unfinished pipeline may have,
 * comes last. */
static GArray *
list_as_run (RunnelPipeline *pipeline)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree gboolean *is_listed = NULL;
  Followers followers;

  followers_init (&followers, pipeline);
  is_listed = g_new0 (gboolean, followers.n_steps);
  for (guint i = 0; i < followers.n_steps; i++)
    if (followers.n_open[i] == 0)
      g_array_append_val (order, i);

  for (guint i = 0; i < order->len; i++)
    {
      guint step = g_array_index (order, guint, i);

      is_listed[step] = TRUE;
      for (guint cell = followers.first[step]; cell != 0;)
        {
          Cell *follower = &g_array_index (followers.cells, Cell, cell - 1);

          if (--followers.n_open[follower->step] == 0)
            g_array_append_val (order, follower->step);
          cell = follower->next;
        }
    }

  append_rest (order, is_listed, followers.n_steps);
  followers_clear (&followers);
  return order;
}

typedef struct
{
  char *key;
  guint step;
} Named;

static int
compare_named (gconstpointer a,
               gconstpointer b)
{
  const Named *left = a, *right = b;
  int result = strcmp (left->key, right->key);

  return result != 0 ? result : (left->step > right->step) - (left->step < right->step);
}

static char *
make_key (RunnelStep *step)
{
  g_autofree char *folded = g_utf8_casefold (runnel_step_get_title (step), -1);

  return g_utf8_collate_key (folded, -1);
}

static GArray *
list_by_name (RunnelPipeline *pipeline)
{
  guint n_steps = runnel_pipeline_get_n_steps (pipeline);
  GArray *order = g_array_sized_new (FALSE, FALSE, sizeof (guint), n_steps);
  g_autofree Named *named = g_new (Named, n_steps);

  for (guint i = 0; i < n_steps; i++)
    named[i] = (Named) { make_key (runnel_pipeline_get_step (pipeline, i)), i };
  if (n_steps > 0)
    runnel_sort (named, n_steps, sizeof (Named), compare_named);
  for (guint i = 0; i < n_steps; i++)
    {
      g_array_append_val (order, named[i].step);
      g_free (named[i].key);
    }

  return order;
}

static GArray *
list_as_file (RunnelPipeline *pipeline)
{
  guint n_steps = runnel_pipeline_get_n_steps (pipeline);
  GArray *order = g_array_sized_new (FALSE, FALSE, sizeof (guint), n_steps);

  for (guint i = 0; i < n_steps; i++)
    g_array_append_val (order, i);
  return order;
}

/**
 * runnel_outline_order_list:
 * @pipeline: any pipeline, also one with mistakes
 * @order: what comes first
 *
 * Returns: (transfer full): the index of every step, once
 */
GArray *
runnel_outline_order_list (RunnelPipeline     *pipeline,
                           RunnelOutlineOrder  order)
{
  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);

  switch (order)
    {
    case RUNNEL_OUTLINE_BY_NAME:
      return list_by_name (pipeline);
    case RUNNEL_OUTLINE_AS_FILE:
      return list_as_file (pipeline);
    case RUNNEL_OUTLINE_AS_RUN:
    default:
      return list_as_run (pipeline);
    }
}
