/* http.c: an HTTP request, and what is expected of the answer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#include "engine/kinds/runnel-http-response.h"
#include "engine/kinds/runnel-local-task.h"
#include "engine/kinds/runnel-log-writer.h"
#include "expr/runnel-expr.h"

#define MAX_REDIRECTS 10
#define MAX_BODY (10 * 1024 * 1024)
#define CHUNK 65536

typedef struct
{
  RunnelLocalTask parent;
  JsonObject *with;
  SoupSession *session;
  SoupMessage *message;
  GCancellable *cancellable;
  GInputStream *stream;       /* of the answer's body */
  RunnelLogWriter *log;       /* NULL once it is finished */
  RunnelHttpResponse response;
  guint n_redirects;
  char *origin;               /* where headers with secrets may go: scheme, host and port */
  GError *error;              /* why it failed, kept until the log is written */
  JsonObject *outputs;
} HttpTask;

static const char *const methods[] = {
  "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", NULL
};

/* Parts of names of headers whose values stay out of the log. */
static const char *const secret_headers[] = {
  "authorization", "cookie", "token", "secret", "api-key", "apikey", "password",
};

static const RunnelField fields[] = {
  {
    .name = "url",
    .type = RUNNEL_FIELD_STRING,
    .flags = RUNNEL_FIELD_REQUIRED,
    .label = N_("URL"),
    .description = N_("Where the request goes, http: or https:. Certificates are verified, and "
                      "up to ten redirections are followed."),
  },
  {
    .name = "method",
    .type = RUNNEL_FIELD_CHOICE,
    .label = N_("Method"),
    .description = N_("What is asked for."),
    .default_value = "\"GET\"",
    .choices = methods,
  },
  {
    .name = "headers",
    .type = RUNNEL_FIELD_MAP,
    .flags = RUNNEL_FIELD_SECRETS,
    .label = N_("Headers"),
    .description = N_("Headers of the request. Values of Authorization, Cookie and others that "
                      "name a token, key or password are not written to the log."),
  },
  {
    .name = "body",
    .type = RUNNEL_FIELD_ANY,
    .flags = RUNNEL_FIELD_MULTILINE | RUNNEL_FIELD_SECRETS,
    .label = N_("Body"),
    .description = N_("What is sent: a text as it is, any other value as JSON."),
  },
  {
    .name = "expect-status",
    .type = RUNNEL_FIELD_ANY,
    .label = N_("Expected Status"),
    .description = N_("A status such as 201, or a list such as “200-299,304”. Any other fails "
                      "the step."),
    .default_value = "\"200-299\"",
  },
  {
    .name = "assert",
    .type = RUNNEL_FIELD_ANY,
    .label = N_("Assertions"),
    .description = N_("Values that the answer must have, by path into its JSON, such as "
                      "{\"data.state\": \"ok\"}; also “status”, “body” and “header:NAME”."),
  },
  {
    .name = "extract",
    .type = RUNNEL_FIELD_MAP,
    .label = N_("Outputs"),
    .description = N_("Outputs of the step and where in the answer they are, such as "
                      "{\"id\": \"data.items[0].id\", \"tag\": \"header:ETag\"}."),
  },
  { NULL }
};

static void
http_task_free (gpointer data)
{
  HttpTask *self = data;

  g_clear_pointer (&self->with, json_object_unref);
  g_clear_object (&self->stream);
  if (self->message)
    g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->message);
  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->response.body, g_byte_array_unref);
  g_clear_pointer (&self->response.json, json_node_unref);
  g_clear_pointer (&self->origin, g_free);
  g_clear_error (&self->error);
  g_clear_pointer (&self->outputs, json_object_unref);
  runnel_local_task_clear (&self->parent);
  g_free (self);
}

static void
log_written_cb (gpointer user_data)
{
  HttpTask *self = user_data;

  if (!self->error)
    runnel_local_task_succeed (&self->parent, g_steal_pointer (&self->outputs));
  else if (g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    runnel_local_task_cancel (&self->parent);
  else
    runnel_local_task_fail (&self->parent, "%s", self->error->message);
}

/* Whatever the end is, the log is complete before the run hears of it. */
static void
finish (HttpTask *self,
        GError   *error)
{
  self->error = error;
  if (error)
    runnel_log_writer_printf (self->log, "\n* %s\n", error->message);
  runnel_log_writer_finish (g_steal_pointer (&self->log), log_written_cb, self);
}

static char *
describe_host (SoupMessage *message)
{
  GUri *uri = soup_message_get_uri (message);

  return g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri));
}

static const char *
describe_certificate (GTlsCertificateFlags flags)
{
  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return "it is not signed by an authority this machine trusts";
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return "it was issued for another host";
  if (flags & G_TLS_CERTIFICATE_EXPIRED)
    return "it has expired";
  if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return "it is not valid yet";
  if (flags & G_TLS_CERTIFICATE_REVOKED)
    return "it was revoked";

  return "it is not secure";
}

/* Says what could not be done and with whom, in place of what the library says. */
static GError *
explain (HttpTask *self,
         GError   *error)
{
  g_autofree char *host = describe_host (self->message);
  g_autoptr(GError) owner = error;
  GTlsCertificateFlags flags = soup_message_get_tls_peer_certificate_errors (self->message);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_steal_pointer (&owner);
  if (error->domain == G_RESOLVER_ERROR)
    return g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "the host name %s can't be resolved: %s",
                        g_uri_get_host (soup_message_get_uri (self->message)), error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "%s refused the connection; is the "
                        "server running?", host);
  if (error->domain == G_TLS_ERROR && flags)
    return g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "the certificate of %s is refused: %s",
                        host, describe_certificate (flags));

  return g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "the request to %s failed: %s", host,
                      error->message);
}

static gboolean
is_secret (const char *header)
{
  g_autofree char *lower = g_ascii_strdown (header, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (secret_headers); i++)
    if (strstr (lower, secret_headers[i]))
      return TRUE;

  return FALSE;
}

static void
log_headers (HttpTask           *self,
             char                mark,
             SoupMessageHeaders *headers)
{
  SoupMessageHeadersIter iter;
  const char *name, *value;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    runnel_log_writer_printf (self->log, "%c %s: %s\n", mark, name,
                              is_secret (name) ? "[not shown]" : value);
}

static void
log_request (HttpTask *self)
{
  g_autofree char *url = g_uri_to_string_partial (soup_message_get_uri (self->message),
                                                  G_URI_HIDE_PASSWORD);

  runnel_log_writer_printf (self->log, "> %s %s\n", soup_message_get_method (self->message), url);
  log_headers (self, '>', soup_message_get_request_headers (self->message));
}

static void
log_status (HttpTask *self)
{
  runnel_log_writer_printf (self->log, "< %u %s\n", soup_message_get_status (self->message),
                            soup_message_get_reason_phrase (self->message));
  log_headers (self, '<', soup_message_get_response_headers (self->message));
}

static char *
get_origin (SoupMessage *message)
{
  GUri *uri = soup_message_get_uri (message);

  return g_strdup_printf ("%s://%s:%d", g_uri_get_scheme (uri), g_uri_get_host (uri),
                          g_uri_get_port (uri));
}

/* Credentials are for the host they were given for, not for one it sends us to. */
static void
drop_secrets (HttpTask *self)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (self->message);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    if (is_secret (name))
      g_ptr_array_add (names, g_strdup (name));

  for (guint i = 0; i < names->len; i++)
    soup_message_headers_remove (headers, g_ptr_array_index (names, i));
}

/* Of the answer, and of each redirection on the way to it. */
static void
got_headers_cb (SoupMessage *message,
                gpointer     user_data)
{
  log_status (user_data);
}

/* The message is about to be sent again, to the address a redirection named. */
static void
restarted_cb (SoupMessage *message,
              gpointer     user_data)
{
  HttpTask *self = user_data;
  g_autofree char *origin = get_origin (message);

  if (!g_str_equal (origin, self->origin))
    drop_secrets (self);

  if (++self->n_redirects > MAX_REDIRECTS)
    g_cancellable_cancel (self->cancellable);
  else
    log_request (self);
}

static JsonObject *
get_object (HttpTask   *self,
            const char *field)
{
  JsonNode *value = json_object_get_member (self->with, field);

  return value && JSON_NODE_HOLDS_OBJECT (value) ? json_node_dup_object (value)
                                                 : json_object_new ();
}

static void
judge (HttpTask *self)
{
  g_autoptr(JsonObject) assertions = get_object (self, "assert");
  g_autoptr(JsonObject) sources = get_object (self, "extract");
  JsonNode *expected = json_object_get_member (self->with, "expect-status");
  GError *error = NULL;

  if (runnel_http_status_expected (expected, self->response.status, &error) &&
      runnel_http_response_check (&self->response, assertions, &error))
    self->outputs = runnel_http_response_extract (&self->response, sources, &error);

  finish (self, error);
}

static void read_more (HttpTask *self);

/* Returns whether there is room for more. */
static gboolean
take_chunk (HttpTask *self,
            GBytes   *chunk)
{
  gsize length;
  const char *data = g_bytes_get_data (chunk, &length);
  gsize room = MAX_BODY - self->response.body->len;
  gsize taken = MIN (length, room);

  g_byte_array_append (self->response.body, (const guint8 *) data, taken);
  runnel_log_writer_append (self->log, data, taken);
  self->response.is_cut = length > room;

  return !self->response.is_cut;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  HttpTask *self = user_data;
  GError *error = NULL;
  g_autoptr(GBytes) chunk = g_input_stream_read_bytes_finish (self->stream, result, &error);

  if (!chunk)
    finish (self, explain (self, error));
  else if (g_bytes_get_size (chunk) == 0)
    judge (self);
  else if (take_chunk (self, chunk))
    read_more (self);
  else
    {
      runnel_log_writer_printf (self->log, "\n* the answer is longer than 10 MB; the rest is "
                                "left out\n");
      judge (self);
    }
}

static void
read_more (HttpTask *self)
{
  g_input_stream_read_bytes_async (self->stream, CHUNK, G_PRIORITY_DEFAULT, self->cancellable,
                                   read_cb, self);
}

static void
send_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  HttpTask *self = user_data;
  GError *error = NULL;

  self->stream = soup_session_send_finish (self->session, result, &error);
  if (self->n_redirects > MAX_REDIRECTS)
    {
      g_clear_error (&error);
      finish (self, g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED,
                                 "the request was redirected more than %d times", MAX_REDIRECTS));
      return;
    }
  if (!self->stream)
    {
      finish (self, explain (self, error));
      return;
    }

  self->response.status = soup_message_get_status (self->message);
  self->response.headers = soup_message_get_response_headers (self->message);
  self->response.body = g_byte_array_new ();
  runnel_log_writer_append (self->log, "\n", 1);
  read_more (self);
}

static void
set_body (SoupMessage *message,
          JsonNode    *body)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  gboolean is_text = JSON_NODE_HOLDS_VALUE (body) &&
                     json_node_get_value_type (body) == G_TYPE_STRING;
  g_autofree char *text = is_text ? json_node_dup_string (body) : json_to_string (body, FALSE);
  g_autofree char *type = g_strdup (soup_message_headers_get_one (headers, "Content-Type"));
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

  if (!type)
    type = g_strdup (is_text ? "text/plain; charset=utf-8" : "application/json");
  soup_message_set_request_body_from_bytes (message, type, bytes);
}

/* A line break in a value would begin another header. */
static gboolean
set_headers (SoupMessage  *message,
             JsonObject   *headers,
             GError      **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, headers);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *text = runnel_value_to_text (value);

      if (!*name || strpbrk (name, " \t\r\n:") || strpbrk (text, "\r\n"))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       "with.headers: “%s” is not a header: neither its name nor its value may "
                       "have a line break, nor the name a blank or colon", name);
          return FALSE;
        }
      soup_message_headers_replace (soup_message_get_request_headers (message), name, text);
    }

  return TRUE;
}

static SoupMessage *
new_message (const RunnelAttempt  *attempt,
             GError              **error)
{
  g_autofree char *url = runnel_attempt_dup_text (attempt, "url");
  g_autofree char *method = runnel_attempt_dup_text (attempt, "method");
  g_autoptr(GUri) uri = url ? g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  const char *scheme = uri ? g_uri_get_scheme (uri) : "";

  if (method && !g_strv_contains (methods, method))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "with.method: “%s” is no method of HTTP; write GET, POST, ...", method);
      return NULL;
    }
  if ((!g_str_equal (scheme, "http") && !g_str_equal (scheme, "https")) || !*g_uri_get_host (uri))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "with.url: “%s” is not a URL; write https://host/path", url ? url : "");
      return NULL;
    }

  return soup_message_new_from_uri (method ? method : "GET", uri);
}

static gboolean
prepare_message (HttpTask             *self,
                 const RunnelAttempt  *attempt,
                 GError              **error)
{
  g_autoptr(JsonObject) headers = get_object (self, "headers");
  JsonNode *body = json_object_get_member (self->with, "body");

  self->message = new_message (attempt, error);
  if (!self->message || !set_headers (self->message, headers, error))
    return FALSE;
  if (body && !JSON_NODE_HOLDS_NULL (body))
    set_body (self->message, body);

  self->origin = get_origin (self->message);
  g_signal_connect (self->message, "got-headers", G_CALLBACK (got_headers_cb), self);
  g_signal_connect (self->message, "restarted", G_CALLBACK (restarted_cb), self);

  return TRUE;
}

static RunnelTask *
http_start (RunnelExecutor      *executor,
            const RunnelAttempt *attempt)
{
  HttpTask *self = g_new0 (HttpTask, 1);
  g_autoptr(GError) error = NULL;

  runnel_local_task_init (&self->parent, &runnel_http_kind, executor, attempt, http_task_free);
  self->with = json_object_ref (attempt->with);
  self->cancellable = g_cancellable_new ();

  if (!prepare_message (self, attempt, &error))
    {
      runnel_local_task_fail (&self->parent, "%s", error->message);
      return &self->parent.head;
    }
  self->log = runnel_log_writer_new (attempt, &error);
  if (!self->log)
    {
      runnel_local_task_fail (&self->parent, "the log can't be written: %s", error->message);
      return &self->parent.head;
    }

  /* The step's own timeout decides, not one of the library. */
  self->session = soup_session_new_with_options ("timeout", 0, "user-agent",
                                                 "runnel/" RUNNEL_VERSION, NULL);
  log_request (self);
  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT, self->cancellable,
                           send_cb, self);

  return &self->parent.head;
}

static void
http_cancel (RunnelTask *task)
{
  HttpTask *self = (HttpTask *) task;

  g_cancellable_cancel (self->cancellable);
}

const RunnelKindClass runnel_http_kind = {
  .declaration = {
    .name = "http",
    .title = N_("HTTP Request"),
    .description = N_("Sends a request to a web server and checks the answer. The answer is in "
                      "the log; values in it become outputs."),
    .icon_name = "network-transmit-receive-symbolic",
    .fields = fields,
    .example = "{\"id\": \"health\", \"kind\": \"http\", \"with\": {\"url\": "
               "\"https://example.org/health\", \"assert\": {\"state\": \"ok\"}}}",
    .summary_field = "url",
  },
  .start = http_start,
  .cancel = http_cancel,
};
