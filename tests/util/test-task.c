/* test-task.c: work in a thread for an object that no other thread may finalize
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "util/runnel-task.h"

#define N_TIMES 200

typedef struct
{
  GThread *main;
  GThread *released_in; /* NULL = not yet */
  int result;
} Fixture;

static void
released_cb (gpointer  user_data,
             GObject  *where_the_object_was)
{
  Fixture *fixture = user_data;

  fixture->released_in = g_thread_self ();
}

static void
add_thread (GTask        *task,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  g_assert_true (G_IS_SIMPLE_ACTION (source_object));
  g_assert_true (g_task_get_cancellable (task) == cancellable);
  g_task_return_int (task, GPOINTER_TO_INT (task_data) + 1);
  /* The main thread has all the time to be done with the task before this thread is. */
  g_usleep (100);
}

static void
added_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_thread_self () == fixture->main);
  fixture->result = g_task_propagate_int (G_TASK (result), &error);
  if (error)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Starts work for an object that nobody else holds, and waits until it is gone. */
static void
work (Fixture      *fixture,
      GCancellable *cancellable)
{
  GObject *object = G_OBJECT (g_simple_action_new ("a", NULL));
  g_autoptr(GTask) task = g_task_new (object, cancellable, added_cb, fixture);

  fixture->main = g_thread_self ();
  g_object_weak_ref (object, released_cb, fixture);
  g_object_unref (object);
  g_task_set_task_data (task, GINT_TO_POINTER (41), NULL);
  runnel_task_run_in_thread (task, add_thread);
  g_clear_object (&task);
  while (!fixture->released_in)
    g_main_context_iteration (NULL, TRUE); /* does not sleep for ever: what releases it wakes it */
}

static void
test_released_here (void)
{
  for (guint i = 0; i < N_TIMES; i++)
    {
      Fixture fixture = { NULL, };

      work (&fixture, NULL);
      g_assert_cmpint (fixture.result, ==, 42);
      g_assert_true (fixture.released_in == fixture.main);
    }
}

static void
test_cancelled (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Fixture fixture = { NULL, };

  g_cancellable_cancel (cancellable);
  work (&fixture, cancellable);
  g_assert_cmpint (fixture.result, ==, -1);
  g_assert_true (fixture.released_in == fixture.main);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/util/task/released-here", test_released_here);
  g_test_add_func ("/util/task/cancelled", test_cancelled);
  return g_test_run ();
}
