/* runnel-find-folder.c: where in the files of a folder something stands
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "find/runnel-find-folder.h"
#include "model/runnel-file.h"

/* Who opens a file in their home folder does not wait for a search of the whole disk. */
#define MAX_FILES 10000
#define MAX_ENTRIES 1000000
#define MAX_DEPTH 32

typedef struct
{
  GPtrArray *paths;
  GCancellable *cancellable;
  guint n_entries;
  gboolean is_cut;
} Walk;

static void walk (Walk       *self,
                  const char *folder,
                  guint       depth);

static gboolean
is_over (Walk *self)
{
  if (self->paths->len >= MAX_FILES || self->n_entries >= MAX_ENTRIES)
    self->is_cut = TRUE;
  return self->is_cut || g_cancellable_is_cancelled (self->cancellable);
}

/* What is hidden belongs to programs, and a symbolic link may lead anywhere, even back. */
static void
visit (Walk       *self,
       const char *folder,
       const char *name,
       guint       depth)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  self->n_entries++;
  if (*name == '.')
    return;
  if (g_str_has_suffix (name, RUNNEL_FILE_SUFFIX))
    g_ptr_array_add (self->paths, g_steal_pointer (&path));
  else if (depth < MAX_DEPTH && !g_file_test (path, G_FILE_TEST_IS_SYMLINK)
           && g_file_test (path, G_FILE_TEST_IS_DIR))
    walk (self, path, depth + 1);
}

static void
walk (Walk       *self,
      const char *folder,
      guint       depth)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (!dir)
    return;
  while (!is_over (self) && (name = g_dir_read_name (dir)))
    visit (self, folder, name, depth);
  g_dir_close (dir);
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * runnel_find_list_files:
 * @folder: (type filename): where to look
 * @cancellable: (nullable): ends the search early
 * @ret_is_cut: (out) (optional): whether there may be more than are listed
 *
 * Looks for pipelines in a folder and the folders in it, for at most 10,000 of them. Hidden folders
 * and symbolic links to folders are left out, and so is what can't be read. It blocks meanwhile.
 *
 * Returns: (transfer container) (element-type filename): their paths, sorted
 */
GPtrArray *
runnel_find_list_files (const char   *folder,
                        GCancellable *cancellable,
                        gboolean     *ret_is_cut)
{
  Walk self = { g_ptr_array_new_with_free_func (g_free), cancellable, 0, FALSE };

  g_return_val_if_fail (folder, NULL);

  walk (&self, folder, 0);
  g_ptr_array_sort (self.paths, compare_paths);
  if (ret_is_cut)
    *ret_is_cut = self.is_cut;
  return self.paths;
}

/**
 * runnel_find_in_file:
 * @pattern: what is looked for
 * @path: (type filename): a pipeline's file
 * @func: as of runnel_find_in_step()
 * @user_data: for @func
 * @error: why the file can't be read, or is no pipeline
 *
 * Blocks while it reads the file. May be called in any thread.
 *
 * Returns: whether the file could be searched
 */
gboolean
runnel_find_in_file (RunnelPattern    *pattern,
                     const char       *path,
                     RunnelFoundFunc   func,
                     gpointer          user_data,
                     GError          **error)
{
  g_autoptr(GFile) location = NULL;
  g_autoptr(RunnelFile) file = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(RunnelPipeline) pipeline = NULL;
  const char *text;
  gsize length;

  g_return_val_if_fail (pattern && path && func, FALSE);

  location = g_file_new_for_path (path);
  file = runnel_file_new (location, error);
  bytes = file ? runnel_file_read (file, error) : NULL;
  if (!bytes)
    return FALSE;

  text = g_bytes_get_data (bytes, &length);
  pipeline = runnel_pipeline_new_from_text (text ? text : "", (gssize) length, NULL, error);
  if (!pipeline)
    {
      g_prefix_error (error, "“%s”: ", path);
      return FALSE;
    }
  runnel_find_in_pipeline (pattern, pipeline, func, user_data);
  return TRUE;
}
