/* runnel-log-style.h: how a piece of a log looks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A colour is the text's own (0), one of the 256 of a terminal's palette, or any. */
typedef guint32 RunnelLogColor;

#define RUNNEL_LOG_COLOR_DEFAULT 0
#define RUNNEL_LOG_COLOR_PALETTE(index) (1u << 24 | (index))
#define RUNNEL_LOG_COLOR_RGB(r, g, b) (2u << 24 | (r) << 16 | (g) << 8 | (b))
#define RUNNEL_LOG_COLOR_IS_PALETTE(color) ((color) >> 24 == 1)
#define RUNNEL_LOG_COLOR_IS_RGB(color) ((color) >> 24 == 2)

typedef enum
{
  RUNNEL_LOG_BOLD = 1 << 0,
  RUNNEL_LOG_DIM = 1 << 1,
  RUNNEL_LOG_ITALIC = 1 << 2,
  RUNNEL_LOG_UNDERLINE = 1 << 3,
  RUNNEL_LOG_INVERSE = 1 << 4,
  RUNNEL_LOG_HIDDEN = 1 << 5,
  RUNNEL_LOG_STRIKE = 1 << 6,
} RunnelLogEffects;

typedef struct
{
  RunnelLogColor foreground;
  RunnelLogColor background;
  RunnelLogEffects effects;
} RunnelLogStyle;

static inline gboolean
runnel_log_style_equal (const RunnelLogStyle *a,
                        const RunnelLogStyle *b)
{
  return a->foreground == b->foreground && a->background == b->background &&
         a->effects == b->effects;
}

static inline gboolean
runnel_log_style_is_default (const RunnelLogStyle *style)
{
  return style->foreground == 0 && style->background == 0 && style->effects == 0;
}

void runnel_log_style_apply (RunnelLogStyle *self,
                             const char     *parameters,
                             gsize           length);
void runnel_log_style_print (const RunnelLogStyle *self,
                             GString              *text);

G_END_DECLS
