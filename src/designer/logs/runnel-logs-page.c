/* runnel-logs-page.c: a tab that finds something in the logs of many runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/commands/runnel-keymap.h"
#include "designer/logs/runnel-log-entry.h"
#include "designer/logs/runnel-log-hit-row.h"
#include "designer/logs/runnel-log-hunter.h"
#include "designer/logs/runnel-logs-page.h"
#include "designer/runs/runnel-designer-history.h"
#include "designer/runs/runnel-run-filter-form.h"
#include "designer/runs/runnel-run-loader.h"
#include "designer/runs/runnel-run-tokens.h"

/* A search goes through gigabytes: it waits until nobody types any more. */
#define TYPING_MS 250

struct _RunnelLogsPage
{
  RunnelPage parent_instance;

  /* Template widgets */
  RunnelPatternEntry *entry;
  RunnelRunFilterForm *form;
  RunnelRunTokens *tokens;
  GtkWidget *runs_button;
  GtkLabel *runs_label;
  GtkLabel *count_label;
  GtkSpinner *spinner;
  GtkWidget *stop_button;
  GtkStack *stack;
  AdwStatusPage *problem_page;
  GtkWidget *retry_button;
  GtkListView *list;

  RunnelRunQuery *query;     /* in the logs of which runs is looked */
  GArray *runs;              /* of gint64: in those of these alone; NULL = of those of the query */
  RunnelRunLoader *loader;
  RunnelLogHunter *hunter;
  char *mistake;             /* in what is looked for, or NULL */
  guint typing_source;
};

enum
{
  RUN_ACTIVATED,
  HIT_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RunnelLogsPage, runnel_logs_page, RUNNEL_TYPE_PAGE)

/* --- What is shown ------------------------------------------------------------------------- */

static gboolean
has_text (RunnelLogsPage *self)
{
  return *runnel_pattern_entry_get_text (self->entry) != '\0';
}

static gboolean
has_problem (RunnelLogsPage *self)
{
  return self->mistake || runnel_log_hunter_get_problem (self->hunter);
}

static const char *
choose_child (RunnelLogsPage *self)
{
  if (!has_text (self))
    return "begin";
  if (has_problem (self))
    return "problem";
  if (runnel_log_hunter_get_n_lines (self->hunter) > 0)
    return "list";
  if (runnel_log_hunter_is_busy (self->hunter) || self->typing_source != 0)
    return "busy";
  return runnel_log_hunter_is_stopped (self->hunter) ? "stopped" : "nothing";
}

static void
update_problem (RunnelLogsPage *self)
{
  const char *problem = runnel_log_hunter_get_problem (self->hunter);

  adw_status_page_set_title (self->problem_page, self->mistake
                                                   ? _("Not a Regular Expression")
                                                   : _("The History Could Not Be Read"));
  adw_status_page_set_description (self->problem_page, self->mistake ? self->mistake : problem);
  gtk_widget_set_visible (self->retry_button, !self->mistake);
}

static void
update (RunnelLogsPage *self)
{
  gboolean is_busy = runnel_log_hunter_is_busy (self->hunter);
  g_autofree char *text = runnel_log_hunter_describe (self->hunter);

  update_problem (self);
  gtk_label_set_label (self->count_label, has_text (self) && !has_problem (self) ? text : "");
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_set_visible (self->stop_button, is_busy);
  gtk_stack_set_visible_child_name (self->stack, choose_child (self));
}

/* --- What is looked for ------------------------------------------------------------------------ */

/* Several lines at once and the like are mistakes, too, which the entry does not know of. */
static RunnelLogPattern *
make_pattern (RunnelLogsPage *self)
{
  g_autoptr(GError) error = NULL;
  RunnelLogPattern *pattern = runnel_log_entry_make_pattern (self->entry, &error);

  g_free (self->mistake);
  self->mistake = error ? g_strdup (error->message) : NULL;
  return pattern;
}

static void
start (RunnelLogsPage *self)
{
  g_autoptr(RunnelLogPattern) pattern = make_pattern (self);

  g_clear_handle_id (&self->typing_source, g_source_remove);
  if (!pattern)
    runnel_log_hunter_clear (self->hunter);
  else if (self->runs)
    runnel_log_hunter_start_in_runs (self->hunter, pattern, self->runs);
  else
    runnel_log_hunter_start (self->hunter, pattern, runnel_run_query_get_filter (self->query));
  update (self);
}

static gboolean
typed_cb (gpointer user_data)
{
  RunnelLogsPage *self = user_data;

  self->typing_source = 0;
  start (self);
  return G_SOURCE_REMOVE;
}

static void
entry_changed_cb (RunnelLogsPage *self)
{
  g_clear_handle_id (&self->typing_source, g_source_remove);
  self->typing_source = g_timeout_add (TYPING_MS, typed_cb, self);
}

static void
focus_list (RunnelLogsPage *self)
{
  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "list"))
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* Enter: what is typed is complete, or is to be looked for again, or the keyboard is wanted in the
 * list. */
static void
entry_activate_cb (RunnelLogsPage *self)
{
  if (self->typing_source != 0 || runnel_log_hunter_is_stopped (self->hunter))
    start (self);
  else
    focus_list (self);
}

static void
entry_next_cb (RunnelLogsPage *self,
               gboolean        back)
{
  if (!back)
    focus_list (self);
}

static void
stop_cb (RunnelLogsPage *self)
{
  runnel_log_hunter_stop (self->hunter);
}

static void
retry_cb (RunnelLogsPage *self)
{
  start (self);
}

/* Escape takes back what was begun last. */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  RunnelLogsPage *self = RUNNEL_LOGS_PAGE (widget);

  if (runnel_log_hunter_is_busy (self->hunter))
    runnel_log_hunter_stop (self->hunter);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  return GDK_EVENT_STOP;
}

static void
entry_stop_cb (RunnelLogsPage *self)
{
  runnel_log_hunter_stop (self->hunter);
}

/* --- In which runs ------------------------------------------------------------------------------ */

static void
update_runs (RunnelLogsPage *self)
{
  guint n_runs = self->runs ? self->runs->len : 0;
  g_autofree char *text =
    g_strdup_printf (ngettext ("%'u selected run", "%'u selected runs", n_runs), n_runs);

  gtk_label_set_label (self->runs_label, text);
  gtk_widget_set_visible (self->runs_button, self->runs != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->tokens),
                          !self->runs && gtk_widget_get_first_child (GTK_WIDGET (self->tokens)));
}

/* Who chooses others wants to look there. */
static void
query_changed_cb (RunnelLogsPage *self)
{
  g_clear_pointer (&self->runs, g_array_unref);
  update_runs (self);
  start (self);
}

/* The button is gone, and the keyboard with it. */
static void
forget_runs_cb (RunnelLogsPage *self)
{
  query_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* --- Rows ------------------------------------------------------------------------------------------ */

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item)
{
  gtk_list_item_set_child (list_item, runnel_log_hit_row_new ());
}

static void
bind_row_cb (RunnelLogsPage *self,
             GtkListItem    *list_item)
{
  RunnelLogHitRow *row = RUNNEL_LOG_HIT_ROW (gtk_list_item_get_child (list_item));
  RunnelLogHitItem *item = gtk_list_item_get_item (list_item);
  g_autoptr(RunnelRunItem) run = NULL;

  if (runnel_log_hit_item_get_hit (item))
    {
      runnel_log_hit_row_set_line (row, item);
      return;
    }
  run = runnel_run_loader_get_item (self->loader, runnel_log_hit_item_get_run (item));
  runnel_run_loader_show (self->loader, run);
  runnel_log_hit_row_set_run (row, run);
}

static void
unbind_row_cb (RunnelLogsPage *self,
               GtkListItem    *list_item)
{
  RunnelLogHitRow *row = RUNNEL_LOG_HIT_ROW (gtk_list_item_get_child (list_item));
  RunnelRunItem *run = runnel_log_hit_row_get_run (row);

  if (!run)
    return;
  runnel_run_loader_hide (self->loader, run);
  runnel_log_hit_row_set_run (row, NULL);
}

static void
set_up_list (RunnelLogsPage *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GListModel *items = runnel_log_hunter_get_items (self->hunter);
  g_autoptr(GtkSingleSelection) selection = gtk_single_selection_new (g_object_ref (items));

  gtk_single_selection_set_autoselect (selection, FALSE);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_row_cb), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_row_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
}

static void
activate_cb (RunnelLogsPage *self,
             guint           position)
{
  g_autoptr(RunnelLogHitItem) item =
    g_list_model_get_item (runnel_log_hunter_get_items (self->hunter), position);

  if (runnel_log_hit_item_get_hit (item))
    g_signal_emit (self, signals[HIT_ACTIVATED], 0, item,
                   runnel_pattern_entry_get_text (self->entry),
                   runnel_pattern_entry_get_flags (self->entry));
  else
    g_signal_emit (self, signals[RUN_ACTIVATED], 0, runnel_log_hit_item_get_run (item));
}

/* --- The page --------------------------------------------------------------------------------------- */

static void
runnel_logs_page_grab_focus (RunnelPage *page)
{
  RunnelLogsPage *self = RUNNEL_LOGS_PAGE (page);

  if (runnel_log_hunter_get_n_lines (self->hunter) > 0)
    focus_list (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
find_cb (RunnelLogsPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
runnel_logs_page_dispose (GObject *object)
{
  RunnelLogsPage *self = RUNNEL_LOGS_PAGE (object);

  g_clear_handle_id (&self->typing_source, g_source_remove);
  if (self->list)
    { /* rows are unbound while there is a loader to be told */
      gtk_list_view_set_model (self->list, NULL);
      gtk_list_view_set_factory (self->list, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), RUNNEL_TYPE_LOGS_PAGE);
  if (self->hunter)
    g_object_run_dispose (G_OBJECT (self->hunter));
  g_clear_object (&self->hunter);
  g_clear_object (&self->loader);
  g_clear_object (&self->query);
  g_clear_pointer (&self->runs, g_array_unref);
  g_clear_pointer (&self->mistake, g_free);

  G_OBJECT_CLASS (runnel_logs_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (RUNNEL_TYPE_PATTERN_ENTRY);
  g_type_ensure (RUNNEL_TYPE_RUN_FILTER_FORM);
  g_type_ensure (RUNNEL_TYPE_RUN_TOKENS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-logs-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelLogsPage, entry);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogsPage, form);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogsPage, tokens);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogsPage, runs_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogsPage, runs_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogsPage, count_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogsPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogsPage, stop_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogsPage, problem_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogsPage, retry_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogsPage, list);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, forget_runs_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
runnel_logs_page_class_init (RunnelLogsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_logs_page_dispose;
  RUNNEL_PAGE_CLASS (klass)->grab_focus = runnel_logs_page_grab_focus;

  signals[RUN_ACTIVATED] = g_signal_new ("run-activated", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                         G_TYPE_INT64);
  signals[HIT_ACTIVATED] = g_signal_new ("hit-activated", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                         RUNNEL_TYPE_LOG_HIT_ITEM, G_TYPE_STRING, G_TYPE_UINT);

  bind_template (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
add_find_action (RunnelLogsPage *self)
{
  g_autoptr(GSimpleAction) action = g_simple_action_new ("find", NULL);
  GListModel *shortcuts =
    runnel_keymap_get_shortcuts_as (runnel_keymap_get_default (), "page.find", "page.find");

  g_signal_connect_object (action, "activate", G_CALLBACK (find_cb), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (self))),
                           G_ACTION (action));
  gtk_widget_add_controller (GTK_WIDGET (self), gtk_shortcut_controller_new_for_model (shortcuts));
}

static void
runnel_logs_page_init (RunnelLogsPage *self)
{
  RunnelHistoryService *history = runnel_designer_get_history ();

  self->query = runnel_run_query_new ();
  self->loader = runnel_run_loader_new (history);
  self->hunter = runnel_log_hunter_new (history);
  gtk_widget_init_template (GTK_WIDGET (self));
  set_up_list (self);
  g_signal_connect_object (self->hunter, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  runnel_run_tokens_set_query (self->tokens, self->query);
  runnel_run_filter_form_bind (self->form, self->query, history);
  g_signal_connect_object (self->query, "changed", G_CALLBACK (query_changed_cb), self,
                           G_CONNECT_SWAPPED);
  runnel_pattern_entry_set_placeholder (self->entry, _("Find in logs"));
  add_find_action (self);
  update (self);
  runnel_page_set_title (RUNNEL_PAGE (self), _("Search in Logs"));
  runnel_page_set_icon_name (RUNNEL_PAGE (self), "edit-find-symbolic");
}

/**
 * runnel_logs_page_new:
 *
 * Returns: (transfer floating): the page, which looks in the logs of all runs
 */
RunnelPage *
runnel_logs_page_new (void)
{
  return g_object_new (RUNNEL_TYPE_LOGS_PAGE, NULL);
}

/**
 * runnel_logs_page_set_filter:
 * @filter: in the logs of which runs to look
 *
 * Looks there from now on, for what is looked for already.
 */
void
runnel_logs_page_set_filter (RunnelLogsPage        *self,
                             const RunnelRunFilter *filter)
{
  g_return_if_fail (RUNNEL_IS_LOGS_PAGE (self));
  g_return_if_fail (filter);

  runnel_run_query_choose (self->query, runnel_run_filter_copy (filter));
}

/**
 * runnel_logs_page_set_runs:
 * @runs: (element-type gint64): in the logs of which runs to look, in this order
 *
 * Looks there from now on, until others are chosen.
 */
void
runnel_logs_page_set_runs (RunnelLogsPage *self,
                           GArray         *runs)
{
  g_return_if_fail (RUNNEL_IS_LOGS_PAGE (self));
  g_return_if_fail (runs);

  runnel_run_query_clear (self->query);
  self->runs = g_array_ref (runs);
  update_runs (self);
  start (self);
}
