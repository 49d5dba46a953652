/* test-picture-file.c: a scene as a file of a picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <cairo.h>
#include <string.h>

#include "designer/pictures/runnel-picture-file.h"

#include "sample.h"

#define EMPTY "{\"format\": 1, \"steps\": []}"

static GBytes *
draw (const char          *text,
      RunnelPictureFormat  format,
      double               scale,
      GError             **error)
{
  const RunnelPictureOptions options = { format, RUNNEL_PALETTE_LIGHT, scale, "Sample" };
  g_autoptr(RunnelScene) scene = sample_scene_new (text);

  return runnel_picture_to_bytes (scene, &options, error);
}

static void
test_same_bytes (void)
{
  for (RunnelPictureFormat format = 0; format < RUNNEL_N_PICTURE_FORMATS; format++)
    {
      g_autoptr(GBytes) first = draw (SAMPLE, format, 0, NULL);
      g_autoptr(GBytes) second = draw (SAMPLE, format, 0, NULL);

      g_assert_true (g_bytes_equal (first, second));
    }
}

static gboolean
contains (const char *data,
          gsize       length,
          const char *part)
{
  return memmem (data, length, part, strlen (part)) != NULL;
}

static void
test_pdf (void)
{
  g_autoptr(GBytes) bytes = draw (SAMPLE, RUNNEL_PICTURE_PDF, 0, NULL);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  g_assert_cmpint (memcmp (data, "%PDF-", 5), ==, 0);
  g_assert_true (contains (data, length, "/Title (Sample)"));
  g_assert_true (contains (data, length, "/Type /Font")); /* text, and no picture of text */
  g_assert_false (contains (data, length, "/CreationDate"));
}

typedef struct
{
  const char *data;
  gsize length;
} Reader;

static cairo_status_t
read_cb (void          *closure,
         unsigned char *data,
         unsigned int   length)
{
  Reader *reader = closure;

  if (length > reader->length)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, reader->data, length);
  reader->data += length;
  reader->length -= length;
  return CAIRO_STATUS_SUCCESS;
}

static void
assert_width (double scale,
              int    expected)
{
  g_autoptr(GBytes) bytes = draw (SAMPLE, RUNNEL_PICTURE_PNG, scale, NULL);
  Reader reader = { g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) };
  cairo_surface_t *surface = cairo_image_surface_create_from_png_stream (read_cb, &reader);

  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, expected);
  cairo_surface_destroy (surface);
}

static void
test_png_scale (void)
{
  const int width = 624 + 216 + 2 * 24;

  assert_width (0, width);
  assert_width (1, width);
  assert_width (2.5, width * 5 / 2);
}

static void
test_png_too_large (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (draw (SAMPLE, RUNNEL_PICTURE_PNG, 1000, &error));
  g_assert_error (error, RUNNEL_PICTURE_ERROR, RUNNEL_PICTURE_ERROR_TOO_LARGE);
}

static void
test_empty (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (draw (EMPTY, RUNNEL_PICTURE_SVG, 0, &error));
  g_assert_error (error, RUNNEL_PICTURE_ERROR, RUNNEL_PICTURE_ERROR_EMPTY);
}

static void
test_formats (void)
{
  RunnelPictureFormat format;

  g_assert_true (runnel_picture_format_from_path ("a.b/picture.PDF", &format));
  g_assert_cmpint (format, ==, RUNNEL_PICTURE_PDF);
  g_assert_false (runnel_picture_format_from_path ("picture.jpg", &format));
  g_assert_false (runnel_picture_format_from_path ("svg", &format));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();

  g_test_add_func ("/pictures/picture-file/same-bytes", test_same_bytes);
  g_test_add_func ("/pictures/picture-file/pdf", test_pdf);
  g_test_add_func ("/pictures/picture-file/png-scale", test_png_scale);
  g_test_add_func ("/pictures/picture-file/png-too-large", test_png_too_large);
  g_test_add_func ("/pictures/picture-file/empty", test_empty);
  g_test_add_func ("/pictures/picture-file/formats", test_formats);

  return g_test_run ();
}
