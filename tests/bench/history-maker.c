/* history-maker.c: a history of made-up runs, as large as one likes
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows are written as they are, not through events: five million attempts take half a minute.
 */
#include "history-maker.h"

#include <string.h>

#include "history/runnel-history-rollup.h"
#include "history/runnel-history.h"
#include "history/runnel-sqlite.h"

#define RUNS_PER_TRANSACTION 2000
#define VERSIONS 3 /* of each pipeline's definition, one after the other */
#define MAX_STEPS 200
#define WIDTH 5    /* steps that run beside each other */

typedef struct
{
  guint n_steps;
  gint64 pipeline;
  gint64 definitions[VERSIONS];
  double pace;       /* how long its steps take, 1 = as most do */
  double failures;   /* share of its runs */
} Pipeline;

typedef struct
{
  const HistoryPlan *plan;
  RunnelSqlite *db;
  GRand *rand;
  Pipeline *pipelines;
  RunnelStatement *add_run;
  RunnelStatement *add_step;
  RunnelStatement *add_attempt;
  RunnelStatement *add_wait;
  RunnelStatement *add_label;
  RunnelStatement *add_parameter;
  guint64 n_attempts;
} Maker;

/* A run that is being made. */
typedef struct
{
  const Pipeline *pipeline;
  gint64 id;
  gint64 started;
  gint64 ends[MAX_STEPS];
  guint counts[RUNNEL_N_STATES];
  guint failing;     /* the step that fails, MAX_STEPS = none */
  RunnelState state;
  gint64 finished;
  char *reason;
} Run;

static const char *const names[] = {
  "api", "billing", "checkout", "docs", "engine", "frontend", "gateway", "search", "worker", "website",
};
static const char *const purposes[] = { "build", "test", "deploy", "nightly", "release" };
static const char *const verbs[] = {
  "configure", "compile", "link", "lint", "unit-test", "integration-test", "package", "sign", "upload",
  "deploy",
};
static const char *const triggers[] = {
  "manual", "manual", "schedule", "schedule", "schedule", "webhook", "webhook", "rerun",
};
static const char *const labels[] = { "nightly", "release", "hotfix", "customer", "experiment" };
static const char *const environments[] = { "prod", "staging", "test" };
static const char *const people[] = { "ana", "ben", "chi", "dora", "emil" };
static const char *const hosts[] = { "ci-1", "ci-2", "laptop" };
static const char *const complaints[] = {
  "No space left on device", "connection to db.internal refused", "undefined reference to `main'",
  "assertion failed: expected 3, got 4", "certificate has expired", "out of memory",
};

static void
check (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static gboolean
chance (Maker  *self,
        double  share)
{
  return g_rand_double (self->rand) < share;
}

#define PICK(self, array) array[g_rand_int_range ((self)->rand, 0, G_N_ELEMENTS (array))]

/* Layers of WIDTH steps beside each other, each of which needs one of the layer before. */
static char *
make_text (const char *name,
           guint       n_steps,
           guint       version)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "{\n  \"format\": 1,\n  \"name\": \"%s\",\n  \"steps\": [", name);
  for (guint i = 0; i < n_steps; i++)
    {
      const char *verb = verbs[i * G_N_ELEMENTS (verbs) / n_steps];

      g_string_append_printf (text, "%s\n    {\n      \"id\": \"%s-%u\",\n      \"kind\": \"command\",\n",
                              i > 0 ? "," : "", verb, i);
      if (i >= WIDTH)
        g_string_append_printf (text, "      \"needs\": [\"%s-%u\"],\n",
                                verbs[(i - WIDTH) * G_N_ELEMENTS (verbs) / n_steps], i - WIDTH);
      g_string_append_printf (text, "      \"with\": {\"argv\": [\"make\", \"%s\", \"VERSION=%u\"]}\n    }",
                              verb, version);
    }
  g_string_append (text, "\n  ]\n}\n");
  return g_string_free (text, FALSE);
}

static gint64
read_int (Maker      *self,
          const char *sql)
{
  g_autoptr(GError) error = NULL;
  gint64 value = 0;

  runnel_sqlite_read_int (self->db, sql, &value, &error);
  check (error);
  return value;
}

static void
execute (Maker      *self,
         const char *sql)
{
  g_autoptr(GError) error = NULL;

  runnel_sqlite_exec (self->db, sql, &error);
  check (error);
}

/* Runs through the front door, which leave their definitions behind. */
static void
add_pipeline (Maker         *self,
              RunnelHistory *history,
              guint          index)
{
  Pipeline *pipeline = &self->pipelines[index];
  const char *purpose = purposes[index / G_N_ELEMENTS (names) % G_N_ELEMENTS (purposes)];
  g_autofree char *name = g_strdup_printf ("%s-%s%s", names[index % G_N_ELEMENTS (names)], purpose,
                                           index < 50 ? "" : "-more");
  g_autofree char *file = g_strdup_printf ("/home/ana/projects/%u/%s.runnel.json", index, name);

  pipeline->n_steps = CLAMP (self->plan->n_steps * g_rand_double_range (self->rand, 0.5, 1.5), 1,
                             MAX_STEPS);
  pipeline->pace = g_rand_double_range (self->rand, 0.2, 3);
  pipeline->failures = g_rand_double_range (self->rand, 0, 0.12);
  for (guint version = 0; version < VERSIONS; version++)
    {
      g_autofree char *text = make_text (name, pipeline->n_steps, version);
      g_autoptr(GError) error = NULL;

      runnel_history_add_run (history, name, file, text, strlen (text), 1, &error);
      check (error);
      pipeline->definitions[version] =
        read_int (self, "SELECT definition FROM run ORDER BY id DESC LIMIT 1");
      pipeline->pipeline = read_int (self, "SELECT pipeline FROM run ORDER BY id DESC LIMIT 1");
    }
}

static void
add_pipelines (Maker      *self,
               const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelHistory) history = runnel_history_open (path, &error);

  check (error);
  for (guint i = 0; i < self->plan->n_pipelines; i++)
    add_pipeline (self, history, i);
}

static RunnelStatement *
prepare (Maker      *self,
         const char *sql)
{
  g_autoptr(GError) error = NULL;
  RunnelStatement *statement = runnel_sqlite_prepare (self->db, sql, &error);

  check (error);
  return statement;
}

static void
prepare_all (Maker *self)
{
  self->add_run = prepare (self,
    "INSERT INTO run (id, uuid, pipeline, definition, state, started, finished, pid, pid_start,"
    " counts, reason, details, trigger, pinned) VALUES (?, lower (hex (randomblob (16))), ?, ?, ?, ?, ?,"
    " 4711, 123456, ?, ?, ?, ?, ?)");
  self->add_step = prepare (self,
    "INSERT INTO step (run, step, state, queued, finished, reason) VALUES (?, ?, ?, ?, ?, ?)");
  self->add_attempt = prepare (self,
    "INSERT INTO attempt (run, step, attempt, state, started, finished, exit_code, user_us, system_us,"
    " rss_kb, pid, pid_start, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  self->add_wait = prepare (self,
    "INSERT INTO wait (run, step, started, finished, reason, kind) VALUES (?, ?, ?, ?, ?, ?)");
  self->add_label = prepare (self, "INSERT INTO run_label (label, run) VALUES (?2, ?1)");
  self->add_parameter = prepare (self,
    "INSERT INTO run_parameter (name, value, run) VALUES (?2, ?3, ?1)");
}

static void
run_statement (RunnelStatement *statement)
{
  g_autoptr(GError) error = NULL;

  runnel_statement_run (statement, &error);
  check (error);
}

static void
bind_ints (RunnelStatement *statement,
           const gint64    *values,
           guint            n_values)
{
  for (guint i = 0; i < n_values; i++)
    runnel_statement_bind_int (statement, i, values[i]);
}

static void
add_attempt (Maker       *self,
             const Run   *run,
             guint        step,
             guint        attempt,
             RunnelState  state,
             gint64       started,
             gint64       finished,
             const char  *reason)
{
  const gint64 values[] = {
    run->id, step, attempt, state, started, finished, state == RUNNEL_STATE_SUCCEEDED ? 0 : 1,
    (finished - started) * 6 / 10, (finished - started) / 20, 20000 + step * 1000,
    4000 + step, 123456 + step,
  };

  bind_ints (self->add_attempt, values, G_N_ELEMENTS (values));
  runnel_statement_bind_text (self->add_attempt, G_N_ELEMENTS (values), reason);
  run_statement (self->add_attempt);
  self->n_attempts++;
}

static void
add_wait (Maker          *self,
          const Run      *run,
          guint           step,
          RunnelWaitKind  kind,
          gint64          started,
          gint64          finished,
          const char     *reason)
{
  const gint64 values[] = { run->id, step, started, finished };

  bind_ints (self->add_wait, values, G_N_ELEMENTS (values));
  runnel_statement_bind_text (self->add_wait, 4, reason);
  runnel_statement_bind_int (self->add_wait, 5, kind);
  run_statement (self->add_wait);
}

static void
add_step (Maker       *self,
          Run         *run,
          guint        step,
          RunnelState  state,
          gint64       queued,
          gint64       finished,
          const char  *reason)
{
  const gint64 values[] = { run->id, step, state, queued, finished };

  bind_ints (self->add_step, values, G_N_ELEMENTS (values));
  runnel_statement_bind_text (self->add_step, G_N_ELEMENTS (values), reason);
  run_statement (self->add_step);
  run->counts[state]++;
  run->ends[step] = finished;
}

/* As long as steps of its kind take in this pipeline; some slower with the year, a few far off. */
static gint64
make_duration (Maker     *self,
               const Run *run,
               guint      step)
{
  double year = run->id / (double) self->plan->n_runs;
  double length = run->pipeline->pace * (1 + step % 7) * (step % 11 == 0 ? 1 + year / 2 : 1);
  double noise = g_rand_double_range (self->rand, 0.8, 1.25) * (chance (self, 0.005) ? 6 : 1);

  return length * noise * G_TIME_SPAN_SECOND + 1;
}

/* The time at which it can start: when it was queued, and had what it waited for. */
static gint64
wait_for_turn (Maker     *self,
               const Run *run,
               guint      step,
               gint64     queued)
{
  gint64 start = queued + g_rand_int_range (self->rand, 200, 4000);
  gint64 waited = start + g_rand_int_range (self->rand, 1, 60) * G_TIME_SPAN_SECOND;

  if (!chance (self, 0.02))
    return start;
  if (step % 3 == 0)
    add_wait (self, run, step, RUNNEL_WAIT_APPROVAL, start, waited, "Release?");
  else
    add_wait (self, run, step, RUNNEL_WAIT_POOL, start, waited, "pool gpu: 1 of 1 held by run 12");
  return waited;
}

static void
run_step (Maker *self,
          Run   *run,
          guint  step)
{
  gint64 queued = step < WIDTH ? run->started + 900 : run->ends[step - WIDTH] + 300;
  gint64 start = wait_for_turn (self, run, step, queued);
  gint64 end = start + make_duration (self, run, step);
  gboolean fails = step == run->failing;

  if (!fails && chance (self, 0.01)) /* flaky: the next attempt goes well */
    {
      add_attempt (self, run, step, 1, RUNNEL_STATE_FAILED, start, end, "Exited with code 1");
      add_wait (self, run, step, RUNNEL_WAIT_RETRY, end, end + 5 * G_TIME_SPAN_SECOND,
                "retries in 5.0 s (attempt 2 of 3)");
      start = end + 5 * G_TIME_SPAN_SECOND;
      end = start + make_duration (self, run, step);
      add_attempt (self, run, step, 2, RUNNEL_STATE_SUCCEEDED, start, end, NULL);
    }
  else
    add_attempt (self, run, step, 1, fails ? RUNNEL_STATE_FAILED : RUNNEL_STATE_SUCCEEDED, start,
                 end, fails ? run->reason : NULL);
  add_step (self, run, step, fails ? RUNNEL_STATE_FAILED : RUNNEL_STATE_SUCCEEDED, queued, end,
            fails ? run->reason : NULL);
}

static void
run_steps (Maker *self,
           Run   *run)
{
  for (guint i = 0; i < run->pipeline->n_steps; i++)
    {
      gboolean is_behind = run->failing < MAX_STEPS && i > run->failing &&
                           i % WIDTH == run->failing % WIDTH;

      if (is_behind)
        add_step (self, run, i, RUNNEL_STATE_SKIPPED, 0, run->ends[i - WIDTH],
                  "A step that it needs failed.");
      else
        run_step (self, run, i);
      run->finished = MAX (run->finished, run->ends[i]);
    }
}

static void
add_parameter (Maker      *self,
               const Run  *run,
               const char *name,
               const char *value)
{
  runnel_statement_bind_int (self->add_parameter, 0, run->id);
  runnel_statement_bind_text (self->add_parameter, 1, name);
  runnel_statement_bind_text (self->add_parameter, 2, value);
  run_statement (self->add_parameter);
}

static void
add_labels (Maker *self,
            Run   *run)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (chance (self, 0.2 / (1 + i)))
      {
        runnel_statement_bind_int (self->add_label, 0, run->id);
        runnel_statement_bind_text (self->add_label, 1, labels[i]);
        run_statement (self->add_label);
      }
}

/* The details as they are in the event of a start. */
static char *
make_details (Maker      *self,
              const Run  *run,
              const char *trigger)
{
  const char *environment = PICK (self, environments);
  g_autofree char *commit = g_strdup_printf ("%08x", g_rand_int (self->rand));
  const char *is_fast = chance (self, 0.3) ? "true" : "false";

  add_parameter (self, run, "environment", environment);
  add_parameter (self, run, "commit", commit);
  add_parameter (self, run, "fast", is_fast);
  return g_strdup_printf ("{\"pipeline\":\"made-up\",\"file\":\"/home/ana/projects/made-up.runnel.json\","
                          "\"parameters\":{\"environment\":\"%s\",\"commit\":\"%s\",\"fast\":%s},"
                          "\"jobs\":8,\"host\":\"%s\",\"user\":\"%s\",\"trigger\":{\"kind\":\"%s\"}}",
                          environment, commit, is_fast, PICK (self, hosts), PICK (self, people),
                          trigger);
}

static char *
make_counts (const Run *run)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < RUNNEL_N_STATES; i++)
    if (run->counts[i] > 0)
      g_string_append_printf (text, "%s%u:%u", text->len > 0 ? " " : "", i, run->counts[i]);
  return g_string_free (text, FALSE);
}

static void
add_run (Maker     *self,
         const Run *run,
         guint      version)
{
  const char *trigger = PICK (self, triggers);
  g_autofree char *counts = make_counts (run);
  g_autofree char *details = make_details (self, run, trigger);
  const gint64 values[] = {
    run->id, run->pipeline->pipeline, run->pipeline->definitions[version], run->state, run->started,
    run->finished,
  };

  bind_ints (self->add_run, values, G_N_ELEMENTS (values));
  runnel_statement_bind_text (self->add_run, 6, counts);
  runnel_statement_bind_text (self->add_run, 7, run->reason);
  runnel_statement_bind_text (self->add_run, 8, details);
  runnel_statement_bind_text (self->add_run, 9, trigger);
  runnel_statement_bind_int (self->add_run, 10, chance (self, 0.001));
  run_statement (self->add_run);
}

static void
make_run (Maker *self,
          guint  index)
{
  const HistoryPlan *plan = self->plan;
  Run run = {
    .pipeline = &self->pipelines[g_rand_int_range (self->rand, 0, plan->n_pipelines)],
    .id = index + 1,
    .started = plan->end - (gint64) (plan->span * ((plan->n_runs - 1 - index) / (double) plan->n_runs)),
    .failing = MAX_STEPS,
    .state = RUNNEL_STATE_SUCCEEDED,
  };

  if (chance (self, run.pipeline->failures))
    {
      run.failing = g_rand_int_range (self->rand, 0, run.pipeline->n_steps);
      run.state = RUNNEL_STATE_FAILED;
      run.reason = g_strdup_printf ("Exited with code %d: %s", g_rand_int_range (self->rand, 1, 200),
                                    PICK (self, complaints));
    }
  run_steps (self, &run);
  add_run (self, &run, index * VERSIONS / plan->n_runs);
  add_labels (self, &run);
  g_free (run.reason);
}

static void
make_runs (Maker *self)
{
  for (guint i = 0; i < self->plan->n_runs; i++)
    {
      if (i % RUNS_PER_TRANSACTION == 0)
        execute (self, i > 0 ? "COMMIT; BEGIN" : "BEGIN");
      make_run (self, i);
    }
  execute (self, "COMMIT");
}

/* What is derived from the rows of runs that are over, as the store does at the end of each. */
static void
add_derived (Maker *self)
{
  execute (self,
    "INSERT OR IGNORE INTO trigger_kind (name) SELECT DISTINCT trigger FROM run;"
    "INSERT INTO audit (run, time, action, step, text, user, host, origin)"
    " SELECT id, started, 'started', '', trigger, details ->> '$.user', details ->> '$.host',"
    " 'terminal pts/1' FROM run;"
    "INSERT OR IGNORE INTO reason (text) SELECT reason FROM run WHERE reason IS NOT NULL;"
    "INSERT OR IGNORE INTO run_reason (reason, run)"
    " SELECT reason.id, run.id FROM run JOIN reason ON reason.text = run.reason");
}

static void
free_statements (Maker *self)
{
  runnel_statement_free (self->add_run);
  runnel_statement_free (self->add_step);
  runnel_statement_free (self->add_attempt);
  runnel_statement_free (self->add_wait);
  runnel_statement_free (self->add_label);
  runnel_statement_free (self->add_parameter);
}

/**
 * history_maker_fill:
 * @path: a database that is not there yet; its folder is made
 * @plan: what it is to have
 *
 * Everything in it is as the store would have written it, but for folders with logs, of which
 * there are none. Ends the program with a message when it can't be written.
 *
 * Returns: the number of attempts in it
 */
guint64
history_maker_fill (const char        *path,
                    const HistoryPlan *plan)
{
  HistoryPlan own = *plan;
  Maker self = { .plan = &own };
  g_autoptr(GError) error = NULL;

  if (own.end == 0)
    own.end = g_get_real_time ();
  runnel_history_close (runnel_history_open (path, &error));
  check (error);
  self.db = runnel_sqlite_open (path, &error);
  check (error);
  self.rand = g_rand_new_with_seed (own.seed);
  self.pipelines = g_new0 (Pipeline, own.n_pipelines);
  add_pipelines (&self, path);
  /* Nobody else looks, and nothing is lost when the power fails. */
  execute (&self, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;"
                  "PRAGMA cache_size = -200000; DELETE FROM run; DELETE FROM sqlite_sequence");
  prepare_all (&self);
  make_runs (&self);
  free_statements (&self);
  add_derived (&self);
  execute (&self, "PRAGMA journal_mode = WAL");
  runnel_sqlite_close (self.db);
  g_rand_free (self.rand);
  g_free (self.pipelines);
  return self.n_attempts;
}

/* Counts all runs for the statistics, as each is when it ends. */
void
history_maker_count (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelHistory) history = runnel_history_open (path, &error);
  gboolean complete = FALSE;

  while (history != NULL && !complete
         && runnel_history_catch_up (history, 1000, &complete, &error))
    ;
  if (error != NULL)
    g_error ("%s", error->message);
}
