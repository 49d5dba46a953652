/* runnel-log-commands.c: the commands of logs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/commands/runnel-commands.h"
#include "designer/logs/runnel-log-commands.h"

/* Their keys work where the lines of a log have the keyboard; those for finding are the page's. */
static const RunnelCommand commands[] = {
  { "log.next-error", N_("Go to the Next _Error"), RUNNEL_COMMANDS_LOG, "e" },
  { "log.previous-error", N_("Go to the Pre_vious Error"), RUNNEL_COMMANDS_LOG, "<Shift>e" },
  { "log.only-matches", N_("Only Lines With a _Match"), RUNNEL_COMMANDS_LOG, "m" },
  { "log.start", N_("Go to the _Start of the Log"), RUNNEL_COMMANDS_LOG, "g" },
  { "log.end", N_("_Follow the End of the Log"), RUNNEL_COMMANDS_LOG, "<Shift>g" },
  { "log.wrap", N_("_Wrap Long Lines of the Log"), RUNNEL_COMMANDS_LOG, "w" },
  { "log.cycle-times", N_("Other _Times of the Lines"), RUNNEL_COMMANDS_LOG, "t" },
  { "log.fold", N_("Open or Close the _Group of Lines"), RUNNEL_COMMANDS_LOG, "Return" },
  { "log.previous-fold", N_("Go to the Previous Group of _Lines"), RUNNEL_COMMANDS_LOG,
    "bracketleft" },
  { "log.next-fold", N_("Go to the _Next Group of Lines"), RUNNEL_COMMANDS_LOG, "bracketright" },
  { "log.fold-all", N_("_Close All Groups of Lines"), RUNNEL_COMMANDS_LOG, "<Shift><Alt>g" },
  { "log.unfold-all", N_("_Open All Groups of Lines"), RUNNEL_COMMANDS_LOG, "<Alt>g" },
  { "log.copy", N_("Copy From the Lo_g"), RUNNEL_COMMANDS_LOG, "<Control>c <Control>Insert" },
  { "log.copy-colored", N_("Copy From the Log With C_olours"), RUNNEL_COMMANDS_LOG,
    "<Control><Shift>c" },
  { "log.copy-link", N_("Copy Lin_k to the Line"), RUNNEL_COMMANDS_LOG },
  { "log.select-all", N_("Select _All of the Log"), RUNNEL_COMMANDS_LOG, "<Control>a" },
  { "log.menu", N_("_Menu of the Line"), RUNNEL_COMMANDS_LOG, "Menu <Shift>F10" },
  { "log.save-as", N_("Save the Log _As…"), RUNNEL_COMMANDS_LOG },
  { "log.open-external", N_("Open the Log in a Te_xt Editor"), RUNNEL_COMMANDS_LOG },
};

/**
 * runnel_log_commands_init:
 *
 * Makes the commands of logs known.
 */
void
runnel_log_commands_init (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    runnel_commands_add (&commands[i]);
}
