/* runnel-fake-keeper.c: a keeper for tests: answers are told, time passes on a clock
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-fake-keeper.h"

typedef struct
{
  RunnelKeeper parent;
  RunnelClock *clock;
  GHashTable *told;  /* of RunnelFakeKept by step */
  GHashTable *parts; /* of JsonObject by step: what orders said */
  GHashTable *bases; /* of folders by step: what orders said */
  GPtrArray *calls;
  guint n_open;
} FakeKeeper;

typedef struct
{
  FakeKeeper *keeper;
  guint step_index;
  char *step;
  RunnelFakeKept told;
  gboolean may_reuse;
  gboolean cancelled;
  RunnelTimer *timer;
  RunnelTimerFunc answer; /* that is due, or NULL */
} FakeKeeping;

static void
note_call (FakeKeeping *self, const char *what)
{
  GPtrArray *calls = self->keeper->calls;

  g_ptr_array_insert (calls, calls->len - 1, g_strdup_printf ("%s %s", what, self->step));
}

static void
answer_after (FakeKeeping *self, gint64 delay, RunnelTimerFunc answer)
{
  RunnelClock *clock = self->keeper->clock;

  self->answer = answer;
  self->timer = clock->add_timer (clock, clock->now (clock) + delay, answer, self);
}

static void
found_cb (gpointer user_data)
{
  FakeKeeping *self = user_data;
  RunnelKeeper *keeper = &self->keeper->parent;
  gboolean reuses = self->told.reused != 0 && self->may_reuse && !self->cancelled;
  const RunnelKeeperFound found = {
    .cancelled = self->cancelled,
    .reused = reuses ? self->told.reused : 0,
    .reason = self->told.found_why != NULL ? self->told.found_why : "nothing is cached yet",
    .outputs = reuses ? self->told.outputs : NULL,
    .artifacts = reuses ? self->told.artifacts : NULL,
  };

  self->answer = NULL;
  keeper->callbacks->found (keeper->user_data, self->step_index, &found);
}

static void
kept_cb (gpointer user_data)
{
  FakeKeeping *self = user_data;
  RunnelKeeper *keeper = &self->keeper->parent;
  const RunnelKeeperKept kept = {
    .cancelled = self->cancelled,
    .error = self->cancelled ? "it was cancelled" : self->told.error,
    .note = self->told.note,
    .artifacts = self->cancelled || self->told.error != NULL ? NULL : self->told.artifacts,
  };

  self->answer = NULL;
  keeper->callbacks->kept (keeper->user_data, self->step_index, &kept);
}

static RunnelKeeping *
fake_keeper_open (RunnelKeeper *keeper, const RunnelKeepOrder *order)
{
  FakeKeeper *self = (FakeKeeper *) keeper;
  const RunnelFakeKept *told = g_hash_table_lookup (self->told, order->step);
  FakeKeeping *keeping = g_new0 (FakeKeeping, 1);

  keeping->keeper = self;
  keeping->step_index = order->step_index;
  keeping->step = g_strdup (order->step);
  keeping->may_reuse = order->may_reuse;
  if (told != NULL)
    keeping->told = *told;
  if (order->parts != NULL)
    g_hash_table_insert (self->parts, g_strdup (order->step), json_object_ref (order->parts));
  g_hash_table_insert (self->bases, g_strdup (order->step), g_strdup (order->base_dir));
  self->n_open++;
  return (RunnelKeeping *) keeping;
}

static void
fake_keeper_look_up (RunnelKeeper *keeper, RunnelKeeping *keeping)
{
  FakeKeeping *self = (FakeKeeping *) keeping;

  note_call (self, "look-up");
  answer_after (self, self->told.look_up_time, found_cb);
}

static void
fake_keeper_keep (RunnelKeeper *keeper,
                  RunnelKeeping *keeping,
                  JsonObject *outputs,
                  const char *not_cached)
{
  FakeKeeping *self = (FakeKeeping *) keeping;

  note_call (self, not_cached == NULL ? "keep" : "keep-only-artifacts");
  answer_after (self, self->told.keep_time, kept_cb);
}

static gboolean
fake_keeper_inherit (RunnelKeeper *keeper,
                     const char *from_run_dir,
                     const char *from_step,
                     const char *run_dir,
                     const char *step)
{
  return TRUE;
}

static void
fake_keeper_cancel (RunnelKeeper *keeper, RunnelKeeping *keeping)
{
  FakeKeeping *self = (FakeKeeping *) keeping;

  g_assert (self->answer != NULL);

  note_call (self, "cancel");
  self->cancelled = TRUE;
  self->keeper->clock->cancel (self->keeper->clock, self->timer);
  answer_after (self, 0, self->answer);
}

static void
fake_keeper_close (RunnelKeeper *keeper, RunnelKeeping *keeping)
{
  FakeKeeping *self = (FakeKeeping *) keeping;

  g_assert (self->answer == NULL);

  self->keeper->n_open--;
  g_free (self->step);
  g_free (self);
}

static void
fake_keeper_free (RunnelKeeper *keeper)
{
  FakeKeeper *self = (FakeKeeper *) keeper;

  g_hash_table_unref (self->told);
  g_hash_table_unref (self->parts);
  g_hash_table_unref (self->bases);
  g_ptr_array_unref (self->calls);
  g_free (self);
}

/**
 * runnel_fake_keeper_new:
 * @clock: (transfer none): the clock on which it takes its time
 *
 * Returns: (transfer full): a keeper
 */
RunnelKeeper *
runnel_fake_keeper_new (RunnelClock *clock)
{
  FakeKeeper *self = g_new0 (FakeKeeper, 1);

  self->parent.open = fake_keeper_open;
  self->parent.look_up = fake_keeper_look_up;
  self->parent.keep = fake_keeper_keep;
  self->parent.inherit = fake_keeper_inherit;
  self->parent.cancel = fake_keeper_cancel;
  self->parent.close = fake_keeper_close;
  self->parent.free = fake_keeper_free;
  self->clock = clock;
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) json_object_unref);
  self->bases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->calls = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->calls, NULL);
  return &self->parent;
}

/**
 * runnel_fake_keeper_tell:
 * @self: a fake keeper
 * @step: a step's id
 * @kept: what becomes of it; copied, but not what it points to
 */
void
runnel_fake_keeper_tell (RunnelKeeper *self, const char *step, const RunnelFakeKept *kept)
{
  g_hash_table_insert (((FakeKeeper *) self)->told, g_strdup (step),
                       g_memdup2 (kept, sizeof *kept));
}

/**
 * runnel_fake_keeper_get_calls:
 *
 * Returns: (transfer none) (array zero-terminated=1): what was asked, in order
 */
const char *const *
runnel_fake_keeper_get_calls (RunnelKeeper *self)
{
  return (const char *const *) ((FakeKeeper *) self)->calls->pdata;
}

/**
 * runnel_fake_keeper_get_parts:
 *
 * Returns: (transfer none) (nullable): what the result of a step was said to depend on
 */
JsonObject *
runnel_fake_keeper_get_parts (RunnelKeeper *self, const char *step)
{
  return g_hash_table_lookup (((FakeKeeper *) self)->parts, step);
}

/**
 * runnel_fake_keeper_get_base:
 *
 * Returns: (transfer none) (nullable): the folder that the patterns of a step are relative to
 */
const char *
runnel_fake_keeper_get_base (RunnelKeeper *self, const char *step)
{
  return g_hash_table_lookup (((FakeKeeper *) self)->bases, step);
}

/**
 * runnel_fake_keeper_get_open:
 *
 * Returns: how many steps are open
 */
guint
runnel_fake_keeper_get_open (RunnelKeeper *self)
{
  return ((FakeKeeper *) self)->n_open;
}
