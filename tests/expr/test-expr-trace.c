/* test-expr-trace.c: what decided a condition, one row a fact
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "expr-scope.h"

typedef struct
{
  const char *text;
  const char *trace;
} Row;

static const Row operands[] = {
  { "params.name == 'x'", "params.name is 'World'" },
  { "'x' == params.name", "params.name is 'World'" },
  { "params['name'] != 'x'", "params.name is 'World'" },
  { "params.count > params.ratio", "params.count is 3, params.ratio is 0.5" },
  { "params.yes", "params.yes is true" },
  { "!params.yes", "params.yes is true" },
  { "params.missing", "params.missing is null" },
  { "params.list[0] == 'b'", "params.list[0] is 'a'" },
  { "steps.*.state == 1", "steps.*.state is [\"succeeded\",\"failed\"]" },
  { "1 == 2", "" },
  { "true", "" },
};

static const Row deciders[] = {
  /* One false operand decides &&, one true one ||. */
  { "params.yes && params.no", "params.no is false" },
  { "params.no && params.yes", "params.no is false" },
  { "params.yes && params.count == 3", "params.yes is true, params.count is 3" },
  { "params.no || params.yes", "params.yes is true" },
  { "params.yes || params.no", "params.yes is true" },
  { "params.no || params.empty", "params.no is false, params.empty is ''" },
  { "(params.yes && params.no) || params.count == 3", "params.count is 3" },
  { "params.yes && (params.no || params.empty == 'x')", "params.no is false, params.empty is ''" },
  { "!(params.yes && params.no)", "params.no is false" },
  { "params.yes == true && params.yes", "params.yes is true" },
};

static const Row calls[] = {
  { "failure()", "failure() is true" },
  { "!success()", "success() is false" },
  { "contains(params.list, 'x')", "params.list is [\"a\",\"b\",\"C\"]" },
  { "contains('abc', 'x')", "contains('abc', 'x') is false" },
  { "fromJSON('3') == 4", "fromJSON('3') is 3" },
  { "format('{0}', params.name) == 'x'", "format('{0}', params.name) is 'World'" },
  { "fromJSON('{\"a\": 1}').a == 2", "fromJSON('{\"a\": 1}').a is 1" },
  { "contains(format('{0}', params.count == 3 && !params.no), 'it''s')",
    "format('{0}', params.count == 3 && !params.no) is 'true'" },
};

static const Row secrets[] = {
  { "secrets.TOKEN == 'x'", "secrets.TOKEN is secret" },
  { "secrets.NONE == 'x'", "secrets.NONE is null" },
  { "format('{0}', secrets.TOKEN) == 'x'", "format('{0}', secrets.TOKEN) is secret" },
  { "toJSON(secrets) == 'x'", "toJSON(secrets) is secret" },
  { "params.leak == 'x'", "params.leak is secret" },
  { "params.leaks[0] == 'x'", "params.leaks[0] is secret" },
  { "contains(params.leaks, 'x')", "params.leaks is secret" },
};

static const Row limits[] = {
  { "params.long == 'x'",
    "params.long is '12345678901234567890123456789012345678901234567890123456789…" },
  { "params.lines == 'x'", "params.lines is 'one two'" },
  { "params.a || params.b || params.c || params.d || params.e || params.f || params.g",
    "params.a is null, params.b is null, params.c is null, params.d is null, params.e is null, "
    "params.f is null, and 1 more" },
};

static JsonObject *
contexts_new (void)
{
  JsonObject *contexts = test_contexts_new ();
  JsonObject *params = json_object_get_object_member (contexts, "params");
  JsonArray *leaks = json_array_new ();

  json_object_set_string_member (params, "leak", "it is s3cret, this");
  json_array_add_string_element (leaks, "s3cret");
  json_object_set_array_member (params, "leaks", leaks);
  json_object_set_string_member (params, "lines", "one\ntwo");
  json_object_set_string_member (params, "long", "1234567890123456789012345678901234567890"
                                                 "1234567890123456789012345678901234567890");

  return contexts;
}

static void
check (const Row *row)
{
  g_autoptr(JsonObject) contexts = contexts_new ();
  RunnelExprScope scope = { test_lookup, test_status, NULL, contexts };
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelTemplate) template = runnel_template_new_condition (row->text, &error);
  g_autoptr(JsonNode) plain = NULL;
  g_autoptr(JsonNode) traced = NULL;
  g_autofree char *trace = NULL;

  g_assert_no_error (error);
  traced = runnel_template_evaluate_traced (template, &scope, &trace, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (trace, ==, row->trace);

  /* Looking closely changes nothing. */
  plain = runnel_template_evaluate (template, &scope, &error);
  g_assert_no_error (error);
  g_assert_true (json_node_equal (plain, traced));
}

#define CHECK_ROWS(rows)                              \
  static void                                         \
  test_##rows (void)                                  \
  {                                                   \
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)   \
      check (&rows[i]);                               \
  }

CHECK_ROWS (operands)
CHECK_ROWS (deciders)
CHECK_ROWS (calls)
CHECK_ROWS (secrets)
CHECK_ROWS (limits)

static void
test_error (void)
{
  g_autoptr(JsonObject) contexts = contexts_new ();
  RunnelExprScope scope = { test_lookup, test_status, NULL, contexts };
  g_autoptr(RunnelTemplate) template = NULL;
  g_autoptr(GError) error = NULL;
  char *trace = NULL;

  template = runnel_template_new_condition ("params.yes && fromJSON('{')", NULL);
  g_assert_null (runnel_template_evaluate_traced (template, &scope, &trace, &error));
  g_assert_error (error, RUNNEL_EXPR_ERROR, RUNNEL_EXPR_ERROR_VALUE);
  g_assert_null (trace);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/expr/trace/operands", test_operands);
  g_test_add_func ("/expr/trace/deciders", test_deciders);
  g_test_add_func ("/expr/trace/calls", test_calls);
  g_test_add_func ("/expr/trace/secrets", test_secrets);
  g_test_add_func ("/expr/trace/limits", test_limits);
  g_test_add_func ("/expr/trace/error", test_error);

  return g_test_run ();
}
