/* test-telemetry-config.c: whom to tell of runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "telemetry-fixture.h"

static RunnelTelemetryConfig *
read_config (const char *telemetry,
             GError    **error)
{
  g_autofree char *path = runnel_settings_get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = g_strdup_printf ("{\"telemetry\": %s}", telemetry);
  g_autoptr(RunnelSettings) settings = NULL;
  g_autofree char *problems = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  settings = runnel_settings_load ();
  problems = runnel_settings_describe_problems (settings, RUNNEL_SEVERITY_WARNING);
  g_assert_cmpstr (problems, ==, NULL);
  return runnel_telemetry_config_new (settings, error);
}

static void
test_off (void)
{
  g_autoptr(RunnelTelemetryConfig) none = read_config ("{}", NULL);
  g_autoptr(RunnelTelemetryConfig) nothing =
    read_config ("{\"otlp\": {\"endpoint\": \"\", \"gzip\": true}, \"webhook\": {\"mode\": \"binary\"}}",
                 NULL);

  g_assert_true (runnel_telemetry_config_is_empty (none));
  g_assert_true (runnel_telemetry_config_is_empty (nothing));
  g_assert_cmpint (none->patience, ==, 2 * G_TIME_SPAN_SECOND);
}

static void
test_all (void)
{
  g_autoptr(RunnelTelemetryConfig) config = read_config (
    "{\"otlp\": {\"endpoint\": \"http://localhost:4318//\", \"headers\": {\"authorization\": \"a\"},"
    " \"metrics\": false, \"gzip\": true, \"attributes\": {\"deployment.environment.name\": \"lab\"}},"
    " \"webhook\": {\"url\": \"https://x.example/hook?a=b\", \"mode\": \"binary\", \"secret\": \"key\","
    " \"headers\": {\"X-Key\": \"b\"}},"
    " \"patience\": \"500ms\", \"textfile\": \"/tmp/x.prom\"}", NULL);
  g_auto(GStrv) otlp = runnel_receiver_list_secrets (config->otlp);
  g_auto(GStrv) webhook = runnel_receiver_list_secrets (config->webhook);

  g_assert_cmpstr (config->otlp->url, ==, "http://localhost:4318");
  g_assert_true (config->traces);
  g_assert_false (config->metrics);
  g_assert_true (config->otlp->gzip);
  g_assert_cmpstr (g_hash_table_lookup (config->attributes, "deployment.environment.name"), ==, "lab");
  g_assert_cmpstr (config->webhook->url, ==, "https://x.example/hook?a=b");
  g_assert_true (config->is_binary);
  g_assert_cmpstr (config->textfile, ==, "/tmp/x.prom");
  g_assert_cmpint (config->patience, ==, 500 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpuint (g_strv_length (otlp), ==, 1);
  g_assert_cmpuint (g_strv_length (webhook), ==, 2);
  g_assert_false (runnel_telemetry_config_is_empty (config));
}

static void
test_wrong (void)
{
  static const char *const wrong[] = {
    "{\"otlp\": {\"endpoint\": \"localhost:4318\"}}",
    "{\"otlp\": {\"endpoint\": \"file:///etc/passwd\"}}",
    "{\"otlp\": {\"endpoint\": \"http://\"}}",
    "{\"otlp\": {\"endpoint\": \"http://me:pw@host\"}}",
    "{\"webhook\": {\"url\": \"http://host/#top\"}}",
    "{\"webhook\": {\"url\": \"http://host/\", \"headers\": {\"a b\": \"x\"}}}",
    "{\"webhook\": {\"url\": \"http://host/\", \"headers\": {\"a\\nb: c\": \"x\"}}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (read_config (wrong[i], &error));
      g_assert_error (error, RUNNEL_TELEMETRY_ERROR, RUNNEL_TELEMETRY_ERROR_CONFIG);
      g_assert_null (strstr (error->message, "me:pw"));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/telemetry/config/off", test_off);
  g_test_add_func ("/telemetry/config/all", test_all);
  g_test_add_func ("/telemetry/config/wrong", test_wrong);
  return g_test_run ();
}
