/* runnel-settings.c: what the designer remembers between sessions
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runnel-settings.h"

#define COMPILED_SCHEMAS "gschemas.compiled"

static char *
find_build_data (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program ? g_path_get_dirname (program) : g_strdup (".");
  g_autofree char *data = g_build_filename (folder, "..", "..", "data", NULL);
  g_autofree char *schemas = g_build_filename (data, COMPILED_SCHEMAS, NULL);

  return g_file_test (schemas, G_FILE_TEST_EXISTS) ? g_canonicalize_filename (data, NULL) : NULL;
}

/* The data folder of the build tree a program that was not installed lies in, else NULL. */
static const char *
get_build_data (void)
{
  static char *build_data;
  static gsize is_known;

  if (g_once_init_enter (&is_known))
    {
      build_data = find_build_data ();
      g_once_init_leave (&is_known, 1);
    }
  return build_data;
}

static GSettings *
settings_new_from_build (const char *folder)
{
  g_autoptr(GSettingsSchemaSource) source =
    g_settings_schema_source_new_from_directory (folder, g_settings_schema_source_get_default (),
                                                 TRUE, NULL);
  g_autoptr(GSettingsSchema) schema = NULL;

  if (source)
    schema = g_settings_schema_source_lookup (source, RUNNEL_APPLICATION_ID, FALSE);
  return schema ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

/**
 * runnel_settings_get:
 *
 * A program in its build tree has its schema there, so that nothing needs to be installed to
 * try it.
 *
 * Returns: (transfer none): the settings of the application, one object for all
 */
GSettings *
runnel_settings_get (void)
{
  static GSettings *settings;

  if (!settings && get_build_data ())
    settings = settings_new_from_build (get_build_data ());
  if (!settings)
    settings = g_settings_new (RUNNEL_APPLICATION_ID);
  return settings;
}

/**
 * runnel_settings_get_folder:
 *
 * Returns: (transfer full) (nullable): the folder of the last file opened or saved
 */
GFile *
runnel_settings_get_folder (void)
{
  g_autofree char *uri = g_settings_get_string (runnel_settings_get (), "last-folder");

  return *uri ? g_file_new_for_uri (uri) : NULL;
}

/**
 * runnel_settings_set_folder:
 * @file: a file just opened or saved
 *
 * Remembers the folder of @file for the next file dialog.
 */
void
runnel_settings_set_folder (GFile *file)
{
  g_autoptr(GFile) folder = NULL;
  g_autofree char *uri = NULL;

  g_return_if_fail (G_IS_FILE (file));

  folder = g_file_get_parent (file);
  if (!folder)
    return;
  uri = g_file_get_uri (folder);
  g_settings_set_string (runnel_settings_get (), "last-folder", uri);
}

/**
 * runnel_settings_find_data:
 * @name: a path below the application's data folder, such as "examples"
 *
 * The data folder is the one named by the environment variable RUNNEL_DATA_DIR, that of the
 * build tree the program lies in, or the installed one.
 *
 * Returns: (transfer full): its absolute path
 */
char *
runnel_settings_find_data (const char *name)
{
  const char *dir = g_getenv ("RUNNEL_DATA_DIR");

  g_return_val_if_fail (name, NULL);

  if (!dir || !*dir)
    dir = get_build_data ();
  return g_build_filename (dir ? dir : RUNNEL_DATA_DIR, name, NULL);
}
