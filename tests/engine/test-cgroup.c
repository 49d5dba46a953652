/* test-cgroup.c: control groups of the kernel, which know what all processes of an attempt took
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where no group can be made and marked, as in most containers, the tests are skipped.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine/runnel-cgroup.h"

static char *
make_group (void)
{
  static const char *const mounts[] = { "/sys/fs/cgroup", "/sys/fs/cgroup/unified" };
  g_autofree char *name = g_strdup_printf ("runnel-test-%d", getpid ());

  for (guint i = 0; i < G_N_ELEMENTS (mounts); i++)
    {
      g_autofree char *control = g_build_filename (mounts[i], "cgroup.procs", NULL);
      g_autofree char *folder = g_build_filename (mounts[i], name, NULL);

      if (g_access (control, W_OK) < 0 || g_mkdir (folder, 0755) < 0)
        continue;
      if (setxattr (folder, "user.delegate", "1", 1, 0) == 0)
        return g_steal_pointer (&folder);
      g_rmdir (folder);
    }
  return NULL;
}

static gboolean
enter (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "cgroup.procs", NULL);
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  gboolean ok = fd >= 0 && write (fd, "0", 1) == 1;

  if (fd >= 0)
    close (fd);
  return ok;
}

static void
use_processor (void)
{
  while (clock () < CLOCKS_PER_SEC / 20)
    ;
}

/* An attempt and a child of it that nobody waits for. */
static void
run_attempt (RunnelCgroup *group)
{
  int status;
  pid_t pid = fork ();

  if (pid == 0)
    {
      if (write (runnel_cgroup_get_fd (group), "0", 1) != 1)
        _exit (1);
      if (fork () == 0)
        use_processor ();
      else
        use_processor ();
      _exit (0);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
}

/* In a process of its own, as it moves from group to group. Ends with 77 where groups can't be had. */
static void
measure_and_exit (const char *folder)
{
  RunnelUsage usage = { 0, };
  RunnelCgroups *groups = enter (folder) ? runnel_cgroups_new_for (folder) : NULL;
  RunnelCgroup *group;

  if (groups == NULL)
    _exit (77);
  group = runnel_cgroup_new (groups);
  g_assert_nonnull (group);
  run_attempt (group);
  do /* the child that nobody waits for is at work still */
    runnel_cgroup_measure (group, &usage);
  while (usage.cpu_us < 60000);
  runnel_cgroup_free (group);
  runnel_cgroups_free (groups);
  _exit (0);
}

static void
test_measure (void)
{
  g_autofree char *folder = make_group ();
  int status;
  pid_t pid;

  if (folder == NULL)
    {
      g_test_skip ("no control group can be made here");
      return;
    }
  pid = fork ();
  if (pid == 0)
    measure_and_exit (folder);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  if (WEXITSTATUS (status) == 77)
    g_test_skip ("processes can't be moved here");
  else
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  /* Nothing is left in it but perhaps the attempt of the child, which ends in a moment. */
  while (g_rmdir (folder) < 0)
    {
      g_autofree char *attempt = g_build_filename (folder, "attempt-1", NULL);

      g_rmdir (attempt);
      g_usleep (1000);
    }
}

static void
test_not_delegated (void)
{
  g_autofree char *folder = g_dir_make_tmp ("cgroup-XXXXXX", NULL);

  g_assert_null (runnel_cgroups_new_for (folder));
  g_rmdir (folder);
}

static void
test_none (void)
{
  RunnelUsage usage = { 1, 2, 3, 4, 5 };

  g_assert_null (runnel_cgroup_new (NULL));
  g_assert_cmpint (runnel_cgroup_get_fd (NULL), ==, -1);
  runnel_cgroup_measure (NULL, &usage);
  g_assert_cmpint (usage.cpu_us, ==, 4);
  runnel_cgroup_free (NULL);
  runnel_cgroups_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/cgroup/measure", test_measure);
  g_test_add_func ("/engine/cgroup/not-delegated", test_not_delegated);
  g_test_add_func ("/engine/cgroup/none", test_none);
  return g_test_run ();
}
