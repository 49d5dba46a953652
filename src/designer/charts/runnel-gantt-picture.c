/* runnel-gantt-picture.c: the whole chart as a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "charts/runnel-gantt-svg.h"
#include "charts/runnel-timing-table.h"
#include "designer/charts/runnel-chart-export.h"
#include "designer/charts/runnel-gantt-private.h"
#include "designer/charts/runnel-resource-lanes.h"

#define MIN_PICTURE_WIDTH 1100.0

/* Cairo gives up at 32767 pixels; very many lines become lower instead. */
#define MAX_PICTURE_HEIGHT 30000.0

typedef struct
{
  RunnelGanttTree *tree;  /* a copy */
  gboolean slack;
  GskRenderNode *node;    /* of a PNG */
  double width;
  double height;
} Picture;

static void
picture_free (gpointer data)
{
  Picture *self = data;

  g_clear_pointer (&self->tree, runnel_gantt_tree_free);
  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_free (self);
}

static GBytes *
take_text (char *text)
{
  return g_bytes_new_take (text, strlen (text));
}

static GBytes *
make_svg (gpointer   data,
          GError   **error)
{
  Picture *self = data;

  return take_text (runnel_gantt_to_svg (self->tree, 0, self->slack));
}

/* What is folded is in the table all the same. */
static GBytes *
make_csv (gpointer   data,
          GError   **error)
{
  Picture *self = data;
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (self->tree->timing);

  runnel_gantt_tree_set_order (tree, self->tree->order);
  runnel_gantt_tree_fold_all (tree, FALSE);
  runnel_gantt_tree_set_filter (tree, self->tree->filter, self->tree->states);
  return take_text (runnel_timing_to_csv (tree));
}

static GBytes *
make_png (gpointer   data,
          GError   **error)
{
  Picture *self = data;

  return runnel_chart_node_to_png (self->node, self->width, self->height, error);
}

/* In the same time as the chart, which is above. */
static void
snapshot_curves (RunnelGantt                *self,
                 GtkSnapshot                *snapshot,
                 const RunnelResourceCurves *curves,
                 double                      top)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, top));
  runnel_resource_lanes_snapshot (self->painter, snapshot, curves, self->tree->timing,
                                  &self->view.axis, self->label_width, self->view.width);
  gtk_snapshot_restore (snapshot);
}

/* The chart as it is on the screen, but all of it. */
static void
take_picture (RunnelGantt *self,
              Picture     *picture)
{
  const RunnelChartColors *colors = runnel_chart_painter_get_colors (self->painter);
  const RunnelGanttView seen = self->view;
  const RunnelResourceCurves *curves = runnel_resource_curves_get (self->tree->timing);
  guint n_lines = MAX (self->tree->n_lines, 1);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  double chart_height;

  self->view.width = MAX (self->view.width, MIN_PICTURE_WIDTH);
  self->view.row_height = MIN (GANTT_ROW_HEIGHT, MAX_PICTURE_HEIGHT / n_lines);
  self->view.height = n_lines * self->view.row_height;
  self->view.top = 0;
  self->view.axis = runnel_axis_fit (0, self->tree->timing->end - self->tree->timing->start,
                                     self->view.width - 2 * GANTT_PADDING);
  g_clear_pointer (&self->bars, g_array_unref);
  picture->width = self->label_width + self->view.width;
  chart_height = GANTT_AXIS_HEIGHT + self->view.height;
  picture->height = chart_height + curves->n_lanes * RUNNEL_RESOURCE_LANE_HEIGHT;
  runnel_chart_painter_fill (self->painter, snapshot, 0, 0, picture->width, picture->height,
                             colors->background, 1);
  _runnel_gantt_snapshot_chart (self, snapshot, picture->width, chart_height);
  snapshot_curves (self, snapshot, curves, chart_height);
  picture->node = gtk_snapshot_free_to_node (snapshot);

  self->view = seen;
  g_clear_pointer (&self->bars, g_array_unref);
}

/**
 * runnel_gantt_export:
 * @self: a chart
 * @format: "svg", "png" or "csv"
 *
 * Asks for a file and writes the whole chart to it, as it is folded and filtered, with what ran,
 * waited and was used at once below; or a table of all steps that the filter lets through.
 */
void
runnel_gantt_export (RunnelGantt *self,
                     const char  *format)
{
  g_autofree char *name = NULL;
  RunnelChartMaker maker;
  Picture *picture;

  g_return_if_fail (RUNNEL_IS_GANTT (self));
  g_return_if_fail (format != NULL);

  if (self->tree->timing == NULL)
    return;
  maker = g_str_equal (format, "csv") ? make_csv : g_str_equal (format, "png") ? make_png : make_svg;
  picture = g_new0 (Picture, 1);
  picture->tree = runnel_gantt_tree_copy (self->tree);
  picture->slack = self->view.slack;
  if (maker == make_png)
    take_picture (self, picture);
  name = g_strdup_printf ("timing-%" G_GINT64_FORMAT ".%s", self->tree->timing->run, format);
  runnel_chart_export (GTK_WIDGET (self), _("Export the Timing"), name, maker, picture,
                       picture_free);
}
