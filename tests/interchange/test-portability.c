/* test-portability.c: what becomes of a pipeline on other systems
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/kinds/runnel-kinds.h"
#include "interchange/runnel-portability.h"
#include "test-target.h"

static RunnelPortability *
make (const char *steps)
{
  g_autofree char *text = g_strdup_printf ("{\"format\": 1, \"pools\": {\"p\": 1}, \"steps\": [%s]}",
                                           steps);
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (text, -1, NULL, NULL);
  g_autoptr(RunnelFlow) flow = runnel_flow_new (pipeline, NULL, NULL);
  g_autoptr(GPtrArray) targets = g_ptr_array_new ();
  const RunnelExportOptions options = { "image", NULL, NULL, "runnel" };

  g_assert_nonnull (flow);
  g_ptr_array_add (targets, (gpointer) &test_target);

  return runnel_portability_new (flow, targets, &options);
}

static const RunnelCapability *
find (RunnelPortability *self,
      const char        *step,
      RunnelFeature      feature)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      RunnelPortabilityRow *row = runnel_portability_get_row (self, i);

      if (g_strcmp0 (row->step, step) == 0 && row->feature == feature)
        return &row->verdicts[0];
    }

  return NULL;
}

static void
test_rows (void)
{
  g_autoptr(RunnelPortability) self = make (
    "{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"true\"}, \"retry\": 2},"
    "{\"id\": \"b\", \"kind\": \"script\", \"with\": {\"run\": \"true\"}, \"needs\": [\"a\"], \"pool\": \"p\"}");
  RunnelPortabilityCount count = runnel_portability_count (self, 0);

  g_assert_cmpint (find (self, "a", RUNNEL_FEATURE_RETRY)->fidelity, ==, RUNNEL_FIDELITY_EMULATED);
  g_assert_cmpint (find (self, "b", RUNNEL_FEATURE_ORDER)->fidelity, ==, RUNNEL_FIDELITY_EXACT);
  g_assert_cmpint (find (self, "b", RUNNEL_FEATURE_POOL)->fidelity, ==, RUNNEL_FIDELITY_LOST);
  g_assert_cmpstr (find (self, "b", RUNNEL_FEATURE_POOL)->fix, ==, "link them in a row");
  /* Only what is asked for. */
  g_assert_null (find (self, "a", RUNNEL_FEATURE_POOL));
  g_assert_null (find (self, "a", RUNNEL_FEATURE_ORDER));
  g_assert_null (find (self, "b", RUNNEL_FEATURE_RETRY));
  g_assert_cmpuint (count.n[RUNNEL_FIDELITY_EXACT] + count.n[RUNNEL_FIDELITY_EMULATED]
                    + count.n[RUNNEL_FIDELITY_LOST], ==, self->rows->len);
  g_assert_cmpuint (count.n[RUNNEL_FIDELITY_EMULATED], ==, 1);
  g_assert_cmpuint (count.n[RUNNEL_FIDELITY_LOST], >=, 1);
}

/* Hooks are steps, too, and an undo counts when the pipeline rolls back. */
static void
test_hooks_and_undos (void)
{
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (
    "{\"format\": 1, \"on-failure\": \"rollback\", \"hooks\": {\"on-finish\": ["
    "{\"id\": \"tidy\", \"kind\": \"script\", \"with\": {\"run\": \"true\"}, \"retry\": 1}]},"
    " \"steps\": [{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"true\"}, \"undo\":"
    " {\"kind\": \"script\", \"with\": {\"run\": \"true\"}, \"retry\": 2}}]}", -1, NULL, NULL);
  g_autoptr(RunnelFlow) flow = runnel_flow_new (pipeline, NULL, NULL);
  g_autoptr(GPtrArray) targets = g_ptr_array_new ();
  const RunnelExportOptions options = { "image", NULL, NULL, "runnel" };
  g_autoptr(RunnelPortability) self = NULL;
  guint n_retries = 0;

  g_ptr_array_add (targets, (gpointer) &test_target);
  self = runnel_portability_new (flow, targets, &options);
  g_assert_nonnull (find (self, "tidy", RUNNEL_FEATURE_RETRY));
  for (guint i = 0; i < self->rows->len; i++)
    n_retries += runnel_portability_get_row (self, i)->feature == RUNNEL_FEATURE_RETRY;
  g_assert_cmpuint (n_retries, ==, 2);
}

static void
test_nothing (void)
{
  g_autoptr(RunnelPortability) self = make ("{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"true\"}}");
  g_autoptr(RunnelPortability) same = runnel_portability_ref (self);

  g_assert_null (find (same, "a", RUNNEL_FEATURE_ORDER));
}

static void
test_json (void)
{
  g_autoptr(RunnelPortability) self = make (
    "{\"id\": \"b\", \"kind\": \"script\", \"with\": {\"run\": \"true\"}, \"pool\": \"p\"}");
  g_autoptr(JsonNode) node = runnel_portability_to_json (self);
  JsonObject *root = json_node_get_object (node);
  JsonArray *features = json_object_get_array_member (root, "features");
  JsonObject *system = json_array_get_object_element (json_object_get_array_member (root, "systems"), 0);
  gboolean found = FALSE;

  g_assert_cmpstr (json_object_get_string_member (system, "system"), ==, "test");
  g_assert_cmpint (json_object_get_int_member (system, "lost"), >=, 1);
  for (guint i = 0; i < json_array_get_length (features); i++)
    {
      JsonObject *row = json_array_get_object_element (features, i);
      JsonObject *verdict;

      if (json_object_get_null_member (row, "step")
          || !g_str_equal (json_object_get_string_member (row, "feature"), "pool"))
        continue;
      found = TRUE;
      g_assert_cmpstr (json_object_get_string_member (row, "step"), ==, "b");
      verdict = json_object_get_object_member (json_object_get_object_member (row, "systems"), "test");
      g_assert_cmpstr (json_object_get_string_member (verdict, "fidelity"), ==, "lost");
      g_assert_cmpstr (json_object_get_string_member (verdict, "how"), ==, "steps do not wait");
      g_assert_cmpstr (json_object_get_string_member (verdict, "fix"), ==, "link them in a row");
    }
  g_assert_true (found);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();
  test_target_init ();
  g_test_add_func ("/interchange/portability/rows", test_rows);
  g_test_add_func ("/interchange/portability/hooks-and-undos", test_hooks_and_undos);
  g_test_add_func ("/interchange/portability/nothing", test_nothing);
  g_test_add_func ("/interchange/portability/json", test_json);

  return g_test_run ();
}
