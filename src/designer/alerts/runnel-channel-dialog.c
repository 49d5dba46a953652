/* runnel-channel-dialog.c: asks how somebody is to be told of incidents
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "alerts/runnel-alert-config.h"
#include "designer/alerts/runnel-channel-dialog.h"
#include "designer/runnel-machine-settings.h"

struct _RunnelChannelDialog
{
  AdwWindow parent_instance;

  /* Template widgets */
  GtkWidget *save_button;
  AdwPreferencesGroup *group;
  GtkEditable *name_row;
  AdwComboRow *kind_row;
  GtkEditable *value_row;
  GtkEditable *secret_row;

  RunnelMachineSettings *settings;
};

G_DEFINE_FINAL_TYPE (RunnelChannelDialog, runnel_channel_dialog, ADW_TYPE_WINDOW)

static guint saved_signal;

/* In the order of the rows of the template. */
enum
{
  WEBHOOK,
  MAIL,
  COMMAND,
};

static void
changed_cb (RunnelChannelDialog *self)
{
  static const char *const titles[] = {
    [WEBHOOK] = N_("Address: https://…"),
    [MAIL] = N_("Addresses, with spaces between them"),
    [COMMAND] = N_("Program and its arguments"),
  };
  guint kind = adw_combo_row_get_selected (self->kind_row);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->value_row), _(titles[kind]));
  gtk_widget_set_visible (GTK_WIDGET (self->secret_row), kind == WEBHOOK);
  gtk_widget_set_sensitive (self->save_button, *gtk_editable_get_text (self->name_row) != '\0' &&
                                                 *gtk_editable_get_text (self->value_row) != '\0');
}

static JsonArray *
words_to_json (char **words)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      json_array_add_string_element (array, words[i]);
  return array;
}

static JsonObject *
make_values (RunnelChannelDialog  *self,
             GError              **error)
{
  const char *value = gtk_editable_get_text (self->value_row);
  const char *secret = gtk_editable_get_text (self->secret_row);
  g_autoptr(JsonObject) values = json_object_new ();
  g_auto(GStrv) words = NULL;

  switch (adw_combo_row_get_selected (self->kind_row))
    {
    case WEBHOOK:
      json_object_set_string_member (values, "webhook", value);
      if (*secret != '\0')
        json_object_set_string_member (values, "secret", secret);
      break;
    case MAIL:
      words = g_strsplit_set (value, " ,;", -1);
      json_object_set_array_member (values, "mail", words_to_json (words));
      break;
    default:
      /* Quotes keep words together; there is no shell. */
      if (!g_shell_parse_argv (value, NULL, &words, error))
        return NULL;
      json_object_set_array_member (values, "command", words_to_json (words));
    }
  return g_steal_pointer (&values);
}

static void
show_problem (RunnelChannelDialog *self,
              const char          *problem)
{
  g_autofree char *markup = g_markup_escape_text (problem, -1);

  adw_preferences_group_set_description (self->group, markup);
  gtk_widget_set_sensitive (self->save_button, TRUE);
}

/* The settings are loaded only after something was written. */
static void
saved_cb (RunnelChannelDialog *self)
{
  g_signal_emit (self, saved_signal, 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
save_cb (RunnelChannelDialog *self)
{
  const char *name = gtk_editable_get_text (self->name_row);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) values = make_values (self, &error);
  g_autoptr(RunnelAlertChannel) channel =
    values ? runnel_alert_channel_new (name, values, &error) : NULL;
  g_autofree char *key = NULL;

  if (channel == NULL)
    {
      show_problem (self, error->message);
      return;
    }
  key = runnel_alert_config_make_key ("channels", name);
  gtk_widget_set_sensitive (self->save_button, FALSE);
  runnel_machine_settings_set (self->settings, key,
                               json_node_init_object (json_node_alloc (), values));
}

static void
runnel_channel_dialog_dispose (GObject *object)
{
  RunnelChannelDialog *self = RUNNEL_CHANNEL_DIALOG (object);

  if (self->settings)
    runnel_machine_settings_stop (self->settings);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (runnel_channel_dialog_parent_class)->dispose (object);
}

static void
runnel_channel_dialog_class_init (RunnelChannelDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_channel_dialog_dispose;
  saved_signal = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL,
                               G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-channel-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelChannelDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelChannelDialog, group);
  gtk_widget_class_bind_template_child (widget_class, RunnelChannelDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelChannelDialog, kind_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelChannelDialog, value_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelChannelDialog, secret_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
runnel_channel_dialog_init (RunnelChannelDialog *self)
{
  self->settings = runnel_machine_settings_new ();
  g_signal_connect_object (self->settings, "loaded", G_CALLBACK (saved_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "failed", G_CALLBACK (show_problem), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_init_template (GTK_WIDGET (self));
  changed_cb (self);
}

/**
 * runnel_channel_dialog_new:
 * @parent: the window it belongs to
 *
 * Returns: (transfer none): a window, to be presented
 */
GtkWindow *
runnel_channel_dialog_new (GtkWindow *parent)
{
  return g_object_new (RUNNEL_TYPE_CHANNEL_DIALOG, "transient-for", parent, NULL);
}
