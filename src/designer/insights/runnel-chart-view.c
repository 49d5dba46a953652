/* runnel-chart-view.c: a chart on the screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The chart is drawn once and kept; what moves, the item under the pointer and the one that has the
 * focus, is drawn over it.
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "designer/charts/runnel-chart-painter.h"
#include "designer/insights/runnel-chart-view.h"

#define MIN_WIDTH 220
#define NATURAL_WIDTH 420
#define OUTLINE 2.0
#define OUTLINE_GAP 1.0

struct _RunnelChartView
{
  GtkWidget parent_instance;

  RunnelChart *chart;        /* (owned), or NULL */
  RunnelGlyphs *glyphs;      /* (owned) */
  GskRenderNode *picture;    /* of the chart at the present size, NULL = to be drawn */
  RunnelChartPlace hovered;
  RunnelChartPlace current;  /* has the focus when the widget has it */
};

G_DEFINE_FINAL_TYPE (RunnelChartView, runnel_chart_view, GTK_TYPE_WIDGET)

static guint run_activated_signal, told_signal;

static RunnelDatum *
get_datum (RunnelChartView  *self,
           RunnelChartPlace  place)
{
  return self->chart != NULL ? runnel_chart_get_datum (self->chart, place) : NULL;
}

static RunnelChartPlace
find (RunnelChartView *self,
      double           x,
      double           y)
{
  if (self->chart == NULL)
    return RUNNEL_CHART_NOWHERE;
  return runnel_chart_find (self->chart, self->glyphs, gtk_widget_get_width (GTK_WIDGET (self)),
                            gtk_widget_get_height (GTK_WIDGET (self)), x, y);
}

static RunnelBox
get_box (RunnelChartView  *self,
         RunnelChartPlace  place)
{
  return runnel_chart_get_box (self->chart, self->glyphs, gtk_widget_get_width (GTK_WIDGET (self)),
                               gtk_widget_get_height (GTK_WIDGET (self)), place);
}

/* What a screen reader says: the chart as a whole, and the item that has the focus. */
static void
update_accessible (RunnelChartView *self)
{
  RunnelDatum *datum = get_datum (self, self->current);

  if (self->chart == NULL)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, runnel_chart_get_title (self->chart),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  datum ? datum->text : runnel_chart_get_description (self->chart),
                                  -1);
}

/* The item that is pointed at, else the one with the focus. */
static void
tell (RunnelChartView *self)
{
  RunnelDatum *datum = get_datum (self, self->hovered);

  if (datum == NULL && gtk_widget_has_focus (GTK_WIDGET (self)))
    datum = get_datum (self, self->current);
  g_signal_emit (self, told_signal, 0, datum ? datum->text : NULL);
}

static void
redraw (RunnelChartView *self)
{
  g_clear_pointer (&self->picture, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_current (RunnelChartView  *self,
             RunnelChartPlace  place)
{
  self->current = place;
  update_accessible (self);
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- Drawing --- */

static void
draw_picture (RunnelChartView *self,
              double           width,
              double           height)
{
  g_autoptr(GtkSnapshot) snapshot = gtk_snapshot_new ();
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  RunnelPen *pen = runnel_pen_new_cairo (cr, self->glyphs);

  runnel_chart_draw (self->chart, pen, runnel_chart_get_scheme (), width, height);
  runnel_pen_free (pen);
  cairo_destroy (cr);
  self->picture = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}

static void
draw_outline (RunnelChartView  *self,
              GtkSnapshot      *snapshot,
              RunnelChartPlace  place,
              guint32           color)
{
  RunnelBox box = get_box (self, place);
  const float gap = OUTLINE + OUTLINE_GAP;
  const GdkRGBA rgba = { ((color >> 16) & 0xff) / 255.f, ((color >> 8) & 0xff) / 255.f,
                         (color & 0xff) / 255.f, 1 };
  GskRoundedRect rect;

  gsk_rounded_rect_init_from_rect (&rect, &GRAPHENE_RECT_INIT (box.x0 - gap, box.y0 - gap,
                                                               box.x1 - box.x0 + 2 * gap,
                                                               box.y1 - box.y0 + 2 * gap), 3);
  gtk_snapshot_append_border (snapshot, &rect,
                              (const float[4]) { OUTLINE, OUTLINE, OUTLINE, OUTLINE },
                              (const GdkRGBA[4]) { rgba, rgba, rgba, rgba });
}

static void
runnel_chart_view_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  RunnelChartView *self = RUNNEL_CHART_VIEW (widget);
  const RunnelChartColors *colors = runnel_gantt_style_get_colors (runnel_chart_get_scheme ());

  if (self->chart == NULL)
    return;
  if (self->picture == NULL)
    draw_picture (self, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  gtk_snapshot_append_node (snapshot, self->picture);
  if (get_datum (self, self->hovered) != NULL)
    draw_outline (self, snapshot, self->hovered, colors->dimmed_text);
  if (get_datum (self, self->current) != NULL && gtk_widget_has_focus (widget))
    draw_outline (self, snapshot, self->current, colors->selection);
}

static void
runnel_chart_view_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  redraw (RUNNEL_CHART_VIEW (widget));
}

static void
runnel_chart_view_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  RunnelChartView *self = RUNNEL_CHART_VIEW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = NATURAL_WIDTH;
    }
  else
    *minimum = *natural = self->chart != NULL ? (int) runnel_chart_get_height (self->chart) : 0;
}

/* The font is that of the widget, as it is read elsewhere in the window. */
static void
runnel_chart_view_css_changed (GtkWidget         *widget,
                               GtkCssStyleChange *change)
{
  RunnelChartView *self = RUNNEL_CHART_VIEW (widget);
  PangoContext *context = gtk_widget_get_pango_context (widget);

  GTK_WIDGET_CLASS (runnel_chart_view_parent_class)->css_changed (widget, change);
  runnel_glyphs_set_font (self->glyphs, pango_context_get_font_description (context));
  redraw (self);
}

/* --- Pointer --- */

static gboolean
runnel_chart_view_query_tooltip (GtkWidget  *widget,
                                 int         x,
                                 int         y,
                                 gboolean    keyboard_tooltip,
                                 GtkTooltip *tooltip)
{
  RunnelChartView *self = RUNNEL_CHART_VIEW (widget);
  RunnelChartPlace place = keyboard_tooltip ? self->current : find (self, x, y);
  RunnelDatum *datum = get_datum (self, place);
  RunnelBox box;

  if (datum == NULL || datum->text == NULL)
    return FALSE;
  box = get_box (self, place);
  gtk_tooltip_set_text (tooltip, datum->text);
  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle) { (int) box.x0, (int) box.y0,
                                                       (int) (box.x1 - box.x0) + 1,
                                                       (int) (box.y1 - box.y0) + 1 });
  return TRUE;
}

static void
set_hovered (RunnelChartView  *self,
             RunnelChartPlace  place)
{
  RunnelDatum *datum = get_datum (self, place);

  if (place.layer == self->hovered.layer && place.item == self->hovered.item)
    return;
  self->hovered = place;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), datum && datum->run > 0 ? "pointer" : NULL);
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (RunnelChartView *self,
           double           x,
           double           y)
{
  set_hovered (self, find (self, x, y));
}

static void
leave_cb (RunnelChartView *self)
{
  set_hovered (self, RUNNEL_CHART_NOWHERE);
}

static void
activate_current (RunnelChartView *self)
{
  RunnelDatum *datum = get_datum (self, self->current);

  if (datum != NULL && datum->run > 0)
    g_signal_emit (self, run_activated_signal, 0, datum->run);
}

static void
released_cb (RunnelChartView *self,
             int              n_press,
             double           x,
             double           y)
{
  RunnelChartPlace place = find (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (get_datum (self, place) == NULL)
    return;
  set_current (self, place);
  if (n_press == 1)
    activate_current (self);
}

static void
focus_changed_cb (RunnelChartView *self)
{
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- Keys --- */

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RunnelChartView *self = RUNNEL_CHART_VIEW (widget);
  int right, down;

  g_variant_get (parameter, "(ii)", &right, &down);
  if (self->chart != NULL)
    set_current (self, runnel_chart_move (self->chart, self->current, right, down));
}

/* To the first or last item of the layer, however many steps that is. */
static void
jump_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RunnelChartView *self = RUNNEL_CHART_VIEW (widget);
  int right = g_variant_get_int32 (parameter);
  RunnelChartPlace place = self->current, next;

  if (self->chart == NULL)
    return;
  if (get_datum (self, place) == NULL)
    place = runnel_chart_move (self->chart, place, right, 0);
  for (next = runnel_chart_move (self->chart, place, right, 0); next.item != place.item;
       next = runnel_chart_move (self->chart, place, right, 0))
    place = next;
  set_current (self, place);
}

static void
activate_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  activate_current (RUNNEL_CHART_VIEW (widget));
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  const struct { guint key, keypad; int right, down; } arrows[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0 }, { GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0 },
    { GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1 },     { GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1 },
  };
  const guint activating[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_space };

  gtk_widget_class_install_action (widget_class, "chart.move", "(ii)", move_action);
  gtk_widget_class_install_action (widget_class, "chart.jump", "i", jump_action);
  gtk_widget_class_install_action (widget_class, "chart.activate", NULL, activate_action);
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      gtk_widget_class_add_binding_action (widget_class, arrows[i].key, 0, "chart.move", "(ii)",
                                           arrows[i].right, arrows[i].down);
      gtk_widget_class_add_binding_action (widget_class, arrows[i].keypad, 0, "chart.move", "(ii)",
                                           arrows[i].right, arrows[i].down);
    }
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Home, 0, "chart.jump", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_End, 0, "chart.jump", "i", 1);
  for (guint i = 0; i < G_N_ELEMENTS (activating); i++)
    gtk_widget_class_add_binding_action (widget_class, activating[i], 0, "chart.activate", NULL);
}

/* --- The widget --- */

static void
runnel_chart_view_dispose (GObject *object)
{
  RunnelChartView *self = RUNNEL_CHART_VIEW (object);

  g_clear_object (&self->chart);
  g_clear_pointer (&self->picture, gsk_render_node_unref);
  G_OBJECT_CLASS (runnel_chart_view_parent_class)->dispose (object);
}

static void
runnel_chart_view_finalize (GObject *object)
{
  runnel_glyphs_free (RUNNEL_CHART_VIEW (object)->glyphs);
  G_OBJECT_CLASS (runnel_chart_view_parent_class)->finalize (object);
}

static void
runnel_chart_view_class_init (RunnelChartViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = runnel_chart_view_dispose;
  object_class->finalize = runnel_chart_view_finalize;
  widget_class->snapshot = runnel_chart_view_snapshot;
  widget_class->size_allocate = runnel_chart_view_size_allocate;
  widget_class->measure = runnel_chart_view_measure;
  widget_class->css_changed = runnel_chart_view_css_changed;
  widget_class->query_tooltip = runnel_chart_view_query_tooltip;

  run_activated_signal =
    g_signal_new ("run-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  told_signal =
    g_signal_new ("told", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
  install_actions (widget_class);
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
runnel_chart_view_init (RunnelChartView *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->glyphs = runnel_glyphs_new ();
  self->hovered = self->current = RUNNEL_CHART_NOWHERE;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (redraw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (redraw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (focus_changed_cb), NULL);
}

/**
 * runnel_chart_view_new:
 *
 * Returns: (transfer floating): a view without a chart
 */
GtkWidget *
runnel_chart_view_new (void)
{
  return g_object_new (RUNNEL_TYPE_CHART_VIEW, NULL);
}

/**
 * runnel_chart_view_set_chart:
 * @self: a view
 * @chart: (nullable): what to show; it does not change any more
 *
 * The focus stays where it is, as far as the chart has such an item.
 */
void
runnel_chart_view_set_chart (RunnelChartView *self,
                             RunnelChart     *chart)
{
  g_return_if_fail (RUNNEL_IS_CHART_VIEW (self));

  if (!g_set_object (&self->chart, chart))
    return;
  self->hovered = RUNNEL_CHART_NOWHERE;
  if (get_datum (self, self->current) == NULL)
    self->current = RUNNEL_CHART_NOWHERE;
  update_accessible (self);
  tell (self);
  redraw (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * runnel_chart_view_get_chart:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the chart
 */
RunnelChart *
runnel_chart_view_get_chart (RunnelChartView *self)
{
  g_return_val_if_fail (RUNNEL_IS_CHART_VIEW (self), NULL);

  return self->chart;
}

/**
 * runnel_chart_view_get_datum:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the item that has the focus
 */
RunnelDatum *
runnel_chart_view_get_datum (RunnelChartView *self)
{
  g_return_val_if_fail (RUNNEL_IS_CHART_VIEW (self), NULL);

  return get_datum (self, self->current);
}
