/* runnel-webhook-signature.h: signs what is sent to a webhook, so that nobody else can send it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define RUNNEL_WEBHOOK_ERROR (runnel_webhook_error_quark ())
typedef enum
{
  RUNNEL_WEBHOOK_ERROR_SECRET = 1, /* it can't be used to sign; the message does not tell it */
} RunnelWebhookError;
GQuark runnel_webhook_error_quark (void);

char     *runnel_webhook_signature_make        (const char          *secret,
                                                const char          *id,
                                                gint64               timestamp,
                                                GBytes              *body,
                                                GError             **error);
gboolean  runnel_webhook_signature_add_headers (SoupMessageHeaders  *headers,
                                                const char          *secret,
                                                const char          *id,
                                                gint64               timestamp,
                                                GBytes              *body,
                                                GError             **error);

G_END_DECLS
