/* runnel-heap.c: numbers of which the smallest is taken first
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-heap.h"

/**
 * runnel_heap_new:
 *
 * Returns: (transfer full): an empty heap, to be freed with g_array_unref()
 */
RunnelHeap *
runnel_heap_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (guint32));
}

/**
 * runnel_heap_push:
 * @self: a heap
 * @value: a number, which may be in it already
 *
 * Takes O(log n).
 */
void
runnel_heap_push (RunnelHeap *self, guint32 value)
{
  guint32 *items;
  guint i = self->len;

  g_array_append_val (self, value);
  items = (guint32 *) (void *) self->data;
  while (i > 0 && items[(i - 1) / 2] > value)
    {
      items[i] = items[(i - 1) / 2];
      i = (i - 1) / 2;
    }
  items[i] = value;
}

/**
 * runnel_heap_pop:
 * @self: a heap that is not empty
 *
 * Takes O(log n).
 *
 * Returns: the smallest number, which is no longer in it
 */
guint32
runnel_heap_pop (RunnelHeap *self)
{
  guint32 *items = (guint32 *) (void *) self->data;
  guint32 top = items[0];
  guint32 last = items[self->len - 1];
  guint n = self->len - 1;
  guint i = 0;

  for (guint child = 1; child < n; child = 2 * i + 1)
    {
      if (child + 1 < n && items[child + 1] < items[child])
        child++;
      if (last <= items[child])
        break;
      items[i] = items[child];
      i = child;
    }
  items[i] = last;
  g_array_set_size (self, n);
  return top;
}

/**
 * runnel_heap_peek:
 * @self: a heap that is not empty
 *
 * Returns: the smallest number
 */
guint32
runnel_heap_peek (RunnelHeap *self)
{
  return g_array_index (self, guint32, 0);
}
