/* runnel-cli-earlier.h: orders a run that takes up an earlier one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli/runnel-cli-run.h"

G_BEGIN_DECLS

/* Which definition of its pipeline the new run follows. */
typedef enum
{
  RUNNEL_CLI_AS_IT_RAN,
  RUNNEL_CLI_AS_IN_FILE,
  RUNNEL_CLI_AS_GIVEN,   /* on standard input */
} RunnelCliDefinition;

gboolean runnel_cli_read_earlier (gint64               run,
                                  const char          *kind,
                                  RunnelCliDefinition  definition,
                                  const char *const   *assignments,
                                  RunnelCliOrder      *order,
                                  GError             **error);

gboolean runnel_cli_carry_on     (const char          *resumed,
                                  RunnelCliOrder      *order,
                                  GError             **error);
GArray  *runnel_cli_find_children (const char         *step,
                                  GError             **error);

G_END_DECLS
