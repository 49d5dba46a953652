/* test-real-keeper.c: keeps artifacts and results of steps on the disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/runnel-keeper.h"
#include "files-fixture.h"

typedef struct
{
  FilesFixture files;
  RunnelKeeper *keeper;
  char *base_dir;
  char *run_dir;
  GMainLoop *loop;
  GThread *thread; /* on which answers have to come */

  /* The last answer */
  gint64 reused;
  gboolean cancelled;
  char *text; /* the reason, the error or the note */
  guint n_artifacts;
} Fixture;

static void
take_answer (Fixture *self, const char *text, JsonArray *artifacts, gboolean cancelled)
{
  g_assert_true (g_thread_self () == self->thread);

  g_free (self->text);
  self->text = g_strdup (text);
  self->n_artifacts = artifacts != NULL ? json_array_get_length (artifacts) : 0;
  self->cancelled = cancelled;
  g_main_loop_quit (self->loop);
}

static void
found_cb (gpointer user_data, guint step_index, const RunnelKeeperFound *found)
{
  Fixture *self = user_data;

  g_assert_cmpuint (step_index, ==, 7);
  self->reused = found->reused;
  take_answer (self, found->reason, found->artifacts, found->cancelled);
}

static void
kept_cb (gpointer user_data, guint step_index, const RunnelKeeperKept *kept)
{
  g_assert_cmpuint (step_index, ==, 7);
  take_answer (user_data, kept->error != NULL ? kept->error : kept->note, kept->artifacts,
               kept->cancelled);
}

static const RunnelKeeperCallbacks callbacks = { found_cb, kept_cb };

static void
set_up (Fixture *self, gconstpointer user_data)
{
  files_set_up (&self->files, user_data);
  self->base_dir = files_path (&self->files, "work");
  self->run_dir = files_path (&self->files, "run");
  self->keeper = runnel_real_keeper_new ();
  self->keeper->callbacks = &callbacks;
  self->keeper->user_data = self;
  self->loop = g_main_loop_new (NULL, FALSE);
  self->thread = g_thread_self ();
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  runnel_keeper_free (self->keeper);
  g_main_loop_unref (self->loop);
  g_free (self->base_dir);
  g_free (self->run_dir);
  g_free (self->text);
  files_tear_down (&self->files, user_data);
}

static RunnelKeeping *
open_step (Fixture *self, gint64 run, gboolean cached)
{
  static const char *const artifacts[] = { "*.zip", NULL };
  static const char *const inputs[] = { "*.c", NULL };
  static const char *const outputs[] = { "app", NULL };
  g_autoptr(JsonObject) parts = json_object_new ();
  const RunnelKeepOrder order = {
    .step_index = 7,
    .step = "build",
    .run = run,
    .file = self->base_dir,
    .run_dir = self->run_dir,
    .base_dir = self->base_dir,
    .artifacts = artifacts,
    .cached = cached,
    .may_reuse = TRUE,
    .parts = parts,
    .inputs = inputs,
    .outputs = outputs,
  };

  return self->keeper->open (self->keeper, &order);
}

static void
look_up (Fixture *self, RunnelKeeping *keeping)
{
  self->keeper->look_up (self->keeper, keeping);
  g_main_loop_run (self->loop);
}

static void
keep (Fixture *self, RunnelKeeping *keeping, const char *not_cached)
{
  self->keeper->keep (self->keeper, keeping, NULL, not_cached);
  g_main_loop_run (self->loop);
}

static void
test_artifacts (Fixture *self, gconstpointer user_data)
{
  RunnelKeeping *keeping = open_step (self, 1, FALSE);

  files_write (&self->files, "work/a.zip", "a", 0644);
  keep (self, keeping, NULL);
  g_assert_cmpstr (self->text, ==, NULL);
  g_assert_cmpuint (self->n_artifacts, ==, 1);
  files_assert_content (&self->files, "run/artifacts/build/a.zip", "a");
  self->keeper->close (self->keeper, keeping);
}

static void
test_reuse (Fixture *self, gconstpointer user_data)
{
  RunnelKeeping *first = open_step (self, 1, TRUE);
  RunnelKeeping *second = open_step (self, 2, TRUE);
  RunnelKeeping *third = open_step (self, 3, TRUE);

  files_write (&self->files, "work/a.c", "1", 0644);
  look_up (self, first);
  g_assert_cmpstr (self->text, ==, "nothing is cached yet");
  files_write (&self->files, "work/app", "app", 0755);
  files_write (&self->files, "work/a.zip", "zip", 0644);
  keep (self, first, NULL);

  look_up (self, second);
  g_assert_cmpint (self->reused, ==, 1);
  g_assert_cmpuint (self->n_artifacts, ==, 1);
  g_assert_cmpstr (self->text, ==, "nothing it depends on changed (1 input)");

  files_write (&self->files, "work/a.c", "2", 0644);
  look_up (self, third);
  g_assert_cmpint (self->reused, ==, 0);
  g_assert_cmpstr (self->text, ==, "input a.c changed");
  self->keeper->close (self->keeper, first);
  self->keeper->close (self->keeper, second);
  self->keeper->close (self->keeper, third);
}

static void
test_not_cached (Fixture *self, gconstpointer user_data)
{
  RunnelKeeping *first = open_step (self, 1, TRUE);
  RunnelKeeping *second = open_step (self, 2, TRUE);

  files_write (&self->files, "work/not-cached.c", "1", 0644);
  files_write (&self->files, "work/app", "app", 0755);
  look_up (self, first);
  keep (self, first, "it is a secret");
  g_assert_cmpstr (self->text, ==,
                   "no file matches the artifact “*.zip”; not cached: it is a secret");
  look_up (self, second);
  g_assert_cmpint (self->reused, ==, 0);
  self->keeper->close (self->keeper, first);
  self->keeper->close (self->keeper, second);
}

static void
test_cancel (Fixture *self, gconstpointer user_data)
{
  RunnelKeeping *keeping = open_step (self, 1, FALSE);

  files_write (&self->files, "work/a.zip", "a", 0644);
  self->keeper->cancel (self->keeper, keeping);
  keep (self, keeping, NULL);
  g_assert_true (self->cancelled);
  g_assert_nonnull (self->text);
  g_assert_false (files_exists (&self->files, "run/artifacts/build"));
  self->keeper->close (self->keeper, keeping);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/files/real-keeper/artifacts", test_artifacts);
  add ("/files/real-keeper/reuse", test_reuse);
  add ("/files/real-keeper/not-cached", test_not_cached);
  add ("/files/real-keeper/cancel", test_cancel);

  return g_test_run ();
}
