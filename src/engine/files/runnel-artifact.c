/* runnel-artifact.c: a file that a step leaves to the run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/files/runnel-artifact.h"

/**
 * runnel_artifact_new:
 * @path: relative to the step's artifacts
 * @size: bytes
 * @sha256: of its content, hexadecimal
 * @mode: its permissions, 0 when not known
 *
 * Returns: (transfer full): an artifact
 */
RunnelArtifact *
runnel_artifact_new (const char *path, gint64 size, const char *sha256, guint mode)
{
  RunnelArtifact *self = g_new0 (RunnelArtifact, 1);

  self->path = g_strdup (path);
  self->size = size;
  self->sha256 = g_strdup (sha256);
  self->mode = mode;
  return self;
}

void
runnel_artifact_free (RunnelArtifact *self)
{
  g_free (self->path);
  g_free (self->sha256);
  g_free (self);
}

/**
 * runnel_artifact_path_is_safe:
 * @path: a path from a file that anybody may have written
 *
 * Returns: whether it is one of a file below the folder to which it is relative
 */
gboolean
runnel_artifact_path_is_safe (const char *path)
{
  g_auto(GStrv) segments = NULL;

  if (*path == '\0' || *path == '/' || !g_utf8_validate (path, -1, NULL))
    return FALSE;
  segments = g_strsplit (path, "/", -1);
  for (guint i = 0; segments[i] != NULL; i++)
    {
      if (*segments[i] == '\0' || strcmp (segments[i], ".") == 0 || strcmp (segments[i], "..") == 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * runnel_artifact_to_json:
 * @self: an artifact
 * @with_mode: whether its permissions are told, too
 *
 * Returns: (transfer full): an object with `path`, `size`, `sha256`, and perhaps `mode`
 */
JsonObject *
runnel_artifact_to_json (const RunnelArtifact *self, gboolean with_mode)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "path", self->path);
  json_object_set_int_member (object, "size", self->size);
  json_object_set_string_member (object, "sha256", self->sha256);
  if (with_mode)
    json_object_set_int_member (object, "mode", self->mode);
  return object;
}

/**
 * runnel_artifacts_to_json:
 * @artifacts: (element-type RunnelArtifact): artifacts
 * @with_modes: whether their permissions are told, too
 *
 * Returns: (transfer full): an array of what runnel_artifact_to_json() makes of each
 */
JsonArray *
runnel_artifacts_to_json (GPtrArray *artifacts, gboolean with_modes)
{
  JsonArray *array = json_array_sized_new (artifacts->len);

  for (guint i = 0; i < artifacts->len; i++)
    json_array_add_object_element (
      array, runnel_artifact_to_json (g_ptr_array_index (artifacts, i), with_modes));
  return array;
}

static RunnelArtifact *
read_artifact (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *path;
  const char *sha256;

  if (object == NULL)
    return NULL;
  path = json_object_get_string_member_with_default (object, "path", "");
  sha256 = json_object_get_string_member_with_default (object, "sha256", "");
  if (!runnel_artifact_path_is_safe (path) || strspn (sha256, "0123456789abcdef") != 64
      || sha256[64] != '\0')
    return NULL;
  return runnel_artifact_new (path, json_object_get_int_member_with_default (object, "size", 0),
                              sha256,
                              json_object_get_int_member_with_default (object, "mode", 0) & 0777);
}

/**
 * runnel_artifacts_from_json:
 * @array: as runnel_artifacts_to_json() made it, or as somebody else did
 * @error: return location for a %G_IO_ERROR_INVALID_DATA
 *
 * Returns: (transfer full) (element-type RunnelArtifact): the artifacts; none of their paths leads
 *   out of a folder
 */
GPtrArray *
runnel_artifacts_from_json (JsonArray *array, GError **error)
{
  guint length = json_array_get_length (array);
  g_autoptr(GPtrArray) artifacts =
    g_ptr_array_new_full (length, (GDestroyNotify) runnel_artifact_free);

  for (guint i = 0; i < length; i++)
    {
      RunnelArtifact *artifact = read_artifact (json_array_get_element (array, i));

      if (artifact == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "Entry %u of the list of files is none", i + 1);
          return NULL;
        }
      g_ptr_array_add (artifacts, artifact);
    }
  return g_steal_pointer (&artifacts);
}
