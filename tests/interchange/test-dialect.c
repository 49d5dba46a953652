/* test-dialect.c: expressions written in another language
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-dialect.h"

/* A language in which everything is said in parentheses. */

static char *
say_reference (const char *const *path, gpointer user_data, GError **error)
{
  g_autofree char *joined = g_strjoinv ("/", (char **) path);

  return g_strdup_printf ("<%s>", joined);
}

static char *
say_literal (JsonNode *value, gpointer user_data, GError **error)
{
  return json_to_string (value, FALSE);
}

static char *
say_operation (RunnelExprNodeType type,
               const char *const *operands,
               RunnelExprNode **nodes,
               guint n_operands,
               gpointer user_data,
               GError **error)
{
  g_autofree char *joined = g_strjoinv (" ", (char **) operands);

  g_assert_cmpuint (g_strv_length ((char **) operands), ==, n_operands);
  if (type == RUNNEL_NODE_LESS)
    {
      g_set_error_literal (error, RUNNEL_DIALECT_ERROR, RUNNEL_DIALECT_ERROR_INEXPRESSIBLE,
                           "no “<”");
      return NULL;
    }

  return g_strdup_printf ("(%s %s)",
                          type == RUNNEL_NODE_AND     ? "and"
                          : type == RUNNEL_NODE_EQUAL ? "eq"
                                                      : "op",
                          joined);
}

static char *
say_call (const char *function,
          const char *const *arguments,
          guint n_arguments,
          gpointer user_data,
          GError **error)
{
  g_autofree char *joined = g_strjoinv (" ", (char **) arguments);

  return g_strdup_printf ("(%s%s%s)", function, n_arguments > 0 ? " " : "", joined);
}

static char *
splice (const char *expression, gpointer user_data)
{
  return g_strdup_printf ("{%s}", expression);
}

static const RunnelDialect lisp = { say_reference, say_literal, say_operation,
                                    say_call,      splice,      NULL };

static void
test_condition (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *said = runnel_dialect_say_condition (
    &lisp, "${{ params.x == 'it''s' && startsWith(steps['a-b'].outputs.v, 'q') && !failure() }}",
    NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (
    said, ==,
    "(and (eq <params/x> \"it's\") (startswith <steps/a-b/outputs/v> \"q\") (op (failure)))");
}

static void
assert_fails (const char *condition, RunnelDialectError code)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_dialect_say_condition (&lisp, condition, NULL, &error));
  g_assert_error (error, RUNNEL_DIALECT_ERROR, (int) code);
}

static void
test_inexpressible (void)
{
  assert_fails ("1 < 2", RUNNEL_DIALECT_ERROR_INEXPRESSIBLE);
  assert_fails ("steps.*.state", RUNNEL_DIALECT_ERROR_INEXPRESSIBLE);
  assert_fails ("params[params.y]", RUNNEL_DIALECT_ERROR_INEXPRESSIBLE);
  assert_fails ("params.", RUNNEL_DIALECT_ERROR_SYNTAX);
}

static void
test_text (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *said =
    runnel_dialect_say_text (&lisp, "a ${{ params.x }} b${{ 'c' }}", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (said, ==, "a {<params/x>} b{\"c\"}");
}

static void
test_plain (void)
{
  g_assert_true (runnel_dialect_is_plain ("no expression"));
  g_assert_true (runnel_dialect_is_plain ("${{ params.x }}-${{ matrix['os'] }}"));
  g_assert_true (runnel_dialect_is_plain ("${{ steps.a.outputs.v }}"));
  g_assert_false (runnel_dialect_is_plain ("${{ steps.a.state }}"));
  g_assert_false (runnel_dialect_is_plain ("${{ params.x || 'y' }}"));
  g_assert_false (runnel_dialect_is_plain ("${{ broken"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/interchange/dialect/condition", test_condition);
  g_test_add_func ("/interchange/dialect/inexpressible", test_inexpressible);
  g_test_add_func ("/interchange/dialect/text", test_text);
  g_test_add_func ("/interchange/dialect/plain", test_plain);
  return g_test_run ();
}
