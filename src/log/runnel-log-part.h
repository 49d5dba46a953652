/* runnel-log-part.h: one of several logs that are shown as one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-source.h"
#include "log/runnel-log-stretches.h"

G_BEGIN_DECLS

typedef struct
{
  guint index;             /* its number */
  char *label;             /* whose log it is, for people */
  char *path;
  gint64 started;          /* in microseconds since 1970 */
  guint64 size;            /* bytes that there are */
  guint64 taken;           /* bytes that are in the whole */
  guint n_times;           /* records that were looked at */
  gint64 last_time;
  gboolean is_over;        /* nothing will be added */
  gboolean is_done;        /* and all of it is in the whole */

  RunnelLogSource *source; /* NULL = not open */
  guint last_used;         /* the greater, the later */
} RunnelLogPart;

RunnelLogPart *runnel_log_part_new  (guint            index,
                                     const char      *label,
                                     const char      *path,
                                     gint64           started);
void           runnel_log_part_free (RunnelLogPart   *self);
void           runnel_log_part_look (RunnelLogPart   *self,
                                     RunnelLogSource *source,
                                     gboolean         is_over,
                                     GArray          *stretches);

G_END_DECLS
