/* runnel-cli-stats-data.c: statistics for programs and spreadsheets
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * docs/cli.md describes the shapes. Times are microseconds, moments microseconds since 1970, UTC.
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-stats.h"
#include "cli/runnel-cli.h"
#include "util/runnel-csv.h"

/* --- JSON --- */

static void
set_percentile (JsonObject        *object,
                const char        *name,
                const RunnelTally *tally,
                guint              percent)
{
  gint64 duration = runnel_histogram_get_percentile (&tally->durations, percent);

  if (duration >= 0)
    json_object_set_int_member (object, name, duration);
}

/* What can't be said of nothing is left out. */
static JsonObject *
tally_to_json (const RunnelTally *tally)
{
  JsonObject *object = json_object_new ();
  double rate = runnel_tally_get_success_rate (tally);

  for (guint i = 0; i < RUNNEL_N_TALLY_FIELDS; i++)
    json_object_set_int_member (object, runnel_tally_field_to_string (i), tally->fields[i]);
  if (rate >= 0)
    json_object_set_double_member (object, "success-rate", rate);
  set_percentile (object, "p50-us", tally, 50);
  set_percentile (object, "p95-us", tally, 95);
  json_object_set_int_member (object, "lost-us", runnel_tally_get_lost (tally));

  return object;
}

static JsonArray *
periods_to_json (GArray *periods)
{
  JsonArray *array = json_array_sized_new (periods->len);

  for (guint i = 0; i < periods->len; i++)
    {
      const RunnelStatsPeriod *period = &g_array_index (periods, RunnelStatsPeriod, i);
      JsonObject *object = tally_to_json (&period->tally);

      json_object_set_int_member (object, "begin", period->begin);
      json_array_add_object_element (array, object);
    }

  return array;
}

static JsonArray *
members_to_json (const RunnelStats *stats)
{
  JsonArray *array = json_array_sized_new (stats->members->len);

  for (guint i = 0; i < stats->members->len; i++)
    {
      const RunnelStatsMember *member = g_ptr_array_index (stats->members, i);
      JsonObject *object = tally_to_json (&member->now);

      json_object_set_string_member (object, member->file ? "pipeline" : "step", member->id);
      if (member->file && *member->file)
        json_object_set_string_member (object, "file", member->file);
      if (stats->has_before)
        json_object_set_object_member (object, "before", tally_to_json (&member->before));
      json_array_add_object_element (array, object);
    }

  return array;
}

static JsonArray *
points_to_json (GArray *points)
{
  JsonArray *array = json_array_sized_new (points->len);

  for (guint i = 0; i < points->len; i++)
    {
      const RunnelStatsPoint *point = &g_array_index (points, RunnelStatsPoint, i);
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "run", point->run);
      json_object_set_int_member (object, "started", point->started);
      json_object_set_int_member (object, "duration-us", point->duration);
      json_object_set_string_member (object, "state", runnel_state_to_string (point->state));
      json_object_set_boolean_member (object, "outlier", point->outlier);
      json_array_add_object_element (array, object);
    }

  return array;
}

void
runnel_cli_stats_print_json (const RunnelStats      *stats,
                             const RunnelStatsQuery *query)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  if (query->pipeline)
    json_object_set_string_member (object, "pipeline", query->pipeline);
  if (query->step)
    json_object_set_string_member (object, "step", query->step);
  json_object_set_int_member (object, "since", stats->since);
  json_object_set_int_member (object, "until", stats->until);
  json_object_set_int_member (object, "period-hours", stats->unit);
  json_object_set_object_member (object, "total", tally_to_json (&stats->total));
  if (stats->has_before)
    json_object_set_object_member (object, "before", tally_to_json (&stats->before));
  json_object_set_array_member (object, "periods", periods_to_json (stats->periods));
  json_object_set_array_member (object, query->pipeline ? "steps" : "pipelines",
                                members_to_json (stats));
  if (query->pipeline)
    {
      json_object_set_array_member (object, "runs", points_to_json (stats->points));
      json_object_set_boolean_member (object, "runs-complete", stats->all_points);
    }
  json_node_take_object (node, object);
  runnel_cli_print_json (node);
}

/* --- CSV --- */

static void
add_number (GPtrArray *fields,
            gint64     number)
{
  g_ptr_array_add (fields, g_strdup_printf ("%" G_GINT64_FORMAT, number));
}

/* What can't be said of nothing is an empty field. */
static void
add_percentile (GPtrArray         *fields,
                const RunnelTally *tally,
                guint              percent)
{
  gint64 duration = runnel_histogram_get_percentile (&tally->durations, percent);

  if (duration >= 0)
    add_number (fields, duration);
  else
    g_ptr_array_add (fields, g_strdup (""));
}

static void
append_row (GString   *csv,
            GPtrArray *fields)
{
  g_ptr_array_add (fields, NULL);
  runnel_csv_append_row (csv, (const char *const *) fields->pdata);
}

static void
append_titles (GString *csv)
{
  g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (fields, g_strdup ("what"));
  g_ptr_array_add (fields, g_strdup ("name"));
  g_ptr_array_add (fields, g_strdup ("begin"));
  for (guint i = 0; i < RUNNEL_N_TALLY_FIELDS; i++)
    g_ptr_array_add (fields, g_strdup (runnel_tally_field_to_string (i)));
  g_ptr_array_add (fields, g_strdup ("p50-us"));
  g_ptr_array_add (fields, g_strdup ("p95-us"));
  append_row (csv, fields);
}

static void
append_tally (GString           *csv,
              const char        *what,
              const char        *name,
              gint64             begin,
              const RunnelTally *tally)
{
  g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (fields, g_strdup (what));
  g_ptr_array_add (fields, g_strdup (name));
  add_number (fields, begin);
  for (guint i = 0; i < RUNNEL_N_TALLY_FIELDS; i++)
    add_number (fields, tally->fields[i]);
  add_percentile (fields, tally, 50);
  add_percentile (fields, tally, 95);
  append_row (csv, fields);
}

void
runnel_cli_stats_print_csv (const RunnelStats      *stats,
                            const RunnelStatsQuery *query)
{
  g_autoptr(GString) csv = g_string_new (NULL);
  const char *name = query->step ? query->step : query->pipeline ? query->pipeline : "";

  append_titles (csv);
  append_tally (csv, "total", name, stats->since, &stats->total);
  if (stats->has_before)
    append_tally (csv, "before", name, stats->since - (stats->until - stats->since),
                  &stats->before);
  for (guint i = 0; i < stats->periods->len; i++)
    {
      const RunnelStatsPeriod *period = &g_array_index (stats->periods, RunnelStatsPeriod, i);

      append_tally (csv, "period", name, period->begin, &period->tally);
    }
  for (guint i = 0; i < stats->members->len; i++)
    {
      const RunnelStatsMember *member = g_ptr_array_index (stats->members, i);

      append_tally (csv, member->file ? "pipeline" : "step", member->id, stats->since,
                    &member->now);
    }
  fputs (csv->str, stdout);
}
