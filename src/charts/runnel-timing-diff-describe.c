/* runnel-timing-diff-describe.c: what took longer, in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "charts/runnel-timing-diff.h"
#include "util/runnel-format.h"

#define MAX_TITLES 8

/* "+1.2 s", "−300 ms"; "" when it is as long as before. */
static char *
format_delta (gint64 delta)
{
  g_autofree char *duration = runnel_format_duration (ABS (delta));

  if (ABS (delta) < G_TIME_SPAN_MILLISECOND)
    return g_strdup ("±0");
  return g_strconcat (delta > 0 ? "+" : "−", duration, NULL);
}

/**
 * runnel_timing_diff_describe:
 * @self: a comparison
 *
 * Returns: (transfer full): how long both runs took: "4.6 s → 6.1 s (+1.5 s, 33 % longer)"
 */
char *
runnel_timing_diff_describe (const RunnelTimingDiff *self)
{
  gint64 before = self->timings[RUNNEL_BEFORE]->totals.wall;
  gint64 after = self->timings[RUNNEL_AFTER]->totals.wall;
  g_autofree char *before_text = runnel_format_duration (before);
  g_autofree char *after_text = runnel_format_duration (after);
  g_autofree char *delta = format_delta (after - before);
  int percent = before > 0 ? (int) lround (100.0 * ABS (after - before) / before) : 0;

  if (percent == 0)
    return g_strdup_printf ("%s → %s (%s)", before_text, after_text, delta);
  /* Translators: two durations, how much the second is longer, and that in percent */
  return g_strdup_printf (after > before ? _("%s → %s (%s, %d %% longer)")
                                         : _("%s → %s (%s, %d %% shorter)"),
                          before_text, after_text, delta, percent);
}

/* The steps that are on the critical path of this run, and not on that of the other. */
static void
append_titles (GString                *text,
               const RunnelTimingDiff *self,
               guint                   side,
               const char             *heading)
{
  const RunnelTiming *timing = self->timings[side];
  guint n_found = 0;

  for (guint i = 0; i < timing->n_critical; i++)
    {
      guint row = timing->critical_path[i];

      if (runnel_timing_diff_is_critical (self, self->pair_of_row[side][row], !side))
        continue;
      if (n_found == 0)
        g_string_append_printf (text, "; %s: ", heading);
      if (n_found < MAX_TITLES)
        g_string_append_printf (text, "%s%s", n_found > 0 ? ", " : "", timing->rows[row].title);
      n_found++;
    }
  if (n_found > MAX_TITLES)
    /* Translators: behind the titles of some steps */
    g_string_append_printf (text, _(" and %u more"), n_found - MAX_TITLES);
}

/**
 * runnel_timing_diff_describe_path:
 * @self: a comparison
 *
 * Returns: (transfer full): how the critical paths differ: how long both worked, and which steps are
 *   on one of them alone
 */
char *
runnel_timing_diff_describe_path (const RunnelTimingDiff *self)
{
  g_autofree char *before =
    runnel_format_duration (self->timings[RUNNEL_BEFORE]->totals.critical);
  g_autofree char *after = runnel_format_duration (self->timings[RUNNEL_AFTER]->totals.critical);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s → %s", before, after);
  append_titles (text, self, RUNNEL_AFTER, _("now on it"));
  append_titles (text, self, RUNNEL_BEFORE, _("no longer"));
  return g_string_free (text, FALSE);
}

/**
 * runnel_timing_diff_format_change:
 * @self: a comparison
 * @pair: one of its pairs
 *
 * Returns: (transfer full): how much longer it took, or whether it is new or gone
 */
char *
runnel_timing_diff_format_change (const RunnelTimingDiff *self,
                                  guint                   pair)
{
  switch (self->pairs[pair].change)
    {
    case RUNNEL_PAIR_ADDED:
      return g_strdup (_("added"));
    case RUNNEL_PAIR_REMOVED:
      return g_strdup (_("removed"));
    case RUNNEL_PAIR_SAME:
    case RUNNEL_PAIR_CHANGED:
    default:
      return format_delta (self->pairs[pair].delta);
    }
}

/**
 * runnel_timing_diff_describe_pair:
 * @self: a comparison
 * @pair: one of its pairs
 *
 * Returns: (transfer full): what of it took longer or shorter: "running +1.2 s, queued −300 ms"; ""
 *   when it is in one run alone or nothing differs
 */
char *
runnel_timing_diff_describe_pair (const RunnelTimingDiff *self,
                                  guint                   pair)
{
  static const struct
  {
    RunnelSpanKind kind;
    const char *title;
  } kinds[] = {
    { RUNNEL_SPAN_ATTEMPT, N_("running") },       { RUNNEL_SPAN_QUEUED, N_("queued") },
    { RUNNEL_SPAN_POOL, N_("for a pool") },       { RUNNEL_SPAN_APPROVAL, N_("for a person") },
    { RUNNEL_SPAN_WAITING, N_("other waits") },   { RUNNEL_SPAN_RETRY, N_("retry delays") },
  };
  const RunnelTimingPair *facts = &self->pairs[pair];
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gint64 delta = facts->by_kind[RUNNEL_AFTER][kinds[i].kind] -
                     facts->by_kind[RUNNEL_BEFORE][kinds[i].kind];
      g_autofree char *delta_text = format_delta (delta);

      if (facts->rows[0] < 0 || facts->rows[1] < 0 || ABS (delta) < G_TIME_SPAN_MILLISECOND)
        continue;
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", _(kinds[i].title),
                              delta_text);
    }
  if (facts->change == RUNNEL_PAIR_CHANGED)
    {
      g_string_append (text, text->len > 0 ? "; " : "");
      g_string_append (text, _("its definition has changed"));
    }
  return g_string_free (text, FALSE);
}
