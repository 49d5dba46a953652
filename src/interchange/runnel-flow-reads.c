/* runnel-flow-reads.c: which outputs of other steps a step reads
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-flow-private.h"

#include <string.h>

#include "expr/runnel-expr.h"

#define OPEN "${{"

static void
collect_read_cb (const char *path, gpointer user_data)
{
  GPtrArray *reads = user_data;

  if (g_ascii_strncasecmp (path, "steps.", 6) == 0)
    g_ptr_array_add (reads, g_strdup (path + 6));
}

static void
collect_reads_of_text (const char *text, gboolean is_condition, GPtrArray *reads)
{
  g_autoptr(RunnelTemplate) parsed = NULL;

  if (is_condition)
    parsed = runnel_template_new_condition (text, NULL);
  else if (strstr (text, OPEN) != NULL)
    parsed = runnel_template_new (text, NULL);
  if (parsed != NULL)
    runnel_template_visit (parsed, collect_read_cb, reads);
}

static void
collect_reads (JsonNode *node, gboolean is_condition, GPtrArray *reads)
{
  if (_runnel_flow_get_string (node) != NULL)
    {
      collect_reads_of_text (_runnel_flow_get_string (node), is_condition, reads);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        collect_reads (json_array_get_element (array, i), FALSE, reads);
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *key;
      JsonNode *value;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &key, &value))
        collect_reads (value, g_str_equal (key, "if"), reads);
    }
}

static gboolean
has_read (const RunnelFlowStep *step, const char *id, const char *name)
{
  for (guint i = 0; i < step->reads->len; i++)
    {
      const RunnelFlowRead *read = &g_array_index (step->reads, RunnelFlowRead, i);

      if (g_str_equal (read->step, id) && g_str_equal (read->name, name))
        return TRUE;
    }

  return FALSE;
}

void
_runnel_flow_read_reads (RunnelFlowReader *self, RunnelFlowStep *step, JsonNode *source)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  collect_reads (source, FALSE, paths);
  for (guint i = 0; i < paths->len; i++)
    {
      g_auto(GStrv) parts = g_strsplit (g_ptr_array_index (paths, i), ".", 3);
      RunnelFlowRead read;

      if (g_strv_length (parts) < 3 || g_ascii_strcasecmp (parts[1], "outputs") != 0
          || has_read (step, parts[0], parts[2]))
        continue;
      read =
        (RunnelFlowRead){ _runnel_flow_keep (self, parts[0]), _runnel_flow_keep (self, parts[2]) };
      g_array_append_val (step->reads, read);
    }
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In an undo, `self` is the step that it undoes. */
static void
add_outputs_read_by (RunnelFlow *flow, const RunnelFlowStep *reader, const RunnelFlowStep *self)
{
  for (guint i = 0; i < reader->reads->len; i++)
    {
      const RunnelFlowRead *read = &g_array_index (reader->reads, RunnelFlowRead, i);
      gboolean is_self = self != NULL && g_str_equal (read->step, "self");
      RunnelFlowStep *step = runnel_flow_find_step (flow, is_self ? self->id : read->step);

      if (step != NULL
          && !g_ptr_array_find_with_equal_func (step->outputs, read->name, g_str_equal, NULL))
        g_ptr_array_add (step->outputs, (gpointer) read->name);
    }
}

void
_runnel_flow_add_outputs_read (RunnelFlow *flow)
{
  GPtrArray *readers[] = { flow->steps, flow->on_start, flow->on_success, flow->on_failure,
                           flow->on_finish };

  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    for (guint j = 0; j < readers[i]->len; j++)
      {
        const RunnelFlowStep *reader = g_ptr_array_index (readers[i], j);

        add_outputs_read_by (flow, reader, NULL);
        if (reader->undo != NULL)
          add_outputs_read_by (flow, reader->undo, reader);
      }
  for (guint i = 0; i < flow->steps->len; i++)
    g_ptr_array_sort (runnel_flow_get_step (flow, i)->outputs, compare_strings);
}
