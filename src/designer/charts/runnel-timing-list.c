/* runnel-timing-list.c: the timing of a run as a table, in place of its chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "charts/runnel-gantt-style.h"
#include "designer/charts/runnel-timing-item.h"
#include "designer/charts/runnel-timing-list.h"

#define INDENT 16

/* The id is for programs. */
static const RunnelTimingColumn columns[] = {
  RUNNEL_TIMING_STEP,  RUNNEL_TIMING_STATE,  RUNNEL_TIMING_START, RUNNEL_TIMING_RUN,
  RUNNEL_TIMING_QUEUE, RUNNEL_TIMING_POOL,   RUNNEL_TIMING_PERSON, RUNNEL_TIMING_WAIT,
  RUNNEL_TIMING_RETRY, RUNNEL_TIMING_ATTEMPTS, RUNNEL_TIMING_SLACK, RUNNEL_TIMING_CRITICAL,
  RUNNEL_TIMING_CPU,   RUNNEL_TIMING_MEMORY,
};

struct _RunnelTimingList
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  GtkColumnView *view;          /* of the scrolled window */
  GListStore *items;            /* RunnelTimingItem */
  GtkSingleSelection *selection;
  RunnelGantt *gantt;           /* (nullable): not owned, it lives beside this */
  gboolean following;           /* chart and table follow one another, but not in circles */
};

enum
{
  PROP_0,
  PROP_GANTT,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RunnelTimingList, runnel_timing_list, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* --- Cells ------------------------------------------------------------------------------- */

static RunnelTimingColumn
get_column (gpointer object)
{
  return GPOINTER_TO_INT (g_object_get_data (object, "column"));
}

static void
show_item (GtkLabel         *label,
           RunnelTimingItem *item)
{
  RunnelTimingColumn column = get_column (label);
  g_autofree char *text = runnel_timing_item_get_text (item, column);
  g_autofree char *signed_text = NULL;

  if (column == RUNNEL_TIMING_STATE)
    signed_text = g_strdup_printf ("%s %s",
                                   runnel_gantt_style_get_sign (runnel_timing_item_get_state (item)),
                                   text);
  if (column == RUNNEL_TIMING_STEP)
    gtk_widget_set_margin_start (GTK_WIDGET (label), INDENT * runnel_timing_item_get_depth (item));
  gtk_label_set_label (label, signed_text != NULL ? signed_text : text);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item)
{
  RunnelTimingColumn column = get_column (factory);
  GtkWidget *label = gtk_label_new (NULL);

  g_object_set_data (G_OBJECT (label), "column", GINT_TO_POINTER (column));
  gtk_label_set_xalign (GTK_LABEL (label), runnel_timing_column_is_number (column) ? 1 : 0);
  if (column == RUNNEL_TIMING_STEP)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (runnel_timing_column_is_number (column))
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (list_item, label);
}

static void
changed_cb (RunnelTimingItem *item,
            GtkLabel         *label)
{
  show_item (label, item);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item)
{
  GtkWidget *label = gtk_list_item_get_child (list_item);
  RunnelTimingItem *item = gtk_list_item_get_item (list_item);

  show_item (GTK_LABEL (label), item);
  g_signal_connect (item, "changed", G_CALLBACK (changed_cb), label);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), changed_cb,
                                        gtk_list_item_get_child (list_item));
}

static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  return runnel_timing_item_compare ((RunnelTimingItem *) a, (RunnelTimingItem *) b,
                                     GPOINTER_TO_INT (user_data));
}

static void
add_column (RunnelTimingList   *self,
            RunnelTimingColumn  column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSorter *sorter =
    GTK_SORTER (gtk_custom_sorter_new (compare_cb, GINT_TO_POINTER (column), NULL));
  g_autoptr(GtkColumnViewColumn) view_column =
    gtk_column_view_column_new (runnel_timing_column_get_title (column), factory);

  g_object_set_data (G_OBJECT (factory), "column", GINT_TO_POINTER (column));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_column_view_column_set_sorter (view_column, sorter);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  gtk_column_view_column_set_expand (view_column, column == RUNNEL_TIMING_STEP);
  if (column == RUNNEL_TIMING_STEP)
    gtk_column_view_column_set_fixed_width (view_column, 220);
  gtk_column_view_append_column (self->view, view_column);
  g_object_unref (sorter);
}

/* --- Rows -------------------------------------------------------------------------------- */

static void
follow_selection (RunnelTimingList *self)
{
  const char *id = runnel_gantt_get_selection (self->gantt);
  GListModel *model = G_LIST_MODEL (self->selection);
  guint found = GTK_INVALID_LIST_POSITION;

  if (self->following)
    return;
  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(RunnelTimingItem) item = g_list_model_get_item (model, i);

      if (g_str_equal (runnel_timing_item_get_id (item), id))
        found = i;
    }
  self->following = TRUE;
  gtk_single_selection_set_selected (self->selection, found);
  if (found != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)),
                                "list.scroll-to-item", "u", found);
  self->following = FALSE;
}

static void
selected_cb (RunnelTimingList *self)
{
  RunnelTimingItem *item = gtk_single_selection_get_selected_item (self->selection);

  g_assert (RUNNEL_IS_TIMING_LIST (self));

  if (self->following || item == NULL || self->gantt == NULL)
    return;
  self->following = TRUE;
  runnel_gantt_set_selection (self->gantt, runnel_timing_item_get_id (item));
  self->following = FALSE;
}

static void
activated_cb (RunnelTimingList *self,
              guint             position)
{
  g_assert (RUNNEL_IS_TIMING_LIST (self));

  if (self->gantt != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->gantt), "gantt.activate", NULL);
}

/* Of a later picture of the same run the items stay, and with them what is seen. */
static gboolean
update_items (RunnelTimingList      *self,
              const RunnelGanttTree *tree)
{
  GListModel *model = G_LIST_MODEL (self->items);
  guint n_items = 0;

  for (guint i = 0; i < tree->n_lines; i++)
    {
      g_autoptr(RunnelTimingItem) item = NULL;

      if (tree->lines[i].row < 0)
        continue;
      item = g_list_model_get_item (model, n_items++);
      if (item == NULL || !g_str_equal (runnel_timing_item_get_id (item), tree->lines[i].id))
        return FALSE;
    }
  if (n_items != g_list_model_get_n_items (model))
    return FALSE;
  n_items = 0;
  for (guint i = 0; i < tree->n_lines; i++)
    if (tree->lines[i].row >= 0)
      {
        g_autoptr(RunnelTimingItem) item = g_list_model_get_item (model, n_items++);

        runnel_timing_item_set_timing (item, tree->timing, tree->lines[i].row);
      }
  return TRUE;
}

static void
update (RunnelTimingList *self)
{
  const RunnelGanttTree *tree;
  g_autoptr(GPtrArray) items = NULL;

  g_assert (RUNNEL_IS_TIMING_LIST (self));

  if (self->gantt == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  tree = runnel_gantt_get_tree (self->gantt);
  if (!update_items (self, tree))
    {
      items = g_ptr_array_new_with_free_func (g_object_unref);
      for (guint i = 0; i < tree->n_lines; i++)
        if (tree->lines[i].row >= 0)
          g_ptr_array_add (items, runnel_timing_item_new (tree->timing, tree->lines[i].row,
                                                          tree->lines[i].depth));
      self->following = TRUE;
      g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                           items->pdata, items->len);
      self->following = FALSE;
    }
  follow_selection (self);
}

/* --- The widget --------------------------------------------------------------------------- */

static void
runnel_timing_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (runnel_timing_list_parent_class)->map (widget);
  update (RUNNEL_TIMING_LIST (widget));
}

static gboolean
runnel_timing_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUNNEL_TIMING_LIST (widget)->view));
}

static void
set_gantt (RunnelTimingList *self,
           RunnelGantt      *gantt)
{
  if (!g_set_weak_pointer (&self->gantt, gantt) || gantt == NULL)
    return;
  g_signal_connect_object (gantt, "lines-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gantt, "notify::selection", G_CALLBACK (follow_selection), self,
                           G_CONNECT_SWAPPED);
}

static void
runnel_timing_list_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_GANTT:
      set_gantt (RUNNEL_TIMING_LIST (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
runnel_timing_list_dispose (GObject *object)
{
  RunnelTimingList *self = RUNNEL_TIMING_LIST (object);

  g_clear_weak_pointer (&self->gantt);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->items);
  G_OBJECT_CLASS (runnel_timing_list_parent_class)->dispose (object);
}

static void
runnel_timing_list_class_init (RunnelTimingListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = runnel_timing_list_set_property;
  object_class->dispose = runnel_timing_list_dispose;
  widget_class->map = runnel_timing_list_map;
  widget_class->grab_focus = runnel_timing_list_grab_focus;

  properties[PROP_GANTT] = g_param_spec_object ("gantt", NULL, NULL, RUNNEL_TYPE_GANTT,
                                                G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "timinglist");
}

static void
runnel_timing_list_init (RunnelTimingList *self)
{
  GtkSortListModel *sorted;

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  self->items = g_list_store_new (RUNNEL_TYPE_TIMING_ITEM);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    add_column (self, columns[i]);
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->items)),
                                    g_object_ref (gtk_column_view_get_sorter (self->view)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Timing as a table"), -1);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);

  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

/**
 * runnel_timing_list_new:
 * @gantt: the chart that it takes the place of
 *
 * Returns: (transfer floating): a table of the steps
 */
GtkWidget *
runnel_timing_list_new (RunnelGantt *gantt)
{
  return g_object_new (RUNNEL_TYPE_TIMING_LIST, "gantt", gantt, NULL);
}
