/* runnel-timing-maker.c: makes timings of what is known of a run, off the main thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run with ten thousand steps that goes on is known anew several times a second. One timing is
 * made at a time; of what becomes known meanwhile the newest waits, and the rest is forgotten.
 */
#include "config.h"

#include "charts/runnel-resource-curves.h"
#include "designer/charts/runnel-timing-maker.h"
#include "util/runnel-task.h"

/* What a timing is made of. Nobody changes it any more. */
typedef struct
{
  RunnelRunRecord *run;
  GPtrArray *steps;
  RunnelPipeline *pipeline; /* or NULL */
  GPtrArray *family;
} Facts;

struct _RunnelTimingMaker
{
  GObject parent_instance;

  GCancellable *cancellable;
  Facts *next;      /* what the next timing is made of; NULL = none is wanted */
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (RunnelTimingMaker, runnel_timing_maker, G_TYPE_OBJECT)

static guint made_signal;

static void
facts_free (Facts *self)
{
  runnel_run_record_free (self->run);
  g_ptr_array_unref (self->steps);
  g_clear_object (&self->pipeline);
  g_ptr_array_unref (self->family);
  g_free (self);
}

static void
make_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  const Facts *facts = task_data;
  gint64 now = g_get_real_time ();
  RunnelTiming *timing = runnel_timing_new (facts->run, facts->steps, facts->pipeline, now);

  runnel_timing_nest_family (timing, facts->family, now);
  runnel_resource_curves_get (timing); /* which stands below it, and takes as long */
  g_task_return_pointer (task, timing, (GDestroyNotify) runnel_timing_unref);
}

static void begin (RunnelTimingMaker *self);

static void
made_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  RunnelTimingMaker *self = RUNNEL_TIMING_MAKER (object);
  g_autoptr(RunnelTiming) timing = g_task_propagate_pointer (G_TASK (result), NULL);

  self->is_busy = FALSE;
  if (timing == NULL) /* nobody is there any more */
    return;
  begin (self);
  g_signal_emit (self, made_signal, 0, timing);
}

static void
begin (RunnelTimingMaker *self)
{
  g_autoptr(GTask) task = NULL;

  if (self->is_busy || self->next == NULL)
    return;
  self->is_busy = TRUE;
  task = g_task_new (self, self->cancellable, made_cb, NULL);
  g_task_set_source_tag (task, begin);
  g_task_set_task_data (task, g_steal_pointer (&self->next), (GDestroyNotify) facts_free);
  runnel_task_run_in_thread (task, make_in_thread);
}

static void
runnel_timing_maker_dispose (GObject *object)
{
  RunnelTimingMaker *self = RUNNEL_TIMING_MAKER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->next, facts_free);

  G_OBJECT_CLASS (runnel_timing_maker_parent_class)->dispose (object);
}

static void
runnel_timing_maker_finalize (GObject *object)
{
  g_object_unref (RUNNEL_TIMING_MAKER (object)->cancellable);

  G_OBJECT_CLASS (runnel_timing_maker_parent_class)->finalize (object);
}

static void
runnel_timing_maker_class_init (RunnelTimingMakerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = runnel_timing_maker_dispose;
  G_OBJECT_CLASS (klass)->finalize = runnel_timing_maker_finalize;

  made_signal = g_signal_new ("made", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
runnel_timing_maker_init (RunnelTimingMaker *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * runnel_timing_maker_new:
 *
 * It says nothing more once it was disposed, see g_object_run_dispose().
 *
 * Returns: (transfer full): a maker
 */
RunnelTimingMaker *
runnel_timing_maker_new (void)
{
  return g_object_new (RUNNEL_TYPE_TIMING_MAKER, NULL);
}

/**
 * runnel_timing_maker_make:
 * @self: a maker
 * @run: a run; copied
 * @steps: (element-type RunnelStepRecord): its steps, which nobody may change any more
 * @pipeline: (nullable): as it ran, which nobody may change any more
 * @family: (element-type RunnelInnerRun): the runs inside of it, which nobody may change any more
 *
 * Takes the place of what was asked for before and is not begun. “made” brings the timing.
 */
void
runnel_timing_maker_make (RunnelTimingMaker     *self,
                          const RunnelRunRecord *run,
                          GPtrArray             *steps,
                          RunnelPipeline        *pipeline,
                          GPtrArray             *family)
{
  g_return_if_fail (RUNNEL_IS_TIMING_MAKER (self));
  g_return_if_fail (run != NULL && steps != NULL && family != NULL);

  g_clear_pointer (&self->next, facts_free);
  self->next = g_new0 (Facts, 1);
  self->next->run = runnel_run_record_copy (run);
  self->next->steps = g_ptr_array_ref (steps);
  g_set_object (&self->next->pipeline, pipeline);
  self->next->family = g_ptr_array_ref (family);
  begin (self);
}
