/* runnel-gantt-style.c: how states look in a chart, and how their names read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/runnel-gantt-style.h"

typedef struct
{
  RunnelPattern pattern;
  const char *sign;
  char letter;
  guint weight;
  const char *name;
} StateStyle;

static const StateStyle styles[RUNNEL_N_STATES] = {
  [RUNNEL_STATE_PENDING] = { RUNNEL_PATTERN_DOTTED, "○", '.', 0, N_("pending") },
  [RUNNEL_STATE_QUEUED] = { RUNNEL_PATTERN_DOTTED, "◔", 'q', 1, N_("queued") },
  [RUNNEL_STATE_WAITING] = { RUNNEL_PATTERN_DOTTED, "◷", 'w', 5, N_("waiting") },
  [RUNNEL_STATE_RUNNING] = { RUNNEL_PATTERN_SOLID, "▶", '>', 6, N_("running") },
  [RUNNEL_STATE_SUCCEEDED] = { RUNNEL_PATTERN_SOLID, "✓", '=', 4, N_("succeeded") },
  [RUNNEL_STATE_FAILED] = { RUNNEL_PATTERN_RISING, "✗", 'x', 9, N_("failed") },
  [RUNNEL_STATE_TIMED_OUT] = { RUNNEL_PATTERN_CROSSED, "⊗", 't', 8, N_("timed out") },
  [RUNNEL_STATE_SKIPPED] = { RUNNEL_PATTERN_DOTTED, "⊘", '-', 2, N_("skipped") },
  [RUNNEL_STATE_CANCELLED] = { RUNNEL_PATTERN_UPRIGHT, "■", 'c', 3, N_("cancelled") },
  [RUNNEL_STATE_INTERRUPTED] = { RUNNEL_PATTERN_FALLING, "↯", 'i', 7, N_("interrupted") },
};

/* Hues of the GNOME palette, made to differ in lightness as well: M. Okabe and K. Ito, "Color
 * Universal Design" (2008). The canvas shows states in the same colours. */
static const RunnelChartColors schemes[RUNNEL_N_SCHEMES] = {
  [RUNNEL_SCHEME_LIGHT] = {
    .background = 0xffffff, .stripe = 0xf5f5f6, .grid = 0xdcdce0, .text = 0x2a2a2e,
    .dimmed_text = 0x6e6e76, .critical = 0x2a2a2e, .selection = 0x2273d8,
    .states = {
      0x8a8a93, 0x6b7785, 0xb27300, 0x2273d8, 0x1f8a5b,
      0xc01c28, 0xa51d4d, 0x8a8a93, 0x6e6e76, 0x813d9c,
    },
  },
  [RUNNEL_SCHEME_DARK] = {
    .background = 0x1e1e1e, .stripe = 0x262626, .grid = 0x3c3c40, .text = 0xf2f2f2,
    .dimmed_text = 0xa8a8b0, .critical = 0xf2f2f2, .selection = 0x78aeed,
    .states = {
      0x9a9aa3, 0xa3b1c2, 0xf5c211, 0x78aeed, 0x4fd198,
      0xff7b72, 0xff8fb0, 0x9a9aa3, 0xb0b0b8, 0xdc8add,
    },
  },
  [RUNNEL_SCHEME_HIGH_CONTRAST] = {
    .background = 0xffffff, .stripe = 0xffffff, .grid = 0x6e6e76, .text = 0x000000,
    .dimmed_text = 0x303030, .critical = 0x000000, .selection = 0x0a4fb4,
    .states = {
      0x404040, 0x303a46, 0x7a4a00, 0x0a4fb4, 0x00582f,
      0x9b0000, 0x7d0038, 0x404040, 0x262626, 0x5a1a72,
    },
  },
  [RUNNEL_SCHEME_HIGH_CONTRAST_DARK] = {
    .background = 0x000000, .stripe = 0x000000, .grid = 0xa0a0a0, .text = 0xffffff,
    .dimmed_text = 0xe0e0e0, .critical = 0xffffff, .selection = 0x8fc4ff,
    .states = {
      0xd0d0d0, 0xcfdcec, 0xffdb57, 0x8fc4ff, 0x7ff0bd,
      0xffa39c, 0xffb3cb, 0xd0d0d0, 0xe4e4e4, 0xf0b8f5,
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
 * @state: a state
 *
 * Returns: what a bar in this state is filled with
 */
RunnelPattern
runnel_gantt_style_get_pattern (RunnelState state)
{
  g_return_val_if_fail (state < RUNNEL_N_STATES, RUNNEL_PATTERN_SOLID);

  return styles[state].pattern;
}

/**
 * runnel_gantt_style_get_sign:
 * @state: a state
 *
 * Returns: (transfer none): one character, in UTF-8
 */
const char *
runnel_gantt_style_get_sign (RunnelState state)
{
  g_return_val_if_fail (state < RUNNEL_N_STATES, NULL);

  return styles[state].sign;
}

/**
 * runnel_gantt_style_get_letter:
 * @state: a state
 *
 * Returns: one character, in ASCII
 */
char
runnel_gantt_style_get_letter (RunnelState state)
{
  g_return_val_if_fail (state < RUNNEL_N_STATES, '?');

  return styles[state].letter;
}

/**
 * runnel_gantt_style_get_name:
 * @state: a state
 *
 * Returns: (transfer none): its name in the person's language; unlike runnel_state_to_string(),
 *   which is for machines
 */
const char *
runnel_gantt_style_get_name (RunnelState state)
{
  g_return_val_if_fail (state < RUNNEL_N_STATES, NULL);

  return _(styles[state].name);
}

/**
 * runnel_gantt_style_get_weight:
 * @state: a state
 *
 * Returns: which of two states shows where there is place for one: the one of more weight. A
 *   failure among a thousand successes is never lost.
 */
guint
runnel_gantt_style_get_weight (RunnelState state)
{
  g_return_val_if_fail (state < RUNNEL_N_STATES, 0);

  return styles[state].weight;
}
