/* test-plan.c: what may start, and when
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "engine/runnel-plan.h"
#include "pipeline-text.h"

typedef struct
{
  RunnelPipeline *pipeline;
  RunnelPlan *plan;
} Fixture;

static Fixture
begin (const char *steps)
{
  g_autoptr(GError) error = NULL;
  Fixture self = { pipeline_from_steps (steps), NULL };

  self.plan = runnel_plan_new (self.pipeline, &error);
  g_assert_no_error (error);
  return self;
}

static void
end (Fixture *self)
{
  runnel_plan_free (self->plan);
  g_object_unref (self->pipeline);
}

static guint
step (Fixture *self, const char *id)
{
  guint index = 0;

  g_assert_true (runnel_pipeline_find_step (self->pipeline, id, &index));
  return index;
}

/* All changes as "a queued, b skipped". */
static char *
take_changes (Fixture *self)
{
  GString *text = g_string_new (NULL);
  RunnelPlanChange change;

  while (runnel_plan_take_change (self->plan, &change))
    {
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "",
                              runnel_pipeline_get_step (self->pipeline, change.step)->id,
                              runnel_state_to_string (change.state));
      g_free (change.reason);
    }
  return g_string_free (text, FALSE);
}

#define assert_changes(self, expected)                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *changes_ = take_changes (self);                                               \
    g_assert_cmpstr (changes_, ==, expected);                                                      \
  }                                                                                                \
  G_STMT_END

static void
finish (Fixture *self, const char *id, RunnelState outcome)
{
  runnel_plan_finish (self->plan, step (self, id), outcome, FALSE);
}

static void
finish_tolerated (Fixture *self, const char *id)
{
  runnel_plan_finish (self->plan, step (self, id), RUNNEL_STATE_FAILED, TRUE);
}

/* What one link and one join make of an outcome of the step `a`. */
static void
assert_link (const char *on, RunnelState outcome, gboolean tolerated, const char *expected)
{
  g_autofree char *steps = g_strdup_printf (
    "{`id`: `a`}, {`id`: `b`, `needs`: [{`step`: `a`, `on`: `%s`}]}", on);
  Fixture self = begin (steps);

  assert_changes (&self, "a queued");
  runnel_plan_finish (self.plan, step (&self, "a"), outcome, tolerated);
  assert_changes (&self, expected);
  end (&self);
}

static void
test_links (void)
{
  assert_link ("success", RUNNEL_STATE_SUCCEEDED, FALSE, "b queued");
  assert_link ("success", RUNNEL_STATE_FAILED, FALSE, "b skipped");
  assert_link ("success", RUNNEL_STATE_FAILED, TRUE, "b queued");
  assert_link ("success", RUNNEL_STATE_TIMED_OUT, FALSE, "b skipped");
  assert_link ("success", RUNNEL_STATE_SKIPPED, FALSE, "b skipped");
  assert_link ("failure", RUNNEL_STATE_SUCCEEDED, FALSE, "b skipped");
  assert_link ("failure", RUNNEL_STATE_FAILED, FALSE, "b queued");
  assert_link ("failure", RUNNEL_STATE_TIMED_OUT, FALSE, "b queued");
  assert_link ("failure", RUNNEL_STATE_FAILED, TRUE, "b skipped");
  assert_link ("failure", RUNNEL_STATE_SKIPPED, FALSE, "b skipped");
  assert_link ("finished", RUNNEL_STATE_SUCCEEDED, FALSE, "b queued");
  assert_link ("finished", RUNNEL_STATE_FAILED, FALSE, "b queued");
  assert_link ("finished", RUNNEL_STATE_FAILED, TRUE, "b queued");
  assert_link ("finished", RUNNEL_STATE_SKIPPED, FALSE, "b skipped");
  assert_link ("finished", RUNNEL_STATE_CANCELLED, FALSE, "b skipped");
  assert_link ("always", RUNNEL_STATE_SKIPPED, FALSE, "b queued");
  assert_link ("always", RUNNEL_STATE_CANCELLED, FALSE, "b queued");
}

static void
test_join_all (void)
{
  Fixture self = begin ("{`id`: `a`}, {`id`: `b`}, {`id`: `c`, `needs`: [`a`, `b`]}");

  assert_changes (&self, "a queued, b queued");
  finish (&self, "a", RUNNEL_STATE_SUCCEEDED);
  assert_changes (&self, "");
  finish (&self, "b", RUNNEL_STATE_SUCCEEDED);
  assert_changes (&self, "c queued");
  end (&self);
}

static void
test_join_all_skips_early (void)
{
  Fixture self = begin (
    "{`id`: `a`}, {`id`: `b`}, {`id`: `c`, `needs`: [`a`, `b`]}, {`id`: `d`, `needs`: [`c`]}");

  assert_changes (&self, "a queued, b queued");
  finish (&self, "a", RUNNEL_STATE_FAILED);
  assert_changes (&self, "c skipped, d skipped");
  finish (&self, "b", RUNNEL_STATE_SUCCEEDED);
  assert_changes (&self, "");
  g_assert_true (runnel_plan_is_done (self.plan));
  end (&self);
}

static void
test_join_any (void)
{
  Fixture self =
    begin ("{`id`: `a`}, {`id`: `b`}, {`id`: `c`, `join`: `any`, `needs`: [`a`, `b`]}");

  assert_changes (&self, "a queued, b queued");
  finish (&self, "a", RUNNEL_STATE_FAILED);
  assert_changes (&self, "");
  finish (&self, "b", RUNNEL_STATE_SUCCEEDED);
  assert_changes (&self, "c queued");
  end (&self);
}

static void
test_join_any_starts_once (void)
{
  Fixture self =
    begin ("{`id`: `a`}, {`id`: `b`}, {`id`: `c`, `join`: `any`, `needs`: [`a`, `b`]}");

  assert_changes (&self, "a queued, b queued");
  finish (&self, "a", RUNNEL_STATE_SUCCEEDED);
  assert_changes (&self, "c queued");
  finish (&self, "c", RUNNEL_STATE_SUCCEEDED);
  finish (&self, "b", RUNNEL_STATE_SUCCEEDED);
  assert_changes (&self, "");
  end (&self);
}

static void
test_join_none_failed (void)
{
  Fixture self = begin ("{`id`: `a`}, {`id`: `b`}, {`id`: `c`},"
                        "{`id`: `d`, `join`: `none-failed`, `needs`: [`a`, `b`]},"
                        "{`id`: `e`, `join`: `none-failed`, `needs`: [`a`, `c`]},"
                        "{`id`: `f`, `join`: `none-failed`, `needs`: [`b`]}");

  assert_changes (&self, "a queued, b queued, c queued");
  finish (&self, "c", RUNNEL_STATE_CANCELLED);
  assert_changes (&self, "");
  finish (&self, "a", RUNNEL_STATE_SUCCEEDED);
  assert_changes (&self, "e skipped");
  finish (&self, "b", RUNNEL_STATE_SKIPPED);
  assert_changes (&self, "d queued, f skipped");
  end (&self);
}

static void
test_switched_off (void)
{
  Fixture self = begin ("{`id`: `a`},"
                        "{`id`: `off`, `disabled`: true, `needs`: [`a`]},"
                        "{`id`: `b`, `needs`: [`off`]},"
                        "{`id`: `c`, `needs`: [{`step`: `off`, `on`: `always`}]},"
                        "{`id`: `pass`, `disabled`: `bypass`, `needs`: [`a`]},"
                        "{`id`: `d`, `needs`: [`pass`]}");

  assert_changes (&self, "a queued");
  finish (&self, "a", RUNNEL_STATE_SUCCEEDED);
  assert_changes (&self, "off skipped, pass succeeded, b skipped, c queued, d queued");
  end (&self);
}

static void
assert_skip_reason (const char *steps,
                    RunnelState outcome,
                    const char *skipped,
                    const char *expected)
{
  Fixture self = begin (steps);
  g_autofree char *reason = NULL;
  RunnelPlanChange change;

  if (outcome != RUNNEL_STATE_PENDING)
    finish (&self, "build", outcome);
  while (runnel_plan_take_change (self.plan, &change))
    {
      if (change.step == step (&self, skipped))
        reason = g_steal_pointer (&change.reason);
      g_free (change.reason);
    }
  g_assert_cmpstr (reason, ==, expected);
  end (&self);
}

static void
test_skip_reasons (void)
{
  const char *steps = "{`id`: `build`}, {`id`: `deploy`, `needs`: [`build`]},"
                      "{`id`: `tell`, `needs`: [`deploy`]},"
                      "{`id`: `mend`, `needs`: [{`step`: `build`, `on`: `failure`}]},"
                      "{`id`: `off`, `disabled`: true, `join`: `any`}";

  assert_skip_reason (steps, RUNNEL_STATE_FAILED, "deploy",
                      "build failed, and this link needs success");
  assert_skip_reason (steps, RUNNEL_STATE_TIMED_OUT, "deploy",
                      "build timed out, and this link needs success");
  assert_skip_reason (steps, RUNNEL_STATE_FAILED, "tell", "skipped because deploy was skipped");
  assert_skip_reason (steps, RUNNEL_STATE_SUCCEEDED, "mend",
                      "build succeeded, and this link needs failure");
  assert_skip_reason (steps, RUNNEL_STATE_PENDING, "off", "it is disabled");
}

static void
test_order (void)
{
  Fixture self = begin ("{`id`: `short`}, {`id`: `also`},"
                        "{`id`: `long`}, {`id`: `l2`, `needs`: [`long`]},"
                        "{`id`: `l3`, `needs`: [`l2`]},"
                        "{`id`: `first`, `priority`: 5}, {`id`: `last`, `priority`: -1}");
  const char *expected[] = { "first", "long", "short", "also", "last" };
  RunnelPlanItem item;

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_true (runnel_plan_next (self.plan, TRUE, &item));
      g_assert_cmpstr (runnel_pipeline_get_step (self.pipeline, item.step)->id, ==, expected[i]);
      g_assert_cmpint (runnel_plan_get_state (self.plan, item.step), ==, RUNNEL_STATE_RUNNING);
    }
  g_assert_false (runnel_plan_next (self.plan, TRUE, &item));
  end (&self);
}

static void
test_put_back (void)
{
  Fixture self = begin ("{`id`: `a`, `priority`: 1}, {`id`: `b`}");
  RunnelPlanItem item;

  g_assert_true (runnel_plan_next (self.plan, TRUE, &item));
  runnel_plan_put_back (self.plan, item.step);
  g_assert_cmpint (runnel_plan_get_state (self.plan, item.step), ==, RUNNEL_STATE_QUEUED);
  g_assert_true (runnel_plan_next (self.plan, TRUE, &item));
  g_assert_cmpuint (item.step, ==, 0);
  g_assert_false (runnel_plan_next (self.plan, FALSE, &item));
  g_assert_true (runnel_plan_next (self.plan, TRUE, &item));
  g_assert_cmpuint (item.step, ==, 1);
  g_assert_false (runnel_plan_next (self.plan, TRUE, &item));
  end (&self);
}

static void
test_legs (void)
{
  Fixture self = begin ("{`id`: `a`}, {`id`: `b`, `needs`: [`a`]}");
  RunnelPlanItem item;

  assert_changes (&self, "a queued");
  runnel_plan_expand (self.plan, 0, 3, 2);
  for (guint leg = 1; leg <= 2; leg++)
    {
      g_assert_true (runnel_plan_next (self.plan, TRUE, &item));
      g_assert_cmpuint (item.leg, ==, leg);
    }
  g_assert_false (runnel_plan_next (self.plan, TRUE, &item));
  runnel_plan_put_back_leg (self.plan, 0, 1);
  g_assert_true (runnel_plan_next (self.plan, TRUE, &item));
  g_assert_cmpuint (item.leg, ==, 1);
  runnel_plan_finish_leg (self.plan, 0, 3);
  runnel_plan_finish_leg (self.plan, 0, 2);
  g_assert_false (runnel_plan_next (self.plan, TRUE, &item));
  runnel_plan_finish_leg (self.plan, 0, 1);
  assert_changes (&self, "");
  finish (&self, "a", RUNNEL_STATE_SUCCEEDED);
  assert_changes (&self, "b queued");
  end (&self);
}

/* A gate that lets nothing pass as long as it is shut. */
static gboolean
gate (const RunnelPlanItem *item,
      const char *pool,
      guint slots,
      char **ret_reason,
      gpointer is_open)
{
  g_assert_cmpstr (pool, ==, "gpu");
  g_assert_cmpuint (slots, ==, 2);
  *ret_reason = *(gboolean *) is_open ? NULL : g_strdup ("another run has it");
  return *(gboolean *) is_open;
}

static void
test_gate (void)
{
  Fixture self = begin ("{`id`: `a`, `pool`: {`name`: `gpu`, `slots`: 2}}");
  g_autofree char *reason = NULL;
  gboolean is_open = FALSE;
  RunnelPlanItem item;

  runnel_plan_set_gate (self.plan, gate, &is_open);
  g_assert_false (runnel_plan_next (self.plan, TRUE, &item));
  g_assert_true (runnel_plan_take_delay (self.plan, &item, &reason));
  g_assert_cmpstr (reason, ==, "another run has it");
  is_open = TRUE;
  g_assert_false (runnel_plan_next (self.plan, TRUE, &item));
  runnel_plan_wake_pools (self.plan);
  g_assert_true (runnel_plan_next (self.plan, TRUE, &item));
  end (&self);
}

static void
test_cancel (void)
{
  Fixture self = begin ("{`id`: `a`}, {`id`: `b`, `priority`: -1}, {`id`: `c`, `needs`: [`a`]}");
  RunnelPlanItem item;

  assert_changes (&self, "a queued, b queued");
  g_assert_true (runnel_plan_next (self.plan, TRUE, &item));
  runnel_plan_cancel (self.plan);
  assert_changes (&self, "b cancelled, c cancelled");
  g_assert_false (runnel_plan_next (self.plan, TRUE, &item));
  g_assert_false (runnel_plan_is_done (self.plan));
  finish (&self, "a", RUNNEL_STATE_SUCCEEDED);
  assert_changes (&self, "");
  g_assert_true (runnel_plan_is_done (self.plan));
  g_assert_cmpint (runnel_plan_get_outcome (self.plan), ==, RUNNEL_STATE_CANCELLED);
  end (&self);
}

static void
test_cancel_before_changes_are_told (void)
{
  Fixture self = begin ("{`id`: `a`}, {`id`: `b`}");

  runnel_plan_cancel (self.plan);
  assert_changes (&self, "a cancelled, b cancelled");
  end (&self);
}

static void
test_outcome_tolerated (void)
{
  Fixture self = begin ("{`id`: `a`}");

  finish_tolerated (&self, "a");
  g_assert_cmpint (runnel_plan_get_outcome (self.plan), ==, RUNNEL_STATE_SUCCEEDED);
  g_assert_false (runnel_plan_is_handled (self.plan, 0));
  end (&self);
}

static void
test_outcome_handled (void)
{
  Fixture self = begin ("{`id`: `a`}, {`id`: `fix`, `needs`: [{`step`: `a`, `on`: `failure`}]}");

  finish (&self, "a", RUNNEL_STATE_FAILED);
  g_assert_cmpint (runnel_plan_get_outcome (self.plan), ==, RUNNEL_STATE_FAILED);
  finish (&self, "fix", RUNNEL_STATE_SUCCEEDED);
  g_assert_cmpint (runnel_plan_get_outcome (self.plan), ==, RUNNEL_STATE_SUCCEEDED);
  g_assert_true (runnel_plan_is_handled (self.plan, 0));
  end (&self);
}

static void
test_outcome_handled_in_turn (void)
{
  const char *steps = "{`id`: `a`}, {`id`: `fix`, `needs`: [{`step`: `a`, `on`: `failure`}]},"
                      "{`id`: `fix2`, `needs`: [{`step`: `fix`, `on`: `failure`}]}";
  Fixture self = begin (steps);

  finish (&self, "a", RUNNEL_STATE_FAILED);
  finish (&self, "fix", RUNNEL_STATE_FAILED);
  finish (&self, "fix2", RUNNEL_STATE_SUCCEEDED);
  g_assert_cmpint (runnel_plan_get_outcome (self.plan), ==, RUNNEL_STATE_SUCCEEDED);
  end (&self);

  self = begin (steps);
  finish (&self, "a", RUNNEL_STATE_FAILED);
  finish (&self, "fix", RUNNEL_STATE_FAILED);
  finish (&self, "fix2", RUNNEL_STATE_FAILED);
  g_assert_cmpint (runnel_plan_get_outcome (self.plan), ==, RUNNEL_STATE_FAILED);
  end (&self);
}

static void
test_outcome_not_handled (void)
{
  Fixture self =
    begin ("{`id`: `a`},"
           "{`id`: `log`, `needs`: [{`step`: `a`, `on`: `failure`, `handles`: false}]},"
           "{`id`: `clean`, `needs`: [{`step`: `a`, `on`: `always`}]}");

  finish (&self, "a", RUNNEL_STATE_FAILED);
  finish (&self, "log", RUNNEL_STATE_SUCCEEDED);
  finish (&self, "clean", RUNNEL_STATE_SUCCEEDED);
  g_assert_cmpint (runnel_plan_get_outcome (self.plan), ==, RUNNEL_STATE_FAILED);
  end (&self);
}

static void
test_status (void)
{
  Fixture self = begin ("{`id`: `a`}, {`id`: `b`, `needs`: [`a`]},"
                        "{`id`: `c`, `needs`: [{`step`: `b`, `on`: `always`}]},"
                        "{`id`: `d`}, {`id`: `e`, `needs`: [{`step`: `d`, `on`: `always`}]}");

  finish (&self, "a", RUNNEL_STATE_FAILED);
  finish (&self, "d", RUNNEL_STATE_SUCCEEDED);
  g_assert_true (runnel_plan_get_status (self.plan, step (&self, "a"), "success"));
  g_assert_true (runnel_plan_get_status (self.plan, step (&self, "c"), "failure"));
  g_assert_false (runnel_plan_get_status (self.plan, step (&self, "c"), "success"));
  g_assert_true (runnel_plan_get_status (self.plan, step (&self, "e"), "success"));
  g_assert_false (runnel_plan_get_status (self.plan, step (&self, "e"), "failure"));
  g_assert_false (runnel_plan_get_status (self.plan, step (&self, "e"), "cancelled"));
  end (&self);
}

static void
test_refused (void)
{
  g_autoptr(RunnelPipeline) pipeline = pipeline_from_steps ("{`id`: `a`, `needs`: [`a`]}");
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_plan_new (pipeline, &error));
  g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID);
}

static void
test_empty (void)
{
  Fixture self = begin ("");
  RunnelPlanItem item;

  assert_changes (&self, "");
  g_assert_false (runnel_plan_next (self.plan, TRUE, &item));
  g_assert_true (runnel_plan_is_done (self.plan));
  g_assert_cmpint (runnel_plan_get_outcome (self.plan), ==, RUNNEL_STATE_SUCCEEDED);
  end (&self);
}

/* A chain that is skipped as a whole must not recurse. */
static void
test_deep_chain (void)
{
  const guint n = 50000;
  g_autoptr(GString) steps = g_string_new ("{`id`: `s0`}");
  Fixture self;

  for (guint i = 1; i < n; i++)
    g_string_append_printf (steps, ",{`id`: `s%u`, `needs`: [`s%u`]}", i, i - 1);
  self = begin (steps->str);
  finish (&self, "s0", RUNNEL_STATE_FAILED);
  g_assert_true (runnel_plan_is_done (self.plan));
  g_assert_cmpint (runnel_plan_get_state (self.plan, n - 1), ==, RUNNEL_STATE_SKIPPED);
  end (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/plan/links", test_links);
  g_test_add_func ("/engine/plan/join-all", test_join_all);
  g_test_add_func ("/engine/plan/join-all-skips-early", test_join_all_skips_early);
  g_test_add_func ("/engine/plan/join-any", test_join_any);
  g_test_add_func ("/engine/plan/join-any-starts-once", test_join_any_starts_once);
  g_test_add_func ("/engine/plan/join-none-failed", test_join_none_failed);
  g_test_add_func ("/engine/plan/switched-off", test_switched_off);
  g_test_add_func ("/engine/plan/skip-reasons", test_skip_reasons);
  g_test_add_func ("/engine/plan/order", test_order);
  g_test_add_func ("/engine/plan/put-back", test_put_back);
  g_test_add_func ("/engine/plan/legs", test_legs);
  g_test_add_func ("/engine/plan/gate", test_gate);
  g_test_add_func ("/engine/plan/cancel", test_cancel);
  g_test_add_func ("/engine/plan/cancel-before-changes-are-told",
                   test_cancel_before_changes_are_told);
  g_test_add_func ("/engine/plan/outcome-tolerated", test_outcome_tolerated);
  g_test_add_func ("/engine/plan/outcome-handled", test_outcome_handled);
  g_test_add_func ("/engine/plan/outcome-handled-in-turn", test_outcome_handled_in_turn);
  g_test_add_func ("/engine/plan/outcome-not-handled", test_outcome_not_handled);
  g_test_add_func ("/engine/plan/status", test_status);
  g_test_add_func ("/engine/plan/refused", test_refused);
  g_test_add_func ("/engine/plan/empty", test_empty);
  g_test_add_func ("/engine/plan/deep-chain", test_deep_chain);
  return g_test_run ();
}
