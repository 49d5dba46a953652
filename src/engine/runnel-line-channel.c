/* runnel-line-channel.c: lines to and from a socket, never blocking
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <glib-unix.h>

#include "engine/runnel-line-channel.h"

#define READ_SIZE (64 * 1024)

struct _RunnelLineChannel
{
  grefcount ref_count;   /* callbacks may free the channel */
  int fd;
  gsize max_line;        /* 0 = any */
  const RunnelLineChannelCallbacks *callbacks;
  gpointer user_data;

  GSource *in_source;
  GSource *out_source;   /* only while there is something to write */
  GByteArray *in;
  gsize searched;        /* of `in`, without finding the end of a line */
  GString *out;
  gsize sent;            /* of `out` */
  gsize answers;         /* of `out`, what may be pending for however long */
  gboolean ending;       /* what is in `out` is the last */
  gboolean freed;
};

static void
clear_source (GSource **source)
{
  if (!*source)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
channel_unref (RunnelLineChannel *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_byte_array_unref (self->in);
  g_string_free (self->out, TRUE);
  g_free (self);
}

static void
shut (RunnelLineChannel *self)
{
  clear_source (&self->in_source);
  clear_source (&self->out_source);
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

static void
end (RunnelLineChannel *self,
     const char        *reason)
{
  shut (self);
  if (!self->freed)
    self->callbacks->closed (self, reason, self->user_data);
}

static guint8 *
find_newline (RunnelLineChannel *self)
{
  return memchr (self->in->data + self->searched, '\n', self->in->len - self->searched);
}

/* The callback may free the channel or end it. */
static void
deliver_lines (RunnelLineChannel *self)
{
  guint8 *newline;
  gsize start = 0;

  while (self->fd >= 0 && (newline = find_newline (self)))
    {
      *newline = '\0';
      self->searched = newline + 1 - self->in->data;
      self->callbacks->line (self, (char *) self->in->data + start, self->searched - 1 - start,
                             self->user_data);
      start = self->searched;
    }
  g_byte_array_remove_range (self->in, 0, start);
  self->searched = self->in->len;
}

static gboolean
readable_cb (int          fd,
             GIOCondition condition,
             gpointer     user_data)
{
  RunnelLineChannel *self = user_data;
  gsize before = self->in->len;
  g_autofree char *reason = NULL;
  ssize_t n;

  g_byte_array_set_size (self->in, before + READ_SIZE);
  n = recv (self->fd, self->in->data + before, READ_SIZE, MSG_DONTWAIT);
  if (n < 0)
    reason = g_strdup (g_strerror (errno));
  g_byte_array_set_size (self->in, before + MAX (n, 0));
  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;

  if (n == 0 && self->out->len > 0)
    {
      /* It has nothing more to say, but may still listen. */
      self->ending = TRUE;
      clear_source (&self->in_source);
      return G_SOURCE_REMOVE;
    }

  g_ref_count_inc (&self->ref_count);
  if (n <= 0)
    end (self, reason);
  else
    deliver_lines (self);
  if (self->fd >= 0 && self->max_line > 0 && self->in->len > self->max_line)
    end (self, "A line is too long");
  channel_unref (self);
  return G_SOURCE_CONTINUE;
}

static gboolean writable_cb (int          fd,
                             GIOCondition condition,
                             gpointer     user_data);

static void
update_out_source (RunnelLineChannel *self)
{
  if (self->sent == self->out->len)
    {
      clear_source (&self->out_source);
      return;
    }
  if (self->out_source)
    return;
  self->out_source = g_unix_fd_source_new (self->fd, G_IO_OUT);
  g_source_set_callback (self->out_source, G_SOURCE_FUNC (writable_cb), self, NULL);
  g_source_attach (self->out_source, g_main_context_get_thread_default ());
}

static void
forget_sent (RunnelLineChannel *self)
{
  if (self->sent < READ_SIZE)
    return;
  g_string_erase (self->out, 0, self->sent);
  self->sent = 0;
}

/* Returns: FALSE when the other end is gone. */
static gboolean
write_some (RunnelLineChannel *self)
{
  while (self->sent < self->out->len)
    {
      ssize_t n = send (self->fd, self->out->str + self->sent, self->out->len - self->sent,
                        MSG_DONTWAIT | MSG_NOSIGNAL);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0 && errno == EAGAIN)
        {
          forget_sent (self);
          return TRUE;
        }
      if (n < 0)
        return FALSE;
      self->sent += n;
    }
  g_string_truncate (self->out, 0);
  self->sent = 0;
  self->answers = 0;
  return TRUE;
}

static gboolean
writable_cb (int          fd,
             GIOCondition condition,
             gpointer     user_data)
{
  RunnelLineChannel *self = user_data;

  if (!write_some (self))
    end (self, g_strerror (errno));
  else if (self->ending && self->out->len == 0)
    end (self, NULL);
  else
    update_out_source (self);
  return G_SOURCE_CONTINUE;
}

/* That the other end is gone is told by the reading side, in its own time: a caller that sends
 * does not expect to be called back. */
static void
send_now (RunnelLineChannel *self)
{
  if (write_some (self))
    {
      update_out_source (self);
      return;
    }
  g_string_truncate (self->out, 0);
  self->sent = 0;
}

/**
 * runnel_line_channel_new:
 * @fd: a connected stream socket (transfer full)
 * @max_line: longest line that is taken in, in bytes; 0 = any
 *
 * Makes a channel on the thread's default main context.
 */
RunnelLineChannel *
runnel_line_channel_new (int                               fd,
                         gsize                             max_line,
                         const RunnelLineChannelCallbacks *callbacks,
                         gpointer                          user_data)
{
  RunnelLineChannel *self = g_new0 (RunnelLineChannel, 1);

  g_ref_count_init (&self->ref_count);
  self->fd = fd;
  self->max_line = max_line;
  self->callbacks = callbacks;
  self->user_data = user_data;
  self->in = g_byte_array_new ();
  self->out = g_string_new (NULL);
  self->in_source = g_unix_fd_source_new (fd, G_IO_IN);
  g_source_set_callback (self->in_source, G_SOURCE_FUNC (readable_cb), self, NULL);
  g_source_attach (self->in_source, g_main_context_get_thread_default ());
  return self;
}

/**
 * runnel_line_channel_free:
 *
 * Closes the channel; may be called from its callbacks. What is pending is lost.
 */
void
runnel_line_channel_free (RunnelLineChannel *self)
{
  self->freed = TRUE;
  shut (self);
  channel_unref (self);
}

/**
 * runnel_line_channel_send:
 * @text: one line or more, with their ends
 *
 * Sends an answer: it is kept until the other end takes it, whatever its size.
 */
void
runnel_line_channel_send (RunnelLineChannel *self,
                          const char        *text,
                          gsize              length)
{
  if (self->fd < 0 || self->ending)
    return;
  g_string_append_len (self->out, text, length);
  self->answers += length;
  send_now (self);
}

/**
 * runnel_line_channel_send_or_end:
 * @text: one line or more, with their ends
 * @max_pending: in bytes, answers not counted
 * @last_words: a line, with its end
 *
 * Sends what nobody asked for at this moment. If the other end has left more than @max_pending
 * lying, it gets @last_words instead of what is pending, and the channel ends.
 *
 * Returns: whether the channel goes on
 */
gboolean
runnel_line_channel_send_or_end (RunnelLineChannel *self,
                                 const char        *text,
                                 gsize              length,
                                 gsize              max_pending,
                                 const char        *last_words)
{
  char *rest;

  if (self->fd < 0 || self->ending)
    return FALSE;
  if (self->out->len - self->sent + length <= max_pending + self->answers)
    {
      g_string_append_len (self->out, text, length);
      send_now (self);
      return TRUE;
    }

  /* The line that is on its way has to come to its end. */
  rest = memchr (self->out->str + self->sent, '\n', self->out->len - self->sent);
  g_string_truncate (self->out, rest ? (gsize) (rest + 1 - self->out->str) : self->sent);
  g_string_append (self->out, last_words);
  self->ending = TRUE;
  send_now (self);
  return FALSE;
}

/**
 * runnel_line_channel_get_pending:
 *
 * Returns: how many bytes the other end has not taken yet
 */
gsize
runnel_line_channel_get_pending (RunnelLineChannel *self)
{
  return self->out->len - self->sent;
}

/**
 * runnel_line_channel_drain:
 * @deadline: monotonic time in microseconds
 *
 * Blocks until all is sent, for the end of a process.
 *
 * Returns: whether all was sent
 */
gboolean
runnel_line_channel_drain (RunnelLineChannel *self,
                           gint64             deadline)
{
  while (self->fd >= 0 && self->sent < self->out->len)
    {
      gint64 left = deadline - g_get_monotonic_time ();
      struct pollfd poll_fd = { .fd = self->fd, .events = POLLOUT };

      if (left <= 0 || poll (&poll_fd, 1, left / 1000 + 1) == 0 || !write_some (self))
        return FALSE;
    }
  return TRUE;
}

void
runnel_line_channel_make_address (int                 dir_fd,
                                  const char         *name,
                                  struct sockaddr_un *ret_address)
{
  memset (ret_address, 0, sizeof *ret_address);
  ret_address->sun_family = AF_UNIX;
  g_snprintf (ret_address->sun_path, sizeof ret_address->sun_path, "/proc/self/fd/%d/%s", dir_fd,
              name);
}
