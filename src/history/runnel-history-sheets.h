/* runnel-history-sheets.h: where the statistics of each hour and day are kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-run-tally.h"
#include "history/runnel-sqlite.h"
#include "history/runnel-tally-sheet.h"

G_BEGIN_DECLS

/* Runs and their steps are kept apart, so that all pipelines can be looked at without their steps. */
typedef enum
{
  RUNNEL_SHEET_RUNS,  /* one tally, of key 0 */
  RUNNEL_SHEET_STEPS, /* one tally for each step, by the number in tally_step */
} RunnelSheetPart;

/* How many hours a period has. */
#define RUNNEL_SHEET_HOUR 1
#define RUNNEL_SHEET_DAY 24

/* Which sheet. */
typedef struct
{
  gint64 pipeline;
  RunnelSheetPart part;
  gint64 unit;    /* hours */
  gint64 period;  /* local hour / unit */
} RunnelSheetKey;

gboolean _runnel_history_merge_tally (RunnelHistory        *self,
                                      const RunnelRunTally *tally,
                                      gint64                hour,
                                      int                   sign,
                                      GError              **error);
gboolean _runnel_history_read_sheet  (RunnelHistory        *self,
                                      RunnelStatement      *row,
                                      int                   column,
                                      RunnelTallySheet     *sheet,
                                      GError              **error);

G_END_DECLS
