/* test-history-recovery.c: runs whose process died without a word
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine/runnel-run-dir.h"
#include "history-fixture.h"
#include "util/runnel-proc.h"

/* A run of three steps that is said to be running, with a folder. */
typedef struct
{
  RunnelHistory *history;
  gint64 run;
  char *folder;
  RunnelRunDir *dir;    /* keeps the lock while the run "lives" */
  GString *journal;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer unused)
{
  g_autofree char *runs_dir = runnel_history_get_runs_dir ();
  g_autoptr(GError) error = NULL;
  RunnelEvent started = { .type = RUNNEL_EVENT_RUN_STARTED, .time = T0 };

  fixture->history = open_history (NULL);
  fixture->run = started.run = add_run (fixture->history, "many", 3);
  record_event (fixture->history, &started);
  fixture->folder = runnel_history_get_run_dir (fixture->run);
  fixture->dir = runnel_run_dir_create (runs_dir, fixture->run, &error);
  g_assert_no_error (error);
  fixture->journal = g_string_new (NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer unused)
{
  runnel_history_close (fixture->history);
  g_clear_pointer (&fixture->dir, runnel_run_dir_free);
  g_string_free (fixture->journal, TRUE);
  g_free (fixture->folder);
}

static void
journal (Fixture    *fixture,
         RunnelEvent event)
{
  event.run = fixture->run;
  runnel_event_append_json (&event, fixture->journal);
  g_string_append_c (fixture->journal, '\n');
}

/* The process dies: what is in its journal stays, the lock does not. */
static void
die (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, RUNNEL_RUN_DIR_EVENTS, NULL);

  g_assert_true (g_file_set_contents (path, fixture->journal->str, fixture->journal->len, NULL));
  g_clear_pointer (&fixture->dir, runnel_run_dir_free);
}

static void
reconcile (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_history_reconcile (fixture->history, &error));
  g_assert_no_error (error);
}

static void
assert_run (Fixture    *fixture,
            RunnelState state,
            const char *in_reason)
{
  RunnelRunRecord *record = get_run (fixture->history, fixture->run);

  g_assert_cmpint (record->state, ==, state);
  if (in_reason != NULL)
    g_assert_nonnull (strstr (record->reason, in_reason));
  runnel_run_record_free (record);
}

static void
assert_steps (Fixture    *fixture,
              const char *expected)
{
  g_autoptr(GPtrArray) steps = get_steps (fixture->history, fixture->run);
  g_autoptr(GString) states = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      RunnelStepRecord *step = steps->pdata[i];

      g_string_append_printf (states, "%s%s", i > 0 ? " " : "",
                              runnel_state_to_string (step->state));
      if (runnel_state_is_terminal (step->state))
        g_assert_cmpint (step->finished, >, 0);
    }
  g_assert_cmpstr (states->str, ==, expected);
}

static void
journal_beginning (Fixture *fixture)
{
  journal (fixture, (RunnelEvent) { .type = RUNNEL_EVENT_RUN_STARTED, .time = T0 });
  journal (fixture, (RunnelEvent) {
    .type = RUNNEL_EVENT_ATTEMPT_STARTED, .time = T0 + 1, .step = "s0", .attempt = 1 });
  journal (fixture, (RunnelEvent) {
    .type = RUNNEL_EVENT_ATTEMPT_FINISHED, .time = T0 + 2, .step = "s0", .attempt = 1,
    .state = RUNNEL_STATE_SUCCEEDED });
  journal (fixture, (RunnelEvent) {
    .type = RUNNEL_EVENT_STEP_FINISHED, .time = T0 + 3, .step = "s0", .attempt = 1,
    .state = RUNNEL_STATE_SUCCEEDED });
  journal (fixture, (RunnelEvent) {
    .type = RUNNEL_EVENT_ATTEMPT_STARTED, .time = T0 + 4, .step = "s1", .attempt = 1 });
}

static void
test_dead (Fixture      *fixture,
           gconstpointer unused)
{
  g_autoptr(GPtrArray) steps = NULL;
  RunnelRunRecord *run;
  RunnelStepRecord *step;

  journal_beginning (fixture);
  die (fixture);
  for (guint i = 0; i < 2; i++) /* a second time changes nothing */
    {
      reconcile (fixture);
      assert_run (fixture, RUNNEL_STATE_INTERRUPTED, "without a word");
      assert_steps (fixture, "succeeded interrupted cancelled");
    }
  run = get_run (fixture->history, fixture->run);
  g_assert_cmpint (run->finished, ==, T0 + 4);
  g_assert_cmpuint (run->n_by_state[RUNNEL_STATE_INTERRUPTED], ==, 1);
  runnel_run_record_free (run);
  steps = get_steps (fixture->history, fixture->run);
  step = steps->pdata[1];
  g_assert_cmpuint (step->attempts->len, ==, 1);
  g_assert_cmpint (((RunnelAttemptRecord *) step->attempts->pdata[0])->state, ==,
                   RUNNEL_STATE_INTERRUPTED);
  step = steps->pdata[2];
  g_assert_nonnull (strstr (step->reason, "before this step could start"));
}

static void
test_dead_matrix (Fixture      *fixture,
                  gconstpointer unused)
{
  journal (fixture, (RunnelEvent) { .type = RUNNEL_EVENT_RUN_STARTED, .time = T0 });
  journal (fixture, (RunnelEvent) {
    .type = RUNNEL_EVENT_STEP_QUEUED, .time = T0 + 1, .step = "s0", .state = RUNNEL_STATE_QUEUED });
  journal (fixture, (RunnelEvent) {
    .type = RUNNEL_EVENT_STEP_WAITING, .time = T0 + 2, .step = "s0",
    .state = RUNNEL_STATE_RUNNING });
  die (fixture);
  reconcile (fixture);
  assert_steps (fixture, "interrupted cancelled cancelled");
}

static void
test_alive (Fixture      *fixture,
            gconstpointer unused)
{
  reconcile (fixture);
  assert_run (fixture, RUNNEL_STATE_RUNNING, NULL);
  assert_steps (fixture, "pending pending pending");
}

/* Between the number and the lock there is a moment in which only the process tells. */
static void
test_being_started (Fixture      *fixture,
                    gconstpointer unused)
{
  gint64 run = add_run (fixture->history, "many", 1);
  RunnelRunRecord *record;

  reconcile (fixture);
  record = get_run (fixture->history, run);
  g_assert_cmpint (record->state, ==, RUNNEL_STATE_PENDING);
  runnel_run_record_free (record);
}

/* Nothing but the last commit was missing. */
static void
test_finished_in_journal (Fixture      *fixture,
                          gconstpointer unused)
{
  journal_beginning (fixture);
  journal (fixture, (RunnelEvent) {
    .type = RUNNEL_EVENT_STEP_FINISHED, .time = T0 + 5, .step = "s1",
    .state = RUNNEL_STATE_FAILED });
  journal (fixture, (RunnelEvent) {
    .type = RUNNEL_EVENT_STEP_FINISHED, .time = T0 + 6, .step = "s2",
    .state = RUNNEL_STATE_SKIPPED });
  journal (fixture, (RunnelEvent) {
    .type = RUNNEL_EVENT_RUN_FINISHED, .time = T0 + 7, .state = RUNNEL_STATE_FAILED,
    .reason = "s1 failed." });
  die (fixture);
  reconcile (fixture);
  assert_run (fixture, RUNNEL_STATE_FAILED, "s1 failed.");
  assert_steps (fixture, "succeeded failed skipped");
}

/* The guard knows why the engine died, but not what is to become of the steps. */
static void
test_last_word (Fixture      *fixture,
                gconstpointer unused)
{
  journal_beginning (fixture);
  journal (fixture, (RunnelEvent) {
    .type = RUNNEL_EVENT_RUN_FINISHED, .time = T0 + 9, .state = RUNNEL_STATE_INTERRUPTED,
    .reason = "ended by signal 11" });
  die (fixture);
  reconcile (fixture);
  assert_run (fixture, RUNNEL_STATE_INTERRUPTED, "signal 11");
  assert_steps (fixture, "succeeded interrupted cancelled");
}

static void
test_torn_journal (Fixture      *fixture,
                   gconstpointer unused)
{
  journal_beginning (fixture);
  g_string_append (fixture->journal, "{\"event\": \"step-fini");
  die (fixture);
  reconcile (fixture);
  assert_steps (fixture, "succeeded interrupted cancelled");
}

/* A journal that names a step which the pipeline does not have. */
static void
test_foreign_journal (Fixture      *fixture,
                      gconstpointer unused)
{
  journal (fixture, (RunnelEvent) {
    .type = RUNNEL_EVENT_STEP_FINISHED, .time = T0 + 5, .step = "no-such-step",
    .state = RUNNEL_STATE_FAILED });
  die (fixture);
  reconcile (fixture);
  assert_run (fixture, RUNNEL_STATE_INTERRUPTED, NULL);
  assert_steps (fixture, "cancelled cancelled cancelled");
}

static void
test_no_folder (Fixture      *fixture,
                gconstpointer unused)
{
  g_autofree char *elsewhere = g_strconcat (fixture->folder, ".away", NULL);

  die (fixture);
  g_assert_cmpint (g_rename (fixture->folder, elsewhere), ==, 0);
  reconcile (fixture);
  assert_run (fixture, RUNNEL_STATE_INTERRUPTED, "folder is gone");
  assert_steps (fixture, "cancelled cancelled cancelled");
}

/* A process in a group of its own that would stay for long. */
static pid_t
start_process (const char *assignment,
               gboolean    deaf)
{
  const char *script = deaf ? "trap '' TERM; echo; sleep 1000" : "echo; sleep 1000";
  int ready[2];
  char byte;
  pid_t pid;

  g_assert_cmpint (pipe (ready), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      setpgid (0, 0);
      dup2 (ready[1], STDOUT_FILENO);
      execle ("/bin/sh", "sh", "-c", script, NULL, (char *[]) { (char *) assignment, NULL });
      _exit (127);
    }
  close (ready[1]);
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  close (ready[0]);
  return pid;
}

static int
wait_for_signal (pid_t pid)
{
  int status;

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  return WTERMSIG (status);
}

static void
test_survivors (Fixture      *fixture,
                gconstpointer unused)
{
  g_autofree char *ours = g_strconcat ("RUNNEL_RUN_DIR=", fixture->folder, NULL);
  g_autofree char *like_ours = g_strconcat (ours, "0", NULL);
  pid_t by_environment = start_process (ours, FALSE);
  pid_t deaf = start_process (ours, TRUE);
  pid_t by_record = start_process ("PATH=/bin", FALSE);
  pid_t other_run = start_process (like_ours, FALSE);
  pid_t reused_pid = start_process ("PATH=/bin", FALSE);

  journal (fixture, (RunnelEvent) {
    .type = RUNNEL_EVENT_ATTEMPT_STARTED, .time = T0, .step = "s0", .attempt = 1,
    .pid = by_record, .start_time = runnel_proc_get_start_time (by_record) });
  /* The pid was that of an attempt once, but now it is another process. */
  journal (fixture, (RunnelEvent) {
    .type = RUNNEL_EVENT_ATTEMPT_STARTED, .time = T0, .step = "s1", .attempt = 1,
    .pid = reused_pid, .start_time = runnel_proc_get_start_time (reused_pid) - 1 });
  die (fixture);
  reconcile (fixture);
  g_assert_cmpint (wait_for_signal (by_environment), ==, SIGTERM);
  g_assert_cmpint (wait_for_signal (by_record), ==, SIGTERM);
  g_assert_cmpint (wait_for_signal (deaf), ==, SIGKILL);
  g_assert_cmpint (waitpid (other_run, NULL, WNOHANG), ==, 0);
  g_assert_cmpint (waitpid (reused_pid, NULL, WNOHANG), ==, 0);
  killpg (other_run, SIGKILL);
  killpg (reused_pid, SIGKILL);
  wait_for_signal (other_run);
  wait_for_signal (reused_pid);
}

/* A folder in the trash: its run is still known after one crash, and gone after another. */
static void
test_trash (Fixture      *fixture,
            gconstpointer unused)
{
  g_autofree char *runs_dir = runnel_history_get_runs_dir ();
  g_autofree char *trash = g_build_filename (runs_dir, ".trash", NULL);
  g_autofree char *here = g_build_filename (trash, "1", NULL);
  g_autofree char *other = g_build_filename (trash, "99", NULL);

  die (fixture);
  finish_run (fixture->history, fixture->run, RUNNEL_STATE_SUCCEEDED);
  g_assert_cmpint (fixture->run, ==, 1);
  g_assert_cmpint (g_mkdir_with_parents (other, 0700), ==, 0);
  g_assert_cmpint (g_rename (fixture->folder, here), ==, 0);
  reconcile (fixture);
  g_assert_true (g_file_test (fixture->folder, G_FILE_TEST_IS_DIR));
  g_assert_false (g_file_test (here, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
}

static void
test_abandoned (Fixture      *fixture,
                gconstpointer unused)
{
  g_autoptr(GError) error = NULL;
  gint64 id = add_run (fixture->history, "many", 3);
  RunnelRunRecord *run;

  g_assert_true (runnel_history_abandon_run (fixture->history, id, "no folder for it", &error));
  g_assert_no_error (error);
  run = runnel_history_get_run (fixture->history, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (run->state, ==, RUNNEL_STATE_INTERRUPTED);
  g_assert_cmpstr (run->reason, ==, "no folder for it");
  g_assert_cmpuint (run->n_by_state[RUNNEL_STATE_CANCELLED], ==, 3);
  runnel_run_record_free (run);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func) \
  g_test_add ("/history/recovery/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("dead", test_dead);
  ADD ("dead-matrix", test_dead_matrix);
  ADD ("alive", test_alive);
  ADD ("being-started", test_being_started);
  ADD ("finished-in-journal", test_finished_in_journal);
  ADD ("last-word", test_last_word);
  ADD ("torn-journal", test_torn_journal);
  ADD ("foreign-journal", test_foreign_journal);
  ADD ("no-folder", test_no_folder);
  ADD ("survivors", test_survivors);
  ADD ("trash", test_trash);
  ADD ("abandoned", test_abandoned);
#undef ADD
  return g_test_run ();
}
