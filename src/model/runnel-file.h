/* runnel-file.h: reads and replaces a document's file without losing anybody's work
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is known of a file since it was read or written last. */
typedef struct
{
  char *path;      /* symbolic links followed */
  char *hash;      /* SHA-256 of its content; NULL = it was never read */
  gint64 mtime_ns;
  gint64 size;
  guint64 inode;
} RunnelFile;

RunnelFile *runnel_file_new   (GFile       *file,
                               GError     **error);
RunnelFile *runnel_file_copy  (RunnelFile  *self);
void        runnel_file_free  (RunnelFile  *self);
GBytes     *runnel_file_read  (RunnelFile  *self,
                               GError     **error);
gboolean    runnel_file_write (RunnelFile  *self,
                               GBytes      *content,
                               gboolean     overwrite,
                               GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelFile, runnel_file_free)

G_END_DECLS
