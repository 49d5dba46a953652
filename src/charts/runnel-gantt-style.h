/* runnel-gantt-style.h: how states look in a chart, and how their names read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-state.h"

G_BEGIN_DECLS

/* States differ by colour, by pattern and by sign, so that each of the three suffices. */
typedef enum
{
  RUNNEL_PATTERN_SOLID,
  RUNNEL_PATTERN_RISING,    /* lines from lower left to upper right */
  RUNNEL_PATTERN_FALLING,
  RUNNEL_PATTERN_CROSSED,
  RUNNEL_PATTERN_UPRIGHT,
  RUNNEL_PATTERN_DOTTED,
  RUNNEL_N_PATTERNS
} RunnelPattern;

typedef enum
{
  RUNNEL_SCHEME_LIGHT,
  RUNNEL_SCHEME_DARK,
  RUNNEL_SCHEME_HIGH_CONTRAST,
  RUNNEL_SCHEME_HIGH_CONTRAST_DARK,
  RUNNEL_N_SCHEMES
} RunnelScheme;

/* Colours as 0xRRGGBB. */
typedef struct
{
  guint32 background;
  guint32 stripe;       /* every other row */
  guint32 grid;
  guint32 text;
  guint32 dimmed_text;
  guint32 critical;     /* outline */
  guint32 selection;
  guint32 states[RUNNEL_N_STATES];
} RunnelChartColors;

const RunnelChartColors *runnel_gantt_style_get_colors  (RunnelScheme  scheme);
RunnelPattern            runnel_gantt_style_get_pattern (RunnelState   state);
const char              *runnel_gantt_style_get_sign    (RunnelState   state);
char                     runnel_gantt_style_get_letter  (RunnelState   state);
const char              *runnel_gantt_style_get_name    (RunnelState   state);
guint                    runnel_gantt_style_get_weight  (RunnelState   state);

G_END_DECLS
