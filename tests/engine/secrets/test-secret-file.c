/* test-secret-file.c: files of secrets, and who may read them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine/secrets/runnel-secret-file.h"
#include "engine/secrets/runnel-secrets.h"

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = g_dir_make_tmp ("runnel-secret-file-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "my secrets.json", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_free (fixture->path);
  g_free (fixture->dir);
}

static void
write_file (Fixture    *fixture,
            const char *text,
            int         mode)
{
  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  g_assert_cmpint (g_chmod (fixture->path, mode), ==, 0);
}

static void
assert_refused (Fixture    *fixture,
                int         code,
                const char *words)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_secret_file_read (fixture->path, &error));
  g_assert_error (error, RUNNEL_SECRETS_ERROR, code);
  if (!strstr (error->message, words))
    g_error ("“%s” is not in: %s", words, error->message);
}

static void
test_read (Fixture       *fixture,
           gconstpointer  data)
{
  static const int modes[] = { 0600, 0400, 0700 };

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr(GHashTable) values = NULL;
      g_autoptr(GError) error = NULL;

      write_file (fixture, "{\"token\": \"tiger\", \"empty\": \"\"}", modes[i]);
      values = runnel_secret_file_read (fixture->path, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (g_hash_table_lookup (values, "token"), ==, "tiger");
      g_assert_cmpstr (g_hash_table_lookup (values, "empty"), ==, "");
      g_unlink (fixture->path);
    }
}

static void
test_mode (Fixture       *fixture,
           gconstpointer  data)
{
  static const int modes[] = { 0644, 0640, 0620, 0601, 0604 };

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autofree char *words = g_strdup_printf ("its mode is %04o; change that with `chmod 600 "
                                                "'%s'`", modes[i], fixture->path);

      write_file (fixture, "{\"token\": \"tiger\"}", modes[i]);
      assert_refused (fixture, RUNNEL_SECRETS_ERROR_FILE, words);
    }
}

static void
test_pipe (Fixture       *fixture,
           gconstpointer  data)
{
  static const char text[] = "{\"token\": \"tiger\"}";
  g_autoptr(GHashTable) values = NULL;
  g_autofree char *path = NULL;
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  g_assert_cmpint (write (fds[1], text, strlen (text)), ==, strlen (text));
  close (fds[1]);
  path = g_strdup_printf ("/dev/fd/%d", fds[0]);
  values = runnel_secret_file_read (path, NULL);
  close (fds[0]);
  g_assert_nonnull (values);
  g_assert_cmpstr (g_hash_table_lookup (values, "token"), ==, "tiger");
}

/* Whatever is wrong with it, the message shows nothing of it. */
static void
test_invalid (Fixture       *fixture,
              gconstpointer  data)
{
  static const char *const texts[] = {
    "", "tiger", "[\"tiger\"]", "{\"token\": tiger}", "{\"token\": 12345}", "{\"token\": [\"tiger\"]}",
    "{\"token\": null}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (runnel_secret_file_parse (texts[i], strlen (texts[i]), &error));
      g_assert_error (error, RUNNEL_SECRETS_ERROR, RUNNEL_SECRETS_ERROR_INVALID);
      g_assert_null (strstr (error->message, "tiger"));
      g_assert_null (strstr (error->message, "12345"));
    }
}

static void
test_unreadable (Fixture       *fixture,
                 gconstpointer  data)
{
  assert_refused (fixture, RUNNEL_SECRETS_ERROR_FILE, "can't be read");
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  assert_refused (fixture, RUNNEL_SECRETS_ERROR_FILE, "is neither a file nor a pipe");
  g_rmdir (fixture->path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/engine/secret-file/" path, Fixture, NULL, set_up, function, tear_down)

  ADD ("read", test_read);
  ADD ("mode", test_mode);
  ADD ("pipe", test_pipe);
  ADD ("invalid", test_invalid);
  ADD ("unreadable", test_unreadable);
  return g_test_run ();
}
