/* test-tidy.c: the steps of a pipeline put in order
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "layout/runnel-measures.h"
#include "layout/runnel-tidy.h"
#include "model/runnel-areas.h"

static RunnelPipeline *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  RunnelPipeline *pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);

  g_assert_no_error (error);
  return pipeline;
}

/* a and b are far from tidy; c is needed by nobody */
static RunnelPipeline *
make_pipeline (void)
{
  return parse ("{\"format\": 1, \"steps\": ["
                "{\"id\": \"a\", \"kind\": \"command\"},"
                "{\"id\": \"b\", \"kind\": \"command\", \"needs\": [\"a\"]},"
                "{\"id\": \"c\", \"kind\": \"command\"}],"
                "\"layout\": {\"steps\": {\"a\": [405, 301], \"b\": [400, 310],"
                " \"c\": [700, 300]}}}");
}

static RunnelEdit *
tidy (RunnelPipeline    *pipeline,
      const char *const *ids)
{
  g_autoptr(RunnelTidy) task = runnel_tidy_new (pipeline, NULL, ids, RUNNEL_DIRECTION_RIGHT);

  runnel_tidy_run (task, RUNNEL_TIDY_THOROUGH, NULL);
  return runnel_tidy_make_edit (task, pipeline);
}

static RunnelEdit *
apply (RunnelPipeline *pipeline,
       RunnelEdit     *edit)
{
  g_autoptr(RunnelEdit) owned = edit;
  g_autoptr(GError) error = NULL;
  RunnelEdit *inverse;

  g_assert_nonnull (edit);
  inverse = runnel_edit_apply (edit, pipeline, &error);
  g_assert_no_error (error);

  return inverse;
}

static RunnelPoint
get_point (RunnelPipeline *pipeline,
           const char     *id)
{
  RunnelPoint point;

  g_assert_true (runnel_pipeline_get_position (pipeline, id, &point));
  return point;
}

static void
test_all (void)
{
  g_autoptr(RunnelPipeline) pipeline = make_pipeline ();
  g_autofree char *before = runnel_pipeline_to_text (pipeline, NULL);
  g_autofree char *after = NULL;
  g_autoptr(RunnelEdit) inverse = apply (pipeline, tidy (pipeline, NULL));

  g_assert_cmpfloat (get_point (pipeline, "a").x, ==, 400);
  g_assert_cmpfloat (get_point (pipeline, "a").y, ==, 304);
  g_assert_cmpfloat (get_point (pipeline, "b").x, >, 400 + RUNNEL_NODE_WIDTH);
  g_assert_cmpfloat (get_point (pipeline, "b").y, ==, 304);
  g_assert_cmpfloat (get_point (pipeline, "c").y, >, 304);

  g_assert_null (tidy (pipeline, NULL));

  runnel_edit_unref (apply (pipeline, g_steal_pointer (&inverse)));
  after = runnel_pipeline_to_text (pipeline, NULL);
  g_assert_cmpstr (before, ==, after);
}

/* c stays where it is, and b does not go upon it */
static void
test_some (void)
{
  const char *const ids[] = { "a", "b", "unknown", NULL };
  g_autoptr(RunnelPipeline) pipeline = make_pipeline ();
  g_autoptr(RunnelEdit) inverse = apply (pipeline, tidy (pipeline, ids));
  RunnelPoint b = get_point (pipeline, "b"), c = get_point (pipeline, "c");

  g_assert_cmpfloat (c.x, ==, 700);
  g_assert_cmpfloat (c.y, ==, 300);
  g_assert_cmpfloat (fabs (b.y - c.y), >=, RUNNEL_NODE_HEIGHT);
  g_assert_cmpfloat (get_point (pipeline, "a").y, ==, b.y);
}

static void
test_nowhere (void)
{
  g_autoptr(RunnelPipeline) pipeline = parse (
    "{\"format\": 1, \"steps\": [{\"id\": \"a\", \"kind\": \"command\"},"
    "{\"id\": \"b\", \"kind\": \"command\"}], \"layout\": {\"steps\": {\"a\": [64, 64]}}}");
  const char *const ids[] = { "b", NULL };
  g_autoptr(RunnelEdit) inverse = apply (pipeline, tidy (pipeline, ids));

  g_assert_cmpfloat (get_point (pipeline, "b").x, ==, 64);
  g_assert_cmpfloat (get_point (pipeline, "b").y, ==, 64 + RUNNEL_NODE_HEIGHT + RUNNEL_ROW_GAP);
}

static void
test_empty (void)
{
  g_autoptr(RunnelPipeline) pipeline = parse ("{\"format\": 1, \"steps\": []}");

  g_assert_null (tidy (pipeline, NULL));
}

static char *
make_random_text (guint n_steps)
{
  g_autoptr(GString) text = g_string_new ("{\"format\": 1, \"steps\": [");

  for (guint i = 0; i < n_steps; i++)
    {
      g_string_append_printf (text, "%s{\"id\": \"s%u\", \"kind\": \"command\"", i > 0 ? "," : "", i);
      if (i > 0)
        g_string_append_printf (text, ", \"needs\": [\"s%d\", \"s%d\"]",
                                g_test_rand_int_range (0, i), g_test_rand_int_range (0, i));
      g_string_append (text, "}");
    }
  g_string_append (text, "]}");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* who tidies twice sees nothing move the second time */
static void
test_twice (void)
{
  for (guint round = 0; round < 30; round++)
    {
      g_autofree char *text = make_random_text (g_test_rand_int_range (2, 40));
      g_autoptr(RunnelPipeline) pipeline = parse (text);
      g_autoptr(RunnelEdit) inverse = apply (pipeline, tidy (pipeline, NULL));

      g_assert_null (tidy (pipeline, NULL));
    }
}

static void
test_groups (void)
{
  g_autoptr(RunnelPipeline) pipeline = parse (
    "{\"format\": 1, \"steps\": [{\"id\": \"a\", \"kind\": \"command\"},"
    "{\"id\": \"b\", \"kind\": \"command\", \"needs\": [\"a\"]},"
    "{\"id\": \"c\", \"kind\": \"command\", \"needs\": [\"a\"]},"
    "{\"id\": \"d\", \"kind\": \"command\", \"needs\": [\"b\", \"c\"]}],"
    "\"groups\": [{\"id\": \"g\", \"steps\": [\"a\", \"b\", \"gone\"]}, {\"id\": \"h\", \"steps\": []}]}");
  g_autoptr(RunnelEdit) inverse = apply (pipeline, tidy (pipeline, NULL));
  RunnelPoint a = get_point (pipeline, "a"), b = get_point (pipeline, "b");

  g_assert_cmpfloat (a.y, ==, b.y);
  g_assert_cmpfloat (get_point (pipeline, "c").x, >=,
                     b.x + RUNNEL_NODE_WIDTH + RUNNEL_GROUP_PADDING);
}

/* a step that is put in order keeps off the frame of others */
static void
test_keeps_off_frames (void)
{
  const char *const ids[] = { "c", NULL };
  g_autoptr(RunnelPipeline) pipeline = parse (
    "{\"format\": 1, \"steps\": [{\"id\": \"a\", \"kind\": \"command\"},"
    "{\"id\": \"b\", \"kind\": \"command\"}, {\"id\": \"c\", \"kind\": \"command\"}],"
    "\"groups\": [{\"id\": \"g\", \"steps\": [\"a\", \"b\"]}],"
    "\"layout\": {\"steps\": {\"a\": [0, 0], \"b\": [0, 400], \"c\": [0, 200]}}}");
  g_autoptr(RunnelEdit) inverse = apply (pipeline, tidy (pipeline, ids));
  RunnelPoint c = get_point (pipeline, "c");

  g_assert_true (fabs (c.x) > RUNNEL_NODE_WIDTH || c.y > 400 || c.y < -RUNNEL_NODE_HEIGHT);
}

/* the note was below b and goes with it; the other is far from all and stays */
static void
test_notes (void)
{
  g_autoptr(RunnelPipeline) pipeline = parse (
    "{\"format\": 1, \"steps\": [{\"id\": \"a\", \"kind\": \"command\"},"
    "{\"id\": \"b\", \"kind\": \"command\", \"needs\": [\"a\"]}],"
    "\"notes\": [{\"id\": \"n\", \"text\": \"b\"}, {\"id\": \"far\", \"text\": \"far\"}],"
    "\"layout\": {\"steps\": {\"a\": [0, 0], \"b\": [0, 400]},"
    "\"notes\": {\"n\": [0, 488, 200, 80], \"far\": [2000, 2000, 200, 80]}}}");
  g_autofree char *before = runnel_pipeline_to_text (pipeline, NULL);
  g_autofree char *after = NULL;
  g_autoptr(RunnelEdit) inverse = apply (pipeline, tidy (pipeline, NULL));
  RunnelPoint b = get_point (pipeline, "b");
  RunnelNote note;

  g_assert_cmpfloat (b.y, ==, 0);
  g_assert_true (runnel_pipeline_find_note (pipeline, "n", &note));
  g_assert_cmpfloat (note.rect.x, ==, b.x);
  g_assert_cmpfloat (note.rect.y, ==, 88);
  g_assert_true (runnel_pipeline_find_note (pipeline, "far", &note));
  g_assert_cmpfloat (note.rect.x, ==, 2000);

  runnel_edit_unref (apply (pipeline, g_steal_pointer (&inverse)));
  after = runnel_pipeline_to_text (pipeline, NULL);
  g_assert_cmpstr (before, ==, after);
}

/* b stays, a goes before it, and nothing upon it */
static void
test_pins (void)
{
  g_autoptr(RunnelPipeline) pipeline = parse (
    "{\"format\": 1, \"steps\": [{\"id\": \"a\", \"kind\": \"command\"},"
    "{\"id\": \"b\", \"kind\": \"command\", \"needs\": [\"a\"]},"
    "{\"id\": \"c\", \"kind\": \"command\", \"needs\": [\"a\"]}],"
    "\"layout\": {\"steps\": {\"a\": [900, 300], \"b\": [643, 77], \"c\": [650, 80]},"
    " \"pinned\": [\"b\", \"gone\", 7]}}");
  g_autoptr(RunnelEdit) inverse = apply (pipeline, tidy (pipeline, NULL));
  RunnelPoint a = get_point (pipeline, "a"), b = get_point (pipeline, "b");
  RunnelPoint c = get_point (pipeline, "c");

  g_assert_cmpfloat (b.x, ==, 643);
  g_assert_cmpfloat (b.y, ==, 77);
  g_assert_cmpfloat (a.x + RUNNEL_NODE_WIDTH, <, b.x);
  g_assert_cmpfloat (fabs (b.y - c.y), >=, RUNNEL_NODE_HEIGHT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layout/tidy/all", test_all);
  g_test_add_func ("/layout/tidy/some", test_some);
  g_test_add_func ("/layout/tidy/nowhere", test_nowhere);
  g_test_add_func ("/layout/tidy/empty", test_empty);
  g_test_add_func ("/layout/tidy/twice", test_twice);
  g_test_add_func ("/layout/tidy/groups", test_groups);
  g_test_add_func ("/layout/tidy/keeps-off-frames", test_keeps_off_frames);
  g_test_add_func ("/layout/tidy/notes", test_notes);
  g_test_add_func ("/layout/tidy/pins", test_pins);

  return g_test_run ();
}
