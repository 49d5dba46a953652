/* runnel-digest.h: SHA-256 of a file's content
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RUNNEL_DIGEST_SIZE 32 /* in bytes */

GChecksum *runnel_digest_fd (int            fd,
                             GCancellable  *cancellable,
                             GError       **error);

G_END_DECLS
