/* test-argo.c: pipelines as Workflows of Argo, and back
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
  return kube_export (&runnel_target_argo, members);
}

static char *
import (const char *text)
{
  g_autoptr(RunnelImport) imported = kube_import (&runnel_target_argo, text);

  return kube_get_text (imported, 0);
}

/* Out and in again. */
static char *
turn (const char *members)
{
  g_autofree char *text = export (members);

  return import (text);
}

static void
test_links (void)
{
  g_autofree char *text =
    export("\"steps\": [" STEP ("a", "") "," STEP ("b", ", \"needs\": [\"a\"]") "," STEP (
      "c",
      ", \"needs\": [{\"step\": \"b\", \"on\": \"failure\"}]") "," STEP ("d",
                                                                         ", \"needs\": [\"b\", "
                                                                         "{\"step\": \"c\", "
                                                                         "\"on\": \"always\"}], "
                                                                         "\"join\": \"any\"") "]");

  kube_assert_has (text, "failFast: false");
  kube_assert_has (text, "depends: a.Succeeded\n");
  kube_assert_has (text, "(b.Failed || b.Errored)");
  kube_assert_has (
    text, "b.Succeeded || (c.Succeeded || c.Failed || c.Errored || c.Skipped || c.Omitted)");
  kube_assert_has (text, "name: verdict");
}

static void
test_no_verdict (void)
{
  g_autofree char *text =
    export("\"steps\": [" STEP ("a", "") "," STEP ("b", ", \"needs\": [\"a\"]") "]");

  g_assert_null (strstr (text, "verdict"));
}

static void
test_braces (void)
{
  g_autofree char *text = export("\"steps\": [{\"id\": \"a\", \"kind\": \"script\", \"with\": "
                                 "{\"run\": \"echo '{{x}}' {%{ {{{\"}}]");
  g_autofree char *back = import (text);

  g_assert_null (strstr (text, "{{x"));
  kube_assert_has (back, "echo '{{x}}' {%{ {{{");
}

static void
test_values (void)
{
  const char *members = "\"parameters\": {\"dry-run\": {\"type\": \"boolean\", \"default\": "
                        "false}}, \"secrets\": [\"TOKEN\"], \"steps\": ["
                        "{\"id\": \"make_it\", \"kind\": \"script\", \"with\": {\"run\": \"echo "
                        "v=1 >> $RUNNEL_OUTPUT\"}, \"outputs\": {\"v\": \"\"}},"
                        "{\"id\": \"use\", \"kind\": \"script\", \"with\": {\"run\": \"echo $V\"}, "
                        "\"needs\": [\"make_it\"],"
                        " \"if\": \"params.dry-run == false && steps.make_it.outputs.v == 'X'\","
                        " \"env\": {\"V\": \"${{ steps.make_it.outputs.v }}\", \"T\": \"${{ "
                        "secrets.TOKEN }}\", \"D\": \"x $(y) $$\"}}]";
  g_autofree char *text = export (members);
  g_autofree char *back = import (text);

  kube_assert_has (text, "{{tasks.make-it.outputs.parameters.v}}");
  kube_assert_has (text, "workflow.parameters[''dry-run'']");
  kube_assert_has (text, "secretKeyRef");
  kube_assert_has (text, "x $$(y) $$$");
  kube_assert_has (back, "\"id\": \"make_it\"");
  kube_assert_has (back, "${{ steps.make_it.outputs.v }}");
  kube_assert_has (back, "params.dry-run == false && steps.make_it.outputs.v == 'X'");
  kube_assert_has (back, "x $(y) $$");
  kube_assert_has (back, "\"type\": \"boolean\"");
}

static void
test_edited (void)
{
  g_autofree char *text =
    export ("\"parameters\": {\"c\": {\"default\": \"x\"}}, \"steps\": [" STEP ("a", "") ","
            STEP ("b", ", \"needs\": [\"a\"], \"if\": \"params.c == 'x'\"") "]");
  g_auto(GStrv) parts = g_strsplit (text, "depends: a.Succeeded", -1);
  g_autofree char *edited = g_strjoinv ("depends: a.Failed || a.Errored", parts);
  g_autofree char *back = import (edited);

  kube_assert_has (back, "\"on\": \"failure\"");
  kube_assert_has (back, "params.c == 'x'");
}

static void
test_hooks (void)
{
  g_autofree char *back =
    turn ("\"hooks\": {\"on-start\": [" STEP ("s", "") "], \"on-failure\": [" STEP (
      "f", "") "], \"on-finish\": [" STEP ("z", "") "]}, \"steps\": [" STEP ("a", "") "]");

  kube_assert_has (back, "\"on-start\": [");
  kube_assert_has (back, "\"on-failure\": [");
  kube_assert_has (back, "\"on-finish\": [");
  g_assert_null (strstr (back, "continue-on-error"));
}

static void
test_v3 (void)
{
  g_autofree char *back = import (
    "apiVersion: argoproj.io/v1alpha1\nkind: CronWorkflow\nmetadata: {name: old}\nspec:\n  "
    "schedule: '0 3 * * *'\n"
    "  timezone: Europe/Berlin\n  workflowSpec:\n    entrypoint: m\n    synchronization: {mutex: "
    "{name: deploy}}\n"
    "    templates:\n    - name: m\n      dag:\n        tasks:\n        - {name: A, template: t}\n"
    "        - {name: B, template: t, dependencies: [A]}\n        - {name: C, template: t, "
    "depends: 'A && B.Failed'}\n"
    "    - name: t\n      container: {image: alpine, command: [echo, hi]}\n");

  kube_assert_has (back, "\"cron\": \"0 3 * * *\"");
  kube_assert_has (back, "\"timezone\": \"Europe/Berlin\"");
  kube_assert_has (back, "\"group\": \"deploy\"");
  kube_assert_has (back, "\"needs\": [\"A\"]");
  kube_assert_has (back, "\"on\": \"failure\"");
  kube_assert_has (back, "\"argv\": [\"echo\", \"hi\"]");
}

static void
test_everything (void)
{
  kube_check_file (&runnel_target_argo, "tests/interchange/everything.runnel.json");
}

static void
test_examples (void)
{
  kube_check_examples (&runnel_target_argo);
}

static void
test_random (void)
{
  kube_check_random (&runnel_target_argo, 500);
}

static void
test_corpus (void)
{
  kube_test_corpus (&runnel_target_argo);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();
  g_test_add_func ("/interchange/argo/links", test_links);
  g_test_add_func ("/interchange/argo/no-verdict", test_no_verdict);
  g_test_add_func ("/interchange/argo/braces", test_braces);
  g_test_add_func ("/interchange/argo/values", test_values);
  g_test_add_func ("/interchange/argo/edited", test_edited);
  g_test_add_func ("/interchange/argo/hooks", test_hooks);
  g_test_add_func ("/interchange/argo/v3", test_v3);
  g_test_add_func ("/interchange/argo/everything", test_everything);
  g_test_add_func ("/interchange/argo/examples", test_examples);
  g_test_add_func ("/interchange/argo/random", test_random);
  g_test_add_func ("/interchange/argo/corpus", test_corpus);
  return g_test_run ();
}
