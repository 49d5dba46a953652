/* runnel-export.c: a pipeline in the files of another system, at their place on disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "interchange/runnel-export.h"
#include "model/runnel-file.h"
#include "util/runnel-text-diff.h"

/**
 * runnel_export_new:
 * @target: a system that exports
 * @path: (nullable): see #RunnelExport
 *
 * Returns: (transfer full): an export with the usual options
 */
RunnelExport *
runnel_export_new (const RunnelTarget *target,
                   const char         *path)
{
  RunnelExport *self;

  g_return_val_if_fail (target != NULL && target->export != NULL, NULL);

  self = g_new0 (RunnelExport, 1);
  self->target = target;
  self->path = g_strdup (path);

  return self;
}

RunnelExport *
runnel_export_copy (const RunnelExport *self)
{
  RunnelExport *copy = runnel_export_new (self->target, self->path);

  copy->mode = g_strdup (self->mode);
  copy->image = g_strdup (self->image);
  copy->runner = g_strdup (self->runner);
  copy->allow_loss = self->allow_loss;

  return copy;
}

void
runnel_export_free (RunnelExport *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->path);
  g_free (self->mode);
  g_free (self->image);
  g_free (self->runner);
  g_free (self);
}

/**
 * runnel_export_get_options:
 * @self: an export
 *
 * Returns: its options as targets take them; they point into @self
 */
RunnelExportOptions
runnel_export_get_options (const RunnelExport *self)
{
  return (RunnelExportOptions) {
    .default_image = self->image != NULL ? self->image : RUNNEL_EXPORT_IMAGE,
    .runner = self->runner,
    .mode = self->mode,
    .command = "runnel",
  };
}

/* Entries of `exports` */

static const char *
get_string (JsonObject *object,
            const char *key)
{
  JsonNode *value = json_object_get_member (object, key);

  return value != NULL && JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL;
}

static gboolean
get_boolean (JsonObject *object,
             const char *key)
{
  JsonNode *value = json_object_get_member (object, key);

  return value != NULL && JSON_NODE_HOLDS_VALUE (value)
         && json_node_get_value_type (value) == G_TYPE_BOOLEAN && json_node_get_boolean (value);
}

static RunnelExport *
read_entry (JsonNode  *node,
            guint      index,
            GError   **error)
{
  JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *system = entry != NULL ? get_string (entry, "system") : NULL;
  const RunnelTarget *target = system != NULL ? runnel_target_lookup (system) : NULL;
  RunnelExport *self;

  if (target == NULL || target->export == NULL)
    {
      g_set_error (error, RUNNEL_EXPORT_ERROR, RUNNEL_EXPORT_ERROR_OPTION,
                   _("exports[%u].system: pipelines can’t be written for “%s”; runnel systems lists "
                     "what there is"), index, system != NULL ? system : "");
      return NULL;
    }

  self = runnel_export_new (target, get_string (entry, "path"));
  self->mode = g_strdup (get_string (entry, "mode"));
  self->image = g_strdup (get_string (entry, "image"));
  self->runner = g_strdup (get_string (entry, "runner"));
  self->allow_loss = get_boolean (entry, "allow-loss");

  return self;
}

/**
 * runnel_export_list:
 * @pipeline: a pipeline
 * @error: %RUNNEL_EXPORT_ERROR_OPTION
 *
 * Returns: (transfer full) (element-type RunnelExport): what its `exports` name, or %NULL with @error
 *   set when one of them is of no system that is known
 */
GPtrArray *
runnel_export_list (RunnelPipeline  *pipeline,
                    GError         **error)
{
  g_autoptr(GPtrArray) exports = NULL;
  JsonNode *member;
  JsonArray *entries = NULL;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);

  exports = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_export_free);
  member = runnel_pipeline_get_member (pipeline, "exports");
  if (member != NULL && JSON_NODE_HOLDS_ARRAY (member))
    entries = json_node_get_array (member);
  for (guint i = 0; entries != NULL && i < json_array_get_length (entries); i++)
    {
      RunnelExport *self = read_entry (json_array_get_element (entries, i), i, error);

      if (self == NULL)
        return NULL;
      g_ptr_array_add (exports, self);
    }

  return g_steal_pointer (&exports);
}

static void
set_string (JsonObject *object,
            const char *key,
            const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, key, value);
}

/**
 * runnel_export_to_json:
 * @self: an export
 *
 * Returns: (transfer full): the entry of `exports` that stands for it
 */
JsonNode *
runnel_export_to_json (const RunnelExport *self)
{
  g_autoptr(JsonObject) entry = json_object_new ();
  JsonNode *node = json_node_alloc ();

  g_return_val_if_fail (self != NULL, NULL);

  json_object_set_string_member (entry, "system", self->target->name);
  set_string (entry, "path", self->path);
  set_string (entry, "mode", self->mode);
  set_string (entry, "image", self->image);
  set_string (entry, "runner", self->runner);
  if (self->allow_loss)
    json_object_set_boolean_member (entry, "allow-loss", TRUE);

  return json_node_init_object (node, entry);
}

/* Places */

static gboolean
is_folder (const char *path)
{
  return path == NULL || *path == '\0' || g_str_has_suffix (path, "/");
}

/* The way from a folder to a file, both absolute and canonical. */
static char *
make_relative (const char *folder,
               const char *file)
{
  g_auto(GStrv) from = g_strsplit (folder + 1, "/", -1);
  g_auto(GStrv) to = g_strsplit (file + 1, "/", -1);
  GString *way = g_string_new (NULL);
  guint same = 0;

  if (folder[1] == '\0')
    return g_strdup (file + 1);
  while (from[same] != NULL && to[same] != NULL && to[same + 1] != NULL
         && g_str_equal (from[same], to[same]))
    same++;
  for (guint i = same; from[i] != NULL; i++)
    g_string_append (way, "../");
  for (guint i = same; to[i] != NULL; i++)
    g_string_append_printf (way, "%s%s", to[i], to[i + 1] != NULL ? "/" : "");

  return g_string_free (way, FALSE);
}

/* Where the files are used: the folder asked for, or that from which the file asked for is where its
 * system looks for it, such as the one with .github/workflows/ in it. */
static char *
find_root (const RunnelExport *self,
           const char         *base)
{
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *usual = g_path_get_dirname (self->target->default_path);
  g_autofree char *ending = g_strconcat ("/", usual, NULL);

  if (self->path == NULL)
    return g_strdup (base);
  path = g_canonicalize_filename (self->path, base);
  if (is_folder (self->path))
    return g_steal_pointer (&path);

  folder = g_path_get_dirname (path);
  if (g_str_has_suffix (folder, ending) && strlen (folder) > strlen (ending))
    return g_strndup (folder, strlen (folder) - strlen (ending));

  return g_steal_pointer (&folder);
}

/* The first file goes where it was asked for, the others to the same side of it as usual. */
static void
place_files (const RunnelExport *self,
             GPtrArray          *files,
             const char         *base,
             const char         *root)
{
  g_autofree char *first = NULL, *usual = NULL, *folder = NULL;

  if (!is_folder (self->path) && files->len > 0)
    {
      RunnelExportFile *file = g_ptr_array_index (files, 0);
      g_autofree char *place = g_canonicalize_filename (file->path, "/");

      first = g_canonicalize_filename (self->path, base);
      usual = g_path_get_dirname (place);
      folder = g_path_get_dirname (first);
    }

  for (guint i = 0; i < files->len; i++)
    {
      RunnelExportFile *file = g_ptr_array_index (files, i);
      g_autofree char *place = g_canonicalize_filename (file->path, "/");
      g_autofree char *aside = first != NULL ? make_relative (usual, place) : NULL;

      g_free (file->path);
      if (first == NULL)
        file->path = g_canonicalize_filename (place + 1, root);
      else
        file->path = i == 0 ? g_strdup (first) : g_canonicalize_filename (aside, folder);
    }
}

/**
 * runnel_export_make:
 * @self: an export
 * @pipeline: what to export
 * @pipeline_path: the path of its file, which need not be there
 * @error: #RUNNEL_EXPORT_ERROR
 *
 * Makes the files and says where they belong; writes none. May be called in any thread.
 *
 * Returns: (transfer full) (element-type RunnelExportFile) (nullable): the files, with absolute paths
 */
GPtrArray *
runnel_export_make (const RunnelExport  *self,
                    RunnelPipeline      *pipeline,
                    const char          *pipeline_path,
                    GError             **error)
{
  RunnelExportOptions options;
  g_autofree char *path = NULL, *base = NULL, *root = NULL, *relative = NULL;
  g_autoptr(RunnelFlow) flow = NULL;
  GPtrArray *files;

  g_return_val_if_fail (self != NULL && RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (pipeline_path != NULL, NULL);

  options = runnel_export_get_options (self);
  path = g_canonicalize_filename (pipeline_path, NULL);
  base = g_path_get_dirname (path);
  root = find_root (self, base);
  relative = make_relative (root, path);
  flow = runnel_flow_new (pipeline, relative, error);
  if (flow == NULL)
    return NULL;

  files = runnel_target_export (self->target, flow, &options, self->allow_loss, error);
  if (files != NULL)
    place_files (self, files, base, root);

  return files;
}

/* Files on disk */

/* Returns FALSE with an error; a file that is not there has no text. */
static gboolean
read_file (const char  *path,
           char       **ret_text,
           GError     **error)
{
  g_autoptr(GError) problem = NULL;

  *ret_text = NULL;
  if (g_file_get_contents (path, ret_text, NULL, &problem)
      || g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT)
      || g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static char *
dup_text (const RunnelExportFile *file)
{
  gsize length;
  const char *text = g_bytes_get_data (file->content, &length);

  return g_strndup (text, length);
}

static gboolean
lacks_permission (const RunnelExportFile *file)
{
  struct stat status;

  return (file->mode & 0111) != 0 && stat (file->path, &status) == 0
         && (status.st_mode & S_IXUSR) == 0;
}

/**
 * runnel_export_compare:
 * @files: (element-type RunnelExportFile): files with absolute paths
 * @ret_difference: (out) (transfer full): what is to change on disk, in the unified format of diff; ""
 *   when nothing is
 * @error: #GFileError
 *
 * Blocks on the disk.
 *
 * Returns: %FALSE with @error set when a file is there and can't be read
 */
gboolean
runnel_export_compare (GPtrArray  *files,
                       char      **ret_difference,
                       GError    **error)
{
  g_autoptr(GString) difference = g_string_new (NULL);

  g_return_val_if_fail (files != NULL && ret_difference != NULL, FALSE);

  for (guint i = 0; i < files->len; i++)
    {
      const RunnelExportFile *file = g_ptr_array_index (files, i);
      g_autofree char *new = dup_text (file);
      g_autofree char *old = NULL, *change = NULL;

      if (!read_file (file->path, &old, error))
        return FALSE;
      change = runnel_text_diff (old != NULL ? file->path : "/dev/null", file->path,
                                 old != NULL ? old : "", new);
      g_string_append (difference, change);
      if (lacks_permission (file))
        g_string_append_printf (difference, _("%s is not executable\n"), file->path);
    }
  *ret_difference = g_string_free (g_steal_pointer (&difference), FALSE);

  return TRUE;
}

static gboolean
make_folder (const char  *path,
             GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GFile) file = g_file_new_for_path (folder);
  g_autoptr(GError) problem = NULL;

  if (g_file_make_directory_with_parents (file, NULL, &problem)
      || g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_EXISTS))
    return TRUE;

  g_propagate_prefixed_error (error, g_steal_pointer (&problem), "%s: ", folder);
  return FALSE;
}

static gboolean
write_file (const RunnelExportFile  *file,
            GError                 **error)
{
  g_autoptr(GFile) location = g_file_new_for_path (file->path);
  g_autoptr(RunnelFile) document = NULL;
  struct stat status;

  if (!make_folder (file->path, error))
    return FALSE;
  document = runnel_file_new (location, error);
  if (document == NULL || !runnel_file_write (document, file->content, /* overwrite= */ TRUE, error))
    return FALSE;
  /* Whoever may read it may run it. */
  if (lacks_permission (file) && stat (file->path, &status) == 0)
    g_chmod (file->path, (status.st_mode & 07777) | ((status.st_mode & 0444) >> 2));

  return TRUE;
}

static gboolean
is_current (const RunnelExportFile *file)
{
  g_autofree char *old = NULL;
  gsize length;

  return g_file_get_contents (file->path, &old, &length, NULL)
         && length == g_bytes_get_size (file->content)
         && memcmp (old, g_bytes_get_data (file->content, NULL), length) == 0
         && !lacks_permission (file);
}

/**
 * runnel_export_write:
 * @files: (element-type RunnelExportFile): files with absolute paths
 * @error: #GFileError, #GIOError
 *
 * Replaces each file as a whole, making folders where they are missing; those that are as they should
 * be stay untouched. Blocks on the disk.
 *
 * Returns: %FALSE with @error set when one can't be written; those before it are
 */
gboolean
runnel_export_write (GPtrArray  *files,
                     GError    **error)
{
  g_return_val_if_fail (files != NULL, FALSE);

  for (guint i = 0; i < files->len; i++)
    {
      const RunnelExportFile *file = g_ptr_array_index (files, i);

      if (!is_current (file) && !write_file (file, error))
        return FALSE;
    }

  return TRUE;
}
