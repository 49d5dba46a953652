/* runnel-rerun-dialog.c: runs a pipeline again, after showing what changed since
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-message-dialog.h"
#include "designer/runs/runnel-designer-history.h"
#include "designer/runs/runnel-rerun-dialog.h"
#include "model/runnel-pipeline-diff.h"

#define AS_IT_RAN "as-it-ran"
#define AS_IT_IS "as-it-is"

#define LIST_HEIGHT 240
#define LIST_CHARS 50

/* A rerun on its way from the wish to the process. */
typedef struct
{
  GtkWindow *parent;  /* or NULL */
  RunnelRerun rerun;  /* its texts are owned */
  char *path;         /* of the file that holds the definition when `rerun` has none */
  char *earlier;      /* the definition as it ran */
} Wish;

static void
wish_free (gpointer data)
{
  Wish *self = data;

  g_clear_object (&self->parent);
  g_free ((char *) self->rerun.step);
  g_free ((char *) self->rerun.text);
  g_free (self->path);
  g_free (self->earlier);
  g_free (self);
}

/* Takes @task. */
static void
launch (GTask    *task,
        gboolean  current)
{
  Wish *wish = g_task_get_task_data (task);

  wish->rerun.current = current;
  runnel_run_launcher_rerun_async (&wish->rerun, g_task_get_cancellable (task),
                                   runnel_run_launcher_return_run, task);
}

/* --- The question ----------------------------------------------------------- */

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  g_autofree char *answer = runnel_message_dialog_ask_finish (result);

  if (g_str_equal (answer, RUNNEL_ANSWER_CANCEL))
    {
      g_task_return_int (task, 0);
      g_object_unref (task);
      return;
    }
  launch (task, g_str_equal (answer, AS_IT_IS));
}

static GtkWidget *
list_new (GPtrArray *lines)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *label;
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s• %s", i > 0 ? "\n" : "", (char *) lines->pdata[i]);
  label = gtk_label_new (text->str);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), LIST_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LIST_CHARS);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), label);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  return scroller;
}

/* Takes @task. */
static void
ask (GTask     *task,
     GPtrArray *lines)
{
  const RunnelAnswer answers[] = {
    { RUNNEL_ANSWER_CANCEL, _("_Cancel"), RUNNEL_ANSWER_PLAIN },
    { AS_IT_RAN, _("As It _Ran"), RUNNEL_ANSWER_PLAIN },
    { AS_IT_IS, _("As It Is _Now"), RUNNEL_ANSWER_SUGGESTED },
  };
  Wish *wish = g_task_get_task_data (task);
  g_autofree char *heading =
    g_strdup_printf (_("The Pipeline Changed Since Run %" G_GINT64_FORMAT), wish->rerun.run);

  runnel_message_dialog_ask_async (
    wish->parent, heading, _("What runs again can follow the pipeline as it was then, or as it is now."),
    list_new (lines), answers, G_N_ELEMENTS (answers), answered_cb, task);
}

/* --- What changed -------------------------------------------------------------- */

static char *
read_current (Wish *wish)
{
  char *text = NULL;

  if (wish->rerun.text != NULL)
    return g_strdup (wish->rerun.text);
  if (wish->path != NULL)
    g_file_get_contents (wish->path, &text, NULL, NULL);
  return text;
}

/* What can't be read any more can only run as it ran. */
static void
compare_in_thread (GTask        *task,
                   gpointer      source_object,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  Wish *wish = task_data;
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = read_current (wish);
  g_autoptr(RunnelPipeline) earlier = runnel_pipeline_new_from_text (wish->earlier, -1, NULL, NULL);
  g_autoptr(RunnelPipeline) current =
    text != NULL ? runnel_pipeline_new_from_text (text, -1, NULL, NULL) : NULL;
  g_autoptr(GPtrArray) differences =
    earlier != NULL && current != NULL ? runnel_pipeline_diff (earlier, current) : NULL;

  for (guint i = 0; differences != NULL && i < differences->len; i++)
    g_ptr_array_add (lines, runnel_difference_to_string (differences->pdata[i]));
  g_task_return_pointer (task, lines, (GDestroyNotify) g_ptr_array_unref);
}

static void
compared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr(GPtrArray) lines = g_task_propagate_pointer (G_TASK (result), NULL);

  if (g_task_return_error_if_cancelled (task))
    g_object_unref (task);
  else if (lines->len > 0)
    ask (task, lines);
  else
    launch (task, FALSE);
}

static void
text_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GTask) comparison = NULL;
  Wish *wish = g_task_get_task_data (task);
  GError *error = NULL;

  wish->earlier =
    runnel_history_service_get_text_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);
  if (wish->earlier == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  comparison = g_task_new (NULL, NULL, compared_cb, g_object_ref (task));
  g_task_set_source_tag (comparison, text_cb);
  g_task_set_task_data (comparison, wish, NULL);
  g_task_run_in_thread (comparison, compare_in_thread);
}

/**
 * runnel_rerun_dialog_start_async:
 * @parent: (nullable): the window that asks
 * @rerun: what to run again; whether as it ran is asked when that is not the same
 * @path: (nullable): the pipeline's file, which is read when @rerun has no text
 * @cancellable: (nullable): to give up
 * @callback: called when the new run has its number, or nothing is to run
 * @user_data: for @callback
 *
 * Runs a pipeline or a part of it again.
 */
void
runnel_rerun_dialog_start_async (GtkWindow           *parent,
                                 const RunnelRerun   *rerun,
                                 const char          *path,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Wish *wish = g_new0 (Wish, 1);

  g_return_if_fail (rerun != NULL);

  wish->parent = parent != NULL ? g_object_ref (parent) : NULL;
  wish->rerun = *rerun;
  wish->rerun.step = g_strdup (rerun->step);
  wish->rerun.text = g_strdup (rerun->text);
  wish->path = g_strdup (path);
  g_task_set_source_tag (task, runnel_rerun_dialog_start_async);
  g_task_set_task_data (task, wish, wish_free);
  runnel_history_service_get_text_async (runnel_designer_get_history (), rerun->run, cancellable,
                                         text_cb, task);
}

/**
 * runnel_rerun_dialog_start_finish:
 *
 * Returns: the number of the new run; 0 without an error when the person does not want it any
 *   more, and with one whose message is for people when it did not start
 */
gint64
runnel_rerun_dialog_start_finish (GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), 0);

  gssize run = g_task_propagate_int (G_TASK (result), error);
  return MAX (run, 0);
}
