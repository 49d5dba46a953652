/* runnel-view-memory.c: what is remembered of how a file was looked at
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Zoom and place, closed groups: what belongs to a person, not to the pipeline. Each pipeline has
 * a small file of its own in the state folder, named by the digest of its URI, so that windows and
 * processes don't disturb each other and damage stays with one. It holds an a{sv} in GVariant's
 * text form, and its time of modification tells when the pipeline was looked at last.
 */
#include "config.h"

#include <utime.h>

#include <glib/gstdio.h>

#include "designer/runnel-view-memory.h"
#include "engine/limits/runnel-state-dir.h"
#include "util/runnel-task.h"

#define URI_KEY "uri"          /* for people who look into the folder */
#define MAX_LENGTH (1 << 20)   /* bytes; a file that is larger is not ours */
#define SAVE_DELAY 1           /* seconds from a change to its being written */

struct _RunnelViewMemory
{
  GObject parent_instance;

  GFile *file;           /* NULL = nothing is written */
  GHashTable *values;    /* char * to GVariant *; NULL = forgotten since it was loaded */
  guint save_id;         /* timeout, 0 = none */
  guint is_changed : 1;  /* since it was last written */
  guint is_writing : 1;
};

G_DEFINE_FINAL_TYPE (RunnelViewMemory, runnel_view_memory, G_TYPE_OBJECT)

typedef struct
{
  char *path;
  char *text;
} Writing;

static void
writing_free (Writing *writing)
{
  g_free (writing->path);
  g_free (writing->text);
  g_free (writing);
}

static char *
make_path (GFile *file)
{
  g_autofree char *folder = runnel_state_dir_get ("views");
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);

  return g_build_filename (folder, digest, NULL);
}

/* --- In threads --- */

/* Damage is no error: the view is then what it is for a file never seen before. */
static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  const char *path = task_data;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  GVariant *values = NULL;
  GStatBuf status;

  if (g_stat (path, &status) == 0 && status.st_size <= MAX_LENGTH &&
      g_file_get_contents (path, &text, NULL, NULL))
    {
      values = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, &error);
      g_utime (path, NULL);
    }
  if (error)
    g_debug ("%s is damaged: %s", path, error->message);
  if (!values)
    values = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  g_task_return_pointer (task, values, (GDestroyNotify) g_variant_unref);
}

typedef struct
{
  char *path;
  gint64 time; /* nanoseconds */
} Remembered;

static void
remembered_clear (gpointer data)
{
  g_free (((Remembered *) data)->path);
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  const Remembered *left = a, *right = b;

  return (left->time < right->time) - (left->time > right->time);
}

static GArray *
list_remembered (const char *folder)
{
  GArray *files = g_array_new (FALSE, FALSE, sizeof (Remembered));
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_array_set_clear_func (files, remembered_clear);
  while (dir && (name = g_dir_read_name (dir)))
    {
      Remembered file = { .path = g_build_filename (folder, name, NULL) };
      GStatBuf status = { 0 };

      if (g_stat (file.path, &status) == 0)
        file.time = status.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + status.st_mtim.tv_nsec;
      g_array_append_val (files, file);
    }
  return files;
}

static void
forget_oldest (const char *folder)
{
  g_autoptr(GArray) files = list_remembered (folder);

  if (files->len <= RUNNEL_VIEW_MEMORY_MAX_FILES)
    return;
  g_array_sort (files, compare_newest_first);
  for (guint i = RUNNEL_VIEW_MEMORY_MAX_FILES; i < files->len; i++)
    g_unlink (g_array_index (files, Remembered, i).path);
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Writing *writing = task_data;
  g_autofree char *folder = g_path_get_dirname (writing->path);
  g_autoptr(GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  /* A place to look at is not worth waiting for the disk. */
  if (g_file_set_contents_full (writing->path, writing->text, -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                0600, &error))
    forget_oldest (folder);
  else
    g_debug ("The view is not remembered: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

/* --- In the application's thread --- */

static char *
print_values (RunnelViewMemory *self)
{
  g_autofree char *uri = g_file_get_uri (self->file);
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr(GVariant) all = NULL;
  GHashTableIter iter;
  const char *key;
  GVariant *value;

  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, (gpointer *) &key, (gpointer *) &value))
    if (value)
      g_variant_dict_insert_value (&dict, key, value);
  g_variant_dict_insert (&dict, URI_KEY, "s", uri);
  all = g_variant_ref_sink (g_variant_dict_end (&dict));
  return g_variant_print (all, TRUE);
}

/* The process stays until the writing is over, even when its last window is closed. */
static void
hold_application (gboolean hold)
{
  GApplication *application = g_application_get_default ();

  if (application && hold)
    g_application_hold (application);
  else if (application)
    g_application_release (application);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  RunnelViewMemory *self = RUNNEL_VIEW_MEMORY (object);

  self->is_writing = FALSE;
  if (self->save_id == 0)
    runnel_view_memory_flush (self);
  hold_application (FALSE);
}

static gboolean
save_cb (gpointer user_data)
{
  RunnelViewMemory *self = user_data;

  self->save_id = 0;
  runnel_view_memory_flush (self);
  return G_SOURCE_REMOVE;
}

static void
queue_save (RunnelViewMemory *self)
{
  self->is_changed = TRUE;
  if (self->save_id == 0 && self->file)
    self->save_id = g_timeout_add_seconds (SAVE_DELAY, save_cb, self);
}

static void
unref_value (gpointer value)
{
  if (value)
    g_variant_unref (value);
}

static void
runnel_view_memory_dispose (GObject *object)
{
  RunnelViewMemory *self = RUNNEL_VIEW_MEMORY (object);

  g_clear_handle_id (&self->save_id, g_source_remove);
  g_clear_object (&self->file);
  G_OBJECT_CLASS (runnel_view_memory_parent_class)->dispose (object);
}

static void
runnel_view_memory_finalize (GObject *object)
{
  g_clear_pointer (&RUNNEL_VIEW_MEMORY (object)->values, g_hash_table_unref);
  G_OBJECT_CLASS (runnel_view_memory_parent_class)->finalize (object);
}

static void
runnel_view_memory_class_init (RunnelViewMemoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_view_memory_dispose;
  object_class->finalize = runnel_view_memory_finalize;
}

static void
runnel_view_memory_init (RunnelViewMemory *self)
{
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_value);
}

/**
 * runnel_view_memory_new:
 * @file: (nullable): a pipeline's file; %NULL for one that was never saved
 *
 * Returns: (transfer full): the memory of @file, with nothing in it yet
 */
RunnelViewMemory *
runnel_view_memory_new (GFile *file)
{
  RunnelViewMemory *self;

  g_return_val_if_fail (file == NULL || G_IS_FILE (file), NULL);

  self = g_object_new (RUNNEL_TYPE_VIEW_MEMORY, NULL);
  g_set_object (&self->file, file);
  return self;
}

/**
 * runnel_view_memory_load_async:
 * @cancellable: (nullable): gives up
 * @callback: what to call when it is loaded
 *
 * Reads what was remembered in an earlier session, in a thread. What was set here meanwhile stays.
 */
void
runnel_view_memory_load_async (RunnelViewMemory    *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (RUNNEL_IS_VIEW_MEMORY (self));
  g_return_if_fail (self->file != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, runnel_view_memory_load_async);
  g_task_set_task_data (task, make_path (self->file), g_free);
  runnel_task_run_in_thread (task, load_thread);
}

/**
 * runnel_view_memory_load_finish:
 * @error: %G_IO_ERROR_CANCELLED and nothing else: a file that can't be read remembers nothing
 *
 * Returns: whether it was loaded
 */
gboolean
runnel_view_memory_load_finish (RunnelViewMemory  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  g_autoptr(GVariant) loaded = NULL;
  GVariantIter iter;
  GVariant *value;
  char *key;

  g_return_val_if_fail (RUNNEL_IS_VIEW_MEMORY (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  loaded = g_task_propagate_pointer (G_TASK (result), error);
  if (!loaded)
    return FALSE;

  g_variant_iter_init (&iter, loaded);
  while (g_variant_iter_loop (&iter, "{sv}", &key, &value))
    if (!g_hash_table_contains (self->values, key))
      g_hash_table_insert (self->values, g_strdup (key), g_variant_ref (value));
  return TRUE;
}

/**
 * runnel_view_memory_lookup:
 * @key: a name, such as "place"
 * @type: what the value must be
 *
 * Returns: (transfer full) (nullable): the value of @key; %NULL when there is none of this type
 */
GVariant *
runnel_view_memory_lookup (RunnelViewMemory   *self,
                           const char         *key,
                           const GVariantType *type)
{
  GVariant *value;

  g_return_val_if_fail (RUNNEL_IS_VIEW_MEMORY (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  value = g_hash_table_lookup (self->values, key);
  return value && g_variant_is_of_type (value, type) ? g_variant_ref (value) : NULL;
}

/**
 * runnel_view_memory_set:
 * @key: a name, such as "place"
 * @value: (nullable): its value, taken if floating; %NULL forgets it
 *
 * Remembers a value. It is written soon, and cheap to set again and again.
 */
void
runnel_view_memory_set (RunnelViewMemory *self,
                        const char       *key,
                        GVariant         *value)
{
  g_autoptr(GVariant) taken = value ? g_variant_ref_sink (value) : NULL;
  GVariant *before;

  g_return_if_fail (RUNNEL_IS_VIEW_MEMORY (self));
  g_return_if_fail (key != NULL);

  before = g_hash_table_lookup (self->values, key);
  if (before == taken || (before && taken && g_variant_equal (before, taken)))
    return;

  g_hash_table_insert (self->values, g_strdup (key), g_steal_pointer (&taken));
  queue_save (self);
}

/**
 * runnel_view_memory_set_file:
 * @file: where the pipeline is now, having been saved under another name
 *
 * Remembers for @file from now on, beginning with all there is.
 */
void
runnel_view_memory_set_file (RunnelViewMemory *self,
                             GFile            *file)
{
  g_return_if_fail (RUNNEL_IS_VIEW_MEMORY (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->file && g_file_equal (self->file, file))
    return;
  g_set_object (&self->file, file);
  queue_save (self);
}

/**
 * runnel_view_memory_flush:
 *
 * Begins to write what changed, without waiting for it: the file is not looked at any more.
 */
void
runnel_view_memory_flush (RunnelViewMemory *self)
{
  g_autoptr(GTask) task = NULL;
  Writing *writing;

  g_return_if_fail (RUNNEL_IS_VIEW_MEMORY (self));

  g_clear_handle_id (&self->save_id, g_source_remove);
  if (!self->file || !self->is_changed || self->is_writing)
    return;

  writing = g_new (Writing, 1);
  writing->path = make_path (self->file);
  writing->text = print_values (self);
  self->is_changed = FALSE;
  self->is_writing = TRUE;
  hold_application (TRUE);
  task = g_task_new (self, NULL, written_cb, NULL);
  g_task_set_source_tag (task, runnel_view_memory_flush);
  g_task_set_task_data (task, writing, (GDestroyNotify) writing_free);
  runnel_task_run_in_thread (task, write_thread);
}
