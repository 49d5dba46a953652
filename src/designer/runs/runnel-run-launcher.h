/* runnel-run-launcher.h: starts runs as processes of their own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Which steps run; those of a part that do not may have results of an earlier run. */
typedef enum
{
  RUNNEL_RERUN_ALL,
  RUNNEL_RERUN_FAILED, /* what did not succeed, and what follows */
  RUNNEL_RERUN_STEP,   /* one step */
  RUNNEL_RERUN_FROM,   /* a step and what follows */
  RUNNEL_RERUN_UNTIL,  /* a step and what leads to it */
} RunnelRerunVerb;

/* What a run repeats. */
typedef struct
{
  gint64 run;          /* an earlier run */
  RunnelRerunVerb verb;
  const char *step;    /* for those verbs that name one, else NULL */
  gboolean current;    /* by the definition as it is now, not as it ran */
  const char *text;    /* that definition; NULL: what its file holds */
} RunnelRerun;

/* A run that repeats none. */
typedef struct
{
  GFile *file;            /* or NULL: it was never saved */
  const char *text;       /* the pipeline as it is now */
  JsonObject *parameters; /* or NULL */
  guint jobs;             /* steps at once; 0 = as the pipeline says */
  RunnelRerunVerb verb;
  const char *step;
} RunnelStart;

char   *runnel_run_launcher_find_program      (void);
void    runnel_run_launcher_start_async       (const RunnelStart    *start,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
void    runnel_run_launcher_rerun_async       (const RunnelRerun    *rerun,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
void    runnel_run_launcher_roll_back_async   (gint64                run,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gint64  runnel_run_launcher_start_finish      (GAsyncResult         *result,
                                               GError              **error);
void    runnel_run_launcher_return_run        (GObject              *object,
                                               GAsyncResult         *result,
                                               gpointer              user_data);
void    runnel_run_launcher_rehearse_async    (gint64                run,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
char   *runnel_run_launcher_rehearse_finish   (GAsyncResult         *result,
                                               GError              **error);

G_END_DECLS
