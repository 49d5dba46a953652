/* test-parcel.c: something on its way to a receiver
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "telemetry-fixture.h"

static void
test_round_trip (void)
{
  g_autoptr(RunnelParcel) parcel = make_parcel ("{\"a\":\n\"b\"}", 3);
  g_autoptr(RunnelParcel) again = NULL;
  g_autoptr(GBytes) bytes = NULL;
  const char *headers[] = { "ce-id", "a \"b\"\n", "ce-type", "é", NULL };

  parcel->id = g_strdup ("id-1");
  parcel->headers = g_strdupv ((char **) headers);
  bytes = runnel_parcel_to_bytes (parcel);
  again = runnel_parcel_from_bytes (bytes, NULL);
  g_assert_cmpstr (again->path, ==, "/v1/traces");
  g_assert_cmpstr (again->content_type, ==, "application/json");
  g_assert_cmpstr (again->id, ==, "id-1");
  g_assert_cmpuint (again->n_facts, ==, 3);
  g_assert_cmpstrv (again->headers, headers);
  g_assert_true (g_bytes_equal (again->body, parcel->body));
}

static void
test_without_extras (void)
{
  g_autoptr(RunnelParcel) parcel = make_parcel ("", 1);
  g_autoptr(GBytes) bytes = runnel_parcel_to_bytes (parcel);
  g_autoptr(RunnelParcel) again = runnel_parcel_from_bytes (bytes, NULL);

  g_assert_null (again->id);
  g_assert_null (again->headers);
  g_assert_cmpuint (g_bytes_get_size (again->body), ==, 0);
}

static void
test_damaged (void)
{
  static const char *const texts[] = {
    "", "{}", "\n", "{}\nbody", "[]\n", "{\"path\": 1, \"content-type\": 2}\n", "{\"path\": \"\"}\n",
    "{\"path\": \"\", \"content-type\": \"x\"", "no json\nbody", "\0\0\0\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr(GError) error = NULL;

      g_assert_null (runnel_parcel_from_bytes (bytes, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/telemetry/parcel/round-trip", test_round_trip);
  g_test_add_func ("/telemetry/parcel/without-extras", test_without_extras);
  g_test_add_func ("/telemetry/parcel/damaged", test_damaged);
  return g_test_run ();
}
