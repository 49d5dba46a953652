/* runnel-history-incidents.h: what went wrong with a pipeline, from when until when, and who was told
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

/* Who was told, or is to be. */
typedef struct
{
  char *channel;
  gboolean is_end;
  gboolean delivered;
  gboolean given_up;
  char *problem;     /* of the latest try, or NULL */
} RunnelNoticeRecord;

/* One for as long as a rule is broken, however many runs break it. It outlives them. */
typedef struct
{
  gint64 id;
  char *rule;        /* its name */
  char *pipeline;    /* name */
  char *file;
  char *step;        /* id, or NULL */
  gint64 opened;     /* microseconds since 1970 */
  gint64 resolved;   /* 0 = it is open */
  guint n_runs;      /* in how many it was seen; 0 = it is not about runs */
  gint64 first_run;  /* the first one, 0 = none */
  gint64 run;        /* the latest one */
  char *text;        /* what is wrong, as it was seen last */
  char *end;         /* why it was resolved, or NULL */
  GPtrArray *told;   /* of RunnelNoticeRecord, of the beginning and then of the end; or NULL */
} RunnelIncident;

/* Of an incident to a channel: that it began, or that it is over. */
typedef struct
{
  RunnelIncident *incident;
  char *channel;
  gboolean is_end;
  guint tries;       /* with this one */
} RunnelNotice;

void       runnel_incident_free              (RunnelIncident        *self);
void       runnel_notice_free                (RunnelNotice          *self);
void       runnel_notice_record_free         (RunnelNoticeRecord    *self);

GPtrArray *runnel_history_list_incidents     (RunnelHistory         *self,  /* of RunnelIncident */
                                              gboolean               only_open,
                                              guint                  limit,
                                              GError               **error);
gboolean   runnel_history_note_incident      (RunnelHistory         *self,
                                              const RunnelIncident  *seen,
                                              const char *const     *channels,
                                              gint64                 now,
                                              GError               **error);
gboolean   runnel_history_resolve_incident   (RunnelHistory         *self,
                                              gint64                 incident,
                                              const char            *end,
                                              const char *const     *channels,
                                              gint64                 now,
                                              GError               **error);
gboolean   runnel_history_forget_incidents   (RunnelHistory         *self,
                                              gint64                 before,
                                              GError               **error);
gboolean   runnel_history_claim_notice       (RunnelHistory         *self,
                                              gint64                 due,
                                              gint64                 now,
                                              RunnelNotice         **ret_notice,
                                              GError               **error);
gboolean   runnel_history_settle_notice      (RunnelHistory         *self,
                                              const RunnelNotice    *notice,
                                              const char            *problem,
                                              gboolean               for_good,
                                              gint64                 now,
                                              GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelIncident, runnel_incident_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelNotice, runnel_notice_free)

G_END_DECLS
