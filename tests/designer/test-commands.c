/* test-commands.c: every command is found, shown and told of
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With RUNNEL_UPDATE_GOLDEN=1 in the environment the table of docs/canvas.md is written anew.
 */
#include "config.h"

#include <string.h>

#include "designer/commands/runnel-command-palette.h"
#include "designer/commands/runnel-commands.h"
#include "designer/commands/runnel-gestures.h"
#include "designer/commands/runnel-shortcuts-window.h"
#include "designer/runnel-editor-page.h"
#include "window-fixture.h"

#define TABLE_BEGIN "<!-- keys: written by tests/designer/test-commands.c -->\n"
#define TABLE_END "<!-- end of keys -->\n"

typedef struct
{
  RunnelWindow *window;
} Fixture;

static GtkApplication *application;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->window = runnel_window_new (application);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static GtkWidget *
find_child (GtkWidget *widget,
            GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_child (child, type);

      if (found)
        return found;
    }
  return NULL;
}

static GtkWidget *
get_palette (Fixture *fixture)
{
  return find_child (GTK_WIDGET (fixture->window), RUNNEL_TYPE_COMMAND_PALETTE);
}

static GtkEditable *
get_entry (Fixture *fixture)
{
  return GTK_EDITABLE (find_child (get_palette (fixture), GTK_TYPE_SEARCH_ENTRY));
}

static GListModel *
get_shown (Fixture *fixture)
{
  GtkWidget *list = find_child (get_palette (fixture), GTK_TYPE_LIST_VIEW);

  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
}

static RunnelPaletteItem *
find_item (Fixture    *fixture,
           const char *name)
{
  GListModel *shown = get_shown (fixture);

  for (guint i = 0; i < g_list_model_get_n_items (shown); i++)
    {
      g_autoptr(RunnelPaletteItem) item = g_list_model_get_item (shown, i);
      const RunnelCommand *command = runnel_palette_item_get_command (item);

      if (command && g_str_equal (command->name, name))
        return item;
    }
  return NULL;
}

static void
open_palette (Fixture    *fixture,
              const char *typed)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.commands", NULL);
  g_assert_true (gtk_widget_get_visible (get_palette (fixture)));
  gtk_editable_set_text (get_entry (fixture), typed);
}

static void
press_enter (Fixture *fixture)
{
  g_signal_emit_by_name (get_entry (fixture), "activate");
}

static RunnelEditorPage *
open_new (Fixture *fixture)
{
  runnel_window_open_new (fixture->window);
  return RUNNEL_EDITOR_PAGE (runnel_window_get_active_page (fixture->window));
}

static void
assert_valid (const RunnelCommand *command)
{
  g_auto(GStrv) keys = runnel_command_list_keys (command);
  g_autofree char *title = runnel_command_get_title (command);

  g_assert_nonnull (strchr (command->name, '.'));
  g_assert_cmpint (strlen (title), >, 0);
  for (guint i = 0; keys[i]; i++)
    {
      GdkModifierType modifiers;
      guint key;

      g_test_message ("%s: %s", command->name, keys[i]);
      g_assert_true (gtk_accelerator_parse (keys[i], &key, &modifiers));
      g_assert_cmpuint (key, !=, GDK_KEY_Tab);
    }
}

/* A key means one thing in each place: no two commands have it, but for those that do the same. */
static void
assert_keys_apart (const RunnelCommand *command,
                   const RunnelCommand *other)
{
  g_auto(GStrv) keys = runnel_command_list_keys (command);
  g_auto(GStrv) other_keys = runnel_command_list_keys (other);

  if (command->like || other->like || runnel_command_is_apart (command->name, other->name))
    return;
  for (guint i = 0; keys[i]; i++)
    if (g_strv_contains ((const char *const *) other_keys, keys[i]))
      g_error ("%s: both %s and %s", keys[i], command->name, other->name);
}

static void
test_table (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GPtrArray) commands = runnel_commands_list ();

  g_assert_cmpuint (commands->len, >, 60);
  for (guint i = 0; i < commands->len; i++)
    {
      assert_valid (g_ptr_array_index (commands, i));
      for (guint j = 0; j < i; j++)
        assert_keys_apart (g_ptr_array_index (commands, i), g_ptr_array_index (commands, j));
    }
}

/* Each action that takes nothing, or is in the table with what it takes, can be found. */
static void
assert_group_told (GActionGroup       *group,
                   const char         *prefix,
                   const char *const  *aliases)
{
  g_auto(GStrv) names = g_action_group_list_actions (group);

  for (guint i = 0; names[i]; i++)
    {
      g_autofree char *name = g_strconcat (prefix, names[i], NULL);

      if (g_action_group_get_action_parameter_type (group, names[i])
          || g_strv_contains (aliases, names[i]))
        continue;
      g_test_message ("%s", name);
      g_assert_nonnull (runnel_commands_lookup (name));
    }
}

static void
test_no_action_is_missed (Fixture       *fixture,
                          gconstpointer  data)
{
  /* What the canvas can do, for menus and buttons outside of it. */
  const char *const aliases[] = { "undo", "redo", "tidy", "fit", "delete", "duplicate", "copy",
                                  "group", "disable", "bypass", "export", "print", NULL };
  const char *const none[] = { NULL };
  const char *const app[] = { "open", NULL }; /* of the desktop's menu, opens a window first */
  RunnelEditorPage *page = open_new (fixture);

  assert_group_told (G_ACTION_GROUP (runnel_page_get_actions (RUNNEL_PAGE (page))), "page.", aliases);
  assert_group_told (G_ACTION_GROUP (fixture->window), "win.", none);
  assert_group_told (G_ACTION_GROUP (application), "app.", app);
}

static void
test_palette_has_all (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(GPtrArray) commands = runnel_commands_list ();

  open_new (fixture);
  for (guint i = 0; i < commands->len; i++)
    {
      const RunnelCommand *command = g_ptr_array_index (commands, i);
      g_autofree char *title = runnel_command_get_title (command);

      open_palette (fixture, title);
      g_test_message ("%s", command->name);
      g_assert_nonnull (find_item (fixture, command->name));
    }
}

static void
test_palette_runs_commands (Fixture       *fixture,
                            gconstpointer  data)
{
  open_palette (fixture, "new pipeline");
  press_enter (fixture);
  g_assert_false (gtk_widget_get_visible (get_palette (fixture)));
  g_assert_true (RUNNEL_IS_EDITOR_PAGE (runnel_window_get_active_page (fixture->window)));
}

static void
test_palette_tells_obstacles (Fixture       *fixture,
                              gconstpointer  data)
{
  RunnelEditorPage *page;
  RunnelCanvas *canvas;
  g_autofree char *id = NULL;

  open_palette (fixture, "select all");
  g_assert_nonnull (runnel_palette_item_get_obstacle (find_item (fixture, "canvas.select-all")));
  press_enter (fixture);
  g_assert_true (gtk_widget_get_visible (get_palette (fixture)));

  page = open_new (fixture);
  canvas = runnel_editor_page_get_canvas (page);
  id = runnel_canvas_add_kind (canvas, "command", NULL, NULL);
  open_palette (fixture, "select all");
  g_assert_null (runnel_palette_item_get_obstacle (find_item (fixture, "canvas.select-all")));
  runnel_canvas_select_none (canvas);
  press_enter (fixture);
  {
    g_auto(GStrv) selected = runnel_canvas_get_selection (canvas);
    g_assert_cmpstr (selected[0], ==, id);
  }
}

static void
test_palette_goes_to_steps (Fixture       *fixture,
                            gconstpointer  data)
{
  RunnelCanvas *canvas = runnel_editor_page_get_canvas (open_new (fixture));
  g_autofree char *wait = NULL, *http = NULL;
  g_auto(GStrv) selected = NULL;

  wait = runnel_canvas_add_kind (canvas, "wait", NULL, NULL);
  http = runnel_canvas_add_kind (canvas, "http", NULL, NULL);
  open_palette (fixture, wait);
  press_enter (fixture);
  selected = runnel_canvas_get_selection (canvas);
  g_assert_cmpstr (selected[0], ==, wait);
  g_assert_null (selected[1]);
}

/* What was chosen last is at the top when nothing is typed. */
static void
test_palette_remembers (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(RunnelPaletteItem) first = NULL;

  open_new (fixture);
  open_palette (fixture, "zoom in");
  press_enter (fixture);
  open_palette (fixture, "");
  first = g_list_model_get_item (get_shown (fixture), 0);
  g_assert_cmpstr (runnel_palette_item_get_command (first)->name, ==, "canvas.zoom-in");
}

static void
collect_shortcuts (GtkWidget *widget,
                   GPtrArray *titles)
{
  if (GTK_IS_SHORTCUTS_SHORTCUT (widget))
    {
      char *title;

      g_object_get (widget, "title", &title, NULL);
      g_ptr_array_add (titles, title);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    collect_shortcuts (child, titles);
}

static void
test_shortcuts_window (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(GPtrArray) commands = runnel_commands_list ();
  g_autoptr(GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  GtkWindow *window = runnel_shortcuts_window_new (GTK_WINDOW (fixture->window));
  guint n_gestures;
  const RunnelGesture *gestures = runnel_gestures_get (&n_gestures);

  gtk_window_present (window);
  while (!gtk_widget_get_mapped (GTK_WIDGET (window)))
    g_main_context_iteration (NULL, TRUE);
  collect_shortcuts (GTK_WIDGET (window), titles);
  for (guint i = 0; i < commands->len; i++)
    {
      const RunnelCommand *command = g_ptr_array_index (commands, i);
      g_autofree char *title = runnel_command_get_title (command);

      if (command->keys)
        g_assert_true (g_ptr_array_find_with_equal_func (titles, title, g_str_equal, NULL));
    }
  for (guint i = 0; i < n_gestures; i++)
    g_assert_true (
      g_ptr_array_find_with_equal_func (titles, gestures[i].title, g_str_equal, NULL));
  gtk_window_destroy (window);
}

/* A gesture that names a command names one there is. */
static void
test_gestures_have_commands (Fixture       *fixture,
                             gconstpointer  data)
{
  guint n_gestures;
  const RunnelGesture *gestures = runnel_gestures_get (&n_gestures);

  for (guint i = 0; i < n_gestures; i++)
    {
      g_assert_true ((gestures[i].how != NULL) != (gestures[i].keys != NULL));
      if (gestures[i].command)
        {
          g_test_message ("%s", gestures[i].command);
          g_assert_nonnull (runnel_commands_lookup (gestures[i].command));
        }
    }
}

static void
append_row (GString    *table,
            const char *title,
            const char *keys,
            const char *name)
{
  g_auto(GStrv) accelerators = g_strsplit (keys ? keys : "", " ", -1);

  g_string_append_printf (table, "| %s | ", title);
  for (guint i = 0; accelerators[i]; i++)
    {
      GdkModifierType modifiers;
      guint key;
      g_autofree char *label = NULL;

      g_assert_true (gtk_accelerator_parse (accelerators[i], &key, &modifiers));
      label = gtk_accelerator_get_label (key, modifiers);
      g_string_append_printf (table, "%s%s", i > 0 ? ", " : "", label);
    }
  if (name)
    g_string_append_printf (table, " | `%s` |\n", name);
  else
    g_string_append (table, " | |\n");
}

static char *
make_table (void)
{
  g_autoptr(GPtrArray) commands = runnel_commands_list ();
  GString *table = g_string_new (TABLE_BEGIN);
  guint n_gestures;
  const RunnelGesture *gestures = runnel_gestures_get (&n_gestures);

  for (guint group = 0; group < RUNNEL_N_COMMAND_GROUPS; group++)
    {
      g_string_append_printf (table, "\n### %s\n\n| | Keys or pointer | Command |\n|---|---|---|\n",
                              runnel_command_group_get_title (group));
      for (guint i = 0; i < commands->len; i++)
        {
          const RunnelCommand *command = g_ptr_array_index (commands, i);
          const RunnelCommand *keyed =
            command->like ? runnel_commands_lookup (command->like) : command;
          g_autofree char *title = runnel_command_get_title (command);

          if (command->group == group)
            append_row (table, title, keyed->keys, command->name);
        }
      for (guint i = 0; i < n_gestures; i++)
        {
          if (gestures[i].group != group)
            continue;
          if (gestures[i].keys)
            append_row (table, gestures[i].title, gestures[i].keys, NULL);
          else
            g_string_append_printf (table, "| %s | %s | |\n", gestures[i].title, gestures[i].how);
        }
    }
  g_string_append (table, "\n" TABLE_END);
  return g_string_free (table, FALSE);
}

/* docs/canvas.md has the tables as they are. */
static void
test_documentation (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = g_build_filename (g_getenv ("RUNNEL_SOURCE_DIR"), "docs", "canvas.md", NULL);
  g_autofree char *text = NULL;
  g_autofree char *written = NULL;
  g_autofree char *table = make_table ();
  char *begin, *end;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  begin = strstr (text, TABLE_BEGIN);
  end = strstr (text, TABLE_END);
  g_assert_nonnull (begin);
  g_assert_nonnull (end);
  end += strlen (TABLE_END);
  if (g_getenv ("RUNNEL_UPDATE_GOLDEN"))
    {
      g_autofree char *all = g_strdup_printf ("%.*s%s%s", (int) (begin - text), text, table, end);
      g_assert_true (g_file_set_contents (path, all, -1, NULL));
      return;
    }
  written = g_strndup (begin, end - begin);
  if (!g_str_equal (written, table))
    g_test_message ("the table is not up to date: run this test with RUNNEL_UPDATE_GOLDEN=1");
  g_assert_cmpstr (written, ==, table);
}

#define ADD(name, function) \
  g_test_add ("/designer/commands/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_autoptr(GtkApplication) app = window_fixture_init (&argc, &argv);

  application = app;
  ADD ("table", test_table);
  ADD ("no-action-is-missed", test_no_action_is_missed);
  ADD ("palette-has-all", test_palette_has_all);
  ADD ("palette-runs-commands", test_palette_runs_commands);
  ADD ("palette-tells-obstacles", test_palette_tells_obstacles);
  ADD ("palette-goes-to-steps", test_palette_goes_to_steps);
  ADD ("palette-remembers", test_palette_remembers);
  ADD ("shortcuts-window", test_shortcuts_window);
  ADD ("gestures-have-commands", test_gestures_have_commands);
  ADD ("documentation", test_documentation);
  return g_test_run ();
}
