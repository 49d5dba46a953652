/* kind-fixture.h: one attempt of a kind, carried out on a main context without a run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <ftw.h>
#include <stdio.h>
#include <string.h>

#include "engine/kinds/runnel-kinds.h"

typedef struct
{
  RunnelExecutor executor;
  RunnelAttempt attempt;
  RunnelTask *task;
  char *run_dir;
  guint n_started;
  guint n_finished;
  gboolean is_starting;    /* inside the kind's start() */
  char *waiting;           /* the reason last told */
  RunnelWaitKind wait_kind;
  RunnelState state;
  char *reason;
  JsonObject *outputs;
} KindFixture;

static void
fixture_started (gpointer user_data,
                 guint    step_index,
                 gint64   pid,
                 gint64   start_time)
{
  KindFixture *self = user_data;

  g_assert_cmpuint (step_index, ==, 7);
  self->n_started++;
}

static void
fixture_waiting (gpointer        user_data,
                 guint           step_index,
                 RunnelWaitKind  kind,
                 const char     *reason)
{
  KindFixture *self = user_data;

  g_free (self->waiting);
  self->waiting = g_strdup (reason);
  self->wait_kind = kind;
}

static void
fixture_finished (gpointer            user_data,
                  guint               step_index,
                  const RunnelResult *result)
{
  KindFixture *self = user_data;

  g_assert_cmpuint (step_index, ==, 7);
  g_assert_false (self->is_starting);
  self->n_finished++;
  self->state = result->state;
  self->reason = g_strdup (result->reason);
  self->outputs = result->outputs ? json_object_ref (result->outputs) : NULL;
}

static const RunnelExecutorCallbacks fixture_callbacks = {
  fixture_started, fixture_waiting, fixture_finished
};

static inline void
fixture_set_up (KindFixture   *self,
                gconstpointer  user_data)
{
  self->executor.callbacks = &fixture_callbacks;
  self->executor.user_data = self;
  self->run_dir = g_dir_make_tmp ("runnel-kind-XXXXXX", NULL);
}

static inline int
fixture_remove (const char        *path,
                const struct stat *status,
                int                type,
                struct FTW        *info)
{
  return remove (path);
}

static inline void
fixture_tear_down (KindFixture   *self,
                   gconstpointer  user_data)
{
  g_assert_cmpuint (self->n_started, ==, 1);
  g_assert_cmpuint (self->n_finished, ==, 1);
  nftw (self->run_dir, fixture_remove, 8, FTW_DEPTH | FTW_PHYS);
  g_free (self->run_dir);
  g_free (self->waiting);
  g_free (self->reason);
  g_clear_pointer (&self->outputs, json_object_unref);
  g_clear_pointer (&self->attempt.with, json_object_unref);
}

/* `with` is JSON with ' in place of ". */
static inline void
fixture_start (KindFixture           *self,
               const RunnelKindClass *klass,
               const char            *with)
{
  g_autofree char *text = g_strdelimit (g_strdup (with), "'", '"');
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  self->attempt.step_index = 7;
  self->attempt.step = "step";
  self->attempt.kind = klass->declaration.name;
  self->attempt.attempt = 1;
  self->attempt.with = json_node_dup_object (node);
  self->attempt.run_dir = self->run_dir;
  self->attempt.log_name = "step.1.log";

  self->is_starting = TRUE;
  self->task = klass->start (&self->executor, &self->attempt);
  self->is_starting = FALSE;
  g_assert_nonnull (self->task);
  g_assert_true (self->task->klass == klass);
}

static inline void
fixture_wait (KindFixture *self)
{
  while (self->n_finished == 0)
    g_main_context_iteration (NULL, TRUE);
}

static inline void
fixture_assert_succeeded (KindFixture *self)
{
  fixture_wait (self);
  g_assert_cmpstr (self->reason, ==, NULL);
  g_assert_cmpint (self->state, ==, RUNNEL_STATE_SUCCEEDED);
}

static inline void
fixture_assert_failed (KindFixture *self,
                       const char  *reason)
{
  fixture_wait (self);
  g_assert_cmpint (self->state, ==, RUNNEL_STATE_FAILED);
  g_assert_nonnull (self->reason);
  g_test_message ("%s", self->reason);
  g_assert_nonnull (strstr (self->reason, reason));
}

static inline void
fixture_assert_output (KindFixture *self,
                       const char  *name,
                       const char  *value)
{
  g_assert_nonnull (self->outputs);
  g_assert_cmpstr (json_object_get_string_member_with_default (self->outputs, name, NULL), ==,
                   value);
}
