/* runnel-editor-page-extract.c: makes a pipeline of its own of the steps selected
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-message-dialog.h"
#include "designer/runnel-editor-page-private.h"
#include "model/runnel-extract.h"
#include "model/runnel-file.h"
#include "util/runnel-task.h"

/* What is asked, and then done. */
typedef struct
{
  RunnelEditorPage *page;
  GStrv ids;
  GtkEditable *name;
  GtkLabel *file;
  RunnelExtraction *extraction;
} Extraction;

static void
extraction_free (Extraction *self)
{
  g_object_unref (self->page);
  g_strfreev (self->ids);
  g_clear_object (&self->name);
  g_clear_object (&self->file);
  g_clear_pointer (&self->extraction, runnel_extraction_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Extraction, extraction_free)

static GtkWindow *
get_window (RunnelEditorPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
tell_failure (RunnelEditorPage *self,
              const char       *message)
{
  runnel_message_dialog_tell (get_window (self), _("These Steps Can’t Be Extracted"), message);
}

/* Puts the writing of positions before the rest, as one change. */
static void
prepend (RunnelExtraction *extraction,
         RunnelEdit       *places)
{
  RunnelEdit *edits[] = { runnel_edit_ref (places), extraction->edit };

  extraction->edit = runnel_edit_new_compound (runnel_edit_get_label (extraction->edit), edits,
                                               G_N_ELEMENTS (edits));
}

/* Steps that have no place in the file are extracted from where they are seen. */
static gboolean
make (Extraction *self,
      const char *name)
{
  g_autoptr(RunnelPipeline) pipeline =
    runnel_pipeline_copy (runnel_document_get_pipeline (self->page->document));
  g_autoptr(RunnelEdit) places = runnel_canvas_make_layout_edit (self->page->canvas);
  g_autoptr(RunnelEdit) inverse = places ? runnel_edit_apply (places, pipeline, NULL) : NULL;
  g_autofree char *file = runnel_extraction_suggest_file (name);
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&self->extraction, runnel_extraction_free);
  self->extraction = runnel_extraction_new (pipeline, (const char *const *) self->ids, name, file,
                                            &error);
  if (!self->extraction)
    tell_failure (self->page, error->message);
  else if (inverse)
    prepend (self->extraction, places);
  return self->extraction != NULL;
}

/* --- Writing --- */

typedef struct
{
  GFile *file;
  GBytes *text;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_object_unref (writing->file);
  g_bytes_unref (writing->text);
  g_free (writing);
}

static void
write_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Writing *writing = task_data;
  GError *error = NULL;
  g_autoptr(RunnelFile) file = runnel_file_new (writing->file, &error);

  if (file && runnel_file_write (file, writing->text, FALSE, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The file is there: now the pipeline may name it. */
static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Extraction) self = user_data;
  RunnelEditorPage *page = self->page;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error) ||
      !runnel_document_apply (page->document, self->extraction->edit, &error))
    {
      tell_failure (page, error->message);
      return;
    }
  runnel_canvas_set_selection (page->canvas, (const char *const[]) { self->extraction->id, NULL });
  /* translators: %s is the name of a pipeline */
  text = g_strdup_printf (_("“%s” is a pipeline of its own now. Undo brings the steps back and "
                            "leaves its file."),
                          runnel_pipeline_get_name (self->extraction->inner));
  runnel_editor_page_add_toast (page, text);
}

static void
write_file (Extraction *self,
            const char *name)
{
  g_autofree char *file = runnel_extraction_suggest_file (name);
  g_autoptr(GFile) folder = g_file_get_parent (self->page->file);
  g_autoptr(GTask) task = g_task_new (self->page, NULL, written_cb, self);
  Writing *writing = g_new0 (Writing, 1);
  gsize length;
  char *text = runnel_pipeline_to_text (self->extraction->inner, &length);

  writing->file = g_file_get_child (folder, file);
  writing->text = g_bytes_new_take (text, length);
  g_task_set_source_tag (task, write_file);
  g_task_set_task_data (task, writing, writing_free);
  runnel_task_run_in_thread (task, write_thread);
}

/* --- Asking --- */

static char *
get_name (Extraction *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
}

static void
name_changed_cb (Extraction *self)
{
  g_autofree char *name = get_name (self);
  g_autofree char *file = runnel_extraction_suggest_file (name);

  gtk_label_set_label (self->file, file);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Extraction) self = user_data;
  g_autofree char *answer = runnel_message_dialog_ask_finish (result);
  g_autofree char *name = get_name (self);
  Extraction *writing;

  g_signal_handlers_disconnect_by_data (self->name, self);
  if (!g_str_equal (answer, "extract") || !self->page->document ||
      !make (self, *name ? name : _("Part")))
    return;
  writing = g_steal_pointer (&self);
  write_file (writing, *name ? name : _("Part"));
}

static GtkWidget *
create_label (const char *text,
              const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 48);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
create_warnings (RunnelExtraction *extraction)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (box), create_label (_("Not quite as before"), "heading"));
  for (guint i = 0; extraction->warnings[i]; i++)
    gtk_box_append (GTK_BOX (box), create_label (extraction->warnings[i], NULL));
  return box;
}

static GtkWidget *
create_form (Extraction *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *entry = gtk_entry_new (), *file = create_label (NULL, "dim-label");
  GtkWidget *title = create_label (_("_Name"), "field-title");

  self->name = GTK_EDITABLE (g_object_ref_sink (entry));
  self->file = GTK_LABEL (g_object_ref_sink (file));
  gtk_label_set_use_underline (GTK_LABEL (title), TRUE);
  gtk_label_set_mnemonic_widget (GTK_LABEL (title), entry);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), file);
  if (*self->extraction->warnings)
    {
      GtkWidget *warnings = create_warnings (self->extraction);

      gtk_widget_set_margin_top (warnings, 12);
      gtk_box_append (GTK_BOX (box), warnings);
    }
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (name_changed_cb), self);
  return box;
}

/* One step gives its own name, several that of the pipeline they are part of. */
static char *
suggest_name (Extraction *self)
{
  RunnelPipeline *pipeline = runnel_document_get_pipeline (self->page->document);
  g_autofree char *title = NULL;
  guint index;

  if (g_strv_length (self->ids) == 1 && runnel_pipeline_find_step (pipeline, self->ids[0], &index))
    return g_strdup (runnel_step_get_title (runnel_pipeline_get_step (pipeline, index)));
  title = runnel_document_get_title (self->page->document);
  /* translators: what a pipeline made of some steps of another is called at first; %s is the other */
  return g_strdup_printf (_("%s Part"), title);
}

static void
ask (Extraction *self)
{
  const RunnelAnswer answers[] = {
    { RUNNEL_ANSWER_CANCEL, _("_Cancel"), RUNNEL_ANSWER_PLAIN },
    { "extract", _("_Extract"), RUNNEL_ANSWER_SUGGESTED },
  };
  guint n = g_strv_length (self->ids);
  g_autofree char *heading =
    g_strdup_printf (ngettext ("Extract %u Step", "Extract %u Steps", n), n);
  g_autofree char *name = suggest_name (self);
  GtkWidget *form = create_form (self);

  gtk_editable_set_text (self->name, name);
  runnel_message_dialog_ask_async (
    get_window (self->page), heading,
    _("They become a pipeline of their own, in a file beside this one, and one step that runs it "
      "takes their place."),
    form, answers, G_N_ELEMENTS (answers), answered_cb, self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

static void
extract_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  RunnelEditorPage *page = user_data;
  g_autoptr(Extraction) self = g_new0 (Extraction, 1);

  runnel_editor_page_flush (page);
  self->page = g_object_ref (page);
  self->ids = runnel_canvas_get_selection (page->canvas);
  if (!page->file)
    tell_failure (page, _("Save this pipeline first: the file of the new one lies beside it."));
  else if (make (self, _("Part")))
    ask (g_steal_pointer (&self));
}

static const GActionEntry actions[] = {
  { "extract", extract_action },
};

void
_runnel_editor_page_extract_init (RunnelEditorPage *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (self))),
                                   actions, G_N_ELEMENTS (actions), self);
}
