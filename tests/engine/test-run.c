/* test-run.c: whole runs in memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "run-fixture.h"

#define FAILS(code)                                                                                \
  ((RunnelFakeOutcome){ .state = RUNNEL_STATE_FAILED,                                              \
                        .exit_code = (code),                                                       \
                        .reason = "it ended with exit code " #code })

static void
assert_starts (RunFixture *self, const char *expected)
{
  g_autofree char *starts =
    g_strjoinv (" ", (char **) runnel_fake_executor_get_starts (self->executor));

  g_assert_cmpstr (starts, ==, expected);
}

static void
test_events (void)
{
  g_autoptr(RunFixture) self =
    run_fixture_new (pipeline_from_steps ("{`id`: `a`}, {`id`: `b`, `needs`: [`a`]}"));

  self->told = G_MAXUINT;
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  g_assert_cmpstr (self->log->str, ==,
                   "run-started running\n"
                   "step-queued a queued\n"
                   "attempt-started a.1 running\n"
                   "attempt-finished a.1 succeeded\n"
                   "step-finished a succeeded\n"
                   "step-queued b queued\n"
                   "attempt-started b.1 running\n"
                   "attempt-finished b.1 succeeded\n"
                   "step-finished b succeeded\n"
                   "run-finished succeeded\n");
  g_assert_cmpint (self->state, ==, RUNNEL_STATE_SUCCEEDED);
}

/* What an attempt relied on is flushed before it starts. */
typedef struct
{
  RunFixture *fixture;
  guint n_unflushed_starts;
} FlushCheck;

static void
check_flush (const RunnelAttempt *attempt, RunnelFakeOutcome *outcome, gpointer user_data)
{
  FlushCheck *check = user_data;

  if (check->fixture->n_flushes < attempt->step_index + 1)
    check->n_unflushed_starts++;
}

static void
test_flush (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (
    pipeline_from_steps ("{`id`: `a`}, {`id`: `b`, `needs`: [`a`]}, {`id`: `c`, `needs`: [`b`]}"));
  FlushCheck check = { self, 0 };

  runnel_fake_executor_set_func (self->executor, check_flush, &check);
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  g_assert_cmpuint (check.n_unflushed_starts, ==, 0);
  /* One for each start, one for what was told after it, one for the end. */
  g_assert_cmpuint (self->n_flushes, <=, 7);
}

/* Sets the clock while a step runs, and notes the times that are told. */
typedef struct
{
  RunnelEventSink sink; /* first: the sink is the watch */
  RunFixture *fixture;
  gint64 first;
  gint64 latest;
  guint n_backwards;
} ClockWatch;

static void
watch_time (RunnelEventSink *sink, const RunnelEvent *event)
{
  ClockWatch *self = (ClockWatch *) sink;

  if (self->first == 0)
    self->first = event->time;
  self->n_backwards += event->time < self->latest;
  self->latest = event->time;
}

/* `back` sets the clock back by an hour, `right` puts it right again, two hours too far. */
static void
set_clock (const RunnelAttempt *attempt, RunnelFakeOutcome *outcome, gpointer user_data)
{
  RunnelClock *clock = ((ClockWatch *) user_data)->fixture->clock;
  gboolean back = g_str_equal (attempt->step, "back");
  gboolean right = g_str_equal (attempt->step, "right");
  gint64 hours = back ? -1 : right ? 3 : 0;

  runnel_fake_clock_set_wall (clock, clock->wall (clock) + hours * 3600 * SECOND);
  outcome->duration = 10 * SECOND;
}

static void
test_clock_set (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (
    pipeline_from_steps ("{`id`: `before`}, {`id`: `back`, `needs`: [`before`]},"
                         "{`id`: `then`, `needs`: [`back`]}, {`id`: `right`, `needs`: [`then`]},"
                         "{`id`: `last`, `needs`: [`right`]}"));
  ClockWatch watch = { .sink.event = watch_time, .fixture = self };

  runnel_fake_executor_set_func (self->executor, set_clock, &watch);
  g_assert_true (run_fixture_make_run (self, 1, NULL, NULL));
  runnel_run_add_sink (self->run, &watch.sink);
  runnel_run_start (self->run, run_fixture_finished, self);
  run_fixture_complete (self);
  g_assert_cmpint (self->state, ==, RUNNEL_STATE_SUCCEEDED);
  g_assert_cmpuint (watch.n_backwards, ==, 0);
  /* Five steps, and the two hours that the clock is ahead in the end. */
  g_assert_cmpint (watch.latest - watch.first, ==, (50 + 2 * 3600) * SECOND);
  g_assert_cmpint (self->clock->wall (self->clock), ==, watch.latest);
}

static void
test_jobs (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (
    pipeline_from_steps ("{`id`: `a`}, {`id`: `b`}, {`id`: `c`}, {`id`: `d`}, {`id`: `e`}"));

  run_fixture_tell (self, "a", 0, (RunnelFakeOutcome){ .duration = 9 * SECOND });
  run_fixture_tell (self, "b", 0, (RunnelFakeOutcome){ .duration = SECOND });
  run_fixture_start (self, 2);
  run_fixture_complete (self);
  assert_starts (self, "a.1 b.1 c.1 d.1 e.1");
  g_assert_cmpuint (runnel_fake_executor_get_max_parallel (self->executor), ==, 2);
}

/* A pipeline without a name goes by that of its file. */
static void
test_name (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_text ("{`format`: 1, `steps`: []}"));
  g_autoptr(JsonNode) snapshot = NULL;

  run_fixture_start (self, 1);
  snapshot = runnel_run_snapshot (self->run);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (snapshot), "pipeline"), ==,
                   "test");
  run_fixture_complete (self);
}

static void
test_jobs_of_the_pipeline (void)
{
  g_autoptr(RunFixture) self =
    run_fixture_new (pipeline_from_text ("{`format`: 1, `concurrency`: {`jobs`: 3}, `steps`: "
                                         "[{`id`: `a`}, {`id`: `b`}, {`id`: `c`}, {`id`: `d`}]}"));

  run_fixture_start (self, 0);
  run_fixture_complete (self);
  g_assert_cmpuint (runnel_fake_executor_get_max_parallel (self->executor), ==, 3);
}

static void
test_failure (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (
    pipeline_from_steps ("{`id`: `a`}, {`id`: `b`, `needs`: [`a`]}, {`id`: `c`}"));

  run_fixture_tell (self, "a", 0, FAILS (3));
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  g_assert_cmpstr (self->log->str, ==,
                   "step-finished a failed: it ended with exit code 3\n"
                   "step-finished b skipped: a failed, and this link needs success\n"
                   "step-finished c succeeded\n"
                   "run-finished failed\n");
}

static void
test_handled_failure (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (
    pipeline_from_steps ("{`id`: `a`}, {`id`: `fix`, `needs`: [{`step`: `a`, `on`: `failure`}]}"));

  run_fixture_tell (self, "a", 0, FAILS (1));
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  g_assert_cmpint (self->state, ==, RUNNEL_STATE_SUCCEEDED);
}

static void
test_continue_on_error (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_steps (
    "{`id`: `a`, `continue-on-error`: true}, {`id`: `b`, `needs`: [`a`]},"
    "{`id`: `c`, `continue-on-error`: `${{ steps.self.exit_code == 2 }}`},"
    "{`id`: `d`, `continue-on-error`: `${{ steps.self.exit_code == 2 }}`}"));

  run_fixture_tell (self, "a", 0, FAILS (1));
  run_fixture_tell (self, "c", 0, FAILS (2));
  run_fixture_tell (self, "d", 0, FAILS (3));
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  g_assert_cmpstr (self->log->str, ==,
                   "step-finished a failed (tolerated): it ended with exit code 1\n"
                   "step-finished b succeeded\n"
                   "step-finished c failed (tolerated): it ended with exit code 2\n"
                   "step-finished d failed: it ended with exit code 3\n"
                   "run-finished failed\n");
}

static void
test_condition (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_steps (
    "{`id`: `a`, `if`: `1 == 2`}, {`id`: `b`, `needs`: [`a`]},"
    "{`id`: `c`, `if`: `${{ run.id == 42 }}`},"
    "{`id`: `d`, `if`: `fromJSON('x')`},"
    "{`id`: `e`, `needs`: [{`step`: `a`, `on`: `always`}], `if`: `steps.a.outcome == 'skipped'`}"));

  run_fixture_start (self, 1);
  run_fixture_complete (self);
  assert_starts (self, "c.1 e.1");
  g_assert_nonnull (
    strstr (self->log->str, "step-finished a skipped: its condition is false: 1 == 2\n"));
  g_assert_nonnull (
    strstr (self->log->str, "step-finished b skipped: skipped because a was skipped\n"));
  g_assert_nonnull (
    strstr (self->log->str, "step-finished d failed: its `if` can't be evaluated: "));
  g_assert_cmpint (self->state, ==, RUNNEL_STATE_FAILED);
}

static void
test_timeout (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_steps (
    "{`id`: `a`, `timeout`: `5m`, `retry`: 1}, {`id`: `b`, `timeout`: `10s`}"));

  self->told |= 1u << RUNNEL_EVENT_ATTEMPT_FINISHED;
  run_fixture_tell (self, "a", 1, (RunnelFakeOutcome){ .duration = -1, .reaction = SECOND });
  run_fixture_tell (self, "a", 2, (RunnelFakeOutcome){ .duration = 299 * SECOND });
  run_fixture_tell (self, "b", 1, (RunnelFakeOutcome){ .duration = -1, .ignores_cancel = TRUE });
  run_fixture_start (self, 2);
  run_fixture_complete (self);
  g_assert_cmpstr (self->log->str, ==,
                   "attempt-finished b.1 timed-out: it took longer than its timeout, 10s\n"
                   "step-finished b timed-out: it took longer than its timeout, 10s\n"
                   "attempt-finished a.1 timed-out: it took longer than its timeout, 5m\n"
                   "attempt-finished a.2 succeeded\n"
                   "step-finished a succeeded\n"
                   "run-finished failed\n");
  g_assert_cmpint (self->clock->now (self->clock), ==, (300 + 1 + 299) * SECOND);
}

static void
test_cancel (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_steps (
    "{`id`: `a`}, {`id`: `b`}, {`id`: `c`}, {`id`: `d`, `needs`: [`a`]},"
    "{`id`: `r`, `retry`: {`max`: 1, `delay`: `1h`}}"));

  self->told |= 1u << RUNNEL_EVENT_RUN_CANCELLING;
  run_fixture_tell (self, "a", 0, (RunnelFakeOutcome){ .duration = -1, .reaction = 2 * SECOND });
  run_fixture_tell (
    self, "b", 0,
    (RunnelFakeOutcome){ .duration = 2 * SECOND, .ignores_cancel = TRUE, .reaction = 3 * SECOND });
  run_fixture_tell (self, "r", 0, FAILS (1));
  run_fixture_start (self, 3);
  runnel_fake_clock_advance (self->clock, SECOND);
  runnel_run_cancel (self->run, "somebody said so");
  runnel_run_cancel (self->run, "and again");
  run_fixture_complete (self);
  g_assert_cmpstr (self->log->str, ==,
                   "step-finished c succeeded\n"
                   "run-cancelling: somebody said so\n"
                   "step-finished r cancelled: the run was cancelled\n"
                   "step-finished d cancelled: the run was cancelled\n"
                   "step-finished a cancelled: the run was cancelled\n"
                   "step-finished b succeeded\n"
                   "run-finished cancelled: somebody said so\n");
  runnel_run_cancel (self->run, "too late");
  g_assert_true (g_str_has_suffix (self->log->str, "run-finished cancelled: somebody said so\n"));
}

static void
test_answer (void)
{
  g_autoptr(RunFixture) self =
    run_fixture_new (pipeline_from_steps ("{`id`: `gate`}, {`id`: `other`}"));
  g_autoptr(GError) error = NULL;

  self->told |= 1u << RUNNEL_EVENT_STEP_WAITING;
  run_fixture_tell (self, "gate", 0, (RunnelFakeOutcome){ .waits_for = "an answer" });
  run_fixture_start (self, 1);
  g_assert_false (runnel_run_answer (self->run, "gate", TRUE, "eve", NULL, NULL));
  runnel_fake_clock_advance (self->clock, SECOND);
  g_assert_cmpstr (self->log->str, ==,
                   "step-waiting gate waiting (approval): an answer\nstep-finished other succeeded\n");
  g_assert_false (runnel_run_answer (self->run, "none", TRUE, "eve", NULL, &error));
  g_assert_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_NO_STEP);
  g_clear_error (&error);
  g_assert_false (runnel_run_answer (self->run, "other", TRUE, "eve", NULL, &error));
  g_assert_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_NO_STEP);
  g_assert_true (runnel_run_answer (self->run, "gate", FALSE, "eve", "not today", NULL));
  run_fixture_complete (self);
  g_assert_nonnull (strstr (self->log->str, "step-finished gate failed: eve said no: not today\n"));
}

static const RunnelField script_fields[] = {
  { .name = "run", .flags = RUNNEL_FIELD_NO_EXPRESSIONS },
  { .name = "shell" },
  { .name = NULL },
};
static const RunnelKind script_kind = { .name = "test-script", .fields = script_fields };
static const RunnelKind idle_kind = { .name = "test-idle", .fields = script_fields, .idle = TRUE };

static void
test_idle_kind (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_steps (
    "{`id`: `work`}, {`id`: `idle`, `kind`: `test-idle`}, {`id`: `more`}"));

  run_fixture_tell (self, "work", 0, (RunnelFakeOutcome){ .duration = 5 * SECOND });
  run_fixture_tell (self, "idle", 0, (RunnelFakeOutcome){ .duration = 9 * SECOND });
  run_fixture_start (self, 1);
  assert_starts (self, "idle.1 work.1");
  run_fixture_complete (self);
  assert_starts (self, "idle.1 work.1 more.1");
  g_assert_cmpint (self->clock->now (self->clock), ==, 9 * SECOND);
}

/* What the attempts were given, as text. */
typedef struct
{
  GString *log;
  JsonObject *outputs; /* of the step "make" */
} Given;

static void
write_attempt (const RunnelAttempt *attempt, RunnelFakeOutcome *outcome, gpointer user_data)
{
  Given *self = user_data;
  g_autoptr(JsonNode) with = json_node_init_object (json_node_alloc (), attempt->with);
  g_autofree char *json = json_to_string (with, FALSE);

  g_string_append_printf (self->log, "%s with %s\n", attempt->step, json);
  for (guint i = 0; attempt->env[i] != NULL; i++)
    {
      if (g_str_has_prefix (attempt->env[i], "T_"))
        g_string_append_printf (self->log, "%s %s\n", attempt->step, attempt->env[i]);
    }
  if (g_str_equal (attempt->step, "make"))
    outcome->outputs = self->outputs;
}

/* Runs the pipeline; returns what its attempts were given. */
static char *
run_and_write (RunFixture *self, JsonObject *outputs)
{
  Given given = { g_string_new (NULL), outputs };

  runnel_fake_executor_set_func (self->executor, write_attempt, &given);
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  return g_string_free (given.log, FALSE);
}

static void
test_expressions (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_text (
    "{`format`: 1, `name`: `expressions`, `parameters`: {`n`: {`type`: `number`, `default`: 3}},"
    " `env`: {`T_ALL`: `all ${{ params.n }}`}, `steps`: ["
    " {`id`: `make`, `with`: {`plain`: `x`, `n`: `${{ params.n }}`}},"
    " {`id`: `use`, `needs`: [`make`], `env`: {`T_V`: `v${{ steps.make.outputs.version }}`, "
    "`T_ALL`: `mine`},"
    "  `with`: {`list`: [`${{ env.T_V }}`, `${{ steps.make.outcome }}`], `deep`: {`n`: `${{ "
    "steps.make.attempts }}`}}},"
    " {`id`: `last`, `needs`: [`use`]}]}"));
  g_autoptr(JsonObject) outputs = json_object_new ();
  g_autofree char *given = NULL;

  json_object_set_string_member (outputs, "version", "1.5");
  given = run_and_write (self, outputs);
  g_assert_cmpstr (given, ==,
                   "make with {\"plain\":\"x\",\"n\":3}\n"
                   "make T_ALL=all 3\n"
                   "use with {\"list\":[\"v1.5\",\"success\"],\"deep\":{\"n\":1}}\n"
                   "use T_ALL=mine\n"
                   "use T_V=v1.5\n"
                   "last with {}\n"
                   "last T_ALL=all 3\n");
}

static void
test_expression_errors (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_steps (
    "{`id`: `a`, `with`: {`x`: `${{ fromJSON('{') }}`}},"
    "{`id`: `b`, `kind`: `test-script`, `with`: {`run`: `echo ${{ params.x }}`}},"
    "{`id`: `c`, `working-directory`: `not/there`},"
    "{`id`: `d`, `env`: {`X`: `${{ fromJSON('{') }}`}}"));

  run_fixture_start (self, 1);
  run_fixture_complete (self);
  assert_starts (self, "");
  g_assert_nonnull (
    strstr (self->log->str, "step-finished a failed: it could not be started: with.x: "));
  g_assert_nonnull (strstr (
    self->log->str, "step-finished b failed: it could not be started: with.run is handed to a "
                    "shell, so ${{ }} is not replaced in it: put the value into `env` and use "
                    "the variable\n"));
  g_assert_nonnull (strstr (self->log->str, "/not/there is not there\n"));
  g_assert_nonnull (
    strstr (self->log->str, "step-finished d failed: it could not be started: env.X: "));
}

static RunnelSecrets *
make_secrets (RunnelPipeline *pipeline, const char *variable)
{
  g_auto(GStrv) names = runnel_secrets_list_declared (pipeline);
  const char *const environment[] = { variable, NULL };
  RunnelSecrets *secrets = runnel_secrets_new ((const char *const *) names);

  g_assert_true (runnel_secrets_take_environment (secrets, environment, NULL));
  return secrets;
}

static void
test_variables (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (
    pipeline_from_text ("{`format`: 1, `secrets`: [`T_SECRET`, `T_ABSENT`],"
                        " `steps`: [{`id`: `a`}, {`id`: `b`, `env`: {`T_MINE`: `${{ "
                        "secrets.T_SECRET }}`, `T_NONE`: `${{ secrets.T_ABSENT }}`}}]}"));
  g_autoptr(RunnelSecrets) secrets = make_secrets (self->pipeline, "T_SECRET=hush");
  g_autofree char *given = NULL;

  self->secrets = secrets;
  g_setenv ("T_ABSENT", "not taken", TRUE);
  given = run_and_write (self, NULL);
  g_unsetenv ("T_ABSENT");
  g_assert_cmpstr (given, ==, "a with {}\nb with {}\nb T_MINE=hush\nb T_NONE=\n");
}

/* A sink that writes all that it is told as JSON. */
typedef struct
{
  RunnelEventSink sink;
  GString *text;
} Journal;

static void
journal_event (RunnelEventSink *sink, const RunnelEvent *event)
{
  runnel_event_append_json (event, ((Journal *) sink)->text);
}

/* Who writes events does not see secrets; the next step and who hands them on do. */
static void
test_secrets (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_text (
    "{`format`: 1, `secrets`: [`T_SECRET`], `parameters`: {`p`: {}}, `steps`: [{`id`: `make`},"
    " {`id`: `use`, `needs`: [`make`], `env`: {`T_V`: `${{ steps.make.outputs.version }}`}},"
    " {`id`: `show`, `needs`: [`make`], `with`: {`argv`: [`${{ steps.make.outputs.version }}`]}}]}"));
  g_autoptr(RunnelSecrets) secrets = make_secrets (self->pipeline, "T_SECRET=tigers&lions");
  g_autoptr(JsonObject) outputs = json_object_new ();
  g_autoptr(JsonObject) parameters = json_object_new ();
  g_autoptr(JsonNode) snapshot = NULL;
  g_autofree char *snapshot_text = NULL;
  Given given = { g_string_new (NULL), outputs };
  Journal seen = { { journal_event, NULL, TRUE }, g_string_new (NULL) };
  Journal masked = { { journal_event, NULL, FALSE }, g_string_new (NULL) };

  self->secrets = secrets;
  json_object_set_string_member (outputs, "version", "is tigers&lions");
  json_object_set_string_member (parameters, "p", "tigers&lions");
  runnel_fake_executor_set_func (self->executor, write_attempt, &given);
  g_assert_true (run_fixture_make_run (self, 1, parameters, NULL));
  runnel_run_add_sink (self->run, &seen.sink);
  runnel_run_add_sink (self->run, &masked.sink);
  runnel_run_start (self->run, run_fixture_finished, self);
  run_fixture_complete (self);
  snapshot = runnel_run_snapshot (self->run);
  snapshot_text = json_to_string (snapshot, FALSE);

  g_assert_nonnull (strstr (given.log->str, "use T_V=is tigers&lions"));
  g_assert_null (strstr (masked.text->str, "tigers"));
  g_assert_null (strstr (snapshot_text, "tigers"));
  g_assert_nonnull (strstr (masked.text->str, "\"outputs\":{\"version\": \"is ***\"}"));
  g_assert_nonnull (strstr (masked.text->str, "\"parameters\": {\"p\": \"***\"}"));
  g_assert_nonnull (strstr (seen.text->str, "\"outputs\":{\"version\": \"is tigers&lions\"}"));
  g_assert_nonnull (strstr (self->log->str, "step-finished show failed: it could not be started: "
                                            "with.argv would have a secret in it"));
  g_string_free (given.log, TRUE);
  g_string_free (seen.text, TRUE);
  g_string_free (masked.text, TRUE);
}

static void
write_secret (const RunnelAttempt *attempt, RunnelFakeOutcome *outcome, gpointer user_data)
{
  g_autofree char *path = g_build_filename (attempt->run_dir, attempt->output_name, NULL);

  g_assert_true (g_file_set_contents (path, "a=tigers&lions\n", -1, NULL));
  outcome->output_file = TRUE;
}

/* The fixture's folder is empty afterwards. */
static void
test_secret_output_file (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (
    pipeline_from_text ("{`format`: 1, `secrets`: [`T_SECRET`], `steps`: [{`id`: `make`}]}"));
  g_autoptr(RunnelSecrets) secrets = make_secrets (self->pipeline, "T_SECRET=tigers&lions");

  self->secrets = secrets;
  runnel_fake_executor_set_func (self->executor, write_secret, NULL);
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  g_assert_cmpstr (self->log->str, ==, "step-finished make succeeded\nrun-finished succeeded\n");
  g_assert_cmpint (g_rmdir (self->run_dir), ==, 0);
}

typedef struct
{
  GHashTable *variables;
  char *directory;
} Surroundings;

static void
remember_surroundings (const RunnelAttempt *attempt, RunnelFakeOutcome *outcome, gpointer user_data)
{
  Surroundings *self = user_data;

  g_hash_table_remove_all (self->variables);
  for (guint i = 0; attempt->env[i] != NULL; i++)
    {
      g_auto(GStrv) pair = g_strsplit (attempt->env[i], "=", 2);

      g_hash_table_replace (self->variables, g_strdup (pair[0]), g_strdup (pair[1]));
    }
  g_free (self->directory);
  self->directory = g_strdup (attempt->working_directory);
  outcome->state = attempt->attempt == 1 ? RUNNEL_STATE_FAILED : RUNNEL_STATE_SUCCEEDED;
}

static void
test_surroundings (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_text (
    "{`format`: 1, `parameters`: {`dry-run`: {`type`: `boolean`, `default`: true}, `none`: "
    "{`type`: `string`}},"
    " `defaults`: {`retry`: 1, `working-directory`: `sub`}, `steps`: [{`id`: `a`}]}"));
  Surroundings seen = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free), NULL };
  g_autofree char *sub = g_build_filename (self->run_dir, "sub", NULL);
  g_autofree char *output = g_build_filename (self->run_dir, "a.2.out", NULL);

  g_assert_cmpint (g_mkdir (sub, 0700), ==, 0);
  g_setenv ("RUNNEL_PARAM_FOREIGN", "x", TRUE);
  runnel_fake_executor_set_func (self->executor, remember_surroundings, &seen);
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  g_unsetenv ("RUNNEL_PARAM_FOREIGN");
  g_assert_cmpstr (g_hash_table_lookup (seen.variables, "RUNNEL_PARAM_DRY_RUN"), ==, "true");
  g_assert_false (g_hash_table_contains (seen.variables, "RUNNEL_PARAM_NONE"));
  g_assert_false (g_hash_table_contains (seen.variables, "RUNNEL_PARAM_FOREIGN"));
  g_assert_cmpstr (g_hash_table_lookup (seen.variables, "RUNNEL_RUN_ID"), ==, "42");
  g_assert_cmpstr (g_hash_table_lookup (seen.variables, "RUNNEL_STEP"), ==, "a");
  g_assert_cmpstr (g_hash_table_lookup (seen.variables, "RUNNEL_ATTEMPT"), ==, "2");
  g_assert_cmpstr (g_hash_table_lookup (seen.variables, "RUNNEL_OUTPUT"), ==, output);
  g_assert_cmpstr (g_hash_table_lookup (seen.variables, "RUNNEL_RUN_DIR"), ==, self->run_dir);
  g_assert_cmpstr (g_hash_table_lookup (seen.variables, "PATH"), ==, g_getenv ("PATH"));
  g_assert_cmpstr (seen.directory, ==, sub);
  g_rmdir (sub);
  g_free (seen.directory);
  g_hash_table_unref (seen.variables);
}

static void
test_default_shell (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_text (
    "{`format`: 1, `defaults`: {`shell`: `bash`}, `steps`: ["
    " {`id`: `a`, `kind`: `test-script`, `with`: {`run`: `x`}},"
    " {`id`: `b`, `kind`: `test-script`, `with`: {`run`: `x`, `shell`: `sh`}}, {`id`: `c`}]}"));
  g_autofree char *given = run_and_write (self, NULL);

  g_assert_cmpstr (given, ==,
                   "a with {\"run\":\"x\",\"shell\":\"bash\"}\n"
                   "b with {\"run\":\"x\",\"shell\":\"sh\"}\n"
                   "c with {}\n");
}

static void
write_output_file (const RunnelAttempt *attempt, RunnelFakeOutcome *outcome, gpointer user_data)
{
  g_autofree char *path = g_build_filename (attempt->run_dir, attempt->output_name, NULL);

  if (attempt->step_index < 2)
    g_assert_true (
      g_file_set_contents (path, attempt->step_index == 0 ? "v=1\n" : "bad\n", -1, NULL));
  outcome->output_file = TRUE;
}

static void
test_output_file (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_steps (
    "{`id`: `good`}, {`id`: `bad`}, {`id`: `none`},"
    "{`id`: `use`, `needs`: [`good`], `if`: `steps.good.outputs.v == '1'`}"));
  g_autofree char *good = g_build_filename (self->run_dir, "good.1.out", NULL);
  g_autofree char *bad = g_build_filename (self->run_dir, "bad.1.out", NULL);

  runnel_fake_executor_set_func (self->executor, write_output_file, NULL);
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  g_assert_nonnull (strstr (self->log->str, "step-finished use succeeded\n"));
  g_assert_nonnull (strstr (self->log->str, "step-finished none succeeded\n"));
  g_assert_nonnull (strstr (self->log->str,
                            "step-finished bad failed: its outputs can't be used: line 1 of "
                            "$RUNNEL_OUTPUT is neither name=value nor name<<EOF\n"));
  g_unlink (good);
  g_unlink (bad);
}

static void
test_empty (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_steps (""));

  run_fixture_start (self, 1);
  run_fixture_complete (self);
  g_assert_cmpstr (self->log->str, ==, "run-finished succeeded\n");
}

static void
test_refused (void)
{
  g_autoptr(RunFixture) cycle =
    run_fixture_new (pipeline_from_steps ("{`id`: `a`, `needs`: [`a`]}"));
  g_autoptr(RunFixture) env = run_fixture_new (
    pipeline_from_text ("{`format`: 1, `env`: {`X`: `${{ nonsense }}`}, `steps`: []}"));
  g_autoptr(GError) error = NULL;

  g_assert_false (run_fixture_make_run (cycle, 1, NULL, &error));
  g_assert_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (run_fixture_make_run (env, 1, NULL, &error));
  g_assert_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "env.X: "));
}

static void
free_run (RunnelRun *run, RunnelState state, gpointer user_data)
{
  RunFixture *self = user_data;

  g_clear_pointer (&self->run, runnel_run_free);
  self->n_finished++;
}

static void
test_free_when_finished (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_steps ("{`id`: `a`}"));

  g_assert_true (run_fixture_make_run (self, 1, NULL, NULL));
  runnel_run_start (self->run, free_run, self);
  run_fixture_complete (self);
  g_assert_null (self->run);
}

static void
test_snapshot (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (
    pipeline_from_steps ("{`id`: `a`}, {`id`: `b`, `needs`: [`a`]}, "
                         "{`id`: `c`, `kind`: `test-idle`}"));
  g_autoptr(JsonNode) snapshot = NULL;
  g_autofree char *text = NULL;

  run_fixture_tell (self, "a", 0, FAILS (2));
  run_fixture_tell (self, "c", 0, (RunnelFakeOutcome){ .duration = 5 * SECOND });
  run_fixture_start (self, 2);
  runnel_fake_clock_advance (self->clock, SECOND);
  snapshot = runnel_run_snapshot (self->run);
  json_object_remove_member (json_node_get_object (snapshot), "file");
  text = json_to_string (snapshot, FALSE);
  g_assert_cmpstr (
    text, ==,
    "{\"run\":42,\"state\":\"running\",\"pipeline\":\"test\",\"started\":1700000000000000,"
    "\"steps\":[{\"id\":\"a\",\"kind\":\"\",\"state\":\"failed\",\"attempt\":1,"
    "\"queued\":1700000000000000,\"started\":1700000000000000,\"finished\":1700000000000000,"
    "\"reason\":\"it ended with exit code 2\",\"exit-code\":2},"
    "{\"id\":\"b\",\"kind\":\"\",\"state\":\"skipped\",\"attempt\":0,\"finished\":1700000000000000,"
    "\"reason\":\"a failed, and this link needs success\"},"
    "{\"id\":\"c\",\"kind\":\"test-idle\",\"state\":\"running\",\"attempt\":1,"
    "\"queued\":1700000000000000,\"started\":1700000000000000}]}");
  run_fixture_complete (self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  runnel_kind_register (&idle_kind);
  runnel_kind_register (&script_kind);
  g_test_add_func ("/engine/run/events", test_events);
  g_test_add_func ("/engine/run/flush", test_flush);
  g_test_add_func ("/engine/run/name", test_name);
  g_test_add_func ("/engine/run/jobs", test_jobs);
  g_test_add_func ("/engine/run/jobs-of-the-pipeline", test_jobs_of_the_pipeline);
  g_test_add_func ("/engine/run/failure", test_failure);
  g_test_add_func ("/engine/run/handled-failure", test_handled_failure);
  g_test_add_func ("/engine/run/continue-on-error", test_continue_on_error);
  g_test_add_func ("/engine/run/condition", test_condition);
  g_test_add_func ("/engine/run/timeout", test_timeout);
  g_test_add_func ("/engine/run/cancel", test_cancel);
  g_test_add_func ("/engine/run/answer", test_answer);
  g_test_add_func ("/engine/run/idle-kind", test_idle_kind);
  g_test_add_func ("/engine/run/expressions", test_expressions);
  g_test_add_func ("/engine/run/expression-errors", test_expression_errors);
  g_test_add_func ("/engine/run/variables", test_variables);
  g_test_add_func ("/engine/run/secrets", test_secrets);
  g_test_add_func ("/engine/run/secret-output-file", test_secret_output_file);
  g_test_add_func ("/engine/run/surroundings", test_surroundings);
  g_test_add_func ("/engine/run/default-shell", test_default_shell);
  g_test_add_func ("/engine/run/output-file", test_output_file);
  g_test_add_func ("/engine/run/clock-set", test_clock_set);
  g_test_add_func ("/engine/run/empty", test_empty);
  g_test_add_func ("/engine/run/refused", test_refused);
  g_test_add_func ("/engine/run/free-when-finished", test_free_when_finished);
  g_test_add_func ("/engine/run/snapshot", test_snapshot);
  return g_test_run ();
}
