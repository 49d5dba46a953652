/* runnel-history-popover.c: the changes of a document, to go back to any of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runnel-change-list.h"
#include "designer/runnel-history-popover.h"

struct _RunnelHistoryPopover
{
  GtkPopover parent_instance;

  /* Template Widgets */
  GtkListView *list;
  GtkSingleSelection *selection;

  RunnelChangeList *changes;
  RunnelDocument *document; /* or NULL */
};

static guint go_to_signal;

G_DEFINE_FINAL_TYPE (RunnelHistoryPopover, runnel_history_popover, GTK_TYPE_POPOVER)

static guint
get_position (RunnelHistoryPopover *self)
{
  return self->document ? runnel_document_get_position (self->document) : 0;
}

static void
activate_cb (RunnelHistoryPopover *self,
             guint                 index)
{
  g_autoptr(RunnelChangeItem) item = g_list_model_get_item (G_LIST_MODEL (self->changes), index);
  guint position = runnel_change_item_get_position (item);

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, go_to_signal, 0, position);
}

static GtkWidget *
add_label (GtkWidget *row)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (row), label);
  return label;
}

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");
  GtkWidget *label;

  gtk_box_append (GTK_BOX (row), mark);
  label = add_label (row);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  label = add_label (row);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (list_item, row);
}

/* The state that is there has a mark; what was undone is dim. */
static void
bind_row_cb (RunnelHistoryPopover *self,
             GtkListItem          *list_item)
{
  RunnelChangeItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *mark = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *label = gtk_widget_get_next_sibling (mark);
  GtkWidget *time_label = gtk_widget_get_next_sibling (label);
  guint position = runnel_change_item_get_position (item);
  g_autofree char *time = runnel_change_item_get_time (item);

  gtk_widget_set_opacity (mark, position == get_position (self) ? 1 : 0);
  gtk_label_set_label (GTK_LABEL (label), runnel_change_item_get_label (item));
  if (position > get_position (self))
    gtk_widget_add_css_class (label, "dim-label");
  else
    gtk_widget_remove_css_class (label, "dim-label");
  gtk_label_set_label (GTK_LABEL (time_label), time);
}

/* GTK 4.8 gives the keyboard to the first row, unless a row itself takes it. */
static void
focus_present (RunnelHistoryPopover *self)
{
  guint index = gtk_single_selection_get_selected (self->selection);
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  while (row && index-- > 0)
    row = gtk_widget_get_next_sibling (row);
  gtk_widget_grab_focus (row ? row : GTK_WIDGET (self->list));
}

static void
runnel_history_popover_map (GtkWidget *widget)
{
  RunnelHistoryPopover *self = RUNNEL_HISTORY_POPOVER (widget);

  GTK_WIDGET_CLASS (runnel_history_popover_parent_class)->map (widget);
  focus_present (self);
}

static void
runnel_history_popover_dispose (GObject *object)
{
  RunnelHistoryPopover *self = RUNNEL_HISTORY_POPOVER (object);

  g_clear_object (&self->changes);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (runnel_history_popover_parent_class)->dispose (object);
}

static void
runnel_history_popover_class_init (RunnelHistoryPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_history_popover_dispose;
  widget_class->map = runnel_history_popover_map;

  go_to_signal = g_signal_new ("go-to", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-history-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelHistoryPopover, list);
  gtk_widget_class_bind_template_child (widget_class, RunnelHistoryPopover, selection);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_row_cb);
}

static void
runnel_history_popover_init (RunnelHistoryPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->changes = runnel_change_list_new ();
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->changes));
}

/**
 * runnel_history_popover_set_document:
 * @document: (nullable): whose changes are listed
 *
 * Lists the changes as they are now, the present state selected.
 */
void
runnel_history_popover_set_document (RunnelHistoryPopover *self,
                                     RunnelDocument       *document)
{
  guint n_items;

  g_return_if_fail (RUNNEL_IS_HISTORY_POPOVER (self));
  g_return_if_fail (!document || RUNNEL_IS_DOCUMENT (document));

  g_set_object (&self->document, document);
  runnel_change_list_set_document (self->changes, document);
  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->changes));
  if (n_items > 0)
    gtk_single_selection_set_selected (self->selection, n_items - 1 - get_position (self));
}
