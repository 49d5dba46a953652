/* test-http.c: requests to a server of our own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <libsoup/soup.h>

#include "kind-fixture.h"

static SoupServer *server;
static guint port;
static char *last_request;      /* method, path, interesting headers and body of the last request */

/* Where nobody listens: a port that was just given back. */
static guint closed_port;

static void
remember (SoupServerMessage *message,
          const char        *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr(GBytes) bytes = soup_message_body_flatten (body);
  const char *type = soup_message_headers_get_one (headers, "Content-Type");
  const char *authorization = soup_message_headers_get_one (headers, "Authorization");
  const char *custom = soup_message_headers_get_one (headers, "X-Custom");

  g_free (last_request);
  last_request = g_strdup_printf ("%s %s type=%s authorization=%s custom=%s body=%.*s",
                                  soup_server_message_get_method (message), path,
                                  type ? type : "", authorization ? authorization : "",
                                  custom ? custom : "", (int) g_bytes_get_size (bytes),
                                  (const char *) g_bytes_get_data (bytes, NULL));
}

static void
respond (SoupServerMessage *message,
         guint              status,
         const char        *type,
         const char        *body,
         gsize              length)
{
  soup_server_message_set_status (message, status, NULL);
  if (body)
    soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, body, length);
}

static void
redirect (SoupServerMessage *message,
          const char        *path)
{
  g_autofree char *next = NULL;

  if (g_str_equal (path, "/redirect/loop"))
    soup_server_message_set_redirect (message, 302, "/redirect/loop");
  else if (g_str_equal (path, "/redirect/elsewhere"))
    {
      next = g_strdup_printf ("http://localhost:%u/json", port);
      soup_server_message_set_redirect (message, 302, next);
    }
  else
    soup_server_message_set_redirect (message, 302, "/json");
}

static void
server_cb (SoupServer        *soup_server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  static const char json[] =
    "{\"data\": {\"state\": \"ok\", \"items\": [{\"id\": 5}, {\"id\": 6.5}], \"none\": null},"
    " \"status\": \"inner\"}";

  remember (message, path);
  soup_message_headers_append (soup_server_message_get_response_headers (message), "X-Tag", "t1");
  soup_message_headers_append (soup_server_message_get_response_headers (message), "Set-Cookie",
                               "session=verysecret");

  if (g_str_has_prefix (path, "/redirect/"))
    redirect (message, path);
  else if (g_str_equal (path, "/json"))
    respond (message, 200, "application/json", json, strlen (json));
  else if (g_str_equal (path, "/bytes"))
    respond (message, 200, "application/octet-stream", "a\xff\0b", 4);
  else if (g_str_equal (path, "/long"))
    {
      g_autofree char *body = g_strnfill (11 * 1024 * 1024, 'x');

      respond (message, 200, "text/plain", body, strlen (body));
    }
  else if (g_str_equal (path, "/hang"))
    soup_server_message_pause (message);
  else if (g_str_equal (path, "/echo"))
    respond (message, 201, NULL, NULL, 0);
  else
    respond (message, 404, "text/plain", "nothing here", 12);
}

static void
start_server (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  GSList *uris;

  server = soup_server_new (NULL, NULL);
  soup_server_add_handler (server, NULL, server_cb, NULL, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  closed_port = g_socket_listener_add_any_inet_port (listener, NULL, &error);
  g_assert_no_error (error);
  g_socket_listener_close (listener);
}

/* `rest` is what follows in the object after the URL. */
static void
start (KindFixture *fixture,
       const char  *path,
       const char  *rest)
{
  g_autofree char *with = g_strdup_printf ("{'url': 'http://127.0.0.1:%u%s'%s}", port, path, rest);

  fixture_start (fixture, &runnel_http_kind, with);
}

static char *
read_log (KindFixture *fixture,
          gsize       *length)
{
  g_autofree char *path = g_build_filename (fixture->run_dir, "step.1.log", NULL);
  char *text;

  g_assert_true (g_file_get_contents (path, &text, length, NULL));

  return text;
}

static void
test_get (KindFixture   *fixture,
          gconstpointer  user_data)
{
  g_autofree char *log = NULL;

  start (fixture, "/json", ", 'headers': {'Authorization': 'Bearer hidden', 'X-Custom': 'shown'}");
  fixture_assert_succeeded (fixture);
  fixture_assert_output (fixture, "status", "200");
  g_assert_cmpstr (last_request, ==,
                   "GET /json type= authorization=Bearer hidden custom=shown body=");

  log = read_log (fixture, NULL);
  g_assert_true (g_str_has_prefix (log, "> GET http://127.0.0.1:"));
  g_assert_nonnull (strstr (log, "> Authorization: [not shown]\n"));
  g_assert_nonnull (strstr (log, "> X-Custom: shown\n"));
  g_assert_nonnull (strstr (log, "< 200 OK\n"));
  g_assert_nonnull (strstr (log, "< X-Tag: t1\n"));
  g_assert_nonnull (strstr (log, "\"state\": \"ok\""));
  g_assert_null (strstr (log, "hidden"));
  g_assert_null (strstr (log, "verysecret"));
}

static void
test_extract (KindFixture   *fixture,
              gconstpointer  user_data)
{
  start (fixture, "/json",
         ", 'extract': {'id': 'data.items[0].id', 'half': 'data.items.1.id', 'tag': 'header:X-Tag',"
         " 'inner': '.status', 'code': 'status', 'items': 'data.items', 'none': 'data.none'}");
  fixture_assert_succeeded (fixture);
  fixture_assert_output (fixture, "id", "5");
  fixture_assert_output (fixture, "half", "6.5");
  fixture_assert_output (fixture, "tag", "t1");
  fixture_assert_output (fixture, "inner", "inner");
  fixture_assert_output (fixture, "code", "200");
  fixture_assert_output (fixture, "items", "[{\"id\":5},{\"id\":6.5}]");
  fixture_assert_output (fixture, "none", "");
}

static void
test_post_json (KindFixture   *fixture,
                gconstpointer  user_data)
{
  start (fixture, "/echo", ", 'method': 'POST', 'body': {'a': [1, true]}, 'expect-status': 201");
  fixture_assert_succeeded (fixture);
  g_assert_cmpstr (last_request, ==,
                   "POST /echo type=application/json authorization= custom= body={\"a\":[1,true]}");
}

static void
test_post_text (KindFixture   *fixture,
                gconstpointer  user_data)
{
  start (fixture, "/echo",
         ", 'method': 'PUT', 'body': 'plain', 'headers': {'Content-Type': 'text/x-own'}");
  fixture_assert_succeeded (fixture);
  g_assert_cmpstr (last_request, ==,
                   "PUT /echo type=text/x-own authorization= custom= body=plain");
}

static void
test_redirect (KindFixture   *fixture,
               gconstpointer  user_data)
{
  g_autofree char *log = NULL;

  start (fixture, "/redirect/once", ", 'headers': {'Authorization': 'Bearer hidden'}");
  fixture_assert_succeeded (fixture);
  g_assert_cmpstr (last_request, ==, "GET /json type= authorization=Bearer hidden custom= body=");

  log = read_log (fixture, NULL);
  g_assert_nonnull (strstr (log, "< 302 Found\n"));
  g_assert_nonnull (strstr (log, "/json\n"));
}

/* Credentials don't follow to another host. */
static void
test_redirect_elsewhere (KindFixture   *fixture,
                         gconstpointer  user_data)
{
  start (fixture, "/redirect/elsewhere", ", 'headers': {'Authorization': 'Bearer hidden',"
         " 'X-Custom': 'kept'}");
  fixture_assert_succeeded (fixture);
  g_assert_cmpstr (last_request, ==, "GET /json type= authorization= custom=kept body=");
}

static void
test_bytes (KindFixture   *fixture,
            gconstpointer  user_data)
{
  g_autofree char *log = NULL;
  gsize length;

  start (fixture, "/bytes", ", 'extract': {'text': 'body'}");
  fixture_assert_succeeded (fixture);
  log = read_log (fixture, &length);
  g_assert_cmpmem (log + length - 4, 4, "a\xff\0b", 4);
  g_assert_true (g_utf8_validate (json_object_get_string_member (fixture->outputs, "text"), -1, NULL));
}

static void
test_long (KindFixture   *fixture,
           gconstpointer  user_data)
{
  g_autofree char *log = NULL;
  gsize length;

  start (fixture, "/long", "");
  fixture_assert_succeeded (fixture);
  log = read_log (fixture, &length);
  g_assert_cmpuint (length, >, 10 * 1024 * 1024);
  g_assert_cmpuint (length, <, 10 * 1024 * 1024 + 1000);
  g_assert_true (g_str_has_suffix (log, "* the answer is longer than 10 MB; the rest is left out\n"));
}

static void
test_cancel (KindFixture   *fixture,
             gconstpointer  user_data)
{
  start (fixture, "/hang", "");
  while (!last_request || !strstr (last_request, "/hang"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->n_finished, ==, 0);
  fixture->task->klass->cancel (fixture->task);
  fixture_wait (fixture);
  g_assert_cmpint (fixture->state, ==, RUNNEL_STATE_CANCELLED);
}

static void
test_refused (KindFixture   *fixture,
              gconstpointer  user_data)
{
  g_autofree char *with = g_strdup_printf ("{'url': 'http://127.0.0.1:%u/'}", closed_port);
  g_autofree char *log = NULL;

  fixture_start (fixture, &runnel_http_kind, with);
  fixture_assert_failed (fixture, "refused the connection");
  log = read_log (fixture, NULL);
  g_assert_nonnull (strstr (log, "refused the connection"));
}

/* The reserved domain .invalid never resolves, RFC 2606. */
static void
test_unresolved (KindFixture   *fixture,
                 gconstpointer  user_data)
{
  fixture_start (fixture, &runnel_http_kind, "{'url': 'http://no-such-host.invalid/'}");
  fixture_assert_failed (fixture, "no-such-host.invalid can't be resolved");
}

static void
test_unwritable_log (KindFixture   *fixture,
                     gconstpointer  user_data)
{
  g_autofree char *run_dir = g_steal_pointer (&fixture->run_dir);

  fixture->run_dir = g_build_filename (run_dir, "missing", NULL);
  start (fixture, "/json", "");
  fixture_assert_failed (fixture, "the log can't be written");
  g_free (fixture->run_dir);
  fixture->run_dir = g_steal_pointer (&run_dir);
}

typedef struct
{
  const char *name;
  const char *path;
  const char *rest;
  const char *reason;  /* NULL = succeeds */
} Row;

static const Row rows[] = {
  { "status", "/nowhere", "", "expected status 200-299, got 404 Not Found" },
  { "status-number", "/json", ", 'expect-status': 201", "expected status 201, got 200 OK" },
  { "status-list", "/nowhere", ", 'expect-status': '200-299, 404'", NULL },
  { "status-bad", "/json", ", 'expect-status': 'fine'", "“fine” is no list of statuses" },
  { "status-reversed", "/json", ", 'expect-status': '299-200'", "is no list of statuses" },
  { "assert", "/json", ", 'assert': {'data.state': 'ok', 'status': 200, 'header:X-Tag': 't1',"
    " 'data.items[0].id': 5.0, 'data.items[1]': {'id': 6.5}, 'data.none': null}", NULL },
  { "assert-fails", "/json", ", 'assert': {'data.state': 'failed'}",
    "assertion failed: expected data.state to be \"failed\", got \"ok\"" },
  { "assert-type", "/json", ", 'assert': {'data.items[0].id': '5'}",
    "expected data.items[0].id to be \"5\", got 5" },
  { "assert-missing", "/json", ", 'assert': {'data.nope.x': 1}",
    "expected data.nope.x to be 1, but the answer has no data.nope.x" },
  { "assert-index", "/json", ", 'assert': {'data.items[2]': 1}", "the answer has no data.items[2]" },
  { "assert-no-json", "/bytes", ", 'assert': {'a': 1}", "the answer is not JSON" },
  { "assert-cut", "/long", ", 'assert': {'a': 1}", "too long to look into" },
  { "extract-missing", "/json", ", 'extract': {'id': 'data.nope'}",
    "output “id” can't be taken from the answer: the answer has no data.nope" },
  { "extract-header", "/json", ", 'extract': {'id': 'header:X-Nope'}", "has no header X-Nope" },
  { "bad-path", "/json", ", 'extract': {'id': 'data.items[0'}", NULL },
  { "odd-path", "/json", ", 'extract': {'id': 'data..[[]].'}", "the answer has no data..[[]]." },
  { "loop", "/redirect/loop", "", "redirected more than 10 times" },
  { "method", "/json", ", 'method': 'FETCH'", "with.method: “FETCH” is no method" },
  { "header-injection", "/json", ", 'headers': {'X-A': 'b\\r\\nX-C: d'}", "is not a header" },
  { "header-name", "/json", ", 'headers': {'X A': 'b'}", "is not a header" },
  { "tls", "/json", ", 'url': 'https://127.0.0.1:1/'", "127.0.0.1:1" },
  { "no-url", "", ", 'url': null", "with.url" },
  { "bad-url", "", ", 'url': 'not a url'", "“not a url” is not a URL" },
  { "scheme", "", ", 'url': 'file:///etc/passwd'", "is not a URL" },
  { "no-host", "", ", 'url': 'http://'", "is not a URL" },
};

static void
test_row (KindFixture   *fixture,
          gconstpointer  user_data)
{
  const Row *row = user_data;

  start (fixture, row->path, row->rest);
  if (row->reason)
    fixture_assert_failed (fixture, row->reason);
  else
    fixture_assert_succeeded (fixture);
}

#define add(path, data, func) \
  g_test_add (path, KindFixture, data, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  start_server ();

  add ("/engine/http/get", NULL, test_get);
  add ("/engine/http/extract", NULL, test_extract);
  add ("/engine/http/post-json", NULL, test_post_json);
  add ("/engine/http/post-text", NULL, test_post_text);
  add ("/engine/http/redirect", NULL, test_redirect);
  add ("/engine/http/redirect-elsewhere", NULL, test_redirect_elsewhere);
  add ("/engine/http/bytes", NULL, test_bytes);
  add ("/engine/http/long", NULL, test_long);
  add ("/engine/http/cancel", NULL, test_cancel);
  add ("/engine/http/refused", NULL, test_refused);
  add ("/engine/http/unresolved", NULL, test_unresolved);
  add ("/engine/http/unwritable-log", NULL, test_unwritable_log);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/http/row/", rows[i].name, NULL);

      add (path, &rows[i], test_row);
    }
  status = g_test_run ();

  g_clear_object (&server);
  g_free (last_request);

  return status;
}
