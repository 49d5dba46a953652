/* runnel-log-pass.h: a look at all blocks of a log, in the background
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-block.h"

G_BEGIN_DECLS

typedef struct _RunnelLogPass RunnelLogPass;

typedef struct
{
  gsize item_size;        /* what is found out of one block, in bytes */
  GDestroyNotify clear;   /* of one item, for those that are never delivered; or NULL */

  /* In one of several threads: looks at a block, and fills in an item of zeros. */
  void (*work)    (RunnelLogSource *source,
                   RunnelLogBlock  *block,
                   guint64          number,
                   guint64          size,
                   gpointer         item,
                   gpointer         work_data);
  /* In the thread that began the pass, in the order of the blocks. The items are handed over. */
  void (*deliver) (guint64          first,
                   gpointer         items,
                   guint            n_items,
                   gpointer         user_data);
  /* There, when all blocks are done. */
  void (*done)    (gpointer         user_data);
} RunnelLogPassFuncs;

RunnelLogPass *runnel_log_pass_new    (RunnelLogSource          *source,
                                       const RunnelLogPassFuncs *funcs,
                                       gpointer                  work_data,
                                       GDestroyNotify            free_work_data,
                                       gpointer                  user_data);
void           runnel_log_pass_free   (RunnelLogPass            *self);
void           runnel_log_pass_extend (RunnelLogPass            *self,
                                       guint64                   unchanged,
                                       guint64                   size);
gboolean       runnel_log_pass_is_busy (RunnelLogPass           *self);
guint64        runnel_log_pass_get_done (RunnelLogPass          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLogPass, runnel_log_pass_free)

G_END_DECLS
