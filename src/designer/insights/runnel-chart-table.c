/* runnel-chart-table.c: what a chart shows, as a table
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/insights/runnel-chart-table.h"

struct _RunnelChartTable
{
  AdwBin parent_instance;

  GtkColumnView *view;
};

G_DEFINE_FINAL_TYPE (RunnelChartTable, runnel_chart_table, ADW_TYPE_BIN)

static guint run_activated_signal;

/* --- Cells --- */

static void
setup_cell_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (list_item, label);
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item,
              gpointer                  column)
{
  RunnelDatum *datum = gtk_list_item_get_item (list_item);
  const char *text = runnel_datum_get_cell (datum, GPOINTER_TO_UINT (column));

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (list_item)), text);
}

static void
add_column (RunnelChartTable *self,
            const char       *title,
            guint             number)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), GUINT_TO_POINTER (number));
  gtk_column_view_column_set_expand (column, number == 0);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_append_column (self->view, column);
}

static void
clear_columns (RunnelChartTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
}

static void
activate_cb (RunnelChartTable *self,
             guint             position)
{
  g_autoptr(RunnelDatum) datum =
    g_list_model_get_item (runnel_chart_table_get_items (self), position);

  if (datum != NULL && datum->run > 0)
    g_signal_emit (self, run_activated_signal, 0, datum->run);
}

/* --- The widget --- */

static void
runnel_chart_table_class_init (RunnelChartTableClass *klass)
{
  run_activated_signal =
    g_signal_new ("run-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
runnel_chart_table_init (RunnelChartTable *self)
{
  GtkWidget *window = gtk_scrolled_window_new ();

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Table"), -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), GTK_WIDGET (self->view));
  adw_bin_set_child (ADW_BIN (self), window);
}

/**
 * runnel_chart_table_new:
 *
 * Returns: (transfer floating): a table without rows
 */
GtkWidget *
runnel_chart_table_new (void)
{
  return g_object_new (RUNNEL_TYPE_CHART_TABLE, NULL);
}

/**
 * runnel_chart_table_set_chart:
 * @self: a table
 * @chart: (nullable): whose items to list
 */
void
runnel_chart_table_set_chart (RunnelChartTable *self,
                              RunnelChart      *chart)
{
  g_autoptr(GtkSingleSelection) selection = NULL;
  const char *const *titles = chart != NULL ? runnel_chart_get_columns (chart) : NULL;

  g_return_if_fail (RUNNEL_IS_CHART_TABLE (self));

  gtk_column_view_set_model (self->view, NULL);
  clear_columns (self);
  if (titles == NULL)
    return;
  for (guint i = 0; titles[i] != NULL; i++)
    add_column (self, titles[i], i);
  selection = gtk_single_selection_new (runnel_chart_list_items (chart));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
}

/**
 * runnel_chart_table_get_items:
 * @self: a table
 *
 * Returns: (transfer none) (nullable): the rows, of RunnelDatum
 */
GListModel *
runnel_chart_table_get_items (RunnelChartTable *self)
{
  g_return_val_if_fail (RUNNEL_IS_CHART_TABLE (self), NULL);

  return G_LIST_MODEL (gtk_column_view_get_model (self->view));
}
