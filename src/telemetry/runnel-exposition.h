/* runnel-exposition.h: figures as Prometheus and its like read them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "telemetry/runnel-metrics.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_EXPOSITION_TEXT,         /* Prometheus' own, 0.0.4 */
  RUNNEL_EXPOSITION_OPEN_METRICS, /* OpenMetrics 1.0 */
} RunnelExpositionFormat;

RunnelExpositionFormat runnel_exposition_choose           (const char             *accept);
const char            *runnel_exposition_get_content_type (RunnelExpositionFormat  format);
char                  *runnel_exposition_write            (RunnelMetrics          *metrics,
                                                           RunnelExpositionFormat  format);
gboolean               runnel_exposition_save             (RunnelMetrics          *metrics,
                                                           const char             *path,
                                                           GError                **error);

G_END_DECLS
