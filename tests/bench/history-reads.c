/* history-reads.c: how long questions to a large history take
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The floor of the same run: SQLite alone, walking the index of all runs to its end.
 */
#include "history-reads.h"

#include <stdio.h>

#include "figures.h"
#include "goals.h"
#include "history/runnel-history-audit.h"
#include "history/runnel-history-stats.h"
#include "history/runnel-history-trends.h"
#include "history/runnel-history.h"
#include "history/runnel-sqlite.h"

#define PAGE 50
#define REPETITIONS 40
#define LIMIT_MS 50

typedef struct
{
  RunnelHistory *history;
  RunnelSqlite *db;
  GArray *runs;            /* of gint64: all */
  GPtrArray *pipelines;    /* of RunnelPipelineRecord */
  GRand *rand;
} Reader;

typedef struct
{
  const char *what;
  void (*ask) (Reader *self, const char *words);
  const char *words; /* of the filter; "%s" stands for the name of a pipeline */
  gboolean is_floor;
} Question;

static void
check (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static gint64
pick_run (Reader *self)
{
  return g_array_index (self->runs, gint64, g_rand_int_range (self->rand, 0, self->runs->len));
}

static const RunnelPipelineRecord *
pick_pipeline (Reader *self)
{
  return self->pipelines->pdata[g_rand_int_range (self->rand, 0, self->pipelines->len)];
}

static void
walk (Reader     *self,
      const char *words)
{
  g_autoptr(GError) error = NULL;
  RunnelStatement *statement =
    runnel_sqlite_get_statement (self->db, "SELECT id FROM run INDEXED BY run_by_start", &error);

  if (statement != NULL)
    runnel_statement_run (statement, &error);
  check (error);
}

static void
load (Reader *self,
      GArray *runs,
      guint   first)
{
  g_autoptr(GError) error = NULL;
  guint n_runs = MIN (PAGE, runs->len - first);
  g_autoptr(GPtrArray) records =
    runnel_history_load_runs (self->history, (const gint64 *) runs->data + first, n_runs, &error);

  check (error);
  g_assert_cmpuint (records->len, ==, n_runs);
}

/* What a list does when its filter changes: all that pass, and the first page of them. */
static void
find (Reader     *self,
      const char *words)
{
  g_auto(GStrv) parts = g_strsplit (words, "%s", -1);
  g_autofree char *line = g_strjoinv (pick_pipeline (self)->name, parts);
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelRunFilter) filter = runnel_run_filter_parse (line, &error);
  g_autoptr(GArray) runs = NULL;

  check (error);
  runs = runnel_history_find_runs (self->history, filter, &error);
  check (error);
  load (self, runs, 0);
}

static void
turn_page (Reader     *self,
           const char *words)
{
  load (self, self->runs, g_rand_int_range (self->rand, 0, self->runs->len));
}

static void
show_run (Reader     *self,
          const char *words)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) steps = runnel_history_get_steps (self->history, pick_run (self), &error);

  check (error);
}

static void
list_facets (Reader     *self,
             const char *words)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) labels = runnel_history_list_labels (self->history, &error);
  g_auto(GStrv) triggers = labels ? runnel_history_list_triggers (self->history, &error) : NULL;
  g_autoptr(GPtrArray) pipelines =
    triggers ? runnel_history_list_pipelines (self->history, &error) : NULL;

  check (error);
}

static void
list_audit (Reader     *self,
            const char *words)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) deeds = runnel_history_list_audit (self->history, pick_run (self), 0, &error);

  check (error);
}

static void
list_all_audit (Reader     *self,
                const char *words)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) deeds = runnel_history_list_audit (self->history, 0, PAGE, &error);

  check (error);
}

static void
get_trends (Reader     *self,
            const char *words)
{
  g_autoptr(GError) error = NULL;
  GHashTable *trends =
    runnel_history_get_trends (self->history, pick_pipeline (self)->file, &error);

  check (error);
  g_hash_table_unref (trends);
}

/* Insights of one pipeline; @words are how many days. */
static void
get_stats (Reader     *self,
           const char *words)
{
  RunnelStatsQuery query = { .pipeline = pick_pipeline (self)->file };
  gint64 days = g_ascii_strtoll (words, NULL, 10);
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelStats) stats = NULL;

  query.since = days > 0 ? g_get_real_time () - days * G_TIME_SPAN_DAY : 0;
  stats = runnel_history_get_stats (self->history, &query, &error);
  check (error);
}

static const Question questions[] = {
  { "SQLite walks the index", walk, NULL, TRUE },
  { "first page", find, "" },
  { "any page", turn_page, NULL },
  { "pipeline", find, "pipeline:%s" },
  { "state", find, "state:failed" },
  { "active", find, "is:active" },
  { "trigger", find, "trigger:schedule" },
  { "last 30 days", find, "since:30d" },
  { "before that", find, "until:30d" },
  { "parameter", find, "param:environment" },
  { "value of a parameter", find, "param:environment=prod" },
  { "unknown value", find, "param:commit=none" },
  { "label", find, "label:nightly" },
  { "unknown label", find, "label:none" },
  { "pinned", find, "is:pinned" },
  { "parent without children", find, "parent:1" },
  { "next page of 50", find, "before:50000" },
  { "text of many failures", find, "space" },
  { "text in no run", find, "xyzzy" },
  { "text in a name", find, "deploy" },
  { "five filters at once", find, "pipeline:%s state:failed trigger:schedule label:nightly since:300d" },
  { "two parameters, a label, a text", find,
    "param:environment=prod param:fast=true label:nightly refused" },
  { "all that, without a match", find,
    "pipeline:%s state:cancelled param:environment=prod label:nightly xyzzy" },
  { "what to choose from", list_facets, NULL },
  { "steps of a run", show_run, NULL },
  { "deeds of a run", list_audit, NULL },
  { "latest deeds", list_all_audit, NULL },
  { "trends on the canvas", get_trends, NULL },
  { "Insights of 30 days", get_stats, "30" },
  { "Insights of all time", get_stats, "0" },
};

/* Returns: the 95th percentile, in milliseconds */
static double
measure (Reader         *self,
         const Question *question,
         double         *floor,
         GString        *figures)
{
  g_autoptr(GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  double p50, p95;

  for (guint i = 0; i < REPETITIONS; i++)
    {
      double start = figures_now_ms (CLOCK_MONOTONIC), elapsed;

      question->ask (self, question->words);
      elapsed = figures_now_ms (CLOCK_MONOTONIC) - start;
      g_array_append_val (times, elapsed);
    }
  p50 = figures_get_percentile (times, 0.5);
  p95 = figures_get_percentile (times, 0.95);
  if (question->is_floor)
    *floor = p50;
  printf ("  %-34s %8.2f %8.2f %8.1f\n", question->what, p50, p95, p50 / *floor);
  g_string_append_printf (figures, "%s{\"what\": \"%s\", \"p50_ms\": %.3f, \"p95_ms\": %.3f, "
                                   "\"floors\": %.2f}",
                          figures->len > 0 ? ", " : "", question->what, p50, p95, p50 / *floor);
  return question->is_floor ? 0 : p95;
}

/**
 * history_reads_measure:
 * @path: a history with runs
 * @figures: what to append to, as members of a JSON array
 * @goals: the same for goals_add()
 */
void
history_reads_measure (const char *path,
                       GString    *figures,
                       GString    *goals)
{
  Reader self = { .rand = g_rand_new_with_seed (1) };
  g_autoptr(GError) error = NULL;
  double floor = 1, slowest = 0;

  self.history = runnel_history_open (path, &error);
  check (error);
  self.db = runnel_sqlite_open (path, &error);
  check (error);
  self.runs = runnel_history_find_runs (self.history, NULL, &error);
  self.pipelines = runnel_history_list_pipelines (self.history, &error);
  check (error);
  printf ("  %-34s %8s %8s %8s\n", "reading", "p50 ms", "p95 ms", "floors");
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      double p95 = measure (&self, &questions[i], &floor, figures);

      slowest = MAX (slowest, p95);
    }
  goals_add (goals, "the slowest answer, p95, ms", slowest, GOAL_AT_MOST, LIMIT_MS);
  g_array_unref (self.runs);
  g_ptr_array_unref (self.pipelines);
  g_rand_free (self.rand);
  runnel_sqlite_close (self.db);
  runnel_history_close (self.history);
}
