/* runnel-log-block.h: the lines that begin in one block of a log
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-source.h"

G_BEGIN_DECLS

/* A log is looked at in blocks, each by itself: by several threads, in any order, and again when
 * something in it is to be shown. All that is remembered of a log is a number or two per block. A
 * line belongs to the block in which it begins. */
#define RUNNEL_LOG_BLOCK_SIZE (64 * 1024)

/* Of a longer line, this is what is shown and searched. */
#define RUNNEL_LOG_MAX_LINE (1024 * 1024)

typedef struct
{
  char *data;      /* whole lines with their ends; the last one of a log may have none */
  gsize length;    /* 0 = no line begins in the block */
  guint64 offset;  /* of `data`, in the log */
  gboolean is_cut; /* the last line goes on behind RUNNEL_LOG_MAX_LINE */

  /*< private >*/
  char *buffer;
  gsize allocated;
} RunnelLogBlock;

/* One line of a block, without its end. */
typedef struct
{
  const char *text;
  gsize length;
  guint64 offset;  /* in the log */
} RunnelLogSpan;

/* A line by its place in the log. */
typedef struct
{
  guint64 block;
  guint nth;       /* line of the block, from 0 */
} RunnelLogLine;

static inline int
runnel_log_line_compare (const RunnelLogLine *a,
                         const RunnelLogLine *b)
{
  if (a->block != b->block)
    return a->block < b->block ? -1 : 1;
  return (a->nth > b->nth) - (a->nth < b->nth);
}

static inline guint64
runnel_log_block_count (guint64 size)
{
  return (size + RUNNEL_LOG_BLOCK_SIZE - 1) / RUNNEL_LOG_BLOCK_SIZE;
}

static inline guint64
runnel_log_block_of (guint64 offset)
{
  return offset / RUNNEL_LOG_BLOCK_SIZE;
}

gboolean runnel_log_block_load     (RunnelLogBlock       *self,
                                    RunnelLogSource      *source,
                                    guint64               number,
                                    guint64               size,
                                    gboolean              wait);
void     runnel_log_block_clear    (RunnelLogBlock       *self);
gboolean runnel_log_block_next     (const RunnelLogBlock *self,
                                    gsize                *position,
                                    RunnelLogSpan        *line);
guint    runnel_log_block_n_lines  (const RunnelLogBlock *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RunnelLogBlock, runnel_log_block_clear)

G_END_DECLS
