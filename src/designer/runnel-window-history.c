/* runnel-window-history.c: the list of changes in the header bar of a window
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runnel-editor-page.h"
#include "designer/runnel-window-private.h"

static RunnelDocument *
get_document (RunnelWindow *self)
{
  if (!RUNNEL_IS_EDITOR_PAGE (self->active_page))
    return NULL;
  return runnel_editor_page_get_document (RUNNEL_EDITOR_PAGE (self->active_page));
}

/* What is being typed is a change, too. */
static void
popup_cb (GtkMenuButton *button,
          gpointer       user_data)
{
  RunnelWindow *self = user_data;

  if (get_document (self))
    runnel_editor_page_flush (RUNNEL_EDITOR_PAGE (self->active_page));
  runnel_history_popover_set_document (self->history_popover, get_document (self));
}

static void
history_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  gtk_menu_button_popup (RUNNEL_WINDOW (user_data)->history_button);
}

static const GActionEntry actions[] = {
  { "history", history_action },
};

void
_runnel_window_history_init (RunnelWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_menu_button_set_create_popup_func (self->history_button, popup_cb, self, NULL);
}

void
_runnel_window_go_to_cb (RunnelWindow *self,
                         guint         position)
{
  RunnelDocument *document = get_document (self);

  if (!document)
    return;
  runnel_document_go_to (document, position);
  runnel_page_focus (self->active_page);
}
