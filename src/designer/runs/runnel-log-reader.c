/* runnel-log-reader.c: follows a growing log file without blocking
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runs/runnel-log-reader.h"
#include "log/runnel-log-packed.h"

#define CHUNK_SIZE (256 * 1024)
/* A text view holds some megabytes comfortably and a gigabyte not at all: of a longer log, the end is what is read. */
#define MAX_TAIL (4 * 1024 * 1024)
#define FOLLOW_INTERVAL_MS 150

struct _RunnelLogReader
{
  GObject parent_instance;

  char *path;
  GCancellable *cancellable;
  guint64 offset;
  guint timeout;
  guint started : 1; /* the first piece was asked for from the file's end */
  guint reading : 1;
  guint again : 1;   /* asked to read while reading */
};

G_DEFINE_FINAL_TYPE (RunnelLogReader, runnel_log_reader, G_TYPE_OBJECT)

enum { SIGNAL_CHUNK, SIGNAL_TRUNCATED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* One look at the file, made in a thread. */
typedef struct
{
  char *path;
  guint64 offset;
  gboolean from_tail;
  guint64 skipped;
  GBytes *bytes; /* NULL = nothing new */
} Look;

static void
look_free (Look *look)
{
  g_free (look->path);
  g_clear_pointer (&look->bytes, g_bytes_unref);
  g_free (look);
}

static void
skip_to_tail (Look            *look,
              RunnelLogSource *log)
{
  guint64 size = runnel_log_source_get_size (log);

  if (!look->from_tail || size <= MAX_TAIL)
    return;

  char byte = 0;
  look->offset = look->skipped = size - MAX_TAIL;
  /* Begin with a whole line, if there is one near. */
  for (guint i = 0; i < 4096 && byte != '\n' && runnel_log_source_read (log, look->offset, &byte, 1) == 1; i++)
    look->offset = ++look->skipped;
}

static void
look_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Look *look = task_data;
  g_autoptr(RunnelLogSource) log = runnel_log_open (look->path);
  g_autofree char *buffer = g_malloc (CHUNK_SIZE);

  skip_to_tail (look, log);
  gsize n_read = runnel_log_source_read (log, look->offset, buffer, CHUNK_SIZE);
  if (n_read > 0)
    look->bytes = g_bytes_new_take (g_steal_pointer (&buffer), n_read);
  g_task_return_boolean (task, TRUE);
}

static void read_on (RunnelLogReader *self);

static void
look_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  RunnelLogReader *self = RUNNEL_LOG_READER (object);
  Look *look = g_task_get_task_data (G_TASK (result));

  self->reading = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return; /* nobody wants it any more */

  if (look->skipped > 0)
    g_signal_emit (self, signals[SIGNAL_TRUNCATED], 0, look->skipped);
  self->offset = look->offset;
  if (look->bytes != NULL)
    {
      self->started = TRUE;
      self->offset += g_bytes_get_size (look->bytes);
      g_signal_emit (self, signals[SIGNAL_CHUNK], 0, look->bytes);
    }
  if (look->bytes != NULL || self->again)
    read_on (self);
}

static void
read_on (RunnelLogReader *self)
{
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  self->again = self->reading;
  if (self->reading)
    return;

  Look *look = g_new0 (Look, 1);
  look->path = g_strdup (self->path);
  look->offset = self->offset;
  look->from_tail = !self->started;

  self->reading = TRUE;
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, look_cb, NULL);
  g_task_set_source_tag (task, read_on);
  g_task_set_task_data (task, look, (GDestroyNotify) look_free);
  g_task_run_in_thread (task, look_in_thread);
}

static gboolean
follow_cb (gpointer user_data)
{
  read_on (RUNNEL_LOG_READER (user_data));
  return G_SOURCE_CONTINUE;
}

static void
runnel_log_reader_dispose (GObject *object)
{
  runnel_log_reader_stop (RUNNEL_LOG_READER (object));

  G_OBJECT_CLASS (runnel_log_reader_parent_class)->dispose (object);
}

static void
runnel_log_reader_finalize (GObject *object)
{
  RunnelLogReader *self = RUNNEL_LOG_READER (object);

  g_free (self->path);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (runnel_log_reader_parent_class)->finalize (object);
}

static void
runnel_log_reader_class_init (RunnelLogReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_log_reader_dispose;
  object_class->finalize = runnel_log_reader_finalize;

  signals[SIGNAL_CHUNK] = g_signal_new ("chunk", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
  signals[SIGNAL_TRUNCATED] =
    g_signal_new ("truncated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT64);
}

static void
runnel_log_reader_init (RunnelLogReader *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * runnel_log_reader_new:
 * @path: (type filename): a log file; it need not exist yet
 * @follow: whether more may be written to it
 *
 * Reads the log in a thread, the last megabytes of it when it is long, and
 * goes on as it grows. Nothing is read before the main loop runs, so connect first.
 *
 * Returns: (transfer full): the reader
 */
RunnelLogReader *
runnel_log_reader_new (const char *path,
                       gboolean    follow)
{
  g_return_val_if_fail (path != NULL, NULL);

  RunnelLogReader *self = g_object_new (RUNNEL_TYPE_LOG_READER, NULL);
  self->path = g_strdup (path);
  if (follow)
    self->timeout = g_timeout_add (FOLLOW_INTERVAL_MS, follow_cb, self);
  read_on (self);
  return self;
}

/**
 * runnel_log_reader_finish:
 * @self: a reader
 *
 * Says that nothing more will be written: the rest is read, and then no more.
 */
void
runnel_log_reader_finish (RunnelLogReader *self)
{
  g_return_if_fail (RUNNEL_IS_LOG_READER (self));

  g_clear_handle_id (&self->timeout, g_source_remove);
  read_on (self);
}

/**
 * runnel_log_reader_stop:
 * @self: a reader
 *
 * Reads no more and emits no more. A read under way keeps the reader alive, so letting go of it is
 * not enough to be left in peace.
 */
void
runnel_log_reader_stop (RunnelLogReader *self)
{
  g_return_if_fail (RUNNEL_IS_LOG_READER (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timeout, g_source_remove);
}
