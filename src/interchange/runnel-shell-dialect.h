/* runnel-shell-dialect.h: expressions said in POSIX shell
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-dialect.h"
#include "interchange/runnel-flow.h"

G_BEGIN_DECLS

/* What the references of an expression mean; any member may be NULL. */
typedef struct
{
  const RunnelFlow *flow;     /* tells the types of parameters and which steps have a matrix */
  const RunnelFlowStep *step; /* whose expression it is; tells the types of matrix values */
  const char *self; /* the step that `steps.self` is; NULL = the attempt that just ended */
  const char *success;        /* commands that answer success(), failure() and cancelled() */
  const char *failure;
  const char *cancelled;
} RunnelShellScope;

char *runnel_shell_say_condition (const char             *condition,
                                  const RunnelShellScope *scope,
                                  GError                **error);
char *runnel_shell_say_word      (const char             *text,
                                  const RunnelShellScope *scope,
                                  GError                **error);
char *runnel_shell_get_variable  (const char             *prefix,
                                  const char             *step,
                                  const char             *name);
gboolean runnel_shell_is_variable (const char            *name);

G_END_DECLS
