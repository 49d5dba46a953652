/* runnel-schedule.h: cron lines, and calendars of systemd
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-flow.h"

G_BEGIN_DECLS

GPtrArray *runnel_schedule_list           (const RunnelFlow *flow);
GPtrArray *runnel_schedule_get_calendars  (const char       *cron);
gboolean   runnel_schedule_is_cron        (const char       *cron);

G_END_DECLS
