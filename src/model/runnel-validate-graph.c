/* runnel-validate-graph.c: cycles, and steps that can never run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "model/runnel-validate-private.h"

#define LONGEST_CYCLE 12 /* steps of a cycle that are named */

#define UNKNOWN G_MAXUINT /* of a link: its step is not there */

/* How a step may end, seen from its links; a set of these. */
enum
{
  SUCCEEDED = 1 << 0,
  FAILED    = 1 << 1,
  SKIPPED   = 1 << 2,
  ANY_END   = SUCCEEDED | FAILED | SKIPPED,
};

typedef enum
{
  UNSEEN,
  OPEN,
  DONE,
} Mark;

/* A step whose links are being followed. */
typedef struct
{
  guint step;
  guint next_need;
} Visit;

typedef struct
{
  RunnelPipeline *pipeline;
  RunnelDiagnostics *diagnostics;
  guint n_steps;
  guint *first;      /* by step: where its links are in `sources`; one more than there are steps */
  guint *sources;    /* by link: index of the step it is from, or UNKNOWN */
  guint8 *marks;     /* by step */
  guint8 *in_cycle;  /* by step: a cycle with it was reported */
  guint8 *ends;      /* by step: how it may end; 0 = not known yet */
  guint8 *wanted;    /* by step: ends on which all links from it to the step at hand fire */
  GArray *visits;
  GArray *order;     /* steps, each behind all it needs, cycles aside */
} Graph;

static RunnelStep *
get_step (Graph *self,
          guint  index)
{
  return g_ptr_array_index (self->pipeline->steps, index);
}

static void
graph_init (Graph             *self,
            RunnelPipeline    *pipeline,
            RunnelDiagnostics *diagnostics)
{
  guint n = pipeline->steps->len, n_links = 0;

  *self = (Graph) { pipeline, diagnostics, n };
  self->first = g_new (guint, n + 1);
  for (guint i = 0; i < n; i++)
    {
      self->first[i] = n_links;
      n_links += get_step (self, i)->n_needs;
    }
  self->first[n] = n_links;

  self->sources = g_new (guint, n_links + 1);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < get_step (self, i)->n_needs; j++)
      {
        guint *source = &self->sources[self->first[i] + j];

        if (!runnel_pipeline_find_step (pipeline, get_step (self, i)->needs[j].step, source))
          *source = UNKNOWN;
      }

  self->marks = g_new0 (guint8, n + 1);
  self->in_cycle = g_new0 (guint8, n + 1);
  self->ends = g_new0 (guint8, n + 1);
  self->wanted = g_new0 (guint8, n + 1);
  self->visits = g_array_new (FALSE, FALSE, sizeof (Visit));
  self->order = g_array_sized_new (FALSE, FALSE, sizeof (guint), n);
}

static void
graph_clear (Graph *self)
{
  g_free (self->first);
  g_free (self->sources);
  g_free (self->marks);
  g_free (self->in_cycle);
  g_free (self->ends);
  g_free (self->wanted);
  g_array_unref (self->visits);
  g_array_unref (self->order);
}

/* --- Cycles --- */

/* The visits from `start` on, each needing the next and the last the first, in the order in which they
 * would run, beginning with the one that comes first in the file. */
static GArray *
get_cycle (Graph *self,
           guint  start)
{
  guint n = self->visits->len - start, earliest = 0;
  GArray *backwards = g_array_new (FALSE, FALSE, sizeof (guint));
  GArray *cycle = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < n; i++)
    {
      guint step = g_array_index (self->visits, Visit, start + n - 1 - i).step;

      g_array_append_val (backwards, step);
      if (step < g_array_index (backwards, guint, earliest))
        earliest = i;
    }
  for (guint i = 0; i < n; i++)
    g_array_append_val (cycle, g_array_index (backwards, guint, (earliest + i) % n));
  g_array_unref (backwards);

  return cycle;
}

static char *
describe_cycle (Graph  *self,
                GArray *cycle)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (cycle->len, LONGEST_CYCLE); i++)
    g_string_append_printf (text, "%s -> ", get_step (self, g_array_index (cycle, guint, i))->id);
  if (cycle->len > LONGEST_CYCLE)
    g_string_append_printf (text, "(%u more) -> ", cycle->len - LONGEST_CYCLE);
  g_string_append (text, get_step (self, g_array_index (cycle, guint, 0))->id);

  return g_string_free (text, FALSE);
}

/* Reports the cycle that a link of the step visited last to an open step closes. Of all cycles through
 * the same step only the first is told: breaking it may break the others. */
static void
report_cycle (Graph *self,
              guint  need,
              guint  target)
{
  guint last = self->visits->len - 1, start = last;
  g_autoptr(GArray) cycle = NULL;
  g_autofree char *text = NULL, *path = NULL, *step_path = NULL;
  RunnelStep *step = get_step (self, g_array_index (self->visits, Visit, last).step);

  if (self->in_cycle[target] || self->in_cycle[g_array_index (self->visits, Visit, last).step])
    return;

  while (g_array_index (self->visits, Visit, start).step != target)
    start--;
  for (guint i = start; i <= last; i++)
    if (self->in_cycle[g_array_index (self->visits, Visit, i).step])
      return;
  for (guint i = start; i <= last; i++)
    self->in_cycle[g_array_index (self->visits, Visit, i).step] = TRUE;

  cycle = get_cycle (self, start);
  text = describe_cycle (self, cycle);
  step_path = _runnel_pipeline_get_step_path (self->pipeline, g_array_index (self->visits, Visit, last).step);
  path = g_strdup_printf ("%s.needs[%u]", step_path, step->needs[need].position);
  runnel_diagnostics_add (self->diagnostics, RUNNEL_SEVERITY_ERROR, path, step->id,
                          "take out one of the links", "the steps wait for each other: %s", text);
}

static void
open_step (Graph *self,
           guint  step)
{
  Visit visit = { step, 0 };

  self->marks[step] = OPEN;
  g_array_append_val (self->visits, visit);
}

/* Follows the links into the steps depth first, without recursion: a chain may have 100,000 steps. */
static void
visit_from (Graph *self,
            guint  root)
{
  open_step (self, root);

  while (self->visits->len > 0)
    {
      Visit *visit = &g_array_index (self->visits, Visit, self->visits->len - 1);
      guint need = visit->next_need++;
      guint source;

      if (self->first[visit->step] + need == self->first[visit->step + 1])
        {
          self->marks[visit->step] = DONE;
          g_array_append_val (self->order, visit->step);
          g_array_set_size (self->visits, self->visits->len - 1);
          continue;
        }

      source = self->sources[self->first[visit->step] + need];
      if (source == UNKNOWN || self->marks[source] == DONE)
        continue;
      if (self->marks[source] == OPEN)
        report_cycle (self, need, source);
      else
        open_step (self, source);
    }
}

/* --- Steps that can never run --- */

static guint8
get_firing_ends (RunnelOn on)
{
  switch (on)
    {
    case RUNNEL_ON_SUCCESS:
      return SUCCEEDED;
    case RUNNEL_ON_FAILURE:
      return FAILED;
    case RUNNEL_ON_FINISHED:
      return SUCCEEDED | FAILED;
    case RUNNEL_ON_ALWAYS:
      return ANY_END;
    }

  return ANY_END;
}

/* A step that is not known, or part of a cycle, is reported as such; here it may end in any way. */
static guint8
get_source_ends (Graph *self,
                 guint  source)
{
  return source != UNKNOWN && self->ends[source] != 0 ? self->ends[source] : ANY_END;
}

static gboolean
is_true (JsonNode *value)
{
  return value != NULL && JSON_NODE_HOLDS_VALUE (value) &&
         json_node_get_value_type (value) == G_TYPE_BOOLEAN && json_node_get_boolean (value);
}

static gboolean
continues_on_error (Graph      *self,
                    RunnelStep *step)
{
  g_autoptr(JsonNode) own = runnel_step_dup_member (step, "continue-on-error");
  JsonNode *defaults = runnel_pipeline_get_member (self->pipeline, "defaults");

  if (own != NULL)
    return is_true (own);

  return defaults != NULL && JSON_NODE_HOLDS_OBJECT (defaults) &&
         is_true (json_object_get_member (json_node_get_object (defaults), "continue-on-error"));
}

static gboolean
is_switched_off (RunnelStep *step)
{
  return step->enabled == RUNNEL_DISABLED || g_strcmp0 (step->condition, "false") == 0;
}

/* Whether a link can fire, alone or together with the others from the same step. */
static gboolean
can_all_fire (Graph *self,
              guint  index,
              guint *ret_need)
{
  RunnelStep *step = get_step (self, index);
  const guint *sources = &self->sources[self->first[index]];

  for (guint i = 0; i < step->n_needs; i++)
    if (sources[i] != UNKNOWN)
      self->wanted[sources[i]] = ANY_END;

  for (guint i = 0; i < step->n_needs; i++)
    if (sources[i] != UNKNOWN)
      {
        self->wanted[sources[i]] &= get_firing_ends (step->needs[i].on);
        if ((self->wanted[sources[i]] & get_source_ends (self, sources[i])) == 0)
          {
            *ret_need = i;
            return FALSE;
          }
      }

  return TRUE;
}

static gboolean
can_one_fire (Graph *self,
              guint  index,
              guint *ret_need)
{
  RunnelStep *step = get_step (self, index);

  for (guint i = 0; i < step->n_needs; i++)
    if (get_firing_ends (step->needs[i].on) & get_source_ends (self, self->sources[self->first[index] + i]))
      return TRUE;

  *ret_need = 0;
  return step->n_needs == 0;
}

static char *
explain_link (Graph      *self,
              RunnelStep *source,
              guint8      ends,
              RunnelOn    on)
{
  if (ends & get_firing_ends (on))
    return g_strdup_printf ("it needs “%s” to end in two ways at once", source->id);
  if (source->enabled == RUNNEL_DISABLED)
    return g_strdup_printf ("it needs “%s”, which is disabled", source->id);
  if (g_strcmp0 (source->condition, "false") == 0)
    return g_strdup_printf ("it needs “%s”, the condition of which is false", source->id);
  if (ends == SKIPPED)
    return g_strdup_printf ("it needs “%s”, which can never run either", source->id);
  if (source->enabled == RUNNEL_BYPASSED)
    return g_strdup_printf ("it waits for “%s” to fail, which is bypassed and so always succeeds", source->id);

  return g_strdup_printf ("it waits for “%s” to fail, which continues on error and so counts as succeeded",
                          source->id);
}

static void
report_unreachable (Graph *self,
                    guint  index,
                    guint  need)
{
  RunnelStep *step = get_step (self, index);
  guint source = self->sources[self->first[index] + need];
  g_autofree char *why = NULL, *path = NULL, *step_path = NULL;

  why = explain_link (self, get_step (self, source), get_source_ends (self, source), step->needs[need].on);
  step_path = _runnel_pipeline_get_step_path (self->pipeline, index);
  path = g_strdup_printf ("%s.needs[%u]", step_path, step->needs[need].position);
  runnel_diagnostics_add (self->diagnostics, RUNNEL_SEVERITY_WARNING, path, step->id,
                          step->n_needs > 1 && step->join == RUNNEL_JOIN_ALL
                            ? "with \"join\": \"any\" one link that fires is enough" : NULL,
                          "“%s” can never run: %s", step->id, why);
}

/* Says how a step may end. Skipped is left out where it may also end otherwise: only links on `always`
 * fire on it, and they fire on the others too. */
static void
find_ends (Graph *self,
           guint  index)
{
  RunnelStep *step = get_step (self, index);
  guint need = 0;

  if (is_switched_off (step))
    self->ends[index] = SKIPPED;
  else if (!(step->join == RUNNEL_JOIN_ALL ? can_all_fire (self, index, &need) : can_one_fire (self, index, &need)))
    {
      self->ends[index] = SKIPPED;
      report_unreachable (self, index, need);
    }
  else if (step->enabled == RUNNEL_BYPASSED || continues_on_error (self, step))
    self->ends[index] = SUCCEEDED;
  else
    self->ends[index] = SUCCEEDED | FAILED;
}

/* Reports cycles among steps, and steps none of whose links, or not all that it wants, can ever fire. */
void
_runnel_validate_graph (RunnelPipeline    *pipeline,
                        RunnelDiagnostics *diagnostics)
{
  Graph graph;

  graph_init (&graph, pipeline, diagnostics);
  for (guint i = 0; i < graph.n_steps; i++)
    if (graph.marks[i] == UNSEEN)
      visit_from (&graph, i);
  for (guint i = 0; i < graph.order->len; i++)
    find_ends (&graph, g_array_index (graph.order, guint, i));
  graph_clear (&graph);
}
