/* runnel-cli-output.h: what a run prints, without waiting for whoever reads it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RunnelCliOutput RunnelCliOutput;

RunnelCliOutput *runnel_cli_output_new       (int              fd);
void             runnel_cli_output_free      (RunnelCliOutput *self);
void             runnel_cli_output_add       (RunnelCliOutput *self,
                                              const char      *text,
                                              gsize            length);
gboolean         runnel_cli_output_is_behind (RunnelCliOutput *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelCliOutput, runnel_cli_output_free)

G_END_DECLS
