/* runnel-gantt.c: the timing of a run as a chart to look at and to walk through
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "designer/charts/runnel-gantt-private.h"

/* What is left free at the end of the time, so that a bar that grows doesn't stick to the edge. */
#define END_PADDING 48.0

#define MIN_WIDTH 200
#define MIN_HEIGHT 80
#define NATURAL_HEIGHT 300

enum
{
  PROP_0,
  PROP_SELECTION,
  N_PROPS,

  /* Of GtkScrollable. */
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum
{
  STEP_ACTIVATED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE_WITH_CODE (RunnelGantt, runnel_gantt, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static double
get_duration (RunnelGantt *self)
{
  return self->timing ? (double) (self->timing->end - self->timing->start) : 0.0;
}

/* The scale with which all of the time is seen, in microseconds per pixel. */
static double
get_fitting_scale (RunnelGantt *self)
{
  double width = MAX (self->view.width - END_PADDING, 1.0);

  return runnel_axis_fit (0, get_duration (self), width).scale;
}

void
_runnel_gantt_queue_bars (RunnelGantt *self)
{
  g_clear_pointer (&self->bars, g_array_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
configure_adjustment (GtkAdjustment *adjustment,
                      double         value,
                      double         upper,
                      double         step,
                      double         page)
{
  upper = MAX (upper, page);
  gtk_adjustment_configure (adjustment, CLAMP (value, 0.0, upper - page), 0.0, upper, step,
                            page * 0.9, page);
}

/* Tells the adjustments what the view is, within what there is to see. */
static void
update_adjustments (RunnelGantt *self,
                    double       x,
                    double       y)
{
  double n_rows = self->timing ? self->timing->n_rows : 0;

  if (self->hadjustment != NULL)
    configure_adjustment (self->hadjustment, x,
                          get_duration (self) / self->view.axis.scale + END_PADDING,
                          self->view.width / 10, self->view.width);
  if (self->vadjustment != NULL)
    configure_adjustment (self->vadjustment, y, n_rows * self->view.row_height,
                          GANTT_ROW_HEIGHT, self->view.height);
}

/* The adjustments are what decides where the view is. */
static void
adjustment_changed_cb (RunnelGantt *self)
{
  g_assert (RUNNEL_IS_GANTT (self));

  if (self->hadjustment != NULL)
    self->view.axis.start =
      gtk_adjustment_get_value (self->hadjustment) * self->view.axis.scale;
  if (self->vadjustment != NULL)
    self->view.top = gtk_adjustment_get_value (self->vadjustment);
  _runnel_gantt_queue_bars (self);
}

/* Shows the time from @start, in microseconds of the run, with @scale microseconds a pixel; the
 * row at the top stays there. */
void
_runnel_gantt_set_view (RunnelGantt *self,
                        double       start,
                        double       scale,
                        double       row_height)
{
  double top = self->view.top / self->view.row_height * row_height;

  self->view.axis.scale = scale;
  self->view.row_height = row_height;
  update_adjustments (self, start / scale, top);
  adjustment_changed_cb (self);
}

static void
fit_if_wanted (RunnelGantt *self)
{
  if (self->fitted)
    _runnel_gantt_set_view (self, 0.0, get_fitting_scale (self), self->view.row_height);
  else
    _runnel_gantt_set_view (self, self->view.axis.start, self->view.axis.scale,
                            self->view.row_height);
}

/* Nothing is drawn again before it would look different. */
static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  RunnelGantt *self = RUNNEL_GANTT (widget);
  gint64 now = g_get_real_time ();

  if (now - self->timing->end >= self->view.axis.scale)
    {
      runnel_timing_set_now (self->timing, now);
      fit_if_wanted (self);
    }
  return G_SOURCE_CONTINUE;
}

static void
update_tick (RunnelGantt *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean wanted = self->timing != NULL && self->timing->open && gtk_widget_get_mapped (widget);

  if (wanted && self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (widget, tick_cb, NULL, NULL);
  else if (!wanted && self->tick_id != 0)
    {
      gtk_widget_remove_tick_callback (widget, self->tick_id);
      self->tick_id = 0;
    }
}

/* What a screen reader says: the run as a whole, and the selected step. */
static void
update_accessible (RunnelGantt *self)
{
  g_autofree char *label = NULL;
  g_autofree char *description = NULL;

  if (self->timing != NULL)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, self->timing->run);

      /* Translators: the name of a pipeline, and the number of its run */
      label = g_strdup_printf (_("Timing of %s, run %s"), self->timing->title, number);
    }
  if (self->selected_row >= 0)
    description = runnel_timing_describe (self->timing, self->selected_row, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label ? label : _("Timing"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description ? description : _("No step is selected"),
                                  -1);
}

static void
scroll_to_row (RunnelGantt *self,
               guint        row)
{
  double top = row * self->view.row_height;

  if (self->vadjustment != NULL)
    gtk_adjustment_clamp_page (self->vadjustment, top, top + self->view.row_height);
}

/* Selects @row, or nothing when it is -1. */
void
_runnel_gantt_select_row (RunnelGantt *self,
                          int          row)
{
  runnel_gantt_set_selection (self, row >= 0 ? self->timing->rows[row].id : NULL);
  if (row >= 0)
    scroll_to_row (self, row);
}

void
_runnel_gantt_activate_row (RunnelGantt *self,
                            guint        row,
                            int          span)
{
  const RunnelTimingRow *facts = &self->timing->rows[row];
  guint attempt = 0;

  if (span >= 0)
    attempt = self->timing->spans[span].attempt;
  else if (facts->n_spans > 0)
    attempt = self->timing->spans[facts->first_span + facts->n_spans - 1].attempt;
  g_signal_emit (self, signals[STEP_ACTIVATED], 0, facts->id, attempt);
}

static void
style_changed_cb (RunnelGantt *self)
{
  g_assert (RUNNEL_IS_GANTT (self));

  _runnel_gantt_clear_patterns (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_adjustment (RunnelGantt    *self,
                GtkAdjustment **place,
                GtkAdjustment  *adjustment)
{
  g_autoptr(GtkAdjustment) own = NULL;

  if (adjustment == NULL)
    adjustment = own = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  if (*place != NULL)
    g_signal_handlers_disconnect_by_func (*place, adjustment_changed_cb, self);
  g_set_object (place, adjustment);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (adjustment_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update_adjustments (self, self->view.axis.start / self->view.axis.scale, self->view.top);
}

static void
runnel_gantt_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 3 * MIN_WIDTH : NATURAL_HEIGHT;
}

static void
runnel_gantt_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  RunnelGantt *self = RUNNEL_GANTT (widget);

  self->label_width = MIN (_runnel_gantt_measure_labels (self), width / 2);
  self->view.width = MAX (width - self->label_width, 1.0);
  self->view.height = MAX (height - GANTT_AXIS_HEIGHT, 1);
  fit_if_wanted (self);
}

static void
runnel_gantt_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (runnel_gantt_parent_class)->map (widget);
  update_tick (RUNNEL_GANTT (widget));
}

static void
runnel_gantt_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (runnel_gantt_parent_class)->unmap (widget);
  update_tick (RUNNEL_GANTT (widget));
}

static void
runnel_gantt_dispose (GObject *object)
{
  RunnelGantt *self = RUNNEL_GANTT (object);

  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);
  _runnel_gantt_clear_patterns (self);
  g_clear_pointer (&self->bars, g_array_unref);
  G_OBJECT_CLASS (runnel_gantt_parent_class)->dispose (object);
}

static void
runnel_gantt_finalize (GObject *object)
{
  RunnelGantt *self = RUNNEL_GANTT (object);

  runnel_timing_free (self->timing);
  g_free (self->selection);
  G_OBJECT_CLASS (runnel_gantt_parent_class)->finalize (object);
}

static void
runnel_gantt_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  RunnelGantt *self = RUNNEL_GANTT (object);

  switch (prop_id)
    {
    case PROP_SELECTION:
      g_value_set_string (value, self->selection);
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->hscroll_policy);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->vscroll_policy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
runnel_gantt_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  RunnelGantt *self = RUNNEL_GANTT (object);

  switch (prop_id)
    {
    case PROP_SELECTION:
      runnel_gantt_set_selection (self, g_value_get_string (value));
      break;
    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->vadjustment, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->hscroll_policy = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->vscroll_policy = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
runnel_gantt_class_init (RunnelGanttClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = runnel_gantt_dispose;
  object_class->finalize = runnel_gantt_finalize;
  object_class->get_property = runnel_gantt_get_property;
  object_class->set_property = runnel_gantt_set_property;

  widget_class->measure = runnel_gantt_measure;
  widget_class->size_allocate = runnel_gantt_size_allocate;
  widget_class->snapshot = _runnel_gantt_snapshot;
  widget_class->map = runnel_gantt_map;
  widget_class->unmap = runnel_gantt_unmap;

  /**
   * RunnelGantt:selection:
   *
   * The id of the selected step, or %NULL.
   */
  properties[PROP_SELECTION] =
    g_param_spec_string ("selection", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  /**
   * RunnelGantt::step-activated:
   * @id: the step
   * @attempt: the attempt that was pointed at, else the last; 0 when it has none
   */
  signals[STEP_ACTIVATED] =
    g_signal_new ("step-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 2, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_UINT);

  gtk_widget_class_set_css_name (widget_class, "gantt");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  _runnel_gantt_class_input_init (widget_class);
}

static void
runnel_gantt_init (RunnelGantt *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->selected_row = -1;
  self->fitted = TRUE;
  self->view.row_height = GANTT_ROW_HEIGHT;
  self->view.axis = runnel_axis_fit (0, 0, 1);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (style_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (style_changed_cb), self,
                           G_CONNECT_SWAPPED);
  _runnel_gantt_init_input (self);
  update_accessible (self);
}

/**
 * runnel_gantt_new:
 *
 * Returns: (transfer floating): an empty chart
 */
GtkWidget *
runnel_gantt_new (void)
{
  return g_object_new (RUNNEL_TYPE_GANTT, NULL);
}

/* The selected step may have another row now, or none. */
static void
find_selection_again (RunnelGantt *self)
{
  guint row;

  self->selected_row = -1;
  if (self->timing == NULL || self->selection == NULL)
    return;
  if (runnel_timing_find_row (self->timing, self->selection, &row))
    self->selected_row = row;
}

/**
 * runnel_gantt_set_timing:
 * @self: a chart
 * @timing: (transfer full) (nullable): what to show
 *
 * Selection and zoom stay when it is a later picture of the same run.
 */
void
runnel_gantt_set_timing (RunnelGantt  *self,
                         RunnelTiming *timing)
{
  g_return_if_fail (RUNNEL_IS_GANTT (self));

  if (self->timing == NULL || timing == NULL || self->timing->run != timing->run)
    self->fitted = TRUE;
  runnel_timing_free (self->timing);
  self->timing = timing;
  find_selection_again (self);
  if (self->selected_row < 0)
    runnel_gantt_set_selection (self, NULL);
  update_accessible (self);
  update_tick (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * runnel_gantt_get_timing:
 * @self: a chart
 *
 * Returns: (transfer none) (nullable): what it shows
 */
const RunnelTiming *
runnel_gantt_get_timing (RunnelGantt *self)
{
  g_return_val_if_fail (RUNNEL_IS_GANTT (self), NULL);

  return self->timing;
}

/**
 * runnel_gantt_get_selection:
 * @self: a chart
 *
 * Returns: (transfer none) (nullable): the id of the selected step
 */
const char *
runnel_gantt_get_selection (RunnelGantt *self)
{
  g_return_val_if_fail (RUNNEL_IS_GANTT (self), NULL);

  return self->selection;
}

/**
 * runnel_gantt_set_selection:
 * @self: a chart
 * @id: (nullable): a step; one that the run does not have is not selected
 */
void
runnel_gantt_set_selection (RunnelGantt *self,
                            const char  *id)
{
  guint row;

  g_return_if_fail (RUNNEL_IS_GANTT (self));

  if (id != NULL && (self->timing == NULL || !runnel_timing_find_row (self->timing, id, &row)))
    id = NULL;
  if (g_strcmp0 (self->selection, id) == 0)
    return;
  g_free (self->selection);
  self->selection = g_strdup (id);
  find_selection_again (self);
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}

/**
 * runnel_gantt_fit:
 * @self: a chart
 *
 * Shows all of the time, with rows of their usual height, and goes on doing so while it grows.
 */
void
runnel_gantt_fit (RunnelGantt *self)
{
  g_return_if_fail (RUNNEL_IS_GANTT (self));

  self->fitted = TRUE;
  self->view.top *= GANTT_ROW_HEIGHT / self->view.row_height;
  self->view.row_height = GANTT_ROW_HEIGHT;
  fit_if_wanted (self);
}
