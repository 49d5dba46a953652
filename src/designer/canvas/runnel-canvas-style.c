/* runnel-canvas-style.c: colours and font of the desktop
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "designer/canvas/runnel-canvas-private.h"

#define PANGO_DPI 96.0 /* the raster's own: it knows no display */

/* The palette that fits the desktop's style. */
RunnelPaletteName
runnel_canvas_style_get_palette (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (manager);

  if (adw_style_manager_get_high_contrast (manager))
    return dark ? RUNNEL_PALETTE_HIGH_CONTRAST_DARK : RUNNEL_PALETTE_HIGH_CONTRAST;

  return dark ? RUNNEL_PALETTE_DARK : RUNNEL_PALETTE_LIGHT;
}

/* The interface font in the size that the person has chosen, large text included. */
static PangoFontDescription *
make_font (RunnelCanvas *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontDescription *font = pango_font_description_copy (
    pango_context_get_font_description (context));
  double resolution = pango_cairo_context_get_resolution (context);

  if (!pango_font_description_get_size_is_absolute (font) && resolution > 0)
    pango_font_description_set_size (font, (int) (pango_font_description_get_size (font)
                                                  * resolution / PANGO_DPI));

  return font;
}

/* Takes over the colours and the font; cards grow neither with one nor the other. */
void
runnel_canvas_style_update (RunnelCanvas *self)
{
  PangoFontDescription *font = make_font (self);

  runnel_raster_set_palette (self->raster, runnel_palette_get (runnel_canvas_style_get_palette ()));
  runnel_raster_set_font (self->raster, font);
  pango_font_description_free (font);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
runnel_canvas_style_init (RunnelCanvas *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (runnel_canvas_style_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast",
                           G_CALLBACK (runnel_canvas_style_update), self, G_CONNECT_SWAPPED);
}
