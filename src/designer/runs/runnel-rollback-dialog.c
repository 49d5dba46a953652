/* runnel-rollback-dialog.c: takes back what a run did, after showing what that would be
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-message-dialog.h"
#include "designer/runs/runnel-rollback-dialog.h"
#include "designer/runs/runnel-run-launcher.h"

#define ROLL_BACK "roll-back"

#define LIST_HEIGHT 240
#define LIST_CHARS 44

typedef struct
{
  GtkWindow *parent; /* or NULL */
  gint64 run;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *self = data;

  g_clear_object (&self->parent);
  g_free (self);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  Wish *wish = g_task_get_task_data (task);
  g_autofree char *answer = runnel_message_dialog_ask_finish (result);

  if (g_str_equal (answer, ROLL_BACK))
    {
      runnel_run_launcher_roll_back_async (wish->run, g_task_get_cancellable (task),
                                           runnel_run_launcher_return_run, task);
      return;
    }
  g_task_return_int (task, 0);
  g_object_unref (task);
}

static GtkWidget *
list_new (const char *text)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), LIST_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LIST_CHARS);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), label);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  return scroller;
}

/* Takes @task. */
static void
ask (GTask      *task,
     const char *text)
{
  const RunnelAnswer answers[] = {
    { RUNNEL_ANSWER_CANCEL, _("_Cancel"), RUNNEL_ANSWER_PLAIN },
    { ROLL_BACK, _("_Roll Back"), RUNNEL_ANSWER_DESTRUCTIVE },
  };
  Wish *wish = g_task_get_task_data (task);
  g_autofree char *heading = g_strdup_printf (_("Roll Back Run %" G_GINT64_FORMAT "?"), wish->run);

  runnel_message_dialog_ask_async (wish->parent, heading, _("This is what would be executed:"),
                                   list_new (text), answers, G_N_ELEMENTS (answers), answered_cb,
                                   task);
}

static void
rehearsed_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autofree char *text = runnel_run_launcher_rehearse_finish (result, &error);

  if (text != NULL && *text != '\0')
    {
      ask (task, text);
      return;
    }
  if (text != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                             _("No step that this run executed has an undo, or all is undone."));
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

/**
 * runnel_rollback_dialog_start_async:
 * @parent: (nullable): the window that asks
 * @run: the number of a run that is over
 * @cancellable: (nullable): to give up
 * @callback: called when the new run has its number, or nothing is to run
 * @user_data: for @callback
 *
 * Asks whether the steps of a run shall be undone, and does it.
 */
void
runnel_rollback_dialog_start_async (GtkWindow           *parent,
                                    gint64               run,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Wish *wish = g_new0 (Wish, 1);

  wish->parent = parent != NULL ? g_object_ref (parent) : NULL;
  wish->run = run;
  g_task_set_source_tag (task, runnel_rollback_dialog_start_async);
  g_task_set_task_data (task, wish, wish_free);
  runnel_run_launcher_rehearse_async (run, cancellable, rehearsed_cb, task);
}

/**
 * runnel_rollback_dialog_start_finish:
 *
 * Returns: the number of the new run; 0 without an error when the person does not want it, and
 *   with one whose message is for people when it did not start
 */
gint64
runnel_rollback_dialog_start_finish (GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), 0);

  gssize run = g_task_propagate_int (G_TASK (result), error);
  return MAX (run, 0);
}
