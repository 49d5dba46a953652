/* test-fingerprint.c: where a run takes place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "engine/runnel-fingerprint.h"

static void
git (const char *folder,
     const char *arguments)
{
  g_autofree char *line =
    g_strdup_printf ("git -c user.name=me -c user.email=me@example -C '%s' %s", folder, arguments);
  g_autoptr(GError) error = NULL;
  int status;

  g_assert_true (g_spawn_command_line_sync (line, NULL, NULL, &status, &error));
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static char *
make_folder (void)
{
  char *folder = g_dir_make_tmp ("runnel-fingerprint-XXXXXX", NULL);

  g_assert_nonnull (folder);
  return folder;
}

static void
remove_folder (const char *folder)
{
  g_autofree char *line = g_strdup_printf ("rm -rf '%s'", folder);

  g_assert_true (g_spawn_command_line_sync (line, NULL, NULL, NULL, NULL));
}

static void
write_file (const char *folder,
            const char *text)
{
  g_autofree char *path = g_build_filename (folder, "file", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static JsonObject *
take (const char *folder)
{
  return runnel_fingerprint_end (runnel_fingerprint_begin (folder));
}

/* A busy machine may be too slow for the patience of a run. */
static JsonObject *
take_git (const char *folder)
{
  JsonObject *fingerprint = take (folder);

  while (!json_object_has_member (fingerprint, "git"))
    {
      json_object_unref (fingerprint);
      fingerprint = take (folder);
    }
  return fingerprint;
}

static void
test_machine (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr(JsonObject) fingerprint = NULL;
  g_autofree char *cwd = g_get_current_dir ();

  g_setenv ("PATH", "/usr/bin:/bin", TRUE);
  g_setenv ("API_TOKEN", "hush", TRUE);
  fingerprint = take (folder);
  g_assert_true (g_str_has_prefix (json_object_get_string_member (fingerprint, "kernel"), "Linux "));
  g_assert_cmpstr (json_object_get_string_member (fingerprint, "runnel"), ==, RUNNEL_VERSION);
  g_assert_cmpstr (json_object_get_string_member (fingerprint, "cwd"), ==, cwd);
  g_assert_cmpstr (json_object_get_string_member (fingerprint, "path"), ==, "/usr/bin:/bin");
  g_assert_false (json_object_has_member (fingerprint, "git"));
  g_assert_null (runnel_fingerprint_describe_sources (fingerprint));
  remove_folder (folder);
}

/* No variable but PATH is kept, since it may be a secret. */
static void
test_secrets (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr(JsonObject) fingerprint = take (folder);
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), fingerprint);
  g_autofree char *text = json_to_string (node, FALSE);

  g_assert_null (strstr (text, "hush"));
  remove_folder (folder);
}

static void
test_repository (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *inner = g_build_filename (folder, "inner", NULL);
  g_autoptr(JsonObject) unborn = NULL;
  g_autoptr(JsonObject) clean = NULL;
  g_autoptr(JsonObject) dirty = NULL;
  g_autofree char *sources = NULL;
  JsonObject *found;

  git (folder, "init -q -b trunk");
  unborn = take_git (folder);
  found = json_object_get_object_member (unborn, "git");
  g_assert_cmpstr (json_object_get_string_member (found, "branch"), ==, "trunk");
  g_assert_false (json_object_has_member (found, "commit"));

  write_file (folder, "one");
  git (folder, "add file");
  git (folder, "commit -q -m one");
  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  clean = take_git (inner);
  found = json_object_get_object_member (clean, "git");
  g_assert_cmpuint (strlen (json_object_get_string_member (found, "commit")), ==, 40);
  g_assert_false (json_object_get_boolean_member (found, "dirty"));

  write_file (folder, "two");
  dirty = take_git (folder);
  found = json_object_get_object_member (dirty, "git");
  g_assert_true (json_object_get_boolean_member (found, "dirty"));
  sources = runnel_fingerprint_describe_sources (dirty);
  g_assert_true (g_str_has_prefix (sources, "trunk, "));
  g_assert_true (g_str_has_suffix (sources, ", with changes"));
  remove_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *program = g_find_program_in_path ("git");

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/fingerprint/machine", test_machine);
  g_test_add_func ("/engine/fingerprint/secrets", test_secrets);
  if (program != NULL)
    g_test_add_func ("/engine/fingerprint/repository", test_repository);

  return g_test_run ();
}
