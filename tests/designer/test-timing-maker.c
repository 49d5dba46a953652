/* test-timing-maker.c: timings made off the main thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../charts/charts-fixture.h"
#include "designer/charts/runnel-timing-maker.h"

typedef struct
{
  RunnelTimingMaker *maker;
  GArray *made;     /* of guint: how many rows each timing had */
  GThread *thread;  /* where "made" was heard */
} Fixture;

static void
made_cb (Fixture      *self,
         RunnelTiming *timing)
{
  g_array_append_val (self->made, timing->n_rows);
  self->thread = g_thread_self ();
}

static void
set_up (Fixture      *self,
        gconstpointer unused)
{
  self->maker = runnel_timing_maker_new ();
  self->made = g_array_new (FALSE, FALSE, sizeof (guint));
  g_signal_connect_swapped (self->maker, "made", G_CALLBACK (made_cb), self);
}

/* What is under way holds the maker until it is over. */
static void
drop_maker (Fixture *self)
{
  gpointer maker = self->maker;

  g_object_add_weak_pointer (G_OBJECT (self->maker), &maker);
  g_clear_object (&self->maker);
  while (maker != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture      *self,
           gconstpointer unused)
{
  drop_maker (self);
  g_array_unref (self->made);
}

/* A run of @n_steps, which is gone when this returns: what is made of it must not need it. */
static void
make (Fixture *self,
      guint    n_steps)
{
  g_autoptr(GPtrArray) family = g_ptr_array_new ();
  g_autoptr(RunnelPipeline) pipeline = NULL;
  MadeUpRun run;

  made_up_run_init (&run, 10);
  run.run->details = json_object_new ();
  for (guint i = 0; i < n_steps; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);

      add_success (&run, id, 0, 0, 1);
    }
  pipeline = make_pipeline (&run, "");
  runnel_timing_maker_make (self->maker, run.run, run.steps, pipeline, family);
  made_up_run_clear (&run);
}

static void
wait_for_made (Fixture *self,
               guint    n_made)
{
  while (self->made->len < n_made)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_made (Fixture      *self,
           gconstpointer unused)
{
  make (self, 3);
  g_assert_cmpuint (self->made->len, ==, 0);
  wait_for_made (self, 1);
  g_assert_cmpuint (g_array_index (self->made, guint, 0), ==, 3);
  g_assert_true (self->thread == g_thread_self ());
}

/* The first is under way; of the others only the newest is made. */
static void
test_newest (Fixture      *self,
             gconstpointer unused)
{
  for (guint i = 1; i <= 5; i++)
    make (self, i);
  wait_for_made (self, 2);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (self->made->len, ==, 2);
  g_assert_cmpuint (g_array_index (self->made, guint, 0), ==, 1);
  g_assert_cmpuint (g_array_index (self->made, guint, 1), ==, 5);

  /* And it goes on afterwards. */
  make (self, 2);
  wait_for_made (self, 3);
  g_assert_cmpuint (g_array_index (self->made, guint, 2), ==, 2);
}

/* Who is not interested any more hears nothing, though a thread is under way. */
static void
test_dispose (Fixture      *self,
              gconstpointer unused)
{
  make (self, 1000);
  make (self, 1);
  g_object_run_dispose (G_OBJECT (self->maker));
  drop_maker (self);
  g_assert_cmpuint (self->made->len, ==, 0);
  self->maker = runnel_timing_maker_new ();
}

#define add(path, func) \
  g_test_add ("/designer/timing-maker/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("made", test_made);
  add ("newest", test_newest);
  add ("dispose", test_dispose);
  return g_test_run ();
}
