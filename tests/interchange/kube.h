/* kube.h: what the tests of Argo and Tekton share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib/gstdio.h>
#include <string.h>

#include "interchange/runnel-target.h"
#include "random-pipeline.h"

static const RunnelExportOptions kube_options = { .default_image = "debian:12",
                                                  .command = "runnel" };

static inline RunnelFlow *
kube_read_flow (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);
  RunnelFlow *flow;

  g_assert_no_error (error);
  flow = runnel_flow_new (pipeline, "test.runnel.json", &error);
  g_assert_no_error (error);
  return flow;
}

static inline char *
kube_export_flow (const RunnelTarget *target, const RunnelFlow *flow, const char *mode)
{
  RunnelExportOptions options = kube_options;
  g_autoptr(GPtrArray) files = NULL;
  g_autoptr(GError) error = NULL;
  const RunnelExportFile *file;

  options.mode = mode;
  files = runnel_target_export (target, flow, &options, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 1);
  file = g_ptr_array_index (files, 0);
  return g_strndup (g_bytes_get_data (file->content, NULL), g_bytes_get_size (file->content));
}

static inline char *
kube_export (const RunnelTarget *target, const char *members)
{
  g_autofree char *text = g_strdup_printf ("{\"format\": 1, \"name\": \"Test\", %s}", members);
  g_autoptr(RunnelFlow) flow = kube_read_flow (text);

  return kube_export_flow (target, flow, NULL);
}

static inline RunnelImport *
kube_import (const RunnelTarget *target, const char *text)
{
  RunnelImport *import = runnel_import_new (NULL);
  g_autoptr(GError) error = NULL;

  if (!target->import (import, "test.yaml", text, strlen (text), &error))
    g_error ("%s in:\n%s", error->message, text);
  return import;
}

static inline char *
kube_get_text (RunnelImport *import, guint index)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPipeline) pipeline = runnel_import_make_pipeline (import, index, &error);

  g_assert_no_error (error);
  return runnel_pipeline_to_text (pipeline, NULL);
}

static inline void
kube_assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in:\n%s", part, text);
}

/* What a flow says of a step, but for what `target` loses of it. */
static inline gboolean
kube_is_kept (const RunnelTarget *target,
              const RunnelFlow *flow,
              const RunnelFlowStep *step,
              RunnelFeature feature)
{
  return runnel_flow_step_asks (flow, step, feature)
         && runnel_target_judge (target, flow, step, feature, &kube_options).fidelity
              != RUNNEL_FIDELITY_LOST;
}

static inline const RunnelFlowStep *
kube_find_step (const RunnelFlow *flow, const char *id)
{
  GPtrArray *lists[] = { flow->steps, flow->on_start, flow->on_success, flow->on_failure,
                         flow->on_finish };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      if (g_str_equal (((RunnelFlowStep *) g_ptr_array_index (lists[i], j))->id, id))
        return g_ptr_array_index (lists[i], j);
  return NULL;
}

static inline int
kube_compare_variables (gconstpointer a, gconstpointer b)
{
  return strcmp (((const RunnelFlowVariable *) a)->name, ((const RunnelFlowVariable *) b)->name);
}

static inline void
kube_describe_env (GString *text, GArray *env)
{
  g_autoptr(GArray) sorted = g_array_copy (env);

  g_array_sort (sorted, kube_compare_variables);
  for (guint i = 0; i < sorted->len; i++)
    g_string_append_printf (text, "  env %s=%s\n",
                            g_array_index (sorted, RunnelFlowVariable, i).name,
                            g_array_index (sorted, RunnelFlowVariable, i).value);
}

static inline void
kube_describe_json (GString *text, const char *key, JsonNode *node)
{
  g_autofree char *json = node != NULL ? json_to_string (node, FALSE) : NULL;

  if (json != NULL)
    g_string_append_printf (text, "  %s %s\n", key, json);
}

static inline void
kube_describe_step (GString *text,
                    const RunnelTarget *target,
                    const RunnelFlow *original,
                    const RunnelFlow *flow,
                    const RunnelFlowStep *step)
{
  const RunnelFlowStep *was = kube_find_step (original, step->id);
#define KEPT(feature) kube_is_kept (target, original, was, RUNNEL_FEATURE_##feature)

  if (was == NULL)
    {
      g_string_append_printf (text, "step %s, which was not there\n", step->id);
      return;
    }

  g_string_append_printf (text, "step %s “%s” %s\n", step->id, step->title, step->kind);
  if (step->text != NULL)
    g_string_append_printf (text, "  %s: %s", step->shell, step->text);
  else
    {
      g_autoptr(JsonNode) with = json_node_init_object (json_node_alloc (), step->with);

      kube_describe_json (text, "with", with);
    }
  if (was->body != RUNNEL_FLOW_OTHER
      && (KEPT (EXPRESSION) || !runnel_flow_step_asks (original, was, RUNNEL_FEATURE_EXPRESSION)))
    kube_describe_env (text, step->env);
  if (KEPT (FOLDER))
    g_string_append_printf (text, "  folder %s\n", step->folder);
  for (guint i = 0; i < step->needs->len; i++)
    {
      const RunnelFlowNeed *need = &g_array_index (step->needs, RunnelFlowNeed, i);

      g_string_append_printf (text, "  needs %s %s %d\n",
                              runnel_flow_get_step (flow, need->step)->id,
                              runnel_on_to_string (need->on), need->handles);
    }
  g_string_append_printf (text, "  join %s\n", runnel_join_to_string (step->join));
  if (KEPT (CONDITION))
    g_string_append_printf (text, "  if %s\n", step->condition);
  if (KEPT (DISABLED))
    g_string_append_printf (text, "  disabled %d\n", step->enabled);
  if (KEPT (TIMEOUT))
    g_string_append_printf (text, "  timeout %" G_GINT64_FORMAT "\n", step->timeout);
  if (KEPT (RETRY))
    g_string_append_printf (text, "  retry %d\n",
                            step->retry != NULL ? (int) step->retry->max : -1);
  if (step->retry != NULL && KEPT (RETRY) && KEPT (RETRY_DELAY))
    g_string_append_printf (text, "  delay %" G_GINT64_FORMAT " %g %" G_GINT64_FORMAT "\n",
                            step->retry->delay, step->retry->backoff, step->retry->max_delay);
  if (step->retry != NULL && KEPT (RETRY) && KEPT (RETRY_RULE))
    g_string_append_printf (text, "  rule %u %s\n", step->retry->n_exit_codes,
                            step->retry_condition);
  if (KEPT (CONTINUE))
    g_string_append_printf (text, "  continues %d %s\n", step->continues, step->continues_if);
  if (KEPT (MATRIX) && (was->legs != NULL || KEPT (MATRIX_DYNAMIC)))
    kube_describe_json (text, "matrix", step->matrix);
  for (guint i = 0; KEPT (OUTPUTS) && i < step->outputs->len; i++)
    g_string_append_printf (text, "  output %s\n", (char *) g_ptr_array_index (step->outputs, i));
  if (KEPT (POOL))
    g_string_append_printf (text, "  pool %s %" G_GINT64_FORMAT "\n", step->pool, step->slots);
  if (KEPT (IMAGE))
    g_string_append_printf (text, "  image %s\n", step->image);
#undef KEPT
}

static inline char *
kube_describe (const RunnelTarget *target, const RunnelFlow *original, const RunnelFlow *flow)
{
  GString *text = g_string_new (NULL);
  GPtrArray *lists[] = { flow->steps, flow->on_start, flow->on_success, flow->on_failure,
                         flow->on_finish };

  g_string_append_printf (text, "%s: %s\n", flow->name, flow->description);
  kube_describe_env (text, flow->env);
  for (guint i = 0; i < flow->n_parameters; i++)
    {
      const RunnelParameter *parameter = &flow->parameters[i];

      g_string_append_printf (text, "parameter %s %d %d %s\n", parameter->name, parameter->type,
                              parameter->required, parameter->description);
      kube_describe_json (text, "default", parameter->default_value);
      for (guint j = 0; parameter->choices != NULL && parameter->choices[j] != NULL; j++)
        g_string_append_printf (text, "  choice %s\n", parameter->choices[j]);
    }
  for (guint i = 0; i < flow->secrets->len; i++)
    g_string_append_printf (text, "secret %s\n", (char *) g_ptr_array_index (flow->secrets, i));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_string_append_printf (text, "list %u\n", i);
      for (guint j = 0; j < lists[i]->len; j++)
        kube_describe_step (text, target, original, flow, g_ptr_array_index (lists[i], j));
    }
  if (kube_is_kept (target, original, NULL, RUNNEL_FEATURE_JOBS))
    g_string_append_printf (text, "jobs %u\n", flow->jobs);
  if (kube_is_kept (target, original, NULL, RUNNEL_FEATURE_GROUP))
    g_string_append_printf (text, "group %s %s %u\n", flow->group, flow->policy, flow->max);
  if (kube_is_kept (target, original, NULL, RUNNEL_FEATURE_TRIGGERS))
    {
      g_autoptr(JsonNode) triggers = json_node_init_array (json_node_alloc (), flow->triggers);

      kube_describe_json (text, "triggers", triggers);
    }
  return g_string_free (text, FALSE);
}

/* The order of keys does not count. */
static inline char *
kube_canonize (const char *document)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (document, -1, NULL, &error);

  g_assert_no_error (error);
  return runnel_pipeline_to_text (pipeline, NULL);
}

/* Out and in again; the description must be the same. The export is returned. */
static inline char *
kube_check_round_trip (const RunnelTarget *target, const char *document)
{
  g_autofree char *canonical = kube_canonize (document);
  g_autoptr(RunnelFlow) flow = kube_read_flow (canonical);
  char *exported = kube_export_flow (target, flow, NULL);
  g_autoptr(RunnelImport) import = kube_import (target, exported);
  g_autofree char *back = kube_get_text (import, 0);
  g_autoptr(RunnelFlow) flow_back = kube_read_flow (back);
  g_autofree char *before = kube_describe (target, flow, flow);
  g_autofree char *after = kube_describe (target, flow, flow_back);

  if (!g_str_equal (before, after))
    {
      g_auto(GStrv) a = g_strsplit (before, "\n", -1);
      g_auto(GStrv) b = g_strsplit (after, "\n", -1);
      guint line = 0;

      while (a[line] != NULL && b[line] != NULL && g_str_equal (a[line], b[line]))
        line++;
      g_error ("“%s” came back as “%s”; by\n%s\nof\n%s", a[line] != NULL ? a[line] : "",
               b[line] != NULL ? b[line] : "", exported, document);
    }
  return exported;
}

static inline void
kube_check_file (const RunnelTarget *target,
                 const char         *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("RUNNEL_SOURCE_DIR"), name, NULL);
  g_autofree char *document = NULL;
  g_autofree char *exported = NULL;

  g_assert_true (g_file_get_contents (path, &document, NULL, NULL));
  exported = kube_check_round_trip (target, document);
}

static inline void
kube_check_examples (const RunnelTarget *target)
{
  g_autofree char *folder =
    g_build_filename (g_getenv ("RUNNEL_SOURCE_DIR"), "data", "examples", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("data", "examples", name, NULL);

      if (g_str_has_suffix (name, ".runnel.json"))
        kube_check_file (target, path);
    }
}

/* Runs a Python program of this folder; its output is shown. */
static inline void
kube_run_python (const char *program, const char *first, const char *second)
{
  g_autofree char *path =
    g_build_filename (g_getenv ("RUNNEL_SOURCE_DIR"), "tests", "interchange", program, NULL);
  const char *argv[] = { "/usr/bin/python3", path, first, second, NULL };
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  g_assert_true (
    g_spawn_sync (NULL, (char **) argv, NULL, 0, NULL, NULL, &out, &err, &status, &error));
  g_test_message ("%s%s", out, err);
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s\n%s%s", program, error->message, out, err);
}

/* Beside the project, or beside the folder of its worktrees. */
static inline char *
kube_find_shared (void)
{
  const char *const places[] = { "../shared", "../../shared" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *place = g_build_filename (g_getenv ("RUNNEL_SOURCE_DIR"), places[i], NULL);

      if (g_file_test (place, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&place);
    }
  return g_strdup ("");
}

static inline void
kube_remove (const char *folder)
{
  const char *argv[] = { "rm", "-rf", folder, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
}

/* Pipelines by chance; all exports are validated in one call of Python. */
static inline void
kube_check_random (const RunnelTarget *target,
                   guint               n_pipelines)
{
  g_autofree char *shared = kube_find_shared ();
  g_autofree char *folder = g_dir_make_tmp ("runnel-random-XXXXXX", NULL);
  g_autofree char *exports = g_build_filename (folder, "exports", NULL);

  g_assert_cmpint (g_mkdir_with_parents (exports, 0755), ==, 0);
  for (guint seed = 0; seed < n_pipelines; seed++)
    {
      g_autoptr(RunnelPipeline) pipeline = random_pipeline_new (seed, RANDOM_ALL);
      g_autofree char *document = runnel_pipeline_to_text (pipeline, NULL);
      g_autofree char *exported = kube_check_round_trip (target, document);
      g_autofree char *name = g_strdup_printf ("%u.yaml", seed);
      g_autofree char *path = g_build_filename (exports, name, NULL);

      if (seed % 10 == 0)
        g_assert_true (g_file_set_contents (path, exported, -1, NULL));
    }
  g_test_message ("%u pipelines went out and came back the same", n_pipelines);
  if (*shared != '\0')
    kube_run_python (g_str_equal (target->name, "argo") ? "check-argo.py" : "check-tekton.py",
                     shared, folder);
  kube_remove (folder);
}

/* Imports a file, and writes what became of it, and the way back, below `folder`. */
static inline gboolean
kube_convert (const RunnelTarget *target, const char *path, const char *folder, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *place = g_build_filename (folder, base, NULL);
  g_autoptr(RunnelImport) import = runnel_import_new (NULL);

  g_assert_cmpint (g_mkdir_with_parents (place, 0755), ==, 0);
  if (!g_file_get_contents (path, &text, &length, error)
      || !target->import (import, path, text, length, error))
    return FALSE;
  for (guint i = 0; i < runnel_import_get_n_pipelines (import); i++)
    {
      g_autoptr(RunnelPipeline) pipeline = runnel_import_make_pipeline (import, i, error);
      g_autofree char *name = g_strdup_printf ("%u.json", i);
      g_autofree char *there = g_build_filename (place, name, NULL);
      g_autofree char *back_name = g_strdup_printf ("%u.yaml", i);
      g_autofree char *back = g_build_filename (place, back_name, NULL);
      g_autofree char *document = NULL;
      g_autofree char *exported = NULL;
      g_autoptr(RunnelFlow) flow = NULL;

      if (pipeline == NULL)
        return FALSE;
      document = runnel_pipeline_to_text (pipeline, NULL);
      if (!g_file_set_contents (there, document, -1, error))
        return FALSE;
      flow = runnel_flow_new (pipeline, "test.runnel.json", error);
      if (flow == NULL)
        return FALSE;
      exported = kube_export_flow (target, flow, NULL);
      if (!g_file_set_contents (back, exported, -1, error))
        return FALSE;
    }
  return TRUE;
}

/* Converts all files of a folder of the corpus, and has them compared with what an extractor of its
 * own finds in them. */
static inline void
kube_test_corpus (const RunnelTarget *target)
{
  g_autofree char *shared = kube_find_shared ();
  g_autofree char *corpus = g_build_filename (shared, "corpus", target->name, NULL);
  g_autofree char *folder = g_dir_make_tmp ("runnel-corpus-XXXXXX", NULL);
  g_autoptr(GDir) dir = g_dir_open (corpus, 0, NULL);
  const char *name;

  if (dir == NULL)
    {
      g_test_skip ("the corpus is not there");
      return;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (corpus, name, NULL);
      g_autofree char *failure = g_build_filename (folder, name, "error", NULL);
      g_autoptr(GError) error = NULL;

      if (!g_str_has_suffix (name, ".yaml") && !g_str_has_suffix (name, ".yml"))
        continue;
      if (!kube_convert (target, path, folder, &error))
        g_file_set_contents (failure, error->message, -1, NULL);
    }
  kube_run_python (g_str_equal (target->name, "argo") ? "check-argo.py" : "check-tekton.py", shared,
                   folder);
  {
    const char *argv[] = { "rm", "-rf", folder, NULL };

    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                  NULL);
  }
}
