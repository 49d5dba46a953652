/* runnel-save-changes.c: asks what becomes of unsaved changes before pages are closed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-message-dialog.h"
#include "designer/runnel-save-changes.h"

/* The pages to be closed, the check button of each modified one, and how far saving has come. */
typedef struct
{
  GPtrArray *pages;   /* of RunnelPage, owned */
  GPtrArray *unsaved; /* of RunnelPage, owned */
  GPtrArray *checks;  /* of GtkCheckButton, owned, as `unsaved`; empty when there is but one */
  guint next;         /* index in `unsaved` of the page to save next */
} Closing;

static void
closing_free (gpointer data)
{
  Closing *closing = data;

  g_ptr_array_unref (closing->pages);
  g_ptr_array_unref (closing->unsaved);
  g_ptr_array_unref (closing->checks);
  g_free (closing);
}

static Closing *
closing_new (GPtrArray *pages)
{
  Closing *closing = g_new0 (Closing, 1);

  closing->pages = g_ptr_array_new_with_free_func (g_object_unref);
  closing->unsaved = g_ptr_array_new_with_free_func (g_object_unref);
  closing->checks = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < pages->len; i++)
    {
      RunnelPage *page = g_ptr_array_index (pages, i);

      g_ptr_array_add (closing->pages, g_object_ref (page));
      if (runnel_page_get_modified (page))
        g_ptr_array_add (closing->unsaved, g_object_ref (page));
    }
  return closing;
}

static void
close_all (GTask *task)
{
  Closing *closing = g_task_get_task_data (task);

  for (guint i = 0; i < closing->pages->len; i++)
    runnel_page_discard (g_ptr_array_index (closing->pages, i));
  g_task_return_boolean (task, TRUE);
}

static gboolean
is_chosen (Closing *closing,
           guint    index)
{
  return index >= closing->checks->len ||
         gtk_check_button_get_active (g_ptr_array_index (closing->checks, index));
}

static void save_next (GTask *task);

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  if (!runnel_page_save_finish (RUNNEL_PAGE (object), result, &error))
    g_task_return_boolean (task, FALSE);
  else
    save_next (g_steal_pointer (&task));
}

/* One after the other, since each may have to ask for a name. Takes the task. */
static void
save_next (GTask *task)
{
  Closing *closing = g_task_get_task_data (task);

  while (closing->next < closing->unsaved->len && !is_chosen (closing, closing->next))
    closing->next++;
  if (closing->next < closing->unsaved->len)
    {
      runnel_page_save_async (g_ptr_array_index (closing->unsaved, closing->next++), saved_cb,
                              task);
      return;
    }
  close_all (task);
  g_object_unref (task);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autofree char *answer = runnel_message_dialog_ask_finish (result);

  if (g_str_equal (answer, "discard"))
    close_all (task);
  else if (g_str_equal (answer, "save"))
    save_next (g_steal_pointer (&task));
  else
    g_task_return_boolean (task, FALSE);
}

static GtkWidget *
create_check_list (Closing *closing)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (guint i = 0; i < closing->unsaved->len; i++)
    {
      const char *title = runnel_page_get_title (g_ptr_array_index (closing->unsaved, i));
      GtkWidget *check = gtk_check_button_new_with_label (title);

      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
      g_ptr_array_add (closing->checks, g_object_ref_sink (check));
      gtk_box_append (GTK_BOX (box), check);
    }
  return box;
}

static void
ask (GtkWindow *parent,
     GTask     *task)
{
  const RunnelAnswer answers[] = {
    { RUNNEL_ANSWER_CANCEL, _("_Cancel"), RUNNEL_ANSWER_PLAIN },
    { "discard", _("_Discard"), RUNNEL_ANSWER_DESTRUCTIVE },
    { "save", _("_Save"), RUNNEL_ANSWER_SUGGESTED },
  };
  Closing *closing = g_task_get_task_data (task);
  g_autofree char *heading = NULL;
  GtkWidget *list = NULL;

  if (closing->unsaved->len == 1)
    /* translators: %s is the name of a pipeline */
    heading = g_strdup_printf (_("Save Changes to “%s”?"),
                               runnel_page_get_title (g_ptr_array_index (closing->unsaved, 0)));
  else
    {
      heading = g_strdup (_("Save Changes?"));
      list = create_check_list (closing);
    }
  runnel_message_dialog_ask_async (parent, heading,
                                   _("What was changed since the last save is lost otherwise."),
                                   list, answers, G_N_ELEMENTS (answers), answered_cb, task);
}

/**
 * runnel_save_changes_async:
 * @parent: the window of the pages
 * @pages: (element-type RunnelPage): the pages about to be closed
 *
 * Asks what becomes of unsaved changes, if there are any, saves what shall be saved and gives up
 * the rest.
 */
void
runnel_save_changes_async (GtkWindow           *parent,
                           GPtrArray           *pages,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  Closing *closing = closing_new (pages);

  g_task_set_source_tag (task, runnel_save_changes_async);
  g_task_set_task_data (task, closing, closing_free);
  if (closing->unsaved->len > 0)
    {
      ask (parent, task);
      return;
    }
  close_all (task);
  g_object_unref (task);
}

/**
 * runnel_save_changes_finish:
 *
 * Returns: %TRUE when the pages may be closed now
 */
gboolean
runnel_save_changes_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
