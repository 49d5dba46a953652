/* runnel-window-insights.c: the page of statistics among the tabs of a window
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/insights/runnel-insights-page.h"
#include "designer/runnel-editor-page.h"
#include "designer/runnel-window-private.h"
#include "designer/runs/runnel-run-page.h"

static gboolean
is_page_of_insights (RunnelPage *page,
                     gint64      run)
{
  return RUNNEL_IS_INSIGHTS_PAGE (page);
}

/* A tab can be dragged to another window, so the window is looked for when it is needed. */
static void
run_activated_cb (RunnelPage *page,
                  gint64      run)
{
  runnel_window_show_run (RUNNEL_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), run);
}

static void
message_cb (RunnelPage *page,
            const char *text)
{
  runnel_window_add_toast (RUNNEL_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), text);
}

/* The file of the pipeline that the page in front is about, or NULL. */
static char *
get_pipeline (RunnelWindow *self)
{
  GFile *file = NULL;

  if (RUNNEL_IS_RUN_PAGE (self->active_page))
    {
      const char *path = runnel_run_page_get_file (RUNNEL_RUN_PAGE (self->active_page));

      return path != NULL && *path != '\0' ? g_strdup (path) : NULL;
    }
  if (RUNNEL_IS_EDITOR_PAGE (self->active_page))
    file = runnel_editor_page_get_file (RUNNEL_EDITOR_PAGE (self->active_page));
  return file != NULL ? g_file_get_path (file) : NULL;
}

static RunnelPage *
ensure_page (RunnelWindow *self)
{
  RunnelPage *page = _runnel_window_find_page (self, is_page_of_insights, 0);

  if (page != NULL)
    {
      runnel_window_show_page (self, page);
      return page;
    }
  page = runnel_insights_page_new ();
  g_signal_connect (page, "run-activated", G_CALLBACK (run_activated_cb), NULL);
  g_signal_connect (page, "message", G_CALLBACK (message_cb), NULL);
  runnel_window_add_page (self, page);
  return page;
}

/* From the page of a pipeline, or of a run of it, to what is known of it; from elsewhere to where one
 * was. */
static void
insights_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  RunnelWindow *self = user_data;
  g_autofree char *pipeline = get_pipeline (self);
  RunnelPage *page = ensure_page (self);

  if (pipeline != NULL)
    runnel_insights_page_choose_pipeline (RUNNEL_INSIGHTS_PAGE (page), pipeline);
}

static const GActionEntry actions[] = {
  { "insights", insights_action },
};

void
_runnel_window_insights_init (RunnelWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}
