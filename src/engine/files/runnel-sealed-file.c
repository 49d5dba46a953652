/* runnel-sealed-file.c: a small text file that knows whether it is whole
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first line is the SHA-256 of the rest, so that a file which a crash of the machine or a bad
 * disk damaged is not taken for the truth.
 */
#include "config.h"

#include <string.h>

#include "engine/files/runnel-sealed-file.h"

#define SEAL_LENGTH 64

/**
 * runnel_sealed_file_write:
 * @path: (type filename): its place; replaced in one step
 * @text: what it is to say
 * @error: return location for a #GFileError
 *
 * Returns: whether it was written
 */
gboolean
runnel_sealed_file_write (const char *path, const char *text, GError **error)
{
  g_autofree char *seal = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autofree char *content = g_strconcat (seal, "\n", text, NULL);

  return g_file_set_contents_full (path, content, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/**
 * runnel_sealed_file_read:
 * @path: (type filename): the file
 * @error: return location for a #GFileError, or %G_IO_ERROR_INVALID_DATA if it is damaged
 *
 * Returns: (transfer full): what was written, or %NULL with @error set
 */
char *
runnel_sealed_file_read (const char *path, GError **error)
{
  g_autofree char *content = NULL;
  g_autofree char *seal = NULL;
  gsize length;

  if (!g_file_get_contents (path, &content, &length, error))
    return NULL;
  if (length > SEAL_LENGTH && content[SEAL_LENGTH] == '\n')
    seal = g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                        (const guchar *) content + SEAL_LENGTH + 1,
                                        length - SEAL_LENGTH - 1);
  if (seal != NULL && memcmp (seal, content, SEAL_LENGTH) == 0)
    return g_strdup (content + SEAL_LENGTH + 1);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "“%s” is damaged", path);
  return NULL;
}
