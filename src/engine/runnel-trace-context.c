/* runnel-trace-context.c: where a run stands in a trace, so that others can go on with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * https://www.w3.org/TR/trace-context/
 */
#include "config.h"

#include <string.h>

#include "engine/runnel-trace-context.h"

#define TRACE_LENGTH 32
#define SPAN_LENGTH 16
#define PARENT_LENGTH 55 /* of version 00 */
#define FLAG_SAMPLED 1

struct _RunnelTraceContext
{
  gatomicrefcount ref_count;
  char *uuid;
  char *origin;            /* the traceparent that was given, or NULL */
  char trace[TRACE_LENGTH + 1];
  char parent[SPAN_LENGTH + 1]; /* "" = the run is the root */
  char *span;              /* of the run */
  guint8 flags;
};

static gboolean
is_hex (const char *text,
        gsize       length)
{
  return strspn (text, "0123456789abcdef") >= length;
}

/* An id of zeroes is none. */
static gboolean
is_id (const char *text,
       gsize       length)
{
  return is_hex (text, length) && strspn (text, "0") < length;
}

/* "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"; later versions may add to the end. */
static gboolean
is_traceparent (const char *text)
{
  gsize length = text ? strlen (text) : 0;

  if (length < PARENT_LENGTH || !is_hex (text, 2) || g_str_has_prefix (text, "ff"))
    return FALSE;
  if (length > PARENT_LENGTH && (g_str_has_prefix (text, "00") || text[PARENT_LENGTH] != '-'))
    return FALSE;
  return text[2] == '-' && is_id (text + 3, TRACE_LENGTH) && text[35] == '-' &&
         is_id (text + 36, SPAN_LENGTH) && text[52] == '-' && is_hex (text + 53, 2);
}

static void
go_on (RunnelTraceContext *self,
       const char         *parent)
{
  self->origin = g_strndup (parent, PARENT_LENGTH);
  memcpy (self->trace, parent + 3, TRACE_LENGTH);
  memcpy (self->parent, parent + 36, SPAN_LENGTH);
  self->flags = g_ascii_strtoull (parent + 53, NULL, 16);
}

/* A uuid without its dashes is a trace id; anything else is made one. */
static void
begin (RunnelTraceContext *self)
{
  g_auto(GStrv) parts = g_strsplit (self->uuid, "-", -1);
  g_autofree char *digits = g_strjoinv ("", parts);
  g_autofree char *digest = NULL;

  if (strlen (digits) != TRACE_LENGTH || !is_id (digits, TRACE_LENGTH))
    digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->uuid, -1);
  memcpy (self->trace, digest ? digest : digits, TRACE_LENGTH);
  self->flags = FLAG_SAMPLED;
}

/**
 * runnel_trace_context_new:
 * @uuid: the run's
 * @parent: (nullable): the value of TRACEPARENT of whoever started the run; one that is not
 *   right counts as none
 *
 * Returns: (transfer full): the run's place: in the trace of its parent, or the root of its own
 */
RunnelTraceContext *
runnel_trace_context_new (const char *uuid,
                          const char *parent)
{
  RunnelTraceContext *self = g_new0 (RunnelTraceContext, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->uuid = g_strdup (uuid);
  if (is_traceparent (parent))
    go_on (self, parent);
  else
    begin (self);
  self->span = runnel_trace_context_make_span (self, NULL, 0);
  return self;
}

RunnelTraceContext *
runnel_trace_context_ref (RunnelTraceContext *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
runnel_trace_context_unref (RunnelTraceContext *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->uuid);
  g_free (self->origin);
  g_free (self->span);
  g_free (self);
}

/**
 * runnel_trace_context_get_trace:
 *
 * Returns: (transfer none): the id of the trace
 */
const char *
runnel_trace_context_get_trace (RunnelTraceContext *self)
{
  return self->trace;
}

/**
 * runnel_trace_context_get_parent:
 *
 * Returns: (transfer none) (nullable): the id of the span that the run is a part of
 */
const char *
runnel_trace_context_get_parent (RunnelTraceContext *self)
{
  return *self->parent ? self->parent : NULL;
}

/**
 * runnel_trace_context_get_span:
 *
 * Returns: (transfer none): the id of the run's own span
 */
const char *
runnel_trace_context_get_span (RunnelTraceContext *self)
{
  return self->span;
}

/**
 * runnel_trace_context_is_sampled:
 *
 * Returns: whether spans are to be told: not when whoever began the trace does not
 */
gboolean
runnel_trace_context_is_sampled (RunnelTraceContext *self)
{
  return (self->flags & FLAG_SAMPLED) != 0;
}

/**
 * runnel_trace_context_make_span:
 * @step: (nullable): the id of a step, %NULL for the run itself
 * @attempt: the number of one of its attempts, from 1; 0 for the step itself
 *
 * Returns: (transfer full): the id of its span
 */
char *
runnel_trace_context_make_span (RunnelTraceContext *self,
                                const char         *step,
                                guint               attempt)
{
  g_autofree char *text = g_strdup_printf ("%s/%s/%u", self->uuid, step ? step : "", attempt);
  char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  digest[SPAN_LENGTH] = '\0';
  if (!is_id (digest, SPAN_LENGTH))
    digest[0] = '1';
  return digest;
}

/**
 * runnel_trace_context_hand_on:
 * @step: the id of a step
 * @attempt: the number of the attempt that goes on
 *
 * Returns: (transfer full): the value of TRACEPARENT for what it starts
 */
char *
runnel_trace_context_hand_on (RunnelTraceContext *self,
                              const char         *step,
                              guint               attempt)
{
  g_autofree char *span = runnel_trace_context_make_span (self, step, attempt);

  return g_strdup_printf ("00-%s-%s-%02x", self->trace, span, self->flags & FLAG_SAMPLED);
}

/**
 * runnel_trace_context_get_origin:
 *
 * Returns: (transfer none) (nullable): the traceparent with which it was made, if it was right;
 *   kept with the run so that it can be told of again
 */
const char *
runnel_trace_context_get_origin (RunnelTraceContext *self)
{
  return self->origin;
}
