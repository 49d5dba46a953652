/* runnel-change-list.c: the undo history of a document as a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Items are made when they are asked for: the history has no end.
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runnel-change-list.h"

struct _RunnelChangeItem
{
  GObject parent_instance;

  guint position;
  char *label;
  gint64 time; /* microseconds since 1970, 0 = not known */
};

G_DEFINE_FINAL_TYPE (RunnelChangeItem, runnel_change_item, G_TYPE_OBJECT)

static void
runnel_change_item_finalize (GObject *object)
{
  g_free (RUNNEL_CHANGE_ITEM (object)->label);
  G_OBJECT_CLASS (runnel_change_item_parent_class)->finalize (object);
}

static void
runnel_change_item_class_init (RunnelChangeItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_change_item_finalize;
}

static void
runnel_change_item_init (RunnelChangeItem *self)
{
}

guint
runnel_change_item_get_position (RunnelChangeItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_CHANGE_ITEM (self), 0);

  return self->position;
}

const char *
runnel_change_item_get_label (RunnelChangeItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_CHANGE_ITEM (self), NULL);

  return self->label;
}

/**
 * runnel_change_item_get_time:
 *
 * Returns: (transfer full): when the change was made, as people of the country write it; "" when
 *   that is not known
 */
char *
runnel_change_item_get_time (RunnelChangeItem *self)
{
  g_autoptr(GDateTime) time = NULL;

  g_return_val_if_fail (RUNNEL_IS_CHANGE_ITEM (self), NULL);

  if (self->time == 0)
    return g_strdup ("");
  time = g_date_time_new_from_unix_local (self->time / G_USEC_PER_SEC);
  return g_date_time_format (time, "%X");
}

struct _RunnelChangeList
{
  GObject parent_instance;

  RunnelDocument *document; /* or NULL */
  guint n_items;
};

static GType
get_item_type (GListModel *model)
{
  return RUNNEL_TYPE_CHANGE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return RUNNEL_CHANGE_LIST (model)->n_items;
}

static gpointer
get_item (GListModel *model,
          guint       index)
{
  RunnelChangeList *self = RUNNEL_CHANGE_LIST (model);
  RunnelChangeItem *item;

  if (index >= self->n_items)
    return NULL;

  item = g_object_new (RUNNEL_TYPE_CHANGE_ITEM, NULL);
  item->position = self->n_items - 1 - index;
  if (item->position > 0)
    {
      guint change = item->position - 1;

      item->label = g_strdup (runnel_document_get_change_label (self->document, change));
      item->time = runnel_document_get_change_time (self->document, change);
    }
  else
    {
      item->label = g_strdup (_("Before the First Change"));
    }
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RunnelChangeList, runnel_change_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
update (RunnelChangeList *self)
{
  guint n_before = self->n_items;

  self->n_items = self->document ? runnel_document_get_n_changes (self->document) + 1 : 0;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->n_items);
}

static void
runnel_change_list_dispose (GObject *object)
{
  RunnelChangeList *self = RUNNEL_CHANGE_LIST (object);

  if (self->document)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (runnel_change_list_parent_class)->dispose (object);
}

static void
runnel_change_list_class_init (RunnelChangeListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = runnel_change_list_dispose;
}

static void
runnel_change_list_init (RunnelChangeList *self)
{
}

RunnelChangeList *
runnel_change_list_new (void)
{
  return g_object_new (RUNNEL_TYPE_CHANGE_LIST, NULL);
}

/**
 * runnel_change_list_set_document:
 * @document: (nullable): whose history is listed
 */
void
runnel_change_list_set_document (RunnelChangeList *self,
                                 RunnelDocument   *document)
{
  g_return_if_fail (RUNNEL_IS_CHANGE_LIST (self));
  g_return_if_fail (!document || RUNNEL_IS_DOCUMENT (document));

  if (self->document)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  if (document)
    g_signal_connect_swapped (document, "notify::can-undo", G_CALLBACK (update), self);
  update (self);
}
