/* runnel-cli-gc-print.c: what a cleaning of the history would do or did, in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-gc.h"
#include "cli/runnel-cli-table.h"
#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"
#include "util/runnel-format.h"

static const char *const titles[] = { "RUN", "PIPELINE", "ENDED", "SIZE", "WHY", NULL };

/* --- Tables and sentences --- */

static void
print_runs (RunnelCleanupPlan *plan)
{
  g_autoptr(RunnelCliTable) table = runnel_cli_table_new (titles, /* flexible= */ 1);
  gint64 now = g_get_real_time ();

  for (guint i = 0; i < plan->runs->len; i++)
    {
      const RunnelRetentionRun *run = &g_array_index (plan->runs, RunnelRetentionRun, i);
      char *cells[] = {
        g_strdup_printf ("%" G_GINT64_FORMAT, run->id),
        g_strdup (run->pipeline),
        runnel_format_age (run->time, now),
        g_format_size (run->size),
        g_strdup (runnel_retention_reason_to_string (run->reason)),
      };

      if (run->reason != RUNNEL_RETENTION_KEEP)
        runnel_cli_table_take_row (table, cells, RUNNEL_STATE_PENDING);
      else
        for (guint j = 0; j < G_N_ELEMENTS (cells); j++)
          g_free (cells[j]);
    }
  runnel_cli_table_print (table);
  printf ("\n");
}

static guint64
get_cache_excess (RunnelCleanupPlan *plan)
{
  return plan->cache > plan->cache_max ? plan->cache - plan->cache_max : 0;
}

static void
print_going (RunnelCleanupPlan *plan)
{
  g_autofree char *database = g_format_size (plan->database);
  g_autofree char *logs = g_format_size (plan->logs);
  g_autofree char *artifacts = g_format_size (plan->artifacts);
  g_autofree char *cache = g_format_size (get_cache_excess (plan));

  printf ("%u of %u run%s would go: about %s of the database, %s of logs, %s of artifacts; "
          "and %s of cached results\n", plan->n_going, plan->runs->len,
          plan->runs->len == 1 ? "" : "s", database, logs, artifacts, cache);
}

/* "1 is active, 2 are pinned" */
static void
print_held (RunnelCleanupPlan *plan)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint hold = RUNNEL_RETENTION_ACTIVE; hold <= RUNNEL_RETENTION_LATEST_SUCCESS; hold++)
    {
      guint n = runnel_cleanup_plan_count_held (plan, hold);

      if (n > 0)
        g_string_append_printf (text, "%s%u %s", text->len > 0 ? ", " : "", n,
                                runnel_retention_hold_to_string (hold));
    }
  if (text->len > 0)
    printf ("always kept: %s\n", text->str);
}

static void
print_orphans (RunnelCleanupPlan *plan)
{
  for (guint i = 0; i < plan->orphans->len; i++)
    {
      const RunnelOrphan *orphan = g_ptr_array_index (plan->orphans, i);
      g_autofree char *size = g_format_size (orphan->size);

      runnel_terminal_print (stdout, "belongs to no run: %s (%s)\n", orphan->path, size);
    }
  if (plan->orphans->len > 0)
    printf ("runnel gc --orphans deletes these folders\n");
  if (plan->n_unused_rows > 0)
    printf ("belong to no run: %" G_GINT64_FORMAT " rows of the database, which would go\n",
            plan->n_unused_rows);
}

static void
print_size (RunnelCleanupPlan *plan)
{
  const RunnelHistorySize *size = &plan->size;
  g_autofree char *all = g_format_size (size->database + size->logs + size->artifacts);
  g_autofree char *database = g_format_size (size->database);
  g_autofree char *logs = g_format_size (size->logs);
  g_autofree char *artifacts = g_format_size (size->artifacts);
  g_autofree char *cache = g_format_size (plan->cache);

  printf ("the history takes %s: database %s, logs %s, artifacts %s; cached results take %s\n",
          all, database, logs, artifacts, cache);
}

/* --- JSON --- */

static JsonObject *
run_to_json (const RunnelRetentionRun *run)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "run", run->id);
  json_object_set_string_member (object, "pipeline", run->pipeline);
  json_object_set_string_member (object, "file", run->file);
  json_object_set_int_member (object, "ended", run->time);
  json_object_set_int_member (object, "size", run->size);
  json_object_set_int_member (object, "subpipelines", run->n_inner);
  json_object_set_string_member (object, "why", runnel_retention_reason_to_string (run->reason));
  return object;
}

static JsonObject *
sizes_to_json (gint64 database,
               gint64 logs,
               gint64 artifacts,
               gint64 cache)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "database", database);
  json_object_set_int_member (object, "logs", logs);
  json_object_set_int_member (object, "artifacts", artifacts);
  json_object_set_int_member (object, "cache", cache);
  return object;
}

static JsonObject *
holds_to_json (RunnelCleanupPlan *plan)
{
  JsonObject *object = json_object_new ();

  for (guint hold = RUNNEL_RETENTION_ACTIVE; hold <= RUNNEL_RETENTION_LATEST_SUCCESS; hold++)
    json_object_set_int_member (object, runnel_retention_hold_to_string (hold),
                                runnel_cleanup_plan_count_held (plan, hold));
  return object;
}

static JsonArray *
orphans_to_json (RunnelCleanupPlan *plan)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < plan->orphans->len; i++)
    {
      const RunnelOrphan *orphan = g_ptr_array_index (plan->orphans, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "folder", orphan->path);
      json_object_set_int_member (object, "size", orphan->size);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonNode *
plan_to_json (RunnelCleanupPlan *plan)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *going = json_array_new ();

  for (guint i = 0; i < plan->runs->len; i++)
    {
      const RunnelRetentionRun *run = &g_array_index (plan->runs, RunnelRetentionRun, i);

      if (run->reason != RUNNEL_RETENTION_KEEP)
        json_array_add_object_element (going, run_to_json (run));
    }
  json_object_set_int_member (object, "runs", plan->runs->len);
  json_object_set_object_member (object, "size",
                                 sizes_to_json (plan->size.database, plan->size.logs,
                                                plan->size.artifacts, plan->cache));
  json_object_set_array_member (object, "going", going);
  json_object_set_object_member (object, "going-size",
                                 sizes_to_json (plan->database, plan->logs, plan->artifacts,
                                                get_cache_excess (plan)));
  json_object_set_object_member (object, "kept", holds_to_json (plan));
  json_object_set_array_member (object, "orphans", orphans_to_json (plan));
  json_object_set_int_member (object, "unused-rows", plan->n_unused_rows);
  json_node_take_object (node, object);
  return node;
}

static JsonNode *
status_to_json (const RunnelCleanupStatus *status)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "time", status->time);
  json_object_set_int_member (object, "duration", status->duration);
  json_object_set_boolean_member (object, "automatic", status->automatic);
  json_object_set_int_member (object, "runs", status->n_runs);
  json_object_set_int_member (object, "freed", status->freed);
  json_object_set_int_member (object, "logs-compressed", status->n_packed);
  json_object_set_int_member (object, "compressed", status->packed);
  if (status->problem)
    json_object_set_string_member (object, "problem", status->problem);
  json_node_take_object (node, object);
  return node;
}

/* --- From outside --- */

/**
 * runnel_cli_gc_print_plan:
 * @plan: what would go
 * @as_json: whether to print an object
 *
 * Prints what would go, what holds runs, and what belongs to none.
 */
void
runnel_cli_gc_print_plan (RunnelCleanupPlan *plan,
                          gboolean           as_json)
{
  if (as_json)
    {
      runnel_cli_print_json (plan_to_json (plan));
      return;
    }
  if (plan->n_going > 0)
    print_runs (plan);
  print_size (plan);
  print_going (plan);
  print_held (plan);
  print_orphans (plan);
}

/**
 * runnel_cli_gc_print_status:
 * @status: what went
 * @as_json: whether to print an object
 *
 * Prints when the history was cleaned, and what went.
 */
void
runnel_cli_gc_print_status (const RunnelCleanupStatus *status,
                            gboolean                   as_json)
{
  g_autofree char *when = runnel_format_time (status->time);
  g_autofree char *freed = g_format_size (MAX (status->freed, 0));

  if (as_json)
    {
      runnel_cli_print_json (status_to_json (status));
      return;
    }
  if (status->time == 0)
    {
      printf ("the history was not cleaned yet\n");
      return;
    }
  printf ("%s%s: %" G_GINT64_FORMAT " run%s deleted, %" G_GINT64_FORMAT " log%s compressed, %s "
          "freed\n", when, status->automatic ? ", automatically" : "",
          status->n_runs, status->n_runs == 1 ? "" : "s",
          status->n_packed, status->n_packed == 1 ? "" : "s", freed);
  if (status->problem)
    runnel_terminal_print (stdout, "it could not be brought to its end: %s\n", status->problem);
}
