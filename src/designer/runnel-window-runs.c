/* runnel-window-runs.c: the pages of the history among the tabs of a window
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/charts/runnel-compare-runs-page.h"
#include "designer/runnel-window-private.h"
#include "designer/runs/runnel-run-page.h"
#include "designer/runs/runnel-runs-page.h"

static gboolean
is_page_of_run (RunnelPage *page,
                gint64      run)
{
  return RUNNEL_IS_RUN_PAGE (page) && runnel_run_page_get_run (RUNNEL_RUN_PAGE (page)) == run;
}

static gboolean
is_page_of_runs (RunnelPage *page,
                 gint64      run)
{
  return RUNNEL_IS_RUNS_PAGE (page);
}

/* A tab can be dragged to another window, so the window is looked for when it is needed. */
static RunnelWindow *
get_window (RunnelPage *page)
{
  return RUNNEL_WINDOW (gtk_widget_get_root (GTK_WIDGET (page)));
}

static void
run_activated_cb (RunnelPage *page,
                  gint64      run)
{
  runnel_window_show_run (get_window (page), run);
}

static void
open_file_cb (RunnelPage *page,
              GFile      *file)
{
  runnel_window_open_file (get_window (page), file);
}

static void
message_cb (RunnelPage *page,
            const char *text)
{
  runnel_window_add_toast (get_window (page), text);
}

static void
search_logs_cb (RunnelPage *page,
                GArray     *runs)
{
  _runnel_window_search_logs (get_window (page), runs);
}

static void
runs_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  RunnelWindow *self = user_data;
  RunnelPage *page = _runnel_window_find_page (self, is_page_of_runs, 0);

  if (page != NULL)
    {
      runnel_window_show_page (self, page);
      return;
    }
  page = runnel_runs_page_new ();
  g_signal_connect (page, "run-activated", G_CALLBACK (run_activated_cb), NULL);
  g_signal_connect (page, "search-logs", G_CALLBACK (search_logs_cb), NULL);
  g_signal_connect (page, "message", G_CALLBACK (message_cb), NULL);
  runnel_window_add_page (self, page);
}

static void
show_run_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  runnel_window_show_run (user_data, g_variant_get_int64 (parameter));
}

static void
compare_runs_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  gint64 before, after;
  RunnelPage *page;

  g_variant_get (parameter, "(xx)", &before, &after);
  page = runnel_compare_runs_page_new (before, after);
  g_signal_connect (page, "open-run", G_CALLBACK (run_activated_cb), NULL);
  runnel_window_add_page (user_data, page);
}

static const GActionEntry actions[] = {
  { "runs", runs_action },
  { "show-run", show_run_action, "x" },
  { "compare-runs", compare_runs_action, "(xx)" },
};

void
_runnel_window_runs_init (RunnelWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}

/**
 * runnel_window_show_run:
 * @run: the number of a run
 *
 * Brings the tab of the run to the front, or opens one.
 */
void
runnel_window_show_run (RunnelWindow *self,
                        gint64        run)
{
  g_return_if_fail (RUNNEL_IS_WINDOW (self));

  RunnelPage *page = _runnel_window_find_page (self, is_page_of_run, run);
  if (page != NULL)
    {
      runnel_window_show_page (self, page);
      return;
    }
  page = runnel_run_page_new (run);
  g_signal_connect (page, "open-file", G_CALLBACK (open_file_cb), NULL);
  g_signal_connect (page, "open-run", G_CALLBACK (run_activated_cb), NULL);
  g_signal_connect (page, "message", G_CALLBACK (message_cb), NULL);
  runnel_window_add_page (self, page);
}

/**
 * runnel_window_tell_run:
 * @text: one sentence about a run
 * @run: its number
 *
 * Shows the sentence for a moment, with a way to the run.
 */
void
runnel_window_tell_run (RunnelWindow *self,
                        const char   *text,
                        gint64        run)
{
  g_return_if_fail (RUNNEL_IS_WINDOW (self));

  AdwToast *toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, _("Details"));
  adw_toast_set_action_name (toast, "win.show-run");
  adw_toast_set_action_target_value (toast, g_variant_new_int64 (run));
  adw_toast_overlay_add_toast (self->toasts, toast);
}
