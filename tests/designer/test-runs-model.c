/* test-runs-model.c: a list of runs that changes, and what is selected in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runs/runnel-runs-model.h"

#define ROUNDS 300

typedef struct
{
  RunnelRunsModel *model;
  GArray *copy;      /* of gint64: what somebody knows who was told the changes only */
  guint n_changes;
} Fixture;

static void
items_changed_cb (Fixture *self,
                  guint    position,
                  guint    n_removed,
                  guint    n_added)
{
  self->n_changes++;
  g_assert_cmpuint (position + n_removed, <=, self->copy->len);
  if (n_removed > 0)
    g_array_remove_range (self->copy, position, n_removed);
  for (guint i = position; i < position + n_added; i++)
    {
      gint64 run = runnel_runs_model_get_run (self->model, i);

      g_array_insert_val (self->copy, i, run);
    }
}

static void
set_up (Fixture       *self,
        gconstpointer  user_data)
{
  g_autoptr(RunnelHistoryService) history = runnel_history_service_new (":memory:");
  g_autoptr(RunnelRunLoader) loader = runnel_run_loader_new (history);

  self->model = runnel_runs_model_new (loader);
  self->copy = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_signal_connect_swapped (self->model, "items-changed", G_CALLBACK (items_changed_cb), self);
}

static void
tear_down (Fixture       *self,
           gconstpointer  user_data)
{
  g_assert_finalize_object (self->model);
  g_array_unref (self->copy);
}

static void
set_runs (Fixture      *self,
          const gint64 *runs,
          guint         n_runs)
{
  self->n_changes = 0;
  runnel_runs_model_set_runs (self->model, runs, n_runs);
  g_assert_cmpmem (self->copy->data, self->copy->len * sizeof (gint64), runs,
                   n_runs * sizeof (gint64));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->model)), ==, n_runs);
}

#define SET(self, ...) \
  G_STMT_START { \
    const gint64 runs_[] = { __VA_ARGS__ }; \
    set_runs (self, runs_, G_N_ELEMENTS (runs_)); \
  } G_STMT_END

static void
select_run (Fixture *self,
            gint64   run)
{
  guint position = runnel_runs_model_find_run (self->model, run);

  g_assert_cmpuint (position, !=, GTK_INVALID_LIST_POSITION);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->model), position, FALSE);
}

static void
assert_selected (Fixture      *self,
                 const gint64 *runs,
                 guint         n_runs)
{
  g_autoptr(GArray) selected = runnel_runs_model_get_selected (self->model);

  g_assert_cmpmem (selected->data, selected->len * sizeof (gint64), runs, n_runs * sizeof (gint64));
  g_assert_cmpuint (runnel_runs_model_n_selected (self->model), ==, n_runs);
}

#define ASSERT_SELECTED(self, ...) \
  G_STMT_START { \
    const gint64 runs_[] = { __VA_ARGS__ }; \
    assert_selected (self, runs_, G_N_ELEMENTS (runs_)); \
  } G_STMT_END

static void
test_items (Fixture       *self,
            gconstpointer  user_data)
{
  g_autoptr(RunnelRunItem) item = NULL;
  g_autoptr(RunnelRunItem) again = NULL;

  SET (self, 3, 2, 1);
  g_assert_cmpuint (self->n_changes, ==, 1);
  item = g_list_model_get_item (G_LIST_MODEL (self->model), 1);
  g_assert_cmpint (runnel_run_item_get_run (item), ==, 2);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (self->model), 3));

  /* It is the same one wherever its run goes. */
  SET (self, 5, 4, 2);
  again = g_list_model_get_item (G_LIST_MODEL (self->model), 2);
  g_assert_true (item == again);
}

static void
test_no_change (Fixture       *self,
                gconstpointer  user_data)
{
  SET (self, 3, 2, 1);
  SET (self, 3, 2, 1);
  g_assert_cmpuint (self->n_changes, ==, 0);
}

static void
test_new_run (Fixture       *self,
              gconstpointer  user_data)
{
  SET (self, 3, 2, 1);
  select_run (self, 2);
  SET (self, 4, 3, 2, 1);
  g_assert_cmpuint (self->n_changes, ==, 1);
  ASSERT_SELECTED (self, 2);
}

static void
test_deleted_runs (Fixture       *self,
                   gconstpointer  user_data)
{
  SET (self, 6, 5, 4, 3, 2, 1);
  select_run (self, 5);
  select_run (self, 2);
  select_run (self, 1);
  SET (self, 6, 4, 3, 1);
  g_assert_cmpuint (self->n_changes, ==, 2);
  ASSERT_SELECTED (self, 1);
}

static void
test_filter (Fixture       *self,
             gconstpointer  user_data)
{
  SET (self, 6, 5, 4, 3, 2, 1);
  select_run (self, 6);
  select_run (self, 3);
  SET (self, 5, 3, 1);
  ASSERT_SELECTED (self, 3);
  set_runs (self, NULL, 0);
  g_assert_cmpuint (runnel_runs_model_n_selected (self->model), ==, 0);
  SET (self, 6, 5, 4, 3, 2, 1);
  g_assert_cmpuint (runnel_runs_model_n_selected (self->model), ==, 0);
}

/* A run that was brought in from elsewhere began between others; one that was queued began later
 * than it seemed. */
static void
test_other_order (Fixture       *self,
                  gconstpointer  user_data)
{
  SET (self, 3, 2, 1);
  SET (self, 3, 7, 2, 1);
  g_assert_cmpuint (self->n_changes, ==, 1);
  SET (self, 2, 3, 7, 1);
  SET (self, 1, 7, 3, 2);
}

/* Many changes are told as one, and the selection survives. */
static void
test_many_changes (Fixture       *self,
                   gconstpointer  user_data)
{
  gint64 all[4000], half[2000];

  for (guint i = 0; i < 4000; i++)
    all[i] = 4000 - i;
  for (guint i = 0; i < 2000; i++)
    half[i] = all[2 * i];
  set_runs (self, all, 4000);
  select_run (self, 2000);
  select_run (self, 1999);
  set_runs (self, half, 2000);
  g_assert_cmpuint (self->n_changes, ==, 1);
  ASSERT_SELECTED (self, 2000);
  set_runs (self, all, 4000);
  g_assert_cmpuint (self->n_changes, ==, 1);
  ASSERT_SELECTED (self, 2000);
}

static void
test_select_all (Fixture       *self,
                 gconstpointer  user_data)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->model);

  SET (self, 4, 3, 2, 1);
  gtk_selection_model_select_all (model);
  ASSERT_SELECTED (self, 4, 3, 2, 1);
  gtk_selection_model_unselect_item (model, 1);
  ASSERT_SELECTED (self, 4, 2, 1);
  gtk_selection_model_select_item (model, 1, TRUE);
  ASSERT_SELECTED (self, 3);
  gtk_selection_model_unselect_all (model);
  g_assert_cmpuint (runnel_runs_model_n_selected (self->model), ==, 0);
}

static GArray *
make_random_runs (GHashTable *selected)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (gint64));
  int density = g_test_rand_int_range (1, 10);

  for (gint64 run = 500; run > 0; run--)
    if (g_test_rand_int_range (0, 10) < density)
      g_array_append_val (runs, run);
    else
      g_hash_table_remove (selected, &run);
  return runs;
}

/* Whatever comes after whatever: who follows the changes has the list, and the selection is that of
 * the runs that were there all the time. */
static void
test_random (Fixture       *self,
             gconstpointer  user_data)
{
  g_autoptr(GHashTable) selected = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr(GArray) runs = make_random_runs (selected);
      g_autoptr(GArray) now = NULL;
      gint64 run;

      set_runs (self, (const gint64 *) runs->data, runs->len);
      now = runnel_runs_model_get_selected (self->model);
      g_assert_cmpuint (now->len, ==, g_hash_table_size (selected));
      for (guint i = 0; i < now->len; i++)
        g_assert_true (g_hash_table_contains (selected, &g_array_index (now, gint64, i)));
      if (runs->len == 0)
        continue;
      run = g_array_index (runs, gint64, g_test_rand_int_range (0, runs->len));
      select_run (self, run);
      g_hash_table_add (selected, g_memdup2 (&run, sizeof run));
    }
}

#define add(path, func) \
  g_test_add ("/designer/runs-model/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("items", test_items);
  add ("no-change", test_no_change);
  add ("new-run", test_new_run);
  add ("deleted-runs", test_deleted_runs);
  add ("filter", test_filter);
  add ("other-order", test_other_order);
  add ("many-changes", test_many_changes);
  add ("select-all", test_select_all);
  add ("random", test_random);

  return g_test_run ();
}
