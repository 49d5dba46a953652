/* runnel-find-folder.h: where in the files of a folder something stands
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "find/runnel-find.h"

G_BEGIN_DECLS

GPtrArray *runnel_find_list_files (const char       *folder,
                                   GCancellable     *cancellable,
                                   gboolean         *ret_is_cut);
gboolean   runnel_find_in_file    (RunnelPattern    *pattern,
                                   const char       *path,
                                   RunnelFoundFunc   func,
                                   gpointer          user_data,
                                   GError          **error);

G_END_DECLS
