/* runnel-cache-private.h: what the files of the cache share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/files/runnel-cache.h"

G_BEGIN_DECLS

/*
 * The folder:
 *   blobs/ab/cdef...    contents, by their SHA-256; nobody may write to them
 *   entries/KEY         results: which contents belong where; the time of change is that of use
 *   parts/DIGEST        what the last result of a step of a pipeline depended on
 *   digests             those of files outside, see RunnelDigests
 *   lock                shared by whoever reads or adds, exclusive for whoever takes away
 *
 * Contents come before the result that names them, each in one step, so a process that dies
 * leaves at most contents that nobody names; the next one that takes away finds them.
 */
struct _RunnelCache
{
  char *folder;
  guint64 max_size;
  RunnelDigests *digests;
  GMutex mutex;
  gint64 known_size; /* of all contents, as far as this process knows; -1 = not yet */
};

typedef enum
{
  RUNNEL_CACHE_LOCK_SHARED,
  RUNNEL_CACHE_LOCK_EXCLUSIVE,
  RUNNEL_CACHE_LOCK_TRY_EXCLUSIVE, /* G_IO_ERROR_BUSY when somebody else has it */
} RunnelCacheLockMode;

int       _runnel_cache_lock             (RunnelCache          *self,
                                          RunnelCacheLockMode   mode,
                                          GError              **error);
char     *_runnel_cache_get_blob_path    (RunnelCache          *self,
                                          const char           *sha256);
char     *_runnel_cache_get_entry_path   (RunnelCache          *self,
                                          const char           *key);
char     *_runnel_cache_get_parts_path   (RunnelCache          *self,
                                          const char           *file,
                                          const char           *step);
int       _runnel_cache_open_blob        (RunnelCache          *self,
                                          const char           *sha256,
                                          GError              **error);
gboolean  _runnel_cache_make_folder      (const char           *path,
                                          GError              **error);
void      _runnel_cache_note_added       (RunnelCache          *self,
                                          gint64                size);
gboolean  _runnel_cache_is_full          (RunnelCache          *self);

G_END_DECLS
