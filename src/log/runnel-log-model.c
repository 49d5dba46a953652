/* runnel-log-model.c: a log as it is shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "log/runnel-log-model-private.h"
#include "log/runnel-log-packed.h"
#include "util/runnel-task.h"

#define REFRESH_MS 150 /* while it is live */

G_DEFINE_FINAL_TYPE (RunnelLogModel, runnel_log_model, G_TYPE_OBJECT)

static guint changed_signal;

/* Other lines may be shown than before. */
void
runnel_log_model_rows_changed (gpointer model)
{
  RunnelLogModel *self = model;

  self->rows_are_stale = TRUE;
  g_signal_emit (self, changed_signal, 0);
}

/* Something looks otherwise, or is known. */
void
runnel_log_model_found (gpointer model)
{
  g_signal_emit (model, changed_signal, 0);
}

/* --- Counting lines ------------------------------------------------------------------------ */

static void
count_lines (RunnelLogSource *source,
             RunnelLogBlock  *block,
             guint64          number,
             guint64          size,
             gpointer         item,
             gpointer         work_data)
{
  *(guint32 *) item = runnel_log_block_n_lines (block);
}

static void
lines_counted (guint64  first,
               gpointer items,
               guint    n_items,
               gpointer user_data)
{
  RunnelLogModel *self = user_data;
  const guint32 *counts = items;
  guint64 n_blocks = runnel_log_index_get_size (self->lines);

  for (guint i = 0; i < n_items && first + i < n_blocks; i++)
    runnel_log_index_set (self->lines, first + i, counts[i]);
  runnel_log_model_rows_changed (self);
}

static void
lines_done (gpointer user_data)
{
  RunnelLogModel *self = user_data;

  runnel_log_model_find_in_lines (self);
  runnel_log_model_rows_changed (self);
}

static void
extend (RunnelLogModel *self,
        guint64         unchanged,
        guint64         size)
{
  self->size = size;
  runnel_log_cache_extend (self->cache, unchanged, size);
  if (unchanged == 0)
    runnel_log_index_set_size (self->lines, 0);
  runnel_log_index_set_size (self->lines, runnel_log_block_count (size));
  runnel_log_model_find_in_new (self, unchanged);
  runnel_log_pass_extend (self->lines_pass, unchanged, size);
  runnel_log_model_rows_changed (self);
}

/* --- Looking at the file ------------------------------------------------------------------- */

/* One look, made in a thread. */
typedef struct
{
  char *path;
  RunnelLogSource *source; /* NULL = it is to be opened */
  guint n_times;
  GArray *times;
  guint64 unchanged;
  guint64 size;
} Look;

static void
look_free (Look *look)
{
  g_free (look->path);
  g_clear_pointer (&look->source, runnel_log_source_unref);
  g_clear_pointer (&look->times, g_array_unref);
  g_free (look);
}

static void
look_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Look *look = task_data;

  if (look->source)
    look->unchanged = runnel_log_source_refresh (look->source);
  else
    look->source = runnel_log_open (look->path);
  look->size = runnel_log_source_get_size (look->source);
  if (look->path)
    look->times = runnel_log_times_read (look->path, look->n_times);
  g_task_return_boolean (task, TRUE);
}

static void
open_source (RunnelLogModel  *self,
             RunnelLogSource *source)
{
  static const RunnelLogPassFuncs funcs = { sizeof (guint32), NULL, count_lines, lines_counted,
                                            lines_done };

  if (!self->source)
    self->source = runnel_log_source_ref (source);
  self->cache = runnel_log_cache_new (source, runnel_log_model_found, self);
  self->lines_pass = runnel_log_pass_new (source, &funcs, NULL, NULL, self);
  runnel_log_model_begin_to_find (self);
}

static void refresh (RunnelLogModel *self);

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RunnelLogModel *self = RUNNEL_LOG_MODEL (object);
  Look *look = g_task_get_task_data (G_TASK (result));
  gboolean is_first = !self->cache;

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return; /* nobody wants it any more */

  if (is_first)
    open_source (self, look->source);
  if (look->times)
    runnel_log_times_add (self->times, look->times);
  if (is_first || look->size != self->size || look->unchanged < self->size)
    extend (self, MIN (look->unchanged, look->size), look->size);
  self->is_refreshing = FALSE; /* until here there is something that was not looked at */
  if (self->again)
    refresh (self);
}

static void
refresh (RunnelLogModel *self)
{
  g_autoptr(GTask) task = NULL;
  Look *look;

  self->again = self->is_refreshing;
  if (self->is_refreshing || g_cancellable_is_cancelled (self->cancellable))
    return;

  look = g_new0 (Look, 1);
  look->path = g_strdup (self->path);
  if (self->source)
    look->source = runnel_log_source_ref (self->source);
  look->n_times = runnel_log_times_get_n (self->times);
  self->is_refreshing = TRUE;
  task = g_task_new (self, self->cancellable, looked_cb, NULL);
  g_task_set_source_tag (task, refresh);
  g_task_set_task_data (task, look, (GDestroyNotify) look_free);
  runnel_task_run_in_thread (task, look_in_thread);
}

static gboolean
refresh_cb (gpointer user_data)
{
  refresh (user_data);
  return G_SOURCE_CONTINUE;
}

/* --- The object ------------------------------------------------------------------------------ */

static void
runnel_log_model_dispose (GObject *object)
{
  runnel_log_model_close (RUNNEL_LOG_MODEL (object));

  G_OBJECT_CLASS (runnel_log_model_parent_class)->dispose (object);
}

static void
runnel_log_model_finalize (GObject *object)
{
  RunnelLogModel *self = RUNNEL_LOG_MODEL (object);

  g_free (self->path);
  g_clear_pointer (&self->source, runnel_log_source_unref);
  g_clear_pointer (&self->search_pattern, runnel_log_pattern_unref);
  g_clear_pointer (&self->sieve_pattern, runnel_log_pattern_unref);
  runnel_log_times_free (self->times);
  runnel_log_index_free (self->lines);
  runnel_log_rows_free (self->rows);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (runnel_log_model_parent_class)->finalize (object);
}

static void
runnel_log_model_class_init (RunnelLogModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_log_model_dispose;
  object_class->finalize = runnel_log_model_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
runnel_log_model_init (RunnelLogModel *self)
{
  self->times = runnel_log_times_new ();
  self->lines = runnel_log_index_new ();
  self->rows = runnel_log_rows_new ();
  self->rows_are_stale = TRUE;
  self->cancellable = g_cancellable_new ();
}

/**
 * runnel_log_model_new:
 * @path: (type filename): the log of an attempt; it need not exist yet
 * @is_live: whether it may still grow
 *
 * Returns: (transfer full): the log; it is opened in the background
 */
RunnelLogModel *
runnel_log_model_new (const char *path,
                      gboolean    is_live)
{
  RunnelLogModel *self;

  g_return_val_if_fail (path, NULL);

  self = g_object_new (RUNNEL_TYPE_LOG_MODEL, NULL);
  self->path = g_strdup (path);
  runnel_log_model_set_live (self, is_live);
  refresh (self);
  return self;
}

/**
 * runnel_log_model_new_for_merge:
 * @merge: several logs
 * @is_live: whether they may still grow
 *
 * Returns: (transfer full): the logs as one; they are opened in the background
 */
RunnelLogModel *
runnel_log_model_new_for_merge (RunnelLogMerge *merge,
                                gboolean        is_live)
{
  RunnelLogModel *self = g_object_new (RUNNEL_TYPE_LOG_MODEL, NULL);

  self->merge = merge;
  self->source = runnel_log_source_ref (runnel_log_merge_get_source (merge));
  runnel_log_model_set_live (self, is_live);
  refresh (self);
  return self;
}

/**
 * runnel_log_model_set_live:
 * @is_live: whether the log may still grow; if not, the rest is read, and then no more
 */
void
runnel_log_model_set_live (RunnelLogModel *self,
                           gboolean        is_live)
{
  g_return_if_fail (RUNNEL_IS_LOG_MODEL (self));

  if (self->is_live == is_live)
    return;
  self->is_live = is_live;
  if (is_live)
    self->timeout = g_timeout_add (REFRESH_MS, refresh_cb, self);
  else
    {
      g_clear_handle_id (&self->timeout, g_source_remove);
      refresh (self);
    }
}

gboolean
runnel_log_model_is_live (RunnelLogModel *self)
{
  return self->is_live;
}

/**
 * runnel_log_model_is_open:
 *
 * Returns: whether anything is known of the log; %FALSE for the moment that it takes to open it
 */
gboolean
runnel_log_model_is_open (RunnelLogModel *self)
{
  return self->cache != NULL;
}

/**
 * runnel_log_model_close:
 *
 * Gives up whatever is under way, and tells nobody of anything any more. A thread at work keeps
 * the model alive, so letting go of it is not enough to be left in peace.
 */
void
runnel_log_model_close (RunnelLogModel *self)
{
  g_return_if_fail (RUNNEL_IS_LOG_MODEL (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_pointer (&self->lines_pass, runnel_log_pass_free);
  runnel_log_model_stop_finding (self);
  g_clear_pointer (&self->cache, runnel_log_cache_free);
}

/**
 * runnel_log_model_get_source:
 *
 * Returns: (transfer none) (nullable): where the bytes are; %NULL until it is open
 */
RunnelLogSource *
runnel_log_model_get_source (RunnelLogModel *self)
{
  return self->source;
}

guint64
runnel_log_model_get_size (RunnelLogModel *self)
{
  return self->size;
}
