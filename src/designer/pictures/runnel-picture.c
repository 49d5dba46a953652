/* runnel-picture.c: draws a scene as a vector picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "designer/canvas/runnel-area-look.h"
#include "designer/canvas/runnel-card.h"
#include "designer/pictures/runnel-pen-brush.h"
#include "designer/pictures/runnel-picture.h"

#define MARGIN 24.f         /* world units around all there is */
#define END_ROOM 6.f        /* a link's line stops inside its end mark */
#define DESCRIBED_STEPS 20  /* that a description names */

static void
draw_area (RunnelPen           *pen,
           const RunnelArea    *area,
           const RunnelPalette *palette)
{
  const gboolean note = area->kind == RUNNEL_AREA_NOTE;
  const RunnelAreaColors colors = runnel_area_get_colors (area, palette);
  const RunnelBox text = runnel_area_get_text_box (area);
  const RunnelLine line = { .color = colors.border, .width = palette->border_width };

  pen->klass->box (pen, &area->box, RUNNEL_AREA_RADIUS, colors.fill, &line);
  if (text.x1 > text.x0)
    runnel_pen_text (pen, note ? RUNNEL_TEXT_NOTE : RUNNEL_TEXT_GROUP, area->text,
                     text.x1 - text.x0, text.y1, area->box.x0 + text.x0, area->box.y0 + text.y0,
                     colors.inks[RUNNEL_INK_TEXT]);
}

static void
draw_areas (RunnelScene         *scene,
            RunnelAreaKind       kind,
            RunnelPen           *pen,
            const RunnelPalette *palette,
            const RunnelBox     *part)
{
  for (guint i = 0; i < scene->areas->len; i++)
    {
      const RunnelArea *area = runnel_scene_area (scene, i);

      if (!area->alive || area->kind != kind || !runnel_box_intersects (&area->box, part))
        continue;

      pen->klass->begin (pen, area->text != NULL ? area->text : "", 0, 0);
      draw_area (pen, area, palette);
      pen->klass->end (pen);
    }
}

static void
draw_link (RunnelScene         *scene,
           guint                index,
           RunnelPen           *pen,
           const RunnelPalette *palette)
{
  const RunnelLink *link = runnel_scene_link (scene, index);
  const RunnelLine line = { runnel_link_get_color (link, palette), palette->link_width,
                            runnel_link_get_dash (link) };
  RunnelCurve curves[RUNNEL_WIRE_MAX_CURVES];
  const guint n_curves = runnel_wire_get_curves (&link->wire, curves);
  RunnelCurve *last = &curves[n_curves - 1];

  last->x[2] -= END_ROOM;
  last->x[3] -= END_ROOM;
  pen->klass->curves (pen, curves, n_curves, &line);
  runnel_pen_stamp_shape (pen, RUNNEL_SHAPE_END_SUCCESS + link->on, link->wire.x2, link->wire.y2,
                          line.color);
}

static char *
describe_link (RunnelScene *scene,
               guint        link)
{
  const RunnelLinkEnds *ends = runnel_scene_ends (scene, link);
  const char *from = runnel_scene_detail (scene, ends->from)->title;
  const char *to = runnel_scene_detail (scene, ends->to)->title;

  switch ((RunnelOn) runnel_scene_link (scene, link)->on)
    {
    case RUNNEL_ON_FAILURE:
      /* translators: a link of a pipeline: from the first step to the second one */
      return g_strdup_printf (_("%s → %s, on failure"), from, to);
    case RUNNEL_ON_FINISHED:
      return g_strdup_printf (_("%s → %s, when finished"), from, to);
    case RUNNEL_ON_ALWAYS:
      return g_strdup_printf (_("%s → %s, always"), from, to);
    case RUNNEL_ON_SUCCESS:
    default:
      return g_strdup_printf ("%s → %s", from, to);
    }
}

static gboolean
is_link_in (const RunnelLink *link,
            const RunnelBox  *part)
{
  RunnelBox wire;

  if (!runnel_link_is_shown (link))
    return FALSE;

  runnel_wire_get_box (&link->wire, &wire);
  wire = runnel_box_grow (&wire, RUNNEL_LINK_OVERHANG);
  return runnel_box_intersects (&wire, part);
}

static void
draw_links (RunnelScene         *scene,
            RunnelPen           *pen,
            const RunnelPalette *palette,
            const RunnelBox     *part)
{
  for (guint i = 0; i < scene->links->len; i++)
    if (is_link_in (runnel_scene_link (scene, i), part))
      {
        g_autofree char *title = describe_link (scene, i);

        pen->klass->begin (pen, title, 0, 0);
        draw_link (scene, i, pen, palette);
        pen->klass->end (pen);
      }
}

static char *
describe_node (const RunnelNodeDetail *detail)
{
  GString *text = g_string_new (detail->title);

  if (detail->summary != NULL)
    g_string_append_printf (text, ": %s", detail->summary);
  if (detail->status != NULL)
    g_string_append_printf (text, " (%s)", detail->status);

  return g_string_free (text, FALSE);
}

static gboolean
is_node_in (const RunnelNode *node,
            const RunnelBox  *part)
{
  RunnelBox card = runnel_node_get_box (node);

  card = runnel_box_grow (&card, RUNNEL_NODE_OVERHANG);
  return runnel_node_is_shown (node) && runnel_box_intersects (&card, part);
}

static void
draw_cards (RunnelScene         *scene,
            RunnelPen           *pen,
            const RunnelPalette *palette,
            const RunnelBox     *part)
{
  RunnelPenBrush brush;
  RunnelCard card;

  runnel_pen_brush_init (&brush, pen, palette);
  for (guint i = 0; i < scene->nodes->len; i++)
    if (is_node_in (runnel_scene_node (scene, i), part))
      {
        g_autofree char *title = describe_node (runnel_scene_detail (scene, i));

        runnel_card_init (&card, &brush.brush, palette, scene, i);
        pen->klass->begin (pen, title, card.node->x, card.node->y);
        runnel_card_paint (&card);
        pen->klass->end (pen);
      }
}

/**
 * runnel_picture_draw:
 * @scene: what to draw
 * @palette: its colours
 * @part: what of the world is to be seen
 * @pen: what to draw with
 *
 * Draws the scene, as the canvas shows it at a zoom at which everything can be read. The
 * background is left to others: paper has one already.
 */
void
runnel_picture_draw (RunnelScene         *scene,
                     const RunnelPalette *palette,
                     const RunnelBox     *part,
                     RunnelPen           *pen)
{
  g_return_if_fail (scene != NULL && palette != NULL && part != NULL && pen != NULL);

  runnel_scene_settle (scene);
  draw_areas (scene, RUNNEL_AREA_GROUP, pen, palette, part);
  draw_areas (scene, RUNNEL_AREA_NOTE, pen, palette, part);
  draw_links (scene, pen, palette, part);
  draw_cards (scene, pen, palette, part);
}

/**
 * runnel_picture_get_box:
 * @ret_box: (out): what is to be seen of the world, with a margin, on whole units
 *
 * Returns: %FALSE when the scene is empty, and so there is no picture
 */
gboolean
runnel_picture_get_box (RunnelScene *scene,
                        RunnelBox   *ret_box)
{
  RunnelBox all;

  if (!runnel_scene_get_painted_extents (scene, &all))
    return FALSE;

  *ret_box = (RunnelBox) { floorf (all.x0 - MARGIN), floorf (all.y0 - MARGIN),
                           ceilf (all.x1 + MARGIN), ceilf (all.y1 + MARGIN) };
  return TRUE;
}

/**
 * runnel_picture_describe:
 *
 * Returns: (transfer full): what the picture shows, for those who don't see it
 */
char *
runnel_picture_describe (RunnelScene *scene)
{
  const guint n_steps = runnel_scene_get_n_nodes (scene);
  g_autoptr(GString) names = g_string_new (NULL);
  guint n_named = 0;

  for (guint i = 0; i < scene->nodes->len && n_named < DESCRIBED_STEPS; i++)
    if (runnel_scene_node (scene, i)->alive)
      g_string_append_printf (names, "%s%s", n_named++ > 0 ? ", " : "",
                              runnel_scene_detail (scene, i)->title);
  if (n_named < n_steps)
    g_string_append (names, ", …");

  return g_strdup_printf (ngettext ("A pipeline of %u step: %s", "A pipeline of %u steps: %s",
                                    n_steps), n_steps, names->str);
}
