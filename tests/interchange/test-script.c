/* test-script.c: a whole pipeline as a program for a POSIX shell
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The main test runs random pipelines by Runnel and by the script that was made of them. Both must
 * start the same attempts in the same order, give them the same values, and end in the same states.
 */
#include "config.h"

#include "engine/kinds/runnel-kinds.h"
#include "interchange/runnel-script.h"
#include "interchange/runnel-targets.h"
#include "random-pipeline.h"
#include "random-script.h"
#include "script-run.h"
#include "util/runnel-remove-tree.h"

#define N_RANDOM 12
#define N_SYNTAX 500

static void
compare (const char *folder, const char *shell, guint32 seed)
{
  g_autofree char *text = make_random_pipeline (seed, TRUE);
  g_autofree char *script = g_strdup_printf ("%s p.sh -j 1", shell);
  g_autofree char *events = NULL;
  g_autofree char *output = NULL;
  g_autofree char *expected_trace = NULL;
  g_autofree char *trace = NULL;
  g_autofree char *expected_states = NULL;
  g_autofree char *states = NULL;
  int expected, found;

  write_export (folder, &runnel_target_shell, text);
  expected = run_by_runnel (folder, &events);
  expected_trace = take_trace (folder);
  expected_states = list_states_of_run (events);
  found = run (folder, script, &output);
  trace = take_trace (folder);
  states = list_states_of_script (output);

  if (expected == found && g_str_equal (states, expected_states)
      && g_str_equal (trace, expected_trace))
    return;
  g_error ("seed %u with %s:\n%s\n--- Runnel: %d\n%s\n%s\n--- script: %d\n%s\n%s\n%s", seed, shell,
           text, expected, expected_states, expected_trace, found, states, trace, output);
}

static void
test_random (void)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-script-XXXXXX", NULL);
  g_autofree char *bash = g_find_program_in_path ("bash");
  guint32 first = g_test_rand_int_range (0, G_MAXINT32 - N_RANDOM);

  for (guint i = 0; i < N_RANDOM; i++)
    compare (folder, bash != NULL && i % 5 == 4 ? "bash --posix" : "sh", first + i);
  g_test_message ("%u random pipelines: the same order, attempts, values and states", N_RANDOM);
  runnel_remove_tree (folder, NULL);
}

/* Scripts of pipelines that ask for all there is, whether it can be said or not. */
static void
test_random_syntax (void)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-script-XXXXXX", NULL);

  for (guint32 seed = 0; seed < N_SYNTAX; seed++)
    {
      g_autoptr(RunnelPipeline) pipeline = random_pipeline_new (seed, RANDOM_ALL);
      g_autoptr(GError) error = NULL;
      g_autoptr(RunnelFlow) flow = runnel_flow_new (pipeline, NULL, &error);
      g_autoptr(GPtrArray) files = NULL;
      g_autofree char *name = g_strdup_printf ("%u.sh", seed);

      g_assert_no_error (error);
      files = runnel_target_export (&runnel_target_shell, flow, &options, TRUE, &error);
      g_assert_no_error (error);
      write_file (
        folder, name,
        g_bytes_get_data (((RunnelExportFile *) g_ptr_array_index (files, 0))->content, NULL),
        0644);
    }
  g_assert_cmpint (run (folder, "for f in *.sh; do sh -n $f || exit 1; done", NULL), ==, 0);
  g_test_message ("sh -n accepts the scripts of %u random pipelines", N_SYNTAX);
  runnel_remove_tree (folder, NULL);
}

/* A pipeline that asks for nearly everything, with "ok" for each step that finds what it should. */
static const char rich[] =
  "{\"format\": 1, \"name\": \"Build it's\", \"description\": \"Builds\\nand tests\","
  " \"parameters\": {\"channel\": {\"type\": \"choice\", \"choices\": [\"beta\", \"stable\"],"
  "   \"default\": \"beta\", \"description\": \"Where it goes\"}, \"dry-run\": {\"type\": "
  "\"boolean\","
  "   \"default\": false}, \"n\": {\"type\": \"number\"}, \"who\": {\"required\": true}},"
  " \"env\": {\"CC\": \"gcc-${{ params.channel }}\"}, \"secrets\": [\"deploy-token\"],"
  " \"pools\": {\"one\": 1}, \"concurrency\": {\"jobs\": 4}, \"steps\": ["
  "{\"id\": \"make-it\", \"kind\": \"script\", \"artifacts\": [\"out/**\", \"!**/*.o\"], \"pool\": "
  "\"one\","
  "  \"with\": {\"run\": \"mkdir -p out/x && touch out/x/a.txt out/x/b.o && echo v=$CC "
  ">>$RUNNEL_OUTPUT\"}},"
  "{\"id\": \"files\", \"kind\": \"script\", \"needs\": [\"make-it\"], \"pool\": \"one\", "
  "\"with\": {\"run\":"
  "  \"test -f $RUNNEL_ARTIFACTS/make-it/out/x/a.txt\\ntest ! -e "
  "$RUNNEL_ARTIFACTS/make-it/out/x/b.o\"}},"
  "{\"id\": \"words\", \"kind\": \"command\", \"needs\": [\"make-it\"], \"with\": {\"argv\": "
  "[\"test\","
  "  \"${{ steps.make-it.outputs.v }}\", \"=\", \"gcc-stable\"]}},"
  "{\"id\": \"secret\", \"kind\": \"script\", \"with\": {\"run\": \"test \\\"$T\\\" = 'a b'\"},"
  "  \"env\": {\"T\": \"${{ secrets.deploy-token }}\"}},"
  "{\"id\": \"no-secret\", \"kind\": \"script\", \"with\": {\"run\":"
  "  \"test -z \\\"$T$RUNNEL_SECRET_DEPLOY_TOKEN\\\"\"}},"
  "{\"id\": \"python\", \"kind\": \"script\", \"with\": {\"shell\": \"python3\", \"run\":"
  "  \"import os\\nassert os.environ['RUNNEL_PARAM_WHO'] == \\\"$(x) it's\\\"\\nassert not input() "
  "if 0 else 1\"}},"
  "{\"id\": \"folder\", \"kind\": \"script\", \"needs\": [\"make-it\"], \"working-directory\": "
  "\"out/x\","
  "  \"with\": {\"run\": \"test -f a.txt\"}},"
  "{\"id\": \"long\", \"kind\": \"script\", \"timeout\": \"100ms\", \"continue-on-error\": true,"
  "  \"with\": {\"run\": \"sleep 60\"}},"
  "{\"id\": \"pause\", \"kind\": \"wait\", \"with\": {\"for\": \"10ms\"}},"
  "{\"id\": \"release\", \"kind\": \"approval\", \"with\": {\"prompt\": \"Go to ${{ params.channel "
  "}}?\"}},"
  "{\"id\": \"approved\", \"kind\": \"script\", \"needs\": [\"release\"], \"env\": {\"BY\":"
  "  \"${{ steps.release.outputs.approved-by }}\"}, \"with\": {\"run\": \"test -n "
  "\\\"$BY\\\"\"}}]}";

static void
test_rich (void)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-script-XXXXXX", NULL);
  g_autofree char *output = NULL;
  g_autofree char *states = NULL;
  int status;

  write_export (folder, &runnel_target_shell, rich);
  status = run (folder,
                "RUNNEL_SECRET_DEPLOY_TOKEN='a b' RUNNEL_PARAM_WHO=\"\\$(x) it's\" sh p.sh "
                "-p channel=stable --approve release",
                &output);
  states = list_states_of_script (output);
  g_assert_cmpstr (states, ==,
                   "approved succeeded\nfiles succeeded\nfolder succeeded\nlong timed-out\n"
                   "make-it succeeded\nno-secret succeeded\npause succeeded\npython succeeded\n"
                   "release succeeded\nsecret succeeded\nwords succeeded");
  g_assert_cmpint (status, ==, 0);
  runnel_remove_tree (folder, NULL);
}

static void
test_options (void)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-script-XXXXXX", NULL);
  const char *const refused[] = { "-p channel=gamma", "-p who", "-p x=1", "-p n=many",
                                  "-p dry-run=perhaps", "--jobs 0", "--jobs", "--what", "" };
  g_autofree char *usage = NULL;
  g_autofree char *complaint = NULL;

  write_export (folder, &runnel_target_shell, rich);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *command =
        g_strdup_printf ("RUNNEL_SECRET_DEPLOY_TOKEN=x sh p.sh %s 2>/dev/null", refused[i]);
      g_autofree char *output = NULL;

      g_assert_cmpint (run (folder, command, &output), ==, 2);
      g_assert_cmpstr (output, ==, "");
    }
  g_assert_cmpint (run (folder, "sh p.sh -p who=x 2>&1", &complaint), ==, 2);
  g_assert_nonnull (strstr (complaint, "RUNNEL_SECRET_DEPLOY_TOKEN"));
  g_assert_cmpint (run (folder, "sh p.sh --help", &usage), ==, 0);
  g_assert_nonnull (strstr (usage, "channel: Where it goes (beta, stable) [beta]"));
  runnel_remove_tree (folder, NULL);
}

static void
test_cancel (void)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-script-XXXXXX", NULL);
  g_autofree char *output = NULL;
  g_autofree char *states = NULL;
  const char *text =
    "{\"format\": 1, \"hooks\": {\"on-finish\": [{\"id\": \"tidy\", \"kind\": \"script\", \"with\":"
    " {\"run\": \"echo tidy >trace\"}}]}, \"steps\": [{\"id\": \"a\", \"kind\": \"script\", "
    "\"with\":"
    " {\"run\": \"sleep 1000 &\\necho $! >sleep.pid\\nkill -TERM $(cat script.pid)\\nwait\"}},"
    " {\"id\": \"b\", \"kind\": \"script\", \"needs\": [\"a\"], \"with\": {\"run\": \"true\"}},"
    " {\"id\": \"c\", \"kind\": \"script\", \"needs\": [{\"step\": \"a\", \"on\": \"always\"}], "
    "\"matrix\":"
    " {\"x\": [1, 2]}, \"with\": {\"run\": \"true\"}}]}";

  write_export (folder, &runnel_target_shell, text);
  g_assert_cmpint (run (folder, "sh -c 'echo $$ >script.pid; exec sh p.sh'", &output), ==, 130);
  states = list_states_of_script (output);
  g_assert_cmpstr (states, ==, "a cancelled\nb cancelled\nc cancelled\ntidy succeeded");
  run (folder, "while ps -o stat= -p $(cat sleep.pid) | grep -qv Z; do sleep 0.05; done", NULL);
  runnel_remove_tree (folder, NULL);
}

static void
test_names (void)
{
  g_autoptr(RunnelFlow) flow =
    read_flow ("{\"format\": 1, \"steps\": [{\"id\": \"a-b\", \"kind\": \"script\", \"with\": "
               "{\"run\": \":\"}},"
               "{\"id\": \"a_b\", \"kind\": \"script\", \"with\": {\"run\": \":\"}}]}");
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_target_export (&runnel_target_shell, flow, &options, TRUE, &error));
  g_assert_error (error, RUNNEL_EXPORT_ERROR, RUNNEL_EXPORT_ERROR_INVALID);
}

static void
test_losses (void)
{
  g_autoptr(RunnelFlow) flow = read_flow (
    "{\"format\": 1, \"steps\": [{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \":\"},"
    " \"if\": \"hashFiles('x') != ''\", \"breaker\": {\"failures\": 2}, \"retry\": {\"max\": 1,"
    " \"if\": \"contains(steps.self.log, 'x')\"}}]}");
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) files = NULL;
  const char *text;

  g_assert_null (runnel_target_export (&runnel_target_shell, flow, &options, FALSE, &error));
  g_assert_error (error, RUNNEL_EXPORT_ERROR, RUNNEL_EXPORT_ERROR_LOSS);
  files = runnel_target_export (&runnel_target_shell, flow, &options, TRUE, NULL);
  text = g_bytes_get_data (((RunnelExportFile *) g_ptr_array_index (files, 0))->content, NULL);
  g_assert_nonnull (strstr (text, "# runnel: lost: condition: "));
  g_assert_nonnull (strstr (text, "# runnel: lost: retry-rule: "));
  g_assert_nonnull (strstr (text, "# runnel: lost: breaker: "));
}

/* Every script in one go: that of the rich pipeline, and random ones. */
static void
test_checkers (void)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-script-XXXXXX", NULL);
  g_autofree char *checker = g_find_program_in_path ("shellcheck");
  g_autofree char *output = NULL;

  write_export (folder, &runnel_target_shell, rich);
  run (folder, "mv p.sh rich.sh", NULL);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *text = make_random_pipeline (i, TRUE);
      g_autofree char *command = g_strdup_printf ("mv p.sh %u.sh", i);

      write_export (folder, &runnel_target_shell, text);
      run (folder, command, NULL);
    }
  g_assert_cmpint (
    run (folder, "for f in *.sh; do sh -n $f && bash --posix -n $f || exit 1; done", NULL), ==, 0);
  run (folder, "if command -v checkbashisms >/dev/null; then checkbashisms *.sh; fi 2>&1", &output);
  g_assert_cmpstr (output, ==, "");
  g_clear_pointer (&output, g_free);
  if (checker != NULL)
    run (folder, "shellcheck -s sh *.sh", &output);
  runnel_remove_tree (folder, NULL);
  if (checker == NULL)
    g_test_skip ("shellcheck is not installed");
  else
    g_assert_cmpstr (output, ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();

  g_test_add_func ("/interchange/script/random", test_random);
  g_test_add_func ("/interchange/script/random-syntax", test_random_syntax);
  g_test_add_func ("/interchange/script/rich", test_rich);
  g_test_add_func ("/interchange/script/options", test_options);
  g_test_add_func ("/interchange/script/cancel", test_cancel);
  g_test_add_func ("/interchange/script/names", test_names);
  g_test_add_func ("/interchange/script/losses", test_losses);
  g_test_add_func ("/interchange/script/checkers", test_checkers);

  return g_test_run ();
}
