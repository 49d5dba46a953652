/* test-validate.c: what is wrong with a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "model/runnel-pipeline.h"
#include "test-kinds.h"

/* The steps, or the whole pipeline after "format", and the one finding it must give. */
typedef struct
{
  const char *body;
  RunnelSeverity severity;
  const char *path;
  const char *message;    /* pattern */
  const char *suggestion; /* pattern, or NULL = none */
} Case;

#define E RUNNEL_SEVERITY_ERROR
#define W RUNNEL_SEVERITY_WARNING
#define OK "\"kind\": \"command\", \"with\": {\"argv\": [\"true\"]}"
#define STEPS(steps) "\"steps\": [" steps "]"
#define A "{\"id\": \"a\", " OK "}"

static const Case cases[] = {
  /* Names */
  { STEPS (A ",{\"id\": \"b\", " OK ", \"needs\": [\"a\", \"aa\"]}"), E, "steps[1].needs[1]",
    "“b” needs “aa”, and there is no such step", "did you mean “a”?" },
  { STEPS ("{\"id\": \"build\", " OK "}, {\"id\": \"x\", " OK ", \"needs\": [{\"step\": \"biuld\"}]}"), E,
    "steps[1].needs[0]", "*no such step", "did you mean “build”?" },
  { STEPS (A ",{\"id\": \"b\", " OK ", \"needs\": [\"completely\"]}"), E, "steps[1].needs[0]", "*no such step", NULL },
  { STEPS (A "," A), E, "steps[1].id", "there is another step “a”, steps?0?", "“a-2” is free" },
  { STEPS ("{\"id\": \"1 a\", " OK "}"), E, "steps[0].id", "“1 a” is not an id", "*starts with a letter*" },
  { STEPS ("{" OK "}"), E, "steps[0]", "“id” is missing*", NULL },
  { STEPS ("{\"id\": \"a\"}"), E, "steps[0]", "“kind” is missing*", NULL },
  { STEPS ("{\"id\": \"a\", \"kind\": \"comand\"}"), E, "steps[0].kind", "there is no kind*“comand”",
    "did you mean “command”?" },

  /* Cycles */
  { STEPS ("{\"id\": \"a\", " OK ", \"needs\": [\"a\"]}"), E, "steps[0].needs[0]", "*each other: a -> a", "take out*" },
  { STEPS ("{\"id\": \"build\", " OK ", \"needs\": [\"test\"]}, {\"id\": \"test\", " OK ", \"needs\": [\"build\"]}"), E,
    "steps[1].needs[0]", "*: build -> test -> build", "take out*" },
  { STEPS ("{\"id\": \"a\", " OK ", \"needs\": [\"c\"]}, {\"id\": \"b\", " OK ", \"needs\": [\"a\"]},"
           "{\"id\": \"c\", " OK ", \"needs\": [\"b\"]}"), E, "steps[1].needs[0]", "*: a -> b -> c -> a", "take out*" },

  /* Steps that can never run */
  { STEPS ("{\"id\": \"a\", " OK ", \"disabled\": true}, {\"id\": \"b\", " OK ", \"needs\": [\"a\"]}"), W,
    "steps[1].needs[0]", "“b” can never run: *“a”, which is disabled", NULL },
  { STEPS ("{\"id\": \"a\", " OK ", \"if\": false}, {\"id\": \"b\", " OK ", \"needs\": [\"a\"]}"), W,
    "steps[1].needs[0]", "“b” can never run: *condition*", NULL },
  { STEPS ("{\"id\": \"a\", " OK ", \"disabled\": \"bypass\"},"
           "{\"id\": \"b\", " OK ", \"needs\": [{\"step\": \"a\", \"on\": \"failure\"}]}"), W,
    "steps[1].needs[0]", "*bypassed*", NULL },
  { STEPS ("{\"id\": \"a\", " OK ", \"continue-on-error\": true},"
           "{\"id\": \"b\", " OK ", \"needs\": [{\"step\": \"a\", \"on\": \"failure\"}]}"), W,
    "steps[1].needs[0]", "*continues on error*", NULL },
  { "\"defaults\": {\"continue-on-error\": true}, "
    STEPS (A ",{\"id\": \"b\", " OK ", \"needs\": [{\"step\": \"a\", \"on\": \"failure\"}]}"), W,
    "steps[1].needs[0]", "*continues on error*", NULL },
  { STEPS (A ",{\"id\": \"b\", " OK ", \"needs\": [\"a\", {\"step\": \"a\", \"on\": \"failure\"}]}"), W,
    "steps[1].needs[1]", "*two ways at once", "*any*" },

  /* Types */
  { STEPS ("{\"id\": \"a\", " OK ", \"timeout\": 90}"), E, "steps[0].timeout", "*not a bare number", "write \"90s\"*" },
  { STEPS ("{\"id\": \"a\", " OK ", \"timeout\": \"90\"}"), E, "steps[0].timeout", "*write “90s”*", NULL },
  { STEPS ("{\"id\": \"a\", " OK ", \"timeout\": true}"), E, "steps[0].timeout", "“timeout” must be a dur*boolean", NULL },
  { STEPS ("{\"id\": \"a\", " OK ", \"needs\": \"b\"}"), E, "steps[0].needs", "“needs” must be an array*, not a text", NULL },
  { STEPS (A ",{\"id\": \"b\", " OK ", \"needs\": [{\"step\": \"a\", \"on\": \"sucess\"}]}"), E, "steps[1].needs[0].on",
    "“sucess” is none of*", "did you mean “success”?" },
  { STEPS ("{\"id\": \"a\", " OK ", \"retry\": -1}"), E, "steps[0].retry", "*from 0 to*", NULL },
  { STEPS ("{\"id\": \"a\", " OK ", \"retry\": 1.5}"), E, "steps[0].retry", "*whole number*", NULL },
  { STEPS ("{\"id\": \"a\", " OK ", \"retry\": {\"jitter\": 2}}"), E, "steps[0].retry.jitter", "*from 0 to 1", NULL },
  { STEPS ("{\"id\": \"a\", " OK ", \"env\": {\"A\": 1}}"), E, "steps[0].env.A", "“A” must be a text, not a number", NULL },
  { STEPS ("{\"id\": \"a\", " OK ", \"breaker\": {}}"), E, "steps[0].breaker", "“failures” is missing*", NULL },
  { STEPS ("{\"id\": \"a\", " OK ", \"tiemout\": \"5m\"}"), W, "steps[0].tiemout", "*not a known key*",
    "did you mean “timeout”?" },
  { STEPS (A ",7"), E, "steps[1]", "*must be an object, not a number", NULL },
  { "\"nmae\": \"x\", " STEPS (A), W, "nmae", "*not a known key*", "did you mean “name”?" },
  { "\"name\": 5, " STEPS (A), E, "name", "*must be a text*", NULL },
  { "\"steps\": []", W, "steps", "*no steps", NULL },
  { STEPS (A) ", \"layout\": {\"steps\": {\"a\": [1]}}", W, "layout.steps.a", "*not the place*", "write [x, y]" },
  { STEPS (A) ", \"layout\": {\"steps\": {}, \"notes\": {\"n\": [\"x\"]}}", E, "layout.notes.n[0]", "*number*", NULL },

  /* Fields of kinds */
  { STEPS ("{\"id\": \"a\", \"kind\": \"command\"}"), E, "steps[0]", "*“argv” of command is missing*", NULL },
  { STEPS ("{\"id\": \"a\", \"kind\": \"command\", \"with\": {\"argv\": []}}"), E, "steps[0].with",
    "*“argv” of command is empty*", NULL },
  { STEPS ("{\"id\": \"a\", \"kind\": \"command\", \"with\": {\"argv\": [\"x\"], \"coutn\": 1}}"), W,
    "steps[0].with.coutn", "*not a field of command*", "did you mean “count”?" },
  { STEPS ("{\"id\": \"a\", \"kind\": \"command\", \"with\": {\"argv\": \"ls\"}}"), E, "steps[0].with.argv",
    "*array*", NULL },
  { STEPS ("{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"x\", \"method\": \"get\"}}"), E,
    "steps[0].with.method", "“get” is none of: GET, POST", "did you mean “GET”?" },
  { STEPS ("{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"echo ${{ steps.b.outputs.new-version }}\"}}"), E,
    "steps[0].with.run", "*takes no expressions*", "*{\"NEW_VERSION\": \"${{ steps.b.outputs.new-version }}\"}*$NEW_VERSION*" },
  { STEPS ("{\"id\": \"a\", " OK ", \"undo\": {\"kind\": \"script\", \"with\": {\"run\": \"\"}}}"), E,
    "steps[0].undo.with", "*“run” of script is empty*", NULL },

  { STEPS ("{\"id\": \"a\", " OK ", \"undo\": {\"kind\": \"scirpt\", \"with\": {\"run\": \"x\"}}}"), E,
    "steps[0].undo.kind", "there is no kind*“scirpt”", "did you mean “script”?" },
  { STEPS ("{\"id\": \"a\", " OK ", \"undo\": {" OK ", \"needs\": []}}"), W, "steps[0].undo.needs",
    "*not a known key*", NULL },

  /* Hooks */
  { STEPS (A) ", \"hooks\": {\"on-strat\": []}", W, "hooks.on-strat", "*not a known key*",
    "did you mean “on-start”?" },
  { STEPS (A) ", \"hooks\": {\"on-start\": [" A "]}", E, "hooks.on-start[0].id",
    "there is another step or hook “a”", NULL },
  { STEPS (A) ", \"hooks\": {\"on-start\": [{\"id\": \"h\", " OK "}], \"on-finish\": [{\"id\": \"h\", " OK "}]}", E,
    "hooks.on-finish[0].id", "there is another step or hook “h”", NULL },
  { STEPS (A) ", \"hooks\": {\"on-success\": [{\"id\": \"h\", \"kind\": \"command\"}]}", E, "hooks.on-success[0]",
    "*“argv” of command is missing*", NULL },
  { STEPS (A) ", \"hooks\": {\"on-failure\": [{\"id\": \"h\", " OK ", \"needs\": [\"a\"]}]}", W,
    "hooks.on-failure[0].needs", "*not a known key*", NULL },
  { STEPS (A) ", \"on-failure\": \"undo\"", E, "on-failure", "“undo” is none of: keep, rollback", NULL },

  /* Groups, parameters */
  { STEPS (A) ", \"groups\": [{\"id\": \"g\", \"steps\": [\"a\", \"b\"]}]", W, "groups[0].steps[1]", "*“b”*", NULL },
  { "\"parameters\": {\"v\": {\"type\": \"number\", \"default\": \"1\"}}, " STEPS (A), E, "parameters.v.default",
    "*must be a number", NULL },
  { "\"parameters\": {\"v\": {\"type\": \"choice\", \"choices\": [\"x\"], \"default\": \"y\"}}, " STEPS (A), E,
    "parameters.v.default", "*not among the choices*", NULL },
  { "\"parameters\": {\"v\": {\"type\": \"choice\"}}, " STEPS (A), E, "parameters.v", "*no choices", "add*" },
  { "\"parameters\": {\"a b\": {}}, " STEPS (A), E, "parameters[\"a b\"]", "*no name*", "*" },
  { "\"parameters\": {\"a-b\": {}, \"A_b\": {}}, " STEPS (A), E, "parameters.A_b", "*both be RUNNEL_PARAM_A_B", NULL },
};

static RunnelDiagnostics *
validate (const char *text)
{
  RunnelDiagnostics *diagnostics = runnel_diagnostics_new ();
  g_autoptr(RunnelPipeline) pipeline = NULL;
  g_autoptr(GError) error = NULL;

  pipeline = runnel_pipeline_new_from_text (text, -1, diagnostics, &error);
  g_assert_no_error (error);
  runnel_pipeline_validate (pipeline, diagnostics);
  runnel_diagnostics_locate (diagnostics, text, strlen (text));

  return diagnostics;
}

static void
assert_matches (const char *pattern,
                const char *text)
{
  if (pattern == NULL)
    g_assert_cmpstr (text, ==, NULL);
  else if (text == NULL || !g_pattern_match_simple (pattern, text))
    g_assert_cmpstr (text, ==, pattern);
}

static void
test_findings (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *text = g_strdup_printf ("{\"format\": 1, %s}", test->body);
  g_autoptr(RunnelDiagnostics) diagnostics = validate (text);
  const RunnelDiagnostic *finding;

  for (guint i = 0; i < runnel_diagnostics_get_size (diagnostics); i++)
    {
      g_autofree char *line = runnel_diagnostic_to_string (runnel_diagnostics_get (diagnostics, i), "test.json");

      g_test_message ("%s", line);
    }

  g_assert_cmpuint (runnel_diagnostics_get_size (diagnostics), ==, 1);
  finding = runnel_diagnostics_get (diagnostics, 0);
  g_assert_cmpint (finding->severity, ==, test->severity);
  g_assert_cmpstr (finding->path, ==, test->path);
  g_assert_cmpuint (finding->line, ==, 1);
  assert_matches (test->message, finding->message);
  assert_matches (test->suggestion, finding->suggestion);
  g_assert_cmpint (runnel_diagnostics_has_error (diagnostics), ==, test->severity == RUNNEL_SEVERITY_ERROR);
}

/* Everything that is right gives no finding at all. */
static void
test_clean (void)
{
  static const char *const texts[] = {
    "{\"format\": 1, " STEPS (A) "}",
    "{\"format\": 1, " STEPS ("{\"id\": \"a\", " OK ", \"disabled\": true},"
                              "{\"id\": \"b\", " OK ", \"needs\": [{\"step\": \"a\", \"on\": \"always\"}]}") "}",
    "{\"format\": 1, " STEPS ("{\"id\": \"a\", " OK ", \"disabled\": true}, {\"id\": \"b\", " OK "}") "}",
    "{\"format\": 1, " STEPS ("{\"id\": \"a\", " OK ", \"timeout\": \"${{ params.t }}\", \"continue-on-error\": \"${{ true }}\","
                              "\"matrix\": \"${{ fromJSON(params.m) }}\", \"retry\": {\"max\": 2, \"backoff\": 1.5}}") "}",
    "{\"format\": 1, " STEPS ("{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"x\", \"wait\": \"${{ params.w }}\","
                              "\"headers\": {\"A\": \"${{ env.B }}\"}, \"body\": [1, {\"x\": null}], \"strict\": false,"
                              "\"ratio\": 2}}") "}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(RunnelDiagnostics) diagnostics = validate (texts[i]);

      if (runnel_diagnostics_get_size (diagnostics) > 0)
        g_test_message ("%u: %s", i, runnel_diagnostics_get (diagnostics, 0)->message);
      g_assert_cmpuint (runnel_diagnostics_get_size (diagnostics), ==, 0);
    }
}

/* Line and column lead to the value, counted in characters. */
static void
test_locate (void)
{
  static const char text[] = "{\n  \"format\": 1,\n  \"name\": \"é\", \"nmae\": 1,\n  \"steps\": [\n    {\"id\": \"ä\","
                             " \"kind\": \"none\"}\n  ]\n}\n";
  g_autoptr(RunnelDiagnostics) diagnostics = validate (text);
  g_autofree char *line = NULL;

  g_assert_cmpuint (runnel_diagnostics_get_size (diagnostics), ==, 3);
  g_assert_cmpuint (runnel_diagnostics_get (diagnostics, 0)->line, ==, 3);
  g_assert_cmpuint (runnel_diagnostics_get (diagnostics, 0)->column, ==, 24);
  g_assert_cmpuint (runnel_diagnostics_get (diagnostics, 1)->line, ==, 5);
  g_assert_cmpuint (runnel_diagnostics_get (diagnostics, 1)->column, ==, 12);
  g_assert_cmpuint (runnel_diagnostics_get (diagnostics, 2)->column, ==, 25);
  g_assert_cmpstr (runnel_diagnostics_get (diagnostics, 2)->step, ==, "ä");

  line = runnel_diagnostic_to_string (runnel_diagnostics_get (diagnostics, 2), "x.runnel.json");
  g_assert_cmpstr (line, ==, "x.runnel.json:5:25: error: there is no kind of step called “none” [steps[0].kind]");
}

/* Long chains and dense graphs: no deep recursion, no explosion of findings. */
static void
test_large (void)
{
  g_autoptr(GString) text = g_string_new ("{\"format\": 1, \"steps\": [");
  g_autoptr(RunnelDiagnostics) diagnostics = NULL;

  for (guint i = 0; i < 30000; i++)
    g_string_append_printf (text, "%s{\"id\": \"s%u\", " OK ", \"needs\": [\"s%u\"]}", i > 0 ? "," : "", i, (i + 1) % 30000);
  for (guint i = 0; i < 300; i++)
    {
      g_string_append_printf (text, ",{\"id\": \"d%u\", " OK ", \"needs\": [\"s0\"", i);
      for (guint j = 0; j < 300; j++)
        g_string_append_printf (text, ",\"d%u\"", j);
      g_string_append (text, "]}");
    }
  g_string_append (text, "]}");

  diagnostics = validate (text->str);
  g_assert_cmpuint (runnel_diagnostics_get_size (diagnostics), >=, 2);
  g_assert_cmpuint (runnel_diagnostics_get_size (diagnostics), <=, 301);
  assert_matches ("*: s0 -> s29999 -> * more) -> s0", runnel_diagnostics_get (diagnostics, 0)->message);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  register_test_kinds ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/model/validate/findings/%02u-%s", i, cases[i].path);

      g_test_add_data_func (path, &cases[i], test_findings);
    }
  g_test_add_func ("/model/validate/clean", test_clean);
  g_test_add_func ("/model/validate/locate", test_locate);
  g_test_add_func ("/model/validate/large", test_large);

  return g_test_run ();
}
