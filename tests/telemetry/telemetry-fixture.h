/* telemetry-fixture.h: what the tests of telemetry share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/history-fixture.h"
#include "model/runnel-json-read.h"
#include "telemetry/runnel-parcel.h"
#include "telemetry/runnel-run-facts.h"
#include "telemetry/runnel-telemetry-config.h"

/* A receiver that needs no settings. */
static inline RunnelReceiver *
make_receiver (const char *name,
               const char *url)
{
  RunnelReceiver *self = g_new0 (RunnelReceiver, 1);

  self->name = name;
  self->url = g_strdup (url);
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

static inline void
free_receiver (RunnelReceiver *self)
{
  g_free (self->url);
  g_free (self->secret);
  g_hash_table_unref (self->headers);
  g_free (self);
}

static inline RunnelParcel *
make_parcel (const char *text,
             guint       n_facts)
{
  return runnel_parcel_new ("/v1/traces", "application/json", g_bytes_new (text, strlen (text)),
                            n_facts);
}

/* A run of a pipeline with the steps "s0" and "s1", which has not started. */
static inline RunnelRunFacts *
make_facts (RunnelHistory *history,
            const char    *traceparent)
{
  gint64 run = add_run (history, "Build", 2);
  RunnelRunFacts *facts = runnel_run_facts_new (history, run, traceparent, NULL, NULL);

  g_assert_nonnull (facts);
  runnel_run_facts_add_step (facts, "s0", "First", "command");
  runnel_run_facts_add_step (facts, "s1", NULL, "script");
  return facts;
}

/* An event at so many seconds; @step is NULL for the run. */
static inline RunnelEvent
make_event (RunnelEventType  type,
            double           seconds,
            const char      *step,
            guint            attempt,
            RunnelState      state)
{
  return (RunnelEvent) {
    .type = type,
    .time = T0 + seconds * G_TIME_SPAN_SECOND,
    .run = 1,
    .step = step,
    .attempt = attempt,
    .state = state,
    .exit_code = -1,
  };
}

static inline JsonNode *
parse_bytes (GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  JsonNode *node = runnel_json_read (data, size, 100, NULL, &error);

  g_assert_no_error (error);
  return node;
}

/* Where "a.0.b" leads to in objects and arrays. */
static inline JsonNode *
find_node (JsonNode   *node,
           const char *path)
{
  g_auto(GStrv) names = g_strsplit (path, ".", -1);

  for (char **name = names; *name && node; name++)
    if (JSON_NODE_HOLDS_OBJECT (node))
      node = json_object_get_member (json_node_get_object (node), *name);
    else if (json_array_get_length (json_node_get_array (node)) > g_ascii_strtoull (*name, NULL, 10))
      node = json_array_get_element (json_node_get_array (node), g_ascii_strtoull (*name, NULL, 10));
    else
      node = NULL;
  return node;
}

static inline const char *
find_text (JsonNode   *node,
           const char *path)
{
  JsonNode *found = find_node (node, path);

  return found ? json_node_get_string (found) : NULL;
}

/* The value of an attribute in a list of OTLP, as text or NULL. */
static inline const char *
find_attribute (JsonNode   *list,
                const char *key)
{
  JsonArray *array = json_node_get_array (list);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *attribute = json_array_get_object_element (array, i);
      JsonObject *value = json_object_get_object_member (attribute, "value");

      if (!g_str_equal (json_object_get_string_member (attribute, "key"), key))
        continue;
      if (json_object_has_member (value, "stringValue"))
        return json_object_get_string_member (value, "stringValue");
      if (json_object_has_member (value, "intValue"))
        return json_object_get_string_member (value, "intValue");
      return "";
    }
  return NULL;
}
