/* test-github-round.c: pipelines by chance to GitHub Actions and back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-targets.h"
#include "random-pipeline.h"

#define N_PIPELINES 500
#define N_DAMAGED 1000

static const RunnelExportOptions usual = { "debian:12", NULL, NULL, "runnel" };

/* What a feature stands for in the file, so that what is lost is not looked for. */
static const struct
{
  RunnelFeature feature;
  const char *key;
} members[] = {
  { RUNNEL_FEATURE_CACHE, "cache" },
  { RUNNEL_FEATURE_POOL, "pool" },
  { RUNNEL_FEATURE_PRIORITY, "priority" },
  { RUNNEL_FEATURE_BREAKER, "breaker" },
  { RUNNEL_FEATURE_UNDO, "undo" },
  { RUNNEL_FEATURE_ENV, "env" },
  { RUNNEL_FEATURE_FOLDER, "working-directory" },
  { RUNNEL_FEATURE_ARTIFACTS, "artifacts" },
  { RUNNEL_FEATURE_TIMEOUT, "timeout" },
  { RUNNEL_FEATURE_RETRY, "retry" },
  { RUNNEL_FEATURE_CONTINUE, "continue-on-error" },
  { RUNNEL_FEATURE_IMAGE, "image" },
};

/* A newline at the end is no part of what a script says, and a retry may be a number alone. */
static void
normalize_step (JsonObject *step)
{
  JsonObject *with = json_object_get_object_member (step, "with");
  JsonNode *retry = json_object_get_member (step, "retry");

  if (retry != NULL && JSON_NODE_HOLDS_OBJECT (retry)
      && json_object_get_size (json_node_get_object (retry)) == 1)
    json_object_set_int_member (step, "retry",
                                json_object_get_int_member (json_node_get_object (retry), "max"));

  if (with != NULL && json_object_has_member (with, "run"))
    {
      g_autofree char *run = g_strdup (json_object_get_string_member (with, "run"));
      gsize length = strlen (run);

      if (length > 0 && run[length - 1] == '\n')
        run[length - 1] = '\0';
      json_object_set_string_member (with, "run", run);
    }
}

static void
drop_losses (const RunnelFlow *flow, JsonObject *object, guint index)
{
  const RunnelFlowStep *step = runnel_flow_get_step (flow, index);

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (runnel_flow_step_asks (flow, step, members[i].feature)
        && runnel_target_judge (&runnel_target_github, flow, step, members[i].feature, &usual)
               .fidelity
             == RUNNEL_FIDELITY_LOST)
      json_object_remove_member (object, members[i].key);
}

static JsonNode *
read_document (RunnelPipeline *pipeline)
{
  g_autofree char *text = runnel_pipeline_to_text (pipeline, NULL);
  JsonNode *node = json_from_string (text, NULL);

  g_assert_nonnull (node);

  return node;
}

static void
set_default (JsonObject *step, const char *key, JsonNode *value)
{
  if (value != NULL && !json_object_has_member (step, key))
    json_object_set_member (step, key, json_node_ref (value));
}

static void
describe_hooks (JsonObject *root, JsonNode *image)
{
  JsonObject *hooks =
    json_object_has_member (root, "hooks") ? json_object_get_object_member (root, "hooks") : NULL;
  g_autoptr(GList) points = hooks != NULL ? json_object_get_values (hooks) : NULL;

  for (GList *link = points; link != NULL; link = link->next)
    for (guint i = 0; i < json_array_get_length (json_node_get_array (link->data)); i++)
      {
        JsonObject *hook = json_array_get_object_element (json_node_get_array (link->data), i);

        set_default (hook, "image", image);
        normalize_step (hook);
      }
}

static void
describe_step (const RunnelFlow *flow, guint index, JsonObject *step, JsonNode *image)
{
  JsonObject *undo;

  set_default (step, "image", image);
  drop_losses (flow, step, index);
  normalize_step (step);
  if (!json_object_has_member (step, "undo"))
    return;
  undo = json_object_get_object_member (step, "undo");
  set_default (undo, "image", image);
  normalize_step (undo);
}

/* What both documents must agree in. */
static JsonNode *
describe (RunnelPipeline *pipeline, const RunnelFlow *flow)
{
  JsonNode *node = read_document (pipeline);
  JsonObject *root = json_node_get_object (node);
  JsonArray *steps = json_object_get_array_member (root, "steps");
  JsonNode *image =
    json_object_has_member (root, "defaults")
      ? json_object_get_member (json_object_get_object_member (root, "defaults"), "image")
      : NULL;

  for (guint i = 0; i < json_array_get_length (steps); i++)
    describe_step (flow, i, json_array_get_object_element (steps, i), image);
  describe_hooks (root, image);
  json_object_remove_member (root, "defaults");
  json_object_remove_member (root, "pools");
  if (flow->jobs > 0)
    json_object_remove_member (root, "concurrency");

  return node;
}

static void
assert_same (RunnelPipeline *before,
             RunnelPipeline *after,
             const RunnelFlow *flow,
             const char *yaml)
{
  g_autoptr(JsonNode) first = describe (before, flow);
  g_autoptr(JsonNode) second = describe (after, flow);
  g_autofree char *first_text = json_to_string (first, TRUE);
  g_autofree char *second_text = json_to_string (second, TRUE);

  if (!json_node_equal (first, second))
    g_error ("%s\n---- became ----\n%s\n---- by ----\n%s", first_text, second_text, yaml);
}

static char *
export_flow (const RunnelFlow *flow)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) files =
    runnel_target_export (&runnel_target_github, flow, &usual, TRUE, &error);
  RunnelExportFile *file;

  g_assert_no_error (error);
  file = g_ptr_array_index (files, 0);

  return g_strndup (g_bytes_get_data (file->content, NULL), g_bytes_get_size (file->content));
}

static void
check (RunnelPipeline *pipeline)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelFlow) flow = runnel_flow_new (pipeline, "random.runnel.json", &error);
  g_autoptr(RunnelImport) import = runnel_import_new (NULL);
  g_autoptr(RunnelPipeline) again = NULL;
  g_autofree char *yaml = NULL;

  g_assert_no_error (error);
  yaml = export_flow (flow);
  runnel_target_github.import (import, "random.yml", yaml, strlen (yaml), &error);
  if (error == NULL)
    again = runnel_import_make_pipeline (import, 0, &error);
  if (error != NULL)
    g_error ("%s\n%s", error->message, yaml);
  assert_same (pipeline, again, flow, yaml);
}

static void
test_random (void)
{
  for (guint i = 0; i < N_PIPELINES; i++)
    {
      g_autoptr(RunnelPipeline) pipeline = random_pipeline_new (i, RANDOM_ALL);

      check (pipeline);
    }
  g_test_message ("%u pipelines to GitHub Actions and back", N_PIPELINES);
}

/* What is written of it can be read again. */
static void
check_export (RunnelPipeline *pipeline)
{
  g_autoptr(RunnelImport) import = runnel_import_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelFlow) flow = runnel_flow_new (pipeline, NULL, &error);
  g_autofree char *yaml = NULL;

  g_assert_no_error (error);
  yaml = export_flow (flow);
  runnel_target_github.import (import, "x.yml", yaml, strlen (yaml), &error);
  g_assert_no_error (error);
}

/* A line of a file put out of order. */
static char *
damage (GRand *rand, const char *text)
{
  static const char *const values[] = { "null",     "[]",  "{}",       "3",           "true", "''",
                                        "${{ x }}", "${{", "[a, [b]]", "{a: {b: c}}", "*a",   "|" };
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  guint line = g_rand_int_range (rand, 0, g_strv_length (lines));
  const char *colon = strchr (lines[line], ':');
  const char *value = values[g_rand_int_range (rand, 0, G_N_ELEMENTS (values))];
  char *damaged = g_strdup_printf ("%.*s: %s", colon != NULL ? (int) (colon - lines[line]) : 0,
                                   lines[line], value);

  g_free (lines[line]);
  lines[line] = damaged;

  return g_strjoinv ("\n", lines);
}

/* Whatever stands in a file, it is read or refused with the place, and what was read can be
 * written. */
static void
test_damaged (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);
  guint n_refused = 0;

  for (guint i = 0; i < N_DAMAGED; i++)
    {
      g_autoptr(RunnelPipeline) pipeline = random_pipeline_new (i % 50, RANDOM_ALL);
      g_autoptr(RunnelFlow) flow = runnel_flow_new (pipeline, NULL, NULL);
      g_autofree char *yaml = export_flow (flow);
      g_autofree char *damaged = damage (rand, yaml);
      g_autoptr(RunnelImport) import = runnel_import_new (NULL);
      g_autoptr(RunnelPipeline) again = NULL;
      g_autoptr(GError) error = NULL;

      if (!runnel_target_github.import (import, "x.yml", damaged, strlen (damaged), &error))
        {
          g_assert_true (g_str_has_prefix (error->message, "line "));
          n_refused += 1;
          continue;
        }
      again = runnel_import_make_pipeline (import, 0, &error);
      if (again != NULL)
        check_export (again);
    }
  g_test_message ("%u damaged workflows, %u refused", N_DAMAGED, n_refused);
  g_assert_cmpuint (n_refused, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Runnel/GitHub/round-trip/random", test_random);
  g_test_add_func ("/Runnel/GitHub/round-trip/damaged", test_damaged);

  return g_test_run ();
}
