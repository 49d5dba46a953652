/* runnel-ninja.c: the target “ninja”
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As with make, the script of runnel-script.c does the steps, and files with their states are the
 * stamps. In a file for ninja, `$`, `:` and blanks are escaped by `$`; keys of steps have none.
 */
#include "config.h"

#include <glib/gi18n.h>

#include "interchange/runnel-script.h"
#include "interchange/runnel-stamps.h"
#include "interchange/runnel-targets.h"

static char *
escape (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, "$", -1);

  return g_strjoinv ("$$", parts);
}

static void
add_comments (GString                   *text,
              const RunnelFlow          *flow,
              const RunnelFlowStep      *step,
              const RunnelExportOptions *options)
{
  g_autoptr(GPtrArray) losses =
    runnel_target_list_losses (&runnel_target_ninja, flow, step, options);

  for (guint i = 0; i < losses->len; i++)
    g_string_append_printf (text, "# runnel: %s\n", (const char *) g_ptr_array_index (losses, i));
}

static void
add_pools (GString          *text,
           const RunnelFlow *flow)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *slots;

  if (flow->pools == NULL)
    return;

  json_object_iter_init_ordered (&iter, flow->pools);
  while (json_object_iter_next_ordered (&iter, &name, &slots))
    {
      g_autofree char *key = _runnel_script_get_key (name);

      g_string_append_printf (text, "pool %s\n  depth = %" G_GINT64_FORMAT "\n\n", key,
                              json_node_get_int (slots));
    }
}

static const char *
find_pool (const RunnelFlow     *flow,
           const RunnelFlowStep *step)
{
  if (step->body == RUNNEL_FLOW_APPROVAL)
    return "console";

  return step->pool != NULL && flow->pools != NULL
             && json_object_has_member (flow->pools, step->pool)
           ? step->pool
           : NULL;
}

static void
add_edge (GString                   *text,
          const RunnelFlow          *flow,
          const RunnelFlowStep      *step,
          const RunnelExportOptions *options)
{
  g_autofree char *key = _runnel_script_get_key (step->id);
  const char *pool = find_pool (flow, step);
  g_autofree char *title = escape (step->title);

  add_comments (text, flow, step, options);
  g_string_append_printf (text, "build $state/%s.state: step", key);
  for (guint i = 0; i < step->needs->len; i++)
    {
      g_autofree char *need = _runnel_stamps_get_need (flow, step, i);

      g_string_append_printf (text, "%s $state/%s.state", i == 0 ? " |" : "", need);
    }
  g_string_append_printf (text, " || $state/begun\n  key = %s\n  description = %s\n", key,
                          g_strdelimit (title, "\r\n", ' '));
  if (pool != NULL)
    {
      g_autofree char *pool_key = _runnel_script_get_key (pool);

      g_string_append_printf (text, "  pool = %s\n", pool_key);
    }
  g_string_append_c (text, '\n');
}

static char *
write_ninja (const RunnelFlow          *flow,
             const RunnelExportOptions *options,
             const char                *stem)
{
  GString *text = g_string_new (NULL);
  g_autofree char *title = _runnel_stamps_dup_title (flow);

  g_string_append_printf (text,
                          "# %s\n#\n# Written by “runnel export --to ninja”. What succeeded is not "
                          "done again before the folder\n# .%s.state is removed. Parameters: "
                          "RUNNEL_PARAM_NAME in the environment.\n",
                          title, stem);
  add_comments (text, flow, NULL, options);
  g_string_append_printf (
    text,
    "\nninja_required_version = 1.5\nscript = ./%s.sh\nstate = .%s.state\n\n"
    "rule begin\n  command = mkdir -p $state && $script --state $state --begin\n"
    "  description = begin\n\n"
    "rule step\n  command = $script --state $state --step $key\n\n"
    "rule finish\n  command = $script --state $state --finish\n"
    "  description = finish\n  pool = console\n\n",
    stem, stem);
  add_pools (text, flow);
  g_string_append (text, "build $state/begun: begin\n\n");
  for (guint i = 0; i < flow->order->len; i++)
    add_edge (text, flow, runnel_flow_get_step (flow, g_array_index (flow->order, guint, i)),
              options);
  g_string_append (text, "build all: finish |");
  for (guint i = 0; i < flow->order->len; i++)
    {
      g_autofree char *key = _runnel_script_get_key (
        runnel_flow_get_step (flow, g_array_index (flow->order, guint, i))->id);

      g_string_append_printf (text, " $state/%s.state", key);
    }
  g_string_append (text, " || $state/begun\n\ndefault all\n");

  return g_string_free (text, FALSE);
}

static gboolean
export_ninja (const RunnelFlow          *flow,
              const RunnelExportOptions *options,
              GPtrArray                 *files,
              GError                   **error)
{
  g_autofree char *stem = runnel_target_get_stem (flow);
  g_autofree char *script_path = g_strdup_printf ("%s.sh", stem);
  char *script = runnel_script_write (&runnel_target_ninja, flow, options, TRUE, error);

  if (script == NULL)
    return FALSE;
  runnel_export_add_file (files, "build.ninja", write_ninja (flow, options, stem), 0644);
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
  if (verdict->fidelity == RUNNEL_FIDELITY_LOST)
    return;
  if (feature == RUNNEL_FEATURE_POOL)
    *verdict = step->slots > 1 ? (RunnelCapability){ RUNNEL_FIDELITY_LOST,
                                                     N_("a step takes one slot of its pool"),
                                                     N_("let the step take one slot") }
                               : (RunnelCapability){ RUNNEL_FIDELITY_EXACT, N_("pool"), NULL };
  else if (feature == RUNNEL_FEATURE_JOBS)
    *verdict =
      (RunnelCapability){ RUNNEL_FIDELITY_LOST, N_("ninja is told on the command line only"),
                          N_("call it as “ninja -j N”") };
}

const RunnelTarget runnel_target_ninja = {
  .name = "ninja",
  .title = "Ninja",
  .language = "ninja",
  .default_path = "build.ninja",
  .capabilities = runnel_script_capabilities,
  .judge = judge,
  .export = export_ninja,
};
