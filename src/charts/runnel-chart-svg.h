/* runnel-chart-svg.h: what all charts are made of as pictures that stand alone
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-gantt-style.h"

G_BEGIN_DECLS

/* Text can't be measured here: an average of common sans-serif fonts at 12 pixels. */
#define RUNNEL_CHART_SVG_CHARACTER 6.6

/* Classes: background, stripe, grid (lines), text, dimmed, critical (lines); title, strong, small;
 * end, middle; and those of runnel_gantt_style_get_css(). */

GString *runnel_chart_svg_new           (double      width,
                                         double      height,
                                         const char *title,
                                         const char *description);
char    *runnel_chart_svg_end           (GString    *svg);
void     runnel_chart_svg_add_number    (GString    *svg,
                                         const char *name,
                                         double      value);
void     runnel_chart_svg_add_text      (GString    *svg,
                                         double      x,
                                         double      y,
                                         const char *classes,
                                         const char *text);
void     runnel_chart_svg_add_rectangle (GString    *svg,
                                         double      x,
                                         double      y,
                                         double      width,
                                         double      height,
                                         const char *classes);
void     runnel_chart_svg_add_line      (GString    *svg,
                                         double      x1,
                                         double      y1,
                                         double      x2,
                                         double      y2,
                                         const char *classes);
char    *runnel_chart_svg_shorten       (const char *text,
                                         guint       n_characters);
void     runnel_chart_svg_begin_group   (GString    *svg,
                                         const char *title);
void     runnel_chart_svg_end_group     (GString    *svg);
void     runnel_chart_svg_add_mark      (GString    *svg,
                                         double      x,
                                         double      y,
                                         double      width,
                                         double      height,
                                         guint       look,
                                         RunnelMark  mark,
                                         gboolean    critical);
double   runnel_chart_svg_measure_key   (const char *label);
void     runnel_chart_svg_add_key       (GString    *svg,
                                         double      x,
                                         double      middle,
                                         guint       look,
                                         gboolean    critical,
                                         const char *label);

G_END_DECLS
