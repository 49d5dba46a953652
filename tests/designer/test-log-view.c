/* test-log-view.c: a log with what can be done with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <adwaita.h>
#include <glib/gstdio.h>

#include "designer/find/runnel-pattern-entry.h"
#include "designer/logs/runnel-log-lines.h"
#include "designer/logs/runnel-log-view.h"
#include "log/runnel-log-times.h"

typedef struct
{
  char *folder;
  char *path;
  GtkWindow *window;
  RunnelLogView *view;
  RunnelLogLines *lines;
  char *message;      /* what the view has told last */
  char *copied;       /* what is in the clipboard */
} Fixture;

/* --- The view -------------------------------------------------------------------------- */

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

static void
message_cb (Fixture    *fixture,
            const char *text)
{
  g_free (fixture->message);
  fixture->message = g_strdup (text);
}

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("runnel-view-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "step.1.log", NULL);
  fixture->view = RUNNEL_LOG_VIEW (runnel_log_view_new ());
  fixture->lines =
    RUNNEL_LOG_LINES (find_child (GTK_WIDGET (fixture->view), RUNNEL_TYPE_LOG_LINES));
  g_signal_connect_swapped (fixture->view, "message", G_CALLBACK (message_cb), fixture);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (fixture->window, 700, 400);
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->view));
  gtk_window_present (fixture->window);
  g_object_set (fixture->view, "wrap", FALSE, "times", RUNNEL_LOG_TIMES_NONE, NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer user_data)
{
  g_autofree char *times = runnel_log_times_make_path (fixture->path);

  gtk_window_destroy (fixture->window);
  g_unlink (times);
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->message);
  g_free (fixture->copied);
}

static void
append_bytes (Fixture    *fixture,
              const char *bytes,
              gsize       length)
{
  int fd = open (fixture->path, O_WRONLY | O_CREAT | O_APPEND, 0600);

  g_assert_cmpint (write (fd, bytes, length), ==, (gssize) length);
  close (fd);
}

static void
append (Fixture    *fixture,
        const char *text)
{
  append_bytes (fixture, text, strlen (text));
}

static void
append_lines (Fixture *fixture,
              guint    from,
              guint    to)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = from; i < to; i++)
    g_string_append_printf (text, "line %u.\n", i);
  append_bytes (fixture, text->str, text->len);
}

static void
show (Fixture *fixture,
      gboolean is_live)
{
  runnel_log_view_show_file (fixture->view, "Build", fixture->path, is_live);
}

static void
act (Fixture    *fixture,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), action, NULL));
}

/* --- What is seen ---------------------------------------------------------------------------- */

/* The text that assistive technology has, which is what is seen. */
static char *
get_seen (Fixture *fixture)
{
  GtkWidget *mirror = find_child (GTK_WIDGET (fixture->lines), GTK_TYPE_TEXT_VIEW);
  char *text;

  g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (mirror)), "text", &text, NULL);
  return text;
}

static void
wait_for_seen (Fixture    *fixture,
               const char *wanted,
               gboolean    is_seen)
{
  g_test_message ("%s: %s", is_seen ? "waiting to see" : "waiting not to see", wanted);
  for (;;)
    {
      g_autofree char *seen = get_seen (fixture);

      if ((strstr (seen, wanted) != NULL) == is_seen)
        return;
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
wait_to_see (Fixture    *fixture,
             const char *wanted)
{
  wait_for_seen (fixture, wanted, TRUE);
}

/* All there is, for a log that fits. */
static void
wait_for_text (Fixture    *fixture,
               const char *wanted)
{
  g_test_message ("waiting for: %s", wanted);
  for (;;)
    {
      g_autofree char *seen = get_seen (fixture);

      if (g_str_equal (seen, wanted))
        return;
      g_main_context_iteration (NULL, TRUE);
    }
}

static gboolean
has_label (GtkWidget  *widget,
           const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (has_label (child, text))
      return TRUE;
  return FALSE;
}

static void
wait_for_label (Fixture    *fixture,
                const char *text)
{
  g_test_message ("waiting for a label: %s", text);
  while (!has_label (GTK_WIDGET (fixture->view), text))
    g_main_context_iteration (NULL, TRUE);
}

/* --- Following --------------------------------------------------------------------------------- */

static void
test_follows (Fixture      *fixture,
              gconstpointer user_data)
{
  append_lines (fixture, 0, 1000);
  show (fixture, TRUE);
  wait_to_see (fixture, "line 999.");
  append_lines (fixture, 1000, 1010);
  wait_to_see (fixture, "line 1009.");
  g_assert_true (runnel_log_lines_is_at_end (fixture->lines));

  act (fixture, "log.start");
  wait_to_see (fixture, "line 0.");
  g_assert_false (runnel_log_lines_is_at_end (fixture->lines));
  append_lines (fixture, 1010, 1020);
  runnel_log_view_finish (fixture->view);
  act (fixture, "log.end");
  wait_to_see (fixture, "line 1019.");
}

/* The button lets go of the end while it is seen. */
static void
test_stays (Fixture      *fixture,
            gconstpointer user_data)
{
  append_lines (fixture, 0, 1000);
  show (fixture, TRUE);
  wait_to_see (fixture, "line 999.");
  runnel_log_lines_stay (fixture->lines);
  append_lines (fixture, 1000, 2000);
  g_autofree char *before = get_seen (fixture);
  while (gtk_adjustment_get_upper (runnel_log_lines_get_vadjustment (fixture->lines)) < 2000)
    g_main_context_iteration (NULL, TRUE);
  g_autofree char *after = get_seen (fixture);
  g_assert_cmpstr (before, ==, after);
}

static void
test_scrolls (Fixture      *fixture,
              gconstpointer user_data)
{
  GtkAdjustment *adjustment = runnel_log_lines_get_vadjustment (fixture->lines);

  append_lines (fixture, 0, 200000);
  show (fixture, FALSE);
  wait_to_see (fixture, "line 199999.");
  while (gtk_adjustment_get_upper (adjustment) != 200000) /* until then it is guessed */
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 20; i++)
    {
      guint row = (guint) g_test_rand_int_range (0, 199900);
      g_autofree char *wanted = g_strdup_printf ("line %u.", row + 3);

      gtk_adjustment_set_value (adjustment, row);
      wait_to_see (fixture, wanted);
    }
  runnel_log_view_go_to_line (fixture->view, 77776);
  wait_to_see (fixture, "line 77776.");
}

static void
test_is_cut (Fixture      *fixture,
             gconstpointer user_data)
{
  append_lines (fixture, 0, 5000);
  show (fixture, TRUE);
  wait_to_see (fixture, "line 4999.");
  g_assert_cmpint (truncate (fixture->path, 0), ==, 0);
  append (fixture, "from the beginning\n");
  wait_for_text (fixture, "from the beginning");
}

static void
test_nothing (Fixture      *fixture,
              gconstpointer user_data)
{
  wait_for_label (fixture, "Select a step to see its log");
  show (fixture, TRUE);
  runnel_log_view_finish (fixture->view);
  wait_for_label (fixture, "Nothing was printed");
  g_assert_nonnull (runnel_log_view_get_path (fixture->view));
  runnel_log_view_show_nothing (fixture->view, "No more");
  wait_for_label (fixture, "No more");
  g_assert_null (runnel_log_view_get_path (fixture->view));
  g_assert_nonnull (runnel_log_view_get_obstacle (fixture->view, "log.wrap"));
}

/* --- Finding ----------------------------------------------------------------------------------------- */

static void
find (Fixture    *fixture,
      const char *text)
{
  GtkWidget *entry = find_child (GTK_WIDGET (fixture->view), RUNNEL_TYPE_PATTERN_ENTRY);

  act (fixture, "log.find");
  runnel_pattern_entry_set_text (RUNNEL_PATTERN_ENTRY (entry), text);
}

static void
test_finds (Fixture      *fixture,
            gconstpointer user_data)
{
  append_lines (fixture, 0, 5000);
  show (fixture, FALSE);
  wait_to_see (fixture, "line 4999.");
  act (fixture, "log.start");
  wait_to_see (fixture, "line 0.");
  find (fixture, "LINE 99");
  wait_for_label (fixture, "1 of 11"); /* 99, 990 to 999 */
  wait_to_see (fixture, "line 99.");
  act (fixture, "log.find-next");
  wait_for_label (fixture, "2 of 11");
  wait_to_see (fixture, "line 990.");
  act (fixture, "log.find-previous");
  wait_for_label (fixture, "1 of 11");
  act (fixture, "log.find-previous"); /* round the beginning */
  wait_for_label (fixture, "11 of 11");
  find (fixture, "nowhere");
  wait_for_label (fixture, "Nothing found");
}

/* What comes later is found, too. */
static void
test_finds_in_live (Fixture      *fixture,
                    gconstpointer user_data)
{
  append (fixture, "one\n");
  show (fixture, TRUE);
  wait_to_see (fixture, "one");
  find (fixture, "one");
  wait_for_label (fixture, "1 of 1");
  append (fixture, "another one\n");
  wait_for_label (fixture, "1 of 2");
}

/* As when something was found in the log before it was opened. */
static void
test_finds_at_line (Fixture      *fixture,
                    gconstpointer user_data)
{
  append_lines (fixture, 0, 5000);
  show (fixture, FALSE);
  runnel_log_view_go_to_line (fixture->view, 995);
  runnel_log_view_find (fixture->view, "line 99", RUNNEL_PATTERN_PLAIN);
  wait_for_label (fixture, "7 of 11");
  wait_to_see (fixture, "line 995.");

  /* A line that the log does not have keeps nobody from finding the text. */
  runnel_log_view_go_to_line (fixture->view, 1000000);
  runnel_log_view_find (fixture->view, "Line 4321", RUNNEL_PATTERN_PLAIN);
  wait_for_label (fixture, "1 of 1");
  wait_to_see (fixture, "line 4321.");
  runnel_log_view_find (fixture->view, "Line 4321", RUNNEL_PATTERN_CASE);
  wait_for_label (fixture, "Nothing found");
}

static void
test_only_matches (Fixture      *fixture,
                   gconstpointer user_data)
{
  append (fixture, "1\n2\n3 good\n4\n5\n6 good\n7\n");
  show (fixture, TRUE);
  wait_for_text (fixture, "1\n2\n3 good\n4\n5\n6 good\n7");
  find (fixture, "good");
  act (fixture, "log.only-matches");
  wait_for_text (fixture, "3 good\n6 good");
  append (fixture, "8 good\n9\n");
  wait_for_text (fixture, "3 good\n6 good\n8 good");
  gtk_spin_button_set_value (
    GTK_SPIN_BUTTON (find_child (GTK_WIDGET (fixture->view), GTK_TYPE_SPIN_BUTTON)), 1);
  wait_for_text (fixture, "2\n3 good\n4\n5\n6 good\n7\n8 good\n9");
  act (fixture, "log.only-matches");
  wait_for_text (fixture, "1\n2\n3 good\n4\n5\n6 good\n7\n8 good\n9");
}

static void
test_errors (Fixture      *fixture,
             gconstpointer user_data)
{
  append_lines (fixture, 0, 1000);
  append (fixture, "a.c:1:2: error: first\n");
  append_lines (fixture, 1000, 2000);
  append (fixture, "::error::second\n");
  append_lines (fixture, 2000, 3000);
  show (fixture, FALSE);
  wait_for_label (fixture, "2 errors");
  act (fixture, "log.next-error");
  wait_to_see (fixture, "error: first");
  act (fixture, "log.next-error");
  wait_to_see (fixture, "::error::second");
  act (fixture, "log.previous-error");
  wait_to_see (fixture, "error: first");
}

static void
test_no_errors (Fixture      *fixture,
                gconstpointer user_data)
{
  append_lines (fixture, 0, 10);
  show (fixture, FALSE);
  wait_to_see (fixture, "line 9.");
  act (fixture, "log.next-error");
  while (!fixture->message)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (fixture->message, ==, "No errors were found in this log");
}

/* --- Looks ---------------------------------------------------------------------------------------------- */

static void
test_folds (Fixture      *fixture,
            gconstpointer user_data)
{
  append (fixture, "0\n::group::A\n1\n2\n::endgroup::\n3\n::group::B\n4\n::endgroup::\n5\n");
  show (fixture, FALSE);
  wait_to_see (fixture, "4");
  act (fixture, "log.fold-all");
  wait_for_text (fixture, "0\n::group::A\n3\n::group::B\n5");
  act (fixture, "log.next-fold");
  act (fixture, "log.fold");
  wait_for_text (fixture, "0\n::group::A\n1\n2\n::endgroup::\n3\n::group::B\n5");
  act (fixture, "log.next-fold");
  act (fixture, "log.fold");
  act (fixture, "log.previous-fold");
  act (fixture, "log.fold");
  wait_for_text (fixture, "0\n::group::A\n3\n::group::B\n4\n::endgroup::\n5");
  find (fixture, "2"); /* what is found is shown */
  wait_to_see (fixture, "2");
  act (fixture, "log.unfold-all");
  wait_to_see (fixture, "4");
}

static void
test_times (Fixture      *fixture,
            gconstpointer user_data)
{
  g_autofree char *path = runnel_log_times_make_path (fixture->path);
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND, 0600);

  append (fixture, "one\ntwo\n");
  runnel_log_times_write (fd, &(RunnelLogTime) { 4, 5 * G_TIME_SPAN_SECOND });
  runnel_log_times_write (fd, &(RunnelLogTime) { 8, 3700 * G_TIME_SPAN_SECOND + 250000 });
  close (fd);
  show (fixture, FALSE);
  wait_for_text (fixture, "one\ntwo");
  act (fixture, "log.cycle-times");
  wait_for_text (fixture, "+0:00.000 one\n+1:01:35.250 two");
  act (fixture, "log.cycle-times");
  wait_to_see (fixture, "01:40.250 two"); /* in whatever zone */
  act (fixture, "log.cycle-times");
  wait_for_text (fixture, "one\ntwo");
}

/* A line of a million characters, which goes in many rows. */
static void
test_wraps (Fixture      *fixture,
            gconstpointer user_data)
{
  g_autofree char *text = g_strnfill (1000000, 'x');
  GtkAdjustment *hadjustment = runnel_log_lines_get_hadjustment (fixture->lines);

  append (fixture, "first\n");
  append_bytes (fixture, text, 1000000);
  append (fixture, "\nlast\n");
  show (fixture, FALSE);
  wait_to_see (fixture, "last");
  g_assert_cmpfloat (gtk_adjustment_get_upper (hadjustment), >, 1000000);
  gtk_adjustment_set_value (hadjustment, 5000000);
  act (fixture, "log.wrap");
  while (gtk_adjustment_get_upper (hadjustment) > 10000)
    g_main_context_iteration (NULL, TRUE);
  act (fixture, "log.start");
  wait_for_seen (fixture, "last", FALSE);
  act (fixture, "log.end");
  wait_for_seen (fixture, "first", FALSE);
  wait_to_see (fixture, "last");
  act (fixture, "log.wrap");
  wait_to_see (fixture, "first");
}

static void
test_colors (Fixture      *fixture,
             gconstpointer user_data)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  append (fixture, "\033[1;3;4;9;38;5;200;48;2;1;2;3mall\033[0m \033[7;2;8mof them\tand\r\n10 %\r20 %\n");
  append (fixture, "日本語 \xff\xfe\033[31m\n::warning::careful\n");
  show (fixture, FALSE);
  wait_for_text (fixture, "all of them\tand\n20 %\n日本語 \xef\xbf\xbd\xef\xbf\xbd\n::warning::careful");
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  act (fixture, "log.cycle-times");
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
  act (fixture, "log.wrap");
  wait_to_see (fixture, "careful");
}

/* Whatever a program writes, it is drawn and nothing else happens. */
static void
test_garbage (Fixture      *fixture,
              gconstpointer user_data)
{
  g_autofree char *bytes = g_malloc (300000);

  for (guint i = 0; i < 300000; i++)
    bytes[i] = g_test_rand_bit () ? "\033[]m;3\\\r8K\n\t::group"[g_test_rand_int_range (0, 20)]
                                  : (char) g_test_rand_int_range (0, 256);
  append_bytes (fixture, bytes, 300000);
  append (fixture, "\nthe end\n");
  show (fixture, TRUE);
  wait_to_see (fixture, "the end");
  act (fixture, "log.wrap");
  act (fixture, "log.start");
  while (runnel_log_lines_is_at_end (fixture->lines))
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 30; i++)
    {
      gtk_adjustment_set_value (runnel_log_lines_get_vadjustment (fixture->lines), i * 50);
      g_main_context_iteration (NULL, TRUE);
    }
  act (fixture, "log.end");
  wait_to_see (fixture, "the end");
}

/* --- Copying --------------------------------------------------------------------------------------------- */

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_free (fixture->copied);
  fixture->copied = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
}

static void
changed_cb (GdkClipboard *clipboard,
            Fixture      *fixture)
{
  gdk_clipboard_read_text_async (clipboard, NULL, read_cb, fixture);
}

static void
assert_copies (Fixture    *fixture,
               const char *action,
               const char *expected)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->view));
  gulong handler = g_signal_connect (clipboard, "changed", G_CALLBACK (changed_cb), fixture);

  g_clear_pointer (&fixture->copied, g_free);
  act (fixture, action);
  while (!fixture->copied)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (fixture->copied, ==, expected);
  g_signal_handler_disconnect (clipboard, handler);
}

static void
test_copies (Fixture      *fixture,
             gconstpointer user_data)
{
  g_autofree char *link = g_strconcat (fixture->path, ":3", NULL);
  RunnelLogLine line;

  append (fixture, "one\n\033[31mtwo\033[0m\nerror: three\nfour\n");
  show (fixture, FALSE);
  wait_for_label (fixture, "1 error");
  act (fixture, "log.next-error");
  while (!runnel_log_lines_get_cursor (fixture->lines, &line))
    g_main_context_iteration (NULL, TRUE);
  assert_copies (fixture, "log.copy", "error: three\n");
  assert_copies (fixture, "log.copy-link", link);
  act (fixture, "log.select-all");
  assert_copies (fixture, "log.copy", "one\ntwo\nerror: three\nfour\n");
  assert_copies (fixture, "log.copy-colored",
                 "one\n\033[0;38;5;1mtwo\033[0m\nerror: three\nfour\n");
  find (fixture, "o");
  act (fixture, "log.only-matches");
  wait_for_text (fixture, "one\ntwo\nerror: three\nfour");
  find (fixture, "w");
  wait_for_text (fixture, "two");
  act (fixture, "log.select-all");
  assert_copies (fixture, "log.copy", "two\n");
}

static gboolean
press (Fixture        *fixture,
       guint           keyval,
       GdkModifierType modifiers)
{
  GListModel *controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->lines));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, modifiers, &handled);
    }
  g_object_unref (controllers);
  return handled;
}

static void
test_selects_by_keys (Fixture      *fixture,
                      gconstpointer user_data)
{
  append (fixture, "one\ntwo\nthree\n");
  show (fixture, FALSE);
  wait_for_text (fixture, "one\ntwo\nthree");
  press (fixture, GDK_KEY_Right, GDK_SHIFT_MASK);
  assert_copies (fixture, "log.copy", "o");
  press (fixture, GDK_KEY_Down, GDK_SHIFT_MASK);
  assert_copies (fixture, "log.copy", "one\nt");
  press (fixture, GDK_KEY_End, GDK_SHIFT_MASK);
  assert_copies (fixture, "log.copy", "one\ntwo");
  press (fixture, GDK_KEY_Right, GDK_SHIFT_MASK); /* over the end of the line */
  assert_copies (fixture, "log.copy", "one\ntwo\n");
  press (fixture, GDK_KEY_Left, GDK_SHIFT_MASK);
  press (fixture, GDK_KEY_Left, GDK_SHIFT_MASK);
  assert_copies (fixture, "log.copy", "one\ntw");
  press (fixture, GDK_KEY_Page_Down, GDK_SHIFT_MASK);
  assert_copies (fixture, "log.copy", "one\ntwo\nthree");
  g_assert_false (press (fixture, GDK_KEY_Tab, 0));
  g_assert_true (press (fixture, GDK_KEY_Page_Down, 0));
}

static void
test_all_steps (Fixture      *fixture,
                gconstpointer user_data)
{
  RunnelLogMerge *merge = runnel_log_merge_new ();
  guint part = runnel_log_merge_add (merge, "build", fixture->path, 5);

  append (fixture, "one\ntwo\n");
  runnel_log_merge_set_over (merge, part);
  runnel_log_view_show_merge (fixture->view, "All Steps", merge, FALSE);
  wait_for_text (fixture, "build: one\nbuild: two");
  g_assert_true (runnel_log_view_shows_merge (fixture->view, merge));
  g_assert_nonnull (runnel_log_view_get_obstacle (fixture->view, "log.copy-link"));
  runnel_log_source_unref (runnel_log_merge_get_source (merge));
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("XDG_CONFIG_HOME", g_getenv ("XDG_RUNTIME_DIR"), TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, func) \
  g_test_add ("/designer/log-view/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("follows", test_follows);
  ADD ("stays", test_stays);
  ADD ("scrolls", test_scrolls);
  ADD ("is-cut", test_is_cut);
  ADD ("nothing", test_nothing);
  ADD ("finds", test_finds);
  ADD ("finds-in-live", test_finds_in_live);
  ADD ("finds-at-line", test_finds_at_line);
  ADD ("only-matches", test_only_matches);
  ADD ("errors", test_errors);
  ADD ("no-errors", test_no_errors);
  ADD ("folds", test_folds);
  ADD ("times", test_times);
  ADD ("wraps", test_wraps);
  ADD ("colors", test_colors);
  ADD ("garbage", test_garbage);
  ADD ("copies", test_copies);
  ADD ("selects-by-keys", test_selects_by_keys);
  ADD ("all-steps", test_all_steps);
#undef ADD
  return g_test_run ();
}
