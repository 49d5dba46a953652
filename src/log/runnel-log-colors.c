/* runnel-log-colors.c: the colours in which a log is shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "log/runnel-log-colors.h"

/* The sixteen are chosen to be read on their ground. Of the other colours of a terminal, and of those
 * that programs choose themselves, nobody knows: they go towards black or white until they can be. */

static const RunnelLogColors light = {
  .ground = 0xffffff, .text = 0x241f31, .faint = 0x6b6873, .selection = 0xbcd9f8,
  .found = 0xfde9a0, .found_current = 0xffbe6f, .line = 0xf2f2f3, .contrast = 4.5,
  .palette = {
    0x241f31, 0xa51d2d, 0x1a6b3f, 0x7a5000, 0x1a5fb4, 0x813d9c, 0x0d6470, 0x5e5c64,
    0x5e5c64, 0xc01c28, 0x1c6e3c, 0x855000, 0x1a64c8, 0x9141ac, 0x0c6975, 0x3d3846,
  },
};

static const RunnelLogColors dark = {
  .ground = 0x1e1e1e, .text = 0xdeddda, .faint = 0x9a9996, .selection = 0x26466d,
  .found = 0x5c4a00, .found_current = 0x8a4d00, .line = 0x2a2a2a, .contrast = 4.5,
  .palette = {
    0x9a9996, 0xff7b72, 0x6bd48f, 0xf8e45c, 0x78aeed, 0xd9a6ee, 0x6fd0dc, 0xdeddda,
    0xc0bfbc, 0xff938c, 0x8ff0a4, 0xf9f06b, 0x99c1f1, 0xe2b8f5, 0x93e0e8, 0xffffff,
  },
};

static const RunnelLogColors high_contrast_light = {
  .ground = 0xffffff, .text = 0x000000, .faint = 0x45424d, .selection = 0xa9cdf5,
  .found = 0xffe066, .found_current = 0xffa640, .line = 0xe8e8e8, .contrast = 7,
  .palette = {
    0x000000, 0x8c0f1f, 0x0b522c, 0x5c3b00, 0x0b438a, 0x66267f, 0x064b55, 0x45424d,
    0x45424d, 0x9c1020, 0x0b5730, 0x633f00, 0x0c4a99, 0x702a8c, 0x07505a, 0x241f31,
  },
};

static const RunnelLogColors high_contrast_dark = {
  .ground = 0x000000, .text = 0xffffff, .faint = 0xc0bfbc, .selection = 0x1c4f8c,
  .found = 0x5c4a00, .found_current = 0x7d4500, .line = 0x262626, .contrast = 7,
  .palette = {
    0xc0bfbc, 0xff938c, 0x8ff0a4, 0xf9f06b, 0x99c1f1, 0xe2b8f5, 0x93e0e8, 0xffffff,
    0xdeddda, 0xffb0ab, 0xb0f5c0, 0xfcf59a, 0xbcd8f7, 0xecd0f9, 0xb8edf2, 0xffffff,
  },
};

/**
 * runnel_log_colors_get:
 * @is_dark: light text on a dark ground
 * @high_contrast: for who sees less
 *
 * Returns: (transfer none): the colours
 */
const RunnelLogColors *
runnel_log_colors_get (gboolean is_dark,
                       gboolean high_contrast)
{
  if (high_contrast)
    return is_dark ? &high_contrast_dark : &high_contrast_light;
  return is_dark ? &dark : &light;
}

/* Source: WCAG 2.1, "relative luminance". */
static double
get_luminance (guint32 color)
{
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (guint i = 0; i < 3; i++)
    {
      double value = (color >> (16 - 8 * i) & 0xff) / 255.0;

      sum += weights[i] * (value <= 0.03928 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4));
    }
  return sum;
}

/**
 * runnel_log_colors_get_contrast:
 *
 * Returns: how well one colour can be read on the other, from 1 to 21, as WCAG 2.1 has it
 */
double
runnel_log_colors_get_contrast (guint32 a,
                                guint32 b)
{
  double l = get_luminance (a), r = get_luminance (b);

  return (MAX (l, r) + 0.05) / (MIN (l, r) + 0.05);
}

static guint32
mix (guint32 a,
     guint32 b,
     double  share)
{
  guint32 mixed = 0;

  for (guint shift = 0; shift <= 16; shift += 8)
    {
      double from = a >> shift & 0xff, to = b >> shift & 0xff;

      mixed |= (guint32) lround (from + (to - from) * share) << shift;
    }
  return mixed;
}

static guint32
make_readable (guint32 color,
               guint32 ground,
               double  contrast)
{
  guint32 end = get_luminance (ground) > 0.18 ? 0x000000 : 0xffffff;

  for (guint step = 0; step < 10; step++)
    {
      guint32 mixed = mix (color, end, step / 10.0);

      if (runnel_log_colors_get_contrast (mixed, ground) >= contrast)
        return mixed;
    }
  return end;
}

/* Those behind the sixteen: a cube with six steps of each part, then greys, as xterm has them. */
static guint32
get_palette_color (const RunnelLogColors *self,
                   guint                  index)
{
  static const guint8 steps[] = { 0, 95, 135, 175, 215, 255 };
  guint grey;

  if (index < 16)
    return self->palette[index];
  if (index < 232)
    {
      index -= 16;
      return (guint32) steps[index / 36] << 16 | (guint32) steps[index / 6 % 6] << 8
             | steps[index % 6];
    }
  grey = 8 + 10 * (index - 232);
  return grey << 16 | grey << 8 | grey;
}

static guint32
get_color (const RunnelLogColors *self,
           RunnelLogColor         color,
           guint32                fallback)
{
  if (RUNNEL_LOG_COLOR_IS_PALETTE (color))
    return get_palette_color (self, color & 0xff);
  return RUNNEL_LOG_COLOR_IS_RGB (color) ? color & 0xffffff : fallback;
}

/**
 * runnel_log_colors_resolve:
 * @style: how a piece of a log looks
 * @ret_text: (out): the colour of its characters
 * @ret_ground: (out): what is behind them
 *
 * Returns: whether it has a ground of its own
 */
gboolean
runnel_log_colors_resolve (const RunnelLogColors *self,
                           const RunnelLogStyle  *style,
                           guint32               *ret_text,
                           guint32               *ret_ground)
{
  guint32 text = get_color (self, style->foreground, self->text);
  guint32 ground = get_color (self, style->background, self->ground);

  if (style->effects & RUNNEL_LOG_INVERSE)
    {
      guint32 other = text;

      text = ground;
      ground = other;
    }
  if (style->effects & RUNNEL_LOG_DIM)
    text = mix (text, ground, 0.35);
  text = make_readable (text, ground, self->contrast);
  *ret_text = style->effects & RUNNEL_LOG_HIDDEN ? ground : text;
  *ret_ground = ground;
  return ground != self->ground;
}

/**
 * runnel_log_colors_get_label:
 * @index: which of several logs
 *
 * Returns: the colour of its label; that is not all by which it is told from others
 */
guint32
runnel_log_colors_get_label (const RunnelLogColors *self,
                             guint                  index)
{
  static const guint8 order[] = { 4, 2, 5, 3, 6, 1 };

  return self->palette[order[index % G_N_ELEMENTS (order)]];
}
