/* runnel-alert-desktop.c: tells of an incident by a notification on the desktop
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Desktop Notifications Specification 1.2. Not through GApplication, for a run has none.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "alerts/runnel-alert-channel-private.h"
#include "alerts/runnel-alert-rule.h"

#define TIMEOUT_MS 5000
#define URGENCY_NORMAL 1
#define URGENCY_CRITICAL 2 /* stays until somebody has seen it */

static GVariant *
make_call (const RunnelAlertMessage *message)
{
  g_autofree char *body = g_markup_escape_text (message->body, -1);
  GVariantBuilder hints;

  g_variant_builder_init (&hints, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&hints, "{sv}", "desktop-entry",
                         g_variant_new_string ("org.runnel.Runnel"));
  g_variant_builder_add (&hints, "{sv}", "urgency",
                         g_variant_new_byte (message->is_end ? URGENCY_NORMAL : URGENCY_CRITICAL));
  return g_variant_new ("(susss@asa{sv}i)", "Runnel", 0, "org.runnel.Runnel", message->title, body,
                        g_variant_new_strv (NULL, 0), &hints, -1);
}

gboolean
_runnel_alert_notify (const RunnelAlertMessage  *message,
                      GError                   **error)
{
  g_autoptr(GError) problem = NULL;
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &problem);
  g_autoptr(GVariant) answer = NULL;

  if (bus != NULL)
    answer = g_dbus_connection_call_sync (bus, "org.freedesktop.Notifications",
                                          "/org/freedesktop/Notifications",
                                          "org.freedesktop.Notifications", "Notify",
                                          make_call (message),
                                          G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE,
                                          TIMEOUT_MS, NULL, &problem);
  if (answer != NULL)
    return TRUE;
  g_dbus_error_strip_remote_error (problem);
  g_set_error (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_CHANNEL,
               "there is no desktop to notify: %s",
               problem->message);
  return FALSE;
}
