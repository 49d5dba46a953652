/* runnel-history-audit.h: who did what to runs, when and from where
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

/* One thing that a person did. It is kept when the run is gone. */
typedef struct
{
  gint64 run;
  gint64 time;    /* microseconds since 1970 */
  char *action;   /* "started", "approved", ...: see runnel_audit_record_describe() */
  char *step;     /* id of the step it was done to, or NULL */
  char *text;     /* with which words, or which label, secret or run; or NULL */
  char *user;     /* or NULL = not known */
  char *host;     /* or NULL */
  char *origin;   /* see runnel-origin.h; or NULL */
} RunnelAuditRecord;

void        runnel_audit_record_free     (RunnelAuditRecord        *self);
char       *runnel_audit_record_describe (const RunnelAuditRecord  *self);
GPtrArray  *runnel_history_list_audit    (RunnelHistory            *self, /* of RunnelAuditRecord, by time */
                                          gint64                    run,
                                          guint                     limit,
                                          GError                  **error);

G_END_DECLS
