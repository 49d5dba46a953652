/* runnel-history-earlier.c: a run of the history, for another that takes it up
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/files/runnel-artifacts.h"
#include "engine/runnel-selection.h"
#include "history/runnel-history-earlier.h"

/* One that was left out never ran: that it was skipped says nothing about it. */
static gboolean
was_left_out (const RunnelStepRecord *record)
{
  return record->state == RUNNEL_STATE_SKIPPED && record->reason != NULL &&
         g_str_has_prefix (record->reason, RUNNEL_LEFT_OUT);
}

static RunnelEarlierStep *
read_step (const RunnelStepRecord *record)
{
  RunnelEarlierStep *step = g_new0 (RunnelEarlierStep, 1);

  step->id = g_strdup (record->id);
  step->role = record->role;
  step->parent = g_strdup (record->parent);
  step->matrix = record->matrix != NULL ? json_object_ref (record->matrix) : NULL;
  step->state = was_left_out (record) ? RUNNEL_STATE_PENDING : record->state;
  step->tolerated = record->tolerated;
  step->n_attempts = record->attempts->len;
  step->exit_code = -1;
  if (record->attempts->len > 0)
    {
      const RunnelAttemptRecord *last =
        g_ptr_array_index (record->attempts, record->attempts->len - 1);

      step->exit_code = last->exit_code;
    }
  step->outputs = record->outputs != NULL ? json_object_ref (record->outputs) : NULL;
  return step;
}

/* Somebody may have deleted the file. */
static gboolean
is_there (const char                 *run_dir,
          const RunnelArtifactRecord *artifact)
{
  g_autofree char *folder = runnel_artifacts_get_path (run_dir, artifact->step);
  g_autofree char *path = g_build_filename (folder, artifact->file->path, NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static void
add_artifact (RunnelEarlierStep    *step,
              const RunnelArtifact *file)
{
  if (step->artifacts == NULL)
    step->artifacts = json_array_new ();
  json_array_add_object_element (step->artifacts, runnel_artifact_to_json (file, FALSE));
}

static gboolean
add_artifacts (RunnelHistory *self,
               RunnelEarlier *earlier,
               GError       **error)
{
  g_autofree char *run_dir = runnel_history_get_run_dir (earlier->run);
  g_autoptr(GPtrArray) records = runnel_history_list_artifacts (self, earlier->run, NULL, error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const RunnelArtifactRecord *record = g_ptr_array_index (records, i);
      RunnelEarlierStep *step = g_hash_table_lookup (earlier->by_id, record->step);

      if (step != NULL && is_there (run_dir, record))
        add_artifact (step, record->file);
    }
  return records != NULL;
}

/**
 * runnel_run_record_is_rollback:
 * @record: a run
 *
 * Returns: whether it was there to roll another one back
 */
gboolean
runnel_run_record_is_rollback (const RunnelRunRecord *record)
{
  JsonNode *trigger = record->details != NULL ? json_object_get_member (record->details, "trigger")
                                              : NULL;

  return trigger != NULL && JSON_NODE_HOLDS_OBJECT (trigger) &&
         g_strcmp0 (json_object_get_string_member_with_default (json_node_get_object (trigger),
                                                                "kind", NULL), "rollback") == 0;
}

/* What is being undone just now is neither there nor gone. */
static gboolean
check_rolled_back (const RunnelRunRecord *rollback,
                   gint64                 run,
                   GError               **error)
{
  if (runnel_state_is_terminal (rollback->state))
    return TRUE;
  g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_LIVE,
               "Run %" G_GINT64_FORMAT " rolls run %" G_GINT64_FORMAT " back and is still under "
               "way. Wait for its end, or cancel it with `runnel cancel %" G_GINT64_FORMAT "`.",
               rollback->id, run, rollback->id);
  return FALSE;
}

static gboolean
add_undone (RunnelHistory *self,
            gint64         run,
            GHashTable    *undone,
            GError       **error)
{
  g_autoptr(GPtrArray) steps = runnel_history_get_steps (self, run, error);

  for (guint i = 0; steps != NULL && i < steps->len; i++)
    {
      const RunnelStepRecord *step = g_ptr_array_index (steps, i);

      if (step->role == RUNNEL_ROLE_UNDO && step->state == RUNNEL_STATE_SUCCEEDED)
        g_hash_table_add (undone, g_strdup (step->id));
    }
  return steps != NULL;
}

/**
 * runnel_history_get_undone:
 * @self: a history
 * @run: the number of a run
 * @error: return location; %RUNNEL_HISTORY_ERROR, %RUNNEL_HISTORY_ERROR_LIVE while one of these
 *   runs is under way
 *
 * Returns: (transfer full) (nullable) (element-type utf8 utf8): the ids of the undos of @run that
 *   succeeded in the runs which rolled it back
 */
GHashTable *
runnel_history_get_undone (RunnelHistory *self,
                           gint64         run,
                           GError       **error)
{
  g_autoptr(GHashTable) undone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) successors = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  successors = runnel_history_list_successors (self, run, error);
  if (successors == NULL)
    return NULL;
  for (guint i = 0; i < successors->len; i++)
    {
      const RunnelRunRecord *record = g_ptr_array_index (successors, i);

      if (runnel_run_record_is_rollback (record) &&
          (!check_rolled_back (record, run, error) ||
           !add_undone (self, record->id, undone, error)))
        return NULL;
    }
  return g_steal_pointer (&undone);
}

static void
mark_undone (RunnelEarlier *earlier,
             const char    *id)
{
  RunnelEarlierStep *step = id != NULL ? g_hash_table_lookup (earlier->by_id, id) : NULL;

  if (step == NULL)
    return;
  step->undone = TRUE;
  if (step->role == RUNNEL_ROLE_LEG)
    mark_undone (earlier, step->parent);
}

/* By the run itself, or by one that rolled it back. */
static gboolean
find_undone (RunnelHistory *self,
             RunnelEarlier *earlier,
             GError       **error)
{
  g_autoptr(GHashTable) undone = runnel_history_get_undone (self, earlier->run, error);

  for (guint i = 0; undone != NULL && i < earlier->steps->len; i++)
    {
      const RunnelEarlierStep *step = g_ptr_array_index (earlier->steps, i);

      if (step->role == RUNNEL_ROLE_UNDO && (step->state == RUNNEL_STATE_SUCCEEDED ||
                                             g_hash_table_contains (undone, step->id)))
        mark_undone (earlier, step->parent);
    }
  return undone != NULL;
}

/* Whether it is over, else @error is set. */
static gboolean
check_over (RunnelHistory *self,
            gint64         run,
            GError       **error)
{
  RunnelRunRecord *record = runnel_history_get_run (self, run, error);
  gboolean over = record != NULL && runnel_state_is_terminal (record->state);

  if (record != NULL && !over)
    g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_LIVE,
                 "Run %" G_GINT64_FORMAT " is still under way. Wait for its end, or cancel it with "
                 "`runnel cancel %" G_GINT64_FORMAT "`.", run, run);
  g_clear_pointer (&record, runnel_run_record_free);
  return over;
}

/**
 * runnel_history_get_earlier:
 * @self: a history
 * @run: the number of a run that is over
 * @error: return location; %RUNNEL_HISTORY_ERROR_NOT_FOUND, %RUNNEL_HISTORY_ERROR_LIVE and others
 *   of its domain
 *
 * Returns: (transfer full) (nullable): how its steps ended
 */
RunnelEarlier *
runnel_history_get_earlier (RunnelHistory *self,
                            gint64         run,
                            GError       **error)
{
  g_autoptr(RunnelEarlier) earlier = NULL;
  g_autoptr(GPtrArray) steps = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (!check_over (self, run, error))
    return NULL;
  steps = runnel_history_get_steps (self, run, error);
  if (steps == NULL)
    return NULL;
  earlier = runnel_earlier_new (run);
  for (guint i = 0; i < steps->len; i++)
    runnel_earlier_take (earlier, read_step (g_ptr_array_index (steps, i)));
  if (!add_artifacts (self, earlier, error) || !find_undone (self, earlier, error))
    return NULL;
  return g_steal_pointer (&earlier);
}
