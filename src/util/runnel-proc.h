/* runnel-proc.h: what /proc tells of a process
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <sys/types.h>

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  pid_t pid;
  char name[64];       /* of the program, as the kernel cuts it */
  char state;          /* 'R', 'S', 'Z', ... */
  pid_t parent;
  pid_t group;
  gint64 start_time;   /* clock ticks since the system started */
} RunnelProc;

gboolean runnel_proc_read            (pid_t       pid,
                                      RunnelProc *ret_proc);
gint64   runnel_proc_get_start_time  (pid_t       pid);
gboolean runnel_proc_has_environment (pid_t       pid,
                                      const char *assignment);
gboolean runnel_proc_is_changing     (pid_t       pid);

G_END_DECLS
