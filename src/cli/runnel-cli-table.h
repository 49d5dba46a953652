/* runnel-cli-table.h: columns that fit the terminal
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-state.h"

G_BEGIN_DECLS

/* Rows of texts under titles. On a terminal the flexible column gives way until a row fits;
 * elsewhere nothing is cut. */
typedef struct _RunnelCliTable RunnelCliTable;

RunnelCliTable *runnel_cli_table_new       (const char *const *titles,
                                            guint              flexible);
void            runnel_cli_table_free      (RunnelCliTable    *self);
/* `cells` as many as there are titles, each (transfer full); `state` colours the whole row. */
void            runnel_cli_table_take_row  (RunnelCliTable    *self,
                                            char             **cells,
                                            RunnelState        state);
void            runnel_cli_table_print     (RunnelCliTable    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelCliTable, runnel_cli_table_free)

G_END_DECLS
