/* runnel-resource-svg.c: what ran, waited and was used at once, as a part of a picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "charts/runnel-chart-svg.h"
#include "charts/runnel-resource-svg.h"

#define LANE_HEIGHT 34.0
#define LANE_PADDING 6.0
#define GAP 8.0 /* above all of them */

static void
append_number (GString    *path,
               const char *command,
               double      value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (path, "%s%s", command,
                          g_ascii_formatd (number, sizeof number, "%.1f", value));
}

/* From @x1 to @x2 at the height of @y: the area goes along the ground where there is nothing, the
 * edge begins anew behind that. */
static void
append_step (GString *area,
             GString *edge,
             double   x1,
             double   x2,
             double   y,
             double   before,
             double   ground)
{
  append_number (area, "V", y);
  append_number (area, "H", x2);
  if (y >= ground)
    return;
  if (before >= ground)
    append_number (edge, "M", x1);
  append_number (edge, before >= ground ? "," : "V", y);
  append_number (edge, "H", x2);
}

static void
append_path (GString    *svg,
             const char *look,
             const char *kind,
             const char *path)
{
  g_string_append_printf (svg, "<path class=\"%s %s\" d=\"%s\"/>\n", look, kind, path);
}

static void
append_curve (GString                      *svg,
              const RunnelResourceCurves   *curves,
              RunnelResource                resource,
              const RunnelTiming           *timing,
              const RunnelResourceSvgPlace *place,
              double                        ground)
{
  const char *look = runnel_gantt_style_get_css (runnel_resource_get_look (resource));
  g_autoptr(GString) area = g_string_new (NULL);
  g_autoptr(GString) edge = g_string_new (NULL);
  double before = ground;
  int begin = 0, n_columns = floor (place->width);
  double y = ground;

  append_number (area, "M", place->left);
  append_number (area, ",", ground);
  for (int x = 0; x <= n_columns; x++)
    {
      double share = x < n_columns ? runnel_resource_curves_get_share (curves, resource, timing,
                                                                       &place->axis, x) : -1;
      double next = share > 0 ? ground - MAX (share * (LANE_HEIGHT - LANE_PADDING), 1) : ground;

      if (next == y && x < n_columns)
        continue;
      if (x > begin)
        {
          append_step (area, edge, place->left + begin, place->left + x, y, before, ground);
          before = y;
        }
      y = next;
      begin = x;
    }
  append_number (area, "V", ground);
  g_string_append_c (area, 'Z');
  append_path (svg, look, "area", area->str);
  append_path (svg, look, "edge", edge->str);
}

static void
append_lane (GString                      *svg,
             const RunnelResourceCurves   *curves,
             RunnelResource                resource,
             const RunnelTiming           *timing,
             const RunnelResourceSvgPlace *place,
             double                        top)
{
  const char *title = runnel_resource_get_title (resource);
  double right = place->left + place->width, ground = top + LANE_HEIGHT - 1;
  double limit = runnel_resource_curves_get_limit (curves, resource);
  double limit_y = ground - limit * (LANE_HEIGHT - LANE_PADDING);
  g_autofree char *facts = runnel_resource_curves_describe (curves, resource);
  g_autofree char *description = g_strdup_printf ("%s: %s", title, facts);

  runnel_chart_svg_begin_group (svg, description);
  runnel_chart_svg_add_line (svg, place->x, ground + 0.5, right, ground + 0.5, "grid");
  runnel_chart_svg_add_text (svg, place->x, top + 15, "text", title);
  runnel_chart_svg_add_text (svg, place->x, top + 28, "dimmed small", facts);
  append_curve (svg, curves, resource, timing, place, ground);
  if (limit > 0)
    runnel_chart_svg_add_line (svg, place->left, limit_y, right, limit_y, "grid limit");
  runnel_chart_svg_end_group (svg);
}

/**
 * runnel_resource_svg_measure:
 * @curves: curves of a run
 *
 * Returns: how high the lanes of all curves with something to show are, in pixels
 */
double
runnel_resource_svg_measure (const RunnelResourceCurves *curves)
{
  g_return_val_if_fail (curves != NULL, 0);

  return curves->n_lanes > 0 ? GAP + curves->n_lanes * LANE_HEIGHT : 0;
}

/**
 * runnel_resource_svg_add:
 * @svg: a document, see runnel_chart_svg_new()
 * @curves: curves of a run
 * @timing: the timing of the run
 * @place: where they are
 *
 * Adds a lane for each curve with something to show, below each other.
 */
void
runnel_resource_svg_add (GString                      *svg,
                         const RunnelResourceCurves   *curves,
                         const RunnelTiming           *timing,
                         const RunnelResourceSvgPlace *place)
{
  g_return_if_fail (svg != NULL && curves != NULL && timing != NULL && place != NULL);

  for (guint i = 0; i < curves->n_lanes; i++)
    append_lane (svg, curves, curves->lanes[i], timing, place,
                 place->top + GAP + i * LANE_HEIGHT);
}
