/* runnel-breaker-status.c: how the breaker of a step stands, and a button to close it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/inspector/runnel-breaker-status.h"
#include "engine/limits/runnel-breakers.h"
#include "engine/limits/runnel-state-dir.h"
#include "util/runnel-task.h"

struct _RunnelBreakerStatus
{
  AdwBin parent_instance;

  GtkLabel *label;
  GtkButton *button;

  char *folder;
  char *file;               /* NULL as long as the document has none */
  char *step;
  GFileMonitor *monitor;    /* of the folder, while the status is on the screen */
  GCancellable *cancellable; /* of what is read now */
};

G_DEFINE_FINAL_TYPE (RunnelBreakerStatus, runnel_breaker_status, ADW_TYPE_BIN)

/* What a thread works with. */
typedef struct
{
  char *folder;
  char *file;
  char *step;
} Order;

static void
order_free (gpointer data)
{
  Order *self = data;

  g_free (self->folder);
  g_free (self->file);
  g_free (self->step);
  g_free (self);
}

static GTask *
task_new (RunnelBreakerStatus *self,
          GAsyncReadyCallback  callback)
{
  GTask *task = g_task_new (self, self->cancellable, callback, NULL);
  Order *order = g_new0 (Order, 1);

  order->folder = g_strdup (self->folder);
  order->file = g_strdup (self->file);
  order->step = g_strdup (self->step);
  g_task_set_task_data (task, order, order_free);
  return task;
}

/* --- Reading --- */

static void
read_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Order *order = task_data;
  g_autoptr(GPtrArray) records = runnel_breakers_list (order->folder, order->file, NULL);

  for (guint i = 0; records && i < records->len; i++)
    {
      const RunnelBreakerRecord *record = g_ptr_array_index (records, i);

      if (g_str_equal (record->step, order->step))
        {
          g_task_return_pointer (task, g_memdup2 (&record->breaker, sizeof record->breaker), g_free);
          return;
        }
    }
  g_task_return_pointer (task, NULL, NULL);
}

static void
show_breaker (RunnelBreakerStatus *self,
              const RunnelBreaker *breaker)
{
  gint64 now = g_get_real_time ();
  gboolean is_closed = runnel_breaker_get_state (breaker, now) == RUNNEL_BREAKER_CLOSED;
  g_autofree char *state = runnel_breaker_describe (breaker, now);
  /* Translators: how a breaker stands, such as "open since 13:05 after 3 failures in a row" */
  g_autofree char *text = g_strdup_printf (_("The breaker is %s."), state);

  gtk_label_set_label (self->label, text);
  if (is_closed)
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "warning");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "warning");
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), TRUE);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  RunnelBreakerStatus *self = RUNNEL_BREAKER_STATUS (object);
  g_autoptr(GError) error = NULL;
  g_autofree RunnelBreaker *breaker = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (breaker)
    show_breaker (self, breaker);
  gtk_widget_set_visible (GTK_WIDGET (self), breaker != NULL);
}

static void
update (RunnelBreakerStatus *self)
{
  g_autoptr(GTask) task = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (!self->file)
    {
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }
  self->cancellable = g_cancellable_new ();
  task = task_new (self, read_cb);
  runnel_task_run_in_thread (task, read_thread);
}

/* --- Closing the breaker --- */

static void
reset_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Order *order = task_data;
  GError *error = NULL;

  if (runnel_breakers_reset (order->folder, order->file, order->step, &error) < 0)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
reset_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  RunnelBreakerStatus *self = RUNNEL_BREAKER_STATUS (object);
  g_autoptr(GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    update (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      gtk_label_set_label (self->label, error->message);
      gtk_widget_set_sensitive (GTK_WIDGET (self->button), TRUE);
    }
}

static void
reset (RunnelBreakerStatus *self)
{
  g_autoptr(GTask) task = task_new (self, reset_cb);

  gtk_widget_set_sensitive (GTK_WIDGET (self->button), FALSE);
  runnel_task_run_in_thread (task, reset_thread);
}

/* --- The widget --- */

static void
watch (RunnelBreakerStatus *self)
{
  g_autoptr(GFile) folder = g_file_new_for_path (self->folder);

  if (self->monitor)
    return;
  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
}

static void
runnel_breaker_status_dispose (GObject *object)
{
  RunnelBreakerStatus *self = RUNNEL_BREAKER_STATUS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (runnel_breaker_status_parent_class)->dispose (object);
}

static void
runnel_breaker_status_finalize (GObject *object)
{
  RunnelBreakerStatus *self = RUNNEL_BREAKER_STATUS (object);

  g_free (self->folder);
  g_free (self->file);
  g_free (self->step);
  G_OBJECT_CLASS (runnel_breaker_status_parent_class)->finalize (object);
}

static void
runnel_breaker_status_class_init (RunnelBreakerStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_breaker_status_dispose;
  object_class->finalize = runnel_breaker_status_finalize;
}

static void
runnel_breaker_status_init (RunnelBreakerStatus *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->folder = runnel_state_dir_get ("breakers");
  self->label = GTK_LABEL (gtk_label_new (NULL));
  self->button = GTK_BUTTON (gtk_button_new_with_mnemonic (_("_Reset")));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button),
                               _("Forget the failures, so that the next run tries the step"));
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (reset), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->button));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * runnel_breaker_status_new:
 *
 * Returns: (transfer floating): a status of no step yet
 */
GtkWidget *
runnel_breaker_status_new (void)
{
  return g_object_new (RUNNEL_TYPE_BREAKER_STATUS, NULL);
}

/**
 * runnel_breaker_status_set_step:
 * @file: (nullable): the file of the pipeline, %NULL when it was never saved
 * @step: the id of a step of it
 *
 * Shows how the step's breaker stands, now and whenever that changes.
 */
void
runnel_breaker_status_set_step (RunnelBreakerStatus *self,
                                GFile               *file,
                                const char          *step)
{
  const char *path = file ? g_file_peek_path (file) : NULL;

  g_return_if_fail (RUNNEL_IS_BREAKER_STATUS (self));

  if (g_strcmp0 (self->file, path) == 0 && g_strcmp0 (self->step, step) == 0)
    return;
  g_free (self->file);
  g_free (self->step);
  self->file = path ? g_canonicalize_filename (path, NULL) : NULL;
  self->step = g_strdup (step);
  watch (self);
  update (self);
}
