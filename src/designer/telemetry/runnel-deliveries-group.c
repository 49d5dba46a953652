/* runnel-deliveries-group.c: what became of what receivers were to be told
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/telemetry/runnel-deliveries-group.h"
#include "telemetry/runnel-dispatch.h"
#include "telemetry/runnel-probe.h"
#include "telemetry/runnel-receiver-status.h"
#include "util/runnel-format.h"
#include "util/runnel-task.h"

#define N_RECEIVERS 2

#define MARK "runnel-mark" /* a row's image */

/* In the order of runnel_receiver_names. */
static const char *const titles[N_RECEIVERS] = { N_("OpenTelemetry"), N_("Webhook") };

struct _RunnelDeliveriesGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *rows[N_RECEIVERS];
  AdwActionRow *test_row;
  GtkWidget *test_button;
  GtkWidget *send_button;
  GPtrArray *answers;   /* of GtkWidget, borrowed: what the test, or what was sent, came to */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (RunnelDeliveriesGroup, runnel_deliveries_group, ADW_TYPE_PREFERENCES_GROUP)

/* --- Marks --- */

static void
add_mark (AdwActionRow *row)
{
  GtkWidget *image = gtk_image_new ();

  gtk_widget_set_visible (image, FALSE);
  adw_action_row_add_prefix (row, image);
  g_object_set_data (G_OBJECT (row), MARK, image);
}

static void
show_mark (AdwActionRow *row,
           gboolean      is_shown,
           gboolean      is_ok)
{
  GtkWidget *image = g_object_get_data (G_OBJECT (row), MARK);
  const char *name = is_ok ? _("Fine") : _("Failed");

  gtk_widget_set_visible (image, is_shown);
  gtk_image_set_from_icon_name (GTK_IMAGE (image),
                                is_ok ? "emblem-ok-symbolic" : "dialog-warning-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* --- How it stands --- */

typedef struct
{
  RunnelReceiverStatus statuses[N_RECEIVERS];
  gboolean is_told[N_RECEIVERS]; /* the settings say so */
  gboolean any_waits;
} Standing;

static void
standing_free (gpointer data)
{
  Standing *self = data;

  for (guint i = 0; i < N_RECEIVERS; i++)
    runnel_receiver_status_clear (&self->statuses[i]);
  g_free (self);
}

static void
load_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Standing *standing = g_new0 (Standing, 1);
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();
  g_autoptr(RunnelTelemetryConfig) config = runnel_telemetry_config_new (settings, NULL);

  for (guint i = 0; i < N_RECEIVERS; i++)
    {
      runnel_receiver_status_load (runnel_receiver_names[i], &standing->statuses[i]);
      standing->any_waits |= standing->statuses[i].waiting.n_parcels > 0;
    }
  standing->is_told[0] = config && config->otlp;
  standing->is_told[1] = config && config->webhook;
  g_task_return_pointer (task, standing, standing_free);
}

static char *
describe (const RunnelReceiverStatus *status)
{
  const RunnelDeliveryRecord *record = &status->record;
  g_autofree char *age = NULL;
  GString *text = g_string_new (NULL);

  /* translators: spans, values and events that a receiver of telemetry got, did not get yet, and
   * will never get */
  g_string_append_printf (text, _("%lu sent, %u waiting, %lu lost"),
                          (gulong) record->n_sent, status->waiting.n_facts,
                          (gulong) record->n_dropped);
  if (record->delivered > 0)
    {
      age = runnel_format_age (record->delivered, g_get_real_time ());
      /* translators: %s is how long ago something was sent */
      g_string_append_printf (text, _("; latest %s"), age);
    }
  if (!runnel_delivery_record_is_ok (record) && record->problem)
    g_string_append_printf (text, "\n%s", record->problem);
  return g_string_free (text, FALSE);
}

static void
show_row (AdwActionRow               *row,
          const RunnelReceiverStatus *status,
          gboolean                    is_told)
{
  g_autofree char *text = describe (status);
  g_autofree char *subtitle = is_told ? g_markup_escape_text (text, -1) : g_strdup (_("Off"));

  adw_action_row_set_subtitle (row, subtitle);
  show_mark (row, is_told, runnel_delivery_record_is_ok (&status->record));
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RunnelDeliveriesGroup *self = RUNNEL_DELIVERIES_GROUP (object);
  Standing *standing = g_task_propagate_pointer (G_TASK (result), NULL);
  gboolean any_told;

  if (!standing)
    return;
  any_told = standing->is_told[0] || standing->is_told[1];
  for (guint i = 0; i < N_RECEIVERS; i++)
    show_row (self->rows[i], &standing->statuses[i], standing->is_told[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->test_row), any_told);
  gtk_widget_set_visible (self->send_button, standing->any_waits);
  standing_free (standing);
}

/* --- Answers --- */

static void
show_answer (RunnelDeliveriesGroup *self,
             const char            *title,
             const char            *text,
             gboolean               is_ok)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle = g_markup_escape_text (text, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  add_mark (ADW_ACTION_ROW (row));
  show_mark (ADW_ACTION_ROW (row), TRUE, is_ok);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->answers, row);
}

static void
forget_answers (RunnelDeliveriesGroup *self)
{
  for (guint i = 0; i < self->answers->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->answers->pdata[i]);
  g_ptr_array_set_size (self->answers, 0);
}

static void
set_busy (RunnelDeliveriesGroup *self,
          gboolean               is_busy)
{
  gtk_widget_set_sensitive (self->test_button, !is_busy);
  gtk_widget_set_sensitive (self->send_button, !is_busy);
}

/* Runs something that waits for answers; nothing else until it is done. */
static void
ask (RunnelDeliveriesGroup *self,
     GTaskThreadFunc        thread,
     GAsyncReadyCallback    callback)
{
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, callback, NULL);

  forget_answers (self);
  set_busy (self, TRUE);
  runnel_task_run_in_thread (task, thread);
}

static GPtrArray *
finish (RunnelDeliveriesGroup *self,
        GAsyncResult          *result,
        GError               **error)
{
  GPtrArray *answers = g_task_propagate_pointer (G_TASK (result), error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return answers;
  set_busy (self, FALSE);
  if (!answers && error)
    show_answer (self, _("Nothing is sent"), (*error)->message, FALSE);
  runnel_deliveries_group_load (self);
  return answers;
}

static RunnelTelemetryConfig *
load_config (GTask           *task,
             RunnelSettings **ret_settings)
{
  GError *error = NULL;
  RunnelTelemetryConfig *config;

  *ret_settings = runnel_settings_load ();
  config = runnel_telemetry_config_new (*ret_settings, &error);
  if (!config)
    g_task_return_error (task, error);
  return config;
}

/* --- The test --- */

static void
test_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autoptr(RunnelSettings) settings = NULL;
  g_autoptr(RunnelTelemetryConfig) config = load_config (task, &settings);

  if (config)
    g_task_return_pointer (task, runnel_probe_all (config, settings, cancellable),
                           (GDestroyNotify) g_ptr_array_unref);
}

static void
tested_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RunnelDeliveriesGroup *self = RUNNEL_DELIVERIES_GROUP (object);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) probes = finish (self, result, &error);

  for (guint i = 0; probes && i < probes->len; i++)
    {
      const RunnelProbe *probe = g_ptr_array_index (probes, i);

      show_answer (self, probe->what, probe->answer, probe->ok);
    }
}

static void
test_cb (RunnelDeliveriesGroup *self)
{
  ask (self, test_thread, tested_cb);
}

/* --- What waits --- */

static void
send_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autoptr(RunnelSettings) settings = NULL;
  g_autoptr(RunnelTelemetryConfig) config = load_config (task, &settings);

  if (config)
    g_task_return_pointer (task, runnel_dispatch_waiting (config),
                           (GDestroyNotify) g_ptr_array_unref);
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  RunnelDeliveriesGroup *self = RUNNEL_DELIVERIES_GROUP (object);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) dispatches = finish (self, result, &error);

  for (guint i = 0; dispatches && i < dispatches->len; i++)
    {
      const RunnelDispatch *dispatch = g_ptr_array_index (dispatches, i);

      if (dispatch->problem)
        show_answer (self, dispatch->receiver, dispatch->problem, FALSE);
    }
}

static void
send_cb (RunnelDeliveriesGroup *self)
{
  ask (self, send_thread, sent_cb);
}

/* --- The group --- */

static void
runnel_deliveries_group_dispose (GObject *object)
{
  RunnelDeliveriesGroup *self = RUNNEL_DELIVERIES_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (runnel_deliveries_group_parent_class)->dispose (object);
}

static void
runnel_deliveries_group_finalize (GObject *object)
{
  RunnelDeliveriesGroup *self = RUNNEL_DELIVERIES_GROUP (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->answers);
  G_OBJECT_CLASS (runnel_deliveries_group_parent_class)->finalize (object);
}

static void
runnel_deliveries_group_class_init (RunnelDeliveriesGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_deliveries_group_dispose;
  object_class->finalize = runnel_deliveries_group_finalize;
}

static AdwActionRow *
add_row (RunnelDeliveriesGroup *self,
         const char            *title,
         const char            *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  return ADW_ACTION_ROW (row);
}

static GtkWidget *
create_button (RunnelDeliveriesGroup *self,
               const char            *label,
               GCallback              clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static void
runnel_deliveries_group_init (RunnelDeliveriesGroup *self)
{
  self->answers = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Deliveries"));
  for (guint i = 0; i < N_RECEIVERS; i++)
    {
      self->rows[i] = add_row (self, _(titles[i]), _("Off"));
      add_mark (self->rows[i]);
    }
  self->send_button = create_button (self, _("_Send What Waits"), G_CALLBACK (send_cb));
  gtk_widget_set_visible (self->send_button, FALSE);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->send_button);
  self->test_row = add_row (self, _("Try It"), _("Sends something that is about no run"));
  self->test_button = create_button (self, _("Send a _Test"), G_CALLBACK (test_cb));
  adw_action_row_add_suffix (self->test_row, self->test_button);
  adw_action_row_set_activatable_widget (self->test_row, self->test_button);
  gtk_widget_set_visible (GTK_WIDGET (self->test_row), FALSE);
}

/**
 * runnel_deliveries_group_load:
 *
 * Reads the settings and what is known of deliveries, in a thread, and shows it.
 */
void
runnel_deliveries_group_load (RunnelDeliveriesGroup *self)
{
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, loaded_cb, NULL);

  runnel_task_run_in_thread (task, load_thread);
}
