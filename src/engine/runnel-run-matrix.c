/* runnel-run-matrix.c: a step that runs once for each combination of its matrix
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-matrix.h"
#include "engine/runnel-run-private.h"

#define MAX_NAMED_LEGS 5

/* What a matrix step has while its legs run, and after. */
struct _RunnelRunMatrix
{
  RunnelRunStep *parent;
  GPtrArray *legs;     /* of RunnelRunStep, by number - 1 */
  guint n_over;
  gboolean fail_fast;
  char *stopped;       /* why the legs that are not over are to end, or NULL */
};

static void
matrix_free (gpointer data)
{
  RunnelRunMatrix *self = data;

  g_ptr_array_unref (self->legs);
  g_free (self->stopped);
  g_free (self);
}

static RunnelRunMatrix *
get_matrix (RunnelRunStep *parent)
{
  GHashTable *matrices = parent->run->matrices;

  return matrices != NULL ? g_hash_table_lookup (matrices, parent) : NULL;
}

static void
add_leg (RunnelRunMatrix *self, JsonObject *combination)
{
  RunnelRunStep *parent = self->parent;
  g_autoptr(JsonNode) values = json_node_init_object (json_node_alloc (), combination);
  g_autofree char *id =
    g_strdup_printf ("%s.%u", _runnel_run_step_get_id (parent), self->legs->len + 1);

  g_ptr_array_add (self->legs,
                   _runnel_run_add_step (parent->run, RUNNEL_ROLE_LEG, id, parent,
                                         _runnel_run_step_get_definition (parent), values));
}

static RunnelRunMatrix *
make_matrix (RunnelRunStep *parent, const RunnelMatrix *definition)
{
  RunnelRun *run = parent->run;
  RunnelRunMatrix *self = g_new0 (RunnelRunMatrix, 1);

  self->parent = parent;
  self->legs = g_ptr_array_new ();
  self->fail_fast = definition->fail_fast;
  if (run->matrices == NULL)
    run->matrices = g_hash_table_new_full (NULL, NULL, NULL, matrix_free);
  g_hash_table_insert (run->matrices, parent, self);
  for (guint i = 0; i < definition->combinations->len; i++)
    add_leg (self, g_ptr_array_index (definition->combinations, i));
  return self;
}

/* The end of the whole. */

typedef struct
{
  guint n_failed;
  guint n_tolerated;
  guint n_cancelled;
} Tally;

static Tally
count_legs (RunnelRunMatrix *self)
{
  Tally tally = { 0 };

  for (guint i = 0; i < self->legs->len; i++)
    {
      RunnelRunStep *leg = g_ptr_array_index (self->legs, i);

      if (runnel_state_is_failure (leg->state))
        *(leg->tolerated ? &tally.n_tolerated : &tally.n_failed) += 1;
      tally.n_cancelled += leg->state == RUNNEL_STATE_CANCELLED;
    }
  return tally;
}

static char *
describe_failures (RunnelRunMatrix *self, guint n_failed)
{
  GString *text = g_string_new (NULL);
  guint n_named = 0;

  g_string_append_printf (text, "%u of %u legs failed: ", n_failed, self->legs->len);
  for (guint i = 0; i < self->legs->len && n_named < MAX_NAMED_LEGS; i++)
    {
      RunnelRunStep *leg = g_ptr_array_index (self->legs, i);
      g_autofree char *values = NULL;

      if (!runnel_state_is_failure (leg->state))
        continue;
      values = runnel_matrix_to_text (json_node_get_object (_runnel_run_step_get_matrix (leg)));
      g_string_append_printf (text, "%s%s (%s)", n_named > 0 ? ", " : "",
                              _runnel_run_step_get_id (leg), values);
      n_named++;
    }
  if (n_named < n_failed)
    g_string_append_printf (text, " and %u more", n_failed - n_named);
  return g_string_free (text, FALSE);
}

static void
collect_output_names (RunnelRunStep *leg, JsonObject *names)
{
  JsonObjectIter iter;
  const char *name;

  if (leg->outputs == NULL)
    return;
  json_object_iter_init_ordered (&iter, leg->outputs);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      if (!json_object_has_member (names, name))
        json_object_set_array_member (names, name, json_array_new ());
    }
}

/* Each output is a list with the value of each leg in their order, null where a leg gave none. */
static JsonObject *
gather_outputs (RunnelRunMatrix *self)
{
  g_autoptr(JsonObject) outputs = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *list;

  for (guint i = 0; i < self->legs->len; i++)
    collect_output_names (g_ptr_array_index (self->legs, i), outputs);
  json_object_iter_init (&iter, outputs);
  while (json_object_iter_next (&iter, &name, &list))
    {
      for (guint i = 0; i < self->legs->len; i++)
        {
          RunnelRunStep *leg = g_ptr_array_index (self->legs, i);
          JsonNode *value = leg->outputs ? json_object_get_member (leg->outputs, name) : NULL;

          json_array_add_element (json_node_get_array (list),
                                  value ? json_node_ref (value) : json_node_new (JSON_NODE_NULL));
        }
    }
  return json_object_get_size (outputs) > 0 ? g_steal_pointer (&outputs) : NULL;
}

static void
conclude (RunnelRunMatrix *self)
{
  const Tally tally = count_legs (self);
  g_autofree char *reason = NULL;

  g_clear_pointer (&self->parent->outputs, json_object_unref);
  self->parent->outputs = gather_outputs (self);
  if (tally.n_failed + tally.n_tolerated > 0)
    reason = describe_failures (self, tally.n_failed + tally.n_tolerated);
  if (tally.n_failed > 0)
    _runnel_run_step_conclude_as (self->parent, RUNNEL_STATE_FAILED, FALSE, reason);
  else if (tally.n_cancelled > 0)
    _runnel_run_step_conclude (self->parent, RUNNEL_STATE_CANCELLED, "the run was cancelled");
  else if (tally.n_tolerated > 0)
    _runnel_run_step_conclude_as (self->parent, RUNNEL_STATE_FAILED, TRUE, reason);
  else
    _runnel_run_step_conclude (self->parent, RUNNEL_STATE_SUCCEEDED, NULL);
}

static void
stop_others (RunnelRunMatrix *self, RunnelRunStep *failed)
{
  if (!self->fail_fast || self->stopped != NULL || self->parent->run->cancelling)
    return;
  self->stopped =
    g_strdup_printf ("cancelled because %s failed and the matrix is to fail fast",
                     _runnel_run_step_get_id (failed));
  for (guint i = 0; i < self->legs->len; i++)
    _runnel_run_step_cancel (g_ptr_array_index (self->legs, i));
}

/* The start. */

static gboolean
read_matrix (RunnelRunStep *step, RunnelMatrix *ret_matrix, GError **error)
{
  g_autoptr(JsonNode) member =
    runnel_step_dup_member (_runnel_run_step_get_definition (step), "matrix");
  g_autoptr(JsonNode) value = NULL;
  RunnelRunScope scope;

  _runnel_run_scope_init (&scope, step->run, step);
  value = runnel_template_expand (member, &scope.scope, error);
  return value != NULL && runnel_matrix_init (ret_matrix, value, error);
}

/*
 * _runnel_run_step_has_matrix:
 *
 * Returns: whether the step runs as legs; a leg itself does not
 */
gboolean
_runnel_run_step_has_matrix (RunnelRunStep *step)
{
  return step->added == NULL && _runnel_run_step_get_definition (step)->has_matrix;
}

/*
 * _runnel_run_step_expand:
 * @step: a step with a matrix whose links and condition are satisfied
 * @cause: (nullable): why it may start, where that is not plain
 *
 * Makes its legs and queues them; without any the step is skipped.
 */
void
_runnel_run_step_expand (RunnelRunStep *step, const char *cause)
{
  g_auto(RunnelMatrix) definition = { 0 };
  g_autoptr(GError) error = NULL;
  RunnelRunMatrix *self;

  if (!read_matrix (step, &definition, &error))
    {
      g_autofree char *reason = g_strconcat ("its matrix can't be made: ", error->message, NULL);

      _runnel_run_step_conclude (step, RUNNEL_STATE_FAILED, reason);
      return;
    }
  if (definition.combinations->len == 0)
    {
      _runnel_run_step_conclude (step, RUNNEL_STATE_SKIPPED, "its matrix has no combinations");
      return;
    }
  _runnel_run_step_queue (step, cause);
  self = make_matrix (step, &definition);
  runnel_plan_expand (step->run->plan, _runnel_run_step_get_index (step), self->legs->len,
                      definition.max_parallel);
  for (guint i = 0; i < self->legs->len; i++)
    {
      if (!_runnel_run_leg_take_over (g_ptr_array_index (self->legs, i)))
        _runnel_run_step_queue (g_ptr_array_index (self->legs, i), NULL);
    }
}

/*
 * _runnel_run_step_set_legs:
 * @step: a matrix step that was over before the run began
 * @legs: (transfer full) (element-type RunnelRunStep): its legs, which are over, too
 */
void
_runnel_run_step_set_legs (RunnelRunStep *step, GPtrArray *legs)
{
  RunnelRun *run = step->run;
  RunnelRunMatrix *self = g_new0 (RunnelRunMatrix, 1);

  self->parent = step;
  self->legs = legs;
  self->n_over = legs->len;
  if (run->matrices == NULL)
    run->matrices = g_hash_table_new_full (NULL, NULL, NULL, matrix_free);
  g_hash_table_insert (run->matrices, step, self);
}

/*
 * _runnel_run_step_get_legs:
 *
 * Returns: (transfer none) (nullable) (element-type RunnelRunStep): the legs of a matrix step that
 *   was expanded
 */
GPtrArray *
_runnel_run_step_get_legs (RunnelRunStep *step)
{
  RunnelRunMatrix *self = get_matrix (step);

  return self != NULL ? self->legs : NULL;
}

/*
 * _runnel_run_step_get_item:
 * @step: a step of the file, or a leg
 *
 * Returns: by what the plan knows it
 */
RunnelPlanItem
_runnel_run_step_get_item (RunnelRunStep *step)
{
  RunnelPlanItem item = { 0 };
  GPtrArray *legs;

  if (_runnel_run_step_get_role (step) != RUNNEL_ROLE_LEG)
    {
      item.step = _runnel_run_step_get_index (step);
      return item;
    }
  legs = get_matrix (_runnel_run_step_get_parent (step))->legs;
  item.step = _runnel_run_step_get_index (_runnel_run_step_get_parent (step));
  item.leg = step->added->index
             - ((RunnelRunStep *) g_ptr_array_index (legs, 0))->added->index + 1;
  return item;
}

/*
 * _runnel_run_get_item:
 *
 * Returns: (transfer none): the step, or the leg
 */
RunnelRunStep *
_runnel_run_get_item (RunnelRun *self, const RunnelPlanItem *item)
{
  RunnelRunStep *step = &self->steps[item->step];

  return item->leg == 0 ? step
                        : g_ptr_array_index (_runnel_run_step_get_legs (step), item->leg - 1);
}

/*
 * _runnel_run_leg_get_stop:
 *
 * Returns: (transfer none) (nullable): why the leg has to end before it is done
 */
const char *
_runnel_run_leg_get_stop (RunnelRunStep *leg)
{
  return get_matrix (_runnel_run_step_get_parent (leg))->stopped;
}

/*
 * _runnel_run_leg_started:
 * @leg: a leg of which an attempt begins
 */
void
_runnel_run_leg_started (RunnelRunStep *leg)
{
  RunnelRunStep *parent = _runnel_run_step_get_parent (leg);

  if (parent->state == RUNNEL_STATE_RUNNING)
    return;
  parent->state = RUNNEL_STATE_RUNNING;
  parent->started = leg->started;
  _runnel_run_emit_step (parent, RUNNEL_EVENT_STEP_WAITING);
}

/*
 * _runnel_run_leg_over:
 * @leg: a leg that is over
 *
 * The last one ends the whole step, and the first to fail perhaps the others.
 */
void
_runnel_run_leg_over (RunnelRunStep *leg)
{
  RunnelRunMatrix *self = get_matrix (_runnel_run_step_get_parent (leg));
  RunnelPlanItem item = _runnel_run_step_get_item (leg);

  self->n_over++;
  runnel_plan_finish_leg (leg->run->plan, item.step, item.leg);
  if (runnel_state_is_failure (leg->state) && !leg->tolerated)
    stop_others (self, leg);
  if (self->n_over == self->legs->len && !runnel_state_is_terminal (self->parent->state))
    conclude (self);
}
