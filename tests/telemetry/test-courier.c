/* test-courier.c: takes parcels to a receiver
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "canned-server.h"
#include "telemetry-fixture.h"
#include "telemetry/runnel-courier.h"

#define LONG (60 * G_TIME_SPAN_SECOND)
#define SHORT (50 * G_TIME_SPAN_MILLISECOND)

/* Carries one parcel to a server that answers so; NULL = it does not. */
static gboolean
carry (const char     *answer,
       gint64          patience,
       GCancellable   *cancellable,
       RunnelReceipt  *ret_receipt,
       GError        **error)
{
  const char *answers[] = { answer, NULL };
  CannedServer *server = canned_server_new (answers);
  RunnelReceiver *receiver = make_receiver ("otlp", server->url);
  RunnelCourier *courier = runnel_courier_new (receiver, patience);
  g_autoptr(RunnelParcel) parcel = make_parcel ("{}", 1);
  gboolean ok = runnel_courier_carry (courier, parcel, cancellable, ret_receipt, error);

  runnel_courier_free (courier);
  free_receiver (receiver);
  canned_server_free (server);
  return ok;
}

static void
test_taken (void)
{
  static const char *const answers[] = {
    ANSWER ("200 OK", "Content-Length: 2\r\n", "{}"),
    ANSWER ("204 No Content", "", ""),
    ANSWER ("202 Accepted", "Content-Length: 0\r\n", ""),
    ANSWER ("200 OK", "Content-Length: 3\r\n", "\xff\xff\xff"),
    ANSWER ("200 OK", "Content-Length: 100\r\n", "{}"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_auto(RunnelReceipt) receipt = { 0, };
      g_autoptr(GError) error = NULL;

      g_assert_true (carry (answers[i], LONG, NULL, &receipt, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (receipt.n_rejected, ==, 0);
    }
}

static void
test_partly_taken (void)
{
  g_auto(RunnelReceipt) receipt = { 0, };

  g_assert_true (carry (ANSWER ("200 OK", "", "{\"partialSuccess\": {\"rejectedDataPoints\": \"3\","
                                              " \"errorMessage\": \"too\\nmany\"}}"),
                        LONG, NULL, &receipt, NULL));
  g_assert_cmpuint (receipt.n_rejected, ==, 3);
  g_assert_cmpstr (receipt.message, ==, "too many");
}

static void
test_not_taken (void)
{
  static const struct
  {
    const char *answer;
    int code;
    gint64 retry_after;
    const char *in_message;
  } cases[] = {
    { ANSWER ("400 Bad Request", "Content-Length: 4\r\n", "what"), RUNNEL_TELEMETRY_ERROR_REFUSED,
      -1, "400 Bad Request: what" },
    { ANSWER ("500 Oops", "", ""), RUNNEL_TELEMETRY_ERROR_REFUSED, -1, "500 Oops" },
    { ANSWER ("302 Found", "Location: http://127.0.0.1:1/\r\n", ""), RUNNEL_TELEMETRY_ERROR_REFUSED,
      -1, "302" },
    { ANSWER ("503 Busy", "Retry-After: 7\r\n", ""), RUNNEL_TELEMETRY_ERROR_UNREACHED,
      7 * G_TIME_SPAN_SECOND, "503" },
    { ANSWER ("429 Slow Down", "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n", ""),
      RUNNEL_TELEMETRY_ERROR_UNREACHED, 0, "429" },
    { ANSWER ("502 Bad Gateway", "Retry-After: soon\r\n", ""), RUNNEL_TELEMETRY_ERROR_UNREACHED, -1,
      "502" },
    { ANSWER ("504 Timeout", "Retry-After: -5\r\n", ""), RUNNEL_TELEMETRY_ERROR_UNREACHED, -1,
      "504" },
    { "SSH-2.0-OpenSSH_9.2\r\n", RUNNEL_TELEMETRY_ERROR_UNREACHED, -1, "" },
    { "", RUNNEL_TELEMETRY_ERROR_UNREACHED, -1, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto(RunnelReceipt) receipt = { 0, };
      g_autoptr(GError) error = NULL;

      g_assert_false (carry (cases[i].answer, LONG, NULL, &receipt, &error));
      g_assert_error (error, RUNNEL_TELEMETRY_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].in_message));
      g_assert_cmpint (receipt.retry_after, ==, cases[i].retry_after);
    }
}

static void
test_no_answer (void)
{
  g_auto(RunnelReceipt) receipt = { 0, };
  g_autoptr(GError) error = NULL;

  g_assert_false (carry (NULL, SHORT, NULL, &receipt, &error));
  g_assert_error (error, RUNNEL_TELEMETRY_ERROR, RUNNEL_TELEMETRY_ERROR_UNREACHED);
  g_assert_nonnull (strstr (error->message, "in time"));
}

static void
test_cancelled (void)
{
  g_auto(RunnelReceipt) receipt = { 0, };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (carry (NULL, LONG, cancellable, &receipt, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_nobody_there (void)
{
  CannedServer *server = canned_server_new (NULL);
  RunnelReceiver *receiver = make_receiver ("otlp", server->url);
  RunnelCourier *courier = runnel_courier_new (receiver, LONG);
  g_autoptr(RunnelParcel) parcel = make_parcel ("{}", 1);
  g_auto(RunnelReceipt) receipt = { 0, };
  g_autoptr(GError) error = NULL;

  canned_server_free (server);
  g_assert_false (runnel_courier_carry (courier, parcel, NULL, &receipt, &error));
  g_assert_error (error, RUNNEL_TELEMETRY_ERROR, RUNNEL_TELEMETRY_ERROR_UNREACHED);
  runnel_courier_free (courier);
  free_receiver (receiver);
}

/* Headers of the parcel and those with secrets, and the body as it is or compressed. */
static void
test_request (void)
{
  const char *answers[] = { ANSWER ("200 OK", "Content-Length: 0\r\n", ""), NULL };
  const char *headers[] = { "ce-id", "7", NULL };
  CannedServer *server = canned_server_new (answers);
  RunnelReceiver *receiver = make_receiver ("otlp", server->url);
  RunnelCourier *courier = runnel_courier_new (receiver, LONG);
  g_autoptr(RunnelParcel) parcel = make_parcel ("{\"a\": 1}", 1);
  g_auto(RunnelReceipt) first = { 0, };
  g_auto(RunnelReceipt) second = { 0, };
  const char *request;

  g_setenv ("RUNNEL_SECRET_API_KEY", "opensesame", TRUE);
  g_hash_table_insert (receiver->headers, g_strdup ("x-key"), g_strdup ("api-key"));
  parcel->headers = g_strdupv ((char **) headers);
  g_assert_true (runnel_courier_carry (courier, parcel, NULL, &first, NULL));
  receiver->gzip = TRUE;
  g_assert_true (runnel_courier_carry (courier, parcel, NULL, &second, NULL));
  g_assert_cmpuint (canned_server_count (server), ==, 2);
  request = server->requests->pdata[0];
  g_assert_true (g_str_has_prefix (request, "POST /v1/traces HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (request, "\r\nx-key: opensesame\r\n"));
  g_assert_nonnull (strstr (request, "\r\nce-id: 7\r\n"));
  g_assert_nonnull (strstr (request, "\r\nContent-Type: application/json\r\n"));
  g_assert_true (g_str_has_suffix (request, "\r\n\r\n{\"a\": 1}"));
  g_assert_nonnull (strstr (server->requests->pdata[1], "\r\nContent-Encoding: gzip\r\n"));
  runnel_courier_free (courier);
  free_receiver (receiver);
  canned_server_free (server);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/telemetry/courier/taken", test_taken);
  g_test_add_func ("/telemetry/courier/partly-taken", test_partly_taken);
  g_test_add_func ("/telemetry/courier/not-taken", test_not_taken);
  g_test_add_func ("/telemetry/courier/no-answer", test_no_answer);
  g_test_add_func ("/telemetry/courier/cancelled", test_cancelled);
  g_test_add_func ("/telemetry/courier/nobody-there", test_nobody_there);
  g_test_add_func ("/telemetry/courier/request", test_request);
  return g_test_run ();
}
