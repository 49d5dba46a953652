/* test-run-dir.c: the folder of a run and who may have it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine/runnel-run-dir.h"

static char *
make_runs_dir (void)
{
  char *dir = g_dir_make_tmp ("runnel-runs-XXXXXX", NULL);

  g_assert_nonnull (dir);
  return dir;
}

static void
remove_file (const char *dir,
             const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  g_remove (path);
}

static void
remove_run_dir (const char *path)
{
  remove_file (path, RUNNEL_RUN_DIR_LOCK);
  remove_file (path, RUNNEL_RUN_DIR_PIPELINE);
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

static void
test_create (void)
{
  g_autofree char *top = make_runs_dir ();
  g_autofree char *runs_dir = g_build_filename (top, "runnel", "runs", NULL);
  g_autofree char *runnel_dir = g_path_get_dirname (runs_dir);
  g_autofree char *path = g_build_filename (runs_dir, "7", NULL);
  g_autoptr(GError) error = NULL;
  RunnelRunDir *dir = runnel_run_dir_create (runs_dir, 7, &error);
  struct stat st;

  g_assert_no_error (error);
  g_assert_cmpstr (runnel_run_dir_get_path (dir), ==, path);
  g_assert_cmpint (fstat (runnel_run_dir_get_fd (dir), &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0700);
  g_assert_true (runnel_run_dir_is_alive (path));
  runnel_run_dir_free (dir);
  g_assert_false (runnel_run_dir_is_alive (path));

  remove_run_dir (path);
  g_rmdir (runs_dir);
  g_rmdir (runnel_dir);
  g_rmdir (top);
}

static void
test_pipeline (void)
{
  g_autofree char *runs_dir = make_runs_dir ();
  g_autoptr(RunnelRunDir) dir = runnel_run_dir_create (runs_dir, 1, NULL);
  g_autofree char *path = g_build_filename (runnel_run_dir_get_path (dir), RUNNEL_RUN_DIR_PIPELINE,
                                            NULL);
  g_autofree char *text = NULL;

  g_assert_true (runnel_run_dir_write_pipeline (dir, "{}trailing", 2, NULL));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "{}");
  remove_run_dir (runnel_run_dir_get_path (dir));
  g_rmdir (runs_dir);
}

static void
test_lock (void)
{
  g_autofree char *runs_dir = make_runs_dir ();
  RunnelRunDir *dir = runnel_run_dir_create (runs_dir, 1, NULL);
  g_autofree char *path = g_strdup (runnel_run_dir_get_path (dir));
  g_autoptr(GError) error = NULL;
  RunnelRunDir *adopted;

  g_assert_null (runnel_run_dir_adopt (path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_null (runnel_run_dir_create (runs_dir, 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);
  runnel_run_dir_free (dir);

  adopted = runnel_run_dir_adopt (path, &error);
  g_assert_no_error (error);
  g_assert_true (runnel_run_dir_is_alive (path));
  runnel_run_dir_free (adopted);
  remove_run_dir (path);
  g_rmdir (runs_dir);
}

static void
test_lock_of_the_dead (void)
{
  g_autofree char *runs_dir = make_runs_dir ();
  g_autofree char *path = g_build_filename (runs_dir, "1", NULL);
  g_autoptr(RunnelRunDir) adopted = NULL;
  g_autoptr(GError) error = NULL;
  pid_t pid = fork ();

  if (pid == 0)
    {
      runnel_run_dir_create (runs_dir, 1, NULL);
      raise (SIGKILL);
    }
  waitpid (pid, NULL, 0);
  g_assert_false (runnel_run_dir_is_alive (path));
  adopted = runnel_run_dir_adopt (path, &error);
  g_assert_no_error (error);
  remove_run_dir (path);
  g_rmdir (runs_dir);
}

static void
test_missing (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (runnel_run_dir_is_alive ("/no/such/folder"));
  g_assert_null (runnel_run_dir_adopt ("/no/such/folder", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (runnel_run_dir_create ("/proc/no-such-folder", 1, &error));
  g_assert_nonnull (error);
}

static void
test_earlier (void)
{
  g_autofree char *runs_dir = make_runs_dir ();
  g_autofree char *path = g_build_filename (runs_dir, "1", NULL);
  g_autofree char *aside = g_strconcat (path, ".old-1", NULL);
  g_autoptr(RunnelRunDir) dir = NULL;

  /* The history was removed, the folder of its first run was not. */
  runnel_run_dir_free (runnel_run_dir_create (runs_dir, 1, NULL));
  dir = runnel_run_dir_create (runs_dir, 1, NULL);
  g_assert_nonnull (dir);
  g_assert_true (g_file_test (aside, G_FILE_TEST_IS_DIR));
  remove_run_dir (aside);
  remove_run_dir (path);
  g_rmdir (runs_dir);
}

static void
test_names (void)
{
  g_autofree char *path = runnel_run_dir_make_path ("/runs", 12);
  g_autofree char *log = runnel_run_dir_log_name ("build", 3);
  g_autofree char *output = runnel_run_dir_output_name ("build", 3);

  g_assert_cmpstr (path, ==, "/runs/12");
  g_assert_cmpstr (log, ==, "build.3.log");
  g_assert_cmpstr (output, ==, "build.3.out");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/run-dir/create", test_create);
  g_test_add_func ("/engine/run-dir/pipeline", test_pipeline);
  g_test_add_func ("/engine/run-dir/lock", test_lock);
  g_test_add_func ("/engine/run-dir/lock-of-the-dead", test_lock_of_the_dead);
  g_test_add_func ("/engine/run-dir/missing", test_missing);
  g_test_add_func ("/engine/run-dir/earlier", test_earlier);
  g_test_add_func ("/engine/run-dir/names", test_names);
  return g_test_run ();
}
