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
new_action (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  runnel_window_open_new (user_data);
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
open_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  g_autoptr(GFile) folder = runnel_settings_get_folder ();

  runnel_file_dialog_open_async (user_data, _("Open Pipeline"), RUNNEL_FILES_PIPELINES,
                                 folder, NULL, open_chosen_cb, NULL);
}

static void
open_uri_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  g_autoptr(GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  runnel_window_open_file (user_data, file);
}

static void
close_tab_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  RunnelWindow *self = user_data;
  AdwTabPage *tab = get_action_tab (self);

  if (tab)
    adw_tab_view_close_page (self->tab_view, tab);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
close_others_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  RunnelWindow *self = user_data;

  adw_tab_view_close_other_pages (self->tab_view, get_action_tab (self));
}

static void
move_to_new_window_action (GSimpleAction *action,
                           GVariant      *parameter,
                           gpointer       user_data)
{
  RunnelWindow *self = user_data;
  RunnelWindow *other = runnel_window_new (gtk_window_get_application (GTK_WINDOW (self)));

  adw_tab_view_transfer_page (self->tab_view, get_action_tab (self), other->tab_view, 0);
  gtk_window_present (GTK_WINDOW (other));
}

static void
open_folder_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  GFile *file = get_tab_file (get_action_tab (user_data));
  g_autoptr(GFile) folder = g_file_get_parent (file);
  g_autofree char *uri = g_file_get_uri (folder);

  g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
}

static void
previous_tab_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  adw_tab_view_select_previous_page (RUNNEL_WINDOW (user_data)->tab_view);
}

static void
next_tab_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  adw_tab_view_select_next_page (RUNNEL_WINDOW (user_data)->tab_view);
}

static const GActionEntry actions[] = {
  { "new", new_action },
  { "open", open_action },
  { "open-uri", open_uri_action, "s" },
  { "close-tab", close_tab_action },
  { "close-others", close_others_action },
  { "move-to-new-window", move_to_new_window_action },
  { "open-folder", open_folder_action },
  { "previous-tab", previous_tab_action },
  { "next-tab", next_tab_action },
};

void
_runnel_window_actions_init (RunnelWindow *self)
{
  g_autoptr(GAction) minimap = g_settings_create_action (runnel_settings_get (), "minimap");

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_action_map_add_action (G_ACTION_MAP (self), minimap);
}

static void
set_enabled (RunnelWindow *self,
             const char   *name,
             gboolean      is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

/* The one place that says which of the window's actions make sense now. */
void
_runnel_window_actions_update (RunnelWindow *self)
{
  int n_tabs = adw_tab_view_get_n_pages (self->tab_view);

  set_enabled (self, "close-others", n_tabs > 1);
  set_enabled (self, "move-to-new-window", n_tabs > 1);
  set_enabled (self, "next-tab", n_tabs > 1);
  set_enabled (self, "previous-tab", n_tabs > 1);
  set_enabled (self, "history", RUNNEL_IS_EDITOR_PAGE (self->active_page));
  set_enabled (self, "open-folder", get_tab_file (get_action_tab (self)) != NULL);
}
