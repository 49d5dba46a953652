/* runnel-shell-private.h: what writing and reading the lines of a step share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-shell.h"

G_BEGIN_DECLS

#define RUNNEL_SHELL_COMMENT "# runnel: "
#define RUNNEL_SHELL_FILE "cat >\"$script\" <<"

G_END_DECLS
