/* test-edit-areas.c: edits of groups and notes and their inverses
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "model/runnel-edit.h"

static const char document[] =
  "{\"format\": 1, \"steps\": ["
  "{\"id\": \"a\", \"kind\": \"command\"}, {\"id\": \"b\", \"kind\": \"command\"},"
  "{\"id\": \"c\", \"kind\": \"command\", \"needs\": [\"b\"]}, {\"id\": \"d\", \"kind\": \"command\"}],"
  "\"groups\": [{\"id\": \"g\", \"name\": \"First\", \"steps\": [\"a\", \"b\", \"ghost\", 7], \"x\": 1}, 5,"
  " {\"id\": \"g\", \"steps\": [\"d\"]}, {\"steps\": [\"d\"]}],"
  "\"notes\": [{\"id\": \"n\", \"text\": \"why\", \"color\": \"red\"}, {\"id\": \"m\"}, {}],"
  "\"layout\": {\"steps\": {\"a\": [0, 0], \"b\": [200, 0]}, \"notes\": {\"n\": [10, 20, 300, 5]}, \"x\": 1}}";

static RunnelPipeline *
read_text (const char *text)
{
  g_autoptr(GError) error = NULL;
  RunnelPipeline *pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);

  g_assert_no_error (error);
  return pipeline;
}

/* Applies an edit (transfer full) after a trip through JSON. Returns: (transfer full): its inverse */
static RunnelEdit *
apply (RunnelPipeline *pipeline,
       RunnelEdit     *edit)
{
  g_autoptr(RunnelEdit) given = edit;
  g_autoptr(JsonNode) json = runnel_edit_to_json (edit);
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelEdit) read = runnel_edit_new_from_json (json, &error);
  RunnelEdit *inverse;

  g_assert_no_error (error);
  inverse = runnel_edit_apply (read, pipeline, &error);
  g_assert_no_error (error);
  return inverse;
}

/* Takes the last edit back, which must leave `before`. */
static void
assert_undone (RunnelPipeline *pipeline,
               RunnelEdit     *inverse,
               const char     *before)
{
  g_autofree char *after = NULL;

  runnel_edit_unref (apply (pipeline, inverse));
  after = runnel_pipeline_to_text (pipeline, NULL);
  g_assert_cmpstr (after, ==, before);
}

/* The steps of a group, separated by blanks; what is no text as a question mark. */
static void
assert_steps (RunnelPipeline *pipeline,
              const char     *id,
              const char     *expected)
{
  g_autoptr(GString) steps = g_string_new (NULL);
  RunnelGroup group;

  g_assert_true (runnel_pipeline_find_group (pipeline, id, &group));
  for (guint i = 0; i < json_array_get_length (group.steps); i++)
    {
      const char *step = json_node_get_string (json_array_get_element (group.steps, i));

      g_string_append_printf (steps, "%s%s", i > 0 ? " " : "", step != NULL ? step : "?");
    }
  g_assert_cmpstr (steps->str, ==, expected);
}

static void
test_lists (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (document);
  g_autoptr(GArray) groups = runnel_pipeline_list_groups (pipeline);
  g_autoptr(GArray) notes = runnel_pipeline_list_notes (pipeline);
  const RunnelNote *note = &g_array_index (notes, RunnelNote, 0);

  g_assert_cmpuint (groups->len, ==, 1);
  g_assert_cmpstr (g_array_index (groups, RunnelGroup, 0).title, ==, "First");
  g_assert_null (g_array_index (groups, RunnelGroup, 0).color);

  g_assert_cmpuint (notes->len, ==, 2);
  g_assert_cmpstr (note->text, ==, "why");
  g_assert_cmpstr (note->color, ==, "red");
  g_assert_cmpfloat (note->rect.x, ==, 10);
  g_assert_cmpfloat (note->rect.width, ==, 300);
  g_assert_cmpfloat (note->rect.height, ==, RUNNEL_NOTE_MIN_HEIGHT);
  g_assert_cmpstr (g_array_index (notes, RunnelNote, 1).text, ==, "");
  g_assert_false (runnel_pipeline_find_note (pipeline, "x", NULL));
}

static void
test_add_group (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (document);
  g_autofree char *before = runnel_pipeline_to_text (pipeline, NULL);
  g_autofree char *id = NULL;
  RunnelGroup group;
  RunnelEdit *inverse;

  inverse = apply (pipeline, runnel_edit_new_add_group (pipeline, "Second",
                                                        (const char *const[]) { "b", "c", NULL }, &id));
  g_assert_true (runnel_pipeline_find_group (pipeline, id, &group));
  g_assert_cmpstr (group.title, ==, "Second");
  g_assert_cmpstr (group.color, ==, "blue");
  assert_steps (pipeline, id, "b c");
  /* it would have crossed the new one */
  assert_steps (pipeline, "g", "a ghost ?");
  g_assert_cmpstr (runnel_edit_get_label (inverse), ==, "Group 2 steps");
  assert_undone (pipeline, inverse, before);
}

/* a group inside of another, and one around it, leave it alone */
static void
test_nest (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (document);
  g_autofree char *inner = NULL;
  g_autofree char *outer = NULL;

  runnel_edit_unref (apply (pipeline, runnel_edit_new_add_group (
    pipeline, "In", (const char *const[]) { "a", NULL }, &inner)));
  assert_steps (pipeline, "g", "a b ghost ?");
  runnel_edit_unref (apply (pipeline, runnel_edit_new_add_group (
    pipeline, "Out", (const char *const[]) { "a", "b", "c", NULL }, &outer)));
  assert_steps (pipeline, "g", "a b ghost ?");
  assert_steps (pipeline, outer, "a b c");
  g_assert_cmpstr (inner, !=, outer);
}

static void
test_set (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (document);
  g_autofree char *before = runnel_pipeline_to_text (pipeline, NULL);
  RunnelEdit *inverse;
  RunnelGroup group;
  RunnelNote note;

  inverse = apply (pipeline, runnel_edit_new_set_group (pipeline, "g", "name", "Other"));
  g_assert_true (runnel_pipeline_find_group (pipeline, "g", &group));
  g_assert_cmpstr (group.title, ==, "Other");
  g_assert_cmpstr (runnel_edit_get_label (inverse), ==, "Rename group First");
  assert_undone (pipeline, inverse, before);

  inverse = apply (pipeline, runnel_edit_new_set_note (pipeline, "n", "color", NULL));
  g_assert_true (runnel_pipeline_find_note (pipeline, "n", &note));
  g_assert_null (note.color);
  assert_undone (pipeline, inverse, before);
}

static void
test_regroup (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (document);
  g_autofree char *before = runnel_pipeline_to_text (pipeline, NULL);
  const RunnelGroupSteps change = { "g", (const char *const[]) { "d", "a", NULL } };
  RunnelEdit *inverse = apply (pipeline, runnel_edit_new_regroup (pipeline, &change, 1));

  assert_steps (pipeline, "g", "d a");
  assert_undone (pipeline, inverse, before);
}

static void
test_notes (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_text ("{\"format\": 1, \"steps\": []}");
  g_autofree char *before = runnel_pipeline_to_text (pipeline, NULL);
  const RunnelRect rect = { 8, -16, 200, 100 };
  const RunnelRect moved = { 80, 16.4, 320, 100 };
  g_autofree char *placed = NULL;
  g_autofree char *id = NULL;
  RunnelEdit *add, *move;
  RunnelNote note;

  add = apply (pipeline, runnel_edit_new_add_note (pipeline, "# Hello", &rect, &id));
  placed = runnel_pipeline_to_text (pipeline, NULL);
  g_assert_nonnull (strstr (placed, "\"note\": [8, -16, 200, 100]"));

  move = apply (pipeline, runnel_edit_new_place_notes (pipeline, (const char *const *) &id, &moved, 1));
  g_assert_true (runnel_pipeline_find_note (pipeline, id, &note));
  g_assert_cmpfloat (note.rect.x, ==, 80);
  g_assert_cmpfloat (note.rect.y, ==, 16);
  g_assert_cmpfloat (note.rect.width, ==, 320);
  assert_undone (pipeline, move, placed);
  assert_undone (pipeline, add, before);
}

static void
test_delete (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (document);
  g_autofree char *before = runnel_pipeline_to_text (pipeline, NULL);
  g_autofree char *after = NULL;
  const char *const steps[] = { "a", NULL };
  const char *const groups[] = { "g", NULL };
  const char *const notes[] = { "n", NULL };
  RunnelEdit *inverse = apply (pipeline, runnel_edit_new_delete_parts (pipeline, steps, NULL, notes));

  assert_steps (pipeline, "g", "b ghost ?");
  g_assert_false (runnel_pipeline_find_note (pipeline, "n", NULL));
  after = runnel_pipeline_to_text (pipeline, NULL);
  g_assert_null (strstr (after, "300"));
  assert_undone (pipeline, inverse, before);

  inverse = apply (pipeline, runnel_edit_new_delete_parts (pipeline, NULL, groups, NULL));
  g_assert_cmpstr (runnel_edit_get_label (inverse), ==, "Ungroup First");
  g_assert_cmpuint (runnel_pipeline_get_n_steps (pipeline), ==, 4);
  g_assert_false (runnel_pipeline_find_group (pipeline, "g", NULL));
  assert_undone (pipeline, inverse, before);
}

/* a group goes with the last of its steps */
static void
test_delete_last_step (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (
    "{\"format\": 1, \"steps\": [{\"id\": \"a\", \"kind\": \"command\"}],"
    " \"groups\": [{\"id\": \"g\", \"steps\": [\"a\"]}, {\"id\": \"empty\", \"steps\": []}]}");
  g_autofree char *before = runnel_pipeline_to_text (pipeline, NULL);
  const char *const steps[] = { "a", NULL };
  RunnelEdit *inverse = apply (pipeline, runnel_edit_new_delete_steps (pipeline, steps));

  g_assert_false (runnel_pipeline_find_group (pipeline, "g", NULL));
  g_assert_true (runnel_pipeline_find_group (pipeline, "empty", NULL));
  assert_undone (pipeline, inverse, before);
}

static void
test_paste (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (document);
  g_autofree char *before = runnel_pipeline_to_text (pipeline, NULL);
  const char *const steps[] = { "a", "b", NULL };
  const char *const notes[] = { "n", NULL };
  g_autofree char *text = runnel_pipeline_copy_parts (pipeline, steps, notes);
  g_auto(GStrv) pasted = NULL;
  g_auto(GStrv) pasted_notes = NULL;
  RunnelEdit *inverse;
  RunnelNote note;

  inverse = apply (pipeline, runnel_edit_new_paste_parts (pipeline, text, (RunnelPoint) { 1000, 500 },
                                                          RUNNEL_PASTE_INNER_LINKS, &pasted,
                                                          &pasted_notes, NULL));
  g_assert_cmpuint (g_strv_length (pasted), ==, 2);
  assert_steps (pipeline, "g-2", "a-2 b-2 ?");
  g_assert_true (runnel_pipeline_find_note (pipeline, pasted_notes[0], &note));
  g_assert_cmpfloat (note.rect.x, ==, 1010);
  g_assert_cmpfloat (note.rect.y, ==, 520);
  assert_undone (pipeline, inverse, before);
}

static void
test_paste_notes_only (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (document);
  g_autofree char *before = runnel_pipeline_to_text (pipeline, NULL);
  const char *const none[] = { NULL };
  const char *const notes[] = { "n", NULL };
  g_autofree char *text = runnel_pipeline_copy_parts (pipeline, none, notes);
  RunnelEdit *inverse = apply (pipeline, runnel_edit_new_paste_parts (pipeline, text, (RunnelPoint) { 0, 0 },
                                                                            RUNNEL_PASTE_INNER_LINKS, NULL,
                                                                      NULL, NULL));

  g_assert_cmpstr (runnel_edit_get_label (inverse), ==, "Paste 1 note");
  g_assert_true (runnel_pipeline_find_note (pipeline, "n-2", NULL));
  assert_undone (pipeline, inverse, before);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/edit-areas/lists", test_lists);
  g_test_add_func ("/model/edit-areas/add-group", test_add_group);
  g_test_add_func ("/model/edit-areas/nest", test_nest);
  g_test_add_func ("/model/edit-areas/set", test_set);
  g_test_add_func ("/model/edit-areas/regroup", test_regroup);
  g_test_add_func ("/model/edit-areas/notes", test_notes);
  g_test_add_func ("/model/edit-areas/delete", test_delete);
  g_test_add_func ("/model/edit-areas/delete-last-step", test_delete_last_step);
  g_test_add_func ("/model/edit-areas/paste", test_paste);
  g_test_add_func ("/model/edit-areas/paste-notes-only", test_paste_notes_only);

  return g_test_run ();
}
