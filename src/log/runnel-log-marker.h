/* runnel-log-marker.h: what a line says to the one who shows it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_LOG_MARKER_GROUP = 1, /* what follows can be folded */
  RUNNEL_LOG_MARKER_END_GROUP,
  RUNNEL_LOG_MARKER_ERROR,
  RUNNEL_LOG_MARKER_WARNING,
  RUNNEL_LOG_MARKER_NOTICE,
  RUNNEL_LOG_MARKER_DEBUG,
  RUNNEL_LOG_MARKER_COMMAND,
} RunnelLogMarkerType;

typedef struct
{
  RunnelLogMarkerType type;
  gsize start;          /* of the marker, in bytes of the line */
  gsize end;            /* of it; what comes behind is for people */
  guint name;           /* of a group that has one: a hash; 0 = it has none */
  gboolean is_closed;   /* the group wants to be folded */
} RunnelLogMarker;

gboolean runnel_log_marker_may_be (const char      *line,
                                   gsize            length);
gboolean runnel_log_marker_next   (const char      *line,
                                   gsize            length,
                                   gsize           *position,
                                   RunnelLogMarker *marker);
gboolean runnel_log_marker_has_text (const char    *line,
                                   gsize            length,
                                   gsize            position);

G_END_DECLS
