/* runnel-simulation-load.c: how much of what is limited is in use at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "model/runnel-kind.h"
#include "simulation/runnel-simulation-private.h"

struct _RunnelSimulationLoad
{
  RunnelEventSink sink;    /* first, so that the sink is the load */
  RunnelPipeline *pipeline;
  GArray *peaks;           /* of RunnelSimulationPeak */
  guint *in_use;           /* of each of the peaks */
  GHashTable *holders;     /* ids of steps with an attempt that holds its place */
};

static void
peak_clear (gpointer data)
{
  g_free (((RunnelSimulationPeak *) data)->pool);
}

static void
add_limit (RunnelSimulationLoad *self,
           const char           *pool,
           guint                 slots)
{
  RunnelSimulationPeak peak = { g_strdup (pool), slots, 0 };

  g_array_append_val (self->peaks, peak);
}

static void
add_pools (RunnelSimulationLoad *self)
{
  JsonNode *pools = runnel_pipeline_get_member (self->pipeline, "pools");
  JsonObjectIter iter;
  const char *name;
  JsonNode *slots;

  if (!pools || !JSON_NODE_HOLDS_OBJECT (pools))
    return;

  json_object_iter_init_ordered (&iter, json_node_get_object (pools));
  while (json_object_iter_next_ordered (&iter, &name, &slots))
    if (JSON_NODE_HOLDS_VALUE (slots))
      add_limit (self, name, json_node_get_int (slots));
}

/* The leg `build.2` is defined by the step `build`. */
static RunnelStep *
find_definition (RunnelSimulationLoad *self,
                 const char           *id)
{
  const char *dot = strchr (id, '.');
  g_autofree char *stem = g_strndup (id, dot ? (gsize) (dot - id) : strlen (id));
  guint index;

  if (!runnel_pipeline_find_step (self->pipeline, stem, &index))
    return NULL;
  /* What takes a step back takes none of its pools. */
  if (dot && g_str_has_suffix (dot, ".undo"))
    return NULL;

  return runnel_pipeline_get_step (self->pipeline, index);
}

static void
use (RunnelSimulationLoad *self,
     guint                 limit,
     guint                 slots,
     gboolean              takes)
{
  RunnelSimulationPeak *peak = &g_array_index (self->peaks, RunnelSimulationPeak, limit);

  self->in_use[limit] += takes ? slots : -slots;
  peak->peak = MAX (peak->peak, self->in_use[limit]);
}

static void
use_pool (RunnelSimulationLoad *self,
          RunnelStep           *step,
          gboolean              takes)
{
  gint64 slots = 1;
  g_autofree char *pool = step ? runnel_step_dup_pool (step, &slots) : NULL;

  for (guint i = 1; i < self->peaks->len; i++)
    if (g_strcmp0 (g_array_index (self->peaks, RunnelSimulationPeak, i).pool, pool) == 0)
      use (self, i, slots, takes);
}

/* What waits by its kind takes no place. */
static void
set_holds (RunnelSimulationLoad *self,
           const char           *id,
           gboolean              takes)
{
  RunnelStep *step = find_definition (self, id);
  const RunnelKind *kind = step ? runnel_kind_lookup (step->kind) : NULL;

  if (takes ? !g_hash_table_add (self->holders, g_strdup (id))
            : !g_hash_table_remove (self->holders, id))
    return;
  if (!kind || !kind->idle)
    use (self, 0, 1, takes);
  use_pool (self, step, takes);
}

static void
load_event (RunnelEventSink   *sink,
            const RunnelEvent *event)
{
  RunnelSimulationLoad *self = (RunnelSimulationLoad *) sink;

  if (event->type == RUNNEL_EVENT_ATTEMPT_STARTED)
    set_holds (self, event->step, TRUE);
  else if (event->type == RUNNEL_EVENT_ATTEMPT_FINISHED)
    set_holds (self, event->step, FALSE);
}

/*
 * _runnel_simulation_load_new:
 * @jobs: how many steps run at once
 *
 * Returns: (transfer full): a load that has to be added to a run as a sink
 */
RunnelSimulationLoad *
_runnel_simulation_load_new (RunnelPipeline *pipeline,
                             guint           jobs)
{
  RunnelSimulationLoad *self = g_new0 (RunnelSimulationLoad, 1);

  self->sink.event = load_event;
  self->pipeline = g_object_ref (pipeline);
  self->peaks = g_array_new (FALSE, FALSE, sizeof (RunnelSimulationPeak));
  g_array_set_clear_func (self->peaks, peak_clear);
  self->holders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  add_limit (self, NULL, jobs);
  add_pools (self);
  self->in_use = g_new0 (guint, self->peaks->len);

  return self;
}

void
_runnel_simulation_load_free (RunnelSimulationLoad *self)
{
  g_object_unref (self->pipeline);
  g_array_unref (self->peaks);
  g_hash_table_unref (self->holders);
  g_free (self->in_use);
  g_free (self);
}

RunnelEventSink *
_runnel_simulation_load_get_sink (RunnelSimulationLoad *self)
{
  return &self->sink;
}

/*
 * _runnel_simulation_load_get_peaks:
 *
 * Returns: (transfer full) (element-type RunnelSimulationPeak): what was in use at most: of the
 *   jobs, then of each pool in the order of the file
 */
GArray *
_runnel_simulation_load_get_peaks (RunnelSimulationLoad *self)
{
  return g_array_ref (self->peaks);
}
