/* test-check.c: what would go wrong in a run, found before it is started
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "engine/runnel-check.h"
#include "pipeline-text.h"

static const RunnelField fields[] = {
  { .name = "run", .flags = RUNNEL_FIELD_NO_EXPRESSIONS, .label = "", .description = "" },
  { .name = "url", .label = "", .description = "" },
  { .name = "body", .flags = RUNNEL_FIELD_SECRETS, .label = "", .description = "" },
  { .name = NULL },
};
static const RunnelKind kind = { .name = "test",
                                 .title = "Test",
                                 .description = "",
                                 .fields = fields };

static char *
describe (const RunnelDiagnostic *finding)
{
  return g_strdup_printf ("%s at %s: %s",
                          finding->severity == RUNNEL_SEVERITY_ERROR ? "error" : "warning",
                          finding->path, finding->message);
}

/* The pipeline gives exactly one finding, or none if `expected` is NULL. */
static void
assert_finding (const char *text, const char *expected, const char *suggestion)
{
  g_autoptr(RunnelPipeline) pipeline = pipeline_from_text (text);
  g_autoptr(RunnelDiagnostics) diagnostics = runnel_diagnostics_new ();
  g_autoptr(GString) found = g_string_new (NULL);

  runnel_check_pipeline (pipeline, diagnostics);
  for (guint i = 0; i < runnel_diagnostics_get_size (diagnostics); i++)
    {
      const RunnelDiagnostic *finding = runnel_diagnostics_get (diagnostics, i);
      g_autofree char *line = describe (finding);

      g_string_append_printf (found, "%s%s", i > 0 ? "\n" : "", line);
      if (suggestion != NULL)
        g_assert_cmpstr (finding->suggestion, ==, suggestion);
    }
  if (expected == NULL)
    g_assert_cmpstr (found->str, ==, "");
  else if (g_str_has_suffix (expected, "..."))
    {
      g_assert_cmpuint (runnel_diagnostics_get_size (diagnostics), ==, 1);
      g_assert_cmpint (strncmp (found->str, expected, strlen (expected) - 3), ==, 0);
    }
  else
    g_assert_cmpstr (found->str, ==, expected);
}

/* The same for a step "b" that needs "a" and has more members. */
static void
assert_step (const char *members, const char *expected, const char *suggestion)
{
  g_autofree char *text =
    g_strdup_printf ("{`format`: 1, `name`: `check`, `parameters`: {`version`: {`type`: "
                     "`string`}}, `secrets`: [`TOKEN`],"
                     " `steps`: [{`id`: `a`, `kind`: `test`}, {`id`: `z`, `kind`: `test`},"
                     " {`id`: `b`, `kind`: `test`, `needs`: [`a`]%s}]}",
                     members);

  assert_finding (text, expected, suggestion);
}

static void
test_right (void)
{
  assert_step ("", NULL, NULL);
  assert_step (", `if`: `success() && params.version != ''`", NULL, NULL);
  assert_step (", `with`: {`url`: `x/${{ steps.a.outputs.y }}`}", NULL, NULL);
  assert_step (", `env`: {`T`: `${{ secrets.TOKEN }}`}, `continue-on-error`: `${{ "
               "steps.self.exit_code == 2 }}`",
               NULL, NULL);
  assert_step (", `retry`: {`max`: 2, `if`: `steps.self.exit_code == 2`}", NULL, NULL);
  assert_step (", `env`: {`T`: `${{ secrets.token }}${{ params.VERSION }}${{ steps.A.outcome }}`}",
               NULL, NULL);
}

static void
test_syntax (void)
{
  assert_step (", `if`: `1 ==`", "error at steps[2].if: ...", NULL);
  assert_step (", `with`: {`url`: `${{ 1 + }}`}", "error at steps[2].with.url: ...", NULL);
  assert_step (", `env`: {`A B`: `${{ nonsense }}`}", "error at steps[2].env[\"A B\"]: ...", NULL);
  assert_step (", `working-directory`: `${{ x`", "error at steps[2].working-directory: ...", NULL);
  assert_step (", `retry`: {`max`: 1, `if`: `(`}", "error at steps[2].retry.if: ...", NULL);
  assert_step (", `continue-on-error`: `${{ ) }}`", "error at steps[2].continue-on-error: ...",
               NULL);
}

static void
test_names (void)
{
  assert_step (", `if`: `params.versio == '1'`",
               "error at steps[2].if: the pipeline has no parameter \"versio\"",
               "did you mean \"version\"?");
  assert_step (", `env`: {`T`: `${{ secrets.TOKE }}`}",
               "error at steps[2].env.T: the pipeline has no secret \"TOKE\"",
               "did you mean \"TOKEN\"?");
  assert_step (", `with`: {`url`: `${{ steps.nothing.outcome }}`}",
               "error at steps[2].with.url: the pipeline has no step \"nothing\"", NULL);
  assert_step (", `if`: `steps.self.exit_code == 1`",
               "error at steps[2].if: the pipeline has no step \"self\"", NULL);
}

/* Whether by its name, by way of a variable, or all at once. */
static void
test_secrets (void)
{
  const char *suggestion = "put the secret into `env`, and let the program read the variable";

  assert_step (", `with`: {`body`: `${{ secrets.TOKEN }}`}", NULL, NULL);
  assert_step (", `if`: `secrets.TOKEN != ''`", NULL, NULL);
  assert_step (", `with`: {`url`: `x?t=${{ secrets.TOKEN }}`}",
               "error at steps[2].with.url: no secret can be used here, where others can see it",
               suggestion);
  assert_step (", `working-directory`: `${{ toJSON(secrets) }}`",
               "error at steps[2].working-directory: no secret can be used here, where others can "
               "see it", suggestion);
  assert_step (", `env`: {`T`: `x ${{ secrets.TOKEN }}`}, `with`: {`url`: `${{ env.T }}`}",
               "error at steps[2].with.url: no secret can be used here, where others can see it",
               suggestion);
  assert_step (", `env`: {`T`: `x`}, `with`: {`url`: `${{ env.T }}`}", NULL, NULL);
  assert_step (", `undo`: {`kind`: `test`, `with`: {`url`: `${{ secrets.TOKEN }}`}}",
               "error at steps[2].undo.with.url: no secret can be used here, where others can see "
               "it", suggestion);
}

static void
test_order (void)
{
  assert_step (", `if`: `steps.z.outcome == 'success'`",
               "warning at steps[2].if: steps.z may be empty here: b does not need z",
               "add \"z\" to the needs of b");
  assert_step (
    "}, {`id`: `c`, `kind`: `test`, `needs`: [`b`], `if`: `steps.a.outcome == 'success'`", NULL,
    NULL);
}

/* Told once, although two rooms look at it. */
static void
test_shell_text (void)
{
  assert_step (", `with`: {`run`: `echo ${{ params.version }}`}", "error at steps[2].with.run: ...",
               NULL);
  assert_step (", `with`: {`run`: `echo ${{ nonsense`}", "error at steps[2].with.run: ...", NULL);
}

static void
test_idle_status_functions (void)
{
  assert_step (", `if`: `always()`",
               "warning at steps[2].if: always() has no effect: the links into b fire only on "
               "success, and they decide before `if`",
               "let the link fire in any case: { \"step\": ..., \"on\": \"always\" }");
  assert_step (
    "}, {`id`: `c`, `kind`: `test`, `if`: `failure()`, `needs`: [{`step`: `a`, `on`: `always`}]",
    NULL, NULL);
}

static void
test_pipeline_env (void)
{
  assert_finding ("{`format`: 1, `name`: `x`, `env`: {`A`: `${{ steps.a.outcome }}`},"
                  " `steps`: [{`id`: `a`, `kind`: `test`}]}",
                  "warning at env.A: steps.a is always empty here: no step has run yet", NULL);
  assert_finding ("{`format`: 1, `name`: `x`, `env`: {`A`: `${{ success() }}`},"
                  " `steps`: [{`id`: `a`, `kind`: `test`}]}",
                  "error at env.A: success() has no meaning outside of a step", NULL);
}

static void
test_concurrency (void)
{
  assert_finding ("{`format`: 1, `name`: `x`, `concurrency`: {`group`: `g ${{ params.no }}`},"
                  " `steps`: [{`id`: `a`, `kind`: `test`}]}",
                  "error at concurrency.group: the pipeline has no parameter \"no\"", NULL);
  assert_finding ("{`format`: 1, `name`: `x`, `concurrency`: {`group`: `${{ steps.a.outcome }}`},"
                  " `steps`: [{`id`: `a`, `kind`: `test`}]}",
                  "warning at concurrency.group: steps.a is always empty here: no step has run yet",
                  NULL);
}

static void
test_defaults (void)
{
  assert_finding ("{`format`: 1, `name`: `x`, `defaults`: {`continue-on-error`: `${{ "
                  "steps.self.exit_code == 2 || steps.a.outcome }}`},"
                  " `steps`: [{`id`: `a`, `kind`: `test`}]}",
                  NULL, NULL);
  assert_finding ("{`format`: 1, `name`: `x`, `defaults`: {`retry`: {`max`: 1, `if`: `params.no`}},"
                  " `steps`: [{`id`: `a`, `kind`: `test`}]}",
                  "error at defaults.retry.if: the pipeline has no parameter \"no\"", NULL);
}

static void
test_undo (void)
{
  assert_step (", `undo`: {`kind`: `test`, `env`: {`V`: `${{ steps.b.outputs.id }}${{ steps.z.state "
               "}}${{ steps.self.outputs.id }}`}}",
               NULL, NULL);
  assert_step (", `undo`: {`kind`: `test`, `with`: {`url`: `${{ steps.nothing.state }}`}}",
               "error at steps[2].undo.with.url: the pipeline has no step \"nothing\"", NULL);
  assert_step (", `undo`: {`kind`: `test`, `retry`: {`max`: 1, `if`: `1 ==`}}",
               "error at steps[2].undo.retry.if: ...", NULL);
}

static void
assert_hook (const char *point, const char *members, const char *expected)
{
  g_autofree char *text = g_strdup_printf (
    "{`format`: 1, `name`: `x`, `hooks`: {`%s`: [{`id`: `h`, `kind`: `test`}, {`id`: `i`, `kind`: "
    "`test`%s}]}, `steps`: [{`id`: `a`, `kind`: `test`}]}",
    point, members);

  assert_finding (text, expected, NULL);
}

static void
test_hooks (void)
{
  assert_hook ("on-finish", ", `if`: `run.state == 'failed' && steps.a.state && steps.h.state`", NULL);
  assert_hook ("on-failure", ", `env`: {`V`: `${{ steps.nothing.state }}`}",
               "error at hooks.on-failure[1].env.V: the pipeline has no step \"nothing\"");
  assert_hook ("on-start", ", `env`: {`V`: `${{ steps.a.state }}`}",
               "warning at hooks.on-start[1].env.V: steps.a is always empty here: no step has run "
               "yet");
}

static void
test_files (void)
{
  assert_step (", `artifacts`: [`*.deb`, `out/${{ params.version }}`, `a..b`]", NULL, NULL);
  assert_step (", `artifacts`: [`*.deb`, `../../etc/passwd`]",
               "error at steps[2].artifacts[1]: \"../../etc/passwd\" leads out of the folder of the "
               "pipeline",
               NULL);
  assert_step (", `artifacts`: [`${{ params.nothing }}`]",
               "error at steps[2].artifacts[0]: the pipeline has no parameter \"nothing\"...", NULL);
  assert_step (", `cache`: {`key`: `${{ params.version }}`}", NULL, NULL);
  assert_step (", `cache`: {`inputs`: [`a/../../b`]}",
               "error at steps[2].cache.inputs[0]: \"a/../../b\" leads out of the folder of the "
               "pipeline",
               NULL);
  assert_step (", `cache`: {`inputs`: [`a`], `outputs`: [`!../b`]}",
               "error at steps[2].cache.outputs[0]: \"!../b\" leads out of the folder of the "
               "pipeline",
               NULL);
  assert_step (", `cache`: {`outputs`: [`app`]}",
               "warning at steps[2].cache: the result of b is used again until the step itself is "
               "changed, whatever its files are",
               NULL);
}

static void
test_matrix (void)
{
  assert_step (", `matrix`: {`os`: [`x`]}, `env`: {`OS`: `${{ matrix.os }}`}", NULL, NULL);
  assert_step (", `matrix`: {`os`: [`x`]}, `env`: {`OS`: `${{ matrix.cpu }}`}",
               "error at steps[2].env.OS: the matrix of b has no axis \"cpu\"", NULL);
  assert_step (", `env`: {`OS`: `${{ matrix.os }}`}",
               "error at steps[2].env.OS: there is no matrix here that could give \"matrix.os\"",
               "use it in `with` or `env` of a step with a matrix");
  assert_step (", `matrix`: {`os`: [`x`]}, `if`: `matrix.os == 'x'`",
               "error at steps[2].if: there is no matrix here that could give \"matrix.os\"",
               "use it in `with` or `env` of a step with a matrix");
  assert_step (", `matrix`: {`n`: [1, 2, 3], `limit`: 2}",
               "error at steps[2].matrix: the matrix has 3 combinations, more than the 2 allowed: "
               "give it fewer values, or a higher `limit`",
               NULL);
  assert_step (", `matrix`: {`n`: []}",
               "warning at steps[2].matrix: b is always skipped: its matrix has no combinations",
               "give it an axis, or take it out");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  runnel_kind_register (&kind);
  g_test_add_func ("/engine/check/right", test_right);
  g_test_add_func ("/engine/check/syntax", test_syntax);
  g_test_add_func ("/engine/check/names", test_names);
  g_test_add_func ("/engine/check/secrets", test_secrets);
  g_test_add_func ("/engine/check/order", test_order);
  g_test_add_func ("/engine/check/shell-text", test_shell_text);
  g_test_add_func ("/engine/check/idle-status-functions", test_idle_status_functions);
  g_test_add_func ("/engine/check/pipeline-env", test_pipeline_env);
  g_test_add_func ("/engine/check/concurrency", test_concurrency);
  g_test_add_func ("/engine/check/defaults", test_defaults);
  g_test_add_func ("/engine/check/undo", test_undo);
  g_test_add_func ("/engine/check/hooks", test_hooks);
  g_test_add_func ("/engine/check/files", test_files);
  g_test_add_func ("/engine/check/matrix", test_matrix);
  return g_test_run ();
}
