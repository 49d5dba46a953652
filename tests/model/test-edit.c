/* test-edit.c: edits of pipelines and their inverses
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "model/runnel-edit.h"
#include "model/runnel-json-read.h"
#include "model/runnel-json-write.h"

#define N_DOCUMENTS 60
#define N_EDITS 60

/* --- Helpers --- */

static RunnelPipeline *
read_text (const char *text)
{
  g_autoptr(GError) error = NULL;
  RunnelPipeline *pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);

  g_assert_no_error (error);

  return pipeline;
}

static void
assert_text (RunnelPipeline *pipeline,
             const char     *expected)
{
  g_autofree char *text = runnel_pipeline_to_text (pipeline, NULL);

  g_assert_cmpstr (text, ==, expected);
}

static JsonNode *
read_json (const char *text)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = runnel_json_read (text, strlen (text), RUNNEL_JSON_MAX_DEPTH, NULL, &error);

  g_assert_no_error (error);

  return node;
}

static RunnelStep *
make_step (const char *text)
{
  g_autoptr(JsonNode) node = read_json (text);

  return runnel_step_new (json_node_get_object (node), "", NULL);
}

/* Applies an edit that must work, after a trip through JSON; takes it. */
static RunnelEdit *
apply (RunnelPipeline *pipeline,
       RunnelEdit     *edit)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelEdit) owned = edit;
  RunnelEdit *inverse;

  g_assert_nonnull (edit);
  inverse = runnel_edit_apply (edit, pipeline, &error);
  g_assert_no_error (error);
  g_assert_nonnull (inverse);
  g_assert_cmpstr (runnel_edit_get_label (inverse), ==, runnel_edit_get_label (edit));

  return inverse;
}

static RunnelEdit *
copy_by_json (RunnelEdit *edit)
{
  g_autoptr(JsonNode) json = runnel_edit_to_json (edit);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(JsonNode) again = NULL;
  g_autoptr(GError) error = NULL;
  RunnelEdit *copy;

  runnel_json_write_compact (text, json);
  again = read_json (text->str);
  copy = runnel_edit_new_from_json (again, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (runnel_edit_get_label (copy), ==, runnel_edit_get_label (edit));

  return copy;
}

/* --- Single edits --- */

static const char three[] =
  "{\"format\": 1, \"steps\": ["
  "{\"id\": \"a\", \"kind\": \"command\"},"
  "{\"id\": \"b\", \"kind\": \"command\", \"needs\": [\"a\"], \"retry\": 2,"
  " \"with\": {\"run\": \"x\"}, \"if\": \"steps.a.outputs.ok == 'steps.a.'\"},"
  "{\"id\": \"c\", \"kind\": \"command\", \"needs\": [\"b\", {\"step\": \"a\", \"on\": \"failure\", \"x\": 1}],"
  " \"env\": {\"V\": \"${{ steps.a.outputs.v }} steps.a.x ${{ steps['a'].x }}\"}}],"
  "\"groups\": [{\"id\": \"g\", \"steps\": [\"a\", \"b\"]}],"
  "\"layout\": {\"steps\": {\"a\": [0, 0], \"b\": [200, 50], \"c\": [400, 0]}}}";

static RunnelStep *
get (RunnelPipeline *pipeline,
     const char     *id)
{
  guint index;

  g_assert_true (runnel_pipeline_find_step (pipeline, id, &index));

  return runnel_pipeline_get_step (pipeline, index);
}

static void
assert_variable (RunnelStep *step,
                 const char *name,
                 const char *expected)
{
  g_autoptr(JsonNode) env = runnel_step_dup_member (step, "env");

  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (env), name), ==, expected);
}

static RunnelEdit *
disconnect (RunnelPipeline *pipeline,
            const char     *from,
            const char     *to,
            RunnelOn        on)
{
  return runnel_edit_new_disconnect (pipeline, &(RunnelLinkName) { from, to, on }, 1);
}

static void
test_connect (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (three);
  g_autofree char *before = runnel_pipeline_to_text (pipeline, NULL);
  g_autoptr(RunnelEdit) inverse = NULL;
  RunnelStep *c;

  inverse = apply (pipeline, runnel_edit_new_connect (pipeline, "a", "c", RUNNEL_ON_ALWAYS, NULL));
  c = get (pipeline, "c");
  g_assert_cmpuint (c->n_needs, ==, 3);
  g_assert_cmpstr (c->needs[2].step, ==, "a");
  g_assert_cmpint (c->needs[2].on, ==, RUNNEL_ON_ALWAYS);

  runnel_edit_unref (apply (pipeline, disconnect (pipeline, "a", "c", RUNNEL_ON_ALWAYS)));
  assert_text (pipeline, before);

  runnel_edit_unref (apply (pipeline, disconnect (pipeline, "a", "b", RUNNEL_ON_SUCCESS)));
  g_assert_false (runnel_step_has_member (get (pipeline, "b"), "needs"));
  runnel_edit_unref (apply (pipeline, runnel_edit_new_connect (pipeline, "a", "b", RUNNEL_ON_SUCCESS, NULL)));
  assert_text (pipeline, before);
}

static void
test_connect_refuses (void)
{
  static const struct
  {
    const char *from, *to;
    RunnelOn on;
    const char *message;
  } cases[] = {
    { "a", "a", RUNNEL_ON_SUCCESS, "*before itself*" },
    { "c", "a", RUNNEL_ON_SUCCESS, "*because it comes after it: a → c." },
    { "a", "b", RUNNEL_ON_SUCCESS, "*already*" },
    { "a", "c", RUNNEL_ON_FAILURE, "*already*" },
    { "z", "c", RUNNEL_ON_FAILURE, "*no step “z”*" },
    { "a", "z", RUNNEL_ON_FAILURE, "*no step “z”*" },
  };
  g_autoptr(RunnelPipeline) pipeline = read_text (three);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (runnel_edit_new_connect (pipeline, cases[i].from, cases[i].to, cases[i].on, &error));
      g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID);
      g_assert_true (g_pattern_match_simple (cases[i].message, error->message));
    }
}

static void
test_rename (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (three);
  g_autofree char *before = runnel_pipeline_to_text (pipeline, NULL);
  g_autoptr(RunnelEdit) inverse = NULL;
  g_autoptr(GError) error = NULL;
  RunnelPoint point;
  JsonObject *group;

  inverse = apply (pipeline, runnel_edit_new_rename_step (pipeline, "a", "start-1", NULL));
  g_assert_false (runnel_pipeline_find_step (pipeline, "a", NULL));
  g_assert_cmpstr (get (pipeline, "b")->needs[0].step, ==, "start-1");
  g_assert_cmpstr (get (pipeline, "b")->condition, ==, "steps.start-1.outputs.ok == 'steps.a.'");
  g_assert_cmpstr (get (pipeline, "c")->needs[1].step, ==, "start-1");
  assert_variable (get (pipeline, "c"), "V",
                   "${{ steps.start-1.outputs.v }} steps.a.x ${{ steps['start-1'].x }}");
  g_assert_true (runnel_pipeline_get_position (pipeline, "start-1", &point));
  g_assert_false (runnel_pipeline_get_position (pipeline, "a", NULL));

  group = json_array_get_object_element (json_node_get_array (runnel_pipeline_get_member (pipeline, "groups")), 0);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (group, "steps"), 0), ==, "start-1");

  runnel_edit_unref (apply (pipeline, g_steal_pointer (&inverse)));
  assert_text (pipeline, before);

  g_assert_null (runnel_edit_new_rename_step (pipeline, "a", "b", &error));
  g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (runnel_edit_new_rename_step (pipeline, "a", "1 x", &error));
  g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID);
}

static void
test_rename_in_hooks (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (
    "{\"format\": 1, \"hooks\": {\"on-finish\": [{\"id\": \"h\", \"kind\": \"command\", \"if\": \"steps.a.state\"}]},"
    " \"steps\": [{\"id\": \"a\", \"kind\": \"command\"}]}");
  JsonObject *hooks;
  JsonArray *list;

  runnel_edit_unref (apply (pipeline, runnel_edit_new_rename_step (pipeline, "a", "b", NULL)));
  hooks = json_node_get_object (runnel_pipeline_get_member (pipeline, "hooks"));
  list = json_object_get_array_member (hooks, "on-finish");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (list, 0), "if"), ==,
                   "steps.b.state");
}

/* What other systems and other pipelines call their steps is their own affair. */
static void
test_rename_leaves_foreign (void)
{
  static const RunnelField fields[] = {
    { "system", RUNNEL_FIELD_STRING, 0, "System", "which" },
    { "definition", RUNNEL_FIELD_ANY, RUNNEL_FIELD_DEFERRED, "Definition", "what stands there" },
    { NULL }
  };
  static const RunnelKind kind = { "kept", "Kept", "Is kept.", "icon", fields, "{}", NULL };
  g_autoptr(RunnelPipeline) pipeline = NULL;
  g_autoptr(JsonObject) with = NULL;
  g_autoptr(JsonNode) foreign = NULL;
  JsonObject *system;

  runnel_kind_register (&kind);
  pipeline = read_text (
    "{\"format\": 1, \"steps\": [{\"id\": \"a\", \"kind\": \"kept\"},"
    " {\"id\": \"c\", \"kind\": \"kept\","
    "  \"with\": {\"system\": \"${{ steps.a.x }}\", \"definition\": {\"if\": \"steps.a.x\"}},"
    "  \"foreign\": {\"other\": {\"if\": \"steps.a.x\", \"run\": \"${{ steps.a.x }}\"}}}]}");
  runnel_edit_unref (apply (pipeline, runnel_edit_new_rename_step (pipeline, "a", "b", NULL)));

  with = runnel_step_dup_with (get (pipeline, "c"));
  g_assert_cmpstr (json_object_get_string_member (with, "system"), ==, "${{ steps.b.x }}");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (with, "definition"),
                                                  "if"), ==, "steps.a.x");
  foreign = runnel_step_dup_member (get (pipeline, "c"), "foreign");
  system = json_object_get_object_member (json_node_get_object (foreign), "other");
  g_assert_cmpstr (json_object_get_string_member (system, "if"), ==, "steps.a.x");
  g_assert_cmpstr (json_object_get_string_member (system, "run"), ==, "${{ steps.a.x }}");
}

static void
test_delete (void)
{
  static const char *const ids[] = { "a", "nothing", NULL };
  g_autoptr(RunnelPipeline) pipeline = read_text (three);
  g_autofree char *before = runnel_pipeline_to_text (pipeline, NULL);
  g_autofree char *after = NULL;
  g_autoptr(RunnelEdit) inverse = NULL;

  inverse = apply (pipeline, runnel_edit_new_delete_steps (pipeline, ids));
  g_assert_cmpuint (runnel_pipeline_get_n_steps (pipeline), ==, 2);
  g_assert_cmpuint (get (pipeline, "b")->n_needs, ==, 0);
  g_assert_cmpuint (get (pipeline, "c")->n_needs, ==, 1);
  after = runnel_pipeline_to_text (pipeline, NULL);
  g_assert_null (strstr (after, "\"a\""));

  runnel_edit_unref (apply (pipeline, g_steal_pointer (&inverse)));
  assert_text (pipeline, before);
}

static void
set_field (RunnelPipeline *pipeline,
           const char     *key,
           const char     *json)
{
  g_autoptr(JsonNode) value = json != NULL ? read_json (json) : NULL;

  runnel_edit_unref (apply (pipeline, runnel_edit_new_set_field (pipeline, "b", key, value)));
}

static void
test_set_field (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (three);
  g_autoptr(JsonObject) with = NULL;
  RunnelStep *b;

  set_field (pipeline, "timeout", "\"5m\"");
  set_field (pipeline, "retry.delay", "\"2s\"");
  b = get (pipeline, "b");
  g_assert_cmpint (b->timeout, ==, 5 * G_TIME_SPAN_MINUTE);
  g_assert_cmpuint (b->retry->max, ==, 2);
  g_assert_cmpint (b->retry->delay, ==, 2 * G_TIME_SPAN_SECOND);

  set_field (pipeline, "with.run", "\"make\\n\"");
  with = runnel_step_dup_with (get (pipeline, "b"));
  g_assert_cmpstr (json_object_get_string_member (with, "run"), ==, "make\n");
  set_field (pipeline, "with.run", NULL);
  g_assert_false (runnel_step_has_member (get (pipeline, "b"), "with"));
  set_field (pipeline, "timeout", NULL);
  g_assert_cmpint (get (pipeline, "b")->timeout, ==, 0);
}

static void
test_paste (void)
{
  static const char *const ids[] = { "a", "c", NULL };
  static const char *const copied[] = { "a-2", "c-2", NULL };
  g_autoptr(RunnelPipeline) pipeline = read_text (three);
  g_autofree char *before = runnel_pipeline_to_text (pipeline, NULL);
  g_autofree char *text = runnel_pipeline_copy_steps (pipeline, ids);
  g_autoptr(RunnelEdit) inverse = NULL;
  g_auto(GStrv) pasted = NULL;
  RunnelPoint point;
  RunnelStep *c;

  inverse = apply (pipeline, runnel_edit_new_paste (pipeline, text, (RunnelPoint) { 1000, 500 }, &pasted, NULL));
  g_assert_cmpstrv (pasted, copied);

  c = get (pipeline, "c-2");
  g_assert_cmpuint (c->n_needs, ==, 1);
  g_assert_cmpstr (c->needs[0].step, ==, "a-2");
  g_assert_cmpint (c->needs[0].on, ==, RUNNEL_ON_FAILURE);
  assert_variable (c, "V", "${{ steps.a-2.outputs.v }} steps.a.x ${{ steps['a-2'].x }}");
  g_assert_true (runnel_pipeline_get_position (pipeline, "c-2", &point));
  g_assert_cmpfloat (point.x, ==, 1400);
  g_assert_cmpfloat (point.y, ==, 500);

  runnel_edit_unref (apply (pipeline, g_steal_pointer (&inverse)));
  assert_text (pipeline, before);
}

/* Steps from elsewhere keep only links from steps that are here. */
static void
test_paste_incoming_links (void)
{
  static const char *const ids[] = { "c", NULL };
  g_autoptr(RunnelPipeline) pipeline = read_text (three);
  g_autoptr(RunnelPipeline) other = runnel_pipeline_new ();
  g_autofree char *text = runnel_pipeline_copy_steps (pipeline, ids);
  guint n_needs = get (pipeline, "c")->n_needs;
  RunnelStep *c;

  g_assert_cmpuint (n_needs, >, 0);
  runnel_edit_unref (apply (pipeline, runnel_edit_new_paste (pipeline, text, (RunnelPoint) { 0, 0 }, NULL, NULL)));
  g_assert_cmpuint (get (pipeline, "c-2")->n_needs, ==, 0);
  runnel_edit_unref (apply (pipeline, runnel_edit_new_paste_parts (pipeline, text, (RunnelPoint) { 0, 0 },
                                                                   RUNNEL_PASTE_INCOMING_LINKS, NULL, NULL, NULL)));
  c = get (pipeline, "c-3");
  g_assert_cmpuint (c->n_needs, ==, n_needs);
  for (guint i = 0; i < n_needs; i++)
    g_assert_cmpstr (c->needs[i].step, ==, get (pipeline, "c")->needs[i].step);

  runnel_edit_unref (apply (other, runnel_edit_new_paste_parts (other, text, (RunnelPoint) { 0, 0 },
                                                                RUNNEL_PASTE_INCOMING_LINKS, NULL, NULL, NULL)));
  g_assert_cmpuint (get (other, "c")->n_needs, ==, 0);
}

/* What went through a chat, or a person's hands. */
static void
test_paste_from_people (void)
{
  static const char *const texts[] = {
    "\n  {\"id\": \"x\", \"kind\": \"wait\", \"mine\": [1]}\n\n",
    "```json\n{\"id\": \"x\", \"kind\": \"wait\"}\n```\n",
    "```\n[{\"id\": \"x\", \"kind\": \"wait\"}]\n```",
    "{\"steps\": [{\"kind\": \"wait\", \"id\": \"x\", \"needs\": [\"gone\"]}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(RunnelPipeline) pipeline = read_text (three);
      g_autoptr(GError) error = NULL;
      g_autoptr(RunnelEdit) inverse = NULL;
      RunnelEdit *edit = runnel_edit_new_paste (pipeline, texts[i], (RunnelPoint) { 0, 0 }, NULL, &error);

      g_assert_no_error (error);
      inverse = apply (pipeline, edit);
      g_assert_cmpuint (get (pipeline, "x")->n_needs, ==, 0);
    }
}

static void
test_paste_refuses (void)
{
  static const char *const texts[] = { "", "hello", "{}", "[]", "[1, 2]", "{\"format\": 99, \"steps\": [{}]}", "7" };
  g_autoptr(RunnelPipeline) pipeline = read_text (three);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (runnel_edit_new_paste (pipeline, texts[i], (RunnelPoint) { 0, 0 }, NULL, &error));
      g_assert_true (error != NULL && error->domain == RUNNEL_PIPELINE_ERROR);
    }
}

static void
count_cb (RunnelPipeline *pipeline,
          guint          *count)
{
  (*count)++;
}

static void
count_step_cb (RunnelPipeline *pipeline,
               const char     *id,
               guint          *count)
{
  (*count)++;
}

/* A compound of which the last part fails leaves no trace, and one that works is told of once. */
static void
test_compound (void)
{
  static const char *const ids[] = { "a", "b", NULL };
  g_autoptr(RunnelPipeline) pipeline = read_text (three);
  g_autofree char *before = runnel_pipeline_to_text (pipeline, NULL);
  g_autoptr(RunnelStep) step = make_step ("{\"id\": \"d\", \"kind\": \"command\"}");
  g_autoptr(RunnelEdit) bad = NULL;
  g_autoptr(GError) error = NULL;
  RunnelEdit *parts[] = {
    runnel_edit_new_insert_step (1, step),
    runnel_edit_new_remove_step ("a"),
    runnel_edit_new_insert_step (0, step),
  };
  guint n_changes = 0, n_steps = 0, n_layouts = 0;

  g_signal_connect (pipeline, "changed", G_CALLBACK (count_cb), &n_changes);
  g_signal_connect (pipeline, "layout-changed", G_CALLBACK (count_cb), &n_layouts);
  g_signal_connect (pipeline, "step-changed", G_CALLBACK (count_step_cb), &n_steps);

  bad = runnel_edit_new_compound ("Bad", parts, G_N_ELEMENTS (parts));
  g_assert_null (runnel_edit_apply (bad, pipeline, &error));
  g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID);
  assert_text (pipeline, before);
  g_assert_cmpuint (n_changes + n_steps + n_layouts, ==, 0);

  runnel_edit_unref (apply (pipeline, runnel_edit_new_delete_steps (pipeline, ids)));
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpuint (n_layouts, ==, 1);
  g_assert_cmpuint (n_steps, ==, 3);
}

static void
test_bad_json (void)
{
  static const char *const texts[] = {
    "null", "[]", "{}", "{\"edit\": 1}", "{\"edit\": \"explode\"}", "{\"edit\": \"set-member\"}",
    "{\"edit\": \"insert-step\"}", "{\"edit\": \"insert-step\", \"step\": []}",
    "{\"edit\": \"remove-step\", \"name\": 1}", "{\"edit\": \"replace-step\", \"name\": \"a\"}",
    "{\"edit\": \"move-steps\"}", "{\"edit\": \"move-steps\", \"ids\": [\"a\"], \"points\": []}",
    "{\"edit\": \"move-steps\", \"ids\": [\"a\"], \"points\": [[1]]}",
    "{\"edit\": \"move-steps\", \"ids\": [1], \"points\": [[1, 2]]}",
    "{\"edit\": \"compound\"}", "{\"edit\": \"compound\", \"edits\": [{\"edit\": \"compound\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(JsonNode) json = read_json (texts[i]);
      g_autoptr(GError) error = NULL;

      g_assert_null (runnel_edit_new_from_json (json, &error));
      g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_FORMAT);
    }
}

/* --- Property: undoing all gives the original bytes, redoing all the last --- */

/* Documents include what no document should have: ids twice, no ids, entries that are no steps, strange places. */
static char *
make_document (void)
{
  static const char *const entries[] = {
    "{\"id\": \"a\", \"kind\": \"command\", \"with\": {\"argv\": [\"true\"]}}",
    "{\"id\": \"b\", \"needs\": [\"a\"], \"zz\": {\"deep\": [1, {\"x\": 1.5}]}, \"aa\": null}",
    "{\"id\": \"c\", \"needs\": [\"a\", 7, {\"step\": \"b\", \"on\": \"failure\"}], \"if\": \"steps.b.ok\"}",
    "{\"id\": \"d\", \"needs\": \"a\", \"env\": {\"A\": \"${{ steps.a.x }}\"}}",
    "{\"id\": \"e\", \"needs\": [\"nowhere\", \"d\", \"c\"], \"disabled\": \"bypass\"}",
    "{\"kind\": \"no id\", \"needs\": [\"a\"]}",
    "{\"id\": \"a\", \"name\": \"another a\", \"needs\": [\"b\"]}",
    "5", "null",
  };
  static const char *const ends[] = {
    "", ", \"layout\": {\"steps\": {\"a\": [0, 0], \"c\": [1.5, 1e10], \"gone\": [3, 3], \"b\": \"left\"}, \"x\": 1}",
    ", \"layout\": 5", ", \"u2\": 2, \"u1\": [1], \"groups\": [{\"id\": \"g\", \"steps\": [\"a\", \"c\", 5]}, 8]",
  };
  GString *text = g_string_new ("{\"format\": 1, \"x-first\": {}, \"steps\": [");
  guint n = g_test_rand_int_range (0, 14);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            entries[g_test_rand_int_range (0, g_test_rand_bit () ? 5 : G_N_ELEMENTS (entries))]);
  g_string_append_printf (text, "]%s}", ends[g_test_rand_int_range (0, G_N_ELEMENTS (ends))]);

  return g_string_free (text, FALSE);
}

static const char *
pick_id (RunnelPipeline *pipeline)
{
  static const char *const others[] = { "a", "b", "nowhere", "new-1", "e" };
  guint n = runnel_pipeline_get_n_steps (pipeline);

  if (n == 0 || g_test_rand_int_range (0, 6) == 0)
    return others[g_test_rand_int_range (0, G_N_ELEMENTS (others))];

  return runnel_pipeline_get_step (pipeline, g_test_rand_int_range (0, n))->id;
}

static RunnelPoint
pick_point (void)
{
  if (g_test_rand_int_range (0, 8) == 0)
    return (RunnelPoint) { NAN, NAN };

  return (RunnelPoint) { g_test_rand_int_range (-1000, 1000), g_test_rand_double_range (-1000, 1000) };
}

static JsonNode *
pick_value (void)
{
  static const char *const values[] = {
    "1", "\"5m\"", "[\"a\", \"b\"]", "{\"x\": {\"y\": [1.25, null]}}", "true", "\"Ünï \\\"q\\\" \\n\"", "0.1",
  };
  guint index = g_test_rand_int_range (0, G_N_ELEMENTS (values) + 1);

  return index < G_N_ELEMENTS (values) ? read_json (values[index]) : NULL;
}

static RunnelEdit *
make_member_edit (void)
{
  static const char *const keys[] = { "name", "env", "x-first", "u1", "u2", "u3", "groups", "parameters", "layout" };
  g_autoptr(JsonNode) value = pick_value ();

  return runnel_edit_new_set_member (keys[g_test_rand_int_range (0, G_N_ELEMENTS (keys))], value);
}

static RunnelEdit *
make_step_edit (RunnelPipeline *pipeline)
{
  g_autofree char *id = runnel_pipeline_make_step_id (pipeline, g_test_rand_bit () ? "new" : "Ünï code!");
  g_autofree char *text = g_strdup_printf ("{\"id\": \"%s\", \"kind\": \"k\", \"needs\": [\"%s\"]}",
                                           id, pick_id (pipeline));
  g_autoptr(RunnelStep) step = make_step (text);

  switch (g_test_rand_int_range (0, 3))
    {
    case 0:
      return runnel_edit_new_insert_step (g_test_rand_int_range (0, 20), step);
    case 1:
      return runnel_edit_new_replace_step (pick_id (pipeline), step);
    default:
      return runnel_edit_new_add_step (pipeline, step, pick_point ());
    }
}

static RunnelEdit *
make_field_edit (RunnelPipeline *pipeline)
{
  static const char *const keys[] = { "timeout", "retry", "retry.max", "with.run", "needs", "zz", "new-key", "id" };
  g_autoptr(JsonNode) value = pick_value ();
  const char *id = pick_id (pipeline);

  if (!runnel_pipeline_find_step (pipeline, id, NULL))
    return runnel_edit_new_remove_step (id);

  return runnel_edit_new_set_field (pipeline, id, keys[g_test_rand_int_range (0, G_N_ELEMENTS (keys))], value);
}

static RunnelEdit *
make_clipboard_edit (RunnelPipeline *pipeline)
{
  const char *ids[] = { pick_id (pipeline), pick_id (pipeline), NULL };
  g_autofree char *text = runnel_pipeline_copy_steps (pipeline, ids);

  return runnel_edit_new_paste (pipeline, text, pick_point (), NULL, NULL);
}

static RunnelLinkName
pick_link (RunnelPipeline *pipeline)
{
  return (RunnelLinkName) { pick_id (pipeline), pick_id (pipeline), g_test_rand_int_range (0, 4) };
}

static RunnelEdit *
make_relink (RunnelPipeline *pipeline)
{
  RunnelLinkName before = pick_link (pipeline);
  RunnelLinkName after = pick_link (pipeline);

  return runnel_edit_new_relink (pipeline, &before, &after, NULL);
}

static RunnelEdit *
make_insertion (RunnelPipeline *pipeline)
{
  RunnelLinkName link = pick_link (pipeline);
  g_autoptr(RunnelStep) step = make_step ("{\"id\": \"inserted\", \"kind\": \"k\"}");
  guint index;

  if (runnel_pipeline_find_step (pipeline, pick_id (pipeline), &index))
    {
      g_clear_pointer (&step, runnel_step_unref);
      step = runnel_step_ref (runnel_pipeline_get_step (pipeline, index));
    }

  return runnel_edit_new_insert_on_link (pipeline, step, &link, NULL);
}

/* May return NULL, for an edit that is refused when it is made. */
static RunnelEdit *
make_edit (RunnelPipeline *pipeline,
           guint           depth)
{
  const char *ids[] = { pick_id (pipeline), pick_id (pipeline), NULL };
  RunnelPoint points[] = { pick_point (), pick_point () };
  RunnelEdit *parts[2];
  guint n_parts = 0;

  switch (g_test_rand_int_range (0, depth < 2 ? 13 : 12))
    {
    case 0:
      return make_member_edit ();
    case 1:
      return make_step_edit (pipeline);
    case 2:
      return make_field_edit (pipeline);
    case 3:
      return make_clipboard_edit (pipeline);
    case 4:
      return runnel_edit_new_delete_steps (pipeline, ids);
    case 5:
      return runnel_edit_new_connect (pipeline, ids[0], ids[1], g_test_rand_int_range (0, 4), NULL);
    case 6:
      return disconnect (pipeline, ids[0], ids[1], g_test_rand_int_range (0, 4));
    case 7:
      return runnel_edit_new_rename_step (pipeline, ids[0], "renamed", NULL);
    case 8:
      return runnel_edit_new_move_steps (ids, points, 2);
    case 9:
      return runnel_edit_new_delete_and_heal (pipeline, ids);
    case 10:
      return make_relink (pipeline);
    case 11:
      return make_insertion (pipeline);
    default:
      for (guint i = 0; i < 2; i++)
        if ((parts[n_parts] = make_edit (pipeline, depth + 1)) != NULL)
          n_parts++;
      return runnel_edit_new_compound ("Both", parts, n_parts);
    }
}

static void
assert_indices (RunnelPipeline *pipeline)
{
  guint found;

  for (guint i = runnel_pipeline_get_n_steps (pipeline); i > 0; i--)
    {
      const char *id = runnel_pipeline_get_step (pipeline, i - 1)->id;

      if (*id == '\0')
        continue;
      g_assert_true (runnel_pipeline_find_step (pipeline, id, &found));
      g_assert_cmpuint (found, <=, i - 1);
      g_assert_cmpstr (runnel_pipeline_get_step (pipeline, found)->id, ==, id);
    }
}

/* Applies one random edit to the pipeline, and by way of JSON to a twin; returns the inverse, or NULL. */
static RunnelEdit *
apply_random (RunnelPipeline *pipeline,
              RunnelEdit    **ret_edit)
{
  g_autoptr(RunnelEdit) edit = make_edit (pipeline, 0);
  g_autoptr(RunnelPipeline) twin = NULL;
  g_autoptr(RunnelEdit) copy = NULL, twin_inverse = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;
  RunnelEdit *inverse;

  if (edit == NULL)
    return NULL;

  before = runnel_pipeline_to_text (pipeline, NULL);
  twin = runnel_pipeline_copy (pipeline);
  copy = copy_by_json (edit);

  inverse = runnel_edit_apply (edit, pipeline, &error);
  if (inverse == NULL)
    {
      g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID);
      assert_text (pipeline, before);
      return NULL;
    }

  twin_inverse = runnel_edit_apply (copy, twin, NULL);
  g_assert_nonnull (twin_inverse);
  after = runnel_pipeline_to_text (pipeline, NULL);
  assert_text (twin, after);
  assert_indices (pipeline);
  *ret_edit = g_steal_pointer (&edit);

  return inverse;
}

static guint
check_document (void)
{
  g_autofree char *source = make_document (), *first = NULL, *last = NULL;
  g_autoptr(RunnelPipeline) pipeline = NULL;
  g_autoptr(RunnelPipeline) again = NULL;
  g_autoptr(GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_edit_unref);
  g_autoptr(GPtrArray) inverses = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_edit_unref);

  pipeline = read_text (source);
  first = runnel_pipeline_to_text (pipeline, NULL);
  for (guint i = 0; i < N_EDITS; i++)
    {
      RunnelEdit *edit = NULL;
      RunnelEdit *inverse = apply_random (pipeline, &edit);

      if (inverse == NULL)
        continue;
      g_ptr_array_add (inverses, inverse);
      g_ptr_array_add (edits, edit);
    }
  last = runnel_pipeline_to_text (pipeline, NULL);

  again = read_text (last);
  assert_text (again, last);

  for (guint i = inverses->len; i > 0; i--)
    {
      RunnelEdit *inverse = copy_by_json (g_ptr_array_index (inverses, i - 1));

      runnel_edit_unref (apply (pipeline, inverse));
    }
  assert_text (pipeline, first);

  for (guint i = 0; i < edits->len; i++)
    runnel_edit_unref (apply (pipeline, runnel_edit_ref (g_ptr_array_index (edits, i))));
  assert_text (pipeline, last);

  return edits->len;
}

static void
test_random (void)
{
  guint n_edits = 0;

  for (guint i = 0; i < N_DOCUMENTS; i++)
    n_edits += check_document ();

  g_test_message ("%u edits applied", n_edits);
  g_assert_cmpuint (n_edits, >, 1000);
}

/* Half of 10,000 steps at once: fails by the test's time limit if it were quadratic. */
static void
test_bulk (void)
{
  g_autoptr(GString) text = g_string_new ("{\"format\": 1, \"steps\": [");
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(RunnelPipeline) pipeline = NULL;
  g_autoptr(RunnelEdit) inverse = NULL;
  g_autofree char *before = NULL;

  for (guint i = 0; i < 10000; i++)
    {
      g_string_append_printf (text, "%s{\"id\": \"s%u\", \"kind\": \"command\", \"needs\": [\"s%u\"]}",
                              i > 0 ? "," : "", i, i > 0 ? i - 1 : 0);
      if (i % 2 == 0)
        g_ptr_array_add (ids, g_strdup_printf ("s%u", i));
    }
  g_string_append (text, "]}");
  g_ptr_array_add (ids, NULL);

  pipeline = read_text (text->str);
  before = runnel_pipeline_to_text (pipeline, NULL);
  g_test_timer_start ();
  inverse = apply (pipeline, runnel_edit_new_delete_steps (pipeline, (const char *const *) ids->pdata));
  g_assert_cmpuint (runnel_pipeline_get_n_steps (pipeline), ==, 5000);
  runnel_edit_unref (apply (pipeline, g_steal_pointer (&inverse)));
  g_test_message ("deleting 5,000 of 10,000 steps and back: %.0f ms", 1000 * g_test_timer_elapsed ());
  assert_text (pipeline, before);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/edit/connect", test_connect);
  g_test_add_func ("/model/edit/connect-refuses", test_connect_refuses);
  g_test_add_func ("/model/edit/rename", test_rename);
  g_test_add_func ("/model/edit/rename-in-hooks", test_rename_in_hooks);
  g_test_add_func ("/model/edit/rename-leaves-foreign", test_rename_leaves_foreign);
  g_test_add_func ("/model/edit/delete", test_delete);
  g_test_add_func ("/model/edit/set-field", test_set_field);
  g_test_add_func ("/model/edit/paste", test_paste);
  g_test_add_func ("/model/edit/paste-incoming-links", test_paste_incoming_links);
  g_test_add_func ("/model/edit/paste-from-people", test_paste_from_people);
  g_test_add_func ("/model/edit/paste-refuses", test_paste_refuses);
  g_test_add_func ("/model/edit/compound", test_compound);
  g_test_add_func ("/model/edit/bad-json", test_bad_json);
  g_test_add_func ("/model/edit/random", test_random);
  g_test_add_func ("/model/edit/bulk", test_bulk);

  return g_test_run ();
}
