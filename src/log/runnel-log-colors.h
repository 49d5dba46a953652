/* runnel-log-colors.h: the colours in which a log is shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-style.h"

G_BEGIN_DECLS

/* All as 0xrrggbb. */
typedef struct
{
  guint32 ground;
  guint32 text;
  guint32 faint;         /* numbers of lines, times */
  guint32 selection;     /* grounds: of what is selected, */
  guint32 found;         /* of what is found, */
  guint32 found_current; /* of that of it which is at hand, */
  guint32 line;          /* and of the line at hand */
  double contrast;       /* of text to its ground, at least */
  guint32 palette[16];
} RunnelLogColors;

const RunnelLogColors *runnel_log_colors_get          (gboolean               dark,
                                                       gboolean               high_contrast);
gboolean               runnel_log_colors_resolve      (const RunnelLogColors *self,
                                                       const RunnelLogStyle  *style,
                                                       guint32               *ret_text,
                                                       guint32               *ret_ground);
double                 runnel_log_colors_get_contrast (guint32                a,
                                                       guint32                b);
guint32                runnel_log_colors_get_label    (const RunnelLogColors *self,
                                                       guint                  index);

G_END_DECLS
