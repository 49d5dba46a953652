/* runnel-field-value.h: JSON values as fields of a form show them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "model/runnel-kind.h"

G_BEGIN_DECLS

JsonNode   *runnel_field_value_new_string   (const char       *text);
gboolean    runnel_field_value_equal        (JsonNode         *left,
                                       JsonNode         *right);
char       *runnel_field_value_to_json      (JsonNode         *value);
JsonNode   *runnel_field_value_from_json    (const char       *text,
                                       GError          **error);
char       *runnel_field_value_to_entry     (JsonNode         *value,
                                       RunnelFieldType   type);
gboolean    runnel_field_value_from_entry   (const char       *text,
                                       RunnelFieldType   type,
                                       JsonNode        **ret_value,
                                       GError          **error);
gboolean    runnel_field_value_is_template  (const char       *text);

/* A member of an object, where a lone scalar is short for an object with the one member `main_key`,
 * as in "retry": 3 for "retry": {"max": 3}. main_key may be NULL. */
JsonNode   *runnel_field_value_get_member   (JsonNode         *value,
                                       const char       *main_key,
                                       const char       *key);
JsonNode   *runnel_field_value_with_member  (JsonNode         *value,
                                       const char       *main_key,
                                       const char       *key,
                                       JsonNode         *member);

G_END_DECLS
