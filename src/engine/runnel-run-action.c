/* runnel-run-action.c: what persons did to a run, for those who look back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-run-private.h"

static JsonObject *
describe (const RunnelRunAction *action)
{
  JsonObject *details = json_object_new ();

  json_object_set_string_member (details, "action", action->name);
  if (action->step != NULL)
    json_object_set_string_member (details, "step", action->step);
  json_object_set_string_member (details, "user", action->user);
  json_object_set_string_member (details, "host", g_get_host_name ());
  if (action->origin != NULL)
    json_object_set_string_member (details, "origin", action->origin);
  return details;
}

/**
 * runnel_run_tell_action:
 * @self: a run; nothing is told unless it is under way or in a queue
 * @action: what was done, or is about to be done, to it
 *
 * Tells its readers who did it. What it leads to they are told by other events.
 */
void
runnel_run_tell_action (RunnelRun *self, const RunnelRunAction *action)
{
  g_autoptr(JsonObject) details = NULL;
  RunnelEvent event = {
    .type = RUNNEL_EVENT_ACTION,
    .state = self->state,
    .reason = action->comment,
    .exit_code = -1,
  };

  if (self->state != RUNNEL_STATE_RUNNING && self->state != RUNNEL_STATE_QUEUED)
    return;
  event.details = details = describe (action);
  _runnel_run_enter (self);
  _runnel_run_emit (self, &event);
  _runnel_run_leave (self);
}
