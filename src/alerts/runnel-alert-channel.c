/* runnel-alert-channel.c: a way to tell somebody of an incident
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "alerts/runnel-alert-channel.h"
#include "alerts/runnel-alert-channel-private.h"
#include "alerts/runnel-alert-rule.h"

static char **
read_words (JsonObject *values,
            const char *name)
{
  JsonArray *array = json_object_get_array_member (values, name);
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_strv_builder_add (words, json_array_get_string_element (array, i));
  return g_strv_builder_end (words);
}

static gboolean
is_address (const char *address)
{
  const char *at = strchr (address, '@');

  for (const char *p = address; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) || g_ascii_isspace (*p) || strchr (",;<>\"", *p))
      return FALSE;
  return at != NULL && at != address && at[1] != '\0' && address[0] != '-';
}

static gboolean
check_url (RunnelAlertChannel  *self,
           GError             **error)
{
  g_autoptr(GUri) uri = g_uri_parse (self->url, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri ? g_uri_get_scheme (uri) : "";

  if (g_str_equal (scheme, "https") || g_str_equal (scheme, "http"))
    return TRUE;
  g_set_error (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_RULE,
               "the channel “%s” posts to “%s”, which is no address with https", self->name,
               self->url);
  return FALSE;
}

static gboolean
check_addresses (RunnelAlertChannel  *self,
                 GError             **error)
{
  for (guint i = 0; self->addresses[i] != NULL; i++)
    if (!is_address (self->addresses[i]))
      {
        g_set_error (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_RULE,
                     "the channel “%s” mails to “%s”, which is no address such as me@example.org",
                     self->name, self->addresses[i]);
        return FALSE;
      }
  return TRUE;
}

static gboolean
check (RunnelAlertChannel  *self,
       GError             **error)
{
  switch (self->kind)
    {
    case RUNNEL_ALERT_CHANNEL_COMMAND:
      if (self->command[0] != NULL)
        return TRUE;
      break;
    case RUNNEL_ALERT_CHANNEL_WEBHOOK:
      return check_url (self, error);
    case RUNNEL_ALERT_CHANNEL_MAIL:
      if (self->addresses[0] != NULL)
        return check_addresses (self, error);
      break;
    case RUNNEL_ALERT_CHANNEL_DESKTOP:
    default:
      return TRUE;
    }
  g_set_error (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_RULE,
               "the channel “%s” has an empty array", self->name);
  return FALSE;
}

/**
 * runnel_alert_channel_new:
 * @name: what it is called in the settings
 * @values: (nullable): what stands there, checked against the settings' shape; %NULL for the
 *   desktop
 * @error: return location for a %RUNNEL_ALERT_ERROR_RULE
 *
 * Returns: (transfer full) (nullable): the channel
 */
RunnelAlertChannel *
runnel_alert_channel_new (const char  *name,
                          JsonObject  *values,
                          GError     **error)
{
  g_autoptr(RunnelAlertChannel) self = g_new0 (RunnelAlertChannel, 1);

  self->name = g_strdup (name);
  if (values == NULL)
    return g_steal_pointer (&self);

  if (json_object_has_member (values, "command") + json_object_has_member (values, "webhook") +
        json_object_has_member (values, "mail") != 1)
    {
      g_set_error (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_RULE,
                   "the channel “%s” has to have one of command, webhook and mail", name);
      return NULL;
    }
  if (json_object_has_member (values, "command"))
    {
      self->kind = RUNNEL_ALERT_CHANNEL_COMMAND;
      self->command = read_words (values, "command");
    }
  else if (json_object_has_member (values, "webhook"))
    {
      self->kind = RUNNEL_ALERT_CHANNEL_WEBHOOK;
      self->url = g_strdup (json_object_get_string_member (values, "webhook"));
      self->secret = g_strdup (json_object_get_string_member_with_default (values, "secret", NULL));
    }
  else
    {
      self->kind = RUNNEL_ALERT_CHANNEL_MAIL;
      self->addresses = read_words (values, "mail");
    }
  return check (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * runnel_alert_channel_free:
 * @self: (transfer full) (nullable): a channel
 */
void
runnel_alert_channel_free (RunnelAlertChannel *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_strfreev (self->command);
  g_free (self->url);
  g_free (self->secret);
  g_strfreev (self->addresses);
  g_free (self);
}

/**
 * runnel_alert_channel_describe:
 *
 * Returns: (transfer full): who is told, in words. Of an address only the host: the rest of it may
 *   be a secret.
 */
char *
runnel_alert_channel_describe (const RunnelAlertChannel *self)
{
  g_autoptr(GUri) uri = NULL;
  g_autofree char *words = NULL;

  switch (self->kind)
    {
    case RUNNEL_ALERT_CHANNEL_DESKTOP:
      return g_strdup (_("notification on the desktop"));
    case RUNNEL_ALERT_CHANNEL_COMMAND:
      words = g_strjoinv (" ", self->command);
      return g_strdup_printf (_("command %s"), words);
    case RUNNEL_ALERT_CHANNEL_WEBHOOK:
      uri = g_uri_parse (self->url, G_URI_FLAGS_NONE, NULL);
      return g_strdup_printf (self->secret ? _("webhook at %s, signed") : _("webhook at %s"),
                              g_uri_get_host (uri));
    case RUNNEL_ALERT_CHANNEL_MAIL:
      words = g_strjoinv (", ", self->addresses);
      return g_strdup_printf (_("mail to %s"), words);
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * runnel_alert_channel_tell:
 * @message: what is told
 * @error: return location for a %RUNNEL_ALERT_ERROR_CHANNEL
 *
 * Tells somebody, and waits until that is done: half a minute at most.
 *
 * Returns: whether it arrived, as far as that can be known
 */
gboolean
runnel_alert_channel_tell (const RunnelAlertChannel  *self,
                           const RunnelAlertMessage  *message,
                           GError                   **error)
{
  switch (self->kind)
    {
    case RUNNEL_ALERT_CHANNEL_DESKTOP:
      return _runnel_alert_notify (message, error);
    case RUNNEL_ALERT_CHANNEL_COMMAND:
      return _runnel_alert_call (self, message, error);
    case RUNNEL_ALERT_CHANNEL_WEBHOOK:
      return _runnel_alert_post (self, message, error);
    case RUNNEL_ALERT_CHANNEL_MAIL:
      return _runnel_alert_mail (self, message, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}
