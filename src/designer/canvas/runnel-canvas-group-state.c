/* runnel-canvas-group-state.c: how the run of a closed group's steps stands
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"

/* What matters most comes first: it is the state of the whole, and the first that is told. */
static const struct
{
  RunnelState state;
  const char *word; /* behind the number of steps */
} ranks[] = {
  { RUNNEL_STATE_FAILED, N_("failed") },
  { RUNNEL_STATE_TIMED_OUT, N_("timed out") },
  { RUNNEL_STATE_INTERRUPTED, N_("interrupted") },
  { RUNNEL_STATE_WAITING, N_("waiting") },
  { RUNNEL_STATE_RUNNING, N_("running") },
  { RUNNEL_STATE_QUEUED, N_("queued") },
  { RUNNEL_STATE_PENDING, N_("pending") },
  { RUNNEL_STATE_CANCELLED, N_("cancelled") },
  { RUNNEL_STATE_SUCCEEDED, N_("succeeded") },
  { RUNNEL_STATE_SKIPPED, N_("skipped") },
};

static gboolean
count_states (RunnelCanvas    *self,
              RunnelShownArea *group,
              guint            counts[RUNNEL_N_STATES])
{
  gboolean any = FALSE;

  for (guint i = 0; i < group->nodes->len; i++)
    {
      const guint node = g_array_index (group->nodes, guint, i);
      const RunnelStepState *state = g_hash_table_lookup (self->states,
                                                          runnel_canvas_get_node_id (self, node));

      counts[state != NULL ? state->state : RUNNEL_STATE_PENDING]++;
      any |= state != NULL;
    }

  return any;
}

static void
show_state (RunnelCanvas    *self,
            RunnelShownArea *group)
{
  guint counts[RUNNEL_N_STATES] = { 0 };
  g_autoptr(GString) text = g_string_new (NULL);
  RunnelState state = RUNNEL_N_STATES;
  guint n_over = 0;

  if (!count_states (self, group, counts))
    {
      runnel_scene_set_node_flags (self->scene, group->node, RUNNEL_NODE_IN_RUN, 0);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (ranks); i++)
    {
      const guint count = counts[ranks[i].state];

      if (count == 0)
        continue;
      if (state == RUNNEL_N_STATES)
        state = ranks[i].state;
      if (runnel_state_is_terminal (ranks[i].state))
        n_over += count;
      if (text->len > 0)
        g_string_append (text, ", ");
      /* translators: a number of steps and their state, "3 failed" */
      g_string_append_printf (text, _("%u %s"), count, _(ranks[i].word));
    }

  runnel_scene_set_node_state (self->scene, group->node, state,
                               state == RUNNEL_STATE_RUNNING
                                 ? (double) n_over / group->nodes->len : -1,
                               text->str);
}

static gboolean
show_states_cb (gpointer user_data)
{
  RunnelCanvas *self = user_data;

  self->groups_state_id = 0;
  for (guint i = 0; i < self->areas->len; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (self->areas, i);

      if (area->kind == RUNNEL_AREA_GROUP && area->node != RUNNEL_NO_INDEX)
        show_state (self, area);
    }

  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

/* Shows the states of closed groups soon: of many changes at once only the last counts. */
void
runnel_canvas_queue_group_states (RunnelCanvas *self)
{
  if (self->groups_state_id == 0)
    self->groups_state_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, show_states_cb, self, NULL);
}
