/* test-file-watch.c: tells when somebody else changes a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "designer/runnel-file-watch.h"

typedef struct
{
  char *folder;
  char *path;
  GFile *file;
  guint n_changes;
} Fixture;

static void
write_text (Fixture    *fixture,
            const char *text)
{
  g_autoptr(GError) error = NULL;

  g_file_set_contents (fixture->path, text, -1, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("runnel-watch-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "x.runnel.json", NULL);
  fixture->file = g_file_new_for_path (fixture->path);
  write_text (fixture, "one");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_object_unref (fixture->file);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
count_cb (Fixture *fixture)
{
  fixture->n_changes++;
}

/* Writes again and again until it is noticed: the watch begins with a query that must be over
 * before a change is one, and only the watch itself knows when. */
static gboolean
touch_cb (gpointer user_data)
{
  Fixture *fixture = user_data;
  static guint n;
  g_autofree char *text = g_strdup_printf ("%u", n++);

  write_text (fixture, text);
  return G_SOURCE_CONTINUE;
}

static void
test_changed_by_others (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(RunnelFileWatch) watch = runnel_file_watch_new (fixture->file);
  guint source = g_timeout_add (20, touch_cb, fixture);

  g_signal_connect_swapped (watch, "changed", G_CALLBACK (count_cb), fixture);
  while (fixture->n_changes == 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  g_assert_cmpuint (fixture->n_changes, >, 0);
}

static void
monitor_cb (GFileMonitor      *monitor,
            GFile             *file,
            GFile             *other,
            GFileMonitorEvent  event,
            gboolean          *done)
{
  *done = TRUE;
}

/* The event of our own writing arrives at a second monitor, too: then the watch had it. */
static void
test_accepted (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(RunnelFileWatch) watch = runnel_file_watch_new (fixture->file);
  g_autoptr(GFileMonitor) monitor = g_file_monitor_file (fixture->file, G_FILE_MONITOR_NONE, NULL,
                                                         NULL);
  gboolean done = FALSE;

  g_signal_connect_swapped (watch, "changed", G_CALLBACK (count_cb), fixture);
  g_signal_connect (monitor, "changed", G_CALLBACK (monitor_cb), &done);
  write_text (fixture, "saved by ourselves");
  runnel_file_watch_accept (watch);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fixture->n_changes, ==, 0);
}

static void
test_goes_away (Fixture       *fixture,
                gconstpointer  data)
{
  RunnelFileWatch *watch = runnel_file_watch_new (fixture->file);

  g_assert_finalize_object (watch);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/designer/file-watch/changed-by-others", Fixture, NULL, set_up,
              test_changed_by_others, tear_down);
  g_test_add ("/designer/file-watch/accepted", Fixture, NULL, set_up, test_accepted, tear_down);
  g_test_add ("/designer/file-watch/goes-away", Fixture, NULL, set_up, test_goes_away, tear_down);
  return g_test_run ();
}
