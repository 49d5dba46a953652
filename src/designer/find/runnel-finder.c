/* runnel-finder.c: the steps of a pipeline in which something stands
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/find/runnel-finder.h"
#include "util/runnel-slicer.h"

struct _RunnelFinder
{
  GObject parent_instance;

  RunnelPipeline *pipeline; /* or NULL */
  RunnelPattern *pattern;   /* NULL finds nothing */
  RunnelSlicer *slicer;
  GPtrArray *found;         /* of RunnelStep; NULL in it is the pipeline itself */
  GPtrArray *next;          /* the same, of the search under way */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (RunnelFinder, runnel_finder, G_TYPE_OBJECT)

static void
step_clear (gpointer step)
{
  if (step)
    runnel_step_unref (step);
}

static GPtrArray *
list_new (void)
{
  return g_ptr_array_new_with_free_func (step_clear);
}

static gboolean
stop_cb (const RunnelFound *found,
         gpointer           user_data)
{
  return FALSE;
}

static void
search_step_cb (guint    index,
                gpointer user_data)
{
  RunnelFinder *self = user_data;
  RunnelStep *step = runnel_pipeline_get_step (self->pipeline, index);

  if (!runnel_find_in_step (self->pattern, step, stop_cb, NULL))
    g_ptr_array_add (self->next, runnel_step_ref (step));
}

static void
searched_cb (gpointer user_data)
{
  RunnelFinder *self = user_data;

  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->found = g_steal_pointer (&self->next);
  g_signal_emit (self, changed_signal, 0);
}

static void
search (RunnelFinder *self)
{
  guint n_steps = 0;

  g_clear_pointer (&self->next, g_ptr_array_unref);
  self->next = list_new ();
  if (self->pattern && self->pipeline)
    {
      if (!runnel_find_in_members (self->pattern, self->pipeline, stop_cb, NULL))
        g_ptr_array_add (self->next, NULL);
      n_steps = runnel_pipeline_get_n_steps (self->pipeline);
    }
  runnel_slicer_start (self->slicer, n_steps);
}

static void
pipeline_changed_cb (RunnelFinder *self)
{
  if (self->pattern)
    search (self);
}

static void
runnel_finder_dispose (GObject *object)
{
  RunnelFinder *self = RUNNEL_FINDER (object);

  if (self->pipeline)
    g_signal_handlers_disconnect_by_data (self->pipeline, self);
  g_clear_pointer (&self->slicer, runnel_slicer_free);
  g_clear_object (&self->pipeline);
  g_clear_pointer (&self->pattern, runnel_pattern_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->next, g_ptr_array_unref);

  G_OBJECT_CLASS (runnel_finder_parent_class)->dispose (object);
}

static void
runnel_finder_class_init (RunnelFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = runnel_finder_dispose;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
runnel_finder_init (RunnelFinder *self)
{
  self->slicer = runnel_slicer_new (search_step_cb, searched_cb, self);
  self->found = list_new ();
}

RunnelFinder *
runnel_finder_new (void)
{
  return g_object_new (RUNNEL_TYPE_FINDER, NULL);
}

/**
 * runnel_finder_set_pipeline:
 * @pipeline: (nullable): what is searched
 */
void
runnel_finder_set_pipeline (RunnelFinder   *self,
                            RunnelPipeline *pipeline)
{
  g_return_if_fail (RUNNEL_IS_FINDER (self));
  g_return_if_fail (!pipeline || RUNNEL_IS_PIPELINE (pipeline));

  if (self->pipeline)
    g_signal_handlers_disconnect_by_data (self->pipeline, self);
  g_set_object (&self->pipeline, pipeline);
  if (pipeline)
    g_signal_connect_swapped (pipeline, "changed", G_CALLBACK (pipeline_changed_cb), self);
  search (self);
}

/**
 * runnel_finder_set_pattern:
 * @pattern: (nullable): what is looked for; %NULL finds nothing
 */
void
runnel_finder_set_pattern (RunnelFinder  *self,
                           RunnelPattern *pattern)
{
  g_return_if_fail (RUNNEL_IS_FINDER (self));

  if (pattern)
    runnel_pattern_ref (pattern);
  g_clear_pointer (&self->pattern, runnel_pattern_unref);
  self->pattern = pattern;
  search (self);
}

/**
 * runnel_finder_get_size:
 *
 * Returns: in how many steps something was found; the pipeline itself counts as one, the first
 */
guint
runnel_finder_get_size (RunnelFinder *self)
{
  g_return_val_if_fail (RUNNEL_IS_FINDER (self), 0);

  return self->found->len;
}

/**
 * runnel_finder_get_id:
 * @index: below runnel_finder_get_size()
 *
 * Returns: (transfer none) (nullable): the id of the step; %NULL for the pipeline itself
 */
const char *
runnel_finder_get_id (RunnelFinder *self,
                      guint         index)
{
  RunnelStep *step;

  g_return_val_if_fail (RUNNEL_IS_FINDER (self), NULL);
  g_return_val_if_fail (index < self->found->len, NULL);

  step = g_ptr_array_index (self->found, index);
  return step ? step->id : NULL;
}

static gboolean
describe_cb (const RunnelFound *found,
             gpointer           user_data)
{
  char **description = user_data;

  *description = g_strdup_printf ("%s: %s", found->path, found->text);
  return FALSE;
}

/**
 * runnel_finder_describe:
 * @index: below runnel_finder_get_size()
 *
 * Returns: (transfer full): the first place where something was found: "with.run: make check"
 */
char *
runnel_finder_describe (RunnelFinder *self,
                        guint         index)
{
  char *description = NULL;
  RunnelStep *step;

  g_return_val_if_fail (RUNNEL_IS_FINDER (self), NULL);
  g_return_val_if_fail (index < self->found->len, NULL);

  step = g_ptr_array_index (self->found, index);
  if (step)
    runnel_find_in_step (self->pattern, step, describe_cb, &description);
  else
    runnel_find_in_members (self->pattern, self->pipeline, describe_cb, &description);
  return description ? description : g_strdup ("");
}
