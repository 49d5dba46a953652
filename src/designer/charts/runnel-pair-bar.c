/* runnel-pair-bar.c: what a step did in two runs, as two bars
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/charts/runnel-chart-painter.h"
#include "designer/charts/runnel-pair-bar.h"
#include "util/runnel-format.h"

#define HEIGHT 34
#define BAR_HEIGHT 13.0
#define DURATION_WIDTH 84.0
#define GAP 6.0
#define NATURAL_WIDTH 360
#define MIN_WIDTH 160

struct _RunnelPairBar
{
  GtkWidget parent_instance;

  const RunnelTimingDiff *diff; /* (nullable): of the page */
  guint pair;
  RunnelChartPainter *painter;
};

G_DEFINE_FINAL_TYPE (RunnelPairBar, runnel_pair_bar, GTK_TYPE_WIDGET)

static void
draw_part (RunnelPairBar        *self,
           GtkSnapshot          *snapshot,
           const RunnelPairPart *part,
           double                scale,
           double                y,
           gboolean              critical)
{
  RunnelMark mark = runnel_gantt_style_get_mark (part->look);
  double share =
    runnel_gantt_style_get_share (mark) / runnel_gantt_style_get_share (RUNNEL_MARK_BAR);
  double height = MAX (BAR_HEIGHT * share, 2.0);
  graphene_rect_t bounds =
    GRAPHENE_RECT_INIT (part->start * scale, y + (BAR_HEIGHT - height) / 2,
                        MAX ((part->end - part->start) * scale, 1), height);

  runnel_chart_painter_mark (self->painter, snapshot, &bounds, part->look, mark,
                             critical && part->look < RUNNEL_N_STATES, 1);
}

static void
draw_side (RunnelPairBar *self,
           GtkSnapshot   *snapshot,
           guint          side,
           double         y)
{
  const RunnelTimingPair *pair = &self->diff->pairs[self->pair];
  g_autoptr(GArray) parts = runnel_timing_diff_list_parts (self->diff, self->pair, side);
  gboolean critical = runnel_timing_diff_is_critical (self->diff, self->pair, side);
  double room = gtk_widget_get_width (GTK_WIDGET (self)) - DURATION_WIDTH;
  double scale = room / MAX (self->diff->longest, 1);
  g_autofree char *duration = runnel_format_duration (pair->took[side]);

  for (guint i = 0; i < parts->len; i++)
    draw_part (self, snapshot, &g_array_index (parts, RunnelPairPart, i), scale, y, critical);
  if (pair->rows[side] >= 0)
    runnel_chart_painter_text (self->painter, snapshot, duration, pair->took[side] * scale + GAP,
                               y + BAR_HEIGHT / 2, DURATION_WIDTH - GAP, FALSE,
                               runnel_chart_painter_get_colors (self->painter)->dimmed_text);
}

/* Above what was before. */
static void
runnel_pair_bar_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  RunnelPairBar *self = RUNNEL_PAIR_BAR (widget);
  double top = (gtk_widget_get_height (widget) - HEIGHT) / 2.0;

  if (self->diff == NULL)
    return;
  draw_side (self, snapshot, RUNNEL_BEFORE, top + 2);
  draw_side (self, snapshot, RUNNEL_AFTER, top + HEIGHT - BAR_HEIGHT - 2);
}

static void
runnel_pair_bar_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH : HEIGHT;
}

static void
runnel_pair_bar_css_changed (GtkWidget         *widget,
                             GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (runnel_pair_bar_parent_class)->css_changed (widget, change);
  runnel_chart_painter_reset (RUNNEL_PAIR_BAR (widget)->painter);
}

static void
runnel_pair_bar_finalize (GObject *object)
{
  runnel_chart_painter_free (RUNNEL_PAIR_BAR (object)->painter);
  G_OBJECT_CLASS (runnel_pair_bar_parent_class)->finalize (object);
}

static void
runnel_pair_bar_class_init (RunnelPairBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = runnel_pair_bar_finalize;
  widget_class->snapshot = runnel_pair_bar_snapshot;
  widget_class->measure = runnel_pair_bar_measure;
  widget_class->css_changed = runnel_pair_bar_css_changed;

  gtk_widget_class_set_css_name (widget_class, "pairbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
runnel_pair_bar_init (RunnelPairBar *self)
{
  self->painter = runnel_chart_painter_new (GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * runnel_pair_bar_new:
 *
 * Returns: (transfer floating): bars of nothing
 */
GtkWidget *
runnel_pair_bar_new (void)
{
  return g_object_new (RUNNEL_TYPE_PAIR_BAR, NULL);
}

static char *
describe (const RunnelTimingDiff *diff,
          guint                   pair,
          guint                   side)
{
  return diff->pairs[pair].rows[side] >= 0 ? runnel_format_duration (diff->pairs[pair].took[side])
                                           : g_strdup (_("not there"));
}

/**
 * runnel_pair_bar_set:
 * @self: bars
 * @diff: (nullable): a comparison, which has to live until another one is set
 * @pair: one of its pairs
 */
void
runnel_pair_bar_set (RunnelPairBar          *self,
                     const RunnelTimingDiff *diff,
                     guint                   pair)
{
  g_autofree char *before = diff != NULL ? describe (diff, pair, RUNNEL_BEFORE) : NULL;
  g_autofree char *after = diff != NULL ? describe (diff, pair, RUNNEL_AFTER) : NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (RUNNEL_IS_PAIR_BAR (self));

  self->diff = diff;
  self->pair = pair;
  if (diff != NULL)
    /* Translators: how long a step took in two runs */
    label = g_strdup_printf (_("before: %s, after: %s"), before, after);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : "", -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), label);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
