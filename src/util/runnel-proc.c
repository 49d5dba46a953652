/* runnel-proc.c: what /proc tells of a process
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "util/runnel-proc.h"

static gboolean
read_proc_file (pid_t       pid,
                const char *name,
                char      **ret_text,
                gsize      *ret_length)
{
  char path[64];

  g_snprintf (path, sizeof path, "/proc/%d/%s", (int) pid, name);
  return g_file_get_contents (path, ret_text, ret_length, NULL);
}

/**
 * runnel_proc_read:
 * @pid: a process
 * @ret_proc: (out): what is known of it; left alone on failure
 *
 * A pid may be given to another process at any time; together with the start
 * time it never is. Format: proc(5), /proc/PID/stat.
 *
 * Returns: whether there is such a process
 */
gboolean
runnel_proc_read (pid_t       pid,
                  RunnelProc *ret_proc)
{
  g_autofree char *text = NULL;
  const char *name;
  const char *after_name;
  unsigned long long start_time;
  RunnelProc proc;
  gsize length;

  if (!read_proc_file (pid, "stat", &text, &length))
    return FALSE;
  /* Field 2 is the program's name in parentheses, and may itself hold spaces and parentheses. */
  name = strchr (text, '(');
  after_name = strrchr (text, ')');
  if (name == NULL || after_name == NULL ||
      sscanf (after_name + 1,
              " %c %d %d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu",
              &proc.state, &proc.parent, &proc.group, &start_time) != 4)
    return FALSE;
  proc.pid = pid;
  g_strlcpy (proc.name, name + 1, MIN (sizeof proc.name, (gsize) (after_name - name)));
  proc.start_time = start_time;
  *ret_proc = proc;
  return TRUE;
}

/**
 * runnel_proc_get_start_time:
 * @pid: a process
 *
 * Returns: field 22 of its /proc/PID/stat, which tells it from any other that
 *   has or had the same pid; 0 when there is no such process
 */
gint64
runnel_proc_get_start_time (pid_t pid)
{
  RunnelProc proc;

  return runnel_proc_read (pid, &proc) ? proc.start_time : 0;
}

/**
 * runnel_proc_has_environment:
 * @pid: a process
 * @assignment: "NAME=value"
 *
 * Returns: whether the process was started with exactly this in its
 *   environment; %FALSE also for a process of another user
 */
gboolean
runnel_proc_has_environment (pid_t       pid,
                             const char *assignment)
{
  g_autofree char *environment = NULL;
  gsize length;

  g_return_val_if_fail (assignment != NULL, FALSE);

  if (!read_proc_file (pid, "environ", &environment, &length))
    return FALSE;
  for (const char *entry = environment; entry < environment + length; entry += strlen (entry) + 1)
    if (strcmp (entry, assignment) == 0)
      return TRUE;
  return FALSE;
}

/**
 * runnel_proc_is_changing:
 * @pid: a process that is no thread of the kernel
 *
 * Returns: whether the process shows no environment: it is just becoming another program, or was
 *   started without any
 */
gboolean
runnel_proc_is_changing (pid_t pid)
{
  g_autofree char *environment = NULL;
  gsize length;

  return read_proc_file (pid, "environ", &environment, &length) && length == 0;
}
