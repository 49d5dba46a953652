/* runnel-log-drawn.h: a line of a log, ready to be drawn
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <pango/pango.h>

#include "log/runnel-log-colors.h"
#include "log/runnel-log-pattern.h"
#include "log/runnel-log-shape.h"

G_BEGIN_DECLS

/* From where to where in the text of a line, in bytes. */
typedef struct
{
  gsize start;
  gsize end;
} RunnelLogFound;

/* With what lines are drawn. */
typedef struct
{
  PangoContext *context;
  const RunnelLogColors *colors;
  double cell_width;    /* pixels */
  int line_height;
  int baseline;
} RunnelLogPen;

typedef struct
{
  grefcount ref_count;
  guint64 offset;       /* in the log */
  gsize length;         /* of what stands there */
  RunnelLogStyle style; /* what it begins with */
  RunnelLogShape *shape;
  gint64 time;          /* microseconds since 1970; 0 = nobody knows */
  const char *label;    /* whose line it is, or NULL */
  guint part;

  /*< private >*/
  GHashTable *layouts;  /* first cell -> PangoLayout */
  GArray *found;        /* of RunnelLogFound; NULL = not looked for yet */
} RunnelLogDrawn;

RunnelLogDrawn *runnel_log_drawn_new        (const RunnelLogSpan  *span,
                                             const RunnelLogStyle *style);
RunnelLogDrawn *runnel_log_drawn_ref        (RunnelLogDrawn       *self);
void            runnel_log_drawn_unref      (RunnelLogDrawn       *self);
gboolean        runnel_log_drawn_is_same    (RunnelLogDrawn       *self,
                                             const RunnelLogSpan  *span,
                                             const RunnelLogStyle *style);
void            runnel_log_drawn_forget     (RunnelLogDrawn       *self);
void            runnel_log_drawn_forget_found (RunnelLogDrawn     *self);
PangoLayout    *runnel_log_drawn_get_layout (RunnelLogDrawn       *self,
                                             const RunnelLogPen   *pen,
                                             guint                 first_cell,
                                             guint                 n_cells,
                                             gsize                *ret_start,
                                             gsize                *ret_end);
GArray         *runnel_log_drawn_get_found  (RunnelLogDrawn       *self,
                                             RunnelLogMatcher     *matcher);

G_END_DECLS
