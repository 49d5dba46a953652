/* runnel-secret-file.h: a file of secrets that only its owner can read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Errors are of RUNNEL_SECRETS_ERROR. Values by name. */
GHashTable *runnel_secret_file_parse (const char  *text,
                                      gsize        length,
                                      GError     **error);
GHashTable *runnel_secret_file_read  (const char  *path,
                                      GError     **error);

G_END_DECLS
