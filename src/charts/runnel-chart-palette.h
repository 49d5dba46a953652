/* runnel-chart-palette.h: the colours of charts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-gantt-style.h"

G_BEGIN_DECLS

/* Told apart by what they are drawn with, too: no two in one chart have the same pattern or dash. */
typedef enum
{
  RUNNEL_INK_MAIN,     /* what there is */
  RUNNEL_INK_OTHER,    /* something beside it */
  RUNNEL_INK_BAD,      /* what went wrong */
  RUNNEL_INK_NEUTRAL,  /* what says nothing */
  RUNNEL_N_CHART_INKS
} RunnelChartInk;

/* How much there is, from little to most. */
#define RUNNEL_CHART_HEATS 5

/* Colours as 0xRRGGBB, beside those that all charts have, runnel_gantt_style_get_colors(). */
typedef struct
{
  guint32 inks[RUNNEL_N_CHART_INKS];
  guint32 heats[RUNNEL_CHART_HEATS];
} RunnelChartPalette;

const RunnelChartPalette *runnel_chart_palette_get     (RunnelScheme   scheme);
RunnelPattern             runnel_chart_ink_get_pattern (RunnelChartInk ink);

G_END_DECLS
