/* runnel-script-target.c: the target “shell”
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "interchange/runnel-script.h"
#include "interchange/runnel-targets.h"

#define EXACT(how) { RUNNEL_FIDELITY_EXACT, N_(how), NULL }
#define EMULATED(how) { RUNNEL_FIDELITY_EMULATED, N_(how), NULL }
#define LOST(how, fix) { RUNNEL_FIDELITY_LOST, N_(how), N_(fix) }

/* Shared by all targets that run the script. */
const RunnelCapability runnel_script_capabilities[RUNNEL_N_FEATURES] = {
  [RUNNEL_FEATURE_ORDER] = EMULATED ("the scheduler in the script"),
  [RUNNEL_FEATURE_LINK_FAILURE] = EMULATED ("the scheduler in the script"),
  [RUNNEL_FEATURE_LINK_FINISHED] = EMULATED ("the scheduler in the script"),
  [RUNNEL_FEATURE_LINK_ALWAYS] = EMULATED ("the scheduler in the script"),
  [RUNNEL_FEATURE_JOIN_ANY] = EMULATED ("the scheduler in the script"),
  [RUNNEL_FEATURE_JOIN_NONE_FAILED] = EMULATED ("the scheduler in the script"),
  [RUNNEL_FEATURE_CONDITION] = EMULATED ("a command of the shell"),
  [RUNNEL_FEATURE_EXPRESSION] = EMULATED ("words of the shell"),
  [RUNNEL_FEATURE_DISABLED] = EMULATED ("the scheduler in the script"),
  [RUNNEL_FEATURE_ENV] = EXACT ("export"),
  [RUNNEL_FEATURE_FOLDER] = EXACT ("cd"),
  [RUNNEL_FEATURE_SHELL] = EXACT ("the interpreter is called with the script as a file"),
  [RUNNEL_FEATURE_PARAMETERS] = EXACT ("--param, or variables of the environment"),
  [RUNNEL_FEATURE_SECRETS] =
    EMULATED ("variables of the environment; they are not hidden in what the steps print"),
  [RUNNEL_FEATURE_OUTPUTS] = EMULATED ("variables read from the file that a step writes"),
  [RUNNEL_FEATURE_ARTIFACTS] = EMULATED ("files are copied to a folder, see --artifacts"),
  [RUNNEL_FEATURE_CACHE] =
    LOST ("the step runs each time", "let the command itself see that nothing is to be done"),
  [RUNNEL_FEATURE_TIMEOUT] = EXACT ("timeout"),
  [RUNNEL_FEATURE_RETRY] = EMULATED ("the scheduler in the script"),
  [RUNNEL_FEATURE_RETRY_DELAY] = EMULATED ("sleep"),
  [RUNNEL_FEATURE_RETRY_RULE] = EMULATED ("a command of the shell"),
  [RUNNEL_FEATURE_CONTINUE] = EMULATED ("the scheduler in the script"),
  [RUNNEL_FEATURE_MATRIX] = EMULATED ("a step for each combination"),
  [RUNNEL_FEATURE_MATRIX_DYNAMIC] =
    LOST ("the combinations must be known beforehand; the step is skipped",
          "write the values into the matrix"),
  [RUNNEL_FEATURE_MATRIX_LIMIT] = EMULATED ("the scheduler in the script"),
  [RUNNEL_FEATURE_MATRIX_FAIL_FAST] = EMULATED ("the scheduler in the script"),
  [RUNNEL_FEATURE_POOL] = EMULATED ("the scheduler in the script"),
  [RUNNEL_FEATURE_PRIORITY] = EMULATED ("the scheduler in the script"),
  [RUNNEL_FEATURE_BREAKER] =
    LOST ("a script knows nothing of its earlier runs", "run it by “runnel run”"),
  [RUNNEL_FEATURE_UNDO] = EMULATED ("the scheduler in the script; not after a kill -9"),
  [RUNNEL_FEATURE_HOOKS] = EMULATED ("the scheduler in the script"),
  [RUNNEL_FEATURE_HTTP] = EMULATED ("curl"),
  [RUNNEL_FEATURE_WAIT] = EXACT ("sleep"),
  [RUNNEL_FEATURE_APPROVAL] = EMULATED ("a question at the terminal, or --approve"),
  [RUNNEL_FEATURE_SUBPIPELINE] = EMULATED ("it calls “runnel run”"),
  [RUNNEL_FEATURE_FOREIGN] =
    LOST ("a construct of another system; the step fails", "say it as a script"),
  [RUNNEL_FEATURE_IMAGE] = EXACT ("informative: steps run on this machine, as in Runnel"),
  [RUNNEL_FEATURE_JOBS] = EXACT ("--jobs"),
  [RUNNEL_FEATURE_GROUP] =
    LOST ("runs do not know of each other", "start the script by flock(1) or as a unit of systemd"),
  [RUNNEL_FEATURE_TRIGGERS] =
    LOST ("a script does not start by itself", "export the triggers to systemd or cron, too"),
};

static gboolean
export_script (const RunnelFlow          *flow,
               const RunnelExportOptions *options,
               GPtrArray                 *files,
               GError                   **error)
{
  char *script = runnel_script_write (&runnel_target_shell, flow, options, FALSE, error);
  g_autofree char *path = NULL;

  if (script == NULL)
    return FALSE;
  path = runnel_target_get_path (&runnel_target_shell, flow);
  runnel_export_add_file (files, path, script, 0755);

  return TRUE;
}

const RunnelTarget runnel_target_shell = {
  .name = "shell",
  .title = "POSIX shell",
  .language = "sh",
  .default_path = "%s.sh",
  .capabilities = runnel_script_capabilities,
  .judge = runnel_script_judge,
  .export = export_script,
};
