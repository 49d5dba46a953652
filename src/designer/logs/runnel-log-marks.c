/* runnel-log-marks.c: where in a log something is, beside its scrollbar
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "designer/logs/runnel-log-marks.h"
#include "log/runnel-log-colors.h"

#define WIDTH 8
#define MARK_HEIGHT 3

struct _RunnelLogMarks
{
  GtkWidget parent_instance;

  RunnelLogModel *model;
};

G_DEFINE_FINAL_TYPE (RunnelLogMarks, runnel_log_marks, GTK_TYPE_WIDGET)

/* Where on the strip a block begins. */
static double
get_y (RunnelLogMarks *self,
       guint64         block)
{
  const RunnelLogLine line = { block, 0 };
  double n_rows = (double) MAX (runnel_log_model_get_n_rows (self->model), 1);

  return (double) runnel_log_model_find_row (self->model, &line) / n_rows *
         (gtk_widget_get_height (GTK_WIDGET (self)) - MARK_HEIGHT);
}

/* The marks of one block; those that lie close together are one: there are no more than pixels. */
static double
draw_block (RunnelLogMarks  *self,
            GtkSnapshot     *snapshot,
            guint64          block,
            guint64          parts,
            double           last,
            const GdkRGBA   *color,
            float            x,
            float            width)
{
  double start = get_y (self, block), end = get_y (self, block + 1);

  for (guint i = 0; i < 64; i++)
    {
      double y = start + (end - start) * i / 64;

      if (!(parts >> i & 1) || y < last + 1)
        continue;
      last = y;
      gtk_snapshot_append_color (snapshot, color,
                                 &GRAPHENE_RECT_INIT (x, (float) y, width, MARK_HEIGHT));
    }
  return last;
}

static void
draw_marks (RunnelLogMarks  *self,
            GtkSnapshot     *snapshot,
            RunnelLogSearch *search,
            guint32          color,
            float            x,
            float            width)
{
  RunnelLogIndex *counts = runnel_log_search_get_counts (search);
  const GdkRGBA rgba = { (color >> 16 & 0xff) / 255.0f, (color >> 8 & 0xff) / 255.0f,
                         (color & 0xff) / 255.0f, 1 };
  double last = -MARK_HEIGHT;

  for (guint64 block = 0; block < runnel_log_index_get_size (counts); block++)
    {
      guint64 parts = runnel_log_search_get_parts (search, block);

      if (parts != 0)
        last = draw_block (self, snapshot, block, parts, last, &rgba, x, width);
    }
}

static void
runnel_log_marks_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  RunnelLogMarks *self = RUNNEL_LOG_MARKS (widget);
  AdwStyleManager *manager = adw_style_manager_get_default ();
  const RunnelLogColors *colors =
    runnel_log_colors_get (adw_style_manager_get_dark (manager),
                           adw_style_manager_get_high_contrast (manager));
  RunnelLogSearch *search, *errors;

  if (!self->model)
    return;
  search = runnel_log_model_get_search (self->model);
  errors = runnel_log_model_get_errors (self->model);
  if (errors)
    draw_marks (self, snapshot, errors, colors->palette[1], 0, search ? WIDTH / 2 : WIDTH);
  if (search)
    draw_marks (self, snapshot, search, colors->palette[3], WIDTH / 2, WIDTH / 2);
}

static void
runnel_log_marks_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : 0;
}

static void
runnel_log_marks_dispose (GObject *object)
{
  runnel_log_marks_set_model (RUNNEL_LOG_MARKS (object), NULL);

  G_OBJECT_CLASS (runnel_log_marks_parent_class)->dispose (object);
}

static void
runnel_log_marks_class_init (RunnelLogMarksClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_log_marks_dispose;
  widget_class->snapshot = runnel_log_marks_snapshot;
  widget_class->measure = runnel_log_marks_measure;
  /* What they say is said by the numbers of errors and places found. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  gtk_widget_class_set_css_name (widget_class, "logmarks");
}

static void
runnel_log_marks_init (RunnelLogMarks *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * runnel_log_marks_new:
 *
 * Returns: (transfer floating): a strip without marks
 */
GtkWidget *
runnel_log_marks_new (void)
{
  return g_object_new (RUNNEL_TYPE_LOG_MARKS, NULL);
}

/**
 * runnel_log_marks_set_model:
 * @model: (nullable): the log: its errors and what is looked for in it are marked
 */
void
runnel_log_marks_set_model (RunnelLogMarks *self,
                            RunnelLogModel *model)
{
  g_return_if_fail (RUNNEL_IS_LOG_MARKS (self));

  if (self->model)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_set_object (&self->model, model);
  if (model)
    g_signal_connect_swapped (model, "changed", G_CALLBACK (gtk_widget_queue_draw), self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
