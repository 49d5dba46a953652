/* runnel-merge-page.c: two sides of a pipeline brought together by a person
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas.h"
#include "designer/compare/runnel-conflict-row.h"
#include "designer/compare/runnel-merge-page.h"
#include "designer/runnel-window.h"
#include "util/runnel-task.h"

struct _RunnelMergePage
{
  RunnelPage parent_instance;

  /* Template Widgets */
  GtkStack *stack;
  AdwStatusPage *error_page;
  AdwBin *canvas_bin;
  GtkLabel *count_label;
  GtkListBox *list;
  GtkWidget *save_button;

  /* Borrowed References */
  RunnelCanvas *canvas;

  /* Owned References */
  RunnelVersion *versions[3];   /* base, ours, theirs: only the thread reads them */
  GFile *file;                  /* where the result goes */
  RunnelPipeline *result;       /* NULL while it is made */
  GPtrArray *rows;              /* RunnelConflictRow */
  GCancellable *cancellable;

  gboolean merging;             /* a thread is at it */
  gboolean again;               /* something else was chosen meanwhile */
  gboolean saving;              /* as soon as the result is there */
};

G_DEFINE_FINAL_TYPE (RunnelMergePage, runnel_merge_page, RUNNEL_TYPE_PAGE)

static guint merged_signal;

static void merge (RunnelMergePage *self);

/* --- Merging, in a thread --- */

typedef struct
{
  GHashTable *choices;     /* path -> RunnelMergeSide */
  RunnelPipeline *result;
  RunnelMerge *merge;
} Job;

static void
job_free (Job *job)
{
  g_clear_pointer (&job->choices, g_hash_table_unref);
  g_clear_object (&job->result);
  g_clear_pointer (&job->merge, runnel_merge_free);
  g_free (job);
}

static void
merge_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  RunnelMergePage *self = source_object;
  RunnelPipeline *pipelines[3] = { NULL, };
  Job *job = task_data;
  GError *error = NULL;
  GHashTableIter iter;
  gpointer path, side;

  for (guint i = 0; i < 3 && error == NULL; i++)
    pipelines[i] = runnel_version_read (self->versions[i], cancellable, &error);
  if (error == NULL)
    {
      job->merge = runnel_merge_new (pipelines[0], pipelines[1], pipelines[2], RUNNEL_MERGE_OURS);
      g_hash_table_iter_init (&iter, job->choices);
      while (g_hash_table_iter_next (&iter, &path, &side))
        runnel_merge_choose (job->merge, path, (RunnelMergeSide) GPOINTER_TO_INT (side));
      job->result = runnel_merge_make_result (job->merge, &error);
    }

  for (guint i = 0; i < 3; i++)
    g_clear_object (&pipelines[i]);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* --- What is to be decided --- */

static guint
count_open (RunnelMergePage *self)
{
  guint n_open = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n_open += !runnel_conflict_row_is_chosen (self->rows->pdata[i]);

  return n_open;
}

static void
update (RunnelMergePage *self)
{
  const guint n_open = count_open (self);
  g_autofree char *text = NULL;

  if (self->rows->len == 0)
    text = g_strdup (_("Both sides fit together: nothing has to be decided."));
  else if (n_open == 0)
    text = g_strdup (_("All conflicts are decided."));
  else
    text = g_strdup_printf (ngettext ("%u conflict is to be decided",
                                      "%u conflicts are to be decided", n_open), n_open);

  gtk_label_set_text (self->count_label, text);
  gtk_widget_set_sensitive (self->save_button, n_open == 0 && !self->saving);
}

static void
chosen_cb (RunnelMergePage *self)
{
  update (self);
  merge (self);
}

static RunnelConflictRow *
find_row (RunnelMergePage *self,
          const char      *path)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (runnel_conflict_row_get_path (self->rows->pdata[i]), path))
      return self->rows->pdata[i];

  return NULL;
}

/* What was chosen may bring up more that is to be decided. */
static void
add_rows (RunnelMergePage *self,
          GPtrArray       *conflicts)
{
  for (guint i = 0; i < conflicts->len; i++)
    {
      const RunnelMergeConflict *conflict = conflicts->pdata[i];
      GtkWidget *row;

      if (find_row (self, conflict->path) != NULL)
        continue;

      row = runnel_conflict_row_new (conflict, runnel_version_get_title (self->versions[1]),
                                     runnel_version_get_title (self->versions[2]));
      g_signal_connect_object (row, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (self->list, row);
      g_ptr_array_add (self->rows, row);
    }
}

static void
row_activated_cb (RunnelMergePage   *self,
                  RunnelConflictRow *row)
{
  const char *ids[] = { runnel_conflict_row_get_step (row), NULL };

  if (ids[0] == NULL)
    return;

  runnel_canvas_set_selection (self->canvas, ids);
  runnel_canvas_reveal (self->canvas, ids[0]);
}

/* --- The result --- */

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RunnelMergePage) self = user_data;
  g_autoptr(GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->saving = FALSE;
  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    {
      g_signal_emit (self, merged_signal, 0);
      return;
    }

  update (self);
  if (RUNNEL_IS_WINDOW (root))
    runnel_window_add_toast (RUNNEL_WINDOW (root), error->message);
}

static void
write_result (RunnelMergePage *self)
{
  gsize length;
  char *text = runnel_pipeline_to_text (self->result, &length);
  g_autoptr(GBytes) bytes = g_bytes_new_take (text, length);

  g_file_replace_contents_bytes_async (self->file, bytes, NULL, FALSE, G_FILE_CREATE_NONE,
                                       self->cancellable, written_cb, g_object_ref (self));
}

static void
show_result (RunnelMergePage *self,
             Job             *job)
{
  g_set_object (&self->result, job->result);
  runnel_canvas_set_pipeline (self->canvas, self->result);
  add_rows (self, runnel_merge_get_conflicts (job->merge));
  update (self);
  gtk_stack_set_visible_child_name (self->stack, "merge");
  if (self->saving && count_open (self) == 0)
    write_result (self);
  else
    self->saving = FALSE;
}

static void
merged_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RunnelMergePage *self = RUNNEL_MERGE_PAGE (object);
  g_autoptr(GError) error = NULL;
  gboolean success = g_task_propagate_boolean (G_TASK (result), &error);

  self->merging = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (self->again)
    {
      self->again = FALSE;
      merge (self);
    }
  else if (success)
    {
      show_result (self, g_task_get_task_data (G_TASK (result)));
    }
  else
    {
      adw_status_page_set_description (self->error_page, error->message);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
}

/* Merges with what is chosen by now. */
static void
merge (RunnelMergePage *self)
{
  g_autoptr(GTask) task = NULL;
  Job *job;

  if (self->merging)
    {
      self->again = TRUE;
      return;
    }

  job = g_new0 (Job, 1);
  job->choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->rows->len; i++)
    if (runnel_conflict_row_is_chosen (self->rows->pdata[i]))
      g_hash_table_insert (job->choices,
                           g_strdup (runnel_conflict_row_get_path (self->rows->pdata[i])),
                           GINT_TO_POINTER (runnel_conflict_row_get_side (self->rows->pdata[i])));

  self->merging = TRUE;
  task = g_task_new (self, self->cancellable, merged_cb, NULL);
  g_task_set_source_tag (task, merge);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  runnel_task_run_in_thread (task, merge_in_thread);
}

/* --- The object --- */

static void
runnel_merge_page_grab_focus (RunnelPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (RUNNEL_MERGE_PAGE (page)->canvas));
}

static void
runnel_merge_page_dispose (GObject *object)
{
  RunnelMergePage *self = RUNNEL_MERGE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  /* What follows would take the child, which has a name here, without a word to its bin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUNNEL_TYPE_MERGE_PAGE);
  G_OBJECT_CLASS (runnel_merge_page_parent_class)->dispose (object);
}

static void
runnel_merge_page_finalize (GObject *object)
{
  RunnelMergePage *self = RUNNEL_MERGE_PAGE (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->versions); i++)
    g_clear_pointer (&self->versions[i], runnel_version_free);
  g_clear_object (&self->file);
  g_clear_object (&self->result);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (runnel_merge_page_parent_class)->finalize (object);
}

static void
runnel_merge_page_class_init (RunnelMergePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_merge_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = runnel_merge_page_finalize;
  RUNNEL_PAGE_CLASS (klass)->grab_focus = runnel_merge_page_grab_focus;

  merged_signal = g_signal_new ("merged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-merge-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelMergePage, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelMergePage, error_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelMergePage, canvas_bin);
  gtk_widget_class_bind_template_child (widget_class, RunnelMergePage, count_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelMergePage, list);
  gtk_widget_class_bind_template_child (widget_class, RunnelMergePage, save_button);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, runnel_merge_page_save);
}

static void
runnel_merge_page_init (RunnelMergePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  self->canvas = RUNNEL_CANVAS (runnel_canvas_new ());
  runnel_canvas_set_read_only (self->canvas, TRUE);
  adw_bin_set_child (self->canvas_bin, GTK_WIDGET (self->canvas));
}

/**
 * runnel_merge_page_new:
 * @base: (transfer full): what both sides began with
 * @ours: (transfer full): our side
 * @theirs: (transfer full): the other side
 * @result: where the merged pipeline is written to
 *
 * Returns: (transfer floating): a page on which a person decides about the conflicts
 */
RunnelPage *
runnel_merge_page_new (RunnelVersion *base,
                       RunnelVersion *ours,
                       RunnelVersion *theirs,
                       GFile         *result)
{
  RunnelMergePage *self = g_object_new (RUNNEL_TYPE_MERGE_PAGE, NULL);
  g_autofree char *name = g_file_get_basename (result);
  g_autofree char *shown = g_filename_display_name (name);

  self->versions[0] = base;
  self->versions[1] = ours;
  self->versions[2] = theirs;
  self->file = g_object_ref (result);
  runnel_page_set_title (RUNNEL_PAGE (self), _("Merge"));
  runnel_page_set_subtitle (RUNNEL_PAGE (self), shown);
  merge (self);
  return RUNNEL_PAGE (self);
}

/**
 * runnel_merge_page_save:
 *
 * Writes the result, once all conflicts are decided, in place of the file that was there.
 */
void
runnel_merge_page_save (RunnelMergePage *self)
{
  g_return_if_fail (RUNNEL_IS_MERGE_PAGE (self));

  if (count_open (self) > 0 || self->saving)
    return;

  self->saving = TRUE;
  update (self);
  if (!self->merging && self->result != NULL)
    write_result (self);
}
