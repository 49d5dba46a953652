/* test-event-queue.c: events of a run on their way to another thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "telemetry-fixture.h"
#include "telemetry/runnel-event-queue.h"

static void
test_order_and_copies (void)
{
  RunnelEventQueue *queue = runnel_event_queue_new (10);
  g_autofree char *step = g_strdup ("s0");
  g_autofree char *reason = g_strdup ("because");
  g_autoptr(JsonObject) details = json_object_new ();
  RunnelEvent event = make_event (RUNNEL_EVENT_STEP_QUEUED, 1, step, 1, RUNNEL_STATE_QUEUED);
  g_autoptr(RunnelQueuedEvent) first = NULL;
  g_autoptr(RunnelQueuedEvent) second = NULL;
  gboolean is_over;

  event.reason = reason;
  event.details = details;
  json_object_set_string_member (details, "kind", "script");
  runnel_event_queue_put (queue, &event);
  event.details = NULL;
  event.attempt = 2;
  runnel_event_queue_put (queue, &event);
  step[0] = reason[0] = 'x';
  runnel_event_queue_end (queue);

  first = runnel_event_queue_take (queue, 0, &is_over);
  g_assert_cmpstr (first->event.step, ==, "s0");
  g_assert_cmpstr (first->event.reason, ==, "because");
  g_assert_true (first->event.details != details);
  g_assert_cmpstr (json_object_get_string_member (first->event.details, "kind"), ==, "script");
  g_assert_false (is_over);
  second = runnel_event_queue_take (queue, 0, &is_over);
  g_assert_cmpuint (second->event.attempt, ==, 2);
  g_assert_null (second->event.details);
  g_assert_null (runnel_event_queue_take (queue, 0, &is_over));
  g_assert_true (is_over);
  runnel_event_queue_free (queue);
}

/* Whoever puts in never waits, and is not told: what is lost is counted. */
static void
test_full (void)
{
  RunnelEventQueue *queue = runnel_event_queue_new (3);
  const RunnelEvent event = make_event (RUNNEL_EVENT_STEP_QUEUED, 0, "s0", 0, RUNNEL_STATE_QUEUED);
  const RunnelEvent end = make_event (RUNNEL_EVENT_RUN_FINISHED, 0, NULL, 0, RUNNEL_STATE_FAILED);
  gboolean is_over;

  for (guint i = 0; i < 10; i++)
    runnel_event_queue_put (queue, &event);
  g_assert_cmpuint (runnel_event_queue_get_n_lost (queue), ==, 7);
  runnel_event_queue_put (queue, &end);
  g_assert_cmpuint (runnel_event_queue_get_n_lost (queue), ==, 7);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr(RunnelQueuedEvent) taken = runnel_event_queue_take (queue, 0, &is_over);

      g_assert_nonnull (taken);
      g_assert_cmpint (taken->event.type == RUNNEL_EVENT_RUN_FINISHED, ==, i == 3);
    }
  g_assert_null (runnel_event_queue_take (queue, 0, &is_over));
  g_assert_false (is_over);
  runnel_event_queue_free (queue);
}

static gpointer
put_many (gpointer data)
{
  for (guint i = 1; i <= 1000; i++)
    {
      const RunnelEvent event = make_event (RUNNEL_EVENT_ATTEMPT_STARTED, i, "s0", i,
                                            RUNNEL_STATE_RUNNING);

      runnel_event_queue_put (data, &event);
    }
  runnel_event_queue_end (data);
  return NULL;
}

static void
test_threads (void)
{
  RunnelEventQueue *queue = runnel_event_queue_new (1000);
  GThread *thread = g_thread_new ("put", put_many, queue);
  gboolean is_over = FALSE;
  guint n = 0;

  while (!is_over)
    {
      g_autoptr(RunnelQueuedEvent) event = runnel_event_queue_take (queue, G_MAXINT64, &is_over);

      if (event)
        g_assert_cmpuint (event->event.attempt, ==, ++n);
    }
  g_assert_cmpuint (n, ==, 1000);
  g_thread_join (thread);
  runnel_event_queue_free (queue);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/telemetry/event-queue/order-and-copies", test_order_and_copies);
  g_test_add_func ("/telemetry/event-queue/full", test_full);
  g_test_add_func ("/telemetry/event-queue/threads", test_threads);
  return g_test_run ();
}
