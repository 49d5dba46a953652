/* runnel-run-launcher.h: starts runs as processes of their own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

char   *runnel_run_launcher_find_program (void);
void    runnel_run_launcher_start_async  (GFile               *file,
                                          const char          *text,
                                          JsonObject          *parameters,
                                          guint                jobs,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
gint64  runnel_run_launcher_start_finish (GAsyncResult        *result,
                                          GError             **error);

/* Which steps of an earlier run run again; the results of the others are taken from it. */
typedef enum
{
  RUNNEL_RERUN_ALL,
  RUNNEL_RERUN_FAILED, /* what did not succeed, and what follows */
  RUNNEL_RERUN_STEP,   /* one step */
  RUNNEL_RERUN_FROM,   /* a step and what follows */
  RUNNEL_RERUN_UNTIL,  /* a step and what leads to it */
} RunnelRerunVerb;

typedef struct
{
  gint64 run;
  RunnelRerunVerb verb;
  const char *step;    /* for those verbs that name one */
  gboolean current;    /* by the definition as it is now in its file, not as it ran */
} RunnelRerun;

void   runnel_run_launcher_rerun_async  (const RunnelRerun    *rerun,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gint64 runnel_run_launcher_rerun_finish (GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
