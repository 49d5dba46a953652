/* runnel-quick-add.c: a popover that searches the step kinds for the one to add
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-quick-add.h"
#include "designer/runnel-settings.h"

#define LIST_WIDTH 340
#define LIST_HEIGHT 300
#define MAX_RECENT 5

struct _RunnelQuickAdd
{
  GtkPopover parent_instance;

  GtkWidget *entry;
  GtkWidget *list;
  GtkFilter *filter;
  GtkSorter *sorter;
  GtkSingleSelection *selection;
  GStrv recent; /* names of the kinds chosen last, the latest first */
};

enum
{
  KIND_CHOSEN,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelQuickAdd, runnel_quick_add, GTK_TYPE_POPOVER)

static guint signals[N_SIGNALS];

static guint
rank (RunnelQuickAdd *self,
      gpointer        item)
{
  return runnel_kind_item_rank (item, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static gboolean
filter_cb (gpointer item,
           gpointer user_data)
{
  return rank (user_data, item) > 0;
}

/* How many kinds were chosen after this one; beyond all of them when it was not. */
static guint
get_age (RunnelQuickAdd *self,
         gpointer        item)
{
  const char *name = runnel_kind_item_get_kind (item)->name;
  guint age = 0;

  while (self->recent[age] != NULL && !g_str_equal (self->recent[age], name))
    age++;

  return age;
}

/* The best fit first, and of those that fit as well the one chosen last. */
static int
sort_cb (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  guint left = rank (user_data, (gpointer) a);
  guint right = rank (user_data, (gpointer) b);

  if (left != right)
    return (left < right) - (left > right);

  left = get_age (user_data, (gpointer) a);
  right = get_age (user_data, (gpointer) b);
  return (left > right) - (left < right);
}

static void
remember (RunnelQuickAdd *self,
          const char     *name)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) recent = NULL;

  g_strv_builder_add (builder, name);
  for (guint i = 0; self->recent[i] != NULL && i + 1 < MAX_RECENT; i++)
    if (!g_str_equal (self->recent[i], name))
      g_strv_builder_add (builder, self->recent[i]);

  recent = g_strv_builder_end (builder);
  g_settings_set_strv (runnel_settings_get (), "recent-kinds", (const char *const *) recent);
}

static void
choose (RunnelQuickAdd *self,
        RunnelKindItem *item)
{
  const char *name = runnel_kind_item_get_kind (item)->name;

  remember (self, name);
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[KIND_CHOSEN], 0, name);
}

static void
search_changed_cb (RunnelQuickAdd *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  gtk_single_selection_set_selected (self->selection, 0);
}

static void
entry_activate_cb (RunnelQuickAdd *self)
{
  RunnelKindItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item != NULL)
    choose (self, item);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
list_activate_cb (RunnelQuickAdd *self,
                  guint           position)
{
  g_autoptr(RunnelKindItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  choose (self, item);
}

/* Up and Down walk the list while the entry keeps the focus, so that typing can go on. */
static gboolean
key_pressed_cb (RunnelQuickAdd  *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  guint selected = gtk_single_selection_get_selected (self->selection);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  if (keyval == GDK_KEY_Down && selected + 1 < n_items)
    selected++;
  else if (keyval == GDK_KEY_Up && selected > 0 && selected < n_items)
    selected--;
  else
    return keyval == GDK_KEY_Down || keyval == GDK_KEY_Up;

  gtk_single_selection_set_selected (self->selection, selected);
  gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", selected);

  return GDK_EVENT_STOP;
}

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *description = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (description), 0);
  gtk_label_set_ellipsize (GTK_LABEL (description), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (description, "caption");
  gtk_widget_add_css_class (description, "dim-label");
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), description);
  gtk_box_append (GTK_BOX (row), gtk_image_new ());
  gtk_box_append (GTK_BOX (row), texts);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *list_item)
{
  RunnelKindItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *image = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_next_sibling (image));
  GtkWidget *description = gtk_widget_get_next_sibling (title);

  gtk_image_set_from_icon_name (GTK_IMAGE (image), runnel_kind_item_get_kind (item)->icon_name);
  gtk_label_set_label (GTK_LABEL (title), runnel_kind_item_get_title (item));
  gtk_label_set_label (GTK_LABEL (description), runnel_kind_item_get_description (item));
}

static void
runnel_quick_add_map (GtkWidget *widget)
{
  RunnelQuickAdd *self = RUNNEL_QUICK_ADD (widget);

  g_strfreev (self->recent);
  self->recent = g_settings_get_strv (runnel_settings_get (), "recent-kinds");
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  search_changed_cb (self);
  GTK_WIDGET_CLASS (runnel_quick_add_parent_class)->map (widget);
  gtk_widget_grab_focus (self->entry);
}

static void
runnel_quick_add_finalize (GObject *object)
{
  RunnelQuickAdd *self = RUNNEL_QUICK_ADD (object);

  g_clear_pointer (&self->recent, g_strfreev);
  G_OBJECT_CLASS (runnel_quick_add_parent_class)->finalize (object);
}

static void
runnel_quick_add_class_init (RunnelQuickAddClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_quick_add_finalize;
  GTK_WIDGET_CLASS (klass)->map = runnel_quick_add_map;

  /**
   * RunnelQuickAdd::kind-chosen:
   * @name: the name of the kind
   */
  signals[KIND_CHOSEN] = g_signal_new ("kind-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
make_list (RunnelQuickAdd *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), NULL);

  self->filter = GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL));
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (sort_cb, self, NULL));
  filtered = gtk_filter_list_model_new (runnel_kind_item_list (), self->filter);
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), self->sorter);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (self->selection), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Kinds of Step"), -1);
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (list_activate_cb), self);

  return self->list;
}

static GtkWidget *
make_entry (RunnelQuickAdd *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _("Add a step…"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search the Kinds of Step"), -1);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (entry_activate_cb), self);
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (gtk_popover_popdown), self);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (self->entry, keys);

  return self->entry;
}

static void
runnel_quick_add_init (RunnelQuickAdd *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->recent = g_new0 (char *, 1);
  gtk_box_append (GTK_BOX (box), make_entry (self));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), make_list (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  gtk_widget_set_size_request (scroller, LIST_WIDTH, -1);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
}

/**
 * runnel_quick_add_new:
 *
 * Makes the popover; the caller gives it a parent, a place to point to, and pops it up.
 */
GtkWidget *
runnel_quick_add_new (void)
{
  return g_object_new (RUNNEL_TYPE_QUICK_ADD, NULL);
}
