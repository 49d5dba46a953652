/* runnel-insights-page.c: what got slower, what fails, what is flaky, what steps wait for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/insights/runnel-chart-card.h"
#include "designer/insights/runnel-figure-tile.h"
#include "designer/insights/runnel-insights-bar.h"
#include "designer/insights/runnel-insights-page.h"
#include "designer/insights/runnel-tile-layout.h"
#include "designer/plots/runnel-insights.h"
#include "designer/runs/runnel-designer-history.h"

/* How often the numbers are asked for while they are on the screen: any process may end a run. The
 * question takes a worker some milliseconds. */
#define REFRESH_INTERVAL_S 5

/* Which charts stand beside each other, in their order. */
static const struct
{
  RunnelChart *(*draw) (const RunnelStats *stats);
  gboolean needs_pipeline;
} charts[] = {
  { runnel_insights_draw_durations, TRUE },
  { runnel_insights_draw_success, FALSE },
  { runnel_insights_draw_throughput, FALSE },
  { runnel_insights_draw_slowest, FALSE },
  { runnel_insights_draw_flakiest, FALSE },
  { runnel_insights_draw_losses, FALSE },
  { runnel_insights_draw_calendar, FALSE },
};

struct _RunnelInsightsPage
{
  RunnelPage parent_instance;

  /* Template widgets */
  RunnelInsightsBar *bar;
  GtkStack *stack;
  GtkWidget *loading_label;
  AdwStatusPage *empty_page;
  GtkWidget *all_time_button;
  AdwStatusPage *error_page;
  GtkWidget *figures;
  GtkWidget *cards;
  RunnelChartCard *grid;

  /* Borrowed references */
  RunnelChartCard *chart_cards[G_N_ELEMENTS (charts)];

  /* Owned references */
  GCancellable *cancellable;       /* of the question that is not answered yet, or NULL */
  GCancellable *list_cancellable;
  RunnelStatsQuery *query;         /* what was asked last */
  char *shown;                     /* what the numbers on the screen are, in short */

  guint refresh_timeout;
};

G_DEFINE_FINAL_TYPE (RunnelInsightsPage, runnel_insights_page, RUNNEL_TYPE_PAGE)

static guint run_activated_signal, message_signal;

static void ask (RunnelInsightsPage *self);

static void
run_activated_cb (RunnelInsightsPage *self,
                  gint64              run)
{
  g_signal_emit (self, run_activated_signal, 0, run);
}

static void
message_cb (RunnelInsightsPage *self,
            const char         *text)
{
  g_signal_emit (self, message_signal, 0, text);
}

static void
all_time_cb (RunnelInsightsPage *self)
{
  runnel_insights_bar_choose_all_time (self->bar);
}

/* --- What is shown --- */

/* The same numbers twice are not drawn twice: it would take the focus away from them. */
static char *
summarize (const RunnelStats      *stats,
           const RunnelStatsQuery *query)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u %u",
                          query->pipeline ? query->pipeline : "", query->step ? query->step : "",
                          stats->since, stats->until, stats->members->len, stats->points->len);
  for (guint i = 0; i < RUNNEL_N_TALLY_FIELDS; i++)
    g_string_append_printf (text, " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, stats->total.fields[i],
                            stats->before.fields[i]);
  return g_string_free (text, FALSE);
}

static void
show_figures (RunnelInsightsPage *self,
              const RunnelStats  *stats)
{
  g_autoptr(GPtrArray) figures = runnel_figures_list (stats);
  GtkWidget *tile;

  while ((tile = gtk_widget_get_first_child (self->figures)) != NULL)
    gtk_box_remove (GTK_BOX (self->figures), tile);
  for (guint i = 0; i < figures->len; i++)
    gtk_box_append (GTK_BOX (self->figures), runnel_figure_tile_new (figures->pdata[i]));
}

static void
show_charts (RunnelInsightsPage *self,
             const RunnelStats  *stats)
{
  gboolean of_pipeline = self->query->pipeline != NULL;
  g_autoptr(RunnelChart) grid = runnel_insights_draw_grid (stats);

  for (guint i = 0; i < G_N_ELEMENTS (charts); i++)
    {
      g_autoptr(RunnelChart) chart = charts[i].draw (stats);

      gtk_widget_set_visible (GTK_WIDGET (self->chart_cards[i]),
                              of_pipeline || !charts[i].needs_pipeline);
      runnel_chart_card_set_chart (self->chart_cards[i], chart);
    }
  runnel_chart_card_set_chart (self->grid, grid);
  gtk_widget_set_visible (GTK_WIDGET (self->grid), of_pipeline);
}

static void
show_empty (RunnelInsightsPage *self)
{
  gboolean whole = !runnel_insights_bar_has_pipelines (self->bar) ||
                   (self->query->since == 0 && self->query->until == 0);

  adw_status_page_set_title (self->empty_page, whole ? _("No Runs Yet")
                                                     : _("No Runs in This Time"));
  adw_status_page_set_description (self->empty_page,
                                   whole ? _("Run a pipeline, and see here how it does.")
                                         : _("Look at another time, or at all of it."));
  gtk_widget_set_visible (self->all_time_button, !whole);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
show_stats (RunnelInsightsPage *self,
            const RunnelStats  *stats)
{
  g_autofree char *summary = summarize (stats, self->query);
  gboolean is_visible = g_str_equal (gtk_stack_get_visible_child_name (self->stack), "content");

  runnel_insights_bar_set_steps (self->bar, self->query->pipeline ? stats->members : NULL);
  if (stats->periods->len == 0)
    {
      show_empty (self);
      return;
    }
  if (!is_visible || g_strcmp0 (summary, self->shown) != 0)
    {
      show_figures (self, stats);
      show_charts (self, stats);
    }
  g_free (self->shown);
  self->shown = g_steal_pointer (&summary);
  gtk_stack_set_visible_child_name (self->stack, "content");
}

/* A pipeline that was asked for by its file may never have run. */
static void
show_error (RunnelInsightsPage *self,
            const GError       *error)
{
  g_autofree char *text = NULL;

  if (g_error_matches (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_NOT_FOUND))
    {
      show_empty (self);
      return;
    }
  text = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->error_page, text);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

/* --- Asking --- */

static void
stats_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  RunnelInsightsPage *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelStats) stats =
    runnel_history_service_get_stats_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the page may be gone */
  g_clear_object (&self->cancellable);
  if (stats == NULL)
    show_error (self, error);
  else if (stats->complete)
    show_stats (self, stats);
  else
    {
      gtk_widget_set_visible (self->loading_label, TRUE);
      ask (self);
    }
}

static void
ask (RunnelInsightsPage *self)
{
  self->cancellable = g_cancellable_new ();
  runnel_history_service_get_stats_async (runnel_designer_get_history (), self->query,
                                          self->cancellable, stats_cb, self);
}

static void
refresh (RunnelInsightsPage *self)
{
  RunnelStatsQuery *query = runnel_insights_bar_get_query (self->bar);

  if (query == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->query, runnel_stats_query_free);
  self->query = query;
  ask (self);
}

static void
facets_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RunnelInsightsPage *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelRunFacets) facets =
    runnel_history_service_list_facets_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->list_cancellable);
  if (facets != NULL) /* else the question for the numbers fails, too, and says why */
    runnel_insights_bar_set_pipelines (self->bar, facets->pipelines);
}

static void
list_pipelines (RunnelInsightsPage *self)
{
  g_cancellable_cancel (self->list_cancellable);
  g_clear_object (&self->list_cancellable);
  self->list_cancellable = g_cancellable_new ();
  runnel_history_service_list_facets_async (runnel_designer_get_history (), self->list_cancellable,
                                            facets_cb, self);
}

static gboolean
refresh_timeout_cb (gpointer user_data)
{
  RunnelInsightsPage *self = user_data;

  if (self->cancellable == NULL) /* the last question was answered */
    refresh (self);
  return G_SOURCE_CONTINUE;
}

/* --- The page --- */

static void
runnel_insights_page_map (GtkWidget *widget)
{
  RunnelInsightsPage *self = RUNNEL_INSIGHTS_PAGE (widget);

  GTK_WIDGET_CLASS (runnel_insights_page_parent_class)->map (widget);
  list_pipelines (self);
  refresh (self);
  self->refresh_timeout = g_timeout_add_seconds (REFRESH_INTERVAL_S, refresh_timeout_cb, self);
}

static void
runnel_insights_page_unmap (GtkWidget *widget)
{
  RunnelInsightsPage *self = RUNNEL_INSIGHTS_PAGE (widget);

  g_clear_handle_id (&self->refresh_timeout, g_source_remove);
  GTK_WIDGET_CLASS (runnel_insights_page_parent_class)->unmap (widget);
}

static void
runnel_insights_page_grab_focus (RunnelPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (RUNNEL_INSIGHTS_PAGE (page)->bar));
}

static void
runnel_insights_page_dispose (GObject *object)
{
  RunnelInsightsPage *self = RUNNEL_INSIGHTS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_cancellable_cancel (self->list_cancellable);
  g_clear_object (&self->list_cancellable);
  g_clear_handle_id (&self->refresh_timeout, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUNNEL_TYPE_INSIGHTS_PAGE);
  G_OBJECT_CLASS (runnel_insights_page_parent_class)->dispose (object);
}

static void
runnel_insights_page_finalize (GObject *object)
{
  RunnelInsightsPage *self = RUNNEL_INSIGHTS_PAGE (object);

  g_clear_pointer (&self->query, runnel_stats_query_free);
  g_free (self->shown);
  G_OBJECT_CLASS (runnel_insights_page_parent_class)->finalize (object);
}

static void
runnel_insights_page_class_init (RunnelInsightsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = runnel_insights_page_dispose;
  object_class->finalize = runnel_insights_page_finalize;
  widget_class->map = runnel_insights_page_map;
  widget_class->unmap = runnel_insights_page_unmap;
  RUNNEL_PAGE_CLASS (klass)->grab_focus = runnel_insights_page_grab_focus;

  run_activated_signal =
    g_signal_new ("run-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  message_signal =
    g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);

  g_type_ensure (RUNNEL_TYPE_INSIGHTS_BAR);
  g_type_ensure (RUNNEL_TYPE_CHART_CARD);
  g_type_ensure (RUNNEL_TYPE_TILE_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-insights-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelInsightsPage, bar);
  gtk_widget_class_bind_template_child (widget_class, RunnelInsightsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelInsightsPage, loading_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelInsightsPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelInsightsPage, all_time_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelInsightsPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelInsightsPage, figures);
  gtk_widget_class_bind_template_child (widget_class, RunnelInsightsPage, cards);
  gtk_widget_class_bind_template_child (widget_class, RunnelInsightsPage, grid);
  gtk_widget_class_bind_template_callback (widget_class, refresh);
  gtk_widget_class_bind_template_callback (widget_class, all_time_cb);
  gtk_widget_class_bind_template_callback (widget_class, run_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, message_cb);
}

static void
add_cards (RunnelInsightsPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (charts); i++)
    {
      GtkWidget *card = runnel_chart_card_new ();

      self->chart_cards[i] = RUNNEL_CHART_CARD (card);
      gtk_box_append (GTK_BOX (self->cards), card);
      g_signal_connect_object (card, "run-activated", G_CALLBACK (run_activated_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (card, "message", G_CALLBACK (message_cb), self, G_CONNECT_SWAPPED);
    }
}

static void
runnel_insights_page_init (RunnelInsightsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_cards (self);
  runnel_page_set_title (RUNNEL_PAGE (self), _("Insights"));
  runnel_page_set_icon_name (RUNNEL_PAGE (self), "runnel-insights-symbolic");
}

/**
 * runnel_insights_page_new:
 *
 * Statistics of all pipelines, or of one, which follow what happens while they are on the screen.
 *
 * Returns: (transfer floating): the page
 */
RunnelPage *
runnel_insights_page_new (void)
{
  return g_object_new (RUNNEL_TYPE_INSIGHTS_PAGE, NULL);
}

/**
 * runnel_insights_page_choose_pipeline:
 * @self: a page
 * @pipeline: (nullable): a name or a file; %NULL for all
 */
void
runnel_insights_page_choose_pipeline (RunnelInsightsPage *self,
                                      const char         *pipeline)
{
  g_return_if_fail (RUNNEL_IS_INSIGHTS_PAGE (self));

  runnel_insights_bar_choose_pipeline (self->bar, pipeline);
}
