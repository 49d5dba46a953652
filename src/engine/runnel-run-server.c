/* runnel-run-server.c: the socket on which a run answers questions and tells its events
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <glib-unix.h>

#include "engine/runnel-line-channel.h"
#include "engine/runnel-origin.h"
#include "engine/runnel-run-server.h"

#define BACKLOG 64
#define MAX_REQUEST (64 * 1024)
#define MAX_EVENTS_PENDING (4 * 1024 * 1024)
#define MAX_ANSWERS_PENDING (64 * 1024 * 1024)
#define DRAIN_TIME (G_USEC_PER_SEC)

static const char too_slow[] =
  "{\"ok\": false, \"error\": \"This reader is too slow: more than 4 MB of events wait for it. "
  "Subscribe again for the present state.\"}\n";

struct _RunnelRunServer
{
  RunnelEventSink sink;
  RunnelRun *run;
  int dir_fd;
  int fd;
  GSource *source;
  GPtrArray *connections;
  guint n_subscribers;
  GString *line;
};

typedef struct
{
  RunnelRunServer *server;
  RunnelLineChannel *channel;
  uid_t uid;
  gboolean subscribed;
} Connection;

static void
connection_free (gpointer data)
{
  Connection *self = data;

  if (self->subscribed)
    self->server->n_subscribers--;
  runnel_line_channel_free (self->channel);
  g_free (self);
}

static void
send_object (Connection *self,
             JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  runnel_line_channel_send (self->channel, line, strlen (line));
}

static void
send_ok (Connection *self)
{
  g_autoptr(JsonObject) answer = json_object_new ();

  json_object_set_boolean_member (answer, "ok", TRUE);
  send_object (self, answer);
}

static void
send_error (Connection *self,
            const char *message)
{
  g_autoptr(JsonObject) answer = json_object_new ();

  json_object_set_boolean_member (answer, "ok", FALSE);
  json_object_set_string_member (answer, "error", message);
  send_object (self, answer);
}

static void
send_snapshot (Connection *self)
{
  g_autoptr(JsonObject) answer = json_object_new ();

  json_object_set_boolean_member (answer, "ok", TRUE);
  json_object_set_member (answer, "snapshot", runnel_run_snapshot (self->server->run));
  send_object (self, answer);
}

/* Events are told from the snapshot on: nothing can happen between the two. */
static void
subscribe (Connection *self)
{
  send_snapshot (self);
  if (!self->subscribed)
    self->server->n_subscribers++;
  self->subscribed = TRUE;
}

static char *
get_user_name (uid_t uid)
{
  struct passwd *user = getpwuid (uid);

  return user ? g_strdup (user->pw_name) : g_strdup_printf ("%u", (guint) uid);
}

/* A person's request; strings as they came, or NULL. */
typedef struct
{
  const char *step;
  const char *comment;
  const char *origin;
} Wish;

static void
tell_action (Connection *self,
             const Wish *wish,
             const char *name,
             const char *user)
{
  RunnelRunAction action = { name, wish->step, wish->comment, user, NULL };

  if (runnel_origin_is_valid (wish->origin))
    action.origin = wish->origin;
  runnel_run_tell_action (self->server->run, &action);
}

/* Who did it is told first: it may be the end of the run. */
static void
cancel (Connection *self,
        const Wish *wish)
{
  g_autofree char *user = get_user_name (self->uid);
  g_autofree char *reason = wish->comment
                              ? g_strdup_printf ("Cancelled by %s: %s", user, wish->comment)
                              : g_strdup_printf ("Cancelled by %s", user);

  send_ok (self);
  tell_action (self, wish, "cancelled", user);
  runnel_run_cancel (self->server->run, reason);
}

/* Tells what has been done and by whom, or why it has not. */
static void
conclude (Connection   *self,
          const Wish   *wish,
          const char   *name,
          const char   *user,
          const GError *error)
{
  if (error)
    {
      send_error (self, error->message);
      return;
    }
  tell_action (self, wish, name, user);
  send_ok (self);
}

static void
answer_step (Connection *self,
             const Wish *wish,
             gboolean    approved)
{
  g_autofree char *user = get_user_name (self->uid);
  g_autoptr(GError) error = NULL;

  if (!wish->step)
    {
      send_error (self, "The request names no step");
      return;
    }
  runnel_run_answer (self->server->run, wish->step, approved, user, wish->comment, &error);
  conclude (self, wish, approved ? "approved" : "rejected", user, error);
}

static void
hold_run (Connection *self,
          const Wish *wish,
          gboolean    paused)
{
  g_autofree char *user = get_user_name (self->uid);
  g_autoptr(GError) error = NULL;

  if (paused)
    runnel_run_pause (self->server->run, user, &error);
  else
    runnel_run_resume (self->server->run, user, &error);
  conclude (self, wish, paused ? "paused" : "resumed", user, error);
}

static void
hold_step (Connection *self,
           const Wish *wish,
           gboolean    frozen)
{
  g_autofree char *user = get_user_name (self->uid);
  g_autoptr(GError) error = NULL;

  if (!wish->step)
    {
      send_error (self, "The request names no step");
      return;
    }
  if (frozen)
    runnel_run_freeze (self->server->run, wish->step, user, &error);
  else
    runnel_run_thaw (self->server->run, wish->step, &error);
  conclude (self, wish, frozen ? "froze" : "thawed", user, error);
}

static const char *
get_text (JsonObject *request,
          const char *key)
{
  return json_object_get_string_member_with_default (request, key, NULL);
}

static void
handle_request (Connection *self,
                JsonObject *request)
{
  const char *name = get_text (request, "request");
  const Wish wish = {
    get_text (request, "step"), get_text (request, "comment"), get_text (request, "origin"),
  };

  if (g_strcmp0 (name, "snapshot") == 0)
    send_snapshot (self);
  else if (g_strcmp0 (name, "subscribe") == 0)
    subscribe (self);
  else if (g_strcmp0 (name, "cancel") == 0)
    cancel (self, &wish);
  else if (g_strcmp0 (name, "approve") == 0)
    answer_step (self, &wish, TRUE);
  else if (g_strcmp0 (name, "reject") == 0)
    answer_step (self, &wish, FALSE);
  else if (g_strcmp0 (name, "pause") == 0)
    hold_run (self, &wish, TRUE);
  else if (g_strcmp0 (name, "resume") == 0)
    hold_run (self, &wish, FALSE);
  else if (g_strcmp0 (name, "freeze") == 0)
    hold_step (self, &wish, TRUE);
  else if (g_strcmp0 (name, "thaw") == 0)
    hold_step (self, &wish, FALSE);
  else
    send_error (self, "Unknown request; a run knows snapshot, subscribe, cancel, approve, reject, "
                      "pause, resume, freeze and thaw");
}

/* json-glib reads recursively: a deep text would exhaust the stack. Requests are flat. */
static gboolean
is_flat (const char *line)
{
  const char *brace = strchr (line, '{');

  return brace && !strpbrk (brace + 1, "{[");
}

static void
line_cb (RunnelLineChannel *channel,
         const char        *line,
         gsize              length,
         gpointer           user_data)
{
  Connection *self = user_data;
  g_autoptr(JsonNode) node = NULL;

  if (runnel_line_channel_get_pending (channel) > MAX_ANSWERS_PENDING)
    {
      g_ptr_array_remove_fast (self->server->connections, self);
      return;
    }
  if (strlen (line) == length && g_utf8_validate (line, length, NULL) && is_flat (line))
    node = json_from_string (line, NULL);
  if (node && JSON_NODE_HOLDS_OBJECT (node))
    handle_request (self, json_node_get_object (node));
  else
    send_error (self, "A request is one line with a JSON object such as "
                      "{\"request\": \"snapshot\"}");
}

static void
closed_cb (RunnelLineChannel *channel,
           const char        *reason,
           gpointer           user_data)
{
  Connection *self = user_data;

  g_ptr_array_remove_fast (self->server->connections, self);
}

static const RunnelLineChannelCallbacks channel_callbacks = { line_cb, closed_cb };

static gboolean
is_welcome (int    fd,
            uid_t *ret_uid)
{
  struct ucred peer;
  socklen_t length = sizeof peer;

  if (getsockopt (fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) < 0)
    return FALSE;
  *ret_uid = peer.uid;
  return peer.uid == geteuid () || peer.uid == 0;
}

static gboolean
connection_cb (int          fd,
               GIOCondition condition,
               gpointer     user_data)
{
  RunnelRunServer *self = user_data;
  Connection *connection;
  int peer_fd = accept4 (self->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
  uid_t uid;

  if (peer_fd < 0)
    return G_SOURCE_CONTINUE;
  if (!is_welcome (peer_fd, &uid))
    {
      close (peer_fd);
      return G_SOURCE_CONTINUE;
    }
  connection = g_new0 (Connection, 1);
  connection->server = self;
  connection->uid = uid;
  connection->channel = runnel_line_channel_new (peer_fd, MAX_REQUEST, &channel_callbacks,
                                                 connection);
  g_ptr_array_add (self->connections, connection);
  return G_SOURCE_CONTINUE;
}

static void
server_event (RunnelEventSink   *sink,
              const RunnelEvent *event)
{
  RunnelRunServer *self = (RunnelRunServer *) sink;

  if (self->n_subscribers == 0)
    return;
  g_string_truncate (self->line, 0);
  runnel_event_append_json (event, self->line);
  g_string_append_c (self->line, '\n');

  for (guint i = 0; i < self->connections->len; i++)
    {
      Connection *connection = g_ptr_array_index (self->connections, i);

      if (connection->subscribed)
        runnel_line_channel_send_or_end (connection->channel, self->line->str, self->line->len,
                                         MAX_EVENTS_PENDING, too_slow);
    }
}

static int
listen_in (int dir_fd)
{
  struct sockaddr_un address;
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  if (fd < 0)
    return -1;
  runnel_line_channel_make_address (dir_fd, RUNNEL_RUN_DIR_SOCKET, &address);
  unlinkat (dir_fd, RUNNEL_RUN_DIR_SOCKET, 0);
  if (bind (fd, (struct sockaddr *) &address, sizeof address) == 0
      && fchmodat (dir_fd, RUNNEL_RUN_DIR_SOCKET, 0600, 0) == 0
      && listen (fd, BACKLOG) == 0)
    return fd;
  close (fd);
  return -1;
}

/**
 * runnel_run_server_new:
 * @dir: (transfer none): must outlive the server
 * @run: (transfer none): must outlive the server
 *
 * Listens on the thread's default main context. Its sink has to be added to the run.
 *
 * Returns: (transfer full) (nullable): errors are of #G_IO_ERROR
 */
RunnelRunServer *
runnel_run_server_new (RunnelRunDir  *dir,
                       RunnelRun     *run,
                       GError       **error)
{
  RunnelRunServer *self;
  int fd = listen_in (runnel_run_dir_get_fd (dir));

  if (fd < 0)
    {
      int error_number = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number),
                   "The run can't listen in “%s”: %s", runnel_run_dir_get_path (dir),
                   g_strerror (error_number));
      return NULL;
    }

  self = g_new0 (RunnelRunServer, 1);
  self->sink.event = server_event;
  self->run = run;
  self->dir_fd = runnel_run_dir_get_fd (dir);
  self->fd = fd;
  self->line = g_string_new (NULL);
  self->connections = g_ptr_array_new_with_free_func (connection_free);
  self->source = g_unix_fd_source_new (fd, G_IO_IN);
  g_source_set_callback (self->source, G_SOURCE_FUNC (connection_cb), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return self;
}

/**
 * runnel_run_server_free:
 *
 * Gives readers a second to take the last events, and stops listening.
 */
void
runnel_run_server_free (RunnelRunServer *self)
{
  gint64 deadline = g_get_monotonic_time () + DRAIN_TIME;

  g_source_destroy (self->source);
  g_source_unref (self->source);
  close (self->fd);
  unlinkat (self->dir_fd, RUNNEL_RUN_DIR_SOCKET, 0);
  for (guint i = 0; i < self->connections->len; i++)
    {
      Connection *connection = g_ptr_array_index (self->connections, i);

      runnel_line_channel_drain (connection->channel, deadline);
    }
  g_ptr_array_unref (self->connections);
  g_string_free (self->line, TRUE);
  g_free (self);
}

RunnelEventSink *
runnel_run_server_get_sink (RunnelRunServer *self)
{
  return &self->sink;
}
