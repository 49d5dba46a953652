/* runnel-window-commands.c: the command palette of a window
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/commands/runnel-commands.h"
#include "designer/logs/runnel-log-view.h"
#include "designer/runnel-editor-page.h"
#include "designer/runnel-settings.h"
#include "designer/runnel-window-private.h"

#define MAX_RECENT 12
#define RECENT "recent-commands"

static RunnelEditorPage *
get_editor (RunnelWindow *self)
{
  return RUNNEL_IS_EDITOR_PAGE (self->active_page) ? RUNNEL_EDITOR_PAGE (self->active_page) : NULL;
}

/* The group whose actions begin with `name`'s prefix; NULL when nothing has them now. */
static GActionGroup *
get_group (RunnelWindow *self,
           const char   *name)
{
  if (g_str_has_prefix (name, "app."))
    return G_ACTION_GROUP (gtk_window_get_application (GTK_WINDOW (self)));
  if (g_str_has_prefix (name, "win."))
    return G_ACTION_GROUP (self);
  return self->active_page ? G_ACTION_GROUP (runnel_page_get_actions (self->active_page)) : NULL;
}

/* The drawing, or the log, in front that has an action itself; NULL when there is none. */
static GtkWidget *
get_drawing (RunnelWindow *self,
             const char   *action)
{
  RunnelEditorPage *editor = get_editor (self);

  if (g_str_has_prefix (action, "canvas."))
    return editor ? GTK_WIDGET (runnel_editor_page_get_canvas (editor)) : NULL;
  if (g_str_has_prefix (action, "gantt."))
    return self->active_page ? runnel_page_get_chart (self->active_page) : NULL;
  if (g_str_has_prefix (action, "log."))
    return self->active_page ? runnel_page_get_log (self->active_page) : NULL;
  return NULL;
}

static const char *
get_obstacle (RunnelWindow        *self,
              const RunnelCommand *command)
{
  g_autofree char *action = runnel_command_get_action (command);
  GtkWidget *drawing = get_drawing (self, action);
  GActionGroup *group;

  if (g_str_has_prefix (action, "canvas."))
    return drawing ? runnel_canvas_get_obstacle (RUNNEL_CANVAS (drawing), command->name)
                   : _("No pipeline is in front");
  if (g_str_has_prefix (action, "gantt."))
    return drawing ? NULL : _("No timing chart is in front");
  if (g_str_has_prefix (action, "log."))
    return drawing ? runnel_log_view_get_obstacle (RUNNEL_LOG_VIEW (drawing), action)
                   : _("No log is in front");

  group = get_group (self, action);
  if (!group || !g_action_group_has_action (group, strchr (action, '.') + 1))
    return _("Not on this page");
  return g_action_group_get_action_enabled (group, strchr (action, '.') + 1)
           ? NULL : _("Not possible now");
}

static void
add (RunnelWindow        *self,
     GPtrArray           *items,
     const RunnelCommand *command)
{
  g_ptr_array_add (items, runnel_palette_item_new_command (command, get_obstacle (self, command)));
}

/* What was chosen last comes first. */
static GPtrArray *
list_items (RunnelWindow *self)
{
  g_auto(GStrv) recent = g_settings_get_strv (runnel_settings_get (), RECENT);
  g_autoptr(GPtrArray) commands = runnel_commands_list ();
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; recent[i]; i++)
    {
      const RunnelCommand *command = runnel_commands_lookup (recent[i]);

      if (command)
        add (self, items, command);
    }
  for (guint i = 0; i < commands->len; i++)
    {
      const RunnelCommand *command = g_ptr_array_index (commands, i);

      if (!g_strv_contains ((const char *const *) recent, command->name))
        add (self, items, command);
    }
  return items;
}

static void
remember (const char *name)
{
  g_auto(GStrv) recent = g_settings_get_strv (runnel_settings_get (), RECENT);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  g_ptr_array_add (names, (gpointer) name);
  for (guint i = 0; recent[i] && names->len < MAX_RECENT; i++)
    if (!g_str_equal (recent[i], name))
      g_ptr_array_add (names, recent[i]);
  g_ptr_array_add (names, NULL);
  g_settings_set_strv (runnel_settings_get (), RECENT, (const char *const *) names->pdata);
}

static void
commands_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  RunnelWindow *self = user_data;
  RunnelEditorPage *editor = get_editor (self);
  RunnelDocument *document = editor ? runnel_editor_page_get_document (editor) : NULL;
  g_autoptr(GPtrArray) items = list_items (self);

  runnel_command_palette_popup (self->command_palette, items,
                                document ? runnel_document_get_pipeline (document) : NULL);
}

static const GActionEntry actions[] = {
  { "commands", commands_action },
};

void
_runnel_window_commands_init (RunnelWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}

/* Carries out what was chosen in the palette. The actions of drawings are their own. */
void
_runnel_window_command_cb (RunnelWindow *self,
                           const char   *name)
{
  const RunnelCommand *command = runnel_commands_lookup (name);
  g_autofree char *action = runnel_command_get_action (command);
  const char *target = runnel_command_get_target (command);
  GtkWidget *drawing = get_drawing (self, action);

  remember (name);
  if (drawing)
    gtk_widget_grab_focus (drawing);
  gtk_widget_activate_action_variant (drawing ? drawing : GTK_WIDGET (self), action,
                                      target ? g_variant_new_string (target) : NULL);
}

/* Selects a step, shows it and gives it the keyboard. */
void
_runnel_window_step_cb (RunnelWindow *self,
                        const char   *id)
{
  RunnelEditorPage *editor = get_editor (self);

  if (editor)
    runnel_editor_page_show_step (editor, id);
}
