/* test-cache-entry.c: results of steps as text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/files/runnel-cache-entry.h"

#define SHA "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static void
test_round_trip (void)
{
  g_autoptr(RunnelCacheEntry) entry = runnel_cache_entry_new (17, "/p.runnel.json", "build");
  g_autoptr(RunnelCacheEntry) read = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autoptr(GError) error = NULL;

  entry->values = json_object_new ();
  json_object_set_string_member (entry->values, "version", "1.2");
  g_ptr_array_add (entry->outputs, runnel_artifact_new ("out/app", 3, SHA, 0755));
  g_ptr_array_add (entry->artifacts, runnel_artifact_new ("app.zip", 4, SHA, 0400));
  text = runnel_cache_entry_to_text (entry);
  read = runnel_cache_entry_from_text (text, &error);
  g_assert_no_error (error);
  again = runnel_cache_entry_to_text (read);
  g_assert_cmpstr (text, ==, again);
  g_assert_cmpint (read->run, ==, 17);
  g_assert_cmpstr (read->step, ==, "build");
  g_assert_cmpuint (runnel_cache_entry_get_size (read), ==, 7);
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "", "nonsense", "[]", "{}", "{\"outputs\": [], \"artifacts\": 3}",
    "{\"outputs\": [{\"path\": \"../../etc/passwd\", \"sha256\": \"" SHA "\"}], \"artifacts\": []}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (runnel_cache_entry_from_text (texts[i], &error));
      g_assert_nonnull (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/files/cache-entry/round-trip", test_round_trip);
  g_test_add_func ("/files/cache-entry/refused", test_refused);

  return g_test_run ();
}
