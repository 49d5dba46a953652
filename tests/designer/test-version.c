/* test-version.c: one version of a pipeline, and where it comes from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/compare/runnel-version.h"
#include "util/runnel-remove-tree.h"

#define PIPELINE(name) "{\"format\": 1, \"name\": \"" name "\", \"steps\": []}"

static void
assert_name (RunnelVersion *version,
             const char    *name)
{
  g_autoptr(RunnelVersion) owned = version;
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPipeline) pipeline = runnel_version_read (version, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (runnel_pipeline_get_name (pipeline), ==, name);
}

static void
test_text (void)
{
  assert_name (runnel_version_new_text (PIPELINE ("text"), "title"), "text");
}

/* tools show a file that was not there as an empty one */
static void
test_empty (void)
{
  g_autoptr(RunnelVersion) version = runnel_version_new_text ("", "title");
  g_autoptr(RunnelPipeline) pipeline = runnel_version_read (version, NULL, NULL);

  g_assert_cmpuint (runnel_pipeline_get_n_steps (pipeline), ==, 0);
}

static void
git (const char *folder,
     const char *arguments)
{
  g_autofree char *line = g_strdup_printf (
    "git -C %s -c user.name=a -c user.email=a@b -c init.defaultBranch=main %s", folder, arguments);
  int status = -1;

  g_assert_true (g_spawn_command_line_sync (line, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
}

static void
test_revision (void)
{
  g_autofree char *program = g_find_program_in_path ("git");
  g_autofree char *folder = g_dir_make_tmp ("runnel-version-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.runnel.json", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(RunnelVersion) unknown = runnel_version_new_revision (file, "--nonsense");
  g_autoptr(GError) error = NULL;

  if (program == NULL)
    {
      g_test_skip ("git is not installed");
      return;
    }

  g_assert_true (g_file_set_contents (path, PIPELINE ("then"), -1, NULL));
  git (folder, "init -q");
  git (folder, "add .");
  git (folder, "commit -q -m one");
  g_assert_true (g_file_set_contents (path, PIPELINE ("now"), -1, NULL));

  assert_name (runnel_version_new_revision (file, "HEAD"), "then");
  assert_name (runnel_version_new_file (file, NULL), "now");
  g_assert_null (runnel_version_read (unknown, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  runnel_remove_tree (folder, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/designer/version/text", test_text);
  g_test_add_func ("/designer/version/empty", test_empty);
  g_test_add_func ("/designer/version/revision", test_revision);

  return g_test_run ();
}
