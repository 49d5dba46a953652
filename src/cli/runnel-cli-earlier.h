/* runnel-cli-earlier.h: orders a run that takes up an earlier one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli/runnel-cli-run.h"

G_BEGIN_DECLS

gboolean runnel_cli_read_earlier (gint64               run,
                                  const char          *kind,
                                  gboolean             current,
                                  const char *const   *assignments,
                                  RunnelCliOrder      *order,
                                  GError             **error);

G_END_DECLS
