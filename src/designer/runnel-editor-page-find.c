/* runnel-editor-page-find.c: finding steps of the pipeline being edited
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runnel-editor-page-private.h"

/* With the keyboard in the log, what is looked for is there. */
static gboolean
find_in_log (RunnelEditorPage *self,
             const char       *action)
{
  RunnelLogView *log_view = runnel_run_controller_get_log_view (self->run_controller);

  return runnel_log_view_has_focus (log_view) &&
         gtk_widget_activate_action (GTK_WIDGET (log_view), action, NULL);
}

static void
find_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  RunnelEditorPage *self = user_data;

  /* With the keyboard in the code, what is looked for is there. */
  if (!find_in_log (self, "log.find") && !runnel_code_view_find (self->code_view))
    runnel_find_bar_open (self->find_bar);
}

static void
find_next_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  RunnelEditorPage *self = user_data;

  if (!find_in_log (self, "log.find-next"))
    runnel_find_bar_step (self->find_bar, FALSE);
}

static void
find_previous_action (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  RunnelEditorPage *self = user_data;

  if (!find_in_log (self, "log.find-previous"))
    runnel_find_bar_step (self->find_bar, TRUE);
}

static const GActionEntry actions[] = {
  { "find", find_action },
  { "find-next", find_next_action },
  { "find-previous", find_previous_action },
};

void
_runnel_editor_page_find_init (RunnelEditorPage *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (self))),
                                   actions, G_N_ELEMENTS (actions), self);
}

void
_runnel_editor_page_found_cb (RunnelEditorPage *self,
                              GPtrArray        *ids)
{
  runnel_canvas_set_found (self->canvas, ids);
}

/* The keyboard stays where it is, so that typing can go on. */
void
_runnel_editor_page_show_found_cb (RunnelEditorPage *self,
                                   const char       *id)
{
  if (id)
    {
      runnel_canvas_set_selection (self->canvas, (const char *const[]) { id, NULL });
      runnel_canvas_reveal (self->canvas, id);
    }
  else
    {
      runnel_canvas_select_none (self->canvas);
    }
}
