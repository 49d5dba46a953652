/* runnel-gantt-style.h: what the marks of a chart look like, and how their names read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-state.h"

G_BEGIN_DECLS

/* An attempt looks like its state, with the same number; what follows is none. */
typedef enum
{
  RUNNEL_LOOK_QUEUED = RUNNEL_N_STATES,
  RUNNEL_LOOK_POOL,
  RUNNEL_LOOK_APPROVAL,
  RUNNEL_LOOK_WAITING,
  RUNNEL_LOOK_RETRY,
  RUNNEL_LOOK_UNDO,     /* an attempt that takes back what another step did */
  RUNNEL_LOOK_SLACK,
  RUNNEL_N_LOOKS
} RunnelLook;

/* Marks differ by colour, by pattern or shape, and by sign, so that each of the three suffices. */
typedef enum
{
  RUNNEL_PATTERN_SOLID,
  RUNNEL_PATTERN_RISING,    /* lines from lower left to upper right */
  RUNNEL_PATTERN_FALLING,
  RUNNEL_PATTERN_CROSSED,
  RUNNEL_PATTERN_UPRIGHT,
  RUNNEL_PATTERN_LEVEL,
  RUNNEL_PATTERN_DOTTED,
  RUNNEL_N_PATTERNS
} RunnelPattern;

typedef enum
{
  RUNNEL_MARK_BAR,
  RUNNEL_MARK_THIN,     /* of half the height */
  RUNNEL_MARK_LINE,
  RUNNEL_MARK_DASHES,
  RUNNEL_MARK_ARROW,    /* a bar that points back */
  RUNNEL_MARK_BRACKET,  /* above all that is inside of it */
  RUNNEL_MARK_WHISKER,  /* from the end of a bar to an upright line */
} RunnelMark;

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
  guint32 looks[RUNNEL_N_LOOKS];
} RunnelChartColors;

const RunnelChartColors *runnel_gantt_style_get_colors  (RunnelScheme  scheme);
RunnelPattern            runnel_gantt_style_get_pattern (guint         look);
RunnelMark               runnel_gantt_style_get_mark    (guint         look);
double                   runnel_gantt_style_get_share   (RunnelMark    mark);
const char              *runnel_gantt_style_get_sign    (guint         look);
const char              *runnel_gantt_style_get_block   (guint         look);
char                     runnel_gantt_style_get_letter  (guint         look);
const char              *runnel_gantt_style_get_name    (guint         look);
const char              *runnel_gantt_style_get_css     (guint         look);
guint                    runnel_gantt_style_get_weight  (guint         look);

G_END_DECLS
