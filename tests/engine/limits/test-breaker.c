/* test-breaker.c: stops a step that keeps failing from run to run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>
#include <unistd.h>

#include "engine/limits/runnel-breaker.h"
#include "util/runnel-proc.h"

#define NOON G_GINT64_CONSTANT (1700000000000000)
#define HOUR G_TIME_SPAN_HOUR

static const RunnelBreakerRule rule = { 3, HOUR };
static const RunnelBreakerProbe dead = { 7, 1, 12345 };

static RunnelBreakerProbe
make_probe (gint64 run)
{
  return (RunnelBreakerProbe) { run, getpid (), runnel_proc_get_start_time (getpid ()) };
}

static void
fail_times (RunnelBreaker *breaker,
            guint          times)
{
  for (guint i = 0; i < times; i++)
    runnel_breaker_fail (breaker, &rule, i + 1, NOON);
}

static void
test_rule (void)
{
  static const struct
  {
    const char *json;
    gboolean has_breaker;
    guint failures;
    gint64 cool_down;
  } cases[] = {
    { "{}", FALSE, 0, 0 },
    { "{\"breaker\": 3}", FALSE, 0, 0 },
    { "{\"breaker\": {\"failures\": 3}}", TRUE, 3, HOUR },
    { "{\"breaker\": {\"failures\": 1, \"cool-down\": \"90s\"}}", TRUE, 1, 90 * G_TIME_SPAN_SECOND },
    { "{\"breaker\": {\"failures\": 0}}", FALSE, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(JsonNode) node = json_from_string (cases[i].json, NULL);
      g_autoptr(RunnelStep) step = runnel_step_new (json_node_get_object (node), "steps[0]", NULL);
      RunnelBreakerRule read = { 0, 0 };

      g_assert_cmpint (runnel_breaker_rule_read (step, &read), ==, cases[i].has_breaker);
      g_assert_cmpuint (read.failures, ==, cases[i].failures);
      g_assert_cmpint (read.cool_down, ==, cases[i].cool_down);
    }
}

static void
test_opens (void)
{
  RunnelBreaker breaker = { 0, };
  RunnelBreakerProbe probe = make_probe (9);

  fail_times (&breaker, 2);
  g_assert_cmpint (runnel_breaker_get_state (&breaker, NOON), ==, RUNNEL_BREAKER_CLOSED);
  g_assert_true (runnel_breaker_admit (&breaker, &rule, &probe, NOON));
  fail_times (&breaker, 1);
  g_assert_cmpint (runnel_breaker_get_state (&breaker, NOON), ==, RUNNEL_BREAKER_OPEN);
  g_assert_false (runnel_breaker_admit (&breaker, &rule, &probe, NOON + HOUR - 1));
  g_assert_cmpint (breaker.opened, ==, NOON);
}

static void
test_success_forgets (void)
{
  RunnelBreaker breaker = { 0, };

  fail_times (&breaker, 2);
  runnel_breaker_succeed (&breaker);
  g_assert_true (runnel_breaker_is_trivial (&breaker));
  fail_times (&breaker, 2);
  g_assert_cmpint (runnel_breaker_get_state (&breaker, NOON), ==, RUNNEL_BREAKER_CLOSED);
}

static void
test_one_probe (void)
{
  RunnelBreaker breaker = { 0, };
  RunnelBreakerProbe first = make_probe (9);
  RunnelBreakerProbe second = make_probe (10);

  fail_times (&breaker, 3);
  g_assert_true (runnel_breaker_admit (&breaker, &rule, &first, NOON + HOUR));
  g_assert_false (runnel_breaker_admit (&breaker, &rule, &second, NOON + HOUR));
  g_assert_cmpint (breaker.probe.run, ==, 9);
}

static void
test_probe_fails (void)
{
  RunnelBreaker breaker = { 0, };
  RunnelBreakerProbe probe = make_probe (9);

  fail_times (&breaker, 3);
  runnel_breaker_admit (&breaker, &rule, &probe, NOON + HOUR);
  runnel_breaker_fail (&breaker, &rule, 9, NOON + HOUR + 5);
  g_assert_cmpint (runnel_breaker_get_state (&breaker, NOON + HOUR + 5), ==, RUNNEL_BREAKER_OPEN);
  g_assert_cmpint (breaker.opened, ==, NOON + HOUR + 5);
  g_assert_cmpuint (breaker.failures, ==, 4);
  g_assert_cmpint (breaker.probe.run, ==, 0);
}

/* A run that began before it opened does not put off the next try. */
static void
test_late_failure (void)
{
  RunnelBreaker breaker = { 0, };

  fail_times (&breaker, 3);
  runnel_breaker_fail (&breaker, &rule, 9, NOON + HOUR / 2);
  g_assert_cmpint (breaker.opened, ==, NOON);
}

static void
test_probe_gives_up (void)
{
  RunnelBreaker breaker = { 0, };
  RunnelBreakerProbe first = make_probe (9);
  RunnelBreakerProbe second = make_probe (10);

  fail_times (&breaker, 3);
  runnel_breaker_admit (&breaker, &rule, &first, NOON + HOUR);
  g_assert_false (runnel_breaker_give_up (&breaker, 10));
  g_assert_true (runnel_breaker_give_up (&breaker, 9));
  g_assert_true (runnel_breaker_admit (&breaker, &rule, &second, NOON + HOUR));
}

static void
test_probe_dies (void)
{
  RunnelBreaker breaker = { 0, };
  RunnelBreakerProbe second = make_probe (10);

  fail_times (&breaker, 3);
  runnel_breaker_admit (&breaker, &rule, &dead, NOON + HOUR);
  g_assert_true (runnel_breaker_admit (&breaker, &rule, &second, NOON + HOUR));
  g_assert_cmpint (breaker.probe.run, ==, 10);
}

/* The clock was an hour ahead when it opened. */
static void
test_clock_set_back (void)
{
  RunnelBreaker breaker = { 0, };
  RunnelBreakerProbe probe = make_probe (9);

  fail_times (&breaker, 3);
  g_assert_false (runnel_breaker_admit (&breaker, &rule, &probe, NOON - HOUR));
  g_assert_cmpint (runnel_breaker_get_state (&breaker, NOON), ==, RUNNEL_BREAKER_HALF_OPEN);
}

static void
test_json (void)
{
  RunnelBreaker breaker = { 0, };
  RunnelBreakerProbe probe = make_probe (9);
  g_autoptr(JsonObject) object = NULL;
  g_autoptr(JsonObject) nonsense = json_object_new ();
  RunnelBreaker read;

  fail_times (&breaker, 3);
  runnel_breaker_admit (&breaker, &rule, &probe, NOON + HOUR);
  object = runnel_breaker_to_json (&breaker);
  runnel_breaker_from_json (&read, object);
  g_assert_cmpmem (&read, sizeof read, &breaker, sizeof breaker);

  json_object_set_string_member (nonsense, "failures", "many");
  json_object_set_int_member (nonsense, "opened", -5);
  runnel_breaker_from_json (&read, nonsense);
  g_assert_true (runnel_breaker_is_trivial (&read));
}

static void
test_describe (void)
{
  RunnelBreaker breaker = { 0, };
  RunnelBreakerProbe probe = make_probe (9);
  g_autofree char *closed = NULL;
  g_autofree char *open = NULL;
  g_autofree char *half_open = NULL;
  g_autofree char *probing = NULL;

  fail_times (&breaker, 2);
  closed = runnel_breaker_describe (&breaker, NOON);
  fail_times (&breaker, 1);
  open = runnel_breaker_describe (&breaker, NOON);
  half_open = runnel_breaker_describe (&breaker, NOON + HOUR);
  runnel_breaker_admit (&breaker, &rule, &probe, NOON + HOUR);
  probing = runnel_breaker_describe (&breaker, NOON + HOUR);

  g_assert_cmpstr (closed, ==, "closed, with 2 of 3 failures in a row");
  g_assert_cmpstr (open, ==, "open since 22:13 after 3 failures in a row; it is tried again after 23:13");
  g_assert_cmpstr (half_open, ==, "half open after 3 failures in a row; the next run tries it");
  g_assert_cmpstr (probing, ==, "half open after 3 failures in a row; run 9 tries it now");
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/limits/breaker/rule", test_rule);
  g_test_add_func ("/engine/limits/breaker/opens", test_opens);
  g_test_add_func ("/engine/limits/breaker/success-forgets", test_success_forgets);
  g_test_add_func ("/engine/limits/breaker/one-probe", test_one_probe);
  g_test_add_func ("/engine/limits/breaker/probe-fails", test_probe_fails);
  g_test_add_func ("/engine/limits/breaker/late-failure", test_late_failure);
  g_test_add_func ("/engine/limits/breaker/probe-gives-up", test_probe_gives_up);
  g_test_add_func ("/engine/limits/breaker/probe-dies", test_probe_dies);
  g_test_add_func ("/engine/limits/breaker/clock-set-back", test_clock_set_back);
  g_test_add_func ("/engine/limits/breaker/json", test_json);
  g_test_add_func ("/engine/limits/breaker/describe", test_describe);

  return g_test_run ();
}
