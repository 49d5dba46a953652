/* runnel-field-line.h: values of several kinds as one line of text each
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How an entry shows a value, and what it makes of what is typed. */
typedef struct
{
  char     *(*to_text)   (JsonNode    *value);
  JsonNode *(*from_text) (const char  *text,
                          GError     **error); /* NULL with RUNNEL_PIPELINE_ERROR_INVALID */
  gboolean   is_short;                         /* a name beside it needs the room more */
  gboolean   is_long;                          /* it needs the room more than a name beside it */
} RunnelFieldLine;

extern const RunnelFieldLine runnel_field_line_text;        /* a text, as it is */
extern const RunnelFieldLine runnel_field_line_count;       /* 2 */
extern const RunnelFieldLine runnel_field_line_values;      /* debian, fedora, 12; or an expression */
extern const RunnelFieldLine runnel_field_line_combination; /* os: debian, cc: clang */

G_END_DECLS
