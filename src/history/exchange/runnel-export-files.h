/* runnel-export-files.h: the files in the folder of a run, as lines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/exchange/runnel-exchange-writer.h"

G_BEGIN_DECLS

gboolean runnel_export_files (const char            *run_dir,
                              gboolean               without_artifacts,
                              RunnelExchangeWriter  *writer,
                              guint64               *n_unreadable,
                              GCancellable          *cancellable,
                              GError               **error);

G_END_DECLS
