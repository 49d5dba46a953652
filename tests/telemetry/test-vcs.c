/* test-vcs.c: which revision of a repository a file belongs to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sys/stat.h>

#include <glib/gstdio.h>

#include "telemetry/runnel-vcs.h"

#define REVISION "8917b1843528f0d28402db2dedc0673243437eb7"
#define OTHER "ac2c4b5d1f3a6079de62f9afec860158ecc8af09"

static char *
make_path (const char *name)
{
  return g_build_filename (g_get_user_data_dir (), name, NULL);
}

static void
put (const char *name,
     const char *text)
{
  g_autofree char *path = make_path (name);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_vcs (const char *name,
            const char *url,
            const char *branch,
            const char *revision)
{
  g_autofree char *folder = make_path (name);
  g_autoptr(RunnelVcs) vcs = runnel_vcs_read (folder);

  g_assert_nonnull (vcs);
  g_assert_cmpstr (vcs->url, ==, url);
  g_assert_cmpstr (vcs->branch, ==, branch);
  g_assert_cmpstr (vcs->revision, ==, revision);
}

static void
test_branch (void)
{
  put ("a/.git/HEAD", "ref: refs/heads/topic/x\n");
  put ("a/.git/refs/heads/topic/x", REVISION "\n");
  put ("a/.git/config", "[core]\n\turl = wrong\n[remote \"origin\"]\n\tpushurl = wrong\n"
                        "\turl = https://me:t0ken@example.org/x.git\n[remote \"other\"]\n\turl = no\n");
  put ("a/deep/down/file", "");
  assert_vcs ("a/deep/down", "https://example.org/x.git", "topic/x", REVISION);
}

static void
test_packed (void)
{
  put ("b/.git/HEAD", "ref: refs/heads/main\n");
  put ("b/.git/packed-refs", "# pack-refs with: peeled\n" OTHER " refs/heads/mainly\n"
                             REVISION " refs/heads/main\n^" OTHER "\n");
  put ("b/.git/config", "[remote \"origin\"]\nurl=git@example.org:me/x.git\n");
  assert_vcs ("b", "git@example.org:me/x.git", "main", REVISION);
}

static void
test_detached (void)
{
  put ("c/.git/HEAD", REVISION "\n");
  assert_vcs ("c", NULL, NULL, REVISION);
}

/* A working tree beside the repository: its HEAD is its own, all else is shared. */
static void
test_worktree (void)
{
  g_autofree char *gitdir = make_path ("d/.git/worktrees/w");
  g_autofree char *line = g_strdup_printf ("gitdir: %s\n", gitdir);

  put ("d/.git/HEAD", "ref: refs/heads/main\n");
  put ("d/.git/refs/heads/side", REVISION "\n");
  put ("d/.git/worktrees/w/HEAD", "ref: refs/heads/side\n");
  put ("d/.git/worktrees/w/commondir", "../..\n");
  put ("w/.git", line);
  assert_vcs ("w", NULL, "side", REVISION);
}

/* Whatever stands in such a folder, nothing is followed, started or waited for. */
static void
test_hostile (void)
{
  g_autofree char *fifo = make_path ("e/.git/HEAD");
  g_autofree char *none = make_path ("nowhere");

  put ("e/.git/config", "[remote \"origin\"]\nurl");
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  assert_vcs ("e", NULL, NULL, NULL);
  put ("f/.git/HEAD", "ref: ../../../../../../../../etc/hostname\n");
  assert_vcs ("f", NULL, NULL, NULL);
  put ("g/.git/HEAD", "no revision at all");
  assert_vcs ("g", NULL, NULL, NULL);
  g_assert_null (runnel_vcs_read (none));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/telemetry/vcs/branch", test_branch);
  g_test_add_func ("/telemetry/vcs/packed", test_packed);
  g_test_add_func ("/telemetry/vcs/detached", test_detached);
  g_test_add_func ("/telemetry/vcs/worktree", test_worktree);
  g_test_add_func ("/telemetry/vcs/hostile", test_hostile);
  return g_test_run ();
}
