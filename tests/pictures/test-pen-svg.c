/* test-pen-svg.c: draws a vector picture as SVG
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <locale.h>

#include "designer/pictures/runnel-pen-brush.h"

static const RunnelBox box = { 0, 0, 100, 50 };

typedef struct
{
  RunnelGlyphs *glyphs;
  RunnelPen *pen;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->glyphs = runnel_glyphs_new ();
  fixture->pen = runnel_pen_new_svg (fixture->glyphs);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  runnel_pen_free (fixture->pen);
  runnel_glyphs_free (fixture->glyphs);
}

static char *
finish (Fixture *fixture)
{
  return g_string_free (runnel_pen_finish_svg (fixture->pen, &box, "Title", "Description"), FALSE);
}

static void
assert_contains (const char *svg,
                 const char *part)
{
  if (strstr (svg, part) == NULL)
    g_error ("%s is not in:\n%s", part, svg);
}

static guint
count (const char *svg,
       const char *part)
{
  guint n = 0;

  for (svg = strstr (svg, part); svg != NULL; svg = strstr (svg + 1, part))
    n++;
  return n;
}

static void
test_numbers (Fixture       *fixture,
              gconstpointer  data)
{
  const RunnelLine line = { 0x80123456, 1.5, { 8, 5 } };
  g_autofree char *svg = NULL;

  setlocale (LC_ALL, "de_DE.UTF-8"); /* if it is there */
  fixture->pen->klass->box (fixture->pen, &(RunnelBox) { -0.5, 1.25, 10, 3.004 }, 4, 0xffabcdef,
                            &line);
  svg = finish (fixture);
  setlocale (LC_ALL, "C");
  assert_contains (svg, "<rect x=\"0.25\" y=\"2\" width=\"9\" height=\"0.25\" rx=\"3.25\""
                        " fill=\"#abcdef\" stroke=\"#123456\" stroke-opacity=\"0.5\""
                        " stroke-width=\"1.5\" stroke-dasharray=\"8,5\"/>");
}

static void
test_points (Fixture       *fixture,
             gconstpointer  data)
{
  const RunnelPoint points[] = { { 0, 1.5 }, { 20, -3 }, { 7, 8 } };
  const RunnelLine line = { 0xff123456, 2, { 0, 0 } };
  g_autofree char *svg = NULL;

  fixture->pen->klass->points (fixture->pen, points, 3, 0, &line);
  fixture->pen->klass->points (fixture->pen, points, 3, 0x40abcdef, NULL);
  svg = finish (fixture);
  assert_contains (svg, "<polyline points=\"0,1.5 20,-3 7,8\" fill=\"none\" stroke=\"#123456\""
                        " stroke-width=\"2\"/>");
  assert_contains (svg, "<polygon points=\"0,1.5 20,-3 7,8\" fill=\"#abcdef\""
                        " fill-opacity=\"0.25\"/>");
}

static void
test_stamps_are_defined_once (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autofree char *svg = NULL;

  for (guint i = 0; i < 5; i++)
    runnel_pen_stamp_shape (fixture->pen, RUNNEL_SHAPE_CROSS, i, 0, 0xff000000);
  svg = finish (fixture);
  g_assert_cmpuint (count (svg, "<g id=\""), ==, 1);
  g_assert_cmpuint (count (svg, "<use "), ==, 5);
}

static void
test_text_is_text (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *svg = NULL;

  runnel_pen_text (fixture->pen, RUNNEL_TEXT_TITLE, "Build & <b>test</b>", 500, 0, 10, 20,
                   0xff000000);
  svg = finish (fixture);
  assert_contains (svg, "<text class=\"title\" x=\"10\" y=\"20\"");
  assert_contains (svg, ">Build &amp; &lt;b&gt;test&lt;/b&gt;</text>");
}

static void
test_long_text_is_shortened (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autofree char *svg = NULL;

  runnel_pen_text (fixture->pen, RUNNEL_TEXT_TITLE, "A title much longer than there is room for",
                   100, 0, 0, 0, 0xff000000);
  svg = finish (fixture);
  assert_contains (svg, ">A title");
  assert_contains (svg, "…</text>");
  g_assert_null (strstr (svg, "room for"));
}

static void
test_right_to_left (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *svg = NULL;

  runnel_pen_text (fixture->pen, RUNNEL_TEXT_TITLE, "בנייה", 100, 0, 10, 20, 0xff000000);
  svg = finish (fixture);
  assert_contains (svg, " direction=\"rtl\" x=\"110\"");
  assert_contains (svg, ">בנייה</text>");
}

static void
test_note_breaks_lines (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree char *svg = NULL;

  runnel_pen_text (fixture->pen, RUNNEL_TEXT_NOTE, "one\n\ntwo", 100, 200, 0, 0, 0xff000000);
  svg = finish (fixture);
  g_assert_cmpuint (count (svg, "<text "), ==, 2);
  assert_contains (svg, ">two</text>");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/pictures/pen-svg/numbers", test_numbers);
  ADD ("/pictures/pen-svg/points", test_points);
  ADD ("/pictures/pen-svg/stamps-are-defined-once", test_stamps_are_defined_once);
  ADD ("/pictures/pen-svg/text-is-text", test_text_is_text);
  ADD ("/pictures/pen-svg/long-text-is-shortened", test_long_text_is_shortened);
  ADD ("/pictures/pen-svg/right-to-left", test_right_to_left);
  ADD ("/pictures/pen-svg/note-breaks-lines", test_note_breaks_lines);

  return g_test_run ();
}
