/* layered-file.h: the layered graphs of the canvas' benchmarks as pipelines with positions
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "fixture.h"

static inline void
layered_file_append_needs (GString     *text,
                           RunnelScene *scene,
                           guint        node)
{
  const char *between = ", \"needs\": [";

  for (guint link = runnel_scene_first_in (scene, node); link != RUNNEL_NO_INDEX;
       link = runnel_scene_next_in (scene, link))
    {
      guint from, to;
      RunnelOn on;

      runnel_scene_get_link (scene, link, &from, &to, &on);
      g_string_append_printf (text, "%s{\"step\": \"%s\", \"on\": \"%s\"}", between,
                              runnel_scene_get_node_id (scene, from), runnel_on_to_string (on));
      between = ", ";
    }

  if (runnel_scene_first_in (scene, node) != RUNNEL_NO_INDEX)
    g_string_append_c (text, ']');
}

/* Returns: (transfer full): fixture_layered() with commands for steps, as a file has it */
static inline char *
layered_file_make_text (guint n_steps)
{
  g_autoptr(RunnelScene) scene = fixture_layered (n_steps, 7);
  GString *text = g_string_new ("{\"format\": 1, \"name\": \"Layers\", \"steps\": [\n");
  GString *places = g_string_new (NULL);

  for (guint i = 0; i < n_steps; i++)
    {
      const char *id = runnel_scene_get_node_id (scene, i);
      RunnelBox box;

      g_string_append_printf (text,
                              "%s{\"id\": \"%s\", \"name\": \"Compile unit %u\", \"kind\": \"command\", "
                              "\"with\": {\"argv\": [\"cc\", \"-c\", \"-O2\", \"src/unit-%u.c\"]}",
                              i > 0 ? ",\n" : "", id, i, i);
      layered_file_append_needs (text, scene, i);
      g_string_append_c (text, '}');

      runnel_scene_get_node_box (scene, i, &box);
      g_string_append_printf (places, "%s\"%s\": [%g, %g]", i > 0 ? ",\n" : "", id, box.x0, box.y0);
    }
  g_string_append_printf (text, "], \"layout\": {\"steps\": {%s}}}\n", places->str);

  g_string_free (places, TRUE);
  return g_string_free (text, FALSE);
}
