/* runnel-settings.c: what holds for every pipeline on this machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "engine/limits/runnel-settings-private.h"
#include "model/runnel-file.h"
#include "model/runnel-json-read.h"
#include "model/runnel-json-write.h"
#include "model/runnel-size.h"

G_DEFINE_QUARK (runnel-settings-error-quark, runnel_settings_error)

/* A file that was read, with what is wrong in it. */
typedef struct
{
  char *path;
  RunnelDiagnostics *diagnostics;
} Source;

struct _RunnelSettings
{
  JsonObject *values;
  GPtrArray *sources; /* of Source, those that win last */
};

static void
source_free (gpointer data)
{
  Source *self = data;

  runnel_diagnostics_free (self->diagnostics);
  g_free (self->path);
  g_free (self);
}

/* --- Reading --- */

static gboolean
is_of_shape (const RunnelShape *shape,
             JsonNode          *value)
{
  g_autoptr(RunnelDiagnostics) diagnostics = runnel_diagnostics_new ();
  g_autoptr(GString) path = g_string_new (NULL);

  runnel_shape_check (shape, value, path, NULL, diagnostics);

  return !runnel_diagnostics_has_error (diagnostics);
}

static void add_members (JsonObject        *values,
                         JsonObject        *object,
                         const RunnelShape *shape);

/* Objects are put together, anything else is replaced. What is not as it has to be is left out. */
static void
add_member (JsonObject        *values,
            const char        *name,
            JsonNode          *value,
            const RunnelShape *shape)
{
  if (JSON_NODE_HOLDS_OBJECT (value) && (shape->keys != NULL || shape->values != NULL))
    {
      if (!json_object_has_member (values, name))
        json_object_set_object_member (values, name, json_object_new ());
      add_members (json_object_get_object_member (values, name), json_node_get_object (value), shape);
    }
  else if (is_of_shape (shape, value))
    json_object_set_member (values, name, json_node_ref (value));
}

static void
add_members (JsonObject        *values,
             JsonObject        *object,
             const RunnelShape *shape)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      const RunnelKey *key = shape->keys != NULL ? runnel_shape_find_key (shape, name) : NULL;

      if (key != NULL)
        add_member (values, name, value, key->shape);
      else if (_runnel_settings_has_name (shape, name))
        add_member (values, name, value, shape->values);
    }
}

/* Pools are named as steps are, so that a step can name them. */
static void
check_pool_names (JsonNode          *root,
                  RunnelDiagnostics *diagnostics)
{
  JsonNode *node = json_object_get_member (json_node_get_object (root), "pools");
  JsonObjectIter iter;
  const char *name;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      g_autoptr(GString) path = g_string_new ("pools");

      runnel_json_path_append_key (path, name);
      if (!runnel_id_is_valid (name))
        runnel_diagnostics_add (diagnostics, RUNNEL_SEVERITY_ERROR, path->str, NULL,
                                "start with a letter or _, go on with letters, digits, _ and -",
                                "“%s” can't be the name of a pool", name);
    }
}

/* Returns: (transfer full) (nullable): what the text holds, an object, with all that is wrong in
 * it told */
static JsonNode *
parse (const char        *text,
       gsize              length,
       RunnelDiagnostics *diagnostics)
{
  RunnelJsonPosition position = { 0, 0 };
  g_autoptr(GString) path = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) root = NULL;

  root = runnel_json_read (text, length, RUNNEL_JSON_MAX_DEPTH, &position, &error);
  if (root == NULL)
    {
      runnel_diagnostics_add (diagnostics, RUNNEL_SEVERITY_ERROR, "", NULL, NULL,
                              "line %u, column %u: %s", position.line, position.column,
                              error->message);
      return NULL;
    }

  runnel_shape_check (&_runnel_settings_shape, root, path, NULL, diagnostics);
  if (JSON_NODE_HOLDS_OBJECT (root))
    check_pool_names (root, diagnostics);
  runnel_diagnostics_locate (diagnostics, text, length);

  return JSON_NODE_HOLDS_OBJECT (root) ? g_steal_pointer (&root) : NULL;
}

static void
load_file (RunnelSettings *self,
           const char     *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(RunnelFile) reader = runnel_file_new (file, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) content = runnel_file_read (reader, &error);
  g_autoptr(JsonNode) root = NULL;
  Source *source;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return;

  source = g_new0 (Source, 1);
  source->path = g_strdup (path);
  source->diagnostics = runnel_diagnostics_new ();
  g_ptr_array_add (self->sources, source);

  if (content != NULL)
    root = parse (g_bytes_get_data (content, NULL), g_bytes_get_size (content),
                  source->diagnostics);
  else
    runnel_diagnostics_add (source->diagnostics, RUNNEL_SEVERITY_ERROR, "", NULL, NULL, "%s",
                            error->message);
  if (root != NULL)
    add_members (self->values, json_node_get_object (root), &_runnel_settings_shape);
}

static void
load_defaults (RunnelSettings *self)
{
  g_autoptr(JsonNode) root = runnel_json_read (_runnel_settings_defaults,
                                               strlen (_runnel_settings_defaults), RUNNEL_JSON_MAX_DEPTH, NULL, NULL);

  add_members (self->values, json_node_get_object (root), &_runnel_settings_shape);
}

/* The first of the folders is the most important, so it comes last. */
static void
load_system (RunnelSettings *self)
{
  const char *const *folders = g_get_system_config_dirs ();

  for (int i = (int) g_strv_length ((char **) folders) - 1; i >= 0; i--)
    {
      g_autofree char *path = g_build_filename (folders[i], "runnel", "settings.json", NULL);

      load_file (self, path);
    }
}

/* --- Writing --- */

/* Returns: (transfer full) (nullable): what the user's file holds now, also keys we don't know */
static JsonObject *
read_own (RunnelFile  *file,
          GError     **error)
{
  g_autoptr(RunnelDiagnostics) diagnostics = runnel_diagnostics_new ();
  g_autoptr(GError) problem = NULL;
  g_autoptr(GBytes) content = runnel_file_read (file, &problem);
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *text = NULL;

  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return json_object_new ();
  if (content == NULL)
    {
      g_set_error_literal (error, RUNNEL_SETTINGS_ERROR, RUNNEL_SETTINGS_ERROR_UNWRITABLE,
                           problem->message);
      return NULL;
    }

  root = parse (g_bytes_get_data (content, NULL), g_bytes_get_size (content), diagnostics);
  if (root != NULL)
    return json_node_dup_object (root);

  text = runnel_diagnostic_to_string (runnel_diagnostics_get (diagnostics, 0), file->path);
  g_set_error (error, RUNNEL_SETTINGS_ERROR, RUNNEL_SETTINGS_ERROR_INVALID,
               "%s\n  repair the file or move it away first; it stays as it is", text);

  return NULL;
}

/* Sets the member that @names lead to, and makes or removes the objects on the way. */
static void
set_member (JsonObject *object,
            char      **names,
            JsonNode   *value)
{
  JsonNode *inner = json_object_get_member (object, names[0]);
  JsonObject *changed;

  if (names[1] == NULL && value != NULL)
    json_object_set_member (object, names[0], json_node_ref (value));
  else if (names[1] == NULL)
    json_object_remove_member (object, names[0]);
  else
    {
      changed = inner != NULL && JSON_NODE_HOLDS_OBJECT (inner)
                  ? json_object_ref (json_node_get_object (inner)) : json_object_new ();
      set_member (changed, names + 1, value);
      if (json_object_get_size (changed) > 0)
        json_object_set_object_member (object, names[0], json_object_ref (changed));
      else
        json_object_remove_member (object, names[0]);
      json_object_unref (changed);
    }
}

static gboolean
replace (RunnelFile  *file,
         JsonObject  *object,
         GError     **error)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(JsonNode) root = json_node_init_object (json_node_alloc (), object);
  g_autoptr(GBytes) content = NULL;
  g_autoptr(GError) problem = NULL;

  runnel_json_write (text, root, &_runnel_settings_shape, /* indent= */ 0);
  g_string_append_c (text, '\n');
  content = g_bytes_new (text->str, text->len);
  if (runnel_file_write (file, content, /* overwrite= */ FALSE, &problem))
    return TRUE;

  g_set_error_literal (error, RUNNEL_SETTINGS_ERROR, RUNNEL_SETTINGS_ERROR_UNWRITABLE,
                       problem->message);

  return FALSE;
}

/* The lock is on the folder: the file itself is another one after each change. */
static int
lock_folder (const char  *folder,
             GError     **error)
{
  int fd = -1;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0 && flock (fd, LOCK_EX) == 0)
    return fd;

  g_set_error (error, RUNNEL_SETTINGS_ERROR, RUNNEL_SETTINGS_ERROR_UNWRITABLE,
               "The folder of the settings, “%s”, can't be used: %s", folder, g_strerror (errno));
  if (fd >= 0)
    close (fd);

  return -1;
}

static gboolean
check_value (const RunnelShape *shape,
             const char        *key,
             JsonNode          *value,
             GError           **error)
{
  g_autoptr(RunnelDiagnostics) diagnostics = runnel_diagnostics_new ();
  g_autoptr(GString) path = g_string_new (key);

  if (value == NULL)
    return TRUE;

  runnel_shape_check (shape, value, path, NULL, diagnostics);
  if (!runnel_diagnostics_has_error (diagnostics))
    return TRUE;

  g_set_error (error, RUNNEL_SETTINGS_ERROR, RUNNEL_SETTINGS_ERROR_INVALID, "%s: %s", key,
               runnel_diagnostics_get (diagnostics, 0)->message);

  return FALSE;
}

/* --- Public --- */

/**
 * runnel_settings_get_path:
 *
 * Returns: (transfer full): the user's own file, which need not exist
 */
char *
runnel_settings_get_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "runnel", "settings.json", NULL);
}

/**
 * runnel_settings_load:
 *
 * Reads `runnel/settings.json` in the folders for configuration of the system and then of the
 * user. What is wrong counts as not given; see runnel_settings_describe_problems().
 *
 * Returns: (transfer full): the settings
 */
RunnelSettings *
runnel_settings_load (void)
{
  RunnelSettings *self = g_new0 (RunnelSettings, 1);
  g_autofree char *path = runnel_settings_get_path ();

  self->values = json_object_new ();
  self->sources = g_ptr_array_new_with_free_func (source_free);
  load_defaults (self);
  load_system (self);
  load_file (self, path);

  return self;
}

/**
 * runnel_settings_set:
 * @key: the setting, with a dot between the names of objects: "pools.gpu", or
 *   `pools["gpu"]`
 * @value: (nullable): its value; %NULL takes it out of the user's file
 * @error: return location for a #RunnelSettingsError
 *
 * Replaces the user's file by one in which only @key is different. Keys that are unknown stay; a
 * file that is not JSON is left alone. Reads and writes files, and waits for others who do.
 *
 * Returns: whether it is on disk
 */
gboolean
runnel_settings_set (const char  *key,
                     JsonNode    *value,
                     GError     **error)
{
  g_autofree char *path = runnel_settings_get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GFile) location = g_file_new_for_path (path);
  g_autoptr(RunnelFile) file = runnel_file_new (location, NULL);
  g_autoptr(JsonObject) object = NULL;
  g_auto(GStrv) names = NULL;
  const RunnelShape *shape = _runnel_settings_find_shape (key, &names, error);
  gboolean is_done;
  int lock;

  if (shape == NULL || !check_value (shape, key, value, error))
    return FALSE;

  lock = lock_folder (folder, error);
  if (lock < 0)
    return FALSE;
  object = read_own (file, error);
  if (object != NULL)
    set_member (object, names, value);
  is_done = object != NULL && replace (file, object, error);
  close (lock);

  return is_done;
}

void
runnel_settings_free (RunnelSettings *self)
{
  json_object_unref (self->values);
  g_ptr_array_unref (self->sources);
  g_free (self);
}

/**
 * runnel_settings_get_all:
 *
 * Returns: (transfer none): what holds, with defaults; not to be changed
 */
JsonObject *
runnel_settings_get_all (RunnelSettings *self)
{
  return self->values;
}

/**
 * runnel_settings_lookup:
 * @key: as in runnel_settings_set()
 * @error: return location for a %RUNNEL_SETTINGS_ERROR_UNKNOWN
 *
 * Returns: (transfer none) (nullable): its value; %NULL without an error when it is not set
 */
JsonNode *
runnel_settings_lookup (RunnelSettings  *self,
                        const char      *key,
                        GError         **error)
{
  g_auto(GStrv) names = NULL;
  JsonObject *object = self->values;
  JsonNode *value = NULL;

  if (_runnel_settings_find_shape (key, &names, error) == NULL)
    return NULL;

  for (guint i = 0; names[i] != NULL && object != NULL; i++)
    {
      value = json_object_get_member (object, names[i]);
      object = value != NULL && JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value)
                                                               : NULL;
    }

  return value;
}

/**
 * runnel_settings_describe_problems:
 * @least: of which severity at least
 *
 * Returns: (transfer full) (nullable): what is wrong in the files, a line for each with the place,
 *   or %NULL when nothing is
 */
char *
runnel_settings_describe_problems (RunnelSettings *self,
                                   RunnelSeverity  least)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->sources->len; i++)
    {
      Source *source = g_ptr_array_index (self->sources, i);

      for (guint j = 0; j < runnel_diagnostics_get_size (source->diagnostics); j++)
        {
          const RunnelDiagnostic *finding = runnel_diagnostics_get (source->diagnostics, j);
          g_autofree char *line = runnel_diagnostic_to_string (finding, source->path);

          if (finding->severity <= least)
            g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
        }
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/**
 * runnel_settings_get_pool_size:
 * @pool: the name of a pool
 *
 * Returns: how many slots it has on this machine, 0 when there is no such pool
 */
guint
runnel_settings_get_pool_size (RunnelSettings *self,
                               const char     *pool)
{
  JsonObject *all = json_object_get_object_member (self->values, "pools");

  return json_object_get_int_member_with_default (all, pool, 0);
}

/**
 * runnel_settings_list_pools:
 *
 * Returns: (transfer full): the names of this machine's pools
 */
char **
runnel_settings_list_pools (RunnelSettings *self)
{
  JsonObject *all = json_object_get_object_member (self->values, "pools");
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, all);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_steal (names, NULL);
}

/**
 * runnel_settings_get_max_cache_size:
 *
 * Returns: how many bytes cached results may take
 */
guint64
runnel_settings_get_max_cache_size (RunnelSettings *self)
{
  JsonObject *object = json_object_get_object_member (self->values, "cache");
  guint64 max_size = 0;

  runnel_size_parse (json_object_get_string_member (object, "max-size"), &max_size, NULL);

  return max_size;
}
