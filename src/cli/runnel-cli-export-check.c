/* runnel-cli-export-check.c: runnel export --check
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "cli/runnel-cli-export.h"
#include "cli/runnel-cli-table.h"
#include "interchange/runnel-portability.h"

/* How a row is coloured: like a step that came to a good end, a slow one, and a bad one. */
static const RunnelState states[] = {
  [RUNNEL_FIDELITY_EXACT] = RUNNEL_STATE_SUCCEEDED,
  [RUNNEL_FIDELITY_EMULATED] = RUNNEL_STATE_WAITING,
  [RUNNEL_FIDELITY_LOST] = RUNNEL_STATE_FAILED,
};

static char *
describe (const RunnelCapability *verdict)
{
  const char *how = verdict->how ? _(verdict->how) : "";

  if (!verdict->fix)
    return g_strdup (how);

  return g_strdup_printf (*how ? "%s; %s" : "%s%s", how, _(verdict->fix));
}

static void
add_row (RunnelCliTable             *table,
         const RunnelPortability    *portability,
         const RunnelPortabilityRow *row,
         guint                       target,
         gboolean                    is_first)
{
  const RunnelCapability *verdict = &row->verdicts[target];
  const char *step = row->step ? row->step : "-";
  char *cells[] = {
    g_strdup (is_first ? step : ""),
    g_strdup (is_first ? runnel_feature_get_title (row->feature) : ""),
    g_strdup (runnel_portability_get_target (portability, target)->name),
    g_strdup (runnel_fidelity_to_string (verdict->fidelity)),
    describe (verdict),
  };

  runnel_cli_table_take_row (table, cells, states[verdict->fidelity]);
}

static void
print_table (const RunnelPortability *portability)
{
  static const char *const titles[] = { "STEP", "FEATURE", "SYSTEM", "", "HOW", NULL };
  g_autoptr(RunnelCliTable) table = runnel_cli_table_new (titles, 4);

  for (guint i = 0; i < portability->rows->len; i++)
    for (guint j = 0; j < portability->targets->len; j++)
      add_row (table, portability, runnel_portability_get_row (portability, i), j, j == 0);
  runnel_cli_table_print (table);
}

static void
print_counts (const RunnelPortability *portability)
{
  printf ("\n");
  for (guint i = 0; i < portability->targets->len; i++)
    {
      RunnelPortabilityCount count = runnel_portability_count (portability, i);

      printf ("%s: %u exact, %u emulated, %u lost\n",
              runnel_portability_get_target (portability, i)->title,
              count.n[RUNNEL_FIDELITY_EXACT], count.n[RUNNEL_FIDELITY_EMULATED],
              count.n[RUNNEL_FIDELITY_LOST]);
    }
}

static gboolean
loses (const RunnelPortability *portability)
{
  for (guint i = 0; i < portability->targets->len; i++)
    if (runnel_portability_count (portability, i).n[RUNNEL_FIDELITY_LOST] > 0)
      return TRUE;

  return FALSE;
}

/**
 * runnel_cli_export_check:
 * @pipeline: a pipeline
 * @path: its file
 * @targets: (element-type RunnelTarget): systems that export
 * @options: what is chosen for the exports
 * @as_json: whether to print JSON
 * @error: #RUNNEL_RUN_ERROR
 *
 * Prints what the pipeline asks for, and how well each system does it.
 *
 * Returns: the exit code: 1 when something is lost on any of the systems
 */
int
runnel_cli_export_check (RunnelPipeline             *pipeline,
                         const char                 *path,
                         GPtrArray                  *targets,
                         const RunnelExportOptions  *options,
                         gboolean                    as_json,
                         GError                    **error)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autoptr(RunnelFlow) flow = runnel_flow_new (pipeline, base, error);
  g_autoptr(RunnelPortability) portability = NULL;

  if (!flow)
    return RUNNEL_EXIT_USAGE;

  portability = runnel_portability_new (flow, targets, options);
  if (as_json)
    runnel_cli_print_json (runnel_portability_to_json (portability));
  else
    {
      if (portability->rows->len > 0)
        print_table (portability);
      print_counts (portability);
    }

  return loses (portability) ? RUNNEL_EXIT_FAILED : RUNNEL_EXIT_SUCCEEDED;
}
