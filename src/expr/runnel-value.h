/* runnel-value.h: the values of expressions and how they are compared and converted
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_VALUE_NULL,
  RUNNEL_VALUE_BOOLEAN,
  RUNNEL_VALUE_NUMBER,
  RUNNEL_VALUE_STRING,
  RUNNEL_VALUE_ARRAY,
  RUNNEL_VALUE_OBJECT,
} RunnelValueType;

RunnelValueType  runnel_value_get_type     (JsonNode    *value);
gboolean         runnel_value_is_primitive (JsonNode    *value);
double           runnel_value_to_number    (JsonNode    *value);
char            *runnel_value_to_json_text (JsonNode    *value);
gboolean         runnel_value_equal        (JsonNode    *left,
                                            JsonNode    *right);
gboolean         runnel_value_greater      (JsonNode    *left,
                                            JsonNode    *right);

JsonNode        *runnel_value_new_boolean  (gboolean     boolean);
JsonNode        *runnel_value_new_number   (double       number);
JsonNode        *runnel_value_new_string   (const char  *string);
JsonNode        *runnel_value_new_array    (JsonArray   *array);

double           runnel_number_from_text   (const char  *text);
int              runnel_text_compare       (const char  *left,
                                            const char  *right);
char            *runnel_text_fold          (const char  *text);

G_END_DECLS
