/* runnel-guard.h: the small process that outlives a run and leaves nothing behind
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is left of a run that ended in order has this long between TERM and KILL. */
#define RUNNEL_GUARD_GRACE (2 * G_USEC_PER_SEC)

/* Call first thing in main(), before there are threads or open files. */
void runnel_guard_start          (const char *const *successor);
/* Tells the guard which run to close should the engine die without a word. */
void runnel_guard_set_run        (gint64             run,
                                  const char        *run_dir);
void runnel_guard_want_successor (void);

G_END_DECLS
