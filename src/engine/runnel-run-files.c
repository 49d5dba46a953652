/* runnel-run-files.c: the artifacts of a step, and its result from an earlier run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/runnel-run-private.h"

/* What is to be kept. */

static gboolean
append_pattern (GPtrArray *patterns, JsonNode *value, GError **error)
{
  if (json_node_get_value_type (value) != G_TYPE_STRING)
    {
      g_set_error_literal (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_INVALID,
                           "every pattern has to be a text");
      return FALSE;
    }
  g_ptr_array_add (patterns, g_strdup (json_node_get_string (value)));
  return TRUE;
}

static gboolean
append_patterns (GPtrArray *patterns, JsonArray *array, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (!append_pattern (patterns, json_array_get_element (array, i), error))
        return FALSE;
    }
  return TRUE;
}

/* Evaluates an array of patterns; without one there are none. */
static char **
evaluate_patterns (JsonNode *value, const char *name, const RunnelExprScope *scope, GError **error)
{
  g_autoptr(GPtrArray) patterns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(JsonNode) expanded = NULL;
  gboolean done = TRUE;

  if (value != NULL && JSON_NODE_HOLDS_ARRAY (value))
    {
      expanded = runnel_template_expand (value, scope, error);
      done = expanded != NULL
             && append_patterns (patterns, json_node_get_array (expanded), error);
    }
  if (!done)
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  g_ptr_array_add (patterns, NULL);
  return (char **) g_ptr_array_steal (patterns, NULL);
}

/* Patterns are relative to the folder of the pipeline, or, when the step works outside of it, to
 * the folder it works in. */
static const char *
choose_base (RunnelRun *self, const char *working_directory)
{
  gsize length = strlen (self->base_dir);
  gboolean inside = strncmp (working_directory, self->base_dir, length) == 0
                    && (working_directory[length] == '/' || working_directory[length] == '\0'
                        || g_str_equal (self->base_dir, "/"));

  return inside ? self->base_dir : working_directory;
}

/* What the step says of files, evaluated. */
typedef struct
{
  char **artifacts;
  char **inputs;
  char **outputs;
  char *folder; /* it works in */
} Wishes;

static void
wishes_clear (Wishes *self)
{
  g_strfreev (self->artifacts);
  g_strfreev (self->inputs);
  g_strfreev (self->outputs);
  g_free (self->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wishes, wishes_clear)

static JsonNode *
get_cache_member (JsonNode *cache, const char *name)
{
  if (cache == NULL || !JSON_NODE_HOLDS_OBJECT (cache))
    return NULL;
  return json_object_get_member (json_node_get_object (cache), name);
}

static gboolean
evaluate_wishes (RunnelRunStep *step, Wishes *ret, GError **error)
{
  RunnelStep *definition = _runnel_run_step_get_definition (step);
  g_autoptr(JsonNode) artifacts = runnel_step_dup_member (definition, "artifacts");
  g_autoptr(JsonNode) cache = runnel_step_dup_member (definition, "cache");
  RunnelRunScope scope;

  _runnel_run_scope_init (&scope, step->run, step);
  ret->artifacts = evaluate_patterns (artifacts, "artifacts", &scope.scope, error);
  if (ret->artifacts == NULL)
    return FALSE;
  ret->inputs =
    evaluate_patterns (get_cache_member (cache, "inputs"), "cache.inputs", &scope.scope, error);
  if (ret->inputs == NULL)
    return FALSE;
  ret->outputs =
    evaluate_patterns (get_cache_member (cache, "outputs"), "cache.outputs", &scope.scope, error);
  if (ret->outputs == NULL)
    return FALSE;
  ret->folder = _runnel_run_step_evaluate_working_directory (step, &scope.scope, error);
  return ret->folder != NULL;
}

static RunnelKeeping *
open_keeping (RunnelRunStep *step, const Wishes *wishes, JsonObject *parts)
{
  RunnelRun *self = step->run;
  const RunnelKeepOrder order = {
    .step_index = _runnel_run_step_get_index (step),
    .step = _runnel_run_step_get_id (step),
    .run = self->id,
    .file = self->file,
    .run_dir = self->run_dir,
    .base_dir = choose_base (self, wishes->folder),
    .artifacts = (const char *const *) wishes->artifacts,
    .cached = parts != NULL,
    .may_reuse = self->may_reuse,
    .parts = parts,
    .inputs = (const char *const *) wishes->inputs,
    .outputs = (const char *const *) wishes->outputs,
  };

  return self->keeper->open (self->keeper, &order);
}

static gboolean
prepare_files (RunnelRunStep *step, GError **error)
{
  RunnelStep *definition = _runnel_run_step_get_definition (step);
  gboolean cached = runnel_step_has_member (definition, "cache");
  g_autoptr(JsonObject) parts = NULL;
  g_auto(Wishes) wishes = { NULL, };

  if (!evaluate_wishes (step, &wishes, error))
    return FALSE;
  if (cached)
    {
      parts = _runnel_run_step_list_parts (step, error);
      if (parts == NULL)
        return FALSE;
    }
  step->files = g_new0 (RunnelRunFiles, 1);
  step->files->keeping = open_keeping (step, &wishes, parts);
  step->files->cached = cached;
  return TRUE;
}

/* The step has its job while the keeper works for it. */

static void
begin_work (RunnelRunStep *step)
{
  step->files->busy = TRUE;
  step->run->n_tasks++;
  _runnel_run_step_hold_job (step);
}

static void
end_work (RunnelRunStep *step)
{
  g_assert (step->files->busy);

  step->files->busy = FALSE;
  step->run->n_tasks--;
  _runnel_run_step_release_job (step);
}

/* Answers. */

static void
use_result (RunnelRunStep *step, const RunnelKeeperFound *found)
{
  g_autofree char *reason = g_strdup_printf ("reused from run %" G_GINT64_FORMAT " because %s",
                                             found->reused, found->reason);

  step->files->reused = found->reused;
  _runnel_run_step_take_artifacts (step, found->artifacts);
  if (found->outputs != NULL)
    step->outputs = json_object_ref (found->outputs);
  _runnel_run_step_conclude (step, RUNNEL_STATE_SUCCEEDED, reason);
}

static void
found_cb (gpointer user_data, guint index, const RunnelKeeperFound *found)
{
  RunnelRun *self = user_data;
  RunnelRunStep *step = _runnel_run_get_step (self, index);

  _runnel_run_enter (self);
  end_work (step);
  step->files->cause = g_strdup (found->reason);
  if (found->reused != 0)
    use_result (step, found);
  else if (_runnel_run_step_get_stop (step) != NULL)
    _runnel_run_step_conclude (step, RUNNEL_STATE_CANCELLED, _runnel_run_step_get_stop (step));
  else if (_runnel_run_is_paused (self))
    _runnel_run_step_put_back (step);
  else
    _runnel_run_step_start (step);
  _runnel_run_leave (self);
}

/* What is to be said of a step that succeeded: why it ran though it has a cache, and what could
 * not be kept. */
static char *
describe_success (RunnelRunStep *step, const char *note)
{
  g_autofree char *cause =
    step->files->cause != NULL ? g_strconcat ("ran because ", step->files->cause, NULL) : NULL;

  if (cause != NULL && note != NULL)
    return g_strconcat (cause, "; ", note, NULL);
  return cause != NULL ? g_steal_pointer (&cause) : g_strdup (note);
}

static void
kept_cb (gpointer user_data, guint index, const RunnelKeeperKept *kept)
{
  RunnelRun *self = user_data;
  RunnelRunStep *step = _runnel_run_get_step (self, index);
  g_autofree char *reason = NULL;

  _runnel_run_enter (self);
  end_work (step);
  _runnel_run_step_take_artifacts (step, kept->artifacts);
  if (kept->error != NULL && kept->cancelled)
    _runnel_run_step_conclude (step, RUNNEL_STATE_CANCELLED,
                               "the run was cancelled before its artifacts were kept");
  else if (kept->error != NULL)
    {
      reason = g_strconcat ("its artifacts can't be kept: ", kept->error, NULL);
      _runnel_run_step_conclude (step, RUNNEL_STATE_FAILED, reason);
    }
  else
    {
      reason = describe_success (step, kept->note);
      _runnel_run_step_conclude (step, RUNNEL_STATE_SUCCEEDED, reason);
    }
  _runnel_run_leave (self);
}

const RunnelKeeperCallbacks _runnel_run_keeper_callbacks = {
  .found = found_cb,
  .kept = kept_cb,
};

/*
 * _runnel_run_step_look_up:
 * @step: a step that has not run yet
 *
 * Looks for its result from an earlier run if it has a `cache`. Hooks and undos are there for what
 * they do: they have neither that nor artifacts.
 *
 * Returns: whether it must not be started: the answer comes later, or the step has failed
 */
gboolean
_runnel_run_step_look_up (RunnelRunStep *step)
{
  RunnelStep *definition = _runnel_run_step_get_definition (step);
  RunnelKeeper *keeper = step->run->keeper;
  g_autoptr(GError) error = NULL;

  if (keeper == NULL || _runnel_run_step_is_in_lane (step))
    return FALSE;
  if (!runnel_step_has_member (definition, "cache")
      && !runnel_step_has_member (definition, "artifacts"))
    return FALSE;
  if (!prepare_files (step, &error))
    {
      g_autofree char *reason = g_strconcat ("it could not be started: ", error->message, NULL);

      _runnel_run_step_conclude (step, RUNNEL_STATE_FAILED, reason);
      return TRUE;
    }
  if (!step->files->cached)
    return FALSE;
  begin_work (step);
  keeper->look_up (keeper, step->files->keeping);
  return TRUE;
}

/* What is kept would be read by later runs as it is, so it can't be made illegible. */
static const char *
find_reason_not_to_cache (RunnelRunStep *step)
{
  RunnelSecretMask *mask = step->run->mask;
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *text = NULL;

  if (mask == NULL || step->outputs == NULL)
    return NULL;
  node = json_node_init_object (json_node_alloc (), step->outputs);
  text = json_to_string (node, FALSE);
  return runnel_secret_mask_finds (mask, text, strlen (text)) ? "its outputs hold a secret" : NULL;
}

/*
 * _runnel_run_step_keep:
 * @step: a step whose last attempt succeeded
 *
 * Has its artifacts and its result kept. It is over only when that is done, for its successors
 * rely on them.
 *
 * Returns: whether the answer comes later; else there is nothing to keep
 */
gboolean
_runnel_run_step_keep (RunnelRunStep *step)
{
  RunnelKeeper *keeper = step->run->keeper;

  if (step->files == NULL)
    return FALSE;
  step->state = RUNNEL_STATE_RUNNING;
  begin_work (step);
  keeper->keep (keeper, step->files->keeping, step->outputs, find_reason_not_to_cache (step));
  return TRUE;
}

/*
 * _runnel_run_step_take_artifacts:
 * @step: a step
 * @artifacts: (nullable): what it left, or what was taken over from an earlier run; they are in
 *   its folder
 */
void
_runnel_run_step_take_artifacts (RunnelRunStep *step, JsonArray *artifacts)
{
  if (artifacts == NULL)
    return;
  if (step->files == NULL)
    step->files = g_new0 (RunnelRunFiles, 1);
  step->files->artifacts = json_array_ref (artifacts);
}

/*
 * _runnel_run_step_describe_files:
 * @step: a step that is over
 *
 * Returns: (transfer full) (nullable): the details of its step-finished event
 */
JsonObject *
_runnel_run_step_describe_files (RunnelRunStep *step)
{
  JsonObject *details;

  if (step->files == NULL || step->files->artifacts == NULL)
    return NULL;
  details = json_object_new ();
  json_object_set_array_member (details, "artifacts", json_array_ref (step->files->artifacts));
  return details;
}

/*
 * _runnel_run_step_clear_files:
 * @step: a step for which the keeper does nothing
 */
void
_runnel_run_step_clear_files (RunnelRunStep *step)
{
  RunnelKeeper *keeper = step->run->keeper;

  if (step->files == NULL)
    return;
  if (step->files->keeping != NULL)
    keeper->close (keeper, step->files->keeping);
  g_clear_pointer (&step->files->artifacts, json_array_unref);
  g_free (step->files->cause);
  g_clear_pointer (&step->files, g_free);
}
