/* runnel-log-literal.h: finds a text at the speed of memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Immutable; may be shared among threads. */
typedef struct _RunnelLogLiteral RunnelLogLiteral;

RunnelLogLiteral *runnel_log_literal_new   (const char       *text,
                                            gsize             length,
                                            gboolean          caseless);
void              runnel_log_literal_free  (RunnelLogLiteral *self);
const char       *runnel_log_literal_find  (RunnelLogLiteral *self,
                                            const char       *text,
                                            gsize             length);
guint             runnel_log_literal_count (RunnelLogLiteral *self,
                                            const char       *text,
                                            gsize             length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLogLiteral, runnel_log_literal_free)

G_END_DECLS
