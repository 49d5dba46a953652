/* runnel-cli-merge.c: runnel merge
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"
#include "model/runnel-json-write.h"
#include "model/runnel-merge.h"

typedef struct
{
  char *output;
  gboolean as_json;
  gboolean theirs;
} Options;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->output, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Where both sides added the file, git has an empty one for what was before. */
static RunnelPipeline *
load_base (const char  *path,
           GError     **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (g_file_get_contents (path, &text, &length, NULL) && length == 0)
    return runnel_pipeline_new ();

  return runnel_cli_load_pipeline (path, error);
}

static char *
describe (JsonNode *value)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (value == NULL)
    return g_strdup ("nothing");

  runnel_json_write_compact (text, value);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
print_conflicts (GPtrArray *conflicts)
{
  for (guint i = 0; i < conflicts->len; i++)
    {
      const RunnelMergeConflict *conflict = conflicts->pdata[i];
      g_autofree char *base = describe (conflict->base);
      g_autofree char *ours = describe (conflict->ours);
      g_autofree char *theirs = describe (conflict->theirs);

      runnel_terminal_print (stderr,
                             "conflict in %s\n  before  %s\n  ours    %s%s\n  theirs  %s%s\n",
                             conflict->path, base, ours,
                             conflict->side == RUNNEL_MERGE_OURS ? "  (taken)" : "", theirs,
                             conflict->side == RUNNEL_MERGE_THEIRS ? "  (taken)" : "");
    }
}

static gboolean
write_result (RunnelPipeline *result,
              const char     *path,
              GError        **error)
{
  gsize length;
  g_autofree char *text = runnel_pipeline_to_text (result, &length);

  if (path != NULL)
    return g_file_set_contents (path, text, length, error);

  fwrite (text, 1, length, stdout);
  return TRUE;
}

static int
merge (const Options *options,
       char         **files,
       GError       **error)
{
  g_autoptr(RunnelPipeline) base = load_base (files[0], error);
  g_autoptr(RunnelPipeline) ours = base != NULL ? runnel_cli_load_pipeline (files[1], error) : NULL;
  g_autoptr(RunnelPipeline) theirs =
    ours != NULL ? runnel_cli_load_pipeline (files[2], error) : NULL;
  g_autoptr(RunnelPipeline) result = NULL;
  g_autoptr(RunnelMerge) three = NULL;

  if (theirs == NULL)
    return RUNNEL_EXIT_USAGE;

  three = runnel_merge_new (base, ours, theirs,
                            options->theirs ? RUNNEL_MERGE_THEIRS : RUNNEL_MERGE_OURS);
  result = runnel_merge_make_result (three, error);
  if (result == NULL || !write_result (result, options->output, error))
    return RUNNEL_EXIT_STORE;

  if (options->as_json)
    runnel_cli_print_json (runnel_merge_to_json (three));
  else
    print_conflicts (runnel_merge_get_conflicts (three));

  return runnel_merge_get_conflicts (three)->len > 0 ? RUNNEL_EXIT_FAILED : RUNNEL_EXIT_SUCCEEDED;
}

int
runnel_cli_merge (int      argc,
                  char   **argv,
                  GError **error)
{
  g_auto(Options) options = { 0, };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
      "Where the merged pipeline goes, in place of standard output; may be one of the three",
      "FILE" },
    { "theirs", 0, 0, G_OPTION_ARG_NONE, &options.theirs,
      "Take THEIRS, not OURS, where both changed the same", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.as_json,
      "Print the conflicts as a JSON array; needs -o", NULL },
    { NULL }
  };

  if (!runnel_cli_parse (&argc, &argv, entries, "BASE OURS THEIRS",
                         "Brings together what two sides changed in a pipeline, by step and key.",
                         3, 3, error))
    return RUNNEL_EXIT_USAGE;
  if (options.as_json && options.output == NULL)
    {
      g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                           "--json needs -o FILE: standard output can't hold both");
      return RUNNEL_EXIT_USAGE;
    }

  return merge (&options, argv + 1, error);
}
