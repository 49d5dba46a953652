/* runnel-folder-watch.h: tells when a file in a folder was closed or removed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-clock.h"

G_BEGIN_DECLS

typedef struct _RunnelFolderWatch RunnelFolderWatch;
typedef void (*RunnelFolderWatchFunc) (gpointer user_data); /* may free the watch */

RunnelFolderWatch *runnel_folder_watch_new  (const char            *folder,
                                             RunnelClock           *clock,  /* (transfer none) */
                                             RunnelFolderWatchFunc  func,
                                             gpointer               user_data);
void               runnel_folder_watch_free (RunnelFolderWatch     *self);
void               runnel_folder_watch_look_soon (RunnelFolderWatch *self);

G_END_DECLS
