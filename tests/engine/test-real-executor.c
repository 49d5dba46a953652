/* test-real-executor.c: attempts carried out in earnest
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine/kinds/runnel-kinds.h"
#include "engine/runnel-executor.h"
#include "util/runnel-proc.h"

typedef struct
{
  char *dir;
  RunnelExecutor *executor;
  GPtrArray *env;
  const char *working_directory;
  RunnelSecretMask *mask;
  guint attempt;

  gint64 pid;
  gboolean in_start;
  gboolean finished;
  RunnelResult result;
  char *reason;
} Fixture;

static void
started_cb (gpointer user_data,
            guint    step_index,
            gint64   pid,
            gint64   start_time)
{
  Fixture *fixture = user_data;

  g_assert_cmpuint (step_index, ==, 5);
  fixture->pid = pid;
}

static void
waiting_cb (gpointer        user_data,
            guint           step_index,
            RunnelWaitKind  kind,
            const char     *reason)
{
}

static void
finished_cb (gpointer            user_data,
             guint               step_index,
             const RunnelResult *result)
{
  Fixture *fixture = user_data;

  g_assert_cmpuint (step_index, ==, 5);
  g_assert_false (fixture->in_start);
  g_assert_false (fixture->finished);
  fixture->finished = TRUE;
  fixture->result = *result;
  g_free (fixture->reason);
  fixture->reason = g_strdup (result->reason);
}

static const RunnelExecutorCallbacks callbacks = { started_cb, waiting_cb, finished_cb };

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  runnel_kinds_init ();
  fixture->dir = g_dir_make_tmp ("runnel-executor-XXXXXX", NULL);
  fixture->executor = runnel_real_executor_new ();
  fixture->executor->callbacks = &callbacks;
  fixture->executor->user_data = fixture;
  fixture->attempt = 1;
  fixture->env = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (fixture->env, g_strdup ("PATH=/usr/bin:/bin"));
  g_ptr_array_add (fixture->env, g_strdup ("LC_ALL=C"));
  g_ptr_array_add (fixture->env, g_strdup ("RUNNEL_RUN_ID=12"));
  g_ptr_array_add (fixture->env, g_strdup_printf ("RUNNEL_OUTPUT=%s/s.1.out", fixture->dir));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GDir) dir = g_dir_open (fixture->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
      g_unlink (path);
    }
  g_rmdir (fixture->dir);
  runnel_executor_free (fixture->executor);
  g_clear_pointer (&fixture->mask, runnel_secret_mask_unref);
  g_ptr_array_unref (fixture->env);
  g_free (fixture->reason);
  g_free (fixture->dir);
}

static RunnelTask *
start (Fixture    *fixture,
       const char *kind,
       const char *with)
{
  g_autoptr(JsonNode) node = json_from_string (with, NULL);
  g_autoptr(GPtrArray) env = g_ptr_array_new ();
  g_autofree char *log_name = g_strdup_printf ("s.%u.log", fixture->attempt);
  RunnelAttempt attempt = {
    .step_index = 5,
    .step = "s",
    .kind = kind,
    .attempt = fixture->attempt,
    .working_directory = fixture->working_directory ? fixture->working_directory : fixture->dir,
    .base_dir = fixture->dir,
    .run_dir = fixture->dir,
    .log_name = log_name,
    .output_name = "s.1.out",
    .grace = 10 * G_USEC_PER_SEC,
    .mask = fixture->mask,
  };
  RunnelTask *task;

  g_assert_nonnull (node);
  for (guint i = 0; i < fixture->env->len; i++)
    g_ptr_array_add (env, g_ptr_array_index (fixture->env, i));
  g_ptr_array_add (env, NULL);
  attempt.with = json_node_get_object (node);
  attempt.env = (const char *const *) env->pdata;

  fixture->finished = FALSE;
  fixture->pid = 0;
  fixture->in_start = TRUE;
  task = fixture->executor->start (fixture->executor, &attempt);
  fixture->in_start = FALSE;
  g_assert_nonnull (task);
  return task;
}

static void
wait_for_end (Fixture *fixture)
{
  while (!fixture->finished)
    g_main_context_iteration (NULL, TRUE);
}

static void
run (Fixture    *fixture,
     const char *kind,
     const char *with)
{
  start (fixture, kind, with);
  wait_for_end (fixture);
}

static char *
read_file (Fixture    *fixture,
           const char *name)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
assert_file (Fixture    *fixture,
             const char *name,
             const char *expected)
{
  g_autofree char *text = read_file (fixture, name);

  g_assert_cmpstr (text, ==, expected);
}

/* Then there need not be a log. */
static void
assert_nothing_printed (Fixture    *fixture,
                        const char *name)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    assert_file (fixture, name, "");
}

static void
assert_file_has (Fixture    *fixture,
                 const char *name,
                 const char *words)
{
  g_autofree char *text = read_file (fixture, name);

  if (!strstr (text, words))
    g_error ("“%s” is not in: %s", words, text);
}

static void
assert_failed (Fixture    *fixture,
               const char *words)
{
  g_assert_cmpint (fixture->result.state, ==, RUNNEL_STATE_FAILED);
  if (!fixture->reason || !strstr (fixture->reason, words))
    g_error ("“%s” is not in the reason: %s", words, fixture->reason);
}

static void
assert_succeeded (Fixture *fixture)
{
  g_assert_cmpstr (fixture->reason, ==, NULL);
  g_assert_cmpint (fixture->result.state, ==, RUNNEL_STATE_SUCCEEDED);
  g_assert_cmpint (fixture->result.exit_code, ==, 0);
}

static void
test_command (Fixture       *fixture,
              gconstpointer  data)
{
  run (fixture, "command", "{\"argv\": [\"echo\", \"two words\", 3, true, \"$HOME *\"]}");
  assert_succeeded (fixture);
  g_assert_cmpint (fixture->pid, >, 0);
  g_assert_false (fixture->result.output_file);
  assert_file (fixture, "s.1.log", "two words 3 true $HOME *\n");
}

static void
test_stdin (Fixture       *fixture,
            gconstpointer  data)
{
  run (fixture, "command", "{\"argv\": [\"cat\"], \"stdin\": \"a\\nb\\n\"}");
  assert_file (fixture, "s.1.log", "a\nb\n");
}

static void
test_bad_argv (Fixture       *fixture,
               gconstpointer  data)
{
  run (fixture, "command", "{}");
  assert_failed (fixture, "names no program");
  run (fixture, "command", "{\"argv\": []}");
  assert_failed (fixture, "names no program");
  run (fixture, "command", "{\"argv\": \"make all\"}");
  assert_failed (fixture, "names no program");
  run (fixture, "command", "{\"argv\": [\"echo\", [1, 2]]}");
  assert_failed (fixture, "Entry 2 of “argv” is a list");
  g_assert_cmpint (fixture->pid, ==, 0);
}

static void
test_failures (Fixture       *fixture,
               gconstpointer  data)
{
  run (fixture, "command", "{\"argv\": [\"false\"]}");
  assert_failed (fixture, "Exited with code 1");
  g_assert_cmpint (fixture->result.exit_code, ==, 1);

  run (fixture, "command", "{\"argv\": [\"no-such-program\"]}");
  assert_failed (fixture, "“no-such-program” was not found in PATH (/usr/bin:/bin)");
  g_assert_cmpint (fixture->result.exit_code, ==, -1);

  run (fixture, "script", "{\"run\": \"kill -SEGV $$\"}");
  assert_failed (fixture, "Ended by signal 11");
  g_assert_cmpint (fixture->result.term_signal, ==, SIGSEGV);

  run (fixture, "script", "{\"run\": \"kill -KILL $$\"}");
  assert_failed (fixture, "perhaps memory ran out");

  run (fixture, "no-such-kind", "{}");
  assert_failed (fixture, "no step kind “no-such-kind”");

  fixture->working_directory = "/no/such/folder";
  run (fixture, "command", "{\"argv\": [\"true\"]}");
  assert_failed (fixture, "/no/such/folder");
}

static void
test_output_file (Fixture       *fixture,
                  gconstpointer  data)
{
  run (fixture, "script", "{\"run\": \"echo a=1 >> $RUNNEL_OUTPUT\"}");
  assert_succeeded (fixture);
  g_assert_true (fixture->result.output_file);
}

static void
test_shells (Fixture       *fixture,
             gconstpointer  data)
{
  static const char *const cases[][2] = {
    { "sh", "{\"run\": \"echo hello\"}" },
    { "bash", "{\"shell\": \"bash\", \"run\": \"[[ a == a ]] && echo hello\"}" },
    { "python3", "{\"shell\": \"python3\", \"run\": \"print('hello')\"}" },
    { "perl", "{\"shell\": \"perl\", \"run\": \"print \\\"hello\\\\n\\\";\"}" },
    { "node", "{\"shell\": \"node\", "
              "\"run\": \"console.log(require('path').basename('/x/hello'))\"}" },
    { "awk", "{\"shell\": \"awk -f\", \"run\": \"BEGIN { print \\\"hello\\\" }\"}" },
    { "cat", "{\"shell\": \"/bin/cat\", \"run\": \"hello\\n\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *program = g_find_program_in_path (cases[i][0]);
      g_autofree char *log = NULL;

      if (!program)
        {
          g_test_message ("%s is not installed", cases[i][0]);
          continue;
        }
      g_ptr_array_set_size (fixture->env, 1);
      g_free (fixture->env->pdata[0]);
      fixture->env->pdata[0] = g_strconcat ("PATH=", g_getenv ("PATH"), NULL);
      fixture->attempt = i + 1;
      run (fixture, "script", cases[i][1]);
      assert_succeeded (fixture);
      log = g_strdup_printf ("s.%u.log", i + 1);
      assert_file (fixture, log, "hello\n");
    }
}

static void
test_strict (Fixture       *fixture,
             gconstpointer  data)
{
  run (fixture, "script", "{\"run\": \"false\\necho not reached\"}");
  assert_failed (fixture, "code 1");
  assert_nothing_printed (fixture, "s.1.log");

  fixture->attempt = 2;
  run (fixture, "script", "{\"shell\": \"bash\", \"run\": \"false | true\\necho not reached\"}");
  assert_failed (fixture, "code 1");
  assert_nothing_printed (fixture, "s.2.log");

  fixture->attempt = 3;
  run (fixture, "script", "{\"shell\": \"bash\", \"run\": \"echo $NO_SUCH_VARIABLE\"}");
  assert_failed (fixture, "code 1");
  assert_file_has (fixture, "s.3.log", "NO_SUCH_VARIABLE: unbound variable");
}

static void
test_line_numbers (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "s.1.sh", NULL);
  struct stat st;

  run (fixture, "script", "{\"shell\": \"bash\", \"run\": \"true\\ntrue\\nno-such-program\\n\"}");
  assert_failed (fixture, "code 127");
  assert_file_has (fixture, "s.1.log", "s.1.sh: line 3: no-such-program: command not found");
  g_assert_cmpint (g_stat (path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
}

static void
test_bad_shell (Fixture       *fixture,
                gconstpointer  data)
{
  run (fixture, "script", "{\"shell\": \"'unclosed\", \"run\": \"x\"}");
  assert_failed (fixture, "can't be read");
  run (fixture, "script", "{\"shell\": \"no-such-shell\", \"run\": \"x\"}");
  assert_failed (fixture, "“no-such-shell” was not found");
  run (fixture, "script", "{}");
  assert_failed (fixture, "no text");
}

/* Until it executes sleep, the process in the background is a shell still, and called so. */
#define LEAVE_SLEEP "sleep 1000 &\\nuntil grep -q sleep /proc/$!/comm; do :; done"

static void
test_leftovers (Fixture       *fixture,
                gconstpointer  data)
{
  run (fixture, "script", "{\"run\": \"" LEAVE_SLEEP "\"}");
  assert_succeeded (fixture);
  assert_file_has (fixture, "s.1.log", "runnel: left 1 process running: sleep (");
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  RunnelTask *task = start (fixture, "command", "{\"argv\": [\"sleep\", \"1000\"]}");

  fixture->executor->cancel (fixture->executor, task);
  wait_for_end (fixture);
  g_assert_cmpint (fixture->result.state, ==, RUNNEL_STATE_CANCELLED);
  g_assert_cmpint (fixture->result.term_signal, ==, SIGTERM);

  /* Also what could not be started can be cancelled. */
  task = start (fixture, "command", "{}");
  fixture->executor->cancel (fixture->executor, task);
  wait_for_end (fixture);
  g_assert_cmpint (fixture->result.state, ==, RUNNEL_STATE_CANCELLED);

  task = start (fixture, "command", "{\"argv\": [\"true\"]}");
  g_assert_false (fixture->executor->answer (fixture->executor, task, TRUE, "me", NULL));
  wait_for_end (fixture);
}

static gboolean
hold (Fixture    *fixture,
      RunnelTask *task,
      RunnelHold  hold,
      GError    **error)
{
  return fixture->executor->hold (fixture->executor, task, hold, error);
}

static void
wait_for_state (Fixture *fixture,
                char     state)
{
  RunnelProc proc;

  do
    g_assert_true (runnel_proc_read (fixture->pid, &proc));
  while (proc.state != state);
}

static void
wait_for_log (Fixture    *fixture,
              const char *expected)
{
  g_autofree char *path = g_build_filename (fixture->dir, "s.1.log", NULL);
  gboolean there = FALSE;

  while (!there)
    {
      g_autofree char *text = NULL;

      g_main_context_iteration (NULL, FALSE);
      there = g_file_get_contents (path, &text, NULL, NULL) && g_str_equal (text, expected);
    }
}

static void
test_freeze (Fixture       *fixture,
             gconstpointer  data)
{
  RunnelTask *task = start (fixture, "command", "{\"argv\": [\"sleep\", \"1000\"]}");
  g_autoptr(GError) error = NULL;

  g_assert_true (hold (fixture, task, RUNNEL_HOLD_ALL, NULL));
  wait_for_state (fixture, 'T');
  g_assert_true (hold (fixture, task, RUNNEL_HOLD_NONE, NULL));
  wait_for_state (fixture, 'S');
  fixture->executor->cancel (fixture->executor, task);
  g_assert_false (hold (fixture, task, RUNNEL_HOLD_ALL, &error));
  g_assert_nonnull (error);
  wait_for_end (fixture);

  /* One that was never started is about to end. */
  task = start (fixture, "command", "{}");
  g_assert_false (hold (fixture, task, RUNNEL_HOLD_ALL, NULL));
  wait_for_end (fixture);
}

/* An HTTP request may be paused with its run, but it can't be frozen. */
static void
test_freeze_http (Fixture       *fixture,
                  gconstpointer  data)
{
  RunnelTask *task = start (fixture, "http", "{\"url\": \"http://127.0.0.1:9/\"}");
  g_autoptr(GError) error = NULL;

  g_assert_true (hold (fixture, task, RUNNEL_HOLD_STARTS, NULL));
  g_assert_false (hold (fixture, task, RUNNEL_HOLD_ALL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_cmpstr (error->message, ==,
                   "A step of the kind http can't be frozen; it can only be cancelled");
  wait_for_end (fixture);
}

static void
test_bad_log (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "s.1.log", NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  run (fixture, "command", "{\"argv\": [\"echo\", \"lost\"]}");
  assert_failed (fixture, "can't be written");
  g_rmdir (path);
}

/* A stand-in for `runnel` that tells how it was called. */
static void
write_runnel (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "runnel", NULL);

  g_assert_true (g_file_set_contents_full (path,
                                           "#!/bin/sh\n"
                                           "echo \"$1 $(basename $2) $3 $4\"\n"
                                           "echo \"depth $RUNNEL_DEPTH parents $RUNNEL_PARENTS\"\n"
                                           "cat \"$6\"; echo; cat \"$8\"\n",
                                           -1, G_FILE_SET_CONTENTS_NONE, 0755, NULL));
  g_setenv ("RUNNEL_BINARY", path, TRUE);
}

static char *
write_pipeline (Fixture    *fixture,
                const char *name)
{
  char *path = g_build_filename (fixture->dir, name, NULL);

  g_assert_true (g_file_set_contents (path, "{}", -1, NULL));
  return path;
}

static void
test_pipeline (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *own = write_pipeline (fixture, "outer.runnel.json");
  g_autofree char *other = write_pipeline (fixture, "inner.runnel.json");
  g_autofree char *expected = NULL;

  write_runnel (fixture);
  g_ptr_array_add (fixture->env, g_strconcat ("RUNNEL_FILE=", own, NULL));
  run (fixture, "pipeline", "{\"file\": \"inner.runnel.json\", \"parameters\": {\"n\": 1}, "
                            "\"outputs\": {\"v\": \"${{ steps.a.outputs.v }}\"}}");
  assert_succeeded (fixture);
  expected = g_strdup_printf ("run inner.runnel.json --parent 12:s\n"
                              "depth 1 parents %s\n"
                              "{\"n\":1}\n{\"v\":\"${{ steps.a.outputs.v }}\"}", own);
  assert_file (fixture, "s.1.log", expected);
}

/* A run that is asked to hold back must not be stopped itself. */
static void
test_pipeline_hold (Fixture       *fixture,
                    gconstpointer  data)
{
  static const char *const script =
    "#!/usr/bin/env python3\n"
    "import signal\n"
    "signals = {signal.SIGTSTP, signal.SIGCONT}\n"
    "signal.pthread_sigmask(signal.SIG_BLOCK, signals)\n"
    "print('ready', flush=True)\n"
    "for i in range(3):\n"
    "    info = signal.sigwaitinfo(signals)\n"
    "    print(signal.Signals(info.si_signo).name, flush=True)\n";
  static const RunnelHold holds[] = { RUNNEL_HOLD_ALL, RUNNEL_HOLD_STARTS, RUNNEL_HOLD_NONE };
  static const char *const logs[] = {
    "ready\n", "ready\nSIGTSTP\n", "ready\nSIGTSTP\nSIGTSTP\n",
    "ready\nSIGTSTP\nSIGTSTP\nSIGCONT\n",
  };
  g_autofree char *path = g_build_filename (fixture->dir, "runnel", NULL);
  g_autofree char *other = write_pipeline (fixture, "inner.runnel.json");
  RunnelTask *task;

  g_assert_true (g_file_set_contents_full (path, script, -1, G_FILE_SET_CONTENTS_NONE, 0755, NULL));
  g_setenv ("RUNNEL_BINARY", path, TRUE);
  task = start (fixture, "pipeline", "{\"file\": \"inner.runnel.json\"}");
  for (gsize i = 0; i < G_N_ELEMENTS (holds); i++)
    {
      wait_for_log (fixture, logs[i]);
      g_assert_true (hold (fixture, task, holds[i], NULL));
    }
  wait_for_end (fixture);
  assert_file (fixture, "s.1.log", logs[3]);
}

static void
test_pipeline_circle (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *own = write_pipeline (fixture, "outer.runnel.json");
  g_autofree char *other = write_pipeline (fixture, "inner.runnel.json");

  write_runnel (fixture);
  g_ptr_array_add (fixture->env, g_strconcat ("RUNNEL_FILE=", own, NULL));
  run (fixture, "pipeline", "{\"file\": \"./outer.runnel.json\"}");
  assert_failed (fixture, "in a circle");

  g_ptr_array_add (fixture->env, g_strconcat ("RUNNEL_PARENTS=", other, NULL));
  run (fixture, "pipeline", "{\"file\": \"inner.runnel.json\"}");
  assert_failed (fixture, "in a circle");
  g_assert_nonnull (strstr (fixture->reason, "inner.runnel.json → "));
}

static void
test_pipeline_errors (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *other = write_pipeline (fixture, "inner.runnel.json");

  write_runnel (fixture);
  run (fixture, "pipeline", "{\"file\": \"no-such.runnel.json\"}");
  assert_failed (fixture, "“no-such.runnel.json” can't be opened");
  run (fixture, "pipeline", "{}");
  assert_failed (fixture, "names no pipeline");
  run (fixture, "pipeline", "{\"file\": \"inner.runnel.json\", \"parameters\": [1]}");
  assert_failed (fixture, "“parameters” has to be an object");
  g_ptr_array_add (fixture->env, g_strdup ("RUNNEL_DEPTH=64"));
  run (fixture, "pipeline", "{\"file\": \"inner.runnel.json\"}");
  assert_failed (fixture, "64 levels");
}

static void
set_secret (Fixture    *fixture,
            const char *value)
{
  const char *const values[] = { value, NULL };

  fixture->mask = runnel_secret_mask_new (values);
  g_ptr_array_add (fixture->env, g_strconcat ("TOKEN=", value, NULL));
}

static void
test_secret (Fixture       *fixture,
             gconstpointer  data)
{
  set_secret (fixture, "tigers&lions");
  run (fixture, "script", "{\"run\": \"echo out $TOKEN; printf %s $TOKEN | base64 >&2; "
                          "printf 'no end of line %s' $TOKEN; exit 3\"}");
  assert_failed (fixture, "Exited with code 3");
  assert_file (fixture, "s.1.log", "out ***\n***\nno end of line ***");
  run (fixture, "command", "{\"argv\": [\"true\"]}");
  assert_succeeded (fixture);
}

/* More than a pipe holds, and the end comes only when all of it is in the log. */
static void
test_secret_long (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  set_secret (fixture, "tigers&lions");
  run (fixture, "script", "{\"shell\": \"python3\", \"run\": \"import os\\n"
                          "for i in range(100000): print(i, os.environ['TOKEN'])\"}");
  assert_succeeded (fixture);
  text = read_file (fixture, "s.1.log");
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 100001);
  g_assert_cmpstr (lines[0], ==, "0 ***");
  g_assert_cmpstr (lines[99999], ==, "99999 ***");
}

/* What the attempt leaves behind outside of its group has the pipe, too: nobody waits for it. */
static void
test_secret_escaped (Fixture       *fixture,
                     gconstpointer  data)
{
  set_secret (fixture, "tigers&lions");
  run (fixture, "script", "{\"run\": \"echo $TOKEN; mkfifo up; setsid sh -c 'echo gone $TOKEN; "
                          "echo > up; exec sleep 1000' & read line < up\"}");
  assert_succeeded (fixture);
  g_clear_pointer (&fixture->executor, runnel_executor_free);
  assert_file (fixture, "s.1.log", "***\ngone ***\n");
  fixture->executor = runnel_real_executor_new ();
}

static void
test_secret_leftovers (Fixture       *fixture,
                       gconstpointer  data)
{
  set_secret (fixture, "tigers&lions");
  run (fixture, "script", "{\"run\": \"echo $TOKEN; " LEAVE_SLEEP "\"}");
  assert_succeeded (fixture);
  assert_file_has (fixture, "s.1.log", "***\nrunnel: left 1 process running: sleep (");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/engine/real-executor/" path, Fixture, NULL, set_up, function, tear_down)

  ADD ("command", test_command);
  ADD ("stdin", test_stdin);
  ADD ("bad-argv", test_bad_argv);
  ADD ("failures", test_failures);
  ADD ("output-file", test_output_file);
  ADD ("shells", test_shells);
  ADD ("strict", test_strict);
  ADD ("line-numbers", test_line_numbers);
  ADD ("bad-shell", test_bad_shell);
  ADD ("leftovers", test_leftovers);
  ADD ("cancel", test_cancel);
  ADD ("freeze", test_freeze);
  ADD ("freeze-http", test_freeze_http);
  ADD ("bad-log", test_bad_log);
  ADD ("secret", test_secret);
  ADD ("secret-long", test_secret_long);
  ADD ("secret-escaped", test_secret_escaped);
  ADD ("secret-leftovers", test_secret_leftovers);
  ADD ("pipeline", test_pipeline);
  ADD ("pipeline-hold", test_pipeline_hold);
  ADD ("pipeline-circle", test_pipeline_circle);
  ADD ("pipeline-errors", test_pipeline_errors);
  return g_test_run ();
}
