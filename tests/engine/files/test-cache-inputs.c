/* test-cache-inputs.c: the files that the result of a step depends on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/files/runnel-cache-inputs.h"
#include "engine/files/runnel-cache-parts.h"
#include "engine/files/runnel-cache.h"
#include "files-fixture.h"
#include "util/runnel-glob.h"

static JsonObject *
add (FilesFixture *fixture, const char *pattern, guint *ret_n_inputs, GError **error)
{
  const char *const patterns[] = { pattern, NULL };
  g_autoptr(RunnelDigests) digests = runnel_digests_new (NULL);
  g_autoptr(JsonObject) parts = json_object_new ();

  json_object_set_string_member (parts, "its kind", "script");
  return runnel_cache_inputs_add (parts, fixture->root, patterns, digests, ret_n_inputs, NULL,
                                  error);
}

/* Whether a change to the files makes another result. */
static gboolean
is_noticed (FilesFixture *fixture, const char *pattern, JsonObject *before)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) now = add (fixture, pattern, NULL, &error);
  g_autofree char *old_key = runnel_cache_parts_make_key (before);
  g_autofree char *key = NULL;

  g_assert_no_error (error);
  key = runnel_cache_parts_make_key (now);
  return !g_str_equal (key, old_key);
}

static void
test_files (FilesFixture *fixture, gconstpointer user_data)
{
  g_autoptr(JsonObject) parts = NULL;
  guint n_inputs;

  files_write (fixture, "src/b.c", "abc", 0644);
  files_write (fixture, "src/a.c", "abc", 0755);
  files_write (fixture, "notes", "abc", 0644);
  parts = add (fixture, "src/*.c", &n_inputs, NULL);
  g_assert_cmpuint (n_inputs, ==, 2);
  g_assert_cmpuint (json_object_get_size (parts), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (parts, "input src/a.c"), ==,
                   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad x");
  g_assert_cmpstr (json_object_get_string_member (parts, "input src/b.c"), ==,
                   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void
test_changes (FilesFixture *fixture, gconstpointer user_data)
{
  g_autofree char *a = files_path (fixture, "src/a.c");
  g_autofree char *b = files_path (fixture, "src/b.c");
  g_autoptr(JsonObject) before = NULL;

  files_write (fixture, "src/a.c", "abc", 0644);
  files_write (fixture, "notes", "abc", 0644);
  before = add (fixture, "src", NULL, NULL);
  g_assert_false (is_noticed (fixture, "src", before));
  files_write (fixture, "notes", "else", 0644);
  g_assert_false (is_noticed (fixture, "src", before));
  files_write (fixture, "src/a.c", "abd", 0644);
  g_assert_true (is_noticed (fixture, "src", before));
  files_write (fixture, "src/a.c", "abc", 0744);
  g_assert_true (is_noticed (fixture, "src", before));
  files_write (fixture, "src/a.c", "abc", 0600);
  g_assert_false (is_noticed (fixture, "src", before));
  g_assert_cmpint (g_rename (a, b), ==, 0);
  g_assert_true (is_noticed (fixture, "src", before));
}

static void
test_names_without_text (FilesFixture *fixture, gconstpointer user_data)
{
  g_autoptr(JsonObject) parts = NULL;

  files_write (fixture, "\xff", "abc", 0644);
  files_write (fixture, "\xfe", "abc", 0644);
  parts = add (fixture, "*", NULL, NULL);
  g_assert_cmpuint (json_object_get_size (parts), ==, 3);
  g_assert_true (json_object_has_member (parts, "input \\377"));
}

static void
test_errors (FilesFixture *fixture, gconstpointer user_data)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (add (fixture, "nothing", NULL, &error));
  g_assert_error (error, RUNNEL_CACHE_ERROR, RUNNEL_CACHE_ERROR_UNMATCHED);
  g_clear_error (&error);
  g_assert_null (add (fixture, "../*", NULL, &error));
  g_assert_error (error, RUNNEL_GLOB_ERROR, RUNNEL_GLOB_ERROR_OUTSIDE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  files_add ("/files/cache-inputs/files", test_files);
  files_add ("/files/cache-inputs/changes", test_changes);
  files_add ("/files/cache-inputs/names-without-text", test_names_without_text);
  files_add ("/files/cache-inputs/errors", test_errors);

  return g_test_run ();
}
