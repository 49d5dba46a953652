/* runnel-folder-search.h: a search through the pipelines of a folder, under way
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/find/runnel-found-item.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_FOLDER_SEARCH (runnel_folder_search_get_type ())
G_DECLARE_FINAL_TYPE (RunnelFolderSearch, runnel_folder_search, RUNNEL, FOLDER_SEARCH, GObject)

/* Signal "changed" (): more was found, or the search is over. */

RunnelFolderSearch *runnel_folder_search_new        (void);
void                runnel_folder_search_start      (RunnelFolderSearch *self,
                                                     RunnelPattern      *pattern,
                                                     const char         *folder);
void                runnel_folder_search_stop       (RunnelFolderSearch *self);
GListModel         *runnel_folder_search_get_items  (RunnelFolderSearch *self);
gboolean            runnel_folder_search_is_busy    (RunnelFolderSearch *self);
guint               runnel_folder_search_get_places (RunnelFolderSearch *self);
guint               runnel_folder_search_get_files  (RunnelFolderSearch *self);
guint               runnel_folder_search_get_failed (RunnelFolderSearch *self);
gboolean            runnel_folder_search_is_cut     (RunnelFolderSearch *self);

G_END_DECLS
