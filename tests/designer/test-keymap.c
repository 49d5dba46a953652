/* test-keymap.c: keys that a person wants otherwise
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "designer/commands/runnel-commands.h"
#include "designer/commands/runnel-keymap.h"

static const RunnelCommand commands[] = {
  { "canvas.paint", "_Paint", RUNNEL_COMMANDS_EDIT, "p <Control>p" },
  { "canvas.walk::left", "Left", RUNNEL_COMMANDS_EDIT, "Left" },
  { "win.print", "Print", RUNNEL_COMMANDS_WINDOW, "<Control><Alt>p" },
};

static RunnelKeymap *keymap;

static void
load (const char *text,
      const char *expected_problem)
{
  g_auto(GStrv) problems = runnel_keymap_load (keymap, text, strlen (text));

  if (expected_problem)
    {
      g_assert_nonnull (problems[0]);
      g_test_message ("%s", problems[0]);
      g_assert_nonnull (strstr (problems[0], expected_problem));
      g_assert_null (problems[1]);
    }
  else
    {
      g_assert_null (problems[0]);
    }
}

static void
assert_keys (guint       command,
             const char *expected)
{
  g_auto(GStrv) keys = runnel_command_list_keys (&commands[command]);
  g_autofree char *joined = g_strjoinv (" ", keys);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_defaults (void)
{
  load ("", NULL);
  assert_keys (0, "p <Control>p");
  assert_keys (1, "Left KP_Left");
  load ("{}", NULL);
  assert_keys (0, "p <Control>p");
}

static void
test_own_keys (void)
{
  load ("{\"canvas.paint\": [\"<Control>F7\", \"x\"], \"canvas.walk::left\": []}", NULL);
  assert_keys (0, "<Control>F7 x");
  assert_keys (1, "");
  /* What is not in the file any more is as it was. */
  load ("{}", NULL);
  assert_keys (1, "Left KP_Left");
}

/* A key given away is taken from who had it, in whatever form it is written. */
static void
test_taken (void)
{
  load ("{\"win.print\": [\"<Ctrl>P\"]}", NULL);
  assert_keys (2, "<Ctrl>P");
  assert_keys (0, "p");
}

static void
test_mistakes (void)
{
  load ("{", "line");
  load ("[]", "object");
  load ("{\"canvas.pain\": [\"x\"]}", "canvas.paint");
  load ("{\"canvas.paint\": \"x\"}", "list");
  load ("{\"canvas.paint\": [\"<Control>nokey\"]}", "nokey");
  load ("{\"canvas.paint\": [7]}", "no key");
  load ("{\"canvas.paint\": [\"Tab\"]}", "Tab");
  load ("{\"win.print\": [\"q\"]}", "typed");
  load ("{\"canvas.paint\": [\"q\"], \"win.print\": [\"F6\", \"F6\"]}", "already");
  /* The rest holds. */
  load ("{\"canvas.paint\": [\"Tab\", \"q\"]}", "Tab");
  assert_keys (0, "q");
}

static void
test_shortcuts_follow (void)
{
  GListModel *canvas = runnel_keymap_get_shortcuts (keymap, "canvas.");
  GListModel *other = runnel_keymap_get_shortcuts_as (keymap, "canvas.paint", "page.paint");
  g_autoptr(GtkShortcut) shortcut = NULL;
  g_autofree char *action = NULL;

  load ("", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (canvas), ==, 4);
  g_assert_cmpuint (g_list_model_get_n_items (other), ==, 2);
  load ("{\"canvas.paint\": [\"x\"]}", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (canvas), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (other), ==, 1);
  shortcut = g_list_model_get_item (other, 0);
  action = gtk_shortcut_action_to_string (gtk_shortcut_get_action (shortcut));
  g_assert_cmpstr (action, ==, "action(page.paint)");
}

/* What is written for a person to change is what holds. */
static void
test_describe (void)
{
  g_autofree char *text = NULL;

  load ("{\"canvas.walk::left\": []}", NULL);
  text = runnel_keymap_describe (keymap);
  load ("", NULL);
  load (text, NULL);
  assert_keys (0, "p <Control>p");
  assert_keys (1, "");
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  keymap = runnel_keymap_get_default ();
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    runnel_commands_add (&commands[i]);
  g_test_add_func ("/designer/keymap/defaults", test_defaults);
  g_test_add_func ("/designer/keymap/own-keys", test_own_keys);
  g_test_add_func ("/designer/keymap/taken", test_taken);
  g_test_add_func ("/designer/keymap/mistakes", test_mistakes);
  g_test_add_func ("/designer/keymap/shortcuts-follow", test_shortcuts_follow);
  g_test_add_func ("/designer/keymap/describe", test_describe);
  return g_test_run ();
}
