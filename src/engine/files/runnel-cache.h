/* runnel-cache.h: results of steps that may be used again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/files/runnel-cache-entry.h"
#include "engine/files/runnel-digests.h"

G_BEGIN_DECLS

#define RUNNEL_CACHE_ERROR (runnel_cache_error_quark ())
typedef enum
{
  RUNNEL_CACHE_ERROR_NONE = 1,   /* there is no such result */
  RUNNEL_CACHE_ERROR_DAMAGED,    /* there was one, but not as it was made; it is gone now */
  RUNNEL_CACHE_ERROR_UNMATCHED,  /* a pattern names no file */
  RUNNEL_CACHE_ERROR_TOO_LARGE,  /* a result is larger than the whole cache may be */
} RunnelCacheError;
GQuark runnel_cache_error_quark (void);

/* Several processes and threads may use the same cache at once. Everything here reads and writes
 * files, and so takes as long as that takes. */
typedef struct _RunnelCache RunnelCache;

/* Where the files of a result belong. */
typedef struct
{
  const char *base_dir; /* outputs */
  const char *run_dir;  /* artifacts, in the folder of the step */
  const char *step;
} RunnelCachePlace;

typedef struct
{
  char *key;
  RunnelCacheEntry *entry;
  gint64 used; /* last, microseconds since 1970 */
} RunnelCacheItem;

char             *runnel_cache_get_default_folder (void);
RunnelCache      *runnel_cache_new                (const char              *folder,
                                                   guint64                  max_size);
void              runnel_cache_free               (RunnelCache             *self);
RunnelDigests    *runnel_cache_get_digests        (RunnelCache             *self);

RunnelCacheEntry *runnel_cache_reuse              (RunnelCache             *self,
                                                   const char              *key,
                                                   const RunnelCachePlace  *place,
                                                   GCancellable            *cancellable,
                                                   GError                 **error);
gboolean          runnel_cache_store              (RunnelCache             *self,
                                                   const char              *key,
                                                   RunnelCacheEntry        *entry,
                                                   const RunnelCachePlace  *place,
                                                   const char *const       *outputs,
                                                   GCancellable            *cancellable,
                                                   GError                 **error);

gboolean          runnel_cache_remember_parts     (RunnelCache             *self,
                                                   const char              *file,
                                                   const char              *step,
                                                   JsonObject              *parts,
                                                   GError                 **error);
JsonObject       *runnel_cache_recall_parts       (RunnelCache             *self,
                                                   const char              *file,
                                                   const char              *step);

guint64           runnel_cache_get_max_size       (RunnelCache             *self);
GPtrArray        *runnel_cache_list               (RunnelCache             *self,
                                                   guint64                 *ret_size,
                                                   GError                 **error);
gboolean          runnel_cache_collect            (RunnelCache             *self,
                                                   gboolean                 wait,
                                                   guint                   *ret_n_evicted,
                                                   guint64                 *ret_size,
                                                   GError                 **error);
void              runnel_cache_finish             (RunnelCache             *self);
gboolean          runnel_cache_clear              (RunnelCache             *self,
                                                   GError                 **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelCache, runnel_cache_free)

G_END_DECLS
