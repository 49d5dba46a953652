/* runnel-gantt-tree.h: the lines of a chart: which there are, in which order, and which are folded
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-timing.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_GANTT_BY_START,    /* what has not begun comes last */
  RUNNEL_GANTT_BY_TOPOLOGY, /* each step behind those it needs */
} RunnelGanttOrder;

/* Ids of the headings that are no groups of the pipeline; those are "group:" and the group's id. */
#define RUNNEL_GANTT_ROLLBACK "rollback:"
#define RUNNEL_GANTT_HOOKS "hooks:"

/* A step, or the heading above several. */
typedef struct
{
  int row;              /* of the timing; -1 = a heading */
  const char *id;
  const char *title;
  int parent;           /* the line that it is inside of; -1 = none */
  guint depth;          /* how many it is inside of */
  guint n_parts;        /* steps inside of it, at any depth; with any it can be folded */
  guint n_failed;       /* of these */
  gboolean folded;
  RunnelState state;    /* of a heading: the one inside that matters most */
  gboolean critical;    /* it, or something inside */
  gboolean open;        /* it ends in the present */
  gint64 start;         /* of it and all inside; 0 = nothing yet */
  gint64 end;
} RunnelGanttLine;

/* Undos and hooks have headings of their own, behind all else. A matrix with many legs is folded
 * until somebody opens it. What is folded and what is filtered stays so with another timing. */
typedef struct _RunnelGanttTree
{
  RunnelTiming *timing;     /* or NULL */
  RunnelGanttLine *lines;
  guint n_lines;
  int *line_of_row;         /* the line that shows a row, perhaps folded; -1 = filtered out */

  RunnelGanttOrder order;
  char *filter;             /* in titles and ids, folded for comparing; NULL = all */
  guint states;             /* bits of those to be shown; 0 = all */
  GHashTable *toggled;      /* ids of lines that are not as they would be by themselves */
  struct _RunnelGanttNode *nodes;
  guint n_nodes;
  guint *parts;             /* of all nodes */
  struct _RunnelGanttBands *bands; /* made when there are more lines than pixels; or NULL */
  GStringChunk *strings;
} RunnelGanttTree;

RunnelGanttTree *runnel_gantt_tree_new         (RunnelTiming          *timing);
RunnelGanttTree *runnel_gantt_tree_copy        (const RunnelGanttTree *self);
void             runnel_gantt_tree_free        (RunnelGanttTree       *self);
void             runnel_gantt_tree_set_timing  (RunnelGanttTree       *self,
                                                RunnelTiming          *timing);
void             runnel_gantt_tree_set_order   (RunnelGanttTree       *self,
                                                RunnelGanttOrder       order);
void             runnel_gantt_tree_set_filter  (RunnelGanttTree       *self,
                                                const char            *text,
                                                guint                  states);
gboolean         runnel_gantt_tree_set_folded  (RunnelGanttTree       *self,
                                                guint                  line,
                                                gboolean               folded);
void             runnel_gantt_tree_fold_all    (RunnelGanttTree       *self,
                                                gboolean               folded);
void             runnel_gantt_tree_reveal      (RunnelGanttTree       *self,
                                                guint                  row);
gboolean         runnel_gantt_tree_find_line   (const RunnelGanttTree *self,
                                                const char            *id,
                                                guint                 *ret_line);
gint64           runnel_gantt_tree_get_end     (const RunnelGanttTree *self,
                                                guint                  line);
gboolean         runnel_gantt_tree_has_summary (const RunnelGanttTree *self,
                                                guint                  line);
char            *runnel_gantt_tree_describe    (const RunnelGanttTree *self,
                                                guint                  line,
                                                int                    span);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelGanttTree, runnel_gantt_tree_free)

G_END_DECLS
