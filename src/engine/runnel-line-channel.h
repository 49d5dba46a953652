/* runnel-line-channel.h: lines to and from a socket, never blocking
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RunnelLineChannel RunnelLineChannel;

typedef struct
{
  /* A line has come, without its end; NUL-terminated, valid during the call. */
  void (*line)   (RunnelLineChannel *self, const char *line, gsize length, gpointer user_data);
  /* Nothing comes any more. `reason` is NULL when the other end closed it. Not called by
   * runnel_line_channel_free(). */
  void (*closed) (RunnelLineChannel *self, const char *reason, gpointer user_data);
} RunnelLineChannelCallbacks;

RunnelLineChannel *runnel_line_channel_new         (int                                fd,
                                                    gsize                              max_line,
                                                    const RunnelLineChannelCallbacks  *callbacks,
                                                    gpointer                           user_data);
void               runnel_line_channel_free        (RunnelLineChannel                 *self);
void               runnel_line_channel_send        (RunnelLineChannel                 *self,
                                                    const char                        *text,
                                                    gsize                              length);
gboolean           runnel_line_channel_send_or_end (RunnelLineChannel                 *self,
                                                    const char                        *text,
                                                    gsize                              length,
                                                    gsize                              max_pending,
                                                    const char                        *last_words);
gsize              runnel_line_channel_get_pending (RunnelLineChannel                 *self);
gboolean           runnel_line_channel_drain       (RunnelLineChannel                 *self,
                                                    gint64                             deadline);

/* The address of `name` in an open folder; a path could be longer than an address may be. */
struct sockaddr_un;
void               runnel_line_channel_make_address (int                               dir_fd,
                                                     const char                       *name,
                                                     struct sockaddr_un               *ret_address);

G_END_DECLS
