/* runnel-line.h: how a line stands for one who is in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/limits/runnel-ticket.h"

G_BEGIN_DECLS

/* The records belong to the list they were read from. */
typedef struct
{
  GPtrArray *holders; /* who is in */
  GPtrArray *before;  /* who waits, and came before us */
  guint64 taken;      /* slots of all holders */
  gboolean is_lent;   /* the step that waits for us has some, and they are counted in neither */
} RunnelLine;

void runnel_line_read  (RunnelLine   *ret_self,
                        GPtrArray    *records,
                        RunnelTicket *own,       /* NULL = we have none yet */
                        const char   *ancestry);
void runnel_line_clear (RunnelLine   *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RunnelLine, runnel_line_clear)

G_END_DECLS
