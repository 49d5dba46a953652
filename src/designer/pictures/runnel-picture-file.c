/* runnel-picture-file.c: a scene as a file of a picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same scene gives the same bytes: no dates, no paths, no names of machines or people.
 */
#include "config.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "designer/canvas/runnel-raster.h"
#include "designer/pictures/runnel-picture-file.h"
#include "designer/pictures/runnel-picture.h"

#define POINTS_PER_UNIT 0.75     /* 96 units to the inch, as on a screen */
#define MAX_POINTS 14400.0       /* of a page, for viewers: Adobe, "PDF Reference" 1.7, C */
#define MAX_SIDE 32767           /* of a cairo image, pixels */
#define MAX_PIXELS (128 * 1024 * 1024)

G_DEFINE_QUARK (runnel-picture-error-quark, runnel_picture_error)

static const char *const names[RUNNEL_N_PICTURE_FORMATS] = {
  [RUNNEL_PICTURE_SVG] = "svg",
  [RUNNEL_PICTURE_PNG] = "png",
  [RUNNEL_PICTURE_PDF] = "pdf",
};

/**
 * runnel_picture_format_to_string:
 *
 * Returns: (transfer none): the format's name, which is also how names of its files end
 */
const char *
runnel_picture_format_to_string (RunnelPictureFormat self)
{
  g_return_val_if_fail (self < RUNNEL_N_PICTURE_FORMATS, NULL);

  return names[self];
}

gboolean
runnel_picture_format_from_string (const char          *name,
                                   RunnelPictureFormat *ret_format)
{
  for (guint i = 0; i < RUNNEL_N_PICTURE_FORMATS; i++)
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      {
        *ret_format = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * runnel_picture_format_from_path:
 * @path: (type filename): where a picture will be written
 *
 * Returns: whether its name ends like those of one of the formats
 */
gboolean
runnel_picture_format_from_path (const char          *path,
                                 RunnelPictureFormat *ret_format)
{
  const char *dot = strrchr (path, '.');

  return dot != NULL && runnel_picture_format_from_string (dot + 1, ret_format);
}

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Gives `bytes` (transfer full) away, unless cairo failed. */
static GBytes *
finish (GByteArray     *bytes,
        cairo_status_t  status,
        GError        **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (bytes);

  g_byte_array_unref (bytes);
  g_set_error (error, RUNNEL_PICTURE_ERROR, RUNNEL_PICTURE_ERROR_FAILED,
               _("The picture can't be drawn: %s"), cairo_status_to_string (status));
  return NULL;
}

/* --- SVG --- */

static GBytes *
to_svg (RunnelScene                *scene,
        const RunnelBox            *box,
        const RunnelPictureOptions *options)
{
  const RunnelPalette *palette = runnel_palette_get (options->palette);
  RunnelGlyphs *glyphs = runnel_glyphs_new ();
  RunnelPen *pen = runnel_pen_new_svg (glyphs);
  g_autofree char *description = runnel_picture_describe (scene);
  GString *svg;

  pen->klass->box (pen, box, 0, palette->canvas, NULL);
  runnel_picture_draw (scene, palette, box, pen);
  svg = runnel_pen_finish_svg (pen, box, options->title, description);
  runnel_pen_free (pen);
  runnel_glyphs_free (glyphs);
  return g_string_free_to_bytes (svg);
}

/* --- PDF --- */

static gboolean
is_dark (RunnelPaletteName palette)
{
  return palette == RUNNEL_PALETTE_DARK || palette == RUNNEL_PALETTE_HIGH_CONTRAST_DARK;
}

static void
set_metadata (cairo_surface_t            *surface,
              RunnelScene                *scene,
              const RunnelPictureOptions *options)
{
  g_autofree char *description = runnel_picture_describe (scene);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, options->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, description);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Runnel");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, NULL);
}

/* Paper is white already. */
static GBytes *
to_pdf (RunnelScene                *scene,
        const RunnelBox            *box,
        const RunnelPictureOptions *options,
        GError                    **error)
{
  const RunnelPalette *palette = runnel_palette_get (options->palette);
  const double width = box->x1 - box->x0, height = box->y1 - box->y0;
  const double scale = MIN (POINTS_PER_UNIT, MAX_POINTS / MAX (width, height));
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface =
    cairo_pdf_surface_create_for_stream (append_cb, bytes, width * scale, height * scale);
  cairo_t *cr = cairo_create (surface);
  RunnelGlyphs *glyphs = runnel_glyphs_new ();
  RunnelPen *pen = runnel_pen_new_cairo (cr, glyphs);
  cairo_status_t status;

  set_metadata (surface, scene, options);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -box->x0, -box->y0);
  if (is_dark (options->palette))
    pen->klass->box (pen, box, 0, palette->canvas, NULL);
  runnel_picture_draw (scene, palette, box, pen);

  runnel_pen_free (pen);
  runnel_glyphs_free (glyphs);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return finish (bytes, status, error);
}

/* --- PNG --- */

static double
get_largest_scale (double width,
                   double height)
{
  return MIN (MAX_SIDE / MAX (width, height), sqrt (MAX_PIXELS / (width * height)));
}

static gboolean
choose_scale (const RunnelBox            *box,
              const RunnelPictureOptions *options,
              double                     *ret_scale,
              GError                    **error)
{
  const double width = box->x1 - box->x0, height = box->y1 - box->y0;
  const double largest = get_largest_scale (width, height);

  *ret_scale = options->scale > 0 ? options->scale : MIN (1, largest);
  if (*ret_scale <= largest)
    return TRUE;

  g_set_error (error, RUNNEL_PICTURE_ERROR, RUNNEL_PICTURE_ERROR_TOO_LARGE,
               _("The picture would have %.0f × %.0f pixels; choose a scale of at most %.2f, or "
                 "SVG or PDF, which have no pixels"),
               width * *ret_scale, height * *ret_scale, floor (largest * 100) / 100);
  return FALSE;
}

/* The dots are there to place steps by, not to be looked at. */
static void
set_palette (RunnelRaster      *raster,
             RunnelPaletteName  name)
{
  RunnelPalette palette = *runnel_palette_get (name);

  palette.dots = palette.canvas;
  runnel_raster_set_palette (raster, &palette);
}

static GBytes *
to_png (RunnelScene                *scene,
        const RunnelBox            *box,
        const RunnelPictureOptions *options,
        GError                    **error)
{
  g_autoptr(RunnelRaster) raster = NULL;
  RunnelViewport viewport = { .density = 1 };
  cairo_surface_t *surface;
  cairo_status_t status;
  GByteArray *bytes;

  if (!choose_scale (box, options, &viewport.zoom, error))
    return NULL;

  viewport.x = (int) floor (box->x0 * viewport.zoom);
  viewport.y = (int) floor (box->y0 * viewport.zoom);
  viewport.width = MAX (1, (int) floor (box->x1 * viewport.zoom) - viewport.x);
  viewport.height = MAX (1, (int) floor (box->y1 * viewport.zoom) - viewport.y);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, viewport.width, viewport.height);
  bytes = g_byte_array_new ();
  status = cairo_surface_status (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    {
      raster = runnel_raster_new ();
      set_palette (raster, options->palette);
      runnel_raster_paint (raster, scene, &viewport,
                           (guint32 *) (gpointer) cairo_image_surface_get_data (surface),
                           cairo_image_surface_get_stride (surface));
      cairo_surface_mark_dirty (surface);
      status = cairo_surface_write_to_png_stream (surface, append_cb, bytes);
    }

  cairo_surface_destroy (surface);
  return finish (bytes, status, error);
}

/**
 * runnel_picture_to_bytes:
 * @scene: what to draw; nothing in it should be selected
 * @options: how
 * @error: return location for a #RunnelPictureError
 *
 * Draws the scene. Takes seconds for tens of thousands of steps; may be called in any thread that
 * has the scene for itself.
 *
 * Returns: (transfer full): the file's content, or %NULL with @error set
 */
GBytes *
runnel_picture_to_bytes (RunnelScene                *scene,
                         const RunnelPictureOptions *options,
                         GError                    **error)
{
  RunnelBox box;

  g_return_val_if_fail (scene != NULL && options != NULL && options->title != NULL, NULL);

  if (!runnel_picture_get_box (scene, &box))
    {
      g_set_error_literal (error, RUNNEL_PICTURE_ERROR, RUNNEL_PICTURE_ERROR_EMPTY,
                           _("There is nothing to draw: the pipeline has no steps yet"));
      return NULL;
    }

  switch (options->format)
    {
    case RUNNEL_PICTURE_PNG:
      return to_png (scene, &box, options, error);
    case RUNNEL_PICTURE_PDF:
      return to_pdf (scene, &box, options, error);
    case RUNNEL_PICTURE_SVG:
    case RUNNEL_N_PICTURE_FORMATS:
    default:
      return to_svg (scene, &box, options);
    }
}
