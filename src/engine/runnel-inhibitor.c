/* runnel-inhibitor.c: keeps the machine awake while a run works
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By an inhibitor lock of systemd-logind, which is held as long as its file descriptor is open:
 * https://www.freedesktop.org/wiki/Software/systemd/inhibit/
 */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include <gio/gio.h>
#include <gio/gunixfdlist.h>

#include "engine/runnel-inhibitor.h"

/* "idle" is what lets a machine fall asleep, and desktops that look after that themselves ask for
 * "sleep". Whoever closes the lid still gets what they want, and their timeouts stand still. */
#define WHAT "sleep:idle"
#define MODE "block"

struct _RunnelInhibitor
{
  RunnelEventSink sink;    /* first, so that the sink is the inhibitor */
  RunnelClock *clock;
  char *why;
  GByteArray *working;     /* of each step by its index: whether an attempt of it works */
  guint n_working;
  RunnelTimer *timer;      /* looks whether the lock is still as it should be, or NULL */
  GCancellable *request;   /* the lock is being asked for, or NULL */
  gboolean refused;        /* there is no such thing as a lock here */
  int fd;                  /* the lock, -1 = not held */
};

static void
release (RunnelInhibitor *self)
{
  if (self->request)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

/* Without a system bus or logind the machine is kept awake by others, or never sleeps. */
static void
inhibit_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GDBusConnection *connection = G_DBUS_CONNECTION (object);
  RunnelInhibitor *self = user_data;
  g_autoptr(GUnixFDList) fds = NULL;
  g_autoptr(GVariant) answer = NULL;
  g_autoptr(GError) error = NULL;

  answer = g_dbus_connection_call_with_unix_fd_list_finish (connection, &fds, result, &error);
  g_dbus_connection_close (connection, NULL, NULL, NULL);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->request);
  if (fds && g_unix_fd_list_get_length (fds) > 0)
    self->fd = g_unix_fd_list_get (fds, 0, NULL);
  self->refused = self->fd < 0;
  if (error)
    g_debug ("The machine may sleep during the run: %s", error->message);
}

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  RunnelInhibitor *self = user_data;
  g_autoptr(GDBusConnection) connection = NULL;
  g_autoptr(GError) error = NULL;

  connection = g_dbus_connection_new_for_address_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!connection)
    {
      g_debug ("The machine may sleep during the run: %s", error->message);
      g_clear_object (&self->request);
      self->refused = TRUE;
      return;
    }

  g_dbus_connection_call_with_unix_fd_list (connection, "org.freedesktop.login1",
                                            "/org/freedesktop/login1",
                                            "org.freedesktop.login1.Manager", "Inhibit",
                                            g_variant_new ("(ssss)", WHAT, "Runnel", self->why,
                                                           MODE),
                                            G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NONE, -1,
                                            NULL, self->request, inhibit_cb, self);
}

/* A connection of our own: the shared one ends the process when the bus goes away. */
static void
ask (RunnelInhibitor *self)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SYSTEM, NULL, NULL);

  if (!address)
    {
      self->refused = TRUE;
      return;
    }
  self->request = g_cancellable_new ();
  g_dbus_connection_new_for_address (address,
                                     G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                       G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                     NULL, self->request, connected_cb, self);
}

static gboolean
is_held (RunnelInhibitor *self)
{
  return self->fd >= 0 || self->request != NULL;
}

static void
look_cb (gpointer user_data)
{
  RunnelInhibitor *self = user_data;

  self->timer = NULL;
  if (self->n_working == 0)
    release (self);
  else if (!is_held (self) && !self->refused)
    ask (self);
}

static void
look_later (RunnelInhibitor *self)
{
  if (self->timer || (self->n_working > 0) == is_held (self) || self->refused)
    return;

  self->timer = self->clock->add_timer (self->clock,
                                        self->clock->now (self->clock) + RUNNEL_INHIBITOR_DELAY,
                                        look_cb, self);
}

static void
set_working (RunnelInhibitor *self,
             guint            step,
             gboolean         working)
{
  guint n_steps = self->working->len;

  if (step >= n_steps)
    {
      g_byte_array_set_size (self->working, step + 1);
      memset (self->working->data + n_steps, 0, step + 1 - n_steps);
    }
  if (self->working->data[step] == working)
    return;

  self->working->data[step] = working;
  self->n_working += working ? 1 : -1;
  look_later (self);
}

/* What waits, for a person, a time or to be thawed, needs no machine that is awake. */
static void
inhibitor_event (RunnelEventSink   *sink,
                 const RunnelEvent *event)
{
  RunnelInhibitor *self = (RunnelInhibitor *) sink;

  switch (event->type)
    {
    case RUNNEL_EVENT_ATTEMPT_STARTED:
      set_working (self, event->step_index, TRUE);
      break;
    case RUNNEL_EVENT_STEP_WAITING:
      set_working (self, event->step_index, event->state == RUNNEL_STATE_RUNNING);
      break;
    case RUNNEL_EVENT_ATTEMPT_FINISHED:
      set_working (self, event->step_index, FALSE);
      break;
    default:
      break;
    }
}

/**
 * runnel_inhibitor_new:
 * @clock: (transfer none): must outlive the inhibitor
 * @why: a sentence for the person who wants to know what keeps the machine awake
 *
 * While attempts work, the machine does not fall asleep, where systemd-logind is there; elsewhere
 * nothing happens. Nothing of it blocks. Works on the thread's default main context.
 *
 * Returns: (transfer full): an inhibitor, whose sink has to be added to the run
 */
RunnelInhibitor *
runnel_inhibitor_new (RunnelClock *clock,
                      const char  *why)
{
  RunnelInhibitor *self = g_new0 (RunnelInhibitor, 1);

  self->sink.event = inhibitor_event;
  self->clock = clock;
  self->why = g_strdup (why);
  self->working = g_byte_array_new ();
  self->fd = -1;

  return self;
}

/**
 * runnel_inhibitor_free:
 *
 * Lets the machine sleep again.
 */
void
runnel_inhibitor_free (RunnelInhibitor *self)
{
  if (self->timer)
    self->clock->cancel (self->clock, self->timer);
  release (self);
  g_byte_array_unref (self->working);
  g_free (self->why);
  g_free (self);
}

RunnelEventSink *
runnel_inhibitor_get_sink (RunnelInhibitor *self)
{
  return &self->sink;
}
