/* runnel-run-words.h: what is said of runs, for people
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

char *runnel_run_describe_counts  (const RunnelRunRecord *record);
char *runnel_run_describe_states  (guint                  states);
char *runnel_run_describe_since   (gint64                 since);
char *runnel_run_describe_until   (gint64                 until);
char *runnel_run_describe_trigger (const RunnelRunRecord *record);
char *runnel_trigger_describe     (const char            *trigger);

G_END_DECLS
