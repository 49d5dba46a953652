/* test-proc.c: what /proc tells of a process
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "util/runnel-proc.h"

static void
test_own_process (void)
{
  RunnelProc proc;

  g_assert_true (runnel_proc_read (getpid (), &proc));
  g_assert_cmpint (proc.parent, ==, getppid ());
  g_assert_cmpint (proc.group, ==, getpgrp ());
  g_assert_cmpint (proc.state, ==, 'R');
  g_assert_cmpint (proc.start_time, >, 0);
  g_assert_cmpint (runnel_proc_get_start_time (getpid ()), ==, proc.start_time);
}

/* The name of a program may look like the fields behind it. */
static void
test_odd_name (void)
{
  RunnelProc before, odd;

  g_assert_true (runnel_proc_read (getpid (), &before));
  g_assert_cmpint (prctl (PR_SET_NAME, ") S 1 1 (x"), ==, 0);
  g_assert_true (runnel_proc_read (getpid (), &odd));
  g_assert_cmpint (odd.parent, ==, before.parent);
  g_assert_cmpint (odd.start_time, ==, before.start_time);
}

static void
test_no_process (void)
{
  pid_t pid = fork ();
  RunnelProc proc;

  if (pid == 0)
    _exit (0);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  g_assert_false (runnel_proc_read (pid, &proc));
  g_assert_cmpint (runnel_proc_get_start_time (pid), ==, 0);
  g_assert_false (runnel_proc_has_environment (pid, "PATH=/bin"));
}

/* A shell with this environment that stays until @ret_stdin is closed. Returns when it runs. */
static pid_t
start_shell (char *const *environment,
             int         *ret_stdin)
{
  int input[2], output[2];
  char byte;
  pid_t pid;

  g_assert_cmpint (pipe (input), ==, 0);
  g_assert_cmpint (pipe (output), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      dup2 (input[0], STDIN_FILENO);
      dup2 (output[1], STDOUT_FILENO);
      close (input[1]);
      execle ("/bin/sh", "sh", "-c", "echo; read line", NULL, environment);
      _exit (127);
    }
  g_assert_cmpint (read (output[0], &byte, 1), ==, 1);
  close (input[0]);
  close (output[0]);
  close (output[1]);
  *ret_stdin = input[1];
  return pid;
}

static void
test_environment (void)
{
  char *environment[] = { (char *) "A=1", (char *) "RUN=/runs/12", (char *) "EMPTY=", NULL };
  int shell_stdin;
  pid_t pid = start_shell (environment, &shell_stdin);

  g_assert_true (runnel_proc_has_environment (pid, "A=1"));
  g_assert_true (runnel_proc_has_environment (pid, "RUN=/runs/12"));
  g_assert_true (runnel_proc_has_environment (pid, "EMPTY="));
  g_assert_false (runnel_proc_has_environment (pid, "RUN=/runs/1"));
  g_assert_false (runnel_proc_has_environment (pid, "RUN=/runs/123"));
  g_assert_false (runnel_proc_has_environment (pid, "UN=/runs/12"));
  close (shell_stdin);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/util/proc/own-process", test_own_process);
  g_test_add_func ("/util/proc/odd-name", test_odd_name);
  g_test_add_func ("/util/proc/no-process", test_no_process);
  g_test_add_func ("/util/proc/environment", test_environment);
  return g_test_run ();
}
