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

int
runnel_cli_designer (int      argc,
                     char   **argv,
                     GError **error)
{
  g_autofree char *program = NULL;

  if (!runnel_cli_parse (&argc, &argv, NULL, "[FILE…]", "Opens the designer, on pipelines if "
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

  argv[0] = program;
  execv (program, argv);
  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND, "%s can't be started: %s",
               program, g_strerror (errno));

  return RUNNEL_EXIT_NOT_FOUND;
}
