/* test-machine-pools.c: resources that all runs on the machine share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/limits/runnel-machine-pools.h"
#include "limits-fixture.h"

/* The settings of main() have a pool "gpu" of 2 slots and a pool "tape" of one. Runs are told
 * apart by their number; here they are all of this process. */
static RunnelClock *clock_;
static char *folder;

typedef struct
{
  RunnelMachinePools *pools;
  RunnelPoolLease *lease;
  const char *pool; /* what it asks for when something has changed; NULL = nothing any more */
  guint slots;
  guint n_changes;
} Run;

static void
changed_cb (gpointer user_data)
{
  Run *self = user_data;
  g_autofree char *reason = NULL;

  self->n_changes++;
  if (self->pool != NULL)
    self->lease = self->pools->take (self->pools, self->pool, self->slots, "step", &reason, NULL);
  if (self->lease != NULL)
    self->pool = NULL;
}

static void
begin_inside (Run        *self,
              gint64      run,
              const char *ancestry)
{
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();

  self->pools = runnel_machine_pools_new (settings, folder, run, ancestry, clock_);
  self->pools->changed = changed_cb;
  self->pools->user_data = self;
}

static void
begin (Run    *self,
       gint64  run)
{
  begin_inside (self, run, "");
}

static void
end (Run *self)
{
  if (self->lease != NULL)
    self->pools->give_back (self->pools, self->lease);
  runnel_machine_pools_free (self->pools);
}

static void
take (Run        *self,
      const char *pool,
      guint       slots)
{
  g_autofree char *reason = NULL;
  g_autoptr(GError) error = NULL;

  self->lease = self->pools->take (self->pools, pool, slots, "step", &reason, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->lease);
  g_assert_null (reason);
}

static void
give_back (Run *self)
{
  self->pools->give_back (self->pools, self->lease);
  self->lease = NULL;
}

/* Lines up; the run asks again whenever something has changed. */
static void
wait_for (Run        *self,
          const char *pool,
          guint       slots,
          const char *expected_reason)
{
  g_autofree char *reason = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_null (self->pools->take (self->pools, pool, slots, "step", &reason, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (reason, ==, expected_reason);
  self->pool = pool;
  self->slots = slots;
}

/* Long enough for everybody who waits to look. */
static void
pass_time (void)
{
  runnel_fake_clock_advance (clock_, 2 * G_TIME_SPAN_SECOND);
}

static void
test_size (void)
{
  Run run = { NULL, };

  begin (&run, 1);
  g_assert_cmpuint (run.pools->get_size (run.pools, "gpu"), ==, 2);
  g_assert_cmpuint (run.pools->get_size (run.pools, "tape"), ==, 1);
  g_assert_cmpuint (run.pools->get_size (run.pools, "moon"), ==, 0);
  end (&run);
}

static void
test_across_runs (void)
{
  Run first = { NULL, };
  Run second = { NULL, };

  begin (&first, 1);
  begin (&second, 2);
  take (&first, "tape", 1);
  wait_for (&second, "tape", 1, "pool tape: 1 of 1 held by run 1 step step");
  pass_time ();
  g_assert_null (second.lease);
  g_assert_cmpuint (second.n_changes, >, 0);

  give_back (&first);
  pass_time ();
  g_assert_nonnull (second.lease);
  end (&first);
  end (&second);
  g_assert_cmpuint (count_files (folder), ==, 0);
}

/* Nobody looks at the line for nothing. */
static void
test_no_watch_without_need (void)
{
  Run run = { NULL, };

  begin (&run, 1);
  take (&run, "tape", 1);
  g_assert_false (runnel_fake_clock_jump (clock_));
  end (&run);
}

/* One that wants all is not overtaken by those that want little. */
static void
test_in_order (void)
{
  Run holder = { NULL, };
  Run big = { NULL, };
  Run small = { NULL, };

  begin (&holder, 1);
  begin (&big, 2);
  begin (&small, 3);
  take (&holder, "gpu", 1);
  wait_for (&big, "gpu", 2, "pool gpu: 1 of 2 held by run 1 step step");
  wait_for (&small, "gpu", 1, "pool gpu: 1 of 2 held by run 1 step step; before it comes run 2 step step");
  pass_time ();
  g_assert_null (small.lease);

  give_back (&holder);
  pass_time ();
  g_assert_nonnull (big.lease);
  g_assert_null (small.lease);
  give_back (&big);
  pass_time ();
  g_assert_nonnull (small.lease);
  end (&holder);
  end (&big);
  end (&small);
}

/* A run that does not ask again loses its place, so that the next one gets its turn. */
static void
test_gives_up (void)
{
  Run holder = { NULL, };
  Run quitter = { NULL, };
  Run next = { NULL, };

  begin (&holder, 1);
  begin (&quitter, 2);
  begin (&next, 3);
  take (&holder, "tape", 1);
  wait_for (&quitter, "tape", 1, "pool tape: 1 of 1 held by run 1 step step");
  wait_for (&next, "tape", 1,
            "pool tape: 1 of 1 held by run 1 step step; before it comes run 2 step step");
  quitter.pool = NULL;
  give_back (&holder);
  pass_time ();
  g_assert_null (quitter.lease);
  g_assert_nonnull (next.lease);
  end (&holder);
  end (&quitter);
  end (&next);
  g_assert_cmpuint (count_files (folder), ==, 0);
}

/* The run behind a step that holds slots works with what that step has, and passes by those who
 * wait for it: they wait for the run, too. */
static void
test_lent (void)
{
  Run outer = { NULL, };
  Run other = { NULL, };
  Run inner = { NULL, };

  begin (&outer, 1);
  begin (&other, 2);
  begin_inside (&inner, 3, "1:step");
  take (&outer, "tape", 1);
  wait_for (&other, "tape", 1, "pool tape: 1 of 1 held by run 1 step step");
  take (&inner, "tape", 1);
  give_back (&inner);
  give_back (&outer);
  pass_time ();
  g_assert_nonnull (other.lease);
  end (&outer);
  end (&other);
  end (&inner);
}

/* Asks for more than there is, as when the settings have shrunk: it gets all, and no more. */
static void
test_too_much (void)
{
  Run first = { NULL, };
  Run second = { NULL, };

  begin (&first, 1);
  begin (&second, 2);
  take (&first, "gpu", 9);
  wait_for (&second, "gpu", 1, "pool gpu: 2 of 2 held by run 1 step step");
  end (&first);
  end (&second);
}

static void
test_killed (void)
{
  Run run = { NULL, };
  int fds[2];
  char byte;
  pid_t pid;

  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  if (pid == 0)
    {
      begin (&run, 1);
      take (&run, "tape", 1);
      g_assert_cmpint (write (fds[1], "!", 1), ==, 1);
      pause ();
    }
  g_assert_cmpint (read (fds[0], &byte, 1), ==, 1);
  begin (&run, 2);
  wait_for (&run, "tape", 1, "pool tape: 1 of 1 held by run 1 step step");

  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  pass_time ();
  g_assert_nonnull (run.lease);
  end (&run);
  close (fds[0]);
  close (fds[1]);
}

/* The same on the real clock and main loop. */
static void
test_main_loop (void)
{
  RunnelClock *fake = clock_;
  Run first = { NULL, };
  Run second = { NULL, };

  clock_ = runnel_clock_get_system ();
  begin (&first, 1);
  begin (&second, 2);
  take (&first, "tape", 1);
  wait_for (&second, "tape", 1, "pool tape: 1 of 1 held by run 1 step step");
  while (second.n_changes == 0)
    g_main_context_iteration (NULL, TRUE);
  give_back (&first);
  while (second.lease == NULL)
    g_main_context_iteration (NULL, TRUE);
  end (&first);
  end (&second);
  clock_ = fake;
}

static void
test_no_folder (void)
{
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();
  g_autoptr(RunnelMachinePools) pools = NULL;
  g_autofree char *reason = NULL;
  g_autoptr(GError) error = NULL;

  pools = runnel_machine_pools_new (settings, "/proc/no/such", 1, "", clock_);
  g_assert_null (pools->take (pools, "gpu", 1, "step", &reason, &error));
  g_assert_null (reason);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_true (g_str_has_prefix (error->message, "pool gpu can't be used: "));
}

int
main (int    argc,
      char **argv)
{
  char *home;
  g_autofree char *config = NULL;
  g_autofree char *path = NULL;
  int code;

  g_test_init (&argc, &argv, NULL);
  home = make_folder ();
  config = g_build_filename (home, "runnel", NULL);
  path = g_build_filename (config, "settings.json", NULL);
  folder = g_build_filename (home, "pools", NULL);
  g_setenv ("XDG_CONFIG_HOME", home, TRUE);
  g_assert_cmpint (g_mkdir (config, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "{\"pools\": {\"gpu\": 2, \"tape\": 1}}", -1, NULL));
  clock_ = runnel_fake_clock_new (0);

  g_test_add_func ("/engine/limits/machine-pools/size", test_size);
  g_test_add_func ("/engine/limits/machine-pools/across-runs", test_across_runs);
  g_test_add_func ("/engine/limits/machine-pools/no-watch-without-need", test_no_watch_without_need);
  g_test_add_func ("/engine/limits/machine-pools/in-order", test_in_order);
  g_test_add_func ("/engine/limits/machine-pools/gives-up", test_gives_up);
  g_test_add_func ("/engine/limits/machine-pools/lent", test_lent);
  g_test_add_func ("/engine/limits/machine-pools/too-much", test_too_much);
  g_test_add_func ("/engine/limits/machine-pools/killed", test_killed);
  g_test_add_func ("/engine/limits/machine-pools/main-loop", test_main_loop);
  g_test_add_func ("/engine/limits/machine-pools/no-folder", test_no_folder);

  code = g_test_run ();
  runnel_fake_clock_free (clock_);
  g_free (folder);
  remove_folder (home);

  return code;
}
