/* runnel-merge-links.c: links to steps that the other side took away
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "model/runnel-merge-private.h"

static JsonArray *
get_array (JsonNode   *node,
           const char *key)
{
  JsonNode *list = _runnel_merge_get_member (node, key);

  return list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;
}

static gboolean
has_step (JsonArray  *steps,
          const char *id)
{
  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      g_autofree char *key = _runnel_merge_get_key (json_array_get_element (steps, i));

      if (g_strcmp0 (key, id) == 0)
        return TRUE;
    }

  return FALSE;
}

static JsonNode *
find_step (JsonNode   *root,
           const char *id)
{
  JsonArray *steps = get_array (root, "steps");

  for (guint i = 0; steps != NULL && i < json_array_get_length (steps); i++)
    {
      g_autofree char *key = _runnel_merge_get_key (json_array_get_element (steps, i));

      if (g_strcmp0 (key, id) == 0)
        return json_array_get_element (steps, i);
    }

  return NULL;
}

static gboolean
is_conflict (RunnelMerge *self,
             const char  *path)
{
  for (guint i = 0; i < self->conflicts->len; i++)
    if (g_str_equal (((RunnelMergeConflict *) self->conflicts->pdata[i])->path, path))
      return TRUE;

  return FALSE;
}

/* One side took a step away and the other one began to need it, which neither sees in its own
 * version. The conflict is about the step that is gone; the side that has it can bring it back. */
static void
check_link (RunnelMerge *self,
            JsonArray   *steps,
            const char  *id)
{
  g_autofree char *path = g_strdup_printf ("steps.%s", id);
  JsonNode *base = find_step (self->base, id), *chosen;

  if (base == NULL || has_step (steps, id) || is_conflict (self, path))
    return;

  chosen = _runnel_merge_settle (self, path, base, find_step (self->ours, id), find_step (self->theirs, id));
  if (chosen != NULL)
    json_array_add_element (steps, chosen);
}

void
_runnel_merge_check_links (RunnelMerge *self,
             JsonNode    *root)
{
  JsonArray *steps = get_array (root, "steps");

  for (guint i = 0; steps != NULL && i < json_array_get_length (steps); i++)
    {
      JsonArray *needs = get_array (json_array_get_element (steps, i), "needs");

      for (guint n = 0; needs != NULL && n < json_array_get_length (needs); n++)
        {
          g_autofree char *key = _runnel_merge_get_key (json_array_get_element (needs, n));
          char *end = key != NULL ? strrchr (key, ' ') : NULL;

          if (end == NULL)
            continue;
          *end = '\0';
          check_link (self, steps, key);
        }
    }
}
