/* test-glyphs.c: text is shaped, shortened and kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which font is installed differs, so only what holds for all is checked.
 */
#include "config.h"

#include "designer/canvas/runnel-glyphs.h"

typedef struct
{
  RunnelGlyphs *glyphs;
} Bed;

static void
set_up (Bed           *bed,
        gconstpointer  data)
{
  bed->glyphs = runnel_glyphs_new ();
}

static void
tear_down (Bed           *bed,
           gconstpointer  data)
{
  runnel_glyphs_free (bed->glyphs);
}

static const RunnelText *
shape (Bed        *bed,
       const char *string,
       float       width)
{
  char *text = g_ref_string_new_intern (string);
  const RunnelText *shaped = runnel_glyphs_prepare (bed->glyphs, RUNNEL_TEXT_TITLE, text, width, 0);

  g_assert_true (runnel_glyphs_lookup (bed->glyphs, RUNNEL_TEXT_TITLE, text, width, 0) == shaped);
  g_ref_string_release (text);
  return shaped;
}

static void
test_shorten (Bed           *bed,
              gconstpointer  data)
{
  const RunnelText *fits = shape (bed, "Build", 1000);
  const RunnelText *plain = shape (bed, "A title that is much too long", 80);
  const RunnelText *other = shape (bed, "Ein Titel, der länger als möglich ist", 80);

  g_assert_cmpuint (fits->n_glyphs, ==, 5);
  g_assert_cmpfloat (fits->width, >, 10);
  g_assert_cmpfloat (plain->width, <=, 80);
  g_assert_cmpfloat (plain->width, >, 50);
  g_assert_cmpuint (plain->n_glyphs, <, 20);
  g_assert_cmpfloat (other->width, <=, 81);
  g_assert_cmpuint (other->n_glyphs, <, 25);
}

static void
test_kept (Bed           *bed,
           gconstpointer  data)
{
  char *text = g_ref_string_new_intern ("kept");

  g_assert_null (runnel_glyphs_lookup (bed->glyphs, RUNNEL_TEXT_TITLE, text, 100, 0));
  g_assert_true (shape (bed, "kept", 100) == shape (bed, "kept", 100));
  g_assert_true (shape (bed, "kept", 100) != shape (bed, "kept", 200));
  g_ref_string_release (text);
}

static void
test_lines (Bed           *bed,
            gconstpointer  data)
{
  char *text = g_ref_string_new_intern ("one two three four five six seven eight");
  const RunnelText *shaped = runnel_glyphs_prepare (bed->glyphs, RUNNEL_TEXT_NOTE, text, 90, 400);
  const RunnelText *low = runnel_glyphs_prepare (bed->glyphs, RUNNEL_TEXT_NOTE, text, 90, 20);

  g_assert_cmpfloat (shaped->glyphs[0].y, ==, 0);
  g_assert_cmpfloat (shaped->glyphs[shaped->n_glyphs - 1].y, >, 20);
  g_assert_cmpfloat (shaped->width, <=, 91);
  g_assert_cmpuint (low->n_glyphs, <, shaped->n_glyphs);
  g_ref_string_release (text);
}

static void
test_paint (Bed           *bed,
            gconstpointer  data)
{
  const double scales[] = { 0.4, 1, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      g_autofree guint32 *pixels = g_new0 (guint32, 300 * 100);
      const RunnelInk ink = { pixels, 300, 0, 0, 300, 100 };
      guint n_inked = 0;

      runnel_glyphs_set_scale (bed->glyphs, scales[i]);
      runnel_glyphs_paint (bed->glyphs, shape (bed, "Hill", 500), &ink, 10, 60, 0xffffffff);
      for (guint j = 0; j < 300 * 100; j++)
        n_inked += pixels[j] != 0;

      g_assert_cmpuint (n_inked, >, 60 * scales[i] * scales[i]);
      g_assert_cmpuint (n_inked, <, 900 * MAX (scales[i], 0.5) * MAX (scales[i], 0.5));
      for (guint j = 61 * 300; j < 300 * 100; j++) /* nothing hangs below the line */
        g_assert_cmphex (pixels[j], ==, 0);
    }
}

static void
test_font (Bed           *bed,
           gconstpointer  data)
{
  PangoFontDescription *small = pango_font_description_from_string ("Sans 8");
  PangoFontDescription *large = pango_font_description_from_string ("Sans 11");
  PangoFontDescription *huge = pango_font_description_from_string ("Sans 40");
  float width;

  runnel_glyphs_set_font (bed->glyphs, small);
  width = shape (bed, "Some words", 500)->width;
  runnel_glyphs_set_font (bed->glyphs, large);
  g_assert_cmpfloat (shape (bed, "Some words", 500)->width, >, width * 1.2f);
  runnel_glyphs_set_font (bed->glyphs, huge);
  g_assert_cmpfloat (shape (bed, "Some words", 500)->width, <, width * 2); /* must fit the card */
  pango_font_description_free (small);
  pango_font_description_free (large);
  pango_font_description_free (huge);
}

#define ADD(name, func) g_test_add ("/canvas/glyphs/" name, Bed, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("shorten", test_shorten);
  ADD ("kept", test_kept);
  ADD ("lines", test_lines);
  ADD ("paint", test_paint);
  ADD ("font", test_font);
  return g_test_run ();
}
