/* expr-scope.h: the contexts that the tests of this room evaluate in
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <string.h>

#include "expr/runnel-expr.h"

#define CONTEXTS                                                                              \
  "{"                                                                                         \
  "\"params\": {\"name\": \"World\", \"count\": 3, \"ratio\": 0.5, \"yes\": true,"            \
  "             \"no\": false, \"nothing\": null, \"empty\": \"\", \"Mixed\": 1,"             \
  "             \"list\": [\"a\", \"b\", \"C\"], \"mixed-case\": \"x\"},"                     \
  "\"env\": {\"PATH\": \"/bin\", \"Path\": \"other\"},"                                       \
  "\"secrets\": {\"TOKEN\": \"s3cret\"},"                                                     \
  "\"run\": {\"id\": 17, \"big\": 9007199254740993},"                                         \
  "\"trigger\": {\"kind\": \"manual\"},"                                                      \
  "\"steps\": {"                                                                              \
  "  \"build\": {\"outputs\": {\"version\": \"1.2\", \"n\": 1}, \"state\": \"succeeded\","    \
  "              \"tags\": [\"x\", \"y\"]},"                                                  \
  "  \"test\": {\"outputs\": {\"version\": \"2.0\"}, \"state\": \"failed\","                  \
  "             \"tags\": [\"z\"]}"                                                           \
  "},"                                                                                        \
  "\"matrix\": {\"os\": \"linux\", \"grid\": [[1, 2], [3, 4]],"                               \
  "             \"people\": [{\"n\": \"ann\", \"k\": {\"a\": 1}}, {\"n\": \"bob\"}, 5]}"      \
  "}"

static inline JsonNode *
test_lookup (gpointer    user_data,
             const char *name)
{
  return json_object_get_member (user_data, name);
}

/* success() and cancelled() are false, failure() is true. */
static inline gboolean
test_status (gpointer    user_data,
             const char *function)
{
  return g_str_equal (function, "failure");
}

static inline JsonObject *
test_contexts_new (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) root = json_from_string (CONTEXTS, &error);

  g_assert_no_error (error);

  return json_node_dup_object (root);
}
