/* runnel-history-outlook.h: what runs do now, how long they probably take, and what went wrong
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

/* Of so many of the latest runs of a pipeline, those that succeeded tell what is usual. */
#define RUNNEL_OUTLOOK_RUNS 20

typedef struct
{
  gint64 run;
  gint64 usual;    /* how long runs of its pipeline take that succeed, in microseconds; 0 = not known */
  guint n_current; /* steps that run now */
  char *current;   /* the title of one of them, or NULL */
  char *culprit;   /* of a run that went wrong: the title of the step that failed first, or NULL */
  char *reason;    /* why that step failed, or NULL */
} RunnelOutlook;

void       runnel_outlook_free           (RunnelOutlook  *self);
GPtrArray *runnel_history_list_outlooks  (RunnelHistory  *self, /* of RunnelOutlook */
                                          const gint64   *runs,
                                          guint           n_runs,
                                          GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelOutlook, runnel_outlook_free)

G_END_DECLS
