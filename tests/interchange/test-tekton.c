/* test-tekton.c: pipelines as Pipelines of Tekton, and back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/kinds/runnel-kinds.h"
#include "interchange/runnel-targets.h"
#include "kube.h"

#define STEP(id, more)                                                                             \
  "{\"id\": \"" id "\", \"kind\": \"script\", \"with\": {\"run\": \"true\"}" more "}"

static char *
export (const char *members)
{
  return kube_export (&runnel_target_tekton, members);
}

static char *
import (const char *text)
{
  g_autoptr(RunnelImport) imported = kube_import (&runnel_target_tekton, text);

  return kube_get_text (imported, 0);
}

/* A diamond: whoever fails, what is independent has been started by then. */
static void
test_plain (void)
{
  g_autofree char *text =
    export("\"steps\": [" STEP ("a", "") "," STEP ("b", ", \"needs\": [\"a\"]") "," STEP (
      "c", ", \"needs\": [\"a\"]") "," STEP ("d", ", \"needs\": [\"b\", \"c\"]") "]");

  kube_assert_has (text, "runAfter:");
  g_assert_null (strstr (text, "outcome"));
  g_assert_null (strstr (text, "verdict"));
}

/* When b fails, c would not be started by Tekton. */
static void
test_gated (void)
{
  g_autofree char *text = export ("\"steps\": [" STEP ("a", "") "," STEP ("b", "") ","
                                  STEP ("c", ", \"needs\": [\"a\"]") "]");

  kube_assert_has (text, "$(tasks.a.results.outcome)");
  kube_assert_has (text, "name: verdict");
  kube_assert_has (text, "onError: continue");
}

/* $(params.x) in a script is its own. */
static void
test_references (void)
{
  g_autofree char *text = export("\"steps\": [{\"id\": \"a\", \"kind\": \"script\", \"with\": "
                                 "{\"run\": \"echo $(params.x) $(date) $%\"}}]");
  g_autofree char *back = import (text);

  g_assert_null (strstr (text, "$(params.x)"));
  kube_assert_has (back, "echo $(params.x) $(date) $%");
}

static void
test_when (void)
{
  g_autofree char *text =
    export("\"parameters\": {\"c\": {\"type\": \"choice\", \"choices\": [\"x\", \"y\"], "
           "\"default\": \"x\"}}, \"steps\": [" STEP (
             "a", ", \"if\": \"params.c == 'x'\"") "," STEP ("b", ", \"needs\": [\"a\"]") "]");
  g_autofree char *back = import (text);
  g_auto(GStrv) parts = g_strsplit (text, "operator: in", -1);

  g_assert_cmpuint (g_strv_length (parts), ==, 3); /* what comes behind asks it, too */
  kube_assert_has (back, "\"if\": \"params.c == 'x'\"");
}

static void
test_refs (void)
{
  g_autofree char *back = import (
    "apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: hello}\nspec:\n  params: [{name: "
    "who}]\n  steps:\n"
    "  - {name: x, image: alpine, command: [echo], args: ['hi $(params.who)']}\n---\n"
    "apiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata: {name: p}\nspec:\n  params: [{name: "
    "name}]\n  tasks:\n"
    "  - {name: one, taskRef: {name: hello}, params: [{name: who, value: $(params.name)}]}\n"
    "  - {name: two, runAfter: [one], taskRef: {name: far-away}}\n");

  kube_assert_has (back, "\"argv\": [\"echo\", \"hi ${{ params.name }}\"]");
  kube_assert_has (back, "\"system\": \"tekton\"");
  kube_assert_has (back, "\"needs\": [\"one\"]");
}

static void
test_everything (void)
{
  kube_check_file (&runnel_target_tekton, "tests/interchange/everything.runnel.json");
}

static void
test_examples (void)
{
  kube_check_examples (&runnel_target_tekton);
}

static void
test_random (void)
{
  kube_check_random (&runnel_target_tekton, 500);
}

static void
test_corpus (void)
{
  kube_test_corpus (&runnel_target_tekton);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();
  g_test_add_func ("/interchange/tekton/plain", test_plain);
  g_test_add_func ("/interchange/tekton/gated", test_gated);
  g_test_add_func ("/interchange/tekton/references", test_references);
  g_test_add_func ("/interchange/tekton/when", test_when);
  g_test_add_func ("/interchange/tekton/refs", test_refs);
  g_test_add_func ("/interchange/tekton/everything", test_everything);
  g_test_add_func ("/interchange/tekton/examples", test_examples);
  g_test_add_func ("/interchange/tekton/random", test_random);
  g_test_add_func ("/interchange/tekton/corpus", test_corpus);
  return g_test_run ();
}
