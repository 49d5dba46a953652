/* test-matrix.c: the combinations for which a step runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "engine/runnel-matrix.h"

static JsonNode *
parse (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr(GError) error = NULL;
  JsonNode *node = json_from_string (json, &error);

  g_assert_no_error (error);
  return node;
}

/* All combinations as "a=1, b=x; a=2, b=x". */
static char *
list (const RunnelMatrix *matrix)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < matrix->combinations->len; i++)
    {
      g_autofree char *one = runnel_matrix_to_text (g_ptr_array_index (matrix->combinations, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", one);
    }
  return g_string_free (text, FALSE);
}

static void
assert_combinations (const char *definition, const char *expected)
{
  g_autoptr(JsonNode) value = parse (definition);
  g_auto(RunnelMatrix) matrix = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *actual = NULL;

  g_assert_true (runnel_matrix_init (&matrix, value, &error));
  g_assert_no_error (error);
  actual = list (&matrix);
  g_assert_cmpstr (actual, ==, expected);
}

static void
assert_refused (const char *definition, RunnelMatrixError code, const char *words)
{
  g_autoptr(JsonNode) value = parse (definition);
  g_auto(RunnelMatrix) matrix = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_false (runnel_matrix_init (&matrix, value, &error));
  g_assert_error (error, RUNNEL_MATRIX_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_axes (void)
{
  assert_combinations ("{'os': ['a', 'b'], 'n': [1, 2]}",
                       "os=a, n=1; os=a, n=2; os=b, n=1; os=b, n=2");
  assert_combinations ("{'os': ['a']}", "os=a");
  assert_combinations ("{'os': []}", "");
  assert_combinations ("{}", "");
}

static void
test_exclude (void)
{
  assert_combinations ("{'os': ['a', 'b'], 'n': [1, 2], 'exclude': [{'os': 'a', 'n': 2}]}",
                       "os=a, n=1; os=b, n=1; os=b, n=2");
  assert_combinations ("{'os': ['a', 'b'], 'n': [1, 2], 'exclude': [{'os': 'a'}]}",
                       "os=b, n=1; os=b, n=2");
  assert_combinations ("{'os': ['a'], 'exclude': [{'cpu': 'x'}]}", "os=a");
}

/* The example of GitHub's documentation, "Example: Expanding configurations". */
static void
test_include (void)
{
  assert_combinations ("{'fruit': ['apple', 'pear'], 'animal': ['cat', 'dog'], 'include': ["
                       "{'color': 'green'}, {'color': 'pink', 'animal': 'cat'},"
                       "{'fruit': 'apple', 'shape': 'circle'}, {'fruit': 'banana'},"
                       "{'fruit': 'banana', 'animal': 'cat'}]}",
                       "fruit=apple, animal=cat, color=pink, shape=circle; "
                       "fruit=apple, animal=dog, color=green, shape=circle; "
                       "fruit=pear, animal=cat, color=pink; "
                       "fruit=pear, animal=dog, color=green; "
                       "fruit=banana; fruit=banana, animal=cat");
  assert_combinations ("{'include': [{'os': 'a'}, {'os': 'b', 'cc': 'gcc'}]}",
                       "os=a; os=b, cc=gcc");
}

static void
test_list (void)
{
  assert_combinations ("['x', 2]", "item=x; item=2");
  assert_combinations ("[{'os': 'a'}, {'os': 'b'}]", "os=a; os=b");
  assert_combinations ("[]", "");
}

static void
test_options (void)
{
  g_autoptr(JsonNode) value = parse ("{'a': [1], 'max-parallel': 3, 'fail-fast': false}");
  g_autoptr(JsonNode) plain = parse ("{'a': [1]}");
  g_auto(RunnelMatrix) matrix = { 0 };
  g_auto(RunnelMatrix) other = { 0 };

  g_assert_true (runnel_matrix_init (&matrix, value, NULL));
  g_assert_cmpuint (matrix.max_parallel, ==, 3);
  g_assert_false (matrix.fail_fast);
  g_assert_true (runnel_matrix_init (&other, plain, NULL));
  g_assert_cmpuint (other.max_parallel, ==, 0);
  g_assert_true (other.fail_fast);
}

static void
test_limit (void)
{
  g_autoptr(GString) numbers = g_string_new ("[0");
  g_autofree char *square = NULL;

  for (guint i = 1; i < 40; i++)
    g_string_append_printf (numbers, ", %u", i);
  g_string_append_c (numbers, ']');
  square = g_strdup_printf ("{'a': %s, 'b': %s}", numbers->str, numbers->str);
  assert_refused (square, RUNNEL_MATRIX_ERROR_LIMIT, "1600 combinations, more than the 1000");
  assert_refused ("{'a': [1, 2, 3], 'limit': 2}", RUNNEL_MATRIX_ERROR_LIMIT, "3 combinations");
  assert_refused ("{'limit': 1, 'include': [{'a': 1}, {'a': 2}]}", RUNNEL_MATRIX_ERROR_LIMIT,
                  "2 combinations");
}

static void
test_types (void)
{
  assert_refused ("'x'", RUNNEL_MATRIX_ERROR_TYPE, "an object of axes or a list");
  assert_refused ("{'os': 'a'}", RUNNEL_MATRIX_ERROR_TYPE, "matrix.os must be a list");
  assert_refused ("{'os': ['a'], 'include': {'a': 1}}", RUNNEL_MATRIX_ERROR_TYPE, "matrix.include");
  assert_refused ("{'os': ['a'], 'exclude': [1]}", RUNNEL_MATRIX_ERROR_TYPE, "matrix.exclude");
  assert_refused ("{'os': ['a'], 'max-parallel': 0}", RUNNEL_MATRIX_ERROR_TYPE,
                  "matrix.max-parallel");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/matrix/axes", test_axes);
  g_test_add_func ("/engine/matrix/exclude", test_exclude);
  g_test_add_func ("/engine/matrix/include", test_include);
  g_test_add_func ("/engine/matrix/list", test_list);
  g_test_add_func ("/engine/matrix/options", test_options);
  g_test_add_func ("/engine/matrix/limit", test_limit);
  g_test_add_func ("/engine/matrix/types", test_types);
  return g_test_run ();
}
