/* runnel-breaker.c: stops a step that keeps failing from run to run
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pattern is the circuit breaker of Michael Nygard's "Release It!": closed, open after some
 * failures in a row, and half open when it has cooled down, until one try has shown how it is.
 */
#include "config.h"

#include "engine/limits/runnel-breaker.h"
#include "model/runnel-duration.h"
#include "util/runnel-proc.h"

static const char *const state_names[] = {
  [RUNNEL_BREAKER_CLOSED] = "closed",
  [RUNNEL_BREAKER_OPEN] = "open",
  [RUNNEL_BREAKER_HALF_OPEN] = "half-open",
};

/* A breaker that was opened in the future was opened by a clock that was wrong. */
static gint64
get_retry_time (const RunnelBreaker *self,
                gint64               now)
{
  return MIN (self->opened, now) + self->rule.cool_down;
}

static gboolean
is_alive (const RunnelBreakerProbe *probe)
{
  return probe->run != 0 && runnel_proc_get_start_time (probe->pid) == probe->start_time;
}

/* "13:05", with the date when it is on another day than @now. */
static char *
format_time (gint64 time,
             gint64 now)
{
  g_autoptr(GDateTime) local = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);
  g_autoptr(GDateTime) today = g_date_time_new_from_unix_local (now / G_USEC_PER_SEC);

  if (local == NULL || today == NULL)
    return g_strdup ("?");

  return g_date_time_format (local, g_date_time_get_year (local) == g_date_time_get_year (today) &&
                                        g_date_time_get_day_of_year (local) ==
                                          g_date_time_get_day_of_year (today)
                                      ? "%H:%M" : "%Y-%m-%d %H:%M");
}

/**
 * runnel_breaker_rule_read:
 * @step: a step
 * @ret_rule: (out): its `breaker`; left alone when it has none
 *
 * Returns: whether the step has a breaker
 */
gboolean
runnel_breaker_rule_read (RunnelStep        *step,
                          RunnelBreakerRule *ret_rule)
{
  g_autoptr(JsonNode) node = runnel_step_dup_member (step, "breaker");
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                      : NULL;
  const char *cool_down;
  gint64 failures;

  if (object == NULL)
    return FALSE;
  failures = json_object_get_int_member_with_default (object, "failures", 0);
  if (failures < 1)
    return FALSE;

  ret_rule->failures = MIN (failures, G_MAXINT);
  ret_rule->cool_down = RUNNEL_DEFAULT_COOL_DOWN;
  cool_down = json_object_get_string_member_with_default (object, "cool-down", NULL);
  if (cool_down != NULL)
    runnel_duration_parse (cool_down, &ret_rule->cool_down, NULL);

  return TRUE;
}

const char *
runnel_breaker_state_to_string (RunnelBreakerState self)
{
  g_return_val_if_fail ((guint) self < G_N_ELEMENTS (state_names), "unknown");

  return state_names[self];
}

/**
 * runnel_breaker_get_state:
 * @now: the time
 *
 * Returns: how it stands
 */
RunnelBreakerState
runnel_breaker_get_state (const RunnelBreaker *self,
                          gint64               now)
{
  if (self->opened == 0)
    return RUNNEL_BREAKER_CLOSED;

  return now >= get_retry_time (self, now) ? RUNNEL_BREAKER_HALF_OPEN : RUNNEL_BREAKER_OPEN;
}

/**
 * runnel_breaker_admit:
 * @rule: as the pipeline has it now
 * @probe: the run that asks
 * @now: the time
 *
 * Asks whether the step may be carried out. The one that is let through while the breaker is half
 * open is remembered, until it tells how it went or is found to be dead.
 *
 * Returns: whether it may
 */
gboolean
runnel_breaker_admit (RunnelBreaker            *self,
                      const RunnelBreakerRule  *rule,
                      const RunnelBreakerProbe *probe,
                      gint64                    now)
{
  self->rule = *rule;
  self->opened = MIN (self->opened, now);
  switch (runnel_breaker_get_state (self, now))
    {
    case RUNNEL_BREAKER_CLOSED:
      return TRUE;
    case RUNNEL_BREAKER_OPEN:
      return FALSE;
    case RUNNEL_BREAKER_HALF_OPEN:
    default:
      if (is_alive (&self->probe) && self->probe.run != probe->run)
        return FALSE;
      self->probe = *probe;
      return TRUE;
    }
}

/**
 * runnel_breaker_succeed:
 *
 * The step has succeeded, so it is closed and counts from the beginning.
 */
void
runnel_breaker_succeed (RunnelBreaker *self)
{
  *self = (RunnelBreaker) { .rule = self->rule };
}

/**
 * runnel_breaker_fail:
 * @rule: as the pipeline has it
 * @run: the run in which the step has failed
 * @now: the time
 *
 * Counts a failure. It is opened when it was half open, or when there were enough in a row.
 */
void
runnel_breaker_fail (RunnelBreaker           *self,
                     const RunnelBreakerRule *rule,
                     gint64                   run,
                     gint64                   now)
{
  gboolean is_probe = self->probe.run == run;

  self->rule = *rule;
  self->failures = MIN (self->failures, G_MAXUINT - 1) + 1;
  self->run = run;
  if (is_probe || (self->opened == 0 && self->failures >= rule->failures))
    self->opened = now;
  if (is_probe)
    self->probe = (RunnelBreakerProbe) { 0, };
}

/**
 * runnel_breaker_give_up:
 * @run: a run that did not find out whether the step works
 *
 * Returns: whether that changed anything
 */
gboolean
runnel_breaker_give_up (RunnelBreaker *self,
                        gint64         run)
{
  if (self->probe.run != run)
    return FALSE;

  self->probe = (RunnelBreakerProbe) { 0, };

  return TRUE;
}

/**
 * runnel_breaker_is_trivial:
 *
 * Returns: whether it is as if the step had never failed
 */
gboolean
runnel_breaker_is_trivial (const RunnelBreaker *self)
{
  return self->failures == 0 && self->opened == 0;
}

/**
 * runnel_breaker_describe:
 * @now: the time
 *
 * Returns: (transfer full): how it stands, as a sentence without an end
 */
char *
runnel_breaker_describe (const RunnelBreaker *self,
                         gint64               now)
{
  g_autofree char *opened = format_time (self->opened, now);
  g_autofree char *retry = format_time (get_retry_time (self, now), now);
  const char *plural = self->failures == 1 ? "" : "s";

  switch (runnel_breaker_get_state (self, now))
    {
    case RUNNEL_BREAKER_OPEN:
      return g_strdup_printf ("open since %s after %u failure%s in a row; it is tried again after %s",
                              opened, self->failures, plural, retry);
    case RUNNEL_BREAKER_HALF_OPEN:
      if (is_alive (&self->probe))
        return g_strdup_printf ("half open after %u failure%s in a row; run %" G_GINT64_FORMAT
                                " tries it now", self->failures, plural, self->probe.run);
      return g_strdup_printf ("half open after %u failure%s in a row; the next run tries it",
                              self->failures, plural);
    case RUNNEL_BREAKER_CLOSED:
    default:
      return g_strdup_printf ("closed, with %u of %u failures in a row", self->failures,
                              self->rule.failures);
    }
}

/**
 * runnel_breaker_to_json:
 *
 * Returns: (transfer full): what runnel_breaker_from_json() reads
 */
JsonObject *
runnel_breaker_to_json (const RunnelBreaker *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *probe;

  json_object_set_int_member (object, "limit", self->rule.failures);
  json_object_set_int_member (object, "cool-down", self->rule.cool_down);
  json_object_set_int_member (object, "failures", self->failures);
  json_object_set_int_member (object, "run", self->run);
  if (self->opened != 0)
    json_object_set_int_member (object, "opened", self->opened);
  if (self->probe.run == 0)
    return object;

  probe = json_object_new ();
  json_object_set_int_member (probe, "run", self->probe.run);
  json_object_set_int_member (probe, "pid", self->probe.pid);
  json_object_set_int_member (probe, "process-start", self->probe.start_time);
  json_object_set_object_member (object, "probe", probe);

  return object;
}

static gint64
get_integer (JsonObject *object,
             const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? MAX (json_node_get_int (node), 0) : 0;
}

/**
 * runnel_breaker_from_json:
 * @ret_self: (out): the breaker
 * @object: what a file says of it
 */
void
runnel_breaker_from_json (RunnelBreaker *ret_self,
                          JsonObject    *object)
{
  JsonNode *node = json_object_get_member (object, "probe");

  *ret_self = (RunnelBreaker) {
    .rule = { MIN (get_integer (object, "limit"), G_MAXINT), get_integer (object, "cool-down") },
    .failures = MIN (get_integer (object, "failures"), G_MAXINT),
    .run = get_integer (object, "run"),
    .opened = get_integer (object, "opened"),
  };
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  object = json_node_get_object (node);
  ret_self->probe = (RunnelBreakerProbe) {
    .run = get_integer (object, "run"),
    .pid = get_integer (object, "pid"),
    .start_time = get_integer (object, "process-start"),
  };
}
