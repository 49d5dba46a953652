/* runnel-cli-output.c: what a run prints, without waiting for whoever reads it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "cli/runnel-cli-output.h"

/* A reader may take its time: a pager, a terminal that was stopped with Ctrl-S. A run must go on
 * meanwhile, so a thread of its own does the writing. It gathers text for a moment, as a run may
 * print thousands of lines a second and to be woken for each would cost more than to print it. */

#define GATHER_TIME (20 * G_TIME_SPAN_MILLISECOND)

/* A reader so far behind may hold up the run after all: memory matters more. */
#define MAX_PENDING (64 * 1024 * 1024)

struct _RunnelCliOutput
{
  int fd;
  GThread *thread;
  GString *text;        /* the thread's: what it writes */

  GMutex mutex;         /* for all that follows */
  GCond work;           /* there is something to write, or the end has come */
  GCond taken;          /* the thread has taken what was pending */
  GString *pending;
  gboolean is_writing;
  gboolean is_closing;
};

/* Whoever shares the descriptor with us may have made it one that does not block. */
static gboolean
is_writable_again (int fd)
{
  struct pollfd waited_for = { .fd = fd, .events = POLLOUT };

  return errno == EINTR || (errno == EAGAIN && (poll (&waited_for, 1, -1) >= 0 || errno == EINTR));
}

/* A reader that went away has seen what it wanted. */
static void
write_all (int            fd,
           const GString *text)
{
  gsize done = 0;

  while (done < text->len)
    {
      gssize written = write (fd, text->str + done, text->len - done);

      if (written < 0 && !is_writable_again (fd))
        return;
      if (written > 0)
        done += written;
    }
}

/* Waits for something and then a while for more. Returns: FALSE when there comes no more. */
static gboolean
take_pending (RunnelCliOutput *self)
{
  GString *written = self->text;
  gboolean goes_on;
  gint64 deadline;

  g_string_truncate (written, 0);
  g_mutex_lock (&self->mutex);
  self->is_writing = FALSE;
  while (self->pending->len == 0 && !self->is_closing)
    g_cond_wait (&self->work, &self->mutex);
  deadline = g_get_monotonic_time () + GATHER_TIME;
  while (!self->is_closing && g_cond_wait_until (&self->work, &self->mutex, deadline))
    ;
  self->text = self->pending;
  self->pending = written;
  self->is_writing = self->text->len > 0;
  goes_on = !self->is_closing;
  g_cond_signal (&self->taken);
  g_mutex_unlock (&self->mutex);
  return goes_on;
}

static gpointer
write_in_thread (gpointer data)
{
  RunnelCliOutput *self = data;
  gboolean goes_on;

  do
    {
      goes_on = take_pending (self);
      write_all (self->fd, self->text);
    }
  while (goes_on);

  return NULL;
}

/**
 * runnel_cli_output_new:
 * @fd: where to write; must stay open
 *
 * Returns: (transfer full): an output, its thread waiting for text
 */
RunnelCliOutput *
runnel_cli_output_new (int fd)
{
  RunnelCliOutput *self = g_new0 (RunnelCliOutput, 1);

  self->fd = fd;
  self->text = g_string_new (NULL);
  self->pending = g_string_new (NULL);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->work);
  g_cond_init (&self->taken);
  self->thread = g_thread_new ("output", write_in_thread, self);

  return self;
}

/**
 * runnel_cli_output_free:
 * @self: (transfer full): an output; returns when everything has been written
 */
void
runnel_cli_output_free (RunnelCliOutput *self)
{
  g_mutex_lock (&self->mutex);
  self->is_closing = TRUE;
  g_cond_signal (&self->work);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);

  g_string_free (self->text, TRUE);
  g_string_free (self->pending, TRUE);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->work);
  g_cond_clear (&self->taken);
  g_free (self);
}

/**
 * runnel_cli_output_add:
 * @self: an output
 * @text: what to write
 * @length: in bytes
 *
 * Has @text written soon, without waiting for it, unless the reader is too far behind.
 */
void
runnel_cli_output_add (RunnelCliOutput *self,
                       const char      *text,
                       gsize            length)
{
  g_mutex_lock (&self->mutex);
  while (self->pending->len > MAX_PENDING)
    g_cond_wait (&self->taken, &self->mutex);
  if (self->pending->len == 0)
    g_cond_signal (&self->work);
  g_string_append_len (self->pending, text, length);
  g_mutex_unlock (&self->mutex);
}

/**
 * runnel_cli_output_is_behind:
 * @self: an output
 *
 * Returns: whether the reader has not yet taken what was added before
 */
gboolean
runnel_cli_output_is_behind (RunnelCliOutput *self)
{
  gboolean is_behind;

  g_mutex_lock (&self->mutex);
  is_behind = self->is_writing || self->pending->len > 0;
  g_mutex_unlock (&self->mutex);

  return is_behind;
}
