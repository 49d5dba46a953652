/* random-pipeline.h: pipelines by chance, for tests of what holds for all of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "interchange/runnel-feature.h"
#include "model/runnel-pipeline.h"

#define RANDOM_FEATURE(name) (G_GUINT64_CONSTANT (1) << RUNNEL_FEATURE_##name)
#define RANDOM_ALL ((G_GUINT64_CONSTANT (1) << RUNNEL_N_FEATURES) - 1)

/* Steps of other kinds than script and command: with RANDOM_ALL & ~RANDOM_KINDS all is lines of
 * shell. */
#define RANDOM_KINDS                                                                               \
  (RANDOM_FEATURE (HTTP) | RANDOM_FEATURE (WAIT) | RANDOM_FEATURE (APPROVAL)                       \
   | RANDOM_FEATURE (SUBPIPELINE) | RANDOM_FEATURE (FOREIGN))

typedef struct
{
  GRand *rand;
  guint64 features; /* what may be asked for, as bits of RANDOM_FEATURE() */
  JsonObject *root;
  JsonArray *steps;
  GPtrArray *outputs; /* of char *: "id.name", those that steps so far promise */
} RandomDraft;

static inline gboolean
random_asks (RandomDraft *self, RunnelFeature feature, guint one_in)
{
  gboolean drawn = g_rand_int_range (self->rand, 0, one_in) == 0;

  return drawn && (self->features >> feature & 1) != 0;
}

static inline const char *
random_pick (RandomDraft *self, const char *const *choices)
{
  return choices[g_rand_int_range (self->rand, 0, g_strv_length ((char **) choices))];
}

/* Sets a member from JSON text. */
static inline void
random_set (JsonObject *object, const char *key, const char *json)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (json, &error);

  g_assert_no_error (error);
  json_object_set_member (object, key, node);
}

G_GNUC_PRINTF (3, 4)
static inline void
random_set_format (JsonObject *object, const char *key, const char *format, ...)
{
  g_autofree char *json = NULL;
  va_list args;

  va_start (args, format);
  json = g_strdup_vprintf (format, args);
  va_end (args);
  random_set (object, key, json);
}

static inline void
random_add_pipeline_members (RandomDraft *self)
{
  static const char *const names[] = { "Build", "Nightly: all of it", "Ship \"it\" — 日本", "a#b",
                                       NULL };
  JsonObject *root = self->root;

  json_object_set_string_member (root, "name", random_pick (self, names));
  if (g_rand_boolean (self->rand))
    json_object_set_string_member (root, "description",
                                   "What it is for.\nIn two lines: this # one");
  if (random_asks (self, RUNNEL_FEATURE_PARAMETERS, 2))
    random_set (
      root, "parameters",
      "{\"channel\": {\"type\": \"choice\", \"choices\": [\"beta\", \"stable\"], \"default\": "
      "\"beta\","
      " \"description\": \"Where to\"}, \"dry-run\": {\"type\": \"boolean\", \"default\": false},"
      " \"count\": {\"type\": \"number\", \"default\": 3}, \"who\": {\"default\": \"it's "
      "\\\"me\\\"\"}}");
  if (random_asks (self, RUNNEL_FEATURE_ENV, 2))
    random_set (root, "env",
                "{\"CC\": \"gcc\", \"VERSION\": \"3.10\", \"FLAGS\": \"-O2 $x 'q' # no\"}");
  if (random_asks (self, RUNNEL_FEATURE_SECRETS, 3))
    random_set (root, "secrets", "[\"deploy-token\"]");
  if (random_asks (self, RUNNEL_FEATURE_IMAGE, 3))
    random_set (root, "defaults", "{\"image\": \"debian:12\"}");
  if (random_asks (self, RUNNEL_FEATURE_POOL, 3))
    random_set (root, "pools", "{\"gpu\": 2}");
  if (random_asks (self, RUNNEL_FEATURE_JOBS, 3))
    random_set (root, "concurrency", "{\"jobs\": 2}");
  if (random_asks (self, RUNNEL_FEATURE_GROUP, 3))
    random_set (root, "concurrency", "{\"group\": \"deploy\", \"policy\": \"cancel-running\"}");
  if (random_asks (self, RUNNEL_FEATURE_TRIGGERS, 3))
    random_set (root, "triggers", "[{\"kind\": \"schedule\", \"cron\": \"0 3 * * *\"}]");
  if (random_asks (self, RUNNEL_FEATURE_UNDO, 3))
    json_object_set_string_member (root, "on-failure", "rollback");
  if (random_asks (self, RUNNEL_FEATURE_HOOKS, 3))
    random_set (root, "hooks",
                "{\"on-start\": [{\"id\": \"hello\", \"kind\": \"script\", \"with\": {\"run\": "
                "\"echo hello\\n\"}}],"
                " \"on-finish\": [{\"id\": \"bye\", \"kind\": \"script\", \"with\": {\"run\": "
                "\"echo bye\\n\"}}]}");
}

/* --- What a step does --- */

static inline gboolean
random_set_other_kind (RandomDraft *self, JsonObject *step)
{
  static const struct
  {
    RunnelFeature feature;
    const char *kind;
    const char *with;
  } kinds[] = {
    { RUNNEL_FEATURE_HTTP, "http",
      "{\"url\": \"https://example.org/a?b=c\", \"method\": \"POST\", \"body\": {\"x\": 1}}" },
    { RUNNEL_FEATURE_WAIT, "wait", "{\"for\": \"2s\"}" },
    { RUNNEL_FEATURE_APPROVAL, "approval", "{\"prompt\": \"Ship it?\"}" },
    { RUNNEL_FEATURE_SUBPIPELINE, "pipeline", "{\"file\": \"other.runnel.json\"}" },
  };
  guint drawn = g_rand_int_range (self->rand, 0, G_N_ELEMENTS (kinds));

  if (!random_asks (self, kinds[drawn].feature, 3))
    return FALSE;

  json_object_set_string_member (step, "kind", kinds[drawn].kind);
  random_set (step, "with", kinds[drawn].with);

  return TRUE;
}

static inline void
random_set_script (RandomDraft *self, JsonObject *step)
{
  static const char *const runs[] = {
    "make\n",
    "echo \"$CC\"\n",
    "set -x\n\n\tindented with a tab\nfalse || true\n",
    "cat <<'EOF'\n  a: b # c\nEOF\n",
    "echo no newline at its end",
    "printf '%s\\n' \"it's\" '{{x}}' '$(params.x)' '🚀'\n",
    "echo trailing space \ntrue\n",
    NULL,
  };
  JsonObject *with = json_object_new ();

  json_object_set_string_member (step, "kind", "script");
  json_object_set_object_member (step, "with", with);
  if (random_asks (self, RUNNEL_FEATURE_SHELL, 3))
    json_object_set_string_member (with, "shell", g_rand_boolean (self->rand) ? "bash" : "python3");
  json_object_set_string_member (
    with, "run",
    g_strcmp0 (json_object_get_string_member_with_default (with, "shell", ""), "python3") == 0
      ? "import sys\nprint(sys.argv)\n"
      : random_pick (self, runs));
}

static inline void
random_set_kind (RandomDraft *self, JsonObject *step)
{
  if (random_set_other_kind (self, step))
    return;

  if (g_rand_int_range (self->rand, 0, 5) > 0)
    {
      random_set_script (self, step);
      return;
    }
  json_object_set_string_member (step, "kind", "command");
  random_set (step, "with", "{\"argv\": [\"printf\", \"%s\\n\", \"two words\", \"it's $HOME\"]}");
}

/* --- Links --- */

static inline void
random_add_link (RandomDraft *self, JsonArray *needs, const char *id)
{
  static const struct
  {
    RunnelFeature feature;
    const char *on;
  } outcomes[] = {
    { RUNNEL_FEATURE_LINK_FAILURE, "failure" },
    { RUNNEL_FEATURE_LINK_FINISHED, "finished" },
    { RUNNEL_FEATURE_LINK_ALWAYS, "always" },
  };
  guint drawn = g_rand_int_range (self->rand, 0, G_N_ELEMENTS (outcomes));
  JsonObject *need;

  if (!random_asks (self, outcomes[drawn].feature, 3))
    {
      json_array_add_string_element (needs, id);
      return;
    }

  need = json_object_new ();
  json_object_set_string_member (need, "step", id);
  json_object_set_string_member (need, "on", outcomes[drawn].on);
  json_array_add_object_element (needs, need);
}

static inline const char *
random_get_id (RandomDraft *self, guint index)
{
  return json_object_get_string_member (json_array_get_object_element (self->steps, index), "id");
}

/* Links from some of the steps so far. */
static inline void
random_set_needs (RandomDraft *self, JsonObject *step)
{
  guint n = json_array_get_length (self->steps);
  guint first = n > 0 ? (guint) g_rand_int_range (self->rand, 0, n) : 0;
  guint n_links = g_rand_int_range (self->rand, 0, 4);
  JsonArray *needs;

  n_links = MIN (n_links, n - first);
  if (n_links == 0 || (self->features & RANDOM_FEATURE (ORDER)) == 0)
    return;

  needs = json_array_new ();
  for (guint i = 0; i < n_links; i++)
    random_add_link (self, needs, random_get_id (self, first + i));
  json_object_set_array_member (step, "needs", needs);
  if (n_links > 1 && random_asks (self, RUNNEL_FEATURE_JOIN_ANY, 6))
    json_object_set_string_member (step, "join", "any");
  else if (n_links > 1 && random_asks (self, RUNNEL_FEATURE_JOIN_NONE_FAILED, 6))
    json_object_set_string_member (step, "join", "none-failed");
}

/* --- Everything else --- */

/* An output of a step that this one needs, so that it is known by then; or NULL. */
static inline const char *
random_find_output (RandomDraft *self, JsonObject *step)
{
  JsonArray *needs =
    json_object_has_member (step, "needs") ? json_object_get_array_member (step, "needs") : NULL;

  for (guint i = 0; needs != NULL && i < json_array_get_length (needs); i++)
    for (guint j = 0; j < self->outputs->len; j++)
      {
        JsonNode *need = json_array_get_element (needs, i);
        const char *output = g_ptr_array_index (self->outputs, j);
        g_autofree char *id = g_strndup (output, strchr (output, '.') - output);

        if (JSON_NODE_HOLDS_VALUE (need) && g_str_equal (json_node_get_string (need), id))
          return output;
      }

  return NULL;
}

static inline gboolean
random_has (RandomDraft *self, const char *key)
{
  return json_object_has_member (self->root, key);
}

static inline void
random_set_env (RandomDraft *self, JsonObject *step)
{
  JsonObject *env;
  const char *output = random_find_output (self, step);

  if ((self->features & RANDOM_FEATURE (ENV)) == 0)
    return;

  env = json_object_new ();
  if (random_asks (self, RUNNEL_FEATURE_ENV, 2))
    {
      json_object_set_string_member (env, "MODE", "fast & \"loud\": $x");
      json_object_set_string_member (env, "NUMBER", "0755");
    }
  if (random_has (self, "parameters") && random_asks (self, RUNNEL_FEATURE_PARAMETERS, 2))
    json_object_set_string_member (env, "CHANNEL", "${{ params.channel }}");
  if (random_has (self, "parameters") && random_asks (self, RUNNEL_FEATURE_EXPRESSION, 4))
    json_object_set_string_member (
      env, "LABEL", "${{ params.channel == 'beta' && 'b' || 's' }}-${{ params.who }}");
  if (output != NULL && random_asks (self, RUNNEL_FEATURE_OUTPUTS, 2))
    random_set_format (env, "TAKEN", "\"${{ steps.%.*s.outputs.%s }}\"",
                       (int) (strchr (output, '.') - output), output, strchr (output, '.') + 1);
  if (random_has (self, "secrets") && random_asks (self, RUNNEL_FEATURE_SECRETS, 3))
    json_object_set_string_member (env, "TOKEN", "${{ secrets.deploy-token }}");

  if (json_object_get_size (env) > 0)
    json_object_set_object_member (step, "env", env);
  else
    json_object_unref (env);
}

static inline void
random_set_condition (RandomDraft *self, JsonObject *step)
{
  static const char *const conditions[] = {
    "params.channel == 'stable'",
    "!params.dry-run",
    "params.dry-run || params.channel != 'beta'",
    "params.channel == 'beta' && !params.dry-run",
    NULL,
  };
  const char *output = random_find_output (self, step);

  if (output != NULL && random_asks (self, RUNNEL_FEATURE_CONDITION, 6))
    random_set_format (step, "if", "\"steps.%.*s.outputs.%s == 'yes'\"",
                       (int) (strchr (output, '.') - output), output, strchr (output, '.') + 1);
  else if (random_has (self, "parameters") && random_asks (self, RUNNEL_FEATURE_CONDITION, 4))
    json_object_set_string_member (step, "if", random_pick (self, conditions));
}

static inline void
random_set_matrix (RandomDraft *self, JsonObject *step)
{
  JsonObject *matrix;

  if (!random_asks (self, RUNNEL_FEATURE_MATRIX, 5))
    return;

  matrix = json_object_new ();
  random_set (matrix, "os", "[\"debian\", \"fedora\"]");
  if (g_rand_boolean (self->rand))
    random_set (matrix, "cc-version", "[\"12\", \"3.10\"]");
  if (g_rand_int_range (self->rand, 0, 3) == 0)
    random_set (matrix, "include", "[{\"os\": \"alpine\", \"cc-version\": \"13\"}]");
  if (random_asks (self, RUNNEL_FEATURE_MATRIX_LIMIT, 3))
    json_object_set_int_member (matrix, "max-parallel", 2);
  if (!random_asks (self, RUNNEL_FEATURE_MATRIX_FAIL_FAST, 2))
    json_object_set_boolean_member (matrix, "fail-fast", FALSE);
  json_object_set_object_member (step, "matrix", matrix);
}

static inline void
random_set_retry (RandomDraft *self, JsonObject *step)
{
  JsonObject *retry;

  if (!random_asks (self, RUNNEL_FEATURE_RETRY, 4))
    return;

  retry = json_object_new ();
  json_object_set_int_member (retry, "max", g_rand_int_range (self->rand, 1, 5));
  if (random_asks (self, RUNNEL_FEATURE_RETRY_DELAY, 2))
    json_object_set_string_member (retry, "delay", "2s");
  if (json_object_has_member (retry, "delay") && g_rand_boolean (self->rand))
    {
      json_object_set_int_member (retry, "backoff", 2);
      json_object_set_string_member (retry, "max-delay", "1m");
    }
  if (random_asks (self, RUNNEL_FEATURE_RETRY_RULE, 3))
    random_set (retry, "exit-codes", "[75, 111]");
  json_object_set_object_member (step, "retry", retry);
}

static inline void
random_set_outputs (RandomDraft *self, JsonObject *step, const char *id)
{
  if (!random_asks (self, RUNNEL_FEATURE_OUTPUTS, 3))
    return;

  random_set (step, "outputs", "{\"version\": \"What was built\"}");
  if (!json_object_has_member (step, "matrix"))
    g_ptr_array_add (self->outputs, g_strconcat (id, ".version", NULL));
}

static inline void
random_set_rest (RandomDraft *self, JsonObject *step)
{
  if (random_asks (self, RUNNEL_FEATURE_TIMEOUT, 4))
    json_object_set_string_member (step, "timeout", g_rand_boolean (self->rand) ? "5m" : "1h30m");
  if (random_asks (self, RUNNEL_FEATURE_CONTINUE, 6))
    json_object_set_boolean_member (step, "continue-on-error", TRUE);
  if (random_asks (self, RUNNEL_FEATURE_FOLDER, 5))
    json_object_set_string_member (step, "working-directory", "sub dir/lib");
  if (random_asks (self, RUNNEL_FEATURE_ARTIFACTS, 4))
    random_set (step, "artifacts", "[\"out/*.tar.gz\", \"report.txt\"]");
  if (random_asks (self, RUNNEL_FEATURE_CACHE, 6))
    random_set (step, "cache",
                "{\"key\": \"v1\", \"inputs\": [\"*.c\"], \"outputs\": [\"build\"]}");
  if (random_asks (self, RUNNEL_FEATURE_IMAGE, 4))
    json_object_set_string_member (step, "image", "alpine:3.20");
  if (random_has (self, "pools") && random_asks (self, RUNNEL_FEATURE_POOL, 3))
    json_object_set_string_member (step, "pool", "gpu");
  if (random_asks (self, RUNNEL_FEATURE_PRIORITY, 6))
    json_object_set_int_member (step, "priority", 5);
  if (random_asks (self, RUNNEL_FEATURE_BREAKER, 8))
    random_set (step, "breaker", "{\"failures\": 3}");
  if (random_has (self, "on-failure") && random_asks (self, RUNNEL_FEATURE_UNDO, 3))
    random_set (step, "undo", "{\"kind\": \"script\", \"with\": {\"run\": \"./down\\n\"}}");
  if (random_asks (self, RUNNEL_FEATURE_DISABLED, 12))
    json_object_set_boolean_member (step, "disabled", TRUE);
}

static inline void
random_add_step (RandomDraft *self)
{
  static const char *const stems[] = { "build", "test", "Deploy_all", "lint-it", "x", NULL };
  static const char *const titles[] = { "Build it", "Test: all #1", "“Quoted”", "- dash", NULL };
  JsonObject *step = json_object_new ();
  g_autofree char *id =
    g_strdup_printf ("%s-%u", random_pick (self, stems), json_array_get_length (self->steps) + 1);

  json_object_set_string_member (step, "id", id);
  if (g_rand_int_range (self->rand, 0, 3) == 0)
    json_object_set_string_member (step, "name", random_pick (self, titles));
  random_set_kind (self, step);
  random_set_needs (self, step);
  random_set_condition (self, step);
  random_set_env (self, step);
  random_set_matrix (self, step);
  random_set_retry (self, step);
  random_set_outputs (self, step, id);
  random_set_rest (self, step);
  json_array_add_object_element (self->steps, step);
}

/* A pipeline without errors. The same seed and features always give the same one. Of the features
 * only those in `features`, made of RANDOM_FEATURE(), are asked for. */
static inline RunnelPipeline *
random_pipeline_new (guint32 seed, guint64 features)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) outputs = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  RandomDraft self = { rand, features, json_object_new (), json_array_new (), outputs };
  RunnelPipeline *pipeline;
  guint n_steps = g_rand_int_range (rand, 1, 9);

  json_node_take_object (node, self.root);
  json_object_set_int_member (self.root, "format", RUNNEL_FORMAT);
  random_add_pipeline_members (&self);
  json_object_set_array_member (self.root, "steps", self.steps);
  for (guint i = 0; i < n_steps; i++)
    random_add_step (&self);

  text = json_to_string (node, FALSE);
  pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);
  g_assert_no_error (error);

  return pipeline;
}
