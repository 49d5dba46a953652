/* runnel-log-lines-place.c: which lines of a log are seen, and where
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/logs/runnel-log-lines-private.h"

/* Where we are is a line and some pixels of it, not a number of pixels from the beginning: nobody
 * knows how high a million lines are that nobody has read, nor needs to. The scrollbar counts lines. */

#define MAX_DRAWN 600  /* lines that are kept, ready to be drawn */
#define MIN_COLUMNS 10 /* to which lines are wrapped in a very narrow view */
#define MAX_LABEL 16   /* cells; longer ones are shortened */
#define TIME_CELLS 12  /* "23:59:59.999" */
#define MIN_DIGITS 3

/* --- Lines --------------------------------------------------------------------------- */

static RunnelLogDrawn *
make_drawn (RunnelLogLines       *self,
            const RunnelLogSpan  *span,
            const RunnelLogStyle *style)
{
  RunnelLogDrawn *drawn = runnel_log_drawn_new (span, style);
  gint64 offset = (gint64) span->offset;

  drawn->time = runnel_log_model_get_time (self->model, span);
  drawn->label = runnel_log_model_get_label (self->model, span, &drawn->part);
  g_hash_table_insert (self->drawn, g_memdup2 (&offset, sizeof offset), drawn);
  return drawn;
}

/* Returns: whether the line is there; @ret_drawn is borrowed */
RunnelLogCacheResult
_runnel_log_lines_get_drawn (RunnelLogLines       *self,
                             const RunnelLogLine  *line,
                             RunnelLogDrawn      **ret_drawn)
{
  RunnelLogSpan span;
  RunnelLogStyle style;
  RunnelLogCacheResult result = runnel_log_model_get_line (self->model, line, &span, &style);
  gint64 offset;

  *ret_drawn = NULL;
  if (result != RUNNEL_LOG_CACHE_READY)
    return result;
  offset = (gint64) span.offset;
  *ret_drawn = g_hash_table_lookup (self->drawn, &offset);
  if (!*ret_drawn || !runnel_log_drawn_is_same (*ret_drawn, &span, &style))
    *ret_drawn = make_drawn (self, &span, &style);
  return result;
}

static gboolean
is_unseen (gpointer key,
           gpointer value,
           gpointer user_data)
{
  const RunnelLogDrawn *drawn = value;

  return g_ref_count_compare (&((RunnelLogDrawn *) drawn)->ref_count, 1);
}

static void
forget_unseen (RunnelLogLines *self)
{
  if (g_hash_table_size (self->drawn) > MAX_DRAWN)
    g_hash_table_foreach_remove (self->drawn, is_unseen, NULL);
}

/* --- Columns ----------------------------------------------------------------------------- */

static int
get_cells_width (RunnelLogLines *self,
                 guint           cells)
{
  return (int) ceil (cells * self->pen.cell_width) + 2 * LOG_PADDING;
}

static guint
count_digits (guint64 number)
{
  guint n = 1;

  for (; number >= 10; number /= 10)
    n++;
  return MAX (n, MIN_DIGITS);
}

static void
measure_columns (RunnelLogLines *self)
{
  RunnelLogFolds *folds = runnel_log_model_get_folds (self->model);
  gboolean has_folds = folds && runnel_log_folds_get_n (folds) > 0;
  guint label = MIN (runnel_log_model_get_longest_label (self->model), MAX_LABEL);

  self->fold_width = has_folds ? get_cells_width (self, 1) : LOG_PADDING;
  self->number_width =
    get_cells_width (self, count_digits (runnel_log_model_get_n_lines (self->model)));
  self->time_width = self->times != RUNNEL_LOG_TIMES_NONE ? get_cells_width (self, TIME_CELLS) : 0;
  self->label_width = label > 0 ? get_cells_width (self, label) + LOG_PADDING : 0;
  self->text_x = self->fold_width + self->number_width + self->time_width + self->label_width;
}

double
_runnel_log_lines_get_text_width (RunnelLogLines *self)
{
  return MAX (gtk_widget_get_width (GTK_WIDGET (self)) - self->text_x - LOG_PADDING, 1);
}

/* How many cells a line is wrapped to; 0 = it is not. */
guint
_runnel_log_lines_get_columns (RunnelLogLines *self)
{
  double columns = _runnel_log_lines_get_text_width (self) / self->pen.cell_width;

  return self->wrap ? MAX ((guint) columns, MIN_COLUMNS) : 0;
}

/* How many cells are drawn at once. */
guint
_runnel_log_lines_get_slice (RunnelLogLines *self)
{
  guint columns = _runnel_log_lines_get_columns (self);

  return columns > 0 ? columns : LOG_SLICE;
}

/* --- Rows ------------------------------------------------------------------------------------- */

/* Returns: %FALSE when the log has no such row */
static gboolean
make_row (RunnelLogLines *self,
          guint64         number,
          LogRow         *row)
{
  if (runnel_log_model_get_row (self->model, number, &row->line) == RUNNEL_LOG_CACHE_NONE)
    return FALSE;
  row->row = number;
  _runnel_log_lines_get_drawn (self, &row->line, &row->drawn);
  row->height = 1;
  if (row->drawn)
    {
      guint columns = _runnel_log_lines_get_columns (self);

      runnel_log_drawn_ref (row->drawn);
      row->height = runnel_log_shape_get_height (row->drawn->shape, columns);
      self->widest = MAX (self->widest, runnel_log_shape_get_width (row->drawn->shape));
    }
  return TRUE;
}

static double
get_bottom (RunnelLogLines *self,
            const LogRow   *row)
{
  return row->y + (double) row->height * self->pen.line_height;
}

static void
fill_down (RunnelLogLines *self,
           guint64         number,
           double          y)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  LogRow row;

  for (; y < height && make_row (self, number, &row); number++)
    {
      row.y = y;
      y = get_bottom (self, &row);
      g_array_append_val (self->rows, row);
    }
}

/* Up from a row whose lower edge is at `y`; what does not fill the view begins at its top. */
static void
fill_up (RunnelLogLines *self,
         guint64         number,
         double          y)
{
  double shift;
  LogRow row;

  do
    {
      if (!make_row (self, number, &row))
        return;
      y -= (double) row.height * self->pen.line_height;
      row.y = y;
      g_array_prepend_val (self->rows, row);
    }
  while (y > 0 && number-- > 0);

  shift = MAX (y, 0);
  for (guint i = 0; i < self->rows->len; i++)
    g_array_index (self->rows, LogRow, i).y -= shift;
}

static void
fill (RunnelLogLines *self,
      guint64         n_rows)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  g_array_set_size (self->rows, 0);
  if (n_rows == 0)
    return;
  if (!self->at_end)
    {
      guint64 number = MIN (runnel_log_model_find_row (self->model, &self->top), n_rows - 1);
      const LogRow *last;

      fill_down (self, number, -self->top_offset);
      last = self->rows->len > 0 ? &g_array_index (self->rows, LogRow, self->rows->len - 1) : NULL;
      if (last && (last->row + 1 < n_rows || get_bottom (self, last) >= height))
        return;
      g_array_set_size (self->rows, 0);
    }
  fill_up (self, n_rows - 1, height);
}

/* A look at a block may change what was guessed of it, and so which rows there are. */
static void
fill_until_known (RunnelLogLines *self)
{
  for (guint turn = 0; turn < 8; turn++)
    {
      guint64 n_rows = runnel_log_model_get_n_rows (self->model);

      fill (self, n_rows);
      if (n_rows == runnel_log_model_get_n_rows (self->model))
        break;
    }
}

/* --- Scrollbars --------------------------------------------------------------------------------- */

/* How many rows are seen, in part those that are seen in part. */
static double
count_seen (RunnelLogLines *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  double n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const LogRow *row = &g_array_index (self->rows, LogRow, i);
      double row_height = (double) row->height * self->pen.line_height;

      n += MAX (MIN (row->y + row_height, height) - MAX (row->y, 0), 0) / row_height;
    }
  return n;
}

static void
update_vadjustment (RunnelLogLines *self)
{
  double n_rows = (double) runnel_log_model_get_n_rows (self->model);
  double page = count_seen (self), value = 0;

  if (self->rows->len > 0)
    {
      const LogRow *first = &g_array_index (self->rows, LogRow, 0);

      value = (double) first->row - first->y / ((double) first->height * self->pen.line_height);
    }
  gtk_adjustment_configure (self->vadjustment, value, 0, MAX (n_rows, value + page), 1,
                            MAX (page - 1, 1), page);
}

static void
update_hadjustment (RunnelLogLines *self)
{
  double page = _runnel_log_lines_get_text_width (self);
  double upper = self->wrap ? page : MAX (self->widest * self->pen.cell_width + LOG_PADDING, page);

  self->x = CLAMP (self->x, 0, upper - page);
  gtk_adjustment_configure (self->hadjustment, self->x, 0, upper, self->pen.cell_width, page * 0.9,
                            page);
}

static void
vadjustment_changed_cb (RunnelLogLines *self)
{
  double value = gtk_adjustment_get_value (self->vadjustment);
  double row = floor (value);
  RunnelLogDrawn *drawn;
  RunnelLogLine line;

  if (self->is_adjusting || !self->model)
    return;
  self->stays = FALSE;
  _runnel_log_lines_set_at_end (self, value + gtk_adjustment_get_page_size (self->vadjustment)
                                        >= gtk_adjustment_get_upper (self->vadjustment) - 1e-6);
  if (runnel_log_model_get_row (self->model, (guint64) row, &line) == RUNNEL_LOG_CACHE_NONE)
    return;
  self->top = line;
  self->top_offset = (value - row) * self->pen.line_height;
  if (_runnel_log_lines_get_drawn (self, &line, &drawn) == RUNNEL_LOG_CACHE_READY)
    self->top_offset *=
      runnel_log_shape_get_height (drawn->shape, _runnel_log_lines_get_columns (self));
  _runnel_log_lines_queue (self);
}

static void
hadjustment_changed_cb (RunnelLogLines *self)
{
  if (self->is_adjusting)
    return;
  self->x = gtk_adjustment_get_value (self->hadjustment);
  _runnel_log_lines_queue (self);
}

void
_runnel_log_lines_set_at_end (RunnelLogLines *self,
                              gboolean        at_end)
{
  if (self->at_end == at_end)
    return;
  self->at_end = at_end;
  g_object_notify_by_pspec (G_OBJECT (self), _runnel_log_lines_properties[LOG_LINES_PROP_AT_END]);
}

static void
settle (RunnelLogLines *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  const LogRow *first, *last;

  if (self->rows->len == 0)
    return;
  first = &g_array_index (self->rows, LogRow, 0);
  last = &g_array_index (self->rows, LogRow, self->rows->len - 1);
  self->top = first->line;
  self->top_offset = -first->y;
  _runnel_log_lines_set_at_end (self, !self->stays &&
                                        last->row + 1 == runnel_log_model_get_n_rows (self->model) &&
                                        get_bottom (self, last) <= height + 0.5);
}

/* Finds out which lines are seen, and tells the scrollbars. */
void
_runnel_log_lines_place (RunnelLogLines *self)
{
  g_array_set_size (self->rows, 0);
  self->is_adjusting = TRUE;
  if (self->model && runnel_log_model_is_open (self->model) &&
      gtk_widget_get_height (GTK_WIDGET (self)) > 0)
    {
      measure_columns (self);
      fill_until_known (self);
      settle (self);
      update_vadjustment (self);
      update_hadjustment (self);
    }
  else
    {
      gtk_adjustment_configure (self->vadjustment, 0, 0, 0, 0, 0, 0);
      gtk_adjustment_configure (self->hadjustment, 0, 0, 0, 0, 0, 0);
    }
  self->is_adjusting = FALSE;
  forget_unseen (self);
  _runnel_log_lines_a11y_update (self);
}

static void
clear_row (gpointer data)
{
  LogRow *row = data;

  g_clear_pointer (&row->drawn, runnel_log_drawn_unref);
}

void
_runnel_log_lines_place_init (RunnelLogLines *self)
{
  self->rows = g_array_new (FALSE, TRUE, sizeof (LogRow));
  g_array_set_clear_func (self->rows, clear_row);
  self->drawn = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                       (GDestroyNotify) runnel_log_drawn_unref);
  self->hadjustment = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  self->vadjustment = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_signal_connect_object (self->hadjustment, "value-changed",
                           G_CALLBACK (hadjustment_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->vadjustment, "value-changed",
                           G_CALLBACK (vadjustment_changed_cb), self, G_CONNECT_SWAPPED);
}
