/* runnel-log-source.c: the bytes of a log, wherever they come from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "log/runnel-log-source.h"

/**
 * runnel_log_source_init:
 * @self: a source just made
 * @klass: what it can do; static
 *
 * For those who implement a source: the caller owns the only reference.
 */
void
runnel_log_source_init (RunnelLogSource            *self,
                        const RunnelLogSourceClass *klass)
{
  self->klass = klass;
  g_atomic_ref_count_init (&self->ref_count);
}

RunnelLogSource *
runnel_log_source_ref (RunnelLogSource *self)
{
  g_return_val_if_fail (self, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
runnel_log_source_unref (RunnelLogSource *self)
{
  g_return_if_fail (self);

  if (g_atomic_ref_count_dec (&self->ref_count))
    self->klass->free (self);
}

/**
 * runnel_log_source_get_size:
 *
 * Returns: how many bytes there were at the last runnel_log_source_refresh()
 */
guint64
runnel_log_source_get_size (RunnelLogSource *self)
{
  g_return_val_if_fail (self, 0);

  return self->klass->get_size (self);
}

/**
 * runnel_log_source_read:
 * @offset: where to begin
 * @buffer: (out caller-allocates) (array length=length): what is read
 * @length: how much is wanted
 *
 * Reads, and waits for the disk if it must.
 *
 * Returns: how much there was; less than @length at the end, and when the log was cut meanwhile
 */
gsize
runnel_log_source_read (RunnelLogSource *self,
                        guint64          offset,
                        char            *buffer,
                        gsize            length)
{
  g_return_val_if_fail (self, 0);

  return (gsize) MAX (self->klass->read (self, offset, buffer, length, TRUE), 0);
}

/**
 * runnel_log_source_read_now:
 * @offset: where to begin
 * @buffer: (out caller-allocates) (array length=length): what is read
 * @length: how much is wanted
 *
 * Reads what is in memory, for a thread that must not wait for a disk.
 *
 * Returns: as runnel_log_source_read(); -1 when part of it would have to be waited for
 */
gssize
runnel_log_source_read_now (RunnelLogSource *self,
                            guint64          offset,
                            char            *buffer,
                            gsize            length)
{
  g_return_val_if_fail (self, 0);

  return self->klass->read (self, offset, buffer, length, FALSE);
}

/**
 * runnel_log_source_refresh:
 *
 * Looks whether the log has changed, which may have to wait for a disk.
 *
 * Returns: up to which offset the log is as it was; the earlier size when it has only grown, 0
 *   when it was cut or replaced by another
 */
guint64
runnel_log_source_refresh (RunnelLogSource *self)
{
  g_return_val_if_fail (self, 0);

  return self->klass->refresh (self);
}
