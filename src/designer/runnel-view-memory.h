/* runnel-view-memory.h: what is remembered of how a file was looked at
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How many files are remembered: those looked at last. */
#define RUNNEL_VIEW_MEMORY_MAX_FILES 500

#define RUNNEL_TYPE_VIEW_MEMORY (runnel_view_memory_get_type ())
G_DECLARE_FINAL_TYPE (RunnelViewMemory, runnel_view_memory, RUNNEL, VIEW_MEMORY, GObject)

RunnelViewMemory *runnel_view_memory_new         (GFile               *file);
void              runnel_view_memory_load_async  (RunnelViewMemory    *self,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
gboolean          runnel_view_memory_load_finish (RunnelViewMemory    *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);
GVariant         *runnel_view_memory_lookup      (RunnelViewMemory    *self,
                                                  const char          *key,
                                                  const GVariantType  *type);
void              runnel_view_memory_set         (RunnelViewMemory    *self,
                                                  const char          *key,
                                                  GVariant            *value);
void              runnel_view_memory_set_file    (RunnelViewMemory    *self,
                                                  GFile               *file);
void              runnel_view_memory_flush       (RunnelViewMemory    *self);

G_END_DECLS
