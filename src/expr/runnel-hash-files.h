/* runnel-hash-files.h: one hash over the files that patterns name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *runnel_hash_files (const char         *base_dir,
                         const char *const  *patterns,
                         GError            **error);

G_END_DECLS
