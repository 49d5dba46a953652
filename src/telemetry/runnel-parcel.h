/* runnel-parcel.h: something on its way to a receiver
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The body of a request and what goes with it; nothing of it is secret. */
typedef struct
{
  const char *path;     /* behind the URL of the receiver: "/v1/traces", or ""; interned */
  const char *content_type; /* interned */
  char *id;             /* the same each time it is sent, or NULL */
  char **headers;       /* names and values in turns, NULL-terminated; or NULL */
  GBytes *body;
  gboolean is_essential; /* it is about a run itself; not kept in files */
  guint n_facts;        /* how many spans, values or events are in it */
} RunnelParcel;

RunnelParcel *runnel_parcel_new          (const char    *path,
                                          const char    *content_type,
                                          GBytes        *body,
                                          guint          n_facts);
void          runnel_parcel_free         (RunnelParcel  *self);
GBytes       *runnel_parcel_to_bytes     (RunnelParcel  *self);
RunnelParcel *runnel_parcel_from_bytes   (GBytes        *bytes,
                                          GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelParcel, runnel_parcel_free)

G_END_DECLS
