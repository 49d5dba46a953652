/* runnel-run-page-step.c: what a run page shows of the selected step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "designer/runs/runnel-run-page-private.h"
#include "engine/runnel-run-dir.h"
#include "history/runnel-explain.h"
#include "history/runnel-history-family.h"

static RunnelStepRecord *
find_step_in (GPtrArray  *steps,
              const char *id)
{
  for (guint i = 0; id != NULL && steps != NULL && i < steps->len; i++)
    {
      RunnelStepRecord *step = g_ptr_array_index (steps, i);

      if (g_str_equal (step->id, id))
        return step;
    }
  return NULL;
}

static RunnelStepRecord *
find_step (RunnelRunPage *self,
           const char    *id)
{
  return find_step_in (self->steps, id);
}

/* Of several runs that a step started, one for each attempt, the latest. */
static const RunnelInnerRun *
find_inner_run (RunnelRunPage *self,
                gint64         run,
                const char    *step)
{
  for (guint i = self->family != NULL ? self->family->len : 0; i-- > 0;)
    {
      const RunnelInnerRun *inner = g_ptr_array_index (self->family, i);

      if (inner->run->parent == run && g_strcmp0 (inner->run->parent_step, step) == 0)
        return inner;
    }
  return NULL;
}

/* The step of a row, "deploy/build" in the run of a subpipeline, and the run that it belongs to. */
static const RunnelStepRecord *
find_step_of_row (RunnelRunPage *self,
                  const char    *id,
                  gint64        *ret_run)
{
  GPtrArray *steps = self->steps;
  const char *slash;

  *ret_run = self->run;
  while (id != NULL && (slash = strchr (id, '/')) != NULL)
    {
      g_autofree char *step = g_strndup (id, slash - id);
      const RunnelInnerRun *inner = find_inner_run (self, *ret_run, step);

      if (inner == NULL)
        return NULL;
      *ret_run = inner->run->id;
      steps = inner->steps;
      id = slash + 1;
    }
  return find_step_in (steps, id);
}

static RunnelLogView *
get_log_view (RunnelRunPage *self)
{
  return runnel_step_panel_get_log_view (self->panel);
}

static const char *
get_step_title (const RunnelStepRecord *step)
{
  return step->name != NULL ? step->name : step->id;
}

/* How the attempt ended, and of the step's last one also what became of its failure. */
static void
show_outcome (RunnelRunPage          *self,
              const RunnelStepRecord *step,
              guint                   attempt)
{
  const RunnelAttemptRecord *record = g_ptr_array_index (step->attempts, attempt - 1);
  gboolean is_last = attempt == step->attempts->len;
  const char *reason = record->reason != NULL ? record->reason : is_last ? step->reason : NULL;
  const char *consequence = is_last && step->handled     ? _("made good by a fallback")
                            : is_last && step->tolerated ? _("tolerated: the run went on")
                                                         : NULL;
  g_autofree char *text = reason != NULL && consequence != NULL
                            ? g_strdup_printf ("%s; %s", reason, consequence)
                            : g_strdup (consequence != NULL ? consequence : reason);

  runnel_log_view_set_outcome (get_log_view (self), is_last ? step->state : record->state, text);
}

static void
show_attempt (RunnelRunPage          *self,
              gint64                  run,
              const RunnelStepRecord *step,
              guint                   attempt)
{
  g_autofree char *run_dir = runnel_history_get_run_dir (run);
  g_autofree char *name = runnel_run_dir_log_name (step->id, attempt);
  g_autofree char *path = g_build_filename (run_dir, name, NULL);
  g_autofree char *title = step->attempts->len > 1
                             ? g_strdup_printf (_("%s, attempt %u of %u"), get_step_title (step),
                                                attempt, step->attempts->len)
                             : g_strdup (get_step_title (step));
  gboolean over = attempt < step->attempts->len || runnel_state_is_terminal (step->state);

  runnel_log_view_show_file (get_log_view (self), title, path, !over);
  show_outcome (self, step, attempt);
  if (over)
    runnel_log_view_finish (get_log_view (self));
}

/* Whether the legs of a step are in the table: what it did is in their logs. */
static gboolean
has_legs (RunnelRunPage *self,
          const char    *id)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      const RunnelStepRecord *step = g_ptr_array_index (self->steps, i);

      if (step->role == RUNNEL_ROLE_LEG && g_strcmp0 (step->parent, id) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_logs (RunnelLogBundle *bundle,
          gint64           run,
          GPtrArray       *steps,
          const char      *prefix)
{
  g_autofree char *run_dir = runnel_history_get_run_dir (run);

  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelStepRecord *step = g_ptr_array_index (steps, i);
      g_autofree char *label = g_strconcat (prefix, step->id, NULL);

      for (guint k = 0; k < step->attempts->len; k++)
        {
          const RunnelAttemptRecord *attempt = g_ptr_array_index (step->attempts, k);
          g_autofree char *name = runnel_run_dir_log_name (step->id, attempt->attempt);
          g_autofree char *path = g_build_filename (run_dir, name, NULL);

          runnel_log_bundle_add (bundle, label, attempt->attempt, path, attempt->started,
                                 attempt->finished > 0 || runnel_state_is_terminal (step->state));
        }
    }
}

/* Those of subpipelines as well, as they are in the chart: "deploy/build". */
static void
show_all_logs (RunnelRunPage *self)
{
  if (self->bundle == NULL)
    self->bundle = runnel_log_bundle_new ();
  add_logs (self->bundle, self->run, self->steps, "");
  for (guint i = 0; self->family != NULL && i < self->family->len; i++)
    {
      const RunnelInnerRun *inner = g_ptr_array_index (self->family, i);
      g_autofree char *prefix = g_strconcat (inner->run->parent_step, "/", NULL);

      add_logs (self->bundle, inner->run->id, inner->steps, prefix);
    }
  runnel_log_bundle_show (self->bundle, get_log_view (self), !_runnel_run_page_is_over (self));
}

static void
show_log (RunnelRunPage *self,
          const char    *id,
          guint          attempt)
{
  gint64 run;
  const RunnelStepRecord *step = find_step_of_row (self, id, &run);

  if (self->steps == NULL)
    runnel_log_view_show_nothing (get_log_view (self), _("Select a step to see its log"));
  else if (step == NULL || runnel_log_view_get_all_steps (get_log_view (self)))
    show_all_logs (self);
  else if (step->attempts->len > 0)
    show_attempt (self, run, step, attempt > 0 ? MIN (attempt, step->attempts->len)
                                               : step->attempts->len);
  else if (step->reason != NULL)
    runnel_log_view_show_nothing (get_log_view (self), step->reason);
  else if (has_legs (self, id))
    runnel_log_view_show_nothing (get_log_view (self), _("Select a leg to see its log"));
  else
    runnel_log_view_show_nothing (get_log_view (self), runnel_state_get_title (step->state));
}

/* The log of the selected step, at the moment that is looked at. */
void
_runnel_run_page_show_log (RunnelRunPage *self)
{
  self->shown_attempt = _runnel_run_page_get_attempt (self);
  show_log (self, _runnel_run_page_get_selected_id (self), self->shown_attempt);
  _runnel_run_page_place_log (self);
}

static void
append_leg (GArray                 *legs,
            const RunnelStepRecord *step)
{
  guint n_attempts = step->attempts->len;
  const RunnelAttemptRecord *last =
    n_attempts > 0 ? g_ptr_array_index (step->attempts, n_attempts - 1) : NULL;
  const RunnelLegFacts facts = {
    step->id,      step->matrix,   step->state, n_attempts,
    step->started, step->finished, last != NULL ? last->exit_code : -1,
  };

  g_array_append_val (legs, facts);
}

static void
update_legs (RunnelRunPage *self,
             const char    *id)
{
  g_autoptr(GArray) legs = g_array_new (FALSE, FALSE, sizeof (RunnelLegFacts));

  for (guint i = 0; id != NULL && self->steps != NULL && i < self->steps->len; i++)
    {
      const RunnelStepRecord *step = g_ptr_array_index (self->steps, i);

      if (step->role == RUNNEL_ROLE_LEG && g_strcmp0 (step->parent, id) == 0)
        append_leg (legs, step);
    }
  self->updating = TRUE;
  runnel_step_panel_set_legs (self->panel, (RunnelLegFacts *) legs->data, legs->len);
  self->updating = FALSE;
}

/* The step of the file that a row is about: a leg belongs to one, an undo or a hook to none. */
static const char *
find_file_step (RunnelRunPage *self,
                const char    *id)
{
  const RunnelStepRecord *step = find_step (self, id);

  if (step == NULL || step->role == RUNNEL_ROLE_UNDO || step->role == RUNNEL_ROLE_HOOK)
    return NULL;
  return step->role == RUNNEL_ROLE_LEG ? step->parent : step->id;
}

/* The leg that is selected in the table, or else the step. */
const char *
_runnel_run_page_get_selected_id (RunnelRunPage *self)
{
  const char *leg = runnel_step_panel_get_leg (self->panel);

  return leg != NULL ? leg : runnel_gantt_get_selection (self->gantt);
}

void
_runnel_run_page_update_step_holds (RunnelRunPage *self)
{
  const char *id = _runnel_run_page_get_selected_id (self);
  const RunnelStepStatus *status = NULL;
  gboolean under_way, frozen;

  if (id != NULL && self->monitor != NULL && !runnel_run_monitor_is_finished (self->monitor))
    status = runnel_run_monitor_get_step (self->monitor, id);
  frozen = status != NULL && runnel_step_status_is_frozen (status);
  under_way = status != NULL && !frozen && status->state == RUNNEL_STATE_RUNNING;
  runnel_step_bar_set_holds (self->step_bar, under_way, frozen);
}

static void
show_step (RunnelRunPage *self,
           const char    *id)
{
  const RunnelStepRecord *step = find_step (self, id);
  g_autoptr(GPtrArray) facts = NULL;
  g_autofree char *explanation = NULL;

  if (step != NULL)
    {
      facts = runnel_explain_step (self->steps, self->pipeline, step);
      explanation = runnel_explain_text (facts);
    }
  runnel_step_bar_explain (self->step_bar, explanation);
  _runnel_run_page_update_step_holds (self);
}

static void
show_artifacts (RunnelRunPage *self,
                const char    *id)
{
  g_autofree char *run_dir = runnel_history_get_run_dir (self->run);

  runnel_artifacts_list_set (runnel_step_panel_get_artifacts (self->panel), self->artifacts, id,
                             run_dir);
}

/* Of a step inside of a subpipeline the canvas has the step that ran it. */
static void
select_on_canvas (RunnelRunPage *self,
                  const char    *id)
{
  g_autofree char *top = id != NULL ? g_strndup (id, strcspn (id, "/")) : NULL;

  runnel_run_canvas_set_selection (self->canvas, find_file_step (self, top));
}

void
_runnel_run_page_canvas_selected_cb (RunnelRunPage *self)
{
  g_autofree char *id = runnel_run_canvas_get_selection (self->canvas);

  runnel_gantt_set_selection (self->gantt, id);
}

void
_runnel_run_page_selected_cb (RunnelRunPage *self)
{
  const char *id;

  id = runnel_gantt_get_selection (self->gantt);
  select_on_canvas (self, id);
  update_legs (self, id);
  runnel_rerunner_set_step (self->rerunner, find_file_step (self, id));
  id = _runnel_run_page_get_selected_id (self);
  show_step (self, id);
  _runnel_run_page_show_log (self);
  show_artifacts (self, id);
}

/* A person who goes to another step wants to see that. */
void
_runnel_run_page_chosen_cb (RunnelRunPage *self)
{
  runnel_log_view_set_all_steps (get_log_view (self), FALSE);
  _runnel_run_page_selected_cb (self);
}

void
_runnel_run_page_leg_selected_cb (RunnelRunPage *self)
{
  if (!self->updating)
    _runnel_run_page_selected_cb (self);
}

void
_runnel_run_page_step_activated_cb (RunnelRunPage *self,
                                    const char    *id,
                                    guint          attempt)
{
  runnel_log_view_set_all_steps (get_log_view (self), FALSE);
  show_log (self, id, attempt);
}
