/* runnel-designer-history.c: the history that all pages of the application read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runs/runnel-designer-history.h"

static RunnelHistoryService *service;

/**
 * runnel_designer_get_history:
 *
 * Returns: (transfer none): the one service of the application, with its one worker thread
 */
RunnelHistoryService *
runnel_designer_get_history (void)
{
  if (service == NULL)
    service = runnel_history_service_new (NULL);
  return service;
}

/**
 * runnel_designer_shut_down_history:
 *
 * Ends the worker thread, when the application ends.
 */
void
runnel_designer_shut_down_history (void)
{
  if (service != NULL)
    runnel_history_service_shut_down (service);
  g_clear_object (&service);
}
