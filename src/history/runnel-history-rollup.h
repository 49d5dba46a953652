/* runnel-history-rollup.h: the statistics of each hour and day, kept while runs come and go
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

gboolean runnel_history_catch_up (RunnelHistory *self,
                                  guint          n_runs,
                                  gboolean      *ret_complete,
                                  GError       **error);

G_END_DECLS
