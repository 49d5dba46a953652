/* fuzz-json.c: any bytes as a pipeline's file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "fuzz.h"
#include "model/runnel-pipeline.h"

/* What can be read is written in a form that is read as the same. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(RunnelDiagnostics) diagnostics = runnel_diagnostics_new ();
  g_autoptr(RunnelPipeline) pipeline =
    runnel_pipeline_new_from_text ((const char *) data, size, diagnostics, NULL);
  g_autoptr(RunnelPipeline) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;
  gsize length;

  if (pipeline == NULL)
    return 0;

  runnel_pipeline_validate (pipeline, diagnostics);
  text = runnel_pipeline_to_text (pipeline, &length);
  again = runnel_pipeline_new_from_text (text, length, NULL, NULL);
  g_assert_nonnull (again);
  text_again = runnel_pipeline_to_text (again, NULL);
  g_assert_cmpstr (text, ==, text_again);

  return 0;
}
