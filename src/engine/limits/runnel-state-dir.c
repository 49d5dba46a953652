/* runnel-state-dir.c: where facts about runs are that outlive them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/limits/runnel-state-dir.h"

/**
 * runnel_state_dir_get:
 * @name: "pools", "groups" or "breakers"
 *
 * Returns: (transfer full) (type filename): the folder for them, which need not exist
 */
char *
runnel_state_dir_get (const char *name)
{
  return g_build_filename (g_get_user_state_dir (), "runnel", name, NULL);
}
