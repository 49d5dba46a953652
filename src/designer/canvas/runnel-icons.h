/* runnel-icons.h: the small pictures on cards, as vector paths
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-trace.h"

G_BEGIN_DECLS

/* Sizes on a card, world units. */
#define RUNNEL_KIND_ICON 20
#define RUNNEL_STATE_ICON 14
#define RUNNEL_BADGE_ICON 10

typedef enum
{
  /* kinds of steps */
  RUNNEL_ICON_STEP,     /* a kind without an icon of its own */
  RUNNEL_ICON_COMMAND,
  RUNNEL_ICON_SCRIPT,
  RUNNEL_ICON_HTTP,
  RUNNEL_ICON_WAIT,
  RUNNEL_ICON_APPROVAL,
  RUNNEL_ICON_PIPELINE,
  RUNNEL_ICON_FOREIGN,
  /* states */
  RUNNEL_ICON_PENDING,
  RUNNEL_ICON_QUEUED,
  RUNNEL_ICON_WAITING,
  RUNNEL_ICON_RUNNING,
  RUNNEL_ICON_SUCCEEDED,
  RUNNEL_ICON_FAILED,
  RUNNEL_ICON_TIMED_OUT,
  RUNNEL_ICON_SKIPPED,
  RUNNEL_ICON_CANCELLED,
  RUNNEL_ICON_INTERRUPTED,
  /* badges */
  RUNNEL_ICON_ERROR,
  RUNNEL_ICON_WARNING,
  RUNNEL_ICON_LOST,
  RUNNEL_ICON_EMULATED,
  RUNNEL_ICON_CONDITION,
  RUNNEL_ICON_RETRY,
  RUNNEL_ICON_TIMEOUT,
  RUNNEL_ICON_MATRIX,
  RUNNEL_ICON_POOL,
  RUNNEL_ICON_UNDO,
  RUNNEL_ICON_CACHE,
  RUNNEL_ICON_SECRETS,
  RUNNEL_ICON_ARTIFACTS,
  RUNNEL_ICON_BREAKER,
  RUNNEL_ICON_CONTINUE,
  RUNNEL_ICON_PINNED,
  RUNNEL_ICON_BYPASS,
  RUNNEL_ICON_GROUP,    /* closed */
  RUNNEL_ICON_FOLD,     /* before the title of a group: closes it */
  RUNNEL_N_ICONS
} RunnelIcon;

RunnelIcon runnel_icon_for_kind (const char      *kind);
double     runnel_icon_get_size (RunnelIcon       self);
/* Draws with the current source; (x, y) is the top left corner of a square of `size`. */
void       runnel_icon_draw     (RunnelIcon       self,
                                 cairo_t         *cr,
                                 double           x,
                                 double           y,
                                 double           size);
/* Hands the parts to `trace` in place of drawing them. */
void       runnel_icon_trace    (RunnelIcon       self,
                                 cairo_t         *cr,
                                 double           x,
                                 double           y,
                                 double           size,
                                 RunnelTraceFunc  trace,
                                 gpointer         user_data);

G_END_DECLS
