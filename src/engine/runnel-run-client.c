/* runnel-run-client.c: the other end of a run's socket
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "engine/runnel-line-channel.h"
#include "engine/runnel-origin.h"
#include "engine/runnel-run-client.h"
#include "engine/runnel-run-dir.h"

#define ANSWER_SECONDS 10

struct _RunnelRunClient
{
  GObject parent_instance;
  RunnelLineChannel *channel; /* NULL once closed */
  gboolean finished;          /* the run has told its end */
  char *error;                /* the last refusal */
};

enum
{
  SNAPSHOT,
  EVENT,
  REFUSED,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RunnelRunClient, runnel_run_client, G_TYPE_OBJECT)

static int
connect_to_run (const char  *run_dir,
                int          flags,
                GError     **error)
{
  struct sockaddr_un address;
  int dir_fd = open (run_dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
  int fd = dir_fd < 0 ? -1 : socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);
  int error_number = errno;

  if (fd >= 0)
    {
      runnel_line_channel_make_address (dir_fd, RUNNEL_RUN_DIR_SOCKET, &address);
      error_number = connect (fd, (struct sockaddr *) &address, sizeof address) < 0 ? errno : 0;
    }
  if (dir_fd >= 0)
    close (dir_fd);
  if (fd >= 0 && error_number == 0)
    return fd;

  if (fd >= 0)
    close (fd);
  if (error_number == ENOENT || error_number == ECONNREFUSED)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The run is over");
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number),
                 "The run in “%s” can't be reached: %s", run_dir, g_strerror (error_number));
  return -1;
}

static char *
make_line (JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, FALSE);

  return g_strconcat (text, "\n", NULL);
}

static gboolean
send_all (int         fd,
          const char *text)
{
  gsize left = strlen (text);

  while (left > 0)
    {
      ssize_t n = send (fd, text, left, MSG_NOSIGNAL);

      if (n < 0 && errno != EINTR)
        return FALSE;
      text += MAX (n, 0);
      left -= MAX (n, 0);
    }
  return TRUE;
}

static gboolean
receive_line (int      fd,
              GString *line)
{
  char buffer[16 * 1024];
  char *newline = NULL;

  while (!newline)
    {
      ssize_t n = recv (fd, buffer, sizeof buffer, 0);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          errno = n == 0 ? ECONNRESET : errno;
          return FALSE;
        }
      newline = memchr (buffer, '\n', n);
      g_string_append_len (line, buffer, newline ? newline - buffer : n);
    }
  return TRUE;
}

static gboolean
ask (int          fd,
     JsonObject  *request,
     GString     *answer,
     GError     **error)
{
  struct timeval limit = { .tv_sec = ANSWER_SECONDS };
  g_autofree char *line = make_line (request);

  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt (fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  if (send_all (fd, line) && receive_line (fd, answer))
    return TRUE;
  if (errno == EAGAIN)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                 "The run did not answer within %d seconds", ANSWER_SECONDS);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 "The run ended before it answered: %s", g_strerror (errno));
  return FALSE;
}

static JsonObject *
read_answer (const char  *text,
             GError     **error)
{
  g_autoptr(JsonNode) node = json_from_string (text, NULL);
  JsonObject *answer = node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *message;

  if (answer && json_object_get_boolean_member_with_default (answer, "ok", FALSE))
    return json_object_ref (answer);
  message = answer ? json_object_get_string_member_with_default (answer, "error", NULL) : NULL;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       message ? message : "The run gave no answer that can be read");
  return NULL;
}

/* What a run says before anything else: either the snapshot or that it refuses. */
static void
handle_answer (RunnelRunClient *self,
               JsonObject      *answer)
{
  const char *message = json_object_get_string_member_with_default (answer, "error", NULL);

  if (json_object_has_member (answer, "snapshot"))
    g_signal_emit (self, signals[SNAPSHOT], 0, json_object_get_object_member (answer, "snapshot"));
  else if (message)
    {
      g_free (self->error);
      self->error = g_strdup (message);
      g_signal_emit (self, signals[REFUSED], 0, message);
    }
}

static void
line_cb (RunnelLineChannel *channel,
         const char        *line,
         gsize              length,
         gpointer           user_data)
{
  g_autoptr(RunnelRunClient) self = g_object_ref (user_data);
  g_autoptr(JsonNode) owner = NULL;
  RunnelEvent event;

  if (runnel_event_parse_json (line, length, &event, &owner, NULL))
    {
      self->finished |= event.type == RUNNEL_EVENT_RUN_FINISHED;
      g_signal_emit (self, signals[EVENT], 0, &event, line);
      return;
    }
  owner = json_from_string (line, NULL);
  if (owner && JSON_NODE_HOLDS_OBJECT (owner))
    handle_answer (self, json_node_get_object (owner));
}

static void
closed_cb (RunnelLineChannel *channel,
           const char        *reason,
           gpointer           user_data)
{
  g_autoptr(RunnelRunClient) self = g_object_ref (user_data);
  const char *error = NULL;

  g_clear_pointer (&self->channel, runnel_line_channel_free);
  if (!self->finished)
    error = self->error ? self->error : "The run’s process ended without a word";
  g_signal_emit (self, signals[CLOSED], 0, error);
}

static const RunnelLineChannelCallbacks channel_callbacks = { line_cb, closed_cb };

static void
runnel_run_client_finalize (GObject *object)
{
  RunnelRunClient *self = RUNNEL_RUN_CLIENT (object);

  g_clear_pointer (&self->channel, runnel_line_channel_free);
  g_free (self->error);
  G_OBJECT_CLASS (runnel_run_client_parent_class)->finalize (object);
}

static void
runnel_run_client_class_init (RunnelRunClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->finalize = runnel_run_client_finalize;

  /**
   * RunnelRunClient::snapshot:
   * @snapshot: (type JsonObject): the state of the run, as runnel_run_snapshot() makes it
   *
   * Once, before any event.
   */
  signals[SNAPSHOT] = g_signal_new ("snapshot", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
  /**
   * RunnelRunClient::event:
   * @event: a #RunnelEvent, valid during the call; it knows its step by id, not by index
   * @line: the same as text
   */
  signals[EVENT] = g_signal_new ("event", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_STRING);
  /**
   * RunnelRunClient::refused:
   * @error: what the run says to the last request
   */
  signals[REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * RunnelRunClient::closed:
   * @error: (nullable): why the stream broke off, %NULL when the run told its end
   *
   * Once, last. Not for runnel_run_client_close().
   */
  signals[CLOSED] = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
runnel_run_client_init (RunnelRunClient *self)
{
}

/**
 * runnel_run_client_make_request:
 * @request: "snapshot", "subscribe", "cancel", "approve" or "reject"
 * @step: (nullable): the step's id
 *
 * Returns: (transfer full)
 */
JsonObject *
runnel_run_client_make_request (const char *request,
                                const char *step,
                                const char *comment)
{
  JsonObject *object = json_object_new ();
  g_autofree char *origin = runnel_origin_describe ();

  json_object_set_string_member (object, "request", request);
  json_object_set_string_member (object, "origin", origin);
  if (step)
    json_object_set_string_member (object, "step", step);
  if (comment)
    json_object_set_string_member (object, "comment", comment);
  return object;
}

/**
 * runnel_run_client_request:
 * @run_dir: the folder of the run
 *
 * Sends one request and waits for the answer. Blocks, for the command line.
 *
 * Returns: (transfer full) (nullable): the answer. Errors: %G_IO_ERROR_NOT_FOUND when the run is
 *   over, %G_IO_ERROR_FAILED with its own words when it refuses, %G_IO_ERROR_TIMED_OUT
 */
JsonObject *
runnel_run_client_request (const char  *run_dir,
                           JsonObject  *request,
                           GError     **error)
{
  g_autoptr(GString) answer = g_string_new (NULL);
  int fd = connect_to_run (run_dir, 0, error);
  gboolean ok;

  if (fd < 0)
    return NULL;
  ok = ask (fd, request, answer, error);
  close (fd);
  return ok ? read_answer (answer->str, error) : NULL;
}

/**
 * runnel_run_client_new:
 * @run_dir: the folder of the run
 *
 * Subscribes to a run, on the thread's default main context. Never blocks.
 *
 * Returns: (transfer full) (nullable): %G_IO_ERROR_NOT_FOUND when the run is over, or has not
 *   come to listening yet
 */
RunnelRunClient *
runnel_run_client_new (const char  *run_dir,
                       GError     **error)
{
  g_autoptr(JsonObject) request = runnel_run_client_make_request ("subscribe", NULL, NULL);
  int fd = connect_to_run (run_dir, SOCK_NONBLOCK, error);
  RunnelRunClient *self;

  if (fd < 0)
    return NULL;
  self = g_object_new (RUNNEL_TYPE_RUN_CLIENT, NULL);
  self->channel = runnel_line_channel_new (fd, 0, &channel_callbacks, self);
  runnel_run_client_send (self, request);
  return self;
}

/**
 * runnel_run_client_send:
 *
 * Sends a request without waiting. What the run refuses comes as #RunnelRunClient::refused.
 */
void
runnel_run_client_send (RunnelRunClient *self,
                        JsonObject      *request)
{
  g_autofree char *line = NULL;

  g_return_if_fail (RUNNEL_IS_RUN_CLIENT (self));

  if (!self->channel)
    return;
  line = make_line (request);
  runnel_line_channel_send (self->channel, line, strlen (line));
}

/**
 * runnel_run_client_close:
 *
 * Stops listening; no signal comes any more.
 */
void
runnel_run_client_close (RunnelRunClient *self)
{
  g_return_if_fail (RUNNEL_IS_RUN_CLIENT (self));

  g_clear_pointer (&self->channel, runnel_line_channel_free);
}
