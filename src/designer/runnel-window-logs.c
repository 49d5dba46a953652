/* runnel-window-logs.c: finding something in the logs of many runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/logs/runnel-log-hit-item.h"
#include "designer/logs/runnel-logs-page.h"
#include "designer/runnel-window-private.h"
#include "designer/runs/runnel-run-page.h"
#include "designer/runs/runnel-run-query.h"
#include "designer/runs/runnel-runs-page.h"

static gboolean
is_logs_page (RunnelPage *page,
              gint64      run)
{
  return RUNNEL_IS_LOGS_PAGE (page);
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
hit_activated_cb (RunnelPage         *page,
                  RunnelLogHitItem   *item,
                  const char         *text,
                  RunnelPatternFlags  flags)
{
  RunnelWindow *self = get_window (page);
  const RunnelLogHit *hit = runnel_log_hit_item_get_hit (item);

  runnel_window_show_run (self, hit->run);
  runnel_run_page_show_line (RUNNEL_RUN_PAGE (self->active_page), hit->step, hit->attempt,
                             hit->number, text, flags);
}

static RunnelPage *
open_page (RunnelWindow *self)
{
  RunnelPage *page = _runnel_window_find_page (self, is_logs_page, 0);

  if (page)
    return page;
  page = runnel_logs_page_new ();
  g_signal_connect (page, "run-activated", G_CALLBACK (run_activated_cb), NULL);
  g_signal_connect (page, "hit-activated", G_CALLBACK (hit_activated_cb), NULL);
  runnel_window_add_page (self, page);
  return page;
}

/* Looks in the runs given, or else in those that the list of runs in front shows, or where the tab
 * looked last. */
void
_runnel_window_search_logs (RunnelWindow *self,
                            GArray       *runs)
{
  gboolean has_list = RUNNEL_IS_RUNS_PAGE (self->active_page);
  RunnelPage *page = open_page (self);

  if (runs)
    runnel_logs_page_set_runs (RUNNEL_LOGS_PAGE (page), runs);
  else if (has_list)
    runnel_logs_page_set_filter (RUNNEL_LOGS_PAGE (page),
                                 runnel_run_query_get_filter (runnel_run_query_get_default ()));
  runnel_window_show_page (self, page);
  g_action_group_activate_action (G_ACTION_GROUP (runnel_page_get_actions (page)), "find", NULL);
}

static void
search_logs_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  _runnel_window_search_logs (user_data, NULL);
}

static const GActionEntry actions[] = {
  { "search-logs", search_logs_action },
};

void
_runnel_window_logs_init (RunnelWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}
