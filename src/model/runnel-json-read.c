/* runnel-json-read.c: reads JSON that may be hostile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "model/runnel-json-read.h"

/**
 * runnel_json_read:
 * @text: what is said to be JSON; need not end with NUL
 * @length: its length in bytes
 * @max_depth: how deep it may be nested, usually %RUNNEL_JSON_MAX_DEPTH
 * @error: as of runnel_json_scan()
 *
 * Parses @text with json-glib, once runnel_json_scan() has found it safe.
 *
 * Returns: (transfer full) (nullable): the value, immutable
 */
JsonNode *
runnel_json_read (const char *text,
                  gsize       length,
                  guint       max_depth,
                  GError    **error)
{
  g_autoptr(JsonParser) parser = NULL;

  if (!runnel_json_scan (text, length, max_depth, NULL, error))
    return NULL;

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, length, error))
    return NULL;

  return json_parser_steal_root (parser);
}
