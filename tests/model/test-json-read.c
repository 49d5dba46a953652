/* test-json-read.c: reading JSON that may be hostile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "model/runnel-json-read.h"
#include "model/runnel-json-write.h"
#include "model/runnel-pipeline.h"

typedef struct
{
  const char *text;
  guint line;
  guint column;
  const char *message; /* pattern */
} Bad;

static const Bad bad[] = {
  { "", 1, 1, "*file is empty*" },
  { " \n\t ", 2, 3, "*file is empty*" },
  { "{", 1, 2, "*a key in double quotes*the end of the file*" },
  { "[1,\n 2", 2, 3, "*“,” or “]”*" },
  { "[1 2]", 1, 4, "*“,” or “]” is expected here, not “2”*" },
  { "[1,]", 1, 4, "*after the last entry*" },
  { "{\"a\": 1,}", 1, 9, "*after the last entry*" },
  { "{\"a\" 1}", 1, 6, "*“:” is expected*" },
  { "{a: 1}", 1, 2, "*a key in double quotes is expected here, not “a”*" },
  { "['a']", 1, 2, "*double quotes*" },
  { "// x\n1", 1, 1, "*no comments*" },
  { "[1] x", 1, 5, "*end of the file is expected*" },
  { "{} {}", 1, 4, "*end of the file is expected*" },
  { "\"a", 1, 1, "*no closing*" },
  { "[\"é\", \"a\nb\"]", 1, 9, "*ends on the line*" },
  { "\"a\tb\"", 1, 3, "*a tab as*" },
  { "\"\\x\"", 1, 3, "*one of*" },
  { "\"\\u12G4\"", 1, 6, "*hexadecimal*" },
  { "\"\\u0000\"", 1, 2, "*NUL*" },
  { "\"\\ud800\"", 1, 2, "*half of a character*" },
  { "\"\\udc00\\ud800\"", 1, 2, "*half of a character*" },
  { "01", 1, 2, "*does not start with 0*" },
  { "1.", 1, 3, "*a digit*" },
  { "-", 1, 2, "*a digit*" },
  { "1e", 1, 3, "*a digit*" },
  { "+1", 1, 1, "*a value*" },
  { "NaN", 1, 1, "*a value*" },
  { "tru", 1, 1, "*a value*" },
  { "nulls", 1, 5, "*end of the file*" },
  { "9223372036854775808", 1, 1, "*too large*" },
  { "-9223372036854775809", 1, 1, "*too large*" },
  { "[1e999]", 1, 2, "*too large*" },
  { "{\"a\": 1, \"b\": 2, \"a\": 3}", 1, 18, "*“a” stands twice*" },
  { "{\"a\": 1, \"\\u0061\": 3}", 1, 10, "*“a” stands twice*" },
  { "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,\"k\":1,\"l\":1,\"m\":1,\"c\":1}",
    1, 80, "*“c” stands twice*" },
  { "\xEF\xBB\xBF{}", 1, 1, "*byte order mark*" },
  { "[\"\xFF\"]", 1, 3, "*not UTF-8*" },
  { "[\"\xC3\"]", 1, 3, "*not UTF-8*" },
  { "[\"\xED\xA0\x80\"]", 1, 3, "*not UTF-8*" },
};

static void
assert_bad (const char *text,
            gsize       length,
            int         code,
            const Bad  *expected)
{
  /* Without a NUL behind, so that reading too far shows. */
  g_autofree char *exact = g_memdup2 (text, length);
  RunnelJsonPosition position = { 0, 0 };
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_json_read (length > 0 ? exact : "", length, RUNNEL_JSON_MAX_DEPTH, &position, &error));
  g_assert_error (error, RUNNEL_PIPELINE_ERROR, code);
  if (expected == NULL)
    return;

  g_test_message ("%s", error->message);
  g_assert_cmpuint (position.line, ==, expected->line);
  g_assert_cmpuint (position.column, ==, expected->column);
  g_assert_true (g_pattern_match_simple (expected->message, error->message));
}

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_bad (bad[i].text, strlen (bad[i].text), RUNNEL_PIPELINE_ERROR_SYNTAX, &bad[i]);

  assert_bad ("[\"a\0b\"]", 7, RUNNEL_PIPELINE_ERROR_SYNTAX, &(Bad) { "", 1, 4, "*NUL*" });
}

static void
test_good (void)
{
  static const char *const texts[][2] = {
    { "null", "null" }, { " true ", "true" }, { "false", "false" }, { "0", "0" }, { "-0.0", "-0.0" },
    { "9223372036854775807", "9223372036854775807" }, { "-9223372036854775808", "-9223372036854775808" },
    { "1.50", "1.5" }, { "1E2", "100.0" }, { "0.1", "0.1" }, { "1e-7", "1e-07" }, { "5e-324", "4.94065645841247e-324" },
    { "0.30000000000000004", "0.30000000000000004" }, { "1e400", NULL },
    { "\"\\u00e9 \\ud83d\\ude00 \\n\\t\\/\\\"\\\\\"", "\"é 😀 \\n\\t/\\\"\\\\\"" },
    { "\"\\u001f\x7f\"", "\"\\u001f\x7f\"" }, { "[ ]", "[]" }, { "{ }", "{}" },
    { "[1,[2,{\"a\":[]}]]", "[1, [2, {\"a\": []}]]" },
    { "{\"b\":1,\"\":2,\"a\":3}", "{\"b\": 1, \"\": 2, \"a\": 3}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(JsonNode) node = runnel_json_read (texts[i][0], strlen (texts[i][0]), RUNNEL_JSON_MAX_DEPTH, NULL, NULL);
      g_autoptr(GString) written = g_string_new (NULL);

      g_assert_cmpint (node != NULL, ==, texts[i][1] != NULL);
      if (node == NULL)
        continue;
      runnel_json_write_compact (written, node);
      g_assert_cmpstr (written->str, ==, texts[i][1]);
    }
}

static char *
nest (guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, i % 2 == 0 ? "[" : "{\"a\":");
  g_string_append (text, "1");
  for (guint i = depth; i > 0; i--)
    g_string_append (text, (i - 1) % 2 == 0 ? "]" : "}");

  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  g_autofree char *deepest = nest (RUNNEL_JSON_MAX_DEPTH);
  g_autofree char *deeper = nest (RUNNEL_JSON_MAX_DEPTH + 1);
  g_autofree char *bottomless = nest (100000);
  g_autoptr(JsonNode) node = NULL;

  node = runnel_json_read (deepest, strlen (deepest), RUNNEL_JSON_MAX_DEPTH, NULL, NULL);
  g_assert_nonnull (node);
  assert_bad (deeper, strlen (deeper), RUNNEL_PIPELINE_ERROR_TOO_LARGE, NULL);
  assert_bad (bottomless, strlen (bottomless), RUNNEL_PIPELINE_ERROR_TOO_LARGE, NULL);
}

static void
test_length (void)
{
  gsize length = RUNNEL_JSON_MAX_LENGTH + 1;
  g_autofree char *text = g_malloc (length);

  memset (text, ' ', length);
  text[0] = '1';
  assert_bad (text, length, RUNNEL_PIPELINE_ERROR_TOO_LARGE, NULL);
}

/* Each beginning of a document is an error and none a crash; so is each document with one byte changed, or it is read. */
static void
test_truncated (void)
{
  static const char text[] = "{\"format\": 1, \"steps\": [{\"id\": \"é\\u00e9\\ud83d\\ude00\", \"x\": [1.5e-3, -7, true, null]}]}";
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    assert_bad (text, i, RUNNEL_PIPELINE_ERROR_SYNTAX, NULL);

  for (gsize i = 0; i < length; i++)
    for (guint c = 0; c < 256; c++)
      {
        g_autofree char *copy = g_memdup2 (text, length);
        g_autoptr(JsonNode) node = NULL;
        g_autoptr(GError) error = NULL;

        copy[i] = c;
        node = runnel_json_read (copy, length, RUNNEL_JSON_MAX_DEPTH, NULL, &error);
        g_assert_true ((node != NULL) != (error != NULL));
      }
}

static void
test_locate (void)
{
  static const char text[] = "{\"a\": 1,\n \"é\": {\"x y\": [1,\n  {\"b\": 2}]}, \"a.b\": 3}";
  static const char *const paths[] = { "a", "[\"é\"][\"x y\"][1].b", "", "nowhere", "a", "[\"a.b\"]" };
  RunnelJsonPosition positions[G_N_ELEMENTS (paths)] = { 0 };
  static const RunnelJsonPosition expected[] = { { 1, 7 }, { 3, 9 }, { 1, 1 }, { 0, 0 }, { 1, 7 }, { 3, 22 } };

  runnel_json_locate (text, strlen (text), paths, G_N_ELEMENTS (paths), positions);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_assert_cmpuint (positions[i].line, ==, expected[i].line);
      g_assert_cmpuint (positions[i].column, ==, expected[i].column);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/json-read/bad", test_bad);
  g_test_add_func ("/model/json-read/good", test_good);
  g_test_add_func ("/model/json-read/depth", test_depth);
  g_test_add_func ("/model/json-read/length", test_length);
  g_test_add_func ("/model/json-read/truncated", test_truncated);
  g_test_add_func ("/model/json-read/locate", test_locate);

  return g_test_run ();
}
