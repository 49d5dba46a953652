/* runnel-gantt-legend.c: what the marks of the timing chart mean
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "designer/charts/runnel-gantt-legend.h"
#include "designer/charts/runnel-gantt-private.h"

#define SWATCH_WIDTH 22
#define SWATCH_HEIGHT 12

struct _RunnelGanttLegend
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (RunnelGanttLegend, runnel_gantt_legend, GTK_TYPE_WIDGET)

typedef struct
{
  const char *title;
  RunnelSpanKind kind;
  RunnelState state;
  gboolean critical;
} Entry;

static const Entry entries[] = {
  { N_("Ran"), RUNNEL_SPAN_ATTEMPT, RUNNEL_STATE_SUCCEEDED, FALSE },
  { N_("Failed"), RUNNEL_SPAN_ATTEMPT, RUNNEL_STATE_FAILED, FALSE },
  { N_("Queued"), RUNNEL_SPAN_QUEUED, RUNNEL_STATE_QUEUED, FALSE },
  { N_("Waited"), RUNNEL_SPAN_WAITING, RUNNEL_STATE_WAITING, FALSE },
  { N_("Delay before a retry"), RUNNEL_SPAN_RETRY, RUNNEL_STATE_QUEUED, FALSE },
  { N_("◆ Critical path: what the whole run took its time for"), RUNNEL_SPAN_ATTEMPT,
    RUNNEL_STATE_SUCCEEDED, TRUE },
};

static void
draw_swatch_cb (GtkDrawingArea *area,
                cairo_t        *cr,
                int             width,
                int             height,
                gpointer        user_data)
{
  const Entry *entry = user_data;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr(GskRenderNode) node = NULL;

  _runnel_gantt_snapshot_sample (snapshot, width, height, entry->kind, entry->state, entry->critical);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node != NULL)
    gsk_render_node_draw (node, cr);
}

static GtkWidget *
make_entry (const Entry *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *swatch = gtk_drawing_area_new ();
  GtkWidget *label = gtk_label_new (_(entry->title));

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (swatch), SWATCH_WIDTH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (swatch), SWATCH_HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (swatch), draw_swatch_cb, (gpointer) entry, NULL);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
queue_draw (RunnelGanttLegend *self)
{
  for (GtkWidget *entry = gtk_widget_get_first_child (GTK_WIDGET (self)); entry != NULL;
       entry = gtk_widget_get_next_sibling (entry))
    gtk_widget_queue_draw (gtk_widget_get_first_child (entry));
}

static void
runnel_gantt_legend_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (runnel_gantt_legend_parent_class)->dispose (object);
}

static void
runnel_gantt_legend_class_init (RunnelGanttLegendClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = runnel_gantt_legend_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "ganttlegend");
}

static void
runnel_gantt_legend_init (RunnelGanttLegend *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  AdwStyleManager *style = adw_style_manager_get_default ();

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 18);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    gtk_widget_set_parent (make_entry (&entries[i]), GTK_WIDGET (self));
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (queue_draw), self,
                           G_CONNECT_SWAPPED);
}

/**
 * runnel_gantt_legend_new:
 *
 * One line that shows each mark of a #RunnelGantt with its meaning.
 *
 * Returns: (transfer floating): the legend
 */
GtkWidget *
runnel_gantt_legend_new (void)
{
  return g_object_new (RUNNEL_TYPE_GANTT_LEGEND, NULL);
}
