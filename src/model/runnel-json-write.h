/* runnel-json-write.h: the one way in which Runnel writes JSON that people read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "model/runnel-shape.h"

G_BEGIN_DECLS

#define RUNNEL_JSON_WIDTH 100

void runnel_json_write_slice       (GString           *text,
                                    RunnelJsonSlice    value,
                                    const RunnelShape *shape,
                                    guint              indent);
void runnel_json_write_slice_block (GString           *text,
                                    RunnelJsonSlice    object,
                                    const RunnelShape *shape,
                                    guint              indent);
void runnel_json_write             (GString           *text,
                                    JsonNode          *value,
                                    const RunnelShape *shape,
                                    guint              indent);
void runnel_json_write_block       (GString           *text,
                                    JsonObject        *object,
                                    const RunnelShape *shape,
                                    guint              indent);
void runnel_json_write_compact     (GString           *text,
                                    JsonNode          *value);
void runnel_json_write_string      (GString           *text,
                                    const char        *string);
void runnel_json_write_number      (GString           *text,
                                    double             number);

G_END_DECLS
