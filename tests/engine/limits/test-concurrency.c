/* test-concurrency.c: which runs are not to be under way at the same time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/limits/runnel-concurrency.h"

static gboolean
parse (const char        *concurrency,
       const char        *file,
       RunnelConcurrency *ret_read)
{
  g_autofree char *text = g_strdup_printf ("{\"format\": 1, \"concurrency\": %s, \"steps\": []}",
                                           concurrency);
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (text, -1, NULL, NULL);

  return runnel_concurrency_read (pipeline, file, ret_read);
}

static void
test_read (void)
{
  static const struct
  {
    const char *json;
    const char *group;
    RunnelPolicy policy;
    guint max;
  } cases[] = {
    { "{\"policy\": \"queue\"}", NULL, RUNNEL_POLICY_QUEUE, 1 },
    { "{\"max\": 2}", NULL, RUNNEL_POLICY_QUEUE, 2 },
    { "{\"group\": \"g\"}", "g", RUNNEL_POLICY_QUEUE, 1 },
    { "{\"group\": \"g\", \"policy\": \"cancel-running\"}", "g", RUNNEL_POLICY_CANCEL_RUNNING, 1 },
    { "{\"group\": \"g\", \"policy\": \"skip\", \"max\": 3}", "g", RUNNEL_POLICY_SKIP, 3 },
    { "{\"policy\": \"parallel\"}", NULL, RUNNEL_POLICY_PARALLEL, 0 },
    { "{\"policy\": \"parallel\", \"max\": 4}", NULL, RUNNEL_POLICY_PARALLEL, 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto(RunnelConcurrency) concurrency = { NULL, };

      g_assert_true (parse (cases[i].json, "/p", &concurrency));
      g_assert_cmpstr (concurrency.group, ==, cases[i].group);
      g_assert_cmpint (concurrency.policy, ==, cases[i].policy);
      g_assert_cmpuint (concurrency.max, ==, cases[i].max);
    }
}

static void
test_no_group (void)
{
  g_auto(RunnelConcurrency) concurrency = { NULL, };

  g_assert_false (parse ("{\"jobs\": 2}", "/p", &concurrency));
  g_assert_false (parse ("7", "/p", &concurrency));
}

static void
test_id (void)
{
  const RunnelConcurrency group = { .group = "deploy", .file = "/p" };
  const RunnelConcurrency same = { .group = "deploy", .file = "/q", .max = 7 };
  const RunnelConcurrency file = { .file = "deploy" };
  g_autofree char *group_id = runnel_concurrency_get_id (&group);
  g_autofree char *same_id = runnel_concurrency_get_id (&same);
  g_autofree char *file_id = runnel_concurrency_get_id (&file);
  g_autofree char *group_text = runnel_concurrency_describe (&group);
  g_autofree char *file_text = runnel_concurrency_describe (&file);

  g_assert_cmpstr (group_id, ==, same_id);
  g_assert_cmpstr (group_id, !=, file_id);
  g_assert_cmpstr (group_text, ==, "group deploy");
  g_assert_cmpstr (file_text, ==, "this pipeline");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/limits/concurrency/read", test_read);
  g_test_add_func ("/engine/limits/concurrency/no-group", test_no_group);
  g_test_add_func ("/engine/limits/concurrency/id", test_id);

  return g_test_run ();
}
