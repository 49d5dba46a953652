/* sample.h: a small pipeline to draw
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-scene-pipeline.h"
#include "engine/kinds/runnel-kinds.h"

/* Straight links only: how others are routed is told elsewhere. */
#define SAMPLE \
  "{\"format\": 1, \"name\": \"Sample\", \"steps\": [" \
  "{\"id\": \"build\", \"name\": \"Build\", \"kind\": \"command\", \"with\": {\"argv\": [\"make\"]}}," \
  "{\"id\": \"test\", \"name\": \"Test\", \"kind\": \"command\", \"with\": {\"argv\": [\"make\", \"check\"]}," \
  " \"needs\": [\"build\"], \"timeout\": \"5m\"}," \
  "{\"id\": \"tell\", \"name\": \"Tell\", \"kind\": \"http\", \"disabled\": true," \
  " \"needs\": [{\"step\": \"test\", \"on\": \"always\"}]}]," \
  "\"groups\": [{\"id\": \"check\", \"name\": \"Checks\", \"steps\": [\"test\"]}]," \
  "\"notes\": [{\"id\": \"why\", \"text\": \"Two lines\\nof a note\"}]," \
  "\"layout\": {\"steps\": {\"build\": [0, 0], \"test\": [312, 0], \"tell\": [624, 20]}," \
  " \"notes\": {\"why\": [0, 120, 200, 80]}}}"

static inline RunnelScene *
sample_scene_new (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);

  g_assert_no_error (error);
  return runnel_scene_new_from_pipeline (pipeline);
}
