/* runnel-step-palette.c: the kinds of steps, to be found and dragged onto the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas.h"
#include "designer/canvas/runnel-kind-item.h"
#include "designer/runnel-step-palette.h"

#define WIDTH_CHARS 24 /* of a line of the descriptions, which set the width of the panel */

struct _RunnelStepPalette
{
  AdwBin parent_instance;

  GtkEditable *search;
  GtkStack *stack;
  GtkListView *list;
  GtkSingleSelection *selection;
  GtkFilter *filter;
  GtkSorter *sorter;
};

enum
{
  KIND_ACTIVATED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelStepPalette, runnel_step_palette, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

static gboolean
matches (gpointer item,
         gpointer user_data)
{
  RunnelStepPalette *self = user_data;

  return runnel_kind_item_rank (item, gtk_editable_get_text (self->search)) > 0;
}

/* What fits better comes first; without a search all fit the same and keep their order. */
static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  RunnelStepPalette *self = user_data;
  const char *text = gtk_editable_get_text (self->search);
  guint left = runnel_kind_item_rank ((RunnelKindItem *) a, text);
  guint right = runnel_kind_item_rank ((RunnelKindItem *) b, text);

  return right < left ? -1 : right > left;
}

static void
search_changed_cb (RunnelStepPalette *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  gtk_single_selection_set_selected (self->selection, 0);
  gtk_stack_set_visible_child_name (
    self->stack, g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0 ? "kinds" : "empty");
}

static void
activate (RunnelStepPalette *self,
          guint              position)
{
  g_autoptr(RunnelKindItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item)
    g_signal_emit (self, signals[KIND_ACTIVATED], 0, runnel_kind_item_get_kind (item)->name);
}

static void
activate_cb (RunnelStepPalette *self,
             guint              position)
{
  activate (self, position);
}

static void
search_activate_cb (RunnelStepPalette *self)
{
  activate (self, gtk_single_selection_get_selected (self->selection));
}

static void
focus_list_cb (RunnelStepPalette *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static GdkContentProvider *
prepare_drag_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 GtkListItem   *list_item)
{
  RunnelKindItem *item = gtk_list_item_get_item (list_item);
  g_autofree char *text = NULL;

  if (!item)
    return NULL;
  text = g_strconcat (RUNNEL_CANVAS_KIND_PREFIX, runnel_kind_item_get_kind (item)->name, NULL);
  return gdk_content_provider_new_typed (G_TYPE_STRING, text);
}

/* An opaque card: without a compositor what is transparent would be black. */
static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               GtkListItem   *list_item)
{
  RunnelKindItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_add_css_class (card, "drag-card");
  gtk_box_append (GTK_BOX (card),
                  gtk_image_new_from_icon_name (runnel_kind_item_get_kind (item)->icon_name));
  gtk_box_append (GTK_BOX (card), gtk_label_new (runnel_kind_item_get_title (item)));
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), card);
  gdk_drag_set_hotspot (drag, 0, 0);
}

static GtkWidget *
label_new (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *description = label_new ("caption");
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_label_set_max_width_chars (GTK_LABEL (description), WIDTH_CHARS);
  gtk_label_set_lines (GTK_LABEL (description), 3);
  gtk_label_set_ellipsize (GTK_LABEL (description), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (description, "dim-label");
  gtk_box_append (GTK_BOX (text), label_new ("heading"));
  gtk_box_append (GTK_BOX (text), description);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), text);
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_drag_cb), list_item);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), list_item);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  gtk_list_item_set_child (list_item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item)
{
  RunnelKindItem *item = gtk_list_item_get_item (list_item);
  const RunnelKind *kind = runnel_kind_item_get_kind (item);
  GtkWidget *row = gtk_list_item_get_child (list_item);
  GtkWidget *icon = gtk_widget_get_first_child (row);
  GtkWidget *text = gtk_widget_get_last_child (row);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), kind->icon_name);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (text)),
                       runnel_kind_item_get_title (item));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (text)),
                       runnel_kind_item_get_description (item));
  /* The row around it is what a screen reader reads. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, runnel_kind_item_get_title (item),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  runnel_kind_item_get_description (item), -1);
}

static void
runnel_step_palette_dispose (GObject *object)
{
  RunnelStepPalette *self = RUNNEL_STEP_PALETTE (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);
  G_OBJECT_CLASS (runnel_step_palette_parent_class)->dispose (object);
}

static void
runnel_step_palette_class_init (RunnelStepPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_step_palette_dispose;

  signals[KIND_ACTIVATED] = g_signal_new ("kind-activated", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                          G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-step-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelStepPalette, search);
  gtk_widget_class_bind_template_child (widget_class, RunnelStepPalette, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelStepPalette, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_list_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
runnel_step_palette_init (RunnelStepPalette *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->filter = GTK_FILTER (gtk_custom_filter_new (matches, self, NULL));
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare, self, NULL));
  filtered = gtk_filter_list_model_new (runnel_kind_item_list (), g_object_ref (self->filter));
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), g_object_ref (self->sorter));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (factory);
}

GtkWidget *
runnel_step_palette_new (void)
{
  return g_object_new (RUNNEL_TYPE_STEP_PALETTE, NULL);
}

/**
 * runnel_step_palette_focus:
 *
 * Gives the focus to the search entry.
 */
void
runnel_step_palette_focus (RunnelStepPalette *self)
{
  g_return_if_fail (RUNNEL_IS_STEP_PALETTE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
