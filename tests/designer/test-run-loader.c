/* test-run-loader.c: what rows show of runs is read when they show it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "designer/runs/runnel-run-loader.h"
#include "../history/history-fixture.h"

typedef struct
{
  char *folder;
  RunnelHistory *history;
  RunnelHistoryService *service;
  RunnelRunLoader *loader;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  user_data)
{
  g_autofree char *path = NULL;

  self->folder = g_dir_make_tmp ("runnel-run-loader-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", self->folder, TRUE);
  path = g_build_filename (self->folder, "history.db", NULL);
  self->history = open_history (path);
  self->service = runnel_history_service_new (path);
  self->loader = runnel_run_loader_new (self->service);
}

static void
tear_down (Fixture       *self,
           gconstpointer  user_data)
{
  const char *const names[] = { "history.db", "history.db-wal", "history.db-shm" };

  g_object_run_dispose (G_OBJECT (self->loader));
  g_object_unref (self->loader);
  runnel_history_service_shut_down (self->service);
  g_object_unref (self->service);
  runnel_history_close (self->history);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, names[i], NULL);

      g_unlink (path);
    }
  g_free (self->folder);
}

static void
changed_cb (guint *n_changes)
{
  (*n_changes)++;
}

static RunnelRunItem *
show (Fixture *self,
      gint64   run)
{
  RunnelRunItem *item = runnel_run_loader_get_item (self->loader, run);

  runnel_run_loader_show (self->loader, item);
  return item;
}

static void
wait_for_record (RunnelRunItem *item)
{
  while (runnel_run_item_get_record (item) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for_state (RunnelRunItem *item,
                RunnelState    state)
{
  while (runnel_run_item_get_record (item)->state != state)
    g_main_context_iteration (NULL, TRUE);
}

static void
start_run (Fixture *self,
           gint64   run)
{
  const RunnelEvent event = { .type = RUNNEL_EVENT_RUN_STARTED, .time = T0, .run = run };

  record_event (self->history, &event);
}

static void
test_read_when_shown (Fixture       *self,
                      gconstpointer  user_data)
{
  gint64 first = add_run (self->history, "first", 2);
  gint64 second = add_run (self->history, "second", 2);
  g_autoptr(RunnelRunItem) hidden = runnel_run_loader_get_item (self->loader, first);
  g_autoptr(RunnelRunItem) shown = show (self, second);

  g_assert_null (runnel_run_item_get_record (shown));
  wait_for_record (shown);
  g_assert_cmpstr (runnel_run_item_get_record (shown)->pipeline, ==, "second");
  g_assert_null (runnel_run_item_get_record (hidden));
}

static void
test_one_item_each (Fixture       *self,
                    gconstpointer  user_data)
{
  gint64 run = add_run (self->history, "first", 2);
  g_autoptr(RunnelRunItem) item = runnel_run_loader_get_item (self->loader, run);
  RunnelRunItem *again = runnel_run_loader_get_item (self->loader, run);

  g_assert_true (item == again);
  g_object_unref (again);
  g_assert_finalize_object (g_steal_pointer (&item));
  item = runnel_run_loader_get_item (self->loader, run);
  g_assert_cmpint (runnel_run_item_get_run (item), ==, run);
}

/* What was read is there at once when it comes back onto the screen. */
static void
test_keep (Fixture       *self,
           gconstpointer  user_data)
{
  gint64 run = add_run (self->history, "first", 2);
  RunnelRunItem *item = show (self, run);

  wait_for_record (item);
  runnel_run_loader_hide (self->loader, item);
  g_object_unref (item);
  item = show (self, run);
  g_assert_nonnull (runnel_run_item_get_record (item));
  g_object_unref (item);
}

/* What is scrolled past before anything was asked is not asked for. */
static void
test_scrolled_past (Fixture       *self,
                    gconstpointer  user_data)
{
  gint64 first = add_run (self->history, "first", 2);
  gint64 second = add_run (self->history, "second", 2);
  g_autoptr(RunnelRunItem) passed = show (self, first);
  g_autoptr(RunnelRunItem) shown = NULL;

  runnel_run_loader_hide (self->loader, passed);
  shown = show (self, second);
  wait_for_record (shown);
  g_assert_null (runnel_run_item_get_record (passed));
  g_assert_false (runnel_run_item_is_gone (passed));
}

static void
test_deleted (Fixture       *self,
              gconstpointer  user_data)
{
  gint64 run = add_run (self->history, "first", 2);
  g_autoptr(RunnelRunItem) item = show (self, run);
  g_autoptr(RunnelRunItem) never = NULL;

  wait_for_record (item);
  finish_run (self->history, run, RUNNEL_STATE_FAILED);
  g_assert_true (runnel_history_delete_run (self->history, run, NULL));
  runnel_run_loader_reload (self->loader);
  never = show (self, 12345);
  while (!runnel_run_item_is_gone (item) || !runnel_run_item_is_gone (never))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (runnel_run_item_get_record (item));
}

/* The row of a run that goes on follows it; those that are over are left alone. */
static void
test_active (Fixture       *self,
             gconstpointer  user_data)
{
  gint64 over = add_run (self->history, "over", 2);
  gint64 active = add_run (self->history, "active", 2);
  g_autoptr(RunnelRunItem) over_item = NULL;
  g_autoptr(RunnelRunItem) active_item = NULL;
  guint n_changes = 0;

  finish_run (self->history, over, RUNNEL_STATE_SUCCEEDED);
  over_item = show (self, over);
  active_item = show (self, active);
  wait_for_record (over_item);
  wait_for_record (active_item);
  g_assert_true (runnel_run_item_is_active (active_item));
  g_signal_connect_swapped (over_item, "changed", G_CALLBACK (changed_cb), &n_changes);

  start_run (self, active);
  runnel_run_loader_reload_active (self->loader);
  wait_for_state (active_item, RUNNEL_STATE_RUNNING);
  finish_run (self->history, active, RUNNEL_STATE_SUCCEEDED);
  runnel_run_loader_reload_active (self->loader);
  wait_for_state (active_item, RUNNEL_STATE_SUCCEEDED);
  g_assert_false (runnel_run_item_is_active (active_item));
  g_assert_cmpuint (n_changes, <=, 1); /* the usual time came after the record */
}

static void
test_outlook (Fixture       *self,
              gconstpointer  user_data)
{
  gint64 earlier = add_run (self->history, "build", 2);
  gint64 run = add_run (self->history, "build", 2);
  g_autoptr(RunnelRunItem) item = NULL;

  start_run (self, earlier);
  finish_run (self->history, earlier, RUNNEL_STATE_SUCCEEDED); /* a minute later */
  item = show (self, run);
  while (runnel_run_item_get_usual (item) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (runnel_run_item_get_usual (item), ==, G_TIME_SPAN_MINUTE);
}

/* Its end while an answer is on its way. */
static void
test_dispose (Fixture       *self,
              gconstpointer  user_data)
{
  g_autoptr(RunnelRunItem) item = show (self, add_run (self->history, "first", 2));

  g_main_context_iteration (NULL, FALSE);
}

#define add(path, func) \
  g_test_add ("/designer/run-loader/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("read-when-shown", test_read_when_shown);
  add ("one-item-each", test_one_item_each);
  add ("keep", test_keep);
  add ("scrolled-past", test_scrolled_past);
  add ("deleted", test_deleted);
  add ("active", test_active);
  add ("outlook", test_outlook);
  add ("dispose", test_dispose);

  return g_test_run ();
}
