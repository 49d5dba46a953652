/* runnel-run-deleter.c: deletes runs, after telling what would be lost
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-message-dialog.h"
#include "designer/runs/runnel-run-deleter.h"
#include "history/runnel-run-set.h"
#include "history/runnel-run-size.h"

#define DELETE "delete"

/* So many at a time, that whoever else asks the history needs not wait for all. */
#define BATCH 50

typedef struct
{
  RunnelHistoryService *history;
  GArray *runs;       /* of gint64 */
  RunnelDeletedFunc progress;
  gpointer user_data; /* for `progress` */
  GtkLabel *pinned_label;
  GtkLabel *size_label;
  guint n_asked;      /* to be deleted, of `runs` */
  guint n_deleted, n_live;
} Deletion;

static void
deletion_free (gpointer data)
{
  Deletion *self = data;

  g_object_unref (self->history);
  g_array_unref (self->runs);
  g_clear_object (&self->pinned_label);
  g_clear_object (&self->size_label);
  g_free (self);
}

/* --- Deleting -------------------------------------------------------------------------------- */

static void delete_next (GTask *task);

static void
deleted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Deletion *self = g_task_get_task_data (task);
  GError *error = NULL;
  guint n_deleted = 0, n_live = 0;
  gboolean ok = runnel_history_service_delete_runs_finish (RUNNEL_HISTORY_SERVICE (object), result,
                                                           &n_deleted, &n_live, &error);

  self->n_deleted += n_deleted;
  self->n_live += n_live;
  if (ok)
    {
      delete_next (task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* Takes @task. */
static void
delete_next (GTask *task)
{
  Deletion *self = g_task_get_task_data (task);
  const gint64 *next = (const gint64 *) self->runs->data + self->n_asked;
  guint n_next = MIN (BATCH, self->runs->len - self->n_asked);

  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }
  self->progress (self->n_asked, self->runs->len, self->user_data);
  if (n_next == 0)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  self->n_asked += n_next;
  runnel_history_service_delete_runs_async (self->history, next, n_next,
                                            g_task_get_cancellable (task), deleted_cb, task);
}

/* --- What would be lost -------------------------------------------------------------------------- */

static void
measure_in_thread (GTask        *task,
                   gpointer      source_object,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  GArray *runs = task_data;
  gint64 size = 0;

  for (guint i = 0; i < runs->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      g_autofree char *folder = runnel_history_get_run_dir (g_array_index (runs, gint64, i));
      gint64 logs, artifacts;

      runnel_run_size_measure (folder, &logs, &artifacts);
      size += logs + artifacts;
    }
  g_task_return_int (task, size);
}

static void
measured_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GtkLabel) label = user_data;
  g_autoptr(GError) error = NULL;
  gssize size = g_task_propagate_int (G_TASK (result), &error);
  g_autofree char *amount = NULL;
  g_autofree char *text = NULL;

  if (error != NULL)
    return;
  amount = g_format_size (size);
  text = g_strdup_printf (_("Their logs and files take %s."), amount);
  gtk_label_set_label (label, size > 0 ? text : _("They have no files."));
}

static void
measure (Deletion *self)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, measured_cb, g_object_ref (self->size_label));

  g_task_set_source_tag (task, measure);
  g_task_set_task_data (task, g_array_ref (self->runs), (GDestroyNotify) g_array_unref);
  g_task_run_in_thread (task, measure_in_thread);
}

static guint
count_pinned (GArray *runs,
              GArray *pinned)
{
  g_autoptr(RunnelRunSet) set = runnel_run_set_new ();
  guint n_pinned = 0;

  for (guint i = 0; i < pinned->len; i++)
    runnel_run_set_add (set, g_array_index (pinned, gint64, i));
  for (guint i = 0; i < runs->len; i++)
    n_pinned += runnel_run_set_has (set, g_array_index (runs, gint64, i));
  return n_pinned;
}

/* Who selected many may not have thought of those that were to be kept. */
static char *
describe_pinned (guint n_pinned,
                 guint n_runs)
{
  if (n_runs == 1)
    return g_strdup (_("It is pinned."));
  if (n_pinned == n_runs)
    return g_strdup (_("All of them are pinned."));
  return g_strdup_printf (ngettext ("%'u of them is pinned.", "%'u of them are pinned.", n_pinned),
                          n_pinned);
}

static void
pinned_found_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Deletion *self = g_task_get_task_data (task);
  g_autoptr(GArray) pinned =
    runnel_history_service_find_runs_finish (RUNNEL_HISTORY_SERVICE (object), result, NULL);
  guint n_pinned = pinned != NULL ? count_pinned (self->runs, pinned) : 0;
  g_autofree char *text = NULL;

  if (n_pinned == 0)
    return;
  text = describe_pinned (n_pinned, self->runs->len);
  gtk_label_set_label (self->pinned_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->pinned_label), TRUE);
}

static void
find_pinned (GTask *task)
{
  Deletion *self = g_task_get_task_data (task);
  g_autoptr(RunnelRunFilter) filter = runnel_run_filter_new ();

  filter->pinned = TRUE;
  runnel_history_service_find_runs_async (self->history, filter, g_task_get_cancellable (task),
                                          pinned_found_cb, g_object_ref (task));
}

/* --- The question ----------------------------------------------------------------------------------- */

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  g_autofree char *answer = runnel_message_dialog_ask_finish (result);

  if (g_str_equal (answer, DELETE))
    {
      delete_next (task);
      return;
    }
  g_task_return_boolean (task, FALSE);
  g_object_unref (task);
}

static GtkLabel *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return g_object_ref_sink (GTK_LABEL (label));
}

/* What is found out while the person reads. */
static GtkWidget *
make_facts (Deletion *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->pinned_label = make_label (NULL, "heading");
  self->size_label = make_label (_("Measuring their files…"), "dim-label");
  gtk_widget_set_visible (GTK_WIDGET (self->pinned_label), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->pinned_label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->size_label));
  return box;
}

/* Takes @task. */
static void
ask (GTask     *task,
     GtkWindow *parent)
{
  const RunnelAnswer answers[] = {
    { RUNNEL_ANSWER_CANCEL, _("_Cancel"), RUNNEL_ANSWER_PLAIN },
    { DELETE, _("_Delete"), RUNNEL_ANSWER_DESTRUCTIVE },
  };
  Deletion *self = g_task_get_task_data (task);
  g_autofree char *heading = g_strdup_printf (ngettext ("Delete %'u Run?", "Delete %'u Runs?",
                                                        self->runs->len), self->runs->len);

  runnel_message_dialog_ask_async (parent, heading,
                                   _("What they did, their logs, outputs and artifacts are lost, also "
                                     "those of the pipelines that they ran as steps. This can’t be "
                                     "undone."),
                                   make_facts (self), answers, G_N_ELEMENTS (answers), answered_cb,
                                   task);
  find_pinned (task);
  measure (self);
}

/**
 * runnel_run_deleter_ask_async:
 * @parent: (nullable): the window that asks
 * @history: where the runs are
 * @runs: (array length=n_runs): their numbers; copied
 * @n_runs: how many
 * @progress: (scope async): told how far it is, until @callback is called
 * @cancellable: (nullable): to stop between two runs
 * @callback: called when they are gone, or stay
 * @user_data: for both
 *
 * Asks whether runs shall be deleted, and does it.
 */
void
runnel_run_deleter_ask_async (GtkWindow            *parent,
                              RunnelHistoryService *history,
                              const gint64         *runs,
                              guint                 n_runs,
                              RunnelDeletedFunc     progress,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Deletion *self = g_new0 (Deletion, 1);

  self->history = g_object_ref (history);
  self->runs = g_array_append_vals (g_array_new (FALSE, FALSE, sizeof *runs), runs, n_runs);
  self->progress = progress;
  self->user_data = user_data;
  g_task_set_source_tag (task, runnel_run_deleter_ask_async);
  g_task_set_task_data (task, self, deletion_free);
  ask (task, parent);
}

/**
 * runnel_run_deleter_ask_finish:
 * @result: what the callback was given
 * @ret_deleted: (out): how many runs were deleted
 * @ret_live: (out): how many still go on and therefore stay
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: whether it was done; %FALSE without an error when the person does not want it
 */
gboolean
runnel_run_deleter_ask_finish (GAsyncResult  *result,
                               guint         *ret_deleted,
                               guint         *ret_live,
                               GError       **error)
{
  const Deletion *self;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  self = g_task_get_task_data (G_TASK (result));
  *ret_deleted = self->n_deleted;
  *ret_live = self->n_live;
  return g_task_propagate_boolean (G_TASK (result), error);
}
