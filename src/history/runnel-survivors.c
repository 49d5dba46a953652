/* runnel-survivors.c: processes that a dead run left behind
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/pidfd.h>
#include <unistd.h>

#include "history/runnel-survivors.h"
#include "util/runnel-proc.h"

/* Nobody waits for what these processes do any more; a short time to clean up is enough. */
#define GRACE (2 * G_TIME_SPAN_SECOND)
#define POLL_INTERVAL (20 * G_TIME_SPAN_MILLISECOND)
#define MAX_KILLS 100
#define MAX_LOOKS 25

typedef struct
{
  char *assignment;           /* what every process of the run has in its environment */
  const RunnelLeader *leaders;
  guint n_leaders;
  guint n_changing;           /* processes that the last look could tell nothing of */
} Search;

static gboolean
leads_group (const Search *search,
             pid_t         group)
{
  for (guint i = 0; i < search->n_leaders; i++)
    if (search->leaders[i].pid == group)
      return runnel_proc_get_start_time (group) == search->leaders[i].start_time;
  return FALSE;
}

static gboolean
is_survivor (const Search     *search,
             pid_t             pid,
             const RunnelProc *proc)
{
  return proc->state != 'Z' && pid != getpid () &&
         (leads_group (search, proc->group) ||
          runnel_proc_has_environment (pid, search->assignment));
}

/* Returns: (transfer full) (element-type RunnelLeader): all of them that live now */
static GArray *
find_survivors (Search *search)
{
  GArray *survivors = g_array_new (FALSE, FALSE, sizeof (RunnelLeader));
  g_autoptr(GDir) dir = g_dir_open ("/proc", 0, NULL);
  const char *name;

  search->n_changing = 0;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      pid_t pid = atoi (name);
      RunnelProc proc;

      if (pid <= 1 || !runnel_proc_read (pid, &proc))
        continue;
      if (is_survivor (search, pid, &proc))
        {
          RunnelLeader survivor = { pid, proc.start_time };

          g_array_append_val (survivors, survivor);
        }
      else if (proc.state != 'Z' && proc.group != 0 && runnel_proc_is_changing (pid))
        search->n_changing++;
    }
  return survivors;
}

/* Through a descriptor of the process: the pid can't have become another's in between. */
static void
send_signal (const RunnelLeader *process,
             int                 signum)
{
  int fd = pidfd_open (process->pid, 0);

  if (fd < 0)
    return;
  if (runnel_proc_get_start_time (process->pid) == process->start_time)
    pidfd_send_signal (fd, signum, NULL, 0);
  close (fd);
}

/* Sends @signum to all that live now. Returns: how many these were */
static guint
signal_survivors (Search *search,
                  int     signum)
{
  g_autoptr(GArray) survivors = find_survivors (search);

  for (guint i = 0; i < survivors->len; i++)
    send_signal (&g_array_index (survivors, RunnelLeader, i), signum);
  return survivors->len;
}

/* A process shows no environment for the moment in which it becomes another program, and on a busy
 * machine that takes its time; so nothing found counts only when every process could be told, twice. */
static guint
signal_survivors_surely (Search *search,
                         int     signum)
{
  for (guint i = 0; i < MAX_LOOKS; i++)
    {
      guint n_survivors = signal_survivors (search, signum);

      if (n_survivors > 0 || (i > 0 && search->n_changing == 0))
        return n_survivors;
      if (search->n_changing > 0)
        g_usleep (POLL_INTERVAL);
    }
  return 0;
}

static void
kill_survivors (Search *search)
{
  /* Again and again, for they may have made others meanwhile. */
  for (guint i = 0; i < MAX_KILLS && signal_survivors_surely (search, SIGKILL) > 0; i++)
    g_usleep (POLL_INTERVAL);
}

/**
 * runnel_survivors_end:
 * @run_dir: absolute path of the folder of a run whose engine is gone
 * @leaders: (array length=n_leaders): first processes of its attempts
 * @n_leaders: their number
 *
 * Ends every process of the run: those that have the run's folder as
 * RUNNEL_RUN_DIR in their environment, and those in the group of a leader
 * that still lives. They are asked to end, and killed when they have not
 * after two seconds. Blocks until they are gone.
 *
 * Returns: how many there were
 */
guint
runnel_survivors_end (const char         *run_dir,
                      const RunnelLeader *leaders,
                      guint               n_leaders)
{
  g_autofree char *assignment = g_strconcat ("RUNNEL_RUN_DIR=", run_dir, NULL);
  Search search = { assignment, leaders, n_leaders, 0 };
  gint64 deadline = g_get_monotonic_time () + GRACE;
  guint n_survivors = signal_survivors_surely (&search, SIGTERM);
  guint n_left = n_survivors;

  if (n_survivors == 0)
    return 0;
  signal_survivors (&search, SIGCONT); /* a stopped process would not hear it */
  while (n_left > 0 && g_get_monotonic_time () < deadline)
    {
      g_usleep (POLL_INTERVAL);
      n_left = signal_survivors (&search, 0);
    }
  kill_survivors (&search);
  return n_survivors;
}
