/* runnel-window-find.c: finding something in all files of a folder
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/find/runnel-find-page.h"
#include "designer/runnel-editor-page.h"
#include "designer/runnel-settings.h"
#include "designer/runnel-window-private.h"

/* The folder of the file in front, else of the file opened last, else home. */
static char *
get_folder (RunnelWindow *self)
{
  GFile *file = NULL;
  g_autoptr(GFile) folder = NULL;
  g_autofree char *path = NULL;

  if (RUNNEL_IS_EDITOR_PAGE (self->active_page))
    file = runnel_editor_page_get_file (RUNNEL_EDITOR_PAGE (self->active_page));
  folder = file ? g_file_get_parent (file) : runnel_settings_get_folder ();
  path = folder ? g_file_get_path (folder) : NULL;
  return path ? g_steal_pointer (&path) : g_strdup (g_get_home_dir ());
}

static gboolean
is_find_page (RunnelPage *page,
              gint64      run)
{
  return RUNNEL_IS_FIND_PAGE (page);
}

/* A tab can be dragged to another window, so the window is looked for when it is needed. */
static void
place_activated_cb (RunnelPage *page,
                    const char *path,
                    const char *step)
{
  RunnelWindow *self = RUNNEL_WINDOW (gtk_widget_get_root (GTK_WIDGET (page)));
  g_autoptr(GFile) file = g_file_new_for_path (path);

  runnel_window_open_file (self, file);
  if (step && RUNNEL_IS_EDITOR_PAGE (self->active_page))
    runnel_editor_page_show_step (RUNNEL_EDITOR_PAGE (self->active_page), step);
}

static void
find_in_files_action (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  RunnelWindow *self = user_data;
  g_autofree char *folder = get_folder (self);
  RunnelPage *page = _runnel_window_find_page (self, is_find_page, 0);

  if (page)
    {
      if (page != self->active_page)
        runnel_find_page_set_folder (RUNNEL_FIND_PAGE (page), folder);
      runnel_window_show_page (self, page);
      runnel_page_focus (page);
      return;
    }
  page = runnel_find_page_new (folder);
  g_signal_connect (page, "place-activated", G_CALLBACK (place_activated_cb), NULL);
  runnel_window_add_page (self, page);
}

static const GActionEntry actions[] = {
  { "find-in-files", find_in_files_action },
};

void
_runnel_window_find_init (RunnelWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}
