/* runnel-gantt-style.c: what the marks of a chart look like, and how their names read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/runnel-gantt-style.h"

typedef struct
{
  RunnelPattern pattern;
  RunnelMark mark;
  const char *sign;
  const char *block;  /* one column of a bar on a terminal */
  char letter;
  guint weight;
  const char *css;
  const char *name;
} LookStyle;

#define SOLID RUNNEL_PATTERN_SOLID
#define DOTTED RUNNEL_PATTERN_DOTTED
#define BAR RUNNEL_MARK_BAR

static const LookStyle styles[RUNNEL_N_LOOKS] = {
  [RUNNEL_STATE_PENDING] = { DOTTED, BAR, "○", "█", '.', 0, "pending", N_("pending") },
  [RUNNEL_STATE_QUEUED] = { DOTTED, BAR, "◔", "█", 'q', 2, "queued", N_("queued") },
  [RUNNEL_STATE_WAITING] = { DOTTED, BAR, "◷", "█", 'w', 12, "waiting", N_("waiting") },
  [RUNNEL_STATE_RUNNING] = { SOLID, BAR, "▶", "█", '>', 13, "running", N_("running") },
  [RUNNEL_STATE_SUCCEEDED] = { SOLID, BAR, "✓", "█", '=', 10, "succeeded", N_("succeeded") },
  [RUNNEL_STATE_FAILED] =
    { RUNNEL_PATTERN_RISING, BAR, "✗", "▓", 'x', 16, "failed", N_("failed") },
  [RUNNEL_STATE_TIMED_OUT] =
    { RUNNEL_PATTERN_CROSSED, BAR, "⊗", "▚", 't', 15, "timed-out", N_("timed out") },
  [RUNNEL_STATE_SKIPPED] = { DOTTED, BAR, "⊘", "█", '-', 3, "skipped", N_("skipped") },
  [RUNNEL_STATE_CANCELLED] =
    { RUNNEL_PATTERN_UPRIGHT, BAR, "■", "▓", 'c', 9, "cancelled", N_("cancelled") },
  [RUNNEL_STATE_INTERRUPTED] =
    { RUNNEL_PATTERN_FALLING, BAR, "↯", "▞", 'i', 14, "interrupted", N_("interrupted") },
  [RUNNEL_LOOK_QUEUED] =
    { SOLID, RUNNEL_MARK_LINE, "◔", "┈", '.', 1, "queue", N_("queued") },
  [RUNNEL_LOOK_POOL] =
    { RUNNEL_PATTERN_LEVEL, RUNNEL_MARK_THIN, "▤", "═", '%', 5, "pool", N_("waiting for a pool") },
  [RUNNEL_LOOK_APPROVAL] =
    { DOTTED, BAR, "☝", "▒", '?', 8, "approval", N_("waiting for a person") },
  [RUNNEL_LOOK_WAITING] =
    { DOTTED, RUNNEL_MARK_THIN, "◷", "░", '~', 6, "wait", N_("waiting") },
  [RUNNEL_LOOK_RETRY] =
    { SOLID, RUNNEL_MARK_DASHES, "↻", "╌", ':', 4, "retry", N_("delay before a retry") },
  [RUNNEL_LOOK_UNDO] =
    { RUNNEL_PATTERN_FALLING, RUNNEL_MARK_ARROW, "↶", "◀", '<', 11, "undo", N_("taking back") },
  [RUNNEL_LOOK_SLACK] =
    { SOLID, RUNNEL_MARK_WHISKER, "⊣", "╴", '_', 0, "slack", N_("could have ended later") },
};

/* Hues of the GNOME palette, made to differ in lightness as well: M. Okabe and K. Ito, "Color
 * Universal Design" (2008). The canvas shows states in the same colours. */
static const RunnelChartColors schemes[RUNNEL_N_SCHEMES] = {
  [RUNNEL_SCHEME_LIGHT] = {
    .background = 0xffffff, .stripe = 0xf5f5f6, .grid = 0xdcdce0, .text = 0x2a2a2e,
    .dimmed_text = 0x6e6e76, .critical = 0x2a2a2e, .selection = 0x2273d8,
    .looks = {
      0x8a8a93, 0x6b7785, 0xb27300, 0x2273d8, 0x1f8a5b,
      0xc01c28, 0xa51d4d, 0x8a8a93, 0x6e6e76, 0x813d9c,
      0x6b7785, 0x0b7285, 0xb27300, 0x9a6a2f, 0x6b7785, 0x77512d, 0x6e6e76,
    },
  },
  [RUNNEL_SCHEME_DARK] = {
    .background = 0x1e1e1e, .stripe = 0x262626, .grid = 0x3c3c40, .text = 0xf2f2f2,
    .dimmed_text = 0xa8a8b0, .critical = 0xf2f2f2, .selection = 0x78aeed,
    .looks = {
      0x9a9aa3, 0xa3b1c2, 0xf5c211, 0x78aeed, 0x4fd198,
      0xff7b72, 0xff8fb0, 0x9a9aa3, 0xb0b0b8, 0xdc8add,
      0xa3b1c2, 0x5fc9db, 0xf5c211, 0xd9b36c, 0xa3b1c2, 0xcdab8f, 0xa8a8b0,
    },
  },
  [RUNNEL_SCHEME_HIGH_CONTRAST] = {
    .background = 0xffffff, .stripe = 0xffffff, .grid = 0x6e6e76, .text = 0x000000,
    .dimmed_text = 0x303030, .critical = 0x000000, .selection = 0x0a4fb4,
    .looks = {
      0x404040, 0x303a46, 0x7a4a00, 0x0a4fb4, 0x00582f,
      0x9b0000, 0x7d0038, 0x404040, 0x262626, 0x5a1a72,
      0x303a46, 0x00505f, 0x7a4a00, 0x5e3c12, 0x303a46, 0x4e3216, 0x303030,
    },
  },
  [RUNNEL_SCHEME_HIGH_CONTRAST_DARK] = {
    .background = 0x000000, .stripe = 0x000000, .grid = 0xa0a0a0, .text = 0xffffff,
    .dimmed_text = 0xe0e0e0, .critical = 0xffffff, .selection = 0x8fc4ff,
    .looks = {
      0xd0d0d0, 0xcfdcec, 0xffdb57, 0x8fc4ff, 0x7ff0bd,
      0xffa39c, 0xffb3cb, 0xd0d0d0, 0xe4e4e4, 0xf0b8f5,
      0xcfdcec, 0x8fe6f5, 0xffdb57, 0xf0cf95, 0xcfdcec, 0xe8cbb2, 0xe0e0e0,
    },
  },
};

/**
 * runnel_gantt_style_get_colors:
 * @scheme: light or dark, high contrast or not
 *
 * Returns: (transfer none): its colours
 */
const RunnelChartColors *
runnel_gantt_style_get_colors (RunnelScheme scheme)
{
  g_return_val_if_fail (scheme < RUNNEL_N_SCHEMES, NULL);

  return &schemes[scheme];
}

/**
 * runnel_gantt_style_get_pattern:
 * @look: a #RunnelLook, or a #RunnelState
 *
 * Returns: what a mark that looks so is filled with
 */
RunnelPattern
runnel_gantt_style_get_pattern (guint look)
{
  g_return_val_if_fail (look < RUNNEL_N_LOOKS, RUNNEL_PATTERN_SOLID);

  return styles[look].pattern;
}

/**
 * runnel_gantt_style_get_mark:
 * @look: a #RunnelLook, or a #RunnelState
 *
 * Returns: the shape of a mark that looks so
 */
RunnelMark
runnel_gantt_style_get_mark (guint look)
{
  g_return_val_if_fail (look < RUNNEL_N_LOOKS, RUNNEL_MARK_BAR);

  return styles[look].mark;
}

/**
 * runnel_gantt_style_get_share:
 * @mark: a shape
 *
 * Returns: how much of the height of a row it fills, 0..1
 */
double
runnel_gantt_style_get_share (RunnelMark mark)
{
  switch (mark)
    {
    case RUNNEL_MARK_LINE:
    case RUNNEL_MARK_DASHES:
      return 0.12;
    case RUNNEL_MARK_THIN:
    case RUNNEL_MARK_WHISKER:
      return 0.35;
    case RUNNEL_MARK_BRACKET:
      return 0.4;
    case RUNNEL_MARK_BAR:
    case RUNNEL_MARK_ARROW:
    default:
      return 0.7;
    }
}

/**
 * runnel_gantt_style_get_sign:
 * @look: a #RunnelLook, or a #RunnelState
 *
 * Returns: (transfer none): one character, in UTF-8
 */
const char *
runnel_gantt_style_get_sign (guint look)
{
  g_return_val_if_fail (look < RUNNEL_N_LOOKS, NULL);

  return styles[look].sign;
}

/**
 * runnel_gantt_style_get_block:
 * @look: a #RunnelLook, or a #RunnelState
 *
 * Returns: (transfer none): what fills one column of a terminal, in UTF-8
 */
const char *
runnel_gantt_style_get_block (guint look)
{
  g_return_val_if_fail (look < RUNNEL_N_LOOKS, NULL);

  return styles[look].block;
}

/**
 * runnel_gantt_style_get_letter:
 * @look: a #RunnelLook, or a #RunnelState
 *
 * Returns: one character, in ASCII
 */
char
runnel_gantt_style_get_letter (guint look)
{
  g_return_val_if_fail (look < RUNNEL_N_LOOKS, '?');

  return styles[look].letter;
}

/**
 * runnel_gantt_style_get_name:
 * @look: a #RunnelLook, or a #RunnelState
 *
 * Returns: (transfer none): its name in the person's language; unlike runnel_state_to_string(),
 *   which is for machines
 */
const char *
runnel_gantt_style_get_name (guint look)
{
  g_return_val_if_fail (look < RUNNEL_N_LOOKS, NULL);

  return _(styles[look].name);
}

/**
 * runnel_gantt_style_get_css:
 * @look: a #RunnelLook, or a #RunnelState
 *
 * Returns: (transfer none): its name in style sheets
 */
const char *
runnel_gantt_style_get_css (guint look)
{
  g_return_val_if_fail (look < RUNNEL_N_LOOKS, NULL);

  return styles[look].css;
}

/**
 * runnel_gantt_style_get_weight:
 * @look: a #RunnelLook, or a #RunnelState
 *
 * Returns: which of two marks shows where there is place for one: the one of more weight. A
 *   failure among a thousand successes is never lost.
 */
guint
runnel_gantt_style_get_weight (guint look)
{
  g_return_val_if_fail (look < RUNNEL_N_LOOKS, 0);

  return styles[look].weight;
}
