/* runnel-http-response.h: an answer, and what is wanted of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The whole answer. The members are set by who received it. */
typedef struct
{
  guint status;
  const char *phrase;            /* "Not Found" */
  SoupMessageHeaders *headers;
  GByteArray *body;
  gboolean is_cut;               /* the body went on */
  JsonNode *json;                /* the body as JSON, once somebody asked for it */
} RunnelHttpResponse;

gboolean    runnel_http_status_expected  (JsonNode            *expected,
                                          guint                status,
                                          GError             **error);
gboolean    runnel_http_response_check   (RunnelHttpResponse  *self,
                                          JsonObject          *assertions,
                                          GError             **error);
JsonObject *runnel_http_response_extract (RunnelHttpResponse  *self,
                                          JsonObject          *sources,
                                          GError             **error);

G_END_DECLS
