/* test-hash-files.c: hashFiles() over a folder made for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "expr/runnel-expr.h"
#include "expr/runnel-hash-files.h"

typedef struct
{
  char *outside;  /* a folder with secret.txt and: */
  char *base;     /* the folder that is hashed */
} Fixture;

static void
write_file (const char *folder,
            const char *path,
            const char *content)
{
  g_autofree char *full = g_build_filename (folder, path, NULL);
  g_autofree char *parent = g_path_get_dirname (full);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (full, content, -1, NULL));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->outside = g_dir_make_tmp ("runnel-hash-XXXXXX", NULL);
  fixture->base = g_build_filename (fixture->outside, "base", NULL);
  write_file (fixture->outside, "secret.txt", "secret");
  write_file (fixture->outside, "based/near.txt", "near");
  write_file (fixture->base, "a.txt", "alpha");
  write_file (fixture->base, "b.txt", "beta");
  write_file (fixture->base, "src/main.c", "int main;");
  write_file (fixture->base, "src/deep/er/x.c", "x");
  write_file (fixture->base, "src/deep/x.h", "h");
  write_file (fixture->base, ".hidden/h.txt", "hidden");
}

static int
remove_one (const char        *path,
            const struct stat *status,
            int                type,
            struct FTW        *info)
{
  return remove (path);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  nftw (fixture->outside, remove_one, 8, FTW_DEPTH | FTW_PHYS);
  g_free (fixture->base);
  g_free (fixture->outside);
}

/* What the function promises, in the shortest words: the hash of the hashes of these contents. */
static char *
hash_of (const char *content,
         ...)
{
  g_autoptr(GChecksum) total = g_checksum_new (G_CHECKSUM_SHA256);
  va_list args;

  va_start (args, content);
  for (; content; content = va_arg (args, const char *))
    {
      g_autoptr(GChecksum) one = g_checksum_new (G_CHECKSUM_SHA256);
      guint8 digest[32];
      gsize length = sizeof digest;

      g_checksum_update (one, (const guint8 *) content, -1);
      g_checksum_get_digest (one, digest, &length);
      g_checksum_update (total, digest, length);
    }
  va_end (args);

  return g_strdup (g_checksum_get_string (total));
}

static char *
hash (Fixture    *fixture,
      const char *pattern)
{
  g_autoptr(GError) error = NULL;
  char *result = runnel_hash_files (fixture->base, (const char *[]) { pattern, NULL }, &error);

  g_assert_no_error (error);

  return result;
}

static void
assert_hash (Fixture    *fixture,
             const char *pattern,
             char       *expected)
{
  g_autofree char *owner = expected;
  g_autofree char *result = hash (fixture, pattern);

  g_test_message ("%s", pattern);
  g_assert_cmpstr (result, ==, expected);
}

static void
test_patterns (Fixture       *fixture,
               gconstpointer  user_data)
{
  g_autofree char *absolute = g_strconcat (fixture->base, "/a.txt", NULL);

  assert_hash (fixture, "a.txt", hash_of ("alpha", NULL));
  assert_hash (fixture, "./a.txt", hash_of ("alpha", NULL));
  assert_hash (fixture, absolute, hash_of ("alpha", NULL));
  assert_hash (fixture, "*.txt", hash_of ("alpha", "beta", NULL));
  assert_hash (fixture, "[ab].txt", hash_of ("alpha", "beta", NULL));
  assert_hash (fixture, "?.txt", hash_of ("alpha", "beta", NULL));
  assert_hash (fixture, "**/*.txt", hash_of ("hidden", "alpha", "beta", NULL));
  assert_hash (fixture, "**/*.c", hash_of ("x", "int main;", NULL));
  assert_hash (fixture, "src/**/*.c", hash_of ("x", "int main;", NULL));
  assert_hash (fixture, "src/**/**/x.c", hash_of ("x", NULL));
  assert_hash (fixture, "**/deep/**/x.*", hash_of ("x", "h", NULL));
  assert_hash (fixture, "src/*.c", hash_of ("int main;", NULL));
  assert_hash (fixture, "src/deep", hash_of ("x", "h", NULL));
  assert_hash (fixture, "src/deep/**", hash_of ("x", "h", NULL));
  assert_hash (fixture, "src/\n!src/deep", hash_of ("int main;", NULL));
  assert_hash (fixture, "src\n!**/deep/**\nsrc/deep/x.h", hash_of ("h", "int main;", NULL));
  assert_hash (fixture, "# comment\n\n  b.txt  ", hash_of ("beta", NULL));
}

static void
test_none (Fixture       *fixture,
           gconstpointer  user_data)
{
  assert_hash (fixture, "nothing.txt", g_strdup (""));
  assert_hash (fixture, "", g_strdup (""));
  assert_hash (fixture, "!a.txt", g_strdup (""));
  assert_hash (fixture, "src/*.txt", g_strdup (""));
  assert_hash (fixture, "a.txt/**/x", g_strdup (""));
}

static void
test_stays_inside (Fixture       *fixture,
                   gconstpointer  user_data)
{
  static const char *const patterns[] = { "../secret.txt", "src/../../secret.txt", "/etc/passwd" };
  g_autofree char *near = g_strconcat (fixture->base, "d/near.txt", NULL);
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_assert_null (runnel_hash_files (fixture->base, (const char *[]) { patterns[i], NULL }, &error));
      g_assert_error (error, RUNNEL_EXPR_ERROR, RUNNEL_EXPR_ERROR_ARGUMENTS);
      g_clear_error (&error);
    }

  g_assert_null (runnel_hash_files (fixture->base, (const char *[]) { near, NULL }, &error));
  g_assert_error (error, RUNNEL_EXPR_ERROR, RUNNEL_EXPR_ERROR_ARGUMENTS);
}

static void
add_link (Fixture    *fixture,
          const char *target,
          const char *name)
{
  g_autofree char *path = g_build_filename (fixture->base, name, NULL);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
test_links (Fixture       *fixture,
            gconstpointer  user_data)
{
  add_link (fixture, "a.txt", "inside.link");
  add_link (fixture, "../secret.txt", "outside.link");
  add_link (fixture, "../based/near.txt", "near.link");
  add_link (fixture, "nowhere", "broken.link");
  add_link (fixture, "..", "up");
  add_link (fixture, ".", "circle");

  assert_hash (fixture, "*.link", hash_of ("alpha", NULL));
  assert_hash (fixture, "up/**", g_strdup (""));
  assert_hash (fixture, "circle/**/*.txt", g_strdup (""));
}

static void
test_missing_folder (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_hash_files ("/nonexistent/folder", (const char *[]) { "*", NULL }, &error));
  g_assert_error (error, RUNNEL_EXPR_ERROR, RUNNEL_EXPR_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, "/nonexistent/folder"));
}

static JsonNode *
lookup_nothing (gpointer    user_data,
                const char *name)
{
  return NULL;
}

static void
test_function (Fixture       *fixture,
               gconstpointer  user_data)
{
  g_autoptr(RunnelExpr) expr = runnel_expr_new ("hashFiles('b.txt', 'a.txt')", NULL);
  RunnelExprScope scope = { lookup_nothing, NULL, fixture->base, NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) value = runnel_expr_evaluate (expr, &scope, &error);
  g_autofree char *expected = hash_of ("alpha", "beta", NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (json_node_get_string (value), ==, expected);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/expr/hash-files/patterns", test_patterns);
  add ("/expr/hash-files/none", test_none);
  add ("/expr/hash-files/stays-inside", test_stays_inside);
  add ("/expr/hash-files/links", test_links);
  add ("/expr/hash-files/function", test_function);
  g_test_add_func ("/expr/hash-files/missing-folder", test_missing_folder);

  return g_test_run ();
}
