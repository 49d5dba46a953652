/* test-import-builder.c: pipelines made from names and links
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "interchange/runnel-import.h"

static JsonObject *
add_script (RunnelImport *import,
            const char   *name)
{
  JsonObject *step = runnel_import_add_step (import, name, "script");
  JsonObject *with = json_object_new ();

  json_object_set_string_member (with, "run", "true\n");
  json_object_set_object_member (step, "with", with);

  return step;
}

static void
test_document (void)
{
  g_autoptr(RunnelImport) import = runnel_import_new ("/tmp");
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPipeline) pipeline = NULL;
  JsonObject *root;
  JsonObject *step;
  RunnelStep *last;

  root = runnel_import_add_pipeline (import, "build", "Build it");
  runnel_import_set_string (root, "description", "Of everything");
  runnel_import_set_string (root, "nothing", NULL);
  step = add_script (import, "last");
  runnel_import_add_need (import, step, "Build: all", NULL);
  runnel_import_add_need (import, step, "other", "failure");
  runnel_import_keep (step, "gitlab", "tags", json_node_init_string (json_node_alloc (), "x"));
  add_script (import, "Build: all");
  add_script (import, "other");
  pipeline = runnel_import_make_pipeline (import, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (runnel_import_get_stem (import, 0), ==, "build");
  g_assert_cmpstr (runnel_import_get_folder (import), ==, "/tmp");
  g_assert_cmpstr (runnel_pipeline_get_name (pipeline), ==, "Build it");
  g_assert_null (runnel_pipeline_get_member (pipeline, "nothing"));
  g_assert_cmpuint (runnel_pipeline_get_n_steps (pipeline), ==, 3);
  last = runnel_pipeline_get_step (pipeline, 0);
  g_assert_cmpuint (last->n_needs, ==, 2);
  g_assert_cmpstr (last->needs[0].step, ==, "Build-all");
  g_assert_cmpint (last->needs[1].on, ==, RUNNEL_ON_FAILURE);
  g_assert_cmpstr (runnel_pipeline_get_step (pipeline, 1)->name, ==, "Build: all");
  g_assert_cmpstr (runnel_pipeline_get_step (pipeline, 1)->id, ==, "Build-all");
}

static void
test_ids (void)
{
  g_autoptr(RunnelImport) import = runnel_import_new (NULL);

  runnel_import_add_pipeline (import, "a", NULL);
  g_assert_cmpstr (runnel_import_get_id (import, "a b"), ==, "a-b");
  g_assert_cmpstr (runnel_import_get_id (import, "a/b"), ==, "a-b-2");
  g_assert_cmpstr (runnel_import_get_id (import, "a-b"), ==, "a-b-3");
  g_assert_cmpstr (runnel_import_get_id (import, "a b"), ==, "a-b");
  g_assert_cmpstr (runnel_import_get_id (import, "x-"), ==, "x-");
  g_assert_cmpstr (runnel_import_get_id (import, "1"), ==, "step-1");
  g_assert_cmpstr (runnel_import_get_id (import, "日本"), ==, "step");
  runnel_import_add_pipeline (import, "b", NULL);
  g_assert_cmpstr (runnel_import_get_id (import, "a/b"), ==, "a-b");
  g_assert_cmpuint (runnel_import_get_n_pipelines (import), ==, 2);
}

static void
test_refused_links (void)
{
  g_autoptr(RunnelImport) import = runnel_import_new (NULL);
  g_autoptr(GError) error = NULL;

  runnel_import_add_pipeline (import, "missing", NULL);
  runnel_import_add_need (import, add_script (import, "the last"), "not here", NULL);
  g_assert_null (runnel_import_make_pipeline (import, 0, &error));
  g_assert_error (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "“the last” needs “not here”, which is not there");
  g_clear_error (&error);

  runnel_import_add_pipeline (import, "circle", NULL);
  runnel_import_add_need (import, add_script (import, "a"), "b", NULL);
  runnel_import_add_need (import, add_script (import, "b"), "a", "always");
  g_assert_null (runnel_import_make_pipeline (import, 1, &error));
  g_assert_error (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_INVALID);
}

static void
test_notes (void)
{
  g_autoptr(RunnelImport) import = runnel_import_new (NULL);
  const RunnelImportNote *note;

  runnel_import_note (import, 3, 7, "build", "“%s” is kept", "tags");
  g_assert_cmpuint (runnel_import_get_notes (import)->len, ==, 1);
  note = g_ptr_array_index (runnel_import_get_notes (import), 0);
  g_assert_cmpuint (note->line, ==, 3);
  g_assert_cmpuint (note->column, ==, 7);
  g_assert_cmpstr (note->step, ==, "build");
  g_assert_cmpstr (note->message, ==, "“tags” is kept");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/interchange/import-builder/document", test_document);
  g_test_add_func ("/interchange/import-builder/ids", test_ids);
  g_test_add_func ("/interchange/import-builder/refused-links", test_refused_links);
  g_test_add_func ("/interchange/import-builder/notes", test_notes);

  return g_test_run ();
}
