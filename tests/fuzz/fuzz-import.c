/* fuzz-import.c: any bytes as a file of another system, FUZZ_TARGET
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/kinds/runnel-kinds.h"
#include "fuzz.h"
#include "interchange/runnel-targets.h"

/* What can be imported is a pipeline that can be exported. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const RunnelExportOptions options = { "debian:12", NULL, NULL, "runnel" };
  g_autoptr(RunnelImport) import = runnel_import_new (NULL);
  g_autoptr(RunnelPipeline) pipeline = NULL;
  g_autoptr(RunnelFlow) flow = NULL;
  g_autoptr(GPtrArray) files = NULL;
  g_autoptr(GError) error = NULL;

  runnel_kinds_init ();
  if (!FUZZ_TARGET.import (import, "file", (const char *) data, size, NULL))
    return 0;
  pipeline = runnel_import_make_pipeline (import, 0, NULL);
  if (pipeline == NULL)
    return 0;
  flow = runnel_flow_new (pipeline, NULL, NULL);
  if (flow == NULL)
    return 0;

  files = runnel_target_export (&FUZZ_TARGET, flow, &options, TRUE, &error);
  g_assert_no_error (error);

  return 0;
}
