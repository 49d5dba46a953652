/* test-metrics-server.c: figures for who asks over HTTP
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <libsoup/soup.h>

#include "telemetry/runnel-metrics-server.h"

typedef struct
{
  guint status;
  char *type;
  char *text;
} Answer;

static void
answer_clear (Answer *self)
{
  g_free (self->type);
  g_free (self->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static void
sent_cb (GObject      *session,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* @header: (nullable): "Name: value" */
static Answer
ask (RunnelMetricsServer *server,
     const char          *method,
     const char          *path,
     const char          *header)
{
  g_autofree char *url = runnel_metrics_server_get_url (server);
  g_autoptr(GUri) uri = g_uri_parse_relative (NULL, url, G_URI_FLAGS_NONE, NULL);
  g_autoptr(GUri) target = g_uri_parse_relative (uri, path, G_URI_FLAGS_NONE, NULL);
  g_autoptr(SoupSession) session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  g_autoptr(SoupMessage) message = soup_message_new_from_uri (method, target);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GBytes) body = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) parts = header ? g_strsplit (header, ": ", 2) : NULL;
  Answer answer;

  if (parts)
    soup_message_headers_replace (soup_message_get_request_headers (message), parts[0], parts[1]);
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, sent_cb, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  body = soup_session_send_and_read_finish (session, result, &error);
  g_assert_no_error (error);
  answer.status = soup_message_get_status (message);
  answer.type = g_strdup (soup_message_headers_get_one (
    soup_message_get_response_headers (message), "Content-Type"));
  answer.text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  return answer;
}

static RunnelMetricsServer *
listen_on (const char *address,
           const char *token)
{
  g_autoptr(GError) error = NULL;
  RunnelMetricsServer *server = runnel_metrics_server_new (address, token, &error);

  g_assert_no_error (error);
  return server;
}

static void
assert_status (RunnelMetricsServer *server,
               const char          *method,
               const char          *path,
               const char          *header,
               guint                status)
{
  g_auto(Answer) answer = ask (server, method, path, header);

  g_assert_cmpuint (answer.status, ==, status);
  if (status != 200)
    g_assert_null (strstr (answer.text, "runnel_"));
}

static void
test_formats (void)
{
  g_autoptr(RunnelMetricsServer) server = listen_on ("127.0.0.1:0", NULL);
  g_auto(Answer) plain = ask (server, "GET", "/metrics", NULL);
  g_auto(Answer) open = ask (server, "GET", "/metrics",
                             "Accept: application/openmetrics-text; version=1.0.0");

  g_assert_cmpuint (plain.status, ==, 200);
  g_assert_cmpstr (plain.type, ==, "text/plain; version=0.0.4; charset=utf-8");
  g_assert_nonnull (strstr (plain.text, "\nrunnel_history_runs 0\n"));
  g_assert_cmpuint (open.status, ==, 200);
  g_assert_cmpstr (open.type, ==, "application/openmetrics-text; version=1.0.0; charset=utf-8");
  g_assert_true (g_str_has_suffix (open.text, "# EOF\n"));
}

static void
test_refusals (void)
{
  g_autoptr(RunnelMetricsServer) server = listen_on ("localhost:0", NULL);

  assert_status (server, "HEAD", "/metrics", NULL, 200);
  assert_status (server, "GET", "/", NULL, 404);
  assert_status (server, "GET", "/metrics/../secret", NULL, 404);
  assert_status (server, "POST", "/metrics", NULL, 405);
  /* a page whose host name was made to lead here */
  assert_status (server, "GET", "/metrics", "Host: evil.example", 403);
  assert_status (server, "GET", "/metrics", "Host: localhost", 200);
}

static void
test_token (void)
{
  g_autoptr(RunnelMetricsServer) server = listen_on ("0.0.0.0:0", "s3cret-token");

  assert_status (server, "GET", "/metrics", NULL, 401);
  assert_status (server, "GET", "/metrics", "Authorization: Bearer s3cret-toke", 401);
  assert_status (server, "GET", "/metrics", "Authorization: Bearer s3cret-tokenn", 401);
  assert_status (server, "GET", "/metrics", "Authorization: Bearer ", 401);
  assert_status (server, "GET", "/metrics", "Authorization: Basic s3cret-token", 401);
  assert_status (server, "GET", "/other", NULL, 401);
  assert_status (server, "GET", "/metrics", "Authorization: bearer s3cret-token", 200);
}

static void
assert_refused (const char *address,
                int         code)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_metrics_server_new (address, NULL, &error));
  g_assert_error (error, RUNNEL_METRICS_SERVER_ERROR, code);
  g_assert_nonnull (strstr (error->message, address));
}

static void
test_addresses (void)
{
  g_autoptr(RunnelMetricsServer) server = listen_on ("127.0.0.1:0", NULL);
  g_autofree char *url = runnel_metrics_server_get_url (server);
  g_auto(GStrv) parts = g_strsplit (url, "/", -1);

  assert_refused ("0.0.0.0:0", RUNNEL_METRICS_SERVER_ERROR_ADDRESS);
  assert_refused ("[::]:9464", RUNNEL_METRICS_SERVER_ERROR_ADDRESS);
  assert_refused ("9464", RUNNEL_METRICS_SERVER_ERROR_ADDRESS);
  assert_refused ("127.0.0.1", RUNNEL_METRICS_SERVER_ERROR_ADDRESS);
  assert_refused ("no such host:1", RUNNEL_METRICS_SERVER_ERROR_ADDRESS);
  assert_refused ("", RUNNEL_METRICS_SERVER_ERROR_ADDRESS);
  assert_refused (parts[2], RUNNEL_METRICS_SERVER_ERROR_BUSY);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/telemetry/metrics-server/formats", test_formats);
  g_test_add_func ("/telemetry/metrics-server/refusals", test_refusals);
  g_test_add_func ("/telemetry/metrics-server/token", test_token);
  g_test_add_func ("/telemetry/metrics-server/addresses", test_addresses);
  return g_test_run ();
}
