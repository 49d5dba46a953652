/* runnel-state-dir.h: where facts are that outlive runs and sessions
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *runnel_state_dir_get (const char *name); /* $XDG_STATE_HOME/runnel/NAME */

G_END_DECLS
