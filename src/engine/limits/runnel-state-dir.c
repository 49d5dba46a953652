/* runnel-state-dir.c: where facts are that outlive runs and sessions
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/limits/runnel-state-dir.h"

/**
 * runnel_state_dir_get:
 * @name: "pools", "groups", "breakers" or "views"
 *
 * Returns: (transfer full) (type filename): the folder for them, which need not exist
 */
char *
runnel_state_dir_get (const char *name)
{
  return g_build_filename (g_get_user_state_dir (), "runnel", name, NULL);
}
