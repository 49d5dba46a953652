/* runnel-message-dialog.c: a question with a few answers
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * AdwAlertDialog came with libadwaita 1.5; AdwMessageDialog works from 1.2 on and is
 * deprecated since. Only this file knows.
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "designer/compat/runnel-message-dialog.h"

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

static AdwResponseAppearance
to_appearance (RunnelAnswerLook look)
{
  switch (look)
    {
    case RUNNEL_ANSWER_SUGGESTED:
      return ADW_RESPONSE_SUGGESTED;
    case RUNNEL_ANSWER_DESTRUCTIVE:
      return ADW_RESPONSE_DESTRUCTIVE;
    case RUNNEL_ANSWER_PLAIN:
    default:
      return ADW_RESPONSE_DEFAULT;
    }
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  g_autoptr(GTask) task = user_data;

  g_assert (ADW_IS_MESSAGE_DIALOG (dialog));
  g_assert (G_IS_TASK (task));

  g_task_return_pointer (task, g_strdup (response), g_free);
}

/**
 * runnel_message_dialog_ask_async:
 * @parent: (nullable): the window it belongs to
 * @heading: the question
 * @body: (nullable): what follows from each answer
 * @extra_child: (nullable) (transfer floating): shown under the body
 * @answers: the answers, in the order shown; a suggested one becomes the default
 * @n_answers: how many
 *
 * Asks a question.
 */
void
runnel_message_dialog_ask_async (GtkWindow           *parent,
                                 const char          *heading,
                                 const char          *body,
                                 GtkWidget           *extra_child,
                                 const RunnelAnswer  *answers,
                                 guint                n_answers,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));
  GTask *task = g_task_new (parent, NULL, callback, user_data);

  g_task_set_source_tag (task, runnel_message_dialog_ask_async);
  adw_message_dialog_set_close_response (dialog, RUNNEL_ANSWER_CANCEL);
  for (guint i = 0; i < n_answers; i++)
    {
      adw_message_dialog_add_response (dialog, answers[i].id, answers[i].label);
      adw_message_dialog_set_response_appearance (dialog, answers[i].id,
                                                  to_appearance (answers[i].look));
      if (answers[i].look == RUNNEL_ANSWER_SUGGESTED)
        adw_message_dialog_set_default_response (dialog, answers[i].id);
    }
  if (extra_child)
    adw_message_dialog_set_extra_child (dialog, extra_child);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * runnel_message_dialog_ask_finish:
 *
 * Returns: (transfer full): the id of the answer; %RUNNEL_ANSWER_CANCEL when it was closed
 */
char *
runnel_message_dialog_ask_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/**
 * runnel_message_dialog_tell:
 * @parent: (nullable): the window it belongs to
 * @heading: what happened
 * @body: why, and what to do
 *
 * Tells of something that failed.
 */
void
runnel_message_dialog_tell (GtkWindow  *parent,
                            const char *heading,
                            const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

G_GNUC_END_IGNORE_DEPRECATIONS
