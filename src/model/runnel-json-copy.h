/* runnel-json-copy.h: JSON values that differ from another in one place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Once it is part of a document no JSON value is modified any more, so that documents, edits and
 * threads can share them; a change makes a new object that shares all other members. */
JsonObject *runnel_json_object_with_member (JsonObject *object,
                                            const char *key,
                                            JsonNode   *value,   /* NULL takes it out */
                                            const char *before); /* a new member stands before this one; NULL = at the end */
const char *runnel_json_object_get_next    (JsonObject *object,
                                            const char *key);

G_END_DECLS
