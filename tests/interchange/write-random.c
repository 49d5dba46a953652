/* write-random.c: pipelines by chance as files, for tests in other languages
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: write-random FOLDER COUNT   writes FOLDER/SEED.runnel.json for the seeds from 0
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "engine/kinds/runnel-kinds.h"
#include "random-pipeline.h"

int
main (int argc, char **argv)
{
  if (argc != 3)
    {
      fputs ("usage: write-random FOLDER COUNT\n", stderr);
      return 2;
    }
  runnel_kinds_init ();
  for (guint seed = 0; seed < (guint) atoi (argv[2]); seed++)
    {
      g_autoptr(RunnelPipeline) pipeline = random_pipeline_new (seed, RANDOM_ALL);
      g_autofree char *text = runnel_pipeline_to_text (pipeline, NULL);
      g_autofree char *name = g_strdup_printf ("%u" RUNNEL_FILE_SUFFIX, seed);
      g_autofree char *path = g_build_filename (argv[1], name, NULL);
      g_autoptr(GError) error = NULL;

      if (!g_file_set_contents (path, text, -1, &error))
        {
          fprintf (stderr, "%s\n", error->message);
          return 1;
        }
    }

  return 0;
}
