/* runnel-canvas-pane.c: a canvas, and over its corner what shows the way on it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-pane.h"
#include "designer/canvas/runnel-minimap.h"
#include "designer/canvas/runnel-zoom-bar.h"

#define MARGIN 12
#define ABOVE_BAR 54 /* logical pixels from the bottom: the zoom bar is below */

struct _RunnelCanvasPane
{
  GtkWidget parent_instance;

  GtkWidget *overlay;
  GtkWidget *minimap;
};

enum
{
  PROP_0,
  PROP_MINIMAP,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RunnelCanvasPane, runnel_canvas_pane, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
add_to_corner (RunnelCanvasPane *self,
               GtkWidget        *widget,
               int               margin_bottom)
{
  gtk_widget_set_halign (widget, GTK_ALIGN_END);
  gtk_widget_set_valign (widget, GTK_ALIGN_END);
  gtk_widget_set_margin_end (widget, MARGIN);
  gtk_widget_set_margin_bottom (widget, margin_bottom);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), widget);
}

static void
runnel_canvas_pane_dispose (GObject *object)
{
  g_clear_pointer (&RUNNEL_CANVAS_PANE (object)->overlay, gtk_widget_unparent);
  G_OBJECT_CLASS (runnel_canvas_pane_parent_class)->dispose (object);
}

static void
runnel_canvas_pane_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_MINIMAP:
      g_object_get_property (G_OBJECT (RUNNEL_CANVAS_PANE (object)->minimap), "enabled", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
runnel_canvas_pane_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_MINIMAP:
      g_object_set_property (G_OBJECT (RUNNEL_CANVAS_PANE (object)->minimap), "enabled", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
runnel_canvas_pane_class_init (RunnelCanvasPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_canvas_pane_dispose;
  object_class->get_property = runnel_canvas_pane_get_property;
  object_class->set_property = runnel_canvas_pane_set_property;

  properties[PROP_MINIMAP] = g_param_spec_boolean ("minimap", NULL, NULL, TRUE,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
runnel_canvas_pane_init (RunnelCanvasPane *self)
{
  self->overlay = gtk_overlay_new ();
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
}

/**
 * runnel_canvas_pane_new:
 * @canvas: (transfer floating): the canvas to show
 */
GtkWidget *
runnel_canvas_pane_new (RunnelCanvas *canvas)
{
  RunnelCanvasPane *self;

  g_return_val_if_fail (RUNNEL_IS_CANVAS (canvas), NULL);

  self = g_object_new (RUNNEL_TYPE_CANVAS_PANE, NULL);
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), GTK_WIDGET (canvas));
  self->minimap = runnel_minimap_new (canvas);
  add_to_corner (self, self->minimap, ABOVE_BAR);
  add_to_corner (self, runnel_zoom_bar_new (canvas), MARGIN);
  return GTK_WIDGET (self);
}
