/* runnel-editor-page-load.c: how a file comes into the editor page
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-message-dialog.h"
#include "designer/runnel-editor-page-private.h"

static void
recover_answered_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(RunnelEditorPage) self = user_data;
  g_autofree char *answer = runnel_message_dialog_ask_finish (result);
  g_autoptr(GError) error = NULL;

  if (!self->document)
    return;
  if (g_str_equal (answer, "discard"))
    runnel_document_discard_journal (self->document);
  /* Closing the question keeps the work: it can still be undone. */
  else if (!runnel_document_recover (self->document, &error))
    runnel_message_dialog_tell (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                _("Not Everything Could Be Restored"), error->message);
}

/* The journal of a session that ended without a word. */
static void
ask_recover (RunnelEditorPage *self)
{
  const RunnelAnswer answers[] = {
    { "discard", _("_Discard"), RUNNEL_ANSWER_DESTRUCTIVE },
    { "restore", _("_Restore"), RUNNEL_ANSWER_SUGGESTED },
  };
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *title = runnel_document_get_title (self->document);
  /* translators: %s is the name of a pipeline */
  g_autofree char *heading = g_strdup_printf (_("Restore Unsaved Changes to “%s”?"), title);

  runnel_message_dialog_ask_async (
    GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading,
    _("Runnel was not closed properly the last time this pipeline was edited. What is restored "
      "can be undone."),
    NULL, answers, G_N_ELEMENTS (answers), recover_answered_cb, g_object_ref (self));
}

static void
remember (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  gtk_recent_manager_add_item (gtk_recent_manager_get_default (), uri);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RunnelEditorPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelDocument) document = runnel_document_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!document)
    {
      _runnel_editor_page_show_error (self, error);
      return;
    }
  remember (runnel_document_get_file (document));
  runnel_notice_bar_hide (self->notice_bar);
  _runnel_editor_page_set_document (self, document);
  if (runnel_document_has_journal (document))
    ask_recover (self);
}

/* Loads `file` in place of what the page has now. A document stays as it is until the other one
 * is there. */
void
_runnel_editor_page_load (RunnelEditorPage *self,
                          GFile            *file)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (!self->document)
    gtk_stack_set_visible_child_name (self->stack, "loading");
  _runnel_editor_page_view_load (self, file);
  runnel_document_load_async (file, self->cancellable, loaded_cb, g_object_ref (self));
}

static void
changed_cb (RunnelEditorPage *self)
{
  runnel_notice_bar_show (self->notice_bar,
                          _("Another program changed the file after it was opened here."),
                          _("_Reload"), "page.reload");
}

/* Watches the file of the document, or accepts it as it is after it was saved. */
void
_runnel_editor_page_watch_file (RunnelEditorPage *self)
{
  if (self->watch)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_object (&self->watch);
  if (!self->file)
    return;
  self->watch = runnel_file_watch_new (self->file);
  g_signal_connect_swapped (self->watch, "changed", G_CALLBACK (changed_cb), self);
}
