/* runnel-json-path.h: where in a document a value is, "steps.build.with[\"a key\"]"
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void   runnel_json_path_append_key (GString    *path,
                                    const char *key);
char **runnel_json_path_split      (const char *path);

G_END_DECLS
