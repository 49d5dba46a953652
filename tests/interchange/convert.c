/* convert.c: many files to or from another system in one process, for tests in other languages
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: convert import SYSTEM FOLDER FILE...   writes FOLDER/NAME.runnel.json for each file
 *        convert export SYSTEM FOLDER FILE...   writes FOLDER/NAME/... for each pipeline, losses
 * allowed
 *
 * Prints a line of JSON for each file: {"file", "ok", "message", "pipelines" or "files", "notes"}.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "interchange/runnel-target.h"
#include "model/runnel-json-write.h"
#include "random-pipeline.h"

static void
print_result (const char *path, JsonArray *made, guint n_notes, GError *error)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(GString) text = g_string_new (NULL);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "file", path);
  json_object_set_boolean_member (object, "ok", error == NULL);
  json_object_set_string_member (object, "message", error != NULL ? error->message : "");
  json_object_set_array_member (object, "made", json_array_ref (made));
  json_object_set_int_member (object, "notes", n_notes);
  json_node_take_object (node, object);
  runnel_json_write_compact (text, node);
  puts (text->str);
}

static gboolean
write_file (const char *folder,
            const char *name,
            const char *content,
            gssize length,
            JsonArray *made,
            GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_mkdir_with_parents (parent, 0755);
  json_array_add_string_element (made, path);

  return g_file_set_contents (path, content, length, error);
}

static gboolean
import_file (const RunnelTarget *target,
             const char *folder,
             const char *path,
             JsonArray *made,
             guint *ret_n_notes,
             GError **error)
{
  g_autoptr(RunnelImport) import = runnel_import_new (NULL);
  g_autofree char *text = NULL;
  g_autofree char *base = g_path_get_basename (path);
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error)
      || !target->import (import, path, text, length, error))
    return FALSE;
  *ret_n_notes = runnel_import_get_notes (import)->len;
  for (guint i = 0; i < runnel_import_get_n_pipelines (import); i++)
    {
      g_autoptr(RunnelPipeline) pipeline = runnel_import_make_pipeline (import, i, error);
      g_autofree char *name = g_strdup_printf ("%s.%u" RUNNEL_FILE_SUFFIX, base, i);
      g_autofree char *document = NULL;

      if (pipeline == NULL)
        return FALSE;
      document = runnel_pipeline_to_text (pipeline, NULL);
      if (!write_file (folder, name, document, -1, made, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
export_file (const RunnelTarget *target,
             const char *folder,
             const char *path,
             JsonArray *made,
             GError **error)
{
  const RunnelExportOptions options = { "debian:12", NULL, g_getenv ("RUNNEL_EXPORT_MODE"),
                                        "runnel" };
  g_autofree char *text = NULL;
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *own = g_build_filename (folder, base, NULL);
  g_autoptr(RunnelPipeline) pipeline = NULL;
  g_autoptr(RunnelFlow) flow = NULL;
  g_autoptr(GPtrArray) files = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error)
      || (pipeline = runnel_pipeline_new_from_text (text, length, NULL, error)) == NULL
      || (flow = runnel_flow_new (pipeline, base, error)) == NULL
      || (files = runnel_target_export (target, flow, &options, TRUE, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      RunnelExportFile *file = g_ptr_array_index (files, i);

      if (!write_file (own, file->path, g_bytes_get_data (file->content, NULL),
                       g_bytes_get_size (file->content), made, error))
        return FALSE;
    }

  return TRUE;
}

static void
write_random (const char *folder, guint n_pipelines)
{
  for (guint i = 0; i < n_pipelines; i++)
    {
      g_autoptr(RunnelPipeline) pipeline = random_pipeline_new (i, RANDOM_ALL);
      g_autoptr(JsonArray) made = json_array_new ();
      g_autofree char *name = g_strdup_printf ("%u" RUNNEL_FILE_SUFFIX, i);
      g_autofree char *text = runnel_pipeline_to_text (pipeline, NULL);
      g_autoptr(GError) error = NULL;

      write_file (folder, name, text, -1, made, &error);
      g_assert_no_error (error);
    }
}

int
main (int argc, char **argv)
{
  const RunnelTarget *target = argc > 3 ? runnel_target_lookup (argv[2]) : NULL;

  if (target == NULL)
    {
      fputs ("usage: convert import|export|random SYSTEM FOLDER FILE...\n", stderr);
      return 2;
    }
  if (g_str_equal (argv[1], "random"))
    {
      write_random (argv[3], argc > 4 ? atoi (argv[4]) : 0);
      return 0;
    }
  for (int i = 4; i < argc; i++)
    {
      g_autoptr(JsonArray) made = json_array_new ();
      g_autoptr(GError) error = NULL;
      guint n_notes = 0;

      if (g_str_equal (argv[1], "import"))
        import_file (target, argv[3], argv[i], made, &n_notes, &error);
      else
        export_file (target, argv[3], argv[i], made, &error);
      print_result (argv[i], made, n_notes, error);
    }

  return 0;
}
