/* runnel-remove-tree.c: removes a folder with everything in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>

#include "util/runnel-remove-tree.h"

static int
remove_entry_cb (const char        *path,
                 const struct stat *info,
                 int                type,
                 struct FTW        *place)
{
  return remove (path) == 0 || errno == ENOENT ? 0 : -1; /* somebody else may remove it, too */
}

/**
 * runnel_remove_tree:
 * @path: (type filename): a folder or a file; it need not be there
 * @error: return location for a #GIOErrorEnum
 *
 * Symbolic links are removed, not followed. It blocks as long as that takes.
 *
 * Returns: whether nothing is there any more
 */
gboolean
runnel_remove_tree (const char  *path,
                    GError     **error)
{
  int error_number;

  if (nftw (path, remove_entry_cb, 16, FTW_DEPTH | FTW_PHYS) == 0 || errno == ENOENT)
    return TRUE;

  error_number = errno;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number), "Can't remove “%s”: %s",
               path, g_strerror (error_number));

  return FALSE;
}
