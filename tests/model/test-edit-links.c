/* test-edit-links.c: edits of links, and steps that go without leaving a gap
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "model/runnel-edit.h"

/* A pipeline in a line: "a; b: a; c: a/failure b" */
static RunnelPipeline *
read_steps (const char *text)
{
  g_auto(GStrv) steps = g_strsplit (text, "; ", -1);
  g_autoptr(GString) json = g_string_new ("{\"format\": 1, \"steps\": [");
  g_autoptr(GError) error = NULL;
  RunnelPipeline *pipeline;

  for (guint i = 0; steps[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (steps[i], ": ", 2);
      g_auto(GStrv) needs = g_strsplit (parts[1] != NULL ? parts[1] : "", " ", -1);

      g_string_append_printf (json, "%s{\"id\": \"%s\", \"kind\": \"command\", \"needs\": [",
                              i > 0 ? ", " : "", parts[0]);
      for (guint n = 0; needs[n] != NULL; n++)
        {
          g_auto(GStrv) need = g_strsplit (needs[n], "/", 2);

          g_string_append (json, n > 0 ? ", " : "");
          if (need[1] != NULL)
            g_string_append_printf (json, "{\"step\": \"%s\", \"on\": \"%s\"}", need[0], need[1]);
          else
            g_string_append_printf (json, "\"%s\"", need[0]);
        }
      g_string_append (json, "]}");
    }
  g_string_append (json, "]}");

  pipeline = runnel_pipeline_new_from_text (json->str, -1, NULL, &error);
  g_assert_no_error (error);
  return pipeline;
}

static char *
describe (RunnelPipeline *pipeline)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < runnel_pipeline_get_n_steps (pipeline); i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (pipeline, i);

      g_string_append_printf (text, "%s%s%s", i > 0 ? "; " : "", step->id,
                              step->n_needs > 0 ? ":" : "");
      for (guint n = 0; n < step->n_needs; n++)
        g_string_append_printf (text, step->needs[n].on != RUNNEL_ON_SUCCESS ? " %s/%s" : " %s",
                                step->needs[n].step, runnel_on_to_string (step->needs[n].on));
    }

  return g_string_free (text, FALSE);
}

/* Applies an edit (transfer full), looks at what there is then, and undoes it. */
static void
assert_edit (RunnelPipeline *pipeline,
             RunnelEdit     *edit,
             const char     *expected)
{
  g_autofree char *before = runnel_pipeline_to_text (pipeline, NULL);
  g_autofree char *after = NULL;
  g_autofree char *undone = NULL;
  g_autoptr(RunnelEdit) owned = edit;
  g_autoptr(RunnelEdit) inverse = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (edit);
  inverse = runnel_edit_apply (edit, pipeline, &error);
  g_assert_no_error (error);
  after = describe (pipeline);
  g_assert_cmpstr (after, ==, expected);

  runnel_edit_unref (runnel_edit_apply (inverse, pipeline, &error));
  g_assert_no_error (error);
  undone = runnel_pipeline_to_text (pipeline, NULL);
  g_assert_cmpstr (undone, ==, before);
}

static void
test_disconnect_several (void)
{
  static const RunnelLinkName links[] = {
    { "a", "b", RUNNEL_ON_SUCCESS },
    { "a", "c", RUNNEL_ON_FAILURE },
    { "b", "c", RUNNEL_ON_SUCCESS },
    { "nowhere", "c", RUNNEL_ON_SUCCESS },
    { "a", "nowhere", RUNNEL_ON_SUCCESS },
  };
  g_autoptr(RunnelPipeline) pipeline = read_steps ("a; b: a; c: a a/failure b");

  assert_edit (pipeline, runnel_edit_new_disconnect (pipeline, links, G_N_ELEMENTS (links)),
               "a; b; c: a");
  assert_edit (pipeline, runnel_edit_new_disconnect (pipeline, NULL, 0), "a; b: a; c: a a/failure b");
}

static void
test_relink (void)
{
  static const struct
  {
    RunnelLinkName before, after;
    const char *expected;
  } cases[] = {
    { { "a", "b", RUNNEL_ON_SUCCESS }, { "a", "b", RUNNEL_ON_ALWAYS },
      "a; b: a/always; c: b d; d" },
    { { "b", "c", RUNNEL_ON_SUCCESS }, { "a", "c", RUNNEL_ON_SUCCESS }, "a; b: a; c: a d; d" },
    { { "b", "c", RUNNEL_ON_SUCCESS }, { "b", "d", RUNNEL_ON_FAILURE },
      "a; b: a; c: d; d: b/failure" },
  };
  g_autoptr(RunnelPipeline) pipeline = read_steps ("a; b: a; c: b d; d");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_edit (pipeline,
                 runnel_edit_new_relink (pipeline, &cases[i].before, &cases[i].after, NULL),
                 cases[i].expected);
}

static void
test_relink_refuses (void)
{
  static const struct
  {
    RunnelLinkName before, after;
    const char *message;
  } cases[] = {
    { { "a", "c", RUNNEL_ON_SUCCESS }, { "a", "b", RUNNEL_ON_ALWAYS }, "*not linked*" },
    { { "a", "b", RUNNEL_ON_SUCCESS }, { "c", "b", RUNNEL_ON_SUCCESS }, "*b → c.*" },
    { { "a", "b", RUNNEL_ON_SUCCESS }, { "b", "b", RUNNEL_ON_SUCCESS }, "*itself*" },
    { { "a", "b", RUNNEL_ON_SUCCESS }, { "b", "c", RUNNEL_ON_SUCCESS }, "*already*" },
  };
  g_autoptr(RunnelPipeline) pipeline = read_steps ("a; b: a; c: b");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (runnel_edit_new_relink (pipeline, &cases[i].before, &cases[i].after, &error));
      g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID);
      g_assert_true (g_pattern_match_simple (cases[i].message, error->message));
    }
}

/* what else a file says about a link stays with it */
static void
test_relink_keeps_members (void)
{
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (
    "{\"format\": 1, \"steps\": [{\"id\": \"a\", \"kind\": \"command\"},"
    " {\"id\": \"b\", \"kind\": \"command\", \"needs\":"
    " [{\"step\": \"a\", \"on\": \"failure\", \"handles\": false, \"x\": 1}]}]}", -1, NULL, NULL);
  g_autoptr(RunnelEdit) edit = runnel_edit_new_relink (
    pipeline, &(RunnelLinkName) { "a", "b", RUNNEL_ON_FAILURE },
    &(RunnelLinkName) { "a", "b", RUNNEL_ON_ALWAYS }, NULL);
  g_autoptr(RunnelEdit) inverse = runnel_edit_apply (edit, pipeline, NULL);
  g_autofree char *text = runnel_pipeline_to_text (pipeline, NULL);

  g_assert_nonnull (inverse);
  g_assert_nonnull (strstr (text, "\"on\": \"always\""));
  g_assert_nonnull (strstr (text, "\"handles\": false"));
  g_assert_nonnull (strstr (text, "\"x\": 1"));
}

static void
assert_insertion (const char *before,
                  const char *id,
                  RunnelOn    on,
                  const char *expected)
{
  g_autoptr(RunnelPipeline) pipeline = read_steps (before);
  g_autoptr(RunnelPipeline) others = read_steps ("new; other");
  RunnelLinkName link = { "a", "b", on };
  RunnelStep *step = runnel_pipeline_get_step (others, 0);
  guint index;

  if (runnel_pipeline_find_step (pipeline, id, &index))
    step = runnel_pipeline_get_step (pipeline, index);
  assert_edit (pipeline, runnel_edit_new_insert_on_link (pipeline, step, &link, NULL), expected);
}

static void
test_insert (void)
{
  assert_insertion ("a; b: a", "new", RUNNEL_ON_SUCCESS, "a; b: new; new: a");
  assert_insertion ("a; b: a/failure", "new", RUNNEL_ON_FAILURE, "a; b: new; new: a/failure");
  assert_insertion ("a; b: a/finished", "new", RUNNEL_ON_FINISHED,
                    "a; b: new/finished; new: a/finished");
  assert_insertion ("a; b: a/always", "new", RUNNEL_ON_ALWAYS, "a; b: new/always; new: a/always");
  assert_insertion ("a; b: c a d; c; d; e", "e", RUNNEL_ON_SUCCESS, "a; b: c e d; c; d; e: a");
}

/* a new step may come at a loose end */
static void
test_insert_at_end (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_steps ("a; b: a");
  g_autoptr(RunnelPipeline) others = read_steps ("new");
  RunnelStep *step = runnel_pipeline_get_step (others, 0);
  RunnelLinkName after = { "b", NULL, RUNNEL_ON_FAILURE };
  RunnelLinkName before = { NULL, "b", RUNNEL_ON_ALWAYS };
  RunnelLinkName nowhere = { NULL, "nowhere", RUNNEL_ON_SUCCESS };
  g_autoptr(GError) error = NULL;

  assert_edit (pipeline, runnel_edit_new_insert_on_link (pipeline, step, &after, NULL),
               "a; b: a; new: b/failure");
  assert_edit (pipeline, runnel_edit_new_insert_on_link (pipeline, step, &before, NULL),
               "a; b: a new/always; new");
  g_assert_null (runnel_edit_new_insert_on_link (pipeline, step, &nowhere, &error));
  g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID);
}

static void
test_insert_refuses (void)
{
  static const struct
  {
    const char *id;
    RunnelLinkName link;
    const char *message;
  } cases[] = {
    { "c", { "a", "b", RUNNEL_ON_FAILURE }, "*not linked*" },
    { "a", { "a", "b", RUNNEL_ON_SUCCESS }, "*itself*" },
    { "c", { "a", "b", RUNNEL_ON_SUCCESS }, "*because it comes after it: b → c.*" },
    { "d", { "a", "b", RUNNEL_ON_SUCCESS }, "*already*" },
  };
  g_autoptr(RunnelPipeline) pipeline = read_steps ("a; b: a; c: b; d: a");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      guint index;

      g_assert_true (runnel_pipeline_find_step (pipeline, cases[i].id, &index));
      g_assert_null (runnel_edit_new_insert_on_link (
        pipeline, runnel_pipeline_get_step (pipeline, index), &cases[i].link, &error));
      g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID);
      g_assert_true (g_pattern_match_simple (cases[i].message, error->message));
    }
}

static void
assert_heal (const char *before,
             const char *ids,
             const char *expected)
{
  g_autoptr(RunnelPipeline) pipeline = read_steps (before);
  g_auto(GStrv) list = g_strsplit (ids, " ", -1);

  assert_edit (pipeline,
               runnel_edit_new_delete_and_heal (pipeline, (const char *const *) list), expected);
}

static void
test_heal (void)
{
  assert_heal ("a; b: a; c: b", "b", "a; c: a");
  assert_heal ("a; b: a; c: b", "a", "b; c: b");
  assert_heal ("a; b: a; c: b", "c", "a; b: a");
  assert_heal ("a; b; x: a b; c: x; d: x", "x", "a; b; c: a b; d: a b");
  assert_heal ("a; b: a; c: b; d: c; e: d", "b c d", "a; e: a");
  assert_heal ("a; b: a; c: a b", "b", "a; c: a");
  assert_heal ("a; b: a; c: a; d: b c", "b c", "a; d: a");
  assert_heal ("a; z; b: a; c: z b; d: c", "b", "a; z; c: z a; d: c");
  assert_heal ("a; b: a", "nowhere", "a; b: a");
}

/* as if the steps that go had been passed through; nobody who handles a failure runs without one */
static void
test_heal_outcomes (void)
{
  assert_heal ("a; b: a/failure; c: b", "b", "a; c: a/failure");
  assert_heal ("a; b: a/finished; c: b/finished", "b", "a; c: a/finished");
  assert_heal ("a; b: a; c: b/failure", "b", "a; c: a/failure");
  assert_heal ("a; b: a/failure; c: b/always", "b", "a; c: a/always");
  assert_heal ("a; b: a; c: b b/failure", "b", "a; c: a a/failure");
}

/* a file may hold a circle: it is no reason to link a step to itself */
static void
test_heal_circle (void)
{
  assert_heal ("a: c; b: a; c: b", "b", "a: c; c: a");
  assert_heal ("a: c; b: a; c: b", "b c", "a");
}

/* a chain longer than any stack */
static void
test_heal_long (void)
{
  g_autoptr(GString) text = g_string_new ("s0");
  g_autoptr(GString) ids = g_string_new ("s1");

  for (guint i = 1; i <= 20000; i++)
    g_string_append_printf (text, "; s%u: s%u", i, i - 1);
  for (guint i = 2; i < 20000; i++)
    g_string_append_printf (ids, " s%u", i);

  assert_heal (text->str, ids->str, "s0; s20000: s0");
}

/* of a long way round only the ends are told */
static void
test_long_circle (void)
{
  g_autoptr(RunnelPipeline) pipeline
    = read_steps ("a; b: a; c: b; d: c; e: d; f: e; g: f; h: g");
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_edit_new_connect (pipeline, "h", "a", RUNNEL_ON_SUCCESS, &error));
  g_assert_cmpstr (error->message, ==,
                   "“h” can't come before “a”, because it comes after it: "
                   "a → b → c → (3 more) → g → h.");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/edit-links/disconnect-several", test_disconnect_several);
  g_test_add_func ("/model/edit-links/relink", test_relink);
  g_test_add_func ("/model/edit-links/relink-refuses", test_relink_refuses);
  g_test_add_func ("/model/edit-links/relink-keeps-members", test_relink_keeps_members);
  g_test_add_func ("/model/edit-links/insert", test_insert);
  g_test_add_func ("/model/edit-links/insert-at-end", test_insert_at_end);
  g_test_add_func ("/model/edit-links/insert-refuses", test_insert_refuses);
  g_test_add_func ("/model/edit-links/heal", test_heal);
  g_test_add_func ("/model/edit-links/heal-outcomes", test_heal_outcomes);
  g_test_add_func ("/model/edit-links/heal-circle", test_heal_circle);
  g_test_add_func ("/model/edit-links/heal-long", test_heal_long);
  g_test_add_func ("/model/edit-links/long-circle", test_long_circle);

  return g_test_run ();
}
