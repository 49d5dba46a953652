/* runnel-cleanup-dialog.c: asks whether to free space, and shows what would go
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-message-dialog.h"
#include "designer/runs/runnel-cleanup-dialog.h"
#include "designer/runs/runnel-history-job.h"
#include "util/runnel-format.h"

#define CLEAN "clean"

#define LIST_HEIGHT 220
#define LIST_WIDTH 300

/* Nobody reads more; the sums are those of all. */
#define MAX_SHOWN 1000

/* --- The list --- */

/* "Nightly #12\t3 months ago, 12 MB" */
static char *
describe_run (const RunnelRetentionRun *run,
              gint64                    now)
{
  g_autofree char *age = runnel_format_age (run->time, now);
  g_autofree char *size = g_format_size (run->size);

  return g_strdup_printf ("%s #%" G_GINT64_FORMAT "\t%s, %s", run->pipeline, run->id, age, size);
}

static GListModel *
list_going (const RunnelCleanupPlan *plan)
{
  GtkStringList *list = gtk_string_list_new (NULL);
  gint64 now = g_get_real_time ();
  guint n = 0;

  for (guint i = plan->runs->len; i-- > 0 && n < MAX_SHOWN;)
    {
      const RunnelRetentionRun *run = &g_array_index (plan->runs, RunnelRetentionRun, i);

      if (run->reason == RUNNEL_RETENTION_KEEP)
        continue;
      gtk_string_list_take (list, describe_run (run, now));
      n++;
    }
  if (plan->n_going > n)
    gtk_string_list_take (list, g_strdup_printf (ngettext ("and %'u more\t", "and %'u more\t",
                                                           plan->n_going - n), plan->n_going - n));
  return G_LIST_MODEL (list);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *detail = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_add_css_class (detail, "numeric");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), detail);
  gtk_widget_add_css_class (box, "going-run");
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkStringObject *object = gtk_list_item_get_item (item);
  g_auto(GStrv) parts = g_strsplit (gtk_string_object_get_string (object), "\t", 2);

  gtk_label_set_label (GTK_LABEL (name), parts[0]);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (name)), parts[1]);
}

static GtkWidget *
create_list (const RunnelCleanupPlan *plan)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSelectionModel *model = GTK_SELECTION_MODEL (gtk_no_selection_new (list_going (plan)));
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  list = gtk_list_view_new (model, factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Runs that would be deleted, the oldest first"), -1);
  gtk_widget_add_css_class (scroller, "frame");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  gtk_widget_set_size_request (scroller, LIST_WIDTH, -1);
  return scroller;
}

/* --- The question --- */

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autofree char *answer = runnel_message_dialog_ask_finish (result);

  g_task_return_boolean (task, g_str_equal (answer, CLEAN));
}

static char *
describe_going (const RunnelCleanupPlan *plan)
{
  g_autofree char *logs = g_format_size (plan->logs);
  g_autofree char *artifacts = g_format_size (plan->artifacts);
  g_autofree char *database = g_format_size (plan->database);

  return g_strdup_printf (_("By the limits of the preferences they need not be kept. That frees %s of "
                            "logs, %s of artifacts and about %s of the database, and can’t be "
                            "undone."), logs, artifacts, database);
}

/* Takes @task. */
static void
ask (GTask                   *task,
     const RunnelCleanupPlan *plan)
{
  const RunnelAnswer answers[] = {
    { RUNNEL_ANSWER_CANCEL, _("_Cancel"), RUNNEL_ANSWER_PLAIN },
    { CLEAN, _("_Free Space Now"),
      plan->n_going > 0 ? RUNNEL_ANSWER_DESTRUCTIVE : RUNNEL_ANSWER_SUGGESTED },
  };
  GtkWindow *parent = g_task_get_task_data (task);
  g_autofree char *heading = g_strdup_printf (ngettext ("Delete %'u Run?", "Delete %'u Runs?",
                                                        plan->n_going), plan->n_going);
  g_autofree char *body = describe_going (plan);

  if (plan->n_going > 0)
    runnel_message_dialog_ask_async (parent, heading, body, create_list (plan), answers,
                                     G_N_ELEMENTS (answers), answered_cb, task);
  else
    runnel_message_dialog_ask_async (parent, _("No Run Has to Go"),
                                     _("All runs are within the limits of the preferences. Old logs "
                                       "are compressed, and room that is not used is given back."),
                                     NULL, answers, G_N_ELEMENTS (answers), answered_cb, task);
}

static void
planned_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(RunnelCleanupPlan) plan = runnel_history_job_plan_finish (result, &error);

  if (plan)
    ask (g_steal_pointer (&task), plan);
  else
    g_task_return_error (task, error);
}

/**
 * runnel_cleanup_dialog_ask_async:
 * @parent: (nullable): the window that asks
 * @cancellable: (nullable): stops the look at what would go
 * @callback: called when it is answered
 * @user_data: for @callback
 *
 * Shows which runs would go by the settings of this machine, and asks whether they shall.
 */
void
runnel_cleanup_dialog_ask_async (GtkWindow           *parent,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, runnel_cleanup_dialog_ask_async);
  if (parent)
    g_task_set_task_data (task, g_object_ref (parent), g_object_unref);
  runnel_history_job_plan_async (cancellable, planned_cb, task);
}

/**
 * runnel_cleanup_dialog_ask_finish:
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR, %G_IO_ERROR
 *
 * Returns: whether space shall be freed; %FALSE without an error when it is not wanted
 */
gboolean
runnel_cleanup_dialog_ask_finish (GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
