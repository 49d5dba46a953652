/* test-telemetry.c: tells others of a run while it goes on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "canned-server.h"
#include "telemetry-fixture.h"
#include "telemetry/runnel-probe.h"
#include "telemetry/runnel-receiver-status.h"
#include "telemetry/runnel-telemetry.h"

#define FINE ANSWER ("200 OK", "Content-Length: 0\r\n", "")

static RunnelTelemetryConfig *
make_config (const char *otlp,
             const char *webhook)
{
  RunnelTelemetryConfig *config = g_new0 (RunnelTelemetryConfig, 1);

  config->attributes = g_hash_table_new (g_str_hash, g_str_equal);
  config->traces = config->metrics = TRUE;
  config->patience = G_TIME_SPAN_MINUTE;
  if (otlp)
    config->otlp = make_receiver ("otlp", otlp);
  if (webhook)
    config->webhook = make_receiver ("webhook", webhook);
  return config;
}

static void
tell (RunnelEventSink *sink,
      RunnelEventType  type,
      const char      *step,
      RunnelState      state)
{
  const RunnelEvent event = make_event (type, 1, step, step ? 1 : 0, state);

  sink->event (sink, &event);
}

/* The sink gets a run with one step. */
static void
tell_run (RunnelEventSink *sink)
{
  tell (sink, RUNNEL_EVENT_RUN_STARTED, NULL, RUNNEL_STATE_RUNNING);
  tell (sink, RUNNEL_EVENT_ATTEMPT_STARTED, "s0", RUNNEL_STATE_RUNNING);
  tell (sink, RUNNEL_EVENT_ATTEMPT_FINISHED, "s0", RUNNEL_STATE_SUCCEEDED);
  tell (sink, RUNNEL_EVENT_STEP_FINISHED, "s0", RUNNEL_STATE_SUCCEEDED);
  tell (sink, RUNNEL_EVENT_RUN_FINISHED, NULL, RUNNEL_STATE_SUCCEEDED);
}

static guint
count_requests (CannedServer *server,
                const char   *prefix)
{
  guint n = 0;

  for (guint i = 0; i < server->requests->len; i++)
    n += g_str_has_prefix (server->requests->pdata[i], prefix);
  return n;
}

static void
test_tells_all (void)
{
  const char *answers[] = { FINE, NULL };
  g_autoptr(RunnelHistory) history = open_history (NULL);
  CannedServer *otlp = canned_server_new (answers);
  CannedServer *webhook = canned_server_new (answers);
  RunnelTelemetry *telemetry = runnel_telemetry_new (make_config (otlp->url, webhook->url),
                                                     make_facts (history, NULL));
  g_auto(RunnelReceiverStatus) status = { 0, };

  tell_run (runnel_telemetry_get_sink (telemetry));
  runnel_telemetry_close (telemetry);
  g_assert_cmpuint (count_requests (otlp, "POST /v1/traces "), ==, 1);
  g_assert_cmpuint (count_requests (otlp, "POST /v1/metrics "), >=, 1);
  g_assert_cmpuint (count_requests (webhook, "POST / "), ==, 4);
  runnel_receiver_status_load ("webhook", &status);
  g_assert_cmpuint (status.record.n_sent, ==, 4);
  canned_server_free (otlp);
  canned_server_free (webhook);
}

/* One receiver that hangs does not keep what another one gets. */
static void
test_one_hangs (void)
{
  const char *answers[] = { FINE, NULL };
  g_autoptr(RunnelHistory) history = open_history (NULL);
  CannedServer *otlp = canned_server_new (NULL);
  CannedServer *webhook = canned_server_new (answers);
  RunnelTelemetryConfig *config = make_config (otlp->url, webhook->url);
  RunnelTelemetry *telemetry;
  g_auto(RunnelReceiverStatus) status = { 0, };

  config->patience = 20 * G_TIME_SPAN_MILLISECOND;
  telemetry = runnel_telemetry_new (config, make_facts (history, NULL));
  tell_run (runnel_telemetry_get_sink (telemetry));
  while (canned_server_count (webhook) < 4)
    g_usleep (1000);
  runnel_telemetry_close (telemetry);
  runnel_receiver_status_load ("otlp", &status);
  g_assert_cmpuint (status.record.n_dropped, ==, 0);
  g_assert_cmpuint (status.waiting.n_facts, >=, 3);
  canned_server_free (otlp);
  canned_server_free (webhook);
}

static void
test_nothing_happens (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  RunnelTelemetryConfig *config = make_config (NULL, NULL);

  config->textfile = g_build_filename (g_get_user_data_dir (), "runnel.prom", NULL);
  runnel_telemetry_close (runnel_telemetry_new (config, make_facts (history, NULL)));
  runnel_telemetry_close (NULL);
}

static void
test_probe (void)
{
  const char *answers[] = { FINE, NULL };
  const char *busy[] = { ANSWER ("503 Busy", "Content-Length: 0\r\n", ""), NULL };
  CannedServer *otlp = canned_server_new (answers);
  CannedServer *webhook = canned_server_new (busy);
  g_autoptr(RunnelTelemetryConfig) config = make_config (otlp->url, webhook->url);
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();
  g_autoptr(GPtrArray) probes = runnel_probe_all (config, settings, NULL);

  g_assert_cmpuint (probes->len, ==, 3);
  g_assert_true (((RunnelProbe *) probes->pdata[0])->ok);
  g_assert_cmpstr (((RunnelProbe *) probes->pdata[0])->answer, ==, "200 OK");
  g_assert_true (((RunnelProbe *) probes->pdata[1])->ok);
  g_assert_false (((RunnelProbe *) probes->pdata[2])->ok);
  g_assert_nonnull (strstr (((RunnelProbe *) probes->pdata[2])->answer, "503"));
  canned_server_free (otlp);
  canned_server_free (webhook);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/telemetry/telemetry/tells-all", test_tells_all);
  g_test_add_func ("/telemetry/telemetry/one-hangs", test_one_hangs);
  g_test_add_func ("/telemetry/telemetry/nothing-happens", test_nothing_happens);
  g_test_add_func ("/telemetry/telemetry/probe", test_probe);
  return g_test_run ();
}
