/* runnel-editor-page-compare.c: the document beside another version of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compare/runnel-compare-page.h"
#include "designer/compat/runnel-file-dialog.h"
#include "designer/compat/runnel-message-dialog.h"
#include "designer/runnel-editor-page-private.h"
#include "designer/runnel-settings.h"
#include "designer/runnel-window.h"

static GtkWindow *
get_window (RunnelEditorPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* Shows what changed from another version (transfer full) to what is on the canvas. */
static void
compare_with (RunnelEditorPage *self,
              RunnelVersion    *other)
{
  g_autofree char *text = NULL;

  runnel_editor_page_flush (self);
  text = runnel_pipeline_to_text (runnel_document_get_pipeline (self->document), NULL);
  runnel_window_add_page (RUNNEL_WINDOW (get_window (self)),
                          runnel_compare_page_new (other, runnel_version_new_text (text, _("Now"))));
}

static void
file_chosen_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(RunnelEditorPage) self = user_data;
  g_autoptr(GFile) file = runnel_file_dialog_open_finish (result, NULL);

  if (file != NULL && self->document != NULL)
    compare_with (self, runnel_version_new_file (file, NULL));
}

static void
compare_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  RunnelEditorPage *self = user_data;
  g_autoptr(GFile) folder = runnel_settings_get_folder ();

  runnel_file_dialog_open_async (get_window (self), _("Compare With a File"),
                                 RUNNEL_FILES_PIPELINES, folder, NULL, file_chosen_cb,
                                 g_object_ref (self));
}

static void
compare_saved_action (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  RunnelEditorPage *self = user_data;

  compare_with (self, runnel_version_new_file (self->file, _("Saved")));
}

/* --- Versions that git keeps --- */

typedef struct
{
  RunnelEditorPage *page;
  GtkWidget *entry;
} Question;

static void
revision_answered_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  Question *question = user_data;
  g_autoptr(RunnelEditorPage) self = question->page;
  g_autoptr(GtkWidget) entry = question->entry;
  g_autofree char *answer = runnel_message_dialog_ask_finish (result);
  const char *revision = gtk_editable_get_text (GTK_EDITABLE (entry));

  g_free (question);
  if (g_str_equal (answer, "compare") && *revision != '\0' && self->document != NULL)
    compare_with (self, runnel_version_new_revision (self->file, revision));
}

static void
compare_revision_action (GSimpleAction *action,
                         GVariant      *parameter,
                         gpointer       user_data)
{
  RunnelEditorPage *self = user_data;
  const RunnelAnswer answers[] = {
    { RUNNEL_ANSWER_CANCEL, _("_Cancel"), RUNNEL_ANSWER_PLAIN },
    { "compare", _("Co_mpare"), RUNNEL_ANSWER_SUGGESTED },
  };
  Question *question = g_new0 (Question, 1);

  question->page = g_object_ref (self);
  question->entry = g_object_ref_sink (gtk_entry_new ());
  gtk_editable_set_text (GTK_EDITABLE (question->entry), "HEAD");
  gtk_entry_set_activates_default (GTK_ENTRY (question->entry), TRUE);
  runnel_message_dialog_ask_async (get_window (self), _("Compare With a Version in Git"),
                                   _("A commit, a branch or a tag; HEAD is the last commit."),
                                   question->entry, answers, G_N_ELEMENTS (answers),
                                   revision_answered_cb, question);
}

void
_runnel_editor_page_compare_init (RunnelEditorPage *self)
{
  const GActionEntry entries[] = {
    { "compare", compare_action },
    { "compare-saved", compare_saved_action },
    { "compare-revision", compare_revision_action },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (self))),
                                   entries, G_N_ELEMENTS (entries), self);
}
