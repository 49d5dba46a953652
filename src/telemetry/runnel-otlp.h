/* runnel-otlp.h: the JSON of OTLP, piece by piece
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RUNNEL_OTLP_SCHEMA_URL "https://opentelemetry.io/schemas/1.44.0"
#define RUNNEL_OTLP_SCOPE "{\"name\":\"runnel\",\"version\":\"" RUNNEL_VERSION "\"}"

/* Numbers of the protocol. */
typedef enum
{
  RUNNEL_SPAN_INTERNAL = 1,
  RUNNEL_SPAN_SERVER = 2,
} RunnelSpanKind;

typedef enum
{
  RUNNEL_SPAN_UNSET,
  RUNNEL_SPAN_OK,
  RUNNEL_SPAN_ERROR,
} RunnelSpanStatus;

/* The lists are texts of JSON objects with commas between; ids are hexadecimal. */
typedef struct
{
  const char *trace;
  const char *id;
  const char *parent;   /* NULL = none */
  const char *name;
  RunnelSpanKind kind;
  gint64 start;         /* microseconds since 1970, as is */
  gint64 end;
  RunnelSpanStatus status;
  const char *message;  /* of an error, or NULL */
  GString *attributes;
  GString *events;      /* NULL = none */
  GString *links;       /* NULL = none */
} RunnelSpan;

void runnel_otlp_add_string    (GString          *attributes,
                                const char       *key,
                                const char       *value);
void runnel_otlp_add_int       (GString          *attributes,
                                const char       *key,
                                gint64            value);
void runnel_otlp_add_double    (GString          *attributes,
                                const char       *key,
                                double            value);
void runnel_otlp_add_boolean   (GString          *attributes,
                                const char       *key,
                                gboolean          value);
void runnel_otlp_append_string (GString          *json,
                                const char       *text);
void runnel_otlp_append_time   (GString          *json,
                                const char       *key,
                                gint64            time);
void runnel_otlp_add_event     (GString          *events,
                                const char       *name,
                                gint64            time,
                                const char       *attributes);
void runnel_otlp_add_link      (GString          *links,
                                const char       *trace,
                                const char       *span,
                                const char       *relation);
void runnel_otlp_add_span      (GString          *spans,
                                const RunnelSpan *span);
GBytes *runnel_otlp_write_traces (GString        *resource,
                                  GString        *spans);

G_END_DECLS
