/* test-otlp.c: the JSON of OTLP, piece by piece
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <locale.h>

#include "telemetry-fixture.h"
#include "telemetry/runnel-otlp.h"

static void
test_values (void)
{
  g_autoptr(GString) list = g_string_new (NULL);

  setlocale (LC_ALL, "de_DE.UTF-8"); /* where a number has a comma, if it is installed */
  runnel_otlp_add_string (list, "s", "a \"b\"\n\xff");
  runnel_otlp_add_string (list, "none", NULL);
  runnel_otlp_add_int (list, "i", G_MININT64);
  runnel_otlp_add_double (list, "d", 0.5);
  runnel_otlp_add_boolean (list, "b", TRUE);
  setlocale (LC_ALL, "C");
  g_assert_cmpstr (list->str, ==,
                   "{\"key\":\"s\",\"value\":{\"stringValue\":\"a \\\"b\\\"\\n\uFFFD\"}},"
                   "{\"key\":\"i\",\"value\":{\"intValue\":\"-9223372036854775808\"}},"
                   "{\"key\":\"d\",\"value\":{\"doubleValue\":0.5}},"
                   "{\"key\":\"b\",\"value\":{\"boolValue\":true}}");
}

static void
test_long_text (void)
{
  g_autoptr(GString) list = g_string_new (NULL);
  g_autofree char *text = g_strnfill (1000000, 'x');

  runnel_otlp_add_string (list, "s", text);
  g_assert_cmpuint (list->len, <, 5000);
}

static void
test_span (void)
{
  g_autoptr(GString) spans = g_string_new (NULL);
  g_autoptr(GString) resource = g_string_new (NULL);
  g_autoptr(GString) events = g_string_new (NULL);
  g_autoptr(GString) links = g_string_new (NULL);
  g_autoptr(GBytes) body = NULL;
  g_autoptr(JsonNode) root = NULL;
  JsonNode *span;

  runnel_otlp_add_event (events, "paused", T0, NULL);
  runnel_otlp_add_link (links, "t", "s", "rerun");
  runnel_otlp_add_span (spans, &(RunnelSpan) {
    .trace = "t1", .id = "s1", .parent = "p1", .name = "n", .kind = RUNNEL_SPAN_SERVER, .start = T0 + 1,
    .end = T0, .status = RUNNEL_SPAN_ERROR, .message = "bad", .events = events, .links = links,
  });
  runnel_otlp_add_span (spans, &(RunnelSpan) {
    .trace = "t1", .id = "s2", .name = "m", .kind = RUNNEL_SPAN_INTERNAL, .start = T0, .end = T0,
    .message = "not told",
  });
  runnel_otlp_add_string (resource, "service.name", "x");
  body = runnel_otlp_write_traces (resource, spans);
  root = parse_bytes (body);
  g_assert_cmpstr (find_attribute (find_node (root, "resourceSpans.0.resource.attributes"),
                                   "service.name"), ==, "x");
  span = find_node (root, "resourceSpans.0.scopeSpans.0.spans.0");
  g_assert_cmpstr (find_text (span, "traceId"), ==, "t1");
  g_assert_cmpstr (find_text (span, "parentSpanId"), ==, "p1");
  g_assert_cmpstr (find_text (span, "startTimeUnixNano"), ==, "1767225600000001000");
  g_assert_cmpstr (find_text (span, "endTimeUnixNano"), ==, "1767225600000001000");
  g_assert_cmpint (json_node_get_int (find_node (span, "kind")), ==, 2);
  g_assert_cmpint (json_node_get_int (find_node (span, "status.code")), ==, 2);
  g_assert_cmpstr (find_text (span, "status.message"), ==, "bad");
  g_assert_cmpstr (find_text (span, "events.0.name"), ==, "paused");
  g_assert_cmpstr (find_attribute (find_node (span, "links.0.attributes"), "runnel.link"), ==,
                   "rerun");
  span = find_node (root, "resourceSpans.0.scopeSpans.0.spans.1");
  g_assert_null (find_node (span, "parentSpanId"));
  g_assert_null (find_node (span, "status.message"));
  g_assert_null (find_node (span, "events"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/telemetry/otlp/values", test_values);
  g_test_add_func ("/telemetry/otlp/long-text", test_long_text);
  g_test_add_func ("/telemetry/otlp/span", test_span);
  return g_test_run ();
}
