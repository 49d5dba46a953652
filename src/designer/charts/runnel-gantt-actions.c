/* runnel-gantt-actions.c: what can be done with the chart, by menu and by key
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/charts/runnel-gantt-private.h"
#include "designer/commands/runnel-commands.h"
#include "designer/commands/runnel-keymap.h"

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
  { { "gantt.cursor::none", N_("Ta_ke the Cursor Away"), CHART }, NULL, move_cursor },
};

/* They are properties, so that menus show how they stand. */
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

  return g_str_equal (action, name) &&
         g_strcmp0 (runnel_command_get_target (command), target) == 0;
}

static void
activate_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RunnelGantt *self = RUNNEL_GANTT (widget);
  const char *target = parameter ? g_variant_get_string (parameter, NULL) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (!is_action (&actions[i].command, name, target))
        continue;
      if (actions[i].activate != NULL)
        actions[i].activate (self);
      else
        actions[i].activate_with (self, target);
    }
}

void
_runnel_gantt_class_actions_init (GtkWidgetClass *widget_class)
{
  g_autoptr(GHashTable) installed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      char *action = runnel_command_get_action (&actions[i].command);

      runnel_commands_add (&actions[i].command);
      if (!g_hash_table_contains (installed, action))
        gtk_widget_class_install_action (widget_class, action,
                                         actions[i].activate_with ? "s" : NULL, activate_cb);
      g_hash_table_add (installed, action);
    }
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      char *action = runnel_command_get_action (&switches[i].command);

      runnel_commands_add (&switches[i].command);
      if (!g_hash_table_contains (installed, action))
        gtk_widget_class_install_property_action (widget_class, action, switches[i].property);
      g_hash_table_add (installed, action);
    }
}

/* What the canvas can do as well has the same keys, also when a person has changed them. */
void
_runnel_gantt_actions_init (RunnelGantt *self)
{
  GListModel *shortcuts = runnel_keymap_get_shortcuts (runnel_keymap_get_default (), "gantt.");

  gtk_widget_add_controller (GTK_WIDGET (self), gtk_shortcut_controller_new_for_model (shortcuts));
}
