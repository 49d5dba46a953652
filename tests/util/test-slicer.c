/* test-slicer.c: long work, a little at a time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "util/runnel-slicer.h"

typedef struct
{
  guint next;
  guint n_done;
  gulong pause; /* microseconds that an item takes */
} Work;

static void
work_cb (guint    index,
         gpointer user_data)
{
  Work *work = user_data;

  g_assert_cmpuint (index, ==, work->next);
  work->next++;
  g_usleep (work->pause);
}

static void
done_cb (gpointer user_data)
{
  ((Work *) user_data)->n_done++;
}

/* What is soon done is done at once. */
static void
test_short (void)
{
  Work work = { 0 };
  g_autoptr(RunnelSlicer) slicer = runnel_slicer_new (work_cb, done_cb, &work);

  runnel_slicer_start (slicer, 3);
  g_assert_cmpuint (work.next, ==, 3);
  g_assert_cmpuint (work.n_done, ==, 1);
  work.next = 0;
  runnel_slicer_start (slicer, 0);
  g_assert_cmpuint (work.n_done, ==, 2);
}

/* What takes long leaves the main context to others now and then, and is done to the end. */
static void
test_long (void)
{
  Work work = { .pause = 500 };
  g_autoptr(RunnelSlicer) slicer = runnel_slicer_new (work_cb, done_cb, &work);

  runnel_slicer_start (slicer, 64);
  g_assert_true (runnel_slicer_is_busy (slicer));
  g_assert_cmpuint (work.next, <, 64);
  while (runnel_slicer_is_busy (slicer))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (work.next, ==, 64);
  g_assert_cmpuint (work.n_done, ==, 1);
}

static void
test_stop (void)
{
  Work work = { .pause = 500 };
  g_autoptr(RunnelSlicer) slicer = runnel_slicer_new (work_cb, done_cb, &work);

  runnel_slicer_start (slicer, 64);
  runnel_slicer_stop (slicer);
  g_assert_false (g_main_context_iteration (NULL, FALSE));
  g_assert_cmpuint (work.n_done, ==, 0);
  work = (Work) { 0 };
  runnel_slicer_start (slicer, 5);
  g_assert_cmpuint (work.next, ==, 5);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/util/slicer/short", test_short);
  g_test_add_func ("/util/slicer/long", test_long);
  g_test_add_func ("/util/slicer/stop", test_stop);
  return g_test_run ();
}
