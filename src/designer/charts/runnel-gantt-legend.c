/* runnel-gantt-legend.c: what the marks of the timing chart mean
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "designer/charts/runnel-chart-painter.h"
#include "designer/charts/runnel-gantt-legend.h"
#include "designer/runnel-wrap-layout.h"

#define SWATCH_WIDTH 22
#define SWATCH_HEIGHT 12
#define SPACING 12 /* on top of that of the layout */

/* The key of the outline, behind those of the looks. */
#define CRITICAL RUNNEL_N_LOOKS

struct _RunnelGanttLegend
{
  GtkWidget parent_instance;

  RunnelChartPainter *painter;
  guint looks;          /* bits of those that are shown */
  gboolean critical;
};

G_DEFINE_FINAL_TYPE (RunnelGanttLegend, runnel_gantt_legend, GTK_TYPE_WIDGET)

static void
draw_swatch_cb (GtkDrawingArea *area,
                cairo_t        *cr,
                int             width,
                int             height,
                gpointer        user_data)
{
  RunnelGanttLegend *self =
    RUNNEL_GANTT_LEGEND (gtk_widget_get_ancestor (GTK_WIDGET (area), RUNNEL_TYPE_GANTT_LEGEND));
  guint key = GPOINTER_TO_UINT (user_data);
  guint look = key == CRITICAL ? (guint) RUNNEL_STATE_SUCCEEDED : key;
  RunnelMark mark = runnel_gantt_style_get_mark (look);
  double share = MIN (runnel_gantt_style_get_share (mark) / 0.7, 1.0);
  double bar_height = MAX (height * share, 3.0);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, (height - bar_height) / 2, width, bar_height);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr(GskRenderNode) node = NULL;

  runnel_chart_painter_mark (self->painter, snapshot, &bounds, look, mark, key == CRITICAL, 1);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node != NULL)
    gsk_render_node_draw (node, cr);
}

static GtkWidget *
make_entry (guint key)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *swatch = gtk_drawing_area_new ();
  GtkWidget *label = gtk_label_new (key == CRITICAL ? _("◆ on the critical path")
                                                    : runnel_gantt_style_get_name (key));

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (swatch), SWATCH_WIDTH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (swatch), SWATCH_HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (swatch), draw_swatch_cb,
                                  GUINT_TO_POINTER (key), NULL);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_end (box, SPACING);
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
style_changed_cb (RunnelGanttLegend *self)
{
  g_assert (RUNNEL_IS_GANTT_LEGEND (self));

  runnel_chart_painter_reset (self->painter);
  for (GtkWidget *entry = gtk_widget_get_first_child (GTK_WIDGET (self)); entry != NULL;
       entry = gtk_widget_get_next_sibling (entry))
    gtk_widget_queue_draw (gtk_widget_get_first_child (entry));
}

static void
remove_entries (RunnelGanttLegend *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static void
runnel_gantt_legend_dispose (GObject *object)
{
  remove_entries (RUNNEL_GANTT_LEGEND (object));

  G_OBJECT_CLASS (runnel_gantt_legend_parent_class)->dispose (object);
}

static void
runnel_gantt_legend_finalize (GObject *object)
{
  runnel_chart_painter_free (RUNNEL_GANTT_LEGEND (object)->painter);

  G_OBJECT_CLASS (runnel_gantt_legend_parent_class)->finalize (object);
}

static void
runnel_gantt_legend_class_init (RunnelGanttLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_gantt_legend_dispose;
  G_OBJECT_CLASS (klass)->finalize = runnel_gantt_legend_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, RUNNEL_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "ganttlegend");
}

static void
runnel_gantt_legend_init (RunnelGanttLegend *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->painter = runnel_chart_painter_new (GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (style_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (style_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * runnel_gantt_legend_new:
 *
 * Shows marks of a #RunnelGantt with their meaning.
 *
 * Returns: (transfer floating): the legend
 */
GtkWidget *
runnel_gantt_legend_new (void)
{
  return g_object_new (RUNNEL_TYPE_GANTT_LEGEND, NULL);
}

/**
 * runnel_gantt_legend_set_looks:
 * @self: a legend
 * @looks: bits of the #RunnelLook and #RunnelState that the chart shows
 * @critical: whether it shows a critical path
 */
void
runnel_gantt_legend_set_looks (RunnelGanttLegend *self,
                               guint              looks,
                               gboolean           critical)
{
  g_return_if_fail (RUNNEL_IS_GANTT_LEGEND (self));

  if (self->looks == looks && self->critical == critical)
    return;
  self->looks = looks;
  self->critical = critical;
  remove_entries (self);
  for (guint i = 0; i < RUNNEL_N_LOOKS; i++)
    if ((looks & 1u << i) != 0)
      gtk_widget_set_parent (make_entry (i), GTK_WIDGET (self));
  if (critical)
    gtk_widget_set_parent (make_entry (CRITICAL), GTK_WIDGET (self));
}
