/* runnel-log-times.h: when each stretch of a log arrived
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Beside "STEP.1.log" lies "STEP.1.times": eight bytes that say what it is, then records. A record
 * that was not written whole is no record. */
#define RUNNEL_LOG_TIMES_MAGIC "RNLTIME1"
#define RUNNEL_LOG_TIMES_MAGIC_SIZE 8

/* By `time` the log was `size` bytes long. Little-endian in the file. */
typedef struct
{
  guint64 size;
  gint64 time; /* microseconds since 1970, UTC */
} RunnelLogTime;

G_STATIC_ASSERT (sizeof (RunnelLogTime) == 16);

typedef struct _RunnelLogTimes RunnelLogTimes;

char           *runnel_log_times_make_path  (const char          *log_path);
gboolean        runnel_log_times_write      (int                  fd,
                                             const RunnelLogTime *time);

GArray         *runnel_log_times_read       (const char          *log_path,
                                             guint                first);

RunnelLogTimes *runnel_log_times_new        (void);
void            runnel_log_times_free       (RunnelLogTimes      *self);
void            runnel_log_times_add        (RunnelLogTimes      *self,
                                             GArray              *records);
guint           runnel_log_times_get_n      (RunnelLogTimes      *self);
const RunnelLogTime *runnel_log_times_get   (RunnelLogTimes      *self,
                                             guint                index);
gint64          runnel_log_times_find       (RunnelLogTimes      *self,
                                             guint64              offset);
guint64         runnel_log_times_find_size  (RunnelLogTimes      *self,
                                             gint64               time);

gboolean        runnel_log_times_parse_line (const char          *line,
                                             gsize                length,
                                             gint64              *ret_time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLogTimes, runnel_log_times_free)

G_END_DECLS
