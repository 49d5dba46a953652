/* runnel-spool.h: parcels that wait in files until a receiver can be reached
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "telemetry/runnel-parcel.h"

G_BEGIN_DECLS

/* What waits is bounded: the oldest go when there are more than these. */
#define RUNNEL_SPOOL_MAX_PARCELS 1000
#define RUNNEL_SPOOL_MAX_SIZE (64 * 1024 * 1024)
#define RUNNEL_SPOOL_MAX_AGE (3 * G_TIME_SPAN_DAY)

typedef struct
{
  guint n_parcels;
  guint n_facts;   /* in all of them */
  guint64 size;    /* bytes */
  gint64 oldest;   /* when it was put there, 0 = there is none */
} RunnelSpoolContent;

/* A folder that several processes may use. Errors are of G_FILE_ERROR and G_IO_ERROR. */
typedef struct _RunnelSpool RunnelSpool;

RunnelSpool  *runnel_spool_new     (const char          *folder);
void          runnel_spool_free    (RunnelSpool         *self);
gboolean      runnel_spool_add     (RunnelSpool         *self,
                                    RunnelParcel        *parcel,
                                    GError             **error);
guint         runnel_spool_trim    (RunnelSpool         *self);
char        **runnel_spool_list    (RunnelSpool         *self);
RunnelParcel *runnel_spool_read    (RunnelSpool         *self,
                                    const char          *name,
                                    GError             **error);
void          runnel_spool_remove  (RunnelSpool         *self,
                                    const char          *name);
void          runnel_spool_measure (RunnelSpool         *self,
                                    RunnelSpoolContent  *ret_content);
/* One process at a time empties it. */
gboolean      runnel_spool_lock    (RunnelSpool         *self);
void          runnel_spool_unlock  (RunnelSpool         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelSpool, runnel_spool_free)

G_END_DECLS
