/* test-inhibitor.c: keeping the machine awake, with a logind of our own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <gio/gio.h>
#include <gio/gunixfdlist.h>

#include "engine/runnel-inhibitor.h"

static const char interface_xml[] =
  "<node><interface name='org.freedesktop.login1.Manager'><method name='Inhibit'>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='h' direction='out'/></method></interface></node>";

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *logind;  /* the connection of ours, or NULL */
  guint n_asked;
  char *asked;              /* the arguments of the last call */
  int lock;                 /* our end of it, -1 = none was given */
  gboolean refuses;
  RunnelClock *clock;
  RunnelInhibitor *inhibitor;
} Fixture;

static void
give_lock (Fixture               *self,
           GDBusMethodInvocation *invocation)
{
  g_autoptr(GUnixFDList) fds = g_unix_fd_list_new ();
  int ends[2];

  g_assert_cmpint (pipe2 (ends, O_CLOEXEC), ==, 0);
  self->lock = ends[0];
  g_assert_cmpint (g_unix_fd_list_append (fds, ends[1], NULL), ==, 0);
  close (ends[1]);
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", 0),
                                                           fds);
}

static void
method_call_cb (GDBusConnection       *connection,
                const char            *sender,
                const char            *path,
                const char            *interface,
                const char            *method,
                GVariant              *parameters,
                GDBusMethodInvocation *invocation,
                gpointer               user_data)
{
  Fixture *self = user_data;

  self->n_asked++;
  g_free (self->asked);
  self->asked = g_variant_print (parameters, FALSE);
  if (self->refuses)
    g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR,
                                                   G_DBUS_ERROR_ACCESS_DENIED, "no");
  else
    give_lock (self, invocation);
}

static void
start_logind (Fixture *self)
{
  static const GDBusInterfaceVTable vtable = { method_call_cb, NULL, NULL, { 0 } };
  g_autoptr(GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (interface_xml, NULL);
  g_autoptr(GVariant) answer = NULL;
  g_autoptr(GError) error = NULL;

  self->logind = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (self->bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_dbus_connection_register_object (self->logind, "/org/freedesktop/login1",
                                                       info->interfaces[0], &vtable, self, NULL,
                                                       &error), >, 0);
  answer = g_dbus_connection_call_sync (self->logind, "org.freedesktop.DBus",
                                        "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                        "RequestName",
                                        g_variant_new ("(su)", "org.freedesktop.login1", 0), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *self,
        gconstpointer  user_data)
{
  self->lock = -1;
  self->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (self->bus);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (self->bus), TRUE);
  self->clock = runnel_fake_clock_new (0);
  self->inhibitor = runnel_inhibitor_new (self->clock, "Run 12: Build");
}

static void
tear_down (Fixture       *self,
           gconstpointer  user_data)
{
  g_clear_pointer (&self->inhibitor, runnel_inhibitor_free);
  runnel_fake_clock_free (self->clock);
  if (self->lock >= 0)
    close (self->lock);
  if (self->logind)
    g_dbus_connection_close_sync (self->logind, NULL, NULL);
  g_clear_object (&self->logind);
  g_test_dbus_down (self->bus);
  g_object_unref (self->bus);
  g_free (self->asked);
}

static void
tell (Fixture         *self,
      RunnelEventType  type,
      guint            step,
      RunnelState      state)
{
  RunnelEventSink *sink = runnel_inhibitor_get_sink (self->inhibitor);
  const RunnelEvent event = { .type = type, .step_index = step, .state = state };

  sink->event (sink, &event);
}

/* Whether the other end of the lock is still open: its end wakes poll(). */
static gboolean
is_locked (Fixture *self)
{
  struct pollfd fd = { .fd = self->lock, .events = POLLIN };

  return self->lock >= 0 && poll (&fd, 1, 0) == 0;
}

static void
wait_for_lock (Fixture *self)
{
  while (self->lock < 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_hold (Fixture       *self,
           gconstpointer  user_data)
{
  start_logind (self);
  tell (self, RUNNEL_EVENT_ATTEMPT_STARTED, 7, RUNNEL_STATE_RUNNING);
  tell (self, RUNNEL_EVENT_ATTEMPT_STARTED, 2, RUNNEL_STATE_RUNNING);
  tell (self, RUNNEL_EVENT_ATTEMPT_FINISHED, 2, RUNNEL_STATE_SUCCEEDED);
  runnel_fake_clock_advance (self->clock, RUNNEL_INHIBITOR_DELAY);
  wait_for_lock (self);
  g_assert_cmpstr (self->asked, ==, "('sleep:idle', 'Runnel', 'Run 12: Build', 'block')");
  g_assert_true (is_locked (self));

  g_clear_pointer (&self->inhibitor, runnel_inhibitor_free);
  while (is_locked (self))
    g_main_context_iteration (NULL, FALSE);
}

static void
test_short_run (Fixture       *self,
                gconstpointer  user_data)
{
  for (guint i = 0; i < 100; i++)
    {
      tell (self, RUNNEL_EVENT_ATTEMPT_STARTED, i, RUNNEL_STATE_RUNNING);
      tell (self, RUNNEL_EVENT_ATTEMPT_FINISHED, i, RUNNEL_STATE_SUCCEEDED);
    }
  /* One timer looks whether it is still needed, and then there is none. */
  g_assert_true (runnel_fake_clock_jump (self->clock));
  g_assert_false (runnel_fake_clock_jump (self->clock));
  g_assert_cmpuint (self->n_asked, ==, 0);
}

/* A run that waits for a person, or is frozen, lets the machine sleep. */
static void
test_wait (Fixture       *self,
           gconstpointer  user_data)
{
  start_logind (self);
  tell (self, RUNNEL_EVENT_ATTEMPT_STARTED, 0, RUNNEL_STATE_RUNNING);
  runnel_fake_clock_advance (self->clock, RUNNEL_INHIBITOR_DELAY);
  wait_for_lock (self);

  tell (self, RUNNEL_EVENT_STEP_WAITING, 0, RUNNEL_STATE_WAITING);
  runnel_fake_clock_advance (self->clock, RUNNEL_INHIBITOR_DELAY);
  while (is_locked (self))
    g_main_context_iteration (NULL, FALSE);

  close (self->lock);
  self->lock = -1;
  tell (self, RUNNEL_EVENT_STEP_WAITING, 0, RUNNEL_STATE_RUNNING);
  runnel_fake_clock_advance (self->clock, RUNNEL_INHIBITOR_DELAY);
  wait_for_lock (self);
  g_assert_cmpuint (self->n_asked, ==, 2);
}

static void
test_refused (Fixture       *self,
              gconstpointer  user_data)
{
  self->refuses = TRUE;
  start_logind (self);
  tell (self, RUNNEL_EVENT_ATTEMPT_STARTED, 0, RUNNEL_STATE_RUNNING);
  runnel_fake_clock_advance (self->clock, RUNNEL_INHIBITOR_DELAY);
  while (self->n_asked == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_locked (self));
}

/* Freed at any moment of its request, nothing of it is left. */
static void
test_freed_early (Fixture       *self,
                  gconstpointer  user_data)
{
  guint n_iterations = GPOINTER_TO_UINT (user_data);

  start_logind (self);
  tell (self, RUNNEL_EVENT_ATTEMPT_STARTED, 0, RUNNEL_STATE_RUNNING);
  runnel_fake_clock_advance (self->clock, RUNNEL_INHIBITOR_DELAY);
  for (guint i = 0; i < n_iterations; i++)
    g_main_context_iteration (NULL, TRUE);
  g_clear_pointer (&self->inhibitor, runnel_inhibitor_free);
  while (is_locked (self))
    g_main_context_iteration (NULL, FALSE);
}

static void
test_no_bus (Fixture       *self,
             gconstpointer  user_data)
{
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", user_data, TRUE);
  tell (self, RUNNEL_EVENT_ATTEMPT_STARTED, 0, RUNNEL_STATE_RUNNING);
  runnel_fake_clock_advance (self->clock, RUNNEL_INHIBITOR_DELAY);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_false (runnel_fake_clock_jump (self->clock));
  g_assert_cmpuint (self->n_asked, ==, 0);
}

#define add(path, data, func) \
  g_test_add ("/engine/inhibitor/" path, Fixture, data, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("hold", NULL, test_hold);
  add ("short-run", NULL, test_short_run);
  add ("wait", NULL, test_wait);
  add ("refused", NULL, test_refused);
  add ("freed-early/0", GUINT_TO_POINTER (0), test_freed_early);
  add ("freed-early/1", GUINT_TO_POINTER (1), test_freed_early);
  add ("freed-early/2", GUINT_TO_POINTER (2), test_freed_early);
  add ("no-bus/no-socket", "unix:path=/nonexistent/bus", test_no_bus);
  add ("no-bus/no-address", "nonsense", test_no_bus);

  return g_test_run ();
}
