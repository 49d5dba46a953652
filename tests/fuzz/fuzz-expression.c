/* fuzz-expression.c: any bytes as a text with expressions, and as a condition
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "expr/runnel-expr.h"
#include "fuzz.h"

static JsonNode *
look_up (gpointer user_data, const char *name)
{
  return g_str_equal (name, "params") ? user_data : NULL;
}

static void
evaluate (RunnelTemplate *template)
{
  static JsonNode *params;
  RunnelExprScope scope = { .lookup = look_up };
  g_autoptr(JsonNode) value = NULL;

  if (template == NULL)
    return;
  if (params == NULL)
    params = json_from_string ("{\"a\": 1, \"b\": \"x\", \"c\": [true, null, {\"d\": 2.5}], \"e\": {\"f\": \"g\"}}", NULL);
  scope.user_data = params;
  value = runnel_template_evaluate (template, &scope, NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(RunnelTemplate) template = NULL;
  g_autoptr(RunnelTemplate) condition = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    return 0;

  template = runnel_template_new (text, NULL);
  evaluate (template);
  condition = runnel_template_new_condition (text, NULL);
  evaluate (condition);

  return 0;
}
