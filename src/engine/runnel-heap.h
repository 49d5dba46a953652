/* runnel-heap.h: numbers of which the smallest is taken first
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A binary heap in an array of guint32: the first is the smallest. */
typedef GArray RunnelHeap;

RunnelHeap *runnel_heap_new  (void);
void        runnel_heap_push (RunnelHeap *self,
                              guint32     value);
guint32     runnel_heap_pop  (RunnelHeap *self);
guint32     runnel_heap_peek (RunnelHeap *self);

G_END_DECLS
