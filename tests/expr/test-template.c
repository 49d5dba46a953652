/* test-template.c: texts with expressions in them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "expr-scope.h"

typedef struct
{
  const char *text;
  const char *result; /* JSON text; of a bad row a part of the message */
} Row;

static const Row rows[] = {
  { "", "\"\"" },
  { "plain", "\"plain\"" },
  { "$ { {{ }} $$", "\"$ { {{ }} $$\"" },
  { "${{ params.name }}", "\"World\"" },
  { "${{params.count}}", "3" },
  { "${{ params.yes }}", "true" },
  { "${{ params.nothing }}", "null" },
  { "${{ params.list }}", "[\"a\",\"b\",\"C\"]" },
  { " ${{ params.count }}", "\" 3\"" },
  { "${{ params.count }} ", "\"3 \"" },
  { "Hello ${{ params.name }}!", "\"Hello World!\"" },
  { "${{ params.count }}${{ params.count }}", "\"33\"" },
  { "a${{ params.nothing }}b", "\"ab\"" },
  { "${{ params.list }}.", "\"Array.\"" },
  { "${{ 'a }} b' }}", "\"a }} b\"" },
  { "${{ 'it''s }}' }}", "\"it's }}\"" },
  { "${{ '${{' }} x }}", "\"${{ x }}\"" },
  { "${{ format('{{0}}') }}", "\"{0}\"" },
  { "line\n${{ run.id }}\nline", "\"line\\n17\\nline\"" },
};

static const Row bad_rows[] = {
  { "${{", "at column 1: this “${{” is never closed" },
  { "ab ${{ 1 ", "at column 4: this “${{”" },
  { "${{ 'a }}", "is never closed" },
  { "${{ }}", "the expression is empty" },
  { "x ${{ 1 + 2 }}", "at column 9: unexpected +" },
  { "\xC3\xA4 ${{ nope }}", "at column 7: there is no “nope”" },
  { "a\nb ${{ 1 1 }}", "at line 2, column 9: " },
  { "${{ a ${{ b }} }}", "unexpected $" },
  { "${{ params ${{ b }} }}", "unexpected $" },
  { "\xff ${{ 1 }}", "not valid UTF-8" },
  { "${{ fromJSON('x') }}", "at column 5: fromJSON()" },
};

static const Row conditions[] = {
  { "true", "true" },
  { "  params.count == 3 ", "true" },
  { "${{ params.count == 3 }}", "true" },
  { " ${{ params.count > 3 }}\n", "false" },
  { "failure()", "true" },
  { "params.name == '}}'", "false" },
};

static const Row bad_conditions[] = {
  { "", "the expression is empty" },
  { "a == ${{ params.count }}", "a condition is one expression" },
  { "${{ true }} && ${{ false }}", "a condition is one expression" },
  { "${{ true }} && false", "a condition is one expression" },
  { "params.count ==", "at column 16" },
};

typedef RunnelTemplate *(*NewFunc) (const char *text, GError **error);

static JsonNode *
evaluate (NewFunc       template_new,
          JsonObject   *contexts,
          const char   *text,
          GError      **error)
{
  g_autoptr(RunnelTemplate) template = template_new (text, error);
  RunnelExprScope scope = { test_lookup, test_status, NULL, contexts };

  return template ? runnel_template_evaluate (template, &scope, error) : NULL;
}

static void
check_rows (NewFunc    template_new,
            const Row *table,
            gsize      n_rows)
{
  g_autoptr(JsonObject) contexts = test_contexts_new ();

  for (gsize i = 0; i < n_rows; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) value = evaluate (template_new, contexts, table[i].text, &error);
      g_autofree char *result = NULL;

      g_test_message ("%s", table[i].text);
      g_assert_no_error (error);
      result = json_to_string (value, FALSE);
      g_assert_cmpstr (result, ==, table[i].result);
    }
}

static void
check_bad_rows (NewFunc    template_new,
                const Row *table,
                gsize      n_rows)
{
  g_autoptr(JsonObject) contexts = test_contexts_new ();

  for (gsize i = 0; i < n_rows; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) value = evaluate (template_new, contexts, table[i].text, &error);
      g_autofree char *shown = g_utf8_make_valid (table[i].text, -1);

      g_test_message ("%s -> %s", shown, error ? error->message : "no error");
      g_assert_null (value);
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, table[i].result));
    }
}

static void
test_values (void)
{
  check_rows (runnel_template_new, rows, G_N_ELEMENTS (rows));
}

static void
test_errors (void)
{
  check_bad_rows (runnel_template_new, bad_rows, G_N_ELEMENTS (bad_rows));
}

static void
test_conditions (void)
{
  check_rows (runnel_template_new_condition, conditions, G_N_ELEMENTS (conditions));
}

static void
test_bad_conditions (void)
{
  check_bad_rows (runnel_template_new_condition, bad_conditions, G_N_ELEMENTS (bad_conditions));
}

static void
test_literal (void)
{
  g_autoptr(RunnelTemplate) empty = runnel_template_new ("", NULL);
  g_autoptr(RunnelTemplate) plain = runnel_template_new ("a }} b", NULL);
  g_autoptr(RunnelTemplate) whole = runnel_template_new ("${{ 1 }}", NULL);
  g_autoptr(RunnelTemplate) mixed = runnel_template_new ("a ${{ 1 }}", NULL);

  g_assert_true (runnel_template_is_literal (empty));
  g_assert_true (runnel_template_is_literal (plain));
  g_assert_false (runnel_template_is_literal (whole));
  g_assert_false (runnel_template_is_literal (mixed));
}

static void
append_path (const char *path,
             gpointer    user_data)
{
  g_string_append_printf (user_data, "%s ", path);
}

static void
test_visit (void)
{
  g_autoptr(RunnelTemplate) template =
    runnel_template_new ("a ${{ params.x }} b ${{ failure() && steps.s.outputs.o }}", NULL);
  g_autoptr(GString) paths = g_string_new (NULL);

  runnel_template_visit (template, append_path, paths);
  g_assert_cmpstr (paths->str, ==, "params.x steps.s.outputs.o ");
  g_assert_true (runnel_template_calls (template, "failure"));
  g_assert_false (runnel_template_calls (template, "success"));
}

static char *
expand (const char  *json,
        GError     **error)
{
  g_autoptr(JsonObject) contexts = test_contexts_new ();
  g_autoptr(JsonNode) value = json_from_string (json, NULL);
  g_autoptr(JsonNode) expanded = NULL;
  RunnelExprScope scope = { test_lookup, test_status, NULL, contexts };

  expanded = runnel_template_expand (value, &scope, error);

  return expanded ? json_to_string (expanded, FALSE) : NULL;
}

static void
test_expand (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *expanded =
    expand ("{\"${{ params.name }}\": [\"${{ run.id }}\", 1, null, true, {\"x\": \"<${{ params.name }}>\"}],"
            " \"plain\": \"y\", \"list\": \"${{ params.list }}\"}", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (expanded, ==,
                   "{\"${{ params.name }}\":[17,1,null,true,{\"x\":\"<World>\"}],"
                   "\"plain\":\"y\",\"list\":[\"a\",\"b\",\"C\"]}");
}

static void
test_expand_error (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *nested = expand ("{\"a\": {\"b\": [0, \"x ${{ nope }}\"]}}", &error);

  g_assert_null (nested);
  g_assert_error (error, RUNNEL_EXPR_ERROR, RUNNEL_EXPR_ERROR_UNKNOWN_NAME);
  g_assert_true (g_str_has_prefix (error->message, "a.b[1]: at column 7: "));
}

/* Many expressions in one long text cost no more than their sum. */
static void
test_many (void)
{
  g_autoptr(JsonObject) contexts = test_contexts_new ();
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(JsonNode) value = NULL;

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "some text ${{ params.count }}");
  value = evaluate (runnel_template_new, contexts, text->str, NULL);
  g_assert_cmpuint (strlen (json_node_get_string (value)), ==, 20000 * strlen ("some text 3"));
}

/* Each expression stays below its limit, but not all together. */
static void
test_too_long (void)
{
  g_autoptr(JsonObject) contexts = test_contexts_new ();
  g_autofree char *megabytes = g_strnfill (6 * 1024 * 1024, 'x');
  g_autoptr(GError) error = NULL;

  json_object_set_string_member (json_object_get_object_member (contexts, "params"), "big", megabytes);
  g_assert_null (evaluate (runnel_template_new, contexts, "${{ params.big }}${{ params.big }}", &error));
  g_assert_error (error, RUNNEL_EXPR_ERROR, RUNNEL_EXPR_ERROR_VALUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/expr/template/values", test_values);
  g_test_add_func ("/expr/template/errors", test_errors);
  g_test_add_func ("/expr/template/conditions", test_conditions);
  g_test_add_func ("/expr/template/bad-conditions", test_bad_conditions);
  g_test_add_func ("/expr/template/literal", test_literal);
  g_test_add_func ("/expr/template/visit", test_visit);
  g_test_add_func ("/expr/template/expand", test_expand);
  g_test_add_func ("/expr/template/expand-error", test_expand_error);
  g_test_add_func ("/expr/template/many", test_many);
  g_test_add_func ("/expr/template/too-long", test_too_long);

  return g_test_run ();
}
