/* runnel-canvas-area-pointer.c: pressing and picking groups and notes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"
#include "layout/runnel-measures.h"

#define EDGE_REACH 5 /* logical pixels on both sides of an edge */
#define TITLE_REACH (RUNNEL_GROUP_TITLE + 8) /* world units: the part of a frame that takes hold */

static RunnelShownArea *
find_shown (RunnelCanvas *self,
            guint         area)
{
  for (guint i = 0; i < self->areas->len; i++)
    {
      RunnelShownArea *shown = g_ptr_array_index (self->areas, i);

      if (shown->area == area)
        return shown;
    }

  return NULL;
}

/* A frame is taken hold of at its title; the rest of it belongs to what is inside. */
static gboolean
takes_hold (const RunnelShownArea *area,
            double                 y)
{
  return area->kind == RUNNEL_AREA_NOTE || y < area->box.y0 + TITLE_REACH;
}

/* Returns: (transfer none) (nullable): the note, or the title of a group, at a point of the world */
RunnelShownArea *
runnel_canvas_pick_area (RunnelCanvas *self,
                         double        x,
                         double        y)
{
  RunnelShownArea *area = NULL;
  guint index;

  if (runnel_pick_area (self->scene, x, y, &index))
    area = find_shown (self, index);

  return area != NULL && takes_hold (area, y) ? area : NULL;
}

/* Which edges of a note a press at a point of the world would take hold of. */
RunnelEdges
runnel_canvas_pick_edges (RunnelCanvas    *self,
                          RunnelShownArea *area,
                          double           x,
                          double           y)
{
  const double reach = EDGE_REACH / self->view.zoom;
  RunnelEdges edges = 0;

  if (area->kind != RUNNEL_AREA_NOTE || !runnel_canvas_can_edit (self))
    return 0;

  if (x < area->box.x0 + reach)
    edges |= RUNNEL_EDGE_LEFT;
  else if (x > area->box.x1 - 2 * reach)
    edges |= RUNNEL_EDGE_RIGHT;
  if (y < area->box.y0 + reach)
    edges |= RUNNEL_EDGE_TOP;
  else if (y > area->box.y1 - 2 * reach)
    edges |= RUNNEL_EDGE_BOTTOM;

  return edges;
}

/* Returns: (nullable): the cursor for what a press on a note or a frame would do */
const char *
runnel_canvas_get_area_cursor (RunnelCanvas *self)
{
  static const struct
  {
    RunnelEdges edges;
    const char *name;
  } cursors[] = {
    { RUNNEL_EDGE_LEFT | RUNNEL_EDGE_TOP, "nwse-resize" },
    { RUNNEL_EDGE_RIGHT | RUNNEL_EDGE_BOTTOM, "nwse-resize" },
    { RUNNEL_EDGE_RIGHT | RUNNEL_EDGE_TOP, "nesw-resize" },
    { RUNNEL_EDGE_LEFT | RUNNEL_EDGE_BOTTOM, "nesw-resize" },
    { RUNNEL_EDGE_LEFT, "ew-resize" },
    { RUNNEL_EDGE_RIGHT, "ew-resize" },
    { RUNNEL_EDGE_TOP, "ns-resize" },
    { RUNNEL_EDGE_BOTTOM, "ns-resize" },
  };
  RunnelShownArea *area;
  RunnelEdges edges;
  double x, y;

  runnel_canvas_view_to_world (self, self->pointer.x, self->pointer.y, &x, &y);
  area = runnel_canvas_pick_area (self, x, y);
  if (area == NULL)
    return NULL;

  edges = self->pointer.drag == RUNNEL_DRAG_RESIZE ? self->pointer.press_edges
                                                   : runnel_canvas_pick_edges (self, area, x, y);
  for (guint i = 0; i < G_N_ELEMENTS (cursors); i++)
    if (cursors[i].edges == edges)
      return cursors[i].name;

  return NULL;
}

static gboolean
is_fold (const RunnelShownArea *area,
         double                 x)
{
  return area->kind == RUNNEL_AREA_GROUP
         && x < area->box.x0 + RUNNEL_AREA_PADDING + RUNNEL_FOLD_WIDTH;
}

/* The button goes down on a note or the title of a group. */
void
runnel_canvas_press_area (RunnelCanvas    *self,
                          RunnelShownArea *area)
{
  const RunnelPointer *pointer = &self->pointer;
  const GdkModifierType adding = GDK_SHIFT_MASK | GDK_CONTROL_MASK;

  if (is_fold (area, pointer->world_x) && !(pointer->press_modifiers & adding))
    {
      runnel_canvas_set_group_closed (self, area, TRUE);
      runnel_canvas_select_only_area (self, area);
      return;
    }

  if (pointer->press_modifiers & GDK_SHIFT_MASK)
    {
      if (runnel_canvas_select_area (self, area, TRUE))
        runnel_canvas_emit_selection_changed (self);
    }
  else if (!(pointer->press_modifiers & GDK_CONTROL_MASK) && !area->selected)
    {
      runnel_canvas_select_only_area (self, area);
    }

  self->pointer.press_area = area;
  self->pointer.press_edges = runnel_canvas_pick_edges (self, area, pointer->world_x,
                                                        pointer->world_y);
  runnel_canvas_drag_begin (self, self->pointer.press_edges != 0 ? RUNNEL_DRAG_RESIZE
                                                                 : RUNNEL_DRAG_MOVE);
}

/* A click that moved nothing. */
void
runnel_canvas_click_area (RunnelCanvas    *self,
                          RunnelShownArea *area)
{
  const RunnelPointer *pointer = &self->pointer;

  if (pointer->press_modifiers & GDK_CONTROL_MASK)
    {
      if (area->kind == RUNNEL_AREA_NOTE
          && runnel_canvas_follow_note_link (self, area, pointer->world_x, pointer->world_y))
        return;
      runnel_canvas_select_area (self, area, !area->selected);
      runnel_canvas_emit_selection_changed (self);
    }
  else if (!(pointer->press_modifiers & GDK_SHIFT_MASK))
    {
      runnel_canvas_select_only_area (self, area);
    }
}

/* A double click, or Enter: opens what is closed, else edits the title or the text. */
void
runnel_canvas_activate_area (RunnelCanvas    *self,
                             RunnelShownArea *area)
{
  if (area->closed)
    runnel_canvas_set_group_closed (self, area, FALSE);
  else if (runnel_canvas_can_edit (self))
    runnel_canvas_edit_area (self, area);
}

static gboolean
may_be_opened (const char *address)
{
  static const char *const schemes[] = { "https", "http", "mailto", NULL };
  g_autofree char *scheme = g_uri_parse_scheme (address);

  return scheme != NULL && g_strv_contains (schemes, scheme);
}

/* Offers to open the address at a point of a note, after showing it. Returns: whether there is one */
gboolean
runnel_canvas_follow_note_link (RunnelCanvas    *self,
                                RunnelShownArea *note,
                                double           x,
                                double           y)
{
  g_autofree char *address = runnel_raster_find_link (self->raster, &note->box, note->text, x, y);

  if (address == NULL)
    return FALSE;

  if (may_be_opened (address))
    runnel_canvas_emit_link_followed (self, address);
  else
    runnel_canvas_refuse (self, _("Only addresses of the web and of e-mail are opened."));
  return TRUE;
}
