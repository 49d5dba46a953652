/* runnel-raster-link.c: paints a link: its line, dashes and end mark
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-raster-private.h"
#include "designer/canvas/runnel-raster-stroke.h"

#define END_ROOM 6.f            /* world units: the line stops inside the end mark */
#define MIN_DASH_ZOOM 0.55      /* farther off, dashes keep their size: smaller ones would flicker */
#define FAR_ALPHA 0.6           /* thousands of links must not become one dark mass */
#define GLOW_WIDTH 8.f          /* world units, under links on the path that is shown */
#define MIN_GLOW_WIDTH 3.f      /* logical pixels */
#define GLOW 0.38               /* share of the colour, the rest is that of the canvas */

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
  RunnelColor color = runnel_link_get_color (link, &self->palette);

  if (link->flags & RUNNEL_LINK_DOOMED)
    return runnel_color_with_alpha (color, 0.25);
  else if (link->flags & RUNNEL_LINK_SELECTED)
    color = self->palette.accent;
  else if (link->flags & RUNNEL_LINK_HIGHLIGHTED)
    color = runnel_color_mix (color, self->palette.text, 0.45);
  else if (link->flags & RUNNEL_LINK_DIMMED)
    return runnel_color_with_alpha (color, 0.25);
  else if (self->sheet.detail == RUNNEL_DETAIL_BLOCKS
           && !(link->flags & (RUNNEL_LINK_UPSTREAM | RUNNEL_LINK_DOWNSTREAM)))
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

/* The way of a link as it is painted, in device pixels. */
typedef struct
{
  RunnelWire wire; /* from the anchor (x1, y1) */
  int x1, y1;
  int x2, y2;      /* where the end mark is */
  float width;
} Track;

static void
track_init (Track            *track,
            RunnelRaster     *self,
            const RunnelLink *link)
{
  const RunnelSheet *sheet = &self->sheet;
  const RunnelWire *wire = &link->wire;
  const float room =
    sheet->detail != RUNNEL_DETAIL_BLOCKS ? END_ROOM * (float) runnel_sheet_shape_scale (sheet) : 0;
  float offset_x, offset_y, middle;

  runnel_port_get_offset (runnel_port_for (link->on), &offset_x, &offset_y);
  track->x1 = snap (sheet, wire->x1, offset_x);
  track->y1 = snap (sheet, wire->y1, offset_y);
  track->x2 = snap (sheet, wire->x2, 0);
  track->y2 = snap (sheet, wire->y2, RUNNEL_NODE_HEIGHT / 2.0);

  /* A level line is crisp along the middle of pixels when its width is odd, else between. */
  track->width = choose_width (self, link);
  middle = lrintf (track->width) % 2 != 0 ? 0.5f : 0;
  track->wire = *wire;
  track->wire.x1 = 0;
  track->wire.y1 = middle;
  track->wire.x2 = (float) (track->x2 - track->x1) - room;
  track->wire.y2 = (float) (track->y2 - track->y1) + middle;
  place_turns (sheet, &track->wire, track->x1, track->y1, middle);
}

void
runnel_raster_paint_link (RunnelRaster     *self,
                          const RunnelLink *link,
                          const RunnelInk  *ink)
{
  const RunnelSheet *sheet = &self->sheet;
  const float dashes = MAX (sheet->zoom, MIN_DASH_ZOOM) * sheet->density;
  const RunnelDash dash = runnel_link_get_dash (link);
  RunnelStroke stroke;
  Track track;

  track_init (&track, self, link);
  stroke = (RunnelStroke) { track.width, dash.dash * dashes, dash.gap * dashes,
                            tolerances[sheet->detail], choose_color (self, link) };
  runnel_ink_stroke (ink, track.x1, track.y1, &track.wire, &stroke);

  if (sheet->detail != RUNNEL_DETAIL_BLOCKS)
    runnel_ink_mask (ink, track.x2, track.y2, sheet->shapes[RUNNEL_SHAPE_END_SUCCESS + link->on],
                     runnel_ink_premultiply (stroke.color));
}

/* Opaque, so that it is nowhere darker where several share their way. */
void
runnel_raster_paint_glow (RunnelRaster     *self,
                          const RunnelLink *link,
                          const RunnelInk  *ink)
{
  const RunnelPalette *palette = &self->palette;
  RunnelStroke stroke = { .tolerance = tolerances[self->sheet.detail] };
  Track track;

  if (!(link->flags & (RUNNEL_LINK_UPSTREAM | RUNNEL_LINK_DOWNSTREAM)))
    return;

  track_init (&track, self, link);
  stroke.width = MAX (GLOW_WIDTH * self->sheet.scale, MIN_GLOW_WIDTH * self->sheet.density);
  stroke.color = runnel_color_mix (
    palette->canvas,
    link->flags & RUNNEL_LINK_UPSTREAM ? palette->upstream : palette->accent, GLOW);
  runnel_ink_stroke (ink, track.x1, track.y1, &track.wire, &stroke);
}
