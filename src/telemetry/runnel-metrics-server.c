/* runnel-metrics-server.c: figures for who asks over HTTP
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <libsoup/soup.h>

#include "telemetry/runnel-exposition.h"
#include "telemetry/runnel-metrics-server.h"

#define PATH "/metrics"

struct _RunnelMetricsServer
{
  SoupServer *server;
  RunnelHistory *history; /* NULL = not open (any more) */
  char *token;            /* NULL = nobody is asked for one */
};

G_DEFINE_QUARK (runnel-metrics-server-error-quark, runnel_metrics_server_error)

/* --- Who may ask --- */

/* Takes as long for a token that is nearly right as for one that is not: their digests are
 * compared, to the end. */
static gboolean
is_token (RunnelMetricsServer *self,
          const char          *given)
{
  g_autofree char *wanted = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->token, -1);
  g_autofree char *found = g_compute_checksum_for_string (G_CHECKSUM_SHA256, given, -1);
  guint difference = 0;

  for (guint i = 0; wanted[i]; i++)
    difference |= wanted[i] ^ found[i];
  return difference == 0;
}

static gboolean
has_token (RunnelMetricsServer *self,
           SoupServerMessage   *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *value = soup_message_headers_get_one (headers, "Authorization");

  return value && g_ascii_strncasecmp (value, "Bearer ", 7) == 0 && is_token (self, value + 7);
}

/* A page in a browser can have the name of its own host lead here, and would be answered. One that
 * asks by the address, or as localhost, can't read what it gets. */
static gboolean
is_asked_by_address (SoupServerMessage *message)
{
  const char *host = g_uri_get_host (soup_server_message_get_uri (message));

  return host && (g_hostname_is_ip_address (host) || g_ascii_strcasecmp (host, "localhost") == 0);
}

static guint
check (RunnelMetricsServer *self,
       SoupServerMessage   *message,
       const char          *path)
{
  const char *method = soup_server_message_get_method (message);

  if (self->token && !has_token (self, message))
    return SOUP_STATUS_UNAUTHORIZED;
  if (!self->token && !is_asked_by_address (message))
    return SOUP_STATUS_FORBIDDEN;
  if (!g_str_equal (path, PATH))
    return SOUP_STATUS_NOT_FOUND;
  if (!g_str_equal (method, "GET") && !g_str_equal (method, "HEAD"))
    return SOUP_STATUS_METHOD_NOT_ALLOWED;
  return SOUP_STATUS_OK;
}

/* --- Answers --- */

static void
answer (SoupServerMessage *message,
        guint              status,
        const char        *content_type,
        char              *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, content_type, SOUP_MEMORY_TAKE, text, strlen (text));
}

static void
refuse (SoupServerMessage *message,
        guint              status)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  if (status == SOUP_STATUS_UNAUTHORIZED)
    soup_message_headers_replace (headers, "WWW-Authenticate", "Bearer realm=\"runnel\"");
  if (status == SOUP_STATUS_METHOD_NOT_ALLOWED)
    soup_message_headers_replace (headers, "Allow", "GET, HEAD");
  answer (message, status, "text/plain; charset=utf-8",
          g_strdup_printf ("%u %s\nThe metrics of Runnel are at " PATH ".\n", status,
                           soup_status_get_phrase (status)));
}

static RunnelMetrics *
read_metrics (RunnelMetricsServer *self,
              GError             **error)
{
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();
  RunnelMetrics *metrics = NULL;

  if (!self->history)
    self->history = runnel_history_open (NULL, error);
  if (self->history)
    {
      runnel_history_reconcile (self->history, NULL);
      metrics = runnel_metrics_read (self->history, settings, error);
    }
  if (!metrics)
    g_clear_pointer (&self->history, runnel_history_close);
  return metrics;
}

static void
handle (SoupServer        *server,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        gpointer           user_data)
{
  RunnelMetricsServer *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  RunnelExpositionFormat format;
  g_autoptr(RunnelMetrics) metrics = NULL;
  g_autoptr(GError) error = NULL;
  guint status = check (self, message, path);

  if (status != SOUP_STATUS_OK)
    {
      refuse (message, status);
      return;
    }
  metrics = read_metrics (self, &error);
  if (!metrics)
    {
      answer (message, SOUP_STATUS_SERVICE_UNAVAILABLE, "text/plain; charset=utf-8",
              g_strconcat (error->message, "\n", NULL));
      return;
    }
  format = runnel_exposition_choose (soup_message_headers_get_list (headers, "Accept"));
  answer (message, SOUP_STATUS_OK, runnel_exposition_get_content_type (format),
          runnel_exposition_write (metrics, format));
}

/* --- Where it listens --- */

static GSocketAddress *
parse_address (const char  *text,
               GError     **error)
{
  g_autoptr(GSocketConnectable) connectable = g_network_address_parse (text, 0, NULL);
  const char *host = NULL;
  GSocketAddress *address = NULL;

  if (connectable && strchr (text, ':'))
    host = g_network_address_get_hostname (G_NETWORK_ADDRESS (connectable));
  if (host && g_ascii_strcasecmp (host, "localhost") == 0)
    host = "127.0.0.1";
  if (host)
    address = g_inet_socket_address_new_from_string (
      host, g_network_address_get_port (G_NETWORK_ADDRESS (connectable)));
  if (!address)
    g_set_error (error, RUNNEL_METRICS_SERVER_ERROR, RUNNEL_METRICS_SERVER_ERROR_ADDRESS,
                 "“%s” is no address to listen on; write 127.0.0.1:9464 or [::1]:9464", text);
  return address;
}

static gboolean
check_address (GSocketAddress  *address,
               const char      *text,
               const char      *token,
               GError         **error)
{
  GInetAddress *inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address));

  if (token || g_inet_address_get_is_loopback (inet))
    return TRUE;
  g_set_error (error, RUNNEL_METRICS_SERVER_ERROR, RUNNEL_METRICS_SERVER_ERROR_ADDRESS,
               "at %s others on the network could read the names of pipelines; listen on "
               "127.0.0.1, or say with a token who may ask", text);
  return FALSE;
}

/**
 * runnel_metrics_server_new:
 * @address: where to listen, "127.0.0.1:9464"; port 0 is one that is free
 * @token: (nullable): what a client has to send as its bearer token; without one only addresses
 *   of this machine are listened on
 * @error: return location for a #RunnelMetricsServerError
 *
 * Returns: (transfer full) (nullable): a server that listens
 */
RunnelMetricsServer *
runnel_metrics_server_new (const char  *address,
                           const char  *token,
                           GError     **error)
{
  g_autoptr(GSocketAddress) parsed = parse_address (address, error);
  g_autoptr(RunnelMetricsServer) self = NULL;
  g_autoptr(GError) problem = NULL;

  if (!parsed || !check_address (parsed, address, token, error))
    return NULL;
  self = g_new0 (RunnelMetricsServer, 1);
  self->token = g_strdup (token);
  self->server = soup_server_new ("server-header", "runnel", NULL);
  soup_server_add_handler (self->server, NULL, handle, self, NULL);
  if (soup_server_listen (self->server, parsed, 0, &problem))
    return g_steal_pointer (&self);
  g_set_error (error, RUNNEL_METRICS_SERVER_ERROR, RUNNEL_METRICS_SERVER_ERROR_BUSY,
               "can't listen on %s: %s", address, problem->message);
  return NULL;
}

void
runnel_metrics_server_free (RunnelMetricsServer *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_clear_pointer (&self->history, runnel_history_close);
  if (self->token)
    explicit_bzero (self->token, strlen (self->token));
  g_free (self->token);
  g_free (self);
}

/**
 * runnel_metrics_server_get_url:
 *
 * Returns: (transfer full): where the figures are
 */
char *
runnel_metrics_server_get_url (RunnelMetricsServer *self)
{
  GSList *uris = soup_server_get_uris (self->server);
  g_autoptr(GUri) uri = g_uri_parse_relative (uris->data, PATH, G_URI_FLAGS_NONE, NULL);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return g_uri_to_string (uri);
}
