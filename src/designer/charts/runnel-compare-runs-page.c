/* runnel-compare-runs-page.c: two runs beside each other: what got slower
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "charts/runnel-gantt-style.h"
#include "charts/runnel-timing-diff-svg.h"
#include "charts/runnel-timing-read.h"
#include "designer/charts/runnel-chart-export.h"
#include "designer/charts/runnel-compare-runs-page.h"
#include "designer/charts/runnel-gantt-legend.h"
#include "designer/charts/runnel-pair-bar.h"
#include "designer/charts/runnel-pair-item.h"
#include "util/runnel-format.h"
#include "util/runnel-task.h"

struct _RunnelCompareRunsPage
{
  RunnelPage parent_instance;

  /* Template widgets */
  GtkStack *stack;
  AdwStatusPage *error_page;
  GtkLabel *times_label;
  GtkLabel *runs_label;
  GtkLabel *path_label;
  GtkColumnView *view;
  RunnelGanttLegend *legend;

  /* Owned references */
  GCancellable *cancellable;
  GListStore *items;            /* of RunnelPairItem */
  RunnelTimingDiff *diff;       /* NULL until both were read */

  gint64 runs[RUNNEL_N_SIDES];
};

G_DEFINE_FINAL_TYPE (RunnelCompareRunsPage, runnel_compare_runs_page, RUNNEL_TYPE_PAGE)

/* --- The list ------------------------------------------------------------------------------ */

typedef enum
{
  STEP,
  CHANGE,
  BARS,
  WHY,
  N_COLUMNS
} Column;

static Column
get_column (gpointer object)
{
  return GPOINTER_TO_INT (g_object_get_data (object, "column"));
}

/* A sign, so that the colour is not all that tells. */
static char *
make_title (const RunnelTimingDiff *diff,
            guint                   pair)
{
  static const char *const signs[] = {
    [RUNNEL_PAIR_SAME] = "", [RUNNEL_PAIR_CHANGED] = "~ ", [RUNNEL_PAIR_ADDED] = "+ ",
    [RUNNEL_PAIR_REMOVED] = "− ",
  };
  gboolean critical = runnel_timing_diff_is_critical (diff, pair, RUNNEL_AFTER);

  return g_strconcat (signs[diff->pairs[pair].change], diff->pairs[pair].title,
                      critical ? " ◆" : NULL, NULL);
}

static void
set_change_class (GtkWidget              *label,
                  const RunnelTimingPair *pair)
{
  gtk_widget_remove_css_class (label, "error");
  gtk_widget_remove_css_class (label, "success");
  if (pair->rows[RUNNEL_BEFORE] < 0 || pair->rows[RUNNEL_AFTER] < 0)
    return;
  if (pair->delta >= G_TIME_SPAN_MILLISECOND)
    gtk_widget_add_css_class (label, "error");
  else if (pair->delta <= -G_TIME_SPAN_MILLISECOND)
    gtk_widget_add_css_class (label, "success");
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item)
{
  Column column = get_column (factory);
  GtkWidget *child = column == BARS ? runnel_pair_bar_new () : gtk_label_new (NULL);

  if (column != BARS)
    {
      gtk_label_set_xalign (GTK_LABEL (child), column == CHANGE ? 1 : 0);
      if (column != CHANGE)
        gtk_label_set_ellipsize (GTK_LABEL (child), PANGO_ELLIPSIZE_END);
    }
  if (column == CHANGE)
    gtk_widget_add_css_class (child, "numeric");
  if (column == WHY)
    gtk_widget_add_css_class (child, "dim-label");
  g_object_set_data (G_OBJECT (child), "column", GINT_TO_POINTER (column));
  gtk_list_item_set_child (list_item, child);
}

static char *
make_text (const RunnelTimingDiff *diff,
           guint                   pair,
           Column                  column)
{
  if (column == STEP)
    return make_title (diff, pair);
  return column == CHANGE ? runnel_timing_diff_format_change (diff, pair)
                          : runnel_timing_diff_describe_pair (diff, pair);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);
  RunnelPairItem *item = gtk_list_item_get_item (list_item);
  const RunnelTimingDiff *diff = runnel_pair_item_get_diff (item);
  guint pair = runnel_pair_item_get_pair (item);
  g_autofree char *text = NULL;

  if (RUNNEL_IS_PAIR_BAR (child))
    {
      runnel_pair_bar_set (RUNNEL_PAIR_BAR (child), diff, pair);
      return;
    }
  text = make_text (diff, pair, get_column (child));
  gtk_label_set_label (GTK_LABEL (child), text);
  gtk_widget_set_tooltip_text (child, get_column (child) != CHANGE ? text : NULL);
  if (get_column (child) == CHANGE)
    set_change_class (child, &diff->pairs[pair]);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);

  if (RUNNEL_IS_PAIR_BAR (child))
    runnel_pair_bar_set (RUNNEL_PAIR_BAR (child), NULL, 0);
}

static const RunnelTimingPair *
get_pair (gconstpointer item)
{
  RunnelPairItem *self = RUNNEL_PAIR_ITEM ((gpointer) item);

  return &runnel_pair_item_get_diff (self)->pairs[runnel_pair_item_get_pair (self)];
}

static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  const RunnelTimingPair *left = get_pair (a), *right = get_pair (b);
  gint64 difference;

  switch (GPOINTER_TO_INT (user_data))
    {
    case STEP:
      return g_utf8_collate (left->title, right->title);
    case CHANGE:
      difference = left->delta - right->delta;
      break;
    default:
      difference = left->took[RUNNEL_AFTER] - right->took[RUNNEL_AFTER];
    }
  return (difference > 0) - (difference < 0);
}

static void
add_column (RunnelCompareRunsPage *self,
            Column                 column,
            const char            *title)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkColumnViewColumn) view_column = gtk_column_view_column_new (title, factory);
  g_autoptr(GtkSorter) sorter =
    GTK_SORTER (gtk_custom_sorter_new (compare_cb, GINT_TO_POINTER (column), NULL));

  g_object_set_data (G_OBJECT (factory), "column", GINT_TO_POINTER (column));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  if (column != WHY)
    gtk_column_view_column_set_sorter (view_column, sorter);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  gtk_column_view_column_set_expand (view_column, column == BARS);
  if (column == STEP || column == WHY)
    gtk_column_view_column_set_fixed_width (view_column, column == STEP ? 200 : 280);
  gtk_column_view_append_column (self->view, view_column);
}

static void
activated_cb (RunnelCompareRunsPage *self,
              guint                  position)
{
  g_assert (RUNNEL_IS_COMPARE_RUNS_PAGE (self));

  g_signal_emit_by_name (self, "open-run", self->runs[RUNNEL_AFTER]);
}

/* --- What is shown --------------------------------------------------------------------------- */

static char *
describe_run (const RunnelTiming *timing)
{
  g_autofree char *started = runnel_format_time (timing->start);

  /* Translators: the number of a run, its state, and when it began */
  return g_strdup_printf (_("run %" G_GINT64_FORMAT " (%s, %s)"), timing->run,
                          runnel_gantt_style_get_name (timing->state), started);
}

static void
show_head (RunnelCompareRunsPage *self)
{
  g_autofree char *times = runnel_timing_diff_describe (self->diff);
  g_autofree char *path = runnel_timing_diff_describe_path (self->diff);
  g_autofree char *before = describe_run (self->diff->timings[RUNNEL_BEFORE]);
  g_autofree char *after = describe_run (self->diff->timings[RUNNEL_AFTER]);
  /* Translators: descriptions of two runs, the first of which is drawn above the second */
  g_autofree char *runs = g_strdup_printf (_("Before, above: %s; after, below: %s"), before, after);
  /* Translators: how the critical paths of two runs differ */
  g_autofree char *path_line = g_strdup_printf (_("Critical path: %s"), path);

  gtk_label_set_label (self->times_label, times);
  gtk_label_set_label (self->runs_label, runs);
  gtk_label_set_label (self->path_label, path_line);
  runnel_page_set_subtitle (RUNNEL_PAGE (self), self->diff->timings[RUNNEL_AFTER]->title);
}

static void
show (RunnelCompareRunsPage *self)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->diff->n_pairs; i++)
    g_ptr_array_add (items, runnel_pair_item_new (self->diff, i));
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata, items->len);
  show_head (self);
  runnel_gantt_legend_set_looks (self->legend, runnel_timing_diff_list_looks (self->diff), TRUE);
  gtk_stack_set_visible_child_name (self->stack, "runs");
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    runnel_page_focus (RUNNEL_PAGE (self));
}

/* --- Reading ---------------------------------------------------------------------------------- */

static RunnelTimingDiff *
read_diff (const gint64  *runs,
           GError       **error)
{
  g_autoptr(RunnelHistory) history = runnel_history_open (NULL, error);
  g_autoptr(RunnelPipeline) before_pipeline = NULL;
  g_autoptr(RunnelPipeline) after_pipeline = NULL;
  g_autoptr(RunnelTiming) before =
    history ? runnel_timing_read (history, runs[RUNNEL_BEFORE], &before_pipeline, error) : NULL;
  g_autoptr(RunnelTiming) after =
    before ? runnel_timing_read (history, runs[RUNNEL_AFTER], &after_pipeline, error) : NULL;

  return after ? runnel_timing_diff_new (before, before_pipeline, after, after_pipeline) : NULL;
}

static void
read_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  RunnelTimingDiff *diff = read_diff (task_data, &error);

  if (diff != NULL)
    g_task_return_pointer (task, diff, (GDestroyNotify) runnel_timing_diff_unref);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  RunnelCompareRunsPage *self = RUNNEL_COMPARE_RUNS_PAGE (object);
  g_autoptr(GError) error = NULL;
  RunnelTimingDiff *diff = g_task_propagate_pointer (G_TASK (result), &error);

  if (diff != NULL)
    {
      g_clear_pointer (&self->diff, runnel_timing_diff_unref);
      self->diff = diff;
      show (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      adw_status_page_set_description (self->error_page, error->message);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
}

static void
read_runs (RunnelCompareRunsPage *self)
{
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, read_cb, NULL);
  g_autofree char *title =
    g_strdup_printf (_("Runs %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT),
                     self->runs[RUNNEL_BEFORE], self->runs[RUNNEL_AFTER]);

  runnel_page_set_title (RUNNEL_PAGE (self), title);
  g_task_set_source_tag (task, read_runs);
  g_task_set_task_data (task, g_memdup2 (self->runs, sizeof self->runs), g_free);
  runnel_task_run_in_thread (task, read_in_thread);
}

/* --- Actions ------------------------------------------------------------------------------------ */

static void
swap_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  RunnelCompareRunsPage *self = user_data;
  gint64 before = self->runs[RUNNEL_BEFORE];

  self->runs[RUNNEL_BEFORE] = self->runs[RUNNEL_AFTER];
  self->runs[RUNNEL_AFTER] = before;
  read_runs (self);
}

static GBytes *
make_svg (gpointer   data,
          GError   **error)
{
  char *svg = runnel_timing_diff_to_svg (data, 0);

  return g_bytes_new_take (svg, strlen (svg));
}

static void
export_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  RunnelCompareRunsPage *self = user_data;
  g_autofree char *name = NULL;

  if (self->diff == NULL)
    return;
  name = g_strdup_printf ("timing-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT ".svg",
                          self->runs[RUNNEL_BEFORE], self->runs[RUNNEL_AFTER]);
  runnel_chart_export (GTK_WIDGET (self), _("Export the Comparison"), name, make_svg,
                       runnel_timing_diff_ref (self->diff),
                       (GDestroyNotify) runnel_timing_diff_unref);
}

static const GActionEntry actions[] = {
  { "swap-runs", swap_action },
  { "export-comparison", export_action },
};

/* --- The page ------------------------------------------------------------------------------------ */

static void
runnel_compare_runs_page_grab_focus (RunnelPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (RUNNEL_COMPARE_RUNS_PAGE (page)->view));
}

static void
runnel_compare_runs_page_dispose (GObject *object)
{
  RunnelCompareRunsPage *self = RUNNEL_COMPARE_RUNS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  /* What follows would take the child, which has a name here, without a word to its bin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUNNEL_TYPE_COMPARE_RUNS_PAGE);
  g_clear_object (&self->items);
  G_OBJECT_CLASS (runnel_compare_runs_page_parent_class)->dispose (object);
}

static void
runnel_compare_runs_page_finalize (GObject *object)
{
  RunnelCompareRunsPage *self = RUNNEL_COMPARE_RUNS_PAGE (object);

  g_clear_pointer (&self->diff, runnel_timing_diff_unref);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (runnel_compare_runs_page_parent_class)->finalize (object);
}

static void
runnel_compare_runs_page_class_init (RunnelCompareRunsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = runnel_compare_runs_page_dispose;
  object_class->finalize = runnel_compare_runs_page_finalize;
  RUNNEL_PAGE_CLASS (klass)->grab_focus = runnel_compare_runs_page_grab_focus;

  g_signal_new ("open-run", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_INT64);
  g_type_ensure (RUNNEL_TYPE_GANTT_LEGEND);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-compare-runs-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelCompareRunsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelCompareRunsPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelCompareRunsPage, times_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelCompareRunsPage, runs_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelCompareRunsPage, path_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelCompareRunsPage, view);
  gtk_widget_class_bind_template_child (widget_class, RunnelCompareRunsPage, legend);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.close-tab", NULL);
}

static void
runnel_compare_runs_page_init (RunnelCompareRunsPage *self)
{
  GtkSortListModel *sorted;
  g_autoptr(GtkSelectionModel) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->items = g_list_store_new (RUNNEL_TYPE_PAIR_ITEM);
  add_column (self, STEP, _("Step"));
  add_column (self, CHANGE, _("Change"));
  add_column (self, BARS, _("Before and After"));
  add_column (self, WHY, _("What Took Longer or Shorter"));
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->items)),
                                    g_object_ref (gtk_column_view_get_sorter (self->view)));
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (sorted)));
  gtk_column_view_set_model (self->view, selection);
  g_action_map_add_action_entries (G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (self))),
                                   actions, G_N_ELEMENTS (actions), self);
  runnel_page_set_icon_name (RUNNEL_PAGE (self), "media-playlist-consecutive-symbolic");
}

/**
 * runnel_compare_runs_page_new:
 * @before: the number of a run
 * @after: the number of another, most likely a later one
 *
 * Returns: (transfer floating): a page that shows what got slower
 */
RunnelPage *
runnel_compare_runs_page_new (gint64 before,
                              gint64 after)
{
  RunnelCompareRunsPage *self = g_object_new (RUNNEL_TYPE_COMPARE_RUNS_PAGE, NULL);

  self->runs[RUNNEL_BEFORE] = before;
  self->runs[RUNNEL_AFTER] = after;
  read_runs (self);
  return RUNNEL_PAGE (self);
}
