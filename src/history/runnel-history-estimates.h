/* runnel-history-estimates.h: what steps will probably do, going by what they did
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

/* Attempts that are looked at, the latest that succeeded. */
#define RUNNEL_ESTIMATE_ATTEMPTS 10

typedef struct
{
  gint64 duration;      /* microseconds: the median of the attempts */
  guint n_attempts;
  JsonObject *outputs;  /* those of the last success, or NULL */
} RunnelEstimate;

GHashTable *runnel_history_get_estimates (RunnelHistory *self,
                                          const char    *file,
                                          GError       **error);

G_END_DECLS
