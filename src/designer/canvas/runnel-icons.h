/* runnel-icons.h: the small pictures on cards, as vector paths
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

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
  RUNNEL_ICON_BYPASS,
  RUNNEL_N_ICONS
} RunnelIcon;

RunnelIcon runnel_icon_for_kind (const char *kind);
/* Draws with the current source; (x, y) is the top left corner of a square of `size`. */
void       runnel_icon_draw     (RunnelIcon  self,
                                 cairo_t    *cr,
                                 double      x,
                                 double      y,
                                 double      size);

G_END_DECLS
