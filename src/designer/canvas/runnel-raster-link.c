/* runnel-raster-link.c: paints a link: its line, dashes and end mark
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-raster-private.h"
#include "designer/canvas/runnel-raster-stroke.h"

#define END_ROOM 6.f            /* world units: the line stops inside the end mark */
#define MIN_DASH_ZOOM 0.25      /* farther off, dashes would only flicker */
#define FAR_ALPHA 0.6           /* thousands of links must not become one dark mass */

/* Device pixels. Three straight pieces are enough for an S of a few pixels. */
static const float tolerances[] = {
  [RUNNEL_DETAIL_BLOCKS] = 1.0f,
  [RUNNEL_DETAIL_BARS] = 0.4f,
  [RUNNEL_DETAIL_FULL] = 0.15f,
};

static RunnelColor
choose_color (RunnelRaster     *self,
              const RunnelLink *link)
{
  RunnelColor color = self->palette.links[link->on];

  if (link->flags & RUNNEL_LINK_SELECTED)
    color = self->palette.accent;
  else if (link->flags & RUNNEL_LINK_HIGHLIGHTED)
    color = runnel_color_mix (color, self->palette.text, 0.45);
  else if (link->flags & RUNNEL_LINK_DIMMED)
    return runnel_color_with_alpha (color, 0.25);
  else if (self->sheet.detail == RUNNEL_DETAIL_BLOCKS)
    return runnel_color_with_alpha (color, FAR_ALPHA);

  return color;
}

static float
choose_width (RunnelRaster     *self,
              const RunnelLink *link)
{
  const gboolean strong = link->flags & (RUNNEL_LINK_SELECTED | RUNNEL_LINK_HIGHLIGHTED);
  const double width = (self->palette.link_width + (strong ? 1 : 0)) * self->sheet.scale;

  return MAX (width, (strong ? 1.5 : 1) * self->sheet.density);
}

/* Where the port's middle is drawn: cards lie on whole pixels, and ports on those of the card. */
static int
snap (const RunnelSheet *sheet,
      double             position,
      double             offset)
{
  return runnel_sheet_px (sheet, position - offset) + runnel_sheet_px (sheet, offset);
}

/* The line stops before the wire does, and rounding moved the turns: none may begin before the
 * line or end behind it. */
static void
fit_ends (RunnelWire *wire)
{
  for (guint i = 0; i < wire->n_turns; i++)
    {
      RunnelTurn *turn = &wire->turns[i];
      const gboolean last = i + 1 == wire->n_turns;

      if (wire->style == RUNNEL_LINKS_ANGULAR)
        {
          turn->reach = last ? MIN (turn->reach, MAX (wire->x2 - turn->x, 0)) : turn->reach;
        }
      else if (!wire->back)
        {
          const float left = i == 0 ? MAX (turn->x - turn->reach, wire->x1) : turn->x - turn->reach;
          const float right = last ? MIN (turn->x + turn->reach, wire->x2) : turn->x + turn->reach;

          turn->x = (left + right) / 2;
          turn->reach = (right - left) / 2;
        }
    }
}

/* To whole pixels from the anchor, as the ends are. */
static void
place_turns (const RunnelSheet *sheet,
             RunnelWire        *wire,
             int                x,
             int                y,
             float              middle)
{
  for (guint i = 0; i < wire->n_turns; i++)
    {
      RunnelTurn *turn = &wire->turns[i];

      turn->x = (float) (runnel_sheet_px (sheet, turn->x) - x) + middle;
      turn->y = (float) (runnel_sheet_px (sheet, turn->y) - y) + middle;
      turn->reach *= (float) sheet->scale;
    }

  if (wire->n_turns > 0)
    wire->turns[wire->n_turns - 1].y = wire->y2;
  fit_ends (wire);
}

void
runnel_raster_paint_link (RunnelRaster     *self,
                          const RunnelLink *link,
                          const RunnelInk  *ink)
{
  const RunnelSheet *sheet = &self->sheet;
  const RunnelWire *wire = &link->wire;
  const gboolean full = sheet->detail == RUNNEL_DETAIL_FULL, dashed = sheet->zoom >= MIN_DASH_ZOOM;
  const float scale = sheet->scale;
  const RunnelDash dash = runnel_palette_get_dash (link->on);
  float offset_x, offset_y, width, middle;
  RunnelWire pixels = *wire;
  RunnelStroke stroke;
  int x1, y1, x2, y2;

  runnel_port_get_offset (runnel_port_for (link->on), &offset_x, &offset_y);
  x1 = snap (sheet, wire->x1, offset_x);
  y1 = snap (sheet, wire->y1, offset_y);
  x2 = snap (sheet, wire->x2, 0);
  y2 = snap (sheet, wire->y2, RUNNEL_NODE_HEIGHT / 2.0);

  /* A level line is crisp along the middle of pixels when its width is odd, else between. */
  width = choose_width (self, link);
  middle = lrintf (width) % 2 != 0 ? 0.5f : 0;
  pixels.x1 = 0;
  pixels.y1 = middle;
  pixels.x2 = (float) (x2 - x1) - (full ? END_ROOM * scale : 0);
  pixels.y2 = (float) (y2 - y1) + middle;
  place_turns (sheet, &pixels, x1, y1, middle);
  stroke = (RunnelStroke) { width, dashed ? dash.dash * scale : 0,
                            dashed ? dash.gap * scale : 0, tolerances[sheet->detail],
                            choose_color (self, link) };
  runnel_ink_stroke (ink, x1, y1, &pixels, &stroke);

  if (full)
    runnel_ink_mask (ink, x2, y2, sheet->shapes[RUNNEL_SHAPE_END_SUCCESS + link->on],
                     runnel_ink_premultiply (stroke.color));
}
