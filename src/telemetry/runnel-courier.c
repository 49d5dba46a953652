/* runnel-courier.c: takes parcels to a receiver, one after the other
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A receiver may be slow, hang, lie about the length of its answer or never end it: one parcel
 * takes at most as long as the courier has patience, and little of an answer is read.
 */
#include "config.h"

#include "engine/secrets/runnel-secrets.h"
#include "model/runnel-json-read.h"
#include "telemetry/runnel-courier.h"
#include "telemetry/runnel-webhook-signature.h"

#define MAX_ANSWER (64 * 1024)
#define MAX_QUOTE 200 /* bytes of an answer that are told to a person */
#define MAX_DEPTH 32
#define TOO_MANY_REQUESTS 429 /* for which libsoup has no name */

struct _RunnelCourier
{
  const RunnelReceiver *receiver;
  gint64 patience;
  GMainContext *context;
  SoupSession *session;
  RunnelSecrets *secrets; /* NULL = not found yet */
};

void
runnel_receipt_clear (RunnelReceipt *self)
{
  g_clear_pointer (&self->message, g_free);
}

/* --- The request --- */

static GBytes *
compress (GBytes *body)
{
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr(GConverter) gzip =
    G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  g_autoptr(GOutputStream) stream = g_converter_output_stream_new (memory, gzip);

  g_output_stream_write_all (stream, g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL,
                             NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* Whoever has no value for a secret can't send now; the parcel waits until there is one. */
static gboolean
find_secrets (RunnelCourier *self,
              GCancellable  *cancellable,
              GError       **error)
{
  g_auto(GStrv) names = NULL;
  g_autoptr(GError) problem = NULL;

  if (self->secrets)
    return TRUE;
  names = runnel_receiver_list_secrets (self->receiver);
  self->secrets = runnel_secrets_find_sync ((const char *const *) names, cancellable, &problem);
  if (self->secrets)
    return TRUE;
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&problem));
  else
    g_set_error (error, RUNNEL_TELEMETRY_ERROR, RUNNEL_TELEMETRY_ERROR_UNREACHED, "%s",
                 problem->message);
  return FALSE;
}

static gboolean
add_secret_headers (RunnelCourier       *self,
                    SoupMessageHeaders  *headers,
                    GError             **error)
{
  GHashTableIter iter;
  gpointer name, secret;

  g_hash_table_iter_init (&iter, self->receiver->headers);
  while (g_hash_table_iter_next (&iter, &name, &secret))
    {
      const char *value = runnel_secrets_lookup (self->secrets, secret);

      if (strpbrk (value, "\r\n"))
        {
          g_set_error (error, RUNNEL_TELEMETRY_ERROR, RUNNEL_TELEMETRY_ERROR_UNREACHED,
                       "the secret “%s” has more than one line and can't be a header",
                       (char *) secret);
          return FALSE;
        }
      soup_message_headers_replace (headers, name, value);
    }
  return TRUE;
}

/* The signature is of this very attempt, and of what is sent to the byte. */
static gboolean
sign (RunnelCourier       *self,
      SoupMessageHeaders  *headers,
      RunnelParcel        *parcel,
      GError             **error)
{
  g_autoptr(GError) problem = NULL;

  if (!self->receiver->secret || !parcel->id)
    return TRUE;
  if (runnel_webhook_signature_add_headers (
        headers, runnel_secrets_lookup (self->secrets, self->receiver->secret), parcel->id,
        g_get_real_time () / G_TIME_SPAN_SECOND, parcel->body, &problem))
    return TRUE;
  g_set_error (error, RUNNEL_TELEMETRY_ERROR, RUNNEL_TELEMETRY_ERROR_UNREACHED, "%s",
               problem->message);
  return FALSE;
}

static SoupMessage *
make_message (RunnelCourier  *self,
              RunnelParcel   *parcel,
              GError        **error)
{
  g_autofree char *url = g_strconcat (self->receiver->url, parcel->path, NULL);
  g_autoptr(SoupMessage) message = soup_message_new (SOUP_METHOD_POST, url);
  SoupMessageHeaders *headers;
  g_autoptr(GBytes) body = NULL;

  if (!message)
    {
      g_set_error (error, RUNNEL_TELEMETRY_ERROR, RUNNEL_TELEMETRY_ERROR_REFUSED,
                   "nothing can be sent to its URL");
      return NULL;
    }
  headers = soup_message_get_request_headers (message);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  for (char **pair = parcel->headers; pair && *pair; pair += 2)
    soup_message_headers_replace (headers, pair[0], pair[1]);
  if (!add_secret_headers (self, headers, error) || !sign (self, headers, parcel, error))
    return NULL;
  if (self->receiver->gzip)
    soup_message_headers_replace (headers, "Content-Encoding", "gzip");
  body = self->receiver->gzip ? compress (parcel->body) : g_bytes_ref (parcel->body);
  soup_message_set_request_body_from_bytes (message, parcel->content_type, body);
  return g_steal_pointer (&message);
}

/* --- The exchange --- */

typedef struct
{
  GCancellable *cancellable;
  gboolean is_late;
} Deadline;

static gboolean
late_cb (gpointer user_data)
{
  Deadline *deadline = user_data;

  deadline->is_late = TRUE;
  g_cancellable_cancel (deadline->cancellable);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *outer,
              gpointer      inner)
{
  g_cancellable_cancel (inner);
}

static void
ready_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (RunnelCourier  *self,
          GAsyncResult  **result)
{
  while (*result == NULL)
    g_main_context_iteration (self->context, TRUE);
  return *result;
}

/* Reads as much as anybody wants to know. */
static GBytes *
read_answer (RunnelCourier *self,
             GInputStream  *stream,
             GCancellable  *cancellable)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  gssize n = 1;

  while (n > 0 && bytes->len < MAX_ANSWER)
    {
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GBytes) chunk = NULL;

      g_input_stream_read_bytes_async (stream, MAX_ANSWER - bytes->len, G_PRIORITY_DEFAULT,
                                       cancellable, ready_cb, &result);
      chunk = g_input_stream_read_bytes_finish (stream, wait_for (self, &result), NULL);
      n = chunk ? (gssize) g_bytes_get_size (chunk) : -1;
      if (n > 0)
        g_byte_array_append (bytes, g_bytes_get_data (chunk, NULL), n);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* Returns: (transfer full) (nullable): the body of the answer; NULL when there is no answer */
static GBytes *
exchange (RunnelCourier  *self,
          SoupMessage    *message,
          GCancellable   *cancellable,
          GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GInputStream) stream = NULL;
  GBytes *body = NULL;

  soup_session_send_async (self->session, message, G_PRIORITY_DEFAULT, cancellable, ready_cb,
                           &result);
  stream = soup_session_send_finish (self->session, wait_for (self, &result), error);
  if (stream)
    body = read_answer (self, stream, cancellable);
  return body;
}

static GBytes *
exchange_in_time (RunnelCourier  *self,
                  SoupMessage    *message,
                  GCancellable   *outer,
                  GError        **error)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Deadline deadline = { cancellable, FALSE };
  g_autoptr(GSource) timeout = g_timeout_source_new (self->patience / 1000);
  gulong handler = outer ? g_cancellable_connect (outer, G_CALLBACK (cancelled_cb), cancellable,
                                                  NULL)
                         : 0;
  g_autoptr(GError) problem = NULL;
  GBytes *body;

  g_source_set_callback (timeout, late_cb, &deadline, NULL);
  g_source_attach (timeout, self->context);
  body = exchange (self, message, cancellable, &problem);
  g_source_destroy (timeout);
  g_cancellable_disconnect (outer, handler);
  if (body)
    return body;
  if (deadline.is_late || !g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error (error, RUNNEL_TELEMETRY_ERROR, RUNNEL_TELEMETRY_ERROR_UNREACHED, "%s",
                 deadline.is_late ? "no answer in time" : problem->message);
  else
    g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* --- The answer --- */

static gint64
read_retry_after (SoupMessage *message)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                   "Retry-After");
  g_autoptr(GDateTime) date = NULL;
  guint64 seconds;

  if (!text)
    return -1;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &seconds, NULL))
    return seconds * G_TIME_SPAN_SECOND;
  date = soup_date_time_new_from_http_string (text);
  if (!date)
    return -1;
  return MAX (g_date_time_to_unix (date) * G_TIME_SPAN_SECOND - g_get_real_time (), 0);
}

/* A line of what it said, without what must not be told: it may have sent it back to us. */
static char *
quote (RunnelCourier *self,
       const char    *text)
{
  RunnelSecretMask *mask = runnel_secrets_get_mask (self->secrets);
  g_autofree char *valid = g_utf8_make_valid (text, strnlen (text, MAX_QUOTE));
  char *hidden = mask ? runnel_secret_mask_hide (mask, valid) : NULL;

  if (!hidden)
    hidden = g_steal_pointer (&valid);
  for (char *p = hidden; *p; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  return g_strstrip (hidden);
}

static guint
get_count (JsonObject *object,
           const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  GType type = node ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type == G_TYPE_STRING)
    return CLAMP (g_ascii_strtoll (json_node_get_string (node), NULL, 10), 0, G_MAXINT);
  return type == G_TYPE_INT64 ? CLAMP (json_node_get_int (node), 0, G_MAXINT) : 0;
}

/* OTLP: a receiver that took only a part says how much it threw away. */
static void
read_partial_success (RunnelCourier *self,
                      const char    *text,
                      gsize          length,
                      RunnelReceipt *receipt)
{
  g_autoptr(JsonNode) root = runnel_json_read (text, length, MAX_DEPTH, NULL, NULL);
  JsonNode *node = NULL;
  JsonObject *partial;
  JsonNode *message;

  if (root && JSON_NODE_HOLDS_OBJECT (root))
    node = json_object_get_member (json_node_get_object (root), "partialSuccess");
  if (!node || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  partial = json_node_get_object (node);
  receipt->n_rejected = get_count (partial, "rejectedSpans")
                        + get_count (partial, "rejectedDataPoints");
  message = json_object_get_member (partial, "errorMessage");
  if (message && json_node_get_value_type (message) == G_TYPE_STRING)
    receipt->message = quote (self, json_node_get_string (message));
}

static gboolean
is_worth_another_try (guint status)
{
  return status == TOO_MANY_REQUESTS || status == SOUP_STATUS_BAD_GATEWAY ||
         status == SOUP_STATUS_SERVICE_UNAVAILABLE || status == SOUP_STATUS_GATEWAY_TIMEOUT;
}

static void
set_refused (RunnelReceipt *receipt,
             SoupMessage   *message,
             GError       **error)
{
  gboolean again = is_worth_another_try (receipt->status);
  gboolean has_words = receipt->message && *receipt->message;

  g_set_error (error, RUNNEL_TELEMETRY_ERROR,
               again ? RUNNEL_TELEMETRY_ERROR_UNREACHED : RUNNEL_TELEMETRY_ERROR_REFUSED,
               "it answers %u %s%s%s", receipt->status, soup_message_get_reason_phrase (message),
               has_words ? ": " : "", has_words ? receipt->message : "");
}

static gboolean
judge (RunnelCourier  *self,
       SoupMessage    *message,
       GBytes         *body,
       RunnelReceipt  *receipt,
       GError        **error)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  g_autofree char *text = size > 0 ? g_strndup (data, size) : g_strdup ("");

  receipt->status = soup_message_get_status (message);
  receipt->retry_after = read_retry_after (message);
  if (SOUP_STATUS_IS_SUCCESSFUL (receipt->status))
    {
      read_partial_success (self, text, size, receipt);
      return TRUE;
    }
  receipt->message = quote (self, text);
  set_refused (receipt, message, error);
  return FALSE;
}

/**
 * runnel_courier_new:
 * @receiver: must outlive the courier
 * @patience: how long a parcel may take, microseconds
 *
 * Returns: (transfer full): a courier for the thread that calls this
 */
RunnelCourier *
runnel_courier_new (const RunnelReceiver *receiver,
                    gint64                patience)
{
  RunnelCourier *self = g_new0 (RunnelCourier, 1);

  self->receiver = receiver;
  self->patience = patience;
  self->context = g_main_context_new ();
  return self;
}

void
runnel_courier_free (RunnelCourier *self)
{
  g_main_context_push_thread_default (self->context);
  if (self->session)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_main_context_pop_thread_default (self->context);
  g_clear_pointer (&self->secrets, runnel_secrets_free);
  g_main_context_unref (self->context);
  g_free (self);
}

/**
 * runnel_courier_carry:
 * @parcel: what to deliver
 * @cancellable: (nullable): may be cancelled by another thread
 * @ret_receipt: (out): how it went; cleared by the caller in any case
 * @error: %RUNNEL_TELEMETRY_ERROR_REFUSED when it is of no use to try again,
 *   %RUNNEL_TELEMETRY_ERROR_UNREACHED when it may work later, or %G_IO_ERROR_CANCELLED. No message
 *   has a secret in it.
 *
 * Returns: whether the receiver has it
 */
gboolean
runnel_courier_carry (RunnelCourier  *self,
                      RunnelParcel   *parcel,
                      GCancellable   *cancellable,
                      RunnelReceipt  *ret_receipt,
                      GError        **error)
{
  g_autoptr(SoupMessage) message = NULL;
  g_autoptr(GBytes) body = NULL;

  *ret_receipt = (RunnelReceipt) { .retry_after = -1 };
  if (!find_secrets (self, cancellable, error))
    return FALSE;
  message = make_message (self, parcel, error);
  if (!message)
    return FALSE;
  g_main_context_push_thread_default (self->context);
  if (!self->session)
    self->session = soup_session_new_with_options ("timeout", 0, "user-agent",
                                                   "runnel/" RUNNEL_VERSION, NULL);
  body = exchange_in_time (self, message, cancellable, error);
  g_main_context_pop_thread_default (self->context);
  return body && judge (self, message, body, ret_receipt, error);
}
