/* runnel-change-list.h: the undo history of a document as a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-document.h"

G_BEGIN_DECLS

/* A state of the document: how it is when the first `position` changes are done. */
#define RUNNEL_TYPE_CHANGE_ITEM (runnel_change_item_get_type ())
G_DECLARE_FINAL_TYPE (RunnelChangeItem, runnel_change_item, RUNNEL, CHANGE_ITEM, GObject)

guint       runnel_change_item_get_position (RunnelChangeItem *self);
const char *runnel_change_item_get_label    (RunnelChangeItem *self);
char       *runnel_change_item_get_time     (RunnelChangeItem *self);

/* The latest change comes first; the last item is the document without any. */
#define RUNNEL_TYPE_CHANGE_LIST (runnel_change_list_get_type ())
G_DECLARE_FINAL_TYPE (RunnelChangeList, runnel_change_list, RUNNEL, CHANGE_LIST, GObject)

RunnelChangeList *runnel_change_list_new          (void);
void              runnel_change_list_set_document (RunnelChangeList *self,
                                                   RunnelDocument   *document);

G_END_DECLS
