/* runnel-editor-page-save.c: how the document of the editor page is saved
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-file-dialog.h"
#include "designer/compat/runnel-message-dialog.h"
#include "designer/runnel-editor-page-private.h"
#include "designer/runnel-settings.h"

/* A save that is asked for while another is under way, with its questions, comes after it: pressing
 * Ctrl+S twice is no mistake. */

static void start (GTask *task);
static void save (GTask    *task,
                  GFile    *file,
                  gboolean  overwrite);
static void ask_name (GTask *task);

static GtkWindow *
get_window (RunnelEditorPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
succeed (GTask *task)
{
  RunnelEditorPage *self = g_task_get_source_object (task);
  GTask *next;

  g_assert (g_queue_pop_head (&self->saves) == task);
  next = g_queue_peek_head (&self->saves);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
  if (next)
    start (next);
}

/* Those that wait would only ask the same question. */
static void
cancel (GTask *task)
{
  RunnelEditorPage *self = g_task_get_source_object (task);
  GQueue saves = self->saves;

  g_queue_init (&self->saves);
  while ((task = g_queue_pop_head (&saves)))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Nothing was saved"));
      g_object_unref (task);
    }
}

/* The file was changed by somebody else since it was read. */
static void
conflict_answered_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  GTask *task = user_data;
  RunnelEditorPage *self = g_task_get_source_object (task);
  g_autofree char *answer = runnel_message_dialog_ask_finish (result);

  if (g_str_equal (answer, "overwrite"))
    save (task, NULL, TRUE);
  else if (g_str_equal (answer, "save-as"))
    ask_name (task);
  else
    {
      if (g_str_equal (answer, "reload"))
        {
          runnel_document_discard_journal (self->document);
          _runnel_editor_page_load (self, self->file);
        }
      cancel (task);
    }
}

static void
ask_conflict (GTask *task)
{
  const RunnelAnswer answers[] = {
    { RUNNEL_ANSWER_CANCEL, _("_Cancel"), RUNNEL_ANSWER_PLAIN },
    { "reload", _("_Reload"), RUNNEL_ANSWER_DESTRUCTIVE },
    { "overwrite", _("_Overwrite"), RUNNEL_ANSWER_DESTRUCTIVE },
    { "save-as", _("Save _As…"), RUNNEL_ANSWER_SUGGESTED },
  };

  runnel_message_dialog_ask_async (
    get_window (g_task_get_source_object (task)), _("The File Was Changed by Another Program"),
    _("Reloading loses what was changed here, overwriting loses what the other program wrote."),
    NULL, answers, G_N_ELEMENTS (answers), conflict_answered_cb, task);
}

static void
failure_answered_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autofree char *answer = runnel_message_dialog_ask_finish (result);

  if (g_str_equal (answer, "save-as"))
    ask_name (user_data);
  else
    cancel (user_data);
}

static void
ask_failure (GTask        *task,
             const GError *error)
{
  const RunnelAnswer answers[] = {
    { RUNNEL_ANSWER_CANCEL, _("_Cancel"), RUNNEL_ANSWER_PLAIN },
    { "save-as", _("Save _As…"), RUNNEL_ANSWER_SUGGESTED },
  };

  runnel_message_dialog_ask_async (get_window (g_task_get_source_object (task)),
                                   _("The Pipeline Could Not Be Saved"), error->message, NULL,
                                   answers, G_N_ELEMENTS (answers), failure_answered_cb, task);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  RunnelEditorPage *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_autofree char *uri = NULL;

  if (!runnel_document_save_finish (RUNNEL_DOCUMENT (object), result, &error))
    {
      if (g_error_matches (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_CHANGED))
        ask_conflict (task);
      else
        ask_failure (task, error);
      return;
    }
  uri = g_file_get_uri (runnel_document_get_file (self->document));
  gtk_recent_manager_add_item (gtk_recent_manager_get_default (), uri);
  runnel_notice_bar_hide (self->notice_bar);
  _runnel_editor_page_watch_file (self);
  _runnel_editor_page_sync_exports (self);
  succeed (task);
}

static void
save (GTask    *task,
      GFile    *file,
      gboolean  overwrite)
{
  RunnelEditorPage *self = g_task_get_source_object (task);

  runnel_document_save_async (self->document, file, overwrite, NULL, saved_cb, task);
}

static void
named_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr(GFile) file = runnel_file_dialog_save_finish (result, NULL);

  if (!file)
    {
      cancel (task);
      return;
    }
  runnel_settings_set_folder (file);
  /* The dialog asked already whether to replace what is there. */
  save (task, file, TRUE);
}

static char *
suggest_name (RunnelEditorPage *self)
{
  const char *name = runnel_pipeline_get_name (runnel_document_get_pipeline (self->document));
  g_autofree char *stem = NULL;

  if (self->file)
    return g_file_get_basename (self->file);
  stem = g_strdup (name && *name ? name : _("pipeline"));
  g_strdelimit (stem, "/\\", '-');
  return g_strconcat (stem, RUNNEL_FILE_SUFFIX, NULL);
}

static void
ask_name (GTask *task)
{
  RunnelEditorPage *self = g_task_get_source_object (task);
  g_autoptr(GFile) folder = self->file ? g_file_get_parent (self->file)
                                       : runnel_settings_get_folder ();
  g_autofree char *name = suggest_name (self);

  runnel_file_dialog_save_async (get_window (self), _("Save Pipeline"), folder, name, NULL,
                                 named_cb, task);
}

static void
go_on (GTask *task)
{
  RunnelEditorPage *self = g_task_get_source_object (task);
  gboolean wants_name = GPOINTER_TO_INT (g_task_get_task_data (task));

  if (wants_name || !runnel_document_get_file (self->document))
    ask_name (task);
  else
    save (task, NULL, FALSE);
}

static void
code_error_answered_cb (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  GTask *task = user_data;
  RunnelEditorPage *self = g_task_get_source_object (task);
  g_autofree char *answer = runnel_message_dialog_ask_finish (result);

  if (g_str_equal (answer, "discard"))
    {
      _runnel_editor_page_revert_code (self);
      go_on (task);
      return;
    }
  if (g_str_equal (answer, "show"))
    _runnel_editor_page_show_code_error (self);
  cancel (task);
}

/* What can't be read as a pipeline can't be saved as one either. */
static void
ask_code_error (GTask *task)
{
  const RunnelAnswer answers[] = {
    { RUNNEL_ANSWER_CANCEL, _("_Cancel"), RUNNEL_ANSWER_PLAIN },
    { "discard", _("Save _Without It"), RUNNEL_ANSWER_DESTRUCTIVE },
    { "show", _("_Go to Error"), RUNNEL_ANSWER_SUGGESTED },
  };

  runnel_message_dialog_ask_async (
    get_window (g_task_get_source_object (task)), _("There Is an Error in the Text"),
    _("What was typed into the code of the pipeline can only be saved once the error is corrected."),
    NULL, answers, G_N_ELEMENTS (answers), code_error_answered_cb, task);
}

static void
start (GTask *task)
{
  RunnelEditorPage *self = g_task_get_source_object (task);

  runnel_editor_page_flush (self);
  if (_runnel_editor_page_has_code_error (self))
    ask_code_error (task);
  else
    go_on (task);
}

static void
begin (RunnelEditorPage    *self,
       gboolean             wants_name,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, begin);
  g_task_set_task_data (task, GINT_TO_POINTER (wants_name), NULL);
  g_queue_push_tail (&self->saves, task);
  if (g_queue_get_length (&self->saves) == 1)
    start (task);
}

void
_runnel_editor_page_save_async (RunnelPage          *page,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  begin (RUNNEL_EDITOR_PAGE (page), FALSE, callback, user_data);
}

void
_runnel_editor_page_save_as_async (RunnelPage          *page,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  begin (RUNNEL_EDITOR_PAGE (page), TRUE, callback, user_data);
}

gboolean
_runnel_editor_page_save_finish (RunnelPage    *page,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
