/* runnel-run-forecast.c: what earlier runs tell of the steps of a pipeline, on its canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runs/runnel-run-forecast.h"
#include "history/runnel-history-trends.h"
#include "util/runnel-format.h"

#define TICK_MS 500
#define MAX_PROGRESS 0.98 /* nobody knows that a step is done before it is */

/* A step that runs now. */
typedef struct
{
  gint64 started; /* microseconds since 1970 */
  char *text;     /* what is said of it anyway */
} RunningStep;

struct _RunnelRunForecast
{
  GObject parent_instance;

  /* Borrowed references: who owns this object owns or outlives them */
  RunnelCanvas *canvas;

  /* Owned references */
  RunnelHistoryService *history;
  GFile *file;               /* NULL: nothing is known */
  GCancellable *cancellable; /* of what is being read */
  GHashTable *trends;        /* char * to RunnelTrend *, or NULL */
  GHashTable *running;       /* char * to RunningStep * */

  guint tick_id;             /* source id, 0 = none */
};

G_DEFINE_FINAL_TYPE (RunnelRunForecast, runnel_run_forecast, G_TYPE_OBJECT)

static void
running_step_free (gpointer data)
{
  RunningStep *self = data;

  g_free (self->text);
  g_free (self);
}

/**
 * runnel_run_forecast_describe:
 * @elapsed: for how long a step has been running, microseconds
 * @usual: how long it usually takes, microseconds; -1 = not known
 *
 * Returns: (transfer full): what to expect, "12 s left"
 */
char *
runnel_run_forecast_describe (gint64 elapsed,
                              gint64 usual)
{
  const gint64 tolerance = MAX (usual / 10, G_TIME_SPAN_SECOND);
  gint64 over = elapsed - usual;
  g_autofree char *duration = NULL;

  if (usual < 0)
    return runnel_format_duration_roughly (elapsed);

  if (over >= -G_TIME_SPAN_SECOND && over < tolerance)
    return g_strdup (_("almost done"));

  duration = runnel_format_duration_roughly (ABS (over));
  /* translators: how long a step will probably run */
  return over < 0 ? g_strdup_printf (_("%s left"), duration)
                  /* translators: how much longer than usual a step has been running */
                  : g_strdup_printf (_("%s over usual"), duration);
}

static void
show_running (RunnelRunForecast *self,
              const char        *id,
              const RunningStep *step)
{
  const RunnelTrend *trend = self->trends != NULL ? g_hash_table_lookup (self->trends, id) : NULL;
  const gint64 usual = runnel_trend_get_usual (trend);
  const gint64 elapsed = MAX (g_get_real_time () - step->started, 0);
  g_autofree char *forecast = runnel_run_forecast_describe (elapsed, usual);
  /* translators: "Running: 12 s left" */
  g_autofree char *text = g_strdup_printf (_("%s: %s"), step->text, forecast);
  double progress = -1;

  if (usual > 0)
    progress = MIN ((double) elapsed / usual, MAX_PROGRESS);
  runnel_canvas_set_step_progress (self->canvas, id, progress, text);
}

static gboolean
tick_cb (gpointer user_data)
{
  RunnelRunForecast *self = user_data;
  GHashTableIter iter;
  const char *id;
  const RunningStep *step;

  g_hash_table_iter_init (&iter, self->running);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, (gpointer *) &step))
    show_running (self, id, step);

  return G_SOURCE_CONTINUE;
}

static void
update_tick (RunnelRunForecast *self)
{
  if (g_hash_table_size (self->running) == 0)
    g_clear_handle_id (&self->tick_id, g_source_remove);
  else if (self->tick_id == 0)
    self->tick_id = g_timeout_add (TICK_MS, tick_cb, self);
}

static void
set_trends (RunnelRunForecast *self,
            GHashTable        *trends)
{
  g_clear_pointer (&self->trends, g_hash_table_unref);
  self->trends = trends;
  runnel_canvas_set_trends (self->canvas, trends);
}

/* A history that can't be read tells nothing; the pages that show it say why. */
static void
trends_read_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(RunnelRunForecast) self = user_data;
  g_autoptr(GError) error = NULL;
  GHashTable *trends =
    runnel_history_service_get_trends_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (trends != NULL)
    set_trends (self, trends);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("No trends: %s", error->message);
}

static void
runnel_run_forecast_dispose (GObject *object)
{
  RunnelRunForecast *self = RUNNEL_RUN_FORECAST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tick_id, g_source_remove);

  G_OBJECT_CLASS (runnel_run_forecast_parent_class)->dispose (object);
}

static void
runnel_run_forecast_finalize (GObject *object)
{
  RunnelRunForecast *self = RUNNEL_RUN_FORECAST (object);

  g_clear_object (&self->history);
  g_clear_object (&self->file);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->trends, g_hash_table_unref);
  g_clear_pointer (&self->running, g_hash_table_unref);

  G_OBJECT_CLASS (runnel_run_forecast_parent_class)->finalize (object);
}

static void
runnel_run_forecast_class_init (RunnelRunForecastClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_run_forecast_dispose;
  object_class->finalize = runnel_run_forecast_finalize;
}

static void
runnel_run_forecast_init (RunnelRunForecast *self)
{
  self->cancellable = g_cancellable_new ();
  self->running = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, running_step_free);
}

/**
 * runnel_run_forecast_new:
 * @canvas: where the steps are shown; not referenced
 * @history: what earlier runs are read from
 *
 * Returns: (transfer full): a forecast that knows nothing before it is given a file
 */
RunnelRunForecast *
runnel_run_forecast_new (RunnelCanvas         *canvas,
                         RunnelHistoryService *history)
{
  RunnelRunForecast *self;

  g_return_val_if_fail (RUNNEL_IS_CANVAS (canvas), NULL);
  g_return_val_if_fail (RUNNEL_IS_HISTORY_SERVICE (history), NULL);

  self = g_object_new (RUNNEL_TYPE_RUN_FORECAST, NULL);
  self->canvas = canvas;
  self->history = g_object_ref (history);
  return self;
}

/**
 * runnel_run_forecast_set_file:
 * @file: (nullable): the pipeline's file, %NULL for one that was never saved
 *
 * Reads what the history knows of this file, unless that is the file already.
 */
void
runnel_run_forecast_set_file (RunnelRunForecast *self,
                              GFile             *file)
{
  g_return_if_fail (RUNNEL_IS_RUN_FORECAST (self));
  g_return_if_fail (file == NULL || G_IS_FILE (file));

  if (self->file == file || (self->file != NULL && file != NULL && g_file_equal (self->file, file)))
    return;

  g_set_object (&self->file, file);
  set_trends (self, NULL);
  runnel_run_forecast_reload (self);
}

/**
 * runnel_run_forecast_reload:
 *
 * Reads the history again, as a run has ended.
 */
void
runnel_run_forecast_reload (RunnelRunForecast *self)
{
  const char *path;

  g_return_if_fail (RUNNEL_IS_RUN_FORECAST (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  path = self->file != NULL ? g_file_peek_path (self->file) : NULL;
  if (path != NULL)
    runnel_history_service_get_trends_async (self->history, path, self->cancellable,
                                             trends_read_cb, g_object_ref (self));
}

/**
 * runnel_run_forecast_show_step:
 * @step: how a step of the run stands
 * @text: what the card says of it, translated
 *
 * Shows the state of the step, and while it runs, how far it is.
 */
void
runnel_run_forecast_show_step (RunnelRunForecast      *self,
                               const RunnelStepStatus *step,
                               const char             *text)
{
  g_return_if_fail (RUNNEL_IS_RUN_FORECAST (self));
  g_return_if_fail (step != NULL && text != NULL);

  runnel_canvas_set_step_state (self->canvas, step->id, step->state, text);

  /* The bar of a matrix tells how far its legs are. */
  if (step->state == RUNNEL_STATE_RUNNING && step->started > 0 &&
      runnel_legs_count (&step->legs) == 0)
    {
      RunningStep *running = g_new0 (RunningStep, 1);

      running->started = step->started;
      running->text = g_strdup (text);
      g_hash_table_replace (self->running, g_strdup (step->id), running);
      show_running (self, step->id, running);
    }
  else
    {
      g_hash_table_remove (self->running, step->id);
    }

  update_tick (self);
}

/**
 * runnel_run_forecast_stop:
 *
 * No step runs any more, whatever was said of it last.
 */
void
runnel_run_forecast_stop (RunnelRunForecast *self)
{
  g_return_if_fail (RUNNEL_IS_RUN_FORECAST (self));

  g_hash_table_remove_all (self->running);
  update_tick (self);
}
