/* test-field-value.c: JSON values as fields of a form show them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/inspector/runnel-field-value.h"
#include "model/runnel-pipeline.h"

static JsonNode *
parse (const char *json)
{
  return json ? json_from_string (json, NULL) : NULL;
}

static void
assert_json (JsonNode   *node,
             const char *json)
{
  g_autoptr(JsonNode) expected = parse (json);

  g_assert_true (runnel_field_value_equal (node, expected));
}

typedef struct
{
  const char *text;
  RunnelFieldType type;
  const char *json; /* NULL = no value */
} Typed;

static void
test_from_entry_takes_values (void)
{
  const Typed typed[] = {
    { "", RUNNEL_FIELD_STRING, NULL },
    { "   ", RUNNEL_FIELD_INTEGER, NULL },
    { "make", RUNNEL_FIELD_STRING, "\"make\"" },
    { " make ", RUNNEL_FIELD_STRING, "\" make \"" },
    { "12", RUNNEL_FIELD_STRING, "\"12\"" },
    { "12", RUNNEL_FIELD_INTEGER, "12" },
    { " -3 ", RUNNEL_FIELD_INTEGER, "-3" },
    { "0.5", RUNNEL_FIELD_NUMBER, "0.5" },
    { "7", RUNNEL_FIELD_NUMBER, "7" },
    { "true", RUNNEL_FIELD_BOOLEAN, "true" },
    { "1h30m", RUNNEL_FIELD_DURATION, "\"1h30m\"" },
    { "[1, 2]", RUNNEL_FIELD_ANY, "[1, 2]" },
    { "201", RUNNEL_FIELD_ANY, "201" },
    { "200-299,304", RUNNEL_FIELD_ANY, "\"200-299,304\"" },
    { "\"201\"", RUNNEL_FIELD_ANY, "\"201\"" },
    { "true story", RUNNEL_FIELD_ANY, "\"true story\"" },
    { "${{ params.n }}", RUNNEL_FIELD_INTEGER, "\"${{ params.n }}\"" },
    { "${{ params.t }}", RUNNEL_FIELD_DURATION, "\"${{ params.t }}\"" },
    { "${{ params.b }}", RUNNEL_FIELD_ANY, "\"${{ params.b }}\"" },
    { "{\"if\": \"${{ github.ref }}\"}", RUNNEL_FIELD_ANY, "{\"if\": \"${{ github.ref }}\"}" },
    { "{\"n\": ${{ params.n }}}", RUNNEL_FIELD_ANY, "\"{\\\"n\\\": ${{ params.n }}}\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr(JsonNode) value = NULL;
      g_autoptr(GError) error = NULL;

      g_assert_true (runnel_field_value_from_entry (typed[i].text, typed[i].type, &value, &error));
      g_assert_no_error (error);
      assert_json (value, typed[i].json);
    }
}

static void
test_from_entry_refuses (void)
{
  const Typed typed[] = {
    { "3x", RUNNEL_FIELD_INTEGER },      { "0.5", RUNNEL_FIELD_INTEGER },
    { "1e999", RUNNEL_FIELD_NUMBER },    { "nan", RUNNEL_FIELD_NUMBER },
    { "yes", RUNNEL_FIELD_BOOLEAN },     { "90", RUNNEL_FIELD_DURATION },
    { "{\"a\":", RUNNEL_FIELD_ANY },     { "[1, 2", RUNNEL_FIELD_ANY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr(JsonNode) value = NULL;
      g_autoptr(GError) error = NULL;

      g_assert_false (runnel_field_value_from_entry (typed[i].text, typed[i].type, &value, &error));
      g_assert_nonnull (error);
      g_assert_null (value);
    }
}

static void
test_from_json_is_safe (void)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_field_value_from_json (deep, &error));
  g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_TOO_LARGE);
}

static void
assert_entry (const char      *json,
              RunnelFieldType  type,
              const char      *text)
{
  g_autoptr(JsonNode) value = parse (json);
  g_autoptr(JsonNode) read = NULL;
  g_autofree char *shown = runnel_field_value_to_entry (value, type);

  g_assert_cmpstr (shown, ==, text);
  g_assert_true (runnel_field_value_from_entry (shown, type, &read, NULL));
  g_assert_true (runnel_field_value_equal (read, value));
}

static void
test_to_entry_and_back (void)
{
  assert_entry (NULL, RUNNEL_FIELD_STRING, "");
  assert_entry ("\"a \\\"b\\\"\"", RUNNEL_FIELD_STRING, "a \"b\"");
  assert_entry ("3", RUNNEL_FIELD_INTEGER, "3");
  assert_entry ("\"3\"", RUNNEL_FIELD_STRING, "3");
  assert_entry ("\"3\"", RUNNEL_FIELD_ANY, "\"3\"");
  assert_entry ("\"{\"", RUNNEL_FIELD_ANY, "\"{\"");
  assert_entry ("\"200-299\"", RUNNEL_FIELD_ANY, "200-299");
  assert_entry ("[1, \"a\"]", RUNNEL_FIELD_ANY, "[1, \"a\"]");
}

static void
test_member_of_shorthand (void)
{
  g_autoptr(JsonNode) scalar = parse ("3");
  g_autoptr(JsonNode) object = parse ("{\"max\": 2, \"delay\": \"5s\"}");

  assert_json (runnel_field_value_get_member (scalar, "max", "max"), "3");
  g_assert_null (runnel_field_value_get_member (scalar, "max", "delay"));
  assert_json (runnel_field_value_get_member (object, "max", "delay"), "\"5s\"");
  g_assert_null (runnel_field_value_get_member (NULL, "max", "max"));
}

static void
assert_with_member (const char *before,
                    const char *key,
                    const char *member,
                    const char *after)
{
  g_autoptr(JsonNode) value = parse (before);
  g_autoptr(JsonNode) new_member = parse (member);
  g_autoptr(JsonNode) changed = runnel_field_value_with_member (value, "max", key, new_member);

  assert_json (changed, after);
  /* What the document holds is never modified. */
  assert_json (value, before);
}

static void
test_with_member_stays_short (void)
{
  assert_with_member (NULL, "max", "3", "3");
  assert_with_member ("3", "max", "4", "4");
  assert_with_member ("3", "max", NULL, NULL);
  assert_with_member ("3", "delay", "\"5s\"", "{\"max\": 3, \"delay\": \"5s\"}");
  assert_with_member ("{\"max\": 3, \"delay\": \"5s\"}", "delay", NULL, "3");
  assert_with_member ("{\"max\": 3, \"x\": 1}", "max", NULL, "{\"x\": 1}");
  assert_with_member (NULL, "delay", "\"5s\"", "{\"delay\": \"5s\"}");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/designer/field-value/from-entry-takes-values", test_from_entry_takes_values);
  g_test_add_func ("/designer/field-value/from-entry-refuses", test_from_entry_refuses);
  g_test_add_func ("/designer/field-value/from-json-is-safe", test_from_json_is_safe);
  g_test_add_func ("/designer/field-value/to-entry-and-back", test_to_entry_and_back);
  g_test_add_func ("/designer/field-value/member-of-shorthand", test_member_of_shorthand);
  g_test_add_func ("/designer/field-value/with-member-stays-short", test_with_member_stays_short);
  return g_test_run ();
}
