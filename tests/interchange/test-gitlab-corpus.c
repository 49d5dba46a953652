/* test-gitlab-corpus.c: files for GitLab CI of other projects, read and written again
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was read is compared with what check-gitlab.py finds in the same files with another library,
 * and what is written is held against GitLab's schema there.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "engine/kinds/runnel-kinds.h"
#include "interchange/runnel-targets.h"
#include "util/runnel-remove-tree.h"

static char *
get_shared (const char *name)
{
  return g_build_filename (g_getenv ("RUNNEL_SOURCE_DIR"), "..", "shared", name, NULL);
}

static RunnelPipeline *
import_file (const char *path, GError **error)
{
  g_autoptr (RunnelImport) import = runnel_import_new (NULL);
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error)
      || !runnel_target_gitlab.import (import, path, text, length, error))
    return NULL;

  return runnel_import_make_pipeline (import, 0, error);
}

static void
write_again (RunnelPipeline *pipeline, const char *path)
{
  static const RunnelExportOptions options = { "debian:12", NULL, NULL, "runnel" };
  g_autoptr (GError) error = NULL;
  g_autoptr (RunnelFlow) flow = runnel_flow_new (pipeline, NULL, &error);
  g_autoptr (GPtrArray) files = NULL;
  RunnelExportFile *file;

  g_assert_no_error (error);
  files = runnel_target_export (&runnel_target_gitlab, flow, &options, TRUE, &error);
  g_assert_no_error (error);
  file = g_ptr_array_index (files, 0);
  g_file_set_contents (path, g_bytes_get_data (file->content, NULL),
                       g_bytes_get_size (file->content), &error);
  g_assert_no_error (error);
}

/* Leaves FILE.json, the pipeline, and FILE, written again; FILE.error when it can't be read. */
static void
leave_results (const char *source, const char *folder)
{
  g_autofree char *name = g_path_get_basename (source);
  g_autofree char *again = g_build_filename (folder, name, NULL);
  g_autofree char *json = g_strconcat (again, ".json", NULL);
  g_autofree char *failure = g_strconcat (again, ".error", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RunnelPipeline) pipeline = import_file (source, &error);
  g_autofree char *text = NULL;

  if (pipeline == NULL)
    {
      g_file_set_contents (failure, error->message, -1, NULL);
      return;
    }

  text = runnel_pipeline_to_text (pipeline, NULL);
  g_file_set_contents (json, text, -1, NULL);
  write_again (pipeline, again);
}

static void
test_corpus (void)
{
  g_autofree char *corpus = get_shared ("corpus/gitlab");
  g_autofree char *schema = get_shared ("reference/schemas/gitlab/ci-schema.json");
  g_autofree char *folder = g_dir_make_tmp ("runnel-gitlab-XXXXXX", NULL);
  g_autofree char *script = g_build_filename (g_getenv ("RUNNEL_SOURCE_DIR"), "tests",
                                              "interchange", "check-gitlab.py", NULL);
  const char *argv[] = { "python3", script, corpus, folder, schema, NULL };
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) files = g_dir_open (corpus, 0, NULL);
  const char *name;
  int status;

  if (files == NULL)
    {
      g_test_skip ("there are no files of other projects in ../shared/corpus");
      runnel_remove_tree (folder, NULL);
      return;
    }

  while ((name = g_dir_read_name (files)) != NULL)
    if (g_str_has_suffix (name, ".yml"))
      {
        g_autofree char *path = g_build_filename (corpus, name, NULL);

        leave_results (path, folder);
      }
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &errors,
                &status, &error);
  g_assert_no_error (error);
  g_test_message ("%s%s", output, errors);
  if (g_getenv ("RUNNEL_KEEP_RESULTS") == NULL)
    runnel_remove_tree (folder, NULL);
  if (WEXITSTATUS (status) == 77)
    g_test_skip ("python3-yaml or python3-jsonschema is not installed");
  else
    g_assert_cmpint (status, ==, 0);
}

/* An error says where; and nothing crashes. */
static void
test_invalid (void)
{
  g_autofree char *corpus = get_shared ("corpus/gitlab-invalid");
  g_autoptr (GDir) files = g_dir_open (corpus, 0, NULL);
  guint n_refused = 0;
  guint n = 0;
  const char *name;

  if (files == NULL)
    {
      g_test_skip ("there are no files of other projects in ../shared/corpus");
      return;
    }

  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (corpus, name, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RunnelPipeline) pipeline = NULL;

      if (!g_str_has_suffix (name, ".yml"))
        continue;
      n++;
      pipeline = import_file (path, &error);
      if (pipeline != NULL)
        continue;
      n_refused++;
      g_assert_true (g_regex_match_simple ("^line \\d+, column \\d+: ", error->message, 0, 0));
    }
  g_test_message ("%u of %u refused; the image that can't be fetched is no error of the file",
                  n_refused, n);
  g_assert_cmpuint (n_refused, ==, n - 1);
}

/* A large file takes no longer than its size; the bound is in values, for time is not to be relied
 * on. */
static void
test_large (void)
{
  g_autoptr (GString) text = g_string_new ("stages: [build]\n");
  g_autoptr (RunnelImport) import = runnel_import_new (NULL);
  g_autoptr (RunnelPipeline) pipeline = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimer) timer = NULL;

  for (guint i = 0; text->len < 500 * 1024; i++)
    g_string_append_printf (
      text,
      "job-%u:\n  stage: build\n  needs: [%s%.0u]\n  variables:\n    NUMBER: '%u'\n"
      "  script:\n    - echo \"$NUMBER\"\n    - make -j4 part-%u\n  artifacts:\n    paths: [out]\n",
      i, i > 0 ? "job-" : "", i > 0 ? i - 1 : 0, i, i);
  timer = g_timer_new ();
  runnel_target_gitlab.import (import, ".gitlab-ci.yml", text->str, text->len, &error);
  g_assert_no_error (error);
  pipeline = runnel_import_make_pipeline (import, 0, &error);
  g_assert_no_error (error);
  g_test_message ("%" G_GSIZE_FORMAT " bytes, %u steps, %.0f ms", text->len,
                  runnel_pipeline_get_n_steps (pipeline), 1000 * g_timer_elapsed (timer, NULL));
  g_assert_cmpuint (runnel_pipeline_get_n_steps (pipeline), >, 3000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();

  g_test_add_func ("/interchange/gitlab-corpus/valid", test_corpus);
  g_test_add_func ("/interchange/gitlab-corpus/invalid", test_invalid);
  g_test_add_func ("/interchange/gitlab-corpus/large", test_large);

  return g_test_run ();
}
