/* runnel-preferences-window.c: the few things people may want otherwise
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * AdwPreferencesDialog came with libadwaita 1.5; AdwPreferencesWindow is deprecated since.
 */
#include "config.h"

#include "designer/compat/runnel-preferences-window.h"
#include "designer/runnel-machine-group.h"
#include "designer/runnel-settings.h"
#include "designer/runs/runnel-history-group.h"
#include "designer/telemetry/runnel-telemetry-page.h"

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

struct _RunnelPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  AdwPreferencesPage *page;
  AdwPreferencesPage *history_page;
  AdwComboRow *color_scheme_row;
  GtkSwitch *wheel_switch;
  GtkSwitch *snap_switch;
  GtkSwitch *tidy_down_switch;
  GtkSwitch *minimap_switch;
  AdwComboRow *link_style_row;
  GtkSwitch *trace_switch;
  GtkSpinButton *jobs_spin;
};

G_DEFINE_FINAL_TYPE (RunnelPreferencesWindow, runnel_preferences_window,
                     ADW_TYPE_PREFERENCES_WINDOW)

/* In the order of the rows of the template. */
static const char *const color_schemes[] = { "follow", "light", "dark", NULL };
static const char *const link_styles[] = { "curved", "angular", NULL };

static gboolean
name_to_row (GValue   *value,
             GVariant *variant,
             gpointer  user_data)
{
  const char *const *names = user_data;
  const char *name = g_variant_get_string (variant, NULL);

  for (guint i = 0; names[i]; i++)
    if (g_str_equal (name, names[i]))
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
row_to_name (const GValue       *value,
             const GVariantType *type,
             gpointer            user_data)
{
  const char *const *names = user_data;

  return g_variant_new_string (names[g_value_get_uint (value)]);
}

/* `names` are those of the settings' values, in the order of the row's items. */
static void
bind_row (const char         *key,
          AdwComboRow        *row,
          const char *const  *names)
{
  g_settings_bind_with_mapping (runnel_settings_get (), key, row, "selected",
                                G_SETTINGS_BIND_DEFAULT, name_to_row, row_to_name,
                                (gpointer) names, NULL);
}

static void
runnel_preferences_window_class_init (RunnelPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelPreferencesWindow, page);
  gtk_widget_class_bind_template_child (widget_class, RunnelPreferencesWindow, history_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelPreferencesWindow, color_scheme_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelPreferencesWindow, wheel_switch);
  gtk_widget_class_bind_template_child (widget_class, RunnelPreferencesWindow, snap_switch);
  gtk_widget_class_bind_template_child (widget_class, RunnelPreferencesWindow, tidy_down_switch);
  gtk_widget_class_bind_template_child (widget_class, RunnelPreferencesWindow, minimap_switch);
  gtk_widget_class_bind_template_child (widget_class, RunnelPreferencesWindow, link_style_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelPreferencesWindow, trace_switch);
  gtk_widget_class_bind_template_child (widget_class, RunnelPreferencesWindow, jobs_spin);
}

static void
runnel_preferences_window_init (RunnelPreferencesWindow *self)
{
  GSettings *settings = runnel_settings_get ();

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (runnel_machine_group_new ()));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self),
                              ADW_PREFERENCES_PAGE (runnel_telemetry_page_new ()));
  adw_preferences_page_add (self->history_page,
                            ADW_PREFERENCES_GROUP (runnel_history_group_new ()));
  bind_row ("color-scheme", self->color_scheme_row, color_schemes);
  bind_row ("link-style", self->link_style_row, link_styles);
  g_settings_bind (settings, "traces-paths", self->trace_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "wheel-zooms", self->wheel_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "snap", self->snap_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "tidy-down", self->tidy_down_switch, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "minimap", self->minimap_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "jobs", gtk_spin_button_get_adjustment (self->jobs_spin), "value",
                   G_SETTINGS_BIND_DEFAULT);
}

GtkWidget *
runnel_preferences_window_new (GtkWindow *parent)
{
  return g_object_new (RUNNEL_TYPE_PREFERENCES_WINDOW,
                       "transient-for", parent,
                       "modal", TRUE,
                       NULL);
}

G_GNUC_END_IGNORE_DEPRECATIONS
