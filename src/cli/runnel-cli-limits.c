/* runnel-cli-limits.c: what the system has to grant before a run can begin
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sys/resource.h>

#include "cli/runnel-cli-run.h"

/* The engine holds about twenty files, more while somebody watches the run. A step that runs is
 * held by its process and its log. */
#define OWN_FILES 40
#define FILES_PER_STEP 2

static guint
count_files (RunnelCliOrder *order)
{
  guint n_jobs = runnel_run_choose_jobs (order->pipeline, order->jobs);

  return OWN_FILES +
         FILES_PER_STEP * MIN (n_jobs, runnel_pipeline_get_n_steps (order->pipeline));
}

/**
 * runnel_cli_check_limits:
 * @order: what is to run
 * @error: return location for a %RUNNEL_CLI_ERROR_STORE
 *
 * Makes sure that a run does not end for want of file descriptors: some libraries abort then. The
 * limit is raised only when it has to be, as the steps inherit it.
 *
 * Returns: whether there are enough
 */
gboolean
runnel_cli_check_limits (RunnelCliOrder  *order,
                         GError         **error)
{
  guint n_files = count_files (order);
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur >= n_files)
    return TRUE;
  if (limit.rlim_max >= n_files)
    {
      limit.rlim_cur = n_files;
      if (setrlimit (RLIMIT_NOFILE, &limit) == 0)
        return TRUE;
    }

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_STORE,
               "only %u files may be open at once, and this run needs %u: raise the limit with "
               "ulimit -n %u, or run fewer steps at once with --jobs", (guint) limit.rlim_max,
               n_files, n_files);

  return FALSE;
}
