/* layers.h: a pipeline of many steps that do nothing, for benchmarks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#define LAYERS_WIDTH 100 /* steps beside each other */

/* Returns: (transfer full): a pipeline in layers; each step needs two of the layer before */
static inline char *
layers_make_text (guint n_steps)
{
  GString *text = g_string_new ("{\"format\": 1, \"name\": \"bench\", \"steps\": [\n");

  for (guint i = 0; i < n_steps; i++)
    {
      g_string_append_printf (
        text, "%s{\"id\": \"step%u\", \"kind\": \"command\", \"with\": {\"argv\": [\"/bin/true\"]}",
        i > 0 ? ",\n" : "", i);
      if (i >= LAYERS_WIDTH)
        g_string_append_printf (text, ", \"needs\": [\"step%u\", \"step%u\"]", i - LAYERS_WIDTH,
                                i - LAYERS_WIDTH - i % LAYERS_WIDTH + (i + 1) % LAYERS_WIDTH);
      g_string_append_c (text, '}');
    }
  g_string_append (text, "]}\n");

  return g_string_free (text, FALSE);
}
