/* runnel-chart-palette.c: the colours of charts
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * M. Okabe and K. Ito, "Color Universal Design" (2008): blue, orange, vermilion and grey differ for
 * people with any kind of colour vision. Each scheme has them in a lightness that stands out from
 * its background by 3:1 (W3C, "Web Content Accessibility Guidelines" 2.1, 1.4.11), those of high
 * contrast by 7:1.
 */
#include "config.h"

#include "charts/runnel-chart-palette.h"

static const RunnelChartPalette palettes[RUNNEL_N_SCHEMES] = {
  [RUNNEL_SCHEME_LIGHT] = {
    { 0x0072b2, 0xa66f00, 0xc2410c, 0x767680 },
    { 0xcfe3f1, 0x97c3e0, 0x559fcb, 0x1b76ad, 0x084a75 },
  },
  [RUNNEL_SCHEME_DARK] = {
    { 0x56b4e9, 0xe69f00, 0xff7f50, 0x9a9aa3 },
    { 0x2b6387, 0x347eae, 0x4599cf, 0x72bdea, 0xb4e0fb },
  },
  [RUNNEL_SCHEME_HIGH_CONTRAST] = {
    { 0x004f7d, 0x6b4700, 0x8f2200, 0x4a4a52 },
    { 0xa9cce4, 0x6da6cd, 0x3a80b0, 0x105a8c, 0x00304f },
  },
  [RUNNEL_SCHEME_HIGH_CONTRAST_DARK] = {
    { 0x8fd0f7, 0xffc04d, 0xffa58a, 0xc4c4cc },
    { 0x2f6f99, 0x4389b8, 0x62a8d8, 0x95cdf0, 0xe0f3ff },
  },
};

static const RunnelPattern patterns[RUNNEL_N_CHART_INKS] = {
  [RUNNEL_INK_MAIN] = RUNNEL_PATTERN_SOLID,
  [RUNNEL_INK_OTHER] = RUNNEL_PATTERN_FALLING,
  [RUNNEL_INK_BAD] = RUNNEL_PATTERN_RISING,
  [RUNNEL_INK_NEUTRAL] = RUNNEL_PATTERN_UPRIGHT,
};

/**
 * runnel_chart_palette_get:
 * @scheme: light or dark, high contrast or not
 *
 * Returns: (transfer none): its colours
 */
const RunnelChartPalette *
runnel_chart_palette_get (RunnelScheme scheme)
{
  g_return_val_if_fail (scheme < RUNNEL_N_SCHEMES, NULL);

  return &palettes[scheme];
}

/**
 * runnel_chart_ink_get_pattern:
 * @ink: an ink
 *
 * Returns: what an area in this ink is filled with
 */
RunnelPattern
runnel_chart_ink_get_pattern (RunnelChartInk ink)
{
  g_return_val_if_fail (ink < RUNNEL_N_CHART_INKS, RUNNEL_PATTERN_SOLID);

  return patterns[ink];
}
