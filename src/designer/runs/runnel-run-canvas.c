/* runnel-run-canvas.c: a pipeline as it ran, on the canvas, with the states of its steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The states are those of any moment of the run. Going from one to another touches the steps that
 * changed on the way and no others.
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runs/runnel-run-canvas.h"
#include "designer/runs/runnel-state-label.h"
#include "history/runnel-run-replay.h"

struct _RunnelRunCanvas
{
  GtkWidget parent_instance;

  RunnelCanvas *canvas;

  GPtrArray *steps;        /* of RunnelStepRecord; NULL until there is a run */
  GHashTable *indices;     /* id -> position among the steps, plus one */
  guint *parents;          /* of a leg: the position of its step, plus one; else 0 */
  RunnelState *shown;      /* of each leg, as its step's bar counts it */
  GHashTable *legs;        /* position of a step, plus one -> RunnelLegs */
  RunnelRunReplay *replay;
  gint64 time;
  gboolean updating;       /* we ourselves change what is selected */
};

G_DEFINE_FINAL_TYPE (RunnelRunCanvas, runnel_run_canvas, GTK_TYPE_WIDGET)

static guint selection_changed_signal;

static guint
find_index (RunnelRunCanvas *self,
            const char      *id)
{
  return id != NULL && self->indices != NULL
           ? GPOINTER_TO_UINT (g_hash_table_lookup (self->indices, id)) : 0;
}

/* --- States ----------------------------------------------------------------------------------- */

static void
show_leg (RunnelRunCanvas *self,
          guint            leg,
          RunnelState      state)
{
  guint parent = self->parents[leg];
  RunnelLegs *legs = g_hash_table_lookup (self->legs, GUINT_TO_POINTER (parent));
  const RunnelStepRecord *step = g_ptr_array_index (self->steps, parent - 1);

  legs->counts[self->shown[leg]]--;
  legs->counts[state]++;
  self->shown[leg] = state;
  runnel_canvas_set_step_legs (self->canvas, step->id, legs);
}

/* Why a step ended as it did is known since. */
static char *
describe (const RunnelStepRecord *record,
          RunnelState             state)
{
  const char *title = runnel_state_get_title (state);

  if (state != record->state || record->reason == NULL)
    return g_strdup (title);
  /* translators: a state and its reason, "Failed: exited with code 1" */
  return g_strdup_printf (_("%s: %s"), title, record->reason);
}

static void
show_step_cb (guint               step,
              const RunnelMoment *moment,
              gpointer            user_data)
{
  RunnelRunCanvas *self = user_data;
  const RunnelStepRecord *record = g_ptr_array_index (self->steps, step);
  g_autofree char *text = NULL;

  if (self->parents[step] != 0)
    show_leg (self, step, moment->state);
  else if (record->role == RUNNEL_ROLE_STEP)
    {
      text = describe (record, moment->state);
      runnel_canvas_set_step_state (self->canvas, record->id, moment->state, text);
    }
}

static void
add_leg (RunnelRunCanvas *self,
         guint            leg,
         guint            parent)
{
  RunnelLegs *legs = g_hash_table_lookup (self->legs, GUINT_TO_POINTER (parent));

  if (legs == NULL)
    {
      legs = g_new0 (RunnelLegs, 1);
      g_hash_table_insert (self->legs, GUINT_TO_POINTER (parent), legs);
    }
  self->parents[leg] = parent;
  self->shown[leg] = RUNNEL_STATE_PENDING;
  legs->counts[RUNNEL_STATE_PENDING]++;
}

static void
index_steps (RunnelRunCanvas *self)
{
  guint n_steps = self->steps->len;

  self->indices = g_hash_table_new (g_str_hash, g_str_equal);
  self->legs = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->parents = g_new0 (guint, n_steps);
  self->shown = g_new0 (RunnelState, n_steps);
  for (guint i = 0; i < n_steps; i++)
    {
      const RunnelStepRecord *step = g_ptr_array_index (self->steps, i);

      g_hash_table_insert (self->indices, step->id, GUINT_TO_POINTER (i + 1));
    }
  for (guint i = 0; i < n_steps; i++)
    {
      const RunnelStepRecord *step = g_ptr_array_index (self->steps, i);
      guint parent = step->role == RUNNEL_ROLE_LEG ? find_index (self, step->parent) : 0;

      if (parent != 0)
        add_leg (self, i, parent);
    }
}

static void
forget_run (RunnelRunCanvas *self)
{
  g_clear_pointer (&self->replay, runnel_run_replay_free);
  g_clear_pointer (&self->indices, g_hash_table_unref);
  g_clear_pointer (&self->legs, g_hash_table_unref);
  g_clear_pointer (&self->parents, g_free);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
}

static void
show_all (RunnelRunCanvas *self)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      RunnelMoment moment = runnel_run_replay_get_step (self->replay, i);

      show_step_cb (i, &moment, self);
    }
}

/* --- The widget ----------------------------------------------------------------------------------- */

static void
selection_changed_cb (RunnelRunCanvas *self)
{
  if (!self->updating)
    g_signal_emit (self, selection_changed_signal, 0);
}

static gboolean
runnel_run_canvas_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUNNEL_RUN_CANVAS (widget)->canvas));
}

static void
runnel_run_canvas_dispose (GObject *object)
{
  RunnelRunCanvas *self = RUNNEL_RUN_CANVAS (object);

  if (self->canvas != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->canvas));
  self->canvas = NULL;
  forget_run (self);

  G_OBJECT_CLASS (runnel_run_canvas_parent_class)->dispose (object);
}

static void
runnel_run_canvas_class_init (RunnelRunCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_run_canvas_dispose;
  widget_class->grab_focus = runnel_run_canvas_grab_focus;

  selection_changed_signal =
    g_signal_new ("selection-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
runnel_run_canvas_init (RunnelRunCanvas *self)
{
  self->time = G_MAXINT64;
  self->canvas = RUNNEL_CANVAS (runnel_canvas_new ());
  runnel_canvas_set_read_only (self->canvas, TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->canvas), GTK_WIDGET (self));
  g_signal_connect_object (self->canvas, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * runnel_run_canvas_new:
 *
 * Returns: (transfer floating): a canvas without a run
 */
GtkWidget *
runnel_run_canvas_new (void)
{
  return g_object_new (RUNNEL_TYPE_RUN_CANVAS, NULL);
}

RunnelCanvas *
runnel_run_canvas_get_canvas (RunnelRunCanvas *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_CANVAS (self), NULL);

  return self->canvas;
}

/**
 * runnel_run_canvas_set_pipeline:
 * @self: a run canvas
 * @pipeline: (nullable): as it ran; %NULL when that can't be read
 */
void
runnel_run_canvas_set_pipeline (RunnelRunCanvas *self,
                                RunnelPipeline  *pipeline)
{
  g_return_if_fail (RUNNEL_IS_RUN_CANVAS (self));

  self->updating = TRUE;
  runnel_canvas_set_pipeline (self->canvas, pipeline);
  self->updating = FALSE;
}

/**
 * runnel_run_canvas_set_run:
 * @self: a run canvas that has its pipeline
 * @run: what history says of the run
 * @steps: (element-type RunnelStepRecord): and of its steps; kept, and not to be changed
 *
 * The moment that is looked at stays the same.
 */
void
runnel_run_canvas_set_run (RunnelRunCanvas       *self,
                           const RunnelRunRecord *run,
                           GPtrArray             *steps)
{
  g_return_if_fail (RUNNEL_IS_RUN_CANVAS (self));
  g_return_if_fail (run != NULL && steps != NULL);

  forget_run (self);
  self->steps = g_ptr_array_ref (steps);
  self->replay = runnel_run_replay_new (run, steps);
  index_steps (self);
  show_all (self);
  runnel_run_canvas_set_time (self, self->time);
}

/**
 * runnel_run_canvas_get_end:
 * @self: a run canvas with a run
 *
 * Returns: when the run ended, or what is known of it ends; microseconds since 1970
 */
gint64
runnel_run_canvas_get_end (RunnelRunCanvas *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_CANVAS (self) && self->replay != NULL, 0);

  return runnel_run_replay_get_end (self->replay);
}

/**
 * runnel_run_canvas_set_time:
 * @self: a run canvas
 * @time: the moment to be looked at, in microseconds since 1970; %G_MAXINT64 for the end
 */
void
runnel_run_canvas_set_time (RunnelRunCanvas *self,
                            gint64           time)
{
  g_return_if_fail (RUNNEL_IS_RUN_CANVAS (self));

  self->time = time;
  if (self->replay != NULL)
    runnel_run_replay_seek (self->replay, time, show_step_cb, self);
}

/**
 * runnel_run_canvas_find_next:
 * @self: a run canvas with a run
 * @time: a moment
 * @backwards: whether to look before it
 *
 * Returns: when something happens next, or did before
 */
gint64
runnel_run_canvas_find_next (RunnelRunCanvas *self,
                             gint64           time,
                             gboolean         backwards)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_CANVAS (self) && self->replay != NULL, time);

  return runnel_run_replay_find_next (self->replay, time, backwards);
}

/**
 * runnel_run_canvas_get_attempt:
 * @self: a run canvas
 * @id: (nullable): of a step or a leg
 *
 * Returns: the newest attempt of it at the moment that is looked at; 0 when there was none
 */
guint
runnel_run_canvas_get_attempt (RunnelRunCanvas *self,
                               const char      *id)
{
  guint index;

  g_return_val_if_fail (RUNNEL_IS_RUN_CANVAS (self), 0);

  index = find_index (self, id);
  return index != 0 ? runnel_run_replay_get_step (self->replay, index - 1).attempt : 0;
}

/**
 * runnel_run_canvas_get_selection:
 * @self: a run canvas
 *
 * Returns: (transfer full) (nullable): the id of the selected step, when it is one
 */
char *
runnel_run_canvas_get_selection (RunnelRunCanvas *self)
{
  g_auto(GStrv) ids = NULL;

  g_return_val_if_fail (RUNNEL_IS_RUN_CANVAS (self), NULL);

  ids = runnel_canvas_get_selection (self->canvas);
  return g_strv_length (ids) == 1 ? g_strdup (ids[0]) : NULL;
}

/**
 * runnel_run_canvas_set_selection:
 * @self: a run canvas
 * @id: (nullable): of a step
 */
void
runnel_run_canvas_set_selection (RunnelRunCanvas *self,
                                 const char      *id)
{
  g_autofree char *selected = NULL;

  g_return_if_fail (RUNNEL_IS_RUN_CANVAS (self));

  selected = runnel_run_canvas_get_selection (self);
  if (g_strcmp0 (selected, id) == 0)
    return;
  self->updating = TRUE;
  runnel_canvas_set_selection (self->canvas, (const char *const[]) { id, NULL });
  self->updating = FALSE;
}
