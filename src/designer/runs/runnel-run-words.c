/* runnel-run-words.c: what is said of runs, for people
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runs/runnel-run-words.h"
#include "designer/runs/runnel-state-label.h"
#include "util/runnel-format.h"

static const struct
{
  const char *trigger;
  const char *title;
} triggers[] = {
  { "manual", N_("By hand") },
  { "rerun", N_("Run again") },
  { "rollback", N_("Roll back") },
  { "pipeline", N_("A pipeline") },
  { "schedule", N_("On schedule") },
};

static guint
count_failed (const RunnelRunRecord *record)
{
  return record->n_by_state[RUNNEL_STATE_FAILED] + record->n_by_state[RUNNEL_STATE_TIMED_OUT];
}

/**
 * runnel_run_describe_counts:
 * @record: what history says of a run
 *
 * Returns: (transfer full): "12 of 14 steps succeeded, 1 failed"
 */
char *
runnel_run_describe_counts (const RunnelRunRecord *record)
{
  GString *text = g_string_new (NULL);
  guint n_succeeded, n_failed, n_skipped;

  g_return_val_if_fail (record != NULL, NULL);

  n_succeeded = record->n_by_state[RUNNEL_STATE_SUCCEEDED];
  n_failed = count_failed (record);
  n_skipped = record->n_by_state[RUNNEL_STATE_SKIPPED];
  g_string_append_printf (
    text, ngettext ("%u of %u step succeeded", "%u of %u steps succeeded", record->n_steps),
    n_succeeded, record->n_steps);
  if (n_failed > 0 && record->state == RUNNEL_STATE_SUCCEEDED)
    /* translators: failures that were tolerated or that a fallback made good */
    g_string_append_printf (text, _(", %u failed without harm"), n_failed);
  else if (n_failed > 0)
    g_string_append_printf (text, _(", %u failed"), n_failed);
  if (n_skipped > 0)
    g_string_append_printf (text, _(", %u skipped"), n_skipped);
  return g_string_free (text, FALSE);
}

/**
 * runnel_run_describe_states:
 * @states: a mask of states, as in #RunnelRunFilter
 *
 * Returns: (transfer full): "Failed or Timed out"
 */
char *
runnel_run_describe_states (guint states)
{
  GString *text = g_string_new (NULL);

  if (states == RUNNEL_RUN_FILTER_ACTIVE)
    g_string_append (text, _("Active"));
  else if (states == RUNNEL_RUN_FILTER_FAILURES)
    g_string_append (text, _("Any failure"));
  else
    for (guint i = 0; i < RUNNEL_N_STATES; i++)
      if (states & 1u << i)
        g_string_append_printf (text, "%s%s", text->len > 0 ? _(" or ") : "",
                                runnel_state_get_title (i));
  return g_string_free (text, FALSE);
}

static char *
format_moment (gint64 time)
{
  return time < 0 ? runnel_format_duration_roughly (-time) : runnel_format_time (time);
}

/**
 * runnel_run_describe_since:
 * @since: microseconds since 1970, or below 0: before now
 *
 * Returns: (transfer full): "In the last 2 h" or "Since 1 November 2026, 12:00"
 */
char *
runnel_run_describe_since (gint64 since)
{
  g_autofree char *moment = format_moment (since);

  /* translators: a duration, or a date */
  return g_strdup_printf (since < 0 ? _("In the last %s") : _("Since %s"), moment);
}

/**
 * runnel_run_describe_until:
 * @until: microseconds since 1970, or below 0: before now
 *
 * Returns: (transfer full): "More than 2 h ago" or "Before 1 November 2026, 12:00"
 */
char *
runnel_run_describe_until (gint64 until)
{
  g_autofree char *moment = format_moment (until);

  /* translators: a duration, or a date */
  return g_strdup_printf (until < 0 ? _("More than %s ago") : _("Before %s"), moment);
}

/* A word that somebody gave to `runnel run --trigger`: "file-watch" reads "File watch". */
static char *
make_title (const char *trigger)
{
  g_autofree char *rest = g_strdup (g_utf8_next_char (trigger));
  char first[7] = "";

  g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (trigger)), first);
  return g_strconcat (first, g_strdelimit (rest, "-_", ' '), NULL);
}

/**
 * runnel_trigger_describe:
 * @trigger: what starts runs, as history has it
 *
 * Returns: (transfer full): its name for people: "By hand"
 */
char *
runnel_trigger_describe (const char *trigger)
{
  g_return_val_if_fail (trigger != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (triggers); i++)
    if (g_str_equal (triggers[i].trigger, trigger))
      return g_strdup (_(triggers[i].title));
  return *trigger != '\0' ? make_title (trigger) : g_strdup ("");
}

/**
 * runnel_run_describe_trigger:
 * @record: what history says of a run
 *
 * Returns: (transfer full): what started it, for people, and of which run it is when it is of one:
 *   "By hand", "Rerun of 12"
 */
char *
runnel_run_describe_trigger (const RunnelRunRecord *record)
{
  g_return_val_if_fail (record != NULL, NULL);

  if (g_str_equal (record->trigger, "rerun") && record->origin > 0)
    /* translators: the number of a run */
    return g_strdup_printf (_("Rerun of %" G_GINT64_FORMAT), record->origin);
  if (g_str_equal (record->trigger, "rollback") && record->origin > 0)
    /* translators: the number of a run */
    return g_strdup_printf (_("Rollback of %" G_GINT64_FORMAT), record->origin);
  if (g_str_equal (record->trigger, "pipeline") && record->parent > 0)
    /* translators: the number of a run */
    return g_strdup_printf (_("Part of run %" G_GINT64_FORMAT), record->parent);
  return runnel_trigger_describe (record->trigger);
}
