/* runnel-shell-private.h: what those who write and read lines of shell share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-shell.h"

G_BEGIN_DECLS

#define RUNNEL_SHELL_COMMENT "# runnel: "
#define RUNNEL_SHELL_FILE "cat >\"$script\" <<"

char *_runnel_shell_say_seconds       (gint64                duration);
char *_runnel_shell_choose_end        (const char           *text);
char *_runnel_shell_say_interpreter   (const char           *shell,
                                       const char           *variable);
void  _runnel_shell_append_retry_rule (GString              *lines,
                                       const RunnelFlowStep *step,
                                       const char           *give_up);
char *_runnel_shell_say_delay         (const RunnelRetry    *retry);

G_END_DECLS
