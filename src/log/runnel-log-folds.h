/* runnel-log-folds.h: the groups of lines in a log that can be folded
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-block.h"

G_BEGIN_DECLS

typedef struct
{
  RunnelLogLine head;  /* is shown always */
  RunnelLogLine end;   /* the line behind the last that is hidden; of a group without an end, behind all */
  guint depth;         /* groups around it */
  gboolean is_closed;
} RunnelLogFold;

typedef struct _RunnelLogFolds RunnelLogFolds;

typedef void (*RunnelLogFoldsFunc) (gpointer user_data);

RunnelLogFolds      *runnel_log_folds_new         (RunnelLogSource     *source,
                                                   RunnelLogFoldsFunc   changed,
                                                   gpointer             user_data);
void                 runnel_log_folds_free        (RunnelLogFolds      *self);
void                 runnel_log_folds_extend      (RunnelLogFolds      *self,
                                                   guint64              unchanged,
                                                   guint64              size);
gboolean             runnel_log_folds_is_busy     (RunnelLogFolds      *self);
guint                runnel_log_folds_get_n       (RunnelLogFolds      *self);
const RunnelLogFold *runnel_log_folds_get         (RunnelLogFolds      *self,
                                                   guint                index);
gboolean             runnel_log_folds_find_head   (RunnelLogFolds      *self,
                                                   const RunnelLogLine *line,
                                                   guint               *ret_index);
gboolean             runnel_log_folds_find_around (RunnelLogFolds      *self,
                                                   const RunnelLogLine *line,
                                                   guint               *ret_index);
void                 runnel_log_folds_set_closed  (RunnelLogFolds      *self,
                                                   guint                index,
                                                   gboolean             is_closed);
void                 runnel_log_folds_set_all_closed (RunnelLogFolds   *self,
                                                      gboolean          is_closed);
gboolean             runnel_log_folds_reveal      (RunnelLogFolds      *self,
                                                   const RunnelLogLine *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLogFolds, runnel_log_folds_free)

G_END_DECLS
