/* runnel-application.c: the designer as a process: windows, files given to it, preferences
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>

#include "designer/alerts/runnel-alert-watch.h"
#include "designer/compat/runnel-about.h"
#include "designer/commands/runnel-shortcuts-window.h"
#include "designer/runnel-application-commands.h"
#include "designer/runnel-application-compare.h"
#include "designer/runnel-application-keys.h"
#include "designer/runnel-application-runs.h"
#include "designer/runnel-application.h"
#include "designer/compat/runnel-preferences-window.h"
#include "designer/compat/runnel-renderer.h"
#include "designer/runnel-settings.h"
#include "designer/runnel-window.h"
#include "designer/runs/runnel-run-notifier.h"

struct _RunnelApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (RunnelApplication, runnel_application, ADW_TYPE_APPLICATION)

#define NEW_WINDOW "new-window"
#define DIFF "diff"
#define MERGE "merge"

static RunnelWindow *
get_window (RunnelApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    if (RUNNEL_IS_WINDOW (l->data))
      return l->data;
  return runnel_window_new (GTK_APPLICATION (self));
}

/* A file is open at most once, in whichever window. */
static gboolean
present_file (RunnelApplication *self,
              GFile             *file)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    if (RUNNEL_IS_WINDOW (l->data) && runnel_window_show_file (l->data, file))
      {
        gtk_window_present (l->data);
        return TRUE;
      }
  return FALSE;
}


static void
new_window_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  gtk_window_present (GTK_WINDOW (runnel_window_new (user_data)));
}

static void
open_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  RunnelWindow *window = get_window (user_data);

  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open", NULL);
}

static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  gtk_window_present (GTK_WINDOW (runnel_preferences_window_new (window)));
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  runnel_about_present (gtk_application_get_active_window (user_data));
}

static void
shortcuts_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  gtk_window_present (runnel_shortcuts_window_new (window));
}

/* Each window asks about its unsaved changes; the last one to close ends the process, which then
 * does not stay to tell how runs end. */
static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  g_autoptr(GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  runnel_run_notifier_stop (runnel_run_notifier_get ());
  for (GList *l = windows; l; l = l->next)
    if (RUNNEL_IS_WINDOW (l->data))
      gtk_window_close (l->data);
}

static const GActionEntry actions[] = {
  { NEW_WINDOW, new_window_cb },
  { "open", open_cb },
  { "preferences", preferences_cb },
  { "about", about_cb },
  { "shortcuts", shortcuts_cb },
  { "quit", quit_cb },
};

static gboolean
color_scheme_from_setting (GValue   *value,
                           GVariant *variant,
                           gpointer  user_data)
{
  const char *name = g_variant_get_string (variant, NULL);

  if (g_str_equal (name, "light"))
    g_value_set_enum (value, ADW_COLOR_SCHEME_FORCE_LIGHT);
  else if (g_str_equal (name, "dark"))
    g_value_set_enum (value, ADW_COLOR_SCHEME_FORCE_DARK);
  else
    g_value_set_enum (value, ADW_COLOR_SCHEME_DEFAULT);
  return TRUE;
}

static void
runnel_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (runnel_application_parent_class)->startup (application);

  runnel_renderer_leave_environment ();
  gtk_source_init ();
  gtk_window_set_default_icon_name (RUNNEL_APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  runnel_application_runs_init (GTK_APPLICATION (application));
  runnel_alert_watch_start (runnel_alert_watch_get ());
  runnel_application_commands_init (GTK_APPLICATION (application));
  runnel_application_keys_init (GTK_APPLICATION (application));
  g_settings_bind_with_mapping (runnel_settings_get (), "color-scheme",
                                adw_style_manager_get_default (), "color-scheme",
                                G_SETTINGS_BIND_GET, color_scheme_from_setting, NULL, NULL, NULL);
}

static void
runnel_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (get_window (RUNNEL_APPLICATION (application))));
}

static void
runnel_application_open (GApplication  *application,
                         GFile        **files,
                         int            n_files,
                         const char    *hint)
{
  RunnelApplication *self = RUNNEL_APPLICATION (application);
  RunnelWindow *window = NULL;

  if (g_strcmp0 (hint, NEW_WINDOW) == 0)
    window = runnel_window_new (GTK_APPLICATION (self));
  for (int i = 0; i < n_files; i++)
    {
      if (present_file (self, files[i]))
        continue;
      if (!window)
        window = get_window (self);
      runnel_window_open_file (window, files[i]);
    }
  if (window)
    gtk_window_present (GTK_WINDOW (window));
}

static void
open_names (GApplication       *application,
            const char *const  *names,
            const char         *hint)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; names[i]; i++)
    g_ptr_array_add (files, g_file_new_for_commandline_arg (names[i]));
  g_application_open (application, (GFile **) files->pdata, (int) files->len, hint);
}

/* GApplication itself can't tell a file to open from a file to open in a new window, so the
 * files are taken here. Windows hold the process, not the status returned. */
/* A tool for git is a process of its own, which ends when its window is closed. */
static int
run_as_tool (GApplication      *application,
             gboolean           merges,
             const char *const *names)
{
  g_autoptr(GError) error = NULL;

  g_application_set_flags (application,
                           g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("runnel-designer: %s\n", error->message);
      return 1;
    }

  return merges ? runnel_application_show_merge (GTK_APPLICATION (application), names)
                : runnel_application_show_diff (GTK_APPLICATION (application), names);
}

static int
runnel_application_handle_local_options (GApplication *application,
                                         GVariantDict *options)
{
  gboolean new_window = g_variant_dict_contains (options, NEW_WINDOW);
  g_autofree const char **names = NULL;
  g_autoptr(GError) error = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("runnel-designer %s\n", RUNNEL_VERSION);
      return 0;
    }
  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &names);
  if (g_variant_dict_contains (options, DIFF) || g_variant_dict_contains (options, MERGE))
    return run_as_tool (application, g_variant_dict_contains (options, MERGE), names);
  if (!new_window && !names)
    return -1;
  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("runnel-designer: %s\n", error->message);
      return 1;
    }
  if (names)
    open_names (application, names, new_window ? NEW_WINDOW : "");
  else
    g_action_group_activate_action (G_ACTION_GROUP (application), NEW_WINDOW, NULL);
  return 0;
}

static void
runnel_application_class_init (RunnelApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = runnel_application_startup;
  application_class->activate = runnel_application_activate;
  application_class->open = runnel_application_open;
  application_class->handle_local_options = runnel_application_handle_local_options;
}

static void
runnel_application_init (RunnelApplication *self)
{
  const GOptionEntry options[] = {
    { NEW_WINDOW, 'w', 0, G_OPTION_ARG_NONE, NULL, N_("Open a new window"), NULL },
    { DIFF, 0, 0, G_OPTION_ARG_NONE, NULL, N_("Show how two files differ: OLD NEW"), NULL },
    { MERGE, 0, 0, G_OPTION_ARG_NONE, NULL, N_("Merge files: BASE OURS THEIRS RESULT"), NULL },
    { "version", 'V', 0, G_OPTION_ARG_NONE, NULL, N_("Show the version and exit"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_("[FILE…]") },
    { NULL }
  };

  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _("Draw pipelines, run them, see what happened."));
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * runnel_application_new:
 *
 * Returns: (transfer full): the application
 */
RunnelApplication *
runnel_application_new (void)
{
  return g_object_new (RUNNEL_TYPE_APPLICATION,
                       "application-id", RUNNEL_APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/org/runnel/Runnel",
                       NULL);
}
