/* test-view-memory.c: what is remembered of how a file was looked at
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <utime.h>

#include <glib/gstdio.h>

#include "designer/runnel-view-memory.h"
#include "engine/limits/runnel-state-dir.h"

typedef struct
{
  GFile *file;
  RunnelViewMemory *memory;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->file = g_file_new_for_path ("/nowhere/nightly.runnel.json");
  fixture->memory = runnel_view_memory_new (fixture->file);
}

static void
remove_all (void)
{
  g_autofree char *folder = runnel_state_dir_get ("views");
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->memory);
  g_object_unref (fixture->file);
  remove_all ();
}

/* A task holds the memory. */
static void
wait_for_tasks (RunnelViewMemory *memory)
{
  while (G_OBJECT (memory)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
}

static void
flush_and_wait (RunnelViewMemory *memory)
{
  runnel_view_memory_flush (memory);
  wait_for_tasks (memory);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  gboolean *loaded = user_data;
  g_autoptr(GError) error = NULL;

  *loaded = runnel_view_memory_load_finish (RUNNEL_VIEW_MEMORY (object), result, &error);
  g_assert_no_error (error);
}

static void
load (RunnelViewMemory *memory)
{
  gboolean loaded = FALSE;

  runnel_view_memory_load_async (memory, NULL, loaded_cb, &loaded);
  wait_for_tasks (memory);
  g_assert_true (loaded);
}

static RunnelViewMemory *
load_new (GFile *file)
{
  RunnelViewMemory *memory = runnel_view_memory_new (file);

  load (memory);
  return memory;
}

static void
assert_zoom (RunnelViewMemory *memory,
             double            expected)
{
  g_autoptr(GVariant) value = runnel_view_memory_lookup (memory, "zoom", G_VARIANT_TYPE_DOUBLE);

  g_assert_nonnull (value);
  g_assert_cmpfloat (g_variant_get_double (value), ==, expected);
}

static guint
count_files (void)
{
  g_autofree char *folder = runnel_state_dir_get ("views");
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir && g_dir_read_name (dir))
    n++;
  return n;
}

static char *
find_only_file (void)
{
  g_autofree char *folder = runnel_state_dir_get ("views");
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);

  g_assert_cmpuint (count_files (), ==, 1);
  return g_build_filename (folder, g_dir_read_name (dir), NULL);
}

static void
test_remembers (Fixture       *fixture,
                gconstpointer  data)
{
  const char *const groups[] = { "deploy", "it’s “quoted”", NULL };
  g_autoptr(RunnelViewMemory) again = NULL;
  g_autoptr(GVariant) value = NULL;
  g_autofree const char **strv = NULL;

  runnel_view_memory_set (fixture->memory, "zoom", g_variant_new_double (0.85));
  runnel_view_memory_set (fixture->memory, "collapsed", g_variant_new_strv (groups, -1));
  flush_and_wait (fixture->memory);

  again = load_new (fixture->file);
  assert_zoom (again, 0.85);
  value = runnel_view_memory_lookup (again, "collapsed", G_VARIANT_TYPE_STRING_ARRAY);
  g_assert_nonnull (value);
  strv = g_variant_get_strv (value, NULL);
  g_assert_true (g_strv_equal (strv, groups));
}

static void
test_knows_nothing_of_other_files (Fixture       *fixture,
                                   gconstpointer  data)
{
  g_autoptr(GFile) other = g_file_new_for_path ("/nowhere/weekly.runnel.json");
  g_autoptr(RunnelViewMemory) memory = NULL;

  runnel_view_memory_set (fixture->memory, "zoom", g_variant_new_double (2));
  flush_and_wait (fixture->memory);
  memory = load_new (other);
  g_assert_null (runnel_view_memory_lookup (memory, "zoom", G_VARIANT_TYPE_DOUBLE));
}

static void
test_forgets_a_value (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(RunnelViewMemory) again = NULL;

  runnel_view_memory_set (fixture->memory, "zoom", g_variant_new_double (2));
  flush_and_wait (fixture->memory);
  runnel_view_memory_set (fixture->memory, "zoom", NULL);
  flush_and_wait (fixture->memory);
  again = load_new (fixture->file);
  g_assert_null (runnel_view_memory_lookup (again, "zoom", G_VARIANT_TYPE_DOUBLE));
}

static void
test_what_was_set_meanwhile_stays (Fixture       *fixture,
                                   gconstpointer  data)
{
  g_autoptr(RunnelViewMemory) again = runnel_view_memory_new (fixture->file);

  runnel_view_memory_set (fixture->memory, "zoom", g_variant_new_double (2));
  flush_and_wait (fixture->memory);
  runnel_view_memory_set (again, "zoom", g_variant_new_double (3));
  load (again);
  assert_zoom (again, 3);
}

static void
test_another_type_is_no_value (Fixture       *fixture,
                               gconstpointer  data)
{
  runnel_view_memory_set (fixture->memory, "zoom", g_variant_new_string ("large"));
  g_assert_null (runnel_view_memory_lookup (fixture->memory, "zoom", G_VARIANT_TYPE_DOUBLE));
}

static void
test_damage (Fixture       *fixture,
             gconstpointer  data)
{
  const char *const texts[] = { "", "{", "{'zoom': <1.0>", "[1, 2]", "\xff\xfe", "{'zoom': 1.0}" };
  g_autofree char *path = NULL;

  runnel_view_memory_set (fixture->memory, "zoom", g_variant_new_double (2));
  flush_and_wait (fixture->memory);
  path = find_only_file ();
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(RunnelViewMemory) memory = NULL;

      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      memory = load_new (fixture->file);
      g_assert_null (runnel_view_memory_lookup (memory, "zoom", G_VARIANT_TYPE_DOUBLE));
      runnel_view_memory_set (memory, "zoom", g_variant_new_double (i));
      flush_and_wait (memory);
      g_assert_finalize_object (g_steal_pointer (&memory));
      memory = load_new (fixture->file);
      assert_zoom (memory, i);
    }
}

static void
test_follows_a_save_as (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(GFile) other = g_file_new_for_path ("/nowhere/copy.runnel.json");
  g_autoptr(RunnelViewMemory) again = NULL;

  runnel_view_memory_set (fixture->memory, "zoom", g_variant_new_double (2));
  flush_and_wait (fixture->memory);
  runnel_view_memory_set_file (fixture->memory, other);
  flush_and_wait (fixture->memory);
  again = load_new (other);
  assert_zoom (again, 2);
}

static void
test_without_a_file (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(RunnelViewMemory) memory = runnel_view_memory_new (NULL);

  runnel_view_memory_set (memory, "zoom", g_variant_new_double (2));
  flush_and_wait (memory);
  g_assert_cmpuint (count_files (), ==, 0);
  runnel_view_memory_set_file (memory, fixture->file);
  flush_and_wait (memory);
  g_assert_cmpuint (count_files (), ==, 1);
}

static void
test_writes_only_changes (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *path = NULL;

  runnel_view_memory_set (fixture->memory, "zoom", g_variant_new_double (2));
  flush_and_wait (fixture->memory);
  path = find_only_file ();
  g_unlink (path);
  runnel_view_memory_set (fixture->memory, "zoom", g_variant_new_double (2));
  flush_and_wait (fixture->memory);
  g_assert_cmpuint (count_files (), ==, 0);
}

/* The state folder can't be written to: nothing is remembered, and nothing else happens. */
static void
test_unwritable (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *folder = runnel_state_dir_get ("views");
  g_autofree char *parent = g_path_get_dirname (folder);

  g_mkdir_with_parents (parent, 0700);
  g_assert_true (g_file_set_contents (folder, "in the way", -1, NULL));
  runnel_view_memory_set (fixture->memory, "zoom", g_variant_new_double (2));
  flush_and_wait (fixture->memory);
  g_unlink (folder);
}

static void
test_keeps_the_last_files (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree char *folder = runnel_state_dir_get ("views");
  g_autofree char *oldest = g_build_filename (folder, "0", NULL);
  g_autofree char *second = g_build_filename (folder, "1", NULL);

  g_mkdir_with_parents (folder, 0700);
  for (guint i = 0; i < RUNNEL_VIEW_MEMORY_MAX_FILES; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u", folder, i);
      struct utimbuf times = { 1000 + i, 1000 + i };

      g_assert_true (g_file_set_contents (path, "{}", -1, NULL));
      g_assert_cmpint (g_utime (path, &times), ==, 0);
    }
  runnel_view_memory_set (fixture->memory, "zoom", g_variant_new_double (2));
  flush_and_wait (fixture->memory);
  g_assert_cmpuint (count_files (), ==, RUNNEL_VIEW_MEMORY_MAX_FILES);
  g_assert_false (g_file_test (oldest, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));
}

#define ADD(path, function) \
  g_test_add ("/designer/view-memory/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("remembers", test_remembers);
  ADD ("knows-nothing-of-other-files", test_knows_nothing_of_other_files);
  ADD ("forgets-a-value", test_forgets_a_value);
  ADD ("what-was-set-meanwhile-stays", test_what_was_set_meanwhile_stays);
  ADD ("another-type-is-no-value", test_another_type_is_no_value);
  ADD ("damage", test_damage);
  ADD ("follows-a-save-as", test_follows_a_save_as);
  ADD ("without-a-file", test_without_a_file);
  ADD ("writes-only-changes", test_writes_only_changes);
  ADD ("unwritable", test_unwritable);
  ADD ("keeps-the-last-files", test_keeps_the_last_files);
  return g_test_run ();
}
