/* runnel-log-stretches.h: of which parts of several logs one log is made
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In place of the number of a log: a newline that a log lacks. */
#define RUNNEL_LOG_STRETCH_NEWLINE G_MAXUINT

/* Some whole lines of a log that follow on each other. */
typedef struct
{
  guint part;      /* the number of the log, or NEWLINE: then `from` is the log that lacks it */
  guint64 from;    /* in the log */
  guint64 length;  /* in bytes */
  guint64 offset;  /* in the whole */
  gint64 time;     /* when they came, in microseconds since 1970 */
} RunnelLogStretch;

/* The whole; it only ever grows at its end. */
typedef struct
{
  GArray *list;    /* of RunnelLogStretch, by offset */
  guint64 size;    /* in bytes */
} RunnelLogStretches;

guint                   runnel_log_stretch_get_part  (const RunnelLogStretch   *self);
void                    runnel_log_stretch_sort      (GArray                   *stretches);

void                    runnel_log_stretches_init    (RunnelLogStretches       *self);
void                    runnel_log_stretches_clear   (RunnelLogStretches       *self);
void                    runnel_log_stretches_add     (RunnelLogStretches       *self,
                                                      GArray                   *news);
const RunnelLogStretch *runnel_log_stretches_find    (const RunnelLogStretches *self,
                                                      guint64                   offset);

G_END_DECLS
