/* runnel-retry.h: whether and when a failed attempt is repeated
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-step.h"

G_BEGIN_DECLS

gboolean runnel_retry_applies   (const RunnelRetry *self,
                                 guint              attempt,
                                 int                exit_code);
gint64   runnel_retry_get_delay (const RunnelRetry *self,
                                 guint              attempt,
                                 guint32            seed);

G_END_DECLS
