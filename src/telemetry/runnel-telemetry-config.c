/* runnel-telemetry-config.c: whom to tell of runs, as the settings of the machine say
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "model/runnel-duration.h"
#include "telemetry/runnel-telemetry-config.h"

#define PATIENCE (2 * G_TIME_SPAN_SECOND)
#define MOST_PATIENCE G_TIME_SPAN_MINUTE

G_DEFINE_QUARK (runnel-telemetry-error-quark, runnel_telemetry_error)

static const char *
get_text (RunnelSettings *settings,
          const char     *key)
{
  JsonNode *node = runnel_settings_lookup (settings, key, NULL);
  const char *text = node ? json_node_get_string (node) : NULL;

  return text && *text ? text : NULL;
}

static gboolean
get_boolean (RunnelSettings *settings,
             const char     *key,
             gboolean        fallback)
{
  JsonNode *node = runnel_settings_lookup (settings, key, NULL);

  return node ? json_node_get_boolean (node) : fallback;
}

static gint64
get_duration (RunnelSettings *settings,
              const char     *key,
              gint64          fallback)
{
  const char *text = get_text (settings, key);
  gint64 duration;

  return text && runnel_duration_parse (text, &duration, NULL) ? duration : fallback;
}

static GHashTable *
get_map (RunnelSettings *settings,
         const char     *key)
{
  JsonNode *node = runnel_settings_lookup (settings, key, NULL);
  GHashTable *map = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (node == NULL)
    return map;
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    g_hash_table_insert (map, g_strdup (name), json_node_dup_string (value));
  return map;
}

/**
 * runnel_telemetry_check_url:
 * @key: the setting that has it, for the message
 * @text: what was given
 * @error: return location for a %RUNNEL_TELEMETRY_ERROR_CONFIG
 *
 * A password in a URL would be shown wherever the URL is.
 *
 * Returns: whether it is a URL that something can be sent to
 */
gboolean
runnel_telemetry_check_url (const char  *key,
                            const char  *text,
                            GError     **error)
{
  g_autoptr(GUri) uri = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD, NULL);
  const char *scheme = uri ? g_uri_get_scheme (uri) : "";
  const char *problem = NULL;

  if ((!g_str_equal (scheme, "http") && !g_str_equal (scheme, "https")) || !g_uri_get_host (uri)
      || !*g_uri_get_host (uri))
    problem = "it has to begin with http:// or https:// and the name of a host";
  else if (g_uri_get_userinfo (uri))
    problem = "keep the password as a secret and name it in headers.authorization";
  else if (g_uri_get_fragment (uri))
    problem = "it must have no # in it";
  if (problem)
    g_set_error (error, RUNNEL_TELEMETRY_ERROR, RUNNEL_TELEMETRY_ERROR_CONFIG,
                 "the setting %s is no URL that can be sent to: %s", key, problem);
  return problem == NULL;
}

static char *
read_url (const char  *key,
          const char  *text,
          GError     **error)
{
  char *url;

  if (!runnel_telemetry_check_url (key, text, error))
    return NULL;
  url = g_strdup (text);
  while (g_str_has_suffix (url, "/"))
    url[strlen (url) - 1] = '\0';
  return url;
}

static gboolean
check_headers (GHashTable  *headers,
               GError     **error)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, headers);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (*(char *) name == '\0' || strpbrk (name, " \t\r\n:;,\"()[]{}<>@/\\?=") != NULL)
      {
        g_set_error (error, RUNNEL_TELEMETRY_ERROR, RUNNEL_TELEMETRY_ERROR_CONFIG,
                     "no header can be called “%s”", (char *) name);
        return FALSE;
      }
  return TRUE;
}

static void
receiver_free (RunnelReceiver *self)
{
  g_free (self->url);
  g_free (self->secret);
  g_hash_table_unref (self->headers);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelReceiver, receiver_free)

/* Returns: FALSE with an error when it can't be used; TRUE without a receiver when there is none */
static gboolean
read_receiver (RunnelSettings  *settings,
               const char      *name,
               const char      *url_key,
               const char      *headers_key,
               RunnelReceiver **ret_receiver,
               GError         **error)
{
  const char *text = get_text (settings, url_key);
  g_autoptr(RunnelReceiver) self = NULL;

  if (!text)
    return TRUE;
  self = g_new0 (RunnelReceiver, 1);
  self->name = name;
  self->headers = get_map (settings, headers_key);
  self->url = read_url (url_key, text, error);
  if (!self->url || !check_headers (self->headers, error))
    return FALSE;
  *ret_receiver = g_steal_pointer (&self);
  return TRUE;
}

/**
 * runnel_telemetry_config_new:
 * @settings: what holds on this machine
 * @error: return location for a %RUNNEL_TELEMETRY_ERROR_CONFIG
 *
 * Returns: (transfer full) (nullable): whom to tell of runs; nobody, when the settings say nothing
 */
RunnelTelemetryConfig *
runnel_telemetry_config_new (RunnelSettings  *settings,
                             GError         **error)
{
  g_autoptr(RunnelTelemetryConfig) self = g_new0 (RunnelTelemetryConfig, 1);

  self->attributes = get_map (settings, "telemetry.otlp.attributes");
  self->textfile = g_strdup (get_text (settings, "telemetry.textfile"));
  self->patience = CLAMP (get_duration (settings, "telemetry.patience", PATIENCE), 0,
                          MOST_PATIENCE);
  self->traces = get_boolean (settings, "telemetry.otlp.traces", TRUE);
  self->metrics = get_boolean (settings, "telemetry.otlp.metrics", TRUE);
  self->is_binary = g_strcmp0 (get_text (settings, "telemetry.webhook.mode"), "binary") == 0;
  if (!read_receiver (settings, "otlp", "telemetry.otlp.endpoint", "telemetry.otlp.headers",
                      &self->otlp, error) ||
      !read_receiver (settings, "webhook", "telemetry.webhook.url", "telemetry.webhook.headers",
                      &self->webhook, error))
    return NULL;
  if (self->otlp)
    self->otlp->gzip = get_boolean (settings, "telemetry.otlp.gzip", FALSE);
  if (self->webhook)
    self->webhook->secret = g_strdup (get_text (settings, "telemetry.webhook.secret"));
  return g_steal_pointer (&self);
}

void
runnel_telemetry_config_free (RunnelTelemetryConfig *self)
{
  g_clear_pointer (&self->otlp, receiver_free);
  g_clear_pointer (&self->webhook, receiver_free);
  g_hash_table_unref (self->attributes);
  g_free (self->textfile);
  g_free (self);
}

/**
 * runnel_telemetry_config_is_empty:
 *
 * Returns: whether nobody is told anything
 */
gboolean
runnel_telemetry_config_is_empty (RunnelTelemetryConfig *self)
{
  return !self->otlp && !self->webhook && !self->textfile;
}

/**
 * runnel_receiver_list_secrets:
 *
 * Returns: (transfer full): the names of the secrets without which nothing can be sent to it
 */
char **
runnel_receiver_list_secrets (const RunnelReceiver *self)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->headers);
  while (g_hash_table_iter_next (&iter, NULL, &name))
    g_ptr_array_add (names, g_strdup (name));
  if (self->secret)
    g_ptr_array_add (names, g_strdup (self->secret));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_steal (names, NULL);
}
