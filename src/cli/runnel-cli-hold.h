/* runnel-cli-hold.h: signals that hold a run back: Ctrl+Z, and those of an enclosing run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-run.h"

G_BEGIN_DECLS

/* Called before the process stops with its terminal, and after it goes on. */
typedef void (*RunnelCliStopFunc) (gboolean stopping, gpointer user_data);

/* There is one at a time in a process. */
typedef struct _RunnelCliHold RunnelCliHold;

RunnelCliHold *runnel_cli_hold_new  (RunnelRun         *run,  /* (transfer none) */
                                     const char        *who,
                                     RunnelCliStopFunc  func,
                                     gpointer           user_data);
void           runnel_cli_hold_free (RunnelCliHold *self);

G_END_DECLS
