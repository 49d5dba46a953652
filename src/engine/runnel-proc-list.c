/* runnel-proc-list.c: processes that belong together
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "engine/runnel-proc-list.h"

#define DESCRIBED_AT_MOST 8
#define NS_PER_SECOND G_GINT64_CONSTANT (1000000000)

static GArray *
list_living (void)
{
  GArray *procs = g_array_new (FALSE, FALSE, sizeof (RunnelProc));
  g_autoptr(GDir) dir = g_dir_open ("/proc", 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      RunnelProc proc;

      if (g_ascii_isdigit (*name) && runnel_proc_read (atoi (name), &proc)
          && proc.state != 'Z' && proc.state != 'X')
        g_array_append_val (procs, proc);
    }
  return procs;
}

/**
 * runnel_proc_list_group:
 * @group: a process group
 *
 * Returns: (transfer full): its living members (no zombies), an array of #RunnelProc
 */
GArray *
runnel_proc_list_group (pid_t group)
{
  GArray *procs = list_living ();

  for (guint i = procs->len; i > 0; i--)
    if (g_array_index (procs, RunnelProc, i - 1).group != group)
      g_array_remove_index (procs, i - 1);
  return procs;
}

/**
 * runnel_proc_list_below:
 * @ancestor: a process
 *
 * Returns: (transfer full): its living descendants, parents before their children, an array
 *   of #RunnelProc
 */
GArray *
runnel_proc_list_below (pid_t ancestor)
{
  g_autoptr(GArray) all = list_living ();
  GArray *below = g_array_new (FALSE, FALSE, sizeof (RunnelProc));

  for (guint n_visited = 0; ancestor != 0; n_visited++)
    {
      for (guint i = 0; i < all->len; i++)
        {
          const RunnelProc *proc = &g_array_index (all, RunnelProc, i);

          if (proc->parent == ancestor)
            g_array_append_vals (below, proc, 1);
        }
      ancestor = n_visited < below->len ? g_array_index (below, RunnelProc, n_visited).pid : 0;
    }
  return below;
}

/**
 * runnel_proc_list_describe:
 * @procs: an array of #RunnelProc
 *
 * Returns: (transfer full): "sleep (1234), node (1235)", a long list is cut short
 */
char *
runnel_proc_list_describe (GArray *procs)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (procs->len, DESCRIBED_AT_MOST); i++)
    {
      const RunnelProc *proc = &g_array_index (procs, RunnelProc, i);

      g_string_append_printf (text, "%s%s (%d)", i > 0 ? ", " : "", proc->name, (int) proc->pid);
    }
  if (procs->len > DESCRIBED_AT_MOST)
    g_string_append (text, ", …");
  return g_string_free (text, FALSE);
}

/**
 * runnel_proc_ticks_now:
 *
 * Returns: the start time that a process would get if it were started now
 */
gint64
runnel_proc_ticks_now (void)
{
  static gint64 ns_per_tick;
  struct timespec now;

  if (ns_per_tick == 0)
    ns_per_tick = NS_PER_SECOND / sysconf (_SC_CLK_TCK);
  clock_gettime (CLOCK_BOOTTIME, &now);
  return (now.tv_sec * NS_PER_SECOND + now.tv_nsec) / ns_per_tick;
}
