/* runnel-designer-history.h: the history that all pages of the application read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history-service.h"

G_BEGIN_DECLS

RunnelHistoryService *runnel_designer_get_history       (void);
void                  runnel_designer_shut_down_history (void);

G_END_DECLS
