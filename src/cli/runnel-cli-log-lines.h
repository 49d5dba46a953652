/* runnel-cli-log-lines.h: prints lines of a log, those that are wanted
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-merge.h"
#include "log/runnel-log-pattern.h"

G_BEGIN_DECLS

typedef struct
{
  RunnelLogPattern *pattern; /* what is to be in the lines, or NULL for all */
  guint context;             /* lines before and after each, too */
  guint tail;                /* only so many, the last; 0 = all */
  gint64 since;              /* that came at this time or later, microseconds since 1970; 0 = all */
  gboolean with_times;
  gboolean without_colors;
} RunnelCliLineWish;

/* Prints what is new in one log, or in several that are merged, as it grows. */
typedef struct _RunnelCliLogLines RunnelCliLogLines;

typedef void (*RunnelCliLogHeading) (gpointer user_data);

RunnelCliLogLines *runnel_cli_log_lines_new           (const char              *path,
                                                       const RunnelCliLineWish *wish);
RunnelCliLogLines *runnel_cli_log_lines_new_for_merge (RunnelLogMerge          *merge,
                                                       const RunnelCliLineWish *wish);
void               runnel_cli_log_lines_free          (RunnelCliLogLines       *self);
gboolean           runnel_cli_log_lines_print         (RunnelCliLogLines       *self,
                                                       gboolean                 is_over,
                                                       RunnelCliLogHeading      heading,
                                                       gpointer                 user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelCliLogLines, runnel_cli_log_lines_free)

G_END_DECLS
