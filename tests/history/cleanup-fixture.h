/* cleanup-fixture.h: runs with folders, for the tests of what goes and what it takes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib/gstdio.h>

#include "history-fixture.h"

/* Writes a file of the folder of a run, with what is above it. */
static inline char *
write_run_file (gint64      run,
                const char *name,
                gsize       size)
{
  g_autofree char *folder = runnel_history_get_run_dir (run);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr(GString) text = g_string_new (NULL);

  while (text->len < size)
    g_string_append_printf (text, "line %" G_GSIZE_FORMAT "\n", text->len);
  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text->str, size, NULL));
  return g_steal_pointer (&path);
}

/* A run that is over since T0 + 1 minute, with a log of @log_size bytes. */
static inline gint64
add_finished (RunnelHistory *history,
              const char    *name,
              RunnelState    state,
              gsize          log_size)
{
  gint64 run = add_run (history, name, 3);
  g_autofree char *log = write_run_file (run, "s0.1.log", log_size);

  finish_run (history, run, state);
  return run;
}

static inline gboolean
has_run_file (gint64      run,
              const char *name)
{
  g_autofree char *folder = runnel_history_get_run_dir (run);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* As another program sees the database. */
static inline gint64
read_number (const char *sql)
{
  g_autofree char *path = runnel_history_get_path ();
  g_autoptr(GError) error = NULL;
  RunnelSqlite *db = runnel_sqlite_open (path, &error);
  gint64 number = -1;

  g_assert_no_error (error);
  runnel_sqlite_read_int (db, sql, &number, &error);
  g_assert_no_error (error);
  runnel_sqlite_close (db);
  return number;
}

static inline void
execute (const char *sql)
{
  g_autofree char *path = runnel_history_get_path ();
  g_autoptr(GError) error = NULL;
  RunnelSqlite *db = runnel_sqlite_open (path, &error);

  g_assert_no_error (error);
  runnel_sqlite_exec (db, sql, &error);
  g_assert_no_error (error);
  runnel_sqlite_close (db);
}
