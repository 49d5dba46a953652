/* test-glob.c: the files below a folder that patterns name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/runnel-glob.h"

typedef struct
{
  char *outside; /* a folder with secret.txt and: */
  char *base;    /* the folder that is searched */
} Fixture;

static void
write_file (const char *folder,
            const char *path)
{
  g_autofree char *full = g_build_filename (folder, path, NULL);
  g_autofree char *parent = g_path_get_dirname (full);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (full, path, -1, NULL));
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
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  static const char *const files[] = {
    "b.txt", "a.txt", "src/main.c", "src/deep/er/x.c", "src/deep/x.h", ".hidden/h.txt", "[x].txt",
  };

  fixture->outside = g_dir_make_tmp ("runnel-glob-XXXXXX", NULL);
  fixture->base = g_build_filename (fixture->outside, "base", NULL);
  write_file (fixture->outside, "secret.txt");
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    write_file (fixture->base, files[i]);
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

/* `patterns` and `expected` are words; `unmatched` is the pattern that named nothing, or NULL. */
static void
assert_found (Fixture    *fixture,
              const char *patterns,
              const char *expected,
              const char *unmatched)
{
  g_autoptr(RunnelGlob) glob = runnel_glob_new (fixture->base);
  g_auto(GStrv) words = g_strsplit (patterns, " ", -1);
  g_autoptr(GPtrArray) files = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *found = NULL;

  for (guint i = 0; words[i]; i++)
    g_assert_true (runnel_glob_add (glob, words[i], NULL));
  files = runnel_glob_find (glob, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_add (files, NULL);
  found = g_strjoinv (" ", (char **) files->pdata);
  g_test_message ("%s", patterns);
  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpstr (runnel_glob_get_unmatched (glob), ==, unmatched);
}

static void
test_patterns (Fixture       *fixture,
               gconstpointer  user_data)
{
  assert_found (fixture, "*.txt", "[x].txt a.txt b.txt", NULL);
  assert_found (fixture, "?.txt", "a.txt b.txt", NULL);
  assert_found (fixture, "[bc].txt", "b.txt", NULL);
  assert_found (fixture, "[[]x].txt", "[x].txt", NULL);
  assert_found (fixture, "\\[x\\].txt", "[x].txt", NULL);
  assert_found (fixture, "**/*.c", "src/deep/er/x.c src/main.c", NULL);
  assert_found (fixture, "src/**/x.*", "src/deep/er/x.c src/deep/x.h", NULL);
  assert_found (fixture, "./src//deep/", "src/deep/er/x.c src/deep/x.h", NULL);
  assert_found (fixture, "src !src/deep", "src/main.c", NULL);
  assert_found (fixture, "src !**/*.h src/deep/x.h",
                "src/deep/er/x.c src/deep/x.h src/main.c", NULL);
  assert_found (fixture, "**",
                ".hidden/h.txt [x].txt a.txt b.txt src/deep/er/x.c src/deep/x.h src/main.c", NULL);
}

static void
test_unmatched (Fixture       *fixture,
                gconstpointer  user_data)
{
  assert_found (fixture, "nothing", "", "nothing");
  assert_found (fixture, "a.txt *.nothing", "a.txt", "*.nothing");
  assert_found (fixture, "*.txt a.txt", "[x].txt a.txt b.txt", NULL);
  assert_found (fixture, "a.txt !a.txt", "", NULL);
  assert_found (fixture, "a.txt !nothing", "a.txt", NULL);
}

static void
test_stays_inside (Fixture       *fixture,
                   gconstpointer  user_data)
{
  static const char *const patterns[] = {
    "../../etc/passwd", "../secret.txt", "src/../../secret.txt", "/etc/passwd", "!/etc", "**/..",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr(RunnelGlob) glob = runnel_glob_new (fixture->base);
      g_autoptr(GError) error = NULL;

      g_assert_false (runnel_glob_add (glob, patterns[i], &error));
      g_assert_error (error, RUNNEL_GLOB_ERROR, RUNNEL_GLOB_ERROR_OUTSIDE);
    }
}

static void
test_links (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autofree char *absolute = g_build_filename (fixture->base, "a.txt", NULL);

  add_link (fixture, "a.txt", "inside.link");
  add_link (fixture, absolute, "absolute.link");
  add_link (fixture, "../secret.txt", "outside.link");
  add_link (fixture, "/etc/passwd", "passwd.link");
  add_link (fixture, "nowhere", "broken.link");
  add_link (fixture, "src", "folder.link");
  add_link (fixture, "..", "up");
  add_link (fixture, ".", "circle");

  assert_found (fixture, "*.link", "absolute.link inside.link", NULL);
  assert_found (fixture, "up/**", "", "up/**");
  assert_found (fixture, "circle/**/*.txt", "", "circle/**/*.txt");
}

static void
test_special_files (Fixture       *fixture,
                    gconstpointer  user_data)
{
  g_autofree char *path = g_build_filename (fixture->base, "pipe.x", NULL);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_found (fixture, "*.x", "", "*.x");
}

static void
assert_not_opened (Fixture         *fixture,
                   const char      *path,
                   RunnelGlobError  code)
{
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (runnel_glob_open (fixture->base, path, &error), ==, -1);
  g_assert_error (error, RUNNEL_GLOB_ERROR, (int) code);
}

static void
test_open (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  char buffer[16];
  int fd;

  add_link (fixture, "a.txt", "inside.link");
  add_link (fixture, "../secret.txt", "outside.link");
  add_link (fixture, "..", "up");
  fd = runnel_glob_open (fixture->base, "inside.link", &error);
  g_assert_no_error (error);
  g_assert_cmpint (read (fd, buffer, sizeof buffer), ==, 5);
  close (fd);

  assert_not_opened (fixture, "outside.link", RUNNEL_GLOB_ERROR_OUTSIDE);
  assert_not_opened (fixture, "up/secret.txt", RUNNEL_GLOB_ERROR_OUTSIDE);
  assert_not_opened (fixture, "../secret.txt", RUNNEL_GLOB_ERROR_OUTSIDE);
  assert_not_opened (fixture, "nothing", RUNNEL_GLOB_ERROR_READ);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  user_data)
{
  g_autoptr(RunnelGlob) glob = runnel_glob_new (fixture->base);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (runnel_glob_find (glob, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_missing_folder (void)
{
  g_autoptr(RunnelGlob) glob = runnel_glob_new ("/nonexistent/folder");
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_glob_find (glob, NULL, &error));
  g_assert_error (error, RUNNEL_GLOB_ERROR, RUNNEL_GLOB_ERROR_READ);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/util/glob/patterns", test_patterns);
  add ("/util/glob/unmatched", test_unmatched);
  add ("/util/glob/stays-inside", test_stays_inside);
  add ("/util/glob/links", test_links);
  add ("/util/glob/special-files", test_special_files);
  add ("/util/glob/open", test_open);
  add ("/util/glob/cancel", test_cancel);
  g_test_add_func ("/util/glob/missing-folder", test_missing_folder);

  return g_test_run ();
}
