/* runnel-runs-bar.c: the bar over the list of runs, in which runs are chosen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "designer/runs/runnel-run-filter-form.h"
#include "designer/runs/runnel-run-tokens.h"
#include "designer/runs/runnel-runs-bar.h"

struct _RunnelRunsBar
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkSearchEntry *entry;
  RunnelRunFilterForm *form;
  GtkLabel *mistake_label;
  RunnelRunTokens *tokens;
  GtkLabel *count_label;
  GtkWidget *selection_box;
  GtkMenuButton *menu_button;

  RunnelRunQuery *query;
  char *shown;         /* the text of the query that the entry was given last */
  guint n_found;
  gint64 n_all;        /* below 0 = not known */
  guint n_selected;
  gboolean selecting;  /* whether rows are being chosen, be it none yet */
};

G_DEFINE_FINAL_TYPE (RunnelRunsBar, runnel_runs_bar, GTK_TYPE_WIDGET)

static guint left_signal;

static const char *
get_text (RunnelRunsBar *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/* What is typed is told to the query with a delay; what comes of that must not undo what was typed
 * since. So the entry gets the text only when the query has another one. */
static void
update_entry (RunnelRunsBar *self)
{
  const char *text = runnel_run_query_get_text (self->query);

  if (g_strcmp0 (self->shown, text) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (text);
  if (g_str_equal (get_text (self), text))
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

static void
update (RunnelRunsBar *self)
{
  const char *mistake = runnel_run_query_get_mistake (self->query);

  update_entry (self);
  gtk_label_set_label (self->mistake_label, mistake != NULL ? mistake : "");
  gtk_widget_set_visible (GTK_WIDGET (self->mistake_label), mistake != NULL);
}

static char *
describe_counts (RunnelRunsBar *self)
{
  guint n_found = self->n_found;

  if (self->n_all < 0 || self->n_all == n_found)
    return g_strdup_printf (ngettext ("%'u run", "%'u runs", n_found), n_found);
  /* translators: how many runs pass the filters, and how many there are at all */
  return g_strdup_printf (ngettext ("%'u of %'" G_GINT64_FORMAT " run",
                                    "%'u of %'" G_GINT64_FORMAT " runs", self->n_all),
                          n_found, self->n_all);
}

static void
update_counts (RunnelRunsBar *self)
{
  gboolean is_about_selection = self->selecting || self->n_selected > 0;
  g_autofree char *counts = describe_counts (self);
  /* translators: how many runs are selected, and "12 of 100 runs" */
  g_autofree char *selected = g_strdup_printf (_("%'u selected of %s"), self->n_selected, counts);

  gtk_label_set_label (self->count_label, is_about_selection ? selected : counts);
  gtk_widget_set_visible (self->selection_box, is_about_selection);
}

/* A word with a key becomes a token when it is complete, as the space after it says. */
static void
search_changed_cb (RunnelRunsBar *self)
{
  const char *text = get_text (self);

  runnel_run_query_type (self->query, text);
  if (g_str_has_suffix (text, " ") && strchr (text, ':') != NULL)
    runnel_run_query_absorb (self->query);
}

static void
activate_cb (RunnelRunsBar *self)
{
  runnel_run_query_type (self->query, get_text (self));
  runnel_run_query_absorb (self->query);
  if (runnel_run_query_get_mistake (self->query) == NULL)
    g_signal_emit (self, left_signal, 0);
}

static void
stop_search_cb (RunnelRunsBar *self)
{
  runnel_run_query_type (self->query, "");
  g_signal_emit (self, left_signal, 0);
}

static gboolean
key_pressed_cb (RunnelRunsBar   *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  modifiers)
{
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, left_signal, 0);
  return GDK_EVENT_STOP;
}

static gboolean
runnel_runs_bar_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUNNEL_RUNS_BAR (widget)->entry));
}

static void
runnel_runs_bar_dispose (GObject *object)
{
  RunnelRunsBar *self = RUNNEL_RUNS_BAR (object);
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (self), RUNNEL_TYPE_RUNS_BAR);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->query);
  g_clear_pointer (&self->shown, g_free);

  G_OBJECT_CLASS (runnel_runs_bar_parent_class)->dispose (object);
}

static void
runnel_runs_bar_class_init (RunnelRunsBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_runs_bar_dispose;
  widget_class->grab_focus = runnel_runs_bar_grab_focus;

  left_signal = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 0);

  g_type_ensure (RUNNEL_TYPE_RUN_FILTER_FORM);
  g_type_ensure (RUNNEL_TYPE_RUN_TOKENS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-runs-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelRunsBar, entry);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunsBar, form);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunsBar, mistake_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunsBar, tokens);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunsBar, count_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunsBar, selection_box);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunsBar, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}

static void
runnel_runs_bar_init (RunnelRunsBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->n_all = -1;
}

/**
 * runnel_runs_bar_new:
 *
 * Returns: (transfer floating): a bar that changes no query yet
 */
GtkWidget *
runnel_runs_bar_new (void)
{
  return g_object_new (RUNNEL_TYPE_RUNS_BAR, NULL);
}

/**
 * runnel_runs_bar_bind:
 * @self: a bar that was not bound before
 * @query: what it shows and changes
 * @history: tells what there is to choose from
 */
void
runnel_runs_bar_bind (RunnelRunsBar        *self,
                      RunnelRunQuery       *query,
                      RunnelHistoryService *history)
{
  g_return_if_fail (RUNNEL_IS_RUNS_BAR (self) && self->query == NULL);
  g_return_if_fail (RUNNEL_IS_RUN_QUERY (query));

  self->query = g_object_ref (query);
  runnel_run_tokens_set_query (self->tokens, query);
  runnel_run_filter_form_bind (self->form, query, history);
  g_signal_connect_object (query, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * runnel_runs_bar_set_key_capture:
 * @self: a bar
 * @widget: what is typed there and means nothing there is typed in the bar
 */
void
runnel_runs_bar_set_key_capture (RunnelRunsBar *self,
                                 GtkWidget     *widget)
{
  g_return_if_fail (RUNNEL_IS_RUNS_BAR (self));

  gtk_search_entry_set_key_capture_widget (self->entry, widget);
}

/**
 * runnel_runs_bar_set_menu:
 * @self: a bar
 * @menu: what can be done with selected runs, beside the most usual
 */
void
runnel_runs_bar_set_menu (RunnelRunsBar *self,
                          GMenuModel    *menu)
{
  g_return_if_fail (RUNNEL_IS_RUNS_BAR (self));

  gtk_menu_button_set_menu_model (self->menu_button, menu);
}

/**
 * runnel_runs_bar_set_counts:
 * @self: a bar
 * @n_found: how many runs there are that were chosen
 * @n_all: how many there are at all; below 0 when that is not known
 */
void
runnel_runs_bar_set_counts (RunnelRunsBar *self,
                            guint          n_found,
                            gint64         n_all)
{
  g_return_if_fail (RUNNEL_IS_RUNS_BAR (self));

  self->n_found = n_found;
  self->n_all = n_all;
  update_counts (self);
}

/**
 * runnel_runs_bar_set_selected:
 * @self: a bar
 * @n_selected: how many runs are selected
 * @selecting: whether runs are being chosen, be it none yet
 */
void
runnel_runs_bar_set_selected (RunnelRunsBar *self,
                              guint          n_selected,
                              gboolean       selecting)
{
  g_return_if_fail (RUNNEL_IS_RUNS_BAR (self));

  self->n_selected = n_selected;
  self->selecting = selecting;
  update_counts (self);
}
