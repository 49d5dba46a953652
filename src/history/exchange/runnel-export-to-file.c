/* runnel-export-to-file.c: an exported history takes the place of a file when it is whole
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "history/exchange/runnel-export.h"
#include "util/runnel-zstd.h"

#define PART_SUFFIX ".part"

static gboolean
fail (const char *path,
      GError    **error)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "Can't write the file “%s”: %s",
               path, g_strerror (code));
  return FALSE;
}

/**
 * runnel_history_export_to_file:
 * @self: a history that is not in a transaction
 * @filter: (nullable): as for runnel_history_export()
 * @path: (type filename): the file; one that ends in `.zst` is compressed
 * @options: what is exported
 * @ret_result: (out caller-allocates): what was exported
 * @cancellable: (nullable): stops it
 * @error: return location; %RUNNEL_HISTORY_ERROR, or a #GIOErrorEnum
 *
 * Like runnel_history_export(). A file of that name is replaced only by a whole one, which has
 * reached the disk.
 *
 * Returns: whether the file is there
 */
gboolean
runnel_history_export_to_file (RunnelHistory              *self,
                               const RunnelRunFilter      *filter,
                               const char                 *path,
                               const RunnelExportOptions  *options,
                               RunnelExportResult         *ret_result,
                               GCancellable               *cancellable,
                               GError                    **error)
{
  RunnelExportOptions own_options = *options;
  g_autofree char *part = g_strconcat (path, PART_SUFFIX, NULL);
  int fd = open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  gboolean ok;

  if (fd < 0)
    return fail (part, error);
  own_options.compress |= g_str_has_suffix (path, RUNNEL_ZSTD_SUFFIX);
  ok = runnel_history_export (self, filter, fd, &own_options, ret_result, cancellable, error);
  if (ok && (fsync (fd) != 0 || rename (part, path) != 0))
    ok = fail (path, error);
  close (fd);
  if (!ok)
    unlink (part);
  return ok;
}
