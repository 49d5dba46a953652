/* runnel-alert-webhook.c: tells of an incident by posting to an address
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signed by Standard Webhooks: https://github.com/standard-webhooks/standard-webhooks
 */
#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "alerts/runnel-alert-channel-private.h"
#include "alerts/runnel-alert-rule.h"
#include "engine/secrets/runnel-secrets.h"
#include "telemetry/runnel-webhook-signature.h"

static gboolean
sign (SoupMessage               *post,
      const char                *name,
      const RunnelAlertMessage  *message,
      GBytes                    *body,
      GError                   **error)
{
  const char *names[] = { name, NULL };
  g_autoptr(RunnelSecrets) secrets = runnel_secrets_find_sync (names, NULL, error);
  const char *secret = secrets ? runnel_secrets_lookup (secrets, name) : NULL;

  return secret != NULL &&
         runnel_webhook_signature_add_headers (soup_message_get_request_headers (post), secret, message->id,
                                               g_get_real_time () / G_TIME_SPAN_SECOND, body, error);
}

static gboolean
send (SoupMessage  *post,
      GError      **error)
{
  g_autoptr(SoupSession) session = soup_session_new_with_options ("timeout", RUNNEL_ALERT_TIMEOUT_S, "user-agent",
                                                                  "runnel/" RUNNEL_VERSION, NULL);
  g_autoptr(GError) problem = NULL;
  g_autoptr(GInputStream) answer = soup_session_send (session, post, NULL, &problem);

  if (answer == NULL)
    g_set_error_literal (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_CHANNEL, problem->message);
  else if (!SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (post)))
    g_set_error (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_CHANNEL, "the webhook answered %u %s",
                 soup_message_get_status (post), soup_message_get_reason_phrase (post));
  else
    return TRUE;
  return FALSE;
}

gboolean
_runnel_alert_post (const RunnelAlertChannel  *channel,
                    const RunnelAlertMessage  *message,
                    GError                   **error)
{
  g_autoptr(SoupMessage) post = soup_message_new (SOUP_METHOD_POST, channel->url);
  g_autofree char *json = runnel_alert_message_to_json (message);
  g_autoptr(GBytes) body = g_bytes_new (json, strlen (json));
  g_autoptr(GError) problem = NULL;

  /* Who redirects a signed message could have it go anywhere. */
  soup_message_add_flags (post, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_set_request_body_from_bytes (post, "application/json", body);
  if (channel->secret == NULL || sign (post, channel->secret, message, body, &problem))
    return send (post, error);

  g_set_error (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_CHANNEL, "it can't be signed with the secret %s%s%s",
               channel->secret, problem ? ": " : "", problem ? problem->message : "");
  return FALSE;
}
