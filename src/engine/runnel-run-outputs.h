/* runnel-run-outputs.h: what a run as a whole gives out, to the run that started it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-run.h"

G_BEGIN_DECLS

gboolean runnel_run_write_outputs (RunnelRun   *self,
                                   JsonObject  *expressions,
                                   const char  *path,
                                   GError     **error);

G_END_DECLS
