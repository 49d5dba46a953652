/* runnel-plan.c: decides what may start; knows no processes, files or clocks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-graph.h"
#include "engine/runnel-plan.h"

#define NO_LINK G_MAXUINT32

/* A step during the run. */
typedef struct
{
  guint32 n_unsettled; /* links into it whose step is not over yet */
  guint32 n_fired;
  guint32 blame;       /* the link that decides why it is skipped, or NO_LINK */
  guint32 rank;        /* place in the order of urgency; 0 starts first */
  guint8 state;        /* RunnelState: pending, queued, running (in hand) or terminal */
  guint8 join;         /* RunnelJoin */
  guint8 enabled;      /* RunnelEnabled */
  guint8 tolerated : 1;
  guint8 broken : 1;         /* a link into it can't fire any more */
  guint8 failed_before : 1;  /* a need failed, or was skipped because of a failure */
  guint8 cancelled_before : 1;
  guint8 told : 1;           /* its end was among the changes */
  guint8 preset : 1;         /* it was over before the plan began */
  guint8 satisfies : 1;      /* links from it fire, however it ended */
  guint8 starts : 1;         /* its links are not asked */
  guint8 handled : 1;        /* meaningful when the plan's `handled_known` is set */
} Node;

struct _RunnelPlan
{
  RunnelPipeline *pipeline;
  RunnelGraph graph;
  Node *nodes;
  guint n_over;
  guint32 *by_rank; /* the step of each rank */
  GArray *ready;    /* heap of ranks; may hold steps that are no longer queued */
  GArray *changes;  /* steps in the order in which they were decided */
  guint n_taken;    /* of `changes` */
  gboolean cancelled;
  gboolean handled_known;
};

/* The heap of steps that may start: a binary heap of ranks, the smallest on top. */

static void
heap_push (GArray *heap, guint32 rank)
{
  guint32 *items;
  guint i = heap->len;

  g_array_append_val (heap, rank);
  items = (guint32 *) (void *) heap->data;
  while (i > 0 && items[(i - 1) / 2] > rank)
    {
      items[i] = items[(i - 1) / 2];
      i = (i - 1) / 2;
    }
  items[i] = rank;
}

static guint32
heap_pop (GArray *heap)
{
  guint32 *items = (guint32 *) (void *) heap->data;
  guint32 top = items[0];
  guint32 last = items[heap->len - 1];
  guint n = heap->len - 1;
  guint i = 0;

  for (guint child = 1; child < n; child = 2 * i + 1)
    {
      if (child + 1 < n && items[child + 1] < items[child])
        child++;
      if (last <= items[child])
        break;
      items[i] = items[child];
      i = child;
    }
  items[i] = last;
  g_array_set_size (heap, n);
  return top;
}

static void
init_nodes (RunnelPlan *self)
{
  self->nodes = g_new0 (Node, self->graph.n_steps);
  for (guint i = 0; i < self->graph.n_steps; i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (self->pipeline, i);

      self->nodes[i].n_unsettled = self->graph.first_in[i + 1] - self->graph.first_in[i];
      self->nodes[i].blame = NO_LINK;
      self->nodes[i].join = step->join;
      self->nodes[i].enabled = step->enabled;
    }
}

typedef struct
{
  int priority;
  guint32 length;
  guint32 step;
} Urgency;

static int
compare_urgency (gconstpointer a, gconstpointer b)
{
  const Urgency *left = a;
  const Urgency *right = b;

  if (left->priority != right->priority)
    return left->priority > right->priority ? -1 : 1;
  if (left->length != right->length)
    return left->length > right->length ? -1 : 1;
  return left->step < right->step ? -1 : 1;
}

/* The order of urgency never changes during a run, so it is found once. */
static void
rank_steps (RunnelPlan *self)
{
  g_autofree guint32 *lengths = runnel_graph_measure_paths (&self->graph);
  g_autofree Urgency *urgencies = g_new (Urgency, self->graph.n_steps);

  if (self->graph.n_steps == 0)
    return;
  for (guint i = 0; i < self->graph.n_steps; i++)
    {
      urgencies[i].priority = runnel_pipeline_get_step (self->pipeline, i)->priority;
      urgencies[i].length = lengths[i];
      urgencies[i].step = i;
    }
  qsort (urgencies, self->graph.n_steps, sizeof (Urgency), compare_urgency);

  self->by_rank = g_new (guint32, self->graph.n_steps);
  for (guint i = 0; i < self->graph.n_steps; i++)
    {
      self->by_rank[i] = urgencies[i].step;
      self->nodes[urgencies[i].step].rank = i;
    }
}

/* Running. */

static gboolean
counts_as_success (const Node *node)
{
  return node->state == RUNNEL_STATE_SUCCEEDED
         || (runnel_state_is_failure (node->state) && node->tolerated);
}

static gboolean
counts_as_failure (const Node *node)
{
  return runnel_state_is_failure (node->state) && !node->tolerated;
}

static gboolean
link_fires (RunnelOn on, const Node *from)
{
  if (from->satisfies)
    return TRUE;
  switch (on)
    {
    case RUNNEL_ON_SUCCESS:
      return counts_as_success (from);
    case RUNNEL_ON_FAILURE:
      return counts_as_failure (from);
    case RUNNEL_ON_FINISHED:
      return counts_as_success (from) || counts_as_failure (from);
    case RUNNEL_ON_ALWAYS:
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

static void
add_change (RunnelPlan *self, guint32 step)
{
  g_array_append_val (self->changes, step);
}

static void
set_over (RunnelPlan *self, guint32 step, RunnelState state)
{
  g_assert (!runnel_state_is_terminal (self->nodes[step].state));

  self->nodes[step].state = state;
  self->n_over++;
  self->handled_known = FALSE;
}

typedef enum
{
  DECISION_WAIT,
  DECISION_START,
  DECISION_SKIP,
} Decision;

static gboolean
has_links (RunnelPlan *self, guint32 step)
{
  return self->graph.first_in[step] < self->graph.first_in[step + 1];
}

static Decision
decide (RunnelPlan *self, guint32 step)
{
  const Node *node = &self->nodes[step];
  gboolean settled = node->n_unsettled == 0;

  if (!has_links (self, step) || node->starts)
    return DECISION_START;
  switch (node->join)
    {
    case RUNNEL_JOIN_ALL:
      if (node->broken)
        return DECISION_SKIP;
      return settled ? DECISION_START : DECISION_WAIT;
    case RUNNEL_JOIN_ANY:
      if (node->n_fired > 0)
        return DECISION_START;
      return settled ? DECISION_SKIP : DECISION_WAIT;
    case RUNNEL_JOIN_NONE_FAILED:
      if (!settled)
        return DECISION_WAIT;
      return node->n_fired > 0 && !node->broken ? DECISION_START : DECISION_SKIP;
    default:
      g_assert_not_reached ();
    }
}

/* Remembers that a link can't fire any more. A none-failed join is not broken by a need
 * that was skipped, or that succeeded where the link asks for a failure. */
static void
break_link (RunnelPlan *self, guint32 link)
{
  const Node *from = &self->nodes[self->graph.links[link].from];
  Node *to = &self->nodes[self->graph.links[link].to];
  gboolean breaks = to->join != RUNNEL_JOIN_NONE_FAILED || counts_as_failure (from)
                    || from->state == RUNNEL_STATE_CANCELLED;

  if (to->blame == NO_LINK || (breaks && !to->broken))
    to->blame = link;
  to->broken |= breaks;
}

static void
settle_link (RunnelPlan *self, guint32 link)
{
  const Node *from = &self->nodes[self->graph.links[link].from];
  Node *to = &self->nodes[self->graph.links[link].to];

  to->n_unsettled--;
  to->failed_before |= counts_as_failure (from)
                       || (from->state == RUNNEL_STATE_SKIPPED && from->failed_before);
  to->cancelled_before |= from->state == RUNNEL_STATE_CANCELLED;
  if (link_fires (self->graph.links[link].on, from))
    to->n_fired++;
  else
    break_link (self, link);
}

/* A step that is due starts, unless it is switched off. */
static void
start_or_pass (RunnelPlan *self, guint32 step)
{
  Node *node = &self->nodes[step];

  if (node->enabled == RUNNEL_DISABLED)
    set_over (self, step, RUNNEL_STATE_SKIPPED);
  else if (node->enabled == RUNNEL_BYPASSED)
    set_over (self, step, RUNNEL_STATE_SUCCEEDED);
  else
    {
      node->state = RUNNEL_STATE_QUEUED;
      heap_push (self->ready, node->rank);
    }
  add_change (self, step);
}

static void
decide_step (RunnelPlan *self, guint32 step)
{
  if (self->nodes[step].state != RUNNEL_STATE_PENDING)
    return;
  switch (decide (self, step))
    {
    case DECISION_START:
      start_or_pass (self, step);
      break;
    case DECISION_SKIP:
      set_over (self, step, RUNNEL_STATE_SKIPPED);
      add_change (self, step);
      break;
    case DECISION_WAIT:
    default:
      break;
    }
}

static void
settle_links_of (RunnelPlan *self, guint32 step)
{
  for (guint32 j = self->graph.first_out[step]; j < self->graph.first_out[step + 1]; j++)
    {
      settle_link (self, self->graph.out[j]);
      decide_step (self, self->graph.links[self->graph.out[j]].to);
    }
}

/* What is over settles its links, which may make others be over: those were added to the
 * changes, so going along the changes reaches all of them without recursion. */
static void
propagate (RunnelPlan *self, guint first_change)
{
  for (guint i = first_change; i < self->changes->len; i++)
    {
      guint32 step = g_array_index (self->changes, guint32, i);

      if (runnel_state_is_terminal (self->nodes[step].state))
        settle_links_of (self, step);
    }
}

static char *
describe_skip (RunnelPlan *self, guint32 step)
{
  const RunnelGraphLink *link;
  const Node *from;
  const char *id;

  if (decide (self, step) != DECISION_SKIP)
    return g_strdup ("it is disabled");

  link = &self->graph.links[self->nodes[step].blame];
  from = &self->nodes[link->from];
  id = runnel_pipeline_get_step (self->pipeline, link->from)->id;
  if (from->state == RUNNEL_STATE_SKIPPED || from->state == RUNNEL_STATE_CANCELLED)
    return g_strdup_printf ("skipped because %s was %s", id, runnel_state_to_string (from->state));
  return g_strdup_printf ("%s %s, and this link needs %s", id,
                          from->state == RUNNEL_STATE_TIMED_OUT
                            ? "timed out"
                            : runnel_state_to_string (from->state),
                          runnel_on_to_string (link->on));
}

static char *
describe_change (RunnelPlan *self, guint32 step)
{
  if (self->nodes[step].preset)
    return NULL;
  if (self->nodes[step].state == RUNNEL_STATE_SKIPPED)
    return describe_skip (self, step);
  if (self->nodes[step].state == RUNNEL_STATE_SUCCEEDED)
    return g_strdup ("it is bypassed");
  return NULL;
}

/* A handling link that fired and led to a success, or to a failure that is itself handled. */
static gboolean
has_fallback (RunnelPlan *self, guint32 step)
{
  for (guint32 j = self->graph.first_out[step]; j < self->graph.first_out[step + 1]; j++)
    {
      const RunnelGraphLink *link = &self->graph.links[self->graph.out[j]];
      const Node *to = &self->nodes[link->to];

      if (link->handles && link_fires (link->on, &self->nodes[step])
          && (to->state == RUNNEL_STATE_SUCCEEDED || to->handled))
        return TRUE;
    }
  return FALSE;
}

/* Whether a failure is handled depends on later steps, so those are looked at first. */
static void
find_handled (RunnelPlan *self)
{
  for (guint i = self->graph.n_steps; i-- > 0;)
    {
      guint32 step = self->graph.order[i];
      Node *node = &self->nodes[step];

      node->handled = counts_as_failure (node) && has_fallback (self, step);
    }
  self->handled_known = TRUE;
}

static void
apply_presets (RunnelPlan *self, const RunnelPlanPreset *presets)
{
  for (guint i = 0; i < self->graph.n_steps; i++)
    {
      Node *node = &self->nodes[i];

      node->starts = presets[i].starts;
      if (presets[i].state == RUNNEL_STATE_PENDING)
        continue;
      node->preset = TRUE;
      node->tolerated = presets[i].tolerated;
      node->satisfies = presets[i].satisfies;
      set_over (self, i, presets[i].state);
      add_change (self, i);
    }
}

/**
 * runnel_plan_new:
 * @pipeline: the pipeline; must not change while the plan lives
 * @error: as for runnel_plan_new_preset()
 *
 * Returns: (transfer full) (nullable): the plan of all steps
 */
RunnelPlan *
runnel_plan_new (RunnelPipeline *pipeline, GError **error)
{
  return runnel_plan_new_preset (pipeline, NULL, error);
}

/**
 * runnel_plan_new_preset:
 * @pipeline: the pipeline; must not change while the plan lives
 * @presets: (nullable) (array): by step, what is decided already; copied
 * @error: #RUNNEL_PIPELINE_ERROR_INVALID for two steps of one id, for a need of an unknown
 *   step, and for steps that need each other in a circle, which the message prints
 *
 * Steps without needs may start at once: they are among the first changes.
 * It takes O((V + E) log V) for all of a run, and about 100 bytes a step.
 *
 * Returns: (transfer full) (nullable): the plan
 */
RunnelPlan *
runnel_plan_new_preset (RunnelPipeline *pipeline, const RunnelPlanPreset *presets, GError **error)
{
  g_autoptr(RunnelPlan) self = g_new0 (RunnelPlan, 1);

  self->pipeline = g_object_ref (pipeline);
  self->ready = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->changes = g_array_new (FALSE, FALSE, sizeof (guint32));
  if (!runnel_graph_init (&self->graph, pipeline, error))
    return NULL;
  init_nodes (self);
  rank_steps (self);
  if (presets != NULL)
    apply_presets (self, presets);

  for (guint i = 0; i < self->graph.n_steps; i++)
    {
      if (self->nodes[i].state == RUNNEL_STATE_PENDING && decide (self, i) == DECISION_START)
        start_or_pass (self, i);
    }
  propagate (self, 0);
  return g_steal_pointer (&self);
}

/**
 * runnel_plan_free:
 * @self: (transfer full): a plan
 */
void
runnel_plan_free (RunnelPlan *self)
{
  g_object_unref (self->pipeline);
  runnel_graph_clear (&self->graph);
  g_free (self->nodes);
  g_free (self->by_rank);
  g_array_unref (self->ready);
  g_array_unref (self->changes);
  g_free (self);
}

/**
 * runnel_plan_take_change:
 * @self: a plan
 * @ret_change: (out): what was decided about a step
 *
 * The steps that became ready, were skipped because their links can no longer fire, were
 * passed through or were cancelled, each told once, in the order in which it was decided.
 *
 * Returns: whether there was a change left to tell
 */
gboolean
runnel_plan_take_change (RunnelPlan *self, RunnelPlanChange *ret_change)
{
  while (self->n_taken < self->changes->len)
    {
      guint32 step = g_array_index (self->changes, guint32, self->n_taken++);
      Node *node = &self->nodes[step];

      /* One that became ready and was cancelled before it was told is in the changes twice. */
      if (node->told)
        continue;
      node->told = runnel_state_is_terminal (node->state);
      ret_change->step = step;
      ret_change->state = node->state;
      ret_change->reason = describe_change (self, step);
      return TRUE;
    }
  g_array_set_size (self->changes, 0);
  self->n_taken = 0;
  return FALSE;
}

/**
 * runnel_plan_next:
 * @self: a plan
 * @ret_step: (out): the most urgent of the steps that may start
 *
 * The step is then in hand until runnel_plan_finish() or runnel_plan_put_back().
 *
 * Returns: %FALSE if no step may start now
 */
gboolean
runnel_plan_next (RunnelPlan *self, guint *ret_step)
{
  while (self->ready->len > 0)
    {
      guint32 step = self->by_rank[heap_pop (self->ready)];

      /* Those that were taken or finished past the queue are still in it. */
      if (self->nodes[step].state != RUNNEL_STATE_QUEUED)
        continue;
      self->nodes[step].state = RUNNEL_STATE_RUNNING;
      *ret_step = step;
      return TRUE;
    }
  return FALSE;
}

/**
 * runnel_plan_take:
 * @self: a plan
 * @step: a step that may start
 *
 * Takes a step in hand past all others.
 */
void
runnel_plan_take (RunnelPlan *self, guint step)
{
  g_return_if_fail (step < self->graph.n_steps);
  g_return_if_fail (self->nodes[step].state == RUNNEL_STATE_QUEUED);

  self->nodes[step].state = RUNNEL_STATE_RUNNING;
}

/**
 * runnel_plan_put_back:
 * @self: a plan
 * @step: a step in hand
 *
 * The step may start (again); this makes no change to be told.
 */
void
runnel_plan_put_back (RunnelPlan *self, guint step)
{
  g_return_if_fail (step < self->graph.n_steps);
  g_return_if_fail (self->nodes[step].state == RUNNEL_STATE_RUNNING);

  self->nodes[step].state = RUNNEL_STATE_QUEUED;
  heap_push (self->ready, self->nodes[step].rank);
}

/**
 * runnel_plan_finish:
 * @self: a plan
 * @step: a step in hand, or one that may start
 * @outcome: how it ended, a terminal state
 * @tolerated: whether a failure counts as success for its links and for the run
 */
void
runnel_plan_finish (RunnelPlan *self, guint step, RunnelState outcome, gboolean tolerated)
{
  guint n_changes = self->changes->len;

  g_return_if_fail (step < self->graph.n_steps);
  g_return_if_fail (self->nodes[step].state == RUNNEL_STATE_QUEUED
                    || self->nodes[step].state == RUNNEL_STATE_RUNNING);
  g_return_if_fail (runnel_state_is_terminal (outcome));

  self->nodes[step].tolerated = tolerated && runnel_state_is_failure (outcome);
  set_over (self, step, outcome);
  settle_links_of (self, step);
  propagate (self, n_changes);
}

/**
 * runnel_plan_cancel:
 * @self: a plan
 *
 * Nothing starts any more: every step that is neither over nor in hand is cancelled.
 */
void
runnel_plan_cancel (RunnelPlan *self)
{
  self->cancelled = TRUE;
  g_array_set_size (self->ready, 0);
  for (guint i = 0; i < self->graph.n_steps; i++)
    {
      RunnelState state = self->nodes[i].state;

      if (state == RUNNEL_STATE_PENDING || state == RUNNEL_STATE_QUEUED)
        {
          set_over (self, i, RUNNEL_STATE_CANCELLED);
          add_change (self, i);
        }
    }
}

/**
 * runnel_plan_get_state:
 * @self: a plan
 * @step: a step
 *
 * Returns: pending, queued, running (in hand) or a terminal state
 */
RunnelState
runnel_plan_get_state (RunnelPlan *self, guint step)
{
  g_return_val_if_fail (step < self->graph.n_steps, RUNNEL_STATE_PENDING);

  return self->nodes[step].state;
}

/**
 * runnel_plan_is_done:
 * @self: a plan
 *
 * Returns: whether every step is over
 */
gboolean
runnel_plan_is_done (RunnelPlan *self)
{
  return self->n_over == self->graph.n_steps;
}

/**
 * runnel_plan_get_outcome:
 * @self: a plan that is done
 *
 * Returns: how the run ends: cancelled if runnel_plan_cancel() was called; failed if a step
 *   failed or was cancelled and that is neither tolerated nor handled; else succeeded
 */
RunnelState
runnel_plan_get_outcome (RunnelPlan *self)
{
  if (self->cancelled)
    return RUNNEL_STATE_CANCELLED;
  for (guint i = 0; i < self->graph.n_steps; i++)
    {
      const Node *node = &self->nodes[i];

      if (node->preset)
        continue;
      if (node->state == RUNNEL_STATE_CANCELLED
          || (counts_as_failure (node) && !runnel_plan_is_handled (self, i)))
        return RUNNEL_STATE_FAILED;
    }
  return RUNNEL_STATE_SUCCEEDED;
}

/**
 * runnel_plan_is_handled:
 * @self: a plan
 * @step: a step
 *
 * Returns: whether @step failed and a fallback made that good: a link that handles it led to a
 *   step that succeeded, or that failed and is itself handled
 */
gboolean
runnel_plan_is_handled (RunnelPlan *self, guint step)
{
  g_return_val_if_fail (step < self->graph.n_steps, FALSE);

  if (!self->handled_known)
    find_handled (self);
  return self->nodes[step].handled;
}

/**
 * runnel_plan_get_status:
 * @self: a plan
 * @step: a step
 * @function: "success", "failure" or "cancelled"
 *
 * Answers the status functions of expressions, over what @step needs. failure(): a need
 * failed, or was skipped because of a failure before it. success(): nothing of that, none
 * was cancelled, and one link fired if there are any.
 *
 * Returns: the function's value
 */
gboolean
runnel_plan_get_status (RunnelPlan *self, guint step, const char *function)
{
  const Node *node;

  g_return_val_if_fail (step < self->graph.n_steps, FALSE);

  node = &self->nodes[step];
  if (g_str_equal (function, "failure"))
    return node->failed_before;
  if (g_str_equal (function, "cancelled"))
    return self->cancelled || node->cancelled_before;
  return !node->failed_before && !node->cancelled_before
         && (node->n_fired > 0 || !has_links (self, step));
}
