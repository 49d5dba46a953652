/* runnel-history-earlier.h: a run of the history, for another that takes it up
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-earlier.h"
#include "history/runnel-history.h"

G_BEGIN_DECLS

RunnelEarlier *runnel_history_get_earlier (RunnelHistory  *self,
                                           gint64          run,
                                           GError        **error);
GHashTable    *runnel_history_get_undone  (RunnelHistory  *self,
                                           gint64          run,
                                           GError        **error);

gboolean       runnel_run_record_is_rollback (const RunnelRunRecord *record);

G_END_DECLS
