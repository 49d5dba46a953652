/* runnel-history-popover.h: the changes of a document, to go back to any of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "model/runnel-document.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_HISTORY_POPOVER (runnel_history_popover_get_type ())
G_DECLARE_FINAL_TYPE (RunnelHistoryPopover, runnel_history_popover, RUNNEL, HISTORY_POPOVER,
                      GtkPopover)

/* Signal "go-to" (guint position): the state that was chosen, see runnel_document_go_to(). */

void runnel_history_popover_set_document (RunnelHistoryPopover *self,
                                          RunnelDocument       *document);

G_END_DECLS
