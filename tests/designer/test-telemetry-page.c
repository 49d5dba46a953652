/* test-telemetry-page.c: the preferences that say who is told of runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <adwaita.h>
#include <glib/gstdio.h>

#include "preferences-fixture.h"
#include "designer/telemetry/runnel-telemetry-page.h"
#include "engine/limits/runnel-settings.h"
#include "../telemetry/canned-server.h"
#include "telemetry/runnel-delivery-record.h"

#define FINE ANSWER ("200 OK", "Content-Length: 0\r\n", "")

static GtkWidget *
create_page (void)
{
  return g_object_ref_sink (runnel_telemetry_page_new ());
}

static void
write_settings (const char *text)
{
  g_autofree char *path = runnel_settings_get_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static const char *
get_subtitle (GtkWidget  *page,
              const char *title)
{
  return adw_action_row_get_subtitle (ADW_ACTION_ROW (wait_for_row (page, title)));
}

static void
test_changes (void)
{
  GtkWidget *page;
  GtkWidget *traces;

  write_settings ("{}");
  page = create_page ();
  apply (wait_for_row (page, "Endpoint, such as http://localhost:4318"), "http://127.0.0.1:4318");
  wait_for_setting ("telemetry.otlp.endpoint", "\"http://127.0.0.1:4318\"");
  traces = find (wait_for_row (page, "Traces"), GTK_TYPE_SWITCH, NULL);
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (traces)));
  gtk_switch_set_active (GTK_SWITCH (traces), FALSE);
  wait_for_setting ("telemetry.otlp.traces", "false");
  apply (wait_for_row (page, "URL"), "https://events.example/x");
  wait_for_setting ("telemetry.webhook.url", "\"https://events.example/x\"");
  adw_combo_row_set_selected (ADW_COMBO_ROW (wait_for_row (page, "CloudEvents")), 1);
  wait_for_setting ("telemetry.webhook.mode", "\"binary\"");
  apply (wait_for_row (page, "Signed with this secret"), "hook-key");
  wait_for_setting ("telemetry.webhook.secret", "\"hook-key\"");
  apply (wait_for_row (page, "Write metrics to this file after each run"), "/tmp/x.prom");
  wait_for_setting ("telemetry.textfile", "\"/tmp/x.prom\"");
  apply (wait_for_row (page, "URL"), "");
  wait_for_setting ("telemetry.webhook.url", NULL);
  g_object_unref (page);
}

/* What the file has is shown, and showing it changes nothing. */
static void
test_shows (void)
{
  GtkWidget *page;
  GtkWidget *row;

  write_settings ("{\"telemetry\": {\"otlp\": {\"endpoint\": \"http://x:1\", \"metrics\": false,"
                  " \"headers\": {\"authorization\": \"token\"}}, \"webhook\": {\"mode\": \"binary\"}}}");
  page = create_page ();
  row = wait_for_row (page, "authorization");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==,
                   "The value of the secret “token”");
  row = wait_for_row (page, "Endpoint, such as http://localhost:4318");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "http://x:1");
  row = find (wait_for_row (page, "Metrics"), GTK_TYPE_SWITCH, NULL);
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (row)));
  row = wait_for_row (page, "CloudEvents");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (row)), ==, 1);
  wait_for_setting ("telemetry.otlp.traces", NULL);
  g_object_unref (page);
}

static void
test_headers (void)
{
  GtkWidget *page;
  GtkWidget *row;
  GtkWidget *button;

  write_settings ("{}");
  page = create_page ();
  apply (wait_for_row (page, "Add a header of this name"), "x-api-key");
  apply (wait_for_row (page, "Its value is this secret"), "api");
  wait_for_setting ("telemetry.otlp.headers.x-api-key", "\"api\"");
  row = wait_for_row (page, "x-api-key");
  g_assert_cmpstr (gtk_editable_get_text (
    GTK_EDITABLE (wait_for_row (page, "Add a header of this name"))), ==, "");
  button = find (row, GTK_TYPE_BUTTON, NULL);
  g_signal_emit_by_name (button, "clicked");
  wait_for_setting ("telemetry.otlp.headers.x-api-key", NULL);
  while (find (page, ADW_TYPE_PREFERENCES_ROW, "x-api-key"))
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (page);
}

/* It is not kept, it says why, and what was typed stays to be mended. */
static void
test_wrong_url (void)
{
  GtkWidget *page;
  GtkWidget *row;
  GtkWidget *group;

  write_settings ("{}");
  page = create_page ();
  apply (wait_for_row (page, "Endpoint, such as http://localhost:4318"), "localhost:4318");
  row = wait_for_row (page, "Endpoint, such as http://localhost:4318");
  group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_assert_nonnull (strstr (adw_preferences_group_get_description (ADW_PREFERENCES_GROUP (group)),
                            "has to begin with http"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "localhost:4318");
  wait_for_setting ("telemetry.otlp.endpoint", NULL);
  apply (wait_for_row (page, "Endpoint, such as http://localhost:4318"), "http://localhost:4318");
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  wait_for_setting ("telemetry.otlp.endpoint", "\"http://localhost:4318\"");
  g_object_unref (page);
}

static void
test_try (void)
{
  const char *answers[] = { FINE, NULL };
  CannedServer *server = canned_server_new (answers);
  g_autofree char *text = g_strdup_printf ("{\"telemetry\": {\"otlp\": {\"endpoint\": \"%s\"}}}",
                                           server->url);
  GtkWidget *page;
  GtkWidget *row;

  write_settings (text);
  page = create_page ();
  row = wait_for_row (page, "Try It");
  while (!gtk_widget_get_visible (row))
    g_main_context_iteration (NULL, TRUE);
  g_signal_emit_by_name (find (row, GTK_TYPE_BUTTON, NULL), "clicked");
  g_assert_cmpstr (get_subtitle (page, "OTLP traces"), ==, "200 OK");
  g_assert_cmpstr (get_subtitle (page, "OTLP metrics"), ==, "200 OK");
  g_assert_cmpuint (canned_server_count (server), ==, 2);
  g_object_unref (page);
  canned_server_free (server);
}

static void
test_deliveries (void)
{
  const RunnelDeliveryRecord record = { .n_sent = 12, .n_dropped = 3, .failed = 2, .delivered = 1,
                                        .problem = (char *) "<no> luck" };
  GtkWidget *page;

  write_settings ("{\"telemetry\": {\"webhook\": {\"url\": \"http://x/\"}}}");
  g_assert_true (runnel_delivery_record_add ("webhook", &record, NULL));
  page = create_page ();
  while (!g_str_has_prefix (get_subtitle (page, "Webhook"), "12 sent, 0 waiting, 3 lost"))
    g_main_context_iteration (NULL, TRUE);
  /* later versions of libadwaita give the markup */
  g_assert_true (strstr (get_subtitle (page, "Webhook"), "<no> luck") ||
                 strstr (get_subtitle (page, "Webhook"), "&lt;no&gt; luck"));
  g_assert_cmpstr (get_subtitle (page, "OpenTelemetry"), ==, "Off");
  g_object_unref (page);
}

static void
test_goes_away_at_once (void)
{
  GtkWidget *page = create_page ();

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  g_object_unref (page);
  while (page)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *root = g_dir_make_tmp ("runnel-telemetry-XXXXXX", NULL);

  g_setenv ("XDG_CONFIG_HOME", root, TRUE);
  g_setenv ("XDG_CONFIG_DIRS", root, TRUE);
  g_setenv ("XDG_DATA_HOME", root, TRUE);
  g_setenv ("XDG_STATE_HOME", root, TRUE);
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/designer/telemetry-page/changes", test_changes);
  g_test_add_func ("/designer/telemetry-page/shows", test_shows);
  g_test_add_func ("/designer/telemetry-page/headers", test_headers);
  g_test_add_func ("/designer/telemetry-page/wrong-url", test_wrong_url);
  g_test_add_func ("/designer/telemetry-page/try", test_try);
  g_test_add_func ("/designer/telemetry-page/deliveries", test_deliveries);
  g_test_add_func ("/designer/telemetry-page/goes-away-at-once", test_goes_away_at_once);
  return g_test_run ();
}
