/* runnel-canvas-menu.c: the context menus of steps, groups, notes, links and empty space
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"
#include "designer/commands/runnel-commands.h"

#define ARRANGE_MENU "arrange" /* these stand for the entries of a menu of their own */
#define COLOR_MENU "color"
#define ENTER_COMMAND "page.enter" /* means nothing to most steps, and is not told of there */

/* Commands by name; "" begins another section. What the application does not know, because the
 * canvas stands outside of an editor, is left out. */
static const char *const step_entries[] = {
  "canvas.activate", ENTER_COMMAND, "canvas.rename", "",
  "page.run-step", "page.run-from", "page.run-until", "",
  "canvas.connect::success", "canvas.connect::failure", "canvas.connect::always",
  "canvas.disconnect", "",
  "canvas.cut", "canvas.copy", "canvas.duplicate", "canvas.delete",
  "canvas.delete-and-heal", "",
  "canvas.group", "canvas.ungroup", "page.extract", "",
  "canvas.disable", "canvas.bypass", "canvas.pin", "",
  ARRANGE_MENU, "",
  "canvas.select-upstream", "canvas.select-downstream", "canvas.fit-selection", NULL
};

static const char *const arrange_entries[] = {
  "canvas.tidy", "canvas.tidy-to::right", "canvas.tidy-to::down", "",
  "canvas.align::left", "canvas.align::center", "canvas.align::right", "",
  "canvas.align::top", "canvas.align::middle", "canvas.align::bottom", "",
  "canvas.distribute::horizontally", "canvas.distribute::vertically", NULL
};

static const char *const color_entries[] = {
  "canvas.area-color::blue", "canvas.area-color::teal", "canvas.area-color::green",
  "canvas.area-color::yellow", "canvas.area-color::orange", "canvas.area-color::red",
  "canvas.area-color::pink", "canvas.area-color::purple", "",
  "canvas.area-color::", NULL
};

static const char *const group_entries[] = {
  "canvas.activate", "canvas.rename", "canvas.fold", "canvas.ungroup", "",
  COLOR_MENU, "",
  "canvas.cut", "canvas.copy", "canvas.duplicate", "canvas.delete", "",
  "canvas.select-inside", "canvas.select-around", "canvas.fit-selection", NULL
};

static const char *const note_entries[] = {
  "canvas.rename", COLOR_MENU, "",
  "canvas.cut", "canvas.copy", "canvas.duplicate", "canvas.delete", "",
  "canvas.fit-selection", NULL
};

static const char *const link_entries[] = {
  "canvas.link-on::success", "canvas.link-on::failure", "canvas.link-on::finished",
  "canvas.link-on::always", "",
  "canvas.relink::start", "canvas.relink::end", "",
  "canvas.insert", "canvas.delete", NULL
};

static const char *const empty_entries[] = {
  "canvas.add", "canvas.add-note", "",
  "canvas.paste", "canvas.paste-linked", "",
  "canvas.undo", "canvas.redo", "",
  "canvas.select-all", "canvas.tidy", "",
  "canvas.fit", "canvas.zoom-100", "",
  "canvas.link-style::curved", "canvas.link-style::angular", "canvas.trace", "",
  "canvas.copy-picture", "canvas.export", "canvas.print", NULL
};

static GMenuModel *make_model (const char *const *entries);

static void
append_menu (GMenu             *section,
             const char        *title,
             const char *const *entries)
{
  g_autoptr(GMenuModel) menu = make_model (entries);

  g_menu_append_submenu (section, title, menu);
}

static void
append_command (GMenu      *section,
                const char *name)
{
  const RunnelCommand *command = runnel_commands_lookup (name);
  g_autoptr(GMenuItem) item = NULL;
  g_auto(GStrv) keys = NULL;

  if (command == NULL)
    return;

  item = g_menu_item_new (_(command->title), command->name);
  keys = runnel_command_list_keys (command);
  if (keys[0] != NULL)
    g_menu_item_set_attribute (item, "accel", "s", keys[0]);
  if (g_str_equal (name, ENTER_COMMAND))
    g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
  g_menu_append_item (section, item);
}

static GMenuModel *
make_model (const char *const *entries)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) section = g_menu_new ();

  for (guint i = 0; entries[i] != NULL; i++)
    {
      if (g_str_equal (entries[i], COLOR_MENU))
        {
          append_menu (section, _("C_olour"), color_entries);
          continue;
        }
      if (g_str_equal (entries[i], ARRANGE_MENU))
        {
          append_menu (section, _("Arran_ge"), arrange_entries);
          continue;
        }
      if (*entries[i] != '\0')
        {
          append_command (section, entries[i]);
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
popup (RunnelCanvas      *self,
       const char *const *entries,
       double             x,
       double             y)
{
  g_autoptr(GMenuModel) model = make_model (entries);

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

static const char *const *
get_area_entries (const RunnelShownArea *area)
{
  return area->kind == RUNNEL_AREA_GROUP ? group_entries : note_entries;
}

static void
popup_for_area (RunnelCanvas    *self,
                RunnelShownArea *area,
                double           x,
                double           y)
{
  if (!area->selected)
    runnel_canvas_select_only_area (self, area);
  popup (self, get_area_entries (area), x, y);
}

/* Pops up the menu of what is at a point (logical pixels of the widget), and selects that. */
void
runnel_canvas_popup_menu (RunnelCanvas *self,
                          double        x,
                          double        y)
{
  guint node = RUNNEL_NO_INDEX;
  guint link = RUNNEL_NO_INDEX;

  RunnelShownArea *area;
  double world_x, world_y;

  runnel_canvas_pointer_cancel (self);
  runnel_canvas_pointer_motion (self, x, y, 0);
  node = self->hovered_node;
  link = self->hovered_link;
  runnel_canvas_view_to_world (self, x, y, &world_x, &world_y);
  area = node != RUNNEL_NO_INDEX ? runnel_canvas_get_closed_group (self, node)
                                 : runnel_canvas_pick_area (self, world_x, world_y);

  if (area != NULL && link == RUNNEL_NO_INDEX)
    popup_for_area (self, area, x, y);
  else if (node != RUNNEL_NO_INDEX)
    {
      if (runnel_canvas_is_selected (self, node))
        runnel_canvas_set_focus_node (self, node);
      else
        runnel_canvas_select_only (self, node);
      popup (self, step_entries, x, y);
    }
  else if (link != RUNNEL_NO_INDEX)
    {
      runnel_canvas_select_link (self, link);
      popup (self, link_entries, x, y);
    }
  else
    {
      popup (self, empty_entries, x, y);
    }
}

static void
popup_on_box (RunnelCanvas      *self,
              const char *const *entries,
              const RunnelBox   *box,
              double             world_y)
{
  double x, y;

  runnel_canvas_view_reveal_box (self, box);
  runnel_viewport_from_world (&self->view, (box->x0 + box->x1) / 2, world_y, &x, &y);
  popup (self, entries, x, y);
}

/* Pops up the menu of the group or note that is selected, of the selected link, of the step where
 * the keyboard is, or of the canvas. */
void
runnel_canvas_popup_menu_at_focus (RunnelCanvas *self)
{
  RunnelShownArea *area = runnel_canvas_get_current_area (self);
  RunnelBox box;

  if (area != NULL)
    {
      popup_on_box (self, get_area_entries (area), &area->box, area->box.y0);
    }
  else if (runnel_canvas_get_part_box (self, RUNNEL_PART_LINK, self->selected_link, &box))
    {
      popup_on_box (self, link_entries, &box, (box.y0 + box.y1) / 2);
    }
  else if (self->focus_node != RUNNEL_NO_INDEX)
    {
      runnel_scene_get_node_box (self->scene, self->focus_node, &box);
      popup_on_box (self, step_entries, &box, (box.y0 + box.y1) / 2);
    }
  else
    {
      popup (self, empty_entries, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
             gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
    }
}

/**
 * runnel_canvas_popup_step_menu:
 * @widget: what was clicked, in the same window
 * @x: where on it, logical pixels
 * @y: the same
 *
 * Pops up the menu of the selected steps outside of the canvas, where they are listed.
 */
void
runnel_canvas_popup_step_menu (RunnelCanvas *self,
                               GtkWidget    *widget,
                               double        x,
                               double        y)
{
  GdkRectangle rect = { .width = 1, .height = 1 };

  g_return_if_fail (RUNNEL_IS_CANVAS (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (!gtk_widget_translate_coordinates (widget, GTK_WIDGET (self), x, y, &x, &y))
    return;

  popup (self, step_entries, x, y);
  rect.x = (int) x;
  rect.y = (int) y;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &rect);
}
