/* runnel-canvas-menu.c: the context menus of steps, links and empty space
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"

typedef struct
{
  const char *label; /* NULL begins another section */
  const char *action;
} Entry;

static const Entry step_entries[] = {
  { N_("_Open"), "canvas.activate" },
  { N_("_Rename"), "canvas.rename" },
  { NULL },
  { N_("Run This _Step"), "page.run-step" },
  { N_("Run _From Here"), "page.run-from" },
  { N_("Run _Up to Here"), "page.run-until" },
  { NULL },
  { N_("Connect on _Success To…"), "canvas.connect::success" },
  { N_("Connect on _Failure To…"), "canvas.connect::failure" },
  { N_("Connect _Always To…"), "canvas.connect::always" },
  { NULL },
  { N_("Cu_t"), "canvas.cut" },
  { N_("_Copy"), "canvas.copy" },
  { N_("D_uplicate"), "canvas.duplicate" },
  { N_("_Delete"), "canvas.delete" },
  { NULL },
  { N_("D_isable or Enable"), "canvas.disable" },
  { N_("_Bypass or Enable"), "canvas.bypass" },
  { NULL },
  { N_("Select All _Before"), "canvas.select-upstream" },
  { N_("Select All Aft_er"), "canvas.select-downstream" },
  { N_("_Zoom to Selection"), "canvas.fit-selection" },
};

static const Entry link_entries[] = {
  { N_("On _Success"), "canvas.link-on::success" },
  { N_("On _Failure"), "canvas.link-on::failure" },
  { N_("When _Finished"), "canvas.link-on::finished" },
  { N_("_Always"), "canvas.link-on::always" },
  { NULL },
  { N_("_Delete"), "canvas.delete" },
};

static const Entry empty_entries[] = {
  { N_("_Add Step…"), "canvas.add" },
  { N_("_Paste"), "canvas.paste" },
  { NULL },
  { N_("_Undo"), "canvas.undo" },
  { N_("_Redo"), "canvas.redo" },
  { NULL },
  { N_("_Select All"), "canvas.select-all" },
  { N_("_Tidy"), "canvas.tidy" },
  { NULL },
  { N_("_Fit All"), "canvas.fit" },
  { N_("_100 %"), "canvas.zoom-100" },
};

static GMenuModel *
make_model (const Entry *entries,
            guint        n_entries)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) section = g_menu_new ();

  for (guint i = 0; i < n_entries; i++)
    {
      if (entries[i].label != NULL)
        {
          g_menu_append (section, _(entries[i].label), entries[i].action);
          continue;
        }

      g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
      g_object_unref (section);
      section = g_menu_new ();
    }

  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  return G_MENU_MODEL (menu);
}

static void
popup (RunnelCanvas *self,
       const Entry  *entries,
       guint         n_entries,
       double        x,
       double        y)
{
  g_autoptr(GMenuModel) model = make_model (entries, n_entries);

  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (model);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
    }
  else
    {
      gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
    }

  runnel_canvas_view_point_popover (self, self->menu, x, y);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* Pops up the menu of what is at a point (logical pixels of the widget), and selects that. */
void
runnel_canvas_popup_menu (RunnelCanvas *self,
                          double        x,
                          double        y)
{
  guint node = RUNNEL_NO_INDEX;
  guint link = RUNNEL_NO_INDEX;

  runnel_canvas_pointer_cancel (self);
  runnel_canvas_pointer_motion (self, x, y, 0);
  node = self->hovered_node;
  link = self->hovered_link;

  if (node != RUNNEL_NO_INDEX)
    {
      if (runnel_canvas_is_selected (self, node))
        runnel_canvas_set_focus_node (self, node);
      else
        runnel_canvas_select_only (self, node);
      popup (self, step_entries, G_N_ELEMENTS (step_entries), x, y);
    }
  else if (link != RUNNEL_NO_INDEX)
    {
      runnel_canvas_select_link (self, link);
      popup (self, link_entries, G_N_ELEMENTS (link_entries), x, y);
    }
  else
    {
      popup (self, empty_entries, G_N_ELEMENTS (empty_entries), x, y);
    }
}

/* Pops up the menu of the step where the keyboard is, or of the selected link, or of the canvas. */
void
runnel_canvas_popup_menu_at_focus (RunnelCanvas *self)
{
  double x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  double y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;

  if (self->focus_node != RUNNEL_NO_INDEX)
    {
      RunnelBox box;

      runnel_canvas_view_reveal_node (self, self->focus_node);
      runnel_scene_get_node_box (self->scene, self->focus_node, &box);
      runnel_viewport_from_world (&self->view, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2,
                                  &x, &y);
      popup (self, step_entries, G_N_ELEMENTS (step_entries), x, y);
    }
  else if (self->selected_link != RUNNEL_NO_INDEX)
    popup (self, link_entries, G_N_ELEMENTS (link_entries), x, y);
  else
    popup (self, empty_entries, G_N_ELEMENTS (empty_entries), x, y);
}
