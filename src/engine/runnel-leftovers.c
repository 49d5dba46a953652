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

/* Waits for those that have ended. A process whose parent is gone becomes our child, so when there
 * is no child there is nothing below us at all. Looking through /proc can't tell that: who is
 * just being forked or handed over is in no listing. It also takes longer than many a run, and
 * mostly nothing is there. */
static gboolean
is_anything_left (void)
{
  pid_t pid;

  while ((pid = waitpid (-1, NULL, WNOHANG)) > 0)
    ;
  return pid == 0 || errno != ECHILD;
}

static void
signal_leftovers (int     signal_number,
                  char  **description)
{
  g_autoptr(GArray) procs = runnel_proc_list_below (getpid ());

  if (*description == NULL && procs->len > 0)
    *description = runnel_proc_list_describe (procs);
  for (guint i = 0; i < procs->len; i++)
    kill (g_array_index (procs, RunnelProc, i).pid, signal_number);
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
  char *description = NULL;

  if (grace > 0 && is_anything_left ())
    signal_leftovers (SIGTERM, &description);
  while (is_anything_left ())
    {
      if (g_get_monotonic_time () >= kill_at)
        signal_leftovers (SIGKILL, &description);
      g_usleep (LOOK_INTERVAL);
    }
  return description;
}
