/* runnel-cli-gantt-json.c: the timing of a run, and of two, for programs
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * docs/cli.md describes the shapes. Times are microseconds since the start of the run.
 */
#include "config.h"

#include "charts/runnel-timing-table.h"
#include "cli/runnel-cli-gantt.h"

static const char *const kinds[RUNNEL_N_SPAN_KINDS] = {
  [RUNNEL_SPAN_QUEUED] = "queued",     [RUNNEL_SPAN_POOL] = "pool",
  [RUNNEL_SPAN_APPROVAL] = "approval", [RUNNEL_SPAN_WAITING] = "wait",
  [RUNNEL_SPAN_ATTEMPT] = "run",       [RUNNEL_SPAN_RETRY] = "retry-delay",
};

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static JsonObject *
span_to_json (const RunnelTiming *timing,
              const RunnelSpan   *span)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", kinds[span->kind]);
  json_object_set_int_member (object, "start-us", span->start - timing->start);
  json_object_set_int_member (object, "end-us", span->end - timing->start);
  if (span->attempt > 0)
    json_object_set_int_member (object, "attempt", span->attempt);
  if (span->kind == RUNNEL_SPAN_ATTEMPT)
    json_object_set_string_member (object, "state", runnel_state_to_string (span->state));
  if (span->reason != NULL)
    json_object_set_string_member (object, "reason", span->reason);
  return object;
}

static void
set_release (JsonObject            *object,
             const RunnelTiming    *timing,
             const RunnelTimingRow *row)
{
  static const char *const names[] = { NULL, "need", "pool", "place" };

  if (row->release == RUNNEL_RELEASE_NONE)
    return;
  json_object_set_string_member (object, "released-by", timing->rows[row->holder].id);
  json_object_set_string_member (object, "release", names[row->release]);
}

static JsonObject *
row_to_json (const RunnelTiming *timing,
             guint               index)
{
  const RunnelTimingRow *row = &timing->rows[index];
  JsonObject *object = json_object_new ();
  JsonArray *spans = json_array_new ();

  for (guint i = row->first_span; i < row->first_span + row->n_spans; i++)
    json_array_add_object_element (spans, span_to_json (timing, &timing->spans[i]));
  json_object_set_string_member (object, "step", row->id);
  json_object_set_string_member (object, "name", row->title);
  json_object_set_string_member (object, "role", runnel_role_to_string (row->role));
  json_object_set_string_member (object, "state", runnel_state_to_string (row->state));
  if (row->group >= 0)
    json_object_set_string_member (object, "group", timing->groups[row->group].id);
  if (row->parent >= 0)
    json_object_set_string_member (object, "part-of", timing->rows[row->parent].id);
  json_object_set_int_member (object, "slack-us", row->critical ? 0 : row->slack);
  json_object_set_boolean_member (object, "critical", row->critical);
  set_release (object, timing, row);
  json_object_set_int_member (object, "cpu-us",
                              runnel_timing_get_number (timing, index, RUNNEL_TIMING_CPU));
  json_object_set_int_member (object, "memory-bytes",
                              runnel_timing_get_number (timing, index, RUNNEL_TIMING_MEMORY));
  json_object_set_array_member (object, "spans", spans);
  return object;
}

static JsonObject *
totals_to_json (const RunnelTotals *totals)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "wall-us", totals->wall);
  for (guint i = 0; i < RUNNEL_N_SPAN_KINDS; i++)
    {
      g_autofree char *name = g_strconcat (kinds[i], "-us", NULL);

      json_object_set_int_member (object, name, totals->by_kind[i]);
    }
  json_object_set_int_member (object, "repeated-us", totals->retries);
  json_object_set_int_member (object, "rollback-us", totals->rollback);
  json_object_set_int_member (object, "critical-us", totals->critical);
  return object;
}

static JsonArray *
path_to_json (const RunnelTiming *timing)
{
  JsonArray *path = json_array_new ();

  for (guint i = 0; i < timing->n_critical; i++)
    json_array_add_string_element (path, timing->rows[timing->critical_path[i]].id);
  return path;
}

/**
 * runnel_cli_timing_to_json:
 * @tree: the lines of the timing of a run
 *
 * Returns: (transfer full): the steps that have a line, in the order of the lines, and the totals
 */
JsonNode *
runnel_cli_timing_to_json (const RunnelGanttTree *tree)
{
  const RunnelTiming *timing = tree->timing;
  JsonObject *object = json_object_new ();
  JsonArray *steps = json_array_new ();

  for (guint i = 0; i < tree->n_lines; i++)
    if (tree->lines[i].row >= 0)
      json_array_add_object_element (steps, row_to_json (timing, tree->lines[i].row));
  json_object_set_int_member (object, "run", timing->run);
  json_object_set_string_member (object, "pipeline", timing->title);
  json_object_set_string_member (object, "state", runnel_state_to_string (timing->state));
  json_object_set_int_member (object, "started", timing->start);
  if (timing->jobs > 0)
    json_object_set_int_member (object, "jobs", timing->jobs);
  json_object_set_object_member (object, "totals", totals_to_json (&timing->totals));
  json_object_set_array_member (object, "critical-path", path_to_json (timing));
  json_object_set_array_member (object, "steps", steps);
  return take_object (object);
}

static JsonObject *
side_of_pair_to_json (const RunnelTimingDiff *diff,
                      guint                   index,
                      guint                   side)
{
  const RunnelTimingPair *pair = &diff->pairs[index];
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "state",
                                 runnel_state_to_string (
                                   diff->timings[side]->rows[pair->rows[side]].state));
  json_object_set_int_member (object, "took-us", pair->took[side]);
  for (guint i = 0; i < RUNNEL_N_SPAN_KINDS; i++)
    {
      g_autofree char *name = g_strconcat (kinds[i], "-us", NULL);

      if (pair->by_kind[side][i] > 0)
        json_object_set_int_member (object, name, pair->by_kind[side][i]);
    }
  json_object_set_boolean_member (object, "critical",
                                  runnel_timing_diff_is_critical (diff, index, side));
  return object;
}

static JsonObject *
pair_to_json (const RunnelTimingDiff *diff,
              guint                   index)
{
  static const char *const changes[] = { "same", "changed", "added", "removed" };
  static const char *const sides[RUNNEL_N_SIDES] = { "before", "after" };
  const RunnelTimingPair *pair = &diff->pairs[index];
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "step", pair->id);
  json_object_set_string_member (object, "name", pair->title);
  json_object_set_string_member (object, "change", changes[pair->change]);
  json_object_set_int_member (object, "delta-us", pair->delta);
  for (guint i = 0; i < RUNNEL_N_SIDES; i++)
    if (pair->rows[i] >= 0)
      json_object_set_object_member (object, sides[i], side_of_pair_to_json (diff, index, i));
  return object;
}

static JsonObject *
run_to_json (const RunnelTiming *timing)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "run", timing->run);
  json_object_set_string_member (object, "pipeline", timing->title);
  json_object_set_string_member (object, "state", runnel_state_to_string (timing->state));
  json_object_set_object_member (object, "totals", totals_to_json (&timing->totals));
  json_object_set_array_member (object, "critical-path", path_to_json (timing));
  return object;
}

/**
 * runnel_cli_timing_diff_to_json:
 * @diff: a comparison
 *
 * Returns: (transfer full): both runs and all steps, what got slower first
 */
JsonNode *
runnel_cli_timing_diff_to_json (const RunnelTimingDiff *diff)
{
  JsonObject *object = json_object_new ();
  JsonArray *steps = json_array_new ();

  for (guint i = 0; i < diff->n_pairs; i++)
    json_array_add_object_element (steps, pair_to_json (diff, i));
  json_object_set_object_member (object, "before", run_to_json (diff->timings[RUNNEL_BEFORE]));
  json_object_set_object_member (object, "after", run_to_json (diff->timings[RUNNEL_AFTER]));
  json_object_set_array_member (object, "steps", steps);
  return take_object (object);
}
