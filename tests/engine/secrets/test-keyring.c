/* test-keyring.c: secrets in a keyring
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "keyring-fixture.h"

/* libsecret opens its keyring once for a process, so there is one for all tests. */
static Fixture fixture;

static GHashTable *
look_up (const char *const *names)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GHashTable *values;

  runnel_keyring_lookup_async (names, NULL, got_result_cb, &fixture);
  result = wait_for_result (&fixture);
  values = runnel_keyring_lookup_finish (result, &error);
  g_assert_no_error (error);
  return values;
}

static char *
list (void)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) names = NULL;

  runnel_keyring_list_async (NULL, got_result_cb, &fixture);
  result = wait_for_result (&fixture);
  names = runnel_keyring_list_finish (result, &error);
  g_assert_no_error (error);
  return g_strjoinv (" ", names);
}

static gboolean
delete (const char  *name,
        GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  runnel_keyring_delete_async (name, NULL, got_result_cb, &fixture);
  result = wait_for_result (&fixture);
  return runnel_keyring_delete_finish (result, error);
}

static void
test_all (void)
{
  static const char *const names[] = { "token", "absent", "key", NULL };
  g_autoptr(GHashTable) values = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *before = list ();
  g_autofree char *stored = NULL;
  g_autofree char *after = NULL;

  g_assert_cmpstr (before, ==, "");
  store (&fixture, "token", "tiger");
  store (&fixture, "key", "one\ntwo ü");
  store (&fixture, "token", "lions"); /* replaces it */
  stored = list ();
  g_assert_cmpstr (stored, ==, "key token");

  values = look_up (names);
  g_assert_cmpuint (g_hash_table_size (values), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (values, "token"), ==, "lions");
  g_assert_cmpstr (g_hash_table_lookup (values, "key"), ==, "one\ntwo ü");

  g_assert_true (delete ("token", &error));
  g_assert_no_error (error);
  g_assert_false (delete ("token", &error));
  g_assert_error (error, RUNNEL_KEYRING_ERROR, RUNNEL_KEYRING_ERROR_NOT_FOUND);
  after = list ();
  g_assert_cmpstr (after, ==, "key");
}

static void
test_cancel (void)
{
  static const char *const names[] = { "token", NULL };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  runnel_keyring_lookup_async (names, cancellable, got_result_cb, &fixture);
  result = wait_for_result (&fixture);
  g_assert_null (runnel_keyring_lookup_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  int code;

  g_test_init (&argc, &argv, NULL);
  use_keyring_in_file (&fixture);
  g_test_add_func ("/engine/keyring/all", test_all);
  g_test_add_func ("/engine/keyring/cancel", test_cancel);
  code = g_test_run ();
  remove_keyring (&fixture);
  return code;
}
