/* runnel-telemetry-page.c: the preferences that say who is told of runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runnel-machine-settings.h"
#include "designer/telemetry/runnel-deliveries-group.h"
#include "designer/telemetry/runnel-headers-group.h"
#include "designer/telemetry/runnel-telemetry-page.h"
#include "telemetry/runnel-telemetry-config.h"

#define KEY "runnel-key" /* a widget's setting */

struct _RunnelTelemetryPage
{
  AdwPreferencesPage parent_instance;

  AdwPreferencesGroup *otlp_group;
  AdwEntryRow *endpoint_row;
  GtkSwitch *traces_switch;
  GtkSwitch *metrics_switch;
  GtkSwitch *gzip_switch;
  RunnelHeadersGroup *otlp_headers;
  AdwPreferencesGroup *webhook_group;
  AdwEntryRow *url_row;
  AdwComboRow *mode_row;
  AdwEntryRow *secret_row;
  RunnelHeadersGroup *webhook_headers;
  AdwEntryRow *textfile_row;
  RunnelDeliveriesGroup *deliveries;
  RunnelMachineSettings *settings;
  gboolean is_showing; /* values are put into the rows, nobody has changed them */
};

G_DEFINE_FINAL_TYPE (RunnelTelemetryPage, runnel_telemetry_page, ADW_TYPE_PREFERENCES_PAGE)

/* In the order of the row's items; the first one holds when none is set. */
static const char *const modes[] = { "structured", "binary" };

/* --- Problems --- */

static void
set_description (AdwPreferencesGroup *group,
                 const char          *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_preferences_group_set_description (group, markup);
}

static void
show_problem (RunnelTelemetryPage *self,
              const char          *otlp,
              const char          *webhook)
{
  set_description (self->otlp_group,
                   otlp ? otlp : _("Traces and metrics of runs, by OTLP over HTTP"));
  set_description (self->webhook_group,
                   webhook ? webhook : _("Events about runs and their steps, by CDEvents"));
}

/* What went wrong stands where the value does. */
static void
failed_cb (RunnelTelemetryPage *self,
           const char          *message)
{
  gboolean is_webhook = strstr (message, "telemetry.webhook") != NULL;

  show_problem (self, is_webhook ? NULL : message, is_webhook ? message : NULL);
}

/* --- Changes --- */

static void
set (RunnelTelemetryPage *self,
     gpointer             widget,
     JsonNode            *value)
{
  runnel_machine_settings_set (self->settings, g_object_get_data (widget, KEY), value);
}

static gboolean
is_url (RunnelTelemetryPage *self,
        AdwEntryRow         *row)
{
  return row == self->endpoint_row || row == self->url_row;
}

/* A URL that nothing can be sent to is not kept, and stays to be mended. */
static void
apply_cb (AdwEntryRow         *row,
          RunnelTelemetryPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  g_autoptr(GError) error = NULL;

  if (*text && is_url (self, row) &&
      !runnel_telemetry_check_url (g_object_get_data (G_OBJECT (row), KEY), text, &error))
    {
      gtk_widget_add_css_class (GTK_WIDGET (row), "error");
      failed_cb (self, error->message);
      return;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  set (self, row, *text ? json_node_init_string (json_node_alloc (), text) : NULL);
}

static void
switched_cb (GtkSwitch           *button,
             GParamSpec          *pspec,
             RunnelTelemetryPage *self)
{
  if (!self->is_showing)
    set (self, button,
         json_node_init_boolean (json_node_alloc (), gtk_switch_get_active (button)));
}

static void
mode_cb (AdwComboRow         *row,
         GParamSpec          *pspec,
         RunnelTelemetryPage *self)
{
  guint selected = adw_combo_row_get_selected (row);

  if (!self->is_showing && selected < G_N_ELEMENTS (modes))
    set (self, row, json_node_init_string (json_node_alloc (), modes[selected]));
}

/* --- Showing --- */

static JsonNode *
lookup (RunnelSettings *settings,
        gpointer        widget)
{
  return runnel_settings_lookup (settings, g_object_get_data (widget, KEY), NULL);
}

/* What somebody is typing is left alone. */
static void
show_text (RunnelSettings *settings,
           AdwEntryRow    *row)
{
  JsonNode *node = lookup (settings, row);
  const char *text = node ? json_node_get_string (node) : "";

  if (gtk_widget_get_state_flags (GTK_WIDGET (row)) & GTK_STATE_FLAG_FOCUS_WITHIN)
    return;
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), text))
    gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
show_switch (RunnelSettings *settings,
             GtkSwitch      *button,
             gboolean        fallback)
{
  JsonNode *node = lookup (settings, button);

  gtk_switch_set_active (button, node ? json_node_get_boolean (node) : fallback);
}

static void
show_mode (RunnelSettings *settings,
           AdwComboRow    *row)
{
  JsonNode *node = lookup (settings, row);

  adw_combo_row_set_selected (row, g_strcmp0 (node ? json_node_get_string (node) : NULL,
                                              modes[1]) == 0);
}

static void
loaded_cb (RunnelTelemetryPage *self,
           RunnelSettings      *settings)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelTelemetryConfig) config = runnel_telemetry_config_new (settings, &error);

  self->is_showing = TRUE;
  show_text (settings, self->endpoint_row);
  show_switch (settings, self->traces_switch, TRUE);
  show_switch (settings, self->metrics_switch, TRUE);
  show_switch (settings, self->gzip_switch, FALSE);
  show_text (settings, self->url_row);
  show_mode (settings, self->mode_row);
  show_text (settings, self->secret_row);
  show_text (settings, self->textfile_row);
  self->is_showing = FALSE;
  if (config)
    show_problem (self, NULL, NULL);
  else
    failed_cb (self, error->message);
  runnel_deliveries_group_load (self->deliveries);
}

/* --- The page --- */

static void
bind_text (AdwEntryRow *row,
           const char  *key)
{
  g_object_set_data (G_OBJECT (row), KEY, (gpointer) key);
}

static void
bind_keys (RunnelTelemetryPage *self)
{
  bind_text (self->endpoint_row, "telemetry.otlp.endpoint");
  bind_text (self->url_row, "telemetry.webhook.url");
  bind_text (self->secret_row, "telemetry.webhook.secret");
  bind_text (self->textfile_row, "telemetry.textfile");
  g_object_set_data (G_OBJECT (self->traces_switch), KEY, "telemetry.otlp.traces");
  g_object_set_data (G_OBJECT (self->metrics_switch), KEY, "telemetry.otlp.metrics");
  g_object_set_data (G_OBJECT (self->gzip_switch), KEY, "telemetry.otlp.gzip");
  g_object_set_data (G_OBJECT (self->mode_row), KEY, "telemetry.webhook.mode");
}

static void
runnel_telemetry_page_dispose (GObject *object)
{
  RunnelTelemetryPage *self = RUNNEL_TELEMETRY_PAGE (object);

  if (self->settings)
    runnel_machine_settings_stop (self->settings);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (runnel_telemetry_page_parent_class)->dispose (object);
}

static void
runnel_telemetry_page_class_init (RunnelTelemetryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_telemetry_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-telemetry-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelTelemetryPage, otlp_group);
  gtk_widget_class_bind_template_child (widget_class, RunnelTelemetryPage, endpoint_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelTelemetryPage, traces_switch);
  gtk_widget_class_bind_template_child (widget_class, RunnelTelemetryPage, metrics_switch);
  gtk_widget_class_bind_template_child (widget_class, RunnelTelemetryPage, gzip_switch);
  gtk_widget_class_bind_template_child (widget_class, RunnelTelemetryPage, otlp_headers);
  gtk_widget_class_bind_template_child (widget_class, RunnelTelemetryPage, webhook_group);
  gtk_widget_class_bind_template_child (widget_class, RunnelTelemetryPage, url_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelTelemetryPage, mode_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelTelemetryPage, secret_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelTelemetryPage, webhook_headers);
  gtk_widget_class_bind_template_child (widget_class, RunnelTelemetryPage, textfile_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelTelemetryPage, deliveries);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, switched_cb);
  gtk_widget_class_bind_template_callback (widget_class, mode_cb);
}

static void
runnel_telemetry_page_init (RunnelTelemetryPage *self)
{
  g_type_ensure (RUNNEL_TYPE_HEADERS_GROUP);
  g_type_ensure (RUNNEL_TYPE_DELIVERIES_GROUP);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = runnel_machine_settings_new ();
  bind_keys (self);
  runnel_headers_group_bind (self->otlp_headers, self->settings, "telemetry.otlp.headers");
  runnel_headers_group_bind (self->webhook_headers, self->settings, "telemetry.webhook.headers");
  show_problem (self, NULL, NULL);
  g_signal_connect_object (self->settings, "loaded", G_CALLBACK (loaded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "failed", G_CALLBACK (failed_cb), self,
                           G_CONNECT_SWAPPED);
  runnel_machine_settings_load (self->settings);
}

/**
 * runnel_telemetry_page_new:
 *
 * Returns: (transfer floating): a page that shows and changes who is told of runs
 */
GtkWidget *
runnel_telemetry_page_new (void)
{
  return g_object_new (RUNNEL_TYPE_TELEMETRY_PAGE, NULL);
}
