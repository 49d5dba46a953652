/* test-secrets.c: where the values of secrets come from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "engine/secrets/runnel-secrets.h"
#include "keyring-fixture.h"

static Fixture fixture;

static gboolean
resolve (RunnelSecrets  *secrets,
         GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  runnel_secrets_resolve_async (secrets, NULL, got_result_cb, &fixture);
  result = wait_for_result (&fixture);
  return runnel_secrets_resolve_finish (secrets, result, error);
}

static void
assert_secret (RunnelSecrets      *secrets,
               const char         *name,
               const char         *value,
               RunnelSecretSource  source)
{
  g_assert_cmpstr (runnel_secrets_lookup (secrets, name), ==, value);
  g_assert_cmpint (runnel_secrets_get_source (secrets, name), ==, source);
}

static void
write_file (const char *path,
            const char *text)
{
  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

/* Each place has values for all that come later, too. */
static void
test_order (void)
{
  static const char *const names[] = { "p", "f", "e", "k", NULL };
  static const char *const environment[] = { "p=from environment", "f=from environment",
                                             "e=from environment", "other=not asked for", NULL };
  g_autoptr(JsonObject) parent = json_object_new ();
  g_autofree char *path = g_build_filename (fixture.dir, "file", NULL);
  g_autoptr(RunnelSecrets) secrets = runnel_secrets_new (names);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; names[i]; i++)
    store (&fixture, names[i], "from keyring");
  write_file (path, "{\"p\": \"from file\", \"f\": \"from file\", \"other\": \"not asked for\"}");

  json_object_set_string_member (parent, "p", "from parent");
  json_object_set_string_member (parent, "q", "undeclared");
  g_assert_true (runnel_secrets_take_parent (secrets, parent, &error));
  g_assert_true (runnel_secrets_take_file (secrets, path, &error));
  g_assert_true (runnel_secrets_take_environment (secrets, environment, &error));
  g_assert_true (resolve (secrets, &error));
  g_assert_no_error (error);
  assert_secret (secrets, "p", "from parent", RUNNEL_SECRET_FROM_PARENT);
  assert_secret (secrets, "f", "from file", RUNNEL_SECRET_FROM_FILE);
  assert_secret (secrets, "e", "from environment", RUNNEL_SECRET_FROM_ENVIRONMENT);
  assert_secret (secrets, "k", "from keyring", RUNNEL_SECRET_FROM_KEYRING);

  /* A parent's is hidden, but only those declared are given out. */
  g_assert_null (runnel_secrets_lookup (secrets, "q"));
  g_assert_true (runnel_secret_mask_finds (runnel_secrets_get_mask (secrets), "undeclared", 10));
  g_assert_false (runnel_secret_mask_finds (runnel_secrets_get_mask (secrets), "not asked for", 13));
  g_unlink (path);
}

static void
test_environment (void)
{
  static const char *const names[] = { "deploy-token", "PLAIN", "empty", NULL };
  static const char *const environment[] = { "RUNNEL_SECRET_DEPLOY_TOKEN=tiger", "PLAIN=lions",
                                             "empty=", NULL };
  g_autoptr(RunnelSecrets) secrets = runnel_secrets_new (names);
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_secrets_take_environment (secrets, environment, &error));
  g_assert_no_error (error);
  assert_secret (secrets, "deploy-token", "tiger", RUNNEL_SECRET_FROM_ENVIRONMENT);
  assert_secret (secrets, "PLAIN", "lions", RUNNEL_SECRET_FROM_ENVIRONMENT);
  assert_secret (secrets, "empty", NULL, RUNNEL_SECRET_MISSING);
}

static void
test_missing (void)
{
  static const char *const names[] = { "here", "not-here", "nowhere", NULL };
  static const char *const environment[] = { "here=tiger", NULL };
  g_autoptr(RunnelSecrets) secrets = runnel_secrets_new (names);
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_secrets_take_environment (secrets, environment, NULL));
  g_assert_false (resolve (secrets, &error));
  g_assert_error (error, RUNNEL_SECRETS_ERROR, RUNNEL_SECRETS_ERROR_MISSING);
  g_assert_cmpstr (error->message, ==,
                   "the secrets “not-here”, “nowhere” have no value.\nGive it one with `runnel "
                   "secrets set not-here`, with --secrets-file, or in the environment variable "
                   "RUNNEL_SECRET_NOT_HERE");
}

static void
test_invalid (void)
{
  static const char *const names[] = { "S", NULL };
  g_autofree char *large = g_strnfill (RUNNEL_SECRET_MAX_SIZE + 1, 'x');
  const char *const values[] = { "abc", "äöü", "caf\xe9", large };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr(RunnelSecrets) secrets = runnel_secrets_new (names);
      g_autofree char *variable = g_strconcat ("S=", values[i], NULL);
      const char *const environment[] = { variable, NULL };
      g_autoptr(GError) error = NULL;

      g_assert_false (runnel_secrets_take_environment (secrets, environment, &error));
      g_assert_error (error, RUNNEL_SECRETS_ERROR, RUNNEL_SECRETS_ERROR_INVALID);
      g_assert_null (strstr (error->message, values[i]));
    }
}

/* What a run hands to a run inside of it. */
static void
test_inheritance (void)
{
  static const char *const names[] = { "a", "b", NULL };
  static const char *const environment[] = { "a=one\n\"two\"", "b=ü<&>\\", NULL };
  g_autoptr(RunnelSecrets) parent = runnel_secrets_new (names);
  g_autoptr(RunnelSecrets) child = runnel_secrets_new (names);
  g_autoptr(JsonObject) values = NULL;

  g_assert_null (runnel_secrets_get_mask (parent));
  g_assert_true (runnel_secrets_take_environment (parent, environment, NULL));
  values = runnel_secrets_to_json (parent);
  g_assert_true (runnel_secrets_take_parent (child, values, NULL));
  assert_secret (child, "a", "one\n\"two\"", RUNNEL_SECRET_FROM_PARENT);
  assert_secret (child, "b", "ü<&>\\", RUNNEL_SECRET_FROM_PARENT);
}

static void
test_in_text (void)
{
  static const char *const names[] = { "short", "long", NULL };
  static const char *const environment[] = { "short=docker", "long=tigers and lions", NULL };
  g_autoptr(RunnelSecrets) secrets = runnel_secrets_new (names);

  g_assert_true (runnel_secrets_take_environment (secrets, environment, NULL));
  g_assert_null (runnel_secrets_find_in_text (secrets, "{\"argv\": [\"docker\"]}"));
  g_assert_cmpstr (runnel_secrets_find_in_text (secrets, "x tigers and lions"), ==, "long");
}

int
main (int   argc,
      char *argv[])
{
  int code;

  g_test_init (&argc, &argv, NULL);
  use_keyring_in_file (&fixture);
  g_test_add_func ("/engine/secrets/order", test_order);
  g_test_add_func ("/engine/secrets/environment", test_environment);
  g_test_add_func ("/engine/secrets/missing", test_missing);
  g_test_add_func ("/engine/secrets/invalid", test_invalid);
  g_test_add_func ("/engine/secrets/inheritance", test_inheritance);
  g_test_add_func ("/engine/secrets/in-text", test_in_text);
  code = g_test_run ();
  remove_keyring (&fixture);
  return code;
}
