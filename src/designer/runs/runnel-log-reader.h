/* runnel-log-reader.h: follows a growing log file without blocking
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_LOG_READER (runnel_log_reader_get_type ())
G_DECLARE_FINAL_TYPE (RunnelLogReader, runnel_log_reader, RUNNEL, LOG_READER, GObject)

/* Signals: "chunk" (GBytes *bytes) for each piece read, in order;
 * "truncated" (guint64 skipped) before the first one when the beginning was left out. */

RunnelLogReader *runnel_log_reader_new    (const char      *path,
                                           gboolean         follow);
void             runnel_log_reader_finish (RunnelLogReader *self);
void             runnel_log_reader_stop   (RunnelLogReader *self);

G_END_DECLS
