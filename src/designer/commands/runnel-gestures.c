/* runnel-gestures.c: what the pointer and keys that can't be changed do
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the shortcuts window and docs/canvas.md. What carries the gestures out lies with the widgets,
 * those of the canvas in runnel-canvas-gestures.c.
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/commands/runnel-gestures.h"

#define EDIT RUNNEL_COMMANDS_EDIT
#define STEPS RUNNEL_COMMANDS_STEPS
#define LINKS RUNNEL_COMMANDS_LINKS
#define AREAS RUNNEL_COMMANDS_AREAS
#define SELECT RUNNEL_COMMANDS_SELECT
#define ARRANGE RUNNEL_COMMANDS_ARRANGE
#define VIEW RUNNEL_COMMANDS_VIEW
#define CHART RUNNEL_COMMANDS_CHART
#define PANELS RUNNEL_COMMANDS_PANELS
#define WINDOW RUNNEL_COMMANDS_WINDOW

static const RunnelGesture gestures[] = {
  { STEPS, N_("Add a step"), N_("Double-click empty space"), NULL, "canvas.add" },
  { STEPS, N_("Add a step of a kind"), N_("Drag the kind from the side panel"), NULL,
    "canvas.add" },
  { STEPS, N_("Open a step"), N_("Double-click the step"), NULL, "canvas.activate" },
  { STEPS, N_("Enter the pipeline of a step"), N_("Ctrl+double-click the step"), NULL,
    "page.enter" },
  { STEPS, N_("Leave the pipeline"), NULL, "<Alt>Up", "page.leave" },
  { STEPS, N_("Context menu"), N_("Right-click"), NULL, "canvas.menu" },
  { LINKS, N_("Connect"), N_("Drag from a port of one step to another step"), NULL,
    "canvas.connect::success" },
  { LINKS, N_("Connect"), N_("Click a port, then a step"), NULL, "canvas.connect::success" },
  { LINKS, N_("Connect to a new step"), N_("Drag from a port to empty space"), NULL,
    "canvas.add" },
  { LINKS, N_("Connect elsewhere"), N_("Drag an end of a link; to empty space removes it") },
  { LINKS, N_("Insert a step"), N_("Click the + on a link, or drop a step on it; Alt prevents it"),
    NULL, "canvas.insert" },
  { LINKS, N_("Cut links"), N_("Alt+drag over empty space across links"), NULL,
    "canvas.disconnect" },
  { AREAS, N_("Move a group with its steps"), N_("Drag its title") },
  { AREAS, N_("Put a step into a group or take it out"),
    N_("Drag the step into the frame or out of it; Alt suspends") },
  { AREAS, N_("Rename a group, write in a note"), N_("Double-click"), NULL, "canvas.rename" },
  { AREAS, N_("Close a group"), N_("Click the mark before its title"), NULL, "canvas.fold" },
  { AREAS, N_("Open a closed group"), N_("Double-click its card"), NULL, "canvas.fold" },
  { AREAS, N_("Make a note larger or smaller"), N_("Drag its edge or corner") },
  { AREAS, N_("Open an address in a note"), N_("Ctrl+click") },
  { SELECT, N_("Select"), N_("Click") },
  { SELECT, N_("Add to the selection"), N_("Shift+click") },
  { SELECT, N_("Add to the selection or take from it"), N_("Ctrl+click") },
  { SELECT, N_("Select an area"), N_("Drag over empty space; Ctrl or Shift adds") },
  { ARRANGE, N_("Move"), N_("Drag a step; near the edge the canvas follows"), NULL,
    "canvas.nudge::right" },
  { ARRANGE, N_("Copy"), N_("Ctrl+drag a step"), NULL, "canvas.duplicate" },
  { ARRANGE, N_("Move without the grid"), N_("Shift while dragging"), NULL,
    "canvas.nudge-finely::right" },
  { VIEW, N_("Pan"), N_("Drag with the middle button, Space+drag, scroll, two fingers") },
  { VIEW, N_("Pan sideways"), N_("Shift+wheel") },
  { VIEW, N_("Zoom"), N_("Ctrl+wheel, pinch, wheel over the minimap"), NULL, "canvas.zoom-in" },
  { VIEW, N_("Go elsewhere"), N_("Click the minimap, or drag the frame on it"), NULL,
    "win.minimap" },
  { CHART, N_("Open or close a line"), N_("Click its triangle, or double-click its name"), NULL,
    "gantt.unfold" },
  { CHART, N_("Put the cursor"), N_("Click the axis, or drag on it"), NULL, "gantt.cursor::next" },
  { CHART, N_("Pan"), N_("Drag, with Space also on the axis; scroll, two fingers"), NULL,
    "gantt.scroll::later" },
  { CHART, N_("Zoom the time"), N_("Ctrl+wheel, pinch"), NULL, "gantt.zoom-in" },
  { CHART, N_("Make the lines higher or lower"), N_("Ctrl+Shift+wheel") },
  { CHART, N_("What a step waited for, and what waited for it"), N_("Point at it"), NULL,
    "gantt.links" },
  { EDIT, N_("Change the order of a list"), NULL, "<Alt>Up <Alt>Down" },
  { PANELS, N_("Back to the canvas"), NULL, "Escape" },
  { WINDOW, N_("Main menu"), NULL, "F10" },
};

/**
 * runnel_gestures_get:
 * @ret_size: (out): how many there are
 *
 * Returns: (transfer none) (array length=ret_size): all gestures
 */
const RunnelGesture *
runnel_gestures_get (guint *ret_size)
{
  *ret_size = G_N_ELEMENTS (gestures);
  return gestures;
}
