/* runnel-zstd.h: files compressed with zstd that can be read from anywhere
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RUNNEL_ZSTD_SUFFIX ".zst"

/* A compressed file that is open for reading. Belongs to one thread at a time. */
typedef struct _RunnelZstdReader RunnelZstdReader;

gboolean          runnel_zstd_compress        (int               from_fd,
                                               int               to_fd,
                                               GCancellable     *cancellable,
                                               GError          **error);

RunnelZstdReader *runnel_zstd_reader_open     (const char       *path,
                                               GError          **error);
void              runnel_zstd_reader_free     (RunnelZstdReader *self);
guint64           runnel_zstd_reader_get_size (RunnelZstdReader *self);
gssize            runnel_zstd_reader_read     (RunnelZstdReader *self,
                                               guint64           offset,
                                               void             *buffer,
                                               gsize             length,
                                               GError          **error);
gssize            runnel_zstd_reader_read_now (RunnelZstdReader *self,
                                               guint64           offset,
                                               void             *buffer,
                                               gsize             length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelZstdReader, runnel_zstd_reader_free)

G_END_DECLS
