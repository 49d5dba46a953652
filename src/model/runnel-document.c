/* runnel-document.c: a pipeline, its file, its undo history and its crash journal
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/runnel-document.h"
#include "model/runnel-file.h"
#include "model/runnel-journal.h"

#define NEVER G_MAXUINT /* a place in the history that can't be reached any more */

/* One change of the history. */
typedef struct
{
  RunnelEdit *edit;
  RunnelEdit *inverse;
  gint64 time; /* when it was made first, microseconds since 1970; 0 = not known */
} Change;

struct _RunnelDocument
{
  GObject parent_instance;

  GFile *file;               /* NULL for a document that was never saved */
  RunnelFile *on_disk;       /* the same, with what is known of its content */
  RunnelPipeline *pipeline;
  GBytes *saved_text;        /* what is in the file, byte by byte */

  /* The history: changes before `position` are done, those from there on undone. */
  GPtrArray *changes;        /* of Change */
  guint position;
  guint saved_position;      /* where the pipeline is as in `saved_text`, or NEVER */
  guint saving_position;     /* the same for the save under way */
  gboolean is_saving;

  RunnelJournal *journal;    /* NULL until there is a file */
  gboolean is_journal_off;   /* what is not saved is to be lost */
  GPtrArray *left_by_crash;  /* of RunnelJournalEntry, or NULL */
  GPtrArray *since_saving;   /* of RunnelJournalEntry: edits that the save under way does not have */
};

enum
{
  PROP_0,
  PROP_FILE,
  PROP_MODIFIED,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RunnelDocument, runnel_document, G_TYPE_OBJECT)

static void
change_free (gpointer data)
{
  Change *change = data;

  runnel_edit_unref (change->edit);
  runnel_edit_unref (change->inverse);
  g_free (change);
}

static Change *
get_change (RunnelDocument *self,
            guint           index)
{
  return g_ptr_array_index (self->changes, index);
}

static gboolean
is_modified (RunnelDocument *self)
{
  return self->position != self->saved_position;
}

static void
notify_history (RunnelDocument *self)
{
  for (guint i = PROP_MODIFIED; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

/* --- Journal --- */

static void
start_journal (RunnelDocument *self)
{
  g_autofree char *path = runnel_journal_make_path (self->on_disk->path);

  self->journal = runnel_journal_new (path);
}

/* Somebody who goes on working without asking for what a crash left may still want it some day. */
static void
set_aside_journal (RunnelDocument *self)
{
  if (self->left_by_crash == NULL)
    return;

  runnel_journal_set_aside (self->journal);
  g_clear_pointer (&self->left_by_crash, g_ptr_array_unref);
}

static void
write_journal (RunnelDocument    *self,
               RunnelJournalVerb  verb,
               RunnelEdit        *edit)
{
  const RunnelJournalEntry entry = { verb, edit, g_get_real_time () };

  if (self->since_saving != NULL)
    {
      RunnelJournalEntry *copy = g_memdup2 (&entry, sizeof entry);

      runnel_edit_ref (copy->edit);
      g_ptr_array_add (self->since_saving, copy);
    }
  if (self->journal == NULL || self->is_journal_off)
    return;

  set_aside_journal (self);
  if (is_modified (self))
    runnel_journal_append (self->journal, self->on_disk->hash, &entry);
  else
    runnel_journal_remove (self->journal);
}

/* After a save: a new journal, with what was done while the file was being written. */
static void
restart_journal (RunnelDocument *self,
                 gboolean        is_elsewhere)
{
  g_autoptr(GPtrArray) entries = g_steal_pointer (&self->since_saving);

  if (self->journal != NULL)
    {
      set_aside_journal (self);
      runnel_journal_remove (self->journal);
      if (is_elsewhere)
        g_clear_pointer (&self->journal, runnel_journal_free);
    }
  self->is_journal_off = FALSE;
  if (self->journal == NULL)
    start_journal (self);

  for (guint i = 0; is_modified (self) && i < entries->len; i++)
    runnel_journal_append (self->journal, self->on_disk->hash, g_ptr_array_index (entries, i));
}

/* --- History --- */

/* Forgets what was undone; another change takes its place. */
static void
forget_undone (RunnelDocument *self)
{
  if (self->saved_position > self->position)
    self->saved_position = NEVER;
  if (self->saving_position > self->position)
    self->saving_position = NEVER;

  g_ptr_array_set_size (self->changes, self->position);
}

static gboolean
apply_new (RunnelDocument *self,
           RunnelEdit     *edit,
           gint64          time,
           GError        **error)
{
  RunnelEdit *inverse = runnel_edit_apply (edit, self->pipeline, error);
  Change *change;

  if (inverse == NULL)
    return FALSE;

  forget_undone (self);
  change = g_new (Change, 1);
  *change = (Change) { runnel_edit_ref (edit), inverse, time };
  g_ptr_array_add (self->changes, change);
  self->position++;

  return TRUE;
}

static gboolean
step_back (RunnelDocument *self)
{
  g_autoptr(RunnelEdit) edit = NULL;

  if (self->position == 0)
    return FALSE;

  edit = runnel_edit_apply (get_change (self, self->position - 1)->inverse, self->pipeline, NULL);
  g_return_val_if_fail (edit != NULL, FALSE);
  self->position--;

  return TRUE;
}

static gboolean
step_forward (RunnelDocument *self)
{
  g_autoptr(RunnelEdit) inverse = NULL;

  if (self->position == self->changes->len)
    return FALSE;

  inverse = runnel_edit_apply (get_change (self, self->position)->edit, self->pipeline, NULL);
  g_return_val_if_fail (inverse != NULL, FALSE);
  self->position++;

  return TRUE;
}

static gboolean
is_same_edit (RunnelEdit *a,
              RunnelEdit *b)
{
  g_autoptr(JsonNode) x = runnel_edit_to_json (a);
  g_autoptr(JsonNode) y = runnel_edit_to_json (b);

  return json_node_equal (x, y);
}

/* An undo or redo in a journal is one of the history too, unless it goes back to before the last save. */
static gboolean
replay (RunnelDocument     *self,
        RunnelJournalEntry *entry,
        GError            **error)
{
  if (entry->verb == RUNNEL_JOURNAL_UNDO && self->position > 0 &&
      is_same_edit (entry->edit, get_change (self, self->position - 1)->inverse))
    return step_back (self);
  if (entry->verb == RUNNEL_JOURNAL_REDO && self->position < self->changes->len &&
      is_same_edit (entry->edit, get_change (self, self->position)->edit))
    return step_forward (self);

  return apply_new (self, entry->edit, entry->time, error);
}

static gboolean
undo (RunnelDocument *self)
{
  if (!step_back (self))
    return FALSE;

  write_journal (self, RUNNEL_JOURNAL_UNDO, get_change (self, self->position)->inverse);
  return TRUE;
}

static gboolean
redo (RunnelDocument *self)
{
  if (!step_forward (self))
    return FALSE;

  write_journal (self, RUNNEL_JOURNAL_REDO, get_change (self, self->position - 1)->edit);
  return TRUE;
}

/* --- Loading --- */

typedef struct
{
  RunnelFile *file;
  GBytes *text;
  RunnelPipeline *pipeline;
  GPtrArray *left_by_crash;
} Load;

static void
load_free (Load *self)
{
  g_clear_pointer (&self->file, runnel_file_free);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_clear_object (&self->pipeline);
  g_clear_pointer (&self->left_by_crash, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static RunnelPipeline *
parse_file (RunnelFile  *file,
            GBytes      *text,
            GError     **error)
{
  gsize length;
  const char *data = g_bytes_get_data (text, &length);
  RunnelPipeline *pipeline = runnel_pipeline_new_from_text (data != NULL ? data : "", length, NULL, error);

  if (pipeline == NULL)
    g_prefix_error (error, "“%s” can't be opened: ", file->path);

  return pipeline;
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autoptr(Load) load = g_new0 (Load, 1);
  g_autofree char *journal = NULL;
  GError *error = NULL;

  load->file = runnel_file_new (task_data, &error);
  if (load->file != NULL)
    load->text = runnel_file_read (load->file, &error);
  if (load->text != NULL)
    load->pipeline = parse_file (load->file, load->text, &error);
  if (load->pipeline == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  journal = runnel_journal_make_path (load->file->path);
  load->left_by_crash = runnel_journal_read (journal, load->file->hash);
  g_task_return_pointer (task, g_steal_pointer (&load), (GDestroyNotify) load_free);
}

/* --- Saving --- */

typedef struct
{
  GFile *file;
  RunnelFile *on_disk;
  RunnelPipeline *pipeline; /* NULL when `text` is there already */
  GBytes *text;
  gboolean overwrite;
} Save;

static void
save_free (Save *self)
{
  g_object_unref (self->file);
  g_clear_pointer (&self->on_disk, runnel_file_free);
  g_clear_object (&self->pipeline);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_free (self);
}

/* Nothing but reading: the pipeline's copy is freed where it was made. */
static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Save *save = task_data;
  GError *error = NULL;
  gsize length;

  if (save->text == NULL)
    {
      char *text = runnel_pipeline_to_text (save->pipeline, &length);

      save->text = g_bytes_new_take (text, length);
    }

  if (runnel_file_write (save->on_disk, save->text, save->overwrite, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
save_succeeded (RunnelDocument *self,
                Save           *save)
{
  gboolean is_elsewhere = self->on_disk == NULL || strcmp (self->on_disk->path, save->on_disk->path) != 0;

  g_clear_pointer (&self->on_disk, runnel_file_free);
  self->on_disk = g_steal_pointer (&save->on_disk);
  g_clear_pointer (&self->saved_text, g_bytes_unref);
  self->saved_text = g_steal_pointer (&save->text);
  self->saved_position = self->saving_position;
  restart_journal (self, is_elsewhere);

  if (g_set_object (&self->file, save->file))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILE]);
  notify_history (self);
}

/* Comes in the thread that asked for the save, so the document changes only there. */
static void
save_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RunnelDocument *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  /* The task that was in the other thread may end there, so it holds neither the document nor, from now on,
   * the pipeline's copy: json-glib wants that freed where it was made. */
  g_clear_object (&save->pipeline);
  self->is_saving = FALSE;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      save_succeeded (self, save);
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      g_clear_pointer (&self->since_saving, g_ptr_array_unref);
      g_task_return_error (task, error);
    }
}

/* What is to be known of the file before it is replaced: all when it is the document's own, else nothing. */
static RunnelFile *
get_target (RunnelDocument *self,
            GFile          *file,
            GError        **error)
{
  if (self->on_disk != NULL && g_file_equal (file, self->file))
    return runnel_file_copy (self->on_disk);

  return runnel_file_new (file, error);
}

static Save *
save_new (RunnelDocument *self,
          GFile          *file,
          gboolean        overwrite,
          GError        **error)
{
  RunnelFile *on_disk;
  Save *save;

  if (file == NULL || self->is_saving)
    {
      g_set_error_literal (error, G_IO_ERROR, file == NULL ? G_IO_ERROR_INVALID_FILENAME : G_IO_ERROR_PENDING,
                           file == NULL ? _("This pipeline has no file yet; choose a name.")
                                        : _("This pipeline is being saved already."));
      return NULL;
    }

  on_disk = get_target (self, file, error);
  if (on_disk == NULL)
    return NULL;

  save = g_new0 (Save, 1);
  save->file = g_object_ref (file);
  save->on_disk = on_disk;
  save->overwrite = overwrite;
  if (is_modified (self))
    save->pipeline = runnel_pipeline_copy (self->pipeline);
  else
    save->text = g_bytes_ref (self->saved_text);

  return save;
}

/* --- Object --- */

static void
runnel_document_dispose (GObject *object)
{
  RunnelDocument *self = RUNNEL_DOCUMENT (object);

  if (self->journal != NULL && (!is_modified (self) || self->is_journal_off))
    runnel_journal_remove (self->journal);
  g_clear_pointer (&self->journal, runnel_journal_free);

  g_clear_object (&self->file);
  g_clear_object (&self->pipeline);
  g_clear_pointer (&self->on_disk, runnel_file_free);
  g_clear_pointer (&self->saved_text, g_bytes_unref);
  g_clear_pointer (&self->left_by_crash, g_ptr_array_unref);
  g_clear_pointer (&self->since_saving, g_ptr_array_unref);
  g_clear_pointer (&self->changes, g_ptr_array_unref);

  G_OBJECT_CLASS (runnel_document_parent_class)->dispose (object);
}

static const char *
get_label (RunnelDocument *self,
           gboolean        exists,
           guint           index)
{
  return exists ? runnel_edit_get_label (get_change (self, index)->edit) : NULL;
}

static void
runnel_document_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  RunnelDocument *self = RUNNEL_DOCUMENT (object);
  gboolean can_undo = self->position > 0, can_redo = self->position < self->changes->len;

  switch (prop_id)
    {
    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, is_modified (self));
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, can_undo);
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, can_redo);
      break;
    case PROP_UNDO_LABEL:
      g_value_set_string (value, get_label (self, can_undo, self->position - 1));
      break;
    case PROP_REDO_LABEL:
      g_value_set_string (value, get_label (self, can_redo, self->position));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
runnel_document_class_init (RunnelDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = runnel_document_dispose;
  object_class->get_property = runnel_document_get_property;

  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, flags);
  properties[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  properties[PROP_UNDO_LABEL] = g_param_spec_string ("undo-label", NULL, NULL, NULL, flags);
  properties[PROP_REDO_LABEL] = g_param_spec_string ("redo-label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
runnel_document_init (RunnelDocument *self)
{
  self->changes = g_ptr_array_new_with_free_func (change_free);
}

/* --- Public --- */

static GBytes *
write_text (RunnelPipeline *pipeline)
{
  gsize length;
  char *text = runnel_pipeline_to_text (pipeline, &length);

  return g_bytes_new_take (text, length);
}

/**
 * runnel_document_new:
 *
 * Returns: (transfer full): a new document with an empty pipeline and no file
 */
RunnelDocument *
runnel_document_new (void)
{
  RunnelDocument *self = g_object_new (RUNNEL_TYPE_DOCUMENT, NULL);

  self->pipeline = runnel_pipeline_new ();
  self->saved_text = write_text (self->pipeline);

  return self;
}

/**
 * runnel_document_load_async:
 * @file: a local file
 * @cancellable: (nullable): for giving up
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads a document, and looks whether a session that crashed has left edits of it.
 */
void
runnel_document_load_async (GFile               *file,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, runnel_document_load_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, load_thread);
}

/**
 * runnel_document_load_finish:
 * @result: what the callback was given
 * @error: a #GIOErrorEnum when the file can't be read, or what runnel_pipeline_new_from_text() gives
 *
 * Returns: (transfer full) (nullable): the document
 */
RunnelDocument *
runnel_document_load_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_autoptr(Load) load = NULL;
  RunnelDocument *self;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  load = g_task_propagate_pointer (G_TASK (result), error);
  if (load == NULL)
    return NULL;

  self = g_object_new (RUNNEL_TYPE_DOCUMENT, NULL);
  self->file = g_object_ref (g_task_get_task_data (G_TASK (result)));
  self->on_disk = g_steal_pointer (&load->file);
  self->saved_text = g_steal_pointer (&load->text);
  self->pipeline = g_steal_pointer (&load->pipeline);
  self->left_by_crash = g_steal_pointer (&load->left_by_crash);
  start_journal (self);

  return self;
}

/**
 * runnel_document_save_async:
 * @self: a document
 * @file: (nullable): where to; %NULL = where it came from
 * @overwrite: whether to replace a file that is not as this document knows it: changed
 *   since it was opened, or another one that is there already
 * @cancellable: (nullable): for giving up waiting; what is being written is written
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Writes the document as it is now; edits made while it is written stay
 * unsaved. One that is as it was saved or opened last is written byte by byte
 * as it was, canonical or not.
 */
void
runnel_document_save_async (RunnelDocument      *self,
                            GFile               *file,
                            gboolean             overwrite,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL, writing = NULL;
  GError *error = NULL;
  Save *save;

  g_return_if_fail (RUNNEL_IS_DOCUMENT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, runnel_document_save_async);

  save = save_new (self, file != NULL ? file : self->file, overwrite, &error);
  if (save == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  self->is_saving = TRUE;
  self->saving_position = self->position;
  self->since_saving = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_journal_entry_free);
  writing = g_task_new (NULL, NULL, save_cb, g_steal_pointer (&task));
  g_task_set_task_data (writing, save, (GDestroyNotify) save_free);
  g_task_run_in_thread (writing, save_thread);
}

/**
 * runnel_document_save_finish:
 * @self: a document
 * @result: what the callback was given
 * @error: %RUNNEL_PIPELINE_ERROR_CHANGED when the file is not as this document
 *   knows it; %G_IO_ERROR_PENDING when it is being saved already; else why it
 *   could not be written
 *
 * Returns: whether it is on disk
 */
gboolean
runnel_document_save_finish (RunnelDocument  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * runnel_document_get_pipeline:
 * @self: a document
 *
 * Returns: (transfer none): its pipeline, the same for the life of the
 *   document; to be changed by runnel_document_apply() only
 */
RunnelPipeline *
runnel_document_get_pipeline (RunnelDocument *self)
{
  g_return_val_if_fail (RUNNEL_IS_DOCUMENT (self), NULL);

  return self->pipeline;
}

/**
 * runnel_document_get_file:
 * @self: a document
 *
 * Returns: (transfer none) (nullable): its file, or %NULL when it was never saved
 */
GFile *
runnel_document_get_file (RunnelDocument *self)
{
  g_return_val_if_fail (RUNNEL_IS_DOCUMENT (self), NULL);

  return self->file;
}

/**
 * runnel_document_get_title:
 * @self: a document
 *
 * Returns: (transfer full): the pipeline's name, else that of its file without the suffix, else "Untitled"
 */
char *
runnel_document_get_title (RunnelDocument *self)
{
  const char *name;
  char *title;

  g_return_val_if_fail (RUNNEL_IS_DOCUMENT (self), NULL);

  name = runnel_pipeline_get_name (self->pipeline);
  if (name != NULL && *name != '\0')
    return g_strdup (name);
  if (self->file == NULL)
    return g_strdup (_("Untitled"));

  title = g_file_get_basename (self->file);
  if (g_str_has_suffix (title, RUNNEL_FILE_SUFFIX) && strlen (title) > strlen (RUNNEL_FILE_SUFFIX))
    title[strlen (title) - strlen (RUNNEL_FILE_SUFFIX)] = '\0';

  return title;
}

/**
 * runnel_document_get_modified:
 * @self: a document
 *
 * Returns: whether it is another than it was saved or opened last; undoing all changes makes it the same again
 */
gboolean
runnel_document_get_modified (RunnelDocument *self)
{
  g_return_val_if_fail (RUNNEL_IS_DOCUMENT (self), FALSE);

  return is_modified (self);
}

/**
 * runnel_document_get_text:
 * @self: a document
 *
 * Returns: (transfer full): what a save would write
 */
GBytes *
runnel_document_get_text (RunnelDocument *self)
{
  g_return_val_if_fail (RUNNEL_IS_DOCUMENT (self), NULL);

  return is_modified (self) ? write_text (self->pipeline) : g_bytes_ref (self->saved_text);
}

/**
 * runnel_document_apply:
 * @self: a document
 * @edit: (transfer none): a change
 * @error: %RUNNEL_PIPELINE_ERROR_INVALID when it does not fit
 *
 * Changes the document, notes it in the history and the journal, and forgets what was undone.
 *
 * Returns: whether it was changed
 */
gboolean
runnel_document_apply (RunnelDocument *self,
                       RunnelEdit     *edit,
                       GError        **error)
{
  g_return_val_if_fail (RUNNEL_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (edit != NULL, FALSE);

  if (!apply_new (self, edit, g_get_real_time (), error))
    return FALSE;

  write_journal (self, RUNNEL_JOURNAL_DO, edit);
  notify_history (self);

  return TRUE;
}

/**
 * runnel_document_undo:
 * @self: a document
 *
 * Returns: whether there was anything to take back
 */
gboolean
runnel_document_undo (RunnelDocument *self)
{
  g_return_val_if_fail (RUNNEL_IS_DOCUMENT (self), FALSE);

  if (!undo (self))
    return FALSE;

  notify_history (self);

  return TRUE;
}

/**
 * runnel_document_redo:
 * @self: a document
 *
 * Returns: whether there was anything undone to be done again
 */
gboolean
runnel_document_redo (RunnelDocument *self)
{
  g_return_val_if_fail (RUNNEL_IS_DOCUMENT (self), FALSE);

  if (!redo (self))
    return FALSE;

  notify_history (self);

  return TRUE;
}

/**
 * runnel_document_go_to:
 * @self: a document
 * @position: how many of the changes are to be done, up to runnel_document_get_n_changes()
 *
 * Undoes or does again as many changes as that takes.
 */
void
runnel_document_go_to (RunnelDocument *self,
                       guint           position)
{
  g_return_if_fail (RUNNEL_IS_DOCUMENT (self));
  g_return_if_fail (position <= self->changes->len);

  while (self->position > position && undo (self))
    ;
  while (self->position < position && redo (self))
    ;
  notify_history (self);
}

/**
 * runnel_document_get_n_changes:
 * @self: a document
 *
 * Returns: how many changes the history has, done and undone
 */
guint
runnel_document_get_n_changes (RunnelDocument *self)
{
  g_return_val_if_fail (RUNNEL_IS_DOCUMENT (self), 0);

  return self->changes->len;
}

/**
 * runnel_document_get_change_label:
 * @self: a document
 * @index: of a change, the oldest is 0
 *
 * Returns: (transfer none): what was done
 */
const char *
runnel_document_get_change_label (RunnelDocument *self,
                                  guint           index)
{
  g_return_val_if_fail (RUNNEL_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (index < self->changes->len, NULL);

  return runnel_edit_get_label (get_change (self, index)->edit);
}

/**
 * runnel_document_get_change_time:
 * @self: a document
 * @index: of a change, the oldest is 0
 *
 * Returns: when it was made first, also in a session that crashed, in microseconds since 1970; 0
 *   when that is not known
 */
gint64
runnel_document_get_change_time (RunnelDocument *self,
                                 guint           index)
{
  g_return_val_if_fail (RUNNEL_IS_DOCUMENT (self), 0);
  g_return_val_if_fail (index < self->changes->len, 0);

  return get_change (self, index)->time;
}

/**
 * runnel_document_get_position:
 * @self: a document
 *
 * Returns: how many of the changes are done; those from there on are undone
 */
guint
runnel_document_get_position (RunnelDocument *self)
{
  g_return_val_if_fail (RUNNEL_IS_DOCUMENT (self), 0);

  return self->position;
}

/**
 * runnel_document_has_journal:
 * @self: a document
 *
 * Returns: whether a session that crashed has left edits of this document
 *   which runnel_document_recover() can bring back
 */
gboolean
runnel_document_has_journal (RunnelDocument *self)
{
  g_return_val_if_fail (RUNNEL_IS_DOCUMENT (self), FALSE);

  return self->left_by_crash != NULL;
}

/* A journal that can't be replayed to its end is kept aside, and what could be replayed starts a new one. */
static void
rewrite_journal (RunnelDocument *self,
                 GPtrArray      *entries,
                 guint           n_replayed)
{
  runnel_journal_set_aside (self->journal);
  for (guint i = 0; i < n_replayed; i++)
    runnel_journal_append (self->journal, self->on_disk->hash, g_ptr_array_index (entries, i));
}

/**
 * runnel_document_recover:
 * @self: a document as it was loaded
 * @error: %RUNNEL_PIPELINE_ERROR_INVALID when the journal does not fit the document
 *
 * Does again what the session that crashed had done, with its history. When
 * an edit does not fit, those before it stay, and the journal is kept as
 * ".orphan".
 *
 * Returns: whether all is there again
 */
gboolean
runnel_document_recover (RunnelDocument *self,
                         GError        **error)
{
  g_autoptr(GPtrArray) entries = NULL;
  gboolean success = TRUE;
  guint n_replayed = 0;

  g_return_val_if_fail (RUNNEL_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (self->left_by_crash != NULL, FALSE);

  entries = g_steal_pointer (&self->left_by_crash);
  while (success && n_replayed < entries->len)
    {
      success = replay (self, g_ptr_array_index (entries, n_replayed), error);
      if (success)
        n_replayed++;
    }

  if (success)
    runnel_journal_adopt (self->journal, self->on_disk->hash);
  else
    rewrite_journal (self, entries, n_replayed);
  notify_history (self);

  return success;
}

/**
 * runnel_document_discard_journal:
 * @self: a document
 *
 * Throws away what a crashed session has left; or, when this session has
 * unsaved changes, what the journal has of them, for they are to be lost.
 */
void
runnel_document_discard_journal (RunnelDocument *self)
{
  g_return_if_fail (RUNNEL_IS_DOCUMENT (self));

  if (self->journal == NULL)
    return;

  if (self->left_by_crash != NULL)
    runnel_journal_adopt (self->journal, self->on_disk->hash);
  g_clear_pointer (&self->left_by_crash, g_ptr_array_unref);
  runnel_journal_remove (self->journal);
  self->is_journal_off = is_modified (self);
}

/**
 * runnel_document_flush_journal:
 * @self: a document
 *
 * Waits until the journal has all edits made so far. For a session that is
 * being ended and has no time to ask.
 */
void
runnel_document_flush_journal (RunnelDocument *self)
{
  g_return_if_fail (RUNNEL_IS_DOCUMENT (self));

  if (self->journal != NULL)
    runnel_journal_flush (self->journal);
}
