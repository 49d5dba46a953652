/* runnel-cache-entry.h: a result of a step that may be used again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/files/runnel-artifact.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 run;           /* that made it */
  char *file;           /* of the pipeline, absolute */
  char *step;           /* id */
  JsonObject *values;   /* its outputs: strings by name; or NULL */
  GPtrArray *outputs;   /* of RunnelArtifact: files below the folder of the pipeline */
  GPtrArray *artifacts; /* of RunnelArtifact */
} RunnelCacheEntry;

RunnelCacheEntry *runnel_cache_entry_new       (gint64                   run,
                                                const char              *file,
                                                const char              *step);
void              runnel_cache_entry_free      (RunnelCacheEntry        *self);
void              runnel_cache_entry_set_artifacts (RunnelCacheEntry    *self,
                                                GPtrArray               *artifacts);
guint64           runnel_cache_entry_get_size  (const RunnelCacheEntry  *self);
char             *runnel_cache_entry_to_text   (const RunnelCacheEntry  *self);
RunnelCacheEntry *runnel_cache_entry_from_text (const char              *text,
                                                GError                 **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelCacheEntry, runnel_cache_entry_free)

G_END_DECLS
