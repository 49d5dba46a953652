/* runnel-log-bits.h: which of the lines of a block
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint n;          /* lines */
  guint64 words[];
} RunnelLogBits;

RunnelLogBits *runnel_log_bits_new       (guint                n);
RunnelLogBits *runnel_log_bits_copy      (const RunnelLogBits *self);
void           runnel_log_bits_set       (RunnelLogBits       *self,
                                          guint                bit);
void           runnel_log_bits_set_range (RunnelLogBits       *self,
                                          guint                from,
                                          guint                to,
                                          gboolean             value);
gboolean       runnel_log_bits_get       (const RunnelLogBits *self,
                                          guint                bit);
guint          runnel_log_bits_count     (const RunnelLogBits *self,
                                          guint                end);
guint          runnel_log_bits_next      (const RunnelLogBits *self,
                                          guint                from);
guint          runnel_log_bits_find      (const RunnelLogBits *self,
                                          guint                nth);

G_END_DECLS
