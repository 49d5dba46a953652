/* runnel-alert-watch.c: looks at the rules from time to time while the application is open
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/alerts/runnel-alert-source.h"
#include "designer/alerts/runnel-alert-watch.h"
#include "designer/runs/runnel-designer-history.h"
#include "history/runnel-history-service.h"

#define COUNT_INTERVAL_S 5
#define COUNTS_PER_CHECK 12

struct _RunnelAlertWatch
{
  GObject parent_instance;

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

  if (incidents == NULL || incidents->len == self->n_open)
    return;
  self->n_open = incidents->len;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_OPEN]);
}

static void
count (RunnelAlertWatch *self)
{
  runnel_history_service_list_incidents_async (runnel_designer_get_history (), /* only_open= */ TRUE, 0, NULL,
                                               counted_cb, g_object_ref (self));
}

/* Whoever can't be told now is told later; the page of alerts says why. */
static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RunnelAlertWatch) self = user_data;

  runnel_alert_source_call_finish (result, NULL);
  count (self);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RunnelAlertWatch) self = user_data;
  g_autoptr(RunnelAlertConfig) config = runnel_alert_source_load_finish (result, NULL);
  const char *arguments[] = { "check", NULL };

  if (config != NULL && config->rules->len > 0)
    runnel_alert_source_call_async (arguments, NULL, checked_cb, g_object_ref (self));
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
  runnel_alert_source_load_async (NULL, loaded_cb, g_object_ref (self));
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
  g_clear_handle_id (&RUNNEL_ALERT_WATCH (object)->timeout, g_source_remove);
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
