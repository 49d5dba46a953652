/* runnel-canvas-actions.c: what can be done with the canvas, by menu and by key
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"

/* What an action needs to be of use. */
typedef enum
{
  NEEDS_STEPS = 1 << 0,     /* in the document */
  NEEDS_SELECTION = 1 << 1, /* of steps */
  NEEDS_LINK = 1 << 2,      /* selected */
  NEEDS_ANY = 1 << 3,       /* steps or a link selected */
  NEEDS_FOCUS = 1 << 4,     /* the keyboard at a step, or a connection being made */
  NEEDS_EDIT = 1 << 5,      /* permission */
  NEEDS_UNDO = 1 << 6,
  NEEDS_REDO = 1 << 7,
  NEEDS_IN = 1 << 8,        /* not at the largest zoom */
  NEEDS_OUT = 1 << 9,
} Needs;

static void
undo (RunnelCanvas *self)
{
  runnel_canvas_pointer_cancel (self);
  runnel_document_undo (self->document);
}

static void
redo (RunnelCanvas *self)
{
  runnel_canvas_pointer_cancel (self);
  runnel_document_redo (self->document);
}

static void
rename_step (RunnelCanvas *self)
{
  if (self->focus_node != RUNNEL_NO_INDEX)
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
  if (self->pointer.drag != RUNNEL_DRAG_NONE)
    runnel_canvas_pointer_cancel (self);
  else
    runnel_canvas_select_none (self);
}

/* Enter: ends the connection being made, or activates the step where the keyboard is. */
void
runnel_canvas_activate_focus (RunnelCanvas *self)
{
  if (runnel_canvas_is_connecting (self))
    runnel_canvas_connect_end (self, FALSE);
  else if (self->focus_node != RUNNEL_NO_INDEX)
    runnel_canvas_emit_step_activated (self, self->focus_node);
}

static gboolean
read_on (GVariant *parameter,
         RunnelOn *ret_on)
{
  return runnel_on_from_string (g_variant_get_string (parameter, NULL), ret_on);
}

/* With two steps selected the one farther left comes first; with one, the target is chosen next. */
static void
connect (RunnelCanvas *self,
         GVariant     *parameter)
{
  g_autoptr(GArray) nodes = runnel_canvas_list_selected (self);
  guint first = nodes->len > 0 ? g_array_index (nodes, guint, 0) : RUNNEL_NO_INDEX;
  RunnelBox a, b;
  RunnelOn on;

  if (!read_on (parameter, &on) || first == RUNNEL_NO_INDEX)
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
         GVariant     *parameter)
{
  RunnelOn on;

  if (read_on (parameter, &on))
    runnel_canvas_set_link_on (self, on);
}

static void
walk (RunnelCanvas *self,
      GVariant     *parameter)
{
  runnel_canvas_walk (self, g_variant_get_int32 (parameter));
}

static void
nudge (RunnelCanvas *self,
       GVariant     *parameter)
{
  int dx, dy;

  g_variant_get (parameter, "(ii)", &dx, &dy);
  runnel_canvas_nudge (self, dx, dy);
}

typedef struct
{
  const char *name;
  Needs needs;
  void (*activate) (RunnelCanvas *self);
  const char *parameter_type;
  void (*activate_with) (RunnelCanvas *self, GVariant *parameter);
} Action;

static const Action actions[] = {
  { "canvas.zoom-in", NEEDS_IN, runnel_canvas_zoom_in },
  { "canvas.zoom-out", NEEDS_OUT, runnel_canvas_zoom_out },
  { "canvas.zoom-100", 0, runnel_canvas_zoom_100 },
  { "canvas.fit", NEEDS_STEPS, runnel_canvas_fit },
  { "canvas.fit-selection", NEEDS_SELECTION, runnel_canvas_fit_selection },
  { "canvas.select-all", NEEDS_STEPS, runnel_canvas_select_all },
  { "canvas.select-none", NEEDS_ANY, runnel_canvas_select_none },
  { "canvas.select-upstream", NEEDS_SELECTION, select_upstream },
  { "canvas.select-downstream", NEEDS_SELECTION, select_downstream },
  { "canvas.escape", 0, escape },
  { "canvas.undo", NEEDS_EDIT | NEEDS_UNDO, undo },
  { "canvas.redo", NEEDS_EDIT | NEEDS_REDO, redo },
  { "canvas.delete", NEEDS_EDIT | NEEDS_ANY, runnel_canvas_delete },
  { "canvas.copy", NEEDS_SELECTION, runnel_canvas_copy },
  { "canvas.cut", NEEDS_EDIT | NEEDS_SELECTION, runnel_canvas_cut },
  { "canvas.paste", NEEDS_EDIT, runnel_canvas_paste },
  { "canvas.duplicate", NEEDS_EDIT | NEEDS_SELECTION, runnel_canvas_duplicate },
  { "canvas.add", NEEDS_EDIT, runnel_canvas_add_at_hand },
  { "canvas.activate", NEEDS_FOCUS, runnel_canvas_activate_focus },
  { "canvas.rename", NEEDS_EDIT | NEEDS_FOCUS, rename_step },
  { "canvas.disable", NEEDS_EDIT | NEEDS_SELECTION, disable },
  { "canvas.bypass", NEEDS_EDIT | NEEDS_SELECTION, bypass },
  { "canvas.connect", NEEDS_EDIT | NEEDS_SELECTION, NULL, "s", connect },
  { "canvas.link-on", NEEDS_EDIT | NEEDS_LINK, NULL, "s", link_on },
  { "canvas.walk", NEEDS_STEPS, NULL, "i", walk },
  { "canvas.nudge", NEEDS_EDIT | NEEDS_SELECTION, NULL, "(ii)", nudge },
  { "canvas.tidy", NEEDS_EDIT | NEEDS_STEPS, runnel_canvas_tidy },
  { "canvas.menu", 0, runnel_canvas_popup_menu_at_focus },
};

#define CTRL GDK_CONTROL_MASK
#define SHIFT GDK_SHIFT_MASK
#define ALT GDK_ALT_MASK

/* The parameter is in GVariant's text form. */
static const struct
{
  guint key;
  GdkModifierType modifiers;
  const char *action;
  const char *parameter;
} keys[] = {
  { GDK_KEY_plus, CTRL, "canvas.zoom-in" },
  { GDK_KEY_equal, CTRL, "canvas.zoom-in" },
  { GDK_KEY_KP_Add, CTRL, "canvas.zoom-in" },
  { GDK_KEY_plus, 0, "canvas.zoom-in" },
  { GDK_KEY_equal, 0, "canvas.zoom-in" },
  { GDK_KEY_KP_Add, 0, "canvas.zoom-in" },
  { GDK_KEY_minus, CTRL, "canvas.zoom-out" },
  { GDK_KEY_KP_Subtract, CTRL, "canvas.zoom-out" },
  { GDK_KEY_minus, 0, "canvas.zoom-out" },
  { GDK_KEY_KP_Subtract, 0, "canvas.zoom-out" },
  { GDK_KEY_0, CTRL, "canvas.zoom-100" },
  { GDK_KEY_KP_0, CTRL, "canvas.zoom-100" },
  { GDK_KEY_0, 0, "canvas.zoom-100" },
  { GDK_KEY_1, CTRL, "canvas.fit" },
  { GDK_KEY_KP_1, CTRL, "canvas.fit" },
  { GDK_KEY_1, 0, "canvas.fit" },
  { GDK_KEY_Home, 0, "canvas.fit" },
  { GDK_KEY_2, CTRL, "canvas.fit-selection" },
  { GDK_KEY_KP_2, CTRL, "canvas.fit-selection" },
  { GDK_KEY_period, 0, "canvas.fit-selection" },
  { GDK_KEY_KP_Decimal, 0, "canvas.fit-selection" },
  { GDK_KEY_a, CTRL, "canvas.select-all" },
  { GDK_KEY_a, CTRL | SHIFT, "canvas.select-none" },
  { GDK_KEY_Left, SHIFT, "canvas.select-upstream" },
  { GDK_KEY_Right, SHIFT, "canvas.select-downstream" },
  { GDK_KEY_Escape, 0, "canvas.escape" },
  { GDK_KEY_z, CTRL, "canvas.undo" },
  { GDK_KEY_z, CTRL | SHIFT, "canvas.redo" },
  { GDK_KEY_y, CTRL, "canvas.redo" },
  { GDK_KEY_Delete, 0, "canvas.delete" },
  { GDK_KEY_KP_Delete, 0, "canvas.delete" },
  { GDK_KEY_BackSpace, 0, "canvas.delete" },
  { GDK_KEY_c, CTRL, "canvas.copy" },
  { GDK_KEY_Insert, CTRL, "canvas.copy" },
  { GDK_KEY_x, CTRL, "canvas.cut" },
  { GDK_KEY_v, CTRL, "canvas.paste" },
  { GDK_KEY_Insert, SHIFT, "canvas.paste" },
  { GDK_KEY_d, CTRL, "canvas.duplicate" },
  { GDK_KEY_n, 0, "canvas.add" },
  { GDK_KEY_slash, 0, "canvas.add" },
  { GDK_KEY_Return, 0, "canvas.activate" },
  { GDK_KEY_KP_Enter, 0, "canvas.activate" },
  { GDK_KEY_F2, 0, "canvas.rename" },
  { GDK_KEY_d, 0, "canvas.disable" },
  { GDK_KEY_b, 0, "canvas.bypass" },
  { GDK_KEY_c, 0, "canvas.connect", "'success'" },
  { GDK_KEY_c, SHIFT, "canvas.connect", "'failure'" },
  { GDK_KEY_c, ALT, "canvas.connect", "'always'" },
  { GDK_KEY_t, SHIFT | ALT, "canvas.tidy" },
  { GDK_KEY_Menu, 0, "canvas.menu" },
  { GDK_KEY_F10, SHIFT, "canvas.menu" },
};

static const struct
{
  guint key;
  guint keypad_key;
  GtkDirectionType direction;
  int dx, dy;
} arrows[] = {
  { GDK_KEY_Left, GDK_KEY_KP_Left, GTK_DIR_LEFT, -1, 0 },
  { GDK_KEY_Right, GDK_KEY_KP_Right, GTK_DIR_RIGHT, 1, 0 },
  { GDK_KEY_Up, GDK_KEY_KP_Up, GTK_DIR_UP, 0, -1 },
  { GDK_KEY_Down, GDK_KEY_KP_Down, GTK_DIR_DOWN, 0, 1 },
};

static void
activate_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RunnelCanvas *self = RUNNEL_CANVAS (widget);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (!g_str_equal (actions[i].name, name))
        continue;

      if (actions[i].activate != NULL)
        actions[i].activate (self);
      else
        actions[i].activate_with (self, parameter);
    }
}

static void
add_arrow (GtkWidgetClass *klass,
           guint           key,
           guint           i)
{
  gtk_widget_class_add_binding_action (klass, key, 0, "canvas.walk", "i", arrows[i].direction);
  gtk_widget_class_add_binding_action (klass, key, CTRL, "canvas.nudge", "(ii)",
                                       arrows[i].dx * RUNNEL_SNAP, arrows[i].dy * RUNNEL_SNAP);
  gtk_widget_class_add_binding_action (klass, key, CTRL | SHIFT, "canvas.nudge", "(ii)",
                                       arrows[i].dx, arrows[i].dy);
}

void
runnel_canvas_class_install_actions (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (klass, actions[i].name, actions[i].parameter_type,
                                     activate_cb);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcutAction *action = gtk_named_action_new (keys[i].action);
      GtkShortcutTrigger *trigger = gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers);
      g_autoptr(GtkShortcut) shortcut = gtk_shortcut_new (trigger, action);

      if (keys[i].parameter != NULL)
        gtk_shortcut_set_arguments (shortcut, g_variant_new_parsed (keys[i].parameter));
      gtk_widget_class_add_shortcut (klass, shortcut);
    }

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      add_arrow (klass, arrows[i].key, i);
      add_arrow (klass, arrows[i].keypad_key, i);
    }
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
  gboolean link = self->selected_link != RUNNEL_NO_INDEX;
  Needs present = 0;

  if (self->pipeline != NULL && runnel_pipeline_get_n_steps (self->pipeline) > 0)
    present |= NEEDS_STEPS;
  if (selection)
    present |= NEEDS_SELECTION | NEEDS_ANY;
  if (link)
    present |= NEEDS_LINK | NEEDS_ANY;
  if (self->focus_node != RUNNEL_NO_INDEX || runnel_canvas_is_connecting (self))
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
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name,
                                   (actions[i].needs & ~present) == 0);
}
