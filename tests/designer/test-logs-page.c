/* test-logs-page.c: finding something in the logs of many runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <adwaita.h>

#include "designer/find/runnel-pattern-entry.h"
#include "designer/logs/runnel-log-hit-item.h"
#include "designer/logs/runnel-log-hit-row.h"
#include "designer/logs/runnel-logs-page.h"
#include "designer/runs/runnel-designer-history.h"
#include "engine/kinds/runnel-kinds.h"
#include "../history/history-fixture.h"

typedef struct
{
  RunnelHistory *history;
  RunnelPage *page;
  GtkWindow *window;
  gint64 activated;          /* run */
  RunnelLogHitItem *hit;     /* that was activated */
  char *text;
  RunnelPatternFlags flags;
} Fixture;

static void
run_activated_cb (Fixture *self,
                  gint64   run)
{
  self->activated = run;
}

static void
hit_activated_cb (Fixture            *self,
                  RunnelLogHitItem   *hit,
                  const char         *text,
                  RunnelPatternFlags  flags)
{
  g_set_object (&self->hit, hit);
  g_free (self->text);
  self->text = g_strdup (text);
  self->flags = flags;
}

static void
set_up (Fixture       *self,
        gconstpointer  user_data)
{
  self->history = open_history (NULL);
  self->page = runnel_logs_page_new ();
  g_signal_connect_swapped (self->page, "run-activated", G_CALLBACK (run_activated_cb), self);
  g_signal_connect_swapped (self->page, "hit-activated", G_CALLBACK (hit_activated_cb), self);
  self->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (self->window, 800, 600);
  gtk_window_set_child (self->window, GTK_WIDGET (self->page));
  gtk_window_present (self->window);
}

static void
tear_down (Fixture       *self,
           gconstpointer  user_data)
{
  g_autoptr(GArray) runs = runnel_history_find_runs (self->history, NULL, NULL);

  gtk_window_destroy (self->window);
  for (guint i = 0; i < runs->len; i++)
    g_assert_true (
      runnel_history_delete_run (self->history, g_array_index (runs, gint64, i), NULL));
  runnel_history_close (self->history);
  g_clear_object (&self->hit);
  g_free (self->text);
}

/* A run that is over, with the log of a step. */
static gint64
add_run_with_log (Fixture     *self,
                  RunnelState  state,
                  const char  *name,
                  const char  *log)
{
  gint64 run = add_run (self->history, "Build", 2);
  g_autofree char *run_dir = runnel_history_get_run_dir (run);
  g_autofree char *path = g_build_filename (run_dir, name, NULL);

  finish_run (self->history, run, state);
  g_assert_cmpint (g_mkdir_with_parents (run_dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, log, -1, NULL));
  return run;
}

/* --- The page ------------------------------------------------------------------------------ */

static GtkWidget *
find_child (GtkWidget *widget,
            GType      type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_child (child, type);
  return found;
}

static GtkWidget *
find_styled (GtkWidget  *widget,
             const char *css_class)
{
  GtkWidget *found = NULL;

  if (gtk_widget_has_css_class (widget, css_class))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_styled (child, css_class);
  return found;
}

static GtkListView *
get_list (Fixture *self)
{
  return GTK_LIST_VIEW (find_styled (GTK_WIDGET (self->page), "find-list"));
}

static RunnelPatternEntry *
get_entry (Fixture *self)
{
  return RUNNEL_PATTERN_ENTRY (find_child (GTK_WIDGET (self->page), RUNNEL_TYPE_PATTERN_ENTRY));
}

static void
type (Fixture    *self,
      const char *text)
{
  runnel_pattern_entry_set_text (get_entry (self), text);
}

static void
wait_until_shown (Fixture    *self,
                  const char *child)
{
  GtkWidget *stack = gtk_widget_get_ancestor (GTK_WIDGET (get_list (self)), GTK_TYPE_STACK);

  g_test_message ("waiting for: %s", child);
  while (!g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (stack)), child))
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
has_label (GtkWidget  *widget,
           const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      strstr (gtk_label_get_text (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (has_label (child, text))
      return TRUE;
  return FALSE;
}

static void
wait_for_label (Fixture    *self,
                const char *text)
{
  g_test_message ("waiting for the label: %s", text);
  while (!has_label (GTK_WIDGET (self->page), text))
    g_main_context_iteration (NULL, TRUE);
}

static guint
get_n_items (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (get_list (self))));
}

/* What is in the list: "#RUN" and "STEP.ATTEMPT:NUMBER MARKUP", each with a newline. */
static char *
list_found (Fixture *self)
{
  GListModel *items = G_LIST_MODEL (gtk_list_view_get_model (get_list (self)));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr(RunnelLogHitItem) item = g_list_model_get_item (items, i);
      const RunnelLogHit *hit = runnel_log_hit_item_get_hit (item);
      g_autofree char *before = NULL, *markup = NULL;

      if (hit)
        {
          runnel_log_hit_item_get_texts (item, &before, &markup);
          g_string_append_printf (text, "%s.%u:%" G_GUINT64_FORMAT " %s%s\n", hit->step,
                                  hit->attempt, hit->number, before, markup);
        }
      else
        g_string_append_printf (text, "#%" G_GINT64_FORMAT "\n",
                                runnel_log_hit_item_get_run (item));
    }
  return g_string_free (text, FALSE);
}

/* --- Finding ---------------------------------------------------------------------------------- */

static void
test_finds (Fixture       *self,
            gconstpointer  user_data)
{
  gint64 first = add_run_with_log (self, RUNNEL_STATE_FAILED, "s0.2.log",
                                   "ok\n  \033[31mNo space\033[0m left <on> device\n");
  gint64 last = add_run_with_log (self, RUNNEL_STATE_SUCCEEDED, "s1.1.log",
                                  "no SPACE here\nnothing\nspace again\n");
  g_autofree char *found = NULL;
  g_autofree char *expected =
    g_strdup_printf ("#%" G_GINT64_FORMAT "\ns1.1:0 no <b>SPACE</b> here\ns1.1:2 <b>space</b> again\n"
                     "#%" G_GINT64_FORMAT "\ns0.2:1 No <b>space</b> left &lt;on&gt; device\n",
                     last, first);

  wait_until_shown (self, "begin");
  type (self, "space");
  wait_for_label (self, "3 lines in 2 runs");
  found = list_found (self);
  g_assert_cmpstr (found, ==, expected);

  /* What is known of the runs comes when their headings are seen. */
  wait_until_shown (self, "list");
  wait_for_label (self, "s0 (2)");
  while (!find_styled (GTK_WIDGET (get_list (self)), "error"))
    g_main_context_iteration (NULL, TRUE);

  g_signal_emit_by_name (get_list (self), "activate", 4);
  g_assert_cmpstr (runnel_log_hit_item_get_hit (self->hit)->step, ==, "s0");
  g_assert_cmpint (runnel_log_hit_item_get_run (self->hit), ==, first);
  g_assert_cmpstr (self->text, ==, "space");
  g_assert_cmpuint (self->flags, ==, RUNNEL_PATTERN_PLAIN);
  g_signal_emit_by_name (get_list (self), "activate", 0);
  g_assert_cmpint (self->activated, ==, last);

  type (self, "");
  wait_until_shown (self, "begin");
  g_assert_cmpuint (get_n_items (self), ==, 0);
}

static void
test_options (Fixture       *self,
              gconstpointer  user_data)
{
  add_run_with_log (self, RUNNEL_STATE_SUCCEEDED, "s0.1.log", "x1\nX2\nx.\n");
  type (self, "x.");
  wait_for_label (self, "1 line in 1 run");
  runnel_pattern_entry_set_flags (get_entry (self), RUNNEL_PATTERN_REGEX);
  wait_for_label (self, "3 lines in 1 run");
  runnel_pattern_entry_set_flags (get_entry (self), RUNNEL_PATTERN_REGEX | RUNNEL_PATTERN_CASE);
  wait_for_label (self, "2 lines in 1 run");
  g_signal_emit_by_name (get_list (self), "activate", 1);
  g_assert_cmpuint (self->flags, ==, RUNNEL_PATTERN_REGEX | RUNNEL_PATTERN_CASE);
}

static void
test_nothing (Fixture       *self,
              gconstpointer  user_data)
{
  add_run_with_log (self, RUNNEL_STATE_SUCCEEDED, "s0.1.log", "one\n");
  type (self, "nowhere");
  wait_until_shown (self, "nothing");
  wait_for_label (self, "1 of 1 run searched");
  runnel_pattern_entry_set_flags (get_entry (self), RUNNEL_PATTERN_REGEX);
  type (self, "(");
  wait_until_shown (self, "problem");
  wait_for_label (self, "Not a Regular Expression");
  type (self, "on(e)");
  wait_for_label (self, "1 line in 1 run");
}

/* In the logs of those runs that a filter lets pass, or of some that were selected. */
static void
test_some_runs (Fixture       *self,
                gconstpointer  user_data)
{
  gint64 failed = add_run_with_log (self, RUNNEL_STATE_FAILED, "s0.1.log", "word\n");
  gint64 good = add_run_with_log (self, RUNNEL_STATE_SUCCEEDED, "s0.1.log", "word\nword\n");
  g_autoptr(RunnelRunFilter) filter = runnel_run_filter_parse ("state:failed", NULL);
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkWidget *button;

  g_assert_cmpint (failed, <, good);
  type (self, "word");
  wait_for_label (self, "3 lines in 2 runs");
  runnel_logs_page_set_filter (RUNNEL_LOGS_PAGE (self->page), filter);
  wait_for_label (self, "1 line in 1 run");
  g_assert_true (has_label (GTK_WIDGET (self->page), "Failed"));

  g_array_append_val (runs, good);
  runnel_logs_page_set_runs (RUNNEL_LOGS_PAGE (self->page), runs);
  wait_for_label (self, "2 lines in 1 run");
  wait_for_label (self, "1 selected run");
  button = gtk_widget_get_ancestor (find_styled (GTK_WIDGET (self->page), "token"), GTK_TYPE_BUTTON);
  while (!gtk_widget_get_mapped (button))
    g_main_context_iteration (NULL, TRUE);
  g_signal_emit_by_name (button, "clicked");
  wait_for_label (self, "3 lines in 2 runs");
}

/* Stopped before the history has told which runs there are; Enter begins anew. */
static void
test_stop (Fixture       *self,
           gconstpointer  user_data)
{
  add_run_with_log (self, RUNNEL_STATE_SUCCEEDED, "s0.1.log", "word\n");
  type (self, "word");
  g_signal_emit_by_name (get_entry (self), "activate");
  g_signal_emit_by_name (get_entry (self), "stop");
  wait_until_shown (self, "stopped");
  g_assert_cmpuint (get_n_items (self), ==, 0);
  g_signal_emit_by_name (get_entry (self), "activate");
  wait_for_label (self, "1 line in 1 run");
}

/* No more than anybody reads; and what goes on is given up with the page. */
static void
test_too_much (Fixture       *self,
               gconstpointer  user_data)
{
  g_autoptr(GString) log = g_string_new (NULL);

  for (guint i = 0; i < 6000; i++)
    g_string_append_printf (log, "word %u\n", i);
  add_run_with_log (self, RUNNEL_STATE_SUCCEEDED, "s0.1.log", log->str);
  type (self, "word");
  wait_for_label (self, "lines in 1 run, and there is more");
  g_assert_cmpuint (get_n_items (self), ==, 5001);
  type (self, "word 5");
}

static void
test_texts (void)
{
  const struct
  {
    const char *text;
    gsize start, end;
    const char *before, *markup;
  } cases[] = {
    { "abc", 1, 2, "a", "<b>b</b>c" },
    { "\t  abc", 4, 5, "a", "<b>b</b>c" },
    { "  a", 0, 3, "", "<b>  a</b>" },
    { "  a", 1, 3, "", "<b> a</b>" },
    { "<ä>&", 0, 4, "", "<b>&lt;ä&gt;</b>&amp;" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const RunnelLogHit hit = { 1, "s", 1, "p", 0, cases[i].text, cases[i].start, cases[i].end };
      g_autoptr(RunnelLogHitItem) item = runnel_log_hit_item_new (&hit);
      g_autofree char *before = NULL, *markup = NULL;

      runnel_log_hit_item_get_texts (item, &before, &markup);
      g_assert_cmpstr (before, ==, cases[i].before);
      g_assert_cmpstr (markup, ==, cases[i].markup);
    }
}

#define add(path, func) \
  g_test_add ("/designer/logs-page/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("runnel-logs-page-XXXXXX", NULL);
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", home);
  int status;

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_STATE_HOME", home, TRUE);
  g_setenv ("XDG_CONFIG_HOME", home, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  runnel_kinds_init ();

  add ("finds", test_finds);
  add ("options", test_options);
  add ("nothing", test_nothing);
  add ("some-runs", test_some_runs);
  add ("stop", test_stop);
  add ("too-much", test_too_much);
  g_test_add_func ("/designer/logs-page/texts", test_texts);

  status = g_test_run ();
  runnel_designer_shut_down_history ();
  g_assert_cmpint (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL), ==, TRUE);
  return status;
}
