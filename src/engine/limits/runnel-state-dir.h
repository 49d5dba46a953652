/* runnel-state-dir.h: where facts about runs are that outlive them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *runnel_state_dir_get (const char *name); /* $XDG_STATE_HOME/runnel/NAME */

G_END_DECLS
