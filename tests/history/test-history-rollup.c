/* test-history-rollup.c: the statistics of each hour and day, kept while runs come and go
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-private.h"
#include "history/runnel-history-rollup.h"
#include "history/runnel-history-sheets.h"
#include "random-runs.h"
#include "util/runnel-local-hour.h"

/* --- What is kept: tallies by "pipeline/unit/period/step" --- */

static void
tally_free (gpointer data)
{
  runnel_tally_clear (data);
  g_free (data);
}

static GHashTable *
tallies_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, tally_free);
}

/* @step is "" for the run itself */
static RunnelTally *
get_tally (GHashTable *tallies,
           gint64      pipeline,
           gint64      unit,
           gint64      period,
           const char *step)
{
  g_autofree char *key = g_strdup_printf ("%d/%d/%d/%s", (int) pipeline, (int) unit, (int) period,
                                          step);
  RunnelTally *tally = g_hash_table_lookup (tallies, key);

  if (tally == NULL)
    {
      tally = g_new0 (RunnelTally, 1);
      g_hash_table_insert (tallies, g_steal_pointer (&key), tally);
    }
  return tally;
}

static RunnelStatement *
query (RunnelHistory *history,
       const char    *sql)
{
  g_autoptr(GError) error = NULL;
  RunnelStatement *statement = runnel_sqlite_prepare (history->db, sql, &error);

  g_assert_no_error (error);
  return statement;
}

static gboolean
next_row (RunnelStatement *statement)
{
  g_autoptr(GError) error = NULL;
  gboolean row;

  runnel_statement_step (statement, &row, &error);
  g_assert_no_error (error);
  return row;
}

static GHashTable *
read_step_names (RunnelHistory *history)
{
  g_autoptr(RunnelStatement) row = query (history, "SELECT id, step FROM tally_step");
  GHashTable *names = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  g_hash_table_insert (names, GUINT_TO_POINTER (0), g_strdup (""));
  while (next_row (row))
    g_hash_table_insert (names, GUINT_TO_POINTER (runnel_statement_get_int (row, 0)),
                         g_strdup (runnel_statement_get_text (row, 1)));
  return names;
}

static GHashTable *
read_kept (RunnelHistory *history)
{
  g_autoptr(GHashTable) names = read_step_names (history);
  g_autoptr(RunnelStatement) row =
    query (history, "SELECT pipeline, unit, period, sheet, part FROM tally");
  GHashTable *tallies = tallies_new ();

  while (next_row (row))
    {
      g_autoptr(RunnelTallySheet) sheet = runnel_tally_sheet_new ();

      g_assert_true (_runnel_history_read_sheet (history, row, 3, sheet, NULL));
      g_assert_cmpuint (runnel_tally_sheet_get_n (sheet), >, 0);
      for (guint i = 0; i < runnel_tally_sheet_get_n (sheet); i++)
        {
          const RunnelTallyEntry *entry = runnel_tally_sheet_get (sheet, i);

          g_assert_true ((entry->key == 0) == (runnel_statement_get_int (row, 4) == 0));
          runnel_tally_merge (get_tally (tallies, runnel_statement_get_int (row, 0),
                                         runnel_statement_get_int (row, 1),
                                         runnel_statement_get_int (row, 2),
                                         g_hash_table_lookup (names, GUINT_TO_POINTER (entry->key))),
                              &entry->tally, 1);
        }
    }
  return tallies;
}

/* --- What it should be: counted again, from the records --- */

typedef struct
{
  RunnelHistory *history;
  GHashTable *tallies;
  gint64 pipeline;
  gint64 definition;
  gint64 hour;
  gboolean takes_back;
  GPtrArray *steps; /* of RunnelStepRecord */
} Recount;

static void
count (Recount         *self,
       const char      *step,
       RunnelTallyField field,
       gint64           value)
{
  gboolean is_rollback = field == RUNNEL_TALLY_ROLLBACKS || field == RUNNEL_TALLY_ROLLING_BACK;

  if (value == 0 || (self->takes_back && !is_rollback))
    return;
  get_tally (self->tallies, self->pipeline, 1, self->hour, step)->fields[field] += value;
  get_tally (self->tallies, self->pipeline, 24, self->hour / 24, step)->fields[field] += value;
}

/* for the step and for the run */
static void
count_both (Recount         *self,
            const char      *step,
            RunnelTallyField field,
            gint64           value)
{
  count (self, "", field, value);
  if (step != NULL)
    count (self, step, field, value);
}

static void
count_end (Recount    *self,
           const char *step,
           RunnelState state,
           gint64      duration)
{
  static const RunnelTallyField fields[RUNNEL_N_STATES] = {
    [RUNNEL_STATE_SUCCEEDED] = RUNNEL_TALLY_SUCCEEDED, [RUNNEL_STATE_FAILED] = RUNNEL_TALLY_FAILED,
    [RUNNEL_STATE_TIMED_OUT] = RUNNEL_TALLY_FAILED, [RUNNEL_STATE_SKIPPED] = RUNNEL_TALLY_SKIPPED,
    [RUNNEL_STATE_CANCELLED] = RUNNEL_TALLY_CANCELLED,
    [RUNNEL_STATE_INTERRUPTED] = RUNNEL_TALLY_CANCELLED,
  };

  count (self, step, fields[state], 1);
  if (state != RUNNEL_STATE_SUCCEEDED || duration < 0 || self->takes_back)
    return;
  count (self, step, RUNNEL_TALLY_DURATION, duration);
  runnel_histogram_add (&get_tally (self->tallies, self->pipeline, 1, self->hour, step)->durations,
                        duration);
  runnel_histogram_add (&get_tally (self->tallies, self->pipeline, 24, self->hour / 24, step)->durations,
                        duration);
}

static const RunnelAttemptRecord *
find_attempt_before (const RunnelStepRecord *step,
                     gint64                  time)
{
  const RunnelAttemptRecord *found = NULL;

  for (guint i = 0; i < step->attempts->len; i++)
    if (((const RunnelAttemptRecord *) step->attempts->pdata[i])->started <= time)
      found = step->attempts->pdata[i];
  return found;
}

static gboolean
has_legs (Recount                *self,
          const RunnelStepRecord *step)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      const RunnelStepRecord *leg = self->steps->pdata[i];

      if (leg->role == RUNNEL_ROLE_LEG && g_str_equal (leg->parent, step->id))
        return TRUE;
    }
  return FALSE;
}

static void
count_step (Recount                *self,
            const RunnelStepRecord *step)
{
  const char *owner = step->role == RUNNEL_ROLE_STEP ? step->id
                      : step->role == RUNNEL_ROLE_HOOK ? NULL : step->parent;
  gint64 worked = 0, waited_first = 0, waited_later = 0, began = 0, last = 0;

  for (guint i = 0; i < step->attempts->len; i++)
    {
      const RunnelAttemptRecord *attempt = step->attempts->pdata[i];

      began = i == 0 ? attempt->started : began;
      last = attempt->started;
      worked += attempt->finished - attempt->started;
    }
  for (guint i = 0; i < step->waits->len; i++)
    {
      const RunnelWaitRecord *wait = step->waits->pdata[i];
      const RunnelAttemptRecord *attempt = find_attempt_before (step, wait->started);

      if (attempt != NULL && attempt->finished <= wait->started)
        continue;
      *(attempt == NULL ? &waited_first : &waited_later) += wait->finished - wait->started;
      if (step->role != RUNNEL_ROLE_UNDO)
        count_both (self, owner, RUNNEL_TALLY_WAITED + wait->kind,
                    wait->finished - wait->started);
    }
  count_both (self, owner, RUNNEL_TALLY_ATTEMPTS, step->attempts->len);
  if (step->role == RUNNEL_ROLE_UNDO)
    {
      count_both (self, owner, RUNNEL_TALLY_ROLLBACKS, step->attempts->len > 0);
      count_both (self, owner, RUNNEL_TALLY_ROLLING_BACK, began > 0 ? step->finished - began : 0);
      return;
    }
  count_both (self, owner, RUNNEL_TALLY_RETRIES, MAX ((int) step->attempts->len - 1, 0));
  count_both (self, owner, RUNNEL_TALLY_RETRYING, last - began);
  count_both (self, owner, RUNNEL_TALLY_WORK, worked - waited_later);
  if (step->queued != 0 && !has_legs (self, step))
    count_both (self, owner, RUNNEL_TALLY_QUEUED,
                (began > 0 ? began : step->finished) - step->queued - waited_first);
  count_both (self, owner, RUNNEL_TALLY_FLAKES,
              step->state == RUNNEL_STATE_SUCCEEDED && step->attempts->len > 1);
  if (step->role != RUNNEL_ROLE_STEP)
    return;
  if (step->reused > 0)
    count (self, step->id, RUNNEL_TALLY_REUSED, 1);
  else
    count_end (self, step->id, step->state, step->started > 0 ? step->finished - step->started : -1);
}

/* From what ended last, always to what ended last before it was queued; what ends at the same time
 * comes in the order of the steps. */
static void
count_critical_path (Recount *self)
{
  const RunnelStepRecord *last = NULL;
  guint last_index = 0;

  for (;;)
    {
      const RunnelStepRecord *found = NULL;
      guint found_index = 0;

      for (guint i = 0; i < self->steps->len; i++)
        {
          const RunnelStepRecord *step = self->steps->pdata[i];

          if (step->attempts->len == 0 || step->role >= RUNNEL_ROLE_UNDO)
            continue;
          if (last != NULL && (step->finished > last->queued ||
                               (step->finished == last->finished && i >= last_index)))
            continue;
          if (found == NULL || step->finished >= found->finished)
            {
              found = step;
              found_index = i;
            }
        }
      if (found == NULL)
        return;
      count_both (self, found->role == RUNNEL_ROLE_STEP ? found->id : found->parent,
                  RUNNEL_TALLY_CRITICAL, found->finished - found->started);
      last = found;
      last_index = found_index;
    }
}

/* What succeeds in this run and failed in the one before of its definition. */
static void
count_flips (Recount   *self,
             GPtrArray *before)
{
  for (guint i = 0; before != NULL && i < before->len && i < self->steps->len; i++)
    {
      const RunnelStepRecord *was = before->pdata[i], *is = self->steps->pdata[i];
      gboolean failed = was->state == RUNNEL_STATE_FAILED || was->state == RUNNEL_STATE_TIMED_OUT;

      if (is->role == RUNNEL_ROLE_STEP && was->role == RUNNEL_ROLE_STEP && failed &&
          is->state == RUNNEL_STATE_SUCCEEDED && is->reused == 0)
        count_both (self, is->id, RUNNEL_TALLY_FLIPS, 1);
    }
}

static gboolean
is_judged (const RunnelRunRecord *run)
{
  return run->state == RUNNEL_STATE_SUCCEEDED || run->state == RUNNEL_STATE_FAILED ||
         run->state == RUNNEL_STATE_TIMED_OUT;
}

static void
recount_run (Recount    *self,
             gint64      id,
             GHashTable *last_steps)
{
  RunnelRunRecord *run = get_run (self->history, id);
  g_autofree char *definition = g_strdup_printf ("%d/%d", (int) self->pipeline,
                                                 (int) self->definition);

  self->hour = runnel_local_hour_from_time (run->started);
  self->steps = get_steps (self->history, id);
  self->takes_back = run->details != NULL && json_object_has_member (run->details, "trigger") &&
    g_str_equal (json_object_get_string_member (json_object_get_object_member (run->details, "trigger"),
                                                "kind"), "rollback");
  for (guint i = 0; i < self->steps->len; i++)
    count_step (self, self->steps->pdata[i]);
  count_critical_path (self);
  count_end (self, "", run->state, run->finished - run->started);
  count (self, "", RUNNEL_TALLY_BEHIND_RUNS, run->queued > 0 ? run->started - run->queued : 0);
  if (is_judged (run) && !self->takes_back)
    {
      count_flips (self, g_hash_table_lookup (last_steps, definition));
      g_hash_table_insert (last_steps, g_steal_pointer (&definition), g_ptr_array_ref (self->steps));
    }
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  runnel_run_record_free (run);
}

static GHashTable *
recount (RunnelHistory *history)
{
  g_autoptr(RunnelStatement) row =
    query (history, "SELECT id, pipeline, definition FROM run WHERE state >= 4 ORDER BY id");
  g_autoptr(GHashTable) last_steps =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  Recount self = { .history = history, .tallies = tallies_new () };

  while (next_row (row))
    {
      self.pipeline = runnel_statement_get_int (row, 1);
      self.definition = runnel_statement_get_int (row, 2);
      recount_run (&self, runnel_statement_get_int (row, 0), last_steps);
    }
  return self.tallies;
}

/* Empties @counted. */
static void
take_away (GHashTable *counted,
           GHashTable *kept)
{
  GHashTableIter iter;
  gpointer key, value;
  RunnelTally *tally;

  g_hash_table_iter_init (&iter, kept);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      tally = g_hash_table_lookup (counted, key);
      if (tally == NULL)
        g_error ("%s is kept, and nothing of it is left", (const char *) key);
      runnel_tally_merge (tally, value, -1);
    }
  g_hash_table_iter_init (&iter, counted);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      tally = value;
      for (guint i = 0; i < RUNNEL_N_TALLY_FIELDS; i++)
        if (tally->fields[i] != 0)
          g_error ("%s: field %u is %d too low", (const char *) key, i, (int) tally->fields[i]);
      g_assert_true (runnel_tally_is_empty (tally));
    }
}

static void
check (RunnelHistory *history)
{
  g_autoptr(GHashTable) counted = recount (history);
  g_autoptr(GHashTable) kept = read_kept (history);

  take_away (counted, kept);
}

/* --- Tests --- */

/* what is kept is what a recount finds, after any mix of runs that end, in any order, runs that
 * are deleted, and transactions that are undone */
static void
test_random (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GArray) open_runs = g_array_new (FALSE, FALSE, sizeof (RandomRun));
  gint64 n_runs = 0;

  for (guint round = 0; round < 300; round++)
    {
      guint chance = g_test_rand_int_range (0, 10);
      gboolean undo = g_test_rand_int_range (0, 5) == 0;

      if (chance < 4 || open_runs->len == 0)
        {
          RandomRun run = random_run_start (history);

          g_array_append_val (open_runs, run);
          n_runs++;
        }
      else if (chance < 8)
        {
          guint index = g_test_rand_int_range (0, open_runs->len);

          g_assert_true (runnel_history_begin (history, NULL));
          random_run_end (&g_array_index (open_runs, RandomRun, index));
          if (undo)
            runnel_history_rollback (history);
          else
            {
              g_assert_true (runnel_history_commit (history, NULL));
              g_array_remove_index_fast (open_runs, index);
            }
        }
      else
        runnel_history_delete_run (history, g_test_rand_int_range (1, n_runs + 1), NULL);
      if (round % 10 == 0)
        check (history);
    }
  check (history);
}

/* a run whose end is told twice counts once; one that was never there, not at all */
static void
test_twice (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  RandomRun run = random_run_start (history);
  RunnelEvent nothing = { .type = RUNNEL_EVENT_RUN_FINISHED, .run = 77, .time = T0,
                          .state = RUNNEL_STATE_FAILED };

  random_send (&run, (RunnelEvent) { .type = RUNNEL_EVENT_RUN_FINISHED,
                                     .state = RUNNEL_STATE_SUCCEEDED });
  random_send (&run, (RunnelEvent) { .type = RUNNEL_EVENT_RUN_FINISHED,
                                     .state = RUNNEL_STATE_SUCCEEDED });
  record_event (history, &nothing);
  check (history);
}

/* when the last run of a pipeline goes, nothing is left of its statistics */
static void
test_last_goes (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 n_left;

  for (guint i = 0; i < 5; i++)
    {
      RandomRun run = random_run_start (history);

      random_run_end (&run);
    }
  for (gint64 run = 1; run <= 5; run++)
    g_assert_true (runnel_history_delete_run (history, run, NULL));
  g_assert_true (runnel_sqlite_read_int (history->db, "SELECT (SELECT count (*) FROM tally) +"
                                         " (SELECT count (*) FROM tally_step)", &n_left, NULL));
  g_assert_cmpint (n_left, ==, 0);
}

/* runs that came in by another way are counted a few at a time */
static void
test_catch_up (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  guint n_rounds = 0;
  gboolean complete;

  for (guint i = 0; i < 25; i++)
    {
      RandomRun run = random_run_start (history);

      if (i % 3 != 0)
        random_run_end (&run);
    }
  g_assert_true (runnel_sqlite_exec (history->db, "UPDATE run SET hour = NULL; DELETE FROM tally;"
                                     "DELETE FROM tally_step;", NULL));
  do
    {
      g_assert_true (runnel_history_catch_up (history, 5, &complete, NULL));
      n_rounds++;
    }
  while (!complete);
  g_assert_cmpuint (n_rounds, ==, 4);
  check (history);
}

static void
test_upgrade (void)
{
  g_autoptr(RunnelHistory) history = open_old_history ("version-2.sql");
  gboolean complete;

  g_assert_true (runnel_history_catch_up (history, 100, &complete, NULL));
  g_assert_true (complete);
  check (history);
}

static void
test_damaged (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 run = add_run (history, "build", 2);
  g_autoptr(GError) error = NULL;

  finish_run (history, run, RUNNEL_STATE_FAILED);
  g_assert_true (runnel_sqlite_exec (history->db, "UPDATE tally SET sheet = X'ffffff'", NULL));
  g_assert_false (runnel_history_delete_run (history, run, &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_CORRUPT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/history/rollup/random", test_random);
  g_test_add_func ("/history/rollup/twice", test_twice);
  g_test_add_func ("/history/rollup/last-goes", test_last_goes);
  g_test_add_func ("/history/rollup/catch-up", test_catch_up);
  g_test_add_func ("/history/rollup/upgrade", test_upgrade);
  g_test_add_func ("/history/rollup/damaged", test_damaged);

  return g_test_run ();
}
