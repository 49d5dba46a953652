/* runnel-alert-watch.c: looks at the rules from time to time while the application is open
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "alerts/runnel-alert-config.h"
#include "designer/alerts/runnel-alert-process.h"
#include "designer/alerts/runnel-alert-watch.h"
#include "designer/runnel-machine-settings.h"
#include "designer/runs/runnel-designer-history.h"
#include "history/runnel-history-service.h"

#define COUNT_INTERVAL_S 5
#define COUNTS_PER_CHECK 12

struct _RunnelAlertWatch
{
  GObject parent_instance;

  RunnelMachineSettings *settings;
  gint64 version; /* of the history that was counted; -1 = none */
  guint n_open;
  guint n_counts; /* since rules were looked at */
  guint timeout;
};

G_DEFINE_FINAL_TYPE (RunnelAlertWatch, runnel_alert_watch, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_N_OPEN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RunnelAlertWatch) self = user_data;
  g_autoptr(GPtrArray) incidents =
    runnel_history_service_list_incidents_finish (RUNNEL_HISTORY_SERVICE (object), result, NULL);

  if (incidents == NULL)
    self->version = -1;
  if (incidents == NULL || incidents->len == self->n_open)
    return;
  self->n_open = incidents->len;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_OPEN]);
}

static void
version_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RunnelAlertWatch) self = user_data;
  RunnelHistoryService *history = RUNNEL_HISTORY_SERVICE (object);
  gint64 version = runnel_history_service_get_version_finish (history, result, NULL);

  if (version < 0 || version == self->version)
    return;
  self->version = version;
  runnel_history_service_list_incidents_async (history, /* only_open= */ TRUE, 0, NULL, counted_cb,
                                               g_object_ref (self));
}

/* As a list of runs does, it first asks whether anything was written. */
static void
count (RunnelAlertWatch *self)
{
  runnel_history_service_get_version_async (runnel_designer_get_history (), NULL, version_cb,
                                            g_object_ref (self));
}

/* Whoever can't be told now is told later; the page of alerts says why. */
static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RunnelAlertWatch) self = user_data;

  runnel_alert_process_call_finish (result, NULL);
  count (self);
}

static void
loaded_cb (RunnelAlertWatch *self,
           RunnelSettings   *settings)
{
  g_autoptr(RunnelAlertConfig) config = runnel_alert_config_new_for (settings);
  const char *arguments[] = { "check", NULL };

  if (config->rules->len > 0)
    runnel_alert_process_call_async (arguments, NULL, checked_cb, g_object_ref (self));
  else
    count (self);
}

/* What runs find at their end is counted soon; what is found because nothing runs has time. */
static gboolean
look_cb (gpointer user_data)
{
  RunnelAlertWatch *self = user_data;

  if (++self->n_counts < COUNTS_PER_CHECK)
    {
      count (self);
      return G_SOURCE_CONTINUE;
    }
  self->n_counts = 0;
  runnel_machine_settings_load (self->settings);
  return G_SOURCE_CONTINUE;
}

/**
 * runnel_alert_watch_start:
 *
 * Looks at the rules once a minute, as long as the application runs, and counts what is open more
 * often.
 */
void
runnel_alert_watch_start (RunnelAlertWatch *self)
{
  g_return_if_fail (RUNNEL_IS_ALERT_WATCH (self));

  if (self->timeout != 0)
    return;
  self->timeout = g_timeout_add_seconds (COUNT_INTERVAL_S, look_cb, self);
  count (self);
}

static void
runnel_alert_watch_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  if (id == PROP_N_OPEN)
    g_value_set_uint (value, RUNNEL_ALERT_WATCH (object)->n_open);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
runnel_alert_watch_finalize (GObject *object)
{
  RunnelAlertWatch *self = RUNNEL_ALERT_WATCH (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  runnel_machine_settings_stop (self->settings);
  g_object_unref (self->settings);
  G_OBJECT_CLASS (runnel_alert_watch_parent_class)->finalize (object);
}

static void
runnel_alert_watch_class_init (RunnelAlertWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = runnel_alert_watch_get_property;
  object_class->finalize = runnel_alert_watch_finalize;
  properties[PROP_N_OPEN] = g_param_spec_uint ("n-open", NULL, NULL, 0, G_MAXUINT, 0,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
runnel_alert_watch_init (RunnelAlertWatch *self)
{
  self->version = -1;
  self->settings = runnel_machine_settings_new ();
  g_signal_connect_object (self->settings, "loaded", G_CALLBACK (loaded_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * runnel_alert_watch_get:
 *
 * Returns: (transfer none): the one of this process
 */
RunnelAlertWatch *
runnel_alert_watch_get (void)
{
  static RunnelAlertWatch *watch;

  if (watch == NULL)
    watch = g_object_new (RUNNEL_TYPE_ALERT_WATCH, NULL);
  return watch;
}
