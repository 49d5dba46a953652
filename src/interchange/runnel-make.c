/* runnel-make.c: the target “make”
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A Makefile that has the order, and beside it the script of runnel-script.c, which does one step
 * when it is told to. The stamp of a step is the file with its state, which is there also when it
 * failed: what follows from a failure is for the links to say.
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "interchange/runnel-script.h"
#include "interchange/runnel-stamps.h"
#include "interchange/runnel-targets.h"

static void
add_comments (GString                   *text,
              const RunnelFlow          *flow,
              const RunnelFlowStep      *step,
              const RunnelExportOptions *options)
{
  g_autoptr(GPtrArray) losses =
    runnel_target_list_losses (&runnel_target_make, flow, step, options);

  for (guint i = 0; i < losses->len; i++)
    g_string_append_printf (text, "# runnel: %s\n", (const char *) g_ptr_array_index (losses, i));
}

static void
add_rule (GString                   *text,
          const RunnelFlow          *flow,
          const RunnelFlowStep      *step,
          const RunnelExportOptions *options)
{
  g_autofree char *key = _runnel_script_get_key (step->id);

  g_string_append (text, "\n");
  add_comments (text, flow, step, options);
  g_string_append_printf (text, "$(STATE)/%s.state:", key);
  for (guint i = 0; i < step->needs->len; i++)
    {
      g_autofree char *need = _runnel_stamps_get_need (flow, step, i);

      g_string_append_printf (text, " $(STATE)/%s.state", need);
    }
  g_string_append_printf (text, " | $(STATE)/begun\n\t@$(SCRIPT) --state $(STATE) --step %s\n",
                          key);
}

static void
add_rules (GString                   *text,
           const RunnelFlow          *flow,
           const RunnelExportOptions *options)
{
  g_string_append (text, ".PHONY: all clean\n\nall:");
  for (guint i = 0; i < flow->order->len; i++)
    {
      g_autofree char *key = _runnel_script_get_key (
        runnel_flow_get_step (flow, g_array_index (flow->order, guint, i))->id);

      g_string_append_printf (text, " $(STATE)/%s.state", key);
    }
  g_string_append (text, " | $(STATE)/begun\n\t@$(SCRIPT) --state $(STATE) --finish\n\n"
                         "clean:\n\trm -rf $(STATE)\n\n"
                         "$(STATE)/begun:\n\t@mkdir -p $(STATE)\n"
                         "\t@$(SCRIPT) --state $(STATE) --begin\n");
  for (guint i = 0; i < flow->order->len; i++)
    add_rule (text, flow, runnel_flow_get_step (flow, g_array_index (flow->order, guint, i)),
              options);
}

static gboolean
export_make (const RunnelFlow          *flow,
             const RunnelExportOptions *options,
             GPtrArray                 *files,
             GError                   **error)
{
  g_autofree char *stem = runnel_target_get_stem (flow);
  g_autofree char *script_path = g_strdup_printf ("%s.sh", stem);
  g_autofree char *title = _runnel_stamps_dup_title (flow);
  GString *text = g_string_new (NULL);
  char *script = runnel_script_write (&runnel_target_make, flow, options, TRUE, error);

  if (script == NULL)
    {
      g_string_free (text, TRUE);
      return FALSE;
    }

  g_string_append_printf (text,
                          "# %s\n#\n# Written by “runnel export --to make”. What succeeded is not "
                          "done again before “make clean”.\n# Parameters: make "
                          "RUNNEL_PARAM_NAME=VALUE\n",
                          title);
  add_comments (text, flow, NULL, options);
  g_string_append_printf (text, "\nSCRIPT = ./%s.sh\nSTATE = .%s.state\n", stem, stem);
  if (flow->jobs > 0)
    g_string_append_printf (text, "MAKEFLAGS += -j%u\n", flow->jobs);
  g_string_append_c (text, '\n');
  add_rules (text, flow, options);
  runnel_export_add_file (files, "Makefile", g_string_free (text, FALSE), 0644);
  runnel_export_add_file (files, script_path, script, 0755);

  return TRUE;
}

static void
judge (const RunnelFlow          *flow,
       const RunnelFlowStep      *step,
       RunnelFeature              feature,
       const RunnelExportOptions *options,
       RunnelCapability          *verdict)
{
  runnel_script_judge (flow, step, feature, options, verdict);
  _runnel_stamps_judge (flow, step, feature, verdict);
  if (feature == RUNNEL_FEATURE_POOL)
    *verdict =
      (RunnelCapability){ RUNNEL_FIDELITY_LOST, N_("make knows no limit but that of its jobs"),
                          N_("link the steps to one another, or export to ninja") };
  else if (feature == RUNNEL_FEATURE_JOBS)
    *verdict = (RunnelCapability){ RUNNEL_FIDELITY_EXACT, N_("MAKEFLAGS"), NULL };
}

const RunnelTarget runnel_target_make = {
  .name = "make",
  .title = "make",
  .language = "makefile",
  .default_path = "Makefile",
  .capabilities = runnel_script_capabilities,
  .judge = judge,
  .export = export_make,
};
