/* runnel-drawing.c: the steps and links of a pipeline in languages for drawings
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nodes are called by their position, so that no id can be a word of the language; people see
 * titles.
 */
#include "config.h"

#include "interchange/runnel-drawing.h"

#include <glib/gi18n.h>
#include <string.h>

#include "interchange/runnel-targets.h"

#define DRAWN(how) { RUNNEL_FIDELITY_EXACT, N_(how), NULL }
#define NOT_DRAWN { RUNNEL_FIDELITY_EMULATED, N_("not drawn; a drawing runs nothing"), NULL }

/* All but the few that are drawn are the same. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverride-init"
const RunnelCapability runnel_drawing_capabilities[RUNNEL_N_FEATURES] = {
  [0 ... RUNNEL_N_FEATURES - 1] = NOT_DRAWN,
  [RUNNEL_FEATURE_ORDER] = DRAWN ("an arrow"),
  [RUNNEL_FEATURE_LINK_FAILURE] = DRAWN ("a dashed arrow with the outcome"),
  [RUNNEL_FEATURE_LINK_FINISHED] = DRAWN ("an arrow with the outcome"),
  [RUNNEL_FEATURE_LINK_ALWAYS] = DRAWN ("an arrow with the outcome"),
  [RUNNEL_FEATURE_JOIN_ANY] = DRAWN ("a line in the box of the step"),
  [RUNNEL_FEATURE_JOIN_NONE_FAILED] = DRAWN ("a line in the box of the step"),
  [RUNNEL_FEATURE_CONDITION] = DRAWN ("a line in the box of the step"),
  [RUNNEL_FEATURE_DISABLED] = DRAWN ("a line in the box of the step"),
  [RUNNEL_FEATURE_MATRIX] = DRAWN ("a line in the box of the step"),
};
#pragma GCC diagnostic pop

/* The lines in the box of a step. */
char *
_runnel_drawing_say_step (const RunnelFlowStep *step)
{
  g_autoptr(GString) lines = g_string_new (step->title);

  if (step->condition != NULL)
    g_string_append_printf (lines, "\nif %s", step->condition);
  if (step->needs->len > 1 && step->join != RUNNEL_JOIN_ALL)
    g_string_append_printf (lines, "\njoin: %s", runnel_join_to_string (step->join));
  if (step->legs != NULL)
    g_string_append_printf (lines, "\nmatrix: %u", step->legs->combinations->len);
  else if (step->matrix != NULL)
    g_string_append (lines, "\nmatrix");
  if (step->enabled != RUNNEL_ENABLED)
    g_string_append (lines, step->enabled == RUNNEL_DISABLED ? "\ndisabled" : "\nbypassed");

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

/* `text` with each of `characters` replaced by its entry in `replacements`. */
static char *
replace (const char        *text,
         const char        *characters,
         const char *const *replacements)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      const char *found = strchr (characters, *text);

      if (found != NULL)
        g_string_append (out, replacements[found - characters]);
      else
        g_string_append_c (out, *text);
    }

  return g_string_free (out, FALSE);
}

/**
 * runnel_drawing_to_dot:
 * @flow: a pipeline
 *
 * Returns: (transfer full): a graph in the language of Graphviz
 */
char *
runnel_drawing_to_dot (const RunnelFlow *flow)
{
  static const char *const replacements[] = { "\\\\", "\\\"", "\\n", "" };
  GString *text = g_string_new ("digraph pipeline {\n  rankdir=LR;\n"
                                "  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n"
                                "  edge [fontname=\"sans-serif\", fontsize=10];\n");

  for (guint i = 0; i < flow->steps->len; i++)
    {
      const RunnelFlowStep *step = runnel_flow_get_step (flow, i);
      g_autofree char *lines = _runnel_drawing_say_step (step);
      g_autofree char *label = replace (lines, "\\\"\n\r", replacements);

      g_string_append_printf (text, "  s%u [label=\"%s\"];\n", i, label);
    }
  for (guint i = 0; i < flow->steps->len; i++)
    {
      GArray *needs = runnel_flow_get_step (flow, i)->needs;

      for (guint j = 0; j < needs->len; j++)
        {
          const RunnelFlowNeed *need = &g_array_index (needs, RunnelFlowNeed, j);

          g_string_append_printf (text, "  s%u -> s%u", need->step, i);
          if (need->on != RUNNEL_ON_SUCCESS)
            g_string_append_printf (text, " [label=\"%s\"%s]", runnel_on_to_string (need->on),
                                    need->on == RUNNEL_ON_FAILURE ? ", style=dashed" : "");
          g_string_append (text, ";\n");
        }
    }
  g_string_append (text, "}\n");

  return g_string_free (text, FALSE);
}

/**
 * runnel_drawing_to_mermaid:
 * @flow: a pipeline
 *
 * Returns: (transfer full): a flowchart in the language of Mermaid
 */
char *
runnel_drawing_to_mermaid (const RunnelFlow *flow)
{
  static const char *const replacements[] = { "#quot;", "#35;", "#lt;", "#gt;", "#amp;", "#96;",
                                              "<br>",   "" };
  GString *text = g_string_new ("flowchart LR\n");

  for (guint i = 0; i < flow->steps->len; i++)
    {
      const RunnelFlowStep *step = runnel_flow_get_step (flow, i);
      g_autofree char *lines = _runnel_drawing_say_step (step);
      g_autofree char *label = replace (lines, "\"#<>&`\n\r", replacements);

      g_string_append_printf (text, "  s%u[\"%s\"]\n", i, label);
    }
  for (guint i = 0; i < flow->steps->len; i++)
    {
      GArray *needs = runnel_flow_get_step (flow, i)->needs;

      for (guint j = 0; j < needs->len; j++)
        {
          const RunnelFlowNeed *need = &g_array_index (needs, RunnelFlowNeed, j);

          if (need->on == RUNNEL_ON_SUCCESS)
            g_string_append_printf (text, "  s%u --> s%u\n", need->step, i);
          else
            g_string_append_printf (text, "  s%u %s|%s| s%u\n", need->step,
                                    need->on == RUNNEL_ON_FAILURE ? "-.->" : "-->",
                                    runnel_on_to_string (need->on), i);
        }
    }

  return g_string_free (text, FALSE);
}

static gboolean
export_dot (const RunnelFlow          *flow,
            const RunnelExportOptions *options,
            GPtrArray                 *files,
            GError                   **error)
{
  g_autofree char *path = runnel_target_get_path (&runnel_target_dot, flow);

  runnel_export_add_file (files, path, runnel_drawing_to_dot (flow), 0644);
  return TRUE;
}

static gboolean
export_mermaid (const RunnelFlow          *flow,
                const RunnelExportOptions *options,
                GPtrArray                 *files,
                GError                   **error)
{
  g_autofree char *path = runnel_target_get_path (&runnel_target_mermaid, flow);

  runnel_export_add_file (files, path, runnel_drawing_to_mermaid (flow), 0644);
  return TRUE;
}

const RunnelTarget runnel_target_dot = {
  .name = "dot",
  .title = "Graphviz",
  .language = "dot",
  .default_path = "%s.dot",
  .capabilities = runnel_drawing_capabilities,
  .export = export_dot,
};

const RunnelTarget runnel_target_mermaid = {
  .name = "mermaid",
  .title = "Mermaid",
  .language = "text",
  .default_path = "%s.mmd",
  .capabilities = runnel_drawing_capabilities,
  .export = export_mermaid,
};
