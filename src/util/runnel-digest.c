/* runnel-digest.c: SHA-256 of a file's content
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <unistd.h>

#include "util/runnel-digest.h"

#define BUFFER_SIZE (256 * 1024)

/**
 * runnel_digest_fd:
 * @fd: a descriptor open for reading; read from where it stands to the end
 * @cancellable: (nullable): stops it
 * @error: return location for a #GIOErrorEnum
 *
 * It blocks as long as reading takes.
 *
 * Returns: (transfer full): the SHA-256 of what was read, or %NULL with @error set
 */
GChecksum *
runnel_digest_fd (int            fd,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *buffer = g_malloc (BUFFER_SIZE);
  gssize n_read;

  do
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      n_read = read (fd, buffer, BUFFER_SIZE);
      if (n_read > 0)
        g_checksum_update (checksum, buffer, n_read);
    }
  while (n_read > 0 || (n_read < 0 && errno == EINTR));

  if (n_read == 0)
    return g_steal_pointer (&checksum);
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));

  return NULL;
}
