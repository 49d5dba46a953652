/* runnel-window-actions.c: what a window can be asked to do
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-file-dialog.h"
#include "designer/runnel-editor-page.h"
#include "designer/runnel-settings.h"
#include "designer/runnel-window-private.h"

/* The tab a tab action is about: the one whose menu is open, else the one in front. */
static AdwTabPage *
get_action_tab (RunnelWindow *self)
{
  return self->menu_tab ? self->menu_tab : adw_tab_view_get_selected_page (self->tab_view);
}

static GFile *
get_tab_file (AdwTabPage *tab)
{
  GtkWidget *child = tab ? adw_tab_page_get_child (tab) : NULL;

  return RUNNEL_IS_EDITOR_PAGE (child) ? runnel_editor_page_get_file (RUNNEL_EDITOR_PAGE (child))
                                       : NULL;
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  runnel_window_open_new (RUNNEL_WINDOW (widget));
}

static void
open_chosen_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GFile) file = runnel_file_dialog_open_finish (result, NULL);

  if (file)
    runnel_window_open_file (RUNNEL_WINDOW (object), file);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autoptr(GFile) folder = runnel_settings_get_folder ();

  runnel_file_dialog_open_async (GTK_WINDOW (widget), _("Open Pipeline"), RUNNEL_FILES_PIPELINES,
                                 folder, NULL, open_chosen_cb, NULL);
}

static void
open_uri_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  g_autoptr(GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  runnel_window_open_file (RUNNEL_WINDOW (widget), file);
}

static void
close_tab_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  RunnelWindow *self = RUNNEL_WINDOW (widget);
  AdwTabPage *tab = get_action_tab (self);

  if (tab)
    adw_tab_view_close_page (self->tab_view, tab);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
close_others_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  RunnelWindow *self = RUNNEL_WINDOW (widget);

  adw_tab_view_close_other_pages (self->tab_view, get_action_tab (self));
}

static void
move_to_new_window_action (GtkWidget  *widget,
                           const char *name,
                           GVariant   *parameter)
{
  RunnelWindow *self = RUNNEL_WINDOW (widget);
  RunnelWindow *other = runnel_window_new (gtk_window_get_application (GTK_WINDOW (self)));

  adw_tab_view_transfer_page (self->tab_view, get_action_tab (self), other->tab_view, 0);
  gtk_window_present (GTK_WINDOW (other));
}

static void
open_folder_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  GFile *file = get_tab_file (get_action_tab (RUNNEL_WINDOW (widget)));
  g_autoptr(GFile) folder = g_file_get_parent (file);
  g_autofree char *uri = g_file_get_uri (folder);

  g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
}

static void
previous_tab_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  adw_tab_view_select_previous_page (RUNNEL_WINDOW (widget)->tab_view);
}

static void
next_tab_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  adw_tab_view_select_next_page (RUNNEL_WINDOW (widget)->tab_view);
}

void
_runnel_window_class_actions_init (RunnelWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "win.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "win.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "win.open-uri", "s", open_uri_action);
  gtk_widget_class_install_action (widget_class, "win.close-tab", NULL, close_tab_action);
  gtk_widget_class_install_action (widget_class, "win.close-others", NULL, close_others_action);
  gtk_widget_class_install_action (widget_class, "win.move-to-new-window", NULL,
                                   move_to_new_window_action);
  gtk_widget_class_install_action (widget_class, "win.open-folder", NULL, open_folder_action);
  gtk_widget_class_install_action (widget_class, "win.previous-tab", NULL, previous_tab_action);
  gtk_widget_class_install_action (widget_class, "win.next-tab", NULL, next_tab_action);
  _runnel_window_class_runs_init (klass);
}

/* The one place that says which of the window's actions make sense now. */
void
_runnel_window_actions_update (RunnelWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int n_tabs = adw_tab_view_get_n_pages (self->tab_view);

  gtk_widget_action_set_enabled (widget, "win.close-others", n_tabs > 1);
  gtk_widget_action_set_enabled (widget, "win.move-to-new-window", n_tabs > 1);
  gtk_widget_action_set_enabled (widget, "win.open-folder",
                                 get_tab_file (get_action_tab (self)) != NULL);
}
