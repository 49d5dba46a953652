/* test-palette.c: every palette can be read, and told apart without colour vision
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-palette.h"

/* WCAG 2.2, "relative luminance" and "contrast ratio". */
static double
channel (guint32 value)
{
  const double share = value / 255.0;

  return share <= 0.04045 ? share / 12.92 : pow ((share + 0.055) / 1.055, 2.4);
}

static double
luminance (RunnelColor color)
{
  return 0.2126 * channel (color >> 16 & 0xff) + 0.7152 * channel (color >> 8 & 0xff) +
         0.0722 * channel (color & 0xff);
}

static double
contrast (RunnelColor a,
          RunnelColor b)
{
  const double x = luminance (a), y = luminance (b);

  return (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
}

static void
test_contrast (gconstpointer data)
{
  const RunnelPaletteName name = GPOINTER_TO_UINT (data);
  const RunnelPalette *palette = runnel_palette_get (name);
  const gboolean high = name >= RUNNEL_PALETTE_HIGH_CONTRAST;

  g_assert_cmpfloat (contrast (palette->text, palette->card), >=, high ? 15 : 11);
  g_assert_cmpfloat (contrast (palette->text_dimmed, palette->card), >=, high ? 12 : 4.5);
  g_assert_cmpfloat (contrast (palette->note_text, palette->note), >=, high ? 12 : 7);
  g_assert_cmpfloat (contrast (palette->accent, palette->canvas), >=, high ? 7 : 3);

  for (guint i = 0; i < RUNNEL_N_STATES; i++)
    g_assert_cmpfloat (contrast (palette->states[i], palette->card), >=, high ? 7 : 3.3);
  for (guint i = 0; i < G_N_ELEMENTS (palette->links); i++)
    g_assert_cmpfloat (contrast (palette->links[i], palette->canvas), >=, high ? 7 : 3);
}

static void
test_opaque (gconstpointer data)
{
  const RunnelPalette *palette = runnel_palette_get (GPOINTER_TO_UINT (data));
  const RunnelColor colors[] = { palette->canvas, palette->card, palette->card_hovered,
                                 palette->card_disabled, palette->note };

  for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
    g_assert_cmphex (colors[i] >> 24, ==, 0xff);
}

/* Success and failure differ in what red-green blindness leaves: lightness, or blue against yellow
 * (H. Brettel and others, 1997: L and M fall together, S stays). */
static void
test_color_blind (gconstpointer data)
{
  const RunnelPalette *palette = runnel_palette_get (GPOINTER_TO_UINT (data));
  const RunnelColor good = palette->states[RUNNEL_STATE_SUCCEEDED],
                    bad = palette->states[RUNNEL_STATE_FAILED];
  const double lightness = fabs (log (luminance (good) + 0.05) - log (luminance (bad) + 0.05));
  const double blue = fabs (channel (good & 0xff) - channel (bad & 0xff));

  g_assert_cmpfloat (lightness + blue, >, 0.12);
}

int
main (int    argc,
      char **argv)
{
  const char *const names[] = { "light", "dark", "high-contrast", "high-contrast-dark" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *read = g_strdup_printf ("/canvas/palette/contrast/%s", names[i]);
      g_autofree char *opaque = g_strdup_printf ("/canvas/palette/opaque/%s", names[i]);
      g_autofree char *blind = g_strdup_printf ("/canvas/palette/color-blind/%s", names[i]);

      g_test_add_data_func (read, GUINT_TO_POINTER (i), test_contrast);
      g_test_add_data_func (opaque, GUINT_TO_POINTER (i), test_opaque);
      g_test_add_data_func (blind, GUINT_TO_POINTER (i), test_color_blind);
    }
  return g_test_run ();
}
