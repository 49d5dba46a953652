/* runnel-pen.h: draws a vector picture, in whatever format
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-glyphs.h"
#include "designer/canvas/runnel-palette.h"
#include "designer/canvas/runnel-trace.h"
#include "designer/canvas/runnel-wire.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

typedef struct _RunnelPen RunnelPen;

/* A small picture around its origin that is drawn in many places. */
typedef struct
{
  char name[24];                 /* unique in the picture, fit for an XML id */
  guint which;                   /* for `trace` */
  double width;                  /* of lines, for `trace` */
  void (*trace) (guint            which,
                 double           width,
                 cairo_t         *cr,
                 RunnelTraceFunc  trace,
                 gpointer         user_data);
} RunnelStamp;

/* Broken when `dash` is not 0. */
typedef struct
{
  RunnelColor color;
  double width;
  RunnelDash dash;
} RunnelLine;

/* All positions and lengths are in world units, from the origin of what was begun last. */
typedef struct
{
  /* What is drawn until the end belongs together, and is called `title`. */
  void (*begin)  (RunnelPen         *self,
                  const char        *title,
                  double x, double y);
  void (*end)    (RunnelPen         *self);
  void (*stamp)  (RunnelPen         *self,
                  const RunnelStamp *stamp,
                  double x, double y,
                  RunnelColor        color);
  /* A rectangle with round corners, with a line (nullable) inside its edge. */
  void (*box)    (RunnelPen         *self,
                  const RunnelBox   *box,
                  double             radius,
                  RunnelColor        fill,
                  const RunnelLine  *line);
  void (*curves) (RunnelPen         *self,
                  const RunnelCurve *curves,
                  guint              n_curves,
                  const RunnelLine  *line);
  /* Straight lines from point to point; with a `fill` that is not 0 the area inside of them. `line`
   * may be NULL then. */
  void (*points) (RunnelPen         *self,
                  const RunnelPoint *points,
                  guint              n_points,
                  RunnelColor        fill,
                  const RunnelLine  *line);
  /* Text that was laid out, its first line on `baseline`. */
  void (*text)   (RunnelPen         *self,
                  PangoLayout       *layout,
                  RunnelTextStyle    style,
                  double x, double baseline,
                  RunnelColor        color);
  void (*free)   (RunnelPen         *self);
} RunnelPenClass;

struct _RunnelPen
{
  const RunnelPenClass *klass;
  RunnelGlyphs *glyphs;          /* lays out texts; not owned */
};

RunnelPen *runnel_pen_new_cairo  (cairo_t             *cr,
                                  RunnelGlyphs        *glyphs);
RunnelPen *runnel_pen_new_svg    (RunnelGlyphs        *glyphs);
GString   *runnel_pen_finish_svg (RunnelPen           *self,
                                  const RunnelBox     *box,
                                  const char          *title,
                                  const char          *description);
void       runnel_pen_free       (RunnelPen           *self);
void       runnel_pen_text       (RunnelPen           *self,
                                  RunnelTextStyle      style,
                                  const char          *text,
                                  float                width,
                                  float                height,
                                  double x, double     baseline,
                                  RunnelColor          color);
void       runnel_pen_round_box  (cairo_t             *cr,
                                  const RunnelBox     *box,
                                  double               radius);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelPen, runnel_pen_free)

G_END_DECLS
