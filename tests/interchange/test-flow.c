/* test-flow.c: a pipeline as other systems are told of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/kinds/runnel-kinds.h"
#include "interchange/runnel-flow.h"

static RunnelFlow *
read_flow (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);
  RunnelFlow *flow;

  g_assert_no_error (error);
  flow = runnel_flow_new (pipeline, NULL, &error);
  g_assert_no_error (error);

  return flow;
}

static const char *
get_value (const RunnelFlowStep *step, const char *name)
{
  for (guint i = 0; i < step->env->len; i++)
    if (g_str_equal (g_array_index (step->env, RunnelFlowVariable, i).name, name))
      return g_array_index (step->env, RunnelFlowVariable, i).value;

  return NULL;
}

static void
test_links (void)
{
  g_autoptr(RunnelFlow) flow = read_flow (
    "{\"format\": 1, \"steps\": ["
    "{\"id\": \"c\", \"kind\": \"script\", \"with\": {\"run\": \"c\"}, \"join\": \"any\","
    " \"needs\": [\"b\", {\"step\": \"a\", \"on\": \"failure\"}]},"
    "{\"id\": \"b\", \"kind\": \"script\", \"with\": {\"run\": \"b\"}, \"needs\": [\"a\"]},"
    "{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"a\"}}]}");
  const RunnelFlowStep *c = runnel_flow_find_step (flow, "c");
  const RunnelFlowNeed *failure = &g_array_index (c->needs, RunnelFlowNeed, 1);

  g_assert_cmpuint (c->index, ==, 0);
  g_assert_cmpuint (c->needs->len, ==, 2);
  g_assert_cmpuint (failure->step, ==, 2);
  g_assert_cmpint (failure->on, ==, RUNNEL_ON_FAILURE);
  g_assert_true (failure->handles);
  g_assert_cmpuint (runnel_flow_get_step (flow, 2)->followers->len, ==, 2);
  g_assert_cmpuint (flow->order->len, ==, 3);
  g_assert_cmpuint (g_array_index (flow->order, guint, 0), ==, 2);
  g_assert_cmpuint (g_array_index (flow->order, guint, 2), ==, 0);
  g_assert_true (runnel_flow_step_asks (flow, c, RUNNEL_FEATURE_LINK_FAILURE));
  g_assert_true (runnel_flow_step_asks (flow, c, RUNNEL_FEATURE_JOIN_ANY));
  g_assert_false (runnel_flow_asks (flow, RUNNEL_FEATURE_LINK_ALWAYS));
}

static void
test_circle (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (
    "{\"format\": 1, \"steps\": ["
    "{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"a\"}, \"needs\": [\"b\"]},"
    "{\"id\": \"b\", \"kind\": \"script\", \"with\": {\"run\": \"b\"}, \"needs\": [\"a\"]}]}",
    -1, NULL, &error);

  g_assert_null (runnel_flow_new (pipeline, NULL, &error));
  g_assert_nonnull (error);
}

static void
test_defaults (void)
{
  g_autoptr(RunnelFlow) flow = read_flow (
    "{\"format\": 1, \"defaults\": {\"shell\": \"bash\", \"working-directory\": \"src\","
    " \"timeout\": \"90s\", \"retry\": 1, \"continue-on-error\": true, \"image\": \"debian:12\"},"
    "\"steps\": ["
    "{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"a\"}},"
    "{\"id\": \"b\", \"kind\": \"script\", \"with\": {\"run\": \"b\", \"shell\": \"sh\"},"
    " \"working-directory\": \"lib\", \"timeout\": \"1s\","
    " \"retry\": {\"max\": 3, \"delay\": \"1s\", \"if\": \"${{ steps.self.exit_code == 7 }}\"},"
    " \"continue-on-error\": \"${{ params.x }}\", \"if\": \"${{ params.x == 'y' }}\"}]}");
  const RunnelFlowStep *a = runnel_flow_find_step (flow, "a");
  const RunnelFlowStep *b = runnel_flow_find_step (flow, "b");

  g_assert_cmpstr (a->shell, ==, "bash");
  g_assert_cmpstr (a->text, ==, "a\n");
  g_assert_cmpstr (a->folder, ==, "src");
  g_assert_cmpint (a->timeout, ==, 90 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (a->retry->max, ==, 1);
  g_assert_true (a->continues);
  g_assert_cmpstr (a->image, ==, "debian:12");
  g_assert_cmpstr (b->shell, ==, "sh");
  g_assert_cmpstr (b->folder, ==, "lib");
  g_assert_cmpint (b->timeout, ==, G_TIME_SPAN_SECOND);
  g_assert_cmpstr (b->retry_condition, ==, "steps.self.exit_code == 7");
  g_assert_false (b->continues);
  g_assert_cmpstr (b->continues_if, ==, "params.x");
  g_assert_cmpstr (b->condition, ==, "params.x == 'y'");
  g_assert_true (runnel_flow_step_asks (flow, b, RUNNEL_FEATURE_RETRY_RULE));
  g_assert_false (runnel_flow_step_asks (flow, a, RUNNEL_FEATURE_RETRY_DELAY));
}

/* Whoever reads an output makes it one, even if it was not promised. */
static void
test_outputs (void)
{
  g_autoptr(RunnelFlow) flow = read_flow (
    "{\"format\": 1, \"steps\": ["
    "{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"a\"}, \"outputs\": {\"z\": \"\"}},"
    "{\"id\": \"b\", \"kind\": \"script\", \"with\": {\"run\": \"b\"}, \"needs\": [\"a\"],"
    " \"env\": {\"V\": \"v${{ steps.a.outputs.v }}\", \"W\": \"${{ steps.a.outputs.v }}\"},"
    " \"if\": \"steps.a.outputs.w != ''\"}],"
    "\"hooks\": {\"on-finish\": [{\"id\": \"h\", \"kind\": \"script\", \"with\": {\"run\": \"h\"},"
    " \"env\": {\"U\": \"${{ steps.a.outputs.u }}\"}}]}}");
  const RunnelFlowStep *a = runnel_flow_find_step (flow, "a");
  const RunnelFlowStep *b = runnel_flow_find_step (flow, "b");

  g_assert_cmpuint (a->outputs->len, ==, 4);
  g_assert_cmpstr (g_ptr_array_index (a->outputs, 0), ==, "u");
  g_assert_cmpstr (g_ptr_array_index (a->outputs, 3), ==, "z");
  g_assert_cmpuint (b->reads->len, ==, 2);
  g_assert_cmpuint (flow->on_finish->len, ==, 1);
  g_assert_true (runnel_flow_asks (flow, RUNNEL_FEATURE_HOOKS));
}

/* Values never become part of the lines. */
static void
test_command (void)
{
  g_autoptr(RunnelFlow) flow = read_flow (
    "{\"format\": 1, \"steps\": ["
    "{\"id\": \"a\", \"kind\": \"command\","
    " \"with\": {\"argv\": [\"echo\", \"it's\", \"${{ params.x }}\"]}},"
    "{\"id\": \"b\", \"kind\": \"command\", \"with\": {\"argv\": [\"cat\"], \"stdin\": \"a b\"}},"
    "{\"id\": \"w\", \"kind\": \"wait\", \"with\": {\"for\": \"1m500ms\"}},"
    "{\"id\": \"p\", \"kind\": \"approval\", \"with\": {\"prompt\": \"?\"}}]}");
  const RunnelFlowStep *a = runnel_flow_find_step (flow, "a");

  g_assert_cmpint (a->body, ==, RUNNEL_FLOW_SHELL);
  g_assert_cmpstr (a->text, ==, "echo 'it'\\''s' \"$RUNNEL_ARGUMENT_2\" </dev/null\n");
  g_assert_cmpstr (get_value (a, "RUNNEL_ARGUMENT_2"), ==, "${{ params.x }}");
  g_assert_cmpstr (runnel_flow_find_step (flow, "b")->text, ==, "printf %s 'a b' | cat\n");
  g_assert_cmpstr (runnel_flow_find_step (flow, "w")->text, ==, "sleep 60.5\n");
  g_assert_cmpint (runnel_flow_find_step (flow, "p")->body, ==, RUNNEL_FLOW_APPROVAL);
}

static void
test_http (void)
{
  g_autoptr(RunnelFlow) flow = read_flow (
    "{\"format\": 1, \"steps\": ["
    "{\"id\": \"a\", \"kind\": \"http\", \"with\": {\"url\": \"https://x.example/${{ params.p }}\","
    " \"method\": \"POST\", \"headers\": {\"Authorization\": \"Bearer ${{ secrets.T }}\"},"
    " \"body\": {\"k\": 1}, \"expect-status\": \"200-299,304\"}},"
    "{\"id\": \"b\", \"kind\": \"http\", \"with\": {\"url\": \"https://x.example\","
    " \"assert\": {\"state\": \"ok\"}}}]}");
  const RunnelFlowStep *a = runnel_flow_find_step (flow, "a");

  g_assert_cmpint (a->body, ==, RUNNEL_FLOW_SHELL);
  g_assert_nonnull (strstr (a->text, "printf '%s\\n' \"$RUNNEL_HEADER_1\" | curl "));
  g_assert_nonnull (strstr (a->text, "-X POST"));
  g_assert_nonnull (strstr (a->text, "printf %s '{\"k\": 1}' >\"$body\""));
  g_assert_nonnull (strstr (a->text, "[ \"$status\" -ge 304 ] && [ \"$status\" -le 304 ]"));
  g_assert_cmpstr (get_value (a, "RUNNEL_HEADER_1"), ==, "Authorization: Bearer ${{ secrets.T }}");
  g_assert_cmpstr (get_value (a, "RUNNEL_URL"), ==, "https://x.example/${{ params.p }}");
  g_assert_cmpint (runnel_flow_find_step (flow, "b")->body, ==, RUNNEL_FLOW_OTHER);
}

static void
test_matrix (void)
{
  g_autoptr(RunnelFlow) flow = read_flow (
    "{\"format\": 1, \"steps\": ["
    "{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"a\"},"
    " \"matrix\": {\"os\": [\"x\", \"y\"], \"cc\": [\"g\", \"c\"], \"max-parallel\": 2}},"
    "{\"id\": \"b\", \"kind\": \"script\", \"with\": {\"run\": \"b\"},"
    " \"matrix\": \"${{ fromJSON(params.m) }}\"}]}");
  const RunnelFlowStep *a = runnel_flow_find_step (flow, "a");
  const RunnelFlowStep *b = runnel_flow_find_step (flow, "b");

  g_assert_cmpuint (a->legs->combinations->len, ==, 4);
  g_assert_true (runnel_flow_step_asks (flow, a, RUNNEL_FEATURE_MATRIX_LIMIT));
  g_assert_false (runnel_flow_step_asks (flow, a, RUNNEL_FEATURE_MATRIX_DYNAMIC));
  g_assert_null (b->legs);
  g_assert_true (runnel_flow_step_asks (flow, b, RUNNEL_FEATURE_MATRIX_DYNAMIC));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();
  g_test_add_func ("/interchange/flow/links", test_links);
  g_test_add_func ("/interchange/flow/circle", test_circle);
  g_test_add_func ("/interchange/flow/defaults", test_defaults);
  g_test_add_func ("/interchange/flow/outputs", test_outputs);
  g_test_add_func ("/interchange/flow/command", test_command);
  g_test_add_func ("/interchange/flow/http", test_http);
  g_test_add_func ("/interchange/flow/matrix", test_matrix);
  return g_test_run ();
}
