/* runnel-run-page-load.c: reads the run of a run page, and again while it goes on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runs/runnel-designer-history.h"
#include "designer/runs/runnel-run-page-private.h"
#include "history/runnel-history-family.h"
#include "util/runnel-task.h"

/* The history follows a run in batches; asking more often than it writes is of no use. */
#define RELOAD_DELAY_MS 150

static gboolean
reload_cb (gpointer user_data)
{
  RunnelRunPage *self = user_data;

  self->reload_timeout = 0;
  _runnel_run_page_load (self);
  return G_SOURCE_REMOVE;
}

static void
queue_reload (RunnelRunPage *self)
{
  if (self->reload_timeout == 0)
    self->reload_timeout = g_timeout_add (RELOAD_DELAY_MS, reload_cb, self);
}

static void
update_progress (RunnelRunPage *self)
{
  double progress = runnel_run_monitor_get_progress (self->monitor);

  if (runnel_run_monitor_is_finished (self->monitor))
    runnel_page_set_progress (RUNNEL_PAGE (self), -1, NULL);
  else
    {
      const char *hold = runnel_run_monitor_get_hold (self->monitor);

      runnel_page_set_progress (RUNNEL_PAGE (self), progress, hold != NULL ? hold : _("Running"));
    }
}

/* Whether the run is under way is what the monitor knows, which hears the run itself. */
static void
update_holds (RunnelRunPage *self)
{
  gboolean live = self->monitor != NULL && !runnel_run_monitor_is_finished (self->monitor);
  gboolean paused = live && runnel_run_monitor_is_paused (self->monitor);

  gtk_widget_set_visible (GTK_WIDGET (self->pause_button), live && !paused);
  gtk_widget_set_visible (GTK_WIDGET (self->resume_button), paused);
  _runnel_run_page_update_step_holds (self);
}

static void
monitor_changed_cb (RunnelRunPage *self)
{
  update_progress (self);
  update_holds (self);
  queue_reload (self);
}

static void
follow (RunnelRunPage *self)
{
  self->monitor = runnel_run_monitor_new (self->run);
  g_signal_connect_object (self->monitor, "changed", G_CALLBACK (monitor_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor, "step-changed", G_CALLBACK (_runnel_run_page_update_step_holds), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor, "refused", G_CALLBACK (_runnel_run_page_message_cb), self,
                           G_CONNECT_SWAPPED);
  runnel_approval_bar_set_monitor (self->approval_bar, self->monitor);
}

static void
artifacts_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  RunnelRunPage *self = user_data;
  g_autoptr(GError) error = NULL;
  GPtrArray *artifacts =
    runnel_history_service_list_artifacts_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the page may be gone */
  if (artifacts == NULL)
    {
      _runnel_run_page_show_error (self, error);
      return;
    }

  g_clear_pointer (&self->artifacts, g_ptr_array_unref);
  self->artifacts = artifacts;
  runnel_timing_maker_make (self->timing_maker, self->record, self->steps, self->pipeline,
                            self->family);
  if (self->monitor == NULL && !_runnel_run_page_is_over (self))
    follow (self);
}

static void
family_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RunnelRunPage *self = user_data;
  g_autoptr(GError) error = NULL;
  GPtrArray *family =
    runnel_history_service_list_family_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (family == NULL)
    {
      _runnel_run_page_show_error (self, error);
      return;
    }

  g_clear_pointer (&self->family, g_ptr_array_unref);
  self->family = family;
  runnel_history_service_list_artifacts_async (RUNNEL_HISTORY_SERVICE (object), self->run,
                                               self->cancellable, artifacts_cb, self);
}

static void
steps_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  RunnelRunPage *self = user_data;
  g_autoptr(GError) error = NULL;
  GPtrArray *steps =
    runnel_history_service_get_steps_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the page may be gone */
  if (steps == NULL)
    {
      _runnel_run_page_show_error (self, error);
      return;
    }

  g_clear_pointer (&self->steps, g_ptr_array_unref);
  self->steps = steps;
  runnel_history_service_list_family_async (RUNNEL_HISTORY_SERVICE (object), self->run,
                                            self->cancellable, family_cb, self);
}

static void
run_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  RunnelRunPage *self = user_data;
  g_autoptr(GError) error = NULL;
  RunnelRunRecord *record =
    runnel_history_service_get_run_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (record == NULL)
    {
      _runnel_run_page_show_error (self, error);
      return;
    }

  g_clear_pointer (&self->record, runnel_run_record_free);
  self->record = record;
  runnel_history_service_get_steps_async (RUNNEL_HISTORY_SERVICE (object), self->run,
                                          self->cancellable, steps_cb, self);
}

void
_runnel_run_page_load (RunnelRunPage *self)
{
  runnel_history_service_get_run_async (runnel_designer_get_history (), self->run,
                                        self->cancellable, run_cb, self);
}

/* The pipeline tells which step waited for which. Without it, as when the history holds a text
 * that this version can't read, the bars are still there. */
static void
parse_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  g_task_return_pointer (task, runnel_pipeline_new_from_text (task_data, -1, NULL, NULL),
                         g_object_unref);
}

static void
parsed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RunnelRunPage *self = RUNNEL_RUN_PAGE (object);

  self->pipeline = g_task_propagate_pointer (G_TASK (result), NULL);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  runnel_run_canvas_set_pipeline (self->canvas, self->pipeline);
  _runnel_run_page_load (self);
}

static void
text_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  RunnelRunPage *self = user_data;
  g_autoptr(GError) error = NULL;
  char *text =
    runnel_history_service_get_text_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (text == NULL)
    {
      _runnel_run_page_show_error (self, error);
      return;
    }

  self->text = text;
  g_autoptr(GTask) task = g_task_new (self, NULL, parsed_cb, NULL);
  g_task_set_source_tag (task, text_cb);
  g_task_set_task_data (task, g_strdup (text), g_free);
  runnel_task_run_in_thread (task, parse_in_thread);
}

/* The first reading: the pipeline as it ran is the same ever after. */
void
_runnel_run_page_begin (RunnelRunPage *self)
{
  runnel_history_service_get_text_async (runnel_designer_get_history (), self->run,
                                         self->cancellable, text_cb, self);
}
