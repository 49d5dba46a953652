/* runnel-shell.h: steps as lines of POSIX shell, and back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-flow.h"

G_BEGIN_DECLS

/* What the lines do themselves, because the system around them can't. */
typedef enum
{
  RUNNEL_SHELL_BODY    = 0,      /* nothing but what the step does */
  RUNNEL_SHELL_FOLDER  = 1 << 0, /* enter `folder` */
  RUNNEL_SHELL_TIMEOUT = 1 << 1, /* end an attempt after `timeout` */
  RUNNEL_SHELL_RETRY   = 1 << 2, /* repeat a failed attempt, with all of `retry` */
  RUNNEL_SHELL_CONTINUE = 1 << 3, /* end with 0 whatever happens, and say so on stderr */
  RUNNEL_SHELL_INTERPRETER = 1 << 4, /* give the text to `shell` itself: the system only knows sh */
} RunnelShellParts;

/* Lines for `sh -e`, ended by a newline (transfer full); for a body of RUNNEL_FLOW_SHELL only. With
 * `parts` the lines begin with one comment, `# runnel: {...}`, that tells runnel_shell_read_step()
 * what was made into code. A step of another kind than script has that comment, too, with `kind`
 * and `with`. */
char     *runnel_shell_say_step   (const RunnelFlowStep *step,
                                   RunnelShellParts      parts);

/* Lowers `verdict` where runnel_shell_say_step() can't say all that the step wants of `feature`;
 * for judges. */
void      runnel_shell_judge_step (const RunnelFlowStep *step,
                                   RunnelFeature         feature,
                                   RunnelCapability     *verdict);

/* The way back: sets `kind`, `with` and what the comment tells on `step`, and takes the variables
 * from its `env`, which must be set by then, that the kind has made. Lines that nobody of us wrote,
 * or that were edited since, become a script as they are; returns whether they were ours and
 * unchanged. The text of a script within may be edited. */
gboolean runnel_shell_read_step (const char *text,
                                 const char *shell, /* what runs the text there; NULL = sh */
                                 JsonObject *step);

G_END_DECLS
