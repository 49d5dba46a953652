/* runnel-machine-settings.c: the settings of this machine, for widgets that show and change them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runnel-machine-settings.h"
#include "util/runnel-task.h"

struct _RunnelMachineSettings
{
  GObject parent_instance;

  GQueue orders;        /* of Order, to be done one after the other: or an earlier value could win,
                         * and what was read before a write be told behind it */
  gboolean is_busy;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (RunnelMachineSettings, runnel_machine_settings, G_TYPE_OBJECT)

enum { LOADED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef struct
{
  char *key;       /* NULL = the files are read */
  JsonNode *value; /* NULL takes it out */
} Order;

static void work_next (RunnelMachineSettings *self);

static void
order_free (gpointer data)
{
  Order *self = data;

  g_free (self->key);
  g_clear_pointer (&self->value, json_node_unref);
  g_free (self);
}

/* --- Reading --- */

static void
load_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_task_return_pointer (task, runnel_settings_load (), (GDestroyNotify) runnel_settings_free);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RunnelMachineSettings *self = RUNNEL_MACHINE_SETTINGS (object);
  g_autoptr(RunnelSettings) settings = g_task_propagate_pointer (G_TASK (result), NULL);

  self->is_busy = FALSE;
  if (settings)
    g_signal_emit (self, signals[LOADED], 0, settings);
  work_next (self);
}

/**
 * runnel_machine_settings_load:
 *
 * Reads the files after what was to be written before, and emits "loaded".
 */
void
runnel_machine_settings_load (RunnelMachineSettings *self)
{
  const Order *last;

  g_return_if_fail (RUNNEL_IS_MACHINE_SETTINGS (self));

  last = g_queue_peek_tail (&self->orders);
  if (!last || last->key)
    g_queue_push_tail (&self->orders, g_new0 (Order, 1));
  work_next (self);
}

/* --- Writing --- */

static void
write_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  const Order *order = task_data;
  GError *error = NULL;

  if (runnel_settings_set (order->key, order->value, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  RunnelMachineSettings *self = RUNNEL_MACHINE_SETTINGS (object);
  g_autoptr(GError) error = NULL;
  gboolean is_written = g_task_propagate_boolean (G_TASK (result), &error);

  self->is_busy = FALSE;
  if (is_written)
    runnel_machine_settings_load (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error->message);
  work_next (self);
}

static void
work_next (RunnelMachineSettings *self)
{
  Order *order = self->is_busy ? NULL : g_queue_pop_head (&self->orders);
  g_autoptr(GTask) task = NULL;

  if (!order)
    return;
  self->is_busy = TRUE;
  task = g_task_new (self, self->cancellable, order->key ? written_cb : loaded_cb, NULL);
  g_task_set_source_tag (task, work_next);
  g_task_set_task_data (task, order, order_free);
  runnel_task_run_in_thread (task, order->key ? write_thread : load_thread);
}

/**
 * runnel_machine_settings_set:
 * @key: as for runnel_settings_set()
 * @value: (nullable) (transfer full): its value; %NULL takes it out of the user's file
 *
 * Writes it after what was to be written before. When all is written the settings are loaded
 * again; "failed" says what went wrong.
 */
void
runnel_machine_settings_set (RunnelMachineSettings *self,
                             const char            *key,
                             JsonNode              *value)
{
  Order *order;

  g_return_if_fail (RUNNEL_IS_MACHINE_SETTINGS (self));

  order = g_new0 (Order, 1);
  order->key = g_strdup (key);
  order->value = value;
  g_queue_push_tail (&self->orders, order);
  work_next (self);
}

/* --- The object --- */

/**
 * runnel_machine_settings_stop:
 *
 * Emits no more. What was to be written is written to its end.
 */
void
runnel_machine_settings_stop (RunnelMachineSettings *self)
{
  g_return_if_fail (RUNNEL_IS_MACHINE_SETTINGS (self));

  g_cancellable_cancel (self->cancellable);
}

static void
runnel_machine_settings_dispose (GObject *object)
{
  runnel_machine_settings_stop (RUNNEL_MACHINE_SETTINGS (object));
  G_OBJECT_CLASS (runnel_machine_settings_parent_class)->dispose (object);
}

static void
runnel_machine_settings_finalize (GObject *object)
{
  g_object_unref (RUNNEL_MACHINE_SETTINGS (object)->cancellable);
  G_OBJECT_CLASS (runnel_machine_settings_parent_class)->finalize (object);
}

static void
runnel_machine_settings_class_init (RunnelMachineSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_machine_settings_dispose;
  object_class->finalize = runnel_machine_settings_finalize;

  /* With a RunnelSettings, to be read until the handler returns. */
  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  /* With a sentence. */
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
runnel_machine_settings_init (RunnelMachineSettings *self)
{
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->orders);
}

/**
 * runnel_machine_settings_new:
 *
 * Returns: (transfer full): settings that are not loaded yet
 */
RunnelMachineSettings *
runnel_machine_settings_new (void)
{
  return g_object_new (RUNNEL_TYPE_MACHINE_SETTINGS, NULL);
}
