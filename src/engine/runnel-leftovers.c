/* runnel-leftovers.c: processes that are still there when a run is over
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/runnel-leftovers.h"
#include "engine/runnel-proc-list.h"

#define LOOK_INTERVAL (20 * G_TIME_SPAN_MILLISECOND)

static void
signal_all (GArray *procs,
            int     signal_number)
{
  for (guint i = 0; i < procs->len; i++)
    kill (g_array_index (procs, RunnelProc, i).pid, signal_number);
}

/* Looking through /proc takes longer than many a run, and mostly nothing is there. */
static GArray *
list_leftovers (void)
{
  pid_t pid;

  while ((pid = waitpid (-1, NULL, WNOHANG)) > 0)
    ;
  if (pid < 0 && errno == ECHILD)
    return g_array_new (FALSE, FALSE, sizeof (RunnelProc));
  return runnel_proc_list_below (getpid ());
}

/**
 * runnel_leftovers_end:
 * @grace: microseconds between TERM and KILL, 0 = KILL at once
 *
 * Ends all descendants of this process, which is a subreaper: so these are all that a run has
 * started, whatever group, session or parent they have given themselves. Blocks until they are
 * gone, and waits for every child.
 *
 * Returns: (transfer full) (nullable): their names and pids, %NULL when there was none
 */
char *
runnel_leftovers_end (gint64 grace)
{
  gint64 kill_at = g_get_monotonic_time () + grace;
  GArray *procs = list_leftovers ();
  char *description = procs->len > 0 ? runnel_proc_list_describe (procs) : NULL;

  if (grace > 0)
    signal_all (procs, SIGTERM);
  while (procs->len > 0)
    {
      if (g_get_monotonic_time () >= kill_at)
        signal_all (procs, SIGKILL);
      g_usleep (LOOK_INTERVAL);
      g_array_unref (procs);
      procs = list_leftovers ();
    }
  g_array_unref (procs);
  return description;
}
