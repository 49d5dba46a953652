/* runnel-webhook-signature.c: signs what is sent to a webhook, so that nobody else can send it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
#include "config.h"

#include <string.h>

#include "telemetry/runnel-webhook-signature.h"

#define PREFIX "whsec_"
#define MIN_KEY 24 /* bytes */
#define MAX_KEY 64
#define DIGEST 32  /* bytes of an HMAC-SHA256 */

G_DEFINE_QUARK (runnel-webhook-error-quark, runnel_webhook_error)

/* GLib's decoder passes over what is no base64, and so would take any sentence for a key. */
static gboolean
is_base64 (const char *text)
{
  gsize n = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

  return strlen (text) % 4 == 0 && n + strspn (text + n, "=") == strlen (text);
}

/* Returns: (transfer full) (nullable): the bytes to sign with */
static guchar *
decode_secret (const char  *secret,
               gsize       *ret_length,
               GError     **error)
{
  const char *text = g_str_has_prefix (secret, PREFIX) ? secret + strlen (PREFIX) : secret;
  guchar *key = is_base64 (text) ? g_base64_decode (text, ret_length) : NULL;

  if (key && *ret_length >= MIN_KEY && *ret_length <= MAX_KEY)
    return key;
  g_free (key);
  g_set_error (error, RUNNEL_WEBHOOK_ERROR, RUNNEL_WEBHOOK_ERROR_SECRET,
               "the secret to sign with has to be " PREFIX " and %d to %d bytes in base64; this "
               "makes one: echo " PREFIX "$(head -c 32 /dev/urandom | base64)", MIN_KEY, MAX_KEY);
  return NULL;
}

static char *
sign (const guchar *key,
      gsize         length,
      const char   *prefix,
      GBytes       *body)
{
  g_autoptr(GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, length);
  guint8 digest[DIGEST];
  gsize digest_length = sizeof digest;
  g_autofree char *text = NULL;

  g_hmac_update (hmac, (const guchar *) prefix, -1);
  g_hmac_update (hmac, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_hmac_get_digest (hmac, digest, &digest_length);
  text = g_base64_encode (digest, digest_length);
  return g_strconcat ("v1,", text, NULL);
}

/**
 * runnel_webhook_signature_make:
 * @secret: "whsec_" and 24 to 64 bytes in base64
 * @id: of the message; the same each time it is sent
 * @timestamp: when it is sent, in seconds since 1970; a receiver refuses an old one
 * @body: what is sent, to the byte
 * @error: return location for a %RUNNEL_WEBHOOK_ERROR_SECRET
 *
 * Returns: (transfer full) (nullable): the value of the header webhook-signature, "v1,..."
 */
char *
runnel_webhook_signature_make (const char  *secret,
                               const char  *id,
                               gint64       timestamp,
                               GBytes      *body,
                               GError     **error)
{
  g_autofree char *prefix = g_strdup_printf ("%s.%" G_GINT64_FORMAT ".", id, timestamp);
  gsize length = 0;
  guchar *key = decode_secret (secret, &length, error);
  char *signature;

  if (!key)
    return NULL;
  signature = sign (key, length, prefix, body);
  explicit_bzero (key, length);
  g_free (key);
  return signature;
}

/**
 * runnel_webhook_signature_add_headers:
 * @headers: those of a request
 *
 * Adds the headers webhook-id, webhook-timestamp and webhook-signature; see
 * runnel_webhook_signature_make().
 *
 * Returns: whether they are there
 */
gboolean
runnel_webhook_signature_add_headers (SoupMessageHeaders  *headers,
                                      const char          *secret,
                                      const char          *id,
                                      gint64               timestamp,
                                      GBytes              *body,
                                      GError             **error)
{
  g_autofree char *signature = runnel_webhook_signature_make (secret, id, timestamp, body, error);
  g_autofree char *seconds = g_strdup_printf ("%" G_GINT64_FORMAT, timestamp);

  if (!signature)
    return FALSE;
  soup_message_headers_replace (headers, "webhook-id", id);
  soup_message_headers_replace (headers, "webhook-timestamp", seconds);
  soup_message_headers_replace (headers, "webhook-signature", signature);
  return TRUE;
}
