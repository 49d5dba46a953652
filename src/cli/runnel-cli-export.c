/* runnel-cli-export.c: runnel export
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-export.h"
#include "interchange/runnel-portability.h"

typedef struct
{
  char **systems;
  char *output;
  char *mode;
  char *image;
  char *runner;
  gboolean allow_loss;
  gboolean check;
  gboolean verify;
  gboolean as_json;
} Options;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->systems, g_strfreev);
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->mode, g_free);
  g_clear_pointer (&self->image, g_free);
  g_clear_pointer (&self->runner, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static guint
count_systems (const Options *options)
{
  return options->systems ? g_strv_length (options->systems) : 0;
}

static gboolean
check_options (const Options  *options,
               GError        **error)
{
  const char *problem = NULL;

  if (options->check && options->verify)
    problem = "--check says what a system can do, --verify whether files are current: use one of them";
  else if (options->as_json && !options->check)
    problem = "--json goes with --check";
  else if (!options->check && count_systems (options) > 1)
    problem = "only --check takes several systems";
  else if (!options->check && count_systems (options) == 0 &&
           (options->output || options->mode || options->image || options->runner))
    problem = "name the system with --to; runnel systems lists them";
  else if (options->verify && count_systems (options) == 1 && !options->output)
    problem = "--verify compares with a file: say which one with -o";
  else
    return TRUE;

  g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE, problem);
  return FALSE;
}

static gboolean
parse (Options   *options,
       int       *argc,
       char    ***argv,
       GError   **error)
{
  const GOptionEntry entries[] = {
    { "to", 't', 0, G_OPTION_ARG_STRING_ARRAY, &options->systems,
      "The system; without it, all that the pipeline keeps in sync", "SYSTEM" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
      "Write to this file, or into this folder where the system looks (default: standard output)",
      "PATH" },
    { "mode", 0, 0, G_OPTION_ARG_STRING, &options->mode,
      "Which of the forms that the system knows; runnel systems lists them", "MODE" },
    { "image", 0, 0, G_OPTION_ARG_STRING, &options->image,
      "The container image of steps that have none (default: " RUNNEL_EXPORT_IMAGE ")", "IMAGE" },
    { "runner", 0, 0, G_OPTION_ARG_STRING, &options->runner,
      "The machine that runs steps, by the name that the system has for it", "NAME" },
    { "allow-loss", 0, 0, G_OPTION_ARG_NONE, &options->allow_loss,
      "Leave out what the system can't express; comments in the file tell of it", NULL },
    { "check", 0, 0, G_OPTION_ARG_NONE, &options->check,
      "Write nothing; say what the pipeline asks for, and how well each system does it", NULL },
    { "verify", 0, 0, G_OPTION_ARG_NONE, &options->verify,
      "Write nothing; print how files differ from what would be written, and exit with 1 if they do",
      NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->as_json, "Print --check as JSON", NULL },
    { NULL }
  };

  return runnel_cli_parse (argc, argv, entries, "FILE", "Writes a pipeline for another system.", 1,
                           1, error)
         && check_options (options, error);
}

static GPtrArray *
find_targets (const Options  *options,
              GError        **error)
{
  g_autoptr(GPtrArray) targets = NULL;

  if (count_systems (options) == 0)
    return runnel_portability_list_targets ();

  targets = g_ptr_array_new ();
  for (char **name = options->systems; *name; name++)
    {
      const RunnelTarget *target = runnel_cli_find_target (*name, TRUE, error);

      if (!target)
        return NULL;
      g_ptr_array_add (targets, (gpointer) target);
    }

  return g_steal_pointer (&targets);
}

/* A mode is of one system: of the others the usual one is looked at. */
static int
check (const Options   *options,
       RunnelPipeline  *pipeline,
       const char      *path,
       GError         **error)
{
  g_autoptr(GPtrArray) targets = find_targets (options, error);
  const RunnelExportOptions given = {
    .default_image = options->image ? options->image : RUNNEL_EXPORT_IMAGE,
    .runner = options->runner,
    .mode = options->mode,
    .command = "runnel",
  };
  int code;

  if (!targets)
    return RUNNEL_EXIT_USAGE;
  code = runnel_cli_export_check (pipeline, path, targets, &given, options->as_json, error);

  /* With all systems there is always one that can't do something. */
  return options->systems ? code : RUNNEL_EXIT_SUCCEEDED;
}

/* Paths on the command line are relative to where one is, not to the pipeline. */
static char *
make_place (const char *output)
{
  g_autofree char *path = NULL;

  if (!output)
    return NULL;
  path = g_canonicalize_filename (output, NULL);
  if (g_str_has_suffix (output, "/") || g_file_test (path, G_FILE_TEST_IS_DIR))
    return g_strconcat (path, "/", NULL);

  return g_steal_pointer (&path);
}

static RunnelExport *
make_export (const Options  *options,
             GError        **error)
{
  const RunnelTarget *target = runnel_cli_find_target (options->systems[0], TRUE, error);
  g_autofree char *place = make_place (options->output);
  RunnelExport *export;

  if (!target)
    return NULL;
  export = runnel_export_new (target, place);
  export->mode = g_strdup (options->mode);
  export->image = g_strdup (options->image);
  export->runner = g_strdup (options->runner);
  export->allow_loss = options->allow_loss;

  return export;
}

/* One that is asked for, or those that the pipeline names. */
static GPtrArray *
list_exports (const Options   *options,
              RunnelPipeline  *pipeline,
              const char      *path,
              GError         **error)
{
  g_autoptr(GPtrArray) exports = NULL;
  RunnelExport *export;

  if (!options->systems)
    {
      exports = runnel_export_list (pipeline, error);
      if (!exports || exports->len > 0)
        return g_steal_pointer (&exports);
      g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                   "%s keeps no export in sync: name a system with --to (runnel systems lists them), "
                   "or add one to “exports” in the pipeline", path);
      return NULL;
    }

  export = make_export (options, error);
  if (!export)
    return NULL;
  exports = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_export_free);
  g_ptr_array_add (exports, export);

  return g_steal_pointer (&exports);
}

static GPtrArray *
make_files (RunnelExport    *export,
            RunnelPipeline  *pipeline,
            const char      *path,
            GError         **error)
{
  g_autoptr(GError) problem = NULL;
  GPtrArray *files = runnel_export_make (export, pipeline, path, &problem);

  if (files)
    return files;
  if (g_error_matches (problem, RUNNEL_EXPORT_ERROR, RUNNEL_EXPORT_ERROR_LOSS))
    g_set_error (error, RUNNEL_EXPORT_ERROR, RUNNEL_EXPORT_ERROR_LOSS,
                 "%s\n--allow-loss leaves it out, runnel export --check tells what could be done",
                 problem->message);
  else
    g_propagate_error (error, g_steal_pointer (&problem));

  return NULL;
}

static gboolean
print_files (RunnelExport  *export,
             GPtrArray     *files,
             GError       **error)
{
  const RunnelExportFile *file = g_ptr_array_index (files, 0);
  gsize length;
  gconstpointer text = g_bytes_get_data (file->content, &length);

  if (files->len > 1)
    {
      g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                   "%s takes %u files: say where to with -o FOLDER/", export->target->title,
                   files->len);
      return FALSE;
    }
  fwrite (text, 1, length, stdout);

  return TRUE;
}

static gboolean
write_files (GPtrArray  *files,
             GError    **error)
{
  if (!runnel_export_write (files, error))
    return FALSE;

  for (guint i = 0; i < files->len; i++)
    {
      const RunnelExportFile *file = g_ptr_array_index (files, i);

      printf ("%s\n", file->path);
    }

  return TRUE;
}

/* Returns whether an error was set; `ret_current` says whether the files are as they should be. */
static gboolean
verify_files (GPtrArray  *files,
              gboolean   *ret_current,
              GError    **error)
{
  g_autofree char *difference = NULL;

  if (!runnel_export_compare (files, &difference, error))
    return FALSE;
  fputs (difference, stdout);
  *ret_current = *difference == '\0';

  return TRUE;
}

static int
carry_out (const Options   *options,
           GPtrArray       *exports,
           RunnelPipeline  *pipeline,
           const char      *path,
           GError         **error)
{
  int code = RUNNEL_EXIT_SUCCEEDED;

  for (guint i = 0; i < exports->len; i++)
    {
      RunnelExport *export = g_ptr_array_index (exports, i);
      g_autoptr(GPtrArray) files = make_files (export, pipeline, path, error);
      gboolean is_current = TRUE, ok;

      if (!files)
        return RUNNEL_EXIT_FAILED;
      if (options->verify)
        ok = verify_files (files, &is_current, error);
      else if (options->systems && !options->output)
        ok = print_files (export, files, error);
      else
        ok = write_files (files, error);
      if (!ok)
        return RUNNEL_EXIT_FAILED;
      if (!is_current)
        code = RUNNEL_EXIT_FAILED;
    }

  return code;
}

/* Who else would make sense of a pipeline that is wrong here? */
static RunnelPipeline *
read_checked (const char  *path,
              GError     **error)
{
  gsize length;
  g_autofree char *text = runnel_cli_read_file (path, &length, error);

  return text ? runnel_cli_read_pipeline (path, text, length, error) : NULL;
}

int
runnel_cli_export (int      argc,
                   char   **argv,
                   GError **error)
{
  g_auto(Options) options = { 0, };
  g_autoptr(RunnelPipeline) pipeline = NULL;
  g_autoptr(GPtrArray) exports = NULL;

  if (!parse (&options, &argc, &argv, error))
    return RUNNEL_EXIT_USAGE;
  pipeline = read_checked (argv[1], error);
  if (!pipeline)
    return RUNNEL_EXIT_USAGE;
  if (options.check)
    return check (&options, pipeline, argv[1], error);

  exports = list_exports (&options, pipeline, argv[1], error);

  return exports ? carry_out (&options, exports, pipeline, argv[1], error) : RUNNEL_EXIT_USAGE;
}
