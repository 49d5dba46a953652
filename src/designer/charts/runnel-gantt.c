/* runnel-gantt.c: the timing of a run as a chart to look at and to walk through
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "designer/charts/runnel-gantt-private.h"

#define MIN_WIDTH 200
#define MIN_HEIGHT 80
#define NATURAL_HEIGHT 300

enum
{
  PROP_0,
  PROP_SELECTION,
  PROP_CURSOR_TIME,
  PROP_ORDER,
  PROP_CRITICAL_PATH,
  PROP_LINKS,
  PROP_ABSOLUTE_TIME,
  N_PROPS,

  /* Of GtkScrollable. */
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

G_DEFINE_FINAL_TYPE_WITH_CODE (RunnelGantt, runnel_gantt, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static GParamSpec *properties[N_PROPS];

static void
style_changed_cb (RunnelGantt *self)
{
  g_assert (RUNNEL_IS_GANTT (self));

  runnel_chart_painter_reset (self->painter);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static const char *
get_order (RunnelGantt *self)
{
  return self->tree->order == RUNNEL_GANTT_BY_TOPOLOGY ? "topology" : "start";
}

static void
set_order (RunnelGantt *self,
           const char  *name)
{
  RunnelGanttOrder order =
    g_strcmp0 (name, "topology") == 0 ? RUNNEL_GANTT_BY_TOPOLOGY : RUNNEL_GANTT_BY_START;

  if (self->tree->order == order)
    return;
  runnel_gantt_tree_set_order (self->tree, order);
  _runnel_gantt_lines_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORDER]);
}

static void
set_critical_path (RunnelGantt *self,
                   gboolean     shown)
{
  if (self->shows_critical == shown)
    return;
  self->shows_critical = self->view.slack = shown;
  _runnel_gantt_queue_bars (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CRITICAL_PATH]);
}

static void
set_links (RunnelGantt *self,
           gboolean     shown)
{
  if (self->shows_links == shown)
    return;
  self->shows_links = shown;
  g_clear_pointer (&self->links, g_array_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINKS]);
}

static void
set_absolute_time (RunnelGantt *self,
                   gboolean     absolute)
{
  if (self->absolute == absolute)
    return;
  self->absolute = absolute;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ABSOLUTE_TIME]);
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
  _runnel_gantt_view_allocate (RUNNEL_GANTT (widget), width, height);
}

static void
runnel_gantt_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (runnel_gantt_parent_class)->map (widget);
  _runnel_gantt_view_update_tick (RUNNEL_GANTT (widget));
}

static void
runnel_gantt_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (runnel_gantt_parent_class)->unmap (widget);
  _runnel_gantt_view_update_tick (RUNNEL_GANTT (widget));
}

/* Fonts, most of all. */
static void
runnel_gantt_css_changed (GtkWidget         *widget,
                          GtkCssStyleChange *change)
{
  RunnelGantt *self = RUNNEL_GANTT (widget);

  GTK_WIDGET_CLASS (runnel_gantt_parent_class)->css_changed (widget, change);
  style_changed_cb (self);
}

static void
runnel_gantt_dispose (GObject *object)
{
  RunnelGantt *self = RUNNEL_GANTT (object);

  gtk_widget_insert_action_group (GTK_WIDGET (self), "gantt", NULL);
  g_clear_object (&self->actions);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);
  g_clear_pointer (&self->bars, g_array_unref);
  g_clear_pointer (&self->links, g_array_unref);
  G_OBJECT_CLASS (runnel_gantt_parent_class)->dispose (object);
}

static void
runnel_gantt_finalize (GObject *object)
{
  RunnelGantt *self = RUNNEL_GANTT (object);

  runnel_gantt_tree_free (self->tree);
  runnel_chart_painter_free (self->painter);
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
    case PROP_CURSOR_TIME:
      g_value_set_int64 (value, self->cursor_time);
      break;
    case PROP_ORDER:
      g_value_set_string (value, get_order (self));
      break;
    case PROP_CRITICAL_PATH:
      g_value_set_boolean (value, self->shows_critical);
      break;
    case PROP_LINKS:
      g_value_set_boolean (value, self->shows_links);
      break;
    case PROP_ABSOLUTE_TIME:
      g_value_set_boolean (value, self->absolute);
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
    case PROP_CURSOR_TIME:
      runnel_gantt_set_cursor_time (self, g_value_get_int64 (value));
      break;
    case PROP_ORDER:
      set_order (self, g_value_get_string (value));
      break;
    case PROP_CRITICAL_PATH:
      set_critical_path (self, g_value_get_boolean (value));
      break;
    case PROP_LINKS:
      set_links (self, g_value_get_boolean (value));
      break;
    case PROP_ABSOLUTE_TIME:
      set_absolute_time (self, g_value_get_boolean (value));
      break;
    case PROP_HADJUSTMENT:
      _runnel_gantt_view_set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      _runnel_gantt_view_set_adjustment (self, &self->vadjustment, g_value_get_object (value));
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
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_SELECTION] = g_param_spec_string ("selection", NULL, NULL, NULL, flags);
  properties[PROP_CURSOR_TIME] =
    g_param_spec_int64 ("cursor-time", NULL, NULL, -1, G_MAXINT64, -1, flags);
  properties[PROP_ORDER] = g_param_spec_string ("order", NULL, NULL, "start", flags);
  properties[PROP_CRITICAL_PATH] =
    g_param_spec_boolean ("critical-path", NULL, NULL, TRUE, flags);
  properties[PROP_LINKS] = g_param_spec_boolean ("links", NULL, NULL, FALSE, flags);
  properties[PROP_ABSOLUTE_TIME] =
    g_param_spec_boolean ("absolute-time", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
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
  widget_class->css_changed = runnel_gantt_css_changed;

  install_properties (object_class);
  g_signal_new ("step-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                NULL, G_TYPE_NONE, 2, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_UINT);
  g_signal_new ("view-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  g_signal_new ("lines-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "gantt");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  _runnel_gantt_class_actions_init ();
}

static void
runnel_gantt_init (RunnelGantt *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->selected_line = self->hovered_line = -1;
  self->cursor_time = -1;
  self->shows_critical = TRUE;
  self->tree = runnel_gantt_tree_new (NULL);
  self->painter = runnel_chart_painter_new (GTK_WIDGET (self));
  _runnel_gantt_view_init (self);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (style_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (style_changed_cb), self,
                           G_CONNECT_SWAPPED);
  _runnel_gantt_actions_init (self);
  _runnel_gantt_input_init (self);
  _runnel_gantt_update_accessible (self);
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

/* A step stays selected while the filter hides it. */
static gboolean
has_id (RunnelGantt *self,
        const char  *id)
{
  guint index;

  return self->tree->timing != NULL &&
         (runnel_timing_find_row (self->tree->timing, id, &index) ||
          runnel_gantt_tree_find_line (self->tree, id, &index));
}

/**
 * runnel_gantt_set_timing:
 * @self: a chart
 * @timing: (transfer full) (nullable): what to show
 *
 * Selection, zoom and what is folded stay when it is a later picture of the same run.
 */
void
runnel_gantt_set_timing (RunnelGantt  *self,
                         RunnelTiming *timing)
{
  const RunnelTiming *old;
  gboolean is_other;

  g_return_if_fail (RUNNEL_IS_GANTT (self));

  old = self->tree->timing;
  is_other = old == NULL || timing == NULL || old->run != timing->run;
  runnel_gantt_tree_set_timing (self->tree, timing);
  runnel_timing_unref (timing);
  if (is_other)
    {
      self->fitted = TRUE;
      runnel_gantt_set_cursor_time (self, -1);
    }
  if (self->selection != NULL && !has_id (self, self->selection))
    runnel_gantt_set_selection (self, NULL);
  _runnel_gantt_lines_changed (self);
  _runnel_gantt_view_update_tick (self);
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

  return self->tree->timing;
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
  guint line;

  g_return_if_fail (RUNNEL_IS_GANTT (self));

  if (id != NULL && !has_id (self, id))
    id = NULL;
  self->selected_line = -1;
  if (id != NULL && runnel_gantt_tree_find_line (self->tree, id, &line))
    self->selected_line = line;
  if (g_strcmp0 (self->selection, id) == 0)
    return;
  g_free (self->selection);
  self->selection = g_strdup (id);
  if (self->selected_line >= 0)
    _runnel_gantt_view_reveal_line (self, self->selected_line);
  g_clear_pointer (&self->links, g_array_unref);
  _runnel_gantt_update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}
