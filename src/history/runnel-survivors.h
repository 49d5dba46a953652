/* runnel-survivors.h: processes that a dead run left behind
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <sys/types.h>

#include <glib.h>

G_BEGIN_DECLS

/* The first process of an attempt, as its start was recorded; it leads a process group. */
typedef struct
{
  pid_t pid;
  gint64 start_time; /* field 22 of /proc/PID/stat */
} RunnelLeader;

guint runnel_survivors_end (const char         *run_dir,
                            const RunnelLeader *leaders,
                            guint               n_leaders);

G_END_DECLS
