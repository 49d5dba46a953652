/* runnel-canvas-actions.c: what can be done with the canvas, by menu and by key
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"
#include "designer/commands/runnel-commands.h"
#include "designer/commands/runnel-keymap.h"

/* What an action needs to be of use. */
typedef enum
{
  NEEDS_STEPS = 1 << 0,     /* in the document */
  NEEDS_SELECTION = 1 << 1, /* of steps */
  NEEDS_LINK = 1 << 2,      /* selected */
  NEEDS_ANY = 1 << 3,       /* something selected */
  NEEDS_FOCUS = 1 << 4,     /* the keyboard at a step, one area or a link selected, or a connection being made */
  NEEDS_EDIT = 1 << 5,      /* permission */
  NEEDS_UNDO = 1 << 6,
  NEEDS_REDO = 1 << 7,
  NEEDS_IN = 1 << 8,        /* not at the largest zoom */
  NEEDS_OUT = 1 << 9,
  NEEDS_PARTS = 1 << 10,    /* steps, groups or notes selected */
  NEEDS_AREA = 1 << 11,     /* a group or note selected */
  NEEDS_GROUPS = 1 << 12,   /* in the document */
  NEEDS_SEVERAL = 1 << 13,  /* steps selected */
  NEEDS_AREAS = 1 << 14,    /* groups or notes in the document */
} Needs;

static void
undo (RunnelCanvas *self)
{
  runnel_canvas_pointer_cancel (self);
  runnel_canvas_travel_expect (self);
  runnel_document_undo (self->document);
}

static void
redo (RunnelCanvas *self)
{
  runnel_canvas_pointer_cancel (self);
  runnel_canvas_travel_expect (self);
  runnel_document_redo (self->document);
}

static void
rename_step (RunnelCanvas *self)
{
  RunnelShownArea *area = runnel_canvas_get_current_area (self);

  if (area != NULL)
    runnel_canvas_edit_area (self, area);
  else if (self->focus_node != RUNNEL_NO_INDEX && self->selected_link == RUNNEL_NO_INDEX)
    runnel_canvas_emit_rename (self, self->focus_node);
}

static void
disable (RunnelCanvas *self)
{
  runnel_canvas_toggle_enabled (self, RUNNEL_DISABLED);
}

static void
bypass (RunnelCanvas *self)
{
  runnel_canvas_toggle_enabled (self, RUNNEL_BYPASSED);
}

static void
select_upstream (RunnelCanvas *self)
{
  runnel_canvas_select_reachable (self, FALSE);
}

static void
select_downstream (RunnelCanvas *self)
{
  runnel_canvas_select_reachable (self, TRUE);
}

static void
escape (RunnelCanvas *self)
{
  if (runnel_canvas_tidy_cancel (self))
    return;

  if (self->pointer.drag != RUNNEL_DRAG_NONE)
    runnel_canvas_pointer_cancel (self);
  else
    runnel_canvas_select_none (self);
}

/* Opens the step of a node, or the closed group whose card it is. */
void
runnel_canvas_activate_node (RunnelCanvas *self,
                             guint         node)
{
  RunnelShownArea *group = runnel_canvas_get_closed_group (self, node);

  if (group != NULL)
    runnel_canvas_activate_area (self, group);
  else
    runnel_canvas_emit_step_activated (self, node);
}

/* Enter: ends the connection being made, or opens what the keyboard is at; of a link, the menu with
 * its outcomes. */
void
runnel_canvas_activate_focus (RunnelCanvas *self)
{
  RunnelShownArea *area = runnel_canvas_get_current_area (self);

  if (runnel_canvas_is_connecting (self))
    runnel_canvas_connect_end (self, FALSE);
  else if (area != NULL)
    runnel_canvas_activate_area (self, area);
  else if (self->selected_link != RUNNEL_NO_INDEX)
    runnel_canvas_popup_menu_at_focus (self);
  else if (self->focus_node != RUNNEL_NO_INDEX)
    runnel_canvas_activate_node (self, self->focus_node);
}

/* With two steps selected the one farther left comes first; with one, the target is chosen next. */
static void
connect (RunnelCanvas *self,
         const char   *outcome)
{
  g_autoptr(GArray) nodes = runnel_canvas_list_selected (self);
  guint first = nodes->len > 0 ? g_array_index (nodes, guint, 0) : RUNNEL_NO_INDEX;
  RunnelBox a, b;
  RunnelOn on;

  if (!runnel_on_from_string (outcome, &on) || first == RUNNEL_NO_INDEX)
    return;

  if (nodes->len == 2)
    {
      guint second = g_array_index (nodes, guint, 1);
      gboolean turned;

      runnel_scene_get_node_box (self->scene, first, &a);
      runnel_scene_get_node_box (self->scene, second, &b);
      turned = b.x0 < a.x0;
      runnel_canvas_connect (self, runnel_canvas_get_node_id (self, turned ? second : first),
                             runnel_canvas_get_node_id (self, turned ? first : second), on);
    }
  else if (!runnel_canvas_is_connecting (self))
    {
      guint from = self->focus_node != RUNNEL_NO_INDEX ? self->focus_node : first;

      runnel_canvas_connect_begin (self, from, on, TRUE);
    }
}

static void
link_on (RunnelCanvas *self,
         const char   *outcome)
{
  RunnelOn on;

  if (runnel_on_from_string (outcome, &on))
    runnel_canvas_set_link_on (self, on);
}

static const struct
{
  const char *name;
  GtkDirectionType direction;
  int dx, dy;
} sides[] = {
  { "left", GTK_DIR_LEFT, -1, 0 },
  { "right", GTK_DIR_RIGHT, 1, 0 },
  { "up", GTK_DIR_UP, 0, -1 },
  { "down", GTK_DIR_DOWN, 0, 1 },
};

static void
walk (RunnelCanvas *self,
      const char   *side)
{
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    if (g_str_equal (sides[i].name, side))
      runnel_canvas_walk (self, sides[i].direction);
}

static void
walk_link (RunnelCanvas *self,
           const char   *which)
{
  runnel_canvas_walk_link (self, g_str_equal (which, "next"));
}

static void
walk_area (RunnelCanvas *self,
           const char   *which)
{
  runnel_canvas_walk_area (self, g_str_equal (which, "next"));
}

/* The start or the end of the selected link is chosen anew. */
static void
relink (RunnelCanvas *self,
        const char   *end)
{
  runnel_canvas_connect_begin_with_end (self, self->selected_link, g_str_equal (end, "start"));
  self->connecting.sticky = TRUE;
}

static void
fold_all (RunnelCanvas *self)
{
  runnel_canvas_set_all_closed (self, TRUE);
}

static void
unfold_all (RunnelCanvas *self)
{
  runnel_canvas_set_all_closed (self, FALSE);
}

static void
color (RunnelCanvas *self,
       const char   *name)
{
  runnel_canvas_set_area_color (self, name);
}

static void
nudge_by (RunnelCanvas *self,
          const char   *side,
          double        distance)
{
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    if (g_str_equal (sides[i].name, side))
      runnel_canvas_nudge (self, sides[i].dx * distance, sides[i].dy * distance);
}

static void
nudge (RunnelCanvas *self,
       const char   *side)
{
  nudge_by (self, side, RUNNEL_SNAP);
}

static void
nudge_finely (RunnelCanvas *self,
              const char   *side)
{
  nudge_by (self, side, 1);
}

static void
tidy_to (RunnelCanvas *self,
         const char   *direction)
{
  runnel_canvas_tidy_to (self, g_str_equal (direction, "down") ? RUNNEL_DIRECTION_DOWN
                                                               : RUNNEL_DIRECTION_RIGHT);
}

static void
set_link_style (RunnelCanvas *self,
                const char   *style)
{
  runnel_canvas_set_link_style (self, g_str_equal (style, "angular") ? RUNNEL_LINKS_ANGULAR
                                                                     : RUNNEL_LINKS_CURVED);
}

static void
toggle_trace (RunnelCanvas *self)
{
  runnel_canvas_set_traces_paths (self, !self->trace.enabled);
}

/* In the order of the alignments. */
static const char *const alignments[] = { "left", "center", "right", "top", "middle", "bottom" };

static void
align (RunnelCanvas *self,
       const char   *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (alignments); i++)
    if (g_str_equal (alignments[i], name))
      runnel_canvas_align (self, i);
}

static void
distribute (RunnelCanvas *self,
            const char   *direction)
{
  runnel_canvas_distribute (self, g_str_equal (direction, "vertically"));
}

#define EDIT RUNNEL_COMMANDS_EDIT
#define STEPS RUNNEL_COMMANDS_STEPS
#define LINKS RUNNEL_COMMANDS_LINKS
#define AREAS RUNNEL_COMMANDS_AREAS
#define SELECT RUNNEL_COMMANDS_SELECT
#define ARRANGE RUNNEL_COMMANDS_ARRANGE
#define VIEW RUNNEL_COMMANDS_VIEW
#define FILES RUNNEL_COMMANDS_FILE

/* Keys, menu entries, command palette and shortcuts window are made from a row; nothing else is to
 * be done for a new command. A name with a target ("canvas.connect::success") is carried out by
 * `activate_with`, and the rows of one action follow each other. Twins of keys on the keypad need
 * not be named. */
static const struct
{
  RunnelCommand command;
  Needs needs;
  void (*activate) (RunnelCanvas *self);
  void (*activate_with) (RunnelCanvas *self, const char *target);
} actions[] = {
  { { "canvas.undo", N_("_Undo"), EDIT, "<Control>z" }, NEEDS_EDIT | NEEDS_UNDO, undo },
  { { "canvas.redo", N_("_Redo"), EDIT, "<Control><Shift>z <Control>y" },
    NEEDS_EDIT | NEEDS_REDO, redo },
  { { "canvas.cut", N_("Cu_t"), EDIT, "<Control>x <Shift>Delete" },
    NEEDS_EDIT | NEEDS_PARTS, runnel_canvas_cut },
  { { "canvas.copy", N_("_Copy"), EDIT, "<Control>c <Control>Insert" },
    NEEDS_PARTS, runnel_canvas_copy },
  { { "canvas.paste", N_("_Paste"), EDIT, "<Control>v <Shift>Insert" },
    NEEDS_EDIT, runnel_canvas_paste },
  { { "canvas.paste-linked", N_("Paste With _Links"), EDIT, "<Control><Shift>v" },
    NEEDS_EDIT, runnel_canvas_paste_linked },
  { { "canvas.copy-picture", N_("Copy as Pict_ure"), EDIT, "<Control><Shift>c" },
    NEEDS_STEPS, runnel_canvas_copy_picture },
  { { "canvas.duplicate", N_("D_uplicate"), EDIT, "<Control>d" },
    NEEDS_EDIT | NEEDS_PARTS, runnel_canvas_duplicate },
  { { "canvas.delete", N_("_Delete"), EDIT, "Delete BackSpace" },
    NEEDS_EDIT | NEEDS_ANY, runnel_canvas_delete },
  { { "canvas.delete-and-heal", N_("Delete and Link Nei_ghbours"), EDIT,
      "<Control>Delete <Control>BackSpace" },
    NEEDS_EDIT | NEEDS_SELECTION, runnel_canvas_delete_and_heal },

  { { "canvas.add", N_("_Add Step…"), STEPS, "n slash" }, NEEDS_EDIT, runnel_canvas_add_at_hand },
  { { "canvas.activate", N_("_Open"), STEPS, "Return" },
    NEEDS_FOCUS, runnel_canvas_activate_focus },
  { { "canvas.rename", N_("Re_name"), STEPS, "F2" }, NEEDS_EDIT | NEEDS_FOCUS, rename_step },
  { { "canvas.disable", N_("D_isable or Enable"), STEPS, "d" },
    NEEDS_EDIT | NEEDS_SELECTION, disable },
  { { "canvas.bypass", N_("_Bypass or Enable"), STEPS, "b" },
    NEEDS_EDIT | NEEDS_SELECTION, bypass },
  { { "canvas.menu", N_("Context _Menu"), STEPS, "Menu <Shift>F10" },
    0, runnel_canvas_popup_menu_at_focus },

  { { "canvas.connect::success", N_("Connect on _Success To…"), LINKS, "c" },
    NEEDS_EDIT | NEEDS_SELECTION, NULL, connect },
  { { "canvas.connect::failure", N_("Connect on _Failure To…"), LINKS, "<Shift>c" },
    NEEDS_EDIT | NEEDS_SELECTION, NULL, connect },
  { { "canvas.connect::always", N_("Connect Al_ways To…"), LINKS, "<Alt>c" },
    NEEDS_EDIT | NEEDS_SELECTION, NULL, connect },
  { { "canvas.insert", N_("_Insert Step on Link…"), LINKS, "i" },
    NEEDS_EDIT | NEEDS_ANY, runnel_canvas_insert },
  { { "canvas.disconnect", N_("Remove All Lin_ks"), LINKS, "x" },
    NEEDS_EDIT | NEEDS_SELECTION, runnel_canvas_disconnect },
  { { "canvas.relink::end", N_("Take the Link's _End Elsewhere"), LINKS, "e" },
    NEEDS_EDIT | NEEDS_LINK, NULL, relink },
  { { "canvas.relink::start", N_("Take the Link's S_tart Elsewhere"), LINKS, "<Shift>e" },
    NEEDS_EDIT | NEEDS_LINK, NULL, relink },
  { { "canvas.link-on::success", N_("Link on _Success"), LINKS },
    NEEDS_EDIT | NEEDS_LINK, NULL, link_on },
  { { "canvas.link-on::failure", N_("Link on _Failure"), LINKS },
    NEEDS_EDIT | NEEDS_LINK, NULL, link_on },
  { { "canvas.link-on::finished", N_("Link When Fi_nished"), LINKS },
    NEEDS_EDIT | NEEDS_LINK, NULL, link_on },
  { { "canvas.link-on::always", N_("Link _Always"), LINKS },
    NEEDS_EDIT | NEEDS_LINK, NULL, link_on },

  { { "canvas.group", N_("_Group"), AREAS, "<Control>g" },
    NEEDS_EDIT | NEEDS_PARTS, runnel_canvas_group },
  { { "canvas.ungroup", N_("_Ungroup"), AREAS, "<Control><Shift>g" },
    NEEDS_EDIT | NEEDS_PARTS, runnel_canvas_ungroup },
  { { "canvas.fold", N_("_Close or Open Group"), AREAS, "h" },
    NEEDS_GROUPS | NEEDS_PARTS, runnel_canvas_toggle_closed },
  { { "canvas.fold-all", N_("Close _All Groups"), AREAS, "<Alt><Shift>g" },
    NEEDS_GROUPS, fold_all },
  { { "canvas.unfold-all", N_("_Open All Groups"), AREAS, "<Alt>g" }, NEEDS_GROUPS, unfold_all },
  { { "canvas.add-note", N_("Add _Note"), AREAS, "<Shift>s" }, NEEDS_EDIT, runnel_canvas_add_note },
  { { "canvas.area-color::blue", N_("Colour _Blue"), AREAS }, NEEDS_EDIT | NEEDS_AREA, NULL, color },
  { { "canvas.area-color::teal", N_("Colour _Teal"), AREAS }, NEEDS_EDIT | NEEDS_AREA, NULL, color },
  { { "canvas.area-color::green", N_("Colour _Green"), AREAS },
    NEEDS_EDIT | NEEDS_AREA, NULL, color },
  { { "canvas.area-color::yellow", N_("Colour _Yellow"), AREAS },
    NEEDS_EDIT | NEEDS_AREA, NULL, color },
  { { "canvas.area-color::orange", N_("Colour _Orange"), AREAS },
    NEEDS_EDIT | NEEDS_AREA, NULL, color },
  { { "canvas.area-color::red", N_("Colour _Red"), AREAS }, NEEDS_EDIT | NEEDS_AREA, NULL, color },
  { { "canvas.area-color::pink", N_("Colour P_ink"), AREAS }, NEEDS_EDIT | NEEDS_AREA, NULL, color },
  { { "canvas.area-color::purple", N_("Colour _Purple"), AREAS },
    NEEDS_EDIT | NEEDS_AREA, NULL, color },
  { { "canvas.area-color::", N_("_No Colour"), AREAS }, NEEDS_EDIT | NEEDS_AREA, NULL, color },

  { { "canvas.select-all", N_("Select _All"), SELECT, "<Control>a" },
    NEEDS_STEPS, runnel_canvas_select_all },
  { { "canvas.select-none", N_("Select N_one"), SELECT, "<Control><Shift>a" },
    NEEDS_ANY, runnel_canvas_select_none },
  { { "canvas.escape", N_("_Give Up or Select None"), SELECT, "Escape" }, 0, escape },
  { { "canvas.select-upstream", N_("Select All B_efore"), SELECT, "<Shift>Left" },
    NEEDS_SELECTION, select_upstream },
  { { "canvas.select-downstream", N_("Select All Afte_r"), SELECT, "<Shift>Right" },
    NEEDS_SELECTION, select_downstream },
  { { "canvas.select-around", N_("Select the Group _Around"), SELECT, "<Shift>Up" },
    NEEDS_GROUPS | NEEDS_PARTS, runnel_canvas_select_around },
  { { "canvas.select-inside", N_("Select the Steps of the Group"), SELECT, "<Shift>Down" },
    NEEDS_AREA, runnel_canvas_select_inside },
  { { "canvas.walk::left", N_("Go to the Step on the Left"), SELECT, "Left" },
    NEEDS_STEPS, NULL, walk },
  { { "canvas.walk::right", N_("Go to the Step on the Right"), SELECT, "Right" },
    NEEDS_STEPS, NULL, walk },
  { { "canvas.walk::up", N_("Go to the Step Above"), SELECT, "Up" }, NEEDS_STEPS, NULL, walk },
  { { "canvas.walk::down", N_("Go to the Step Below"), SELECT, "Down" }, NEEDS_STEPS, NULL, walk },
  { { "canvas.walk-link::next", N_("Go to the Next Link of the Step"), SELECT, "l" },
    NEEDS_ANY, NULL, walk_link },
  { { "canvas.walk-link::previous", N_("Go to the Previous Link of the Step"), SELECT, "<Shift>l" },
    NEEDS_ANY, NULL, walk_link },
  { { "canvas.walk-area::next", N_("Go to the Next Group or Note"), SELECT, "g" },
    NEEDS_AREAS, NULL, walk_area },
  { { "canvas.walk-area::previous", N_("Go to the Previous Group or Note"), SELECT, "<Shift>g" },
    NEEDS_AREAS, NULL, walk_area },

  { { "canvas.tidy", N_("Tid_y"), ARRANGE, "<Shift><Alt>t" },
    NEEDS_EDIT | NEEDS_STEPS, runnel_canvas_tidy },
  { { "canvas.tidy-to::right", N_("Tidy to the _Right"), ARRANGE },
    NEEDS_EDIT | NEEDS_STEPS, NULL, tidy_to },
  { { "canvas.tidy-to::down", N_("Tidy _Downwards"), ARRANGE },
    NEEDS_EDIT | NEEDS_STEPS, NULL, tidy_to },
  { { "canvas.align::left", N_("Align _Left"), ARRANGE },
    NEEDS_EDIT | NEEDS_SEVERAL, NULL, align },
  { { "canvas.align::center", N_("Align _Centers Above Each Other"), ARRANGE },
    NEEDS_EDIT | NEEDS_SEVERAL, NULL, align },
  { { "canvas.align::right", N_("Align _Right"), ARRANGE },
    NEEDS_EDIT | NEEDS_SEVERAL, NULL, align },
  { { "canvas.align::top", N_("Align _Top"), ARRANGE },
    NEEDS_EDIT | NEEDS_SEVERAL, NULL, align },
  { { "canvas.align::middle", N_("Align Centers _Beside Each Other"), ARRANGE },
    NEEDS_EDIT | NEEDS_SEVERAL, NULL, align },
  { { "canvas.align::bottom", N_("Align _Bottom"), ARRANGE },
    NEEDS_EDIT | NEEDS_SEVERAL, NULL, align },
  { { "canvas.distribute::horizontally", N_("Distribute _Horizontally"), ARRANGE },
    NEEDS_EDIT | NEEDS_SEVERAL, NULL, distribute },
  { { "canvas.distribute::vertically", N_("Distribute _Vertically"), ARRANGE },
    NEEDS_EDIT | NEEDS_SEVERAL, NULL, distribute },
  { { "canvas.pin", N_("_Pin or Unpin"), ARRANGE, "p" },
    NEEDS_EDIT | NEEDS_SELECTION, runnel_canvas_toggle_pinned },
  { { "canvas.nudge::left", N_("Move Left"), ARRANGE, "<Control>Left" },
    NEEDS_EDIT | NEEDS_PARTS, NULL, nudge },
  { { "canvas.nudge::right", N_("Move Right"), ARRANGE, "<Control>Right" },
    NEEDS_EDIT | NEEDS_PARTS, NULL, nudge },
  { { "canvas.nudge::up", N_("Move Up"), ARRANGE, "<Control>Up" },
    NEEDS_EDIT | NEEDS_PARTS, NULL, nudge },
  { { "canvas.nudge::down", N_("Move Down"), ARRANGE, "<Control>Down" },
    NEEDS_EDIT | NEEDS_PARTS, NULL, nudge },
  { { "canvas.nudge-finely::left", N_("Move Left by One Pixel"), ARRANGE, "<Control><Shift>Left" },
    NEEDS_EDIT | NEEDS_PARTS, NULL, nudge_finely },
  { { "canvas.nudge-finely::right", N_("Move Right by One Pixel"), ARRANGE,
      "<Control><Shift>Right" },
    NEEDS_EDIT | NEEDS_PARTS, NULL, nudge_finely },
  { { "canvas.nudge-finely::up", N_("Move Up by One Pixel"), ARRANGE, "<Control><Shift>Up" },
    NEEDS_EDIT | NEEDS_PARTS, NULL, nudge_finely },
  { { "canvas.nudge-finely::down", N_("Move Down by One Pixel"), ARRANGE, "<Control><Shift>Down" },
    NEEDS_EDIT | NEEDS_PARTS, NULL, nudge_finely },

  { { "canvas.zoom-in", N_("Zoom _In"), VIEW, "<Control>plus <Control>equal plus equal" },
    NEEDS_IN, runnel_canvas_zoom_in },
  { { "canvas.zoom-out", N_("Zoom _Out"), VIEW, "<Control>minus minus" },
    NEEDS_OUT, runnel_canvas_zoom_out },
  { { "canvas.zoom-100", N_("Zoom to _100 %"), VIEW, "<Control>0 0" }, 0, runnel_canvas_zoom_100 },
  { { "canvas.fit", N_("_Fit All"), VIEW, "<Control>1 1 Home" }, NEEDS_STEPS, runnel_canvas_fit },
  { { "canvas.fit-selection", N_("_Zoom to Selection"), VIEW, "<Control>2 period" },
    NEEDS_PARTS, runnel_canvas_fit_selection },
  { { "canvas.link-style::curved", N_("Links in _Curves"), VIEW }, 0, NULL, set_link_style },
  { { "canvas.link-style::angular", N_("Links With C_orners"), VIEW }, 0, NULL, set_link_style },
  { { "canvas.trace", N_("Highlight _Paths or Not"), VIEW, "<Shift>h" }, 0, toggle_trace },

  { { "canvas.export", N_("E_xport as Picture…"), FILES, "<Control><Alt>e" },
    NEEDS_STEPS, runnel_canvas_export },
  { { "canvas.print", N_("_Print…"), FILES, "<Control>p" }, NEEDS_STEPS, runnel_canvas_print },
};

static gboolean
is_action (guint       i,
           const char *name,
           const char *target)
{
  g_autofree char *action = runnel_command_get_action (&actions[i].command);

  return g_str_equal (action, name)
         && g_strcmp0 (runnel_command_get_target (&actions[i].command), target) == 0;
}

static void
activate_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RunnelCanvas *self = RUNNEL_CANVAS (widget);
  const char *target = parameter ? g_variant_get_string (parameter, NULL) : NULL;

  runnel_canvas_area_editor_close (self);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (!is_action (i, name, target))
        continue;

      if (actions[i].activate != NULL)
        actions[i].activate (self);
      else
        actions[i].activate_with (self, target);
    }
}

/* The rows of one action with different targets need it once. */
static void
install (GtkWidgetClass *klass,
         guint           i)
{
  g_autofree char *action = runnel_command_get_action (&actions[i].command);
  g_autofree char *last = i > 0 ? runnel_command_get_action (&actions[i - 1].command) : NULL;

  if (g_strcmp0 (action, last) != 0)
    gtk_widget_class_install_action (klass, action, actions[i].activate_with ? "s" : NULL,
                                     activate_cb);
}

void
runnel_canvas_class_install_actions (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      install (klass, i);
      runnel_commands_add (&actions[i].command);
    }
}

void
runnel_canvas_actions_init (RunnelCanvas *self)
{
  GListModel *shortcuts = runnel_keymap_get_shortcuts (runnel_keymap_get_default (), "canvas.");

  gtk_widget_add_controller (GTK_WIDGET (self), gtk_shortcut_controller_new_for_model (shortcuts));
}

static gboolean
get_flag (RunnelCanvas *self,
          const char   *property)
{
  gboolean value = FALSE;

  if (self->document != NULL)
    g_object_get (self->document, property, &value, NULL);

  return value;
}

/* Tells which needs are met now. */
static Needs
get_present (RunnelCanvas *self)
{
  gboolean selection = runnel_canvas_get_n_selected (self) > 0;
  gboolean area = runnel_canvas_get_n_selected_areas (self) > 0;
  gboolean link = self->selected_link != RUNNEL_NO_INDEX;
  Needs present = 0;

  if (self->pipeline != NULL && runnel_pipeline_get_n_steps (self->pipeline) > 0)
    present |= NEEDS_STEPS;
  if (selection)
    present |= NEEDS_SELECTION | NEEDS_ANY;
  if (runnel_canvas_get_n_selected (self) > 1)
    present |= NEEDS_SEVERAL;
  if (link)
    present |= NEEDS_LINK | NEEDS_ANY;
  if (area)
    present |= NEEDS_AREA | NEEDS_ANY;
  if (selection || area)
    present |= NEEDS_PARTS;
  if (self->areas->len > 0)
    present |= NEEDS_AREAS;
  if (self->areas->len > 0
      && ((RunnelShownArea *) g_ptr_array_index (self->areas, 0))->kind == RUNNEL_AREA_GROUP)
    present |= NEEDS_GROUPS;
  if (self->focus_node != RUNNEL_NO_INDEX || link || runnel_canvas_is_connecting (self)
      || runnel_canvas_get_current_area (self) != NULL)
    present |= NEEDS_FOCUS;
  if (runnel_canvas_can_edit (self))
    present |= NEEDS_EDIT;
  if (get_flag (self, "can-undo"))
    present |= NEEDS_UNDO;
  if (get_flag (self, "can-redo"))
    present |= NEEDS_REDO;
  if (self->view.zoom < RUNNEL_CANVAS_MAX_ZOOM)
    present |= NEEDS_IN;
  if (self->view.zoom > RUNNEL_CANVAS_MIN_ZOOM)
    present |= NEEDS_OUT;

  return present;
}

/* Enables the actions that would do something now, and only these. */
void
runnel_canvas_update_actions (RunnelCanvas *self)
{
  Needs present = get_present (self);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *action = runnel_command_get_action (&actions[i].command);

      gtk_widget_action_set_enabled (GTK_WIDGET (self), action,
                                     (actions[i].needs & ~present) == 0);
    }
}

/* The first of the needs that are not met, in words. */
static const char *
describe_missing (Needs missing)
{
  static const struct
  {
    Needs need;
    const char *text;
  } texts[] = {
    { NEEDS_EDIT, N_("This can't be changed") },
    { NEEDS_STEPS, N_("There is no step yet") },
    { NEEDS_SELECTION, N_("No step is selected") },
    { NEEDS_FOCUS, N_("No step is selected") },
    { NEEDS_LINK, N_("No link is selected") },
    { NEEDS_AREAS, N_("There is no group and no note yet") },
    { NEEDS_ANY | NEEDS_PARTS, N_("Nothing is selected") },
    { NEEDS_AREA, N_("No group or note is selected") },
    { NEEDS_GROUPS, N_("There is no group yet") },
    { NEEDS_SEVERAL, N_("Fewer than two steps are selected") },
    { NEEDS_UNDO, N_("Nothing was changed") },
    { NEEDS_REDO, N_("Nothing was undone") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (missing & texts[i].need)
      return _(texts[i].text);
  return _("Not possible now");
}

/**
 * runnel_canvas_get_obstacle:
 * @command: the name of a command of the canvas, with its target
 *
 * Returns: (transfer none) (nullable): why the command would do nothing now; %NULL if it would do
 *   something
 */
const char *
runnel_canvas_get_obstacle (RunnelCanvas *self,
                            const char   *command)
{
  g_return_val_if_fail (RUNNEL_IS_CANVAS (self), NULL);
  g_return_val_if_fail (command, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      Needs missing;

      if (!g_str_equal (actions[i].command.name, command))
        continue;
      missing = actions[i].needs & ~get_present (self);
      return missing ? describe_missing (missing) : NULL;
    }
  return _("Not possible now");
}
