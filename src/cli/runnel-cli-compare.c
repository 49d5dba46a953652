/* runnel-cli-compare.c: draws two versions of a pipeline in one picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "cli/runnel-cli-compare.h"
#include "cli/runnel-cli.h"
#include "designer/canvas/runnel-scene-changes.h"
#include "designer/canvas/runnel-scene-pipeline.h"
#include "designer/pictures/runnel-picture-file.h"

/**
 * runnel_cli_draw_comparison:
 * @path: (type filename): where the picture goes; its name says the format
 * @error: return location for an error
 *
 * Returns: whether the picture was written
 */
gboolean
runnel_cli_draw_comparison (RunnelComparison *comparison,
                            const char       *path,
                            GError          **error)
{
  RunnelPictureOptions options = { .title = "Differences" };
  RunnelPipeline *both = runnel_comparison_get_union (comparison);
  g_autoptr(RunnelScene) scene = NULL;
  g_autoptr(GBytes) bytes = NULL;

  if (!runnel_picture_format_from_path (path, &options.format))
    {
      g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                   "the name “%s” does not end in .svg, .png or .pdf", path);
      return FALSE;
    }

  scene = runnel_scene_new_from_pipeline (both);
  runnel_scene_show_changes (scene, comparison);
  bytes = runnel_picture_to_bytes (scene, &options, error);
  return bytes != NULL
         && g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                 error);
}
