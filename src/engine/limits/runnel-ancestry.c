/* runnel-ancestry.c: the steps inside which a run takes place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/limits/runnel-ancestry.h"

/**
 * runnel_ancestry_from_environment:
 *
 * Every process of a step has the run and the step in its environment, and what is around that
 * run. So this holds for a step of kind pipeline as for a script that calls `runnel run`.
 *
 * Returns: (transfer full): the ancestry of a run that this process is
 */
char *
runnel_ancestry_from_environment (void)
{
  const char *outer = g_getenv (RUNNEL_ENV_ANCESTRY);
  const char *run = g_getenv ("RUNNEL_RUN_ID");
  const char *step = g_getenv ("RUNNEL_STEP");

  if (run == NULL || step == NULL)
    return g_strdup ("");

  return g_strdup_printf ("%s%s%s:%s", outer ? outer : "", outer && *outer ? "," : "", run, step);
}

/**
 * runnel_ancestry_hand_on:
 * @self: (nullable): the ancestry of this run; %NULL for one that goes on by itself
 *
 * Puts it into the environment, so that runs inside of this one's steps know it. Not to be called
 * once there are threads.
 */
void
runnel_ancestry_hand_on (const char *self)
{
  if (self != NULL && *self != '\0')
    g_setenv (RUNNEL_ENV_ANCESTRY, self, TRUE);
  else
    g_unsetenv (RUNNEL_ENV_ANCESTRY);
}

/**
 * runnel_ancestry_has:
 * @run: the number of a run
 * @step: (nullable): id of a step of it; %NULL = any
 *
 * Returns: whether the run takes place inside of that step
 */
gboolean
runnel_ancestry_has (const char *self,
                     gint64      run,
                     const char *step)
{
  g_auto(GStrv) ancestors = g_strsplit (self, ",", -1);

  for (guint i = 0; ancestors[i] != NULL; i++)
    {
      const char *colon = strchr (ancestors[i], ':');

      if (colon != NULL && g_ascii_strtoll (ancestors[i], NULL, 10) == run &&
          (step == NULL || g_str_equal (colon + 1, step)))
        return TRUE;
    }

  return FALSE;
}
