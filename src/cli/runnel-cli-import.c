/* runnel-cli-import.c: runnel import
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-export.h"
#include "interchange/runnel-import-file.h"

typedef struct
{
  char *system;
  char *output;
  gboolean force;
  gboolean as_json;

  const RunnelTarget *target; /* of `system`, or NULL = to be found out */
  gboolean into_folder;       /* `output` is a folder */
  GHashTable *written;        /* set of the paths of this call: they do not write over each other */
  JsonBuilder *json;
  guint n_failed;
} Import;

static void
import_clear (Import *self)
{
  g_clear_pointer (&self->system, g_free);
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->written, g_hash_table_unref);
  g_clear_object (&self->json);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

static gboolean
parse (Import   *self,
       int      *argc,
       char   ***argv,
       GError  **error)
{
  const GOptionEntry entries[] = {
    { "from", 'f', 0, G_OPTION_ARG_STRING, &self->system,
      "The system whose files they are (default: as they look)", "SYSTEM" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
      "Write the pipeline to this file, or into this folder; - is standard output (default: the "
      "folder one is in)", "PATH" },
    { "force", 0, 0, G_OPTION_ARG_NONE, &self->force, "Write over files that are there", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->as_json, "Print what was made of which file, and the notes, as JSON",
      NULL },
    { NULL }
  };

  if (!runnel_cli_parse (argc, argv, entries, "PATH…",
                         "Makes pipelines of files of other systems. PATH is a file, a folder such as "
                         ".github/workflows, or - for standard input.", 1, -1, error))
    return FALSE;
  if (self->system && !(self->target = runnel_cli_find_target (self->system, FALSE, error)))
    return FALSE;
  if (self->as_json && g_strcmp0 (self->output, "-") == 0)
    {
      g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                           "--json and -o - would both print on standard output");
      return FALSE;
    }

  self->into_folder = !self->output || g_str_has_suffix (self->output, "/")
                      || g_file_test (self->output, G_FILE_TEST_IS_DIR);
  self->written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return TRUE;
}

static void
print_notes (const char   *path,
             RunnelImport *import)
{
  GPtrArray *notes = runnel_import_get_notes (import);

  for (guint i = 0; i < notes->len; i++)
    {
      const RunnelImportNote *note = g_ptr_array_index (notes, i);

      fprintf (stderr, "%s:", path);
      if (note->line > 0)
        fprintf (stderr, "%u:%u:", note->line, note->column);
      if (note->step)
        fprintf (stderr, " step %s:", note->step);
      fprintf (stderr, " %s\n", note->message);
    }
}

/* JSON */

static void
add_string (Import     *self,
            const char *name,
            const char *text)
{
  json_builder_set_member_name (self->json, name);
  if (text)
    json_builder_add_string_value (self->json, text);
  else
    json_builder_add_null_value (self->json);
}

static void
add_number (Import     *self,
            const char *name,
            guint       number)
{
  json_builder_set_member_name (self->json, name);
  json_builder_add_int_value (self->json, number);
}

static void
add_note (Import                 *self,
          const RunnelImportNote *note)
{
  json_builder_begin_object (self->json);
  add_number (self, "line", note->line);
  add_number (self, "column", note->column);
  add_string (self, "step", note->step);
  add_string (self, "message", note->message);
  json_builder_end_object (self->json);
}

static void
add_pipeline (Import         *self,
              RunnelPipeline *pipeline,
              const char     *path)
{
  json_builder_begin_object (self->json);
  add_string (self, "path", path);
  add_string (self, "name", runnel_pipeline_get_name (pipeline));
  add_number (self, "steps", runnel_pipeline_get_n_steps (pipeline));
  json_builder_end_object (self->json);
}

/* Between the two, pipelines are added. */
static void
begin_result (Import     *self,
              const char *path)
{
  json_builder_begin_object (self->json);
  add_string (self, "file", path);
  json_builder_set_member_name (self->json, "pipelines");
  json_builder_begin_array (self->json);
}

static void
end_result (Import       *self,
            RunnelImport *import,
            const GError *error)
{
  GPtrArray *notes = import ? runnel_import_get_notes (import) : NULL;

  json_builder_end_array (self->json);
  json_builder_set_member_name (self->json, "notes");
  json_builder_begin_array (self->json);
  for (guint i = 0; notes && i < notes->len; i++)
    add_note (self, g_ptr_array_index (notes, i));
  json_builder_end_array (self->json);
  add_string (self, "error", error ? error->message : NULL);
  json_builder_end_object (self->json);
}

/* Files */

/* Returns where the pipeline goes; an absolute path, so that two names of one file are known as one. */
static char *
choose_path (Import     *self,
             const char *stem)
{
  g_autofree char *name = g_strconcat (stem, RUNNEL_FILE_SUFFIX, NULL);
  g_autofree char *folder = NULL;

  if (!self->into_folder)
    return g_canonicalize_filename (self->output, NULL);
  folder = g_canonicalize_filename (self->output ? self->output : ".", NULL);

  return g_build_filename (folder, name, NULL);
}

static gboolean
check_place (Import      *self,
             const char  *path,
             GError     **error)
{
  if (g_hash_table_contains (self->written, path))
    {
      g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                   "%s would be written twice; import the files one by one, each with its own -o",
                   path);
      return FALSE;
    }
  if (self->force || !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "%s is there already; choose another place with -o, or write over it with --force",
               path);
  return FALSE;
}

static gboolean
write_pipeline (Import          *self,
                RunnelPipeline  *pipeline,
                const char      *path,
                GError         **error)
{
  gsize length;
  char *text = runnel_pipeline_to_text (pipeline, &length);
  g_autoptr(GBytes) content = g_bytes_new_take (text, length);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GFile) location = g_file_new_for_path (path);
  g_autoptr(GFile) parent = g_file_new_for_path (folder);
  g_autoptr(RunnelFile) file = NULL;

  if (!check_place (self, path, error))
    return FALSE;
  g_file_make_directory_with_parents (parent, NULL, NULL); /* writing tells */
  file = runnel_file_new (location, error);
  if (!file || !runnel_file_write (file, content, /* overwrite= */ TRUE, error))
    return FALSE;
  g_hash_table_add (self->written, g_strdup (path));

  return TRUE;
}

static gboolean
put_pipeline (Import          *self,
              RunnelPipeline  *pipeline,
              const char      *stem,
              GError         **error)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  if (g_strcmp0 (self->output, "-") == 0)
    {
      text = runnel_pipeline_to_text (pipeline, NULL);
      fputs (text, stdout);
      return TRUE;
    }

  path = choose_path (self, stem);
  if (!write_pipeline (self, pipeline, path, error))
    return FALSE;
  add_pipeline (self, pipeline, path);
  if (!self->as_json)
    printf ("%s: %u step%s\n", path, runnel_pipeline_get_n_steps (pipeline),
            runnel_pipeline_get_n_steps (pipeline) == 1 ? "" : "s");

  return TRUE;
}

static gboolean
check_number (Import        *self,
              RunnelImport  *import,
              GError       **error)
{
  guint n = runnel_import_get_n_pipelines (import);

  if (n == 1 || self->into_folder)
    return TRUE;

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               n == 0 ? "there is no pipeline in it"
                      : "it gives %u pipelines: name a folder for them with -o FOLDER/", n);
  return FALSE;
}

static gboolean
put_pipelines (Import        *self,
               RunnelImport  *import,
               GError       **error)
{
  if (!check_number (self, import, error))
    return FALSE;

  for (guint i = 0; i < runnel_import_get_n_pipelines (import); i++)
    {
      g_autoptr(RunnelPipeline) pipeline = runnel_import_make_pipeline (import, i, error);

      if (!pipeline || !put_pipeline (self, pipeline, runnel_import_get_stem (import, i), error))
        return FALSE;
    }

  return TRUE;
}

static RunnelImport *
read_path (Import      *self,
           const char  *path,
           GError     **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_str_equal (path, "-"))
    return runnel_import_read_file (self->target, path, error);

  text = runnel_cli_read_stdin (&length, error);

  return text ? runnel_import_read_text (self->target, path, text, length, error) : NULL;
}

/* What is wrong with one file is told, and the others are read all the same. */
static void
import_file (Import     *self,
             const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelImport) import = read_path (self, path, &error);
  gboolean ok;

  begin_result (self, path);
  ok = import && put_pipelines (self, import, &error);
  end_result (self, import, error);
  if (ok && !self->as_json)
    print_notes (path, import);
  if (!ok && !self->as_json)
    fprintf (stderr, "%s: %s\n", path, error->message);
  if (!ok)
    self->n_failed++;
}

static gboolean
import_folder (Import      *self,
               const char  *path,
               GError     **error)
{
  g_autoptr(GPtrArray) files = runnel_import_list_folder (self->target, path, error);

  if (!files)
    return FALSE;
  if (files->len == 0)
    {
      g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND,
                   "no file in %s looks like that of a system that can be read", path);
      return FALSE;
    }
  for (guint i = 0; i < files->len; i++)
    import_file (self, g_ptr_array_index (files, i));

  return TRUE;
}

static gboolean
import_paths (Import   *self,
              char    **paths,
              GError  **error)
{
  for (; *paths; paths++)
    {
      if (!g_str_equal (*paths, "-") && g_file_test (*paths, G_FILE_TEST_IS_DIR))
        {
          if (!import_folder (self, *paths, error))
            return FALSE;
        }
      else
        import_file (self, *paths);
    }

  return TRUE;
}

int
runnel_cli_import (int      argc,
                   char   **argv,
                   GError **error)
{
  g_auto(Import) self = { 0, };
  gboolean ok;

  if (!parse (&self, &argc, &argv, error))
    return RUNNEL_EXIT_USAGE;

  self.json = json_builder_new ();
  json_builder_begin_array (self.json);
  ok = import_paths (&self, argv + 1, error);
  json_builder_end_array (self.json);
  if (self.as_json && ok)
    runnel_cli_print_json (json_builder_get_root (self.json));

  return self.n_failed > 0 ? RUNNEL_EXIT_USAGE : RUNNEL_EXIT_SUCCEEDED;
}
