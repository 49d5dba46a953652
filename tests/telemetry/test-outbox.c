/* test-outbox.c: has parcels delivered, and never makes anybody wait for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "canned-server.h"
#include "telemetry-fixture.h"
#include "telemetry/runnel-outbox.h"
#include "telemetry/runnel-receiver-status.h"

#define LONG (60 * G_TIME_SPAN_SECOND)
#define SHORT (20 * G_TIME_SPAN_MILLISECOND)

#define FINE ANSWER ("200 OK", "Content-Length: 0\r\n", "")
#define BUSY ANSWER ("503 Busy", "Retry-After: 0\r\nContent-Length: 0\r\n", "")
#define VERY_BUSY ANSWER ("503 Busy", "Retry-After: 1000\r\nContent-Length: 0\r\n", "")
#define GONE ANSWER ("410 Gone", "Content-Length: 0\r\n", "")

typedef struct
{
  CannedServer *server;
  RunnelReceiver *receiver;
  RunnelOutbox *outbox;
} Fixture;

/* Each test has a receiver of its own name, and so files of its own. */
static void
set_up (Fixture           *self,
        const char        *name,
        const char *const *answers)
{
  self->server = canned_server_new (answers);
  self->receiver = make_receiver (name, self->server->url);
  self->outbox = runnel_outbox_new (self->receiver, LONG);
}

static void
tear_down (Fixture              *self,
           gint64                patience,
           RunnelReceiverStatus *ret_status)
{
  runnel_outbox_begin_end (self->outbox, patience);
  runnel_outbox_close (self->outbox);
  runnel_receiver_status_load (self->receiver->name, ret_status);
  canned_server_free (self->server);
  free_receiver (self->receiver);
}

static void
wait_for_requests (Fixture *self,
                   guint    n)
{
  while (canned_server_count (self->server) < n)
    g_usleep (1000);
}

static void
test_delivers (void)
{
  const char *answers[] = { FINE, NULL };
  g_auto(RunnelReceiverStatus) status = { 0, };
  Fixture fixture;

  set_up (&fixture, "delivers", answers);
  for (guint i = 0; i < 10; i++)
    runnel_outbox_put (fixture.outbox, make_parcel ("x", 3));
  tear_down (&fixture, LONG, &status);
  g_assert_cmpuint (status.record.n_sent, ==, 30);
  g_assert_cmpuint (status.record.n_dropped, ==, 0);
  g_assert_cmpuint (status.waiting.n_parcels, ==, 0);
}

static void
test_tries_again (void)
{
  const char *answers[] = { BUSY, BUSY, FINE, NULL };
  g_auto(RunnelReceiverStatus) status = { 0, };
  Fixture fixture;

  set_up (&fixture, "again", answers);
  runnel_outbox_put (fixture.outbox, make_parcel ("x", 1));
  wait_for_requests (&fixture, 3);
  tear_down (&fixture, LONG, &status);
  g_assert_cmpuint (status.record.n_sent, ==, 1);
  g_assert_cmpuint (status.waiting.n_parcels, ==, 0);
  g_assert_true (runnel_delivery_record_is_ok (&status.record));
}

/* What is not delivered waits in files, in its order, and the next outbox delivers it. */
static void
test_spools (void)
{
  const char *busy[] = { VERY_BUSY, NULL };
  const char *fine[] = { FINE, NULL };
  g_auto(RunnelReceiverStatus) status = { 0, };
  g_auto(RunnelReceiverStatus) later = { 0, };
  Fixture fixture;

  set_up (&fixture, "spools", busy);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *text = g_strdup_printf ("body-%u", i);

      runnel_outbox_put (fixture.outbox, make_parcel (text, 1));
    }
  wait_for_requests (&fixture, 1);
  tear_down (&fixture, LONG, &status);
  g_assert_cmpuint (status.waiting.n_facts, ==, 3);
  g_assert_cmpuint (status.record.n_dropped, ==, 0);
  g_assert_false (runnel_delivery_record_is_ok (&status.record));

  set_up (&fixture, "spools", fine);
  wait_for_requests (&fixture, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *text = g_strdup_printf ("\r\n\r\nbody-%u", i);

      g_assert_true (g_str_has_suffix (fixture.server->requests->pdata[i], text));
    }
  tear_down (&fixture, LONG, &later);
  g_assert_cmpuint (later.waiting.n_parcels, ==, 0);
  g_assert_cmpuint (later.record.n_sent, ==, 3);
}

/* One that never answers is not waited for. */
static void
test_hangs (void)
{
  g_auto(RunnelReceiverStatus) status = { 0, };
  Fixture fixture;

  set_up (&fixture, "hangs", NULL);
  runnel_outbox_put (fixture.outbox, make_parcel ("x", 1));
  runnel_outbox_put (fixture.outbox, make_parcel ("y", 1));
  wait_for_requests (&fixture, 1);
  tear_down (&fixture, SHORT, &status);
  g_assert_cmpuint (status.waiting.n_facts, ==, 2);
  g_assert_cmpstr (status.record.problem, ==, "no answer before the run was over");
}

static void
test_bounded (void)
{
  g_auto(RunnelReceiverStatus) status = { 0, };
  Fixture fixture;

  set_up (&fixture, "bounded", NULL);
  runnel_outbox_put (fixture.outbox, make_parcel ("x", 1));
  wait_for_requests (&fixture, 1); /* that one is on its way, and in no queue */
  for (guint i = 0; i < RUNNEL_OUTBOX_MAX_PARCELS + 7; i++)
    runnel_outbox_put (fixture.outbox, make_parcel ("x", 2));
  runnel_outbox_lose (fixture.outbox, 5);
  tear_down (&fixture, SHORT, &status);
  g_assert_cmpuint (status.record.n_dropped, ==, 7 * 2 + 5 + 1); /* the spool is full by one, too */
  g_assert_cmpuint (status.waiting.n_parcels, ==, RUNNEL_SPOOL_MAX_PARCELS);
}

static void
test_bounded_size (void)
{
  g_autofree char *text = g_strnfill (RUNNEL_OUTBOX_MAX_SIZE / 2, 'x');
  g_auto(RunnelReceiverStatus) status = { 0, };
  Fixture fixture;

  set_up (&fixture, "size", NULL);
  runnel_outbox_put (fixture.outbox, make_parcel ("x", 1));
  wait_for_requests (&fixture, 1);
  for (guint i = 0; i < 3; i++)
    runnel_outbox_put (fixture.outbox, make_parcel (text, 1));
  tear_down (&fixture, SHORT, &status);
  g_assert_cmpuint (status.record.n_dropped, ==, 1);
}

/* What is about the run itself has a place even then. */
static void
test_essential (void)
{
  g_auto(RunnelReceiverStatus) status = { 0, };
  Fixture fixture;
  RunnelParcel *last = make_parcel ("the end", 1);

  set_up (&fixture, "essential", NULL);
  runnel_outbox_put (fixture.outbox, make_parcel ("x", 1));
  wait_for_requests (&fixture, 1);
  for (guint i = 0; i < RUNNEL_OUTBOX_MAX_PARCELS; i++)
    runnel_outbox_put (fixture.outbox, make_parcel ("x", 1));
  last->is_essential = TRUE;
  runnel_outbox_put (fixture.outbox, last);
  tear_down (&fixture, SHORT, &status);
  {
    g_autoptr(RunnelSpool) spool = runnel_receiver_open_spool ("essential");
    g_auto(GStrv) names = runnel_spool_list (spool);
    g_autoptr(RunnelParcel) kept =
      runnel_spool_read (spool, names[g_strv_length (names) - 1], NULL);

    g_assert_cmpmem (g_bytes_get_data (kept->body, NULL), g_bytes_get_size (kept->body),
                     "the end", 7);
  }
}

/* It asked not to be told any more. */
static void
test_unwanted (void)
{
  const char *answers[] = { GONE, NULL };
  g_auto(RunnelReceiverStatus) status = { 0, };
  Fixture fixture;

  set_up (&fixture, "unwanted", answers);
  for (guint i = 0; i < 5; i++)
    runnel_outbox_put (fixture.outbox, make_parcel ("x", 1));
  wait_for_requests (&fixture, 1);
  tear_down (&fixture, LONG, &status);
  g_assert_cmpuint (status.record.n_dropped, ==, 5);
  g_assert_cmpuint (status.waiting.n_parcels, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/telemetry/outbox/delivers", test_delivers);
  g_test_add_func ("/telemetry/outbox/tries-again", test_tries_again);
  g_test_add_func ("/telemetry/outbox/spools", test_spools);
  g_test_add_func ("/telemetry/outbox/hangs", test_hangs);
  g_test_add_func ("/telemetry/outbox/bounded", test_bounded);
  g_test_add_func ("/telemetry/outbox/bounded-size", test_bounded_size);
  g_test_add_func ("/telemetry/outbox/essential", test_essential);
  g_test_add_func ("/telemetry/outbox/unwanted", test_unwanted);
  return g_test_run ();
}
