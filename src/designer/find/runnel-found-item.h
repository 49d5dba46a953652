/* runnel-found-item.h: a file in which something was found, or a place in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "find/runnel-find.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_FOUND_ITEM (runnel_found_item_get_type ())
G_DECLARE_FINAL_TYPE (RunnelFoundItem, runnel_found_item, RUNNEL, FOUND_ITEM, GObject)

RunnelFoundItem *runnel_found_item_new_file   (const char        *path,
                                               const char        *folder);
RunnelFoundItem *runnel_found_item_new_place  (const char        *path,
                                               const RunnelFound *found);
gboolean         runnel_found_item_is_file    (RunnelFoundItem   *self);
const char      *runnel_found_item_get_path   (RunnelFoundItem   *self);
const char      *runnel_found_item_get_step   (RunnelFoundItem   *self);
const char      *runnel_found_item_get_title  (RunnelFoundItem   *self);
const char      *runnel_found_item_get_markup (RunnelFoundItem   *self);

G_END_DECLS
