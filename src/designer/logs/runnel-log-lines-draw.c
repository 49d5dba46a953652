/* runnel-log-lines-draw.c: draws the lines of a log
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "designer/logs/runnel-log-lines-private.h"

static GdkRGBA
make_rgba (guint32 color)
{
  return (GdkRGBA) { (color >> 16 & 0xff) / 255.0f, (color >> 8 & 0xff) / 255.0f,
                     (color & 0xff) / 255.0f, 1 };
}

static void
fill (GtkSnapshot *snapshot,
      guint32      color,
      double       x,
      double       y,
      double       width,
      double       height)
{
  GdkRGBA rgba = make_rgba (color);

  gtk_snapshot_append_color (snapshot, &rgba,
                             &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width,
                                                  (float) height));
}

static void
draw_layout (GtkSnapshot *snapshot,
             PangoLayout *layout,
             guint32      color,
             double       x,
             double       y)
{
  GdkRGBA rgba = make_rgba (color);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &rgba);
  gtk_snapshot_restore (snapshot);
}

/* --- Columns before the text --------------------------------------------------------------- */

static void
draw_text (RunnelLogLines *self,
           GtkSnapshot    *snapshot,
           const char     *text,
           guint32         color,
           double          x,
           double          y)
{
  g_autoptr(PangoLayout) layout = pango_layout_new (self->pen.context);

  pango_layout_set_text (layout, text, -1);
  draw_layout (snapshot, layout, color, x, y);
}

static void
draw_fold (RunnelLogLines *self,
           GtkSnapshot    *snapshot,
           const LogRow   *row)
{
  RunnelLogFolds *folds = runnel_log_model_get_folds (self->model);
  guint index;

  if (!folds || !runnel_log_folds_find_head (folds, &row->line, &index))
    return;
  draw_text (self, snapshot, runnel_log_folds_get (folds, index)->is_closed ? "▸" : "▾",
             self->pen.colors->text, LOG_PADDING, row->y);
}

static void
draw_number (RunnelLogLines *self,
             GtkSnapshot    *snapshot,
             const LogRow   *row)
{
  char text[24];
  guint64 number;
  int n;

  if (!runnel_log_model_get_number (self->model, &row->line, &number))
    return;
  n = g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, number + 1);
  draw_text (self, snapshot, text, self->pen.colors->faint,
             self->fold_width + self->number_width - LOG_PADDING - n * self->pen.cell_width,
             row->y);
}

static char *
format_absolute (gint64 time)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_local (time / G_TIME_SPAN_SECOND);
  g_autofree char *clock = date ? g_date_time_format (date, "%H:%M:%S") : NULL;

  return g_strdup_printf ("%s.%03d", clock ? clock : "?",
                          (int) (time % G_TIME_SPAN_SECOND / G_TIME_SPAN_MILLISECOND));
}

static char *
format_relative (gint64 time)
{
  gint64 milliseconds = MAX (time, 0) / G_TIME_SPAN_MILLISECOND;
  int hours = (int) (milliseconds / 3600000), minutes = (int) (milliseconds / 60000 % 60);
  int seconds = (int) (milliseconds / 1000 % 60), rest = (int) (milliseconds % 1000);

  if (hours > 0)
    return g_strdup_printf ("+%d:%02d:%02d.%03d", hours, minutes, seconds, rest);
  return g_strdup_printf ("+%d:%02d.%03d", minutes, seconds, rest);
}

/* Returns: (transfer full): the time of a line as the column has it; empty when nobody knows it */
char *
_runnel_log_lines_format_time (RunnelLogLines *self,
                               gint64          time)
{
  const RunnelLogLine first = { 0, 0 };
  RunnelLogDrawn *drawn;

  if (self->times == RUNNEL_LOG_TIMES_NONE || time == 0)
    return g_strdup ("");
  if (self->times == RUNNEL_LOG_TIMES_ABSOLUTE)
    return format_absolute (time);
  if (self->first_time == 0 &&
      _runnel_log_lines_get_drawn (self, &first, &drawn) == RUNNEL_LOG_CACHE_READY)
    self->first_time = drawn->time;
  return self->first_time > 0 ? format_relative (time - self->first_time) : g_strdup ("");
}

static void
draw_time (RunnelLogLines *self,
           GtkSnapshot    *snapshot,
           const LogRow   *row)
{
  g_autofree char *text = _runnel_log_lines_format_time (self, row->drawn->time);
  int x = self->fold_width + self->number_width + self->time_width - LOG_PADDING;

  draw_text (self, snapshot, text, self->pen.colors->faint,
             x - (double) g_utf8_strlen (text, -1) * self->pen.cell_width, row->y);
}

static void
draw_label (RunnelLogLines *self,
            GtkSnapshot    *snapshot,
            const LogRow   *row)
{
  g_autoptr(PangoLayout) layout = pango_layout_new (self->pen.context);
  int x = self->fold_width + self->number_width + self->time_width;

  if (!row->drawn->label)
    return;
  pango_layout_set_text (layout, row->drawn->label, -1);
  pango_layout_set_width (layout, (self->label_width - 3 * LOG_PADDING) * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_MIDDLE);
  draw_layout (snapshot, layout,
               runnel_log_colors_get_label (self->pen.colors, row->drawn->part),
               x + LOG_PADDING, row->y);
  fill (snapshot, runnel_log_colors_get_label (self->pen.colors, row->drawn->part),
        x + self->label_width - LOG_PADDING - 2, row->y, 2, (double) row->height * self->pen.line_height);
}

/* --- The text -------------------------------------------------------------------------------------- */

/* A slice of a line, where it is. */
typedef struct
{
  PangoLayout *layout;
  gsize start, end;   /* in the text, in bytes */
  double x, y;
} Slice;

/* What is between two places in the text gets a ground, as far as it is in the slice. */
static void
fill_range (RunnelLogLines *self,
            GtkSnapshot    *snapshot,
            const Slice    *slice,
            gsize           start,
            gsize           end,
            guint32         color)
{
  PangoLayoutLine *line = pango_layout_get_line_readonly (slice->layout, 0);
  int *ranges, n_ranges;

  if (start >= slice->end || end <= slice->start)
    return;
  pango_layout_line_get_x_ranges (line, (int) (MAX (start, slice->start) - slice->start),
                                  (int) (MIN (end, slice->end) - slice->start), &ranges,
                                  &n_ranges);
  for (int i = 0; i < n_ranges; i++)
    {
      double from = ranges[2 * i] / (double) PANGO_SCALE;
      double to = ranges[2 * i + 1] / (double) PANGO_SCALE;

      fill (snapshot, color, slice->x + from, slice->y, to - from, self->pen.line_height);
    }
  g_free (ranges);
}

static void
fill_selection (RunnelLogLines *self,
                GtkSnapshot    *snapshot,
                const LogRow   *row,
                const Slice    *slice)
{
  gsize length = runnel_log_shape_get_text (row->drawn->shape)->text->len, start, end;

  if (!_runnel_log_lines_is_selected (self, &row->line, &start, &end))
    return;
  fill_range (self, snapshot, slice, start, end, self->pen.colors->selection);
  if (end > length && slice->end == length) /* its end is selected, too */
    {
      int width;

      pango_layout_get_size (slice->layout, &width, NULL);
      fill (snapshot, self->pen.colors->selection, slice->x + width / (double) PANGO_SCALE, slice->y,
            self->pen.cell_width, self->pen.line_height);
    }
}

static void
fill_found (RunnelLogLines *self,
            GtkSnapshot    *snapshot,
            const LogRow   *row,
            const Slice    *slice)
{
  gboolean is_at_hand =
    self->has_place && runnel_log_line_compare (&row->line, &self->place.line) == 0;
  GArray *found = self->matcher ? runnel_log_drawn_get_found (row->drawn, self->matcher) : NULL;

  for (guint i = 0; found && i < found->len; i++)
    {
      const RunnelLogFound *place = &g_array_index (found, RunnelLogFound, i);
      gboolean is_current = is_at_hand && place->start == self->place.start;

      fill_range (self, snapshot, slice, place->start, place->end,
                  is_current ? self->pen.colors->found_current : self->pen.colors->found);
    }
}

static void
draw_slice (RunnelLogLines *self,
            GtkSnapshot    *snapshot,
            const LogRow   *row,
            guint           first_cell,
            double          x,
            double          y)
{
  Slice slice = { .x = x, .y = y };

  slice.layout = runnel_log_drawn_get_layout (row->drawn, &self->pen, first_cell,
                                              _runnel_log_lines_get_slice (self), &slice.start,
                                              &slice.end);
  fill_found (self, snapshot, row, &slice);
  fill_selection (self, snapshot, row, &slice);
  /* Characters of another font may be higher; all lines stand on the same ground. */
  draw_layout (snapshot, slice.layout, self->pen.colors->text, x,
               y + self->pen.baseline - pango_layout_get_baseline (slice.layout) / PANGO_SCALE);
}

static void
draw_wrapped (RunnelLogLines *self,
              GtkSnapshot    *snapshot,
              const LogRow   *row)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self)), line_height = self->pen.line_height;
  guint first = (guint) (MAX (-row->y, 0) / line_height);

  for (guint i = first; i < row->height && row->y + (double) i * line_height < height; i++)
    draw_slice (self, snapshot, row, i * _runnel_log_lines_get_slice (self), self->text_x,
                row->y + (double) i * line_height);
}

static void
draw_unwrapped (RunnelLogLines *self,
                GtkSnapshot    *snapshot,
                const LogRow   *row)
{
  double slice_width = LOG_SLICE * self->pen.cell_width;
  double end = self->x + gtk_widget_get_width (GTK_WIDGET (self));
  guint width = MAX (runnel_log_shape_get_width (row->drawn->shape), 1);

  for (guint i = (guint) (self->x / slice_width); i * slice_width < end && i * LOG_SLICE < width; i++)
    draw_slice (self, snapshot, row, i * LOG_SLICE, self->text_x + i * slice_width - self->x,
                row->y);
}

/* What is said of a line behind its end. */
static char *
describe_rest (RunnelLogLines *self,
               const LogRow   *row)
{
  RunnelLogFolds *folds = runnel_log_model_get_folds (self->model);
  const RunnelLogFold *fold;
  guint64 first, end;
  guint index;

  if (row->drawn->length >= RUNNEL_LOG_MAX_LINE)
    return g_strdup (_("… the rest of this line is left out"));
  if (runnel_log_model_has_sieve (self->model) || !folds ||
      !runnel_log_folds_find_head (folds, &row->line, &index))
    return NULL;
  fold = runnel_log_folds_get (folds, index);
  if (!fold->is_closed || !runnel_log_model_get_number (self->model, &row->line, &first))
    return NULL;
  if (!runnel_log_model_get_number (self->model, &fold->end, &end))
    end = runnel_log_model_get_n_lines (self->model);
  return g_strdup_printf (g_dngettext (NULL, "… %u line", "… %u lines", end - first - 1),
                          (guint) (end - first - 1));
}

static void
draw_rest (RunnelLogLines *self,
           GtkSnapshot    *snapshot,
           const LogRow   *row)
{
  g_autofree char *text = describe_rest (self, row);
  guint columns = _runnel_log_lines_get_columns (self);
  guint width = runnel_log_shape_get_width (row->drawn->shape) + 1;

  if (!text)
    return;
  if (columns > 0)
    width -= (row->height - 1) * columns;
  draw_text (self, snapshot, text, self->pen.colors->faint,
             self->text_x + width * self->pen.cell_width - (columns > 0 ? 0 : self->x),
             row->y + (double) (row->height - 1) * self->pen.line_height);
}

static void
draw_row (RunnelLogLines *self,
          GtkSnapshot    *snapshot,
          const LogRow   *row)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->has_cursor && runnel_log_line_compare (&row->line, &self->cursor.line) == 0)
    fill (snapshot, self->pen.colors->line, 0, row->y, width,
          (double) row->height * self->pen.line_height);
  draw_number (self, snapshot, row);
  if (!row->drawn)
    return;

  draw_fold (self, snapshot, row);
  draw_time (self, snapshot, row);
  draw_label (self, snapshot, row);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (self->text_x, 0,
                                                         MAX (width - self->text_x, 0), height));
  if (self->wrap)
    draw_wrapped (self, snapshot, row);
  else
    draw_unwrapped (self, snapshot, row);
  draw_rest (self, snapshot, row);
  gtk_snapshot_pop (snapshot);
}

void
_runnel_log_lines_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  RunnelLogLines *self = RUNNEL_LOG_LINES (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  fill (snapshot, self->pen.colors->ground, 0, 0, width, height);
  for (guint i = 0; i < self->rows->len; i++)
    draw_row (self, snapshot, &g_array_index (self->rows, LogRow, i));
  gtk_snapshot_pop (snapshot);
}
