/* runnel-log-view.c: a log with what can be done with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/commands/runnel-keymap.h"
#include "designer/logs/runnel-log-view-private.h"
#include "designer/runnel-settings.h"

enum
{
  PROP_0,
  PROP_ALL_STEPS,
  PROP_WRAP,
  PROP_TIMES,
  N_PROPS
};

enum
{
  MESSAGE,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelLogView, runnel_log_view, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

#define RUNNEL_TYPE_LOG_TIMES_COLUMN (runnel_log_times_column_get_type ())
static GType
runnel_log_times_column_get_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    { RUNNEL_LOG_TIMES_NONE, "RUNNEL_LOG_TIMES_NONE", "none" },
    { RUNNEL_LOG_TIMES_RELATIVE, "RUNNEL_LOG_TIMES_RELATIVE", "relative" },
    { RUNNEL_LOG_TIMES_ABSOLUTE, "RUNNEL_LOG_TIMES_ABSOLUTE", "absolute" },
    { 0, NULL, NULL }
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("RunnelLogTimesColumn", values));
  return type;
}

/* Something a person is to know. */
void
_runnel_log_view_tell (RunnelLogView *self,
                       const char    *text)
{
  g_signal_emit (self, signals[MESSAGE], 0, text);
}

/* --- What is shown ------------------------------------------------------------------------- */

/* A log without anything in it says so, once it is sure that nothing comes. */
static void
update_page (RunnelLogView *self)
{
  gboolean is_empty = self->model && runnel_log_model_is_open (self->model) &&
                      runnel_log_model_get_size (self->model) == 0 &&
                      !runnel_log_model_is_live (self->model);

  if (!self->model)
    return;
  if (is_empty)
    gtk_label_set_label (self->message, _("Nothing was printed"));
  gtk_stack_set_visible_child_name (self->stack, is_empty ? "nothing" : "text");
}

static void
update_scrollbars (RunnelLogView *self)
{
  GtkAdjustment *adjustment = runnel_log_lines_get_hadjustment (self->lines);

  gtk_widget_set_visible (GTK_WIDGET (self->hscrollbar),
                          gtk_adjustment_get_upper (adjustment)
                            > gtk_adjustment_get_page_size (adjustment) + 1);
}

static void
model_changed_cb (RunnelLogView *self)
{
  update_page (self);
  _runnel_log_view_place_update (self);
  _runnel_log_view_find_update (self);
  _runnel_log_view_actions_update (self);
}

static void
close_model (RunnelLogView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->path, g_free);
  self->has_place = self->wants_error = self->is_finding = FALSE;
  self->wanted_line = self->wanted_time = -1;
  if (!self->model)
    return;
  g_signal_handlers_disconnect_by_data (self->model, self);
  runnel_log_lines_set_model (self->lines, NULL);
  runnel_log_marks_set_model (self->marks, NULL);
  runnel_log_model_close (self->model);
  g_clear_object (&self->model);
}

/* Takes the model. */
static void
show_model (RunnelLogView  *self,
            RunnelLogModel *model)
{
  self->model = model;
  runnel_log_lines_set_model (self->lines, model);
  runnel_log_marks_set_model (self->marks, model);
  g_signal_connect_swapped (model, "changed", G_CALLBACK (model_changed_cb), self);
  gtk_stack_set_visible_child_name (self->stack, "text");
  _runnel_log_view_find_begin (self);
  model_changed_cb (self);
}

static void
all_toggled_cb (RunnelLogView *self)
{
  runnel_log_view_set_all_steps (self, gtk_toggle_button_get_active (self->all_button));
}

/* --- The object ------------------------------------------------------------------------------ */

static void
runnel_log_view_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  RunnelLogView *self = RUNNEL_LOG_VIEW (object);

  switch (prop_id)
    {
    case PROP_ALL_STEPS:
      g_value_set_boolean (value, self->all_steps);
      break;
    case PROP_WRAP:
      g_value_set_boolean (value, runnel_log_lines_get_wrap (self->lines));
      break;
    case PROP_TIMES:
      g_value_set_enum (value, runnel_log_lines_get_times (self->lines));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
runnel_log_view_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  RunnelLogView *self = RUNNEL_LOG_VIEW (object);

  switch (prop_id)
    {
    case PROP_ALL_STEPS:
      runnel_log_view_set_all_steps (self, g_value_get_boolean (value));
      break;
    case PROP_WRAP:
      runnel_log_lines_set_wrap (self->lines, g_value_get_boolean (value));
      break;
    case PROP_TIMES:
      runnel_log_lines_set_times (self->lines, g_value_get_enum (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
runnel_log_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUNNEL_LOG_VIEW (widget)->lines));
}

static void
runnel_log_view_dispose (GObject *object)
{
  RunnelLogView *self = RUNNEL_LOG_VIEW (object);
  GtkWidget *child;

  if (self->lines)
    close_model (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUNNEL_TYPE_LOG_VIEW);
  /* That took only the children that have a name here. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (runnel_log_view_parent_class)->dispose (object);
}

static void
runnel_log_view_finalize (GObject *object)
{
  g_object_unref (RUNNEL_LOG_VIEW (object)->cancellable);

  G_OBJECT_CLASS (runnel_log_view_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-log-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, title);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, state_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, reason);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, errors_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, errors_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, all_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, follow_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, find_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, search_bar);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, entry);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, status);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, sieve_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, context_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, message);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, lines);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, marks);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, hscrollbar);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, vscrollbar);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, menu);
  gtk_widget_class_bind_template_callback (widget_class, all_toggled_cb);
}

static void
install_properties (GObjectClass *object_class)
{
  properties[PROP_ALL_STEPS] = g_param_spec_boolean (
    "all-steps", NULL, NULL, FALSE,
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_WRAP] = g_param_spec_boolean ("wrap", NULL, NULL, FALSE,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TIMES] = g_param_spec_enum ("times", NULL, NULL, RUNNEL_TYPE_LOG_TIMES_COLUMN,
                                              RUNNEL_LOG_TIMES_NONE,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
runnel_log_view_class_init (RunnelLogViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = runnel_log_view_get_property;
  object_class->set_property = runnel_log_view_set_property;
  object_class->dispose = runnel_log_view_dispose;
  object_class->finalize = runnel_log_view_finalize;
  widget_class->grab_focus = runnel_log_view_grab_focus;

  install_properties (object_class);
  signals[MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (RUNNEL_TYPE_STATE_LABEL);
  g_type_ensure (RUNNEL_TYPE_PATTERN_ENTRY);
  g_type_ensure (RUNNEL_TYPE_LOG_LINES);
  g_type_ensure (RUNNEL_TYPE_LOG_MARKS);
  bind_template (widget_class);
  _runnel_log_view_place_class (widget_class);
  _runnel_log_view_find_class (widget_class);
  _runnel_log_view_actions_class (widget_class);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "logview");
}

/* The keys of the table work where the lines have the keyboard, before the text view within. */
static void
add_keys (RunnelLogView *self)
{
  GListModel *shortcuts = runnel_keymap_get_shortcuts (runnel_keymap_get_default (), "log.");
  GtkEventController *controller = gtk_shortcut_controller_new_for_model (shortcuts);

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->lines), controller);
}

static void
runnel_log_view_init (RunnelLogView *self)
{
  GtkAdjustment *hadjustment;
  GSettings *settings = runnel_settings_get ();

  self->cancellable = g_cancellable_new ();
  self->wanted_line = self->wanted_time = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  hadjustment = runnel_log_lines_get_hadjustment (self->lines);
  gtk_scrollbar_set_adjustment (self->hscrollbar, hadjustment);
  gtk_scrollbar_set_adjustment (self->vscrollbar, runnel_log_lines_get_vadjustment (self->lines));
  g_signal_connect_object (hadjustment, "changed", G_CALLBACK (update_scrollbars), self,
                           G_CONNECT_SWAPPED);
  update_scrollbars (self);
  _runnel_log_view_find_init (self);
  add_keys (self);
  g_settings_bind (settings, "log-wrap", self, "wrap", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "log-times", self, "times", G_SETTINGS_BIND_DEFAULT);
  runnel_log_view_show_nothing (self, _("Select a step to see its log"));
}

/**
 * runnel_log_view_new:
 *
 * Returns: (transfer floating): a view of no log
 */
GtkWidget *
runnel_log_view_new (void)
{
  return g_object_new (RUNNEL_TYPE_LOG_VIEW, NULL);
}

/**
 * runnel_log_view_show_file:
 * @self: a log view
 * @title: what the log is of, for people
 * @path: (type filename): the log; it need not exist yet
 * @is_live: whether it may still grow
 *
 * Shows a log from its end on. The same log stays as it is.
 */
void
runnel_log_view_show_file (RunnelLogView *self,
                           const char    *title,
                           const char    *path,
                           gboolean       is_live)
{
  g_return_if_fail (RUNNEL_IS_LOG_VIEW (self));
  g_return_if_fail (path != NULL);

  gtk_label_set_label (self->title, title);
  if (g_strcmp0 (path, self->path) == 0)
    return;

  close_model (self);
  self->path = g_strdup (path);
  show_model (self, runnel_log_model_new (path, is_live));
}

/**
 * runnel_log_view_show_merge:
 * @self: a log view
 * @title: what the logs are of, for people
 * @merge: several logs
 * @is_live: whether they may still grow
 *
 * Shows several logs as one.
 */
void
runnel_log_view_show_merge (RunnelLogView  *self,
                            const char     *title,
                            RunnelLogMerge *merge,
                            gboolean        is_live)
{
  g_return_if_fail (RUNNEL_IS_LOG_VIEW (self));

  close_model (self);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->reason, "");
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), FALSE);
  show_model (self, runnel_log_model_new_for_merge (merge, is_live));
}

/**
 * runnel_log_view_shows_merge:
 * @self: a log view
 * @merge: several logs
 *
 * Returns: whether these are shown
 */
gboolean
runnel_log_view_shows_merge (RunnelLogView  *self,
                             RunnelLogMerge *merge)
{
  g_return_val_if_fail (RUNNEL_IS_LOG_VIEW (self), FALSE);

  return self->model && runnel_log_model_get_source (self->model) ==
                          runnel_log_merge_get_source (merge);
}

/**
 * runnel_log_view_show_nothing:
 * @self: a log view
 * @message: why there is no log
 *
 * Shows a sentence in place of a log.
 */
void
runnel_log_view_show_nothing (RunnelLogView *self,
                              const char    *message)
{
  g_return_if_fail (RUNNEL_IS_LOG_VIEW (self));

  close_model (self);
  gtk_label_set_label (self->title, _("Log"));
  gtk_label_set_label (self->reason, "");
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), FALSE);
  gtk_label_set_label (self->message, message);
  gtk_stack_set_visible_child_name (self->stack, "nothing");
  _runnel_log_view_find_update (self);
  _runnel_log_view_actions_update (self);
}

/**
 * runnel_log_view_set_outcome:
 * @self: a log view
 * @state: the state of what the log is of
 * @reason: (nullable): why, for people
 *
 * Says beside the title how it went. A log just shown keeps what was said of the one before:
 * to be called after runnel_log_view_show_file().
 */
void
runnel_log_view_set_outcome (RunnelLogView *self,
                             RunnelState    state,
                             const char    *reason)
{
  g_return_if_fail (RUNNEL_IS_LOG_VIEW (self));

  runnel_state_label_set_state (self->state_label, state);
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), TRUE);
  gtk_label_set_label (self->reason, reason != NULL ? reason : "");
}

/**
 * runnel_log_view_finish:
 * @self: a log view
 *
 * Says that the log shown is complete: the rest of it is read, and then no more.
 */
void
runnel_log_view_finish (RunnelLogView *self)
{
  g_return_if_fail (RUNNEL_IS_LOG_VIEW (self));

  if (self->model)
    runnel_log_model_set_live (self->model, FALSE);
}

/**
 * runnel_log_view_get_path:
 * @self: a log view
 *
 * Returns: (nullable) (type filename): the log shown
 */
const char *
runnel_log_view_get_path (RunnelLogView *self)
{
  g_return_val_if_fail (RUNNEL_IS_LOG_VIEW (self), NULL);

  return self->path;
}

/**
 * runnel_log_view_set_has_all_steps:
 * @self: a log view
 * @has_all_steps: whether the logs of all steps can be shown as one
 */
void
runnel_log_view_set_has_all_steps (RunnelLogView *self,
                                   gboolean       has_all_steps)
{
  g_return_if_fail (RUNNEL_IS_LOG_VIEW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->all_button), has_all_steps);
  _runnel_log_view_actions_update (self);
}

gboolean
runnel_log_view_get_all_steps (RunnelLogView *self)
{
  return self->all_steps;
}

/**
 * runnel_log_view_set_all_steps:
 * @self: a log view
 * @all_steps: whether the logs of all steps are wanted as one; who owns the view shows them
 */
void
runnel_log_view_set_all_steps (RunnelLogView *self,
                               gboolean       all_steps)
{
  g_return_if_fail (RUNNEL_IS_LOG_VIEW (self));

  if (self->all_steps == all_steps)
    return;
  self->all_steps = all_steps;
  gtk_toggle_button_set_active (self->all_button, all_steps);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ALL_STEPS]);
}

/**
 * runnel_log_view_has_focus:
 * @self: a log view
 *
 * Returns: whether it has the keyboard, so that what is looked for is looked for in it
 */
gboolean
runnel_log_view_has_focus (RunnelLogView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}
