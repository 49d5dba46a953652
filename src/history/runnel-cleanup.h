/* runnel-cleanup.h: cleans the history by its policy
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-cleanup-plan.h"
#include "history/runnel-cleanup-status.h"

G_BEGIN_DECLS

typedef struct
{
  RunnelRetention *policy;
  const char *pipeline;       /* only runs of this one go, or NULL */
  gboolean orphans;           /* folders of unknown runs go, too */
  gboolean automatic;
  void (*progress) (guint n_done, guint n_all, gpointer user_data); /* or NULL; runs */
  gpointer user_data;
} RunnelCleanupOptions;

gboolean runnel_cleanup (RunnelHistory               *history,
                         const RunnelCleanupOptions  *options,
                         RunnelCleanupStatus         *ret_status,
                         GCancellable                *cancellable,
                         GError                     **error);

G_END_DECLS
