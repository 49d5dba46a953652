/* test-json-slice.c: values read where they stand in a text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/runnel-json-read.h"
#include "model/runnel-json-slice.h"

static RunnelJsonSlice
slice (const char *text)
{
  g_assert_true (runnel_json_check (text, strlen (text), RUNNEL_JSON_MAX_DEPTH, NULL, NULL));

  return runnel_json_slice_new (text, strlen (text));
}

static void
test_types (void)
{
  static const struct
  {
    const char *text;
    RunnelJsonType type;
  } values[] = {
    { " null\n", RUNNEL_JSON_NULL }, { "true", RUNNEL_JSON_BOOLEAN },
    { "\tfalse", RUNNEL_JSON_BOOLEAN },
    { "-7", RUNNEL_JSON_INTEGER }, { "0", RUNNEL_JSON_INTEGER }, { "1.0", RUNNEL_JSON_DOUBLE },
    { "1e2", RUNNEL_JSON_DOUBLE }, { "-1E-2", RUNNEL_JSON_DOUBLE }, { "\"1\"", RUNNEL_JSON_STRING },
    { "[1]", RUNNEL_JSON_ARRAY }, { "{}", RUNNEL_JSON_OBJECT },
  };
  RunnelJsonSlice none = { NULL, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      RunnelJsonSlice value = slice (values[i].text);

      g_assert_cmpint (runnel_json_slice_get_type (value), ==, values[i].type);
      g_assert_false (runnel_json_slice_holds (none, values[i].type));
    }

  g_assert_true (runnel_json_slice_is_true (slice ("true")));
  g_assert_false (runnel_json_slice_is_true (slice ("\"true\"")));
  g_assert_true (runnel_json_slice_is_number (slice ("-0.5")));
  g_assert_false (runnel_json_slice_is_number (none));
  g_assert_null (runnel_json_slice_dup_text (none));
  g_assert_null (runnel_json_slice_dup_text (slice ("1")));
}

static void
test_numbers (void)
{
  g_assert_cmpint (runnel_json_slice_get_int (slice ("9223372036854775807")), ==, G_MAXINT64);
  g_assert_cmpint (runnel_json_slice_get_int (slice ("-9223372036854775808")), ==, G_MININT64);
  g_assert_cmpfloat (runnel_json_slice_get_double (slice ("-2.5e3")), ==, -2500.0);
  g_assert_cmpfloat (runnel_json_slice_get_double (slice ("12")), ==, 12.0);
}

static void
test_texts (void)
{
  static const struct
  {
    const char *text;
    const char *decoded;
  } values[] = {
    { "\"\"", "" }, { "\"a b\"", "a b" }, { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t" },
    { "\"é\\u00e9\\u20AC\"", "éé€" }, { "\"\\ud83d\\ude00!\"", "😀!" },
    { "\"}],:\"", "}],:" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      RunnelJsonSlice value = slice (values[i].text);
      g_autofree char *decoded = runnel_json_slice_dup_text (value);

      g_assert_cmpstr (decoded, ==, values[i].decoded);
      g_assert_true (runnel_json_slice_has_text (value, values[i].decoded));
      g_assert_false (runnel_json_slice_has_text (value, "another"));
    }

  /* The text that an escape is written with is not the text that it means. */
  g_assert_false (runnel_json_slice_has_text (slice ("\"\\n\""), "\\n"));
}

static void
assert_next (RunnelJsonIter *iter,
             const char     *key,
             const char     *value)
{
  RunnelJsonSlice name = { NULL, 0 }, found;

  g_assert_true (runnel_json_iter_next (iter, &name, &found));
  g_assert_true (key == NULL ? name.at == NULL : runnel_json_slice_has_text (name, key));
  g_assert_cmpmem (found.at, found.length, value, strlen (value));
}

static void
test_containers (void)
{
  RunnelJsonSlice object = slice (
    " { \"a\" : [1 , {\"b\":\"]}\\\"\"}] ,\n\"\\u0063\":-1.5e3,\"d\":{ },\"e\":null } ");
  RunnelJsonSlice array = runnel_json_slice_get_member (object, "a"), value;
  RunnelJsonIter iter;

  g_assert_cmpuint (runnel_json_slice_count (object), ==, 4);
  runnel_json_iter_init (&iter, object);
  assert_next (&iter, "a", "[1 , {\"b\":\"]}\\\"\"}]");
  assert_next (&iter, "c", "-1.5e3");
  assert_next (&iter, "d", "{ }");
  assert_next (&iter, "e", "null");
  g_assert_false (runnel_json_iter_next (&iter, NULL, &value));

  g_assert_cmpuint (runnel_json_slice_count (array), ==, 2);
  runnel_json_iter_init (&iter, array);
  assert_next (&iter, NULL, "1");
  assert_next (&iter, NULL, "{\"b\":\"]}\\\"\"}");
  g_assert_false (runnel_json_iter_next (&iter, NULL, &value));

  g_assert_cmpuint (runnel_json_slice_count (runnel_json_slice_get_member (object, "d")), ==, 0);
  g_assert_null (runnel_json_slice_get_member (object, "b").at);
}

/* What is read from a text without spaces is what is read from the text. */
static void
test_compact (void)
{
  static const char text[] =
    "{ \"a b\" : [ 1,\t2.50 ],\r\n \"c\" : \" \\\" \" , \"d\" : { \"e\" : true } }";
  char buffer[sizeof text];
  gsize length = runnel_json_slice_compact (slice (text), buffer);
  g_autoptr(JsonNode) expected = runnel_json_slice_to_node (slice (text));
  g_autoptr(JsonNode) node = runnel_json_slice_to_node (runnel_json_slice_new (buffer, length));

  g_assert_cmpmem (buffer, length, "{\"a b\":[1,2.50],\"c\":\" \\\" \",\"d\":{\"e\":true}}",
                   length);
  g_assert_true (json_node_equal (node, expected));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/json-slice/types", test_types);
  g_test_add_func ("/model/json-slice/numbers", test_numbers);
  g_test_add_func ("/model/json-slice/texts", test_texts);
  g_test_add_func ("/model/json-slice/containers", test_containers);
  g_test_add_func ("/model/json-slice/compact", test_compact);

  return g_test_run ();
}
