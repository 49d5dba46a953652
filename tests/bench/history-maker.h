/* history-maker.h: a history of made-up runs, as large as one likes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/* What a history is to have. The same plan makes the same history, but for uuids. */
typedef struct
{
  guint n_runs;
  guint n_pipelines;
  guint n_steps;    /* of a run, on the average */
  gint64 end;       /* when the last run began, microseconds since 1970; 0 = now */
  gint64 span;      /* between the first and the last */
  guint32 seed;
} HistoryPlan;

/* A year of fifty pipelines that run for minutes, with retries and waits and labels; some runs fail. */
#define HISTORY_PLAN_DEFAULT { 100000, 50, 55, 0, 365 * G_TIME_SPAN_DAY, 1 }

guint64 history_maker_fill (const char        *path,
                            const HistoryPlan *plan);
void    history_maker_count (const char       *path);
