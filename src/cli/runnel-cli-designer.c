/* runnel-cli-designer.c: runnel designer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <unistd.h>

#include "cli/runnel-cli.h"

#define PROGRAM "runnel-designer"

/* Beside this program where both are installed, or where both are built; else in PATH. */
static char *
find_designer (void)
{
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = own ? g_path_get_dirname (own) : NULL;

  if (folder)
    {
      g_autofree char *installed = g_build_filename (folder, PROGRAM, NULL);
      g_autofree char *built = g_build_filename (folder, "..", "designer", PROGRAM, NULL);

      if (g_file_test (installed, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&installed);
      if (g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&built);
    }

  return g_find_program_in_path (PROGRAM);
}

/* Returns: (transfer container): for the program, with the option before the files */
static char **
make_arguments (char       *program,
                const char *option,
                char      **files)
{
  GPtrArray *arguments = g_ptr_array_new ();

  g_ptr_array_add (arguments, program);
  if (option)
    g_ptr_array_add (arguments, (char *) option);
  g_ptr_array_add (arguments, "--");
  for (; *files; files++)
    g_ptr_array_add (arguments, *files);
  g_ptr_array_add (arguments, NULL);

  return (char **) g_ptr_array_free (arguments, FALSE);
}

int
runnel_cli_designer (int      argc,
                     char   **argv,
                     GError **error)
{
  g_autofree char *program = NULL;
  g_autofree char **arguments = NULL;
  gboolean diff = FALSE, merge = FALSE;
  const GOptionEntry entries[] = {
    { "diff", 0, 0, G_OPTION_ARG_NONE, &diff, "Show how two files differ: OLD NEW", NULL },
    { "merge", 0, 0, G_OPTION_ARG_NONE, &merge, "Merge files: BASE OURS THEIRS RESULT", NULL },
    { NULL }
  };

  if (!runnel_cli_parse (&argc, &argv, entries, "[FILE…]", "Opens the designer, on pipelines if "
                         "they are given.", 0, -1, error))
    return RUNNEL_EXIT_USAGE;

  program = find_designer ();
  if (!program)
    {
      g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND,
                   "the designer is not installed: there is no %s beside this program or in "
                   "PATH", PROGRAM);
      return RUNNEL_EXIT_NOT_FOUND;
    }

  arguments = make_arguments (program, diff ? "--diff" : merge ? "--merge" : NULL, argv + 1);
  execv (program, arguments);
  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND, "%s can't be started: %s",
               program, g_strerror (errno));

  return RUNNEL_EXIT_NOT_FOUND;
}
