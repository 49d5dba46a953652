/* test-export-place.c: where the files of an export go, and whether they are current
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "engine/kinds/runnel-kinds.h"
#include "interchange/runnel-export.h"
#include "test-target.h"
#include "util/runnel-remove-tree.h"

typedef struct
{
  char *folder;
  char *path; /* of the pipeline */
  RunnelPipeline *pipeline;
} Fixture;

static void
fixture_set_up (Fixture       *self,
                gconstpointer  user_data)
{
  self->folder = g_dir_make_tmp ("runnel-export-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "ci", "main.runnel.json", NULL);
  self->pipeline = runnel_pipeline_new_from_text (
    "{\"format\": 1, \"name\": \"All\", \"steps\": [{\"id\": \"a\", \"kind\": \"script\","
    " \"with\": {\"run\": \"true\"}, \"retry\": 1}]}", -1, NULL, NULL);
}

static void
fixture_tear_down (Fixture       *self,
                   gconstpointer  user_data)
{
  runnel_remove_tree (self->folder, NULL);
  g_object_unref (self->pipeline);
  g_free (self->folder);
  g_free (self->path);
}

static GPtrArray *
make (Fixture    *self,
      const char *path)
{
  g_autoptr(RunnelExport) export = runnel_export_new (&test_target, path);
  g_autoptr(GError) error = NULL;
  GPtrArray *files = runnel_export_make (export, self->pipeline, self->path, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 2);

  return files;
}

static void
assert_places (Fixture    *self,
               const char *path,
               const char *first,
               const char *second,
               const char *pipeline)
{
  g_autoptr(GPtrArray) files = make (self, path);
  RunnelExportFile *main = g_ptr_array_index (files, 0), *more = g_ptr_array_index (files, 1);
  g_autofree char *start = g_strdup_printf ("All of %s in debian:12 on any\n", pipeline);
  gsize length = strlen (self->folder);

  g_assert_true (g_str_has_prefix (main->path, self->folder));
  g_assert_cmpstr (main->path + length, ==, first);
  g_assert_cmpstr (more->path + length, ==, second);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (main->content, NULL), start));
}

static void
test_places (Fixture       *self,
             gconstpointer  user_data)
{
  assert_places (self, NULL, "/ci/.test/flows/main.test", "/ci/.test/bin/start", "main.runnel.json");
  assert_places (self, "../", "/.test/flows/main.test", "/.test/bin/start", "ci/main.runnel.json");
  assert_places (self, "../.test/flows/x.test", "/.test/flows/x.test", "/.test/bin/start",
                 "ci/main.runnel.json");
  assert_places (self, "out/x.test", "/ci/out/x.test", "/ci/bin/start", "../main.runnel.json");
}

static void
test_write (Fixture       *self,
            gconstpointer  user_data)
{
  g_autoptr(GPtrArray) files = make (self, NULL);
  RunnelExportFile *main = g_ptr_array_index (files, 0), *more = g_ptr_array_index (files, 1);
  g_autofree char *before = NULL, *after = NULL, *changed = NULL;
  struct stat status;

  g_assert_true (runnel_export_compare (files, &before, NULL));
  g_assert_nonnull (strstr (before, "--- /dev/null\n"));
  g_assert_nonnull (strstr (before, "\n+a\n"));
  g_assert_true (runnel_export_write (files, NULL));
  g_assert_true (runnel_export_compare (files, &after, NULL));
  g_assert_cmpstr (after, ==, "");
  g_assert_cmpint (stat (more->path, &status), ==, 0);
  g_assert_true (status.st_mode & S_IXUSR);

  g_assert_true (g_file_set_contents (main->path, "else\n", -1, NULL));
  g_assert_cmpint (g_chmod (more->path, 0644), ==, 0);
  g_assert_true (runnel_export_compare (files, &changed, NULL));
  g_assert_nonnull (strstr (changed, "\n-else\n+All of"));
  g_assert_nonnull (strstr (changed, "start is not executable\n"));
}

/* What is current is not touched, so that nothing is built again for it. */
static void
test_write_again (Fixture       *self,
                  gconstpointer  user_data)
{
  g_autoptr(GPtrArray) files = make (self, NULL);
  RunnelExportFile *main = g_ptr_array_index (files, 0);
  struct stat before, after;

  g_assert_true (runnel_export_write (files, NULL));
  g_assert_cmpint (stat (main->path, &before), ==, 0);
  g_assert_true (runnel_export_write (files, NULL));
  g_assert_cmpint (stat (main->path, &after), ==, 0);
  g_assert_cmpuint (before.st_ino, ==, after.st_ino);
}

static void
test_write_fails (Fixture       *self,
                  gconstpointer  user_data)
{
  g_autoptr(GPtrArray) files = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *obstacle = g_build_filename (self->folder, "ci", NULL);

  g_assert_true (g_file_set_contents (obstacle, "a file", -1, NULL));
  files = make (self, NULL);
  g_assert_false (runnel_export_write (files, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, obstacle));
}

static void
test_mode (Fixture       *self,
           gconstpointer  user_data)
{
  g_autoptr(RunnelExport) export = runnel_export_new (&test_target, NULL);
  g_autoptr(RunnelExport) copy = NULL;
  g_autoptr(GPtrArray) files = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *json = NULL;

  export->mode = g_strdup ("short");
  export->image = g_strdup ("gcc:13");
  export->allow_loss = TRUE;
  copy = runnel_export_copy (export);
  files = runnel_export_make (copy, self->pipeline, self->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 1);
  node = runnel_export_to_json (copy);
  json = json_to_string (node, FALSE);
  g_assert_cmpstr (json, ==,
                   "{\"system\":\"test\",\"mode\":\"short\",\"image\":\"gcc:13\",\"allow-loss\":true}");
}

static void
test_list (Fixture       *self,
           gconstpointer  user_data)
{
  g_autoptr(GPtrArray) none = runnel_export_list (self->pipeline, NULL);
  g_autoptr(GPtrArray) exports = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  g_clear_object (&self->pipeline);
  self->pipeline = runnel_pipeline_new_from_text (
    "{\"format\": 1, \"exports\": [{\"system\": \"abacus\"}], \"steps\": []}", -1, NULL, NULL);
  exports = runnel_export_list (self->pipeline, &error);
  g_assert_null (exports);
  g_assert_error (error, RUNNEL_EXPORT_ERROR, RUNNEL_EXPORT_ERROR_OPTION);
  g_assert_nonnull (strstr (error->message, "exports[0].system"));
  g_assert_nonnull (strstr (error->message, "abacus"));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/interchange/export-place/" name, Fixture, NULL, fixture_set_up, function,         \
              fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();
  test_target_init ();
  ADD ("places", test_places);
  ADD ("write", test_write);
  ADD ("write-again", test_write_again);
  ADD ("write-fails", test_write_fails);
  ADD ("mode", test_mode);
  ADD ("list", test_list);

  return g_test_run ();
}
