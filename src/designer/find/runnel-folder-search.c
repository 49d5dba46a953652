/* runnel-folder-search.c: a search through the pipelines of a folder, under way
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A thread goes from file to file and hands over what it found in each.
 */
#include "config.h"

#include "designer/find/runnel-folder-search.h"
#include "find/runnel-find-folder.h"

/* Nobody reads more; who gets as many looks for something else. */
#define MAX_PLACES 5000

struct _RunnelFolderSearch
{
  GObject parent_instance;

  GListStore *items;         /* of RunnelFoundItem: a file, its places, the next file... */
  GCancellable *cancellable; /* of the search under way, or NULL */
  guint n_places;
  guint n_files;             /* with places in them */
  guint n_failed;            /* that could not be searched */
  gboolean is_cut;
};

/* What the thread works with. */
typedef struct
{
  RunnelPattern *pattern;
  char *folder;
  GWeakRef search;           /* RunnelFolderSearch */
  GCancellable *cancellable;
  GMainContext *context;
  guint n_places;
} Job;

/* What was found in one file, on its way to the thread of the search. */
typedef struct
{
  RunnelFolderSearch *search;
  GCancellable *cancellable;
  GPtrArray *items;          /* NULL when the file could not be searched */
} Batch;

static guint changed_signal;

G_DEFINE_FINAL_TYPE (RunnelFolderSearch, runnel_folder_search, G_TYPE_OBJECT)

static void
job_free (Job *self)
{
  runnel_pattern_unref (self->pattern);
  g_free (self->folder);
  g_weak_ref_clear (&self->search);
  g_object_unref (self->cancellable);
  g_main_context_unref (self->context);
  g_free (self);
}

static void
batch_free (gpointer data)
{
  Batch *self = data;

  g_object_unref (self->search);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self);
}

static gboolean
take_batch_cb (gpointer user_data)
{
  Batch *batch = user_data;
  RunnelFolderSearch *self = batch->search;

  if (self->cancellable != batch->cancellable)
    return G_SOURCE_REMOVE; /* of an earlier search */

  if (batch->items)
    {
      g_list_store_splice (self->items, g_list_model_get_n_items (G_LIST_MODEL (self->items)), 0,
                           batch->items->pdata, batch->items->len);
      self->n_places += batch->items->len - 1;
      self->n_files++;
    }
  else
    {
      self->n_failed++;
    }
  g_signal_emit (self, changed_signal, 0);
  return G_SOURCE_REMOVE;
}

/* --- In the thread ----------------------------------------------------------------- */

static void
send (Job       *job,
      GPtrArray *items)
{
  RunnelFolderSearch *search = g_weak_ref_get (&job->search);
  Batch *batch;

  if (!search)
    return;
  batch = g_new (Batch, 1);
  *batch = (Batch) { search, g_object_ref (job->cancellable), items };
  g_main_context_invoke_full (job->context, G_PRIORITY_DEFAULT_IDLE, take_batch_cb, batch,
                              batch_free);
}

typedef struct
{
  Job *job;
  const char *path;
  GPtrArray *items; /* NULL until there is a place */
} FileSearch;

static gboolean
found_cb (const RunnelFound *found,
          gpointer           user_data)
{
  FileSearch *self = user_data;

  if (!self->items)
    {
      self->items = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (self->items, runnel_found_item_new_file (self->path, self->job->folder));
    }
  g_ptr_array_add (self->items, runnel_found_item_new_place (self->path, found));
  return ++self->job->n_places < MAX_PLACES && !g_cancellable_is_cancelled (self->job->cancellable);
}

static void
search_file (Job        *job,
             const char *path)
{
  FileSearch file = { job, path, NULL };

  if (!runnel_find_in_file (job->pattern, path, found_cb, &file, NULL))
    send (job, NULL);
  else if (file.items)
    send (job, file.items);
}

static void
search_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  Job *job = task_data;
  gboolean is_cut;
  g_autoptr(GPtrArray) paths = runnel_find_list_files (job->folder, cancellable, &is_cut);

  for (guint i = 0; i < paths->len && job->n_places < MAX_PLACES; i++)
    {
      if (g_cancellable_is_cancelled (cancellable))
        break;
      search_file (job, g_ptr_array_index (paths, i));
    }
  g_task_return_boolean (task, is_cut || job->n_places >= MAX_PLACES);
}

/* --- In the thread of the search ---------------------------------------------------- */

static gboolean
finish_cb (gpointer user_data)
{
  Batch *batch = user_data;
  RunnelFolderSearch *self = batch->search;

  if (self->cancellable != batch->cancellable)
    return G_SOURCE_REMOVE;
  g_clear_object (&self->cancellable);
  g_signal_emit (self, changed_signal, 0);
  return G_SOURCE_REMOVE;
}

/* What the thread sent may still be on its way, so the end takes the same way. */
static void
searched_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr(RunnelFolderSearch) self = g_weak_ref_get (&job->search);
  gboolean is_cut = g_task_propagate_boolean (G_TASK (result), NULL);
  Batch *batch;

  if (!self || self->cancellable != job->cancellable)
    return;
  self->is_cut = is_cut;
  batch = g_new (Batch, 1);
  *batch = (Batch) { g_object_ref (self), g_object_ref (job->cancellable), NULL };
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, finish_cb, batch, batch_free);
}

static void
runnel_folder_search_dispose (GObject *object)
{
  RunnelFolderSearch *self = RUNNEL_FOLDER_SEARCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->items);

  G_OBJECT_CLASS (runnel_folder_search_parent_class)->dispose (object);
}

static void
runnel_folder_search_class_init (RunnelFolderSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = runnel_folder_search_dispose;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
runnel_folder_search_init (RunnelFolderSearch *self)
{
  self->items = g_list_store_new (RUNNEL_TYPE_FOUND_ITEM);
}

RunnelFolderSearch *
runnel_folder_search_new (void)
{
  return g_object_new (RUNNEL_TYPE_FOLDER_SEARCH, NULL);
}

/**
 * runnel_folder_search_start:
 * @pattern: what is looked for
 * @folder: (type filename): where
 *
 * Forgets what was found and begins anew.
 */
void
runnel_folder_search_start (RunnelFolderSearch *self,
                            RunnelPattern      *pattern,
                            const char         *folder)
{
  g_autoptr(GTask) task = NULL;
  Job *job;

  g_return_if_fail (RUNNEL_IS_FOLDER_SEARCH (self));
  g_return_if_fail (pattern && folder);

  runnel_folder_search_stop (self);
  self->cancellable = g_cancellable_new ();
  job = g_new0 (Job, 1);
  job->pattern = runnel_pattern_ref (pattern);
  job->folder = g_strdup (folder);
  g_weak_ref_init (&job->search, self);
  job->cancellable = g_object_ref (self->cancellable);
  job->context = g_main_context_ref_thread_default ();
  task = g_task_new (NULL, self->cancellable, searched_cb, NULL);
  g_task_set_source_tag (task, runnel_folder_search_start);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, search_in_thread);
}

/**
 * runnel_folder_search_stop:
 *
 * Gives up the search under way, and forgets what was found.
 */
void
runnel_folder_search_stop (RunnelFolderSearch *self)
{
  g_return_if_fail (RUNNEL_IS_FOLDER_SEARCH (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_list_store_remove_all (self->items);
  self->n_places = self->n_files = self->n_failed = 0;
  self->is_cut = FALSE;
}

/**
 * runnel_folder_search_get_items:
 *
 * Returns: (transfer none): #RunnelFoundItem objects: a file, the places in it, the next file...
 */
GListModel *
runnel_folder_search_get_items (RunnelFolderSearch *self)
{
  g_return_val_if_fail (RUNNEL_IS_FOLDER_SEARCH (self), NULL);

  return G_LIST_MODEL (self->items);
}

gboolean
runnel_folder_search_is_busy (RunnelFolderSearch *self)
{
  g_return_val_if_fail (RUNNEL_IS_FOLDER_SEARCH (self), FALSE);

  return self->cancellable != NULL;
}

guint
runnel_folder_search_get_places (RunnelFolderSearch *self)
{
  g_return_val_if_fail (RUNNEL_IS_FOLDER_SEARCH (self), 0);

  return self->n_places;
}

/**
 * runnel_folder_search_get_files:
 *
 * Returns: in how many files something was found
 */
guint
runnel_folder_search_get_files (RunnelFolderSearch *self)
{
  g_return_val_if_fail (RUNNEL_IS_FOLDER_SEARCH (self), 0);

  return self->n_files;
}

/**
 * runnel_folder_search_get_failed:
 *
 * Returns: how many files could not be searched, because they can't be read or are no pipelines
 */
guint
runnel_folder_search_get_failed (RunnelFolderSearch *self)
{
  g_return_val_if_fail (RUNNEL_IS_FOLDER_SEARCH (self), 0);

  return self->n_failed;
}

/**
 * runnel_folder_search_is_cut:
 *
 * Returns: whether there may be more than was found, in too many files or places
 */
gboolean
runnel_folder_search_is_cut (RunnelFolderSearch *self)
{
  g_return_val_if_fail (RUNNEL_IS_FOLDER_SEARCH (self), FALSE);

  return self->is_cut;
}
