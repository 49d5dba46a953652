/* test-edit-merge.c: the edit that brings a changed copy of a pipeline back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "model/runnel-edit.h"

#define N_RANDOM 400

#define STEP(id, more) "{\"id\": \"" id "\", \"kind\": \"command\"" more "}"
#define PIPELINE(steps, more) "{\"format\": 1, \"steps\": [" steps "]" more "}"

static RunnelPipeline *
read_text (const char *text)
{
  g_autoptr(GError) error = NULL;
  RunnelPipeline *pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);

  g_assert_no_error (error);

  return pipeline;
}

static void
assert_same (RunnelPipeline *one,
             RunnelPipeline *two)
{
  g_autofree char *text = runnel_pipeline_to_text (one, NULL);
  g_autofree char *expected = runnel_pipeline_to_text (two, NULL);

  g_assert_cmpstr (text, ==, expected);
}

/* Merges, applies after a trip through JSON, undoes and does again; returns the label. */
static char *
merge (RunnelPipeline *pipeline,
       RunnelPipeline *base,
       RunnelPipeline *wanted)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelEdit) edit = runnel_edit_new_merge (pipeline, base, wanted, &error);
  g_autoptr(RunnelPipeline) before = runnel_pipeline_copy (pipeline);
  g_autoptr(RunnelEdit) read = NULL, inverse = NULL, again = NULL;
  g_autoptr(JsonNode) json = NULL;

  g_assert_no_error (error);
  if (edit == NULL)
    return NULL;

  json = runnel_edit_to_json (edit);
  read = runnel_edit_new_from_json (json, &error);
  g_assert_no_error (error);
  inverse = runnel_edit_apply (read, pipeline, &error);
  g_assert_no_error (error);
  again = runnel_edit_apply (inverse, pipeline, &error);
  g_assert_no_error (error);
  assert_same (pipeline, before);
  g_clear_pointer (&inverse, runnel_edit_unref);
  inverse = runnel_edit_apply (again, pipeline, &error);
  g_assert_no_error (error);

  return g_strdup (runnel_edit_get_label (edit));
}

/* What is merged into the very pipeline the copy was made from becomes the copy. */
static void
assert_becomes (const char *from,
                const char *to,
                const char *label)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (from), base = read_text (from);
  g_autoptr(RunnelPipeline) wanted = read_text (to);
  g_autofree char *actual = merge (pipeline, base, wanted);

  g_assert_cmpstr (actual, ==, label);
  assert_same (pipeline, wanted);
}

static void
test_one_change (void)
{
  const char *from = PIPELINE (STEP ("a", "") "," STEP ("b", ""), ", \"name\": \"N\"");

  assert_becomes (from, from, NULL);
  assert_becomes (from, PIPELINE (STEP ("a", "") "," STEP ("b", ", \"timeout\": \"5s\""),
                                  ", \"name\": \"N\""), "Change b");
  assert_becomes (from, PIPELINE (STEP ("a", "") "," STEP ("c", "") "," STEP ("b", ""),
                                  ", \"name\": \"N\""), "Add c");
  assert_becomes (from, PIPELINE (STEP ("b", ""), ", \"name\": \"N\""), "Delete a");
  assert_becomes (from, PIPELINE (STEP ("a", "") "," STEP ("b", ""), ", \"name\": \"M\""),
                  "Change name");
  assert_becomes (from, PIPELINE (STEP ("a", "") "," STEP ("b", ""), ""), "Change name");
  assert_becomes (from, PIPELINE (STEP ("a", "") "," STEP ("b", ""),
                                  ", \"name\": \"N\", \"layout\": {\"steps\": {\"a\": [1, 2]}}"),
                  "Move a");
  assert_becomes (from, PIPELINE (STEP ("b", "") "," STEP ("a", ""), ", \"name\": \"N\""),
                  "Edit JSON");
}

static void
test_rename_keeps_place (void)
{
  const char *layout = ", \"layout\": {\"steps\": {\"a\": [10, 20]}}";
  g_autofree char *from = g_strconcat ("{\"format\": 1, \"steps\": [" STEP ("a", "") "]", layout, "}", NULL);
  g_autofree char *to = g_strconcat ("{\"format\": 1, \"steps\": [" STEP ("aa", "") "]", layout, "}", NULL);
  g_autoptr(RunnelPipeline) pipeline = read_text (from), base = read_text (from);
  g_autoptr(RunnelPipeline) wanted = read_text (to);
  g_autofree char *label = merge (pipeline, base, wanted);
  RunnelPoint point;

  g_assert_true (runnel_pipeline_get_position (pipeline, "aa", &point));
  g_assert_cmpfloat (point.x, ==, 10);
  g_assert_false (runnel_pipeline_get_position (pipeline, "a", NULL));
}

/* The canvas has changed, added and deleted steps since the text was as it is in `base`. */
static void
test_both_changed (void)
{
  g_autoptr(RunnelPipeline) base = read_text (PIPELINE (STEP ("a", "") "," STEP ("b", "") "," STEP ("c", ""), ""));
  g_autoptr(RunnelPipeline) pipeline =
    read_text (PIPELINE (STEP ("a", ", \"name\": \"A\"") "," STEP ("new", "") "," STEP ("c", ""), ""));
  g_autoptr(RunnelPipeline) wanted =
    read_text (PIPELINE (STEP ("a", "") "," STEP ("b", "") "," STEP ("text", "") "," STEP ("c", ", \"name\": \"C\""),
                         ", \"name\": \"N\""));
  g_autoptr(RunnelPipeline) expected =
    read_text (PIPELINE (STEP ("a", ", \"name\": \"A\"") "," STEP ("text", "") "," STEP ("new", "") ","
                         STEP ("c", ", \"name\": \"C\""), ", \"name\": \"N\""));
  g_autofree char *label = merge (pipeline, base, wanted);

  assert_same (pipeline, expected);
}

static void
test_deleted_but_changed (void)
{
  g_autoptr(RunnelPipeline) base = read_text (PIPELINE (STEP ("a", "") "," STEP ("b", ""), ""));
  g_autoptr(RunnelPipeline) pipeline = read_text (PIPELINE (STEP ("a", ""), ""));
  g_autoptr(RunnelPipeline) wanted = read_text (PIPELINE (STEP ("b", ", \"name\": \"B\""), ""));
  g_autofree char *label = merge (pipeline, base, wanted);

  assert_same (pipeline, wanted);
}

static void
assert_refused (const char *to)
{
  g_autoptr(RunnelPipeline) base = read_text (PIPELINE (STEP ("a", ""), ""));
  g_autoptr(RunnelPipeline) wanted = read_text (to);
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_edit_new_merge (base, base, wanted, &error));
  g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID);
}

static void
test_irregular (void)
{
  const char *twice = PIPELINE (STEP ("a", "") "," STEP ("a", ""), "");

  assert_refused (twice);
  assert_refused (PIPELINE (STEP ("", ""), ""));
  assert_refused (PIPELINE ("1", ""));
  assert_refused ("{\"steps\": {}}");
  assert_refused (PIPELINE ("", ", \"layout\": 1"));
  assert_refused (PIPELINE ("", ", \"layout\": {\"steps\": {\"a\": 1}}"));
  /* What was so from the start can be put right. */
  assert_becomes (twice, PIPELINE (STEP ("a", "") "," STEP ("b", ""), ""), "Edit JSON");
  assert_becomes (PIPELINE (STEP ("", "") ", 5", ", \"layout\": 1"), PIPELINE (STEP ("a", ""), ""), "Edit JSON");
}

/* Some of nine steps in any order, each with one of three names, and some with a place. */
static char *
make_random (GRand *rand)
{
  g_autoptr(GString) steps = g_string_new (NULL), places = g_string_new (NULL);
  char ids[] = "abcdefghi";

  for (guint i = strlen (ids) - 1; i > 0; i--)
    {
      guint other = g_rand_boolean (rand) ? i : (guint) g_rand_int_range (rand, 0, i + 1);
      char id = ids[i];

      ids[i] = ids[other];
      ids[other] = id;
    }
  for (guint i = 0; ids[i] != '\0'; i++)
    {
      if (g_rand_int_range (rand, 0, 4) == 0)
        continue;
      g_string_append_printf (steps, "%s{\"id\": \"%c\", \"kind\": \"k%d\"}", steps->len > 0 ? ", " : "", ids[i],
                              g_rand_int_range (rand, 0, 3));
      if (g_rand_boolean (rand))
        g_string_append_printf (places, "%s\"%c\": [%d, 0]", places->len > 0 ? ", " : "", ids[i],
                                g_rand_int_range (rand, 0, 3));
    }

  return g_strdup_printf ("{\"format\": 1, \"name\": \"%d\", \"steps\": [%s], \"layout\": {\"grid\": %d, \"steps\": {%s}}}",
                          g_rand_int_range (rand, 0, 2), steps->str, g_rand_int_range (rand, 0, 2), places->str);
}

static void
test_random (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (4);

  for (guint i = 0; i < N_RANDOM; i++)
    {
      g_autofree char *from = make_random (rand), *to = make_random (rand);
      g_autoptr(RunnelPipeline) pipeline = read_text (from), base = read_text (from);
      g_autoptr(RunnelPipeline) wanted = read_text (to);
      g_autofree char *label = merge (pipeline, base, wanted);

      for (guint j = 0; j < runnel_pipeline_get_n_steps (wanted); j++)
        g_assert_cmpstr (runnel_pipeline_get_step (pipeline, j)->id, ==, runnel_pipeline_get_step (wanted, j)->id);
      assert_same (pipeline, wanted);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/edit-merge/one-change", test_one_change);
  g_test_add_func ("/model/edit-merge/rename-keeps-place", test_rename_keeps_place);
  g_test_add_func ("/model/edit-merge/both-changed", test_both_changed);
  g_test_add_func ("/model/edit-merge/deleted-but-changed", test_deleted_but_changed);
  g_test_add_func ("/model/edit-merge/irregular", test_irregular);
  g_test_add_func ("/model/edit-merge/random", test_random);

  return g_test_run ();
}
