/* runnel-proc-list.h: processes that belong together
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "util/runnel-proc.h"

G_BEGIN_DECLS

GArray *runnel_proc_list_group    (pid_t   group);
GArray *runnel_proc_list_below    (pid_t   ancestor);
char   *runnel_proc_list_describe (GArray *procs);
gint64  runnel_proc_ticks_now     (void);

G_END_DECLS
