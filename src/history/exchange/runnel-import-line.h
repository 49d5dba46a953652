/* runnel-import-line.h: a line that anybody may have written
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "history/runnel-history.h"

G_BEGIN_DECLS

/* Returns: (nullable): the member; NULL also when it is not a text. */
static inline const char *
runnel_import_get_text (JsonObject *line,
                        const char *name)
{
  JsonNode *node = json_object_get_member (line, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node) : NULL;
}

/* Returns: the member; 0 also when it is not a whole number. */
static inline gint64
runnel_import_get_int (JsonObject *line,
                       const char *name)
{
  JsonNode *node = json_object_get_member (line, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;
}

/* Returns: FALSE, with @error set. */
static inline gboolean
runnel_import_refuse (GError     **error,
                      const char  *what)
{
  g_set_error_literal (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_EXCHANGE, what);
  return FALSE;
}

G_END_DECLS
