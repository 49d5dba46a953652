/* runnel-settings-keys.c: which settings there are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/limits/runnel-settings-private.h"
#include "model/runnel-json-path.h"
#include "util/runnel-nearest.h"

/* The keys of the file, as docs/settings.md tells them. */

static const char *const none[] = { "none", NULL };

static const RunnelShape slots = {
  RUNNEL_SHAPE_INTEGER, "a whole number of slots", .has_range = TRUE, .minimum = 1, .maximum = 1000000,
};
static const RunnelShape pools = { RUNNEL_SHAPE_MAP, "an object of numbers", .values = &slots };

static const RunnelShape size = { RUNNEL_SHAPE_SIZE, "a size such as \"5 GB\"" };
static const RunnelKey cache_keys[] = {
  { "max-size", &size, FALSE, "what cached results may take before the oldest are removed" },
  { NULL }
};
static const RunnelShape cache = { RUNNEL_SHAPE_OBJECT, "an object", .keys = cache_keys };

static const RunnelShape on_or_off = { RUNNEL_SHAPE_BOOLEAN, "true or false" };
static const RunnelShape max_age = {
  RUNNEL_SHAPE_DURATION | RUNNEL_SHAPE_CHOICE, "an age such as \"90d\", or \"none\"", .choices = none,
};
static const RunnelShape max_runs = {
  RUNNEL_SHAPE_INTEGER | RUNNEL_SHAPE_CHOICE, "a number of runs, or \"none\"", .choices = none,
  .has_range = TRUE, .minimum = 1, .maximum = 1000000000,
};
static const RunnelShape max_size = {
  RUNNEL_SHAPE_SIZE | RUNNEL_SHAPE_CHOICE, "a size such as \"5 GB\", or \"none\"", .choices = none,
};

static const RunnelKey pipeline_history_keys[] = {
  { "max-age", &max_age, FALSE, "how long runs of this pipeline are kept" },
  { "max-runs", &max_runs, FALSE, "how many of its latest runs are kept" },
  { "max-size", &max_size, FALSE, "what its runs may take before the oldest are removed" },
  { NULL }
};
static const RunnelShape pipeline_history = {
  RUNNEL_SHAPE_OBJECT, "an object", .keys = pipeline_history_keys,
};
static const RunnelShape pipeline_histories = {
  RUNNEL_SHAPE_MAP, "an object of pipelines", .values = &pipeline_history,
};
static const RunnelKey history_keys[] = {
  { "max-age", &max_age, FALSE, "how long runs are kept" },
  { "max-runs", &max_runs, FALSE, "how many runs are kept, of all pipelines together" },
  { "max-size", &max_size, FALSE, "what runs may take before the oldest are removed" },
  { "pipelines", &pipeline_histories, FALSE, "limits for runs of single pipelines" },
  { "compress-after", &max_age, FALSE, "the age from which logs are compressed" },
  { "compress-above", &max_size, FALSE, "the size from which logs are compressed at once" },
  { "automatic", &on_or_off, FALSE, "whether runs tidy up when they end, once an hour" },
  { NULL }
};
static const RunnelShape history = { RUNNEL_SHAPE_OBJECT, "an object", .keys = history_keys };

static const char *const conditions[] = {
  "failed", "slower", "not-run", "success-rate", "flaky", NULL
};
static const RunnelShape condition = {
  RUNNEL_SHAPE_CHOICE, "one of \"failed\", \"slower\", \"not-run\", \"success-rate\" and \"flaky\"",
  .choices = conditions,
};
static const RunnelShape words = { RUNNEL_SHAPE_STRING, "a text" };
static const RunnelShape texts = { RUNNEL_SHAPE_ARRAY, "an array of texts", .values = &words };
static const RunnelShape span = { RUNNEL_SHAPE_DURATION, "a duration such as \"26h\"" };
static const RunnelShape factor = {
  RUNNEL_SHAPE_NUMBER | RUNNEL_SHAPE_INTEGER, "a number above 1", .has_range = TRUE, .minimum = 1.01, .maximum = 1000,
};
static const RunnelShape percent = {
  RUNNEL_SHAPE_NUMBER | RUNNEL_SHAPE_INTEGER, "a number of percent", .has_range = TRUE, .minimum = 0, .maximum = 100,
};
static const RunnelShape n_runs = {
  RUNNEL_SHAPE_INTEGER, "a number of runs, up to 500", .has_range = TRUE, .minimum = 1, .maximum = 500,
};
static const RunnelKey rule_keys[] = {
  { "pipeline", &words, FALSE, "the pipeline it is about, by name or file; all if not given" },
  { "step", &words, FALSE, "the step it is about" },
  { "when", &condition, FALSE, "what somebody is to be told of" },
  { "factor", &factor, FALSE, "how many times as long as usual is too slow" },
  { "after", &span, FALSE, "the time without a run that is too long" },
  { "below", &percent, FALSE, "the rate of success that is too low" },
  { "times", &n_runs, FALSE, "in how many runs a step is flaky" },
  { "runs", &n_runs, FALSE, "how many of the latest runs are looked at" },
  { "tell", &texts, FALSE, "the channels, of which \"desktop\" is always there" },
  { NULL }
};
static const RunnelShape rule = { RUNNEL_SHAPE_OBJECT, "an object", .keys = rule_keys };
static const RunnelShape rules = { RUNNEL_SHAPE_MAP, "an object of rules", .values = &rule };
static const RunnelKey channel_keys[] = {
  { "command", &texts, FALSE, "a program to start, with its arguments" },
  { "webhook", &words, FALSE, "the address that is posted to" },
  { "secret", &words, FALSE, "the name of the secret that what is posted is signed with" },
  { "mail", &texts, FALSE, "the addresses that get a mail" },
  { NULL }
};
static const RunnelShape channel = { RUNNEL_SHAPE_OBJECT, "an object", .keys = channel_keys };
static const RunnelShape channels = { RUNNEL_SHAPE_MAP, "an object of channels", .values = &channel };
static const RunnelKey alerts_keys[] = {
  { "rules", &rules, FALSE, "what somebody is to be told of" },
  { "channels", &channels, FALSE, "who is told, and how" },
  { NULL }
};
static const RunnelShape alerts = { RUNNEL_SHAPE_OBJECT, "an object", .keys = alerts_keys };

static const RunnelShape a_url = { RUNNEL_SHAPE_STRING, "a URL such as \"http://localhost:4318\"" };
static const RunnelShape a_time = { RUNNEL_SHAPE_DURATION, "a duration such as \"2s\"" };
static const RunnelShape a_path = { RUNNEL_SHAPE_STRING, "the path of a file" };
static const RunnelShape text_map = { RUNNEL_SHAPE_MAP, "an object of texts", .values = &words };
static const RunnelShape a_secret = { RUNNEL_SHAPE_STRING, "the name of a secret" };
static const RunnelShape secret_headers = {
  RUNNEL_SHAPE_MAP, "an object of names of secrets", .values = &a_secret,
};

static const RunnelKey otlp_keys[] = {
  { "endpoint", &a_url, FALSE, "where traces and metrics of runs are sent, by OTLP/HTTP" },
  { "headers", &secret_headers, FALSE, "a header of what is sent: the name of the secret in it" },
  { "traces", &on_or_off, FALSE, "whether traces are sent" },
  { "metrics", &on_or_off, FALSE, "whether metrics are sent" },
  { "gzip", &on_or_off, FALSE, "whether what is sent is compressed" },
  { "attributes", &text_map, FALSE, "an attribute of the resource, such as deployment.environment.name" },
  { NULL }
};
static const RunnelShape otlp = { RUNNEL_SHAPE_OBJECT, "an object", .keys = otlp_keys };

static const char *const modes[] = { "structured", "binary", NULL };
static const RunnelShape mode = {
  RUNNEL_SHAPE_CHOICE, "\"structured\" or \"binary\"", .choices = modes,
};
static const RunnelKey webhook_keys[] = {
  { "url", &a_url, FALSE, "where CDEvents about runs and steps are sent" },
  { "mode", &mode, FALSE, "how: a CloudEvent as JSON, or in headers" },
  { "secret", &a_secret, FALSE, "the name of the secret to sign with, by Standard Webhooks" },
  { "headers", &secret_headers, FALSE, "a header of what is sent: the name of the secret in it" },
  { NULL }
};
static const RunnelShape webhook = { RUNNEL_SHAPE_OBJECT, "an object", .keys = webhook_keys };

static const RunnelKey telemetry_keys[] = {
  { "otlp", &otlp, FALSE, "OpenTelemetry" },
  { "webhook", &webhook, FALSE, "CDEvents" },
  { "patience", &a_time, FALSE, "how long the end of a run waits for who is told, at most 60s" },
  { "textfile", &a_path, FALSE, "the file of metrics that is replaced after each run" },
  { NULL }
};
static const RunnelShape telemetry = { RUNNEL_SHAPE_OBJECT, "an object", .keys = telemetry_keys };

static const RunnelKey settings_keys[] = {
  { "pools", &pools, FALSE, "resources that all runs on this machine share, each with its slots" },
  { "cache", &cache, FALSE, "results of steps that are kept to be used again" },
  { "history", &history, FALSE, "how long runs are kept, with their logs and artifacts" },
  { "alerts", &alerts, FALSE, "what somebody is told of, and how" },
  { "telemetry", &telemetry, FALSE, "what others are told of runs" },
  { NULL }
};
const RunnelShape _runnel_settings_shape = {
  RUNNEL_SHAPE_OBJECT, "an object", .keys = settings_keys,
};

const char _runnel_settings_defaults[] =
  "{"
  " \"pools\": {},"
  " \"cache\": {\"max-size\": \"5 GB\"},"
  " \"history\": {"
  "  \"max-size\": \"10 GB\","
  "  \"compress-after\": \"7d\","
  "  \"compress-above\": \"10 MB\","
  "  \"automatic\": true"
  " }"
  "}";

/* Whether an object of @shape can have a member of that name, which is none of its keys. Pools are
 * named as steps are, so that a step can name them. */
gboolean
_runnel_settings_has_name (const RunnelShape *shape,
                           const char        *name)
{
  return shape->values != NULL && (shape != &pools || runnel_id_is_valid (name));
}

static const RunnelShape *
find_inner (const RunnelShape *shape,
            const char        *name)
{
  const RunnelKey *key = shape->keys != NULL ? runnel_shape_find_key (shape, name) : NULL;

  if (key != NULL)
    return key->shape;
  return _runnel_settings_has_name (shape, name) ? shape->values : NULL;
}

/* A setting that is not an object of others. */
typedef struct
{
  char *key; /* "pools.NAME" */
  const char *description;
} Leaf;

static void
leaf_free (gpointer data)
{
  Leaf *self = data;

  g_free (self->key);
  g_free (self);
}

static void add_leaves (const RunnelShape *shape,
                        const char        *description,
                        GString           *path,
                        GPtrArray         *leaves);

static void
add_member_leaves (const RunnelShape *shape,
                   const char        *name,
                   const char        *description,
                   GString           *path,
                   GPtrArray         *leaves)
{
  gsize length = path->len;

  runnel_json_path_append_key (path, name);
  add_leaves (shape, description, path, leaves);
  g_string_truncate (path, length);
}

static void
add_leaves (const RunnelShape *shape,
            const char        *description,
            GString           *path,
            GPtrArray         *leaves)
{
  if (shape->keys == NULL && shape->values == NULL)
    {
      Leaf *leaf = g_new0 (Leaf, 1);

      leaf->key = g_strdup (path->str);
      leaf->description = description;
      g_ptr_array_add (leaves, leaf);
    }
  for (const RunnelKey *key = shape->keys; key != NULL && key->name != NULL; key++)
    add_member_leaves (key->shape, key->name, key->description, path, leaves);
  if (shape->values != NULL)
    add_member_leaves (shape->values, "NAME", description, path, leaves);
}

static GPtrArray *
list_leaves (void)
{
  GPtrArray *leaves = g_ptr_array_new_with_free_func (leaf_free);
  g_autoptr(GString) path = g_string_new (NULL);

  add_leaves (&_runnel_settings_shape, NULL, path, leaves);
  return leaves;
}

static void
set_unknown (const char *key,
             GError    **error)
{
  g_autoptr(GPtrArray) leaves = list_leaves ();
  RunnelNearest search = { .word = key };
  g_autofree char *suggestion = NULL;

  for (guint i = 0; i < leaves->len; i++)
    runnel_nearest_consider (&search, ((const Leaf *) g_ptr_array_index (leaves, i))->key);
  suggestion = runnel_nearest_suggest (&search);
  g_set_error (error, RUNNEL_SETTINGS_ERROR, RUNNEL_SETTINGS_ERROR_UNKNOWN,
               "there is no setting “%s”%s%s; runnel settings --help lists them", key,
               suggestion ? "; " : "", suggestion ? suggestion : "");
}

/* What a key with dots names: "pools.gpu" is a number of slots. */
const RunnelShape *
_runnel_settings_find_shape (const char   *key,
                             char       ***ret_names,
                             GError      **error)
{
  g_auto(GStrv) names = runnel_json_path_split (key);
  const RunnelShape *shape = names != NULL ? &_runnel_settings_shape : NULL;

  for (guint i = 0; shape != NULL && names[i] != NULL; i++)
    shape = find_inner (shape, names[i]);
  if (shape != NULL)
    *ret_names = g_steal_pointer (&names);
  else
    set_unknown (key, error);
  return shape;
}

/**
 * runnel_settings_describe_keys:
 *
 * Returns: (transfer full): a line for each setting that there is, with what it means
 */
char *
runnel_settings_describe_keys (void)
{
  g_autoptr(GPtrArray) leaves = list_leaves ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < leaves->len; i++)
    {
      const Leaf *leaf = g_ptr_array_index (leaves, i);

      g_string_append_printf (text, "%s  %-33s %s", i > 0 ? "\n" : "", leaf->key,
                              leaf->description);
    }
  return g_string_free (text, FALSE);
}
