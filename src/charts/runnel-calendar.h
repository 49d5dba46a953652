/* runnel-calendar.h: the ticks of a scale of moments: hours, days, weeks, months, years
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-scale.h"

G_BEGIN_DECLS

GArray *runnel_calendar_list_ticks (const RunnelScale *scale,
                                    gint64             min_gap);

G_END_DECLS
