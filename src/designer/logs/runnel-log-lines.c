/* runnel-log-lines.c: the lines of a log, whatever its size
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "designer/logs/runnel-log-lines-private.h"

enum
{
  MENU,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelLogLines, runnel_log_lines, GTK_TYPE_WIDGET)

GParamSpec *_runnel_log_lines_properties[LOG_LINES_N_PROPS];
static guint signals[N_SIGNALS];

/* --- The pen ------------------------------------------------------------------------------- */

static void
measure_font (RunnelLogLines *self)
{
  g_autoptr(PangoLayout) layout = pango_layout_new (self->pen.context);
  g_autofree char *digits = g_strnfill (100, '0');
  PangoRectangle logical;

  pango_layout_set_text (layout, digits, 100);
  pango_layout_get_extents (layout, NULL, &logical);
  self->pen.cell_width = MAX (logical.width / (100.0 * PANGO_SCALE), 1);
  self->pen.line_height = MAX (PANGO_PIXELS_CEIL (logical.height), 1);
  self->pen.baseline = pango_layout_get_baseline (layout) / PANGO_SCALE;
}

static void
forget_drawn (gpointer key,
              gpointer value,
              gpointer user_data)
{
  runnel_log_drawn_forget (value);
}

/* The colours, the font or the width are other ones. */
void
_runnel_log_lines_restyle (RunnelLogLines *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->pen.context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  self->pen.colors = runnel_log_colors_get (adw_style_manager_get_dark (manager),
                                            adw_style_manager_get_high_contrast (manager));
  measure_font (self);
  g_hash_table_foreach (self->drawn, forget_drawn, NULL);
  _runnel_log_lines_queue (self);
}

/* --- Frames ---------------------------------------------------------------------------------- */

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  RunnelLogLines *self = RUNNEL_LOG_LINES (widget);

  self->tick_id = 0;
  _runnel_log_lines_place (self);
  gtk_widget_queue_draw (widget);
  return G_SOURCE_REMOVE;
}

/* Something has changed: with the next frame all is looked at anew, however often this is called
 * until then. */
void
_runnel_log_lines_queue (RunnelLogLines *self)
{
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static void
runnel_log_lines_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  /* What is there for assistive technology gets the room that there is. */
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural,
                      NULL, NULL);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 100 : 40;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 400 : 200;
}

/* A wrapped line has other slices in another width. */
static void
runnel_log_lines_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  RunnelLogLines *self = RUNNEL_LOG_LINES (widget);

  if (self->wrap)
    g_hash_table_foreach (self->drawn, forget_drawn, NULL);
  gtk_widget_allocate (gtk_widget_get_first_child (widget), width, height, -1, NULL);
  _runnel_log_lines_place (self);
}

static void
runnel_log_lines_css_changed (GtkWidget         *widget,
                              GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (runnel_log_lines_parent_class)->css_changed (widget, change);
  _runnel_log_lines_restyle (RUNNEL_LOG_LINES (widget));
}

static void
runnel_log_lines_system_setting_changed (GtkWidget        *widget,
                                         GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (runnel_log_lines_parent_class)->system_setting_changed (widget, setting);
  _runnel_log_lines_restyle (RUNNEL_LOG_LINES (widget));
}

static gboolean
runnel_log_lines_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUNNEL_LOG_LINES (widget)->mirror));
}

static void
runnel_log_lines_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  RunnelLogLines *self = RUNNEL_LOG_LINES (object);

  switch (prop_id)
    {
    case LOG_LINES_PROP_AT_END:
      g_value_set_boolean (value, self->at_end);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
runnel_log_lines_dispose (GObject *object)
{
  RunnelLogLines *self = RUNNEL_LOG_LINES (object);
  GtkWidget *child;

  runnel_log_lines_set_model (self, NULL);
  runnel_log_lines_set_pattern (self, NULL);
  _runnel_log_lines_scroll_stop (self);
  _runnel_log_lines_pointer_stop (self);
  _runnel_log_lines_a11y_stop (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (runnel_log_lines_parent_class)->dispose (object);
}

static void
runnel_log_lines_finalize (GObject *object)
{
  RunnelLogLines *self = RUNNEL_LOG_LINES (object);

  g_array_unref (self->rows);
  g_hash_table_unref (self->drawn);
  g_object_unref (self->hadjustment);
  g_object_unref (self->vadjustment);

  G_OBJECT_CLASS (runnel_log_lines_parent_class)->finalize (object);
}

static void
runnel_log_lines_class_init (RunnelLogLinesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = runnel_log_lines_get_property;
  object_class->dispose = runnel_log_lines_dispose;
  object_class->finalize = runnel_log_lines_finalize;
  widget_class->measure = runnel_log_lines_measure;
  widget_class->size_allocate = runnel_log_lines_size_allocate;
  widget_class->snapshot = _runnel_log_lines_snapshot;
  widget_class->css_changed = runnel_log_lines_css_changed;
  widget_class->system_setting_changed = runnel_log_lines_system_setting_changed;
  widget_class->grab_focus = runnel_log_lines_grab_focus;

  _runnel_log_lines_properties[LOG_LINES_PROP_AT_END] =
    g_param_spec_boolean ("at-end", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, LOG_LINES_N_PROPS, _runnel_log_lines_properties);
  signals[MENU] = g_signal_new ("menu", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);

  gtk_widget_class_set_css_name (widget_class, "loglines");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
runnel_log_lines_init (RunnelLogLines *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->at_end = TRUE;
  gtk_widget_add_css_class (GTK_WIDGET (self), "monospace");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  _runnel_log_lines_place_init (self);
  _runnel_log_lines_a11y_init (self);
  _runnel_log_lines_scroll_init (self);
  _runnel_log_lines_pointer_init (self);
  _runnel_log_lines_keys_init (self);
  _runnel_log_lines_restyle (self);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (_runnel_log_lines_restyle), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast",
                           G_CALLBACK (_runnel_log_lines_restyle), self, G_CONNECT_SWAPPED);
}

/**
 * runnel_log_lines_new:
 *
 * Returns: (transfer floating): the lines of no log
 */
GtkWidget *
runnel_log_lines_new (void)
{
  return g_object_new (RUNNEL_TYPE_LOG_LINES, NULL);
}

/**
 * runnel_log_lines_set_model:
 * @model: (nullable): the log; its end is shown
 */
void
runnel_log_lines_set_model (RunnelLogLines *self,
                            RunnelLogModel *model)
{
  g_return_if_fail (RUNNEL_IS_LOG_LINES (self));

  if (self->model)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_array_set_size (self->rows, 0);
  g_hash_table_remove_all (self->drawn);
  g_set_object (&self->model, model);
  self->top = (RunnelLogLine) { 0, 0 };
  self->top_offset = self->x = 0;
  self->widest = 0;
  self->first_time = 0;
  self->has_place = self->stays = FALSE;
  runnel_log_lines_select_none (self);
  _runnel_log_lines_set_at_end (self, TRUE);
  if (model)
    g_signal_connect_swapped (model, "changed", G_CALLBACK (_runnel_log_lines_queue), self);
  _runnel_log_lines_queue (self);
}

GtkAdjustment *
runnel_log_lines_get_hadjustment (RunnelLogLines *self)
{
  return self->hadjustment;
}

/**
 * runnel_log_lines_get_vadjustment:
 *
 * Returns: (transfer none): where we are; it counts lines that are shown
 */
GtkAdjustment *
runnel_log_lines_get_vadjustment (RunnelLogLines *self)
{
  return self->vadjustment;
}

/**
 * runnel_log_lines_set_wrap:
 * @wrap: whether lines go on in the next row where there is no more room
 */
void
runnel_log_lines_set_wrap (RunnelLogLines *self,
                           gboolean        wrap)
{
  if (self->wrap == wrap)
    return;
  self->wrap = wrap;
  self->top_offset = self->x = 0;
  g_hash_table_foreach (self->drawn, forget_drawn, NULL);
  _runnel_log_lines_queue (self);
}

gboolean
runnel_log_lines_get_wrap (RunnelLogLines *self)
{
  return self->wrap;
}

RunnelLogTimesColumn
runnel_log_lines_get_times (RunnelLogLines *self)
{
  return self->times;
}

/**
 * runnel_log_lines_set_times:
 * @times: which times are shown before the lines
 */
void
runnel_log_lines_set_times (RunnelLogLines       *self,
                            RunnelLogTimesColumn  times)
{
  self->times = times;
  if (self->wrap)
    g_hash_table_foreach (self->drawn, forget_drawn, NULL);
  _runnel_log_lines_queue (self);
}

static void
forget_found (gpointer key,
              gpointer value,
              gpointer user_data)
{
  runnel_log_drawn_forget_found (value);
}

/**
 * runnel_log_lines_set_pattern:
 * @pattern: (nullable): what is to be marked wherever it is
 */
void
runnel_log_lines_set_pattern (RunnelLogLines   *self,
                              RunnelLogPattern *pattern)
{
  g_clear_pointer (&self->matcher, runnel_log_matcher_free);
  self->has_place = FALSE;
  if (pattern)
    self->matcher = runnel_log_matcher_new (pattern);
  g_hash_table_foreach (self->drawn, forget_found, NULL);
  _runnel_log_lines_queue (self);
}

/**
 * runnel_log_lines_set_place:
 * @place: (nullable): of what is marked, the one at hand; it is shown
 */
void
runnel_log_lines_set_place (RunnelLogLines       *self,
                            const RunnelLogPlace *place)
{
  self->has_place = place != NULL;
  if (place)
    {
      const RunnelLogSpot spot = { place->line, place->start };

      self->place = *place;
      _runnel_log_lines_select (self, &spot, &spot);
      runnel_log_lines_show_spot (self, &spot);
    }
  _runnel_log_lines_queue (self);
}

gboolean
runnel_log_lines_is_at_end (RunnelLogLines *self)
{
  return self->at_end;
}

/**
 * runnel_log_lines_scroll_to_end:
 *
 * Shows the end, and goes on to when the log grows.
 */
void
runnel_log_lines_scroll_to_end (RunnelLogLines *self)
{
  _runnel_log_lines_scroll_stop (self);
  self->stays = FALSE;
  _runnel_log_lines_set_at_end (self, TRUE);
  _runnel_log_lines_queue (self);
}

/**
 * runnel_log_lines_stay:
 *
 * Stays where we are when the log grows, until a person scrolls to its end.
 */
void
runnel_log_lines_stay (RunnelLogLines *self)
{
  self->stays = TRUE;
  _runnel_log_lines_set_at_end (self, FALSE);
}

void
runnel_log_lines_scroll_to_start (RunnelLogLines *self)
{
  _runnel_log_lines_scroll_stop (self);
  _runnel_log_lines_set_at_end (self, FALSE);
  self->top = (RunnelLogLine) { 0, 0 };
  self->top_offset = self->x = 0;
  _runnel_log_lines_queue (self);
}

/* `part` is the row of cells that is meant, of a line that takes several. */
static gboolean
is_seen (RunnelLogLines      *self,
         const RunnelLogLine *line,
         guint                part)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self)), line_height = self->pen.line_height;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const LogRow *row = &g_array_index (self->rows, LogRow, i);
      double y = row->y + (double) part * line_height;

      if (runnel_log_line_compare (&row->line, line) == 0)
        return y >= 0 && y + line_height <= height;
    }
  return FALSE;
}

/* Sideways, so that some cells before and behind a place are seen. */
static void
scroll_to_cell (RunnelLogLines *self,
                guint           cell)
{
  double x = cell * self->pen.cell_width, width = _runnel_log_lines_get_text_width (self);
  double margin = MIN (8 * self->pen.cell_width, width / 4);

  if (x < self->x + margin || x > self->x + width - margin)
    self->x = MAX (x < width - margin ? 0 : x - width / 2, 0);
  self->widest = MAX (self->widest, cell + 1);
}

/**
 * runnel_log_lines_show_spot:
 * @spot: a place in the log
 *
 * Opens the folds around a place and scrolls to it, with some lines before it; not at all if it is
 * seen already.
 */
void
runnel_log_lines_show_spot (RunnelLogLines      *self,
                            const RunnelLogSpot *spot)
{
  RunnelLogFolds *folds = self->model ? runnel_log_model_get_folds (self->model) : NULL;
  guint columns = _runnel_log_lines_get_columns (self), cell = 0, part;
  RunnelLogDrawn *drawn;

  if (!folds)
    return;
  if (runnel_log_folds_reveal (folds, &spot->line))
    runnel_log_model_update_folds (self->model);
  if (_runnel_log_lines_get_drawn (self, &spot->line, &drawn) == RUNNEL_LOG_CACHE_READY)
    cell = runnel_log_shape_find_cell (drawn->shape, spot->byte);
  part = columns > 0 ? cell / columns : 0;
  if (columns == 0)
    scroll_to_cell (self, cell);
  if (!is_seen (self, &spot->line, part))
    {
      _runnel_log_lines_scroll_stop (self);
      _runnel_log_lines_set_at_end (self, FALSE);
      self->top = spot->line;
      self->top_offset = (double) part * self->pen.line_height;
      _runnel_log_lines_scroll_by (self, 0, -gtk_widget_get_height (GTK_WIDGET (self)) / 3.0);
    }
  _runnel_log_lines_queue (self);
}

/**
 * runnel_log_lines_get_first:
 * @ret_line: (out): the first line that is seen
 *
 * Returns: whether any is seen
 */
gboolean
runnel_log_lines_get_first (RunnelLogLines *self,
                            RunnelLogLine  *ret_line)
{
  if (self->rows->len == 0)
    return FALSE;
  *ret_line = g_array_index (self->rows, LogRow, 0).line;
  return TRUE;
}
