/* runnel-duration-bar.c: how long a run takes against how long it usually takes
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The mark in the middle is the usual time, so that a glance down a list shows which runs were
 * slow. Beyond twice the usual the bar is full.
 */
#include "config.h"

#include "designer/runs/runnel-duration-bar.h"

#define WIDTH 64
#define HEIGHT 4
#define MARK_HEIGHT 8
#define TRACK_ALPHA 0.2

struct _RunnelDurationBar
{
  GtkWidget parent_instance;

  gint64 duration; /* microseconds */
  gint64 usual;    /* 0 = not known: there is nothing to draw */
};

G_DEFINE_FINAL_TYPE (RunnelDurationBar, runnel_duration_bar, GTK_TYPE_WIDGET)

static void
runnel_duration_bar_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : MARK_HEIGHT;
}

static void
fill (GtkSnapshot   *snapshot,
      GdkRGBA        color,
      float          alpha,
      float          width,
      float          y)
{
  GskRoundedRect bar;

  color.alpha *= alpha;
  gsk_rounded_rect_init_from_rect (&bar, &GRAPHENE_RECT_INIT (0, y, width, HEIGHT), HEIGHT / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &bar);
  gtk_snapshot_append_color (snapshot, &color, &bar.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
runnel_duration_bar_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  RunnelDurationBar *self = RUNNEL_DURATION_BAR (widget);
  float width = gtk_widget_get_width (widget);
  float y = (gtk_widget_get_height (widget) - HEIGHT) / 2;
  double share = self->usual > 0 ? self->duration / (2.0 * self->usual) : 0;
  GdkRGBA color;

  if (self->usual <= 0)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  fill (snapshot, color, TRACK_ALPHA, width, y);
  fill (snapshot, color, 1, CLAMP (share, 0, 1) * width, y);
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (width / 2, y - (MARK_HEIGHT - HEIGHT) / 2, 1,
                                                  MARK_HEIGHT));
}

static void
runnel_duration_bar_class_init (RunnelDurationBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = runnel_duration_bar_measure;
  widget_class->snapshot = runnel_duration_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "durationbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
runnel_duration_bar_init (RunnelDurationBar *self)
{
}

/**
 * runnel_duration_bar_new:
 *
 * Returns: (transfer floating): a bar that shows nothing
 */
GtkWidget *
runnel_duration_bar_new (void)
{
  return g_object_new (RUNNEL_TYPE_DURATION_BAR, NULL);
}

/**
 * runnel_duration_bar_set:
 * @self: a duration bar
 * @duration: how long it takes so far, or took, in microseconds
 * @usual: how long it usually takes, in microseconds; 0 when that is not known
 * @is_active: whether it still goes on
 */
void
runnel_duration_bar_set (RunnelDurationBar *self,
                         gint64             duration,
                         gint64             usual,
                         gboolean           is_active)
{
  g_return_if_fail (RUNNEL_IS_DURATION_BAR (self));

  self->duration = duration;
  self->usual = usual;
  if (is_active)
    gtk_widget_add_css_class (GTK_WIDGET (self), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "accent");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
