/* test-random-pipeline.c: what tests of exports rely on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/kinds/runnel-kinds.h"
#include "interchange/runnel-flow.h"
#include "random-pipeline.h"

#define N_PIPELINES 500

/* `image` and kind `foreign` are known to the format only where it knows other systems. */
#define FEATURES (RANDOM_ALL & ~RANDOM_FEATURE (IMAGE))

static void
assert_valid (RunnelPipeline *pipeline)
{
  g_autoptr (RunnelDiagnostics) diagnostics = runnel_diagnostics_new ();

  runnel_pipeline_validate (pipeline, diagnostics);
  for (guint i = 0; i < runnel_diagnostics_get_size (diagnostics); i++)
    {
      const RunnelDiagnostic *found = runnel_diagnostics_get (diagnostics, i);

      if (found->severity == RUNNEL_SEVERITY_ERROR)
        g_error ("%s: %s\n%s", found->path, found->message,
                 runnel_pipeline_to_text (pipeline, NULL));
    }
}

static void
test_valid (void)
{
  for (guint i = 0; i < N_PIPELINES; i++)
    {
      g_autoptr (RunnelPipeline) pipeline = random_pipeline_new (i, FEATURES);

      assert_valid (pipeline);
    }
}

static void
test_same (void)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (RunnelPipeline) first = random_pipeline_new (i, RANDOM_ALL);
      g_autoptr (RunnelPipeline) second = random_pipeline_new (i, RANDOM_ALL);
      g_autofree char *first_text = runnel_pipeline_to_text (first, NULL);
      g_autofree char *second_text = runnel_pipeline_to_text (second, NULL);

      g_assert_cmpstr (first_text, ==, second_text);
    }
}

/* What is switched off is never asked for, and all that can be asked for is asked for by some. */
static void
test_features (void)
{
  gboolean asked[RUNNEL_N_FEATURES] = { FALSE };

  for (guint i = 0; i < N_PIPELINES; i++)
    {
      RunnelFeature off = i % RUNNEL_N_FEATURES;
      g_autoptr (RunnelPipeline) pipeline =
        random_pipeline_new (i, FEATURES & ~(G_GUINT64_CONSTANT (1) << off));
      g_autoptr (GError) error = NULL;
      g_autoptr (RunnelFlow) flow = runnel_flow_new (pipeline, NULL, &error);

      g_assert_no_error (error);
      if (off != RUNNEL_FEATURE_MATRIX_FAIL_FAST && runnel_flow_asks (flow, off))
        g_error ("seed %u asks for %s", i, runnel_feature_to_string (off));
      for (RunnelFeature feature = 0; feature < RUNNEL_N_FEATURES; feature++)
        asked[feature] |= runnel_flow_asks (flow, feature);
    }

  for (RunnelFeature feature = 0; feature < RUNNEL_N_FEATURES; feature++)
    if (feature != RUNNEL_FEATURE_IMAGE && feature != RUNNEL_FEATURE_FOREIGN
        && feature != RUNNEL_FEATURE_MATRIX_DYNAMIC && !asked[feature])
      g_error ("none of %u asks for %s", N_PIPELINES, runnel_feature_to_string (feature));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();

  g_test_add_func ("/interchange/random-pipeline/valid", test_valid);
  g_test_add_func ("/interchange/random-pipeline/same", test_same);
  g_test_add_func ("/interchange/random-pipeline/features", test_features);

  return g_test_run ();
}
