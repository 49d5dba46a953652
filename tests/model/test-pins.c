/* test-pins.c: steps that stay where they are on the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "model/runnel-edit.h"
#include "model/runnel-pins.h"

#define STEPS "{\"format\": 1, \"steps\": [" \
  "{\"id\": \"a\", \"kind\": \"command\", \"with\": {\"argv\": [\"true\"]}}," \
  "{\"id\": \"b\", \"kind\": \"command\", \"with\": {\"argv\": [\"true\"]}}]"

typedef struct
{
  RunnelPipeline *pipeline;
  char *before;
} Fixture;

static void
set_up (Fixture    *self,
        const char *text)
{
  g_autoptr(GError) error = NULL;

  self->pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);
  g_assert_no_error (error);
  self->before = runnel_pipeline_to_text (self->pipeline, NULL);
}

/* applies the edit, checks what is pinned then, and that undoing brings back the same bytes */
static void
check (Fixture    *self,
       RunnelEdit *edit,
       const char *expected)
{
  g_autoptr(RunnelEdit) owned = edit;
  g_autoptr(RunnelEdit) inverse = NULL;
  g_autoptr(RunnelEdit) again = NULL;
  g_autoptr(GHashTable) pinned = NULL;
  g_auto(GStrv) ids = g_strsplit (expected, " ", -1);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  inverse = runnel_edit_apply (edit, self->pipeline, &error);
  g_assert_no_error (error);
  pinned = runnel_pipeline_list_pinned (self->pipeline);
  g_assert_cmpuint (g_hash_table_size (pinned), ==, *expected != '\0' ? g_strv_length (ids) : 0);
  for (guint i = 0; i < g_hash_table_size (pinned); i++)
    g_assert_true (g_hash_table_contains (pinned, ids[i]));

  again = runnel_edit_apply (inverse, self->pipeline, &error);
  g_assert_no_error (error);
  text = runnel_pipeline_to_text (self->pipeline, NULL);
  g_assert_cmpstr (text, ==, self->before);
}

static void
tear_down (Fixture *self)
{
  g_object_unref (self->pipeline);
  g_free (self->before);
}

static void
test_pin (void)
{
  const char *const b[] = { "b", NULL };
  const char *const both[] = { "b", "a", NULL };
  Fixture fixture;

  set_up (&fixture, STEPS "}");
  check (&fixture, runnel_edit_new_pin_steps (fixture.pipeline, b, TRUE), "b");
  check (&fixture, runnel_edit_new_pin_steps (fixture.pipeline, both, TRUE), "a b");
  check (&fixture, runnel_edit_new_pin_steps (fixture.pipeline, both, FALSE), "");
  tear_down (&fixture);

  set_up (&fixture, STEPS ", \"layout\": {\"pinned\": [\"a\", \"b\"], \"x\": 1}}");
  check (&fixture, runnel_edit_new_pin_steps (fixture.pipeline, b, FALSE), "a");
  check (&fixture, runnel_edit_new_pin_steps (fixture.pipeline, both, FALSE), "");
  tear_down (&fixture);

  set_up (&fixture, STEPS ", \"layout\": {\"pinned\": [\"a\"]}}");
  check (&fixture, runnel_edit_new_pin_steps (fixture.pipeline, both, FALSE), "");
  tear_down (&fixture);

  set_up (&fixture, STEPS ", \"layout\": {}}");
  check (&fixture, runnel_edit_new_pin_steps (fixture.pipeline, b, TRUE), "b");
  tear_down (&fixture);
}

static void
test_follows_ids (void)
{
  const char *const a[] = { "a", NULL };
  Fixture fixture;

  set_up (&fixture, STEPS ", \"layout\": {\"steps\": {\"a\": [0, 0]}, \"pinned\": [\"a\", \"b\", 7]}}");
  check (&fixture, runnel_edit_new_delete_steps (fixture.pipeline, a), "b");
  check (&fixture, runnel_edit_new_rename_step (fixture.pipeline, "a", "c", NULL), "c b");
  tear_down (&fixture);
}

/* notes and pins are keys of `layout` that don't get in each other's way */
static void
test_beside_notes (void)
{
  const char *const a[] = { "a", NULL };
  const char *const n[] = { "n", NULL };
  const RunnelRect rect = { 0, 0, 200, 100 };
  Fixture fixture;
  RunnelEdit *edits[2];
  RunnelNote note;

  set_up (&fixture, STEPS ", \"notes\": [{\"id\": \"n\", \"text\": \"x\"}],"
          " \"layout\": {\"pinned\": [\"a\"], \"notes\": {\"n\": [8, 8, 200, 100]}}}");
  g_assert_nonnull (strstr (fixture.before, "\"pinned\": [\"a\"]"));
  g_assert_true (strstr (fixture.before, "\"pinned\"") > strstr (fixture.before, "8, 8, 200"));

  edits[0] = runnel_edit_new_place_notes (fixture.pipeline, n, &rect, 1);
  edits[1] = runnel_edit_new_pin_steps (fixture.pipeline, a, FALSE);
  check (&fixture, runnel_edit_new_compound ("Both", edits, 2), "");

  g_assert_true (runnel_pipeline_find_note (fixture.pipeline, "n", &note));
  g_assert_cmpfloat (note.rect.x, ==, 8);
  tear_down (&fixture);
}

static void
test_odd (void)
{
  const char *const b[] = { "b", NULL };
  Fixture fixture;

  set_up (&fixture, STEPS ", \"layout\": {\"pinned\": \"a\"}}");
  check (&fixture, runnel_edit_new_pin_steps (fixture.pipeline, b, TRUE), "b");
  tear_down (&fixture);
}

static void
test_validate (void)
{
  g_autoptr(RunnelDiagnostics) diagnostics = runnel_diagnostics_new ();
  Fixture fixture;
  guint n_found = 0;

  set_up (&fixture, STEPS ", \"layout\": {\"pinned\": [\"a\", \"gone\"]}}");
  runnel_pipeline_validate (fixture.pipeline, diagnostics);
  for (guint i = 0; i < runnel_diagnostics_get_size (diagnostics); i++)
    n_found += g_str_equal (runnel_diagnostics_get (diagnostics, i)->path, "layout.pinned[1]");
  g_assert_cmpuint (n_found, ==, 1);
  tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/pins/pin", test_pin);
  g_test_add_func ("/model/pins/follows-ids", test_follows_ids);
  g_test_add_func ("/model/pins/beside-notes", test_beside_notes);
  g_test_add_func ("/model/pins/odd", test_odd);
  g_test_add_func ("/model/pins/validate", test_validate);

  return g_test_run ();
}
