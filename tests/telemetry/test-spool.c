/* test-spool.c: parcels that wait in files
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "telemetry-fixture.h"
#include "telemetry/runnel-spool.h"

static RunnelSpool *
make_spool (const char *name)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), name, NULL);

  return runnel_spool_new (folder);
}

static void
put (RunnelSpool *spool,
     const char  *text,
     guint        n_facts)
{
  g_autoptr(RunnelParcel) parcel = make_parcel (text, n_facts);
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_spool_add (spool, parcel, &error));
  g_assert_no_error (error);
}

static void
test_order (void)
{
  g_autoptr(RunnelSpool) spool = make_spool ("order");
  g_auto(GStrv) names = NULL;
  RunnelSpoolContent content;

  runnel_spool_measure (spool, &content);
  g_assert_cmpuint (content.n_parcels, ==, 0);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      put (spool, text, i);
    }
  names = runnel_spool_list (spool);
  g_assert_cmpuint (g_strv_length (names), ==, 20);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr(RunnelParcel) parcel = runnel_spool_read (spool, names[i], NULL);

      /* those of the same microsecond may be in any order */
      g_assert_nonnull (parcel);
      g_assert_true (i == 0 || strcmp (names[i - 1], names[i]) < 0);
    }
  runnel_spool_measure (spool, &content);
  g_assert_cmpuint (content.n_parcels, ==, 20);
  g_assert_cmpuint (content.n_facts, ==, 190);
  g_assert_cmpint (content.oldest, >, 0);
  runnel_spool_remove (spool, names[0]);
  g_assert_null (runnel_spool_read (spool, names[0], NULL));
}

/* The oldest go, and it is said how much is lost by that. */
static void
test_too_many (void)
{
  g_autoptr(RunnelSpool) spool = make_spool ("many");
  g_auto(GStrv) before = NULL;
  g_auto(GStrv) after = NULL;

  for (guint i = 0; i < RUNNEL_SPOOL_MAX_PARCELS + 5; i++)
    put (spool, "x", 2);
  before = runnel_spool_list (spool);
  g_assert_cmpuint (runnel_spool_trim (spool), ==, 10);
  after = runnel_spool_list (spool);
  g_assert_cmpstr (after[0], ==, before[5]);
  g_assert_cmpuint (runnel_spool_trim (spool), ==, 0);
}

static void
test_too_large (void)
{
  g_autoptr(RunnelSpool) spool = make_spool ("large");
  g_autofree char *megabyte = g_strnfill (1024 * 1024, 'x');
  RunnelSpoolContent content;

  for (guint i = 0; i < 66; i++)
    put (spool, megabyte, 1);
  g_assert_cmpuint (runnel_spool_trim (spool), ==, 3);
  runnel_spool_measure (spool, &content);
  g_assert_cmpuint (content.size, <=, RUNNEL_SPOOL_MAX_SIZE);
}

/* The age is in the name. */
static void
test_too_old (void)
{
  g_autoptr(RunnelSpool) spool = make_spool ("old");
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "old", NULL);
  g_autofree char *old = g_build_filename (folder, "0006000000000000-1-0-7.parcel", NULL);
  g_auto(GStrv) names = NULL;

  put (spool, "new", 1);
  g_assert_true (g_file_set_contents (old, "{}\n", -1, NULL));
  g_assert_cmpuint (runnel_spool_trim (spool), ==, 7);
  names = runnel_spool_list (spool);
  g_assert_cmpuint (g_strv_length (names), ==, 1);
}

static void
test_foreign_files (void)
{
  g_autoptr(RunnelSpool) spool = make_spool ("foreign");
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "foreign", NULL);
  static const char *const strangers[] = { "x.parcel", "note.txt", ".hidden", "1-2-3.parcel" };
  g_auto(GStrv) names = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autofree char *path = g_build_filename (folder, strangers[i], NULL);

      g_assert_true (g_file_set_contents (path, "", 0, NULL));
    }
  names = runnel_spool_list (spool);
  g_assert_cmpuint (g_strv_length (names), ==, 0);
  g_assert_cmpuint (runnel_spool_trim (spool), ==, 0);
}

static void
test_lock (void)
{
  g_autoptr(RunnelSpool) one = make_spool ("lock");
  g_autoptr(RunnelSpool) other = make_spool ("lock");

  g_assert_false (runnel_spool_lock (one)); /* there is nothing to empty */
  put (one, "x", 1);
  g_assert_true (runnel_spool_lock (one));
  g_assert_false (runnel_spool_lock (other));
  put (other, "y", 1); /* that is allowed */
  runnel_spool_unlock (one);
  g_assert_true (runnel_spool_lock (other));
}

static void
test_in_the_way (void)
{
  g_autoptr(RunnelSpool) spool = make_spool ("file/below");
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "file", NULL);
  g_autoptr(RunnelParcel) parcel = make_parcel ("x", 1);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_state_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_false (runnel_spool_add (spool, parcel, &error));
  g_assert_nonnull (error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/telemetry/spool/order", test_order);
  g_test_add_func ("/telemetry/spool/too-many", test_too_many);
  g_test_add_func ("/telemetry/spool/too-large", test_too_large);
  g_test_add_func ("/telemetry/spool/too-old", test_too_old);
  g_test_add_func ("/telemetry/spool/foreign-files", test_foreign_files);
  g_test_add_func ("/telemetry/spool/lock", test_lock);
  g_test_add_func ("/telemetry/spool/in-the-way", test_in_the_way);
  return g_test_run ();
}
