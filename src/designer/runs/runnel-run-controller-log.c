/* runnel-run-controller-log.c: the logs of the run that an editor page shows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runs/runnel-run-controller-private.h"
#include "engine/runnel-matrix.h"

/* How often a table of many legs is brought up to date. */
#define LEGS_DELAY_MS 100

/* The one step that is selected, or NULL. */
char *
_runnel_run_controller_get_selected (RunnelRunController *self)
{
  g_auto(GStrv) ids = runnel_canvas_get_selection (self->canvas);

  return ids != NULL && ids[0] != NULL && ids[1] == NULL ? g_strdup (ids[0]) : NULL;
}

static char *
get_step_title (RunnelRunController    *self,
                const RunnelStepStatus *step)
{
  RunnelDocument *document = runnel_canvas_get_document (self->canvas);
  RunnelPipeline *pipeline = runnel_document_get_pipeline (document);
  guint index;

  if (step->matrix != NULL)
    {
      g_autofree char *values = runnel_matrix_to_text (step->matrix);

      return g_strdup_printf ("%s (%s)", step->id, values);
    }
  if (step->name != NULL)
    return g_strdup (step->name);
  if (!runnel_pipeline_find_step (pipeline, step->id, &index))
    return g_strdup (step->id);
  return g_strdup (runnel_step_get_title (runnel_pipeline_get_step (pipeline, index)));
}

static void
show_attempt (RunnelRunController    *self,
              const RunnelStepStatus *step)
{
  RunnelLogView *log_view = runnel_step_panel_get_log_view (self->panel);
  g_autofree char *path = runnel_run_monitor_get_log_path (self->monitor, step->id, step->attempt);
  g_autofree char *name = get_step_title (self, step);
  g_autofree char *title = step->attempt > 1
                             /* translators: the name of a step, and which attempt of it this is */
                             ? g_strdup_printf (_("%s, attempt %u"), name, step->attempt)
                             : g_strdup (name);
  gboolean over = runnel_state_is_terminal (step->state);

  runnel_log_view_show_file (log_view, title, path, !over);
  runnel_log_view_set_outcome (log_view, step->state, step->reason);
  if (over)
    runnel_log_view_finish (log_view);
}

static const char *
explain_no_log (const RunnelStepStatus *step)
{
  if (step != NULL && runnel_legs_count (&step->legs) > 0)
    return _("Select a leg to see its log");
  if (step == NULL || !runnel_state_is_terminal (step->state))
    return _("This step has not started yet");
  return step->reason != NULL ? step->reason : runnel_state_get_title (step->state);
}

/* The leg that is selected in the table, or else the step. */
static const RunnelStepStatus *
get_shown_step (RunnelRunController *self,
                const char          *id)
{
  const char *leg = runnel_step_panel_get_leg (self->panel);

  return runnel_run_monitor_get_step (self->monitor, leg != NULL ? leg : id);
}

static void
show_log (RunnelRunController *self,
          const char          *id)
{
  const RunnelStepStatus *step = get_shown_step (self, id);

  if (step != NULL && step->attempt > 0)
    show_attempt (self, step);
  else
    runnel_log_view_show_nothing (runnel_step_panel_get_log_view (self->panel),
                                  explain_no_log (step));
}

typedef struct
{
  const char *parent;
  GArray *legs; /* of RunnelLegFacts */
} LegSearch;

static void
collect_leg (const RunnelStepStatus *step,
             gpointer                user_data)
{
  LegSearch *search = user_data;
  const RunnelLegFacts facts = {
    step->id,      step->matrix,   step->state,     step->attempt,
    step->started, step->finished, step->exit_code,
  };

  if (step->role == RUNNEL_ROLE_LEG && g_strcmp0 (step->parent, search->parent) == 0)
    g_array_append_val (search->legs, facts);
}

static void
update_legs (RunnelRunController *self,
             const char          *id)
{
  g_autoptr(GArray) legs = g_array_new (FALSE, FALSE, sizeof (RunnelLegFacts));
  LegSearch search = { id, legs };
  const RunnelStepStatus *step =
    self->monitor != NULL && id != NULL ? runnel_run_monitor_get_step (self->monitor, id) : NULL;

  if (step != NULL && runnel_legs_count (&step->legs) > 0)
    runnel_run_monitor_foreach_step (self->monitor, collect_leg, &search);
  self->updating = TRUE;
  runnel_step_panel_set_legs (self->panel, (RunnelLegFacts *) legs->data, legs->len);
  self->updating = FALSE;
}

/* --- The logs of all steps as one ------------------------------------------------------ */

/* A step that has begun has a log, and one for each attempt before. */
void
_runnel_run_controller_add_log (RunnelRunController    *self,
                                const RunnelStepStatus *step)
{
  gboolean is_over = runnel_state_is_terminal (step->state);

  for (guint attempt = 1; self->bundle != NULL && attempt <= step->attempt; attempt++)
    {
      g_autofree char *path = runnel_run_monitor_get_log_path (self->monitor, step->id, attempt);

      runnel_log_bundle_add (self->bundle, step->id, attempt, path, step->started,
                             is_over || attempt < step->attempt);
    }
}

static void
add_log_of (const RunnelStepStatus *step,
            gpointer                user_data)
{
  _runnel_run_controller_add_log (user_data, step);
}

static void
show_all_logs (RunnelRunController *self)
{
  gboolean is_over = runnel_run_monitor_is_finished (self->monitor);

  if (self->bundle == NULL || is_over)
    {
      if (self->bundle == NULL)
        self->bundle = runnel_log_bundle_new ();
      runnel_run_monitor_foreach_step (self->monitor, add_log_of, self);
    }
  runnel_log_bundle_show (self->bundle, runnel_step_panel_get_log_view (self->panel), !is_over);
}

/* Another run has others. */
void
_runnel_run_controller_forget_logs (RunnelRunController *self)
{
  g_clear_pointer (&self->bundle, runnel_log_bundle_free);
}

/* --- What is selected ------------------------------------------------------------------- */

void
_runnel_run_controller_update_log (RunnelRunController *self)
{
  RunnelLogView *log_view = runnel_step_panel_get_log_view (self->panel);
  g_autofree char *id = _runnel_run_controller_get_selected (self);

  runnel_rerunner_set_step (self->rerunner, id);
  update_legs (self, id);
  runnel_log_view_set_has_all_steps (log_view, self->monitor != NULL);
  if (self->monitor == NULL)
    runnel_log_view_show_nothing (log_view, _("Run the pipeline to see the logs of its steps"));
  else if (id == NULL || runnel_log_view_get_all_steps (log_view))
    show_all_logs (self);
  else
    show_log (self, id);
}

static void
leg_selected_cb (RunnelRunController *self)
{
  if (!self->updating)
    _runnel_run_controller_update_log (self);
}

/* A person who goes to another step wants to see that. */
static void
selection_changed_cb (RunnelRunController *self)
{
  runnel_log_view_set_all_steps (runnel_step_panel_get_log_view (self->panel), FALSE);
  _runnel_run_controller_update_log (self);
}

static gboolean
legs_timeout_cb (gpointer user_data)
{
  RunnelRunController *self = user_data;

  self->legs_timeout = 0;
  _runnel_run_controller_update_log (self);
  return G_SOURCE_REMOVE;
}

void
_runnel_run_controller_queue_legs (RunnelRunController *self)
{
  if (self->legs_timeout == 0)
    self->legs_timeout = g_timeout_add (LEGS_DELAY_MS, legs_timeout_cb, self);
}

void
_runnel_run_controller_log_init (RunnelRunController *self)
{
  RunnelLogView *log_view = runnel_step_panel_get_log_view (self->panel);

  g_signal_connect_object (self->panel, "leg-selected", G_CALLBACK (leg_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "selection-changed", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (log_view, "notify::all-steps",
                           G_CALLBACK (_runnel_run_controller_update_log), self, G_CONNECT_SWAPPED);
}
