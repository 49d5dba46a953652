/* test-code-proposals.c: what is proposed at a place in the text of a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "designer/code/runnel-code-proposals.h"
#include "engine/kinds/runnel-kinds.h"

#define PIPELINE \
  "{\"format\": 1, \"parameters\": {\"channel\": {\"type\": \"string\"}}, \"secrets\": [\"TOKEN\"]," \
  " \"env\": {\"CC\": \"gcc\"}, \"steps\": [" \
  "{\"id\": \"build\", \"kind\": \"script\", \"outputs\": {\"version\": \"Its version\"}}," \
  "{\"id\": \"deploy\", \"kind\": \"pipeline\", \"with\": {\"file\": \"x\", \"outputs\": {\"url\": \"y\"}}}," \
  "{\"id\": \"test\", \"kind\": \"command\", \"matrix\": {\"os\": [\"a\"]}, \"env\": {\"V\": \"1\"}}]}"

/* The cursor is at the bar. */
static RunnelCodeContext *
read_context (const char *text,
              char      **ret_text)
{
  const char *bar = strchr (text, '|');

  g_assert_nonnull (bar);
  *ret_text = g_strdup_printf ("%.*s%s", (int) (bar - text), text, bar + 1);
  return runnel_code_context_new (*ret_text, (gsize) (bar - text));
}

static void
assert_context (const char     *text,
                RunnelCodePlace place,
                const char     *path,
                const char     *prefix,
                const char     *replaced)
{
  g_autofree char *whole = NULL, *actual = NULL, *word = NULL;
  g_autoptr(RunnelCodeContext) context = read_context (text, &whole);

  g_test_message ("%s", text);
  g_assert_cmpint (context->place, ==, place);
  g_assert_cmpstr (context->prefix, ==, prefix);
  g_ptr_array_add (context->path, NULL);
  actual = g_strjoinv (".", (char **) context->path->pdata);
  g_ptr_array_set_size (context->path, (int) context->path->len - 1);
  g_assert_cmpstr (actual, ==, path);
  word = g_strndup (whole + context->start, context->end - context->start);
  g_assert_cmpstr (word, ==, replaced);
}

static void
test_context (void)
{
  assert_context ("|", RUNNEL_CODE_NOWHERE, "", "", "");
  assert_context ("{|", RUNNEL_CODE_KEY, "", "", "");
  assert_context ("{\"na|", RUNNEL_CODE_KEY, "", "na", "\"na");
  assert_context ("{\"na|me\": 1}", RUNNEL_CODE_KEY, "", "na", "\"name\"");
  assert_context ("{\"name\"|", RUNNEL_CODE_NOWHERE, "", "", "");
  assert_context ("{\"name\": |", RUNNEL_CODE_VALUE, "name", "", "");
  assert_context ("{\"name\": \"a\"|", RUNNEL_CODE_NOWHERE, "name", "", "");
  assert_context ("{\"name\": \"a\", |", RUNNEL_CODE_KEY, "", "", "");
  assert_context ("{\"steps\": [{\"ki|", RUNNEL_CODE_KEY, "steps.[]", "ki", "\"ki");
  assert_context ("{\"steps\": [{\"kind\": \"sc|\"}]}", RUNNEL_CODE_VALUE, "steps.[].kind", "sc",
                  "\"sc\"");
  assert_context ("{\"steps\": [{\"a\": [1, 2], \"join\": a|", RUNNEL_CODE_VALUE, "steps.[].join",
                  "a", "a");
  assert_context ("{\"steps\": [{\"needs\": [\"a\", \"|\"]", RUNNEL_CODE_VALUE, "steps.[].needs.[]",
                  "", "\"\"");
  assert_context ("{\"if\": \"${{ a && steps.bu|ild }}\"", RUNNEL_CODE_EXPRESSION, "if", "steps.bu",
                  "steps.build");
  assert_context ("{\"if\": \"${{ a }} b|\"", RUNNEL_CODE_VALUE, "if", "${{ a }} b",
                  "\"${{ a }} b\"");
  /* A string that is not closed does not swallow the lines that follow. */
  assert_context ("{\"name\": \"a,\n \"de|\n}", RUNNEL_CODE_NOWHERE, "name", "de", "\"de");
  assert_context ("{\"a\\\"{b\": {\"c|", RUNNEL_CODE_KEY, "a\\\"{b", "c", "\"c");
}

static void
test_members (void)
{
  g_autofree char *text = NULL;
  g_autoptr(RunnelCodeContext) context = read_context (
    "{\"id\": \"root\", \"steps\": [{\"id\": \"a\", \"with\": {\"|\", \"x\": {\"y\": 1}}, \"kind\": "
    "\"script\"}]}", &text);

  g_assert_cmpstr (context->kind, ==, "script");
  g_assert_cmpstr (context->step, ==, "a");
  g_assert_cmpuint (g_hash_table_size (context->members), ==, 1);
  g_assert_true (g_hash_table_contains (context->members, "x"));
}

/* Each of the words, separated by blanks, is proposed; one with a ! before it is not. */
static void
assert_proposed (const char *text,
                 const char *words)
{
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (PIPELINE, -1, NULL, NULL);
  g_autofree char *whole = NULL;
  g_autoptr(RunnelCodeContext) context = read_context (text, &whole);
  g_autoptr(GPtrArray) proposals = runnel_code_proposals_new (context, pipeline);
  g_auto(GStrv) wanted = g_strsplit (words, " ", -1);

  for (guint i = 0; wanted[i]; i++)
    {
      gboolean is_not = *wanted[i] == '!', found = FALSE;

      for (guint j = 0; j < proposals->len; j++)
        {
          RunnelCodeProposal *proposal = g_ptr_array_index (proposals, j);

          found |= g_str_equal (g_strchomp (proposal->text), wanted[i] + is_not);
        }
      g_test_message ("%s: %s", text, wanted[i]);
      g_assert_true (found == !is_not);
    }
  if (!*words)
    g_assert_cmpuint (proposals->len, ==, 0);
}

#define IN_STEP(text) "{\"steps\": [{\"id\": \"test\", \"kind\": \"script\", " text

static void
test_keys (void)
{
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (PIPELINE, -1, NULL, NULL);
  g_autofree char *whole = NULL;
  g_autoptr(RunnelCodeContext) context = read_context ("{\"na|", &whole);
  g_autoptr(GPtrArray) proposals = runnel_code_proposals_new (context, pipeline);
  RunnelCodeProposal *name = g_ptr_array_index (proposals, 0);

  g_assert_cmpstr (name->label, ==, "name");
  g_assert_cmpstr (name->text, ==, "\"name\": ");
  g_assert_nonnull (name->description);
  assert_proposed ("|", "");
  /* No key twice, and no second colon. */
  assert_proposed (IN_STEP ("\"na|\": 1}"), "\"name\"");
  assert_proposed ("{\"name\": \"x\", \"na|", "!\"name\":");
}

static void
test_values (void)
{
  assert_proposed (IN_STEP ("\"join\": \"|"), "\"all\" \"any\" \"none-failed\"");
  assert_proposed (IN_STEP ("\"disabled\": |"), "true false");
  assert_proposed ("{\"steps\": [{\"kind\": \"|", "\"script\" \"http\" \"pipeline\"");
  assert_proposed (IN_STEP ("\"needs\": [\"|"), "\"build\" \"deploy\" !\"test\"");
  assert_proposed (IN_STEP ("\"needs\": [{\"step\": \"b|"), "\"build\" !\"deploy\"");
  assert_proposed (IN_STEP ("\"needs\": [{\"on\": \"|"), "\"success\" \"failure\" \"always\"");
}

static void
test_fields_of_kind (void)
{
  assert_proposed (IN_STEP ("\"with\": {\"|"), "\"run\": !\"argv\": !\"url\":");
  assert_proposed ("{\"steps\": [{\"with\": {\"ur|\"}, \"kind\": \"http\"}]}", "\"url\": !\"run\":");
  assert_proposed ("{\"steps\": [{\"kind\": \"http\", \"with\": {\"method\": \"|", "\"POST\"");
}

static void
test_expressions (void)
{
  assert_proposed (IN_STEP ("\"if\": \"${{ |"), "steps params success() contains(");
  assert_proposed (IN_STEP ("\"if\": \"${{ steps.|"), "steps.build steps.deploy");
  assert_proposed (IN_STEP ("\"if\": \"${{ steps.build.out|"), "steps.build.outputs steps.build.outcome");
  assert_proposed (IN_STEP ("\"if\": \"${{ steps.build.outputs.|"), "steps.build.outputs.version");
  assert_proposed (IN_STEP ("\"if\": \"${{ steps.deploy.outputs.|"), "steps.deploy.outputs.url");
  assert_proposed (IN_STEP ("\"if\": \"${{ params.c|"), "params.channel");
  assert_proposed (IN_STEP ("\"if\": \"${{ secrets.|"), "secrets.TOKEN");
  assert_proposed (IN_STEP ("\"if\": \"${{ env.|"), "env.CC env.V");
  assert_proposed (IN_STEP ("\"if\": \"${{ matrix.|"), "matrix.os");
  assert_proposed (IN_STEP ("\"if\": \"${{ run.|"), "run.id");
  assert_proposed (IN_STEP ("\"if\": \"${{ params.x.|"), "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();
  g_test_add_func ("/designer/code-proposals/context", test_context);
  g_test_add_func ("/designer/code-proposals/members", test_members);
  g_test_add_func ("/designer/code-proposals/keys", test_keys);
  g_test_add_func ("/designer/code-proposals/values", test_values);
  g_test_add_func ("/designer/code-proposals/fields-of-kind", test_fields_of_kind);
  g_test_add_func ("/designer/code-proposals/expressions", test_expressions);
  return g_test_run ();
}
