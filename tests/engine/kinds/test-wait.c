/* test-wait.c: letting time pass
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "kind-fixture.h"

static void
test_for (KindFixture   *fixture,
          gconstpointer  user_data)
{
  gint64 start = g_get_monotonic_time ();

  fixture_start (fixture, &runnel_wait_kind, "{'for': '20ms'}");
  g_assert_cmpstr (fixture->waiting, ==, "for 20ms");
  g_assert_cmpint (fixture->wait_kind, ==, RUNNEL_WAIT_TIME);
  fixture_assert_succeeded (fixture);
  /* Never too early; how much later it is depends on the machine. */
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 20000);
}

static void
test_until (KindFixture   *fixture,
            gconstpointer  user_data)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr(GDateTime) soon = g_date_time_add (now, 50 * G_TIME_SPAN_MILLISECOND);
  g_autofree char *text = g_date_time_format (soon, "%FT%T.%fZ");
  g_autofree char *with = g_strdup_printf ("{'until': '%s'}", text);
  gint64 at = g_date_time_to_unix (soon) * G_USEC_PER_SEC + g_date_time_get_microsecond (soon);

  fixture_start (fixture, &runnel_wait_kind, with);
  g_assert_true (g_str_has_prefix (fixture->waiting, "until 20"));
  fixture_assert_succeeded (fixture);
  g_assert_cmpint (g_get_real_time (), >=, at);
}

static void
test_past (KindFixture   *fixture,
           gconstpointer  user_data)
{
  fixture_start (fixture, &runnel_wait_kind, "{'until': '2001-01-01T00:00:00+02:00'}");
  fixture_assert_succeeded (fixture);
}

static void
test_cancel (KindFixture   *fixture,
             gconstpointer  user_data)
{
  fixture_start (fixture, &runnel_wait_kind, "{'for': '900d'}");
  fixture->task->klass->cancel (fixture->task);
  fixture->task->klass->cancel (fixture->task);
  fixture_wait (fixture);
  g_assert_cmpint (fixture->state, ==, RUNNEL_STATE_CANCELLED);
}

static void
assert_frozen (KindFixture *fixture)
{
  fixture->task->klass->freeze (fixture->task, TRUE);
  fixture->task->klass->freeze (fixture->task, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (fixture->n_finished, ==, 0);
}

/* A wait that is over at once, were it not frozen. */
static void
test_freeze (KindFixture   *fixture,
             gconstpointer  user_data)
{
  fixture_start (fixture, &runnel_wait_kind, user_data);
  assert_frozen (fixture);
  fixture->task->klass->freeze (fixture->task, FALSE);
  fixture->task->klass->freeze (fixture->task, FALSE);
  fixture_assert_succeeded (fixture);
}

static void
test_cancel_frozen (KindFixture   *fixture,
                    gconstpointer  user_data)
{
  fixture_start (fixture, &runnel_wait_kind, "{'for': '0s'}");
  assert_frozen (fixture);
  fixture->task->klass->cancel (fixture->task);
  fixture_wait (fixture);
  g_assert_cmpint (fixture->state, ==, RUNNEL_STATE_CANCELLED);
}

typedef struct
{
  const char *name;
  const char *with;
  const char *reason;
} BadRow;

static const BadRow bad_rows[] = {
  { "neither", "{}", "either “for” or “until”" },
  { "both", "{'for': '1s', 'until': '2001-01-01T00:00:00Z'}", "either “for” or “until”" },
  { "bare-number", "{'for': 90}", "with.for: “90” is not a duration" },
  { "no-zone", "{'until': '2030-01-31T18:00:00'}", "with its zone" },
  { "no-time", "{'until': 'tomorrow'}", "“tomorrow” is not a time" },
};

static void
test_bad (KindFixture   *fixture,
          gconstpointer  user_data)
{
  const BadRow *row = user_data;

  fixture_start (fixture, &runnel_wait_kind, row->with);
  fixture_assert_failed (fixture, row->reason);
}

#define add(path, data, func) \
  g_test_add (path, KindFixture, data, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/engine/wait/for", NULL, test_for);
  add ("/engine/wait/until", NULL, test_until);
  add ("/engine/wait/past", NULL, test_past);
  add ("/engine/wait/cancel", NULL, test_cancel);
  add ("/engine/wait/freeze/for", "{'for': '0s'}", test_freeze);
  add ("/engine/wait/freeze/until", "{'until': '2001-01-01T00:00:00Z'}", test_freeze);
  add ("/engine/wait/freeze/cancel", NULL, test_cancel_frozen);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/wait/bad/", bad_rows[i].name, NULL);

      add (path, &bad_rows[i], test_bad);
    }

  return g_test_run ();
}
