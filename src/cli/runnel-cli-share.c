/* runnel-cli-share.c: what a run shares with all others on the machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "cli/runnel-cli-share.h"
#include "cli/runnel-cli-terminal.h"
#include "engine/limits/runnel-state-dir.h"

static RunnelMachinePools *
open_pools (RunnelSettings *settings,
            RunnelCliOrder *order,
            gint64          run)
{
  g_autofree char *problems = runnel_settings_describe_problems (settings, RUNNEL_SEVERITY_ERROR);
  g_autofree char *folder = runnel_state_dir_get ("pools");

  if (problems)
    runnel_terminal_print (stderr, "%s\n", problems);

  return runnel_machine_pools_new (settings, folder, run, order->ancestry ? order->ancestry : "",
                                   runnel_clock_get_system ());
}

/**
 * runnel_cli_share_init:
 * @self: all zero
 * @order: what is to run
 * @run: the number of the run
 *
 * Finds what the run shares.
 */
void
runnel_cli_share_init (RunnelCliShare *self,
                       RunnelCliOrder *order,
                       gint64          run)
{
  g_autofree char *folder = runnel_state_dir_get ("breakers");

  self->settings = runnel_settings_load ();
  self->pools = open_pools (self->settings, order, run);
  self->breakers = runnel_breakers_new (folder, order->file, run, runnel_clock_get_system ());
}

/**
 * runnel_cli_share_close:
 *
 * Says what could not be kept, once the run is over.
 */
void
runnel_cli_share_close (RunnelCliShare *self)
{
  const char *problem = runnel_breakers_get_problem (self->breakers);

  if (problem)
    runnel_terminal_print (stderr, "runnel: the breakers of steps don't hold: %s\n", problem);
}

void
runnel_cli_share_clear (RunnelCliShare *self)
{
  g_clear_pointer (&self->settings, runnel_settings_free);
  g_clear_pointer (&self->pools, runnel_machine_pools_free);
  g_clear_pointer (&self->breakers, runnel_breakers_free);
}
