/* runnel-plan.c: decides what may start; knows no processes, files or clocks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-graph.h"
#include "engine/runnel-heap.h"
#include "engine/runnel-plan-legs.h"
#include "engine/runnel-plan-pool.h"
#include "engine/runnel-plan.h"

#define NO_LINK G_MAXUINT32
#define MAX_NAMED_HOLDERS 3

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
  guint8 idle : 1;           /* it starts although there is no job free */
  guint8 expanded : 1;       /* its legs start in its place */
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

/* What a step wants of a pool. */
typedef struct
{
  RunnelPlanPool *pool;
  guint slots;
} Want;

/* A step that could have started had there been slots for it. */
typedef struct
{
  RunnelPlanItem item;
  char *reason;
} Delay;

struct _RunnelPlan
{
  RunnelPipeline *pipeline;
  RunnelGraph graph;
  Node *nodes;
  guint n_over;
  guint32 *by_rank; /* the step of each rank */
  RunnelHeap *ready;      /* ranks; may hold steps that can't start (any more) */
  RunnelHeap *ready_idle; /* the same of those that need no job */
  GHashTable *legs;       /* RunnelPlanLegs by step, of those that are expanded; or NULL */
  GHashTable *pools;      /* RunnelPlanPool by name; or NULL */
  Want *wants;            /* by step; NULL when no step wants anything */
  GArray *delays;         /* of Delay, in the order in which they came to be */
  guint n_delays_taken;
  RunnelPlanGate gate;
  gpointer gate_data;
  GArray *changes;  /* steps in the order in which they were decided */
  guint n_taken;    /* of `changes` */
  gboolean cancelled;
  gboolean handled_known;
};

static gboolean
is_idle (RunnelStep *step)
{
  const RunnelKind *kind = runnel_kind_lookup (step->kind);

  return kind != NULL && kind->idle;
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
      self->nodes[i].idle = is_idle (step);
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

/* Pools. */

static RunnelPlanPool *
ensure_pool (RunnelPlan *self, const char *name)
{
  JsonNode *sizes = runnel_pipeline_get_member (self->pipeline, "pools");
  JsonObject *object = NULL;
  RunnelPlanPool *pool;

  if (sizes != NULL && JSON_NODE_HOLDS_OBJECT (sizes))
    object = json_node_get_object (sizes);
  if (self->pools == NULL)
    self->pools = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) _runnel_plan_pool_free);
  pool = g_hash_table_lookup (self->pools, name);
  if (pool == NULL)
    {
      gint64 size = object ? json_object_get_int_member_with_default (object, name, 0) : 0;

      /* One that the pipeline does not know is the machine's: the gate rules it. */
      pool = _runnel_plan_pool_new (name, size > 0 ? MIN (size, G_MAXINT) : G_MAXUINT);
      g_hash_table_insert (self->pools, pool->name, pool);
    }
  return pool;
}

/* `pool` is a name, or an object with a name and the number of slots. A step that wants more than
 * there is gets all there is: the check of the pipeline has told of it. */
static void
read_want (RunnelPlan *self, guint step)
{
  gint64 slots;
  g_autofree char *name =
    runnel_step_dup_pool (runnel_pipeline_get_step (self->pipeline, step), &slots);

  if (name == NULL)
    return;

  if (self->wants == NULL)
    self->wants = g_new0 (Want, self->graph.n_steps);
  self->wants[step].pool = ensure_pool (self, name);
  self->wants[step].slots = CLAMP (slots, 1, self->wants[step].pool->size);
}

/* Legs. */

static RunnelPlanLegs *
get_legs (RunnelPlan *self, guint step)
{
  return g_hash_table_lookup (self->legs, GUINT_TO_POINTER (step));
}

static gboolean
may_start (RunnelPlan *self, guint step)
{
  if (self->nodes[step].expanded)
    return _runnel_plan_legs_may_start (get_legs (self, step));
  return self->nodes[step].state == RUNNEL_STATE_QUEUED;
}

/* What starts when this step is the next. */
static RunnelPlanItem
peek_item (RunnelPlan *self, guint step)
{
  RunnelPlanItem item = { .step = step };

  if (self->nodes[step].expanded)
    item.leg = _runnel_plan_legs_peek (get_legs (self, step));
  return item;
}

/* The queue. */

static void
push_ready (RunnelPlan *self, guint step)
{
  const Node *node = &self->nodes[step];

  runnel_heap_push (node->idle ? self->ready_idle : self->ready, node->rank);
}

/* The most urgent of those that wait for the pool has another try; when it starts, or when it has
 * no need any more, it is the turn of the next. */
static void
wake_pool (RunnelPlan *self, RunnelPlanPool *pool)
{
  if (pool->waiting->len > 0)
    push_ready (self, self->by_rank[runnel_heap_pop (pool->waiting)]);
}

static void
append_holder (RunnelPlan *self, GString *text, const RunnelPlanHolder *holder)
{
  g_string_append (text, runnel_pipeline_get_step (self->pipeline, holder->step)->id);
  if (holder->leg > 0)
    g_string_append_printf (text, ".%u", holder->leg);
}

static char *
describe_holders (RunnelPlan *self, RunnelPlanPool *pool)
{
  GString *text = g_string_new (NULL);
  guint n_holders = pool->holders->len;

  g_string_append_printf (text, "pool %s: %u of %u held by step%s ", pool->name, pool->taken,
                          pool->size, n_holders == 1 ? "" : "s");
  for (guint i = 0; i < MIN (n_holders, MAX_NAMED_HOLDERS); i++)
    {
      g_string_append (text, i > 0 ? ", " : "");
      append_holder (self, text, &g_array_index (pool->holders, RunnelPlanHolder, i));
    }
  if (n_holders > MAX_NAMED_HOLDERS)
    g_string_append_printf (text, " and %u more", n_holders - MAX_NAMED_HOLDERS);
  return g_string_free (text, FALSE);
}

/* A more urgent step that waits, or NULL. */
static const char *
find_more_urgent (RunnelPlan *self, RunnelPlanPool *pool, guint step)
{
  while (pool->waiting->len > 0)
    {
      guint32 first = runnel_heap_peek (pool->waiting);

      if (first >= self->nodes[step].rank)
        return NULL;
      if (may_start (self, self->by_rank[first]))
        return runnel_pipeline_get_step (self->pipeline, self->by_rank[first])->id;
      runnel_heap_pop (pool->waiting);
    }
  return NULL;
}

/* Returns: (transfer full) (nullable): why the item has to wait */
static char *
find_obstacle (RunnelPlan *self, const RunnelPlanItem *item)
{
  const Want *want = &self->wants[item->step];
  const char *other = find_more_urgent (self, want->pool, item->step);
  char *reason = NULL;

  if (other != NULL)
    return g_strdup_printf ("pool %s: step %s waits for it and comes first", want->pool->name,
                            other);
  if (!_runnel_plan_pool_has_room (want->pool, want->slots))
    return describe_holders (self, want->pool);
  if (self->gate != NULL
      && !self->gate (item, want->pool->name, want->slots, &reason, self->gate_data))
    return reason;
  return NULL;
}

/* Takes the slots that the item wants, or has it wait for them. */
static gboolean
take_slots (RunnelPlan *self, const RunnelPlanItem *item)
{
  const Want *want = self->wants != NULL ? &self->wants[item->step] : NULL;
  char *obstacle;

  if (want == NULL || want->pool == NULL)
    return TRUE;
  obstacle = find_obstacle (self, item);
  if (obstacle != NULL)
    {
      const Delay delay = { *item, obstacle };

      runnel_heap_push (want->pool->waiting, self->nodes[item->step].rank);
      g_array_append_val (self->delays, delay);
      return FALSE;
    }
  _runnel_plan_pool_take (want->pool, item->step, item->leg, want->slots);
  wake_pool (self, want->pool);
  return TRUE;
}

static void
give_slots_back (RunnelPlan *self, guint step, guint leg)
{
  RunnelPlanPool *pool = self->wants != NULL ? self->wants[step].pool : NULL;

  if (pool != NULL && _runnel_plan_pool_give_back (pool, step, leg))
    wake_pool (self, pool);
}

static void
take_in_hand (RunnelPlan *self, const RunnelPlanItem *item)
{
  if (item->leg == 0)
    self->nodes[item->step].state = RUNNEL_STATE_RUNNING;
  else
    {
      _runnel_plan_legs_take (get_legs (self, item->step));
      push_ready (self, item->step);
    }
}

static gboolean
take_next (RunnelPlan *self, RunnelHeap *heap, RunnelPlanItem *ret_item)
{
  while (heap->len > 0)
    {
      guint32 step = self->by_rank[runnel_heap_pop (heap)];

      if (may_start (self, step))
        {
          *ret_item = peek_item (self, step);
          if (!take_slots (self, ret_item))
            continue;
          take_in_hand (self, ret_item);
          return TRUE;
        }
      /* Perhaps it was woken for slots that it does not need any more. */
      if (self->wants != NULL && self->wants[step].pool != NULL)
        wake_pool (self, self->wants[step].pool);
    }
  return FALSE;
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
      push_ready (self, step);
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
  self->ready = runnel_heap_new ();
  self->ready_idle = runnel_heap_new ();
  self->delays = g_array_new (FALSE, FALSE, sizeof (Delay));
  self->changes = g_array_new (FALSE, FALSE, sizeof (guint32));
  if (!runnel_graph_init (&self->graph, pipeline, error))
    return NULL;
  init_nodes (self);
  rank_steps (self);
  for (guint i = 0; i < self->graph.n_steps; i++)
    read_want (self, i);
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
  g_free (self->wants);
  g_array_unref (self->ready);
  g_array_unref (self->ready_idle);
  g_clear_pointer (&self->legs, g_hash_table_unref);
  g_clear_pointer (&self->pools, g_hash_table_unref);
  for (guint i = self->n_delays_taken; i < self->delays->len; i++)
    g_free (g_array_index (self->delays, Delay, i).reason);
  g_array_unref (self->delays);
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
 * @has_job: whether there is a job free; without one only what takes none starts
 * @ret_item: (out): the most urgent of what may start
 *
 * It is then in hand until it is finished or put back.
 *
 * Returns: %FALSE if nothing may start now
 */
gboolean
runnel_plan_next (RunnelPlan *self, gboolean has_job, RunnelPlanItem *ret_item)
{
  if (self->cancelled)
    return FALSE;
  return take_next (self, self->ready_idle, ret_item)
         || (has_job && take_next (self, self->ready, ret_item));
}

/**
 * runnel_plan_take_delay:
 * @self: a plan
 * @ret_item: (out): what could have started, had there been slots of its pool for it
 * @ret_reason: (out) (transfer full): who has them, a sentence for people
 *
 * What waits for its turn starts by itself when slots are given back. It may be told again, when
 * others have got them.
 *
 * Returns: whether there was a delay left to tell
 */
gboolean
runnel_plan_take_delay (RunnelPlan *self, RunnelPlanItem *ret_item, char **ret_reason)
{
  if (self->n_delays_taken < self->delays->len)
    {
      const Delay *delay = &g_array_index (self->delays, Delay, self->n_delays_taken++);

      *ret_item = delay->item;
      *ret_reason = delay->reason;
      return TRUE;
    }
  g_array_set_size (self->delays, 0);
  self->n_delays_taken = 0;
  return FALSE;
}

/**
 * runnel_plan_put_back:
 * @self: a plan
 * @step: a step in hand
 *
 * The step may start (again), after it has given its slots back; this makes no change to be
 * told.
 */
void
runnel_plan_put_back (RunnelPlan *self, guint step)
{
  g_return_if_fail (step < self->graph.n_steps);
  g_return_if_fail (self->nodes[step].state == RUNNEL_STATE_RUNNING);

  self->nodes[step].state = RUNNEL_STATE_QUEUED;
  give_slots_back (self, step, 0);
  push_ready (self, step);
}

/**
 * runnel_plan_rest:
 * @self: a plan
 * @step: a step in hand
 * @leg: a leg of it that is in hand, or 0
 *
 * It stays in hand, but has no need of its slots, nor of its place among the legs, for a while:
 * others get them.
 */
void
runnel_plan_rest (RunnelPlan *self, guint step, guint leg)
{
  g_return_if_fail (step < self->graph.n_steps);

  give_slots_back (self, step, leg);
  if (leg > 0)
    {
      _runnel_plan_legs_rest (get_legs (self, step), leg);
      push_ready (self, step);
    }
}

/**
 * runnel_plan_expand:
 * @self: a plan
 * @step: a step that may start
 * @n_legs: how many combinations its matrix has, at least 1
 * @max_parallel: how many of them may be in hand at once, 0 = all
 *
 * From now on the legs start, each with what the step wants of its pool, and the step itself is in
 * hand until runnel_plan_finish().
 */
void
runnel_plan_expand (RunnelPlan *self, guint step, guint n_legs, guint max_parallel)
{
  g_return_if_fail (step < self->graph.n_steps);
  g_return_if_fail (self->nodes[step].state == RUNNEL_STATE_QUEUED);
  g_return_if_fail (n_legs > 0);

  if (self->legs == NULL)
    self->legs = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) _runnel_plan_legs_free);
  g_hash_table_insert (self->legs, GUINT_TO_POINTER (step),
                       _runnel_plan_legs_new (n_legs, max_parallel));
  self->nodes[step].expanded = TRUE;
  self->nodes[step].state = RUNNEL_STATE_RUNNING;
  push_ready (self, step);
}

/**
 * runnel_plan_put_back_leg:
 * @self: a plan
 * @step: a step that was expanded
 * @leg: a leg of it that is in hand
 *
 * The leg may start (again).
 */
void
runnel_plan_put_back_leg (RunnelPlan *self, guint step, guint leg)
{
  g_return_if_fail (step < self->graph.n_steps && self->nodes[step].expanded);

  _runnel_plan_legs_put_back (get_legs (self, step), leg);
  give_slots_back (self, step, leg);
  push_ready (self, step);
}

/**
 * runnel_plan_finish_leg:
 * @self: a plan
 * @step: a step that was expanded
 * @leg: a leg of it that is in hand, or may start
 *
 * What the ends of the legs make of the step, the caller decides: see runnel_plan_finish().
 */
void
runnel_plan_finish_leg (RunnelPlan *self, guint step, guint leg)
{
  g_return_if_fail (step < self->graph.n_steps && self->nodes[step].expanded);

  _runnel_plan_legs_finish (get_legs (self, step), leg);
  give_slots_back (self, step, leg);
  push_ready (self, step);
}

/**
 * runnel_plan_set_gate:
 * @self: a plan
 * @gate: (nullable): asked before anything starts that wants slots of a pool
 * @user_data: for @gate
 */
void
runnel_plan_set_gate (RunnelPlan *self, RunnelPlanGate gate, gpointer user_data)
{
  self->gate = gate;
  self->gate_data = user_data;
}

/**
 * runnel_plan_wake_pools:
 * @self: a plan
 *
 * To be called when the gate may let pass what it held back.
 */
void
runnel_plan_wake_pools (RunnelPlan *self)
{
  GHashTableIter iter;
  gpointer pool;

  if (self->pools == NULL)
    return;
  g_hash_table_iter_init (&iter, self->pools);
  while (g_hash_table_iter_next (&iter, NULL, &pool))
    wake_pool (self, pool);
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
  give_slots_back (self, step, 0);
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
  g_array_set_size (self->ready_idle, 0);
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
