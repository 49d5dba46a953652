/* runnel-run-notifier.h: tells the desktop when a run needs a person or ends
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "designer/runs/runnel-run-monitor.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RUN_NOTIFIER (runnel_run_notifier_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRunNotifier, runnel_run_notifier, RUNNEL, RUN_NOTIFIER, GObject)

/* Returns: whether a person looks at the run right now */
typedef gboolean (*RunnelRunSeenFunc) (gint64   run,
                                       gpointer user_data);

/* Buttons of notifications are these actions of the application: open-run (x), retry-run (x),
 * answer-run ((xsb): run, step, whether it is approved). */

RunnelRunNotifier *runnel_run_notifier_get      (void);
void               runnel_run_notifier_set_seen (RunnelRunNotifier *self,
                                                 RunnelRunSeenFunc  is_seen,
                                                 gpointer           user_data);
void               runnel_run_notifier_follow   (RunnelRunNotifier *self,
                                                 gint64             run,
                                                 const char        *title);
void               runnel_run_notifier_stop     (RunnelRunNotifier *self);

G_END_DECLS
