/* runnel-cli-scene.c: what a command draws
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "charts/runnel-gantt-style.h"
#include "cli/runnel-cli-scene.h"
#include "cli/runnel-cli.h"
#include "designer/canvas/runnel-scene-pipeline.h"
#include "util/runnel-format.h"

/**
 * runnel_cli_scene_new_from_file:
 * @path: (type filename): a pipeline's file, “-” is standard input
 * @ret_pipeline: (out) (transfer full): what is in it
 * @error: return location for an error of reading
 *
 * Mistakes that don't keep it from being read don't keep it from being drawn.
 *
 * Returns: (transfer full): a scene of it, or %NULL with @error set
 */
RunnelScene *
runnel_cli_scene_new_from_file (const char      *path,
                                RunnelPipeline **ret_pipeline,
                                GError         **error)
{
  *ret_pipeline = runnel_cli_load_pipeline (path, error);

  return *ret_pipeline != NULL ? runnel_scene_new_from_pipeline (*ret_pipeline) : NULL;
}

/* --- A run --- */

static char *
describe_state (const RunnelStepRecord *step)
{
  const char *state = runnel_gantt_style_get_name (step->state);
  g_autofree char *duration = NULL;

  if (step->reason != NULL)
    return g_strdup_printf ("%s: %s", state, step->reason);
  if (step->started == 0 || step->finished == 0)
    return g_strdup (state);

  duration = runnel_format_duration (step->finished - step->started);
  return g_strdup_printf ("%s · %s", state, duration);
}

static gboolean
count_legs (GPtrArray  *steps,
            const char *id,
            RunnelLegs *ret_legs)
{
  gboolean found = FALSE;

  *ret_legs = (RunnelLegs) { 0, };
  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelStepRecord *leg = steps->pdata[i];

      if (leg->matrix == NULL || g_strcmp0 (leg->parent, id) != 0)
        continue;
      ret_legs->counts[leg->state]++;
      found = TRUE;
    }

  return found;
}

static void
show_state (RunnelScene            *scene,
            GPtrArray              *steps,
            const RunnelStepRecord *step)
{
  g_autofree char *text = describe_state (step);
  RunnelLegs legs;
  guint node;

  if (!runnel_scene_find_node (scene, step->id, &node))
    return;

  runnel_scene_set_node_state (scene, node, step->state, -1, text);
  if (count_legs (steps, step->id, &legs))
    runnel_scene_set_node_legs (scene, node, &legs);
}

/**
 * runnel_cli_scene_new_from_run:
 * @run: a run's number as typed
 * @ret_pipeline: (out) (transfer full): the pipeline as it ran
 * @error: return location for an error
 *
 * Returns: (transfer full): a scene of the run with the states of its steps, or %NULL with @error
 *   set
 */
RunnelScene *
runnel_cli_scene_new_from_run (const char      *run,
                               RunnelPipeline **ret_pipeline,
                               GError         **error)
{
  g_autoptr(RunnelHistory) history = NULL;
  g_autoptr(GPtrArray) steps = NULL;
  g_autofree char *text = NULL;
  RunnelScene *scene;
  const gint64 id = runnel_cli_parse_run (run, error);

  if (id != 0)
    history = runnel_cli_open_history (error);
  if (history != NULL)
    steps = runnel_history_get_steps (history, id, error);
  if (steps != NULL)
    text = runnel_history_get_text (history, id, error);
  if (text != NULL)
    *ret_pipeline = runnel_pipeline_new_from_text (text, -1, NULL, error);
  if (*ret_pipeline == NULL)
    return NULL;

  scene = runnel_scene_new_from_pipeline (*ret_pipeline);
  for (guint i = 0; i < steps->len; i++)
    show_state (scene, steps, steps->pdata[i]);
  return scene;
}

/* --- A part --- */

/**
 * runnel_cli_scene_keep:
 * @steps: ids, with commas between them
 * @error: return location for a %RUNNEL_CLI_ERROR_NOT_FOUND
 *
 * Takes away all other steps.
 *
 * Returns: whether all of @steps are there
 */
gboolean
runnel_cli_scene_keep (RunnelScene *scene,
                       const char  *steps,
                       GError     **error)
{
  g_auto(GStrv) ids = g_strsplit (steps, ",", -1);
  guint node;

  for (guint i = 0; ids[i] != NULL; i++)
    if (!runnel_scene_find_node (scene, g_strstrip (ids[i]), &node))
      {
        g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND,
                     "there is no step “%s” in the pipeline", ids[i]);
        return FALSE;
      }

  runnel_scene_keep_nodes (scene, (const char *const *) ids);
  return TRUE;
}
