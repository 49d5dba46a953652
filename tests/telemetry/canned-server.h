/* canned-server.h: a receiver that says what it was told to say, byte for byte
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <string.h>

#include <gio/gio.h>

/* Answers one request after the other, each on a connection of its own, in a thread. */
typedef struct
{
  GSocketListener *listener;
  GCancellable *cancellable;
  GThread *thread;
  char *url;
  GMutex mutex;       /* for all that follows */
  GQueue answers;     /* texts, in their order; the last one stays. NULL: it never answers */
  GPtrArray *requests; /* texts: head and body */
} CannedServer;

static inline char *
read_request (GInputStream *stream,
              GCancellable *cancellable)
{
  GString *text = g_string_new (NULL);
  gsize wanted = G_MAXSIZE;
  char c;

  while (text->len < wanted && g_input_stream_read (stream, &c, 1, cancellable, NULL) == 1)
    {
      g_string_append_c (text, c);
      if (wanted == G_MAXSIZE && g_str_has_suffix (text->str, "\r\n\r\n"))
        {
          const char *length = strstr (text->str, "Content-Length: ");

          wanted = text->len + (length ? g_ascii_strtoull (length + 16, NULL, 10) : 0);
        }
    }
  return g_string_free (text, FALSE);
}

static inline const char *
take_request (CannedServer *self,
              char         *request)
{
  const char *answer;

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->requests, request);
  answer = self->answers.length > 1 ? g_queue_pop_head (&self->answers)
                                    : g_queue_peek_head (&self->answers);
  g_mutex_unlock (&self->mutex);
  return answer;
}

static inline gpointer
serve_canned (gpointer data)
{
  CannedServer *self = data;
  g_autoptr(GPtrArray) open = g_ptr_array_new_with_free_func (g_object_unref);
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (self->listener, NULL, self->cancellable, NULL)))
    {
      GIOStream *stream = G_IO_STREAM (connection);
      char *request = read_request (g_io_stream_get_input_stream (stream), self->cancellable);
      const char *answer = take_request (self, request);

      if (answer)
        {
          g_output_stream_write_all (g_io_stream_get_output_stream (stream), answer,
                                     strlen (answer), NULL, NULL, NULL);
          g_io_stream_close (stream, NULL, NULL);
        }
      g_ptr_array_add (open, connection); /* one that gets no answer is not hung up on either */
    }
  return NULL;
}

/* @answers: "HTTP/1.1 200 OK\r\n...", static; NULL-terminated; NULL = it never answers */
static inline CannedServer *
canned_server_new (const char *const *answers)
{
  CannedServer *self = g_new0 (CannedServer, 1);
  g_autoptr(GError) error = NULL;

  self->listener = g_socket_listener_new ();
  self->cancellable = g_cancellable_new ();
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->url = g_strdup_printf (
    "http://127.0.0.1:%u", g_socket_listener_add_any_inet_port (self->listener, NULL, &error));
  g_assert_no_error (error);
  g_mutex_init (&self->mutex);
  for (; answers && *answers; answers++)
    g_queue_push_tail (&self->answers, (char *) *answers);
  self->thread = g_thread_new ("canned-server", serve_canned, self);
  return self;
}

static inline guint
canned_server_count (CannedServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->requests->len;
  g_mutex_unlock (&self->mutex);
  return n;
}

static inline void
canned_server_free (CannedServer *self)
{
  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  g_object_unref (self->listener);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->requests);
  g_queue_clear (&self->answers);
  g_mutex_clear (&self->mutex);
  g_free (self->url);
  g_free (self);
}

#define ANSWER(status, headers, body) "HTTP/1.1 " status "\r\nConnection: close\r\n" headers "\r\n" body
