/* test-target.h: a system of which tests know all
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It writes the name of each step and what it was told into two files, one of them executable. It
 * keeps the order of steps, repeats them by other means, and knows no pools.
 */
#pragma once

#include "interchange/runnel-target.h"

static RunnelCapability test_capabilities[RUNNEL_N_FEATURES];

static const char *const test_modes[] = { "long", "short", NULL };

static inline gboolean
test_export (const RunnelFlow          *flow,
             const RunnelExportOptions *options,
             GPtrArray                 *files,
             GError                   **error)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s of %s in %s on %s\n", flow->name, flow->file,
                          options->default_image, options->runner ? options->runner : "any");
  for (guint i = 0; i < flow->steps->len; i++)
    g_string_append_printf (text, "%s\n", runnel_flow_get_step (flow, i)->id);
  runnel_export_add_file (files, ".test/flows/main.test", g_string_free (text, FALSE), 0644);
  if (g_strcmp0 (options->mode, "short") != 0)
    runnel_export_add_file (files, ".test/bin/start", g_strdup ("#!/bin/sh\n"), 0755);

  return TRUE;
}

static const RunnelTarget test_target = {
  .name = "test",
  .title = "Test",
  .language = "sh",
  .default_path = ".test/flows/%s.test",
  .modes = test_modes,
  .capabilities = test_capabilities,
  .export = test_export,
};

static inline void
test_target_init (void)
{
  for (guint i = 0; i < RUNNEL_N_FEATURES; i++)
    test_capabilities[i] = (RunnelCapability) { RUNNEL_FIDELITY_EXACT, "as it is", NULL };
  test_capabilities[RUNNEL_FEATURE_RETRY] =
    (RunnelCapability) { RUNNEL_FIDELITY_EMULATED, "a loop", NULL };
  test_capabilities[RUNNEL_FEATURE_POOL] =
    (RunnelCapability) { RUNNEL_FIDELITY_LOST, "steps do not wait", "link them in a row" };
}
