/* runnel-canvas-state.c: run states and problems on the cards
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "designer/canvas/runnel-canvas-private.h"
#include "designer/canvas/runnel-step-card.h"

#define PHASE_INTERVAL 100 /* ms; eight of them are one turn of a running step's icon */

static void
step_state_free (RunnelStepState *self)
{
  g_free (self->text);
  g_free (self->legs);
  g_free (self);
}

GHashTable *
runnel_canvas_state_table_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) step_state_free);
}

static gboolean
turn_cb (gpointer user_data)
{
  RunnelCanvas *self = user_data;

  runnel_scene_set_phase (self->scene, ++self->phase);
  gtk_widget_queue_draw (GTK_WIDGET (self));

  return G_SOURCE_CONTINUE;
}

/* The icons of running steps turn only while somebody sees them and wants to. */
void
runnel_canvas_state_update_animation (RunnelCanvas *self)
{
  gboolean wanted = self->n_running > 0 && gtk_widget_get_mapped (GTK_WIDGET (self))
                    && adw_get_enable_animations (GTK_WIDGET (self));

  if (!wanted)
    runnel_canvas_state_stop_animation (self);
  else if (self->phase_id == 0)
    self->phase_id = g_timeout_add (PHASE_INTERVAL, turn_cb, self);
}

void
runnel_canvas_state_stop_animation (RunnelCanvas *self)
{
  g_clear_handle_id (&self->phase_id, g_source_remove);
}

/* Shows on a node what is known about the run of its step. */
void
runnel_canvas_state_show (RunnelCanvas *self,
                          guint         node)
{
  const RunnelStepState *state = g_hash_table_lookup (self->states,
                                                      runnel_canvas_get_node_id (self, node));

  if (state == NULL)
    return;

  runnel_scene_set_node_state (self->scene, node, state->state, state->progress, state->text);
  runnel_scene_set_node_legs (self->scene, node, state->legs);
}

/* What the step's card is marked with; its node must show a step. */
RunnelBadges
runnel_canvas_get_badges (RunnelCanvas *self,
                          guint         node)
{
  RunnelStep *step = runnel_canvas_get_node_step (self, node);
  RunnelBadges badges = runnel_step_card_get_badges (step);

  if (g_hash_table_contains (self->problems, step->id))
    badges |= RUNNEL_BADGE_ERROR;
  if (runnel_canvas_is_pinned (self, node))
    badges |= RUNNEL_BADGE_PINNED;
  badges |= runnel_canvas_marks_get_badge (self, node);

  return badges;
}

static gboolean
is_running (const RunnelStepState *state)
{
  return state != NULL && state->state == RUNNEL_STATE_RUNNING;
}

/**
 * runnel_canvas_get_step_state:
 * @id: id of a step
 * @ret_state: (out): its state in the run that is shown
 *
 * Returns: whether a state is shown
 */
gboolean
runnel_canvas_get_step_state (RunnelCanvas *self,
                              const char   *id,
                              RunnelState  *ret_state)
{
  const RunnelStepState *state;

  g_return_val_if_fail (RUNNEL_IS_CANVAS (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  state = g_hash_table_lookup (self->states, id);
  if (state != NULL)
    *ret_state = state->state;
  return state != NULL;
}

/**
 * runnel_canvas_has_problem:
 * @id: id of a step
 *
 * Returns: whether the step is marked with an error
 */
gboolean
runnel_canvas_has_problem (RunnelCanvas *self,
                           const char   *id)
{
  g_return_val_if_fail (RUNNEL_IS_CANVAS (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  return g_hash_table_contains (self->problems, id);
}

/**
 * runnel_canvas_set_step_state:
 * @id: id of a step, which may be absent from the document
 * @state: its state in the run that is shown
 * @text: (nullable): what the card says, "Succeeded, 1.2 s", translated
 */
void
runnel_canvas_set_step_state (RunnelCanvas *self,
                              const char   *id,
                              RunnelState   state,
                              const char   *text)
{
  RunnelStepState *value;
  RunnelStepState *before;
  guint node;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));
  g_return_if_fail (id != NULL);

  before = g_hash_table_lookup (self->states, id);
  self->n_running -= is_running (before);

  value = g_new0 (RunnelStepState, 1);
  value->legs = before != NULL ? g_steal_pointer (&before->legs) : NULL;
  value->state = state;
  value->progress = -1;
  value->text = g_strdup (text);
  self->n_running += is_running (value);
  g_hash_table_replace (self->states, g_strdup (id), value);
  runnel_canvas_state_update_animation (self);

  node = runnel_canvas_find_node (self, id);
  if (node == RUNNEL_NO_INDEX)
    return;

  runnel_canvas_state_show (self, node);
  if (runnel_scene_get_node_host (self->scene, node) != RUNNEL_NO_INDEX)
    runnel_canvas_queue_group_states (self);
  runnel_canvas_a11y_queue_update (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * runnel_canvas_set_step_progress:
 * @id: id of a step that is shown as running
 * @progress: how much of its usual time has passed, 0 to 1; negative when that is not known
 * @text: what the card says meanwhile, "Running: 12 s left", translated
 *
 * To be called often: nothing but the card is brought up to date.
 */
void
runnel_canvas_set_step_progress (RunnelCanvas *self,
                                 const char   *id,
                                 double        progress,
                                 const char   *text)
{
  RunnelStepState *state;
  guint node;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));
  g_return_if_fail (id != NULL && text != NULL);

  state = g_hash_table_lookup (self->states, id);
  if (!is_running (state))
    return;

  state->progress = progress;
  g_free (state->text);
  state->text = g_strdup (text);
  node = runnel_canvas_find_node (self, id);
  if (node == RUNNEL_NO_INDEX)
    return;

  runnel_canvas_state_show (self, node);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * runnel_canvas_set_step_legs:
 * @id: id of a step whose state is shown
 * @legs: (nullable): how the legs of its matrix stand
 */
void
runnel_canvas_set_step_legs (RunnelCanvas     *self,
                             const char       *id,
                             const RunnelLegs *legs)
{
  RunnelStepState *state;
  guint node;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));
  g_return_if_fail (id != NULL);

  state = g_hash_table_lookup (self->states, id);
  if (state == NULL || runnel_legs_equal (state->legs, legs))
    return;

  g_free (state->legs);
  state->legs = legs != NULL ? g_memdup2 (legs, sizeof *legs) : NULL;
  node = runnel_canvas_find_node (self, id);
  if (node != RUNNEL_NO_INDEX)
    runnel_canvas_state_show (self, node);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * runnel_canvas_clear_states:
 *
 * Shows no run any more.
 */
void
runnel_canvas_clear_states (RunnelCanvas *self)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  g_hash_table_remove_all (self->states);
  self->n_running = 0;
  runnel_canvas_state_update_animation (self);
  runnel_scene_clear_states (self->scene);
  runnel_canvas_a11y_queue_update (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
update_badges (RunnelCanvas *self,
               GHashTable   *ids)
{
  GHashTableIter iter;
  const char *id;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, NULL))
    {
      guint node = runnel_canvas_find_node (self, id);

      if (node != RUNNEL_NO_INDEX)
        runnel_scene_set_node_badges (self->scene, node, runnel_canvas_get_badges (self, node));
    }
}

/**
 * runnel_canvas_set_problems:
 * @ids: (nullable) (array zero-terminated=1): the steps that the problems list names
 *
 * Marks the cards of these steps, and no others.
 */
void
runnel_canvas_set_problems (RunnelCanvas      *self,
                            const char *const *ids)
{
  g_autoptr(GHashTable) before = NULL;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  before = g_steal_pointer (&self->problems);
  self->problems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    g_hash_table_add (self->problems, g_strdup (ids[i]));

  update_badges (self, before);
  update_badges (self, self->problems);
  runnel_canvas_a11y_queue_update (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
