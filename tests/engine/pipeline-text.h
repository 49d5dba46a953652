/* pipeline-text.h: pipelines for tests, written short
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-pipeline.h"

/* Reads JSON in which ` stands for ", so that it needs no escapes in C and leaves ' to expressions.
 */
static inline RunnelPipeline *
pipeline_from_text (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "`", '"');
  g_autoptr(GError) error = NULL;
  RunnelPipeline *pipeline = runnel_pipeline_new_from_text (json, -1, NULL, &error);

  g_assert_no_error (error);
  return pipeline;
}

/* A pipeline of the steps in a JSON array. */
static inline RunnelPipeline *
pipeline_from_steps (const char *steps)
{
  g_autofree char *text = g_strdup_printf ("{`format`: 1, `name`: `test`, `steps`: [%s]}", steps);

  return pipeline_from_text (text);
}
