/* runnel-cli-request.c: asks a run that is under way for something
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "cli/runnel-cli-request.h"
#include "engine/runnel-run-client.h"

/* A run that is over does not listen; the history knows how it ended. */
static gboolean
check_under_way (gint64   run,
                 GError **error)
{
  g_autoptr(RunnelHistory) history = runnel_cli_open_history (error);
  RunnelRunRecord *record = history ? runnel_history_get_run (history, run, error) : NULL;
  gboolean is_over;

  if (!record)
    return FALSE;

  is_over = runnel_state_is_terminal (record->state);
  if (is_over)
    g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND,
                 "run %" G_GINT64_FORMAT " is over, it %s %s", run,
                 record->state == RUNNEL_STATE_SUCCEEDED || record->state == RUNNEL_STATE_FAILED
                   ? "has" : "was",
                 runnel_state_to_string (record->state));
  runnel_run_record_free (record);

  return !is_over;
}

/**
 * runnel_cli_request:
 * @run: the number of a run
 * @request: "cancel", "approve" or "reject"
 * @step: (nullable): the step that is meant
 * @comment: (nullable): what the person says
 * @error: return location for a %RUNNEL_CLI_ERROR_NOT_FOUND: no such run or step, the run is
 *   over, or the step does not wait
 *
 * Returns: whether the run has taken the request
 */
gboolean
runnel_cli_request (gint64       run,
                    const char  *request,
                    const char  *step,
                    const char  *comment,
                    GError     **error)
{
  g_autofree char *run_dir = runnel_history_get_run_dir (run);
  g_autoptr(JsonObject) object = runnel_run_client_make_request (request, step, comment);
  g_autoptr(JsonObject) answer = NULL;
  g_autoptr(GError) problem = NULL;

  if (!check_under_way (run, error))
    return FALSE;

  answer = runnel_run_client_request (run_dir, object, &problem);
  if (!answer)
    g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND, "run %" G_GINT64_FORMAT
                 ": %s", run, problem->message);

  return answer != NULL;
}
