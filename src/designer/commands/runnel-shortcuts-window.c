/* runnel-shortcuts-window.c: every key and every gesture at a glance
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GTK 4.8 adds to a GtkShortcutsWindow only what it reads in a description of user interfaces, so
 * one is written from the tables of commands and gestures.
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/commands/runnel-commands.h"
#include "designer/commands/runnel-gestures.h"
#include "designer/commands/runnel-keymap.h"
#include "designer/commands/runnel-shortcuts-window.h"

#define ID "window"

typedef struct
{
  const char *name;
  const char *title;
  RunnelCommandGroup first, last;
  gboolean by_pointer;
} Section;

static const Section sections[] = {
  { "edit", N_("Edit"), RUNNEL_COMMANDS_EDIT, RUNNEL_COMMANDS_AREAS, FALSE },
  { "view", N_("Arrange and View"), RUNNEL_COMMANDS_SELECT, RUNNEL_COMMANDS_VIEW, FALSE },
  { "pointer", N_("Mouse and Touchpad"), 0, RUNNEL_N_COMMAND_GROUPS - 1, TRUE },
  { "application", N_("Files, Runs and Windows"), RUNNEL_COMMANDS_FILE, RUNNEL_COMMANDS_WINDOW,
    FALSE },
};

static void
add_property (GString    *ui,
              const char *name,
              const char *value)
{
  g_autofree char *escaped = g_markup_escape_text (value, -1);

  g_string_append_printf (ui, "<property name=\"%s\">%s</property>", name, escaped);
}

static void
begin_object (GString    *ui,
              const char *type)
{
  g_string_append_printf (ui, "<child><object class=\"%s\">", type);
}

static void
end_object (GString *ui)
{
  g_string_append (ui, "</object></child>");
}

static void
add_key (GString    *ui,
         const char *title,
         const char *keys)
{
  begin_object (ui, "GtkShortcutsShortcut");
  add_property (ui, "title", title);
  add_property (ui, "accelerator", keys);
  end_object (ui);
}

/* The picture of a gesture is its description: an icon would tell less. */
static void
add_pointer (GString             *ui,
             const RunnelGesture *gesture)
{
  begin_object (ui, "GtkShortcutsShortcut");
  add_property (ui, "shortcut-type", "gesture");
  add_property (ui, "icon-set", "0");
  add_property (ui, "title", _(gesture->title));
  add_property (ui, "subtitle", _(gesture->how));
  end_object (ui);
}

/* Returns: how many lines were added */
static guint
add_commands (GString            *ui,
              RunnelCommandGroup  group)
{
  g_autoptr(GPtrArray) commands = runnel_commands_list ();
  guint n_added = 0;

  for (guint i = 0; i < commands->len; i++)
    {
      const RunnelCommand *command = g_ptr_array_index (commands, i);
      g_auto(GStrv) keys = runnel_keymap_get_keys (runnel_keymap_get_default (), command);
      g_autofree char *title = runnel_command_get_title (command);
      g_autofree char *joined = g_strjoinv (" ", keys);

      if (command->group != group || !keys[0])
        continue;

      add_key (ui, title, joined);
      n_added++;
    }
  return n_added;
}

/* Returns: how many lines were added */
static guint
add_gestures (GString            *ui,
              RunnelCommandGroup  group,
              gboolean            by_pointer)
{
  guint size;
  const RunnelGesture *gestures = runnel_gestures_get (&size);
  guint n_added = 0;

  for (guint i = 0; i < size; i++)
    {
      if (gestures[i].group != group || (gestures[i].how != NULL) != by_pointer)
        continue;

      if (by_pointer)
        add_pointer (ui, &gestures[i]);
      else
        add_key (ui, _(gestures[i].title), gestures[i].keys);
      n_added++;
    }
  return n_added;
}

/* Returns: how many lines were added; a group that would be empty is left out */
static guint
add_group (GString            *ui,
           RunnelCommandGroup  group,
           gboolean            by_pointer)
{
  gsize before = ui->len;
  guint n_added;

  begin_object (ui, "GtkShortcutsGroup");
  add_property (ui, "title", runnel_command_group_get_title (group));
  n_added = by_pointer ? 0 : add_commands (ui, group);
  n_added += add_gestures (ui, group, by_pointer);
  if (n_added > 0)
    end_object (ui);
  else
    g_string_truncate (ui, before);
  return n_added;
}

/* GTK fills two columns, and begins another page when they are full. A second page is not wanted:
 * the buttons to reach it are too narrow for their labels, of which GTK 4.8 warns. So a column may
 * be as high as the better of all ways to cut the groups into two. */
static guint
find_column_height (const guint *heights,
                    guint        n_groups)
{
  guint all = 0;
  guint first = 0;
  guint best;

  for (guint i = 0; i < n_groups; i++)
    all += heights[i];
  best = all;
  for (guint i = 0; i < n_groups; i++)
    {
      first += heights[i];
      best = MIN (best, MAX (first, all - first));
    }
  return best;
}

static void
add_section (GString       *ui,
             const Section *section)
{
  guint heights[RUNNEL_N_COMMAND_GROUPS] = { 0 };
  guint n_lines = section->by_pointer ? 2 : 1;
  g_autoptr(GString) groups = g_string_new (NULL);
  g_autofree char *column_height = NULL;

  for (guint group = section->first; group <= section->last; group++)
    {
      guint n_added = add_group (groups, group, section->by_pointer);

      heights[group] = n_added > 0 ? n_added * n_lines + 1 : 0;
    }
  column_height = g_strdup_printf ("%u", find_column_height (heights, G_N_ELEMENTS (heights)));
  begin_object (ui, "GtkShortcutsSection");
  add_property (ui, "section-name", section->name);
  add_property (ui, "title", _(section->title));
  add_property (ui, "max-height", column_height);
  g_string_append (ui, groups->str);
  end_object (ui);
}

static char *
describe (void)
{
  GString *ui = g_string_new ("<interface><object class=\"GtkShortcutsWindow\" id=\"" ID "\">");

  add_property (ui, "modal", "1");
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    add_section (ui, &sections[i]);
  g_string_append (ui, "</object></interface>");
  return g_string_free (ui, FALSE);
}

/**
 * runnel_shortcuts_window_new:
 * @parent: (nullable): the window in front of which it is shown
 *
 * Returns: (transfer none): a window with all keys and gestures; GTK owns it until it is closed
 */
GtkWindow *
runnel_shortcuts_window_new (GtkWindow *parent)
{
  g_autofree char *ui = describe ();
  g_autoptr(GtkBuilder) builder = gtk_builder_new_from_string (ui, -1);
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, ID));

  gtk_window_set_transient_for (window, parent);
  return window;
}
