/* test-selection.c: which steps of a pipeline a run is to carry out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/runnel-run.h"
#include "engine/runnel-selection.h"
#include "pipeline-text.h"

/* a -> b -> c, and d beside them. */
#define STEPS                                                                                      \
  "{`id`: `a`}, {`id`: `b`, `needs`: [`a`]}, {`id`: `c`, `needs`: [`b`], `env`: {`V`: `${{ "       \
  "steps.a.outputs.v }}`}}, {`id`: `d`}"

static RunnelEarlier *
make_earlier (const RunnelState *states)
{
  static const char *const ids[] = { "a", "b", "c", "d" };
  RunnelEarlier *earlier = runnel_earlier_new (17);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      RunnelEarlierStep *step = g_new0 (RunnelEarlierStep, 1);

      step->id = g_strdup (ids[i]);
      step->state = states[i];
      step->exit_code = -1;
      runnel_earlier_take (earlier, step);
    }
  return earlier;
}

/* "a=succeeded b=run c=run! d=skipped*": ! starts whatever its links say, * satisfies links. */
static char *
describe (RunnelSelection *selection)
{
  const RunnelPlanPreset *presets = runnel_selection_get_presets (selection);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < 4; i++)
    g_string_append_printf (text, "%s%c=%s%s%s", i > 0 ? " " : "", 'a' + i,
                            presets[i].state == RUNNEL_STATE_PENDING
                              ? "run"
                              : runnel_state_to_string (presets[i].state),
                            presets[i].starts ? "!" : "", presets[i].satisfies ? "*" : "");
  return g_string_free (text, FALSE);
}

static void
assert_selection (RunnelSelectVerb verb,
                  const char *step,
                  const RunnelEarlier *earlier,
                  const char *expected)
{
  g_autoptr(RunnelPipeline) pipeline = pipeline_from_steps (STEPS);
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelSelection) selection =
    runnel_selection_new (pipeline, verb, step, earlier, &error);
  g_autofree char *found = selection != NULL ? describe (selection) : g_strdup (error->message);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_without_earlier (void)
{
  assert_selection (RUNNEL_SELECT_ALL, NULL, NULL, "a=run b=run c=run d=run");
  assert_selection (RUNNEL_SELECT_STEP, "b", NULL, "a=skipped* b=run! c=skipped* d=skipped*");
  assert_selection (RUNNEL_SELECT_FROM, "b", NULL, "a=skipped* b=run! c=run d=skipped*");
  assert_selection (RUNNEL_SELECT_UNTIL, "b", NULL, "a=run b=run c=skipped* d=skipped*");
  assert_selection (RUNNEL_SELECT_STEP, "x", NULL, "The pipeline has no step \"x\"");
}

static void
test_with_earlier (void)
{
  static const RunnelState states[] = { RUNNEL_STATE_SUCCEEDED, RUNNEL_STATE_FAILED,
                                        RUNNEL_STATE_SKIPPED, RUNNEL_STATE_SUCCEEDED };
  g_autoptr(RunnelEarlier) earlier = make_earlier (states);

  assert_selection (RUNNEL_SELECT_ALL, NULL, earlier, "a=run b=run c=run d=run");
  assert_selection (RUNNEL_SELECT_STEP, "c", earlier, "a=succeeded b=failed c=run! d=succeeded");
  assert_selection (RUNNEL_SELECT_FROM, "b", earlier, "a=succeeded b=run! c=run d=succeeded");
  assert_selection (RUNNEL_SELECT_UNTIL, "b", earlier, "a=run b=run c=skipped* d=skipped*");
  assert_selection (RUNNEL_SELECT_FAILED, NULL, earlier, "a=succeeded b=run c=run d=succeeded");
  assert_selection (RUNNEL_SELECT_NONE, NULL, earlier,
                    "a=succeeded b=failed c=skipped d=succeeded");
}

/* What never came to an end is as good as failed. */
static void
test_unfinished (void)
{
  static const RunnelState states[] = { RUNNEL_STATE_SUCCEEDED, RUNNEL_STATE_INTERRUPTED,
                                        RUNNEL_STATE_CANCELLED, RUNNEL_STATE_PENDING };
  static const RunnelState good[] = { RUNNEL_STATE_SUCCEEDED, RUNNEL_STATE_SUCCEEDED,
                                      RUNNEL_STATE_SUCCEEDED, RUNNEL_STATE_SKIPPED };
  g_autoptr(RunnelEarlier) earlier = make_earlier (states);
  g_autoptr(RunnelEarlier) fine = make_earlier (good);

  assert_selection (RUNNEL_SELECT_FAILED, NULL, earlier, "a=succeeded b=run c=run d=run");
  assert_selection (RUNNEL_SELECT_FAILED, NULL, fine,
                    "In run 17 nothing failed and nothing was left undone");
}

/* A step that came into the file since has no earlier result. */
static void
test_new_step (void)
{
  g_autoptr(RunnelEarlier) earlier = runnel_earlier_new (17);

  assert_selection (RUNNEL_SELECT_FAILED, NULL, earlier, "a=run b=run c=run d=run");
  assert_selection (RUNNEL_SELECT_STEP, "d", earlier, "a=skipped* b=skipped* c=skipped* d=run!");
}

static void
test_hidden_outputs (void)
{
  static const RunnelState states[] = { RUNNEL_STATE_SUCCEEDED, RUNNEL_STATE_SUCCEEDED,
                                        RUNNEL_STATE_FAILED, RUNNEL_STATE_FAILED };
  g_autoptr(RunnelEarlier) earlier = make_earlier (states);
  RunnelEarlierStep *a = g_ptr_array_index (earlier->steps, 0);

  a->outputs = json_object_new ();
  json_object_set_string_member (a->outputs, "v", "token=***");
  assert_selection (RUNNEL_SELECT_STEP, "c", earlier,
                    "Step \"c\" reads the outputs of \"a\", and there was a secret in them, which is "
                    "not kept: run \"a\" again, too, with --from a");
  assert_selection (RUNNEL_SELECT_STEP, "d", earlier, "a=succeeded b=succeeded c=failed d=run!");
  assert_selection (RUNNEL_SELECT_FROM, "a", earlier, "a=run! b=run c=run d=failed");
}

static void
add_undo (RunnelEarlier *earlier, const char *parent, RunnelState state)
{
  RunnelEarlierStep *undo = g_new0 (RunnelEarlierStep, 1);

  undo->id = g_strconcat (parent, ".undo", NULL);
  undo->role = RUNNEL_ROLE_UNDO;
  undo->parent = g_strdup (parent);
  undo->state = state;
  runnel_earlier_take (earlier, undo);
}

static void
assert_undos (const RunnelEarlier *earlier, const char *undone, const char *to, const char *expected)
{
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) undos = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  if (undone != NULL)
    g_hash_table_add (ids, (gpointer) undone);
  undos = runnel_earlier_list_undos (earlier, ids, to, &error);
  for (guint i = 0; undos != NULL && i < undos->len; i++)
    g_string_append_printf (text, "%s ", ((RunnelEarlierStep *) undos->pdata[i])->id);
  g_assert_cmpstr (undos != NULL ? text->str : error->message, ==, expected);
}

static void
test_undos (void)
{
  static const RunnelState states[] = { RUNNEL_STATE_SUCCEEDED, RUNNEL_STATE_FAILED,
                                        RUNNEL_STATE_INTERRUPTED, RUNNEL_STATE_SUCCEEDED };
  g_autoptr(RunnelEarlier) earlier = make_earlier (states);

  add_undo (earlier, "a", RUNNEL_STATE_SKIPPED);
  add_undo (earlier, "d", RUNNEL_STATE_SUCCEEDED);
  add_undo (earlier, "b", RUNNEL_STATE_FAILED);
  add_undo (earlier, "c", RUNNEL_STATE_CANCELLED);
  assert_undos (earlier, NULL, NULL, "c.undo b.undo a.undo ");
  assert_undos (earlier, "b.undo", NULL, "c.undo a.undo ");
  assert_undos (earlier, NULL, "d", "c.undo b.undo ");
  assert_undos (earlier, NULL, "c", "");
  assert_undos (earlier, NULL, "x", "Run 17 did not start a step \"x\" that can be undone");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/selection/without-earlier", test_without_earlier);
  g_test_add_func ("/engine/selection/with-earlier", test_with_earlier);
  g_test_add_func ("/engine/selection/unfinished", test_unfinished);
  g_test_add_func ("/engine/selection/new-step", test_new_step);
  g_test_add_func ("/engine/selection/hidden-outputs", test_hidden_outputs);
  g_test_add_func ("/engine/selection/undos", test_undos);
  return g_test_run ();
}
