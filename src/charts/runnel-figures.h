/* runnel-figures.h: statistics in a few words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-stats.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_VERDICT_NONE,   /* neither good nor bad */
  RUNNEL_VERDICT_BETTER,
  RUNNEL_VERDICT_WORSE,
} RunnelVerdict;

/* One number, and how it changed against the range before. */
typedef struct
{
  char *title;         /* "Success rate" */
  char *value;         /* "97.3 %" */
  char *change;        /* "1.2 points less", NULL = there is nothing to compare with */
  int direction;       /* of the change: 1 up, -1 down, 0 neither */
  RunnelVerdict verdict;
} RunnelFigure;

/* What time was lost to. */
typedef struct
{
  const char *title;   /* "Waiting for a pool" */
  RunnelTallyField field;
} RunnelLoss;

GPtrArray        *runnel_figures_list       (const RunnelStats *stats);
const RunnelLoss *runnel_figures_get_losses (guint             *ret_n_losses);
const char       *runnel_figure_get_arrow   (const RunnelFigure *self);
char             *runnel_format_rate        (double             rate);
char             *runnel_format_number      (gint64             number);

G_END_DECLS
