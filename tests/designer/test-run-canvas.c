/* test-run-canvas.c: a pipeline as it ran, at any moment
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "designer/runs/runnel-run-canvas.h"
#include "engine/kinds/runnel-kinds.h"

#define PIPELINE \
  "{\"format\": 1, \"name\": \"Two\", \"steps\": [" \
  "{\"id\": \"first\", \"kind\": \"command\", \"with\": {\"argv\": [\"true\"]}}," \
  "{\"id\": \"second\", \"kind\": \"command\", \"with\": {\"argv\": [\"true\"]}," \
  " \"needs\": [\"first\"]}]}"

typedef struct
{
  RunnelRunCanvas *canvas;
  RunnelPipeline *pipeline;
  RunnelRunRecord run;
  GPtrArray *steps;
  guint n_selected;
} Fixture;

static void
selected_cb (Fixture *self)
{
  self->n_selected++;
}

static RunnelStepRecord *
add_step (Fixture    *self,
          const char *id,
          RunnelRole  role,
          const char *parent,
          gint64      started,
          gint64      finished)
{
  RunnelStepRecord *step = g_new0 (RunnelStepRecord, 1);
  RunnelAttemptRecord *attempt = g_new0 (RunnelAttemptRecord, 1);

  step->id = g_strdup (id);
  step->role = role;
  step->parent = g_strdup (parent);
  step->state = RUNNEL_STATE_SUCCEEDED;
  step->queued = started;
  step->started = started;
  step->finished = finished;
  step->attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_attempt_record_free);
  step->waits = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_wait_record_free);
  attempt->attempt = 1;
  attempt->started = started;
  attempt->finished = finished;
  attempt->state = RUNNEL_STATE_SUCCEEDED;
  g_ptr_array_add (step->attempts, attempt);
  g_ptr_array_add (self->steps, step);
  return step;
}

static void
set_up (Fixture       *self,
        gconstpointer  user_data)
{
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_step_record_free);
  self->run = (RunnelRunRecord) { .started = 100, .finished = 200, .state = RUNNEL_STATE_SUCCEEDED };
  add_step (self, "first", RUNNEL_ROLE_STEP, NULL, 110, 150);
  add_step (self, "second", RUNNEL_ROLE_STEP, NULL, 150, 190);
  add_step (self, "second.1", RUNNEL_ROLE_LEG, "second", 150, 170);
  add_step (self, "second.2", RUNNEL_ROLE_LEG, "second", 150, 190);
  self->pipeline = runnel_pipeline_new_from_text (PIPELINE, -1, NULL, NULL);
  self->canvas = g_object_ref_sink (RUNNEL_RUN_CANVAS (runnel_run_canvas_new ()));
  g_signal_connect_swapped (self->canvas, "selection-changed", G_CALLBACK (selected_cb), self);
  runnel_run_canvas_set_pipeline (self->canvas, self->pipeline);
  runnel_run_canvas_set_run (self->canvas, &self->run, self->steps);
}

static void
tear_down (Fixture       *self,
           gconstpointer  user_data)
{
  g_object_run_dispose (G_OBJECT (self->canvas));
  g_object_unref (self->canvas);
  g_object_unref (self->pipeline);
  g_ptr_array_unref (self->steps);
}

static void
assert_state (Fixture    *self,
              const char *id,
              RunnelState expected)
{
  RunnelState state;

  g_assert_true (runnel_canvas_get_step_state (runnel_run_canvas_get_canvas (self->canvas), id,
                                               &state));
  g_assert_cmpstr (runnel_state_to_string (state), ==, runnel_state_to_string (expected));
}

static void
test_moments (Fixture       *self,
              gconstpointer  user_data)
{
  assert_state (self, "first", RUNNEL_STATE_SUCCEEDED);
  assert_state (self, "second", RUNNEL_STATE_SUCCEEDED);
  runnel_run_canvas_set_time (self->canvas, 120);
  assert_state (self, "first", RUNNEL_STATE_RUNNING);
  assert_state (self, "second", RUNNEL_STATE_PENDING);
  g_assert_cmpuint (runnel_run_canvas_get_attempt (self->canvas, "first"), ==, 1);
  g_assert_cmpuint (runnel_run_canvas_get_attempt (self->canvas, "second"), ==, 0);
  g_assert_cmpuint (runnel_run_canvas_get_attempt (self->canvas, "elsewhere"), ==, 0);
  runnel_run_canvas_set_time (self->canvas, 160);
  assert_state (self, "second", RUNNEL_STATE_RUNNING);
  runnel_run_canvas_set_time (self->canvas, G_MAXINT64);
  assert_state (self, "second", RUNNEL_STATE_SUCCEEDED);
}

/* When more is known of the run, the moment stays. */
static void
test_another_record (Fixture       *self,
                     gconstpointer  user_data)
{
  runnel_run_canvas_set_time (self->canvas, 120);
  runnel_run_canvas_set_run (self->canvas, &self->run, self->steps);
  assert_state (self, "first", RUNNEL_STATE_RUNNING);
  g_assert_cmpint (runnel_run_canvas_get_end (self->canvas), ==, 200);
  g_assert_cmpint (runnel_run_canvas_find_next (self->canvas, 120, FALSE), ==, 150);
}

static void
test_selection (Fixture       *self,
                gconstpointer  user_data)
{
  g_autofree char *selected = NULL;

  runnel_run_canvas_set_selection (self->canvas, "second");
  g_assert_cmpuint (self->n_selected, ==, 0);
  selected = runnel_run_canvas_get_selection (self->canvas);
  g_assert_cmpstr (selected, ==, "second");
  runnel_run_canvas_set_selection (self->canvas, NULL);
  g_assert_null (runnel_run_canvas_get_selection (self->canvas));
  runnel_canvas_set_selection (runnel_run_canvas_get_canvas (self->canvas),
                               (const char *const[]) { "first", NULL });
  g_assert_cmpuint (self->n_selected, ==, 1);
}

#define add(path, func) \
  g_test_add ("/designer/run-canvas/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  runnel_kinds_init ();

  add ("moments", test_moments);
  add ("another-record", test_another_record);
  add ("selection", test_selection);

  return g_test_run ();
}
