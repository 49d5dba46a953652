/* runnel-runs-page.c: the history of runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runs/runnel-designer-history.h"
#include "designer/runs/runnel-run-item.h"
#include "designer/runs/runnel-run-row.h"
#include "designer/runs/runnel-runs-page.h"
#include "designer/runs/runnel-state-label.h"

#define PAGE_SIZE 200
/* How often the list is asked for anew while it is on the screen; the question
 * takes a worker a millisecond, and active runs move on meanwhile. */
#define REFRESH_INTERVAL_S 1

struct _RunnelRunsPage
{
  RunnelPage parent_instance;

  /* Template widgets */
  GtkSearchEntry *search_entry;
  GtkDropDown *state_dropdown;
  GtkStack *stack;
  AdwStatusPage *error_page;
  GtkListView *list_view;

  /* Owned references */
  GListStore *items; /* of RunnelRunItem */
  GCancellable *cancellable;

  guint refresh_timeout;
  guint limit;
  guint complete : 1; /* there are no older runs than those in the list */
};

G_DEFINE_FINAL_TYPE (RunnelRunsPage, runnel_runs_page, RUNNEL_TYPE_PAGE)

static guint run_activated_signal;

/* The states a run can be in, in the order of the drop-down below "All States". */
static const RunnelState run_states[] = {
  RUNNEL_STATE_RUNNING, RUNNEL_STATE_SUCCEEDED, RUNNEL_STATE_FAILED,
  RUNNEL_STATE_CANCELLED, RUNNEL_STATE_INTERRUPTED,
};

static int
get_chosen_state (RunnelRunsPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->state_dropdown);

  return selected == 0 || selected > G_N_ELEMENTS (run_states) ? -1
                                                               : (int) run_states[selected - 1];
}

static const char *
get_search_text (RunnelRunsPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  return *text != '\0' ? text : NULL;
}

/* --- The list ----------------------------------------------------------------- */

static GHashTable *
index_items (RunnelRunsPage *self)
{
  GHashTable *by_run = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      RunnelRunItem *item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      g_hash_table_insert (by_run, (gpointer) &runnel_run_item_get_record (item)->id, item);
    }
  return by_run;
}

/* Turns records into items, and those of runs already in the list into the items they have. */
static GPtrArray *
merge_records (RunnelRunsPage *self,
               GPtrArray      *records)
{
  g_autoptr(GHashTable) by_run = index_items (self);
  GPtrArray *merged = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < records->len; i++)
    {
      RunnelRunRecord *record = g_steal_pointer (&g_ptr_array_index (records, i));
      RunnelRunItem *item = g_hash_table_lookup (by_run, &record->id);

      if (item == NULL)
        {
          g_ptr_array_add (merged, runnel_run_item_new (record));
          continue;
        }
      g_ptr_array_add (merged, g_object_ref (item));
      g_hash_table_steal (by_run, &record->id); /* its key is about to go */
      runnel_run_item_take (item, record);
      g_object_unref (item);
    }
  g_ptr_array_set_free_func (records, NULL);
  return merged;
}

/* Leaves what stands at both ends as it is, so that the list keeps its place and selection. */
static void
splice_items (RunnelRunsPage *self,
              GPtrArray      *merged)
{
  GListModel *model = G_LIST_MODEL (self->items);
  guint n_old = g_list_model_get_n_items (model), n_new = merged->len;
  guint head = 0, tail = 0;

#define OLD(i) ((gpointer) g_list_model_get_item (model, (i)))
  for (; head < MIN (n_old, n_new); head++)
    {
      g_autoptr(GObject) item = OLD (head);
      if (item != g_ptr_array_index (merged, head))
        break;
    }
  for (; tail < MIN (n_old, n_new) - head; tail++)
    {
      g_autoptr(GObject) item = OLD (n_old - 1 - tail);
      if (item != g_ptr_array_index (merged, n_new - 1 - tail))
        break;
    }
#undef OLD
  if (n_old != head + tail || n_new != head + tail)
    g_list_store_splice (self->items, head, n_old - head - tail, merged->pdata + head,
                         n_new - head - tail);
}

static void
show_list_or_reason (RunnelRunsPage *self)
{
  gboolean first = g_str_equal (gtk_stack_get_visible_child_name (self->stack), "loading");

  if (g_list_model_get_n_items (G_LIST_MODEL (self->items)) > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (get_search_text (self) != NULL || get_chosen_state (self) >= 0)
    gtk_stack_set_visible_child_name (self->stack, "no-match");
  else
    gtk_stack_set_visible_child_name (self->stack, "empty");
  if (first && gtk_widget_get_mapped (GTK_WIDGET (self)))
    runnel_page_focus (RUNNEL_PAGE (self));
}

static void
list_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  RunnelRunsPage *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records =
    runnel_history_service_list_runs_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the page may be gone */
  g_clear_object (&self->cancellable);
  if (records == NULL)
    {
      adw_status_page_set_description (self->error_page, error->message);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }

  self->complete = records->len < self->limit;
  g_autoptr(GPtrArray) merged = merge_records (self, records);
  splice_items (self, merged);
  show_list_or_reason (self);
}

static void
refresh (RunnelRunsPage *self)
{
  g_autoptr(RunnelRunFilter) filter = runnel_run_filter_new ();

  if (get_chosen_state (self) >= 0)
    filter->states = 1u << get_chosen_state (self);
  if (get_search_text (self) != NULL)
    g_ptr_array_add (filter->texts, g_strdup (get_search_text (self)));
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  runnel_history_service_list_runs_async (runnel_designer_get_history (), filter,
                                          self->limit, self->cancellable, list_cb, self);
}

static void
tick_rows (RunnelRunsPage *self)
{
  for (GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (self->list_view)); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    {
      GtkWidget *row = gtk_widget_get_first_child (cell);

      if (RUNNEL_IS_RUN_ROW (row))
        runnel_run_row_tick (RUNNEL_RUN_ROW (row));
    }
}

static gboolean
refresh_timeout_cb (gpointer user_data)
{
  RunnelRunsPage *self = user_data;

  tick_rows (self);
  if (self->cancellable == NULL) /* the last question was answered */
    refresh (self);
  return G_SOURCE_CONTINUE;
}

static void
filter_changed_cb (RunnelRunsPage *self)
{
  self->limit = PAGE_SIZE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

/* Older runs come as they are scrolled to. */
static void
scrolled_cb (RunnelRunsPage *self,
             GtkAdjustment  *adjustment)
{
  double end =
    gtk_adjustment_get_value (adjustment) + 2 * gtk_adjustment_get_page_size (adjustment);

  if (self->complete || self->cancellable != NULL || end < gtk_adjustment_get_upper (adjustment))
    return;
  self->limit += PAGE_SIZE;
  refresh (self);
}

static void
activate_cb (RunnelRunsPage *self,
             guint           position)
{
  g_autoptr(RunnelRunItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  if (item != NULL)
    g_signal_emit (self, run_activated_signal, 0, runnel_run_item_get_record (item)->id);
}

static void
stop_search_cb (RunnelRunsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  runnel_page_focus (RUNNEL_PAGE (self));
}

/* Escape takes back the filter first, wherever the focus is. */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  RunnelRunsPage *self = RUNNEL_RUNS_PAGE (widget);

  if (get_search_text (self) != NULL)
    stop_search_cb (self);
  else
    gtk_widget_activate_action (widget, "win.close-tab", NULL);
  return GDK_EVENT_STOP;
}

/* --- Rows ------------------------------------------------------------------------ */

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item)
{
  gtk_list_item_set_child (list_item, runnel_run_row_new ());
}

static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *list_item)
{
  runnel_run_row_set_item (RUNNEL_RUN_ROW (gtk_list_item_get_child (list_item)),
                           gtk_list_item_get_item (list_item));
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item)
{
  runnel_run_row_set_item (RUNNEL_RUN_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static GtkListItemFactory *
make_row_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row_cb), NULL);
  return factory;
}

static void
fill_state_dropdown (RunnelRunsPage *self)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  gtk_string_list_append (titles, _("All States"));
  for (guint i = 0; i < G_N_ELEMENTS (run_states); i++)
    gtk_string_list_append (titles, runnel_state_get_title (run_states[i]));
  gtk_drop_down_set_model (self->state_dropdown, G_LIST_MODEL (titles));
}

/* --- The page ---------------------------------------------------------------------- */

static void
runnel_runs_page_map (GtkWidget *widget)
{
  RunnelRunsPage *self = RUNNEL_RUNS_PAGE (widget);

  GTK_WIDGET_CLASS (runnel_runs_page_parent_class)->map (widget);
  refresh (self);
  self->refresh_timeout = g_timeout_add_seconds (REFRESH_INTERVAL_S, refresh_timeout_cb, self);
}

static void
runnel_runs_page_unmap (GtkWidget *widget)
{
  RunnelRunsPage *self = RUNNEL_RUNS_PAGE (widget);

  g_clear_handle_id (&self->refresh_timeout, g_source_remove);
  GTK_WIDGET_CLASS (runnel_runs_page_parent_class)->unmap (widget);
}

static void
runnel_runs_page_grab_focus (RunnelPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (RUNNEL_RUNS_PAGE (page)->list_view));
}

static void
runnel_runs_page_dispose (GObject *object)
{
  RunnelRunsPage *self = RUNNEL_RUNS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->refresh_timeout, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUNNEL_TYPE_RUNS_PAGE);
  g_clear_object (&self->items);

  G_OBJECT_CLASS (runnel_runs_page_parent_class)->dispose (object);
}

static void
runnel_runs_page_class_init (RunnelRunsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = runnel_runs_page_dispose;
  widget_class->map = runnel_runs_page_map;
  widget_class->unmap = runnel_runs_page_unmap;
  RUNNEL_PAGE_CLASS (klass)->grab_focus = runnel_runs_page_grab_focus;

  run_activated_signal =
    g_signal_new ("run-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-runs-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelRunsPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunsPage, state_dropdown);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunsPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunsPage, list_view);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
runnel_runs_page_init (RunnelRunsPage *self)
{
  self->limit = PAGE_SIZE;
  self->items = g_list_store_new (RUNNEL_TYPE_RUN_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));

  g_autoptr(GtkSingleSelection) selection =
    gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->items)));
  g_autoptr(GtkListItemFactory) factory = make_row_factory ();
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_search_entry_set_key_capture_widget (self->search_entry, GTK_WIDGET (self->list_view));
  fill_state_dropdown (self);
  g_signal_connect_object (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list_view)),
                           "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);

  runnel_page_set_title (RUNNEL_PAGE (self), _("Runs"));
  runnel_page_set_icon_name (RUNNEL_PAGE (self), "document-open-recent-symbolic");
}

/**
 * runnel_runs_page_new:
 *
 * The list of all runs, newest first, which follows what happens while it is on the screen.
 *
 * Returns: (transfer floating): the page
 */
RunnelPage *
runnel_runs_page_new (void)
{
  return g_object_new (RUNNEL_TYPE_RUNS_PAGE, NULL);
}
