/* runnel-cli-json.c: the facts of the history as JSON
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * docs/cli.md describes the shapes. What is not known is left out. Times are microseconds since
 * 1970, UTC.
 */
#include "config.h"

#include "cli/runnel-cli-json.h"
#include "engine/files/runnel-artifacts.h"

static void
set_text (JsonObject *object,
          const char *name,
          const char *text)
{
  if (text && *text)
    json_object_set_string_member (object, name, text);
}

static void
set_number (JsonObject *object,
            const char *name,
            gint64      number)
{
  if (number != 0)
    json_object_set_int_member (object, name, number);
}

static void
set_state (JsonObject  *object,
           RunnelState  state)
{
  json_object_set_string_member (object, "state", runnel_state_to_string (state));
}

static JsonObject *
count_states (const RunnelRunRecord *run)
{
  JsonObject *counts = json_object_new ();

  json_object_set_int_member (counts, "steps", run->n_steps);
  for (int i = 0; i < RUNNEL_N_STATES; i++)
    set_number (counts, runnel_state_to_string (i), run->n_by_state[i]);

  return counts;
}

static JsonArray *
labels_to_json (char **labels)
{
  JsonArray *array = json_array_new ();

  for (; *labels; labels++)
    json_array_add_string_element (array, *labels);

  return array;
}

/**
 * runnel_cli_run_to_json:
 * @run: a run
 *
 * Returns: (transfer full): it as an object
 */
JsonObject *
runnel_cli_run_to_json (const RunnelRunRecord *run)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "run", run->id);
  set_text (object, "uuid", run->uuid);
  set_state (object, run->state);
  set_text (object, "pipeline", run->pipeline);
  set_text (object, "file", run->file);
  set_number (object, "queued", run->queued);
  set_number (object, "started", run->started);
  set_number (object, "finished", run->finished);
  set_text (object, "reason", run->reason);
  json_object_set_object_member (object, "counts", count_states (run));
  set_text (object, "trigger", run->trigger);
  set_text (object, "user", run->user);
  set_text (object, "host", run->host);
  json_object_set_boolean_member (object, "pinned", run->pinned);
  json_object_set_array_member (object, "labels", labels_to_json (run->labels));
  set_number (object, "parent", run->parent);
  set_text (object, "parent-step", run->parent_step);
  set_number (object, "origin", run->origin);
  set_text (object, "imported-from", run->imported_from);
  set_number (object, "imported-number", run->imported_number);
  if (run->details)
    json_object_set_object_member (object, "details", json_object_ref (run->details));

  return object;
}

static JsonObject *
attempt_to_json (const RunnelAttemptRecord *attempt)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "attempt", attempt->attempt);
  set_state (object, attempt->state);
  set_number (object, "started", attempt->started);
  set_number (object, "finished", attempt->finished);
  if (attempt->exit_code >= 0)
    json_object_set_int_member (object, "exit-code", attempt->exit_code);
  set_number (object, "signal", attempt->term_signal);
  set_number (object, "user-us", attempt->usage.user_us);
  set_number (object, "system-us", attempt->usage.system_us);
  set_number (object, "max-rss-kb", attempt->usage.max_rss_kb);
  set_number (object, "cpu-us", attempt->usage.cpu_us);
  set_number (object, "peak-kb", attempt->usage.peak_kb);
  set_number (object, "pid", attempt->pid);
  set_text (object, "reason", attempt->reason);

  return object;
}

static JsonArray *
attempts_to_json (GPtrArray *attempts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; attempts && i < attempts->len; i++)
    json_array_add_object_element (array, attempt_to_json (g_ptr_array_index (attempts, i)));

  return array;
}

static JsonArray *
waits_to_json (GPtrArray *waits)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < waits->len; i++)
    {
      const RunnelWaitRecord *wait = g_ptr_array_index (waits, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "kind", runnel_wait_kind_to_string (wait->kind));
      set_number (object, "started", wait->started);
      set_number (object, "finished", wait->finished);
      set_text (object, "reason", wait->reason);
      json_array_add_object_element (array, object);
    }

  return array;
}

/**
 * runnel_cli_artifact_to_json:
 * @artifact: an artifact
 * @run_dir: (type filename): the folder of its run
 *
 * Returns: (transfer full): it as an object
 */
JsonObject *
runnel_cli_artifact_to_json (const RunnelArtifactRecord *artifact,
                             const char                 *run_dir)
{
  g_autofree char *folder = runnel_artifacts_get_path (run_dir, artifact->step);
  g_autofree char *file = g_build_filename (folder, artifact->file->path, NULL);
  JsonObject *object = runnel_artifact_to_json (artifact->file, /* with_mode= */ FALSE);

  json_object_set_string_member (object, "step", artifact->step);
  json_object_set_string_member (object, "file", file);

  return object;
}

/* Both lists are in the order of the steps: those of the step begin at `next`. */
static void
set_artifacts (JsonObject *object,
               const char *step,
               GPtrArray  *artifacts,
               guint      *next,
               const char *run_dir)
{
  g_autoptr(JsonArray) array = json_array_new ();

  for (; *next < artifacts->len; (*next)++)
    {
      const RunnelArtifactRecord *artifact = g_ptr_array_index (artifacts, *next);

      if (!g_str_equal (artifact->step, step))
        break;
      json_array_add_object_element (array, runnel_cli_artifact_to_json (artifact, run_dir));
    }
  if (json_array_get_length (array) > 0)
    json_object_set_array_member (object, "artifacts", g_steal_pointer (&array));
}

static JsonObject *
step_to_json (const RunnelStepRecord *step)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", step->id);
  set_text (object, "name", step->name);
  set_text (object, "kind", step->kind);
  if (step->role != RUNNEL_ROLE_STEP)
    set_text (object, "role", runnel_role_to_string (step->role));
  set_text (object, "parent", step->parent);
  if (step->matrix)
    json_object_set_object_member (object, "matrix", json_object_ref (step->matrix));
  set_state (object, step->state);
  if (step->tolerated)
    json_object_set_boolean_member (object, "tolerated", TRUE);
  if (step->handled)
    json_object_set_boolean_member (object, "handled", TRUE);
  set_number (object, "queued", step->queued);
  set_number (object, "started", step->started);
  set_number (object, "finished", step->finished);
  set_text (object, "reason", step->reason);
  set_text (object, "cause", step->cause);
  set_number (object, "reused", step->reused);
  if (step->outputs)
    json_object_set_object_member (object, "outputs", json_object_ref (step->outputs));
  json_object_set_array_member (object, "attempts", attempts_to_json (step->attempts));
  if (step->waits && step->waits->len > 0)
    json_object_set_array_member (object, "waits", waits_to_json (step->waits));

  return object;
}

/**
 * runnel_cli_steps_to_json:
 * @steps: (element-type RunnelStepRecord): the steps of a run
 * @artifacts: (element-type RunnelArtifactRecord): the files that they left
 * @run_dir: (type filename): the folder of the run
 *
 * Returns: (transfer full): them as an array
 */
JsonArray *
runnel_cli_steps_to_json (GPtrArray  *steps,
                          GPtrArray  *artifacts,
                          const char *run_dir)
{
  JsonArray *array = json_array_sized_new (steps->len);
  guint next_artifact = 0;

  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelStepRecord *step = g_ptr_array_index (steps, i);
      JsonObject *object = step_to_json (step);

      set_artifacts (object, step->id, artifacts, &next_artifact, run_dir);
      json_array_add_object_element (array, object);
    }

  return array;
}

/**
 * runnel_cli_audit_to_json:
 * @record: what somebody did
 *
 * Returns: (transfer full): it as an object
 */
JsonObject *
runnel_cli_audit_to_json (const RunnelAuditRecord *record)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "run", record->run);
  json_object_set_int_member (object, "time", record->time);
  set_text (object, "action", record->action);
  set_text (object, "step", record->step);
  set_text (object, "text", record->text);
  set_text (object, "user", record->user);
  set_text (object, "host", record->host);
  set_text (object, "origin", record->origin);

  return object;
}
