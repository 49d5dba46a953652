/* runnel-json-read.h: reads JSON that may be hostile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "model/runnel-json-scan.h"

G_BEGIN_DECLS

JsonNode *runnel_json_read (const char *text,
                            gsize       length,
                            guint       max_depth,
                            GError    **error);

G_END_DECLS
