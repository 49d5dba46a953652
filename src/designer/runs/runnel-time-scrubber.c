/* runnel-time-scrubber.c: moves through the time of a run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-tip.h"
#include "designer/runs/runnel-time-scrubber.h"
#include "util/runnel-format.h"

/* A short run is to be followed, a long one to be seen within a minute. */
static const guint speeds[] = { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000 };
#define WATCH_TIME (30 * G_TIME_SPAN_SECOND)

#define STEPS 100 /* that the arrows take for the whole run */
#define PAGES 10

struct _RunnelTimeScrubber
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkButton *play_button;
  GtkScale *scale;
  GtkAdjustment *adjustment; /* microseconds since the start */
  GtkLabel *time_label;
  GtkDropDown *speed_dropdown;

  gint64 start, end;
  gint64 time;               /* RUNNEL_TIME_SCRUBBER_END = the end, also when that moves on */
  gint64 last_frame;         /* monotonic, while it plays */
  guint tick;
  gboolean is_live;
  gboolean updating;
  gboolean is_speed_chosen;  /* by the person */
};

G_DEFINE_FINAL_TYPE (RunnelTimeScrubber, runnel_time_scrubber, GTK_TYPE_WIDGET)

enum { PROP_TIME = 1, PROP_PLAYING, N_PROPS };
static GParamSpec *properties[N_PROPS];
static guint step_signal;

static gint64
get_moment (RunnelTimeScrubber *self)
{
  return self->time == RUNNEL_TIME_SCRUBBER_END ? self->end : self->time;
}

/* --- What is shown ------------------------------------------------------------------------------ */

static void
update_label (RunnelTimeScrubber *self)
{
  g_autofree char *moment = runnel_format_duration (get_moment (self) - self->start);
  g_autofree char *length = runnel_format_duration (self->end - self->start);
  g_autofree char *clock = runnel_format_time (get_moment (self));
  g_autofree char *text = NULL;

  if (self->is_live && self->time == RUNNEL_TIME_SCRUBBER_END)
    text = g_strdup_printf (_("live, %s"), length);
  else
    /* translators: a moment of a run, and how long the run took: "12 s of 1 min 5 s" */
    text = g_strdup_printf (_("%s of %s"), moment, length);
  gtk_label_set_label (self->time_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->time_label), clock);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text, -1);
}

static void
update_scale (RunnelTimeScrubber *self)
{
  double length = MAX (self->end - self->start, 1);

  self->updating = TRUE;
  gtk_adjustment_configure (self->adjustment, get_moment (self) - self->start, 0, length,
                            length / STEPS, length / PAGES, 0);
  self->updating = FALSE;
  update_label (self);
}

static void
update_button (RunnelTimeScrubber *self)
{
  gboolean playing = runnel_time_scrubber_get_playing (self);

  gtk_button_set_icon_name (self->play_button, playing ? "media-playback-pause-symbolic"
                                                       : "media-playback-start-symbolic");
  runnel_tip_set (GTK_WIDGET (self->play_button), playing ? _("Stop the Replay") : _("Replay the Run"));
}

/* --- Moving ---------------------------------------------------------------------------------------- */

static void
value_changed_cb (RunnelTimeScrubber *self)
{
  gint64 time = self->start + (gint64) gtk_adjustment_get_value (self->adjustment);

  if (!self->updating)
    runnel_time_scrubber_set_time (self, time);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  RunnelTimeScrubber *self = RUNNEL_TIME_SCRUBBER (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  gint64 passed = self->last_frame > 0 ? now - self->last_frame : 0;
  gint64 time = get_moment (self) + passed * runnel_time_scrubber_get_speed (self);

  self->last_frame = now;
  if (time < self->end)
    {
      runnel_time_scrubber_set_time (self, time);
      return G_SOURCE_CONTINUE;
    }
  runnel_time_scrubber_set_time (self, RUNNEL_TIME_SCRUBBER_END);
  runnel_time_scrubber_set_playing (self, FALSE);
  return G_SOURCE_CONTINUE; /* it is removed already */
}

static void
play_clicked_cb (RunnelTimeScrubber *self)
{
  runnel_time_scrubber_set_playing (self, !runnel_time_scrubber_get_playing (self));
}

static void
speed_selected_cb (RunnelTimeScrubber *self)
{
  if (!self->updating)
    self->is_speed_chosen = TRUE;
}

/* --- Keys ------------------------------------------------------------------------------------------- */

static gboolean
play_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  play_clicked_cb (user_data);
  return GDK_EVENT_STOP;
}

static gboolean
step_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  g_signal_emit (user_data, step_signal, 0, g_variant_get_boolean (arguments));
  return GDK_EVENT_STOP;
}

static gboolean
speed_key_cb (GtkWidget *widget,
              GVariant  *arguments,
              gpointer   user_data)
{
  runnel_time_scrubber_change_speed (user_data, g_variant_get_int32 (arguments));
  return GDK_EVENT_STOP;
}

/* Caught on the way in: the slider has other ideas about some of them. The rest of its keys is as
 * good as any. */
static void
add_keys (RunnelTimeScrubber *self)
{
  const struct
  {
    const char *keys;
    GtkShortcutFunc func;
    GVariant *arguments;
  } shortcuts[] = {
    { "space|KP_Space", play_key_cb, NULL },
    { "<Control>Left|<Control>KP_Left", step_key_cb, g_variant_new_boolean (TRUE) },
    { "<Control>Right|<Control>KP_Right", step_key_cb, g_variant_new_boolean (FALSE) },
    { "plus|KP_Add", speed_key_cb, g_variant_new_int32 (1) },
    { "minus|KP_Subtract", speed_key_cb, g_variant_new_int32 (-1) },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      GtkShortcut *shortcut =
        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i].keys),
                          gtk_callback_action_new (shortcuts[i].func, self, NULL));

      gtk_shortcut_set_arguments (shortcut, shortcuts[i].arguments);
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->scale), controller);
}

/* --- The widget --------------------------------------------------------------------------------------- */

static gboolean
runnel_time_scrubber_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUNNEL_TIME_SCRUBBER (widget)->scale));
}

static void
runnel_time_scrubber_unmap (GtkWidget *widget)
{
  runnel_time_scrubber_set_playing (RUNNEL_TIME_SCRUBBER (widget), FALSE);
  GTK_WIDGET_CLASS (runnel_time_scrubber_parent_class)->unmap (widget);
}

static void
runnel_time_scrubber_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  RunnelTimeScrubber *self = RUNNEL_TIME_SCRUBBER (object);

  if (prop_id == PROP_TIME)
    g_value_set_int64 (value, self->time);
  else
    g_value_set_boolean (value, runnel_time_scrubber_get_playing (self));
}

static void
runnel_time_scrubber_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  RunnelTimeScrubber *self = RUNNEL_TIME_SCRUBBER (object);

  if (prop_id == PROP_TIME)
    runnel_time_scrubber_set_time (self, g_value_get_int64 (value));
  else
    runnel_time_scrubber_set_playing (self, g_value_get_boolean (value));
}

static void
runnel_time_scrubber_dispose (GObject *object)
{
  GtkWidget *child;

  runnel_time_scrubber_set_playing (RUNNEL_TIME_SCRUBBER (object), FALSE);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUNNEL_TYPE_TIME_SCRUBBER);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (runnel_time_scrubber_parent_class)->dispose (object);
}

static void
runnel_time_scrubber_class_init (RunnelTimeScrubberClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = runnel_time_scrubber_get_property;
  object_class->set_property = runnel_time_scrubber_set_property;
  object_class->dispose = runnel_time_scrubber_dispose;
  widget_class->grab_focus = runnel_time_scrubber_grab_focus;
  widget_class->unmap = runnel_time_scrubber_unmap;

  properties[PROP_TIME] =
    g_param_spec_int64 ("time", NULL, NULL, RUNNEL_TIME_SCRUBBER_END, G_MAXINT64,
                        RUNNEL_TIME_SCRUBBER_END,
                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_PLAYING] =
    g_param_spec_boolean ("playing", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  step_signal = g_signal_new ("step", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-time-scrubber.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelTimeScrubber, play_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelTimeScrubber, scale);
  gtk_widget_class_bind_template_child (widget_class, RunnelTimeScrubber, adjustment);
  gtk_widget_class_bind_template_child (widget_class, RunnelTimeScrubber, time_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelTimeScrubber, speed_dropdown);
  gtk_widget_class_bind_template_callback (widget_class, value_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, play_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, speed_selected_cb);
  gtk_widget_class_set_css_name (widget_class, "timescrubber");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkStringList *
list_speeds (void)
{
  GtkStringList *titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (speeds); i++)
    gtk_string_list_take (titles, g_strdup_printf ("%u×", speeds[i]));
  return titles;
}

static void
runnel_time_scrubber_init (RunnelTimeScrubber *self)
{
  g_autoptr(GtkStringList) titles = list_speeds ();

  self->time = RUNNEL_TIME_SCRUBBER_END;
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_down_set_model (self->speed_dropdown, G_LIST_MODEL (titles));
  self->updating = FALSE;
  add_keys (self);
  update_scale (self);
  update_button (self);
}

/**
 * runnel_time_scrubber_new:
 *
 * Returns: (transfer floating): a scrubber of no time
 */
GtkWidget *
runnel_time_scrubber_new (void)
{
  return g_object_new (RUNNEL_TYPE_TIME_SCRUBBER, NULL);
}

/* The slowest speed at which the whole is seen in good time. */
static guint
find_speed (gint64 length)
{
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (speeds) && length / speeds[i] > WATCH_TIME)
    i++;
  return i;
}

/**
 * runnel_time_scrubber_set_range:
 * @self: a time scrubber
 * @start: when the run began, in microseconds since 1970
 * @end: when it ended, or what is known of it ends
 * @is_live: whether the run goes on
 */
void
runnel_time_scrubber_set_range (RunnelTimeScrubber *self,
                                gint64              start,
                                gint64              end,
                                gboolean            is_live)
{
  g_return_if_fail (RUNNEL_IS_TIME_SCRUBBER (self));

  self->start = start;
  self->end = MAX (end, start);
  self->is_live = is_live;
  self->updating = TRUE;
  if (!self->is_speed_chosen)
    gtk_drop_down_set_selected (self->speed_dropdown, find_speed (self->end - self->start));
  self->updating = FALSE;
  update_scale (self);
}

gint64
runnel_time_scrubber_get_time (RunnelTimeScrubber *self)
{
  g_return_val_if_fail (RUNNEL_IS_TIME_SCRUBBER (self), RUNNEL_TIME_SCRUBBER_END);

  return self->time;
}

/**
 * runnel_time_scrubber_set_time:
 * @self: a time scrubber
 * @time: a moment, in microseconds since 1970; one that is not before the end is
 *   %RUNNEL_TIME_SCRUBBER_END
 */
void
runnel_time_scrubber_set_time (RunnelTimeScrubber *self,
                               gint64              time)
{
  g_return_if_fail (RUNNEL_IS_TIME_SCRUBBER (self));

  if (time != RUNNEL_TIME_SCRUBBER_END)
    time = time >= self->end ? RUNNEL_TIME_SCRUBBER_END : MAX (time, self->start);
  if (self->time == time)
    return;
  self->time = time;
  update_scale (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TIME]);
}

gboolean
runnel_time_scrubber_get_playing (RunnelTimeScrubber *self)
{
  g_return_val_if_fail (RUNNEL_IS_TIME_SCRUBBER (self), FALSE);

  return self->tick != 0;
}

/**
 * runnel_time_scrubber_set_playing:
 * @self: a time scrubber
 * @playing: whether time is to pass
 *
 * From the end it begins at the start. It stops by itself at the end.
 */
void
runnel_time_scrubber_set_playing (RunnelTimeScrubber *self,
                                  gboolean            playing)
{
  g_return_if_fail (RUNNEL_IS_TIME_SCRUBBER (self));

  if (playing == runnel_time_scrubber_get_playing (self))
    return;
  if (playing && self->time == RUNNEL_TIME_SCRUBBER_END)
    runnel_time_scrubber_set_time (self, self->start);
  self->last_frame = 0;
  if (playing)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
  else
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
      self->tick = 0;
    }
  update_button (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYING]);
}

/**
 * runnel_time_scrubber_get_speed:
 * @self: a time scrubber
 *
 * Returns: how many times as fast as the run was it plays, 1..1000
 */
guint
runnel_time_scrubber_get_speed (RunnelTimeScrubber *self)
{
  guint selected;

  g_return_val_if_fail (RUNNEL_IS_TIME_SCRUBBER (self), 1);

  selected = gtk_drop_down_get_selected (self->speed_dropdown);
  return speeds[MIN (selected, G_N_ELEMENTS (speeds) - 1)];
}

/**
 * runnel_time_scrubber_change_speed:
 * @self: a time scrubber
 * @change: by how many of the speeds it has; below 0 for slower
 */
void
runnel_time_scrubber_change_speed (RunnelTimeScrubber *self,
                                   int                 change)
{
  int selected;

  g_return_if_fail (RUNNEL_IS_TIME_SCRUBBER (self));

  selected = (int) gtk_drop_down_get_selected (self->speed_dropdown) + change;
  gtk_drop_down_set_selected (self->speed_dropdown,
                              CLAMP (selected, 0, (int) G_N_ELEMENTS (speeds) - 1));
}
