/* history-fixture.h: what the tests of the history share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <string.h>

#include "history/runnel-history.h"
#include "history/runnel-sqlite.h"

/* 2026-01-01 00:00:00 UTC */
#define T0 (G_GINT64_CONSTANT (1767225600) * G_TIME_SPAN_SECOND)

/* The text of a pipeline of @n_steps independent steps "s0", "s1", ... */
static inline char *
make_pipeline_text (guint n_steps)
{
  GString *text = g_string_new ("{\"format\": 1, \"name\": \"many\", \"steps\": [");

  for (guint i = 0; i < n_steps; i++)
    g_string_append_printf (text,
                            "%s{\"id\": \"s%u\", \"name\": \"Step %u\", \"kind\": \"command\","
                            " \"with\": {\"argv\": [\"true\"]}}", i > 0 ? ", " : "", i, i);
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

static inline RunnelHistory *
open_history (const char *path)
{
  g_autoptr(GError) error = NULL;
  RunnelHistory *history = runnel_history_open (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (history);
  return history;
}

/* The default history, as if an earlier version had written what @dump, a file beside this one,
 * holds. */
static inline RunnelHistory *
open_old_history (const char *dump)
{
  g_autofree char *path = runnel_history_get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *source = g_build_filename (g_getenv ("RUNNEL_SOURCE_DIR"), "tests", "history",
                                              dump, NULL);
  g_autofree char *sql = NULL;
  g_autoptr(RunnelSqlite) db = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (source, &sql, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  db = runnel_sqlite_open (path, &error);
  g_assert_no_error (error);
  runnel_sqlite_exec (db, sql, &error);
  g_assert_no_error (error);
  g_clear_pointer (&db, runnel_sqlite_close);
  return open_history (NULL);
}

static inline gint64
add_run_at (RunnelHistory *history,
            const char    *name,
            guint          n_steps,
            gint64         started)
{
  g_autofree char *text = make_pipeline_text (n_steps);
  g_autoptr(GError) error = NULL;
  gint64 run = runnel_history_add_run (history, name, "/home/me/many.runnel.json", text,
                                       strlen (text), started, &error);

  g_assert_no_error (error);
  g_assert_cmpint (run, >, 0);
  return run;
}

static inline gint64
add_run (RunnelHistory *history,
         const char    *name,
         guint          n_steps)
{
  return add_run_at (history, name, n_steps, T0);
}

static inline void
record_event (RunnelHistory     *history,
              const RunnelEvent *event)
{
  g_autoptr(GError) error = NULL;
  gboolean ok = runnel_history_record (history, event, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

static inline void
finish_run (RunnelHistory *history,
            gint64         run,
            RunnelState    state)
{
  RunnelEvent event = {
    .type = RUNNEL_EVENT_RUN_FINISHED,
    .time = T0 + G_TIME_SPAN_MINUTE,
    .run = run,
    .state = state,
  };

  record_event (history, &event);
}

static inline GPtrArray *
get_steps (RunnelHistory *history,
           gint64         run)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *steps = runnel_history_get_steps (history, run, &error);

  g_assert_no_error (error);
  return steps;
}

static inline RunnelRunRecord *
get_run (RunnelHistory *history,
         gint64         run)
{
  g_autoptr(GError) error = NULL;
  RunnelRunRecord *record = runnel_history_get_run (history, run, &error);

  g_assert_no_error (error);
  return record;
}
