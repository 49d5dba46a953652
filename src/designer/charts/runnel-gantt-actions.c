/* runnel-gantt-actions.c: what can be done with the chart, by menu and by key
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "designer/charts/runnel-gantt-private.h"
#include "designer/commands/runnel-commands.h"
#include "designer/commands/runnel-keymap.h"

#define PREFIX "gantt."
#define ZOOM_STEP 1.25
#define CHART RUNNEL_COMMANDS_CHART

typedef struct
{
  RunnelCommand command;
  void (*activate) (RunnelGantt *self);
  void (*activate_with) (RunnelGantt *self, const char *target);
} Action;

static void
zoom_in (RunnelGantt *self)
{
  _runnel_gantt_view_zoom (self, self->view.width / 2, ZOOM_STEP);
}

static void
zoom_out (RunnelGantt *self)
{
  _runnel_gantt_view_zoom (self, self->view.width / 2, 1 / ZOOM_STEP);
}

static void
select_next (RunnelGantt *self)
{
  _runnel_gantt_select_relative (self, 1);
}

static void
select_previous (RunnelGantt *self)
{
  _runnel_gantt_select_relative (self, -1);
}

static void
select_page (RunnelGantt *self,
             const char  *target)
{
  int page = MAX (self->view.height / self->view.row_height - 1, 1);

  _runnel_gantt_select_relative (self, g_str_equal (target, "down") ? page : -page);
}

/* Of a heading it is what is inside that Enter is about. */
static void
activate (RunnelGantt *self)
{
  if (self->selected_line < 0)
    return;
  if (self->tree->lines[self->selected_line].row < 0)
    _runnel_gantt_toggle_line (self, self->selected_line);
  else
    _runnel_gantt_activate_line (self, self->selected_line, -1);
}

static void
fold_all (RunnelGantt *self)
{
  runnel_gantt_fold_all (self, TRUE);
}

static void
unfold_all (RunnelGantt *self)
{
  runnel_gantt_fold_all (self, FALSE);
}

static void
scroll (RunnelGantt *self,
        const char  *target)
{
  double step = gtk_adjustment_get_step_increment (self->hadjustment);

  gtk_adjustment_set_value (self->hadjustment,
                            gtk_adjustment_get_value (self->hadjustment) +
                              (g_str_equal (target, "later") ? step : -step));
}

static void
move_cursor (RunnelGantt *self,
             const char  *target)
{
  if (g_str_equal (target, "none"))
    runnel_gantt_set_cursor_time (self, -1);
  else
    _runnel_gantt_move_cursor (self, g_str_equal (target, "next"));
}

static const Action actions[] = {
  { { "gantt.select-previous", N_("Go to the Line A_bove"), CHART, NULL, "canvas.walk::up" },
    select_previous },
  { { "gantt.select-next", N_("Go to the Line _Below"), CHART, NULL, "canvas.walk::down" },
    select_next },
  { { "gantt.select-page::up", N_("Go a Page _Up"), CHART, "Page_Up" }, NULL, select_page },
  { { "gantt.select-page::down", N_("Go a Page _Down"), CHART, "Page_Down" }, NULL,
    select_page },
  { { "gantt.fold", N_("_Close, or Go to What It Is Inside Of"), CHART, NULL, "canvas.walk::left" },
    _runnel_gantt_fold },
  { { "gantt.unfold", N_("_Open, or Go to What Is Inside"), CHART, NULL, "canvas.walk::right" },
    _runnel_gantt_unfold },
  { { "gantt.fold-all", N_("Close _All Lines"), CHART, NULL, "canvas.fold-all" }, fold_all },
  { { "gantt.unfold-all", N_("_Open All Lines"), CHART, NULL, "canvas.unfold-all" }, unfold_all },
  { { "gantt.activate", N_("Show the _Log of the Attempt"), CHART, NULL, "canvas.activate" },
    activate },
  { { "gantt.zoom-in", N_("See the Time _Closer"), CHART, NULL, "canvas.zoom-in" }, zoom_in },
  { { "gantt.zoom-out", N_("See _More Time"), CHART, NULL, "canvas.zoom-out" }, zoom_out },
  { { "gantt.fit", N_("See All of the _Time"), CHART, NULL, "canvas.zoom-100" }, runnel_gantt_fit },
  { { "gantt.fit-rows", N_("See _Everything at Once"), CHART, NULL, "canvas.fit" },
    _runnel_gantt_view_fit_lines },
  { { "gantt.fit-selection", N_("Zoom to the _Selected Step"),
      CHART, NULL, "canvas.fit-selection" }, 
    _runnel_gantt_view_fit_selection },
  { { "gantt.scroll::earlier", N_("Scroll to _Earlier Times"),
      CHART, NULL, "canvas.select-upstream" }, 
    NULL, scroll },
  { { "gantt.scroll::later", N_("Scroll to _Later Times"),
      CHART, NULL, "canvas.select-downstream" }, 
    NULL, scroll },
  { { "gantt.cursor::previous", N_("Cursor to What Happened _Before"), CHART, "bracketleft" },
    NULL, move_cursor },
  { { "gantt.cursor::next", N_("Cursor to What Happened _Next"), CHART, "bracketright" },
    NULL, move_cursor },
  { { "gantt.export::svg", N_("Export the Chart as _SVG…"), CHART, NULL, "canvas.export" }, NULL,
    runnel_gantt_export },
  { { "gantt.export::png", N_("Export the Chart as _PNG…"), CHART }, NULL, runnel_gantt_export },
  { { "gantt.export::csv", N_("Export the Chart as _CSV…"), CHART }, NULL, runnel_gantt_export },
  { { "gantt.cursor::none", N_("Ta_ke the Cursor Away"), CHART }, NULL, move_cursor },
};

/* Properties, so that menus show how they stand. */
static const struct
{
  RunnelCommand command;
  const char *property;
} switches[] = {
  { { "gantt.order::start", N_("Lines by _Start"), CHART, "<Shift>o" }, "order" },
  { { "gantt.order::topology", N_("Lines by Their _Needs"), CHART, "o" }, "order" },
  { { "gantt.critical-path", N_("Critical _Path and Slack"), CHART, "k" }, "critical-path" },
  { { "gantt.links", N_("_Links of the Selected Step"), CHART, NULL, "canvas.trace" }, "links" },
  { { "gantt.absolute-time", N_("Time of _Day"), CHART, "a" }, "absolute-time" },
};

static gboolean
is_action (const RunnelCommand *command,
           const char          *name,
           const char          *target)
{
  g_autofree char *action = runnel_command_get_action (command);

  return g_str_equal (action + strlen (PREFIX), name) &&
         g_strcmp0 (runnel_command_get_target (command), target) == 0;
}

static void
activate_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  RunnelGantt *self = user_data;
  const char *target = parameter ? g_variant_get_string (parameter, NULL) : NULL;

  g_assert (RUNNEL_IS_GANTT (self));

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (!is_action (&actions[i].command, g_action_get_name (G_ACTION (action)), target))
        continue;
      if (actions[i].activate != NULL)
        actions[i].activate (self);
      else
        actions[i].activate_with (self, target);
    }
}

static GVariant *
dup_state (RunnelGantt *self,
           const char  *property)
{
  g_auto(GValue) value = G_VALUE_INIT;

  g_object_get_property (G_OBJECT (self), property, &value);
  return G_VALUE_HOLDS_BOOLEAN (&value) ? g_variant_new_boolean (g_value_get_boolean (&value))
                                        : g_variant_new_string (g_value_get_string (&value));
}

/* A GPropertyAction would do the same, but owns its object, which owns the actions here. */
static void
switch_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  const char *property = g_object_get_data (G_OBJECT (action), "property");
  g_autoptr(GVariant) state = g_action_get_state (G_ACTION (action));

  if (parameter != NULL)
    g_object_set (user_data, property, g_variant_get_string (parameter, NULL), NULL);
  else
    g_object_set (user_data, property, !g_variant_get_boolean (state), NULL);
}

static void
switched_cb (RunnelGantt *self,
             GParamSpec  *pspec)
{
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      g_autofree char *name = runnel_command_get_action (&switches[i].command);
      GAction *action =
        g_action_map_lookup_action (G_ACTION_MAP (self->actions), name + strlen (PREFIX));

      if (g_str_equal (switches[i].property, pspec->name))
        g_simple_action_set_state (G_SIMPLE_ACTION (action), dup_state (self, pspec->name));
    }
}

static GSimpleAction *
make_switch (RunnelGantt *self,
             const char  *name,
             const char  *property)
{
  GVariant *state = dup_state (self, property);
  gboolean is_boolean = g_variant_is_of_type (state, G_VARIANT_TYPE_BOOLEAN);
  GSimpleAction *action =
    g_simple_action_new_stateful (name, is_boolean ? NULL : G_VARIANT_TYPE_STRING, state);
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);

  g_object_set_data (G_OBJECT (action), "property", (gpointer) property);
  g_signal_connect_object (action, "activate", G_CALLBACK (switch_cb), self, 0);
  g_signal_connect (self, signal, G_CALLBACK (switched_cb), NULL);
  return action;
}

/* The rows of one action with different targets need it once. */
static void
add_action (RunnelGantt         *self,
            const RunnelCommand *command,
            const char          *property)
{
  g_autofree char *full_name = runnel_command_get_action (command);
  const char *name = full_name + strlen (PREFIX);
  gboolean has_target = runnel_command_get_target (command) != NULL;
  g_autoptr(GSimpleAction) action = NULL;

  if (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name) != NULL)
    return;
  if (property != NULL)
    action = make_switch (self, name, property);
  else
    {
      action = g_simple_action_new (name, has_target ? G_VARIANT_TYPE_STRING : NULL);
      g_signal_connect_object (action, "activate", G_CALLBACK (activate_cb), self, 0);
    }
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
}

void
_runnel_gantt_class_actions_init (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    runnel_commands_add (&actions[i].command);
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    runnel_commands_add (&switches[i].command);
}

/* What the canvas can do as well has the same keys, also when a person has changed them. */
void
_runnel_gantt_actions_init (RunnelGantt *self)
{
  GListModel *shortcuts = runnel_keymap_get_shortcuts (runnel_keymap_get_default (), PREFIX);

  self->actions = g_simple_action_group_new ();
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    add_action (self, &actions[i].command, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    add_action (self, &switches[i].command, switches[i].property);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "gantt", G_ACTION_GROUP (self->actions));
  gtk_widget_add_controller (GTK_WIDGET (self), gtk_shortcut_controller_new_for_model (shortcuts));
}

/**
 * runnel_gantt_get_actions:
 * @self: a chart
 *
 * Returns: (transfer none): what can be done with it, for menus and buttons beside it; the prefix of
 *   the commands is "gantt"
 */
GActionGroup *
runnel_gantt_get_actions (RunnelGantt *self)
{
  g_return_val_if_fail (RUNNEL_IS_GANTT (self), NULL);

  return G_ACTION_GROUP (self->actions);
}
