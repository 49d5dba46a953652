/* runnel-retention.c: which runs are kept, and for how long
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-retention.h"
#include "model/runnel-duration.h"
#include "model/runnel-size.h"
#include "util/runnel-sort.h"

static const RunnelRetentionLimits no_limits = {
  RUNNEL_RETENTION_NOT_GIVEN, RUNNEL_RETENTION_NOT_GIVEN, RUNNEL_RETENTION_NOT_GIVEN,
};

/* The runs of one pipeline. */
typedef struct
{
  const RunnelRetentionLimits *limits;
  gboolean has_success;
  gint64 n_runs; /* from the latest on */
  gint64 size;   /* of those that stay */
} Group;

/* --- The policy --- */

/**
 * runnel_retention_new:
 *
 * Returns: (transfer full): a policy that keeps everything as it is
 */
RunnelRetention *
runnel_retention_new (void)
{
  RunnelRetention *self = g_new0 (RunnelRetention, 1);

  self->all = no_limits;
  self->pipelines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->compress_after = RUNNEL_RETENTION_NOT_GIVEN;
  self->compress_above = RUNNEL_RETENTION_NOT_GIVEN;
  return self;
}

void
runnel_retention_free (RunnelRetention *self)
{
  g_hash_table_unref (self->pipelines);
  g_free (self);
}

/* Sizes and durations are texts, numbers are numbers, and "none" is any of them. */
static gint64
read_limit (JsonObject *object,
            const char *name,
            gboolean    is_size)
{
  JsonNode *node = json_object_get_member (object, name);
  const char *text;
  guint64 size = 0;
  gint64 duration = 0;

  if (node == NULL)
    return RUNNEL_RETENTION_NOT_GIVEN;
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return json_node_get_int (node);

  text = json_node_get_string (node);
  if (g_str_equal (text, "none"))
    return RUNNEL_RETENTION_UNLIMITED;
  if (!is_size)
    return runnel_duration_parse (text, &duration, NULL) ? duration : RUNNEL_RETENTION_NOT_GIVEN;
  if (!runnel_size_parse (text, &size, NULL))
    return RUNNEL_RETENTION_NOT_GIVEN;
  return MIN (size, RUNNEL_RETENTION_UNLIMITED);
}

static void
read_limits (JsonObject            *object,
             RunnelRetentionLimits *limits)
{
  limits->max_age = read_limit (object, "max-age", /* is_size= */ FALSE);
  limits->max_runs = read_limit (object, "max-runs", /* is_size= */ FALSE);
  limits->max_size = read_limit (object, "max-size", /* is_size= */ TRUE);
}

/**
 * runnel_retention_new_for:
 * @settings: the settings of this machine
 *
 * Returns: (transfer full): the policy that they tell in `history`
 */
RunnelRetention *
runnel_retention_new_for (RunnelSettings *settings)
{
  RunnelRetention *self = runnel_retention_new ();
  JsonObject *all = runnel_settings_get_all (settings);
  JsonObject *history = json_object_get_object_member (all, "history");
  JsonObject *pipelines = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  read_limits (history, &self->all);
  self->compress_after = read_limit (history, "compress-after", /* is_size= */ FALSE);
  self->compress_above = read_limit (history, "compress-above", /* is_size= */ TRUE);
  self->automatic = json_object_get_boolean_member_with_default (history, "automatic", TRUE);

  if (json_object_has_member (history, "pipelines"))
    pipelines = json_object_get_object_member (history, "pipelines");
  if (pipelines == NULL)
    return self;
  json_object_iter_init (&iter, pipelines);
  while (json_object_iter_next (&iter, &name, &value))
    read_limits (json_node_get_object (value), runnel_retention_add_pipeline (self, name));
  return self;
}

/**
 * runnel_retention_add_pipeline:
 * @pipeline: a name, a file, or %RUNNEL_RETENTION_ANY_PIPELINE
 *
 * Returns: (transfer none): the limits for its runs, to be set
 */
RunnelRetentionLimits *
runnel_retention_add_pipeline (RunnelRetention *self,
                               const char      *pipeline)
{
  RunnelRetentionLimits *limits = g_new (RunnelRetentionLimits, 1);

  *limits = no_limits;
  g_hash_table_replace (self->pipelines, g_strdup (pipeline), limits);
  return limits;
}

/**
 * runnel_retention_find_limits:
 * @pipeline: a pipeline's name
 * @file: its file
 *
 * Returns: (transfer none): the limits that hold for its runs: those for the file, else those for
 *   the name, else those for any pipeline
 */
const RunnelRetentionLimits *
runnel_retention_find_limits (RunnelRetention *self,
                              const char      *pipeline,
                              const char      *file)
{
  const char *const names[] = { file, pipeline, RUNNEL_RETENTION_ANY_PIPELINE };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      RunnelRetentionLimits *limits = g_hash_table_lookup (self->pipelines, names[i]);

      if (limits != NULL)
        return limits;
    }
  return &no_limits;
}

/* --- The plan --- */

static int
compare_latest_first (gconstpointer left,
                      gconstpointer right)
{
  const RunnelRetentionRun *l = left;
  const RunnelRetentionRun *r = right;

  if (l->time != r->time)
    return l->time > r->time ? -1 : 1;
  return l->id > r->id ? -1 : l->id < r->id;
}

static guint
hash_pipeline (gconstpointer data)
{
  const RunnelRetentionRun *run = data;

  return g_str_hash (run->pipeline) * 31 + g_str_hash (run->file);
}

static gboolean
is_same_pipeline (gconstpointer left,
                  gconstpointer right)
{
  const RunnelRetentionRun *l = left;
  const RunnelRetentionRun *r = right;

  return g_str_equal (l->pipeline, r->pipeline) && g_str_equal (l->file, r->file);
}

static Group *
require_group (RunnelRetention    *self,
               GHashTable         *groups,
               RunnelRetentionRun *run)
{
  Group *group = g_hash_table_lookup (groups, run);

  if (group == NULL)
    {
      group = g_new0 (Group, 1);
      group->limits = runnel_retention_find_limits (self, run->pipeline, run->file);
      g_hash_table_insert (groups, run, group);
    }
  return group;
}

static gboolean
is_above (gint64 value,
          gint64 limit)
{
  return limit != RUNNEL_RETENTION_NOT_GIVEN && value > limit;
}

static gboolean
stays (const RunnelRetentionRun *run)
{
  return run->reason == RUNNEL_RETENTION_KEEP;
}

/* A pipeline's own age takes the place of that for all. */
static RunnelRetentionReason
judge (RunnelRetention          *self,
       const Group              *group,
       const RunnelRetentionRun *run,
       gint64                    now)
{
  gint64 max_age = group->limits->max_age;

  if (run->hold != RUNNEL_RETENTION_FREE)
    return RUNNEL_RETENTION_KEEP;
  if (max_age == RUNNEL_RETENTION_NOT_GIVEN)
    max_age = self->all.max_age;
  if (is_above (now - run->time, max_age))
    return RUNNEL_RETENTION_AGE;
  return is_above (group->n_runs, group->limits->max_runs) ? RUNNEL_RETENTION_COUNT
                                                           : RUNNEL_RETENTION_KEEP;
}

/* From the latest on: what each run says by itself, and by its place in its pipeline. */
static GHashTable *
plan_by_age_and_place (RunnelRetention *self,
                       GArray          *runs,
                       gint64           now)
{
  GHashTable *groups = g_hash_table_new_full (hash_pipeline, is_same_pipeline, NULL, g_free);

  for (guint i = 0; i < runs->len; i++)
    {
      RunnelRetentionRun *run = &g_array_index (runs, RunnelRetentionRun, i);
      Group *group = require_group (self, groups, run);

      if (run->succeeded && !group->has_success && run->hold == RUNNEL_RETENTION_FREE)
        run->hold = RUNNEL_RETENTION_LATEST_SUCCESS;
      group->has_success |= run->succeeded;
      group->n_runs++;
      run->reason = judge (self, group, run, now);
      if (stays (run))
        group->size += run->size;
    }
  return groups;
}

/* From the oldest on: what the pipeline has too much of. */
static void
plan_by_size_of_pipeline (GArray     *runs,
                          GHashTable *groups)
{
  for (guint i = runs->len; i-- > 0;)
    {
      RunnelRetentionRun *run = &g_array_index (runs, RunnelRetentionRun, i);
      Group *group = g_hash_table_lookup (groups, run);

      if (!stays (run) || run->hold != RUNNEL_RETENTION_FREE ||
          !is_above (group->size, group->limits->max_size))
        continue;
      run->reason = RUNNEL_RETENTION_SIZE;
      group->size -= run->size;
    }
}

/* What is too much of all that is left. */
static void
plan_for_all (RunnelRetention *self,
              GArray          *runs)
{
  gint64 n_runs = 0, size = 0;

  for (guint i = 0; i < runs->len; i++)
    {
      const RunnelRetentionRun *run = &g_array_index (runs, RunnelRetentionRun, i);

      n_runs += stays (run);
      size += stays (run) ? run->size : 0;
    }
  for (guint i = runs->len; i-- > 0;)
    {
      RunnelRetentionRun *run = &g_array_index (runs, RunnelRetentionRun, i);

      if (!stays (run) || run->hold != RUNNEL_RETENTION_FREE)
        continue;
      if (is_above (n_runs, self->all.max_runs))
        run->reason = RUNNEL_RETENTION_COUNT;
      else if (is_above (size, self->all.max_size))
        run->reason = RUNNEL_RETENTION_SIZE;
      else
        continue;
      n_runs--;
      size -= run->size;
    }
}

/**
 * runnel_retention_plan:
 * @self: a policy
 * @runs: (element-type RunnelRetentionRun): all runs; sorted, the latest first, and their `hold`
 *   and `reason` are set
 * @now: microseconds since 1970
 *
 * Says which runs are to go. First those that are too old, then those behind the latest of their
 * pipeline, then the oldest of a pipeline that takes too much, and then the oldest of all. A run
 * that something holds stays, and counts with the others; the latest run of a pipeline that
 * succeeded is held, too.
 */
void
runnel_retention_plan (RunnelRetention *self,
                       GArray          *runs,
                       gint64           now)
{
  g_autoptr(GHashTable) groups = NULL;

  g_return_if_fail (self != NULL && runs != NULL);

  runnel_sort (runs->data, runs->len, sizeof (RunnelRetentionRun), compare_latest_first);
  groups = plan_by_age_and_place (self, runs, now);
  plan_by_size_of_pipeline (runs, groups);
  plan_for_all (self, runs);
}

/**
 * runnel_retention_reason_to_string:
 *
 * Returns: (transfer static): a word for JSON and tables: "keep", "age", "count" or "size"
 */
const char *
runnel_retention_reason_to_string (RunnelRetentionReason reason)
{
  static const char *const words[] = { "keep", "age", "count", "size" };

  return words[reason];
}

/**
 * runnel_retention_hold_to_string:
 *
 * Returns: (transfer static): a word for JSON and tables; "" when nothing holds the run
 */
const char *
runnel_retention_hold_to_string (RunnelRetentionHold hold)
{
  static const char *const words[] = { "", "active", "needed", "pinned", "latest success" };

  return words[hold];
}
