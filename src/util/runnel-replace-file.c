/* runnel-replace-file.c: a file that is there as a whole, at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "util/runnel-replace-file.h"

/* Nobody else has this name: not another process, and not another thread of this one. */
static char *
make_temporary_name (const char *path)
{
  static gint counter;

  return g_strdup_printf ("%s.%d-%d.new", path, (int) getpid (), g_atomic_int_add (&counter, 1));
}

/**
 * runnel_replace_file:
 * @path: (type filename): the file
 * @content: (array length=length): what is to be in it
 * @mode: the permissions of the file, less those that the umask takes
 * @error: return location for a #GFileError
 *
 * Whoever reads the file meanwhile, also after this process was killed, gets what was in it or
 * what is in it now. The disk is not waited for, as g_file_set_contents() does: after a power cut
 * the file may be empty. So it is for what can be done without.
 *
 * Returns: whether the file is replaced
 */
gboolean
runnel_replace_file (const char    *path,
                     gconstpointer  content,
                     gsize          length,
                     int            mode,
                     GError       **error)
{
  g_autofree char *temporary = make_temporary_name (path);
  int code;

  if (!g_file_set_contents_full (temporary, content, length, G_FILE_SET_CONTENTS_NONE, mode, error))
    {
      g_unlink (temporary);
      return FALSE;
    }
  if (g_rename (temporary, path) == 0)
    return TRUE;
  code = errno;
  g_unlink (temporary);
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "Can't replace “%s”: %s", path,
               g_strerror (code));
  return FALSE;
}
