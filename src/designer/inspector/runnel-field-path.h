/* runnel-field-path.h: the value of a field somewhere below a member of an object
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A path is the names of members with points between them, as rows of a form have it as their key:
 * "undo.retry.max" is below the member "undo". */
char     *runnel_field_path_get_root (const char *path);
JsonNode *runnel_field_path_get      (const char *path,
                                      JsonNode   *root);
JsonNode *runnel_field_path_change   (const char *path,
                                      JsonNode   *root,
                                      JsonNode   *value);

G_END_DECLS
