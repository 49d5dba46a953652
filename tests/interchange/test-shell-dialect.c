/* test-shell-dialect.c: expressions said in POSIX shell
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each expression is evaluated by Runnel and, said in shell, by sh; both must be of the same
 * opinion.
 */
#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "expr/runnel-expr.h"
#include "interchange/runnel-shell-dialect.h"

#define PARAMETERS                                                                                 \
  "\"parameters\": {\"text\": {}, \"count\": {\"type\": \"number\"}, \"flag\": {\"type\": "        \
  "\"boolean\"},"                                                                                  \
  " \"off\": {\"type\": \"boolean\"}, \"none\": {}}"

static const char values[] =
  "{\"params\": {\"text\": \"Stable\", \"count\": 12.5, \"flag\": true, \"off\": false, \"none\": "
  "null},"
  " \"steps\": {\"a\": {\"outputs\": {\"v\": \"1.10\", \"word\": \"It's $HOME\", \"n\": \" 3 \"},"
  " \"outcome\": \"failure\", \"exit_code\": 3}}}";

static const char *const variables[] = {
  "RUNNEL_PARAM_TEXT=Stable", "RUNNEL_PARAM_COUNT=12.5",  "RUNNEL_PARAM_FLAG=true",
  "RUNNEL_PARAM_OFF=false",   "RUNNEL_OUTPUT_a__v=1.10",  "RUNNEL_OUTPUT_a__word=It's $HOME",
  "RUNNEL_OUTPUT_a__n= 3 ",   "RUNNEL_OUTCOME_a=failure", "RUNNEL_EXIT_CODE_a=3",
};

static const char *const conditions[] = {
  "params.flag",
  "params.off",
  "!params.off",
  "params.none",
  "params.text",
  "params.count",
  "params.text == 'stable'",
  "params.text != 'STABLE'",
  "params.text == 'stables'",
  "params.text < 'stack'",
  "params.text > 'stAAble'",
  "params.flag == true",
  "params.flag == false",
  "params.off == false",
  "params.flag == params.off",
  "params.flag == 'true'",
  "params.count == 12.5",
  "params.count > 9",
  "params.count <= 12",
  "params.count > 'x'",
  "params.none == null",
  "params.text == null",
  "params.none == ''",
  "steps.a.outputs.v == '1.1'",
  "steps.a.outputs.v == 1.1",
  "steps.a.outputs.n == 3",
  "steps.a.outputs.n >= 3.5",
  "steps.a.outputs.word == 5",
  "steps.a.outputs.word != 5",
  "steps.a.outputs.word == 'it''s $home'",
  "steps.a.outputs.missing",
  "steps.a.outcome == 'Failure'",
  "steps.a.outcome != 'success' && steps.a.exit_code == 3",
  "steps.a.exit_code != 3 || params.off",
  "!(params.flag && params.off) && !params.none",
  "(params.off && 'x' || 'y') == 'y'",
  "(params.none || 'fallback') == 'fallback'",
  "contains(steps.a.outputs.word, '$home')",
  "contains(params.text, 'table')",
  "contains(params.text, '')",
  "contains(fromJSON('[\"beta\", \"stable\"]'), params.text)",
  "contains(fromJSON('[1, 12.5]'), params.count)",
  "contains(fromJSON('[]'), params.count)",
  "startsWith(params.text, 'STA')",
  "startsWith(params.text, 'tab')",
  "endsWith(params.text, 'BLE')",
  "endsWith('le', params.text)",
  "fromJSON('true') && always()",
  "fromJSON(steps.a.outputs.v) > 1",
  "'a' == 'A' && 'a' != 'b' && 1 < 2 && true",
  "null || 0 || ''",
};

static JsonNode *
lookup (gpointer    user_data,
        const char *name)
{
  return json_object_get_member (user_data, name);
}

static gboolean
evaluate (JsonObject *contexts,
          const char *condition)
{
  RunnelExprScope scope = { .lookup = lookup, .user_data = contexts };
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelTemplate) template = runnel_template_new_condition (condition, &error);
  g_autoptr(JsonNode) value = NULL;

  g_assert_no_error (error);
  value = runnel_template_evaluate (template, &scope, &error);
  g_assert_no_error (error);

  return runnel_value_is_true (value);
}

static RunnelFlow *
new_flow (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (
    "{\"format\": 1, " PARAMETERS ", \"steps\": ["
    "{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \":\"}}]}",
    -1, NULL, &error);
  RunnelFlow *flow;

  g_assert_no_error (error);
  flow = runnel_flow_new (pipeline, NULL, &error);
  g_assert_no_error (error);

  return flow;
}

/* Runs `script` with the variables above and returns what it prints. */
static char *
run (const char *script)
{
  const char *argv[] = { "sh", "-e", "-c", script, NULL };
  g_auto(GStrv) environment = g_get_environ ();
  g_autoptr(GError) error = NULL;
  char *output = NULL;
  int status;

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      g_auto(GStrv) parts = g_strsplit (variables[i], "=", 2);

      environment = g_environ_setenv (environment, parts[0], parts[1], TRUE);
    }
  g_spawn_sync (NULL, (char **) argv, environment, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);

  return output;
}

static void
test_conditions (void)
{
  g_autoptr(RunnelFlow) flow = new_flow ();
  g_autoptr(JsonNode) contexts = json_from_string (values, NULL);
  g_autoptr(GString) script = g_string_new (NULL);
  RunnelShellScope scope = { .flow = flow };
  g_autofree char *output = NULL;
  g_auto(GStrv) lines = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *command = runnel_shell_say_condition (conditions[i], &scope, &error);

      g_assert_no_error (error);
      g_string_append_printf (script, "if %s; then echo 1; else echo 0; fi\n", command);
    }
  output = run (script->str);
  lines = g_strsplit (output, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, G_N_ELEMENTS (conditions) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    {
      gboolean expected = evaluate (json_node_get_object (contexts), conditions[i]);

      if (g_str_equal (lines[i], "1") != expected)
        g_error ("%s: Runnel says %d, the shell %s", conditions[i], expected, lines[i]);
    }
  g_test_message ("%u conditions agree", (guint) G_N_ELEMENTS (conditions));
}

static void
test_words (void)
{
  g_autoptr(RunnelFlow) flow = new_flow ();
  RunnelShellScope scope = { .flow = flow };
  const char *texts[] = { "lib-${{ params.text }}.so", "it's ${{ params.flag && 'on' || 'off' }}",
                          "${{ params.count > 3 }}", "a b\nc", "" };
  const char *expected = "<lib-Stable.so><it's on><true><a b\nc><>";
  g_autoptr(GString) script = g_string_new ("printf '<%s>'");
  g_autofree char *output = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *word = runnel_shell_say_word (texts[i], &scope, &error);

      g_assert_no_error (error);
      g_string_append_printf (script, " %s", word);
    }
  output = run (script->str);
  g_assert_cmpstr (output, ==, expected);
}

static void
test_inexpressible (void)
{
  const char *texts[] = { "success()",       "hashFiles('*.c')",
                          "steps.a.legs",    "contains(steps.self.log, 'x')",
                          "steps.*.outcome", "toJSON(params)",
                          "run.failed" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (runnel_shell_say_condition (texts[i], NULL, &error));
      g_assert_error (error, RUNNEL_DIALECT_ERROR, RUNNEL_DIALECT_ERROR_INEXPRESSIBLE);
    }
}

static void
test_status (void)
{
  RunnelShellScope scope = { .success = "[ \"$ok\" = 1 ]", .failure = "[ \"$ok\" = 0 ]" };
  g_autofree char *command = runnel_shell_say_condition ("success() || failure()", &scope, NULL);

  g_assert_cmpstr (command, ==, "{ [ \"$ok\" = 1 ] || [ \"$ok\" = 0 ]; }");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/interchange/shell-dialect/conditions", test_conditions);
  g_test_add_func ("/interchange/shell-dialect/words", test_words);
  g_test_add_func ("/interchange/shell-dialect/inexpressible", test_inexpressible);
  g_test_add_func ("/interchange/shell-dialect/status", test_status);

  return g_test_run ();
}
