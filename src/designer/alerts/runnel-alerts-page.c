/* runnel-alerts-page.c: what is wrong by the rules, the rules, and who is told
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/alerts/runnel-alert-process.h"
#include "designer/alerts/runnel-alerts-page.h"
#include "designer/alerts/runnel-channel-dialog.h"
#include "designer/alerts/runnel-incident-row.h"
#include "designer/alerts/runnel-rule-dialog.h"
#include "designer/compat/runnel-tip.h"
#include "designer/runnel-machine-settings.h"
#include "designer/runs/runnel-designer-history.h"

#define MAX_INCIDENTS 50
#define REFRESH_INTERVAL_S 10

/* The rule or channel that a button is about. */
#define NAME "runnel-name"

struct _RunnelAlertsPage
{
  RunnelPage parent_instance;

  /* Template widgets */
  AdwPreferencesGroup *open_group;
  GtkWidget *check_button;
  AdwPreferencesGroup *rules_group;
  GtkWidget *add_rule_button;
  AdwPreferencesGroup *channels_group;
  AdwPreferencesGroup *resolved_group;

  RunnelMachineSettings *settings;
  RunnelAlertConfig *config;
  GPtrArray *rows;          /* of Row: what the groups hold at the moment */
  GPtrArray *incident_rows; /* of Row, of the groups of incidents */
  char *shown;              /* by the rows of incidents: they stay when it is the same */
  GCancellable *cancellable;
  guint refresh_timeout;
};

G_DEFINE_FINAL_TYPE (RunnelAlertsPage, runnel_alerts_page, RUNNEL_TYPE_PAGE)

static guint message_signal;

static void load_incidents (RunnelAlertsPage *self);

typedef struct
{
  AdwPreferencesGroup *group; /* both borrowed */
  GtkWidget *widget;
} Row;

static void
add_row (GPtrArray           *rows,
         AdwPreferencesGroup *group,
         GtkWidget           *widget)
{
  Row *row = g_new (Row, 1);

  row->group = group;
  row->widget = widget;
  adw_preferences_group_add (group, widget);
  g_ptr_array_add (rows, row);
}

static void
clear_rows (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = g_ptr_array_index (rows, i);

      adw_preferences_group_remove (row->group, row->widget);
    }
  g_ptr_array_set_size (rows, 0);
}

static void
tell (RunnelAlertsPage *self,
      const char       *text)
{
  g_signal_emit (self, message_signal, 0, text);
}

static GtkWindow *
get_window (RunnelAlertsPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static GtkWidget *
create_text_row (const char *title,
                 const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *subtitle_markup = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle_markup);
  return row;
}

/* --- Changing rules and channels --- */

static void
take_out (RunnelAlertsPage *self,
          const char       *table,
          GtkWidget        *button)
{
  g_autofree char *key =
    runnel_alert_config_make_key (table, g_object_get_data (G_OBJECT (button), NAME));

  runnel_machine_settings_set (self->settings, key, NULL);
}

static void
remove_rule_cb (GtkWidget        *button,
                RunnelAlertsPage *self)
{
  take_out (self, "rules", button);
}

static void
remove_channel_cb (GtkWidget        *button,
                   RunnelAlertsPage *self)
{
  take_out (self, "channels", button);
}

static void
open_dialog (RunnelAlertsPage *self,
             GtkWindow        *dialog)
{
  g_signal_connect_object (dialog, "saved", G_CALLBACK (runnel_machine_settings_load),
                           self->settings, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
change_rule_cb (GtkWidget        *row,
                RunnelAlertsPage *self)
{
  const RunnelAlertRule *rule =
    runnel_alert_config_find_rule (self->config, g_object_get_data (G_OBJECT (row), NAME));

  if (rule != NULL)
    open_dialog (self, runnel_rule_dialog_new (get_window (self), self->config, rule));
}

static void
add_rule_cb (RunnelAlertsPage *self)
{
  if (self->config != NULL)
    open_dialog (self, runnel_rule_dialog_new (get_window (self), self->config, NULL));
}

static void
add_channel_cb (RunnelAlertsPage *self)
{
  open_dialog (self, runnel_channel_dialog_new (get_window (self)));
}

/* --- Telling --- */

static void
tested_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RunnelAlertsPage *self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean ok = runnel_alert_process_call_finish (result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell (self, ok ? _("A test message was sent") : error->message);
}

static void
test_cb (GtkWidget        *button,
         RunnelAlertsPage *self)
{
  const char *arguments[] = { "test", g_object_get_data (G_OBJECT (button), NAME), NULL };

  runnel_alert_process_call_async (arguments, self->cancellable, tested_cb, self);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  RunnelAlertsPage *self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean ok = runnel_alert_process_call_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (self->check_button, TRUE);
  if (!ok)
    tell (self, error->message);
  load_incidents (self);
}

static void
check_cb (RunnelAlertsPage *self)
{
  const char *arguments[] = { "check", NULL };

  gtk_widget_set_sensitive (self->check_button, FALSE);
  runnel_alert_process_call_async (arguments, self->cancellable, checked_cb, self);
}

/* --- Rules and channels --- */

static GtkWidget *
create_button (RunnelAlertsPage *self,
               GtkWidget        *button,
               const char       *tip,
               const char       *name,
               GCallback         clicked)
{
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  runnel_tip_set (button, tip);
  g_object_set_data_full (G_OBJECT (button), NAME, g_strdup (name), g_free);
  g_signal_connect_object (button, "clicked", clicked, self, 0);
  return button;
}

static void
show_rule (RunnelAlertsPage      *self,
           const RunnelAlertRule *rule)
{
  g_autofree char *when = runnel_alert_rule_describe (rule);
  g_autofree char *channels = g_strjoinv (", ", rule->channels);
  gboolean is_any = g_str_equal (rule->pipeline, RUNNEL_ALERT_ANY_PIPELINE);
  g_autofree char *text = g_strdup_printf (_("%s %s. Tells %s"),
                                           is_any ? _("Any pipeline") : rule->pipeline, when,
                                           *channels ? channels : _("nobody"));
  GtkWidget *row = create_text_row (rule->name, text);

  g_object_set_data_full (G_OBJECT (row), NAME, g_strdup (rule->name), g_free);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (change_rule_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             create_button (self,
                                            gtk_button_new_from_icon_name ("user-trash-symbolic"),
                                            _("Remove the Rule"), rule->name,
                                            G_CALLBACK (remove_rule_cb)));
  add_row (self->rows, self->rules_group, row);
}

static void
show_channel (RunnelAlertsPage         *self,
              const RunnelAlertChannel *channel)
{
  g_autofree char *how = runnel_alert_channel_describe (channel);
  GtkWidget *row = create_text_row (channel->name, how);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             create_button (self, gtk_button_new_with_label (_("Test")),
                                            _("Send a Test Message"),
                                            channel->name, G_CALLBACK (test_cb)));
  if (channel->kind != RUNNEL_ALERT_CHANNEL_DESKTOP)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               create_button (self,
                                              gtk_button_new_from_icon_name ("user-trash-symbolic"),
                                              _("Remove the Channel"), channel->name,
                                              G_CALLBACK (remove_channel_cb)));
  add_row (self->rows, self->channels_group, row);
}

static char *
join_problems (const RunnelAlertConfig *config)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < config->problems->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            (const char *) g_ptr_array_index (config->problems, i));
  return g_markup_escape_text (text->str, text->len);
}

static void
show_config (RunnelAlertsPage *self)
{
  g_autofree char *problems = join_problems (self->config);
  const char *hint = _("None yet: add one, and you are told when a pipeline fails, gets slow, is "
                       "flaky or does not run");

  clear_rows (self->rows);
  for (guint i = 0; i < self->config->rules->len; i++)
    show_rule (self, g_ptr_array_index (self->config->rules, i));
  for (guint i = 0; i < self->config->channels->len; i++)
    show_channel (self, g_ptr_array_index (self->config->channels, i));
  adw_preferences_group_set_description (self->rules_group, *problems            ? problems
                                                            : self->config->rules->len > 0 ? NULL
                                                                                           : hint);
}

static void
loaded_cb (RunnelAlertsPage *self,
           RunnelSettings   *settings)
{
  g_clear_pointer (&self->config, runnel_alert_config_free);
  self->config = runnel_alert_config_new_for (settings);
  show_config (self);
}

/* --- Incidents --- */

/* Rows that are opened up stay so as long as nothing has changed but the time. */
static char *
fingerprint (GPtrArray *incidents)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < incidents->len; i++)
    {
      const RunnelIncident *incident = g_ptr_array_index (incidents, i);

      g_string_append_printf (text, "%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT,
                              incident->id,
                              incident->resolved, incident->run);
      for (guint j = 0; j < incident->told->len; j++)
        {
          const RunnelNoticeRecord *notice = g_ptr_array_index (incident->told, j);

          g_string_append_printf (text, " %d%d%s", notice->delivered, notice->given_up,
                                  notice->problem ? notice->problem : "");
        }
    }
  return g_string_free (text, FALSE);
}

static void
show_incidents (RunnelAlertsPage *self,
                GPtrArray        *incidents)
{
  gint64 now = g_get_real_time ();
  guint n_open = 0;

  clear_rows (self->incident_rows);
  for (guint i = 0; i < incidents->len; i++)
    {
      const RunnelIncident *incident = g_ptr_array_index (incidents, i);
      gboolean is_open = incident->resolved == 0;

      n_open += is_open;
      add_row (self->incident_rows, is_open ? self->open_group : self->resolved_group,
               runnel_incident_row_new (incident, now));
    }
  adw_preferences_group_set_description (self->open_group,
                                         n_open > 0 ? NULL : _("Nothing is wrong by the rules"));
  gtk_widget_set_visible (GTK_WIDGET (self->resolved_group), incidents->len > n_open);
}

static void
incidents_loaded_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  RunnelAlertsPage *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) incidents =
    runnel_history_service_list_incidents_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);
  g_autofree char *shown = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (incidents == NULL)
    {
      g_autofree char *markup = g_markup_escape_text (error->message, -1);

      adw_preferences_group_set_description (self->open_group, markup);
      return;
    }
  shown = fingerprint (incidents);
  if (g_strcmp0 (shown, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&shown);
  show_incidents (self, incidents);
}

static void
load_incidents (RunnelAlertsPage *self)
{
  runnel_history_service_list_incidents_async (runnel_designer_get_history (),
                                               /* only_open= */ FALSE, MAX_INCIDENTS,
                                               self->cancellable, incidents_loaded_cb, self);
}

/* --- The page --- */

static gboolean
refresh_cb (gpointer user_data)
{
  load_incidents (user_data);
  return G_SOURCE_CONTINUE;
}

static void
runnel_alerts_page_map (GtkWidget *widget)
{
  RunnelAlertsPage *self = RUNNEL_ALERTS_PAGE (widget);

  GTK_WIDGET_CLASS (runnel_alerts_page_parent_class)->map (widget);
  runnel_machine_settings_load (self->settings);
  load_incidents (self);
  self->refresh_timeout = g_timeout_add_seconds (REFRESH_INTERVAL_S, refresh_cb, self);
}

static void
runnel_alerts_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&RUNNEL_ALERTS_PAGE (widget)->refresh_timeout, g_source_remove);
  GTK_WIDGET_CLASS (runnel_alerts_page_parent_class)->unmap (widget);
}

static void
runnel_alerts_page_grab_focus (RunnelPage *page)
{
  gtk_widget_grab_focus (RUNNEL_ALERTS_PAGE (page)->check_button);
}

static void
runnel_alerts_page_dispose (GObject *object)
{
  RunnelAlertsPage *self = RUNNEL_ALERTS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->settings)
    runnel_machine_settings_stop (self->settings);
  g_clear_object (&self->settings);
  g_clear_handle_id (&self->refresh_timeout, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUNNEL_TYPE_ALERTS_PAGE);
  g_clear_pointer (&self->config, runnel_alert_config_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->incident_rows, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (runnel_alerts_page_parent_class)->dispose (object);
}

static void
runnel_alerts_page_class_init (RunnelAlertsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_alerts_page_dispose;
  widget_class->map = runnel_alerts_page_map;
  widget_class->unmap = runnel_alerts_page_unmap;
  RUNNEL_PAGE_CLASS (klass)->grab_focus = runnel_alerts_page_grab_focus;
  message_signal = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-alerts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelAlertsPage, open_group);
  gtk_widget_class_bind_template_child (widget_class, RunnelAlertsPage, check_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelAlertsPage, rules_group);
  gtk_widget_class_bind_template_child (widget_class, RunnelAlertsPage, add_rule_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelAlertsPage, channels_group);
  gtk_widget_class_bind_template_child (widget_class, RunnelAlertsPage, resolved_group);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_rule_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_channel_cb);
}

static void
runnel_alerts_page_init (RunnelAlertsPage *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_free);
  self->incident_rows = g_ptr_array_new_with_free_func (g_free);
  self->cancellable = g_cancellable_new ();
  self->settings = runnel_machine_settings_new ();
  g_signal_connect_object (self->settings, "loaded", G_CALLBACK (loaded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "failed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  gtk_widget_init_template (GTK_WIDGET (self));
  runnel_page_set_title (RUNNEL_PAGE (self), _("Alerts"));
  runnel_page_set_icon_name (RUNNEL_PAGE (self), "dialog-warning-symbolic");
}

/**
 * runnel_alerts_page_new:
 *
 * Returns: (transfer floating): a page for a tab
 */
RunnelPage *
runnel_alerts_page_new (void)
{
  return g_object_new (RUNNEL_TYPE_ALERTS_PAGE, NULL);
}
