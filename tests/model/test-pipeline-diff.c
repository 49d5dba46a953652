/* test-pipeline-diff.c: how two pipelines differ
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/runnel-pipeline-diff.h"
#include "test-kinds.h"

/* Two pipelines after "format", and what is said of them, one difference a line. */
typedef struct
{
  const char *name;
  const char *from;
  const char *to;
  const char *expected;
} Case;

#define STEP(id, rest) "{\"id\": \"" id "\", \"kind\": \"command\"" rest "}"
#define STEPS(steps) "\"steps\": [" steps "]"

static const Case cases[] = {
  { "same", STEPS (STEP ("a", "")), STEPS (STEP ("a", "")), "" },
  { "value", STEPS (STEP ("build", ", \"with\": {\"argv\": [\"make\"]}")),
    STEPS (STEP ("build", ", \"with\": {\"argv\": [\"make\", \"-j4\"]}")),
    "step build: with.argv changed from [\"make\"] to [\"make\", \"-j4\"]\n" },
  { "key-added", STEPS (STEP ("a", "")), STEPS (STEP ("a", ", \"timeout\": \"5m\"")),
    "step a: timeout added: \"5m\"\n" },
  { "key-removed", STEPS (STEP ("a", ", \"env\": {\"CC\": \"gcc\"}")), STEPS (STEP ("a", ", \"env\": {}")),
    "step a: env.CC removed, it was \"gcc\"\n" },
  { "steps", STEPS (STEP ("a", "") "," STEP ("b", "")), STEPS (STEP ("c", "") "," STEP ("a", "")),
    "step b removed\nstep c added\n" },
  { "order-of-file", STEPS (STEP ("a", "") "," STEP ("b", "")), STEPS (STEP ("b", "") "," STEP ("a", "")), "" },
  { "link-added", STEPS (STEP ("a", "")), STEPS (STEP ("a", ", \"needs\": [\"b\"]")),
    "step a: needs b, too\n" },
  { "link-removed", STEPS (STEP ("a", ", \"needs\": [{\"step\": \"b\", \"on\": \"always\"}, \"c\"]")),
    STEPS (STEP ("a", ", \"needs\": [\"c\"]")), "step a: no longer needs b on always\n" },
  { "link-changed", STEPS (STEP ("a", ", \"needs\": [\"b\"]")),
    STEPS (STEP ("a", ", \"needs\": [{\"step\": \"b\", \"on\": \"failure\"}]")),
    "step a: needs b on failure instead of b\n" },
  { "link-moved", STEPS (STEP ("a", ", \"needs\": [\"b\", \"x\"]")),
    STEPS (STEP ("a", ", \"needs\": [\"x\", \"c\"]")), "step a: needs c instead of b\n" },
  { "link-written-otherwise", STEPS (STEP ("a", ", \"needs\": [\"b\"]")),
    STEPS (STEP ("a", ", \"needs\": [{\"step\": \"b\", \"on\": \"success\"}]")), "" },
  { "pipeline", "\"parameters\": {\"v\": {\"default\": \"1\"}}, " STEPS (""),
    "\"parameters\": {\"v\": {\"default\": \"2\"}}, \"env\": {\"A\": \"b\"}, " STEPS (""),
    "parameters.v.default changed from \"1\" to \"2\"\nenv added: {\"A\": \"b\"}\n" },
  { "drawing", "\"layout\": {\"steps\": {\"a\": [0, 0]}}, " STEPS (STEP ("a", "")),
    "\"layout\": {\"steps\": {\"a\": [9, 9]}}, \"notes\": [{\"id\": \"n\", \"text\": \"t\"}], "
    STEPS (STEP ("a", "")), "" },
  { "long-value", STEPS (STEP ("a", "")),
    STEPS (STEP ("a", ", \"name\": \"ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ\"")),
    "step a: name added: \"ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ…\n" },
};

static RunnelPipeline *
read_pipeline (const char *body)
{
  g_autofree char *text = g_strdup_printf ("{\"format\": 1, %s}", body);
  g_autoptr(GError) error = NULL;
  RunnelPipeline *pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);

  g_assert_no_error (error);

  return pipeline;
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(RunnelPipeline) from = read_pipeline (test->from);
  g_autoptr(RunnelPipeline) to = read_pipeline (test->to);
  g_autoptr(GPtrArray) differences = runnel_pipeline_diff (from, to);
  g_autoptr(GString) said = g_string_new (NULL);

  for (guint i = 0; i < differences->len; i++)
    {
      g_autofree char *line = runnel_difference_to_string (g_ptr_array_index (differences, i));

      g_string_append_printf (said, "%s\n", line);
    }
  g_assert_cmpstr (said->str, ==, test->expected);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  register_test_kinds ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/model/pipeline-diff/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
