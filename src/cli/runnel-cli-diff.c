/* runnel-cli-diff.c: runnel diff
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>
#include <unistd.h>

#include "cli/runnel-cli-compare.h"
#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"
#include "model/runnel-comparison.h"

#define N_GIT_ARGUMENTS 7 /* path, old file, hash, mode, new file, hash, mode */

typedef struct
{
  gboolean as_json;
  gboolean quiet;
  gboolean for_git;
  char *color;
  char *picture;
} Options;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->color, g_free);
  g_clear_pointer (&self->picture, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Git's word for a file that is not there. */
static RunnelPipeline *
load (const char  *path,
      GError     **error)
{
  return g_str_equal (path, "/dev/null") ? runnel_pipeline_new ()
                                         : runnel_cli_load_pipeline (path, error);
}

static gboolean
wants_color (const Options *options)
{
  if (g_strcmp0 (options->color, "always") == 0)
    return TRUE;
  if (g_strcmp0 (options->color, "never") == 0)
    return FALSE;

  return isatty (STDOUT_FILENO) && g_getenv ("NO_COLOR") == NULL;
}

/* A sign, so that the colour is not all that tells. */
static const char *
get_mark (const RunnelDifference *difference,
          gboolean                color)
{
  switch (difference->type)
    {
    case RUNNEL_DIFFERENCE_ADDED:
      return color ? "\033[32m+" : "+";
    case RUNNEL_DIFFERENCE_REMOVED:
      return color ? "\033[31m-" : "-";
    case RUNNEL_DIFFERENCE_CHANGED:
    case RUNNEL_DIFFERENCE_MOVED:
    default:
      return color ? "\033[33m~" : "~";
    }
}

static void
print_differences (RunnelComparison *comparison,
                   gboolean          color)
{
  GPtrArray *differences = runnel_comparison_get_differences (comparison);
  const guint n_work = runnel_comparison_count_work (comparison);

  for (guint i = 0; i < differences->len; i++)
    {
      const RunnelDifference *difference = differences->pdata[i];
      g_autofree char *line = runnel_difference_to_string (difference);

      if (i == n_work)
        printf ("%sThe drawing only:\n", n_work > 0 ? "\n" : "");
      fputs (get_mark (difference, color), stdout);
      runnel_terminal_print (stdout, " %s", line);
      puts (color ? "\033[0m" : "");
    }
}

static int
compare (const Options *options,
         const char    *old,
         const char    *new,
         GError       **error)
{
  g_autoptr(RunnelPipeline) from = load (old, error);
  g_autoptr(RunnelPipeline) to = from != NULL ? load (new, error) : NULL;
  g_autoptr(RunnelComparison) comparison = to != NULL ? runnel_comparison_new (from, to) : NULL;
  gboolean differ;

  if (comparison == NULL
      || (options->picture != NULL
          && !runnel_cli_draw_comparison (comparison, options->picture, error)))
    return RUNNEL_EXIT_USAGE;

  differ = runnel_comparison_get_differences (comparison)->len > 0;
  if (options->as_json)
    runnel_cli_print_json (runnel_comparison_to_json (comparison));
  else if (!options->quiet)
    print_differences (comparison, wants_color (options));

  return differ && !options->for_git ? RUNNEL_EXIT_FAILED : RUNNEL_EXIT_SUCCEEDED;
}

static gboolean
parse (Options  *options,
       int      *argc,
       char   ***argv,
       GError  **error)
{
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->as_json, "Print a JSON array", NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options->quiet, "Say it with the exit code only", NULL },
    { "color", 0, 0, G_OPTION_ARG_STRING, &options->color, "auto, always or never", "WHEN" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->picture,
      "Draw both versions in one picture, too", "FILE.svg|png|pdf" },
    { "git", 0, 0, G_OPTION_ARG_NONE, &options->for_git,
      "Take the seven arguments that git gives to a program that shows differences", NULL },
    { NULL }
  };

  if (!runnel_cli_parse (argc, argv, entries, "OLD NEW",
                         "Says how two versions of a pipeline differ: in what they do, and in how "
                         "they are drawn.", 1, N_GIT_ARGUMENTS, error))
    return FALSE;
  if (*argc - 1 == (options->for_git ? N_GIT_ARGUMENTS : 2))
    return TRUE;

  g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                       "name two files: runnel diff OLD NEW");
  return FALSE;
}

int
runnel_cli_diff (int      argc,
                 char   **argv,
                 GError **error)
{
  g_auto(Options) options = { 0, };

  if (!parse (&options, &argc, &argv, error))
    return RUNNEL_EXIT_USAGE;
  if (!options.for_git)
    return compare (&options, argv[1], argv[2], error);

  printf ("runnel diff %s\n", argv[1]);
  return compare (&options, argv[2], argv[5], error);
}
