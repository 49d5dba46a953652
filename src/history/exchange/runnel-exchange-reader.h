/* runnel-exchange-reader.h: lines out of a file or pipe, compressed or not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Longer lines are refused, so that nobody can fill the memory with one. */
#define RUNNEL_EXCHANGE_MAX_LINE (64 * 1024 * 1024)

typedef struct _RunnelExchangeReader RunnelExchangeReader;

RunnelExchangeReader *runnel_exchange_reader_new        (int                    fd);
void                  runnel_exchange_reader_free       (RunnelExchangeReader  *self);
const char           *runnel_exchange_reader_next       (RunnelExchangeReader  *self,
                                                         gsize                 *ret_length,
                                                         GError               **error);
guint64               runnel_exchange_reader_get_line   (RunnelExchangeReader  *self);
guint64               runnel_exchange_reader_get_offset (RunnelExchangeReader  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelExchangeReader, runnel_exchange_reader_free)

G_END_DECLS
