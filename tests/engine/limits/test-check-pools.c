/* test-check-pools.c: finds pools that are not there, or are too small
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/limits/runnel-check-pools.h"
#include "limits-fixture.h"

/* The machine of main() has a pool "gpu" of 2 slots. Steps and pools of the pipeline, and what is
 * found: "PATH: MESSAGE", and what is suggested. */
static const struct
{
  const char *pools;
  const char *pool;
  const char *message;
  const char *suggestion;
} cases[] = {
  { "{}", "\"gpu\"", NULL, NULL },
  { "{\"db\": 1}", "\"db\"", NULL, NULL },
  { "{}", "{\"name\": \"gpu\", \"slots\": 2}", NULL, NULL },
  { "{}", "{\"slots\": 2}", NULL, NULL },
  { "{}", "7", NULL, NULL },
  { "{}", "\"gpuu\"", "*there is no pool “gpuu”, neither * (there is: gpu)", "did you mean “gpu”?" },
  { "{\"database\": 1}", "\"tape\"", "*there is no pool “tape”* (there is: database, gpu)",
    "add \"tape\": 1 to the pipeline's “pools”, *: runnel settings set pools.tape 1" },
  { "{}", "{\"name\": \"gpu\", \"slots\": 3}", "*takes 3 slots of the pool “gpu”, which has 2 on this machine",
    NULL },
  { "{\"db\": 1}", "{\"name\": \"db\", \"slots\": 2}", "*takes 2 slots of the pool “db”, which has 1 in the pipeline",
    NULL },
  { "{\"gpu\": 1}", "{\"name\": \"gpu\", \"slots\": 2}", "*which has 1 in the pipeline", NULL },
  { "{\"gpu\": 9}", "{\"name\": \"gpu\", \"slots\": 5}", "*which has 2 on this machine", NULL },
};

/* @before and @after are put around the step that has the pool. */
static void
check_case (const char *before,
            const char *after,
            const char *path,
            guint       i)
{
  g_autofree char *text =
    g_strdup_printf ("{\"format\": 1, \"pools\": %s, %s{\"id\": \"a\", \"kind\": \"x\", \"pool\": %s}%s}",
                     cases[i].pools, before, cases[i].pool, after);
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (text, -1, NULL, NULL);
  g_autoptr(RunnelDiagnostics) diagnostics = runnel_diagnostics_new ();
  const RunnelDiagnostic *finding;

  g_assert_nonnull (pipeline);
  runnel_check_pools (pipeline, diagnostics);
  g_assert_cmpuint (runnel_diagnostics_get_size (diagnostics), ==, cases[i].message != NULL);
  if (cases[i].message == NULL)
    return;

  finding = runnel_diagnostics_get (diagnostics, 0);
  g_assert_cmpstr (finding->path, ==, path);
  g_assert_cmpstr (finding->step, ==, "a");
  g_assert_true (g_pattern_match_simple (cases[i].message, finding->message));
  if (cases[i].suggestion != NULL)
    g_assert_true (g_pattern_match_simple (cases[i].suggestion, finding->suggestion));
}

static void
test_steps (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case ("\"steps\": [", "]", "steps[0].pool", i);
}

static void
test_hooks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case ("\"steps\": [], \"hooks\": {\"on-finish\": [", "]}", "hooks.on-finish[0].pool", i);
}

int
main (int    argc,
      char **argv)
{
  char *home;
  g_autofree char *config = NULL;
  g_autofree char *path = NULL;
  int code;

  g_test_init (&argc, &argv, NULL);
  home = make_folder ();
  config = g_build_filename (home, "runnel", NULL);
  path = g_build_filename (config, "settings.json", NULL);
  g_setenv ("XDG_CONFIG_HOME", home, TRUE);
  g_assert_cmpint (g_mkdir (config, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "{\"pools\": {\"gpu\": 2}}", -1, NULL));

  g_test_add_func ("/engine/limits/check-pools/steps", test_steps);
  g_test_add_func ("/engine/limits/check-pools/hooks", test_hooks);
  code = g_test_run ();
  remove_folder (home);

  return code;
}
