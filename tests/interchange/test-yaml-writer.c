/* test-yaml-writer.c: YAML written, and read again by this and another library
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gio/gio.h>
#include <string.h>

#include "interchange/runnel-yaml.h"

#define N_TREES 400

static void
test_looks (void)
{
  g_autoptr (RunnelYamlWriter) writer = runnel_yaml_writer_new ();
  g_autofree char *text = NULL;

  runnel_yaml_writer_comment (writer, "first");
  runnel_yaml_writer_begin (writer);
  runnel_yaml_writer_open_map (writer);
  runnel_yaml_writer_pair (writer, "on", "push");
  runnel_yaml_writer_pair (writer, "none", NULL);
  runnel_yaml_writer_comment (writer, "two\n\nlines");
  runnel_yaml_writer_key (writer, "steps");
  runnel_yaml_writer_open_list (writer);
  runnel_yaml_writer_comment (writer, "inside");
  runnel_yaml_writer_open_map (writer);
  runnel_yaml_writer_pair (writer, "name", "🚀 it's");
  runnel_yaml_writer_comment (writer, "of run");
  runnel_yaml_writer_pair (writer, "run", "make\n\tx \n");
  runnel_yaml_writer_key (writer, "with");
  runnel_yaml_writer_open_list (writer);
  runnel_yaml_writer_string (writer, "a\n  b");
  runnel_yaml_writer_integer (writer, 7);
  runnel_yaml_writer_close_list (writer);
  runnel_yaml_writer_close_map (writer);
  runnel_yaml_writer_string (writer, "  c\n\n");
  runnel_yaml_writer_close_list (writer);
  runnel_yaml_writer_key (writer, "empty");
  runnel_yaml_writer_open_list (writer);
  runnel_yaml_writer_close_list (writer);
  runnel_yaml_writer_close_map (writer);
  runnel_yaml_writer_comment (writer, "second");
  runnel_yaml_writer_begin (writer);
  runnel_yaml_writer_open_list (writer);
  runnel_yaml_writer_null (writer);
  runnel_yaml_writer_boolean (writer, TRUE);
  runnel_yaml_writer_close_list (writer);
  runnel_yaml_writer_comment (writer, "last\rno key: 1");
  text = runnel_yaml_writer_finish (writer);

  g_assert_cmpstr (text, ==,
                   "# first\n"
                   "'on': push\n"
                   "# two\n"
                   "#\n"
                   "# lines\n"
                   "steps:\n"
                   "  # inside\n"
                   "  - name: '🚀 it''s'\n"
                   "    # of run\n"
                   "    run: |\n"
                   "      make\n"
                   "      \tx \n"
                   "    with:\n"
                   "      - |-\n"
                   "        a\n"
                   "          b\n"
                   "      - 7\n"
                   "  - |2+\n"
                   "      c\n"
                   "\n"
                   "empty: []\n"
                   "# second\n"
                   "---\n"
                   "- null\n"
                   "- true\n"
                   "# last no key: 1\n");
}

static void
assert_written (const char *json, const char *expected)
{
  g_autoptr (RunnelYamlWriter) writer = runnel_yaml_writer_new ();
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  g_autofree char *text = NULL;

  runnel_yaml_writer_begin (writer);
  runnel_yaml_writer_json (writer, node);
  text = runnel_yaml_writer_finish (writer);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_tags (void)
{
  assert_written ("{\"a\": {\"!reference\": [\"b\", \"c\\nd\"]}}",
                  "a: !reference [b, \"c\\nd\"]\n");
  assert_written ("{\"a\": [{\"!x\": \"1\"}, {\"!!binary\": \"aGk=\"}]}",
                  "a:\n  - !x '1'\n  - !!binary aGk=\n");
  assert_written ("{\"!\": {\"!x\": 1}}", "'!x': 1\n");
}

static gboolean
is_written_quoted (const char *value)
{
  g_autoptr (RunnelYamlWriter) writer = runnel_yaml_writer_new ();
  g_autofree char *text = NULL;

  runnel_yaml_writer_begin (writer);
  runnel_yaml_writer_open_map (writer);
  runnel_yaml_writer_pair (writer, "k", value);
  runnel_yaml_writer_close_map (writer);
  text = runnel_yaml_writer_finish (writer);
  g_test_message ("%s", text);

  return text[3] == '\'' || text[3] == '"';
}

/* Texts that a reader of YAML 1.1 or 1.2 takes for something else when they have no quotes. */
static void
test_quotes (void)
{
  static const char *const quoted[] = {
    "",           "~",
    "null",       "True",
    "yes",        "No",
    "ON",         "off",
    "y",          "N",
    "3.10",       "0755",
    "1e3",        "12:30",
    "1_000",      "0x1f",
    "0o17",       "-1",
    "+.5",        ".inf",
    "2026-01-31", "2026-01-31T10:00:00Z",
    "5 4 * * *",  "*a",
    "&a",         "!a",
    "%a",         "@a",
    "`a",         "{a",
    "[a",         ">a",
    "|a",         "- a",
    "? a",        ": a",
    "a: b",       "a #b",
    "#a",         "a:",
    " a",         "a ",
    "=",          "<<",
    "'a'",        "\"a\"",
    "---",        "...",
    "1.2.3",      NULL,
  };
  static const char *const plain[] = {
    "make", "a:b", "a#b", "v1", "node-20", "$CI", "a b", "-a",
    "a, b", "a]",  "ä",   "1x", "nothing", "one", NULL,
  };

  for (guint i = 0; quoted[i] != NULL; i++)
    g_assert_true (is_written_quoted (quoted[i]));
  for (guint i = 0; plain[i] != NULL; i++)
    g_assert_false (is_written_quoted (plain[i]));
}

/* --- Any tree at all --- */

static char *
make_text (GRand *rand)
{
  static const char *const pieces[] = {
    "a",
    "yes",
    "12",
    ".5",
    ":",
    ": ",
    " #",
    "-",
    "- ",
    "\n",
    "\n\n",
    "\t",
    " ",
    "  ",
    "ä",
    "🚀",
    "\"",
    "'",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&",
    "*",
    "!",
    "|",
    ">",
    "%",
    "@",
    "`",
    "?",
    "=",
    "<<",
    "---",
    "...",
    "\r",
    "\x7f",
    "\xc2\x85",
    "\xe2\x80\xa8",
    "\xef\xbb\xbf",
    "\x01",
    "echo \"$X\"",
    "${{ a.b }}",
    "null",
    "0x",
    "e3",
    "text",
  };
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = g_rand_int_range (rand, 0, 7);

  for (guint i = 0; i < n; i++)
    g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static JsonNode *
make_scalar (GRand *rand)
{
  static const double doubles[] = { 0.5, -1e-9, 1e21, 1.25e300, 3.1 };
  g_autofree char *text = make_text (rand);
  JsonNode *node = json_node_alloc ();

  switch (g_rand_int_range (rand, 0, 8))
    {
    case 0:
      return json_node_init_int (node, g_rand_int_range (rand, -5000, 5000));
    case 1:
      return json_node_init_boolean (node, g_rand_boolean (rand));
    case 2:
      return json_node_init_null (node);
    case 3:
      return json_node_init_double (node,
                                    doubles[g_rand_int_range (rand, 0, G_N_ELEMENTS (doubles))]);
    default:
      return json_node_init_string (node, text);
    }
}

static JsonNode *
make_tree (GRand *rand, guint depth)
{
  guint choice = g_rand_int_range (rand, 0, 10);
  guint n = g_rand_int_range (rand, 0, 5);
  JsonNode *node;

  if (depth == 0 || choice < 3)
    return make_scalar (rand);

  if (choice < 6)
    {
      JsonArray *array = json_array_new ();

      for (guint i = 0; i < n; i++)
        json_array_add_element (array, make_tree (rand, depth - 1));
      node = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (node, array);
    }
  else
    {
      JsonObject *object = json_object_new ();

      for (guint i = 0; i < n; i++)
        {
          g_autofree char *key = choice == 9 && n == 1 ? g_strdup ("!reference") : make_text (rand);

          json_object_set_member (object, key, make_tree (rand, depth - 1));
        }
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, object);
    }

  return node;
}

/* One that is written as it came: {"!": x} stands only for a mapping that looks like a tag, and a
 * tagged number is a text. */
static JsonNode *
make_writable_tree (GRand *rand)
{
  while (TRUE)
    {
      g_autoptr (JsonNode) tree = make_tree (rand, 5);
      g_autofree char *json = json_to_string (tree, FALSE);

      if (strstr (json, "{\"!") == NULL)
        return g_steal_pointer (&tree);
    }
}

static void
write_tree (RunnelYamlWriter *writer, JsonNode *tree)
{
  runnel_yaml_writer_comment (writer, "a: comment\nin two lines");
  runnel_yaml_writer_begin (writer);
  runnel_yaml_writer_json (writer, tree);
}

static char *
write_trees (GRand *rand, GPtrArray *trees)
{
  g_autoptr (RunnelYamlWriter) writer = runnel_yaml_writer_new ();

  for (guint i = 0; i < N_TREES; i++)
    {
      JsonNode *tree = make_writable_tree (rand);

      g_ptr_array_add (trees, tree);
      write_tree (writer, tree);
    }

  return runnel_yaml_writer_finish (writer);
}

static void
assert_equal_trees (JsonNode *read, JsonNode *written)
{
  g_autofree char *read_json = json_to_string (read, TRUE);
  g_autofree char *written_json = json_to_string (written, TRUE);

  g_assert_cmpstr (read_json, ==, written_json);
}

static void
test_read_back (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GPtrArray) trees = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_autofree char *text = write_trees (rand, trees);
  g_autoptr (GError) error = NULL;
  g_autoptr (RunnelYamlStream) stream = runnel_yaml_read (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (stream->documents->len, ==, trees->len);
  for (guint i = 0; i < trees->len; i++)
    {
      g_autoptr (JsonNode) read = runnel_yaml_to_json (g_ptr_array_index (stream->documents, i));

      assert_equal_trees (read, g_ptr_array_index (trees, i));
    }
  g_test_message ("%u trees", trees->len);
}

/* PyYAML reads YAML 1.1, and shares no code with libyaml. */
static void
test_other_library (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  g_autoptr (GPtrArray) trees = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_autofree char *text = write_trees (rand, trees);
  g_autofree char *script = g_build_filename (g_getenv ("RUNNEL_SOURCE_DIR"), "tests",
                                              "interchange", "yaml-to-json.py", NULL);
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) read = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
    &error, "python3", script, NULL);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, text, NULL, &output, &errors, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_exit_status (process) == 77)
    {
      g_test_skip ("python3-yaml is not installed");
      return;
    }
  g_assert_cmpstr (errors, ==, "");

  read = json_from_string (output, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (read)), ==, trees->len);
  for (guint i = 0; i < trees->len; i++)
    assert_equal_trees (json_array_get_element (json_node_get_array (read), i),
                        g_ptr_array_index (trees, i));
  g_test_message ("%u trees", trees->len);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/interchange/yaml-writer/looks", test_looks);
  g_test_add_func ("/interchange/yaml-writer/quotes", test_quotes);
  g_test_add_func ("/interchange/yaml-writer/tags", test_tags);
  g_test_add_func ("/interchange/yaml-writer/read-back", test_read_back);
  g_test_add_func ("/interchange/yaml-writer/other-library", test_other_library);

  return g_test_run ();
}
