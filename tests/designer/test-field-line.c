/* test-field-line.c: values of several kinds as one line of text each
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib.h>

#include "designer/inspector/runnel-field-line.h"
#include "designer/inspector/runnel-field-value.h"
#include "model/runnel-pipeline.h"

/* That @json is shown as @text and read back as the same. */
static void
assert_line (const RunnelFieldLine *line,
             const char            *json,
             const char            *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) value = runnel_field_value_from_json (json, &error);
  g_autofree char *shown = line->to_text (value);
  g_autoptr(JsonNode) read = line->from_text (shown, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (shown, ==, text);
  g_assert_true (json_node_equal (read, value));
}

static void
assert_refused (const RunnelFieldLine *line,
                const char            *text)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (line->from_text (text, &error));
  g_assert_nonnull (error);
}

static void
test_values (void)
{
  const RunnelFieldLine *line = &runnel_field_line_values;

  assert_line (line, "[\"debian\", \"fedora\"]", "debian, fedora");
  assert_line (line, "[12, true, null, 1.5]", "12, true, null, 1.5");
  assert_line (line, "[\"12\", \"true\"]", "\"12\", \"true\"");
  assert_line (line, "[\"a, b\", \"c\"]", "\"a, b\", c");
  assert_line (line, "[\"5\\\" disk\", \"c\"]", "\"5\\\" disk\", c");
  assert_line (line, "[\" a\", \"\"]", "\" a\", \"\"");
  assert_line (line, "[[1, 2], {\"x\": \"y, z\"}]", "[1,2], {\"x\":\"y, z\"}");
  assert_line (line, "\"${{ fromJSON(params.list, 1) }}\"", "${{ fromJSON(params.list, 1) }}");
}

static void
test_values_with_gaps (void)
{
  g_autoptr(JsonNode) value = runnel_field_line_values.from_text (" a ,, b,", NULL);
  g_autofree char *json = runnel_field_value_to_json (value);

  g_assert_cmpstr (json, ==, "[\"a\", \"b\"]");
  assert_refused (&runnel_field_line_values, "");
  assert_refused (&runnel_field_line_values, "[1");
}

static void
test_combination (void)
{
  const RunnelFieldLine *line = &runnel_field_line_combination;

  assert_line (line, "{\"os\": \"debian\", \"cc\": \"clang\"}", "os: debian, cc: clang");
  assert_line (line, "{\"url\": \"http://a\", \"n\": 3}", "url: http://a, n: 3");
  assert_refused (line, "debian");
  assert_refused (line, "os:");
  assert_refused (line, ": debian");
}

static void
test_count (void)
{
  assert_line (&runnel_field_line_count, "3", "3");
  assert_refused (&runnel_field_line_count, "many");
  assert_refused (&runnel_field_line_count, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/designer/field-line/values", test_values);
  g_test_add_func ("/designer/field-line/values-with-gaps", test_values_with_gaps);
  g_test_add_func ("/designer/field-line/combination", test_combination);
  g_test_add_func ("/designer/field-line/count", test_count);
  return g_test_run ();
}
