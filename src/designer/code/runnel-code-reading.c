/* runnel-code-reading.c: what a text says as a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/code/runnel-code-reading.h"
#include "engine/runnel-check-files.h"
#include "engine/runnel-check.h"
#include "model/runnel-json-read.h"
#include "model/runnel-json-slice.h"

/* Counts on from the last place asked for, so that finding all blocks is one pass. */
static guint
count_lines (const char **counted,
             guint       *line,
             const char  *at)
{
  for (const char *p = *counted; p < at; p++)
    *line += *p == '\n';
  *counted = at;
  return *line;
}

/**
 * runnel_code_find_blocks:
 * @text: the text of a pipeline, approved by runnel_json_check()
 * @length: its length in bytes
 *
 * Returns: (transfer full) (element-type RunnelCodeBlock): where each step stands
 */
GArray *
runnel_code_find_blocks (const char *text,
                         gsize       length)
{
  GArray *blocks = g_array_new (FALSE, FALSE, sizeof (RunnelCodeBlock));
  RunnelJsonSlice root = runnel_json_slice_new (text, length), steps, step;
  RunnelJsonIter iter;
  const char *counted = text;
  guint line = 0;

  if (!runnel_json_slice_holds (root, RUNNEL_JSON_OBJECT))
    return blocks;
  steps = runnel_json_slice_get_member (root, "steps");
  if (!runnel_json_slice_holds (steps, RUNNEL_JSON_ARRAY))
    return blocks;
  runnel_json_iter_init (&iter, steps);
  while (runnel_json_iter_next (&iter, NULL, &step))
    if (runnel_json_slice_holds (step, RUNNEL_JSON_OBJECT))
      {
        RunnelCodeBlock block;

        block.first = count_lines (&counted, &line, step.at);
        block.last = count_lines (&counted, &line, step.at + step.length);
        g_array_append_val (blocks, block);
      }
  return blocks;
}

static void
check (RunnelCodeReading *self,
       const char        *text,
       gsize              length,
       const char        *file)
{
  runnel_check_pipeline (self->pipeline, self->diagnostics);
  if (file)
    runnel_check_files (self->pipeline, file, self->diagnostics);
  runnel_diagnostics_locate (self->diagnostics, text, length);
}

/* The message of what is no JSON begins with "line 3, column 5: ", which the place says already. */
static void
add_error (RunnelCodeReading        *self,
           const GError             *error,
           const RunnelJsonPosition *position)
{
  const char *colon = g_str_has_prefix (error->message, "line ") ? strstr (error->message, ": ")
                                                                 : NULL;

  runnel_diagnostics_add (self->diagnostics, RUNNEL_SEVERITY_ERROR, "", NULL, NULL, "%s",
                          colon ? colon + 2 : error->message);
  runnel_diagnostics_place (self->diagnostics, position->line, position->column);
}

/**
 * runnel_code_reading_new:
 * @text: what somebody has written
 * @length: its length in bytes
 * @file: (nullable) (type filename): where the pipeline is kept, to follow it into other files
 *
 * Reads @text and looks for what is wrong with it. May be called in any thread; may read files.
 *
 * Returns: (transfer full): what it says
 */
RunnelCodeReading *
runnel_code_reading_new (const char *text,
                         gsize       length,
                         const char *file)
{
  RunnelCodeReading *self = g_new0 (RunnelCodeReading, 1);
  RunnelJsonPosition position = { 1, 1 };
  g_autoptr(GError) error = NULL;

  self->diagnostics = runnel_diagnostics_new ();
  if (runnel_json_check (text, length, RUNNEL_JSON_MAX_DEPTH, &position, &error))
    self->pipeline = runnel_pipeline_new_from_text (text, (gssize) length, self->diagnostics,
                                                    &error);
  if (!self->pipeline)
    {
      add_error (self, error, &position);
      return self;
    }
  check (self, text, length, file);
  self->canonical = runnel_pipeline_to_text (self->pipeline, NULL);
  self->blocks = runnel_code_find_blocks (text, length);
  return self;
}

/**
 * runnel_code_reading_free:
 * @self: (transfer full) (nullable): a reading
 */
void
runnel_code_reading_free (RunnelCodeReading *self)
{
  if (!self)
    return;
  g_clear_object (&self->pipeline);
  g_clear_pointer (&self->diagnostics, runnel_diagnostics_free);
  g_clear_pointer (&self->blocks, g_array_unref);
  g_free (self->canonical);
  g_free (self);
}
