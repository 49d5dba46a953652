/* runnel-log-packed.c: a log that was compressed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "log/runnel-log-file.h"
#include "log/runnel-log-packed.h"
#include "util/runnel-zstd.h"

typedef struct
{
  RunnelLogSource parent;

  GMutex mutex;
  RunnelZstdReader *reader; /* guarded by the mutex */
  guint64 size;
} RunnelLogPacked;

static void
runnel_log_packed_free (RunnelLogSource *source)
{
  RunnelLogPacked *self = (RunnelLogPacked *) source;

  runnel_zstd_reader_free (self->reader);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static guint64
runnel_log_packed_get_size (RunnelLogSource *source)
{
  return ((RunnelLogPacked *) source)->size;
}

/* Who must not wait does not wait for another thread either, that may be unpacking. What can't be
 * unpacked is as what a disk can't read: there is nothing more. */
static gssize
runnel_log_packed_read (RunnelLogSource *source,
                        guint64          offset,
                        char            *buffer,
                        gsize            length,
                        gboolean         wait)
{
  RunnelLogPacked *self = (RunnelLogPacked *) source;
  gssize n_read;

  if (wait)
    g_mutex_lock (&self->mutex);
  else if (!g_mutex_trylock (&self->mutex))
    return -1;
  n_read = wait ? runnel_zstd_reader_read (self->reader, offset, buffer, length, NULL)
                : runnel_zstd_reader_read_now (self->reader, offset, buffer, length);
  g_mutex_unlock (&self->mutex);
  return wait ? MAX (n_read, 0) : n_read;
}

/* Nobody writes to it any more. */
static guint64
runnel_log_packed_refresh (RunnelLogSource *source)
{
  return ((RunnelLogPacked *) source)->size;
}

/**
 * runnel_log_packed_open:
 * @path: (type filename): a log that runnel_log_pack() made
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): the log as it was before
 */
RunnelLogSource *
runnel_log_packed_open (const char  *path,
                        GError     **error)
{
  static const RunnelLogSourceClass klass = {
    runnel_log_packed_free, runnel_log_packed_get_size, runnel_log_packed_read,
    runnel_log_packed_refresh
  };
  RunnelZstdReader *reader = runnel_zstd_reader_open (path, error);
  RunnelLogPacked *self;

  if (!reader)
    return NULL;

  self = g_new0 (RunnelLogPacked, 1);
  runnel_log_source_init (&self->parent, &klass);
  g_mutex_init (&self->mutex);
  self->reader = reader;
  self->size = runnel_zstd_reader_get_size (reader);
  return &self->parent;
}

/**
 * runnel_log_open:
 * @path: (type filename): where the log was written to
 *
 * Opens a log that may have been compressed meanwhile. One that is neither there nor compressed
 * is empty, and may come; so is one whose compressed file is damaged.
 *
 * Returns: (transfer full): the log
 */
RunnelLogSource *
runnel_log_open (const char *path)
{
  g_autofree char *packed_path = NULL;
  RunnelLogSource *packed;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return runnel_log_file_open (path);

  packed_path = g_strconcat (path, RUNNEL_ZSTD_SUFFIX, NULL);
  packed = runnel_log_packed_open (packed_path, NULL);
  return packed ? packed : runnel_log_file_open (path);
}
