/* runnel-finding-marks.c: what other systems make of steps, on their cards
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas.h"
#include "designer/interchange/runnel-finding-marks.h"
#include "designer/interchange/runnel-finding.h"

static RunnelBadges
get_badge (RunnelFidelity fidelity)
{
  if (fidelity == RUNNEL_FIDELITY_LOST)
    return RUNNEL_BADGE_LOST;
  return fidelity == RUNNEL_FIDELITY_EMULATED ? RUNNEL_BADGE_EMULATED : 0;
}

/* What is worst comes first, and is what the card shows. */
static void
add_mark (GHashTable    *marks,
          RunnelFinding *finding)
{
  const char *step = runnel_finding_get_step (finding);
  RunnelStepMark *mark = g_hash_table_lookup (marks, step);
  g_autofree char *title = runnel_finding_make_title (finding);
  g_autofree char *fix = runnel_finding_make_fix (finding);
  g_autofree char *line = fix ? g_strdup_printf ("%s. %s", title, fix) : g_strdup (title);
  char *before;

  if (!mark)
    {
      mark = g_new0 (RunnelStepMark, 1);
      mark->badge = get_badge (runnel_finding_get_fidelity (finding));
      mark->text = g_steal_pointer (&line);
      g_hash_table_insert (marks, g_strdup (step), mark);
      return;
    }
  before = mark->text;
  mark->text = g_strdup_printf ("%s\n%s", before, line);
  g_free (before);
}

/**
 * runnel_finding_marks_new:
 * @findings: a list of #RunnelFinding, the worst first
 *
 * Returns: (transfer full) (element-type utf8 RunnelStepMark): what the cards of steps are to say, by
 *   their ids; what is exact needs no word
 */
GHashTable *
runnel_finding_marks_new (GListModel *findings)
{
  GHashTable *marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) runnel_step_mark_free);
  guint n = g_list_model_get_n_items (findings);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(RunnelFinding) finding = g_list_model_get_item (findings, i);

      if (runnel_finding_get_step (finding)
          && runnel_finding_get_fidelity (finding) != RUNNEL_FIDELITY_EXACT)
        add_mark (marks, finding);
    }
  return marks;
}
