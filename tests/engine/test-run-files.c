/* test-run-files.c: runs whose steps have artifacts and results of earlier runs, in memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/runnel-fake-keeper.h"
#include "run-fixture.h"

#define CACHED "`cache`: {`inputs`: [`*.c`], `outputs`: [`app`]}"
#define SHA "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static RunFixture *
fixture_new (RunnelPipeline *pipeline)
{
  RunFixture *self = run_fixture_new (pipeline);

  self->keeper = runnel_fake_keeper_new (self->clock);
  return self;
}

static void
assert_calls (RunFixture *self, const char *expected)
{
  g_autofree char *calls = g_strjoinv (", ", (char **) runnel_fake_keeper_get_calls (self->keeper));

  g_assert_cmpstr (calls, ==, expected);
}

static void
assert_starts (RunFixture *self, const char *expected)
{
  g_autofree char *starts =
    g_strjoinv (" ", (char **) runnel_fake_executor_get_starts (self->executor));

  g_assert_cmpstr (starts, ==, expected);
}

static JsonArray *
make_artifacts (void)
{
  g_autoptr(JsonNode) node =
    json_from_string ("[{\"path\": \"app\", \"size\": 3, \"sha256\": \"" SHA "\"}]", NULL);

  return json_node_dup_array (node);
}

/* The details and the number of the run of the last step-finished event. */
typedef struct
{
  RunnelEventSink sink;
  gint64 reused;
  char *cause;
  char *artifacts;
} Witness;

static void
witness_event (RunnelEventSink *sink, const RunnelEvent *event)
{
  Witness *self = (Witness *) sink;
  JsonNode *artifacts;

  if (event->type == RUNNEL_EVENT_ATTEMPT_STARTED)
    {
      g_free (self->cause);
      self->cause = g_strdup (event->cause);
    }
  if (event->type != RUNNEL_EVENT_STEP_FINISHED)
    return;
  self->reused = event->reused;
  artifacts = event->details != NULL ? json_object_get_member (event->details, "artifacts") : NULL;
  g_free (self->artifacts);
  self->artifacts = artifacts != NULL ? json_to_string (artifacts, FALSE) : NULL;
}

static void
run_with_witness (RunFixture *self, Witness *witness)
{
  g_autoptr(GError) error = NULL;

  *witness = (Witness){ .sink.event = witness_event };
  run_fixture_make_run (self, 1, NULL, &error);
  g_assert_no_error (error);
  runnel_run_add_sink (self->run, &witness->sink);
  runnel_run_start (self->run, run_fixture_finished, self);
  run_fixture_complete (self);
}

static void
witness_clear (Witness *self)
{
  g_free (self->cause);
  g_free (self->artifacts);
}

static void
test_nothing_to_keep (void)
{
  g_autoptr(RunFixture) self = fixture_new (pipeline_from_steps ("{`id`: `a`}"));

  run_fixture_start (self, 1);
  run_fixture_complete (self);
  assert_calls (self, "");
}

static void
test_miss (void)
{
  g_autoptr(RunFixture) self = fixture_new (pipeline_from_steps ("{`id`: `a`, " CACHED "}"));
  Witness witness;

  runnel_fake_keeper_tell (self->keeper, "a",
                           &(RunnelFakeKept){ .found_why = "input src/a.c changed" });
  run_with_witness (self, &witness);
  assert_calls (self, "look-up a, keep a");
  assert_starts (self, "a.1");
  g_assert_cmpstr (witness.cause, ==, "input src/a.c changed");
  g_assert_cmpint (witness.reused, ==, 0);
  g_assert_cmpstr (self->log->str, ==,
                   "step-finished a succeeded: ran because input src/a.c changed\n"
                   "run-finished succeeded\n");
  witness_clear (&witness);
}

/* What is reused counts as if the step had run: outputs, artifacts, links. */
static void
test_hit (void)
{
  g_autoptr(RunFixture) self = fixture_new (
    pipeline_from_steps ("{`id`: `a`, " CACHED "}, {`id`: `b`, `needs`: [`a`],"
                         " `if`: `steps.a.outputs.v == '1' && steps.a.artifacts[0].size == 3`}"));
  g_autoptr(JsonObject) outputs = json_object_new ();
  g_autoptr(JsonArray) artifacts = make_artifacts ();

  json_object_set_string_member (outputs, "v", "1");
  runnel_fake_keeper_tell (self->keeper, "a",
                           &(RunnelFakeKept){ .reused = 17,
                                              .found_why = "nothing it depends on changed",
                                              .outputs = outputs,
                                              .artifacts = artifacts });
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  assert_calls (self, "look-up a");
  assert_starts (self, "b.1");
  g_assert_cmpstr (self->log->str, ==,
                   "step-finished a succeeded (of 17): reused from run 17 because nothing it depends on "
                   "changed\n"
                   "step-finished b succeeded\n"
                   "run-finished succeeded\n");
}

static void
test_hit_is_told (void)
{
  g_autoptr(RunFixture) self = fixture_new (pipeline_from_steps ("{`id`: `a`, " CACHED "}"));
  g_autoptr(JsonArray) artifacts = make_artifacts ();
  Witness witness;

  runnel_fake_keeper_tell (self->keeper, "a",
                           &(RunnelFakeKept){ .reused = 17, .artifacts = artifacts });
  run_with_witness (self, &witness);
  g_assert_cmpint (witness.reused, ==, 17);
  g_assert_cmpstr (witness.artifacts, ==,
                   "[{\"path\":\"app\",\"size\":3,\"sha256\":\"" SHA "\"}]");
  witness_clear (&witness);
}

static void
test_no_cache (void)
{
  g_autoptr(RunFixture) self = fixture_new (pipeline_from_steps ("{`id`: `a`, " CACHED "}"));

  self->no_cache = TRUE;
  runnel_fake_keeper_tell (self->keeper, "a", &(RunnelFakeKept){ .reused = 17 });
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  assert_calls (self, "look-up a, keep a");
  assert_starts (self, "a.1");
}

/* A step that was reused did nothing, so there is nothing to take back. */
static void
test_no_undo (void)
{
  g_autoptr(RunFixture) self = fixture_new (pipeline_from_text (
    "{`format`: 1, `on-failure`: `rollback`, `steps`: [{`id`: `a`, `undo`: {`kind`: `x`}, " CACHED "},"
    " {`id`: `b`, `undo`: {`kind`: `x`}, `needs`: [`a`]}, {`id`: `c`, `needs`: [`b`]}]}"));

  runnel_fake_keeper_tell (self->keeper, "a", &(RunnelFakeKept){ .reused = 17 });
  run_fixture_tell (self, "c", 1, (RunnelFakeOutcome){ .state = RUNNEL_STATE_FAILED });
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  assert_starts (self, "b.1 c.1 b.undo.1");
}

static void
test_artifacts (void)
{
  g_autoptr(RunFixture) self =
    fixture_new (pipeline_from_steps ("{`id`: `a`, `artifacts`: [`*.zip`]}"));
  g_autoptr(JsonArray) artifacts = make_artifacts ();
  Witness witness;

  runnel_fake_keeper_tell (self->keeper, "a",
                           &(RunnelFakeKept){ .artifacts = artifacts,
                                              .note = "no file matches the artifact “*.tgz”" });
  run_with_witness (self, &witness);
  assert_calls (self, "keep a");
  g_assert_nonnull (witness.artifacts);
  g_assert_cmpstr (self->log->str, ==,
                   "step-finished a succeeded: no file matches the artifact “*.tgz”\n"
                   "run-finished succeeded\n");
  witness_clear (&witness);
}

static void
test_artifacts_lost (void)
{
  g_autoptr(RunFixture) self = fixture_new (
    pipeline_from_steps ("{`id`: `a`, `artifacts`: [`*`], `retry`: 3}, {`id`: `b`, `needs`: [`a`]},"
                         " {`id`: `c`, `needs`: [{`step`: `a`, `on`: `failure`}]}"));

  runnel_fake_keeper_tell (self->keeper, "a",
                           &(RunnelFakeKept){ .error = "no space left on the device" });
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  assert_starts (self, "a.1 c.1");
  g_assert_nonnull (strstr (self->log->str, "step-finished a failed: its artifacts can't be kept: "
                                            "no space left on the device\n"));
}

static void
test_failure_keeps_nothing (void)
{
  g_autoptr(RunFixture) self =
    fixture_new (pipeline_from_steps ("{`id`: `a`, `artifacts`: [`*`], " CACHED "}"));

  run_fixture_tell (self, "a", 1, (RunnelFakeOutcome){ .state = RUNNEL_STATE_FAILED });
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  assert_calls (self, "look-up a");
  g_assert_cmpint (self->state, ==, RUNNEL_STATE_FAILED);
}

/* A retry does not look again, and what the last attempt left is kept once. */
static void
test_retry (void)
{
  g_autoptr(RunFixture) self =
    fixture_new (pipeline_from_steps ("{`id`: `a`, `retry`: 1, " CACHED "}"));

  run_fixture_tell (self, "a", 1, (RunnelFakeOutcome){ .state = RUNNEL_STATE_FAILED });
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  assert_calls (self, "look-up a, keep a");
  assert_starts (self, "a.1 a.2");
  g_assert_cmpint (self->state, ==, RUNNEL_STATE_SUCCEEDED);
}

/* A successor waits until everything is in its place, and the job is taken meanwhile. */
static void
test_successors_wait (void)
{
  g_autoptr(RunFixture) self = fixture_new (
    pipeline_from_steps ("{`id`: `a`, `artifacts`: [`*`]}, {`id`: `b`, `needs`: [`a`]},"
                         " {`id`: `c`}"));

  runnel_fake_keeper_tell (self->keeper, "a", &(RunnelFakeKept){ .keep_time = 10 * SECOND });
  run_fixture_start (self, 1);
  runnel_fake_clock_advance (self->clock, 9 * SECOND);
  assert_starts (self, "a.1");
  run_fixture_complete (self);
  assert_starts (self, "a.1 b.1 c.1");
}

static void
test_cancel_look_up (void)
{
  g_autoptr(RunFixture) self = fixture_new (pipeline_from_steps ("{`id`: `a`, " CACHED "}"));

  runnel_fake_keeper_tell (self->keeper, "a",
                           &(RunnelFakeKept){ .look_up_time = 10 * SECOND, .reused = 17 });
  run_fixture_start (self, 1);
  runnel_run_cancel (self->run, NULL);
  g_assert_cmpuint (self->n_finished, ==, 0);
  run_fixture_complete (self);
  assert_calls (self, "look-up a, cancel a");
  assert_starts (self, "");
  g_assert_cmpstr (self->log->str, ==,
                   "step-finished a cancelled: the run was cancelled\nrun-finished cancelled\n");
}

static void
test_cancel_keep (void)
{
  g_autoptr(RunFixture) self =
    fixture_new (pipeline_from_steps ("{`id`: `a`, `artifacts`: [`*`]}"));

  runnel_fake_keeper_tell (self->keeper, "a", &(RunnelFakeKept){ .keep_time = 10 * SECOND });
  run_fixture_start (self, 1);
  g_assert_true (runnel_fake_clock_jump (self->clock));
  runnel_run_cancel (self->run, NULL);
  run_fixture_complete (self);
  assert_calls (self, "keep a, cancel a");
  g_assert_cmpstr (self->log->str, ==,
                   "step-finished a cancelled: the run was cancelled before its artifacts were "
                   "kept\nrun-finished cancelled\n");
}

/* A step that was looked up while its run was paused starts when that goes on. */
static void
test_paused (void)
{
  g_autoptr(RunFixture) self = fixture_new (pipeline_from_steps ("{`id`: `a`, " CACHED "}"));

  runnel_fake_keeper_tell (self->keeper, "a", &(RunnelFakeKept){ .look_up_time = SECOND });
  run_fixture_start (self, 1);
  g_assert_true (runnel_run_pause (self->run, "me", NULL));
  runnel_fake_clock_advance (self->clock, 5 * SECOND);
  assert_starts (self, "");
  g_assert_true (runnel_run_resume (self->run, "me", NULL));
  run_fixture_complete (self);
  assert_calls (self, "look-up a, keep a");
  assert_starts (self, "a.1");
}

static void
test_closes (void)
{
  g_autoptr(RunFixture) self =
    fixture_new (pipeline_from_steps ("{`id`: `a`, " CACHED "}, {`id`: `b`, `artifacts`: [`*`]}"));

  run_fixture_start (self, 2);
  run_fixture_complete (self);
  g_assert_cmpuint (runnel_fake_keeper_get_open (self->keeper), ==, 2);
  g_clear_pointer (&self->run, runnel_run_free);
  g_assert_cmpuint (runnel_fake_keeper_get_open (self->keeper), ==, 0);
}

static void
assert_fails_to_start (const char *members, const char *reason)
{
  g_autofree char *steps = g_strdup_printf ("{`id`: `a`, %s}", members);
  g_autofree char *expected =
    g_strdup_printf ("step-finished a failed: it could not be started: %s\nrun-finished failed\n",
                     reason);
  g_autoptr(RunFixture) self = fixture_new (pipeline_from_steps (steps));

  run_fixture_start (self, 1);
  run_fixture_complete (self);
  g_assert_cmpstr (self->log->str, ==, expected);
}

static void
test_bad_expressions (void)
{
  assert_fails_to_start ("`artifacts`: [`${{ fromJSON('3') }}`]",
                         "artifacts: every pattern has to be a text");
  assert_fails_to_start ("`cache`: {`key`: `${{ fromJSON('{') }}`}",
                         "cache.key: at column 5: fromJSON(): “{” is not JSON: line 1, column 2: a "
                         "key in double quotes is expected here, not the end of the file");
}

/* What the result of a step depends on. */

static char *
list_parts (const char *pipeline_text)
{
  g_autoptr(RunFixture) self = fixture_new (pipeline_from_text (pipeline_text));
  GString *names = g_string_new (NULL);
  JsonObject *parts;
  JsonObjectIter iter;
  const char *name;

  run_fixture_start (self, 1);
  run_fixture_complete (self);
  parts = runnel_fake_keeper_get_parts (self->keeper, "a");
  json_object_iter_init_ordered (&iter, parts);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
  return g_string_free (names, FALSE);
}

static void
test_parts (void)
{
  g_autofree char *parts = list_parts (
    "{`format`: 1, `env`: {`CC`: `gcc`}, `parameters`: {`p`: {`default`: `1`}, `q-r`: {`default`: `2`},"
    " `s`: {`default`: `3`}}, `steps`: ["
    "{`id`: `a`, `kind`: `script`, `with`: {`run`: `echo $RUNNEL_PARAM_Q_R`, `shell`: `sh`},"
    " `env`: {`P`: `${{ params.p }}`}, `artifacts`: [`x`], `cache`: {`key`: `k`, `outputs`: [`y`]}}]}");

  g_assert_cmpstr (parts, ==,
                   "its pipeline, its kind, its key, its list of outputs, its list of artifacts, "
                   "its command, its with.shell, its variable CC, its variable P, "
                   "its working directory, parameter q-r");
}

/* With the secret TOKEN. */
static RunFixture *
fixture_new_with_secret (const char *members, const char *value)
{
  static const char *const names[] = { "TOKEN", NULL };
  g_autofree char *text =
    g_strdup_printf ("{`format`: 1, `secrets`: [`TOKEN`], `steps`: [{`id`: `a`, %s}]}", members);
  g_autofree char *variable = g_strconcat ("TOKEN=", value, NULL);
  const char *const environment[] = { variable, NULL };
  RunFixture *self = fixture_new (pipeline_from_text (text));

  self->secrets = runnel_secrets_new (names);
  g_assert_true (runnel_secrets_take_environment (self->secrets, environment, NULL));
  return self;
}

static char *
get_part (const char *members, const char *secret, const char *name)
{
  g_autoptr(RunFixture) self = fixture_new_with_secret (members, secret);
  g_autoptr(RunnelSecrets) secrets = self->secrets;
  JsonObject *parts;

  run_fixture_start (self, 1);
  run_fixture_complete (self);
  parts = runnel_fake_keeper_get_parts (self->keeper, "a");
  return g_strdup (json_object_get_string_member (parts, name));
}

/* Neither their values nor digests of them. */
static void
test_parts_without_secrets (void)
{
  static const char members[] =
    "`env`: {`T`: `x${{ secrets.TOKEN }}`},"
    " `cache`: {`key`: `k${{ secrets.TOKEN }}${{ env.T }}`}";
  g_autofree char *variable = get_part (members, "hunter2hunter2", "its variable T");
  g_autofree char *other = get_part (members, "hunter3hunter3", "its variable T");
  g_autofree char *key = get_part (members, "hunter2hunter2", "its key");

  g_assert_cmpstr (variable, ==, other);
  g_assert_cmpstr (key, ==, "kx");
}

/* They would be read as they are by later runs. */
static void
test_secret_outputs (void)
{
  g_autoptr(RunFixture) self = fixture_new_with_secret (CACHED, "hunter2hunter2");
  g_autoptr(RunnelSecrets) secrets = self->secrets;
  g_autoptr(JsonObject) outputs = json_object_new ();

  json_object_set_string_member (outputs, "t", "x hunter2hunter2");
  run_fixture_tell (self, "a", 1, (RunnelFakeOutcome){ .outputs = outputs });
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  assert_calls (self, "look-up a, keep-only-artifacts a");
}

/* The artifacts of a step are inputs of those that need it. */
static void
test_parts_of_needed (void)
{
  g_autoptr(RunFixture) self = fixture_new (
    pipeline_from_steps ("{`id`: `b`, `artifacts`: [`*`]}, {`id`: `a`, `needs`: [`b`], " CACHED "}"));
  g_autoptr(JsonArray) artifacts = make_artifacts ();
  JsonObject *parts;

  runnel_fake_keeper_tell (self->keeper, "b", &(RunnelFakeKept){ .artifacts = artifacts });
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  parts = runnel_fake_keeper_get_parts (self->keeper, "a");
  g_assert_cmpstr (json_object_get_string_member (parts, "artifact app of b"), ==, SHA);
}

static void
assert_base (const char *working_directory, gboolean inside)
{
  g_autofree char *steps = g_strdup_printf (
    "{`id`: `a`, `artifacts`: [`*`], `working-directory`: `%s`}", working_directory);
  g_autoptr(RunFixture) self = fixture_new (pipeline_from_steps (steps));

  run_fixture_start (self, 1);
  run_fixture_complete (self);
  g_assert_cmpstr (runnel_fake_keeper_get_base (self->keeper, "a"), ==,
                   inside ? self->run_dir : working_directory);
}

static void
test_base (void)
{
  assert_base (".", TRUE);
  assert_base ("lib/sub", TRUE);
  assert_base ("/usr/share", FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/run-files/nothing-to-keep", test_nothing_to_keep);
  g_test_add_func ("/engine/run-files/miss", test_miss);
  g_test_add_func ("/engine/run-files/hit", test_hit);
  g_test_add_func ("/engine/run-files/hit-is-told", test_hit_is_told);
  g_test_add_func ("/engine/run-files/no-cache", test_no_cache);
  g_test_add_func ("/engine/run-files/no-undo", test_no_undo);
  g_test_add_func ("/engine/run-files/artifacts", test_artifacts);
  g_test_add_func ("/engine/run-files/artifacts-lost", test_artifacts_lost);
  g_test_add_func ("/engine/run-files/failure-keeps-nothing", test_failure_keeps_nothing);
  g_test_add_func ("/engine/run-files/retry", test_retry);
  g_test_add_func ("/engine/run-files/successors-wait", test_successors_wait);
  g_test_add_func ("/engine/run-files/cancel-look-up", test_cancel_look_up);
  g_test_add_func ("/engine/run-files/cancel-keep", test_cancel_keep);
  g_test_add_func ("/engine/run-files/paused", test_paused);
  g_test_add_func ("/engine/run-files/closes", test_closes);
  g_test_add_func ("/engine/run-files/bad-expressions", test_bad_expressions);
  g_test_add_func ("/engine/run-files/parts", test_parts);
  g_test_add_func ("/engine/run-files/parts-without-secrets", test_parts_without_secrets);
  g_test_add_func ("/engine/run-files/secret-outputs", test_secret_outputs);
  g_test_add_func ("/engine/run-files/parts-of-needed", test_parts_of_needed);
  g_test_add_func ("/engine/run-files/base", test_base);

  return g_test_run ();
}
