/* runnel-json-read.h: reads JSON text that may be hostile, and finds places in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "model/runnel-json-path.h"

G_BEGIN_DECLS

#define RUNNEL_JSON_MAX_DEPTH  100
#define RUNNEL_JSON_MAX_LENGTH (64 * 1024 * 1024)

/* A place in a text. */
typedef struct
{
  guint line;   /* from 1; 0 = not found */
  guint column; /* from 1, in characters */
} RunnelJsonPosition;

gboolean  runnel_json_check  (const char          *text,
                              gsize                length,
                              guint                max_depth,
                              RunnelJsonPosition  *ret_position,
                              GError             **error);
JsonNode *runnel_json_read   (const char          *text,
                              gsize                length,
                              guint                max_depth,
                              RunnelJsonPosition  *ret_position,
                              GError             **error);
void      runnel_json_locate (const char          *text,
                              gsize                length,
                              const char *const   *paths,
                              guint                n_paths,
                              RunnelJsonPosition  *ret_positions);

G_END_DECLS
