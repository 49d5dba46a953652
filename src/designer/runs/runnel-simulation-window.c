/* runnel-simulation-window.c: how a run of a pipeline would go
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/charts/runnel-gantt-pane.h"
#include "designer/runs/runnel-simulation-window.h"
#include "designer/runs/runnel-state-label.h"
#include "engine/runnel-run.h"
#include "history/runnel-history-estimates.h"
#include "simulation/runnel-simulation.h"
#include "util/runnel-task.h"

struct _RunnelSimulationWindow
{
  AdwWindow parent_instance;

  /* Template widgets */
  GtkSpinButton *jobs_button;
  GtkMenuButton *failures_button;
  GtkListBox *failures_list;
  RunnelStateLabel *state_label;
  GtkLabel *figures_label;
  RunnelGanttPane *gantt_pane;

  /* Owned references */
  RunnelPipeline *pipeline; /* a copy: the window outlives the document as it is now */
  JsonObject *parameters;
  GHashTable *failures;     /* ids of steps that are to fail */
  GCancellable *cancellable; /* of the simulation under way */
  char *file;
};

G_DEFINE_FINAL_TYPE (RunnelSimulationWindow, runnel_simulation_window, ADW_TYPE_WINDOW)

/* --- Simulating, in a thread ------------------------------------------------------------- */

typedef struct
{
  RunnelPipeline *pipeline;
  JsonObject *parameters;
  GHashTable *failures;
  char *file;
  guint jobs;
} Order;

static void
order_free (gpointer data)
{
  Order *self = data;

  g_object_unref (self->pipeline);
  g_clear_pointer (&self->parameters, json_object_unref);
  g_hash_table_unref (self->failures);
  g_free (self->file);
  g_free (self);
}

static GHashTable *
copy_set (GHashTable *set)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_insert (copy, g_strdup (id), NULL);
  return copy;
}

static Order *
order_new (RunnelSimulationWindow *self)
{
  Order *order = g_new0 (Order, 1);

  order->pipeline = runnel_pipeline_copy (self->pipeline);
  order->parameters = self->parameters != NULL ? json_object_ref (self->parameters) : NULL;
  order->failures = copy_set (self->failures);
  order->file = g_strdup (self->file);
  order->jobs = gtk_spin_button_get_value_as_int (self->jobs_button);
  return order;
}

/* Without a history there are no estimates, which the window says. */
static GHashTable *
read_estimates (const char *file)
{
  g_autoptr(RunnelHistory) history = file != NULL ? runnel_history_open (NULL, NULL) : NULL;

  return history != NULL ? runnel_history_get_estimates (history, file, NULL) : NULL;
}

static void
simulate_in_thread (GTask        *task,
                    gpointer      source_object,
                    gpointer      task_data,
                    GCancellable *cancellable)
{
  Order *order = task_data;
  g_autoptr(GHashTable) estimates = read_estimates (order->file);
  const RunnelSimulationOptions options = {
    .file = order->file,
    .jobs = order->jobs,
    .parameters = order->parameters,
    .estimates = estimates,
    .failures = order->failures,
  };
  GError *error = NULL;
  RunnelSimulation *simulation = runnel_simulation_new (order->pipeline, &options, &error);

  if (simulation != NULL)
    g_task_return_pointer (task, simulation, (GDestroyNotify) runnel_simulation_free);
  else
    g_task_return_error (task, error);
}

/* --- What is shown ------------------------------------------------------------------------ */

static void
show_simulation (RunnelSimulationWindow *self,
                 RunnelSimulation       *simulation)
{
  g_autofree char *end = runnel_simulation_describe_end (simulation);
  g_autofree char *path = runnel_simulation_describe_path (simulation);
  g_autofree char *peaks = runnel_simulation_describe_peaks (simulation);
  g_autofree char *sources = runnel_simulation_describe_sources (simulation);
  g_autofree char *figures = NULL;

  figures = g_strdup_printf (_("%s.\nCritical path: %s\nAt most at once: %s\nDurations: %s"), end,
                             path, peaks, sources);
  runnel_state_label_set_state (self->state_label, simulation->timing->state);
  gtk_label_set_label (self->figures_label, figures);
  runnel_gantt_pane_set_timing (self->gantt_pane, g_steal_pointer (&simulation->timing));
}

static void
show_error (RunnelSimulationWindow *self,
            const GError           *error)
{
  runnel_state_label_set_state (self->state_label, RUNNEL_STATE_FAILED);
  gtk_label_set_label (self->figures_label, error->message);
  runnel_gantt_pane_set_timing (self->gantt_pane, NULL);
}

static void
simulated_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  RunnelSimulationWindow *self = RUNNEL_SIMULATION_WINDOW (object);
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelSimulation) simulation = g_task_propagate_pointer (G_TASK (result), &error);

  if (simulation != NULL)
    show_simulation (self, simulation);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_error (self, error);
}

/* What is asked for last is what is shown. */
static void
simulate (RunnelSimulationWindow *self)
{
  g_autoptr(GTask) task = NULL;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();

  task = g_task_new (self, self->cancellable, simulated_cb, NULL);
  g_task_set_source_tag (task, simulate);
  g_task_set_task_data (task, order_new (self), order_free);
  runnel_task_run_in_thread (task, simulate_in_thread);
}

static void
failure_toggled_cb (RunnelSimulationWindow *self,
                    GtkCheckButton         *button)
{
  const char *id = gtk_widget_get_name (GTK_WIDGET (button));
  g_autofree char *label = NULL;

  if (gtk_check_button_get_active (button))
    g_hash_table_add (self->failures, g_strdup (id));
  else
    g_hash_table_remove (self->failures, id);

  label = g_strdup_printf (_("Steps That Fail (%u)"), g_hash_table_size (self->failures));
  gtk_menu_button_set_label (self->failures_button, label);
  simulate (self);
}

static void
list_steps (RunnelSimulationWindow *self)
{
  for (guint i = 0; i < runnel_pipeline_get_n_steps (self->pipeline); i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (self->pipeline, i);
      GtkWidget *button = gtk_check_button_new_with_label (runnel_step_get_title (step));

      gtk_widget_set_name (button, step->id);
      g_signal_connect_object (button, "toggled", G_CALLBACK (failure_toggled_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_list_box_append (self->failures_list, button);
    }
}

/* --- The window ---------------------------------------------------------------------------- */

static void
runnel_simulation_window_dispose (GObject *object)
{
  RunnelSimulationWindow *self = RUNNEL_SIMULATION_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUNNEL_TYPE_SIMULATION_WINDOW);
  g_clear_object (&self->pipeline);
  g_clear_pointer (&self->parameters, json_object_unref);

  G_OBJECT_CLASS (runnel_simulation_window_parent_class)->dispose (object);
}

static void
runnel_simulation_window_finalize (GObject *object)
{
  RunnelSimulationWindow *self = RUNNEL_SIMULATION_WINDOW (object);

  g_object_unref (self->cancellable);
  g_hash_table_unref (self->failures);
  g_free (self->file);

  G_OBJECT_CLASS (runnel_simulation_window_parent_class)->finalize (object);
}

static void
runnel_simulation_window_class_init (RunnelSimulationWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = runnel_simulation_window_dispose;
  object_class->finalize = runnel_simulation_window_finalize;

  g_type_ensure (RUNNEL_TYPE_GANTT_PANE);
  g_type_ensure (RUNNEL_TYPE_STATE_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-simulation-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelSimulationWindow, jobs_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelSimulationWindow, failures_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelSimulationWindow, failures_list);
  gtk_widget_class_bind_template_child (widget_class, RunnelSimulationWindow, state_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelSimulationWindow, figures_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelSimulationWindow, gantt_pane);
  gtk_widget_class_bind_template_callback (widget_class, simulate);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
runnel_simulation_window_init (RunnelSimulationWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->failures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * runnel_simulation_window_new:
 * @parent: the window it belongs to
 * @pipeline: what would be run, as it is now
 * @file: (nullable): absolute path of its file, for which the history is asked
 * @parameters: (nullable): values of its parameters
 *
 * Plays runs in time that is made up, each time something is changed in it.
 *
 * Returns: (transfer none): the window, to be presented
 */
GtkWindow *
runnel_simulation_window_new (GtkWindow      *parent,
                              RunnelPipeline *pipeline,
                              const char     *file,
                              JsonObject     *parameters)
{
  RunnelSimulationWindow *self = g_object_new (RUNNEL_TYPE_SIMULATION_WINDOW, NULL);

  gtk_window_set_transient_for (GTK_WINDOW (self), parent);
  self->pipeline = runnel_pipeline_copy (pipeline);
  self->file = g_strdup (file);
  self->parameters = parameters != NULL ? json_object_ref (parameters) : NULL;
  list_steps (self);
  /* The change of the value is what simulates for the first time. */
  gtk_spin_button_set_value (self->jobs_button, runnel_run_choose_jobs (pipeline, 0));
  return GTK_WINDOW (self);
}
