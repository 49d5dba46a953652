/* test-masked-event.c: events without secrets
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/secrets/runnel-masked-event.h"

static JsonObject *
parse (const char *text)
{
  g_autoptr(JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return json_node_dup_object (node);
}

static void
assert_object (JsonObject *object,
               const char *expected)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, FALSE);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_event (void)
{
  const char *const values[] = { "deploy", "123456", NULL };
  g_autoptr(RunnelSecretMask) mask = runnel_secret_mask_new (values);
  g_autoptr(JsonObject) outputs = parse ("{\"name\": \"deploy\", \"file\": \"x\"}");
  g_autoptr(JsonObject) details =
    parse ("{\"id\": \"deploy\", \"parameters\": {\"id\": \"deploy!\", \"pin\": 123456, \"on\": true},"
           "\"trigger\": {\"step\": \"deploy\", \"by\": \"deploy\"}, \"handled\": [\"deploy\"],"
           "\"artifacts\": [{\"path\": \"deploy.log\"}], \"trace\": [\"was deploy\", 1]}");
  RunnelEvent event = {
    .type = RUNNEL_EVENT_STEP_FINISHED,
    .step = "deploy",
    .reason = "deploy: no",
    .cause = "nothing",
    .outputs = outputs,
    .details = details,
  };
  RunnelMaskedEvent masked;

  runnel_masked_event_init (&masked, &event, mask);
  g_assert_cmpstr (masked.event.step, ==, "deploy");
  g_assert_cmpstr (masked.event.reason, ==, "***: no");
  g_assert_cmpstr (masked.event.cause, ==, "nothing");
  assert_object (masked.event.outputs, "{\"name\":\"***\",\"file\":\"x\"}");
  assert_object (masked.event.details,
                 "{\"id\":\"deploy\",\"parameters\":{\"id\":\"***!\",\"pin\":\"***\",\"on\":true},"
                 "\"trigger\":{\"step\":\"deploy\",\"by\":\"***\"},\"handled\":[\"deploy\"],"
                 "\"artifacts\":[{\"path\":\"deploy.log\"}],\"trace\":[\"was ***\",1]}");
  runnel_masked_event_clear (&masked);
  assert_object (outputs, "{\"name\":\"deploy\",\"file\":\"x\"}"); /* as it was */
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/masked-event/event", test_event);
  return g_test_run ();
}
