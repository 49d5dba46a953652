/* test-event.c: run events as lines of JSON
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "engine/runnel-event.h"

static char *
to_line (const RunnelEvent *event)
{
  GString *line = g_string_new (NULL);

  runnel_event_append_json (event, line);
  return g_string_free (line, FALSE);
}

static void
assert_refused (const char *line, gssize length, RunnelEventError code)
{
  g_autoptr(GError) error = NULL;
  RunnelEvent event = { .run = 99 };
  JsonNode *owner = NULL;

  g_assert_false (runnel_event_parse_json (line, length, &event, &owner, &error));
  g_assert_error (error, RUNNEL_EVENT_ERROR, (int) code);
  g_assert_null (owner);
  g_assert_cmpint (event.run, ==, 99);
}

static void
test_line (void)
{
  const RunnelEvent queued = {
    .type = RUNNEL_EVENT_STEP_QUEUED,
    .time = 1700000000123456,
    .run = 7,
    .step = "build",
    .state = RUNNEL_STATE_QUEUED,
  };
  const RunnelEvent finished = {
    .type = RUNNEL_EVENT_ATTEMPT_FINISHED,
    .time = 5,
    .run = 7,
    .step = "build",
    .attempt = 2,
    .state = RUNNEL_STATE_FAILED,
    .reason = "it ended with exit code 3",
    .exit_code = 3,
    .usage = { 10, 20, 30 },
  };
  g_autofree char *first = to_line (&queued);
  g_autofree char *second = to_line (&finished);

  g_assert_cmpstr (first, ==,
                   "{\"event\":\"step-queued\",\"time\":1700000000123456,\"run\":7,"
                   "\"step\":\"build\",\"state\":\"queued\"}");
  g_assert_cmpstr (second, ==,
                   "{\"event\":\"attempt-finished\",\"time\":5,\"run\":7,\"step\":\"build\","
                   "\"attempt\":2,\"state\":\"failed\",\"exit-code\":3,\"user-us\":10,"
                   "\"system-us\":20,\"max-rss-kb\":30,\"reason\":\"it ended with exit code 3\"}");
}

static void
test_usage (void)
{
  const RunnelUsage of_program = { 10, 20, 30, 0, 0 };
  const RunnelUsage of_group = { 10, 20, 30, 40, 50 };

  g_assert_cmpint (runnel_usage_get_cpu_us (&of_program), ==, 30);
  g_assert_cmpint (runnel_usage_get_memory_kb (&of_program), ==, 30);
  g_assert_cmpint (runnel_usage_get_cpu_us (&of_group), ==, 40);
  g_assert_cmpint (runnel_usage_get_memory_kb (&of_group), ==, 50);
}

static void
test_round_trip (void)
{
  g_autoptr(JsonObject) outputs = json_object_new ();
  g_autoptr(JsonNode) owner = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *line = NULL;
  g_autofree char *again = NULL;
  RunnelEvent read;
  const RunnelEvent event = {
    .type = RUNNEL_EVENT_ATTEMPT_FINISHED,
    .time = -1,
    .run = G_MAXINT64,
    .step = "a-b_c",
    .attempt = G_MAXUINT,
    .state = RUNNEL_STATE_TIMED_OUT,
    .reason = "\"quoted\" \\ back\nline\ttab\001\x1f\b\f\r\v \xc3\xa4 \xf0\x9f\x98\x80",
    .tolerated = TRUE,
    .wait = RUNNEL_WAIT_RETRY,
    .pid = 4711,
    .start_time = 12345678,
    .exit_code = -1,
    .term_signal = 9,
    .usage = { 1, 2, 3, 4, 5 },
    .outputs = outputs,
  };

  json_object_set_string_member (outputs, "version", "1.0 \"beta\"");
  line = to_line (&event);
  g_assert_null (strchr (line, '\n'));
  g_assert_true (runnel_event_parse_json (line, -1, &read, &owner, &error));
  g_assert_no_error (error);
  g_assert_cmpint (read.type, ==, event.type);
  g_assert_cmpint (read.time, ==, event.time);
  g_assert_cmpint (read.run, ==, event.run);
  g_assert_cmpstr (read.step, ==, event.step);
  g_assert_cmpuint (read.attempt, ==, event.attempt);
  g_assert_cmpint (read.state, ==, event.state);
  g_assert_cmpstr (read.reason, ==, event.reason);
  g_assert_true (read.tolerated);
  g_assert_cmpint (read.wait, ==, RUNNEL_WAIT_RETRY);
  g_assert_cmpint (read.pid, ==, event.pid);
  g_assert_cmpint (read.start_time, ==, event.start_time);
  g_assert_cmpint (read.exit_code, ==, -1);
  g_assert_cmpint (read.term_signal, ==, 9);
  g_assert_cmpint (read.usage.max_rss_kb, ==, 3);
  g_assert_cmpint (read.usage.cpu_us, ==, 4);
  g_assert_cmpint (read.usage.peak_kb, ==, 5);
  g_assert_cmpstr (json_object_get_string_member (read.outputs, "version"), ==, "1.0 \"beta\"");
  again = to_line (&read);
  g_assert_cmpstr (again, ==, line);
}

static void
test_every_type (void)
{
  for (guint i = 0; i <= RUNNEL_EVENT_RUN_FINISHED; i++)
    {
      g_autoptr(JsonNode) owner = NULL;
      RunnelEvent event = { .type = i, .state = RUNNEL_STATE_RUNNING };
      g_autofree char *line = to_line (&event);
      RunnelEvent read;

      g_assert_true (runnel_event_parse_json (line, -1, &read, &owner, NULL));
      g_assert_cmpint (read.type, ==, i);
      g_assert_null (read.step);
    }
}

static void
test_bytes_that_are_no_text (void)
{
  const RunnelEvent event = {
    .type = RUNNEL_EVENT_STEP_FINISHED, .step = "a", .state = RUNNEL_STATE_FAILED, .reason = "\xff!"
  };
  g_autofree char *line = to_line (&event);
  g_autoptr(JsonNode) owner = NULL;
  RunnelEvent read;

  g_assert_true (runnel_event_parse_json (line, -1, &read, &owner, NULL));
  g_assert_cmpstr (read.reason, ==, "\xef\xbf\xbd!");
}

static void
test_refused (void)
{
  const char *nul = "{\"event\":\"run-started\"\0}";
  g_autoptr(GString) deep = g_string_new ("{\"details\":");

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  assert_refused ("", -1, RUNNEL_EVENT_ERROR_SYNTAX);
  assert_refused ("{\"event\":\"run-sta", -1, RUNNEL_EVENT_ERROR_SYNTAX);
  assert_refused ("[1]", -1, RUNNEL_EVENT_ERROR_SYNTAX);
  assert_refused ("{\"event\":\"\xff\"}", -1, RUNNEL_EVENT_ERROR_SYNTAX);
  assert_refused (nul, 24, RUNNEL_EVENT_ERROR_SYNTAX);
  assert_refused (deep->str, deep->len, RUNNEL_EVENT_ERROR_SYNTAX);
  assert_refused ("{\"event\":\"run-exploded\"}", -1, RUNNEL_EVENT_ERROR_UNKNOWN);
  assert_refused ("{\"event\":7}", -1, RUNNEL_EVENT_ERROR_UNKNOWN);
  assert_refused ("{\"event\":\"run-finished\",\"state\":\"odd\"}", -1, RUNNEL_EVENT_ERROR_UNKNOWN);
}

static void
test_wrong_types (void)
{
  g_autoptr(JsonNode) owner = NULL;
  RunnelEvent read;

  g_assert_true (runnel_event_parse_json (
    "{\"event\":\"step-finished\",\"state\":\"failed\",\"step\":1,\"attempt\":\"x\",\"time\":1.5,"
    "\"tolerated\":\"yes\",\"outputs\":[],\"attempt\":-5,\"exit-code\":99999999999}",
    -1, &read, &owner, NULL));
  g_assert_null (read.step);
  g_assert_cmpuint (read.attempt, ==, 0);
  g_assert_cmpint (read.time, ==, 0);
  g_assert_false (read.tolerated);
  g_assert_null (read.outputs);
  g_assert_cmpint (read.exit_code, ==, G_MAXINT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/event/line", test_line);
  g_test_add_func ("/engine/event/usage", test_usage);
  g_test_add_func ("/engine/event/round-trip", test_round_trip);
  g_test_add_func ("/engine/event/every-type", test_every_type);
  g_test_add_func ("/engine/event/bytes-that-are-no-text", test_bytes_that_are_no_text);
  g_test_add_func ("/engine/event/refused", test_refused);
  g_test_add_func ("/engine/event/wrong-types", test_wrong_types);
  return g_test_run ();
}
