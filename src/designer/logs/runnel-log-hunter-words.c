/* runnel-log-hunter-words.c: what a search through the logs of many runs has found, for people
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/logs/runnel-log-hunter.h"

/* "12 lines in 3 runs" */
static char *
describe_found (RunnelLogHunter *self)
{
  guint n_lines = runnel_log_hunter_get_n_lines (self);
  guint n_found = runnel_log_hunter_get_n_found (self);
  g_autofree char *lines = g_strdup_printf (ngettext ("%'u line", "%'u lines", n_lines), n_lines);
  g_autofree char *runs = g_strdup_printf (ngettext ("%'u run", "%'u runs", n_found), n_found);
  /* translators: "12 lines in 3 runs" */
  g_autofree char *found = g_strdup_printf (_("%s in %s"), lines, runs);

  if (runnel_log_hunter_has_more (self))
    /* translators: what was found, "5,000 lines in 12 runs" */
    return g_strdup_printf (_("%s, and there is more"), found);
  return g_steal_pointer (&found);
}

/* How far the search is, or was when it was stopped. */
static char *
describe_progress (RunnelLogHunter *self)
{
  guint n_runs = runnel_log_hunter_get_n_runs (self);

  /* translators: how many runs were looked through */
  return g_strdup_printf (ngettext ("%'u of %'u run searched", "%'u of %'u runs searched", n_runs),
                          runnel_log_hunter_get_n_searched (self), n_runs);
}

/**
 * runnel_log_hunter_describe:
 *
 * Returns: (transfer full): what was found, and how far the search is when it is not through
 */
char *
runnel_log_hunter_describe (RunnelLogHunter *self)
{
  gboolean is_part;
  g_autofree char *progress = NULL, *found = NULL;

  g_return_val_if_fail (RUNNEL_IS_LOG_HUNTER (self), NULL);

  is_part = runnel_log_hunter_is_busy (self) || runnel_log_hunter_is_stopped (self);
  progress = describe_progress (self);
  found = describe_found (self);
  if (runnel_log_hunter_get_n_lines (self) == 0)
    return g_steal_pointer (&progress);
  return is_part ? g_strdup_printf ("%s · %s", found, progress) : g_steal_pointer (&found);
}
