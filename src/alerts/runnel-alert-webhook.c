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
         runnel_webhook_signature_add_headers (soup_message_get_request_headers (post), secret,
                                               message->id,
                                               g_get_real_time () / G_TIME_SPAN_SECOND, body,
                                               error);
}

/* A post that is under way. */
typedef struct
{
  GMainLoop *loop;
  GCancellable *cancellable;
  GInputStream *answer;
  GError *problem;
  gboolean is_late;
} Exchange;

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Exchange *exchange = user_data;

  exchange->answer = soup_session_send_finish (SOUP_SESSION (source), result, &exchange->problem);
  g_main_loop_quit (exchange->loop);
}

static gboolean
late_cb (gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->is_late = TRUE;
  g_cancellable_cancel (exchange->cancellable);
  return G_SOURCE_REMOVE;
}

/* The timeout of a session begins anew with each byte, so that who answers slowly could hold us for
 * ever; this one is for all of it. */
static void
wait_for_answer (Exchange     *self,
                 GMainContext *context,
                 SoupMessage  *post)
{
  g_autoptr(SoupSession) session =
    soup_session_new_with_options ("timeout", 0, "user-agent", "runnel/" RUNNEL_VERSION, NULL);
  g_autoptr(GSource) timeout = g_timeout_source_new_seconds (RUNNEL_ALERT_TIMEOUT_S);

  g_source_set_callback (timeout, late_cb, self, NULL);
  g_source_attach (timeout, context);
  soup_session_send_async (session, post, G_PRIORITY_DEFAULT, self->cancellable, sent_cb, self);
  g_main_loop_run (self->loop);
  g_source_destroy (timeout);
}

static gboolean
check_answer (const Exchange *self,
              SoupMessage    *post,
              GError        **error)
{
  if (self->is_late)
    g_set_error (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_CHANNEL,
                 "the webhook took longer than %d seconds",
                 RUNNEL_ALERT_TIMEOUT_S);
  else if (self->answer == NULL)
    g_set_error_literal (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_CHANNEL,
                         self->problem->message);
  else if (!SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (post)))
    g_set_error (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_CHANNEL,
                 "the webhook answered %u %s",
                 soup_message_get_status (post), soup_message_get_reason_phrase (post));
  else
    return TRUE;
  return FALSE;
}

static gboolean
send (SoupMessage  *post,
      GError      **error)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Exchange exchange = { .loop = loop, .cancellable = cancellable };
  gboolean ok;

  g_main_context_push_thread_default (context);
  wait_for_answer (&exchange, context, post);
  ok = check_answer (&exchange, post, error);
  g_clear_object (&exchange.answer);
  g_clear_error (&exchange.problem);
  g_main_context_pop_thread_default (context);
  return ok;
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

  g_set_error (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_CHANNEL,
               "it can't be signed with the secret %s%s%s",
               channel->secret, problem ? ": " : "", problem ? problem->message : "");
  return FALSE;
}
