/* test-delivery-record.c: how deliveries to a receiver went
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sys/wait.h>
#include <unistd.h>

#include "telemetry-fixture.h"
#include "telemetry/runnel-delivery-record.h"
#include "telemetry/runnel-receiver-status.h"

#define N_PROCESSES 4
#define N_TIMES 25

static void
test_sums (void)
{
  const RunnelDeliveryRecord fine = { .n_sent = 5, .delivered = 100 };
  const RunnelDeliveryRecord bad = { .n_dropped = 2, .failed = 200, .unreached = 200,
                                     .problem = (char *) "busy" };
  const RunnelDeliveryRecord later = { .n_sent = 1, .delivered = 300 };
  g_auto(RunnelDeliveryRecord) record = { 0, };

  g_assert_false (runnel_receiver_is_known ("otlp"));
  runnel_delivery_record_load ("otlp", &record);
  g_assert_cmpuint (record.n_sent, ==, 0);
  g_assert_true (runnel_delivery_record_is_ok (&record));
  g_assert_false (runnel_receiver_is_known ("otlp"));

  g_assert_true (runnel_delivery_record_add ("otlp", &fine, NULL));
  g_assert_true (runnel_delivery_record_add ("otlp", &bad, NULL));
  g_assert_true (runnel_receiver_is_known ("otlp"));
  runnel_delivery_record_load ("otlp", &record);
  g_assert_cmpuint (record.n_sent, ==, 5);
  g_assert_cmpuint (record.n_dropped, ==, 2);
  g_assert_cmpstr (record.problem, ==, "busy");
  g_assert_false (runnel_delivery_record_is_ok (&record));
  g_assert_true (runnel_delivery_record_is_unreached (&record, 200));
  g_assert_false (runnel_delivery_record_is_unreached (&record, 201));

  g_assert_true (runnel_delivery_record_add ("otlp", &later, NULL));
  runnel_delivery_record_clear (&record);
  runnel_delivery_record_load ("otlp", &record);
  g_assert_cmpuint (record.n_sent, ==, 6);
  g_assert_true (runnel_delivery_record_is_ok (&record));
  g_assert_false (runnel_delivery_record_is_unreached (&record, 0));
}

static void
test_damaged (void)
{
  static const char *const texts[] = { "", "[]", "{\"sent\": \"many\", \"problem\": 7}", "{" };
  g_autofree char *folder = runnel_delivery_get_folder ("webhook");
  g_autofree char *path = g_build_filename (folder, "deliveries.json", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto(RunnelDeliveryRecord) record = { 0, };

      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      runnel_delivery_record_load ("webhook", &record);
      g_assert_cmpuint (record.n_sent, ==, 0);
    }
}

static void
add_often_and_exit (void)
{
  const RunnelDeliveryRecord one = { .n_sent = 1, .delivered = 1 };

  for (guint i = 0; i < N_TIMES; i++)
    while (!runnel_delivery_record_add ("shared", &one, NULL))
      ; /* a busy machine may keep the lock from us for longer than we wait for it */
  _exit (0);
}

static void
test_processes (void)
{
  g_auto(RunnelDeliveryRecord) record = { 0, };
  int status;

  for (guint i = 0; i < N_PROCESSES; i++)
    if (fork () == 0)
      add_often_and_exit ();
  while (wait (&status) > 0)
    g_assert_cmpint (status, ==, 0);
  runnel_delivery_record_load ("shared", &record);
  g_assert_cmpuint (record.n_sent, ==, N_PROCESSES * N_TIMES);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/telemetry/delivery-record/sums", test_sums);
  g_test_add_func ("/telemetry/delivery-record/damaged", test_damaged);
  g_test_add_func ("/telemetry/delivery-record/processes", test_processes);
  return g_test_run ();
}
