/* runnel-history-incidents-private.h: what the files about incidents share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history-incidents.h"
#include "history/runnel-history-private.h"

G_BEGIN_DECLS

#define INCIDENT_COLUMNS \
  "id, rule, pipeline, file, step, opened, resolved, n_runs, first_run, run, text, end"

RunnelIncident *_runnel_history_read_incident (RunnelStatement     *row);
GPtrArray      *_runnel_history_list_notices  (RunnelHistory       *self, /* of RunnelNoticeRecord */
                                               gint64               incident,
                                               GError             **error);
gboolean        _runnel_history_add_notices   (RunnelHistory       *self,
                                               gint64               incident,
                                               gboolean             is_end,
                                               const char *const   *channels,
                                               gint64               now,
                                               GError             **error);

G_END_DECLS
