/* runnel-sync.h: the exports that a document keeps in sync with itself
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-export.h"
#include "model/runnel-document.h"

G_BEGIN_DECLS

RunnelExport *runnel_sync_find (RunnelDocument     *document,
                                const RunnelTarget *target);
void          runnel_sync_set  (RunnelDocument     *document,
                                const RunnelExport *export,
                                gboolean            is_kept);

G_END_DECLS
