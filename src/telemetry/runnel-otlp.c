/* runnel-otlp.c: the JSON of OTLP, piece by piece
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding: names in lowerCamelCase, ids in
 * hexadecimal, enums as numbers, and 64-bit numbers as texts of their digits. Written by hand: a
 * run may have some hundred thousand spans.
 */
#include "config.h"

#include "model/runnel-json-write.h"
#include "telemetry/runnel-otlp.h"

#define MAX_LENGTH 4096 /* bytes of a text; a message may quote what a program said */

static void
append_comma (GString *json)
{
  if (json->len > 0)
    g_string_append_c (json, ',');
}

/**
 * runnel_otlp_append_string:
 * @text: any bytes
 *
 * Appends a JSON string; what is no UTF-8 becomes U+FFFD, and what is very long is cut.
 */
void
runnel_otlp_append_string (GString    *json,
                           const char *text)
{
  gsize length = strlen (text);
  g_autofree char *valid = g_utf8_make_valid (text, MIN (length, MAX_LENGTH));

  runnel_json_write_string (json, valid);
}

static void
begin_attribute (GString    *attributes,
                 const char *key)
{
  append_comma (attributes);
  g_string_append (attributes, "{\"key\":");
  runnel_otlp_append_string (attributes, key);
  g_string_append (attributes, ",\"value\":{");
}

/**
 * runnel_otlp_add_string:
 * @attributes: a list
 * @value: (nullable): %NULL adds nothing
 */
void
runnel_otlp_add_string (GString    *attributes,
                        const char *key,
                        const char *value)
{
  if (value == NULL)
    return;
  begin_attribute (attributes, key);
  g_string_append (attributes, "\"stringValue\":");
  runnel_otlp_append_string (attributes, value);
  g_string_append (attributes, "}}");
}

void
runnel_otlp_add_int (GString    *attributes,
                     const char *key,
                     gint64      value)
{
  begin_attribute (attributes, key);
  g_string_append_printf (attributes, "\"intValue\":\"%" G_GINT64_FORMAT "\"}}", value);
}

void
runnel_otlp_add_double (GString    *attributes,
                        const char *key,
                        double      value)
{
  begin_attribute (attributes, key);
  g_string_append (attributes, "\"doubleValue\":");
  runnel_json_write_number (attributes, value);
  g_string_append (attributes, "}}");
}

void
runnel_otlp_add_boolean (GString    *attributes,
                         const char *key,
                         gboolean    value)
{
  begin_attribute (attributes, key);
  g_string_append_printf (attributes, "\"boolValue\":%s}}", value ? "true" : "false");
}

/**
 * runnel_otlp_append_time:
 * @json: an object that is not closed
 * @time: microseconds since 1970
 *
 * Appends a member, with a comma before it.
 */
void
runnel_otlp_append_time (GString    *json,
                         const char *key,
                         gint64      time)
{
  g_string_append_printf (json, ",\"%s\":\"%" G_GINT64_FORMAT "000\"", key, time);
}

/**
 * runnel_otlp_add_event:
 * @attributes: (nullable): a list
 */
void
runnel_otlp_add_event (GString    *events,
                       const char *name,
                       gint64      time,
                       const char *attributes)
{
  append_comma (events);
  g_string_append (events, "{\"name\":");
  runnel_otlp_append_string (events, name);
  runnel_otlp_append_time (events, "timeUnixNano", time);
  if (attributes && *attributes)
    g_string_append_printf (events, ",\"attributes\":[%s]", attributes);
  g_string_append_c (events, '}');
}

/**
 * runnel_otlp_add_link:
 * @relation: what the other span is to this one
 */
void
runnel_otlp_add_link (GString    *links,
                      const char *trace,
                      const char *span,
                      const char *relation)
{
  g_autoptr(GString) attributes = g_string_new (NULL);

  append_comma (links);
  runnel_otlp_add_string (attributes, "runnel.link", relation);
  g_string_append_printf (links, "{\"traceId\":\"%s\",\"spanId\":\"%s\",\"attributes\":[%s]}",
                          trace, span, attributes->str);
}

static void
append_status (GString          *json,
               const RunnelSpan *span)
{
  g_string_append_printf (json, ",\"status\":{\"code\":%d", span->status);
  if (span->message && span->status == RUNNEL_SPAN_ERROR)
    {
      g_string_append (json, ",\"message\":");
      runnel_otlp_append_string (json, span->message);
    }
  g_string_append_c (json, '}');
}

static void
append_list (GString    *json,
             const char *key,
             GString    *list)
{
  if (list && list->len > 0)
    g_string_append_printf (json, ",\"%s\":[%s]", key, list->str);
}

/**
 * runnel_otlp_add_span:
 * @spans: a list
 */
void
runnel_otlp_add_span (GString          *spans,
                      const RunnelSpan *span)
{
  append_comma (spans);
  g_string_append_printf (spans, "{\"traceId\":\"%s\",\"spanId\":\"%s\"", span->trace, span->id);
  if (span->parent)
    g_string_append_printf (spans, ",\"parentSpanId\":\"%s\"", span->parent);
  g_string_append (spans, ",\"name\":");
  runnel_otlp_append_string (spans, span->name);
  g_string_append_printf (spans, ",\"kind\":%d", span->kind);
  runnel_otlp_append_time (spans, "startTimeUnixNano", span->start);
  runnel_otlp_append_time (spans, "endTimeUnixNano", MAX (span->end, span->start));
  append_list (spans, "attributes", span->attributes);
  append_list (spans, "events", span->events);
  append_list (spans, "links", span->links);
  append_status (spans, span);
  g_string_append_c (spans, '}');
}

/**
 * runnel_otlp_write_traces:
 * @resource: attributes of whoever tells
 * @spans: a list
 *
 * Returns: (transfer full): the body of a request to /v1/traces
 */
GBytes *
runnel_otlp_write_traces (GString *resource,
                          GString *spans)
{
  GString *body = g_string_sized_new (spans->len + resource->len + 512);

  g_string_append_printf (body, "{\"resourceSpans\":[{\"resource\":{\"attributes\":[%s]},"
                          "\"scopeSpans\":[{\"scope\":" RUNNEL_OTLP_SCOPE ",\"spans\":[",
                          resource->str);
  g_string_append_len (body, spans->str, spans->len);
  g_string_append (body, "],\"schemaUrl\":\"" RUNNEL_OTLP_SCHEMA_URL "\"}],"
                         "\"schemaUrl\":\"" RUNNEL_OTLP_SCHEMA_URL "\"}]}");
  return g_string_free_to_bytes (body);
}
