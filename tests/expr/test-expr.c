/* test-expr.c: expressions, one row a fact
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "expr-scope.h"

/* The result as JSON text, so that its type is seen too. */
typedef struct
{
  const char *text;
  const char *result;
} Row;

static const Row literals[] = {
  { "null", "null" },
  { "true", "true" },
  { "false", "false" },
  { "0", "0" },
  { "711", "711" },
  { "-9.2", "-9.2" },
  { "+3", "3" },
  { ".5", "0.5" },
  { "-.5", "-0.5" },
  { "0xff", "255" },
  { "0xFF", "255" },
  { "0o17", "15" },
  { "-2.99e-2", "-0.0299" },
  { "1e3", "1000" },
  { "1E+3", "1000" },
  { "1e20", "1E+20" },
  { "-0", "0" },
  { "'text'", "\"text\"" },
  { "''", "\"\"" },
  { "'it''s'", "\"it's\"" },
  { "''''", "\"'\"" },
  { "'a }} b'", "\"a }} b\"" },
  { "'\xC3\xA4\xE2\x82\xAC'", "\"\xC3\xA4\xE2\x82\xAC\"" },
  { "'\\n'", "\"\\\\n\"" },
  { "'line\nline'", "\"line\\nline\"" },
  { "  \t\n 1 \n ", "1" },
  { "((1))", "1" },
};

static const Row equality[] = {
  { "1 == 1", "true" },
  { "1 == 1.0", "true" },
  { "1 != 1", "false" },
  { "'a' == 'a'", "true" },
  { "'a' == 'A'", "true" },
  { "'\xC3\xA4' == '\xC3\x84'", "true" },
  { "'a' == 'b'", "false" },
  { "'a' == 'ab'", "false" },
  { "'a' != 'b'", "true" },
  { "null == null", "true" },
  { "null == 0", "true" },
  { "null == ''", "true" },
  { "null == false", "true" },
  { "null == '0'", "true" },
  { "null == 'x'", "false" },
  { "true == 1", "true" },
  { "true == '1'", "true" },
  { "true == 'true'", "false" },
  { "false == 0", "true" },
  { "false == ''", "true" },
  { "false == 'false'", "false" },
  { "true == 2", "false" },
  { "1 == '1'", "true" },
  { "1 == ' 1 '", "true" },
  { "255 == '0xff'", "true" },
  { "8 == '0o10'", "true" },
  { "1000 == '1e3'", "true" },
  { "0 == ''", "true" },
  { "0 == '   '", "true" },
  { "0 == 'a'", "false" },
  { "0 != 'a'", "true" },
  { "1 == '1x'", "false" },
  { "0 == '0x'", "false" },
  { "NaN == NaN", "false" },
  { "NaN != NaN", "true" },
  { "0 == -0", "true" },
  { "Infinity == 'Infinity'", "true" },
  { "-Infinity == '-Infinity'", "true" },
  { "Infinity == 'inf'", "false" },
  { "0 == 'nan'", "false" },
  { "params.list == params.list", "true" },
  { "params.list == fromJSON('[\"a\",\"b\",\"C\"]')", "false" },
  { "steps.build == steps.build", "true" },
  { "steps.build == steps.test", "false" },
  { "steps == params.list", "false" },
  { "params.list == 'Array'", "false" },
  { "params.list == null", "false" },
  { "steps != null", "true" },
  { "1 == 1 == true", "true" },
  { "2 == 2 == 2", "false" },
};

static const Row order[] = {
  { "1 < 2", "true" },
  { "2 < 1", "false" },
  { "1 < 1", "false" },
  { "1 <= 1", "true" },
  { "1 >= 1", "true" },
  { "2 > 1", "true" },
  { "'a' < 'b'", "true" },
  { "'a' < 'B'", "true" },
  { "'B' > 'a'", "true" },
  { "'a' <= 'A'", "true" },
  { "'a' > 'A'", "false" },
  { "'ab' > 'a'", "true" },
  { "'10' < '9'", "true" },
  { "10 > '9'", "true" },
  { "'10' > 9", "true" },
  { "'x' > 9", "false" },
  { "'x' < 9", "false" },
  { "true > false", "true" },
  { "true >= true", "true" },
  { "null < 1", "true" },
  { "null >= 0", "true" },
  { "null >= null", "true" },
  { "null > null", "false" },
  { "NaN < 1", "false" },
  { "NaN >= NaN", "false" },
  { "params.list > 0", "false" },
  { "params.list >= params.list", "true" },
  { "steps < steps", "false" },
  { "1 < 2 == true", "true" },
  { "3 > 2 > 1", "false" },
};

static const Row logic[] = {
  { "true && false", "false" },
  { "true && true", "true" },
  { "false || true", "true" },
  { "'a' && 'b'", "\"b\"" },
  { "'' && 'b'", "\"\"" },
  { "0 && 'b'", "0" },
  { "null && 1", "null" },
  { "'a' || 'b'", "\"a\"" },
  { "'' || 'b'", "\"b\"" },
  { "0 || null", "null" },
  { "null || 0", "0" },
  { "NaN || 'nan'", "\"nan\"" },
  { "-0 || 'zero'", "\"zero\"" },
  { "'0' && 1", "1" },
  { "'false' && 1", "1" },
  { "params.list && 1", "1" },
  { "fromJSON('[]') && 1", "1" },
  { "fromJSON('{}') && 1", "1" },
  { "1 && 2 && 3", "3" },
  { "1 && 0 && 3", "0" },
  { "0 || '' || null || 4", "4" },
  { "true || false && false", "true" },
  { "(true || false) && false", "false" },
  { "false && true || 'x'", "\"x\"" },
  { "params.yes && 'on' || 'off'", "\"on\"" },
  { "params.no && 'on' || 'off'", "\"off\"" },
  { "!true", "false" },
  { "!''", "true" },
  { "!0", "true" },
  { "!null", "true" },
  { "!NaN", "true" },
  { "!'x'", "false" },
  { "!params.list", "false" },
  { "!!1", "true" },
  { "!true == false", "true" },
  { "!(1 == 2)", "true" },
  { "!1 == 2", "false" },
  { "1 == 1 && 2 == 2", "true" },
  { "1 < 2 && 'a' == 'A' || false", "true" },
  { "false && fromJSON('no json')", "false" },
  { "true || fromJSON('no json')", "true" },
};

static const Row members[] = {
  { "params.name", "\"World\"" },
  { "params['name']", "\"World\"" },
  { "PARAMS.NAME", "\"World\"" },
  { "params.mixed", "1" },
  { "params.mixed-case", "\"x\"" },
  { "env.PATH", "\"/bin\"" },
  { "env.Path", "\"other\"" },
  { "env.path", "\"/bin\"" },
  { "params.count", "3" },
  { "params.ratio", "0.5" },
  { "params.missing", "null" },
  { "params.missing.deeper['still']", "null" },
  { "params.nothing", "null" },
  { "params.name.length", "null" },
  { "params.name[0]", "null" },
  { "secrets.TOKEN", "\"s3cret\"" },
  { "run.id", "17" },
  { "run.big", "9007199254740993" },
  { "trigger.kind == 'Manual'", "true" },
  { "steps.build.outputs.version", "\"1.2\"" },
  { "steps['build']['outputs']['version']", "\"1.2\"" },
  { "steps[format('{0}', 'test')].state", "\"failed\"" },
  { "params.list[0]", "\"a\"" },
  { "params.list[2]", "\"C\"" },
  { "params.list[3]", "null" },
  { "params.list[-1]", "null" },
  { "params.list['1']", "\"b\"" },
  { "params.list[1.9]", "\"b\"" },
  { "params.list[true]", "\"b\"" },
  { "params.list[null]", "\"a\"" },
  { "params.list['x']", "null" },
  { "params.list[1e300]", "null" },
  { "params.list.a", "null" },
  { "params[params.list]", "null" },
  { "matrix.grid[1][0]", "3" },
  { "matrix.people[0].k.a", "1" },
  { "fromJSON('{\"a\": {\"b\": 5}}').a.b", "5" },
  { "(params).name", "\"World\"" },
  { "(params || 1).name", "\"World\"" },
  { "params . name", "\"World\"" },
  { "fromJSON('{\"1\": \"one\"}')[1]", "\"one\"" },
  { "fromJSON('{\"true\": \"yes\"}')[true]", "\"yes\"" },
  { "fromJSON('{\"\": \"none\"}')[null]", "\"none\"" },
};

static const Row filters[] = {
  { "join(steps.*.outputs.version)", "\"1.2,2.0\"" },
  { "join(steps[*].outputs.version, ' ')", "\"1.2 2.0\"" },
  { "join(steps.*.state, '/')", "\"succeeded/failed\"" },
  { "join(matrix.people.*.n)", "\"ann,bob\"" },
  { "join(matrix.people.*.k.a)", "\"1\"" },
  { "join(matrix.grid.*.*)", "\"1,2,3,4\"" },
  { "join(matrix.grid.*[1])", "\"2,4\"" },
  { "join(steps.*.tags)", "\"Array,Array\"" },
  { "join(steps.*.tags.*)", "\"x,y,z\"" },
  { "join(steps.*['state'])", "\"succeeded,failed\"" },
  { "join(params.list.*)", "\"a,b,C\"" },
  { "join(params.name.*)", "\"\"" },
  { "join(params.missing.*.x)", "\"\"" },
  { "join((params.no || steps.*).state)", "\"succeeded,failed\"" },
  { "contains(steps.*.state, 'FAILED')", "true" },
  { "contains(steps.*.state, 'cancelled')", "false" },
  { "steps.*.outputs == steps.*.outputs", "false" },
  { "!steps.*.nope", "false" },
  { "toJSON(steps.*.tags[0])", "\"[\\n  \\\"x\\\",\\n  \\\"z\\\"\\n]\"" },
};

static const Row functions[] = {
  { "contains('Hello world', 'llo')", "true" },
  { "contains('Hello world', 'LLO')", "true" },
  { "contains('Hello', '')", "true" },
  { "contains('', 'x')", "false" },
  { "contains(null, '')", "true" },
  { "contains(1234, 23)", "true" },
  { "contains(true, 'RU')", "true" },
  { "contains(params.list, 'c')", "true" },
  { "contains(params.list, 'd')", "false" },
  { "contains(fromJSON('[1, 2]'), '2')", "true" },
  { "contains(fromJSON('[]'), 1)", "false" },
  { "contains(steps, 'build')", "false" },
  { "contains('abc', params.list)", "false" },
  { "CONTAINS('a', 'A')", "true" },
  { "startsWith('Hello world', 'he')", "true" },
  { "startsWith('Hello', 'ello')", "false" },
  { "startsWith(1234, 12)", "true" },
  { "startsWith('x', '')", "true" },
  { "startsWith(params.list, 'a')", "false" },
  { "endsWith('Hello world', 'LD')", "true" },
  { "endsWith('Hello', 'Hell')", "false" },
  { "endsWith('x.tar.gz', '.gz')", "true" },
  { "format('Hello {0} {1} {2}', 'Mona', 'the', 'Octocat')", "\"Hello Mona the Octocat\"" },
  { "format('{{Hello {0}!}}', 'Mona')", "\"{Hello Mona!}\"" },
  { "format('{0}{0}', 'a')", "\"aa\"" },
  { "format('{1}{0}', 'a', 'b')", "\"ba\"" },
  { "format('plain')", "\"plain\"" },
  { "format('{{{0}}}', 1)", "\"{1}\"" },
  { "format('{0}', null)", "\"\"" },
  { "format('{0} {1} {2}', true, 1.5, 1e21)", "\"true 1.5 1E+21\"" },
  { "format('{0} {1}', params.list, steps)", "\"Array Object\"" },
  { "format('{0}', NaN)", "\"NaN\"" },
  { "format('{0}', -0)", "\"0\"" },
  { "format('{0}', '{1}')", "\"{1}\"" },
  { "format('\xE2\x82\xAC{0}', '\xE2\x82\xAC')", "\"\xE2\x82\xAC\xE2\x82\xAC\"" },
  { "join(params.list)", "\"a,b,C\"" },
  { "join(params.list, ', ')", "\"a, b, C\"" },
  { "join(params.list, '')", "\"abC\"" },
  { "join(params.list, params.list)", "\"abC\"" },
  { "join('single')", "\"single\"" },
  { "join('single', '-')", "\"single\"" },
  { "join(steps)", "\"\"" },
  { "join(null)", "\"\"" },
  { "join(fromJSON('[1, null, true, [2]]'), '|')", "\"1||true|Array\"" },
  { "toJSON('a\"b')", "\"\\\"a\\\\\\\"b\\\"\"" },
  { "toJSON(null)", "\"null\"" },
  { "toJSON(1.5)", "\"1.5\"" },
  { "toJSON(true)", "\"true\"" },
  { "toJSON(fromJSON('[]'))", "\"[]\"" },
  { "toJSON(fromJSON('{}'))", "\"{}\"" },
  { "toJSON(fromJSON('{\"a\":[1,{}]}'))",
    "\"{\\n  \\\"a\\\": [\\n    1,\\n    {}\\n  ]\\n}\"" },
  { "fromJSON('5')", "5" },
  { "fromJSON('\"x\"')", "\"x\"" },
  { "fromJSON('true')", "true" },
  { "fromJSON('null')", "null" },
  { "fromJSON('[1, \"[\", 2]')[2]", "2" },
  { "fromJSON(toJSON(steps)).build.outputs.version", "\"1.2\"" },
  { "FromJson(ToJson(params.count))", "3" },
  { "success()", "false" },
  { "failure()", "true" },
  { "always()", "true" },
  { "cancelled()", "false" },
  { "Always() && !Cancelled()", "true" },
};

typedef struct
{
  const char *text;
  int code;
  const char *message; /* a part of it */
} BadRow;

static const BadRow errors[] = {
  { "", RUNNEL_EXPR_ERROR_SYNTAX, "at column 1: the expression is empty" },
  { "   ", RUNNEL_EXPR_ERROR_SYNTAX, "the expression is empty" },
  { "1 +", RUNNEL_EXPR_ERROR_SYNTAX, "at column 3: unexpected +; there is no arithmetic" },
  { "1 ==", RUNNEL_EXPR_ERROR_SYNTAX, "at column 5: expected a value, found the end" },
  { "== 1", RUNNEL_EXPR_ERROR_SYNTAX, "at column 1: expected a value, found “==”" },
  { "1 2", RUNNEL_EXPR_ERROR_SYNTAX, "at column 3: expected an operator or the end, found “2”" },
  { "(1", RUNNEL_EXPR_ERROR_SYNTAX, "at column 3: expected “)”" },
  { "1)", RUNNEL_EXPR_ERROR_SYNTAX, "at column 2: expected an operator" },
  { "contains('a' 'b')", RUNNEL_EXPR_ERROR_SYNTAX, "at column 14: expected “,” or “)”" },
  { "contains('a',", RUNNEL_EXPR_ERROR_SYNTAX, "at column 14: expected a value" },
  { "contains('a',)", RUNNEL_EXPR_ERROR_SYNTAX, "at column 14: expected a value, found “)”" },
  { "contains(", RUNNEL_EXPR_ERROR_SYNTAX, "at column 10" },
  { "params.", RUNNEL_EXPR_ERROR_SYNTAX, "at column 8: expected a name or “*”" },
  { "params.'x'", RUNNEL_EXPR_ERROR_SYNTAX, "at column 8: expected a name" },
  { "params.1", RUNNEL_EXPR_ERROR_SYNTAX, "at column 8" },
  { "params[", RUNNEL_EXPR_ERROR_SYNTAX, "at column 8: expected a value" },
  { "params['a'", RUNNEL_EXPR_ERROR_SYNTAX, "at column 11: expected “]”" },
  { "params[]", RUNNEL_EXPR_ERROR_SYNTAX, "at column 8: expected a value, found “]”" },
  { "params[*", RUNNEL_EXPR_ERROR_SYNTAX, "at column 9: expected “]”" },
  { "*", RUNNEL_EXPR_ERROR_SYNTAX, "at column 1: expected a value" },
  { "a.b.c.*.", RUNNEL_EXPR_ERROR_UNKNOWN_NAME, "at column 1: there is no “a”" },
  { "'abc", RUNNEL_EXPR_ERROR_SYNTAX, "at column 1: the text that begins here has no closing" },
  { "1 == 'it's'", RUNNEL_EXPR_ERROR_SYNTAX, "at column 10" },
  { "\"abc\"", RUNNEL_EXPR_ERROR_SYNTAX, "at column 1: unexpected \"; texts are written in single" },
  { "params.a = 1", RUNNEL_EXPR_ERROR_SYNTAX, "at column 10: unexpected =; to compare, write ==" },
  { "params.a & 1", RUNNEL_EXPR_ERROR_SYNTAX, "at column 10: unexpected &; write &&" },
  { "params.a | 1", RUNNEL_EXPR_ERROR_SYNTAX, "write ||" },
  { "$x", RUNNEL_EXPR_ERROR_SYNTAX, "leave $ out" },
  { "1 ? 2 : 3", RUNNEL_EXPR_ERROR_SYNTAX, "write condition && a || b" },
  { "{}", RUNNEL_EXPR_ERROR_SYNTAX, "fromJSON" },
  { "'\xC3\xA4' @", RUNNEL_EXPR_ERROR_SYNTAX, "at column 5: unexpected character @" },
  { "1.2.3", RUNNEL_EXPR_ERROR_SYNTAX, "at column 1: “1.2.3” is not a number" },
  { "12ab", RUNNEL_EXPR_ERROR_SYNTAX, "“12ab” is not a number" },
  { "0xg", RUNNEL_EXPR_ERROR_SYNTAX, "“0xg” is not a number" },
  { "param.name", RUNNEL_EXPR_ERROR_UNKNOWN_NAME, "did you mean “params”?" },
  { "true && stpes.a", RUNNEL_EXPR_ERROR_UNKNOWN_NAME, "at column 9: there is no “stpes”; did you mean “steps”?" },
  { "True", RUNNEL_EXPR_ERROR_UNKNOWN_NAME, "did you mean “true”?" },
  { "github.ref", RUNNEL_EXPR_ERROR_UNKNOWN_NAME, "there are params, env, secrets" },
  { "success", RUNNEL_EXPR_ERROR_UNKNOWN_NAME, "write success()" },
  { "contain('a', 'b')", RUNNEL_EXPR_ERROR_UNKNOWN_NAME, "there is no function “contain”; did you mean “contains”?" },
  { "system('rm')", RUNNEL_EXPR_ERROR_UNKNOWN_NAME, "there is no function “system”" },
  { "params('a')", RUNNEL_EXPR_ERROR_UNKNOWN_NAME, "there is no function “params”" },
  { "contains('a')", RUNNEL_EXPR_ERROR_ARGUMENTS, "at column 1: contains(search, item) is called with 1 argument" },
  { "contains('a', 'b', 'c')", RUNNEL_EXPR_ERROR_ARGUMENTS, "with 3 arguments" },
  { "success(1)", RUNNEL_EXPR_ERROR_ARGUMENTS, "success() is called with 1 argument" },
  { "format()", RUNNEL_EXPR_ERROR_ARGUMENTS, "with 0 arguments" },
  { "1 == format('{1}', 'a')", RUNNEL_EXPR_ERROR_ARGUMENTS, "at column 6: format(): {1} has no argument" },
  { "format('{x}')", RUNNEL_EXPR_ERROR_ARGUMENTS, "is no placeholder" },
  { "format('{0')", RUNNEL_EXPR_ERROR_ARGUMENTS, "is no placeholder" },
  { "format('{', 1)", RUNNEL_EXPR_ERROR_ARGUMENTS, "is no placeholder" },
  { "format('}')", RUNNEL_EXPR_ERROR_ARGUMENTS, "closing brace" },
  { "format('{-1}', 1)", RUNNEL_EXPR_ERROR_ARGUMENTS, "is no placeholder" },
  { "format('{99999999999999999999}', 1)", RUNNEL_EXPR_ERROR_ARGUMENTS, "has no argument" },
  { "format('{18446744073709551615}', 1)", RUNNEL_EXPR_ERROR_ARGUMENTS, "has no argument" },
  { "fromJSON('')", RUNNEL_EXPR_ERROR_VALUE, "is not JSON" },
  { "fromJSON('{')", RUNNEL_EXPR_ERROR_VALUE, "at column 1: fromJSON(): " },
  { "fromJSON(params.name)", RUNNEL_EXPR_ERROR_VALUE, "World" },
  { "hashFiles('x')", RUNNEL_EXPR_ERROR_VALUE, "hashFiles() can't be used here" },
  { "1 ==\n 'a' ==\n  \"", RUNNEL_EXPR_ERROR_SYNTAX, "at line 3, column 3: " },
  { "'\xff'", RUNNEL_EXPR_ERROR_SYNTAX, "not valid UTF-8" },
};

static RunnelExprScope
scope_for (JsonObject *contexts)
{
  return (RunnelExprScope) { test_lookup, test_status, NULL, contexts };
}

static JsonNode *
evaluate (JsonObject  *contexts,
          const char  *text,
          GError     **error)
{
  g_autoptr(RunnelExpr) expr = runnel_expr_new (text, error);
  RunnelExprScope scope = scope_for (contexts);

  return expr ? runnel_expr_evaluate (expr, &scope, error) : NULL;
}

/* Like the result of toJSON(), which is made by the code under test, but only in whole values. */
static char *
describe (JsonNode *value)
{
  g_autofree char *text = NULL;

  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_DOUBLE)
    return runnel_value_to_text (value);

  return json_to_string (value, FALSE);
}

static void
check_rows (const Row *rows,
            gsize      n_rows)
{
  g_autoptr(JsonObject) contexts = test_contexts_new ();

  for (gsize i = 0; i < n_rows; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) value = evaluate (contexts, rows[i].text, &error);
      g_autofree char *result = NULL;

      g_test_message ("%s", rows[i].text);
      g_assert_no_error (error);
      result = describe (value);
      g_assert_cmpstr (result, ==, rows[i].result);
    }
}

static void test_literals (void) { check_rows (literals, G_N_ELEMENTS (literals)); }
static void test_equality (void) { check_rows (equality, G_N_ELEMENTS (equality)); }
static void test_order (void) { check_rows (order, G_N_ELEMENTS (order)); }
static void test_logic (void) { check_rows (logic, G_N_ELEMENTS (logic)); }
static void test_members (void) { check_rows (members, G_N_ELEMENTS (members)); }
static void test_filters (void) { check_rows (filters, G_N_ELEMENTS (filters)); }
static void test_functions (void) { check_rows (functions, G_N_ELEMENTS (functions)); }

static void
test_errors (void)
{
  g_autoptr(JsonObject) contexts = test_contexts_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) value = evaluate (contexts, errors[i].text, &error);
      g_autofree char *shown = g_utf8_make_valid (errors[i].text, -1);

      g_test_message ("%s -> %s", shown, error ? error->message : "no error");
      g_assert_null (value);
      g_assert_error (error, RUNNEL_EXPR_ERROR, errors[i].code);
      g_assert_nonnull (strstr (error->message, errors[i].message));
    }
}

/* A context that is not there, and status functions where there is no status. */
static void
test_unavailable (void)
{
  g_autoptr(JsonObject) contexts = json_object_new ();
  g_autoptr(RunnelExpr) matrix = runnel_expr_new ("1 == matrix.os", NULL);
  g_autoptr(RunnelExpr) success = runnel_expr_new ("success()", NULL);
  g_autoptr(GError) error = NULL;
  RunnelExprScope scope = { test_lookup, NULL, NULL, contexts };

  g_assert_null (runnel_expr_evaluate (matrix, &scope, &error));
  g_assert_error (error, RUNNEL_EXPR_ERROR, RUNNEL_EXPR_ERROR_UNKNOWN_NAME);
  g_assert_nonnull (strstr (error->message, "at column 6: “matrix” can't be used here"));
  g_clear_error (&error);

  g_assert_null (runnel_expr_evaluate (success, &scope, &error));
  g_assert_error (error, RUNNEL_EXPR_ERROR, RUNNEL_EXPR_ERROR_VALUE);
}

/* What is in a context is handed out as it is. */
static void
test_no_copy (void)
{
  g_autoptr(JsonObject) contexts = test_contexts_new ();
  g_autoptr(JsonNode) value = evaluate (contexts, "steps.build.outputs", NULL);
  JsonObject *steps = json_object_get_object_member (contexts, "steps");
  JsonObject *build = json_object_get_object_member (steps, "build");

  g_assert_true (json_node_get_object (value) == json_object_get_object_member (build, "outputs"));
}

static char *
repeat (const char *before,
        const char *middle,
        const char *after,
        guint       count)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < count; i++)
    g_string_append (text, before);
  g_string_append (text, middle);
  for (guint i = 0; i < count; i++)
    g_string_append (text, after);

  return g_string_free (text, FALSE);
}

static void
assert_limit (JsonObject *contexts,
              char       *text,
              const char *message)
{
  g_autofree char *owner = text;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) value = evaluate (contexts, text, &error);

  g_assert_null (value);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, message));
}

static void
test_limits (void)
{
  g_autoptr(JsonObject) contexts = test_contexts_new ();
  g_autofree char *deep_enough = repeat ("(", "1", ")", 49);
  g_autofree char *long_enough = repeat ("1 && ", "2", "", 4000);
  g_autofree char *braces = repeat ("[", "", "]", 100000);
  g_autoptr(JsonNode) deep = evaluate (contexts, deep_enough, NULL);
  g_autoptr(JsonNode) wide = evaluate (contexts, long_enough, NULL);

  g_assert_cmpint (json_node_get_int (deep), ==, 1);
  g_assert_cmpint (json_node_get_int (wide), ==, 2);

  assert_limit (contexts, repeat ("(", "1", ")", 50), "deeper than 50 levels");
  assert_limit (contexts, repeat ("(", "1", ")", 10000), "deeper than 50 levels");
  assert_limit (contexts, repeat ("!", "1", "", 20000), "deeper than 50 levels");
  assert_limit (contexts, repeat ("toJSON(", "1", ")", 2000), "deeper than 50 levels");
  assert_limit (contexts, repeat ("params[", "1", "]", 2000), "deeper than 50 levels");
  assert_limit (contexts, repeat ("", "params", ".a", 10000), "deeper than 50 levels");
  assert_limit (contexts, repeat ("1 == ", "1", "", 4000), "deeper than 50 levels");
  assert_limit (contexts, repeat ("1 && ", "1", "", 4300), "longer than 21000 characters");
  assert_limit (contexts, repeat ("format('{0}{0}{0}{0}',", "'abc'", ")", 40), "more than 10 MB");

  json_object_set_string_member (json_object_get_object_member (contexts, "params"), "deep", braces);
  assert_limit (contexts, g_strdup ("fromJSON(params.deep)"), "is not JSON");
}

/* Values from outside may hold bytes that are no UTF-8. */
static void
test_invalid_utf8_value (void)
{
  g_autoptr(JsonObject) contexts = test_contexts_new ();
  JsonObject *env = json_object_get_object_member (contexts, "env");
  g_autoptr(JsonNode) equal = NULL;
  g_autoptr(JsonNode) contained = NULL;

  json_object_set_string_member (env, "RAW", "a\xE2\x82");
  equal = evaluate (contexts, "env.RAW == env.raw && env.RAW != 'a'", NULL);
  contained = evaluate (contexts, "contains(env.RAW, 'A')", NULL);

  g_assert_true (json_node_get_boolean (equal));
  g_assert_true (json_node_get_boolean (contained));
}

static void
collect (const char *path,
         gpointer    user_data)
{
  g_ptr_array_add (user_data, g_strdup (path));
}

static const Row visits[] = {
  { "steps.build.outputs.version", "steps.build.outputs.version" },
  { "steps['build'].outputs", "steps.build.outputs" },
  { "steps[params.which].outputs", "params.which steps" },
  { "steps.*.outputs", "steps" },
  { "steps.build['a.b'].c", "steps.build" },
  { "params.list[0]", "params.list" },
  { "params.a && env.B || !run.id", "params.a env.B run.id" },
  { "contains(steps.a.outputs.x, Env.y)", "steps.a.outputs.x env.y" },
  { "fromJSON(steps.a.outputs.x).b[matrix.os]", "steps.a.outputs.x matrix.os" },
  { "1 == 'params.a'", "" },
  { "secrets", "secrets" },
};

static void
test_visit (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (visits); i++)
    {
      g_autoptr(RunnelExpr) expr = runnel_expr_new (visits[i].text, NULL);
      g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *all = NULL;

      runnel_expr_visit (expr, collect, paths);
      g_ptr_array_add (paths, NULL);
      all = g_strjoinv (" ", (char **) paths->pdata);
      g_assert_cmpstr (all, ==, visits[i].result);
    }
}

static void
test_calls (void)
{
  g_autoptr(RunnelExpr) expr = runnel_expr_new ("params.a == 'always()' || !(Failure() && true)", NULL);

  g_assert_true (runnel_expr_calls (expr, "failure"));
  g_assert_false (runnel_expr_calls (expr, "always"));
  g_assert_false (runnel_expr_calls (expr, "no-such-function"));
}

/* Random words and random bytes: whatever comes, there is either a value or an error. */
static void
test_garbage (void)
{
  static const char *const words[] = {
    "(", ")", "[", "]", ".", ",", "*", "!", "&&", "||", "==", "!=", "<", ">=", "'", "''", "'a'",
    "params", "steps", "build", "1", "-", "0x", "1e9", "null", "format", "join", "fromJSON(",
    "toJSON(", "contains(", "'{0}'", "${{", "}}", " ", "\n", "\xC3\xA4", "\xff", "{", "=", ".*",
  };
  g_autoptr(JsonObject) contexts = test_contexts_new ();
  guint n_values = 0;

  for (guint i = 0; i < 30000; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) value = NULL;

      for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
        if (g_test_rand_int_range (0, 20) == 0)
          g_string_append_c (text, g_test_rand_int_range (1, 256));
        else
          g_string_append (text, words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);

      value = evaluate (contexts, text->str, &error);
      g_assert_true ((value != NULL) != (error != NULL));
      n_values += value != NULL;
    }

  g_assert_cmpuint (n_values, >, 100);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/expr/expr/literals", test_literals);
  g_test_add_func ("/expr/expr/equality", test_equality);
  g_test_add_func ("/expr/expr/order", test_order);
  g_test_add_func ("/expr/expr/logic", test_logic);
  g_test_add_func ("/expr/expr/members", test_members);
  g_test_add_func ("/expr/expr/filters", test_filters);
  g_test_add_func ("/expr/expr/functions", test_functions);
  g_test_add_func ("/expr/expr/errors", test_errors);
  g_test_add_func ("/expr/expr/unavailable", test_unavailable);
  g_test_add_func ("/expr/expr/no-copy", test_no_copy);
  g_test_add_func ("/expr/expr/limits", test_limits);
  g_test_add_func ("/expr/expr/invalid-utf8-value", test_invalid_utf8_value);
  g_test_add_func ("/expr/expr/visit", test_visit);
  g_test_add_func ("/expr/expr/calls", test_calls);
  g_test_add_func ("/expr/expr/garbage", test_garbage);

  return g_test_run ();
}
