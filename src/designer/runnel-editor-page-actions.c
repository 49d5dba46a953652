/* runnel-editor-page-actions.c: what can be asked of the page in front, as "page.NAME"
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runnel-editor-page-private.h"
#include "designer/runnel-settings.h"

/* A panel that is shown or not: one property, one setting, one action, all the same thing. */
static void
add_panel_action (RunnelEditorPage *self,
                  const char       *name,
                  gpointer          object,
                  const char       *property,
                  const char       *setting)
{
  g_autoptr(GPropertyAction) action = g_property_action_new (name, object, property);

  g_settings_bind (runnel_settings_get (), setting, object, property, G_SETTINGS_BIND_DEFAULT);
  g_action_map_add_action (G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (self))),
                           G_ACTION (action));
}

void
_runnel_editor_page_actions_init (RunnelEditorPage *self)
{
  add_panel_action (self, "palette", self->palette_flap, "reveal-flap", "palette-visible");
  add_panel_action (self, "inspector", self->inspector_flap, "reveal-flap", "inspector-visible");
  add_panel_action (self, "bottom", self->bottom, "visible", "bottom-visible");
}
