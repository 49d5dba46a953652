/* runnel-pen.h: draws a vector picture, in whatever format
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-glyphs.h"
#include "designer/canvas/runnel-scene.h"
#include "designer/canvas/runnel-trace.h"
#include "designer/canvas/runnel-wire.h"

G_BEGIN_DECLS

typedef struct _RunnelPen RunnelPen;

/* A small picture that is drawn in many places, around its origin. */
typedef struct
{
  const char *name;              /* unique in the picture, fit for an XML id */
  void (*trace) (guint            which,
                 cairo_t         *cr,
                 RunnelTraceFunc  trace,
                 gpointer         user_data);
  guint which;                   /* for `trace` */
} RunnelStamp;

/* A line, broken when `dash` is not 0. Lengths in world units. */
typedef struct
{
  RunnelColor color;
  double width;
  double dash;
  double gap;
} RunnelLine;

/* All positions and lengths are in world units. Transparent colours draw nothing. */
typedef struct
{
  /* What is drawn until the end belongs together, and is called `title`. */
  void (*begin)  (RunnelPen         *self,
                  const char        *title);
  void (*end)    (RunnelPen         *self);
  void (*stamp)  (RunnelPen         *self,
                  const RunnelStamp *stamp,
                  double x, double y,
                  RunnelColor        color);
  /* A rectangle with round corners. */
  void (*box)    (RunnelPen         *self,
                  const RunnelBox   *box,
                  double             radius,
                  RunnelColor        fill,
                  const RunnelLine  *line);
  void (*curves) (RunnelPen         *self,
                  const RunnelCurve *curves,
                  guint              n_curves,
                  const RunnelLine  *line);
  /* Text in at most `width`, and `height` when it has several lines, shortened to fit. */
  void (*text)   (RunnelPen         *self,
                  RunnelTextStyle    style,
                  const char        *text,
                  float              width,
                  float              height,
                  double x, double baseline,
                  RunnelColor        color);
} RunnelPenClass;

struct _RunnelPen
{
  const RunnelPenClass *klass;
  RunnelGlyphs *glyphs; /* lays out the texts; not owned */
};

G_END_DECLS
