/* test-yaml.c: YAML read into trees
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <json-glib/json-glib.h>
#include <string.h>

#include "interchange/runnel-yaml.h"

static RunnelYamlStream *
read_stream (const char *text)
{
  g_autoptr (GError) error = NULL;
  RunnelYamlStream *stream = runnel_yaml_read (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_nonnull (stream);

  return stream;
}

static RunnelYaml *
get_document (RunnelYamlStream *stream, guint index)
{
  return g_ptr_array_index (stream->documents, index);
}

static char *
to_json (RunnelYamlStream *stream)
{
  g_autoptr (JsonNode) node = runnel_yaml_to_json (get_document (stream, 0));

  return json_to_string (node, FALSE);
}

static void
assert_json (const char *text, const char *expected)
{
  g_autoptr (RunnelYamlStream) stream = read_stream (text);
  g_autofree char *json = to_json (stream);

  g_assert_cmpstr (json, ==, expected);
}

static void
assert_refused (const char *text, gssize length, int code, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RunnelYamlStream) stream =
    runnel_yaml_read (text, length < 0 ? strlen (text) : (gsize) length, &error);

  g_assert_null (stream);
  g_assert_error (error, RUNNEL_YAML_ERROR, code);
  if (!g_str_has_prefix (error->message, message))
    g_assert_cmpstr (error->message, ==, message);
}

static void
test_core_schema (void)
{
  assert_json ("[true, True, FALSE, yes, on, y, ~, null, '', \"true\", Null]",
               "[true,true,false,\"yes\",\"on\",\"y\",null,null,\"\",\"true\",null]");
  assert_json (
    "[0, 012, 0o14, 0x1F, -7, +8, 1_000, 12:30, 9223372036854775807, 9223372036854775808]",
    "[0,12,12,31,-7,8,\"1_000\",\"12:30\",9223372036854775807,\"9223372036854775808\"]");
  assert_json ("[1.5, .5, 5., 1e3, -1.5E-2, ., .e1, 1e, .inf, 1e999, 0x, 0o8, -]",
               "[1.5,0.5,5.0,1000.0,-0.014999999999999999,\".\",\".e1\",\"1e\",\".inf\",\"1e999\","
               "\"0x\",\"0o8\",\"-\"]");
  assert_json ("[!!str 12, !!int '12', ! yes, !!bool 'true', !!binary aGk=]",
               "[\"12\",12,\"yes\",true,{\"!!binary\":\"aGk=\"}]");
}

static void
test_places (void)
{
  g_autoptr (RunnelYamlStream) stream = read_stream ("# a\n\nä: &x\n  - ü: 1\n    key:   'text'\n");
  RunnelYaml *root = get_document (stream, 0);
  RunnelYaml *item;

  g_assert_cmpuint (root->line, ==, 3);
  g_assert_cmpuint (root->column, ==, 1);
  item = runnel_yaml_get_item (runnel_yaml_get (root, "ä"), 0);
  g_assert_cmpuint (runnel_yaml_get (item, "ü")->column, ==, 8);
  g_assert_cmpuint (runnel_yaml_get (item, "key")->line, ==, 5);
  g_assert_cmpuint (runnel_yaml_get (item, "key")->column, ==, 12);
  g_assert_cmpstr (runnel_yaml_get_text (runnel_yaml_get (item, "key")), ==, "text");
  g_assert_null (runnel_yaml_get (item, "none"));
  g_assert_null (runnel_yaml_get (NULL, "none"));
  g_assert_null (runnel_yaml_get_text (item));
  g_assert_true (runnel_yaml_is_null (NULL));
}

static void
test_no_document (void)
{
  g_autoptr (RunnelYamlStream) stream = read_stream ("# nothing\n");

  g_assert_cmpuint (stream->documents->len, ==, 1);
  g_assert_true (runnel_yaml_is_null (get_document (stream, 0)));
}

static void
test_many_documents (void)
{
  g_autoptr (RunnelYamlStream) stream =
    read_stream ("--- &a 1\n---\n&a 2\n---\n...\n--- [&a 3, *a]\n");

  g_assert_cmpuint (stream->documents->len, ==, 4);
  g_assert_cmpstr (get_document (stream, 1)->text, ==, "2");
  g_assert_true (runnel_yaml_is_null (get_document (stream, 2)));
  g_assert_true (runnel_yaml_get_item (get_document (stream, 3), 0)
                 == runnel_yaml_get_item (get_document (stream, 3), 1));
  assert_refused ("--- &a 1\n---\n[*a]\n", -1, RUNNEL_YAML_ERROR_SYNTAX,
                  "line 3, column 2: there is no anchor &a before this alias");
}

static void
test_aliases (void)
{
  assert_json ("a: &x {k: 1}\nb: *x\nc: &x [2]\nd: *x\n",
               "{\"a\":{\"k\":1},\"b\":{\"k\":1},\"c\":[2],\"d\":[2]}");
  assert_refused ("a: &x\n  b:\n    - *x\n", -1, RUNNEL_YAML_ERROR_RECURSIVE,
                  "line 3, column 7: the alias *x stands inside of what it names, in line 1");
  assert_refused ("&x [*x]", -1, RUNNEL_YAML_ERROR_RECURSIVE, "line 1, column 5: ");
  assert_refused ("&x {<<: *x}", -1, RUNNEL_YAML_ERROR_RECURSIVE, "line 1, column 9: ");
  assert_refused ("a: *x", -1, RUNNEL_YAML_ERROR_SYNTAX,
                  "line 1, column 4: there is no anchor &x before this alias");
}

static void
test_merge (void)
{
  assert_json ("a: &a {x: 1, y: 2}\nb: {<<: *a, x: 3}\nc: {x: 4, <<: *a}\n",
               "{\"a\":{\"x\":1,\"y\":2},\"b\":{\"y\":2,\"x\":3},\"c\":{\"x\":4,\"y\":2}}");
  assert_json ("- &a {x: 1}\n- &b {x: 2, y: 2}\n- {<<: [*a, *b], z: 3}\n- {'<<': 1}\n",
               "[{\"x\":1},{\"x\":2,\"y\":2},{\"x\":1,\"y\":2,\"z\":3},{\"<<\":1}]");
  assert_refused ("<<: 1", -1, RUNNEL_YAML_ERROR_SYNTAX, "line 1, column 1: “<<” takes a mapping");
  assert_refused ("a: 1\n<<: [{b: 1}, 2]", -1, RUNNEL_YAML_ERROR_SYNTAX,
                  "line 2, column 1: “<<” takes a mapping");
}

static void
test_tags (void)
{
  g_autoptr (RunnelYamlStream) stream = read_stream ("script: !reference [.a, script]\n");

  g_assert_cmpstr (runnel_yaml_get (get_document (stream, 0), "script")->tag, ==, "!reference");
  assert_json (
    "a: !reference [b, c]\nd: !x 1\ne: {'!x': 1}\nf: !<tag:a,1:b> {}\n",
    "{\"a\":{\"!reference\":[\"b\",\"c\"]},\"d\":{\"!x\":\"1\"},\"e\":{\"!\":{\"!x\":1}},"
    "\"f\":{\"!<tag:a,1:b>\":{}}}");
}

static void
test_refused (void)
{
  assert_refused (
    "a: 1\nb: 2\na: 3\n", -1, RUNNEL_YAML_ERROR_SYNTAX,
    "line 3, column 1: the key “a” is here for the second time, the first one is in line 1");
  assert_refused ("a: {{ .Values.x }}\n", -1, RUNNEL_YAML_ERROR_SYNTAX,
                  "line 1, column 5: a key can't be a list");
  assert_refused ("a:\n  b: 1\n c: 2\n", -1, RUNNEL_YAML_ERROR_SYNTAX, "line 3, column 2: ");
  assert_refused ("a: [1\nb: 2\n", -1, RUNNEL_YAML_ERROR_SYNTAX, "line 2, column 2: ");
  assert_refused ("a:\n\t- b\n", -1, RUNNEL_YAML_ERROR_SYNTAX, "line 2, column 1: ");
  assert_refused ("a: ä\nb: \xff\n", -1, RUNNEL_YAML_ERROR_SYNTAX,
                  "line 2, column 4: it is not UTF-8");
  assert_refused ("a: b\0c", 6, RUNNEL_YAML_ERROR_SYNTAX,
                  "line 1, column 5: a text can't hold NUL");
  assert_refused ("a: \"b\\0c\"", -1, RUNNEL_YAML_ERROR_SYNTAX,
                  "line 1, column 4: a text can't hold NUL");
  assert_refused ("a: ä\x01", -1, RUNNEL_YAML_ERROR_SYNTAX, "line 1, column 5: control characters");
}

/* Lists in lists, in one line. */
static char *
nest (guint n)
{
  g_autofree char *open = g_strnfill (n, '[');
  g_autofree char *close = g_strnfill (n, ']');

  return g_strconcat (open, close, NULL);
}

static void
test_depth (void)
{
  g_autofree char *allowed = nest (100);
  g_autofree char *refused = nest (101);
  g_autofree char *huge = nest (100000);
  g_autofree char *close = g_strnfill (60, ']');
  g_autofree char *open = g_strnfill (60, '[');
  g_autofree char *aliased = g_strdup_printf ("- &x %s%s\n- %s*x%s\n", open, close, open, close);

  g_clear_pointer (&close, g_free);
  assert_json (allowed, allowed);
  assert_refused (refused, -1, RUNNEL_YAML_ERROR_TOO_LARGE,
                  "line 1, column 101: it is nested more than 100");
  assert_refused (huge, -1, RUNNEL_YAML_ERROR_TOO_LARGE,
                  "line 1, column 101: it is nested more than 100");
  assert_refused (aliased, -1, RUNNEL_YAML_ERROR_TOO_LARGE, "line 2, column 63: with the alias *x");
}

/* A few lines that stand for billions of values. */
static void
test_laughs (void)
{
  g_autoptr (GString) text = g_string_new ("a0: &a0 [lol]\n");

  for (guint i = 1; i < 12; i++)
    g_string_append_printf (text,
                            "a%u: &a%u [*a%u, *a%u, *a%u, *a%u, *a%u, *a%u, *a%u, *a%u, *a%u]\n", i,
                            i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);

  assert_refused (text->str, -1, RUNNEL_YAML_ERROR_TOO_LARGE,
                  "line 7, column 40: the aliases stand for more than 1000000 values");
}

static void
test_too_long (void)
{
  gsize length = 16 * 1024 * 1024 + 1;
  g_autofree char *text = g_strnfill (length, '#');

  assert_refused (text, length, RUNNEL_YAML_ERROR_TOO_LARGE,
                  "line 1, column 1: the file is larger than 16 MB");
}

/* Looked up by an index; a scan of all keys for each would be quadratic. */
static void
test_many_keys (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (RunnelYamlStream) stream = NULL;
  RunnelYaml *root;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "key-%u: %u\n", i, i);
  stream = read_stream (text->str);
  root = get_document (stream, 0);
  g_assert_cmpuint (runnel_yaml_get_size (root), ==, 20000);
  for (guint i = 0; i < 20000; i++)
    {
      const char *key = runnel_yaml_get_key (root, i)->text;

      g_assert_cmpstr (runnel_yaml_get_text (runnel_yaml_get (root, key)), ==,
                       key + strlen ("key-"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/interchange/yaml/core-schema", test_core_schema);
  g_test_add_func ("/interchange/yaml/places", test_places);
  g_test_add_func ("/interchange/yaml/no-document", test_no_document);
  g_test_add_func ("/interchange/yaml/many-documents", test_many_documents);
  g_test_add_func ("/interchange/yaml/aliases", test_aliases);
  g_test_add_func ("/interchange/yaml/merge", test_merge);
  g_test_add_func ("/interchange/yaml/tags", test_tags);
  g_test_add_func ("/interchange/yaml/refused", test_refused);
  g_test_add_func ("/interchange/yaml/depth", test_depth);
  g_test_add_func ("/interchange/yaml/laughs", test_laughs);
  g_test_add_func ("/interchange/yaml/too-long", test_too_long);
  g_test_add_func ("/interchange/yaml/many-keys", test_many_keys);

  return g_test_run ();
}
