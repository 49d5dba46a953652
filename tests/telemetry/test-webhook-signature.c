/* test-webhook-signature.c: signs what is sent to a webhook
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "telemetry/runnel-webhook-signature.h"

/* The example of the libraries of standard-webhooks. */
#define SECRET "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
#define ID "msg_p5jXN8AQM9LWM0D4loKWxJek"
#define TIME 1614265330
#define BODY "{\"test\": 2432232314}"
#define SIGNATURE "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

static void
test_example (void)
{
  g_autoptr(GBytes) body = g_bytes_new_static (BODY, strlen (BODY));
  g_autofree char *signature = NULL;
  g_autofree char *without_prefix = NULL;

  signature = runnel_webhook_signature_make (SECRET, ID, TIME, body, NULL);
  g_assert_cmpstr (signature, ==, SIGNATURE);
  without_prefix = runnel_webhook_signature_make (SECRET + 6, ID, TIME, body, NULL);
  g_assert_cmpstr (without_prefix, ==, SIGNATURE);
}

static void
test_headers (void)
{
  g_autoptr(GBytes) body = g_bytes_new_static (BODY, strlen (BODY));
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);

  g_assert_true (runnel_webhook_signature_add_headers (headers, SECRET, ID, TIME, body, NULL));
  g_assert_cmpstr (soup_message_headers_get_one (headers, "webhook-id"), ==, ID);
  g_assert_cmpstr (soup_message_headers_get_one (headers, "webhook-timestamp"), ==, "1614265330");
  g_assert_cmpstr (soup_message_headers_get_one (headers, "webhook-signature"), ==, SIGNATURE);
  soup_message_headers_unref (headers);
}

/* What is wrong with a secret is said without it. */
static void
test_secrets (void)
{
  static const char *const wrong[] = {
    "", "whsec_", "correct horse battery staple!", "whsec_c2hvcnQ=", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS",
    "whsec_====", "whsec_MfKQ9r8GKYqrTwjUPD8=LPZIo2LaLaSw",
  };
  g_autofree char *too_long = g_strnfill (88, 'A');
  g_autoptr(GBytes) body = g_bytes_new_static ("", 0);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (runnel_webhook_signature_make (wrong[i], ID, TIME, body, &error));
      g_assert_error (error, RUNNEL_WEBHOOK_ERROR, RUNNEL_WEBHOOK_ERROR_SECRET);
      g_assert_nonnull (strstr (error->message, "24 to 64 bytes"));
      g_assert_true (strlen (wrong[i]) < 8 || !strstr (error->message, wrong[i]));
    }
  g_assert_null (runnel_webhook_signature_make (too_long, ID, TIME, body, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/telemetry/webhook-signature/example", test_example);
  g_test_add_func ("/telemetry/webhook-signature/headers", test_headers);
  g_test_add_func ("/telemetry/webhook-signature/secrets", test_secrets);
  return g_test_run ();
}
