/* runnel-brush.h: what cards are painted with: pixels, or the lines of a drawing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-glyphs.h"
#include "designer/canvas/runnel-raster-sheet.h"

G_BEGIN_DECLS

/* The frames around and below a card. */
typedef enum
{
  RUNNEL_FRAME_SHADOW,
  RUNNEL_FRAME_CARD,          /* filled */
  RUNNEL_FRAME_BORDER,
  RUNNEL_FRAME_THICK_BORDER,
  RUNNEL_FRAME_RING,          /* of what is selected */
  RUNNEL_FRAME_FOCUS,
  RUNNEL_FRAME_TILE,          /* filled: the square behind the kind's icon */
} RunnelFrame;

typedef struct _RunnelBrush RunnelBrush;

/* Positions are in world units from the corner of the card, colours are not premultiplied. */
typedef struct
{
  void  (*fill)    (RunnelBrush     *self,
                    double x0, double y0,
                    double x1, double y1,
                    RunnelColor      color);
  /* Around the whole card, or the tile. */
  void  (*frame)   (RunnelBrush     *self,
                    RunnelFrame      frame,
                    RunnelColor      color);
  void  (*shape)   (RunnelBrush     *self,
                    RunnelShape      shape,
                    double x, double y,
                    RunnelColor      color);
  /* With its middle at (x, y). */
  void  (*icon)    (RunnelBrush     *self,
                    RunnelIcon       icon,
                    double x, double y,
                    RunnelColor      color);
  /* One line of interned text in at most `room`, shortened to fit. */
  void  (*text)    (RunnelBrush     *self,
                    RunnelTextStyle  style,
                    char            *text,
                    float            room,
                    double x, double baseline,
                    RunnelColor      color);
  /* How wide such a line is. */
  float (*measure) (RunnelBrush     *self,
                    RunnelTextStyle  style,
                    char            *text,
                    float            room);
} RunnelBrushClass;

/* Made anew for each card. */
struct _RunnelBrush
{
  const RunnelBrushClass *klass;
  double hairline; /* the thinnest line that is seen, world units */
  double pixel;    /* the size of a pixel, 0 where there are none */
};

static inline void
runnel_brush_fill (RunnelBrush *self,
                   double x0, double y0,
                   double x1, double y1,
                   RunnelColor  color)
{
  self->klass->fill (self, x0, y0, x1, y1, color);
}

static inline void
runnel_brush_frame (RunnelBrush *self,
                    RunnelFrame  frame,
                    RunnelColor  color)
{
  self->klass->frame (self, frame, color);
}

static inline void
runnel_brush_shape (RunnelBrush *self,
                    RunnelShape  shape,
                    double x, double y,
                    RunnelColor  color)
{
  self->klass->shape (self, shape, x, y, color);
}

static inline void
runnel_brush_icon (RunnelBrush *self,
                   RunnelIcon   icon,
                   double x, double y,
                   RunnelColor  color)
{
  self->klass->icon (self, icon, x, y, color);
}

/* NULL writes nothing. */
static inline void
runnel_brush_text (RunnelBrush     *self,
                   RunnelTextStyle  style,
                   char            *text,
                   float            room,
                   double x, double baseline,
                   RunnelColor      color)
{
  if (text != NULL)
    self->klass->text (self, style, text, room, x, baseline, color);
}

static inline float
runnel_brush_measure (RunnelBrush     *self,
                      RunnelTextStyle  style,
                      char            *text,
                      float            room)
{
  return self->klass->measure (self, style, text, room);
}

G_END_DECLS
