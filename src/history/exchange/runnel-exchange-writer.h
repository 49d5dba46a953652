/* runnel-exchange-writer.h: lines of JSON into a file or pipe, compressed or not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _RunnelExchangeWriter RunnelExchangeWriter;

RunnelExchangeWriter *runnel_exchange_writer_new        (int                    fd,
                                                         gboolean               compress);
void                  runnel_exchange_writer_free       (RunnelExchangeWriter  *self);
gboolean              runnel_exchange_writer_add_line   (RunnelExchangeWriter  *self,
                                                         const char            *line,
                                                         gsize                  length,
                                                         GError               **error);
gboolean              runnel_exchange_writer_add_object (RunnelExchangeWriter  *self,
                                                         JsonObject            *object,
                                                         GError               **error);
gboolean              runnel_exchange_writer_finish     (RunnelExchangeWriter  *self,
                                                         GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelExchangeWriter, runnel_exchange_writer_free)

G_END_DECLS
