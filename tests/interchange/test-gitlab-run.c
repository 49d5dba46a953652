/* test-gitlab-run.c: an export for GitLab CI does what the pipeline does
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "engine/kinds/runnel-kinds.h"
#include "interchange/runnel-targets.h"
#include "util/runnel-remove-tree.h"

static char *
get_test_file (const char *name)
{
  return g_build_filename (g_getenv ("RUNNEL_SOURCE_DIR"), "tests", "interchange", name, NULL);
}

static void
write_export (const char *source, const char *path)
{
  static const RunnelExportOptions options = { "debian:12", NULL, NULL, "runnel" };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (RunnelPipeline) pipeline = NULL;
  g_autoptr (RunnelFlow) flow = NULL;
  g_autoptr (GPtrArray) files = NULL;
  RunnelExportFile *file;

  g_file_get_contents (source, &text, NULL, &error);
  g_assert_no_error (error);
  pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);
  g_assert_no_error (error);
  flow = runnel_flow_new (pipeline, NULL, &error);
  g_assert_no_error (error);
  files = runnel_target_export (&runnel_target_gitlab, flow, &options, FALSE, &error);
  g_assert_no_error (error);
  file = g_ptr_array_index (files, 0);
  g_file_set_contents (path, g_bytes_get_data (file->content, NULL),
                       g_bytes_get_size (file->content), &error);
  g_assert_no_error (error);
}

static void
test_run (void)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-gitlab-XXXXXX", NULL);
  g_autofree char *export = g_build_filename (folder, ".gitlab-ci.yml", NULL);
  g_autofree char *source = get_test_file ("engines.runnel.json");
  g_autofree char *script = get_test_file ("run-gitlab.py");
  g_autofree char *runnel =
    g_build_filename (g_getenv ("RUNNEL_BUILD_DIR"), "src", "cli", "runnel", NULL);
  const char *argv[] = { "python3", script, source, export, runnel, NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  write_export (source, export);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, &status,
                &error);
  g_assert_no_error (error);
  runnel_remove_tree (folder, NULL);
  g_test_message ("%s", output);
  if (WEXITSTATUS (status) == 77)
    g_test_skip ("gitlab-ci-local or rsync is not installed");
  else
    g_assert_cmpint (status, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();

  g_test_add_func ("/interchange/gitlab-run/same", test_run);

  return g_test_run ();
}
