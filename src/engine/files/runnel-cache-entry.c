/* runnel-cache-entry.c: a result of a step that may be used again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/files/runnel-cache-entry.h"

/**
 * runnel_cache_entry_new:
 * @run: the run that made it
 * @file: the pipeline's file, absolute
 * @step: the step's id
 *
 * Returns: (transfer full): a result without files and outputs
 */
RunnelCacheEntry *
runnel_cache_entry_new (gint64 run, const char *file, const char *step)
{
  RunnelCacheEntry *self = g_new0 (RunnelCacheEntry, 1);

  self->run = run;
  self->file = g_strdup (file);
  self->step = g_strdup (step);
  self->outputs = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_artifact_free);
  self->artifacts = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_artifact_free);
  return self;
}

void
runnel_cache_entry_free (RunnelCacheEntry *self)
{
  g_clear_pointer (&self->values, json_object_unref);
  g_ptr_array_unref (self->outputs);
  g_ptr_array_unref (self->artifacts);
  g_free (self->file);
  g_free (self->step);
  g_free (self);
}

/**
 * runnel_cache_entry_set_artifacts:
 * @self: a result
 * @artifacts: (element-type RunnelArtifact): its artifacts; must not change any more
 */
void
runnel_cache_entry_set_artifacts (RunnelCacheEntry *self, GPtrArray *artifacts)
{
  g_ptr_array_ref (artifacts);
  g_ptr_array_unref (self->artifacts);
  self->artifacts = artifacts;
}

static guint64
add_sizes (GPtrArray *files)
{
  guint64 size = 0;

  for (guint i = 0; i < files->len; i++)
    size += ((const RunnelArtifact *) g_ptr_array_index (files, i))->size;
  return size;
}

/**
 * runnel_cache_entry_get_size:
 *
 * Returns: bytes of all its files
 */
guint64
runnel_cache_entry_get_size (const RunnelCacheEntry *self)
{
  return add_sizes (self->outputs) + add_sizes (self->artifacts);
}

/**
 * runnel_cache_entry_to_text:
 * @self: a result
 *
 * Returns: (transfer full): it as JSON
 */
char *
runnel_cache_entry_to_text (const RunnelCacheEntry *self)
{
  JsonObject *object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (object, "run", self->run);
  json_object_set_string_member (object, "file", self->file);
  json_object_set_string_member (object, "step", self->step);
  if (self->values != NULL)
    json_object_set_object_member (object, "values", json_object_ref (self->values));
  json_object_set_array_member (object, "outputs", runnel_artifacts_to_json (self->outputs, TRUE));
  json_object_set_array_member (object, "artifacts",
                                runnel_artifacts_to_json (self->artifacts, TRUE));
  json_node_take_object (node, object);
  return json_to_string (node, FALSE);
}

static gboolean
read_files (JsonObject *object, const char *name, GPtrArray **files, GError **error)
{
  JsonNode *member = json_object_get_member (object, name);
  GPtrArray *read = NULL;

  if (member == NULL || !JSON_NODE_HOLDS_ARRAY (member))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The list of %s is missing", name);
  else
    read = runnel_artifacts_from_json (json_node_get_array (member), error);
  if (read == NULL)
    return FALSE;
  g_ptr_array_unref (*files);
  *files = read;
  return TRUE;
}

static JsonObject *
read_values (JsonObject *object)
{
  JsonNode *member = json_object_get_member (object, "values");

  return member != NULL && JSON_NODE_HOLDS_OBJECT (member) ? json_node_dup_object (member) : NULL;
}

/**
 * runnel_cache_entry_from_text:
 * @text: as runnel_cache_entry_to_text() made it
 * @error: return location for a #JsonParserError or a %G_IO_ERROR_INVALID_DATA
 *
 * Returns: (transfer full): the result, or %NULL with @error set
 */
RunnelCacheEntry *
runnel_cache_entry_from_text (const char *text, GError **error)
{
  g_autoptr(JsonNode) node = json_from_string (text, error);
  g_autoptr(RunnelCacheEntry) self = NULL;
  JsonObject *object;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "It is no JSON object");
      return NULL;
    }
  object = json_node_get_object (node);
  self = runnel_cache_entry_new (json_object_get_int_member_with_default (object, "run", 0),
                                 json_object_get_string_member_with_default (object, "file", ""),
                                 json_object_get_string_member_with_default (object, "step", ""));
  self->values = read_values (object);
  if (!read_files (object, "outputs", &self->outputs, error)
      || !read_files (object, "artifacts", &self->artifacts, error))
    return NULL;
  return g_steal_pointer (&self);
}
