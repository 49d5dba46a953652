/* test-shell.c: steps as lines of POSIX shell, and back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "engine/kinds/runnel-kinds.h"
#include "interchange/runnel-shell.h"
#include "model/runnel-json-write.h"
#include "util/runnel-remove-tree.h"

#define ALL_PARTS                                                                                  \
  (RUNNEL_SHELL_FOLDER | RUNNEL_SHELL_TIMEOUT | RUNNEL_SHELL_RETRY | RUNNEL_SHELL_CONTINUE         \
   | RUNNEL_SHELL_INTERPRETER)

/* A flow of one step, "s", with these members besides its id. */
static RunnelFlow *
new_flow (const char *members)
{
  g_autofree char *text =
    g_strdup_printf ("{\"format\": 1, \"steps\": [{\"id\": \"s\", %s}]}", members);
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);
  RunnelFlow *flow;

  g_assert_no_error (error);
  flow = runnel_flow_new (pipeline, NULL, &error);
  g_assert_no_error (error);

  return flow;
}

static char *
say (const char       *members,
     RunnelShellParts  parts)
{
  g_autoptr(RunnelFlow) flow = new_flow (members);

  return runnel_shell_say_step (runnel_flow_get_step (flow, 0), parts);
}

static int
run (const char  *folder,
     const char  *lines,
     char       **ret_output)
{
  const char *argv[] = { "sh", "-e", "-c", lines, NULL };
  g_autoptr(GError) error = NULL;
  int status;

  g_spawn_sync (folder, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                NULL, NULL, ret_output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));

  return WEXITSTATUS (status);
}

static void
assert_runs (const char       *members,
             RunnelShellParts  parts,
             int               exit_code,
             const char       *expected)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-shell-XXXXXX", NULL);
  g_autofree char *sub_folder = g_build_filename (folder, "a b", NULL);
  g_autofree char *lines = say (members, parts);
  g_autofree char *output = NULL;

  g_mkdir (sub_folder, 0700);
  g_assert_cmpint (run (folder, lines, &output), ==, exit_code);
  g_assert_cmpstr (output, ==, expected);
  runnel_remove_tree (folder, NULL);
}

static void
test_plain (void)
{
  g_autofree char *one = say ("\"kind\": \"script\", \"with\": {\"run\": \"make\"}", ALL_PARTS);
  g_autofree char *folder =
    say ("\"kind\": \"script\", \"working-directory\": \"a b\", \"with\": {\"run\": \"make\"}",
         RUNNEL_SHELL_FOLDER);

  g_assert_cmpstr (one, ==, "make\n");
  g_assert_cmpstr (folder, ==, "# runnel: {\"working-directory\": \"a b\"}\ncd 'a b'\nmake\n");
}

static void
test_parts_run (void)
{
  assert_runs (
    "\"kind\": \"script\", \"with\": {\"run\": \"false\\necho no\"}, \"continue-on-error\": true",
    ALL_PARTS, 0, "");
  assert_runs ("\"kind\": \"script\", \"with\": {\"run\": \"exit 3\"}, "
               "\"continue-on-error\": \"${{ steps.self.exit_code == 3 }}\"", ALL_PARTS, 0, "");
  assert_runs ("\"kind\": \"script\", \"with\": {\"run\": \"exit 4\"}, "
               "\"continue-on-error\": \"${{ steps.self.exit_code == 3 }}\"", ALL_PARTS, 4, "");
  assert_runs ("\"kind\": \"script\", \"with\": {\"run\": \"sleep 60\"}, \"timeout\": \"50ms\"",
               ALL_PARTS, 124, "");
  assert_runs ("\"kind\": \"script\", \"with\": {\"run\": \"pwd | sed 's,.*/,,'\"}, "
               "\"working-directory\": \"a b\","
               " \"timeout\": \"1m\"",
               ALL_PARTS, 0, "a b\n");
  assert_runs ("\"kind\": \"script\", \"with\": {\"run\": \"print('END')\\nprint(1)\", \"shell\": "
               "\"python3\"}",
               ALL_PARTS, 0, "END\n1\n");
  assert_runs (
    "\"kind\": \"script\", \"with\": {\"run\": \"cat <<END\\nx\\nEND\\nread a || echo empty\"}, "
    "\"retry\": 1",
    ALL_PARTS, 0, "x\nempty\n");
}

static void
test_retry_runs (void)
{
  const char *count =
    "\"kind\": \"script\", \"with\": {\"run\": \"echo $RUNNEL_ATTEMPT\\necho x >>tries\\n"
    "test $(wc -l <tries) -ge 3 || exit 75\\n\"}, \"retry\": ";
  g_autofree char *enough = g_strconcat (count, "{\"max\": 2, \"delay\": \"1ms\"}", NULL);
  g_autofree char *too_few = g_strconcat (count, "1", NULL);
  g_autofree char *rule = g_strconcat (count, "{\"max\": 5, \"exit-codes\": [1, 74]}", NULL);
  g_autofree char *condition =
    g_strconcat (count, "{\"max\": 5, \"if\": \"steps.self.attempts < 2\"}", NULL);
  g_autofree char *backoff = g_strconcat (count,
                                          "{\"max\": 5, \"delay\": \"1ms\", \"backoff\": 2.5, "
                                          "\"max-delay\": \"2ms\", \"jitter\": 0.5}",
                                          NULL);

  assert_runs (enough, ALL_PARTS, 0, "1\n2\n3\n");
  assert_runs (too_few, ALL_PARTS, 75, "1\n2\n");
  assert_runs (rule, ALL_PARTS, 75, "1\n");
  assert_runs (condition, ALL_PARTS, 75, "1\n2\n");
  assert_runs (backoff, ALL_PARTS, 0, "1\n2\n3\n");
}

/* The members of a step and the parts asked for; all of it must come back. */
static const char *const steps[] = {
  "\"kind\": \"script\", \"with\": {\"run\": \"make\"}",
  "\"kind\": \"script\", \"with\": {\"run\": \"make\\n\\n  make check\\nEND\\n\"}, \"timeout\": "
  "\"5m\"",
  "\"kind\": \"script\", \"with\": {\"run\": \"cd x\\ncat >\\\"$script\\\" <<'END'\\nEND\\n\"}, "
  "\"retry\": 3",
  "\"kind\": \"script\", \"with\": {\"run\": \"a\\nb\\n\", \"shell\": \"python3\"}, "
  "\"working-directory\": \"x\"",
  "\"kind\": \"script\", \"with\": {\"run\": \"a\", \"shell\": \"pwsh\"}, \"continue-on-error\": "
  "true",
  "\"kind\": \"command\", \"with\": {\"argv\": [\"make\", \"it's\", \"${{ params.x }}\"]}, "
  "\"working-directory\": \"-d\"",
  "\"kind\": \"command\", \"with\": {\"argv\": [\"cat\"], \"stdin\": \"${{{{ {% $(params.x) "
  "'''\"}, \"timeout\": \"1m30s\"",
  "\"kind\": \"wait\", \"with\": {\"for\": \"90s\"}",
  "\"kind\": \"http\", \"with\": {\"url\": \"https://x/${{ params.x }}\", \"headers\": {\"A\": "
  "\"b\"}}, \"retry\": "
  "{\"max\": 2, \"delay\": \"1s\", \"backoff\": 1.5, \"max-delay\": \"1m\", \"jitter\": 0.1, "
  "\"exit-codes\": [7, 22], "
  "\"if\": \"steps.self.attempts < 2\"}",
  "\"kind\": \"script\", \"with\": {\"run\": \"a\"}, \"continue-on-error\": \"${{ "
  "steps.self.exit_code == 3 }}\"",
};

static char *
print (JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  GString *text = g_string_new (NULL);

  runnel_json_write_compact (text, node);

  return g_string_free (text, FALSE);
}

static void
assert_same_members (const char *lines,
                     const char *members)
{
  g_autofree char *expected_text = g_strdup_printf ("{%s}", members);
  g_autoptr(JsonNode) expected = json_from_string (expected_text, NULL);
  g_autoptr(JsonObject) step = json_object_new ();
  g_autoptr(GList) keys = json_object_get_members (json_node_get_object (expected));

  g_assert_true (runnel_shell_read_step (lines, NULL, step) || g_str_equal (lines, "make\n"));
  for (GList *l = keys; l != NULL; l = l->next)
    {
      JsonNode *found = json_object_get_member (step, l->data);

      if (found == NULL
          || !json_node_equal (found,
                               json_object_get_member (json_node_get_object (expected), l->data)))
        {
          g_autofree char *text = print (step);

          g_error ("%s became %s\n%s", expected_text, text, lines);
        }
    }
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *lines = say (steps[i], ALL_PARTS);

      assert_same_members (lines, steps[i]);
    }
}

/* Nothing in a comment is an expression for GitHub, Argo, Tekton or Airflow, nor ends a text of
 * Groovy. */
static void
test_comment_is_inert (void)
{
  g_autofree char *lines = say ("\"kind\": \"command\", \"with\": {\"argv\": [\"cat\"], \"stdin\": "
                                "\"${{ params.x }}{{ y }}{% z %}{# c #}$(params.x)$[[ i ]]'''\"}",
                                0);

  lines[strcspn (lines, "\n")] = '\0';
  g_assert_true (g_str_has_prefix (lines, "# runnel: {"));
  g_assert_null (strstr (lines, "${"));
  g_assert_null (strstr (lines, "$("));
  g_assert_null (strstr (lines, "$["));
  g_assert_null (strstr (lines, "{{"));
  g_assert_null (strstr (lines, "{%"));
  g_assert_null (strstr (lines, "{#"));
  g_assert_null (strchr (lines, '\''));
}

static char *
replace (const char *text,
         const char *old,
         const char *new)
{
  g_auto(GStrv) parts = g_strsplit (text, old, -1);

  g_assert_cmpuint (g_strv_length (parts), >, 1);

  return g_strjoinv (new, parts);
}

static const char *
get_run (JsonObject *step)
{
  return json_object_get_string_member (json_object_get_object_member (step, "with"), "run");
}

static void
test_edited (void)
{
  g_autofree char *lines = say (steps[1], ALL_PARTS);
  g_autofree char *code = replace (lines, "timeout -k 10 300", "timeout -k 10 60");
  g_autofree char *body = replace (lines, "make check", "make install");
  g_autoptr(JsonObject) from_code = json_object_new ();
  g_autoptr(JsonObject) from_body = json_object_new ();

  g_assert_false (runnel_shell_read_step (code, "bash", from_code));
  g_assert_cmpstr (get_run (from_code), ==, code);
  g_assert_false (json_object_has_member (from_code, "timeout"));
  g_assert_cmpstr (
    json_object_get_string_member (json_object_get_object_member (from_code, "with"), "shell"), ==,
    "bash");

  g_assert_true (runnel_shell_read_step (body, NULL, from_body));
  g_assert_cmpstr (get_run (from_body), ==, "make\n\n  make install\nEND\n");
  g_assert_cmpstr (json_object_get_string_member (from_body, "timeout"), ==, "5m");
}

/* The variables by which values reach a command are no part of its `env`. */
static void
test_variables (void)
{
  g_autofree char *lines = say (steps[5], 0);
  g_autoptr(JsonNode) node =
    json_from_string ("{\"env\": {\"RUNNEL_ARGUMENT_2\": \"x\", \"CC\": \"gcc\"}}", NULL);
  JsonObject *step = json_node_get_object (node);
  JsonObject *env = json_object_get_object_member (step, "env");

  g_assert_true (runnel_shell_read_step (lines, NULL, step));
  g_assert_false (json_object_has_member (env, "RUNNEL_ARGUMENT_2"));
  g_assert_true (json_object_has_member (env, "CC"));
}

static void
test_judge (void)
{
  g_autoptr(RunnelFlow) flow =
    new_flow ("\"kind\": \"script\", \"with\": {\"run\": \"x\"}, \"retry\": {\"max\": 1, "
              "\"if\": \"contains(steps.self.log, 'x')\"}, \"timeout\": \"1m\"");
  const RunnelFlowStep *step = runnel_flow_get_step (flow, 0);
  RunnelCapability rule = { RUNNEL_FIDELITY_EMULATED, "", NULL };
  RunnelCapability timeout = { RUNNEL_FIDELITY_EMULATED, "", NULL };

  runnel_shell_judge_step (step, RUNNEL_FEATURE_RETRY_RULE, &rule);
  runnel_shell_judge_step (step, RUNNEL_FEATURE_TIMEOUT, &timeout);
  g_assert_cmpint (rule.fidelity, ==, RUNNEL_FIDELITY_LOST);
  g_assert_nonnull (rule.fix);
  g_assert_cmpint (timeout.fidelity, ==, RUNNEL_FIDELITY_EMULATED);
}

/* All steps in one file each, checked at once. */
static void
test_checkers (void)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-shell-XXXXXX", NULL);
  g_autofree char *checker = g_find_program_in_path ("shellcheck");
  g_autoptr(GError) error = NULL;
  g_autofree char *output = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.sh", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *lines = say (steps[i], ALL_PARTS);
      g_autofree char *text = g_strconcat ("#!/bin/sh\nset -e\n", lines, NULL);

      g_file_set_contents (path, text, -1, &error);
      g_assert_no_error (error);
    }
  if (checker != NULL)
    run (folder,
         "for f in *.sh; do sh -n $f; done; shellcheck -s sh *.sh; if command -v checkbashisms "
         ">/dev/null; "
         "then checkbashisms *.sh; fi",
         &output);
  runnel_remove_tree (folder, NULL);
  if (checker == NULL)
    g_test_skip ("shellcheck is not installed");
  else
    g_assert_cmpstr (output, ==, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();

  g_test_add_func ("/interchange/shell/plain", test_plain);
  g_test_add_func ("/interchange/shell/parts-run", test_parts_run);
  g_test_add_func ("/interchange/shell/retry-runs", test_retry_runs);
  g_test_add_func ("/interchange/shell/round-trip", test_round_trip);
  g_test_add_func ("/interchange/shell/comment-is-inert", test_comment_is_inert);
  g_test_add_func ("/interchange/shell/edited", test_edited);
  g_test_add_func ("/interchange/shell/variables", test_variables);
  g_test_add_func ("/interchange/shell/judge", test_judge);
  g_test_add_func ("/interchange/shell/checkers", test_checkers);

  return g_test_run ();
}
