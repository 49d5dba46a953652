/* test-insights-page.c: the page of statistics
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "designer/insights/runnel-insights-page.h"
#include "designer/runs/runnel-designer-history.h"
#include "window-fixture.h"

#define TEXT "{\"format\": 1, \"name\": \"Test\", \"steps\": [{\"id\": \"one\", \"kind\": \"command\"," \
             " \"with\": {\"argv\": [\"true\"]}}]}"

static GtkWindow *window;

/* --- A history --- */

static void
record (RunnelHistory *history,
        RunnelEvent    event,
        gint64         run,
        gint64         time)
{
  event.run = run;
  event.time = time;
  g_assert_true (runnel_history_record (history, &event, NULL));
}

/* A run that began so many days ago and took so many seconds. */
static void
add_run (const char  *name,
         int          days,
         int          seconds,
         RunnelState  state)
{
  g_autoptr(RunnelHistory) history = runnel_history_open (NULL, NULL);
  g_autofree char *file = g_strdup_printf ("/home/me/%s.runnel.json", name);
  gint64 start = g_get_real_time () - days * G_TIME_SPAN_DAY - G_TIME_SPAN_HOUR;
  gint64 end = start + seconds * G_TIME_SPAN_SECOND;
  gint64 run = runnel_history_add_run (history, name, file, TEXT, strlen (TEXT), start, NULL);

  record (history, (RunnelEvent) { .type = RUNNEL_EVENT_RUN_STARTED }, run, start);
  record (history, (RunnelEvent) { .type = RUNNEL_EVENT_STEP_QUEUED }, run, start);
  record (history, (RunnelEvent) { .type = RUNNEL_EVENT_ATTEMPT_STARTED, .attempt = 1 }, run, start);
  record (history, (RunnelEvent) { .type = RUNNEL_EVENT_ATTEMPT_FINISHED, .attempt = 1,
                                   .state = state }, run, end);
  record (history, (RunnelEvent) { .type = RUNNEL_EVENT_STEP_FINISHED, .state = state }, run, end);
  record (history, (RunnelEvent) { .type = RUNNEL_EVENT_RUN_FINISHED, .state = state }, run, end);
}

static void
remove_history (void)
{
  g_autofree char *path = runnel_history_get_path ();
  const char *endings[] = { "", "-wal", "-shm" };

  runnel_designer_shut_down_history ();
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      g_remove (file);
    }
}

/* --- The page --- */

typedef gboolean (*MatchFunc) (GtkWidget *widget, const char *text);

static GtkWidget *
find_widget (GtkWidget  *widget,
             MatchFunc   match,
             const char *text)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return NULL;
  if (match (widget, text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, match, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_label (GtkWidget  *widget,
          const char *text)
{
  return GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text);
}

static gboolean
is_drop_down (GtkWidget  *widget,
              const char *text)
{
  return GTK_IS_DROP_DOWN (widget) &&
         g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0;
}

static gboolean
has (RunnelPage *page,
     const char *text)
{
  return find_widget (GTK_WIDGET (page), is_label, text) != NULL;
}

static void
wait_for (RunnelPage *page,
          const char *text)
{
  while (!has (page, text))
    g_main_context_iteration (NULL, TRUE);
}

static GtkDropDown *
get_drop_down (RunnelPage *page,
               const char *name)
{
  return GTK_DROP_DOWN (find_widget (GTK_WIDGET (page), is_drop_down, name));
}

static RunnelPage *
open_page (void)
{
  RunnelPage *page = runnel_insights_page_new ();

  gtk_window_set_child (window, GTK_WIDGET (page));
  return page;
}

/* --- Tests --- */

static void
test_empty (void)
{
  RunnelPage *page = open_page ();

  wait_for (page, "No Runs Yet");
  remove_history ();
}

static void
test_all (void)
{
  RunnelPage *page;

  add_run ("a", 1, 20, RUNNEL_STATE_SUCCEEDED);
  add_run ("b", 2, 20, RUNNEL_STATE_FAILED);
  page = open_page ();
  wait_for (page, "50.0 %");
  g_assert_true (has (page, "Runs a Day"));
  g_assert_true (has (page, "Where Time Goes"));
  g_assert_false (has (page, "Latest Runs"));
  g_assert_false (has (page, "Duration"));
  g_assert_null (get_drop_down (page, "Step"));
  remove_history ();
}

/* a pipeline, one of its steps, and another range */
static void
test_pipeline (void)
{
  RunnelPage *page;

  add_run ("a", 1, 20, RUNNEL_STATE_SUCCEEDED);
  add_run ("a", 50, 20, RUNNEL_STATE_FAILED);
  add_run ("b", 2, 20, RUNNEL_STATE_FAILED);
  page = open_page ();
  runnel_insights_page_choose_pipeline (RUNNEL_INSIGHTS_PAGE (page), "/home/me/a.runnel.json");
  wait_for (page, "100.0 %");
  g_assert_true (has (page, "Duration"));
  g_assert_true (has (page, "Latest Runs"));
  gtk_drop_down_set_selected (get_drop_down (page, "Time"), 5); /* all */
  wait_for (page, "50.0 %");
  gtk_drop_down_set_selected (get_drop_down (page, "Step"), 1);
  while (gtk_drop_down_get_selected (get_drop_down (page, "Step")) != 1 || !has (page, "50.0 %"))
    g_main_context_iteration (NULL, TRUE);
  gtk_drop_down_set_selected (get_drop_down (page, "Pipeline"), 0);
  wait_for (page, "33.3 %");
  remove_history ();
}

static gboolean
is_entry (GtkWidget  *widget,
          const char *text)
{
  return GTK_IS_ENTRY (widget) &&
         g_str_has_prefix (gtk_entry_get_placeholder_text (GTK_ENTRY (widget)), text);
}

/* a time that is written down; what is no time is marked, and asks nothing */
static void
test_custom (void)
{
  RunnelPage *page;
  GtkWidget *since;

  add_run ("a", 1, 20, RUNNEL_STATE_SUCCEEDED);
  add_run ("a", 200, 20, RUNNEL_STATE_FAILED);
  page = open_page ();
  wait_for (page, "100.0 %");
  g_assert_null (find_widget (GTK_WIDGET (page), is_entry, "From"));
  gtk_drop_down_set_selected (get_drop_down (page, "Time"), 6);
  since = find_widget (GTK_WIDGET (page), is_entry, "From");
  gtk_editable_set_text (GTK_EDITABLE (since), "when I was young");
  g_signal_emit_by_name (since, "activate");
  g_assert_true (gtk_widget_has_css_class (since, "error"));
  gtk_editable_set_text (GTK_EDITABLE (since), "300d");
  g_signal_emit_by_name (since, "activate");
  g_assert_false (gtk_widget_has_css_class (since, "error"));
  wait_for (page, "50.0 %");
  remove_history ();
}

/* one that never ran is no failure */
static void
test_never_ran (void)
{
  RunnelPage *page;

  add_run ("a", 1, 20, RUNNEL_STATE_SUCCEEDED);
  page = open_page ();
  runnel_insights_page_choose_pipeline (RUNNEL_INSIGHTS_PAGE (page), "/home/me/new.runnel.json");
  wait_for (page, "No Runs in This Time");
  remove_history ();
}

/* runs that end meanwhile, in whatever process */
static void
test_refresh (void)
{
  RunnelPage *page;

  add_run ("a", 1, 20, RUNNEL_STATE_SUCCEEDED);
  page = open_page ();
  wait_for (page, "100.0 %");
  add_run ("a", 1, 20, RUNNEL_STATE_FAILED);
  wait_for (page, "50.0 %");
  remove_history ();
}

static void
test_broken (void)
{
  g_autofree char *path = runnel_history_get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  RunnelPage *page;

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, "this is not a database, and never was one", -1, NULL));
  page = open_page ();
  wait_for (page, "The Statistics Could Not Be Read");
  remove_history ();
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GtkApplication) application = window_fixture_init (&argc, &argv);

  window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (window, 900, 700);
  gtk_window_present (window);

  g_test_add_func ("/designer/insights-page/empty", test_empty);
  g_test_add_func ("/designer/insights-page/all", test_all);
  g_test_add_func ("/designer/insights-page/pipeline", test_pipeline);
  g_test_add_func ("/designer/insights-page/custom", test_custom);
  g_test_add_func ("/designer/insights-page/never-ran", test_never_ran);
  g_test_add_func ("/designer/insights-page/refresh", test_refresh);
  g_test_add_func ("/designer/insights-page/broken", test_broken);

  return g_test_run ();
}
