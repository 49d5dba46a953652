/* runnel-portability-watch.c: keeps what other systems make of a document up to date
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/interchange/runnel-portability-watch.h"
#include "interchange/runnel-export.h"
#include "util/runnel-task.h"

struct _RunnelPortabilityWatch
{
  GObject parent_instance;

  RunnelChecker *checker;
  RunnelPortability *portability; /* of the last look that ended well, or NULL */
  char *obstacle;                 /* why the last one did not, or NULL */
  GCancellable *cancellable;      /* of the look under way */
};

enum
{
  JUDGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelPortabilityWatch, runnel_portability_watch, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
judge_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  RunnelPipeline *pipeline = task_data;
  GError *error = NULL;
  g_autoptr(RunnelFlow) flow = runnel_flow_new (pipeline, NULL, &error);
  g_autoptr(GPtrArray) targets = runnel_portability_list_targets ();
  const RunnelExportOptions options = {
    .default_image = RUNNEL_EXPORT_IMAGE,
    .command = "runnel",
  };

  if (flow != NULL)
    g_task_return_pointer (task, runnel_portability_new (flow, targets, &options),
                           (GDestroyNotify) runnel_portability_unref);
  else
    g_task_return_error (task, error);
}

static void
judged_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RunnelPortabilityWatch *self = RUNNEL_PORTABILITY_WATCH (object);
  /* json-glib wants it freed in the thread it was made in, and the task may end elsewhere. */
  g_autoptr(RunnelPipeline) pipeline = user_data;
  g_autoptr(GError) error = NULL;
  RunnelPortability *portability = g_task_propagate_pointer (G_TASK (result), &error);

  /* Cancelled: a later change began another look. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_pointer (&self->obstacle, g_free);
  g_clear_pointer (&self->portability, runnel_portability_unref);
  self->portability = portability;
  self->obstacle = error ? g_strdup (error->message) : NULL;
  g_signal_emit (self, signals[JUDGED], 0);
}

static void
checked_cb (RunnelPortabilityWatch *self)
{
  RunnelPipeline *pipeline = runnel_checker_get_pipeline (self->checker);
  g_autoptr(GTask) task = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (!pipeline)
    return;
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, judged_cb, g_object_ref (pipeline));
  g_task_set_source_tag (task, checked_cb);
  g_task_set_task_data (task, pipeline, NULL);
  runnel_task_run_in_thread (task, judge_in_thread);
}

static void
runnel_portability_watch_dispose (GObject *object)
{
  RunnelPortabilityWatch *self = RUNNEL_PORTABILITY_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->checker);
  G_OBJECT_CLASS (runnel_portability_watch_parent_class)->dispose (object);
}

static void
runnel_portability_watch_finalize (GObject *object)
{
  RunnelPortabilityWatch *self = RUNNEL_PORTABILITY_WATCH (object);

  g_clear_pointer (&self->portability, runnel_portability_unref);
  g_free (self->obstacle);
  G_OBJECT_CLASS (runnel_portability_watch_parent_class)->finalize (object);
}

static void
runnel_portability_watch_class_init (RunnelPortabilityWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_portability_watch_dispose;
  object_class->finalize = runnel_portability_watch_finalize;

  signals[JUDGED] = g_signal_new ("judged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
runnel_portability_watch_init (RunnelPortabilityWatch *self)
{
}

/**
 * runnel_portability_watch_new:
 * @checker: the checker of a document
 *
 * Looks at the document each time it was checked, in a thread.
 *
 * Returns: (transfer full): the watch
 */
RunnelPortabilityWatch *
runnel_portability_watch_new (RunnelChecker *checker)
{
  RunnelPortabilityWatch *self;

  g_return_val_if_fail (RUNNEL_IS_CHECKER (checker), NULL);

  self = g_object_new (RUNNEL_TYPE_PORTABILITY_WATCH, NULL);
  self->checker = g_object_ref (checker);
  g_signal_connect_object (checker, "checked", G_CALLBACK (checked_cb), self, G_CONNECT_SWAPPED);
  checked_cb (self);
  return self;
}

/**
 * runnel_portability_watch_get_portability:
 *
 * Returns: (transfer none) (nullable): what was found last, valid until "judged"; %NULL before the
 *   first time, and when there is an obstacle
 */
RunnelPortability *
runnel_portability_watch_get_portability (RunnelPortabilityWatch *self)
{
  g_return_val_if_fail (RUNNEL_IS_PORTABILITY_WATCH (self), NULL);

  return self->portability;
}

/**
 * runnel_portability_watch_get_obstacle:
 *
 * Returns: (transfer none) (nullable): why no system could make anything of the document
 */
const char *
runnel_portability_watch_get_obstacle (RunnelPortabilityWatch *self)
{
  g_return_val_if_fail (RUNNEL_IS_PORTABILITY_WATCH (self), NULL);

  return self->obstacle;
}
