/* runnel-import-file.c: files of other systems, found and read as pipelines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>

#include "interchange/runnel-import-file.h"

static const RunnelTarget *
find_target (const char  *path,
             const char  *text,
             gsize        length,
             GError     **error)
{
  const RunnelTarget *target = runnel_target_detect (path, text, length);

  if (target != NULL)
    return target;

  g_set_error (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_UNKNOWN,
               _("It looks like the file of no system that can be read; name the system with --from, "
                 "runnel systems lists them"));
  return NULL;
}

/**
 * runnel_import_read_text:
 * @target: (nullable): the system whose file it is; %NULL = to be found out
 * @path: where it comes from; files that it names are looked for beside it. A path without a folder
 *   to it, such as "-", stands for text that is in no file
 * @text: (array length=length): what is in it
 * @error: #RUNNEL_IMPORT_ERROR
 *
 * Blocks on the disk when other files are named. May be called in any thread.
 *
 * Returns: (transfer full) (nullable): the pipelines in it, and what is to be said of them
 */
RunnelImport *
runnel_import_read_text (const RunnelTarget  *target,
                         const char          *path,
                         const char          *text,
                         gsize                length,
                         GError             **error)
{
  g_autoptr(RunnelImport) import = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (path != NULL && text != NULL, NULL);

  if (!g_utf8_validate (text, length, NULL))
    {
      g_set_error_literal (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_SYNTAX,
                           _("It is no text in UTF-8"));
      return NULL;
    }
  if (target == NULL && (target = find_target (path, text, length, error)) == NULL)
    return NULL;

  folder = strchr (path, '/') != NULL ? g_path_get_dirname (path) : NULL;
  import = runnel_import_new (folder);
  if (!target->import (import, path, text, length, error))
    return NULL;

  return g_steal_pointer (&import);
}

/* A device or a pipe would never end, or give what is gone then. */
static gboolean
check_file (const char  *path,
            GError     **error)
{
  struct stat status;

  if (stat (path, &status) != 0)
    return TRUE; /* reading tells */
  if (S_ISREG (status.st_mode) && status.st_size <= RUNNEL_IMPORT_MAX_SIZE)
    return TRUE;

  g_set_error (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_TOO_LARGE,
               S_ISREG (status.st_mode) ? _("It is larger than %d MB")
                                        : _("It is no regular file of up to %d MB"),
               RUNNEL_IMPORT_MAX_SIZE / (1024 * 1024));
  return FALSE;
}

/**
 * runnel_import_read_file:
 * @target: (nullable): the system whose file it is; %NULL = to be found out
 * @path: the file
 * @error: #RUNNEL_IMPORT_ERROR, #GFileError
 *
 * Blocks on the disk. May be called in any thread.
 *
 * Returns: (transfer full) (nullable): as of runnel_import_read_text()
 */
RunnelImport *
runnel_import_read_file (const RunnelTarget  *target,
                         const char          *path,
                         GError             **error)
{
  g_autofree char *absolute = NULL;
  g_autofree char *text = NULL;
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);

  absolute = g_canonicalize_filename (path, NULL);
  if (!check_file (absolute, error) || !g_file_get_contents (absolute, &text, &length, error))
    return NULL;

  return runnel_import_read_text (target, absolute, text, length, error);
}

static gboolean
is_of (const RunnelTarget *target,
       const char         *path)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!check_file (path, NULL) || !g_file_get_contents (path, &text, &length, NULL)
      || !g_utf8_validate (text, length, NULL))
    return FALSE;
  if (target == NULL)
    return runnel_target_detect (path, text, length) != NULL;

  return target->detect == NULL || target->detect (path, text, length) > 0;
}

static int
compare_paths (gconstpointer one,
               gconstpointer two)
{
  return strcmp (*(const char *const *) one, *(const char *const *) two);
}

/**
 * runnel_import_list_folder:
 * @target: (nullable): the system whose files are looked for; %NULL = any
 * @path: a folder
 * @error: #GFileError
 *
 * Looks at the files of the folder, not at folders inside of it, such as .github/workflows. Blocks
 * on the disk.
 *
 * Returns: (transfer full) (element-type filename) (nullable): the files that look like those of the
 *   system, by name
 */
GPtrArray *
runnel_import_list_folder (const RunnelTarget  *target,
                           const char          *path,
                           GError             **error)
{
  g_autoptr(GDir) folder = NULL;
  GPtrArray *files;
  const char *name;

  g_return_val_if_fail (path != NULL, NULL);

  folder = g_dir_open (path, 0, error);
  if (folder == NULL)
    return NULL;

  files = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (is_of (target, file))
        g_ptr_array_add (files, g_steal_pointer (&file));
    }
  g_ptr_array_sort (files, compare_paths);

  return files;
}
