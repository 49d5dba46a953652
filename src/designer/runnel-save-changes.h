/* runnel-save-changes.h: asks what becomes of unsaved changes before pages are closed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/runnel-page.h"

G_BEGIN_DECLS

void     runnel_save_changes_async  (GtkWindow           *parent,
                                     GPtrArray           *pages,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
gboolean runnel_save_changes_finish (GAsyncResult        *result);

G_END_DECLS
