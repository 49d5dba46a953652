/* runnel-run-facts.c: what is known of a run before anything happens in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-run-dir.h"
#include "telemetry/runnel-run-facts.h"

static void
step_facts_free (gpointer data)
{
  RunnelStepFacts *self = data;

  g_free (self->id);
  g_free (self->title);
  g_free (self->kind);
  g_free (self);
}

static const char *
get_string (JsonObject *object,
            const char *name)
{
  return object ? json_object_get_string_member_with_default (object, name, NULL) : NULL;
}

static JsonObject *
get_object (JsonObject *object,
            const char *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : NULL;

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static char *
choose_name (const RunnelRunRecord *record)
{
  if (*record->pipeline || !*record->file)
    return g_strdup (record->pipeline);
  return g_path_get_basename (record->file);
}

/* What the run says of itself when it starts; of one that has not, it is what is so now. */
static void
take_details (RunnelRunFacts *self,
              JsonObject     *details,
              JsonObject     *trigger)
{
  const char *host = get_string (details, "host");
  const char *user = get_string (details, "user");

  if (!trigger)
    trigger = get_object (details, "trigger");
  self->host = g_strdup (host ? host : g_get_host_name ());
  self->user = g_strdup (user ? user : g_get_user_name ());
  self->trigger = g_strdup (get_string (trigger, "kind"));
  self->vcs = runnel_vcs_new_from_fingerprint (get_object (details, "fingerprint"));
  if (g_strcmp0 (self->trigger, "rerun") == 0 || g_strcmp0 (self->trigger, "rollback") == 0)
    self->origin_id = json_object_get_int_member_with_default (trigger, "run", 0);
  else if (trigger)
    self->origin_id = json_object_get_int_member_with_default (trigger, "resumes", 0);
}

static RunnelTraceContext *
trace_of (const RunnelRunRecord *record)
{
  return runnel_trace_context_new (record->uuid, get_string (record->details, "traceparent"));
}

/* A run that is gone from the history is not linked to. */
static void
find_origin (RunnelRunFacts *self,
             RunnelHistory  *history)
{
  RunnelRunRecord *record = NULL;

  if (self->origin_id > 0)
    record = runnel_history_get_run (history, self->origin_id, NULL);
  if (record)
    self->origin = trace_of (record);
  runnel_run_record_free (record);
}

/**
 * runnel_run_facts_new:
 * @history: where the run is
 * @run: its number
 * @traceparent: (nullable): the parent of a run that has not started; one that has kept its own
 * @trigger: (nullable): what starts a run that has not started
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable): the run without its steps
 */
RunnelRunFacts *
runnel_run_facts_new (RunnelHistory  *history,
                      gint64          run,
                      const char     *traceparent,
                      JsonObject     *trigger,
                      GError        **error)
{
  RunnelRunRecord *record = runnel_history_get_run (history, run, error);
  RunnelRunFacts *self;

  if (!record)
    return NULL;
  self = g_new0 (RunnelRunFacts, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->id = run;
  self->uuid = g_strdup (record->uuid);
  self->pipeline = choose_name (record);
  self->file = g_strdup (record->file);
  self->folder = runnel_history_get_run_dir (run);
  self->steps = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, step_facts_free);
  take_details (self, record->details, trigger);
  self->trace = record->details ? trace_of (record)
                                : runnel_trace_context_new (record->uuid, traceparent);
  find_origin (self, history);
  runnel_run_record_free (record);
  return self;
}

RunnelRunFacts *
runnel_run_facts_ref (RunnelRunFacts *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
runnel_run_facts_unref (RunnelRunFacts *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->uuid);
  g_free (self->pipeline);
  g_free (self->file);
  g_free (self->folder);
  g_free (self->trigger);
  g_free (self->host);
  g_free (self->user);
  runnel_trace_context_unref (self->trace);
  g_clear_pointer (&self->origin, runnel_trace_context_unref);
  g_clear_pointer (&self->vcs, runnel_vcs_free);
  g_hash_table_unref (self->steps);
  g_free (self);
}

/**
 * runnel_run_facts_add_step:
 * @self: facts that nobody shares yet
 * @title: (nullable): its name; %NULL when that is its id
 */
void
runnel_run_facts_add_step (RunnelRunFacts *self,
                           const char     *id,
                           const char     *title,
                           const char     *kind)
{
  RunnelStepFacts *step = g_new0 (RunnelStepFacts, 1);

  step->id = g_strdup (id);
  step->title = g_strdup (title ? title : id);
  step->kind = g_strdup (kind);
  g_hash_table_insert (self->steps, step->id, step);
}

/**
 * runnel_run_facts_make_url:
 * @step: (nullable): the id of a step, %NULL for the run
 * @attempt: the number of its latest attempt
 *
 * Returns: (transfer full): where its log is, "file://HOST/...": there is no server that has it
 */
char *
runnel_run_facts_make_url (RunnelRunFacts *self,
                           const char     *step,
                           guint           attempt)
{
  g_autofree char *log = step ? runnel_run_dir_log_name (step, MAX (attempt, 1)) : NULL;
  g_autofree char *path = g_build_filename (self->folder, log, NULL);
  char *url = g_filename_to_uri (path, self->host, NULL);

  return url ? url : g_filename_to_uri (path, NULL, NULL);
}
