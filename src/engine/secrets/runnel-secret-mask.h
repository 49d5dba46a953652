/* runnel-secret-mask.h: finds secrets in bytes and puts *** in their place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RUNNEL_SECRET_HIDDEN "***"

/* What to look for. Never changes, so threads may share it. */
typedef struct _RunnelSecretMask RunnelSecretMask;
/* How far a stream of bytes has been looked through; for one thread at a time. */
typedef struct _RunnelSecretStream RunnelSecretStream;

RunnelSecretMask   *runnel_secret_mask_new      (const char *const  *values);
RunnelSecretMask   *runnel_secret_mask_ref      (RunnelSecretMask   *self);
void                runnel_secret_mask_unref    (RunnelSecretMask   *self);
gboolean            runnel_secret_mask_finds    (RunnelSecretMask   *self,
                                                 const char         *data,
                                                 gsize               length);
char               *runnel_secret_mask_hide     (RunnelSecretMask   *self,
                                                 const char         *text);

RunnelSecretStream *runnel_secret_stream_new    (RunnelSecretMask   *mask);
void                runnel_secret_stream_free   (RunnelSecretStream *self);
void                runnel_secret_stream_push   (RunnelSecretStream *self,
                                                 const char         *data,
                                                 gsize               length,
                                                 GString            *out);
void                runnel_secret_stream_finish (RunnelSecretStream *self,
                                                 GString            *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelSecretMask, runnel_secret_mask_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelSecretStream, runnel_secret_stream_free)

G_END_DECLS
