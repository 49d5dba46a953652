/* test-leftovers.c: finding and ending what is left
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/runnel-leftovers.h"
#include "engine/runnel-proc-list.h"

static pid_t
fork_sleeper (gboolean stubborn)
{
  pid_t pid;

  signal (SIGTERM, stubborn ? SIG_IGN : SIG_DFL); /* before it could be missed */
  pid = fork ();
  if (pid == 0)
    for (;;)
      pause ();
  signal (SIGTERM, SIG_DFL);
  return pid;
}

/* A grandchild in a session of its own, whose parent has gone. */
static pid_t
fork_orphan (void)
{
  int channel[2];
  pid_t child, orphan;

  g_assert_cmpint (pipe (channel), ==, 0);
  child = fork ();
  if (child == 0)
    {
      setsid ();
      orphan = fork_sleeper (FALSE);
      g_assert_cmpint (write (channel[1], &orphan, sizeof orphan), ==, sizeof orphan);
      _exit (0);
    }
  g_assert_cmpint (read (channel[0], &orphan, sizeof orphan), ==, sizeof orphan);
  waitpid (child, NULL, 0);
  close (channel[0]);
  close (channel[1]);
  return orphan;
}

static gboolean
contains (GArray *procs,
          pid_t   pid)
{
  for (guint i = 0; i < procs->len; i++)
    if (g_array_index (procs, RunnelProc, i).pid == pid)
      return TRUE;
  return FALSE;
}

static void
test_nothing (void)
{
  g_assert_null (runnel_leftovers_end (0));
  g_assert_null (runnel_leftovers_end (G_USEC_PER_SEC));
}

static void
test_polite (void)
{
  g_autofree char *description = NULL;
  g_autofree char *expected = NULL;
  pid_t pid = fork_sleeper (FALSE);

  expected = g_strdup_printf ("test-leftovers (%d)", (int) pid);
  description = runnel_leftovers_end (3600 * G_TIME_SPAN_SECOND); /* TERM is enough */
  g_assert_cmpstr (description, ==, expected);
  g_assert_cmpint (kill (pid, 0), ==, -1);
}

static void
test_stubborn (void)
{
  pid_t pid = fork_sleeper (TRUE);

  g_free (runnel_leftovers_end (1));
  g_assert_cmpint (kill (pid, 0), ==, -1);
}

static void
test_orphan (void)
{
  pid_t pid = fork_orphan ();

  g_free (runnel_leftovers_end (0));
  g_assert_cmpint (kill (pid, 0), ==, -1);
}

static void
test_list_group (void)
{
  pid_t leader = fork_sleeper (FALSE);
  pid_t other = fork_sleeper (FALSE);
  g_autoptr(GArray) procs = NULL;
  g_autoptr(GArray) rest = NULL;

  setpgid (leader, leader);
  setpgid (other, leader);
  procs = runnel_proc_list_group (leader);
  g_assert_cmpuint (procs->len, ==, 2);
  g_assert_true (contains (procs, leader) && contains (procs, other));

  kill (other, SIGKILL); /* a zombie does not count */
  waitid (P_PID, other, &(siginfo_t) { 0 }, WEXITED | WNOWAIT);
  rest = runnel_proc_list_group (leader);
  g_assert_cmpuint (rest->len, ==, 1);
  g_free (runnel_leftovers_end (0));
}

static void
test_list_below (void)
{
  pid_t child = fork_sleeper (FALSE);
  pid_t orphan = fork_orphan ();
  g_autoptr(GArray) procs = runnel_proc_list_below (getpid ());

  g_assert_cmpuint (procs->len, ==, 2);
  g_assert_true (contains (procs, child) && contains (procs, orphan));
  g_assert_false (contains (procs, getpid ()));
  g_free (runnel_leftovers_end (0));
}

static void
test_describe (void)
{
  g_autoptr(GArray) procs = g_array_new (FALSE, TRUE, sizeof (RunnelProc));
  g_autofree char *few = NULL;
  g_autofree char *many = NULL;

  for (int i = 1; i <= 2; i++)
    {
      RunnelProc proc = { .pid = i, .name = "sleep" };
      g_array_append_val (procs, proc);
    }
  few = runnel_proc_list_describe (procs);
  g_assert_cmpstr (few, ==, "sleep (1), sleep (2)");
  g_array_set_size (procs, 1000);
  many = runnel_proc_list_describe (procs);
  g_assert_true (g_str_has_suffix (many, ", …"));
  g_assert_cmpuint (strlen (many), <, 200);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  prctl (PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  g_test_add_func ("/engine/leftovers/nothing", test_nothing);
  g_test_add_func ("/engine/leftovers/polite", test_polite);
  g_test_add_func ("/engine/leftovers/stubborn", test_stubborn);
  g_test_add_func ("/engine/leftovers/orphan", test_orphan);
  g_test_add_func ("/engine/leftovers/list-group", test_list_group);
  g_test_add_func ("/engine/leftovers/list-below", test_list_below);
  g_test_add_func ("/engine/leftovers/describe", test_describe);
  return g_test_run ();
}
