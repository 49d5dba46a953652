/* runnel-cli-schema.c: runnel schema
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli.h"
#include "model/runnel-schema.h"

int
runnel_cli_schema (int      argc,
                   char   **argv,
                   GError **error)
{
  g_autofree char *text = NULL;

  if (!runnel_cli_parse (&argc, &argv, NULL, "",
                         "Prints the JSON Schema of pipelines, for editors and checkers.", 0, 0,
                         error))
    return RUNNEL_EXIT_USAGE;

  text = runnel_schema_to_text ();
  fputs (text, stdout);

  return RUNNEL_EXIT_SUCCEEDED;
}
